"""One sweep over components: what is found first without wide sums, then of each such sum by itself, and at
last of all together.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from steelyard.check.blame import explain
from steelyard.check.blocks import find_conflicts, find_late
from steelyard.check.circuit import Layout
from steelyard.check.network import Flags, Integers
from steelyard.check.shortfalls import Shortfall
from steelyard.check.wide import ask_all, sums_apart

# So many of the blocks that do most to a wide sum are told with their claims.
LISTED = 16
# Blocks are asked so many times what else their terms can be.
ASKED = 3


@dataclass(frozen=True)
class Found:
    """A smallest set of claims of a component that contradicts itself, those that do most first in a wide
    sum; and where such a sum misses nought, what could be taken out of it.
    """

    group: int
    claims: tuple[int, ...]
    shortfall: Shortfall | None = None


def swept(layout: Layout, groups: Integers, active: NDArray[np.uint8]) -> tuple[list[Found], Flags]:
    """What contradicts itself among active claims of some components, and which of these were cut off before
    they came to rest.
    """
    blocks = layout.blocks
    claims, first, owners, cut = find_conflicts(
        layout.circuit, layout.stand, layout.memory, blocks, groups, active
    )
    found = list(_told(claims, first, owners))
    unfinished = cut != 0
    calm = ~np.isin(groups, owners) & (blocks.late_first[groups] < blocks.late_first[groups + 1])
    if not calm.any():
        return found, unfinished
    missed, baseless = _missed(layout, groups[calm])
    settled = np.array([one.group for one in missed] + baseless, np.int64)
    unfinished |= np.isin(groups, baseless)
    found += missed
    calm &= ~np.isin(groups, settled)
    claims, first, owners, cut = find_late(layout.circuit, layout.stand, layout.memory, blocks, groups[calm])
    unfinished[calm] = cut != 0
    return found + list(_told(claims, first, owners)), unfinished


def _told(claims: NDArray[np.int32], first: Integers, owners: Integers) -> Iterator[Found]:
    rows = claims.tolist()
    for (begin, end), owner in zip(pairwise(first.tolist()), owners.tolist(), strict=True):
        yield Found(owner, tuple(rows[begin:end]))


def _missed(layout: Layout, groups: Integers) -> tuple[list[Found], list[int]]:
    """Each wide sum that cannot be nought as blocks stand; the components in which no claim is to blame.

    Of components without any, blocks are asked more closely.
    """
    stand, blocks, wide = layout.stand, layout.blocks, layout.wide
    sums, signs = sums_apart(stand, blocks, wide, groups)
    for _ in range(ASKED):
        rest = groups[~np.isin(groups, np.searchsorted(wide.of, sums, side="right") - 1)]
        if not len(rest) or not ask_all(layout.circuit, stand, blocks, wide, rest):
            break
        more, more_signs = sums_apart(stand, blocks, wide, rest)
        sums, signs = np.append(sums, more), np.append(signs, more_signs)
    found, baseless = [], []
    for w, sign in zip(sums.tolist(), signs.tolist(), strict=True):
        group = int(np.searchsorted(wide.of, w, side="right")) - 1
        one = _explained(layout, group, w, sign)
        if one.claims:
            found.append(one)
        else:
            baseless.append(group)
    return found, baseless


def _explained(layout: Layout, group: int, w: int, sign: float) -> Found:
    conflict, blocks, gains, told, first, need = explain(
        layout.circuit, layout.stand, layout.memory, layout.blocks, layout.wide, w, sign, LISTED
    )
    listed, rows = len(first) - 1, told.tolist()
    parts = tuple(
        (gain, frozenset(rows[begin:end]))
        for gain, (begin, end) in zip(gains[:listed].tolist(), pairwise(first.tolist()), strict=True)
    )
    shortfall = Shortfall(need, parts, blocks[listed:], gains[listed:])
    return Found(group, tuple(conflict.tolist()), shortfall)
