"""What a scenario owes, on the page: headings, short tables by year, laws in runs of years."""

from __future__ import annotations

from dataclasses import replace

import pytest

from steelyard.report.owed import sections_of
from steelyard.report.wording import Wording
from tests.report import samples

LAW = {
    "troops": "usfk",
    "label": "American forces in Korea",
    "low": 24000,
    "high": 24000,
    "floor": 28500,
    "verdict": "broken",
    "instrument": "Act of 2026",
    "force": "funding condition",
    "waiver": "a certification",
    "from": "2025-12-18",
    "expires": "2026-09-30",
}
NO_LAW = {**LAW, "floor": None, "verdict": "no law known", "instrument": None, "force": None, "waiver": None,
          "expires": None}  # fmt: skip
WITHDRAWN = {
    "function": "force-posture",
    "label": "Force posture",
    "actor": "USA",
    "year": 2026,
    "priced": False,
    "missing": ["price", "lead"],
    "gap_years": None,
    "reason": "a what-if",
}


def sections(*cells, **keys):
    ensemble = replace(samples.RISING, cells=(*samples.RISING.cells, *cells), **keys)
    vocabulary = samples.results().vocabulary
    found = sections_of(ensemble, "scenario-rising", Wording(vocabulary), vocabulary)
    return {section.heading: section.table for section in found}


def exact(variable, unit, amounts):
    """Cells of which nothing is left open."""
    return [replace(cell, box=(cell.central,) * 2) for cell in samples.cells(variable, unit, amounts)]


def rows(table):
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_a_scenario_that_owes_nothing_has_no_section():
    assert sections() == {}


def test_a_pledge_stands_under_its_name_with_each_variable_in_a_column():
    found = sections(
        *exact("pledge_commitment:arms", "USD", [5e9, 5e9, 0]),
        *exact("pledge_outlay:arms", "KRW", [1e12, 2e12, 3e12]),
        names={"pledge:arms": "American arms"},
    )

    table = found["Pledge: American arms"]
    assert table.columns == ("Year", "Signed, bn USD", "Paid at the rate of the year, tn KRW")
    assert rows(table) == [["2026", "5.00", "1.00"], ["2027", "5.00", "2.00"], ["2028", "0.00", "3.00"]]
    assert table.rests_on == "scenario-rising-origins"


def test_nine_in_ten_draws_stand_in_brackets_where_they_differ():
    """1.5 trillion that spread by 10 % a year: 2028 is 1.2 to 1.8."""
    paid = [
        replace(cell, box=(cell.central,) * 2)
        for cell in samples.cells("cost_sharing", "KRW", [1.5e12] * 3, 0.1)
    ]

    table = sections(*paid)["Cost sharing"]

    assert [row[1] for row in rows(table)] == ["1.50", "1.50 (1.35 to 1.65)", "1.50 (1.20 to 1.80)"]


def test_what_is_left_open_has_a_column_only_where_something_is():
    """One percent of 1.6 trillion either way: 1.584 to 1.616."""
    open_ = sections(*samples.cells("cost_sharing", "KRW", [1.6e12, 1.6e12, 1.6e12]))["Cost sharing"]
    shut = sections(*exact("cost_sharing", "KRW", [1.6e12, 1.6e12, 1.6e12]))["Cost sharing"]

    assert open_.columns == ("Year", "Paid, tn KRW", "Paid: left open")
    assert [row[2] for row in rows(open_)] == ["1.58 to 1.62"] * 3
    assert shut.columns == ("Year", "Paid, tn KRW")


def test_options_after_an_agreement_start_where_it_ends():
    during = exact("cost_sharing", "KRW", [1.5e12, 1.5e12, 1.5e12])[:2]
    after = exact("cost_sharing:frozen", "KRW", [1.5e12, 1.5e12, 1.5e12])[2:]

    table = sections(*during, *after, names={"cost_sharing:frozen": "the last amount stays"})["Cost sharing"]

    assert table.columns[2] == "The last amount stays, tn KRW"
    assert [row[1:] for row in rows(table)] == [["1.50", ""], ["1.50", ""], ["", "1.50"]]


