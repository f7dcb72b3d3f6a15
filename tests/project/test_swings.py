"""How far each headline moves with one claim or limit alone: by hand, and held against the box."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest

from steelyard.core.interval import Interval
from steelyard.core.vocabulary import Entry
from steelyard.project import project_scenario
from steelyard.project.ensemble import Headline
from steelyard.project.pledge_swings import pledge_swings
from steelyard.project.prepared import prepare
from tests.project.samples import (
    LEDGER,
    PROPOSED,
    claim,
    ledger_of,
    owing,
    scenario,
    series,
    vocabulary,
)

REFERENCE = {"title": "Accounts", "publisher": "A ministry", "date": date(2025, 1, 1)}
EXACT_SHARE = claim("2.42% of GDP", "defence_share_of_gdp", "2.42", "2.42", "% of GDP", id="share")
EXACT_AMOUNT = claim("66 trillion won", "defence_spending", "66e12", "66e12", "KRW", status="proposed")


def projected(entry=None, ledger=LEDGER, words=None, draws=300):
    found, problems = project_scenario(
        entry or scenario(), ledger, words or vocabulary(), series(), draws=draws
    )
    assert found, problems
    return found


def swings(found, headline):
    return {row["input"]: (row["low"], row["high"]) for row in found.swings if row["headline"] == headline}


def test_each_claim_moves_what_is_reckoned_from_it():
    """Y0 = ME0 / b0: 66.3 over 2.415 and 2.425 %, and 66.25 and 66.35 over 2.42 %, in trillion won."""
    found = swings(projected(), "implied_gdp")

    assert found["share of GDP in 2026"] == pytest.approx((66.3e12 / 0.02415, 66.3e12 / 0.02425), rel=1e-5)
    assert found["spending in 2026"] == pytest.approx((66.25e12 / 0.0242, 66.35e12 / 0.0242), rel=1e-5)


def test_what_is_missing_moves_more_with_the_share_than_with_the_amount():
    """X = ME0 (3.5 / b0 - 1): 29.787 to 29.391 trillion over the share, 29.566 to 29.611 over the amount."""
    rows = [row for row in projected().swings if row["headline"] == "x_static"]

    assert [row["input"] for row in rows] == ["share of GDP in 2026", "spending in 2026"]
    assert (rows[0]["low"], rows[0]["high"]) == pytest.approx((29.7870e12, 29.3907e12), rel=2e-5)
    assert (rows[1]["low"], rows[1]["high"]) == pytest.approx((29.5661e12, 29.6107e12), rel=2e-5)


def test_what_is_printed_in_dollars_moves_only_what_is_reckoned_from_it():
    name = "spending in 2026 as printed in the other currency"
    found = projected()

    assert {row["headline"] for row in found.swings if row["input"] == name} == {"x_static_printed"}
    assert swings(found, "x_static_printed")[name] == pytest.approx(
        (46.05e9 * (3.5 / 2.42 - 1), 46.15e9 * (3.5 / 2.42 - 1)), rel=1e-5
    )


def test_a_swing_names_the_claims_that_it_hangs_on_and_they_are_among_the_origins():
    found = projected()
    known = {origin.id for origin in found.origins}
    named = {row["input"]: row["claims"] for row in found.swings}

    assert named["share of GDP in 2026"] == ["claim:share"]
    assert named["spending in 2026"] == ["claim:won"]
    assert {name for names in named.values() for name in names} <= known


def test_the_widest_swing_of_a_headline_comes_first():
    found = projected()
    for headline in found.headline:
        rows = [abs(r["high"] - r["low"]) for r in found.swings if r["headline"] == headline.name]
        assert all(wide >= narrow for wide, narrow in pairwise(rows)), headline.name


def test_no_swing_leaves_the_box_and_one_alone_is_the_box():
    """What moves alone cannot go farther than all together; where nothing else is open the two are one."""
    both = projected()
    for row in both.swings:
        one = both.number(row["headline"])
        assert one.low <= min(row["low"], row["high"]) <= max(row["low"], row["high"]) <= one.high

    alone = projected(ledger=ledger_of(PROPOSED, EXACT_SHARE))
    assert {row["input"] for row in alone.swings} == {"spending in 2026"}
    for row in alone.swings:
        one = alone.number(row["headline"])
        assert sorted((row["low"], row["high"])) == [one.low, one.high], row["headline"]


def test_numbers_that_leave_nothing_open_have_no_swings():
    assert projected(ledger=ledger_of(EXACT_AMOUNT, EXACT_SHARE)).swings == ()


def test_swings_change_no_other_number():
    """The ends of a swing run beside the scenario, in its draws."""
    open_, exact = projected(), projected(ledger=ledger_of(EXACT_AMOUNT, EXACT_SHARE))

    assert open_.number("p_reach").value == exact.number("p_reach").value
    assert open_.number("needed_real_growth").value == exact.number("needed_real_growth").value


def test_draws_that_are_only_counted_swing_as_those_that_are_kept():
    """Beyond 50,000 draws are counted in bins: the ends lie elsewhere by less than sampling error."""
    found, problems = project_scenario(scenario(), LEDGER, vocabulary(), series(), draws=60_000)
    assert found, problems
    few, many = (swings(one, "spending_target_year")["share of GDP in 2026"] for one in (projected(), found))

    assert many == pytest.approx(few, rel=0.02)
    assert many[0] > many[1]


LIMITS = {
    "cap": {"low": "5 %", "high": "12 %", "reference": REFERENCE},
    "execution": {"low": "96 %", "high": "100 %", "reference": REFERENCE},
    "floor": [
        {"label": "pay", "low": "60 tn KRW", "high": "62 tn KRW", "reference": REFERENCE},
        {"label": "bases", "value": "3 tn KRW", "reference": REFERENCE, "exact": True},
    ],
}


def test_each_limit_that_is_left_open_swings_alone():
    """Both a growth cap and what is carried out of a budget hold spending down: the higher, the more."""
    found = projected(scenario(limits=LIMITS))
    moved = swings(found, "spending_target_year")

    assert moved["growth cap"][0] < moved["growth cap"][1]
    assert moved["execution rate"][0] < moved["execution rate"][1]
    assert "floor: bases" not in {row["input"] for row in found.swings}


def test_a_line_of_the_floor_swings_as_a_whole():
    """A plan that is halved each year falls onto the floor: 60 to 62 trillion, which as printed leave 59.5 to
    62.5 open, and 3 on top.
    """
    plan = {"kind": "nominal-steps", "growth": ["-50 %"]}
    limits = {"floor": LIMITS["floor"]}
    found = projected(scenario(rule=plan, limits=limits, reference_scenario=None))

    assert swings(found, "spending_target_year") == {"floor: pay": (62.5e12, 65.5e12)}


def test_what_comes_after_the_agreement_swings_where_the_floor_holds_it():
    """A budget that is halved nine times, to 66.3 trillion over 512, falls onto what is paid by agreement.

    The rule of the 11th follows it down and does not hold it; that of the 12th follows prices up.
    """
    entry = owing().entry("scenarios", "linear-2035")
    plan = {"kind": "nominal-steps", "growth": ["-50 %"]}
    limits = {"floor": [{"label": "host", "cost_sharing": True}]}
    data = {**entry.data, "rule": plan, "limits": limits, "reference_scenario": "linear-2035"}
    found = projected(Entry(entry.kind, entry.id, data, entry.layers, entry.file), words=owing())
    paid = found.number("cost_sharing_horizon:kor-sma-12").value
    name = "what comes after the agreement on cost sharing"

    assert swings(found, "spending_target_year")[name] == pytest.approx((66.3e12 / 512, paid), rel=1e-3)
    (named,) = {tuple(row["claims"]) for row in found.swings if row["input"] == name}
    assert set(named) <= {origin.id for origin in found.origins}


# Pledges


def test_what_a_pledge_takes_moves_with_each_claim_that_it_is_reckoned_from():
    """14.0 of 46.1 billion dollars, as printed 13.95 to 14.05 and 46.05 to 46.15: the less there is to buy
    from, the more is taken, and the more the whole, the smaller a part is what it is bought from.
    """
    found = projected(owing().entry("scenarios", "linear-2035"), words=owing(), draws=20_000)
    moved, peak = swings(found, "pledge_part_peak:arms"), found.number("pledge_part_peak:arms")

    assert moved["American arms: what it is bought from"] == pytest.approx(
        (peak.value * 14.0 / 13.95, peak.value * 14.0 / 14.05), abs=0.06
    )
    low, high = moved["American arms: the spending printed beside it"]
    assert low < high
    assert moved["share of GDP in 2026"][0] < moved["share of GDP in 2026"][1]
    assert all(peak.low <= end <= peak.high for ends in moved.values() for end in ends)


def test_all_that_is_told_of_a_pledge_is_a_multiple_of_it():
    """24.5 to 25.5 of 25 billion is 98 to 102 %; here of 40 after its last year and of 30 % of a part."""
    entry = owing().entry("scenarios", "linear-2035")
    found, problems = prepare(entry, LEDGER, owing(), series())
    assert found, problems
    (pledge,) = found.course.owed.pledges
    width = Interval(Decimal("24.5e9"), Decimal("25.5e9"))
    pledge = replace(pledge, value=replace(pledge.value, interval=width), part=None)
    told = [
        Headline(f"{name}:arms", name, "", value, value - 1.125, value + 1.125, "", ())
        for name, value in (("pledge_paid_after", 40.0), ("pledge_part_peak", 30.0))
    ]
    other = Headline("pledge_paid_after:ships", "another pledge", "", 40.0, 39.0, 41.0, "", ())

    assert [(one.name, one.low, one.high) for one in pledge_swings([pledge], [*told, other])] == [
        ("American arms", pytest.approx(39.2), pytest.approx(40.8)),
        ("American arms", pytest.approx(29.4), pytest.approx(30.6)),
    ]
