"""Sums over many numbers: what contradicts itself in them and what is least to be given up, against slower
judges.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from steelyard.check import shortfalls as shortfalls_module
from steelyard.check.contradictions import find_contradictions
from steelyard.check.network import Network, NetworkBuilder
from steelyard.check.shortfalls import Shortfall, cheapest_with
from tests.check.exact import Judge
from tests.check.synthetic import made
from tests.check.test_contraction import only

Ranges = list[tuple[int, int]]


def total_of(parts: Ranges, totals: Ranges, weights: list[int] | None = None) -> Network:
    """Parts of at least nought with one claim each, and a total that several sources tell."""
    builder = NetworkBuilder()
    names = builder.variables(len(parts) + 1, 0)
    builder.sums([names], [*[1.0] * len(parts), -1.0])
    claimed = [*names[:-1], *[names[-1]] * len(totals)]
    lows, highs = zip(*parts, *totals, strict=True)
    builder.claims(claimed, lows, highs, weights or 1.0)
    return builder.network()


def can_hold(parts: Ranges, totals: Ranges, claims: Iterable[int]) -> bool:
    """Whether such claims can all be true, in whole numbers: a part without any is at least nought."""
    kept = set(claims)
    told = [total for place, total in enumerate(totals, len(parts)) if place in kept]
    low = max((total[0] for total in told), default=0)
    high = min((total[1] for total in told), default=10**9)
    least = sum(part[0] for place, part in enumerate(parts) if place in kept)
    is_open = any(place not in kept for place in range(len(parts)))
    most = 10**9 if is_open else sum(part[1] for part in parts)
    return max(low, least) <= min(high, most)


def test_a_total_that_its_parts_exceed_is_told_with_the_parts_that_do_most():
    """Twelve parts of one and one of 90: with eleven of the others the great one is above 100."""
    network = total_of([*[(1, 1)] * 12, (90, 90)], [(100, 100)])

    (conflict,) = find_contradictions(network).conflicts

    assert {12, 13} < set(conflict)
    assert len(conflict) == 13


def test_a_part_printed_a_thousand_times_too_great_contradicts_the_total_alone():
    network = total_of([*[(4, 5)] * 39, (5_000, 5_000)], [(190, 210)])

    (repair,) = find_contradictions(network).repairs

    assert repair.conflicts == ((39, 40),)
    assert repair.cost == 1
    assert repair.proven


def test_two_sources_of_a_total_are_given_up_where_no_one_part_takes_out_enough():
    """Forty parts of 10 make 400; without one of them still 390."""
    network = total_of([(10, 10)] * 40, [(300, 300), (299, 301)])

    (repair,) = find_contradictions(network, certify=False).repairs

    assert repair.claims == (40, 41)
    assert repair.proven


def test_parts_of_two_totals_are_given_up_where_both_are_too_small():
    """Of two alliances of 20 that share ten countries one shared country is printed too great."""
    builder = NetworkBuilder()
    countries, totals = builder.variables(30, 0), builder.variables(2, 0)
    builder.sums([[*countries[:20], totals[0]], [*countries[10:], totals[1]]], [*[1.0] * 20, -1.0])
    builder.claims(countries, [*[5] * 15, 500, *[5] * 14], [*[5] * 15, 500, *[5] * 14])
    builder.claims(totals, 100, 100)

    (repair,) = find_contradictions(builder.network()).repairs

    assert repair.claims == (15,)
    assert repair.proven


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_wide_sum_is_judged_as_by_counting(data):
    """None missed, none false, none larger than needed; no cheaper repair where that is said."""
    sizes = data.draw(st.lists(st.sampled_from([1, 2, 3, 10, 100]), min_size=9, max_size=11))
    parts = [(size, size + data.draw(st.integers(0, 1))) for size in sizes]
    right = sum(sizes)
    totals = [
        (low, low + data.draw(st.integers(0, 4)))
        for low in data.draw(st.lists(st.integers(right - 30, right + 30), min_size=1, max_size=2))
    ]
    everything = range(len(parts) + len(totals))
    weights = [data.draw(st.integers(1, 3)) for _ in everything]

    found = find_contradictions(total_of(parts, totals, weights), certify=False)

    gone = {claim for repair in found.repairs for claim in repair.claims}
    assert can_hold(parts, totals, set(everything) - gone)
    for conflict in found.conflicts:
        assert not can_hold(parts, totals, conflict)
        assert all(can_hold(parts, totals, set(conflict) - {claim}) for claim in conflict)
    least = min(
        sum(weights[claim] for claim in out)
        for size in range(5)
        for out in combinations(everything, size)
        if can_hold(parts, totals, set(everything) - set(out))
    )
    assert found.cost == least or (found.cost > least and not all(one.proven for one in found.repairs))


@pytest.mark.parametrize("seed", range(20))
def test_ledgers_with_wide_sums_are_judged_as_by_exact_logic(seed):
    """Sums over 9 to 28 countries, half of them overlapping, with errors near each other (z3, in fractions).

    benchmarks/judge.py does the same with more of them.
    """
    ledger = made(
        90,
        seed,
        wrong=0.03,
        members=9 + seed,
        overlapping=seed % 2 == 1,
        weighted=seed % 4 > 1,
        claimed=0.8 if seed % 3 else 0.45,
    )
    judge = Judge(ledger)

    found = find_contradictions(ledger.network)

    everything = set(range(ledger.network.claims))
    assert judge.holds(everything - {claim for repair in found.repairs for claim in repair.claims})
    for conflict in found.conflicts:
        assert not judge.holds(conflict)
        assert all(judge.holds(set(conflict) - {claim}) for claim in conflict)
    least = judge.least_cost(sorted(everything))
    assert found.cost == least or (found.cost > least and not all(one.proven for one in found.repairs))


@pytest.mark.parametrize(("members", "seed"), [(30, 1), (100, 2), (400, 3)])
def test_what_is_left_of_a_larger_ledger_is_in_peace_when_it_is_looked_at_afresh(members, seed):
    """What stands from one sweep to the next is what a search from the start would find."""
    network = made(4_000, seed, members=members, overlapping=True).network
    found = find_contradictions(network, certify=False)
    gone = {claim for repair in found.repairs for claim in repair.claims}

    afresh = find_contradictions(only(network, set(range(network.claims)) - gone), certify=False)

    assert gone
    assert afresh.repairs == ()


@st.composite
def shortfalls(draw: st.DrawFn, claims: int) -> Shortfall:
    """A sum that misses, with parts of which each has a claim or two behind it."""
    parts = draw(
        st.lists(
            st.tuples(
                st.sampled_from([1.0, 2.0, 5.0, np.inf]),
                st.frozensets(st.integers(0, claims - 1), min_size=1, max_size=2),
            ),
            min_size=2,
            max_size=5,
        )
    )
    need = draw(st.sampled_from([0.5, 1.5, 4.0]))
    filled = [*parts, (np.inf, frozenset({claims}))]
    return Shortfall(need, tuple(filled), np.empty(0, np.int64), np.empty(0))


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_no_set_of_claims_that_does_for_all_sums_and_conflicts_is_cheaper(data):
    """Neither by the search nor, where that loses patience, by the solver."""
    claims, patience = 6, data.draw(st.sampled_from([0, shortfalls_module.PATIENCE]))
    conflicts = data.draw(
        st.lists(st.frozensets(st.integers(0, claims), min_size=1, max_size=3), min_size=0, max_size=4)
    )
    missed = data.draw(st.lists(shortfalls(claims), min_size=1, max_size=3))
    weight = {claim: float(data.draw(st.integers(1, 3))) for claim in range(claims + 1)}

    def does(chosen: set[int]) -> bool:
        taken = all(sum(gain for gain, part in one.parts if part & chosen) >= one.need for one in missed)
        return taken and all(conflict & chosen for conflict in conflicts)

    rank = dict.fromkeys(weight, 0)
    with patch.object(shortfalls_module, "PATIENCE", patience):
        ranked = cheapest_with(conflicts, missed, weight, rank, np.zeros(1, np.bool_), np.ones(1))

    sets = (set(out) for size in range(claims + 2) for out in combinations(weight, size))
    assert ranked[0].cost == min(sum(weight[claim] for claim in out) for out in sets if does(out))
    assert ranked[0].proven
    assert all(does(set(choice.claims)) for choice in ranked)
