"""Every page, its numbers and files; and what there is in place of a case that is not built or is broken."""

from __future__ import annotations

import csv
import io
import shutil
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from steelyard import build as building
from tests.explorer.conftest import BASE, CASE_FILE, DRAWS


@pytest.mark.parametrize(
    ("path", "kind", "holds"),
    [
        ("", "text/html", "What if"),
        ("claims", "text/html", "Findings as the claims now stand"),
        ("text", "text/html", "Paste a text"),
        ("report.html", "text/html", "Korea, small"),
        ("status.json", "application/json", '"stage":"ready"'),
        ("fan.json", "application/json", '"quantiles"'),
        ("fan.csv", "text/csv", "variable,unit,year"),
        ("why.json?cell=spending+2035+p50", "application/json", '"equation"'),
        ("/explorer.css", "text/css", ".slider"),
        ("/explorer.js", "text/javascript", "fan.json"),
    ],
)
def test_every_view_is_there(desk, path, kind, holds):
    answer = desk.get(path)

    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(kind)
    assert holds in answer.text


def test_the_only_case_is_shown_at_once(desk):
    assert str(desk.get("/").url).endswith(f"{BASE}/")
    assert str(desk.get(BASE).url).endswith(f"{BASE}/")


def test_every_file_that_the_report_links_to_is_there(desk):
    files = desk.case.files()

    assert {"claims.jsonl", "report.html"} <= files
    for name in sorted(files):
        assert desk.get(name).status_code == 200, name


@pytest.mark.parametrize(
    "path",
    [
        *("../case.toml", "%2e%2e/case.toml", "..%2fcase.toml", "..%5ccase.toml", "%2fetc%2fpasswd"),
        *("....//case.toml", "./../../case.toml", "state.json", ".state.json", "report.html%00.txt"),
        *("../../../../../etc/passwd", "//etc/passwd", "claims.jsonl/", "case.toml"),
    ],
)
def test_no_path_leads_out_of_the_report(desk, path):
    answer = desk.client.request("GET", f"http://127.0.0.1{BASE}/{path}")

    assert answer.status_code == 404
    assert "Korea, small" not in answer.text
    assert "root:" not in answer.text


@pytest.mark.parametrize(("method", "path"), [("GET", "build"), ("GET", "reviews"), ("POST", "fan.json")])
def test_what_changes_something_is_asked_for_by_post_alone(desk, method, path):
    answer = desk.client.request(method, f"{BASE}/{path}", headers={"X-Steelyard": "1"})

    assert answer.status_code in (404, 405)
    assert "Traceback" not in answer.text


def test_an_unknown_case_is_told_as_a_page_to_a_person_and_as_data_to_a_script(desk):
    person = desk.get("/case/none/", headers={"Accept": "text/html"})
    script = desk.get("/case/none/fan.json")

    assert (person.status_code, script.status_code) == (404, 404)
    assert "There is no case none here." in person.text
    assert script.json() == {"refused": "There is no case none here."}


def test_a_name_with_markup_in_it_is_told_as_text(desk):
    answer = desk.get("/case/<script>alert(1)<%2Fscript>/", headers={"Accept": "text/html"})

    assert "<script>alert" not in answer.text


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ("scenario=linear-2036", "There is no scenario 'linear-2036' here. Did you mean 'linear-2035'?"),
        ("with=none", "There is no scenario 'none' here."),
        ("rule=sinus", "There is no path 'sinus' here."),
        ("drivers.real_grow=2", "There is nothing to change under the name 'drivers.real_grow'."),
        ("target.by=soon", "'soon' cannot take the place of 2035"),
        ("target.by=2030.5", "'2030.5' cannot take the place of 2035"),
        ("target.by=NaN", "'NaN' cannot take the place of 2035"),
        ("target.by=Infinity", "'Infinity' cannot take the place of 2035"),
        ("target.by=1e999999", "'1e999999' cannot take the place of 2035"),
        ("drivers.real_growth=a lot", "'a lot' cannot take the place of"),
        ("drivers.real_growth=" + "9" * 101, "The number of drivers.real_growth is too long."),
        ("pledges.arms=a half", "'a half' cannot take the place of not said"),
    ],
)
def test_what_is_wrong_with_an_address_is_told_and_the_rest_is_shown(desk, asked, message):
    page = desk.get(f"?{asked}&target.value=&drivers.inflation=2.5", headers={"Accept": "text/html"})
    fan = desk.get(f"fan.json?{asked}&drivers.inflation=2.5").json()

    told = " ".join(f"{one['message']} {one['hint']}" for one in fan["problems"])
    assert message in told
    assert fan["command"].endswith("--set drivers.inflation=2.5")
    assert fan["fans"]["share"]["quantiles"]
    assert page.status_code == 200
    assert "drivers.real_growth" in page.text


