"""A target by one count on spending by another: refused, accepted with a reason, or left open and told."""

from __future__ import annotations

from steelyard.core.claim import Ledger
from steelyard.project import project_scenario
from tests.project.samples import CASE, PROPOSED, SHARE, scenario, series, vocabulary

BY_NATO = {"parameter": "nato-defence-share-target"}
OPEN = {"definition_gap": None, "definition_reason": None}
ACCEPTED = {"definition_gap": "accepted", "definition_reason": "the gap is small"}


def project(count, /, **target):
    """The way to a target in 2035, spending by a count."""
    entry = scenario("constant-share")
    whole = {**entry.data["target"], **target}
    whole = {key: value for key, value in whole.items() if value is not None}
    data = {**entry.data, "rule": {"kind": "linear-share"}, "target": whole}
    entry = type(entry)(entry.kind, entry.id, data, entry.layers, entry.file)
    claims = (PROPOSED.changed(definition=count), SHARE.changed(definition=count))
    return project_scenario(entry, Ledger(claims), vocabulary(), series(), draws=40)


def told(ensemble):
    return {row["variable"]: (row["value"], row["reason"]) for row in ensemble.assumptions}


def test_a_target_by_natos_count_is_refused_on_the_ministrys_budget():
    ensemble, (problem,) = project("national", **BY_NATO, **OPEN)

    assert ensemble is None
    assert (problem.code, problem.severity) == ("target-definition", "refusal")
    assert "A claim of spending by the definition 'nato' would lift this" in problem.hint
    assert "No bridge between them is known" in problem.hint


def test_it_is_reckoned_where_the_scenario_accepts_the_gap_with_a_reason():
    ensemble, problems = project("national", **BY_NATO, **ACCEPTED)

    assert problems == []
    assert told(ensemble)["target_definition"] == ("target: nato; spending: national", "the gap is small")


def test_accepting_a_gap_for_no_reason_is_a_fault():
    ensemble, (problem,) = project("national", **BY_NATO, definition_gap="accepted", definition_reason=None)

    assert ensemble is None
    assert (problem.code, problem.severity) == ("missing-key", "error")


def test_one_count_for_both_needs_no_word():
    ensemble, problems = project("nato", **BY_NATO, **OPEN)

    assert problems == []
    assert "target_definition" not in told(ensemble)


def test_what_spending_leaves_open_is_an_assumption():
    ensemble, _ = project(None, **BY_NATO, **OPEN)

    assert told(ensemble)["target_definition"][0] == "nato, as the target"


def test_a_target_of_the_scenarios_own_may_say_by_whose_count_it_is():
    own = {"parameter": None, "value": "3 %", "definition": "sipri", "reason": "a what-if"}

    ensemble, (problem,) = project("national", **own, **OPEN)

    assert ensemble is None
    assert "SIPRI definition" in problem.message


def test_the_case_says_why_it_holds_a_target_of_no_definition_against_the_ministrys_budget():
    text = (CASE / "scenarios" / "constant-share.toml").read_text(encoding="utf-8")

    ensemble, _ = project(None)

    assert told(ensemble)["target_definition"][0] == "target: not said; spending: not said"
    assert told(ensemble)["target_definition"][1] in text
