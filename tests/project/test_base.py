"""What a scenario starts from: which claims it takes, and what it refuses to start without."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from steelyard.core.claim import Ledger
from steelyard.core.interval import Interval
from steelyard.project.base import find_base
from steelyard.project.scenario import read_scenario
from tests.project.samples import (
    ENACTED,
    IN_DOLLARS,
    LEDGER,
    PROPOSED,
    SHARE,
    claim,
    scenario,
    standing_alone,
    vocabulary,
    with_entries,
)


def find(*claims, entry=None):
    whole, problems = read_scenario(entry or scenario(), vocabulary())
    assert problems == []
    return find_base(whole, Ledger(claims), vocabulary(), ("KRW", "USD"))


def without(key, part="spending"):
    """The reference scenario with one key of a selection taken out."""
    entry = standing_alone()
    base = {name: dict(table) if name != "year" else table for name, table in entry.data["base"].items()}
    del base[part][key]
    return type(entry)(entry.kind, entry.id, {**entry.data, "base": base}, entry.layers, entry.file)


def test_it_starts_from_the_proposal_and_its_share():
    base, problems = find(*LEDGER)

    assert problems == []
    assert (base.spending.claims, base.share.claims) == ((PROPOSED,), (SHARE,))
    assert (base.spending.value, base.share.value) == (Decimal("66.3e12"), Decimal("2.42"))


def test_the_implied_gdp_is_all_that_the_two_leave_open():
    """66.25 / 2.425 % is 2,731.96 and 66.35 / 2.415 % is 2,747.41 trillion won."""
    base, _ = find(*LEDGER)

    gdp = base.implied_gdp
    assert round(gdp.low / 10**12, 2) == Decimal("2731.96")
    assert round(gdp.high / 10**12, 2) == Decimal("2747.41")


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"status": "target"}, id="a target"),
        pytest.param({"period": "2025"}, id="another year"),
        pytest.param({"period": "2024/2026"}, id="several years"),
        pytest.param({"period": None}, id="no year"),
        pytest.param({"actor": "JPN"}, id="another country"),
        pytest.param({"statistic": "gap"}, id="the amount still missing"),
        pytest.param({"statistic": "growth"}, id="a growth rate"),
        pytest.param({"item": "force_enhancement"}, id="a part of the budget"),
        pytest.param({"part_of": "won"}, id="included in another figure"),
        pytest.param({"aggregation": "cumulative"}, id="a sum over years"),
        pytest.param({"negated": True}, id="denied"),
        pytest.param({"counterpart": "USA"}, id="paid to somebody"),
        pytest.param({"high": None}, id="at least"),
        pytest.param({"kind": "statement"}, id="no figure"),
    ],
)
def test_a_claim_of_something_else_is_not_taken_for_spending(changes):
    base, (problem,) = find(PROPOSED.changed(**changes), SHARE)

    assert base is None
    assert (problem.code, problem.severity) == ("missing-base-claim", "refusal")


def test_a_fiscal_year_is_the_year_it_names():
    base, problems = find(PROPOSED.changed(period="FY2026"), SHARE)

    assert problems == []
    assert base


def test_a_refusal_names_the_claim_that_would_lift_it_and_the_nearest_there_is():
    base, (problem,) = find(ENACTED, IN_DOLLARS, SHARE)

    assert base is None
    assert "Defence spending of South Korea in 2026 (proposed) in KRW" in problem.message
    assert "A claim of defence_spending for KOR, 2026, level, in KRW would lift this" in problem.hint
    assert "'65.86 trillion won' (enacted, KRW)" in problem.hint
    assert problem.origin.file.endswith("constant-share.toml")


def test_both_missing_claims_are_named_at_once():
    base, problems = find()

    assert base is None
    assert len(problems) == 2
    assert "share of GDP" in problems[1].message + problems[0].message


def test_without_a_status_asked_for_targets_are_still_not_measurements():
    target = claim("3.5% of GDP", "defence_share_of_gdp", "3.5", "3.5", "% of GDP", status="target")

    base, problems = find(PROPOSED, SHARE, target, entry=without("status", "share"))

    assert problems == []
    assert base.share.claims == (SHARE,)


def test_without_a_unit_asked_for_the_national_currency_goes_first():
    base, _ = find(IN_DOLLARS, PROPOSED, SHARE, entry=without("unit"))
    other, _ = find(IN_DOLLARS, SHARE, entry=without("unit"))

    assert (base.spending.unit, other.spending.unit) == ("KRW", "USD")


def test_claims_that_agree_are_met():
    """66.3 and 66.29 trillion won can both be right, if it was 66.285 to 66.295."""
    finer = claim(
        "66.29 trillion won", "defence_spending", "66.285e12", "66.295e12", "KRW", status="proposed", id="2"
    )

    base, problems = find(PROPOSED, finer, SHARE)

    assert problems == []
    assert base.spending.interval == Interval(Decimal("66.285e12"), Decimal("66.295e12"))
    assert base.spending.value == Decimal("66.29e12")
    assert len(base.spending.claims) == 2


def test_claims_that_disagree_widen_the_box_and_are_told():
    other = claim(
        "67.9 trillion won", "defence_spending", "67.85e12", "67.95e12", "KRW", status="proposed", id="2"
    )

    base, (problem,) = find(PROPOSED, other, SHARE)

    assert (problem.code, problem.severity) == ("base-dispute", "warning")
    assert "'66.3 trillion won'" in problem.message
    assert "'67.9 trillion won'" in problem.message
    assert base.spending.interval == Interval(Decimal("66.25e12"), Decimal("67.95e12"))
    assert base.spending.value == Decimal("66.3e12"), "the first of two equally sure, not a middle of both"


def test_of_claims_that_disagree_the_surer_one_is_shown():
    other = claim(
        "67.9 trillion won", "defence_spending", "67.85e12", "67.95e12", "KRW", status="proposed", id="2"
    )

    base, _ = find(PROPOSED.changed(confidence=0.4), other.changed(confidence=0.9), SHARE)

    assert base.spending.value == Decimal("67.9e12")


def test_a_scenario_may_choose_a_document_by_its_file_name():
    other = claim("67.9 trillion won", "defence_spending", "67.85e12", "67.95e12", "KRW", status="proposed")
    spending = {**standing_alone().data["base"]["spending"], "document": "ministry.txt"}

    base, problems = find(
        PROPOSED,
        other.changed(document="/home/analyst/case/sources/ministry.txt"),
        SHARE,
        entry=standing_alone(base={"spending": spending}),
    )

    assert problems == []
    assert base.spending.value == Decimal("67.9e12")


def test_figures_of_two_perimeters_are_never_divided():
    """SIPRI counts more than the ministry, so its share is no share of the ministry's budget."""
    base, (problem,) = find(PROPOSED.changed(definition="national"), SHARE.changed(definition="sipri"))

    assert base is None
    assert (problem.code, problem.severity) == ("base-perimeter", "refusal")
    assert "national, sipri" in problem.message


