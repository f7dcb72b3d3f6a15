"""What a rule of indicators.toml makes of the figures of all members: a number for each of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from steelyard.core.vocabulary import Entry
from steelyard.panel.measures.amounts import Amounts, Ranges
from steelyard.panel.measures.capability import broad_burden, composite_capability
from steelyard.panel.measures.index import index, index_over_weights
from steelyard.panel.measures.shares import burden_ratios, ratios, shares_of_total, sums_of


def by_member(entry: Entry, amounts: Sequence[Amounts]) -> Ranges:
    """What a rule makes of the amounts of all members, times the factor of the indicator.

    Raises:
        NoMeasure: the amounts do not allow it.
    """
    first, second = amounts[0], amounts[-1]
    match entry.text("rule"):
        case "share":
            whole = _named(entry, amounts)
            found = shares_of_total(sums_of(whole, list(whole)) if whole else first, entry.label)
        case "part-share":
            found = shares_of_total(_times(first, second), entry.label)
        case "ratio":
            found = ratios(first, second, entry.label)
        case "burden-ratio":
            found = burden_ratios(first, second)
        case "capability":
            found = composite_capability(_named(entry, amounts))
        case "broad-burden":
            found = broad_burden(_named(entry, amounts))
        case _:
            found = Ranges(first.low, first.middle, first.high)
    factor = float(entry.number("factor"))
    return scaled(found, factor)


def scaled(found: Ranges, factor: float) -> Ranges:
    """The ranges times a factor above nothing."""
    return Ranges(found.low * factor, found.middle * factor, found.high * factor, found.sharp)


def weighted(shares: Sequence[Ranges], weights: np.typing.NDArray[np.float64]) -> tuple[Ranges, Ranges]:
    """An index of shares in per cent: by the stated weights, and over all weights."""
    plain = [scaled(one, 1 / 100) for one in shares]
    return scaled(index(plain, weights), 100), scaled(index_over_weights(plain, weights), 100)


def _named(entry: Entry, amounts: Sequence[Amounts]) -> dict[str, Amounts | None]:
    """The components of an indicator under their names."""
    names = (str(table.get("name", "")) for table in entry.tables("components"))
    return dict(zip(names, amounts, strict=False))


def _times(whole: Amounts, part: Amounts) -> Amounts:
    """A part in per cent of a whole, as an amount a hundred times too large; neither is negative."""
    low, high = whole.low * part.low, whole.high * part.high
    return Amounts(low - np.spacing(low), whole.middle * part.middle, high + np.spacing(high))
