"""What keeps a plan from being carried out: cap, floor and execution, at work and as written."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import numpy as np
import pytest

from steelyard.project import project_scenario
from steelyard.project.economy import Paths
from steelyard.project.equations import Limits, Policy, Scale, carried_out, outcomes
from steelyard.project.rules import RULES, Plan
from tests.project.plain import PlainDraw, plain_spending
from tests.project.samples import (
    LEDGER,
    PROPOSED,
    SHARE,
    entry_of,
    ledger_of,
    scenario,
    series,
    standing_alone,
    vocabulary,
    with_entries,
)

REFERENCE = {"title": "A study of absorption", "publisher": "A ministry", "date": date(2025, 1, 1)}


def paths(*growth, draws=1):
    """An economy without inflation that grows by these rates, as expected."""
    gdp = np.repeat(np.cumprod(1 + np.array(growth))[:, None], draws, axis=1)
    still = np.ones_like(gdp)
    return Paths(gdp, gdp, still, still, still)


def spend(rule, plan, economy, limits):
    return [float(spent[0]) for spent, *_ in carried_out(Policy(rule, plan, limits), economy)]


def crowded(rule, plan, economy, limits):
    return [float(out[0]) for _, out, _ in carried_out(Policy(rule, plan, limits), economy)]


STEPS = Plan(share=100.0, target=0.0, years_to_target=1, growth=(0.5, 0.02, 0.5))


# By hand


def test_a_cap_binds_on_what_was_spent_and_not_on_what_was_planned():
    """100 planned to rise by 50, 2 and 50 %, capped at 10 %: 110, 112.2, 123.42."""
    assert spend("nominal-steps", STEPS, paths(0, 0, 0), Limits(cap=0.1)) == pytest.approx(
        [110, 112.2, 123.42]
    )


def test_a_cap_of_nothing_holds_spending_where_it_is():
    assert spend("nominal-steps", STEPS, paths(0, 0, 0), Limits(cap=0.0)) == pytest.approx([100, 100, 100])


def test_a_plan_that_falls_knows_no_cap():
    falling = replace(STEPS, growth=(-0.1, -0.1, -0.1))

    assert spend("nominal-steps", falling, paths(0, 0, 0), Limits(cap=0.0)) == pytest.approx([90, 81, 72.9])


def test_a_floor_lifts_spending_and_says_what_it_takes_from_other_uses():
    """A share of 2 % of 1,000 is 20 each year; what is contracted is 18, 20 and 27."""
    plan, floor = Plan(0.02, 0.02, 1), Limits(floor=(0.018, 0.020, 0.027))

    assert spend("constant-share", plan, paths(0, 0, 0), floor) == pytest.approx([0.02, 0.02, 0.027])
    assert crowded("constant-share", plan, paths(0, 0, 0), floor) == pytest.approx([0, 0, 0.007])


def test_a_floor_goes_before_a_cap():
    """A law or a contract is paid though it grows faster than what could be absorbed: 100 to 150."""
    limits = Limits(cap=0.1, floor=(150.0, 0.0, 0.0))

    assert spend("nominal-steps", STEPS, paths(0, 0, 0), limits) == pytest.approx([150, 153, 168.3])
    assert crowded("nominal-steps", STEPS, paths(0, 0, 0), limits) == pytest.approx([40, 0, 0])


def test_what_is_not_executed_is_not_spent():
    """95 % of a constant 2 % of an economy that grows by 10 %: 2.09, 2.299."""
    plan = Plan(0.02, 0.02, 1)

    spent = spend("constant-share", plan, paths(0.1, 0.1), Limits(execution=0.95))

    assert spent == pytest.approx([0.0209, 0.02299])


def test_a_growth_rule_grows_from_what_was_executed():
    """The model's A[t] = ME[t-1] (1 + h): 100 x 1.5 x 0.9 = 135, then 135 x 1.02 x 0.9 = 123.93."""
    limits = Limits(execution=0.9)

    assert spend("nominal-steps", STEPS, paths(0, 0), limits) == pytest.approx([135, 123.93])


def test_limits_that_never_bind_change_no_bit():
    economy = paths(0.03, 0.02, 0.04, draws=3)
    plan, loose = Plan(0.0242, 0.035, 3), Limits(cap=9.0, floor=(0.001,) * 3)

    for rule in ("linear-share", "geometric-share", "constant-share"):
        assert spend(rule, plan, economy, loose) == spend(rule, plan, economy, Limits())


# The plain version

