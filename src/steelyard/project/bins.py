"""Quantiles from counts: where bins lie, and what can be read off them.

A first sample of draws tells where the numbers of a variable lie; bins of equal width then go from its lowest
to its highest hundredth, with one bin for all below and one for all above. A quantile read off is wrong by
less than a bin, which is below its sampling error: that of a median is 1.25 / sqrt(n) deviations, and a bin
is 4.7 / 4 sqrt(n) of them or less where the numbers are spread as normal ones are. Zeros are counted apart,
so that what costs nothing in most draws costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import ceil, sqrt

import numpy as np
from numpy.typing import NDArray

from steelyard.project.chance import Array
from steelyard.project.errors import STILL

SAMPLE = 2048  # draws
_EDGE = 0.01
_LEAST = 1e-9  # of a number: the spread given to one that does not vary
_STEP, _FACTOR = 256, 4
_PARTS = 4  # of a sample, which can be ordered at once
Over = Callable[[Callable[[Array], Array], Iterable[Array]], Iterable[Array]]


def bins_for(draws: int) -> int:
    """How many bins so many draws take: four times the root of their number, rounded up."""
    return _STEP * max(1, ceil(_FACTOR * sqrt(draws) / _STEP))


@dataclass(frozen=True, slots=True)
class Layout:
    """The bins of each slot, (slot,): a number's bin is `factor` times it plus `offset`, rounded down.

    `still` tells where the numbers known so far are all the same.
    """

    factor: Array
    offset: Array
    bins: int
    still: NDArray[np.bool_]


def lay_out(sample: Array, bins: int, over: Over = map) -> Layout:
    """Bins for numbers of which `sample` (slot, draw) shows some, parts of which `over` may take at once."""
    count = sample.shape[1]
    low, high = int(_EDGE * count), count - 1 - int(_EDGE * count)
    places = (0, low, high, count - 1)  # all that has to be in order

    def ends(part: Array) -> Array:
        return np.partition(part, places, axis=1)[:, places]

    first, least, most, last = np.concatenate(list(over(ends, np.array_split(sample, _PARTS)))).T
    still = last - first <= STILL * np.maximum(np.abs(first), np.abs(last))
    spread = np.maximum(most - least, _LEAST * np.maximum(np.maximum(np.abs(least), np.abs(most)), _LEAST))
    middle = least + (most - least) / 2
    # Where the sample holds what is no number, nothing is told of any quantile.
    factor = np.where(np.isfinite(spread), (bins - 4) / spread, np.nan)
    offset = bins / 2 - middle * factor
    # Zero lies on the edge between two bins where it lies among them.
    offset = np.where((offset > 0) & (offset < bins), np.round(offset), offset)
    return Layout(factor, offset, bins, still)


def quantiles_of(
    counts: NDArray[np.uint32], zeros: NDArray[np.int64], layout: Layout, probabilities: Sequence[float]
) -> tuple[Array, Array]:
    """Quantiles of what was counted in each slot, (slot, probability), and their errors.

    `counts`: (slot, bin), each slot with as many draws; `zeros`: (slot,). The error is that of sampling, or
    the width of a bin if that is larger. The error of sampling is half the distance between the quantiles
    that lie one binomial standard deviation to either side, as for draws that are kept; no number where all
    draws are the same.
    """
    total = int(counts[0].sum()) if len(counts) else 1
    chances = np.array(probabilities)
    spread = np.sqrt(chances * (1 - chances) / total)
    asked = np.concatenate((chances, np.maximum(chances - spread, 0.0), np.minimum(chances + spread, 1.0)))
    found, below, above = np.split(_at(counts, zeros, layout, asked * (total - 1)), 3, axis=1)
    errors = np.maximum((above - below) / 2, 1.0 / layout.factor[:, None])
    still = layout.still & (counts[:, 0] == 0) & (counts[:, -1] == 0)
    return found, np.where(still[:, None], np.nan, errors)


def _at(counts: NDArray[np.uint32], zeros: NDArray[np.int64], layout: Layout, ranks: Array) -> Array:
    """The numbers at ranks from 0, between the edges of the bins they fall into, (slot, rank)."""
    ends = np.cumsum(counts, axis=1, dtype=np.int64)
    slots, bins = counts.shape
    # The slots one after the other, each beyond the last, so that one search serves all.
    beyond = np.arange(slots)[:, None] * (ends[:, -1:].max(initial=0) + 1)
    places = np.searchsorted((ends + beyond).ravel(), (ranks + beyond).ravel(), side="right")
    places = places.reshape(slots, len(ranks)) - np.arange(slots)[:, None] * bins
    held = np.take_along_axis(counts, places, axis=1).astype(np.int64)
    into = ranks - (np.take_along_axis(ends, places, axis=1) - held)
    # Zeros come first in the bin that begins with zero.
    nothing = np.where(places == layout.offset[:, None], zeros[:, None], 0)
    part = np.clip((into - nothing + 0.5) / np.maximum(held - nothing, 1), 0.0, 1.0)
    edges = (places + part - layout.offset[:, None]) / layout.factor[:, None]
    return np.where(into < nothing, 0.0, edges)