@pytest.mark.parametrize(
    ("low", "high"),
    [("101", "103"), ("0", "0.1"), ("-1", "1")],
    ids=["above all", "nothing", "below nothing"],
)
def test_a_share_outside_of_nothing_to_all_is_a_fault(low, high):
    wild = claim("some of GDP", "defence_share_of_gdp", low, high, "% of GDP")

    base, (problem,) = find(PROPOSED, wild)

    assert base is None
    assert (problem.code, problem.severity) == ("share-range", "error")


# Disputes


def won(low, high, name, **keys):
    return claim(name, "defence_spending", low, high, "KRW", **{"status": "proposed", "id": name, **keys})


@pytest.mark.parametrize(
    ("ranges", "kept"),
    [
        pytest.param([("66e12", "67e12"), ("66.5e12", "68e12")], ("66.5e12", "67e12"), id="they overlap"),
        pytest.param([("66e12", "67e12"), ("67e12", "68e12")], ("67e12", "67e12"), id="they touch"),
        pytest.param([("66e12", "69e12"), ("67e12", "68e12")], ("67e12", "68e12"), id="one in the other"),
        pytest.param([("66e12", "67e12")] * 3, ("66e12", "67e12"), id="said three times"),
    ],
)
def test_what_claims_leave_open_together_is_their_common_part(ranges, kept):
    claims = [won(low, high, str(number)) for number, (low, high) in enumerate(ranges)]

    base, problems = find(*claims, SHARE)

    assert problems == []
    assert base.spending.interval == Interval(Decimal(kept[0]), Decimal(kept[1]))
    assert base.spending.value in base.spending.interval
    assert len(base.spending.claims) == len(ranges)


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_pairs_that_agree_do_not_settle_a_dispute_of_three(order):
    """The first meets the second and the second the third, but the first and third cannot both be right."""
    three = [won("66e12", "67e12", "a"), won("66.8e12", "68e12", "b"), won("67.5e12", "69e12", "c")]

    base, (problem,) = find(*(three[number] for number in order), SHARE)

    assert problem.code == "base-dispute"
    assert base.spending.interval == Interval(Decimal("66e12"), Decimal("69e12"))


