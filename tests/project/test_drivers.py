"""From series and assumptions to the economy's drivers: which cell is taken, and what is never made up."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from math import exp, log

import pytest

from steelyard.core.problems import Place
from steelyard.project.drivers import build_economy, mean_growth
from steelyard.project.scenario import read_scenario
from tests.project.samples import scenario, series, standing_alone, vocabulary

GDP_2026, GDP_2027 = Decimal("2666360.425e9"), Decimal("2776468.475e9")


def economy_of(entry, known=None):
    whole, problems = read_scenario(entry, vocabulary())
    assert problems == [], problems
    return build_economy(whole, series() if known is None else known)


def economy(entry=None, known=None):
    found, problems = economy_of(entry or scenario(), known)
    assert problems == []
    return found


def changed(change, **keys):
    """The case's series, those with the given keys changed."""
    return [change(one) if one.fits(keys) else one for one in series()]


def with_value(year, value):
    def change(one):
        return replace(
            one, points=tuple(replace(p, value=Decimal(value)) if p.year == year else p for p in one.points)
        )

    return change


def without(*years):
    def change(one):
        return replace(one, points=tuple(p for p in one.points if p.year not in years))

    return change


def assumed(*rows, without_=()):
    kept = [dict(one) for one in standing_alone().data["assumptions"] if one["variable"] not in without_]
    return standing_alone(assumptions=[*kept, *rows])


def row(variable, value, **years):
    return {"variable": variable, "value": value, "reason": "a test", **years}


# The central path


def test_growth_and_prices_together_are_those_of_nominal_gdp():
    found = economy()

    assert exp(found.central[0][0] + found.central[1][0]) == pytest.approx(float(GDP_2027 / GDP_2026))


def test_growth_is_that_of_gdp_at_constant_prices():
    real = next(one for one in series() if one.fits({"actor": "KOR", "prices": "constant:2020"}))

    found = economy()

    for number, year in enumerate(range(2027, 2031)):
        assert found.central[0][number] == pytest.approx(
            log(float(real.at(year).value / real.at(year - 1).value))
        )


def test_inflation_abroad_is_the_difference_of_its_two_series():
    nominal, real = (
        next(one for one in series() if one.fits({"actor": "USA", "prices": prices}))
        for prices in ("current", "constant:2017")
    )
    deflators = [float(nominal.at(year).value / real.at(year).value) for year in (2026, 2027)]

    assert economy().foreign_inflation[0] == pytest.approx(log(deflators[1] / deflators[0]))


def test_the_last_year_of_the_series_and_the_first_of_the_assumption_meet():
    """2030 is the last year of the source, 2031 the first that is assumed: 1.9 %."""
    found = economy()

    assert found.central[0][4] == pytest.approx(log(1.019))
    assert found.central[0][3] != pytest.approx(log(1.019), abs=1e-9)


def test_an_assumption_holds_in_its_first_and_last_year_and_not_beside():
    found = economy(assumed(row("real_growth", "5 %", **{"from": 2028, "to": 2029})))

    held = [abs(one - log(1.05)) < 1e-12 for one in found.central[0]]
    assert held == [False, True, True, *[False] * 6]


def test_the_first_of_two_assumptions_for_a_year_holds():
    first, second = row("real_growth", "1 %", to=2028), row("real_growth", "2 %")

    found = economy(assumed(first, second, without_=("real_growth",)))

    assert found.central[0] == pytest.approx([log(1.01)] * 2 + [log(1.02)] * 7)


def test_an_assumption_without_years_holds_from_the_base_year_to_the_horizon():
    found = economy(assumed(row("real_exchange_rate", "-2 %"), without_=("real_exchange_rate",)))

    assert found.central[2] == pytest.approx([log(0.98)] * 9)


def test_only_assumptions_that_were_used_are_remembered():
    before, there = row("inflation", "9 %", **{"from": 2010, "to": 2015}), row("inflation", "3 %", to=2028)

    found = economy(assumed(before, there))

    values = [one.written for one in found.assumptions]
    assert "9 %" not in values
    assert "3 %" in values


def test_the_rate_is_that_of_its_year():
    assert economy().rate == 1421.3963
    earlier = {"drivers": {"exchange_rate": {"year": 2024}}}
    assert economy(standing_alone(**earlier)).rate == 1363.4381


def test_currencies_are_those_of_the_series():
    found = economy()

    assert (found.currency, found.foreign_currency) == ("KRW", "USD")


def test_cells_that_were_used_are_remembered_in_the_order_of_years():
    years = [point.year for _, point in economy().cells["home.real"]]

    assert years == sorted(years)
    assert (years[0], years[-1]) == (2000, 2030)


def test_a_horizon_of_one_year_is_a_path_of_one_year():
    found = economy(standing_alone(horizon=2027, target={"by": 2027}))

    assert [len(path) for path in found.central] == [1, 1, 1]


def test_a_horizon_within_the_source_needs_no_assumption_of_growth():
    kept = [one for one in standing_alone().data["assumptions"] if one["variable"] == "real_exchange_rate"]

    found = economy(standing_alone(horizon=2030, target={"by": 2030}, assumptions=kept))

    assert len(found.central[0]) == 4


