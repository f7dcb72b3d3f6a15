"""Whether one number bears another out: the one rule of checks, audits and what is told in the same words.

That two intervals overlap only says that nothing clashes: "about 1 %" and "about 2 %" may both be 1.5 %. One
number bears the other out where what the one stands for lies within the other.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from steelyard.core.interval import Interval

Fit = Literal["meets", "coarser", "touches", "misses"]
FITS: tuple[Fit, ...] = ("meets", "coarser", "touches", "misses")
# One more digit makes a figure ten times as fine, "about" makes it twice as coarse: between the two.
COARSER = 5
# Nobody who has 90 writes "more than 40"; and who has "more than 90" writes just that, if rounded.
LOOSEST = Decimal("0.5")
LOOSEST_ECHO = Decimal("0.05")


def fit_of(draft: Interval, source: Interval) -> Fit:
    """Whether a draft's figure can rest on a source's: they overlap, and the source is not much coarser."""
    if not draft.meets(source):
        return "misses"
    if not (draft.is_bounded and source.is_bounded):
        return _open_fit(draft, source)
    if draft.middle == source.middle:
        return "meets"
    # What overlaps at the edges clashes with nothing, but "about 2 %" does not rest on "about 1 %".
    if not (_is_within(draft, source) or _is_within(source, draft)):
        return "touches"
    return "meets" if source.width <= COARSER * draft.width else "coarser"


def bear_out(one: Interval, other: Interval) -> bool:
    """Whether two numbers are one: the coarser of them can rest on the finer."""
    return "meets" in (fit_of(one, other), fit_of(other, one))


def _is_within(one: Interval, other: Interval) -> bool:
    """Whether the number that one stands for lies within the other; on its edge only if it is exact."""
    return one.middle in other and (one.is_exact or other.low < one.middle < other.high)


def _open_fit(draft: Interval, source: Interval) -> Fit:
    """The same where an end is open: "more than 60" rests on 66, but 66 not on "more than 60"."""
    if source not in draft:
        return "coarser"
    apart = LOOSEST if source.is_bounded else LOOSEST_ECHO
    for bound, other in ((draft.low, source.low), (draft.high, source.high)):
        if bound.is_finite() and other.is_finite() and abs(other - bound) > apart * abs(other):
            return "touches"
    return "meets"