@pytest.mark.parametrize(
    "asked",
    [
        *(
            "target.by=1900",
            "target.by=9999",
            "target.by=2026",
            "drivers.real_growth=-100",
            "pledges.arms=101",
        ),
        *("drivers.real_growth=26", "drivers.inflation=1001", "pledges.arms=-1"),
    ],
)
def test_a_number_with_which_nothing_can_be_reckoned_is_told_beside_its_slider(desk, asked):
    fan = desk.get(f"fan.json?{asked}").json()
    page = desk.get(f"?{asked}")

    assert "fans" not in fan
    assert fan["problems"][0]["message"]
    assert fan["levers"]
    assert page.status_code == 200


@pytest.mark.parametrize("asked", ["drivers.inflation=1000", "kor-defence-share-target=99999999999999999999"])
def test_numbers_beyond_any_economy_are_still_numbers(desk, asked):
    """Infinite ones have no place in JSON, and would make a broken answer."""
    answer = desk.get(f"fan.json?{asked}&drivers.foreign_inflation=1000&drivers.real_growth=25")

    assert answer.status_code == 200
    assert answer.json()["problems"] or answer.json()["fans"]
    assert desk.get(f"fan.csv?{asked}").status_code == 200


@pytest.mark.parametrize(
    "cell", ["", "nonsense", "spending 1900", "spending 2035 p10", "spending 2035 draw " + "9" * 5000]
)
def test_a_number_that_is_none_has_no_reason(desk, cell):
    answer = desk.get("why.json", params={"cell": cell})

    assert answer.status_code == 200
    assert answer.json()["problems"]


def test_why_tells_the_number_of_the_page_and_its_draws(desk):
    fan = desk.get("fan.json").json()

    for number in fan["numbers"]:
        why = desk.get("why.json", params={"cell": number["cell"]}).json()
        assert why["draws"] == DRAWS
        if not number["cell"].startswith("pledge"):
            assert why["text"] == number["median"], number["label"]
        else:
            assert number["median"].endswith(why["text"])


def test_the_table_holds_the_numbers_of_the_fan(desk):
    asked = "kor-defence-share-target=3&with=constant-share"
    rows = list(csv.DictReader(io.StringIO(desk.get(f"fan.csv?{asked}").text)))
    fan = desk.get(f"fan.json?{asked}").json()

    shares = [row for row in rows if row["variable"] == "share"]
    assert [int(row["year"]) for row in shares] == fan["years"]
    assert [float(row["q50"]) for row in shares] == [year[2] for year in fan["fans"]["share"]["quantiles"]]
    assert {row["draws"] for row in rows} == {str(DRAWS)}
    assert "--set kor-defence-share-target=3" in rows[0]["made_by"]


def test_two_scenarios_are_told_apart_draw_by_draw(desk):
    fan = desk.get("fan.json?with=constant-share").json()

    assert fan["beside"]["label"].startswith("Share of GDP stays")
    assert fan["beside"]["apart_draws"] == DRAWS
    assert fan["beside"]["apart"]["central"][-1] > 0
    # At the target, in the path without shocks, 3.5 % of GDP is 3.5 / 2.42 of a constant share of 2.42 %.
    beside, central = fan["beside"]["fans"]["spending"]["central"], fan["fans"]["spending"]["central"]
    assert central[-1] / beside[-1] == pytest.approx(3.5 / 2.42, rel=1e-6)


def test_a_form_without_script_moves_only_what_was_moved(desk):
    """Without JavaScript a browser sends all sliders; those in their own place change nothing."""
    levers = desk.get("fan.json").json()["levers"]
    sent = {one["name"]: f"{one['own']:g}" for one in levers} | {"target.by": "2031", "sent": "form"}

    fan = desk.get("fan.json", params=sent).json()

    assert fan["problems"] == []
    assert fan["fans"] == desk.get("fan.json?target.by=2031").json()["fans"]
    assert fan["command"].endswith("--set target.by=2031")


