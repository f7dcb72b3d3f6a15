"""How far the GDP that the base implies lies from the series, and what is told of its vintage."""

from __future__ import annotations

import pytest

from steelyard.core.claim import Ledger
from steelyard.project import project_scenario
from tests.project.samples import (
    ENHANCED,
    IN_DOLLARS,
    LEDGER,
    PROPOSED,
    SHARE,
    claim,
    owing,
    published,
    series,
    standing_alone,
    vocabulary,
)


def project(claims=LEDGER, cells=None, **changes):
    entry = standing_alone(**changes)
    return project_scenario(entry, Ledger(claims), vocabulary(), cells or published(), draws=40)


def test_both_numbers_are_told_where_they_differ():
    """66.3 trillion at 2.42 % is 2,739.7; the World Economic Outlook has 2,666.4."""
    _, (problem,) = project()

    assert (problem.code, problem.severity) == ("gdp-vintage", "warning")
    assert "2,739.7 trillion won" in problem.message
    assert "2,732.0 trillion won to 2,747.4 trillion won" in problem.message
    assert problem.message.endswith("KOR/gdp/current/WEO 2025-10 has 2,666.4 trillion won.")


def test_nothing_is_told_where_the_series_is_what_the_claims_leave_open():
    _, problems = project(cells=series())

    assert problems == []


def test_a_base_in_dollars_is_held_against_the_series_at_the_rate_of_the_scenario():
    """46.1 bn at 2.42 % is 1,905 bn dollars; at 1,421.97 won of 2025 that is 2,709 trillion won."""
    _, problems = project((IN_DOLLARS, SHARE), base={"spending": {"unit": "USD"}})

    (message,) = [problem.message for problem in problems if problem.code == "gdp-vintage"]
    assert "imply a GDP of 2,70" in message


def reason(claims):
    ensemble, _ = project(claims)
    (row,) = [row for row in ensemble.assumptions if row["variable"] == "gdp"]
    return row["reason"]


def test_one_document_gives_both_numbers_of_one_vintage():
    assert "both as budget.txt gives them" in reason((PROPOSED, SHARE))


def test_two_documents_are_said_to_be_of_one_vintage_by_nobody():
    told = reason((PROPOSED, SHARE.changed(document="brief.txt")))

    assert "the spending of budget.txt divided by the share of brief.txt" in told
    assert "is not said" in told


@pytest.mark.parametrize("key", ["edition", "status"])
def test_two_documents_of_two_vintages_are_refused(key):
    stages = {"status": ["one", "other"]} if key == "status" else {}
    claims = (PROPOSED.changed(**{key: "one"}), SHARE.changed(**{key: "other"}, document="brief.txt"))

    ensemble, problems = project(claims, base={"spending": stages, "share": stages})

    assert ensemble is None
    assert [problem.code for problem in problems] == ["base-perimeter"]


def test_what_only_one_of_them_says_is_an_assumption():
    ensemble, _ = project((PROPOSED.changed(definition="national"), SHARE))

    rows = {row["variable"]: row["value"] for row in ensemble.assumptions}
    assert rows["share_definition"] == "national, as the spending"
    assert rows["share_status"] == "as the spending"


def test_a_pledge_is_not_measured_by_a_part_of_another_budget():
    entry = owing().entry("scenarios", "constant-share")
    whole = claim("70 trillion won", "defence_spending", "69.5e12", "70.5e12", "KRW", definition="nato")
    dollars = IN_DOLLARS.changed(definition="nato")
    part = ENHANCED.changed(definition="national")
    ledger = Ledger((whole.changed(status="proposed"), dollars, SHARE, part))

    ensemble, problems = project_scenario(entry, ledger, owing(), series(), draws=40)

    (problem,) = [one for one in problems if one.severity == "refusal"]
    assert problem.code == "base-perimeter"
    assert "differ in definition: national, nato" in problem.message
    assert "pledge_part:arms" not in ensemble.variables