GRID = [
    Limits(cap=0.05),
    Limits(floor=(0.026, 0.027, 0.020, 0.034)),
    Limits(execution=0.97),
    Limits(cap=0.06, floor=(0.020, 0.030, 0.030, 0.030), execution=0.98),
]


@pytest.mark.parametrize("rule", sorted(RULES))
@pytest.mark.parametrize("limits", GRID, ids=["cap", "floor", "execution", "all"])
def test_what_is_carried_out_is_that_of_the_plain_version(rule, limits):
    growth, inflation = [0.05, -0.02, 0.06, 0.03], [1.02, 1.01, 1.03, 1.02]
    economy = paths(*growth)
    economy = replace(economy, expected_inflation=np.array(inflation)[:, None])
    rates, listed = (0.08, 0.01, 0.09, 0.02), (0.025, 0.028, 0.03, 0.035)
    plan = Plan(0.0242, 0.035, 3, 1.5, rates, listed, listed)

    spent = spend(rule, plan, economy, limits)

    slow = plain_spending(
        rule,
        PlainDraw([], list(economy.gdp[:, 0]), [], inflation, []),
        0.0242,
        0.035,
        3,
        power=1.5,
        growth=rates,
        listed=listed,
        amounts=listed,
        cap=limits.cap,
        floor=limits.floor,
        execution=limits.execution,
    )
    assert spent == pytest.approx(slow, rel=1e-12)


def test_what_is_crowded_out_is_an_outcome_in_money():
    policy = Policy("constant-share", Plan(0.02, 0.02, 1), Limits(floor=(0.025,)))

    found = [
        float(values[0])
        for name, values in outcomes(policy, paths(0), Scale(1000.0, 1.0))
        if name == "crowded_out"
    ]

    assert found == pytest.approx([0, 5])


# As people write them


def project(limits, *claims, **changes):
    ensemble, problems = project_scenario(
        standing_alone(limits=limits, **changes),
        ledger_of(*claims) if claims else LEDGER,
        vocabulary(),
        series(),
        draws=100,
    )
    assert ensemble, [problem.lines() for problem in problems]
    assert {problem.code for problem in problems} <= {"gdp-vintage"}
    return ensemble


def central(ensemble, variable):
    return {cell.year: cell.central for cell in ensemble.series(variable)}


EXACT = (
    PROPOSED.changed(low=PROPOSED.value, high=PROPOSED.value),
    SHARE.changed(low=SHARE.value, high=SHARE.value),
)
AT_ONCE = {"rule": {"kind": "listed-share", "shares": ["3.5 %"] * 9}}


def test_a_cap_slows_the_way_to_a_target():
    """66.3 trillion capped at 8 %: 71.604 in 2027, where 3.5 % of GDP would be near 100."""
    cap = {"low": "8 %", "high": "8 %", "reference": REFERENCE}
    exact = {"parameter": "cap-of-test"}
    known = with_entries(parameter("cap-of-test", "%", "8 %"))

    ensemble, _ = project_scenario(
        standing_alone(limits={"cap": exact}, **AT_ONCE), LEDGER, known, series(), draws=20
    )
    free = project({"cap": {**cap, "low": "900 %", "high": "900 %"}}, **AT_ONCE)

    assert central(ensemble, "spending")[2027] == pytest.approx(66.3e12 * 1.08)
    assert central(free, "spending")[2027] > 95e12
    spent = [amount for _, amount in sorted(central(ensemble, "spending").items())]
    assert all(later <= 1.08001 * earlier for earlier, later in pairwise(spent))


def parameter(name, unit, *values, start=2026):
    """A parameter of the given values for one year each, the last of them for good."""
    tables = [
        {
            "from": str(start + n),
            "value": value,
            "exact": True,
            "reference": REFERENCE,
            **({"to": str(start + n)} if n < len(values) - 1 else {}),
        }
        for n, value in enumerate(values)
    ]
    data = {"label": name, "meaning": name, "unit": unit, "values": tables}
    return entry_of("parameters", name, data)


def test_an_execution_rate_is_shown_at_both_ends_and_not_mixed_into_the_fan():
    """96 to 98 % of a constant share: the box is 0.96 to 0.98 of 2.42 %, the value to show 0.97 of it."""
    rate = {"low": "96.0 %", "high": "98.0 %", "reference": REFERENCE}

    half, plain = project({"execution": rate}, *EXACT), project({}, *EXACT)

    share = half.series("share")[1]
    assert share.central == pytest.approx(2.42 * 0.97, rel=1e-5)
    assert share.box == pytest.approx((2.42 * 0.9595, 2.42 * 0.9805), rel=1e-5), "96.0 leaves open 95.95"
    spread = [cell.quantiles[-1] / cell.quantiles[0] for cell in half.series("spending")]
    assert spread == pytest.approx(
        [cell.quantiles[-1] / cell.quantiles[0] for cell in plain.series("spending")], rel=2e-3
    )
    assert half.series("share")[0].box == (2.42, 2.42), "the base year is what it is"


