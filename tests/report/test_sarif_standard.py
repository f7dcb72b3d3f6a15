"""Logs hold what SARIF 2.1.0 allows and nothing else: its objects, their properties, and its rules on values.

The tables follow the standard (OASIS, Static Analysis Results Interchange Format 2.1.0, section 3), for the
objects that we write; a property that the standard does not name for an object is a fault.
"""

from __future__ import annotations

import json
import re
from datetime import date

import pytest

from steelyard.check import check_ledger
from steelyard.core.problems import Place, Problem
from steelyard.core.vocabulary import load_vocabulary
from steelyard.read import read_document
from steelyard.read.documents.document import Document
from steelyard.report.export.alert import Span, alerts_of_findings, alerts_of_problems
from steelyard.report.export.sarif import to_sarif

VOCABULARY, _ = load_vocabulary()
TEXT = "number of one or more characters"
COUNT, PLACE, YES_NO = "count from 0", "place from 1", "boolean"
LEVELS = {"none", "note", "warning", "error"}
KINDS = {"notApplicable", "pass", "fail", "review", "open", "informational"}
# Each object with its properties, those that it must have with a star.
STANDARD = {
    "log": {"version*": {"2.1.0"}, "$schema": TEXT, "runs*": ["run"]},
    "run": {
        **{"tool*": "tool", "invocations": ["invocation"], "results": ["result"]},
        "columnKind": {"utf16CodeUnits", "unicodeCodePoints"},
    },
    "tool": {"driver*": "component"},
    "component": {
        **{"name*": TEXT, "version": TEXT, "semanticVersion": TEXT, "informationUri": TEXT},
        **{"rules": ["descriptor"], "notifications": ["descriptor"]},
    },
    "descriptor": {
        **{"id*": TEXT, "name": TEXT, "helpUri": TEXT},
        **{"shortDescription": "multiformat", "fullDescription": "multiformat", "help": "multiformat"},
    },
    "multiformat": {"text*": TEXT, "markdown": TEXT},
    "message": {"text*": TEXT, "markdown": TEXT},
    "invocation": {"executionSuccessful*": YES_NO, "toolExecutionNotifications": ["notification"]},
    "notification": {
        **{"message*": "message", "level": LEVELS, "descriptor": "reference", "locations": ["location"]},
    },
    "reference": {"id": TEXT, "index": COUNT},
    "result": {
        **{"message*": "message", "ruleId": TEXT, "ruleIndex": COUNT, "kind": KINDS, "level": LEVELS},
        **{"locations": ["location"], "relatedLocations": ["location"], "partialFingerprints": "texts"},
    },
    "location": {"id": COUNT, "physicalLocation": "physical", "message": "message"},
    "physical": {"artifactLocation*": "artifact", "region": "region"},
    "artifact": {"uri": TEXT, "uriBaseId": TEXT, "index": COUNT},
    "region": {
        **{"startLine": PLACE, "startColumn": PLACE, "endLine": PLACE, "endColumn": PLACE},
        **{"charOffset": COUNT, "charLength": COUNT, "snippet": "content"},
    },
    "content": {"text": TEXT},
}
# RFC 3986: an address holds no blanks and no letters beyond ASCII but as percent signs with two digits.
ADDRESS = re.compile(r"(?:[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+")


def faults(value, kind, path="log"):
    """What of a value is not as the standard has it, each with its path."""
    if isinstance(kind, list):
        if not isinstance(value, list):
            return [f"{path}: no array"]
        return [one for place, each in enumerate(value) for one in faults(each, kind[0], f"{path}[{place}]")]
    if isinstance(kind, set):
        return [] if value in kind else [f"{path}: {value!r}"]
    plain = {
        TEXT: isinstance(value, str) and value,
        COUNT: type(value) is int and value >= 0,
        PLACE: type(value) is int and value >= 1,
        YES_NO: isinstance(value, bool),
        "texts": isinstance(value, dict) and all(isinstance(each, str) for each in value.values()),
    }
    if kind in plain:
        return [] if plain[kind] else [f"{path}: {value!r} is no {kind}"]
    keys = {key.rstrip("*"): inner for key, inner in STANDARD[kind].items()}
    needed = {key.rstrip("*") for key in STANDARD[kind] if key.endswith("*")}
    found = [f"{path}.{key}: not in the standard" for key in value.keys() - keys.keys()]
    found += [f"{path}.{key}: missing" for key in needed - value.keys()]
    known = sorted(value.keys() & keys.keys())
    return found + [one for key in known for one in faults(value[key], keys[key], f"{path}.{key}")]


