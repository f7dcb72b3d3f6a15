"""What the kernel of `lanes.py` takes and gives, and where in its rows each number lies.

A lane is a draw; a row is one number of all lanes of a group, and rows lie one after the other, so that a
processor takes several lanes at once.

    rows   the state of the economy, at Z .. Q        own    rows of a policy, at SPENT .. FLOOR
    year   what a year brings, at LEVEL .. PER_LEVEL  path   all years, base year first
    t, k   a year, a lane                             slot   the place of a variable of a policy in a year
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from steelyard.project.chance import GROUP, Array

Whole = NDArray[np.int32]
Z, G, P, Q = 0, 4 * GROUP, 5 * GROUP, 6 * GROUP
STATE = 7 * GROUP
# Of a year: GDP, what was expected of it and of prices, one over prices, rate and GDP.
LEVEL, EXPECTED, HOPED = 0, GROUP, 2 * GROUP
PER_PRICE, PER_RATE, PER_LEVEL = 3 * GROUP, 4 * GROUP, 5 * GROUP
YEAR = 6 * GROUP
# Of a policy: what is spent, what a floor took, the first year with the target met, the year since when it is
# kept; then twice a cost of the year in three kinds of money, and its four sums; what is paid by agreement,
# and the floor.
SPENT, CROWDED, FIRST, SINCE = 0, GROUP, 2 * GROUP, 3 * GROUP
COST = 7 * GROUP
EXTRA, DIFFERENCE = 4 * GROUP, 4 * GROUP + COST
PAID = DIFFERENCE + COST
FLOOR = PAID + GROUP
OWN = FLOOR + GROUP
NOTHING = 1e-12  # of the base year's GDP: what is left of a difference of equal numbers


class World(NamedTuple):
    """What moves the economy, as `Drivers` has it, ready for use; `worth` is that of a year's money in the
    base year, `flags` whether expected inflation and shares are needed, and whether `paths` are known.
    `lines` are amounts that no policy moves, (line, year with the base year, part), of parts that stay, move
    with prices, and with the rate. `paths` are the years of each group, (group, number), written here unless
    they are known; of no group where they are not to be kept.
    """

    keys: NDArray[np.uint64]
    central: Array
    persistence: Array
    root: Array
    past: Array
    means: Array
    abroad: Array
    worth: Array
    flags: NDArray[np.bool_]
    lines: Array
    paths: Array


class Policies(NamedTuple):
    """Policies side by side: weights, floor (policy, year, part) and steps of payments by year, the rest one
    number each; `reference` is the place of the policy that one is measured against, or -1. Those that are
    only measured against come last. `extra` and `difference` tell whether these costs are wanted, in real and
    in foreign money too.

    `moving` tells whether more of a floor than its first part is needed, `paying` whether anything is paid by
    agreement: `amount` in the base year, then `follows` (policy, year) and `steps` (policy, year, number)
    with growth, lag and both bounds; `owed` is 1 where that is part of the floor.
    """

    weights: Array
    cap: Array
    floor: Array
    moving: NDArray[np.bool_]
    paying: NDArray[np.bool_]
    amount: Array
    follows: Whole
    steps: Array
    owed: Array
    execution: Array
    share: Array
    target: Array
    reference: Whole
    extra: NDArray[np.bool_]
    difference: NDArray[np.bool_]


class Bins(NamedTuple):
    """Where a number is counted: in bin `factor` times it plus `offset`, within 0 to `last`.

    `slots`: (policy, variable, year), `shared`: (variable of the economy, year), `lines`: (line, amount and
    sum, year); -1 for what is not wanted.
    """

    slots: Whole
    shared: Whole
    lines: Whole
    factor: Array
    offset: Array
    last: float


class Found(NamedTuple):
    """What has been counted: (slot, bin), zeros by slot, and by policy the years of reaching and of keeping
    the target. Where `sample` (slot, draw) has room, numbers are written there instead.
    """

    counts: NDArray[np.uint32]
    zeros: NDArray[np.int64]
    reached: NDArray[np.int64]
    sample: Array
