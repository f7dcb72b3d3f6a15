"""An index of burden sharing over categories, I_i = sum over c of w_c s_ic, whose weights are never hidden.

s_ic is member i's share of what the alliance gives in category c; RAND's report RR4189z1 (2024) builds such
an index. Weights are a judgement; so beside stated ones stand the range over all weights in a set, which has
its ends at the set's corners as the index is linear in them, and how often a member has each rank over
weights drawn evenly.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from steelyard.panel.measures.amounts import (
    EPSILON,
    Amounts,
    Array,
    NoMeasure,
    Ranges,
    Whole,
    ask_for,
    ranges,
)

_DRAWS = 2000
# Sums of weights as people write them: 0.1 ten times is not 1 in floats.
_SLACK = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Acceptability:
    """How often each member has each rank over drawn weights; float64 (member, rank - 1), 1 the greatest.

    `share` is of the draws with shares at their middles, and `error` its standard error for the number of
    draws. What rounding leaves open stands apart: `surely` counts the draws in which the member has the rank
    whatever the shares, `possibly` those in which it may.
    """

    share: Array
    error: Array
    surely: Array
    possibly: Array
    draws: int


def index(shares: Sequence[Ranges], weights: Array) -> Ranges:
    """The index of each member with stated `weights` (category,); `shares` is one row (member,) a category.

    Sharp as far as the shares are, where categories are independent.

    Raises:
        NoMeasure: weights are negative, do not sum to one or are not one for each category.
    """
    _ask_for_shares(shares)
    if len(weights) != len(shares):
        raise NoMeasure(f"There are {len(weights)} weights for {len(shares)} categories.")
    if (weights < 0).any() or abs(float(weights.sum()) - 1) > _SLACK:
        raise NoMeasure(f"Weights are not negative and sum to 1; these sum to {float(weights.sum()):g}.")
    low, middle, high = (weights @ rows for rows in _rows(shares))
    room = len(shares) + 4
    return ranges(low, middle, high, sharp=all(one.sharp for one in shares), ulps=room)


def index_over_weights(
    shares: Sequence[Ranges], weights: Array, least: Array | None = None, most: Array | None = None
) -> Ranges:
    """The index of `weights` as middle, and its range over all that sum to 1 from `least` to `most`.

    Without bounds the set is that of all weights: the range then goes from a member's least share to its
    greatest. With bounds the best weights fill the categories of the greatest shares first.

    Raises:
        NoMeasure: as `index`; bounds that no weights keep; or stated weights outside of them.
    """
    stated = index(shares, weights)
    least = np.zeros(len(shares)) if least is None else least
    most = np.ones(len(shares)) if most is None else most
    if not least.shape == most.shape == weights.shape or (least < 0).any() or (least > most).any():
        raise NoMeasure(
            "The bounds of the weights are not one pair for each category, in order and not negative."
        )
    if float(least.sum()) > 1 + _SLACK or float(most.sum()) < 1 - _SLACK:
        raise NoMeasure("No weights that sum to 1 lie within the bounds.")
    if (weights < least - _SLACK).any() or (weights > most + _SLACK).any():
        raise NoMeasure("The stated weights lie outside the bounds.")
    rows = _rows(shares)
    high = _filled(rows[2], least, most)
    low = -_filled(-rows[0], least, most)
    return ranges(low, stated.middle, high, sharp=stated.sharp, ulps=2 * len(shares) + 8)


def net_of_benefits(burdens: Ranges, benefits: Ranges) -> Ranges:
    """The index less the share of the benefits, for each member: above zero bears more than it gets.

    Sharp as far as both are, where they are independent.

    Raises:
        NoMeasure: the two are of different length.
    """
    ask_for(benefits, "the benefits", least=-np.inf, length=len(burdens))
    return ranges(
        burdens.low - benefits.high,
        burdens.middle - benefits.middle,
        burdens.high - benefits.low,
        sharp=burdens.sharp and benefits.sharp,
    )


def rank_acceptability(shares: Sequence[Ranges], *, draws: int = _DRAWS, seed: int = 0) -> Acceptability:
    """How often each member has each rank when all weights are equally likely: Dirichlet with ones.

    Equal indices have the lower number together, so that ranks of ties are one. After Lahdelma, Hokkanen and
    Salminen, "SMAA", European Journal of Operational Research 106 (1998).

    Raises:
        NoMeasure: there is no category, or categories are of different length.
    """
    _ask_for_shares(shares)
    weights = np.random.default_rng(seed).dirichlet(np.ones(len(shares)), draws)
    low, middle, high = (weights @ rows for rows in _rows(shares))
    room = 4 * (len(shares) + 4) * EPSILON
    low, high = low - room, high + room
    best, worst, there = (
        (one[:, None, :] > other[:, :, None]).sum(axis=2)
        for one, other in ((low, high), (high, low), (middle, middle + room))
    )
    worst -= 1  # its own high lies above its own low
    share = _tallied(there, there)
    sure = best == worst
    return Acceptability(
        share,
        np.sqrt(share * (1 - share) / draws),
        _tallied(best, np.where(sure, worst, -1)),
        _tallied(best, worst),
        draws,
    )


def _tallied(best: Whole, worst: Whole) -> Array:
    """The share of draws in which a member's ranks go from best to worst over each rank, (member, rank)."""
    draws, members = best.shape
    kept = worst >= 0
    steps = np.zeros((members, members + 1))
    who = np.broadcast_to(np.arange(members), best.shape)
    np.add.at(steps, (who[kept], best[kept]), 1.0)
    np.add.at(steps, (who[kept], worst[kept] + 1), -1.0)
    return np.asarray(np.cumsum(steps, axis=1)[:, :members] / draws)


def _ask_for_shares(shares: Sequence[Ranges]) -> None:
    if not shares:
        raise NoMeasure("There is no category to make an index of.")
    for place, one in enumerate(shares):
        ask_for(one, f"category {place + 1}", least=-np.inf, length=len(shares[0]))


def _rows(shares: Sequence[Amounts]) -> tuple[Array, Array, Array]:
    """Low, middle and high, float64 (category, member) each."""
    low, middle, high = (np.stack([getattr(one, end) for one in shares]) for end in ("low", "middle", "high"))
    return low, middle, high


def _filled(values: Array, least: Array, most: Array) -> Array:
    """The greatest sum of weights times values (category, member): the greatest values are filled first."""
    order = np.argsort(-values, axis=0, kind="stable")
    room = (most - least)[order]
    rest = max(0.0, 1 - float(least.sum()))
    before = np.cumsum(room, axis=0) - room
    given = np.clip(rest - before, 0.0, room)
    found: Array = least @ values + (given * np.take_along_axis(values, order, axis=0)).sum(axis=0)
    return found
