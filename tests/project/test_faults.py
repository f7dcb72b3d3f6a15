"""Scenarios with anything in any key: always a result or a problem that helps, never a traceback."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from math import isfinite

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from steelyard.project import project_scenario
from tests.project.samples import LEDGER, series, standing_alone, vocabulary

REFERENCE = {"title": "A study", "publisher": "A ministry", "date": date(2025, 1, 1)}
LIMITS = {
    "cap": {"value": "12 %", "reference": REFERENCE},
    "execution": {"low": "96 %", "high": "98 %", "reference": REFERENCE},
    "floor": [
        {"label": "contracts", "value": "40 tn KRW", "reference": REFERENCE, "category": "equipment"},
        {
            "label": "pay",
            "strength": [{"from": 2026, "value": "400000 persons", "reference": REFERENCE}],
            "pay": {"value": "40 mn KRW", "reference": REFERENCE},
            "real_growth": "1 %",
        },
    ],
}
CATEGORIES = [
    {
        "id": "equipment",
        "label": "equipment",
        "share": {"value": "33 %", "exact": True, "reference": REFERENCE},
        "least": {"parameter": "nato-equipment-share-guideline"},
    }
]
MATRIX = {
    "real_growth": {"real_growth": 0.3, "inflation": 0.1, "real_exchange_rate": 0.0},
    "inflation": {"real_growth": 0.1, "inflation": 0.5, "real_exchange_rate": 0.0},
    "real_exchange_rate": {"real_growth": 0.0, "inflation": -0.2, "real_exchange_rate": 0.8},
    "reason": "a test",
}
PRICE = {"low": "1 tn KRW", "high": "2 tn KRW", "distribution": "triangular", "mode": "1.5 tn KRW"}
WITHDRAWALS = [
    {
        "function": "conventional-deterrence",
        "actor": "USA",
        "year": 2027,
        "reason": "a test",
        "price": {**PRICE, "reference": REFERENCE},
        "saved": {"value": "0.1 tn KRW", "reference": REFERENCE},
        **{
            name: {"value": text, "reference": REFERENCE}
            for name, text in (
                ("quantity", "8"),
                ("replaced", "50 %"),
                ("running", "0.1 tn KRW"),
                ("start", "2028"),
                ("lead", "2 years"),
                ("life", "20 years"),
            )
        },
    }
]
JUNK = st.one_of(
    st.sampled_from(
        ["", " ", "0 %", "-1 %", "1e400", "NaN", "3,5 %", "2035", "KRW", "all", "\x1b[2J", "…", "٣٫٥ %"]
    ),
    st.integers(-(10**30), 10**30),
    st.floats(),
    st.booleans(),
    st.none(),
    st.just([]),
    st.just({}),
    st.lists(st.text(max_size=3), max_size=3),
    st.just(date(2026, 1, 24)),
    st.dictionaries(
        st.sampled_from(["value", "by", "kind", "parameter", "x"]), st.text(max_size=5), max_size=3
    ),
)


def whole():
    """A scenario that has every key, and runs."""
    entry = standing_alone(limits=LIMITS, categories=CATEGORIES, withdrawals=WITHDRAWALS)
    shocks = {"kind": "bootstrap", "window": "2001/2024", "block": 3, "matrix": MATRIX}
    rule = {"kind": "curved-share", "power": 2, "growth": ["3 %"], "shares": ["3 %"] * 9}
    drivers = {**entry.data["drivers"], "shocks": shocks}
    return replace(entry, data={**entry.data, "drivers": drivers, "rule": rule})


def paths_in(value, path=()):
    """The way to each value inside, tables and lists included."""
    if path:
        yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inner:
        yield from paths_in(one, (*path, key))


def put(value, path, new):
    """The same value with something else at the end of a path."""
    if not path:
        return new
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = put(value[path[0]], path[1:], new)
    return copy


PATHS = sorted(paths_in(dict(whole().data)), key=str)


def run(entry):
    return project_scenario(entry, LEDGER, vocabulary(), series(), draws=20)


def is_sound(ensemble, problems):
    """Finite numbers, or at least one problem that stands somewhere and says something."""
    if ensemble is not None:
        return all(isfinite(cell.central) for cell in ensemble.cells)
    return bool(problems) and all(one.message and one.origin.file for one in problems)


def test_the_scenario_that_has_every_key_runs():
    """Its execution rate keeps it below the target, which is no fault."""
    ensemble, problems = run(whole())

    assert ensemble
    assert {(one.code, one.severity) for one in problems} == {("executed-below", "warning")}


@settings(max_examples=100)
@given(st.sampled_from(PATHS), JUNK)
def test_anything_in_any_key_gives_a_result_or_a_problem(path, junk):
    entry = whole()

    assert is_sound(*run(replace(entry, data=put(dict(entry.data), path, junk))))


@pytest.mark.parametrize(
    "path", [path for path in PATHS if all(isinstance(key, str) for key in path)], ids=".".join
)
def test_a_key_that_is_left_out_gives_a_result_or_a_problem(path):
    entry = whole()
    *above, last = path
    table = dict(entry.data)
    for key in above:
        table = table[key]
    less = {key: value for key, value in table.items() if key != last}

    assert is_sound(*run(replace(entry, data=put(dict(entry.data), tuple(above), less))))


# Years at the edges of what can be run


def ends(**changes):
    return standing_alone(**changes)


@pytest.mark.parametrize(
    ("changes", "years"),
    [
        pytest.param({"horizon": 2027, "target": {"by": 2027}}, 2, id="one year"),
        pytest.param({"horizon": 2035, "target": {"by": 2027}}, 10, id="a target in the next year"),
        pytest.param({"horizon": 2035, "target": {"by": 2035}}, 10, id="a target at the horizon"),
        pytest.param({"horizon": 2126}, 101, id="a hundred years"),
    ],
)
def test_the_nearest_and_the_farthest_year_can_be_run(changes, years):
    far = [
        {**dict(one), "to": 2200} if one.get("to") else dict(one)
        for one in standing_alone().data["assumptions"]
    ]

    ensemble, problems = run(ends(assumptions=far, rule={"kind": "linear-share"}, **changes))

    assert problems == []
    assert len(ensemble.years) == years == len(ensemble.series("share"))
    assert ensemble.series("share")[ensemble.target_year - 2026].central == pytest.approx(3.5)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        pytest.param({"horizon": 2127}, "horizon-range", id="a hundred and one years"),
        pytest.param({"horizon": 2026}, "horizon-range", id="no year"),
        pytest.param({"target": {"by": 2036}}, "target-after-horizon", id="a year too late"),
        pytest.param({"target": {"by": 2026}}, "target-before-base", id="the base year"),
        pytest.param({"base": {"year": 1899}}, "not-a-year", id="before there were such budgets"),
        pytest.param({"horizon": 2201}, "not-a-year", id="after any plan"),
        pytest.param({"draws": 19}, "count-range", id="a draw too few"),
        pytest.param({"draws": 1_000_001}, "count-range", id="a draw too many"),
        pytest.param({"seed": 2**64}, "count-range", id="a seed too large"),
    ],
)
def test_one_step_beyond_is_a_problem(changes, code):
    """`draws` of the call go before those of the scenario, so here none are given."""
    ensemble, problems = project_scenario(standing_alone(**changes), LEDGER, vocabulary(), series())

    assert ensemble is None
    assert code in {problem.code for problem in problems}


@pytest.mark.parametrize("seed", [0, 2**64 - 1])
def test_the_smallest_and_the_largest_seed_can_be_run(seed):
    ensemble, problems = project_scenario(
        standing_alone(), LEDGER, vocabulary(), series(), draws=20, seed=seed
    )

    assert problems == []
    assert ensemble.seed == seed
