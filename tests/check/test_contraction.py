"""The compiled kernel against a plain one, and what no rounding may do."""

from __future__ import annotations

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from steelyard.check.contradictions import find_contradictions
from steelyard.check.network import Network, NetworkBuilder, with_narrow_sums
from tests.check.plain_contraction import contradicts

FACTORS = (-2.0, -1.0, 0.5, 1.0, 3.0)


@st.composite
def networks(draw: st.DrawFn, floors: tuple[float, ...] = (-np.inf, 0.0, 1.0)) -> Network:
    """Small networks of whole numbers with claims, some of them open."""
    builder = NetworkBuilder()
    size = draw(st.integers(3, 7))
    names = builder.variables(size, draw(st.sampled_from(floors))).tolist()
    for _ in range(draw(st.integers(1, 4))):
        chosen = draw(st.permutations(names))[: draw(st.integers(3, min(size, 5)))]
        if draw(st.booleans()):
            builder.products([chosen[:3]], draw(st.sampled_from(FACTORS)))
        else:
            builder.sums([chosen], [draw(st.sampled_from(FACTORS)) for _ in chosen])
    for _ in range(draw(st.integers(1, 7))):
        low = draw(st.integers(-20, 40))
        high = low + draw(st.one_of(st.integers(0, 12), st.just(np.inf)))
        builder.claims(draw(st.sampled_from(names)), low, high)
    return builder.network()


def only(network: Network, claims: set[int]) -> Network:
    """The same network with those claims only."""
    kept = np.array(sorted(claims), np.int64)
    builder = {name: getattr(network, name) for name in network.__dataclass_fields__}
    return Network(
        **builder | {name: builder[name][kept] for name in ("variable", "least", "most", "weight")}
    )


@settings(max_examples=100, deadline=None)
@given(networks())
def test_what_the_kernel_finds_the_plain_one_finds_in_exact_fractions(network):
    """No false conflict: outward rounding never makes one."""
    found = find_contradictions(network, certify=False)

    for conflict in found.conflicts:
        assert contradicts(only(network, set(conflict)), rounds=60)


@settings(max_examples=100, deadline=None)
@given(networks(floors=(-np.inf, 1.0)))
def test_what_is_left_after_the_repair_the_plain_one_finds_consistent(network):
    """Nothing missed. No variable is held to nought here: rounded outward it is no longer quite nought."""
    assume(not contradicts(only(network, set()), rounds=20))
    found = find_contradictions(network, certify=False)
    gone = {claim for repair in found.repairs for claim in repair.claims}
    left = only(network, set(range(network.claims)) - gone)

    assert len(found.unfinished) or not contradicts(left, rounds=20)


@settings(max_examples=100, deadline=None)
@given(networks())
def test_narrow_sums_say_the_same_as_wide_ones(network):
    narrow = with_narrow_sums(network, widest=3)

    assert contradicts(narrow, rounds=50) == contradicts(network, rounds=50)