def test_several_cases_have_an_index(built, tmp_path, opened):
    for name in ("one", "two & three"):
        shutil.copytree(built, tmp_path / "cases" / name)
    (tmp_path / "cases" / "none").mkdir()

    desk = opened(tmp_path / "cases")
    page = desk.get("/")

    assert page.text.count("Korea, small") == 2
    assert 'href="case/two%20%26%20three/"' in page.text
    assert desk.get("/case/two%20%26%20three/").status_code == 200
    assert desk.get("/case/none/").status_code == 404


def test_a_case_without_scenarios_says_where_they_would_be(case, opened):
    shutil.rmtree(case / "scenarios")
    (case / "case.toml").write_text(CASE_FILE.partition("[report]")[0])
    desk = opened(case)

    page = desk.get("")
    assert page.status_code == 200
    assert "The case has no scenario that can be run." in page.text
    assert "folder scenarios" in page.text
    for path in ("fan.json", "fan.csv", "why.json?cell=share", "claims", "text", "report.html"):
        assert desk.get(path).status_code == 200, path


def test_a_broken_case_says_what_is_wrong_and_is_built_when_it_is_mended(case, opened):
    whole = (case / "case.toml").read_text()
    (case / "case.toml").write_text("title = Korea\n")
    desk = opened(case, wait=False)

    desk.get("")
    assert desk.case.wait(60).stage == "faulty"
    page = desk.get("")
    refused = desk.get("fan.json")

    assert "The case cannot be built as it is" in page.text
    assert "case.toml:1" in page.text
    assert refused.status_code == 503
    for path in ("claims", "text", "report.html"):
        assert desk.get(path).status_code == 200, path

    (case / "case.toml").write_text(whole)
    desk.get("")
    assert desk.case.wait(60).stage == "ready"
    assert desk.get("fan.json").json()["fans"]


def test_a_case_that_breaks_while_it_is_shown_keeps_what_it_had(case, opened):
    desk = opened(case)
    (case / "case.toml").write_text("title = Korea\n")

    desk.get("")
    desk.case.wait(60)
    page = desk.get("")

    assert "case.toml:1" in page.text
    assert "What if" in page.text


def test_a_case_that_is_gone_is_told(case, opened):
    desk = opened(case)
    shutil.rmtree(case)

    desk.get("", headers={"Accept": "text/html"})
    desk.case.wait(60)
    answers = [desk.get(path) for path in ("", "claims", "report.html", "status.json")]

    assert all(answer.status_code in (200, 404) for answer in answers)
    assert desk.case.status.stage == "faulty"


def test_a_file_that_changes_is_read_the_next_time(case, opened):
    desk = opened(case)
    before = desk.get("status.json").json()["generation"]
    (case / "sources" / "more.txt").write_text("Seoul plans to spend $99.9 billion on defence in 2031.\n")

    desk.get("")
    desk.case.wait(60)
    after = desk.get("status.json").json()

    assert (after["stage"], after["generation"]) == ("ready", before + 1)
    assert "$99.9 billion" in desk.get("claims").text
    assert desk.get("claims").text.count("$99.9 billion") == 1


def test_a_build_can_be_stopped_and_begun_again(case, opened, monkeypatch):
    held, reached = threading.Event(), threading.Event()
    build = building.build_run

    def slow(run, tell):
        tell("The first step is done.")
        reached.set()
        held.wait(30)
        return build(run, tell=tell)

    monkeypatch.setattr("steelyard.explorer.shelf.build_run", slow)
    desk = opened(case, wait=False)

    assert "The case is being built" in desk.get("").text
    assert reached.wait(30)
    assert desk.get("status.json").json()["steps"] == ["The first step is done."]
    assert desk.post("stop").status_code == 200
    held.set()
    assert desk.case.wait(60).stage == "stopped"
    page = desk.get("").text
    assert "The build was stopped" in page
    assert "Build it now" in page

    assert desk.post("build").json()["stage"] == "building"
    assert desk.case.wait(60).stage == "ready"


def test_many_who_look_at_once_begin_one_build(case, opened):
    desk = opened(case, wait=False)

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: desk.case.look().stage, range(8)))

    assert set(answers) <= {"building", "ready"}
    assert desk.case.wait(60).stage == "ready"
    assert desk.case.generation == 1
