"""Shares, burdens and the other ratios of what members bear.

Each of them rises or falls in every input alone, so its ends stand at ends of the inputs.
Olson and Zeckhauser, "An Economic Theory of Alliances", Review of Economics and Statistics 48 (1966), compare
burdens, ME / GDP, with GDP; NATO calls burden, equipment share and operations cash, capabilities and
contributions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import fsum

import numpy as np

from steelyard.panel.measures.amounts import Amounts, Array, NoMeasure, Range, Ranges, ask_for, ranges, within


def shares_of_total(amounts: Amounts, what: str = "the total") -> Ranges:
    """Each member's share of the sum of all, 0 to 1; sharp.

    A share rises in the member's own amount and falls in every other, so its least value is the own low over
    the own low and all other highs.

    Raises:
        NoMeasure: an amount may be below zero, or the sum may be zero.
    """
    ask_for(amounts, what)
    if fsum(amounts.low) <= 0:
        raise NoMeasure(f"The figures for {what} may sum to zero, so there are no shares of them.")
    low = amounts.low / (amounts.low + _others(amounts.high))
    high = amounts.high / (amounts.high + _others(amounts.low))
    return within(ranges(low, amounts.middle / fsum(amounts.middle), high), 0.0, 1.0)


def ratios(above: Amounts, below: Amounts, what: str = "the ratio") -> Ranges:
    """`above / below` for each member: burden (x over y), spending per head or per soldier. Sharp.

    The unit is that of `above` over that of `below`; the two are independent.

    Raises:
        NoMeasure: `above` may be below zero, `below` zero or less, or they are of different length.
    """
    ask_for(above, f"{what} (above the bar)")
    ask_for(below, f"{what} (below the bar)", above=True, length=len(above))
    return ranges(above.low / below.high, above.middle / below.middle, above.high / below.low)


def parts_of_whole(part: Amounts, whole: Amounts, what: str = "the part") -> Ranges:
    """The share that `part` is of `whole`, 0 to 1, such as equipment of defence spending. Sharp.

    A part is no larger than its whole, so the share ends at 1 where the intervals would allow more.

    Raises:
        NoMeasure: as `ratios`, and where a part surely is larger than its whole.
    """
    if len(part) == len(whole) and (part.low > whole.high).any():
        raise NoMeasure(f"For one member {what} is larger than the whole that it is of.")
    found = ratios(part, whole, what)
    return within(found, 0.0, 1.0)


def burden_ratios(spending: Amounts, gdp: Amounts) -> Ranges:
    """Share of the alliance's spending over share of its product, `(x / sum x) / (y / sum y)`; 1 is even.

    Sharp where spending and product are independent: the ratio rises in one share and falls in the other.

    Raises:
        NoMeasure: as `shares_of_total`, and where a product may be zero.
    """
    ask_for(gdp, "gross domestic product", above=True, length=len(spending))
    s, w = shares_of_total(spending, "defence spending"), shares_of_total(gdp, "gross domestic product")
    return ranges(s.low / w.high, s.middle / w.middle, s.high / w.low)


def years_at_guideline(burdens: Amounts, guideline: float) -> Range:
    """In how many years a burden reached `guideline` (both in one unit): surely, at the middles, possibly.

    `burdens` has one amount for each year. Reaching it exactly counts. Sharp.
    """
    surely, middle, possibly = (
        float(np.count_nonzero(row >= guideline)) for row in (burdens.low, burdens.middle, burdens.high)
    )
    return Range(surely, middle, possibly)


def sums_of(parts: Mapping[str, Amounts | None], wanted: Sequence[str]) -> Ranges:
    """For each member the sum of the `wanted` parts, all in one unit: cash, capabilities and contributions.

    Raises:
        NoMeasure: a part is missing, which the text names, or the parts are of different length.
    """
    found = parts_named(parts, wanted)
    low, middle, high = (
        np.array([fsum(column) for column in zip(*rows, strict=True)])
        for rows in ([one.low for one in found], [one.middle for one in found], [one.high for one in found])
    )
    return ranges(low, middle, high)


def parts_named(parts: Mapping[str, Amounts | None], wanted: Sequence[str]) -> list[Amounts]:
    """The wanted parts in their order.

    Raises:
        NoMeasure: one is missing or None, or they are of different length.
    """
    if missing := [name for name in wanted if parts.get(name) is None]:
        raise NoMeasure(f"Not all that is added up is there; missing: {', '.join(missing)}.")
    found = [one for name in wanted if (one := parts[name]) is not None]
    for name, one in zip(wanted, found, strict=True):
        ask_for(one, name, length=len(found[0]))
    return found


def averages_of(several: Sequence[Ranges]) -> Ranges:
    """For each member the plain average of several shares, such as of GDP and of population. Sharp.

    Sharp as far as the shares are, and where they are independent of one another.

    Raises:
        NoMeasure: there is nothing to average, or shares are of different length.
    """
    if not several:
        raise NoMeasure("There is no share to average.")
    total = sums_of(
        {str(place): one for place, one in enumerate(several)}, [str(place) for place in range(len(several))]
    )
    count, sharp = len(several), all(one.sharp for one in several)
    return ranges(total.low / count, total.middle / count, total.high / count, sharp=sharp)


def _others(row: Array) -> Array:
    """For each member the sum of all the others, rounded once."""
    values = row.tolist()
    return np.array([fsum((*values[:place], *values[place + 1 :])) for place in range(len(values))])
