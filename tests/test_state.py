"""What a build remembers, and how it tells that nothing has changed."""

from __future__ import annotations

import pytest

from steelyard.state import (
    State,
    Step,
    bytes_hash,
    chosen,
    file_hash,
    input_hashes,
    is_intact,
    load_state,
    package_hash,
    state_text,
)

STATE = State(
    steps={"read": Step("a", {"claims.jsonl": "b"})},
    problems=("one",),
    summary=("1 contradicted.",),
    page="report.html",
    contradictions=1,
)


def test_a_state_comes_back_as_it_went(tmp_path):
    (tmp_path / "state.json").write_text(state_text(STATE), encoding="utf-8")

    assert load_state(tmp_path) == STATE


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"steps": 1}', '{"steps": {"read": {}}}', '{"steps": {}, "other": 1}', "\x00"]
)
def test_a_state_that_cannot_be_read_is_no_state(tmp_path, text):
    """Then everything is made anew, which is always right."""
    (tmp_path / "state.json").write_text(text, encoding="utf-8")

    assert load_state(tmp_path) == load_state(tmp_path / "nowhere") == State()


def test_a_step_is_intact_while_inputs_and_files_are_as_they_were(tmp_path):
    (tmp_path / "claims.jsonl").write_bytes(b"claims")
    step = Step("key", {"claims.jsonl": bytes_hash(b"claims")})

    assert is_intact(step, "key", tmp_path)
    assert not is_intact(step, "another key", tmp_path)
    assert not is_intact(None, "key", tmp_path)


@pytest.mark.parametrize("change", [lambda path: path.unlink(), lambda path: path.write_bytes(b"edited")])
def test_a_step_whose_file_was_touched_is_made_again(tmp_path, change):
    (tmp_path / "claims.jsonl").write_bytes(b"claims")
    step = Step("key", {"claims.jsonl": bytes_hash(b"claims")})

    change(tmp_path / "claims.jsonl")

    assert not is_intact(step, "key", tmp_path)


def test_inputs_are_all_that_a_build_reads_and_nothing_else(tmp_path):
    inside = ["case.toml", "scenarios/a.toml", "series/gdp.csv", "sources/deep/b.txt", "sources/a.txt"]
    outside = ["out/state.json", "expected/claims.jsonl", "notes.md", "sources/.DS_Store", ".git/a.toml"]
    for name in [*inside, *outside]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name, encoding="utf-8")

    hashes = input_hashes(tmp_path)

    assert list(hashes) == sorted(inside)
    assert hashes["case.toml"] == file_hash(tmp_path / "case.toml") == bytes_hash(b"case.toml")


def test_a_step_depends_on_its_own_files_alone():
    hashes = {"case.toml": "1", "scenarios.toml": "2", "scenarios/a.toml": "3", "sources/scenarios.txt": "4"}

    assert chosen(hashes, without=["scenarios"]) == [("case.toml", "1"), ("sources/scenarios.txt", "4")]


def test_the_package_has_one_fingerprint():
    assert package_hash() == package_hash()
