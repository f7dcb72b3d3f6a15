"""Claims as figures: which term, what interval in base units, which stage; and what is left out."""

from __future__ import annotations

from decimal import Decimal

import pytest

from steelyard.check.figures import Kinds, exclude_each_other
from steelyard.core.interval import INFINITE, Interval
from tests.check.samples import change, claim, figures, gap, growth, share, target, vocabulary


def one(made):
    (figure,) = figures(made)
    return figure


def term(made):
    return str(one(made).term.operator), one(made).term.measure, one(made).term.period


# Terms


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        pytest.param(claim("46.1 bn USD"), ("level", "defence_spending", "2026"), id="level"),
        pytest.param(growth("8.2 %"), ("growth", "defence_spending", "2026"), id="growth of a year"),
        pytest.param(
            claim("8.2 %", statistic="growth"),
            ("growth", "defence_spending", "2026"),
            id="growth without base",
        ),
        pytest.param(
            claim("30 %", statistic="growth", baseline="2020"),
            ("growth since 2020", "defence_spending", "2026"),
            id="growth over six years",
        ),
        pytest.param(change("3.5 bn USD"), ("change", "defence_spending", "2026"), id="change of a year"),
        pytest.param(
            claim("0.43 tn KRW", statistic="change"),
            ("change since what is not said", "defence_spending", "2026"),
            id="a cut in a request is no change from the year before",
        ),
        pytest.param(
            claim("250 bn USD", aggregation="cumulative"),
            ("level cumulative", "defence_spending", "2026"),
            id="the sum of years",
        ),
        pytest.param(
            claim("42 bn USD", aggregation="yearly"), ("level", "defence_spending", "2026"), id="a year of it"
        ),
        pytest.param(gap("20.8 bn USD"), ("gap", "defence_spending", "2026"), id="gap"),
        pytest.param(target(), ("target", "defence_share_of_gdp", ""), id="a share aimed at has no year"),
        pytest.param(
            target(period="../2035"), ("target", "defence_share_of_gdp", ""), id="nor with a deadline"
        ),
        pytest.param(
            claim("128.4 tn KRW", status="target", period="2035"),
            ("target", "defence_spending", "2035"),
            id="an amount aimed at is one of its year",
        ),
        pytest.param(
            claim("5 bn USD", status="pledge"),
            ("target", "defence_spending", "2026"),
            id="a pledge is an aim",
        ),
        pytest.param(
            claim("28,500 persons", measure="troops", status="floor"), ("floor", "troops", ""), id="floor"
        ),
        pytest.param(
            growth("5 %", status="ceiling"),
            ("growth ceiling", "defence_spending", "2026"),
            id="a cap on growth is no growth",
        ),
        pytest.param(
            claim("2.42 %", statistic="share", base_measure="gdp"),
            ("level", "defence_share_of_gdp", "2026"),
            id="spending as a share of GDP is the measure of that name",
        ),
        pytest.param(
            claim("30 %", statistic="share", item="force_enhancement", base_measure="defence_spending"),
            ("share", "defence_spending", "2026"),
            id="a part as a share of the whole",
        ),
    ],
)
def test_a_claim_states_a_term(made, expected):
    assert term(made) == expected


# Numbers


@pytest.mark.parametrize(
    ("made", "low", "high"),
    [
        pytest.param(claim("46.1 bn USD"), "46.05e9", "46.15e9", id="single units"),
        pytest.param(growth("8.2 %"), "0.0815", "0.0825", id="per cent is a hundredth"),
        pytest.param(share("2.42 % of GDP"), "0.02415", "0.02425", id="so is a share"),
        pytest.param(growth("8.2 %", direction="down"), "-0.0825", "-0.0815", id="a fall"),
        pytest.param(change("1.2 tn KRW", direction="down"), "-1.25e12", "-1.15e12", id="a cut"),
        pytest.param(claim("60.0 tn KRW", direction="down"), "59.95e12", "60.05e12", id="a level fallen to"),
        pytest.param(growth("-8.2 %", direction="down"), "-0.0825", "-0.0815", id="a fall with its sign"),
    ],
)
def test_the_interval_is_in_base_units_with_its_sign(made, low, high):
    assert one(made).interval == Interval(Decimal(low), Decimal(high))


