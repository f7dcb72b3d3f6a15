"""A server that others can reach only shows, unless they are let write; and its answers are described."""

import dataclasses

import pytest
from jsonschema import Draft202012Validator
from starlette.testclient import TestClient

from steelyard.explorer.app import make_app
from steelyard.explorer.openapi import description
from steelyard.explorer.settings import Settings
from steelyard.explorer.shelf import open_shelf
from steelyard.services import serve

OURS = {"X-Steelyard": "1", "Host": "localhost"}


@pytest.fixture
def ask(tmp_path):
    """Requests to a server over an empty case, by its settings."""
    (tmp_path / "case").mkdir()
    (tmp_path / "case" / "case.toml").write_text('title = "Nothing yet"\n', encoding="utf-8")

    def client(**settings):
        app = make_app(open_shelf(tmp_path / "case"), Settings(hosts=("localhost",), **settings))
        return TestClient(app, base_url="http://localhost", headers=OURS)

    return client


@pytest.mark.parametrize("path", ["build", "stop", "reviews"])
def test_others_change_nothing_where_nobody_let_them(ask, path):
    answer = ask(host="0.0.0.0").post(f"/case/case/{path}", json={})

    assert answer.status_code == 403
    assert "only shows" in answer.json()["refused"]


@pytest.mark.parametrize("settings", [{}, {"host": "0.0.0.0", "reviews": True}])
def test_this_machine_may_and_others_where_they_are_let(ask, settings):
    assert ask(**settings).post("/case/case/stop").status_code == 200


def test_the_command_has_the_option():
    assert "--reviews" in {name for option in serve.params for name in option.opts}


def test_what_it_answers_is_described(ask):
    document = ask().get("/openapi.json").json()

    assert document["openapi"].startswith("3.1")
    answer = ask().get("/case/case/status.json")
    schema = document["paths"]["/case/{name}/status.json"]["get"]["responses"]["200"]["content"]
    Draft202012Validator(schema["application/json"]["schema"]).validate(answer.json())


def test_every_json_route_of_the_app_is_described():
    described = {
        (path, method.upper()) for path, methods in description("1")["paths"].items() for method in methods
    }
    app = make_app({}, dataclasses.replace(Settings()))
    served = {
        (route.path, method)
        for route in app.routes
        for method in route.methods - {"HEAD"}
        if route.path.endswith((".json", ".csv")) or method == "POST"
    }
    assert served - {("/openapi.json", "GET")} == {one for one in described if one[1] != "PARAMETERS"}