def test_a_dispute_of_the_share_is_told_as_one():
    other = claim("2.6% of GDP", "defence_share_of_gdp", "2.55", "2.65", "% of GDP", id="sipri")

    base, (problem,) = find(PROPOSED, SHARE, other)

    assert problem.code == "base-dispute"
    assert "base.share" in problem.hint
    assert base.share.interval == Interval(Decimal("2.415"), Decimal("2.65"))


def test_both_numbers_may_be_disputed_at_once():
    other = claim("2.6% of GDP", "defence_share_of_gdp", "2.55", "2.65", "% of GDP", id="sipri")

    base, problems = find(PROPOSED, won("67.85e12", "67.95e12", "67.9"), SHARE, other)

    assert base
    assert [problem.code for problem in problems] == ["base-dispute"] * 2


@pytest.mark.parametrize("key", ["definition", "basis", "status", "prices", "edition"])
def test_each_part_of_a_perimeter_keeps_two_figures_apart(key):
    stages = {"status": ["one", "other"]}
    entry = standing_alone(base={"spending": stages, "share": stages}) if key == "status" else None
    base, (problem,) = find(PROPOSED.changed(**{key: "one"}), SHARE.changed(**{key: "other"}), entry=entry)

    assert base is None
    assert (problem.code, problem.severity) == ("base-perimeter", "refusal")
    assert key in problem.message


def test_a_perimeter_that_only_one_of_them_names_is_no_difference():
    base, problems = find(PROPOSED.changed(definition="national"), SHARE)

    assert base
    assert problems == []


def test_enacted_spending_is_not_divided_by_the_share_of_the_proposal():
    entry = standing_alone(base={"spending": {"status": ["enacted"]}})

    base, (problem,) = find(ENACTED, SHARE.changed(status="proposed"), entry=entry)

    assert base is None
    assert (problem.code, problem.severity) == ("base-perimeter", "refusal")
    assert "status: enacted, proposed" in problem.message
    assert "A claim of the share whose status is that of the spending" in problem.hint
    assert "no bridge" in problem.hint


def test_a_share_that_leaves_its_budget_open_is_taken_and_remembered_as_such():
    entry = standing_alone(base={"spending": {"status": ["enacted"]}})

    base, problems = find(ENACTED, SHARE, entry=entry)

    assert problems == []
    assert base.unsaid == (("share", "status", "enacted"),)


@pytest.mark.parametrize(
    ("actor", "spent", "share", "apart"),
    [
        pytest.param("USA", "FY2026", ("a year of the calendar, as its words say",), True, id="said"),
        pytest.param("USA", "FY2026", (), False, id="left open"),
        pytest.param("KOR", "FY2026", ("a year of the calendar, as its words say",), False, id="the same"),
    ],
)
def test_a_fiscal_year_that_is_no_calendar_year_keeps_two_figures_apart(actor, spent, share, apart):
    """The American fiscal year 2026 begins in October 2025; the Korean one is the calendar year."""
    entry = standing_alone(actor=actor)

    base, problems = find(
        PROPOSED.changed(period=spent, actor=actor), SHARE.changed(reasons=share, actor=actor), entry=entry
    )

    assert (base is None) == apart
    assert ["year kind" in problem.message for problem in problems] == [True] * apart