def test_components_and_what_is_beside_the_payment_have_headings_of_their_own():
    found = sections(
        *exact("cost_sharing", "KRW", [1.5e12] * 3),
        *exact("cost_sharing:labour", "KRW", [0.6e12] * 3),
        *exact("cost_sharing_beside:forgone-rents", "KRW", [1e12] * 3),
        names={"cost_sharing:labour": "Wages", "cost_sharing_beside:forgone-rents": "Forgone rents"},
    )

    assert list(found) == ["Cost sharing", "What cost sharing is made up of", "Beside cost sharing"]
    assert found["What cost sharing is made up of"].columns == ("Year", "Wages, bn KRW")
    assert found["Beside cost sharing"].columns == ("Year", "Forgone rents, tn KRW")
    assert "no part of it" in found["Beside cost sharing"].caption


def test_years_in_which_the_law_says_the_same_stand_in_one_row():
    laws = ({**LAW, "year": 2026}, {**NO_LAW, "year": 2027}, {**NO_LAW, "year": 2028})

    table = sections(troop_floors=laws)["American forces in Korea"]

    assert rows(table) == [
        ["2026", "24,000", "28,500", "broken", "Act of 2026, a funding condition",
         "2026-09-30", "a certification"],
        ["2027 to 2028", "24,000", "–", "no law known", "–", "–", "–"],
    ]  # fmt: skip


def test_two_laws_of_one_year_have_a_row_each():
    laws = ({**LAW, "year": 2026}, {**LAW, "year": 2026, "instrument": "Act of 2019", "floor": 22000})

    table = sections(troop_floors=laws)["American forces in Korea"]

    assert [row[2] for row in rows(table)] == ["22,000", "28,500"]


def test_a_printed_number_of_troops_keeps_what_it_leaves_open():
    laws = ({**LAW, "year": 2026, "low": 23500, "high": 24500},)

    assert rows(sections(troop_floors=laws)["American forces in Korea"])[0][1] == "23,500 to 24,500"


@pytest.mark.parametrize(
    ("changes", "words", "gap"),
    [
        pytest.param({}, "not priced: no source for price and lead", "–", id="not priced"),
        pytest.param(
            {"priced": True, "missing": [], "gap_years": {"low": 2.0, "high": 4.5}},
            "priced",
            "2.0 to 4.5",
            id="priced",
        ),
    ],
)
def test_a_withdrawal_says_whether_its_substitute_is_priced(changes, words, gap):
    table = sections(withdrawals=({**WITHDRAWN, **changes},))["Withdrawals"]

    assert rows(table) == [["Force posture", "United States", "2026", words, gap]]


def test_what_a_floor_takes_and_what_substitutes_cost_are_told_by_year():
    found = sections(
        *exact("crowded_out", "KRW", [0, 1e12, 2e12]),
        *exact("substitution", "KRW", [0, 3e12, 4e12]),
        *exact("substitution_cumulative", "KRW", [0, 3e12, 7e12]),
    )

    assert rows(found["What the floor takes from other uses"])[-1] == ["2028", "2.00"]
    assert rows(found["What substitutes cost"])[-1] == ["2028", "4.00", "7.00"]


def test_years_with_nothing_are_left_out_and_that_is_told():
    table = sections(*exact("crowded_out", "KRW", [0, 2e12, 0]))["What the floor takes from other uses"]
    never = sections(*exact("crowded_out", "KRW", [0, 0, 0]))["What the floor takes from other uses"]

    assert rows(table) == [["2027", "2.00"]]
    assert table.caption.endswith("Years with nothing are left out.")
    assert rows(never) == [["2028", "0"]]


def test_a_year_in_which_something_may_be_is_kept():
    may_be = [replace(cell, box=(0.0, 1e12)) for cell in exact("crowded_out", "KRW", [0, 0, 1e12])]

    table = sections(*may_be)["What the floor takes from other uses"]

    assert [row[0] for row in rows(table)] == ["2026", "2027", "2028"]


def test_what_only_may_be_sets_the_scale():
    """Nothing is crowded out to show, but 2.85 to 4.64 trillion won may be."""
    taken = samples.cells("crowded_out", "KRW", [0.0, 0.0, 0.0])
    cells = [
        replace(cell, box=(0.0, most)) for cell, most in zip(taken, (0.0, 2.85e12, 4.64e12), strict=True)
    ]

    table = sections(*cells)["What the floor takes from other uses"]

    assert table.columns == ("Year", "Taken from other uses, tn KRW", "Taken from other uses: left open")
    assert [row.cells[-1].text for row in table.rows] == ["0.00 to 2.85", "0.00 to 4.64"]


def test_every_number_says_what_it_is_of():
    table = sections(*exact("cost_sharing", "KRW", [1.5e12] * 3))["Cost sharing"]

    origins = {cell.origin for row in table.rows for cell in row.cells[1:]}
    assert origins == {"scenario-rising-cost_sharing"}
