"""Exchange rates that documents imply: what the digits of two amounts leave, and where all agree."""

from __future__ import annotations

from decimal import Decimal

import pytest

from steelyard.core.claim import Ledger
from steelyard.core.interval import Interval
from steelyard.core.series import Point, Series
from steelyard.report.charts import rates
from tests.report import samples

DOLLARS = samples.TOTAL.changed(id="dollars")
WON = samples.TOTAL.changed(
    id="won",
    quote="66.2947 trillion won",
    unit="KRW",
    value=Decimal("66.2947e12"),
    low=Decimal("66.29465e12"),
    high=Decimal("66.29475e12"),
)
OBSERVED = Series(
    "KOR",
    "exchange_rate",
    "KRW per USD",
    "H.10",
    (Point(2024, Decimal("1363.4381"), "Fed"), Point(2025, Decimal("1421.3963"), "Fed")),
)


def pair(identifier, low, high, dollars="10"):
    """An amount in dollars, exact, and its conversion in the same text."""
    amount = Decimal(dollars) * 10**9
    foreign = DOLLARS.changed(
        id=f"{identifier}-usd", measure="arms_purchases", low=amount, high=amount, value=amount
    )
    home = foreign.changed(
        id=f"{identifier}-krw",
        unit="KRW",
        low=Decimal(low) * amount,
        high=Decimal(high) * amount,
        value=None,
        conversion_of=f"{identifier}-usd",
    )
    return foreign, home


def drawn(*claims, **changes):
    return list(rates.draw(samples.results(ledger=Ledger(claims), **changes)))


def implied(*claims, **changes):
    return list(rates.pairs_of(samples.results(ledger=Ledger(claims), **changes)))


def test_one_figure_in_two_currencies_leaves_a_span_of_rates():
    """66.29465 tn over 46.15 bn is 1436.50, and 66.29475 tn over 46.05 bn is 1439.63."""
    (one,) = implied(DOLLARS, WON)

    assert (one.home.id, one.foreign.id, one.is_conversion) == ("won", "dollars", False)
    assert float(one.rate.low) == pytest.approx(1436.50, abs=0.01)
    assert float(one.rate.high) == pytest.approx(1439.63, abs=0.01)


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"period": "2025"}, id="another year"),
        pytest.param({"status": "enacted"}, id="another stage"),
        pytest.param({"item": "operating"}, id="a part"),
        pytest.param({"actor": "JPN"}, id="another actor"),
        pytest.param({"statistic": "change"}, id="a change"),
        pytest.param({"unit": "person"}, id="no money"),
        pytest.param({"low": None}, id="an open end"),
        pytest.param({"period": None}, id="no year"),
    ],
)
def test_what_is_not_the_same_figure_implies_no_rate(changes):
    assert not implied(DOLLARS, WON.changed(**changes))
    assert not drawn(DOLLARS, WON.changed(**changes))


def test_a_conversion_needs_no_key_but_its_own():
    (one,) = implied(*pair("a", 1400, 1410))

    assert one.is_conversion
    assert one.rate == Interval(Decimal(1400), Decimal(1410))


def test_where_all_agree_is_marked():
    (figure,) = drawn(*pair("a", 1400, 1410), *pair("b", 1405, 1420, "11"), *pair("c", 1390, 1408, "12"))

    shade = next(layer for layer in figure.spec["layer"] if layer["mark"]["type"] == "rect")
    (row,) = shade["data"]["values"]
    assert (row["x"], row["x2"]) == (1405, 1408)
    assert figure.title == "All three conversions hold at 1,405.0 to 1,408.0 KRW per USD"


def test_that_no_one_rate_fits_is_said():
    (figure,) = drawn(*pair("a", 1400, 1410), *pair("b", 1411, 1420, "11"))

    assert figure.title == "No one rate fits all two conversions"
    assert not [layer for layer in figure.spec["layer"] if layer["mark"]["type"] == "rect"]


@pytest.mark.parametrize(
    ("years", "told"),
    [
        pytest.param((2024, 2025, 2026), "1,450 in 2026", id="the year of the figures"),
        pytest.param((2024, 2025), "1,421 in 2025", id="else the last year there is"),
    ],
)
def test_the_observed_rate_stands_beside(years, told):
    more = Point(2026, Decimal("1450.2"), "Fed")
    points = tuple(point for point in (*OBSERVED.points, more) if point.year in years)
    series = Series(OBSERVED.actor, OBSERVED.measure, OBSERVED.unit, OBSERVED.edition, points)

    (figure,) = drawn(DOLLARS, WON, series=(series,))

    assert figure.title.endswith(f"observed: {told}")
    assert [row.cells[0].link for row in figure.table.rows][-1].startswith("series-")


def test_a_rate_is_told_as_the_series_tells_it():
    """With a series of dollars per won the small number is meant."""
    series = Series("KOR", "exchange_rate", "USD per KRW", "x", (Point(2026, Decimal("0.0007"), "x"),))

    (one,) = implied(DOLLARS, WON, series=(series,))

    assert (one.home.id, one.foreign.id) == ("dollars", "won")
    # 46.1 bn over 66.2947 tn is 0.000695.
    assert float(one.rate.low) < 0.000695 < float(one.rate.high)


def test_a_figure_that_many_repeat_is_paired_once():
    """Fifty copies in dollars and fifty in won are one figure, not 2,500 rates."""
    copies = [claim.changed(id=f"{claim.id}-{number}") for claim in (DOLLARS, WON) for number in range(50)]

    (one,) = implied(*copies)

    assert (one.foreign.id, one.home.id) == ("dollars-0", "won-0")
