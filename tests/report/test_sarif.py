"""Findings and audits for editors and code hosts: SARIF 2.1.0 and GitHub's workflow commands."""

from __future__ import annotations

import json

import pytest

from steelyard.check.audited import Audited
from steelyard.core.claim import Claim
from steelyard.core.problems import Place, Problem
from steelyard.report.export.alert import (
    Alert,
    Span,
    alerts_of_audit,
    alerts_of_findings,
    alerts_of_problems,
)
from steelyard.report.export.github import to_commands
from steelyard.report.export.sarif import to_sarif, uri_of
from tests.check.samples import claim, findings

TEXT = "Zuerst 😀.\nPolen gibt 4,8 % aus,\nsagt der Minister.\n"
START = TEXT.index("4,8 %")


def figure(text: str = TEXT, start: int = START, length: int = 5, document: str = "draft.md") -> Claim:
    """A claim that stands in a text."""
    keys = {"start": start, "end": start + length, "quote": text[start : start + length]}
    return claim("4.8 % of GDP", document, measure="defence_share_of_gdp", actor="POL").changed(**keys)


def where(one: Claim) -> Span:
    return Span.in_text(one.document, TEXT, one.start, one.end)


def results(alerts: list[Alert]) -> list[dict]:
    """The results of the one run."""
    (run,) = json.loads(json.dumps(to_sarif(alerts, version="1.2.3")))["runs"]
    found: list[dict] = run["results"]
    return found


def alert(**keys) -> Alert:
    """An error in the draft."""
    place = Span.in_text("draft.md", TEXT, START, START + 5)
    plain = {"level": "error", "rule": "contradicted growth", "title": "contradicted growth"}
    return Alert(**{**plain, "message": "They miss by 1.", "span": place, **keys})


# Where


def test_a_span_counts_lines_and_columns_from_one_in_characters():
    """The picture in the first line is one character, though two units of UTF-16."""
    assert Span.in_text("draft.md", TEXT, START, START + 5) == Span(
        "draft.md", line=2, column=12, end_line=2, end_column=17, start=START, end=START + 5, words="4,8 %"
    )


def test_a_span_may_go_over_a_line():
    span = Span.in_text("draft.md", TEXT, START, TEXT.index("der"))

    assert (span.line, span.column, span.end_line, span.end_column) == (2, 12, 3, 6)


@pytest.mark.parametrize("file", ["talk.pdf", "page.html", "budget.xlsx", "paper.DOCX"])
def test_a_file_whose_text_was_extracted_is_named_without_a_line(file):
    assert Span.in_text(file, TEXT, START, START + 5) == Span(file)


@pytest.mark.parametrize(
    ("file", "uri"),
    [
        pytest.param("drafts/brief.md", "drafts/brief.md", id="relative"),
        pytest.param("Entwürfe/Zurück 1.md", "Entw%C3%BCrfe/Zur%C3%BCck%201.md", id="other letters"),
        pytest.param("/tmp/brief.md", "file:///tmp/brief.md", id="absolute"),
        pytest.param("drafts\\brief.md", "drafts/brief.md", id="backslashes"),
        pytest.param("a:b#c?.md", "a%3Ab%23c%3F.md", id="signs that steer an address"),
    ],
)
def test_files_become_addresses(file, uri):
    assert uri_of(file) == uri


# SARIF


def test_a_log_has_what_the_standard_asks_for():
    log = to_sarif([alert()], version="1.2.3")

    assert log["version"] == "2.1.0"
    assert str(log["$schema"]).endswith("sarif-schema-2.1.0.json")
    (run,) = log["runs"]
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("steelyard", "1.2.3")
    assert run["columnKind"] == "unicodeCodePoints"
    (result,) = run["results"]
    assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == "contradicted/growth"
    assert (result["level"], result["kind"]) == ("error", "fail")
    assert result["message"] == {"text": "They miss by 1."}


def test_a_result_points_to_its_words():
    (result,) = results([alert()])

    (location,) = result["locations"]
    assert location["physicalLocation"]["artifactLocation"] == {"uri": "draft.md"}
    assert location["physicalLocation"]["region"] == {
        **{"startLine": 2, "startColumn": 12, "endLine": 2, "endColumn": 17},
        **{"charOffset": START, "charLength": 5, "snippet": {"text": "4,8 %"}},
    }


def test_what_passed_has_the_level_none_and_no_other():
    """The standard allows another kind than "fail" only with the level "none"."""
    (result,) = results([alert(level="none")])

    assert (result["kind"], result["level"]) == ("pass", "none")


