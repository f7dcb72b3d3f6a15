"""A build of a scenario written for several actors: each by itself, and all of them in one table."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from steelyard.build import build_case

NATO = Path(__file__).resolve().parents[1] / "cases" / "nato-2035"
DRAWS = 40
ALL = '["DEU", "EST", "POL"]'


@pytest.fixture
def case(tmp_path):
    """The case of NATO with three members."""
    folder = tmp_path / "three"
    shutil.copytree(NATO, folder, ignore=shutil.ignore_patterns("out", "expected"))
    path = folder / "scenarios" / "linear-2035.toml"
    text = path.read_text(encoding="utf-8").replace('["NATO"]', ALL)
    start, end = text.index("[[without]]"), text.index("[rule]")
    text = text[:start] + text[end:]
    path.write_text(text[: text.index("# The dollar needs")], encoding="utf-8")
    return folder


def edit(path, change):
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(change(line) for line in lines), encoding="utf-8")


def projected(case):
    data = json.loads((case / "out" / "projection.json").read_text(encoding="utf-8"))
    return [scenario["scenario"] for scenario in data["scenarios"]]


def told(result, code):
    """Heading and message of the problems of a code."""
    lines = result.problems
    return [lines[at + 1] for at, line in enumerate(lines) if f"  {code}" in line]


def test_each_member_is_projected_and_has_a_row(case):
    result = build_case(case, draws=DRAWS)
    page = (case / "out" / "report.html").read_text(encoding="utf-8")
    rows = (case / "out" / "tables" / "members-linear-2035.csv").read_text(encoding="utf-8").splitlines()

    assert projected(case) == ["linear-2035-deu", "linear-2035-est", "linear-2035-pol"]
    assert 'id="members-linear-2035"' in page
    assert [row.split(",")[0] for row in rows[1:]] == ["Germany", "Estonia", "Poland"]
    assert [row.split(",")[2] for row in rows[1:]] == ["no", "no", "yes"]
    assert any("Poland: 4.12% of GDP in 2024, enough already" in line for line in result.summary)


def test_the_summary_says_who_is_there_and_what_the_others_need(case):
    """Germany needs 5.5 % a year and Estonia 1.8 %, worked out in tests/cases/test_nato_2035.py."""
    build_case(case, draws=DRAWS)
    page = (case / "out" / "report.html").read_text(encoding="utf-8")
    text = re.sub(r"<[^>]+>", "", page[page.index('id="summary"') : page.index('id="findings"')])

    assert "Of three members Poland met 3.5% of GDP in 2024; the others need" in " ".join(text.split())
    assert "1.8% (Estonia) to 5.5% (Germany) a year" in " ".join(text.split())


def test_a_warning_alike_for_all_is_told_once_with_their_names(case):
    messages = told(build_case(case, draws=DRAWS), "gdp-vintage")

    assert len(messages) == 1
    assert messages[0].startswith("Germany: ")
    assert "The like holds for Estonia, Poland." in messages[0]


def test_a_member_without_figures_is_refused_alone(case):
    edit(case / "series" / "gdp.csv", lambda line: "" if line.startswith("EST") else line)

    result = build_case(case, draws=DRAWS)

    assert projected(case) == ["linear-2035-deu", "linear-2035-pol"]
    assert [message.split(":")[0] for message in told(result, "missing-series")] == ["Estonia", "Estonia"]


def test_a_slip_in_the_figures_of_one_does_not_stop_the_others(case):
    """Estonia's GDP at constant prices is in dollars: a fault where it stands alone, here a refusal."""
    slip = "EST,gdp,constant"
    edit(
        case / "series" / "gdp.csv",
        lambda line: line.replace("EUR", "USD") if line.startswith(slip) else line,
    )

    result = build_case(case, draws=DRAWS)

    assert result.page
    assert projected(case) == ["linear-2035-deu", "linear-2035-pol"]
    assert told(result, "unit-mismatch")[0].startswith("Estonia: ")


def test_a_fault_in_what_is_written_for_all_stops_the_build(case):
    edit(case / "scenarios" / "linear-2035.toml", lambda line: line.replace("linear-share", "linear-shares"))

    result = build_case(case, draws=DRAWS)

    assert result.page is None
    assert result.faults


def test_the_scenario_is_asked_for_as_it_is_written_or_for_one_member(case):
    build_case(case, draws=DRAWS, scenario="linear-2035")
    whole = projected(case)
    result = build_case(case, draws=DRAWS, scenario="linear-2035-est")

    assert whole == ["linear-2035-deu", "linear-2035-est", "linear-2035-pol"]
    assert projected(case) == ["linear-2035-est"]
    assert result.summary[-1].startswith("The report shows linear-2035-est alone; the 2 other scenarios")


def test_a_member_that_is_not_there_is_told_with_the_nearest_name(case):
    messages = told(build_case(case, draws=DRAWS, scenario="linear-2035-etr"), "unknown-scenario")

    assert messages == ["There is no scenario 'linear-2035-etr'. Did you mean 'linear-2035-est'?"]
