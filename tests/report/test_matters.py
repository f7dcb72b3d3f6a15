"""What matters next to a headline, in words: shocks and claims side by side, never added up."""

from __future__ import annotations

from dataclasses import replace
from math import inf

import pytest

from steelyard.project.ensemble import Headline
from steelyard.report.matters import matters_table, spread_words, swing_words
from steelyard.report.wording import Wording
from tests.report import samples

SPENDING = Headline("spending_target_year", "spending in 2028", "KRW", 77e12, 76e12, 78e12, "", (), 2028)
CHANCE = Headline("p_reach", "probability of the target", "", 0.5, 0.49, 0.51, "", (), 2028)
STATIC = Headline("x_static_foreign", "needed a year", "USD", 20.8e9, 20.7e9, 20.9e9, "", ())


def index(group, first, error=0.01, variable="spending", over="draws"):
    keys = {"over": over, "variable": variable, "year": 2028, "group": group}
    return {**keys, "first": first, "total": first, "error": error, "total_error": error}


def swing(headline, name, low, high):
    return {"headline": headline.name, "input": name, "low": low, "high": high, "claims": []}


def ensemble(*indices, swings=(), headlines=(SPENDING,)):
    return replace(samples.RISING, sensitivity=indices, swings=tuple(swings), headline=headlines)


def wording():
    return Wording(samples.results().vocabulary)


CLOSES = Headline(
    "gap_closes", "year", "calendar year", inf, 2033.0, inf, "", (), None, (2030.0, inf), "later than 2035"
)


def plain(text):
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_the_group_that_explains_most_comes_first():
    found = ensemble(index("exchange_rate", 0.02), index("growth", 0.58), index("inflation", 0.4))

    assert spread_words(found, SPENDING) == "growth 58%, inflation 40%, exchange rate 2%"


def test_what_acts_only_together_is_told_where_it_is_more_than_sampling_error():
    """Errors of 0.01 each add up to 0.014; 0.05 missing to 1 is less than four of them, 0.2 more."""
    near = ensemble(index("growth", 0.55), index("inflation", 0.4))
    far = ensemble(index("growth", 0.4), index("inflation", 0.4))

    assert spread_words(near, SPENDING) == "growth 55%, inflation 40%"
    assert spread_words(far, SPENDING) == "growth 40%, inflation 40%, acting together 20%"


def test_a_year_is_written_as_one_and_an_end_without_a_year_in_words():
    found = ensemble(swings=[swing(CLOSES, "share", None, 2033.0)], headlines=(CLOSES,))

    assert swing_words(found, CLOSES, wording()) == "share: later than 2035 to 2033"


def test_claims_spread_evenly_do_not_stand_among_chances():
    found = ensemble(index("growth", 1.0), index("claims", 0.9, over="draws-and-box"))

    assert spread_words(found, SPENDING) == "growth 100%"


@pytest.mark.parametrize(
    ("headline", "variable"),
    [
        ("x_annual_foreign", "needed_foreign"),
        ("x_cumulative_real", "extra_cumulative_real"),
        ("x_cumulative_horizon_foreign", "extra_cumulative_foreign"),
        ("x_difference_discounted", "difference_cumulative_discounted"),
        ("crowded_out_target_year", "crowded_out"),
        ("p_kept", "kept"),
    ],
)
def test_each_headline_has_the_spread_of_its_own_variable(headline, variable):
    found = ensemble(index("growth", 0.3, variable=variable), index("growth", 0.9, variable="share"))

    assert spread_words(found, replace(SPENDING, name=headline)).startswith("growth 30%")


def test_a_number_of_today_has_no_spread():
    assert spread_words(ensemble(index("growth", 1.0)), STATIC) == ""


def test_swings_go_from_the_low_to_the_high_end_of_the_input():
    """The higher the share of today, the less is missing to the target."""
    rows = [swing(STATIC, "share of GDP", 20.95e9, 20.68e9), swing(STATIC, "spending", 20.81e9, 20.82e9)]
    words = swing_words(ensemble(swings=rows), STATIC, wording())

    assert plain(words) == "share of GDP: 21.0 to 20.7 bn USD; spending: 20.810 to 20.820 bn USD"


def test_a_swing_of_draws_has_the_digits_of_the_number_and_a_small_one_is_told_as_a_change():
    """Known to 0.3 trillion, 77.02 and 77.05 look alike; in the same draws the 0.03 between them do not."""
    known = replace(SPENDING, error=0.3e12)
    chance = replace(CHANCE, error=0.02)
    rows = [swing(known, "share", 76.62e12, 77.41e12), swing(known, "spending", 77.05e12, 77.02e12)]
    made = ensemble(swings=[*rows, swing(chance, "share", 0.532, 0.534)])

    words = plain(swing_words(made, known, wording()))
    assert words == "share: 76.6 to 77.4 tn KRW; spending: by −30 bn KRW"
    assert plain(swing_words(made, chance, wording())) == "share: by +0.20 percentage points"


def test_chances_swing_in_percent():
    found = ensemble(swings=[swing(CHANCE, "share of GDP", 0.537, 0.541)])

    assert swing_words(found, CHANCE, wording()) == "share of GDP: 53.7% to 54.1%"


def test_the_table_has_a_row_for_each_number_that_something_matters_to():
    found = ensemble(index("growth", 1.0), swings=[swing(STATIC, "spending", 20e9, 21e9)])
    table = matters_table(found, (SPENDING, CHANCE, STATIC), "rising", wording())

    assert [[plain(cell.text) for cell in row.cells] for row in table.rows] == [
        ["Spending in 2028", "2028", "growth 100%", "–"],
        ["Needed a year", "", "–", "spending: 20.0 to 21.0 bn USD"],
    ]
    assert matters_table(ensemble(), (SPENDING,), "rising", wording()) is None
