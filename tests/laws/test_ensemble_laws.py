"""Laws of the draws: any block, any order, any scenario gives the same draw the same shocks."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from steelyard.project import project_scenario
from steelyard.project.chance import normals
from steelyard.project.drivers import build_economy
from steelyard.project.economy import PARTS, blocks_of, run_draws, run_economy
from steelyard.project.equations import Limits, Policy, Scale, carried_out, outcomes, quantiles, reach
from steelyard.project.fans import drivers_of
from steelyard.project.rules import RULES, Plan
from steelyard.project.scenario import read_scenario
from tests.project.samples import LEDGER, scenario, series, vocabulary

SEEDS = st.integers(0, 2**64 - 1)
STREAMS = st.integers(0, 2**63)


def drivers(name="linear-2035"):
    whole, _ = read_scenario(scenario(name), vocabulary())
    assert whole
    economy, _ = build_economy(whole, series())
    assert economy
    return drivers_of(whole, economy)


DRIVERS = drivers()


@given(st.integers(1, 300), st.integers(17, 120), SEEDS)
def test_draws_are_the_same_in_blocks_of_any_size(count, size, seed):
    whole = run_economy(DRIVERS, seed, 0, count)

    joined = run_draws(DRIVERS, seed, count, size)

    for part in PARTS:
        np.testing.assert_array_equal(getattr(joined, part), getattr(whole, part), err_msg=part)


@given(st.integers(0, 5000), SEEDS)
def test_any_draw_can_be_replayed_alone(number, seed):
    block = run_economy(DRIVERS, seed, number - number % 100, 100)

    alone = run_economy(DRIVERS, seed, number, 1)

    for part in PARTS:
        np.testing.assert_array_equal(
            getattr(alone, part)[:, 0], getattr(block, part)[:, number % 100], err_msg=part
        )


@given(SEEDS, STREAMS, st.integers(0, 10**9), st.integers(0, 40), st.integers(0, 40))
def test_shocks_depend_on_their_own_number_only(seed, stream, first, before, count):
    np.testing.assert_array_equal(
        normals(seed, stream, first + before, count), normals(seed, stream, first, before + count)[before:]
    )


@given(SEEDS, STREAMS)
def test_another_seed_or_stream_gives_other_shocks(seed, stream):
    here = normals(seed, stream, 0, 8)

    assert not np.any(here == normals((seed + 1) % 2**64, stream, 0, 8))
    assert not np.any(here == normals(seed, stream + 1, 0, 8))


@given(st.integers(1, 50_000), st.integers(1, 9000))
def test_blocks_hold_every_draw_once(draws, size):
    blocks = blocks_of(draws, size)

    assert [number for first, count in blocks for number in range(first, first + count)] == list(range(draws))


def test_every_scenario_of_a_country_runs_through_the_same_economies():
    first = run_economy(DRIVERS, 7, 0, 50)
    other = run_economy(drivers("linear-2030"), 7, 0, 50)

    np.testing.assert_array_equal(first.gdp, other.gdp)


def test_a_shorter_horizon_leaves_the_years_it_has_as_they_were():
    short = replace(
        DRIVERS,
        central=DRIVERS.central[:, :4],
        foreign_inflation=DRIVERS.foreign_inflation[:4],
        streams=DRIVERS.streams[:, :4],
    )

    np.testing.assert_array_equal(run_economy(short, 7, 0, 50).gdp, run_economy(DRIVERS, 7, 0, 50).gdp[:4])


def test_the_same_input_gives_the_same_bytes():
    import json

    once, again = (
        project_scenario(scenario(), LEDGER, vocabulary(), series(), draws=500)[0] for _ in range(2)
    )

    assert once and again
    assert json.dumps(once.to_json()) == json.dumps(again.to_json())


# Laws of what is carried out

RATES = st.floats(-0.3, 0.5)
PLANS = st.builds(
    Plan,
    share=st.floats(0.005, 0.08),
    target=st.floats(0.005, 0.08),
    years_to_target=st.integers(1, 12),
    power=st.floats(0.2, 4),
    growth=st.tuples(RATES),
    listed=st.tuples(*[st.floats(0.005, 0.08)] * 9),
    amounts=st.tuples(*[st.floats(0.005, 0.08)] * 9),
)
POLICIES = st.builds(Policy, rule=st.sampled_from(sorted(RULES)), plan=PLANS)
ECONOMY = run_economy(DRIVERS, 7, 0, 6)


def spent(policy, **limits):
    held = replace(policy, limits=Limits(**limits))
    return np.array([year for year, *_ in carried_out(held, ECONOMY)])


@given(POLICIES, st.floats(0, 0.5))
def test_spending_never_grows_faster_than_its_cap(policy, cap):
    held = spent(policy, cap=cap)

    before = np.vstack([np.full((1, 6), policy.plan.share), held[:-1]])
    assert np.all(held <= (1 + cap) * before * (1 + 1e-12))


@given(POLICIES, st.floats(0, 0.1))
def test_spending_never_falls_below_its_floor(policy, floor):
    assert np.all(spent(policy, floor=(floor,) * 9) >= floor)


@given(POLICIES, st.floats(0, 0.5), st.floats(0, 0.5))
def test_a_looser_cap_never_lowers_spending(policy, one, other):
    tight, loose = sorted((one, other))

    assert np.all(spent(policy, cap=tight) <= spent(policy, cap=loose) * (1 + 1e-12))


@given(POLICIES, st.floats(0, 0.1), st.floats(0, 0.1))
def test_a_higher_floor_never_lowers_spending(policy, one, other):
    low, high = sorted((one, other))

    assert np.all(spent(policy, floor=(low,) * 9) <= spent(policy, floor=(high,) * 9) * (1 + 1e-12))


@given(POLICIES, st.floats(0.5, 1.0))
def test_executing_less_never_raises_spending(policy, rate):
    assert np.all(spent(policy, execution=rate) <= spent(policy) * (1 + 1e-12))


@given(POLICIES, st.floats(0, 0.1), st.floats(0, 0.3))
def test_what_is_crowded_out_is_what_the_floor_adds(policy, floor, cap):
    """Spending less what the floor took is what plan and cap allow; where it is slack, it takes nothing."""
    held = replace(policy, limits=Limits(cap=cap, floor=(floor,) * 9))

    last = np.full(6, policy.plan.share)
    for year, out, _ in carried_out(held, ECONOMY):
        assert np.all(out >= 0)
        assert np.all((out == 0) | (np.abs(year - floor) < 1e-15))
        assert np.all(year - out <= (1 + cap) * last * (1 + 1e-12))
        last = year


@given(POLICIES, st.floats(1e3, 1e15), st.floats(0.5, 3000))
def test_amounts_scale_with_the_economy_and_shares_do_not(policy, gdp, rate):
    one, other = (dict(outcomes(policy, ECONOMY, Scale(scale, rate, 0.045))) for scale in (1.0, gdp))

    for name, values in other.items():
        factor = 1.0 if name == "share" else gdp
        np.testing.assert_allclose(values, factor * one[name], rtol=1e-9, atol=1e-9 * factor, err_msg=name)


@given(POLICIES, POLICIES)
def test_a_difference_is_one_cost_less_the_other(policy, other):
    """With the same base share, what one costs over the other is the difference of their extra costs."""
    other = replace(other, plan=replace(other.plan, share=policy.plan.share))
    scale = Scale(1000.0, 4.0)

    together = dict(outcomes(policy, ECONOMY, scale, other))
    mine, theirs = (dict(outcomes(one, ECONOMY, scale)) for one in (policy, other))

    for ending in ("", "_real", "_foreign", "_cumulative", "_cumulative_real", "_cumulative_foreign"):
        np.testing.assert_allclose(
            together[f"difference{ending}"], mine[f"extra{ending}"] - theirs[f"extra{ending}"], atol=1e-6
        )


@given(st.lists(st.lists(st.booleans(), min_size=4, max_size=4), min_size=1, max_size=9))
def test_keeping_a_target_is_never_likelier_than_having_reached_it(rows):
    by, kept = reach(np.array(rows))

    assert np.all(kept <= by)
    assert np.all(np.diff(by) >= 0)
    assert np.all(np.diff(kept) >= 0)
    assert kept[-1] == np.mean(rows[-1])


@given(st.lists(st.floats(-1e6, 1e6), min_size=20, max_size=80), st.floats(0.1, 100), st.floats(-1e3, 1e3))
def test_quantiles_move_and_stretch_with_their_values(values, factor, shift):
    chances = (0.05, 0.5, 0.95)
    found, errors = quantiles(np.array(values), chances)
    moved, wider = quantiles(np.array(values) * factor + shift, chances)

    np.testing.assert_allclose(moved, found * factor + shift, atol=1e-5 * factor)
    # There is no error where all are the same, or may no longer be told apart after the shift.
    wider, errors = np.nan_to_num(wider), np.nan_to_num(errors)
    np.testing.assert_allclose(wider, errors * factor, atol=1e-5 * factor)
    assert min(values) <= found[0] <= found[1] <= found[2] <= max(values)


@given(st.integers(0, 400), SEEDS, st.integers(1, 9))
def test_draws_of_past_shocks_can_be_replayed_alone_too(number, seed, block):
    past = np.random.default_rng(3).normal(0, 0.02, (3, block, 23))
    setting = replace(DRIVERS, past=past)
    block_of = run_economy(setting, seed, number - number % 50, 50)

    alone = run_economy(setting, seed, number, 1)

    for part in PARTS:
        np.testing.assert_array_equal(getattr(alone, part)[:, 0], getattr(block_of, part)[:, number % 50])
