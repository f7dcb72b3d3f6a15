"""Whether figures come near to what a slip of a writer would leave: else others were meant.

Nobody tells a rise of 0.4 trillion between 61 and 66 trillion; someone else's levels stand there. A slip is
off by a few times at most, or by a power of ten.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from steelyard.core.claim import Claim
from steelyard.read.keys.any_order_frames import AnyOrder
from steelyard.read.keys.frames import PAIR

# How many times too large or too small: a change or growth, and a whole beside its parts.
MOST_CHANGE, MOST_GROWTH, MOST_SUM = 3.0, 5.0, 1.6
# How near to a power of ten a slip of the scale is, in decimal places.
MOST_PLACES = 0.03
# How far from what the others leave a figure is with the right digit in its place, as a part of itself.
MOST_OFF = Decimal("0.003")
# A figure of fewer digits fits too much with one of them another.
FEWEST_DIGITS = 3
_NONE, _HUNDRED = Decimal(0), Decimal(100)
Members = Mapping[str, Sequence[Claim]]


def is_near(frame: AnyOrder, teller: Claim, members: Members) -> bool:
    """Whether the figures of one way come near to one another, or would but for a digit; those of other
    reckonings always do.
    """
    sizes = _sizes(frame, teller, members)
    if members.keys() >= PAIR:
        change = abs(sizes["new"] - sizes["old"])
        if "difference" in sizes and teller.unit == members["new"][0].unit:
            near = is_alike(change, sizes["difference"], MOST_CHANGE)
        elif "rate" in sizes and sizes["old"]:
            near = is_alike(change / sizes["old"] * _HUNDRED, sizes["rate"], MOST_GROWTH)
        else:
            return True
        return near or is_off_by_a_digit(frame, teller, members)
    if _adds_up(frame) and "whole" in sizes:
        rest = sum((size for role, size in sizes.items() if role != "whole"), _NONE)
        return is_alike(rest, sizes["whole"], MOST_SUM) or is_off_by_a_digit(frame, teller, members)
    return True


def is_off_by_a_digit(frame: AnyOrder, teller: Claim, members: Members) -> bool:
    """Whether levels and their change, or a whole and its parts, fit with a digit of one of them another."""
    every = {**members, frame.told: (teller,)}
    sizes = _sizes(frame, teller, members)
    left: list[tuple[Claim, Decimal]] = []
    if sizes.keys() >= PAIR:
        old, new = sizes["old"], sizes["new"]
        if "difference" in sizes and teller.unit == members["new"][0].unit:
            moves = [(old + sign * sizes["difference"], new - sign * sizes["difference"]) for sign in (1, -1)]
            left.append((teller, abs(new - old)))
        elif "rate" in sizes:
            rates = [1 + sign * sizes["rate"] / _HUNDRED for sign in (1, -1)]
            moves = [(old * rate, new / rate) for rate in rates if rate]
        else:
            return False
        left += [
            (every[role][0], one) for pair in moves for role, one in zip(("new", "old"), pair, strict=True)
        ]
    elif _adds_up(frame) and "whole" in sizes:
        whole = sizes["whole"]
        rest = sum((size for role, size in sizes.items() if role != "whole"), _NONE)
        parts = [one for role, group in every.items() if role != "whole" for one in group]
        left = [(every["whole"][0], rest)]
        left += [(one, whole - rest + abs(one.value or _NONE)) for one in parts]
    return any(fits_but_for_a_digit(claim, wanted) for claim, wanted in left if wanted > 0)


def _sizes(frame: AnyOrder, teller: Claim, members: Members) -> Mapping[str, Decimal]:
    """How much the figures of each role are together."""
    every = {**members, frame.told: (teller,)}
    return {role: sum((abs(one.value or _NONE) for one in group), _NONE) for role, group in every.items()}


def _adds_up(frame: AnyOrder) -> bool:
    """Whether a role of the reckoning takes a list."""
    return any(one.get("many") for one in frame.roles.values())


def fits_but_for_a_digit(claim: Claim, wanted: Decimal) -> bool:
    """Whether a figure with a digit another, or two exchanged, is what the others leave."""
    return any(abs(one - wanted) <= MOST_OFF * wanted for one in _miswritten(abs(claim.value or _NONE)))


def _miswritten(value: Decimal) -> Iterator[Decimal]:
    """The numbers for which a writer may have put another by one digit, or by two that changed places."""
    _, places, exponent = value.normalize().as_tuple()
    if len(places) < FEWEST_DIGITS or not isinstance(exponent, int):
        return
    for place, digit in enumerate(places):
        for other in range(10):
            if other != digit:
                yield Decimal((0, (*places[:place], other, *places[place + 1 :]), exponent))
        if place and digit != places[place - 1]:
            exchanged = (*places[: place - 1], digit, places[place - 1], *places[place + 1 :])
            yield Decimal((0, exchanged, exponent))


def is_alike(one: Decimal | float, other: Decimal | float, most: float) -> bool:
    """Whether two sizes are within some times of one another, or a power of ten apart."""
    if not one or not other:
        return False
    places = abs(math.log10(float(one) / float(other)))
    return places <= math.log10(most) or abs(places - round(places)) <= MOST_PLACES
