"""Laws of the draws: any block, any order, any scenario gives the same draw the same shocks."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from steelyard.project import project_scenario
from steelyard.project.drivers import build_economy
from steelyard.project.economy import PARTS, blocks_of, normals, run_draws, run_economy
from steelyard.project.fans import drivers_of
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


@given(st.integers(1, 300), st.integers(1, 120), SEEDS)
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
