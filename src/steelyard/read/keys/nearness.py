"""Whether figures come near to what a slip of a writer would leave: else others were meant.

Nobody tells a rise of 0.4 trillion between 61 and 66 trillion; someone else's levels stand there. A slip is
off by a few times at most, or by a power of ten.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from decimal import Decimal

from steelyard.core.claim import Claim
from steelyard.read.keys.any_order_frames import AnyOrder
from steelyard.read.keys.frames import PAIR

# How many times too large or too small: a change or growth, and a whole beside its parts.
MOST_CHANGE, MOST_GROWTH, MOST_SUM = 3.0, 5.0, 1.6
# How near to a power of ten a slip of the scale is, in decimal places.
MOST_PLACES = 0.03
_NONE, _HUNDRED = Decimal(0), Decimal(100)
Members = Mapping[str, Sequence[Claim]]


def is_near(frame: AnyOrder, teller: Claim, members: Members) -> bool:
    """Whether the figures of one way come near to one another; those of other reckonings always do."""
    every = {**members, frame.told: (teller,)}
    sizes = {role: sum((abs(one.value or _NONE) for one in group), _NONE) for role, group in every.items()}
    if members.keys() >= PAIR:
        change = abs(sizes["new"] - sizes["old"])
        if "difference" in sizes and teller.unit == members["new"][0].unit:
            return is_alike(change, sizes["difference"], MOST_CHANGE)
        if "rate" in sizes and sizes["old"]:
            return is_alike(change / sizes["old"] * _HUNDRED, sizes["rate"], MOST_GROWTH)
    listed = [role for role, one in frame.roles.items() if one.get("many")]
    if listed and "whole" in sizes:
        rest = sum((size for role, size in sizes.items() if role != "whole"), _NONE)
        return is_alike(rest, sizes["whole"], MOST_SUM)
    return True


def is_alike(one: Decimal | float, other: Decimal | float, most: float) -> bool:
    """Whether two sizes are within some times of one another, or a power of ten apart."""
    if not one or not other:
        return False
    places = abs(math.log10(float(one) / float(other)))
    return places <= math.log10(most) or abs(places - round(places)) <= MOST_PLACES
