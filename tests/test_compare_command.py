"""`steelyard compare`: the promised JSON, rows, a table for people, and what is wrong with a name."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from steelyard.cli import run

KOREA = str(Path(__file__).resolve().parent.parent / "cases" / "korea-2026")
DOCUMENTS = ["washington-declaration-2023", "nds-2026"]


def test_json_has_cells_with_both_sides_transition_and_claims_and_what_is_set(capsys):
    assert run(["compare", *DOCUMENTS, "--format", "json"]) == 0

    data = json.loads(capsys.readouterr().out)
    cell = next(row for row in data["cells"] if row["actor"] == "KOR" and row["after"])
    assert (cell["before_role"], cell["after_role"], cell["transition"]) == (
        "unstated",
        "lead",
        "newly stated",
    )
    assert (cell["after"]["modality"], cell["claims"]) == ("can", [])
    assert [row["parameter"] for row in data["parameters"]] == ["kor-defence-share-target"]
    assert data["agreement"] == {"kappa": None, "cells": 0}
    assert data["problems"] == []


def test_with_a_case_its_claims_stand_at_the_cells(capsys):
    """The strategy note says that Seoul can take the lead in deterring the North."""
    run(["compare", *DOCUMENTS, "--case", KOREA, "--format", "json"])
    cells = json.loads(capsys.readouterr().out)["cells"]
    run(["read", KOREA, "--format", "json"])
    claims = {claim["id"]: claim for claim in json.loads(capsys.readouterr().out)["claims"]}

    seoul = next(c for c in cells if (c["function"], c["actor"]) == ("deterring-north-korea", "KOR"))
    assert seoul["claims"]
    assert {claims[each]["kind"] for each in seoul["claims"]} == {"role"}
    assert {claims[each]["actor"] for each in seoul["claims"]} == {"KOR"}


def test_with_a_case_the_scenarios_are_named_that_stand_on_a_posture_by_what_they_extend(capsys):
    run(["compare", *DOCUMENTS, "--case", KOREA, "--format", "json"])
    scenarios = json.loads(capsys.readouterr().out)["scenarios"]

    assert {"constant-share", "linear-2035"} <= set(scenarios["nds-2026"])


def test_rows_come_as_csv(capsys):
    run(["compare", *DOCUMENTS, "--format", "csv"])

    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert {row["transition"] for row in rows} == {"newly stated", "no longer stated"}
    assert json.loads(rows[0]["after"])["quotation"].startswith("is capable of")


def test_the_table_names_cells_findings_and_sources(capsys):
    run(["compare", *DOCUMENTS])

    out = " ".join(capsys.readouterr().out.split())
    assert "2 newly stated, 5 no longer stated." in out
    assert "kappa: none, over 0 cells" in out
    assert "“can” lead, which does not say that it does" in out
    assert "Department of Defense, 2026-01-23" in out


@pytest.mark.parametrize(
    ("names", "remedy"),
    [
        pytest.param(["nds-2026", "nds-2062"], "nds-2026", id="a slip"),
        pytest.param(["nds-2026", "nds-2026"], "name another", id="one twice"),
        pytest.param(["nato", "../etc"], "Known", id="nothing near"),
    ],
)
def test_an_unknown_name_ends_with_two_and_the_names_that_there_are(names, remedy, capsys):
    assert run(["compare", *names]) == 2

    printed = capsys.readouterr()
    assert printed.out == ""
    assert remedy in printed.err
    assert "Traceback" not in printed.err


def test_a_value_that_a_document_does_not_set_is_not_told_as_set_by_it(capsys):
    """The declaration of 2023 says nothing of 3.5 % of GDP; the strategy does."""
    run(["compare", *DOCUMENTS])

    out = " ".join(capsys.readouterr().out.split())
    assert "Parameters that either sets, on 2026-01-23" in out
    assert "3.5 % (not set by it: packaged) 3.5 % (set by it)" in out


def test_the_later_document_first_is_told_with_both_days(capsys):
    assert run(["compare", *reversed(DOCUMENTS)]) == 0

    err = capsys.readouterr().err
    assert "posture-order (warning)" in err
    assert "2026-01-23" in err
    assert "2023-04-26" in err
    assert run(["compare", *DOCUMENTS]) == 0
    assert capsys.readouterr().err == ""


def test_a_step_without_a_day_says_so_and_which_claim_would_give_one(capsys):
    run(["compare", *DOCUMENTS, "--format", "json"])
    steps = json.loads(capsys.readouterr().out)["transfers"]
    run(["compare", *DOCUMENTS])
    table = " ".join(capsys.readouterr().out.split())

    undated = [step for step in steps if not step["to"]]
    assert (len(steps), len(undated)) == (6, 5)
    assert all(step["lifted_by"] for step in undated)
    assert table.count("no date published") == 5
    assert "a date would come from" in table
