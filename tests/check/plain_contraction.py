"""The kernel of narrowing once more, slow and plain: exact fractions, no trail, every constraint in turn.

It stops, like the kernel, below a thousandth of a width, so that both know when to give up.
"""

from __future__ import annotations

import math
from fractions import Fraction

from steelyard.check.network import PRODUCT, Network

Bound = Fraction | float
Ends = list[Bound]
STEP = Fraction(1, 1000)
EVERYTHING = (-math.inf, math.inf)


class Clash(Exception):
    """A variable is left no value."""


def contradicts(network: Network, rounds: int = 200) -> bool:
    """Whether narrowing finds that the claims of a network cannot all hold."""
    low, high = ([_exact(value) for value in ends.tolist()] for ends in (network.low, network.high))
    try:
        for variable, least, most in zip(network.variable, network.least, network.most, strict=True):
            _meet(low, high, int(variable), _exact(float(least)), _exact(float(most)), Fraction(0))
        for _ in range(rounds):
            before = [*low, *high]
            for constraint in range(len(network.kind)):
                _revise(network, constraint, low, high)
            if [*low, *high] == before:
                break
    except Clash:
        return True
    return False


def _exact(value: float) -> Bound:
    return value if math.isinf(value) else Fraction(value)


def _meet(low: Ends, high: Ends, variable: int, least: Bound, most: Bound, step: Fraction = STEP) -> None:
    """Narrow a variable; a move that empties it counts however small it is."""
    old_low, old_high = low[variable], high[variable]
    if max(least, old_low) > min(most, old_high):
        raise Clash
    width = old_high - old_low
    if least > old_low and (math.isinf(old_low) or least - old_low > step * _size(width, old_low)):
        low[variable] = least
    if most < old_high and (math.isinf(old_high) or old_high - most > step * _size(width, old_high)):
        high[variable] = most


def _size(width: Bound, end: Bound) -> Bound:
    if math.isinf(width):
        return end if end > 0 else -end
    return width


def _revise(network: Network, constraint: int, low: Ends, high: Ends) -> None:
    members, factors = network.members(constraint)
    names, parts = members.tolist(), [Fraction(factor) for factor in factors.tolist()]
    if network.kind[constraint] == PRODUCT:
        z, x, y = names
        k = (parts[0], parts[0])
        _meet(low, high, z, *_times(k, _times((low[x], high[x]), (low[y], high[y]))))
        for one, other in ((x, y), (y, x)):
            _meet(low, high, one, *_over((low[z], high[z]), _times(k, (low[other], high[other]))))
        return
    for place, variable in enumerate(names):
        ends = [
            _times((-parts[other] / parts[place],) * 2, (low[names[other]], high[names[other]]))
            for other in range(len(names))
            if other != place
        ]
        _meet(low, high, variable, sum(end[0] for end in ends), sum(end[1] for end in ends))


def _times(one: tuple[Bound, Bound], other: tuple[Bound, Bound]) -> tuple[Bound, Bound]:
    """All products, where zero times an open end is zero."""
    found: list[Bound] = [Fraction(0) if a == 0 or b == 0 else a * b for a in one for b in other]
    return min(found), max(found)


def _over(above: tuple[Bound, Bound], below: tuple[Bound, Bound]) -> tuple[Bound, Bound]:
    """All quotients; everything where the divisor takes both signs, or both may be zero."""
    if below[1] <= 0:
        above, below = (-above[1], -above[0]), (-below[1], -below[0])
    if below[0] < 0 or below[1] == 0 or (below[0] == 0 and above[0] <= 0 <= above[1]):
        return EVERYTHING
    largest = math.inf if below[0] == 0 else 1 / below[0]
    return _times(above, (Fraction(0) if math.isinf(below[1]) else 1 / below[1], largest))
