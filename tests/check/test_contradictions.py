"""What cannot all hold among claims, and what is least to be given up: cases worked out by hand."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from steelyard.check.contradictions import find_contradictions
from steelyard.check.network import NetworkBuilder
from steelyard.check.repairs import cheapest
from tests.check.exact import Judge
from tests.check.synthetic import made
from tests.patience import soon


def share_of_gdp(spending: tuple[float, float], *, gdp: tuple[float, float] = (1904.5, 1905.5)):
    """Spending that is 2.415 to 2.425 % of a gross domestic product, as a network in the making."""
    builder = NetworkBuilder()
    names = builder.variables(3, 1e-9)
    builder.products([[names[0], names[1], names[2]]], 0.01)
    lows, highs = zip(spending, (2.415, 2.425), gdp, strict=True)
    builder.claims(names, lows, highs)
    return builder, names


def test_a_share_an_amount_and_an_economy_that_cannot_be_are_one_conflict_of_three():
    builder, _ = share_of_gdp((46.95, 47.05))

    found = find_contradictions(builder.network())

    assert found.conflicts == [(0, 1, 2)]
    assert found.cost == 1


def test_figures_that_can_all_be_are_left_alone_and_certified():
    builder, _ = share_of_gdp((46.05, 46.15))

    found = find_contradictions(builder.network())

    assert found.repairs == ()
    assert found.certified


def test_bounds_that_only_touch_agree():
    """0.01 * 2.425 * 1905.5 is 46.208375, the least that the other account allows."""
    builder, _ = share_of_gdp((46.208375, 46.3))

    assert not find_contradictions(builder.network()).repairs


def test_the_claim_that_is_trusted_least_is_given_up_and_the_others_rank_behind_it():
    builder = NetworkBuilder()
    names = builder.variables(3, 0)
    builder.sums([names], [-1, 1, 1])
    builder.claims(names, [10, 3, 4], [10, 3, 4], [0.9, 0.3, 0.6])

    (repair,) = find_contradictions(builder.network()).repairs

    assert repair.claims == (1,)
    assert repair.alternatives == ((2,), (0,))
    assert repair.tried


def test_a_claim_in_two_conflicts_is_given_up_and_no_other_would_do():
    """Spending is 10 by its parts and by its share; only the text says 20."""
    builder = NetworkBuilder()
    spending, first, second, share, gdp = builder.variables(5, 1e-9)
    builder.sums([[spending, first, second]], [-1, 1, 1])
    builder.products([[spending, share, gdp]])
    builder.claims([spending, first, second, share, gdp], [20, 6, 4, 0.1, 100], [20, 6, 4, 0.1, 100])

    (repair,) = find_contradictions(builder.network()).repairs

    assert repair.claims == (0,)
    assert repair.proven
    assert repair.alternatives == ()


def test_what_intervals_overlook_is_found_by_the_certificate():
    """Of three items each two make 10, so all three make 15, not 16.

    Each equation by itself leaves every item anything from 0 to 10.
    """
    builder = NetworkBuilder()
    one, other, third, *pairs, total = builder.variables(7, 0)
    builder.sums([[pairs[0], one, other], [pairs[1], other, third], [pairs[2], third, one]], [-1, 1, 1])
    builder.sums([[total, one, other, third]], [-1, 1, 1, 1])
    builder.claims([*pairs, total], [10, 10, 10, 16], [10, 10, 10, 17])
    network = builder.network()

    assert not find_contradictions(network, certify=False).repairs
    assert find_contradictions(network).conflicts == [(0, 1, 2, 3)]


# What hostile ledgers hold


def test_a_claim_with_its_low_end_above_its_high_end_contradicts_itself_alone():
    builder, names = share_of_gdp((46.05, 46.15))
    builder.claims(names[0], 50, 40)

    assert find_contradictions(builder.network()).conflicts == [(3,)]


def test_a_million_repetitions_are_one_voice_and_are_given_up_together_or_not_at_all():
    builder, names = share_of_gdp((46.05, 46.15))
    builder.claims(np.full(1_000_000, names[0]), 50, 51)
    with soon():
        (repair,) = find_contradictions(builder.network(), certify=False).repairs

    assert repair.claims in ((0,), (0, 1), (0, 2))


def test_a_thousand_sources_of_one_figure_leave_the_value_that_most_of_them_allow():
    builder = NetworkBuilder()
    builder.variables(1)
    right, wrong = np.linspace(100, 100.9, 600), np.linspace(200, 600, 400)
    builder.claims(np.zeros(1000, int), [*(right - 1), *(wrong - 0.1)], [*(right + 1), *(wrong + 0.1)])

    (repair,) = find_contradictions(builder.network()).repairs

    assert repair.claims == tuple(range(600, 1000))
    assert not repair.proven


def test_a_division_by_what_may_be_nothing_proves_nothing():
    """Growth of an amount that may have been nought the year before may be anything."""
    builder = NetworkBuilder()
    change, growth, before = builder.variables(3)
    builder.products([[change, growth, before]])
    builder.claims([change, growth, before], [1, 5, -1], [1, 5, 1])

    assert not find_contradictions(builder.network()).repairs


@pytest.mark.parametrize(
    ("factor", "contradicts"),
    [
        pytest.param(2.0, True, id="nothing but nought is twice itself"),
        pytest.param(1.0000001, True, id="nor a little more than itself"),
        pytest.param(1.0, False, id="everything is itself"),
    ],
)
def test_identities_that_run_in_a_circle_come_to_an_end(factor, contradicts):
    builder = NetworkBuilder()
    one, other = builder.variables(2, 1e-9)
    builder.sums([[one, other], [other, one]], [[1, -1], [1, -factor]])
    builder.claims(one, 1, 10)
    with soon():
        found = find_contradictions(builder.network(), certify=True)

    assert bool(found.repairs) == contradicts


def test_one_sum_of_five_thousand_terms_comes_to_an_end_and_needs_them_all():
    """5,000 units of at most 1 make at most 5,000; to reach 5,001 every one is needed."""
    builder = NetworkBuilder()
    names = builder.variables(5_001, 0)
    builder.sums([names], [*[1.0] * 5_000, -1.0])
    builder.claims(names, [*[0.5] * 5_000, 5_001], [*[1.0] * 5_000, 5_002])
    with soon():
        found = find_contradictions(builder.network(), certify=False)

    assert found.conflicts == [tuple(range(5_001))]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param({"least": float("nan")}, "not a number", id="a bound that is no number"),
        pytest.param({"weight": 0.0}, "weight", id="a weight of nothing"),
        pytest.param({"variables": 9}, "not there", id="a variable that is not there"),
    ],
)
def test_what_is_no_network_is_refused(change, message):
    builder = NetworkBuilder()
    builder.variables(2)
    builder.claims(**{"variables": 0, "least": 1.0, "most": 2.0, "weight": 1.0, **change})

    with pytest.raises(ValueError, match=message):
        builder.network()


# Against slower judges


@settings(max_examples=200, deadline=None)
@given(st.lists(st.frozensets(st.integers(0, 6), min_size=1, max_size=4), min_size=1, max_size=6), st.data())
def test_no_set_of_claims_that_hits_all_conflicts_is_cheaper(conflicts, data):
    weight = {claim: data.draw(st.integers(1, 3)) for claim in range(7)}
    best = min(
        sum(weight[claim] for claim in chosen)
        for size in range(8)
        for chosen in combinations(range(7), size)
        if all(conflict & set(chosen) for conflict in conflicts)
    )

    ranked = cheapest(conflicts, weight, dict.fromkeys(range(7), 0))

    assert ranked[0].cost == best
    assert [choice.cost for choice in ranked] == sorted(choice.cost for choice in ranked)
    assert all(conflict & set(choice.claims) for choice in ranked for conflict in conflicts)


@pytest.mark.parametrize("seed", range(40))
def test_a_made_ledger_is_judged_as_by_exact_logic(seed):
    """None missed, none false, none larger than needed, and no repair cheaper (z3, in fractions).

    benchmarks/judge.py does the same with a thousand larger ones.
    """
    ledger = made(60, seed, wrong=0.08, members=3 if seed % 2 else 0, weighted=seed % 4 > 1)
    judge = Judge(ledger)

    found = find_contradictions(ledger.network)

    everything = set(range(ledger.network.claims))
    assert judge.holds(everything - {claim for repair in found.repairs for claim in repair.claims})
    assert found.cost == judge.least_cost(sorted(everything))
    for conflict in found.conflicts:
        assert not judge.holds(conflict)
        assert all(judge.holds(set(conflict) - {claim}) for claim in conflict)