def test_the_growth_of_a_path_is_its_geometric_mean():
    """10 % and then 21 % are 1.331 together, or 15.37 % a year."""
    assert mean_growth([log(1.10), log(1.21)]) == pytest.approx(1.331**0.5 - 1)


# What is missing


@pytest.mark.parametrize(
    ("years", "said"),
    [((2029,), "2029"), ((2028, 2029, 2030), "2028 to 2030"), ((2010, 2029), "2010, 2029")],
    ids=["one year", "a run of years", "two years apart"],
)
def test_years_that_a_series_lacks_are_listed_as_people_list_them(years, said):
    known = changed(without(*years), actor="KOR", prices="constant:2020")

    _, problems = economy_of(scenario(), known)

    assert [problem.code for problem in problems] == ["missing-year"]
    assert f"no usable value for {said}." in problems[0].message


def test_every_series_that_lacks_a_year_is_told():
    known = changed(without(2005), edition="WEO 2025-10")

    _, problems = economy_of(scenario(), known)

    assert [problem.code for problem in problems] == ["missing-year"] * 4
    assert len({problem.origin.key for problem in problems}) == 4


def test_a_year_before_the_window_is_needed_for_its_first_growth():
    """The window begins in 2001; growth of 2001 is over 2000."""
    known = changed(without(2000), actor="KOR", prices="constant:2020")

    _, (problem,) = economy_of(scenario(), known)

    assert "2000" in problem.message


def test_a_year_after_the_horizon_is_not_needed():
    known = changed(without(2030), edition="WEO 2025-10")

    found, problems = economy_of(standing_alone(horizon=2029, target={"by": 2029}), known)

    assert found
    assert problems == []


def test_years_beyond_what_is_assumed_are_told_with_what_may_be_assumed():
    """Series end in 2030 and assumptions in 2035, so that 2036 and 2037 are what is missing."""
    _, problems = economy_of(standing_alone(horizon=2037, target={"by": 2037}))

    told = {problem.origin.key: problem for problem in problems}
    assert "no usable value for 2036, 2037." in told["drivers.home.real"].message
    assert "entry of real_growth and of inflation for these years" in told["drivers.home.real"].hint
    assert "entry of foreign_inflation for these years" in told["drivers.abroad.nominal"].hint


def test_nothing_said_of_the_real_rate_is_a_problem_with_the_words_that_cure_it():
    _, (problem,) = economy_of(assumed(without_=("real_exchange_rate",)))

    assert problem.code == "missing-year"
    assert 'variable = "real_exchange_rate"' in problem.hint
    assert "2027 to 2035" in problem.message


@pytest.mark.parametrize("window", ["2001/2010", "2015/2024"])
def test_ten_years_are_a_window(window):
    found, problems = economy_of(standing_alone(drivers={"shocks": {"window": window}}))

    assert found
    assert problems == []


def test_nine_years_are_none():
    _, (problem,) = economy_of(standing_alone(drivers={"shocks": {"window": "2016/2024"}}))

    assert problem.code == "short-window"


def test_a_variable_that_runs_away_has_no_level_to_return_to():
    """Inflation that is three tenths higher each year explains itself by more than all of the last."""
    nominal, real = (
        next(one for one in series() if one.fits({"actor": "KOR", "prices": prices}))
        for prices in ("current", "constant:2020")
    )
    deflators = {year: exp(sum(0.001 * 1.3**n for n in range(year - 1999))) for year in range(2000, 2025)}
    wild = [replace(p, value=real.at(p.year).value * Decimal(deflators[p.year]))
            for p in nominal.points if p.year in deflators]  # fmt: skip
    rest = [point for point in nominal.points if point.year not in deflators]
    known = [replace(one, points=(*wild, *rest)) if one is nominal else one for one in series()]

    _, (problem,) = economy_of(scenario(), known)

    assert problem.code == "bad-covariance"
    assert "has no level to return to" in problem.message


def test_the_place_of_a_problem_is_the_key_of_the_scenario():
    known = changed(without(2029), actor="USA", prices="current")

    _, (problem,) = economy_of(scenario(), known)

    assert problem.origin.key == "drivers.abroad.nominal"
    assert problem.origin != Place("")


@pytest.mark.parametrize(
    ("keys", "change"),
    [
        pytest.param(
            {"actor": "KOR", "prices": "constant:2020"}, {"unit": "USD"}, id="GDP in two currencies"
        ),
        pytest.param({"measure": "exchange_rate"}, {"unit": "USD per KRW"}, id="a rate turned over"),
        pytest.param({"measure": "exchange_rate"}, {"unit": "KRW per EUR"}, id="a rate to another currency"),
    ],
)
def test_series_that_do_not_go_together_are_a_problem(keys, change):
    known = changed(lambda one: replace(one, **change), **keys)

    _, (problem,) = economy_of(scenario(), known)

    assert problem.code == "unit-mismatch"
    assert problem.hint
