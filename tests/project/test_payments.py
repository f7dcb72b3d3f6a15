"""What is owed whatever is planned: amounts that move with prices and the rate, and payments by agreement."""

from __future__ import annotations

import numpy as np
import pytest

from steelyard.project.economy import Paths
from steelyard.project.equations import Limits, Policy, Scale, carried_out, outcomes
from steelyard.project.payments import (
    KNOWN,
    PRICES,
    SPENDING,
    Agreement,
    Line,
    Moving,
    Step,
    amounts_of,
)
from steelyard.project.rules import Plan


def economy(prices=(1.0, 1.0, 1.0), rate=(1.0, 1.0, 1.0), gdp=(1.0, 1.0, 1.0)):
    """One draw of an economy in three years, as expected."""
    level, index, dollars = (np.array(values)[:, None] for values in (gdp, prices, rate))
    return Paths(level, level, index, np.ones_like(level), dollars)


def paid(agreement, paths, plan=None, rule="constant-share", limits=None):
    policy = Policy(rule, plan or Plan(0.02, 0.02, 1), limits or Limits(), agreement)
    return [float(year.paid[0]) for year in carried_out(policy, paths)]


def spent(policy, paths):
    return [float(year.spent[0]) for year in carried_out(policy, paths)]


# Amounts that move


def test_an_amount_is_the_sum_of_what_stays_and_what_moves():
    """2 that stay, 3 that follow prices up 10 %, 5 in dollars that become 20 % dearer: 2 + 3.3 + 6."""
    line = Line("upkeep", (Moving(2, 3, 5),) * 4)

    found = [(float(now[0]), float(total[0])) for now, total in
             amounts_of(line, economy((1.1, 1.1, 1.1), (1.2, 1.0, 0.8)))]  # fmt: skip

    assert found == [pytest.approx(pair) for pair in ((11.3, 21.3), (10.3, 31.6), (9.3, 40.9))]


# Payments by agreement


def test_a_payment_rises_by_consumer_prices_of_two_years_before():
    """Prices rise by 2, 4 and 3 %; with a lag of two the third year's payment rises by the first year's 2 %.

    Of the years before, the rises are known: 1.8 % and 2.1 %.
    """
    known = (Step(KNOWN, 1.018), Step(KNOWN, 1.021))
    agreement = Agreement(1000.0, (*known, Step(PRICES, lag=2)))

    found = paid(agreement, economy(np.cumprod([1.02, 1.04, 1.03])))

    assert found == pytest.approx([1018.0, 1018.0 * 1.021, 1018.0 * 1.021 * 1.02])


def test_consumer_prices_rise_by_more_than_the_deflator_where_the_forecast_says_so():
    agreement = Agreement(1000.0, (Step(PRICES, 1.005),) * 3)

    found = paid(agreement, economy((1.02, 1.02, 1.02)))

    assert found == pytest.approx([1000 * 1.02 * 1.005, 1025.1 * 1.005, 1025.1 * 1.005**2])


def test_a_ceiling_binds_the_rise_of_a_year_and_a_floor_its_fall():
    """Prices up 8 %, up 1 %, down 2 %, kept within 0 and 5 %: 1050, 1060.5, 1060.5."""
    agreement = Agreement(1000.0, (Step(PRICES, low=1.0, high=1.05),) * 3)

    found = paid(agreement, economy(np.cumprod([1.08, 1.01, 0.98])))

    assert found == pytest.approx([1050.0, 1060.5, 1060.5])


def test_a_payment_may_rise_with_the_defence_budget_of_the_year_before():
    """Budgets of 100, 110, 121: the payment stays known at 3 % in the first year, then rises by 10 %."""
    plan = Plan(100.0, 0.0, 1, growth=(0.1,))
    agreement = Agreement(1000.0, (Step(KNOWN, 1.03), *(Step(SPENDING, lag=1),) * 2))

    assert paid(agreement, economy(), plan, "nominal-steps") == pytest.approx([1030.0, 1133.0, 1246.3])


def test_a_payment_can_be_part_of_what_spending_cannot_fall_below():
    """18 that stay, 1 after prices up 10 %, 1 in dollars up 20 %, and 1 paid: 21.3 against 20 planned."""
    limits = Limits(floor=(0.018,) * 3, moving=(Moving(0, 0.001, 0.001),) * 3, payment=True)
    policy = Policy("constant-share", Plan(0.02, 0.02, 1), limits, Agreement(0.001, (Step(KNOWN),) * 3))
    paths = economy((1.1, 1.0, 1.0), (1.2, 1.0, 1.0))

    assert spent(policy, paths) == pytest.approx([0.0213, 0.021, 0.021])


def test_a_payment_is_an_outcome_at_home_and_abroad():
    policy = Policy(
        "constant-share", Plan(0.02, 0.02, 1), Limits(), Agreement(0.001, (Step(KNOWN, 1.1),) * 3)
    )

    found = {}
    for name, values in outcomes(policy, economy(rate=(1.0, 2.0, 1.0)), Scale(1e6, 100.0)):
        found.setdefault(name, []).append(float(values[0]))

    assert found["cost_sharing"] == pytest.approx([1000, 1100, 1210, 1331])
    assert found["cost_sharing_foreign"] == pytest.approx([10, 11, 6.05, 13.31])


def test_an_amount_listed_for_a_year_is_planned_whatever_the_economy_does():
    policy = Policy("listed-amounts", Plan(0.02, 0.02, 1, amounts=(0.021, 0.023, 0.026)))

    assert spent(policy, economy(gdp=(1.1, 0.9, 1.3))) == pytest.approx([0.021, 0.023, 0.026])