def test_a_floor_in_won_crowds_out_where_it_binds():
    """2.42 % of GDP in 2027 is 66.3 x 2,776.468 / 2,666.360 = 69.04 trillion won; contracted are 75."""
    line = {"label": "contracted", "value": "75.000 tn KRW", "reference": REFERENCE}

    ensemble = project({"floor": [line]}, *EXACT)

    assert central(ensemble, "spending")[2027] == pytest.approx(75e12)
    assert central(ensemble, "crowded_out")[2027] == pytest.approx(
        75e12 - 66.3e12 * 2776.468475 / 2666.360425, rel=1e-4
    )
    assert central(ensemble, "crowded_out")[2035] == 0
    assert ensemble.number("crowded_out_target_year").value == 0
    assert ensemble.origin("parameter:contracted@constant-share@75.000 tn KRW").value == "75.000 tn KRW"


def test_lines_of_a_floor_are_added_up():
    lines = [
        {"label": "pay", "value": "40.000 tn KRW", "reference": REFERENCE},
        {"label": "contracts", "values": [f"{30 + n}.000 tn KRW" for n in range(9)], "reference": REFERENCE},
    ]

    ensemble = project({"floor": lines}, *EXACT)

    assert central(ensemble, "spending")[2027] == pytest.approx(70e12)
    assert central(ensemble, "spending")[2028] == pytest.approx(71.88e12, rel=1e-3), "2.42 % is above 71"


def test_a_floor_may_be_a_parameter_with_another_value_each_year():
    known = with_entries(parameter("floor-of-test", "KRW", "71 tn KRW", "80 tn KRW", "60 tn KRW", start=2027))
    line = {"label": "by law", "parameter": "floor-of-test"}

    ensemble, problems = project_scenario(
        standing_alone(limits={"floor": [line]}), LEDGER, known, series(), draws=20
    )

    assert problems == []
    assert central(ensemble, "spending")[2027] == pytest.approx(71e12)
    assert central(ensemble, "spending")[2028] == pytest.approx(80e12)


def test_where_a_floor_binds_the_box_holds_every_reading_between_the_ends():
    """Cost above a constant share is least where floor and plan meet, inside what the claim leaves open."""
    wide = PROPOSED.changed(low=PROPOSED.value * 9 / 10, high=PROPOSED.value * 11 / 10)
    line = {"label": "contracted", "value": "70.000 tn KRW", "reference": REFERENCE}

    whole = project({"floor": [line]}, wide, EXACT[1])

    for tenth in (92, 97, 103, 108):
        point = PROPOSED.value * tenth / 100
        inside = project({"floor": [line]}, PROPOSED.changed(value=point, low=point, high=point), EXACT[1])
        for outer, inner in zip(whole.series("spending"), inside.series("spending"), strict=True):
            assert outer.box[0] * 0.99999 <= inner.central <= outer.box[1] * 1.00001


def test_every_limit_is_listed_among_the_assumptions_and_origins():
    limits = {
        "cap": {"value": "12 %", "reference": REFERENCE},
        "execution": {"value": "97.5 %", "reference": REFERENCE, "reason": "the mean of ten years"},
    }

    ensemble = project(limits)

    rows = {row["variable"]: (row["value"], row["reason"]) for row in ensemble.assumptions}
    assert rows["growth cap"] == ("12 %", "A ministry: A study of absorption")
    assert rows["execution rate"] == ("97.5 %", "the mean of ten years")
    assert "parameter:cap@constant-share@12 %" in ensemble.series("spending")[0].inputs


def test_more_than_was_voted_may_be_executed_for_a_reason():
    rate = {"value": "102 %", "exact": True, "reference": REFERENCE, "reason": "an extra budget"}

    half, plain = project({"execution": rate}, *EXACT), project({}, *EXACT)

    ratio = half.series("spending")[1].central / plain.series("spending")[1].central
    assert ratio == pytest.approx(1.02, rel=1e-4)


@pytest.mark.parametrize("value", ["97", "100 %"])
def test_as_much_as_was_voted_needs_no_reason(value):
    """100 % as printed may stand for 100.4, which is no claim that more was spent."""
    assert project({"execution": {"value": value, "reference": REFERENCE}}, *EXACT)