# Bridges


def bridged(start, to, **keys):
    """The packaged data with one bridge between two definitions."""
    table = {
        "to": to,
        "measure": "defence_spending",
        "actor": "KOR",
        "period": "2026",
        "factor": "1.10",
        "reference": {"title": "Two counts", "publisher": "An institute", "date": date(2026, 1, 5)},
        **keys,
    }
    entry = vocabulary().entry("definitions", start)
    return with_entries(replace(entry, data={**entry.data, "bridges": [table]}))


def find_bridged(known):
    whole, problems = read_scenario(scenario(), known)
    assert problems == []
    claims = (PROPOSED.changed(definition="national"), SHARE.changed(definition="nato"))
    return find_base(whole, Ledger(claims), known, ("KRW", "USD"))


@pytest.mark.parametrize(
    ("known", "low", "high"),
    [
        pytest.param(lambda: bridged("national", "nato"), 2.415 / 1.105, 2.425 / 1.095, id="there"),
        pytest.param(lambda: bridged("nato", "national"), 2.415 * 1.095, 2.425 * 1.105, id="and back"),
        pytest.param(
            lambda: bridged("national", "nato", factor=None, low="1.10", high="1.20"),
            2.415 / 1.205,
            2.425 / 1.095,
            id="a range",
        ),
    ],
)
def test_a_sourced_bridge_brings_the_share_into_the_definition_of_the_spending(known, low, high):
    """By NATO's count spending is 1.095 to 1.105 times the national one, so the share is so much less."""
    base, problems = find_bridged(known())

    assert problems == []
    assert float(base.share.interval.low) == pytest.approx(low)
    assert float(base.share.interval.high) == pytest.approx(high)
    assert base.share.value in base.share.interval
    assert base.bridge.reference["publisher"] == "An institute"


@pytest.mark.parametrize(
    "keys",
    [{"period": "2024/2025"}, {"actor": "JPN"}, {"measure": "gdp"}],
    ids=["other years", "another country", "another measure"],
)
def test_a_bridge_of_something_else_does_not_lift_the_refusal(keys):
    base, (problem,) = find_bridged(bridged("national", "nato", **keys))

    assert base is None
    assert "None is known for this actor and year" in problem.hint


@pytest.mark.parametrize("factor", ["some", "0.0", ""])
def test_a_bridge_without_a_factor_is_a_fault(factor):
    base, problems = find_bridged(bridged("national", "nato", factor=factor))

    assert base is None
    assert [problem.code for problem in problems] == ["broken-bridge", "base-perimeter"]


# The other currency


def test_the_same_spending_in_dollars_is_remembered_beside():
    base, _ = find(*LEDGER)

    assert base.printed.claims == (IN_DOLLARS,)
    assert base.printed.unit == "USD"


def test_dollars_are_remembered_whatever_document_is_asked_for():
    spending = {**standing_alone().data["base"]["spending"], "document": "ministry.txt"}
    entry = standing_alone(base={"spending": spending})

    base, _ = find(PROPOSED.changed(document="ministry.txt"), IN_DOLLARS, SHARE, entry=entry)

    assert base.printed.claims == (IN_DOLLARS,)


def test_dollars_of_another_perimeter_are_not_the_same_spending():
    base, _ = find(PROPOSED.changed(definition="national"), IN_DOLLARS.changed(definition="nato"), SHARE)

    assert base.printed is None


def test_a_currency_that_the_scenario_knows_no_rate_for_is_not_remembered():
    base, _ = find(PROPOSED, IN_DOLLARS.changed(unit="EUR"), SHARE)

    assert base.printed is None