def test_sources_are_related_locations_with_numbers():
    (result,) = results([alert(related=(Span("a.txt"), Span("b.txt", 3, 1, 3, 4)))])

    assert [place["id"] for place in result["relatedLocations"]] == [1, 2]
    uris = [place["physicalLocation"]["artifactLocation"]["uri"] for place in result["relatedLocations"]]
    assert uris == ["a.txt", "b.txt"]


def test_problems_are_notifications_and_a_fault_is_no_success():
    problems = [
        Problem("missing-path", "There is no such file.", Place("nowhere.txt")),
        Problem(
            "no-bridge", "Not to be mixed.", Place("a.txt", 3, 5, "", "the line", 4), "A bridge.", "refusal"
        ),
    ]

    (run,) = to_sarif(alerts_of_problems(problems), version="1")["runs"]

    (invocation,) = run["invocations"]
    assert run["results"] == []
    assert invocation["executionSuccessful"] is False
    first, second = invocation["toolExecutionNotifications"]
    assert (first["descriptor"]["id"], first["level"]) == ("missing-path", "error")
    assert (second["level"], second["message"]["text"]) == ("note", "Not to be mixed. A bridge.")
    assert second["locations"][0]["physicalLocation"]["region"]["endColumn"] == 9
    assert [each["id"] for each in run["tool"]["driver"]["notifications"]] == ["missing-path", "no-bridge"]


def test_a_log_of_nothing_is_whole():
    (run,) = to_sarif([], version="1")["runs"]

    assert (run["results"], run["invocations"][0]["executionSuccessful"]) == ([], True)


# What becomes an alert


def test_contradictions_are_errors_and_agreements_are_left_out():
    found = findings(
        claim("46.1 bn USD"), claim("41.6 bn USD", "note.txt"), claim("46.1 bn USD", "third.txt")
    )

    alerts = alerts_of_findings(found, lambda one: Span(one.document))

    assert {each.level for each in alerts} == {"error"}
    assert alerts[0].rule == "contradicted same-figure"
    assert alerts[0].mark == found[0].hash
    everything = alerts_of_findings(found, lambda one: Span(one.document), everything=True)
    assert len(everything) == len(found) > len(alerts)


def test_figures_without_source_are_warnings_and_supported_ones_are_left_out():
    source = claim("4.8 % of GDP", "budget.txt")
    found = [
        Audited(figure(), "supported", (source,), "It rests on it."),
        Audited(figure(), "unsupported", (), "No source gives it."),
        Audited(figure(), "contradicted", (source,), "They miss.", "growth", "last_digit"),
        Audited(figure(), "contradicted", (source,), "They miss.", "growth", "material"),
    ]

    alerts = alerts_of_audit(found, where, lambda one: Span(one.document))

    assert [each.level for each in alerts] == ["warning", "warning", "error"]
    assert alerts[2].related == (Span("budget.txt"),)
    assert alerts[0].span.line == 2
    assert len(alerts_of_audit(found, where, where, everything=True)) == 4


# GitHub


def test_a_workflow_command_names_file_line_and_columns():
    assert to_commands([alert()]) == (
        "::error file=draft.md,line=2,endLine=2,col=12,endColumn=17,"
        "title=steelyard%3A contradicted growth::They miss by 1.\n"
    )


def test_what_the_host_would_take_for_its_own_is_escaped():
    text = "8 % too much\n::error::no\rand \x1b[2J"

    (line,) = to_commands([alert(message=text, span=Span("a,b:c.md"))]).splitlines()

    assert line.startswith("::error file=a%2Cb%3Ac.md,title=")
    assert line.endswith("::8 %25 too much%0A::error::no%0Dand ␛[2J")


@pytest.mark.parametrize(
    ("level", "command"),
    [("error", "::error "), ("warning", "::warning "), ("note", "::notice "), ("none", "::notice ")],
)
def test_levels_have_their_commands(level, command):
    assert to_commands([alert(level=level)]).startswith(command)


def test_columns_are_told_within_one_line_only():
    span = Span.in_text("draft.md", TEXT, START, TEXT.index("der"))

    assert ",endLine=3,col=12,title=" in to_commands([alert(span=span)])


def test_sources_are_named_in_the_message():
    spans = (Span("a.txt", 3, 1, 3, 4), Span("a.txt", 3, 9, 3, 12), Span("b.pdf"))

    assert to_commands([alert(related=spans)]).endswith("They miss by 1. See a.txt:3, b.pdf.\n")