def test_an_open_end_stays_open():
    assert one(claim("60 tn KRW", hedge="more_than")).interval == Interval(Decimal("60e12"), INFINITE)
    assert one(claim("60 tn KRW", hedge="up_to")).interval == Interval(-INFINITE, Decimal("60e12"))


@pytest.mark.parametrize(
    ("made", "digit"),
    [
        pytest.param(claim("46.1 bn USD"), "1e8", id="a tenth of a billion"),
        pytest.param(claim("28,500 persons", measure="troops"), "100", id="a hundred persons"),
        pytest.param(claim("28,500 persons", measure="troops", hedge="about"), "100", id="also where hedged"),
        pytest.param(growth("8 %"), "0.01", id="one per cent"),
        pytest.param(target(), "0", id="an exact number has none"),
        pytest.param(
            claim("46 bn USD").changed(value=None, low=Decimal("40e9"), high=Decimal("57e9")),
            "0",
            id="a range",
        ),
        pytest.param(
            claim("60 tn KRW", hedge="more_than"), "1e13", id="an open end keeps that of its number"
        ),
    ],
)
def test_the_last_printed_digit(made, digit):
    assert one(made).last_digit == Decimal(digit)


def test_the_value_of_a_range_is_its_middle_and_of_an_open_end_none():
    wide = claim("46 bn USD").changed(value=None, low=Decimal("40e9"), high=Decimal("50e9"))
    floor = claim("60 tn KRW", hedge="more_than").changed(value=None)

    assert one(wide).value == Decimal("45e9")
    assert one(floor).value is None


def test_printing_turns_base_units_back():
    figure = one(growth("8.2 %"))

    assert figure.printed(figure.interval) == Interval(Decimal("8.15"), Decimal("8.25"))


# What is evidence


@pytest.mark.parametrize(
    "keys",
    [
        pytest.param({"negated": True}, id="denied"),
        pytest.param({"actor": None}, id="nobody's"),
        pytest.param({"measure": None}, id="of nothing"),
        pytest.param({"measure": "happiness"}, id="of what is not known"),
        pytest.param({"statistic": "rank"}, id="a rank"),
        pytest.param({"low": None, "high": None}, id="without a number"),
        pytest.param({"kind": "statement"}, id="a statement"),
        pytest.param({"conversion_of": "c0"}, id="a conversion"),
        pytest.param({"condition": "if growth holds"}, id="what would be"),
    ],
)
def test_what_states_no_number_is_left_out(keys):
    assert figures(claim("46.1 bn USD").changed(**keys)) == []


def test_a_floor_counts_with_its_conditions():
    floor = claim("28,500 persons", measure="troops", status="floor", condition="unless certified")

    assert one(floor).sets_question


# Stage and perimeter


def test_a_stage_is_a_status_that_the_rules_know_on_a_measure_that_has_stages():
    assert one(claim("46.1 bn USD", status="proposed")).stage == "proposed"
    assert one(claim("46.1 bn USD", status="estimate")).stage is None
    assert one(claim("1905 bn USD", measure="gdp", status="proposed")).stage is None
    assert not one(claim("1905 bn USD", measure="gdp")).has_perimeter


def test_a_claim_is_sure_of_its_number_if_it_says_its_year_and_was_read_without_doubt():
    assert one(claim("46.1 bn USD")).is_sure
    assert not one(claim("46.1 bn USD", period=None)).is_sure
    assert not one(claim("46.1 bn USD", confidence=0.62)).is_sure


def test_without_rules_nothing_has_stages_and_only_certainty_is_sure():
    kinds = Kinds.of(type(vocabulary())({}))

    assert (kinds.stages, kinds.bases, kinds.same_figure, kinds.sure) == ((), {}, "", 1.0)


def test_figures_exclude_each_other_if_no_number_can_be_all_of_them():
    """46.05 to 46.15, 46.1 to 46.2 and 46.15 to 46.25 have 46.15 in common; with 46.4 nothing."""
    near = figures(claim("46.1 bn USD"), claim("46.15 bn USD"), claim("46.2 bn USD"))
    far = figures(claim("46.1 bn USD"), claim("46.4 bn USD"))

    assert not exclude_each_other(near)
    assert exclude_each_other(far)
