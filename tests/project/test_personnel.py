"""The floor of one's own people: strength times pay, moved by prices and by real growth of pay."""

from __future__ import annotations

from datetime import date

import pytest

from steelyard.project import project_scenario
from tests.project.samples import PROPOSED, SHARE, ledger_of, series, standing_alone, vocabulary

REFERENCE = {"title": "Defence white paper", "publisher": "A ministry", "date": date(2026, 1, 1)}
EXACT = (
    PROPOSED.changed(low=PROPOSED.value, high=PROPOSED.value),
    SHARE.changed(low=SHARE.value, high=SHARE.value),
)


def strength(*rows):
    """How many people from which year on; so many that their pay alone is more than the plan has."""
    return [{"from": year, "value": text, "exact": True, "reference": REFERENCE} for year, text in rows]


PAY = {"value": "60 mn KRW", "exact": True, "reference": REFERENCE}
MANY = strength((2026, "1500000 persons"))


def run(row, **changes):
    entry = standing_alone(limits={"floor": [{"label": "own people", **row}]}, **changes)
    return project_scenario(entry, ledger_of(*EXACT), vocabulary(), series(), draws=50)


def projected(row):
    ensemble, problems = run(row)
    assert problems == []
    return ensemble


def central(ensemble, variable):
    return {cell.year: cell.central for cell in ensemble.series(variable)}


def test_people_times_their_pay_are_a_floor():
    """1.5 million at 60 million won are 90 trillion, where 2.42 % of GDP in 2027 are 69.04."""
    ensemble = projected({"strength": MANY, "pay": PAY})

    assert central(ensemble, "spending")[2027] == pytest.approx(90e12)
    assert central(ensemble, "crowded_out")[2027] > 20e12


def test_pay_moves_with_its_index_and_with_real_growth_on_top():
    """At prices of the base year 90 x 1.01 and 90 x 1.01 x 1.01 trillion won."""
    row = {"strength": MANY, "pay": PAY, "index": "prices", "real_growth": "1 %"}

    real = central(projected(row), "spending_real")

    assert real[2027] == pytest.approx(90.9e12, rel=1e-6)
    assert real[2028] == pytest.approx(91.809e12, rel=1e-6)


def test_fewer_people_cost_less_from_their_year_on():
    """1.5 million, then 1.4 million from 2028 on: 90 and 84 trillion won."""
    people = strength((2026, "1500000 persons"), (2028, "1400000 persons"))

    spent = central(projected({"strength": people, "pay": PAY}), "spending")

    assert (spent[2027], spent[2028]) == pytest.approx((90e12, 84e12))


def test_what_strength_and_pay_leave_open_is_in_the_box_and_swings_as_one_line():
    """1.4 to 1.6 million at 55 to 65 million: 77 to 104 trillion won."""
    people = [{"from": 2026, "low": "1400000 persons", "high": "1600000 persons", "exact": True,
               "reference": REFERENCE}]  # fmt: skip
    pay = {"low": "55 mn KRW", "high": "65 mn KRW", "exact": True, "reference": REFERENCE}

    ensemble = projected({"strength": people, "pay": pay})

    cells = {cell.year: cell for cell in ensemble.series("spending")}
    assert cells[2027].central == pytest.approx(1.5e6 * 60e6)
    assert cells[2027].box == pytest.approx((77e12, 104e12))
    swung = [row for row in ensemble.swings if row["headline"] == "spending_target_year"]
    assert [row["input"] for row in swung] == ["floor: own people"]
    assert len(swung[0]["claims"]) == 2


def test_both_numbers_are_among_what_spending_rests_on():
    ensemble = projected({"strength": MANY, "pay": PAY})

    inputs = ensemble.series("spending")[1].inputs
    values = {origin.value for origin in ensemble.origins if origin.id in inputs}
    assert {"1500000 persons", "60 mn KRW"} <= values


@pytest.mark.parametrize(
    ("row", "lacking"),
    [
        pytest.param({"strength": MANY}, "pay", id="pay"),
        pytest.param({"pay": PAY}, "strength", id="strength"),
    ],
)
def test_half_of_it_is_refused_by_the_name_of_the_other(row, lacking):
    ensemble, (problem,) = run(row)

    assert ensemble is None
    assert (problem.code, problem.severity) == ("no-personnel-cost", "refusal")
    assert f"lacks the {lacking}" in problem.message


@pytest.mark.parametrize(
    ("row", "code"),
    [
        pytest.param({"strength": strength((2028, "10 persons")), "pay": PAY}, "missing-year", id="late"),
        pytest.param({"strength": strength((2026, "10 tn KRW")), "pay": PAY}, "unit-mismatch", id="money"),
        pytest.param({"strength": MANY, "pay": {**PAY, "value": "60 mn USD"}}, "unit-mismatch", id="dollars"),
        pytest.param({"strength": MANY, "pay": {"value": "60 mn KRW"}}, "missing-key", id="no source of pay"),
        pytest.param(
            {"strength": [{"from": 2026, "value": "9 persons", "reason": "x"}], "pay": PAY},
            "missing-key",
            id="strength for a reason alone",
        ),
    ],
)
def test_a_faulty_line_is_told_and_gives_no_number(row, code):
    ensemble, problems = run(row)

    assert ensemble is None
    assert code in {problem.code for problem in problems}
