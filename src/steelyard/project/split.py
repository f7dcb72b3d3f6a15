"""Spending split by category where a floor binds some of them; arrays in, arrays out; no names, no files.

Symbols, after the model's section 2. Arrays are float64 (draw,) for one year, lists go by category, all money
is a multiple of the base year's GDP.

    V          what would be spent, were there no floor: min(A, (1 + cap) ME[t-1])
    e, F       share of each category in the plan; the floor that is its own
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

import numpy as np

from steelyard.project.chance import Array

Giving = Literal["alike", "last", "first"]


class Part(NamedTuple):
    """One category in a year: what it gets, what the floors of others take from its planned part, and its
    share of all in percent.
    """

    given: Array
    lost: Array
    share: Array


def part_given(
    number: int, voted: Array, shares: Sequence[float], floors: Sequence[Array], giving: Giving
) -> Part:
    """What a category gets of V.

    A category below its floor gets the floor; what that takes beyond its part e V comes out of those above
    theirs, as far as they have it, and on top of V for the rest. Who gives is not settled by any rule: all
    alike, in proportion to what they have above their floors; or this one last, or first.
    """
    planned = [share * voted for share in shares]
    room = [np.maximum(plan - floor, 0.0) for plan, floor in zip(planned, floors, strict=True)]
    over = sum(np.maximum(floor - plan, 0.0) for plan, floor in zip(planned, floors, strict=True))
    bound = np.maximum(voted, sum(floors))
    taken = np.maximum(over - (bound - voted), 0.0)
    own, whole = room[number], sum(room)
    if giving == "first":
        lost = np.minimum(own, taken)
    elif giving == "last":
        lost = np.clip(taken - (whole - own), 0.0, own)
    else:
        lost = own * np.divide(taken, whole, out=np.zeros_like(voted), where=whole > 0)
    given = np.maximum(planned[number], floors[number]) - lost
    return Part(given, lost, 100.0 * given / bound)
