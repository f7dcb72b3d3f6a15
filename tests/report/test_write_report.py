"""A report on disk: the page and what lies beside it, the same bytes each time."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest

from steelyard.core.claim import Ledger
from steelyard.report import write_report
from tests.report import samples

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("case") / "out"
    page, problems = write_report(samples.results(), place)
    assert page == place / "report.html"
    assert problems == []
    return place


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_page_data_tables_and_pictures_lie_together(folder):
    found = names(folder)

    assert {"report.html", "results.json", "claims.jsonl", "tables/claims.csv"} <= found
    assert {"charts/conflict-finding-clash.svg", "charts/conflict-finding-clash.png"} <= found
    assert "tables/scenario-rising-yearly.csv" in found
    assert not [name for name in found if name.endswith(".part")]


def test_the_same_results_give_the_same_bytes(folder, tmp_path):
    write_report(samples.results(), tmp_path)

    assert names(tmp_path) == names(folder)
    assert all((tmp_path / name).read_bytes() == (folder / name).read_bytes() for name in names(folder))


def test_the_page_names_the_files_beside_it(folder):
    page = (folder / "report.html").read_text(encoding="utf-8")

    for name in names(folder) - {"report.html"}:
        assert f'href="{name}"' in page or name.startswith("charts/")


def test_the_docs_say_what_each_file_is(folder):
    rows = re.findall(
        r"^\| (`.+?) \|", (ROOT / "docs" / "report.md").read_text(encoding="utf-8"), re.MULTILINE
    )

    told = re.findall(r"`(.+?)`", " ".join(rows))

    lying_there = {name for name in names(folder) if "/" not in name}
    assert lying_there == {name for name in told if "/" not in name}


def test_results_hold_findings_scenarios_and_claims_as_promised(folder):
    data = json.loads((folder / "results.json").read_text(encoding="utf-8"))

    assert data["findings"] == [each.to_json() for each in samples.results().findings]
    assert [scenario["scenario"] for scenario in data["scenarios"]] == ["constant", "rising"]
    assert data["claims"] == [claim.to_json() for claim in samples.LEDGER]
    assert data["problems"][0]["code"] == "missing-base-claim"


def test_claims_can_be_read_back(folder):
    assert Ledger.from_jsonl((folder / "claims.jsonl").read_text(encoding="utf-8")) == samples.LEDGER


def test_the_table_of_claims_has_a_row_for_each(folder):
    with (folder / "tables" / "claims.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    assert len(rows) == len(samples.LEDGER)
    assert rows[0]["As printed"] == "$46.1 billion"
    assert rows[0]["origin"].startswith("sources/budget.txt:")


def test_a_problem_of_the_report_is_given_back_and_shown(tmp_path):
    page, problems = write_report(samples.results(documents=(samples.BUDGET_TEXT,)), tmp_path)

    assert {problem.code for problem in problems} == {"claim-without-source"}
    assert "claim-without-source" in page.read_text(encoding="utf-8")


def test_a_scenario_that_is_gone_leaves_no_picture_behind(tmp_path):
    write_report(samples.results(), tmp_path)

    write_report(samples.results(ensembles=()), tmp_path)

    assert not [name for name in names(tmp_path) if "scenario" in name]


def test_an_earlier_report_stays_when_the_new_one_cannot_be_made(tmp_path, monkeypatch):
    write_report(samples.results(), tmp_path)
    before = {name: (tmp_path / name).read_bytes() for name in names(tmp_path)}
    write = Path.write_bytes

    def full_disk(path, data):
        if "results" in path.name:
            raise OSError(28, "No space left on device")
        return write(path, data)

    monkeypatch.setattr(Path, "write_bytes", full_disk)
    with pytest.raises(OSError, match="No space"):
        write_report(samples.results(title="Another"), tmp_path)

    assert {name: (tmp_path / name).read_bytes() for name in names(tmp_path)} == before