def log_of(*texts):
    """The log of some texts that are checked together, with a problem."""
    documents = [Document(f"Entwürfe/draft {n}.txt", text, date(2026, 3, 1)) for n, text in enumerate(texts)]
    by_name = {document.name: document.text for document in documents}
    ledgers = [read_document(document, VOCABULARY)[0] for document in documents]
    findings, _ = check_ledger(type(ledgers[0])(claim for each in ledgers for claim in each), VOCABULARY)
    problem = Problem("missing-path", "There is no such file.", Place("nowhere.txt"))
    alerts = alerts_of_findings(findings, lambda claim: _span(claim, by_name), everything=True)
    return json.loads(json.dumps(to_sarif([*alerts, *alerts_of_problems([problem])], version="1.2.3")))


def _span(claim, by_name):
    return Span.in_text(claim.document, by_name[claim.document], claim.start, claim.end)


WRONG = (
    "Poland will spend 200 billion zloty on defence in 2026, or 4.8 percent of GDP. "
    "The government expects GDP of 4,567 billion zloty in 2026."
)
OTHER = "😀 Poland's defence spending is 210 billion zloty in 2026.\nThe plan costs 5 billion euros."


@pytest.mark.parametrize("texts", [(WRONG,), (WRONG, OTHER), ("Nothing is said here.",)])
def test_a_log_holds_what_the_standard_asks_for_and_nothing_else(texts):
    assert faults(log_of(*texts), "log") == []


def test_a_log_keeps_the_rules_between_its_properties():
    """A level other than "none" only of what fails; indexes that meet; addresses that are some."""
    (run,) = log_of(WRONG, OTHER)["runs"]

    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert len(set(rules)) == len(rules)
    assert any(result["level"] == "error" for result in run["results"])
    for result in run["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
        assert (result["level"] == "none") == (result["kind"] != "fail")
        places = [*result["locations"], *result.get("relatedLocations", [])]
        regions = [place["physicalLocation"]["region"] for place in places]
        assert all(
            (each["startLine"], each["startColumn"]) < (each["endLine"], each["endColumn"])
            for each in regions
        )
        assert all(
            ADDRESS.fullmatch(place["physicalLocation"]["artifactLocation"]["uri"]) for place in places
        )
        numbers = [place["id"] for place in result.get("relatedLocations", [])]
        assert numbers == list(range(1, len(numbers) + 1))


def test_a_region_holds_the_words_that_it_shows():
    """Columns are counted in characters, as the run says."""
    (run,) = log_of(WRONG, OTHER)["runs"]

    texts = {"Entw%C3%BCrfe/draft%200.txt": WRONG, "Entw%C3%BCrfe/draft%201.txt": OTHER}
    for result in run["results"]:
        for place in result["locations"]:
            physical = place["physicalLocation"]
            region, text = physical["region"], texts[physical["artifactLocation"]["uri"]]
            line = text.split("\n")[region["startLine"] - 1]
            assert line[region["startColumn"] - 1 : region["endColumn"] - 1] == region["snippet"]["text"]
            start = region["charOffset"]
            assert text[start : start + region["charLength"]] == region["snippet"]["text"]


def test_an_alert_points_to_the_figure_that_is_most_likely_wrong():
    """200 of 4,567 are 4.4 %: the share is what was reckoned."""
    (run,) = log_of(WRONG)["runs"]

    (result,) = [each for each in run["results"] if each["level"] == "error"]
    (location,) = result["locations"]
    assert location["physicalLocation"]["region"]["snippet"]["text"] == "4.8 percent of GDP"
