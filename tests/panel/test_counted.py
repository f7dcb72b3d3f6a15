"""What a file gave: each figure once, and how many there are of each kind."""

from __future__ import annotations

from decimal import Decimal

from steelyard.core.problems import Place
from steelyard.panel.counted import counted, told_once
from steelyard.panel.observations import Observation


def figure(value, half, sheet, unit="USD", **more):
    number = Decimal(value)
    fields = {"actor": "USA", "measure": "defence_spending", "year": 2024, "prices": "current", **more}
    low, high = number - Decimal(half), number + Decimal(half)
    place = Place("f.xlsx", key=f"{sheet}!C5")
    common = {"value": number, "low": low, "high": high, "publisher": "nato", "edition": "E"}
    return Observation(unit=unit, place=place, **common, **fields)


def test_a_figure_that_stands_again_is_kept_where_it_stands_last():
    first, again = figure(1000, 0, "TABLE1"), figure(1003, 5, "TABLE2")

    kept, left, problems = told_once([first, again])

    assert (kept, problems) == ([again], [])
    assert left == ["TABLE1: USA, whose figures in TABLE2 are the same"]


def test_two_that_differ_by_more_than_rounding_are_told():
    kept, left, problems = told_once([figure(1000, 1, "TABLE1"), figure(1003, 1, "TABLE2")])

    assert [one.value for one in kept] == [1003]
    assert not left
    assert [(one.code, one.origin.key) for one in problems] == [("duplicate-row", "TABLE1!C5")]
    assert "1,000" in problems[0].message and "1,003 in TABLE2!C5" in problems[0].message


def test_figures_that_differ_in_anything_else_are_kept():
    others = [
        {"year": 2023},
        {"actor": "CAN"},
        {"prices": "constant:2015"},
        {"fiscal": True},
        {"item": "other"},
    ]
    figures = [figure(1, 0, "S"), *(figure(1, 0, "S", **other) for other in others)]

    assert told_once(figures) == (figures, [], [])


def test_the_currencies_of_countries_are_counted_as_one_kind():
    figures = [
        figure(1, 0, "S"),
        figure(1, 0, "S", unit="KRW"),
        figure(1, 0, "S", unit="PLN"),
        figure(1, 0, "S", fiscal=True),
        figure(1, 0, "S", unit="% of GDP", prices="", measure="defence_share_of_gdp"),
        figure(1, 0, "S", unit="%", prices="", item="equipment"),
    ]

    assert counted(figures) == {
        "defence_spending, USD, current": 1,
        "defence_spending, local currency, current": 2,
        "defence_spending, local currency, current, financial years": 1,
        "defence_share_of_gdp, % of GDP": 1,
        "defence_spending, equipment, %": 1,
    }