def test_without_limits_nothing_is_said_of_them():
    ensemble = project({})

    assert "crowded_out" not in ensemble.variables
    assert ensemble.number("crowded_out_target_year") is None


OWN = {"value": "10 %", "reference": REFERENCE}
PAID = {"label": "pay", "value": "30 tn KRW", "reference": REFERENCE}


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        pytest.param({"cap": {"value": "10 %"}}, "missing-key", id="a cap without a source"),
        pytest.param(
            {"execution": {"value": "97 %", "reason": "a guess"}}, "missing-key", id="a reason is none"
        ),
        pytest.param({"floor": [{**PAID, "reference": None}]}, "wrong-type", id="a source that is none"),
        pytest.param({"cap": {"reference": REFERENCE}}, "limit-source", id="no number"),
        pytest.param({"cap": {**OWN, "parameter": "kor-cost-sharing"}}, "limit-source", id="two sources"),
        pytest.param({"cap": {**OWN, "value": "fast"}}, "unit-mismatch", id="no number in words"),
        pytest.param({"cap": {**OWN, "value": "10 tn KRW"}}, "unit-mismatch", id="money for a rate"),
        pytest.param({"cap": {**OWN, "value": "-10 %"}}, "limit-range", id="a cap below nothing"),
        pytest.param({"cap": {**OWN, "value": "2000 %"}}, "limit-range", id="a cap beyond reason"),
        pytest.param(
            {"execution": {**OWN, "value": "102 %"}}, "missing-key", id="more than was voted, no reason"
        ),
        pytest.param({"execution": {**OWN, "value": "0 %"}}, "limit-range", id="nothing executed"),
        pytest.param({"execution": {**OWN, "value": "250 %"}}, "limit-range", id="more than was ever voted"),
        pytest.param({"execution": {"low": "96 %", "reference": REFERENCE}}, "limit-range", id="an open end"),
        pytest.param(
            {"execution": {"low": "98 %", "high": "96 %", "reference": REFERENCE}},
            "unit-mismatch",
            id="ends turned",
        ),
        pytest.param({"floor": [{**PAID, "value": "20 bn USD"}]}, "unit-mismatch", id="another currency"),
        pytest.param({"floor": [{**PAID, "value": "-3 tn KRW"}]}, "limit-range", id="a floor below nothing"),
        pytest.param(
            {"floor": [{"label": "x", "values": ["3 tn KRW"], "reference": REFERENCE}]},
            "rule-numbers",
            id="too few years",
        ),
        pytest.param(
            {"floor": [{"label": "host nation", "parameter": "kor-cost-sharing"}]},
            "no-parameter-value",
            id="a parameter that ends",
        ),
        pytest.param(
            {"floor": [{"label": "troops", "parameter": "usa-troop-floor-in-korea"}]},
            "no-parameter-value",
            id="a floor of 2026",
        ),
        pytest.param(
            {"floor": [{"label": "pledge", "parameter": "kor-defence-share-target"}]},
            "unit-mismatch",
            id="a share for money",
        ),
        pytest.param({"cap": {"parameter": "nobody-knows"}}, "unknown-id", id="no such parameter"),
        pytest.param({"ceiling": OWN}, "unknown-key", id="a limit that is none"),
        pytest.param(
            {"floor": [{"value": "3 tn KRW", "reference": REFERENCE}]},
            "missing-key",
            id="a line without a name",
        ),
    ],
)
def test_a_faulty_limit_is_a_problem_with_a_remedy_and_no_number(limits, code):
    ensemble, problems = project_scenario(
        standing_alone(limits=limits), LEDGER, vocabulary(), series(), draws=20
    )

    assert ensemble is None
    assert code in {problem.code for problem in problems}
    assert all(problem.hint and problem.origin.file and problem.severity == "error" for problem in problems)


def test_each_faulty_limit_is_told_at_once():
    limits = {"cap": {"value": "10 %"}, "execution": {"value": "0 %", "reference": REFERENCE}}

    _, problems = project_scenario(standing_alone(limits=limits), LEDGER, vocabulary(), series(), draws=20)

    assert {problem.code for problem in problems} == {"missing-key", "limit-range"}


def test_a_scenario_takes_the_limits_of_the_one_it_extends():
    """Keys of a table are laid over one another, so a cap above and a rate below both hold."""
    ensemble, _ = project_scenario(
        scenario("linear-2035", limits={"cap": OWN}), LEDGER, vocabulary(), series(), draws=20
    )

    assert {row["variable"] for row in ensemble.assumptions} >= {"growth cap"}
