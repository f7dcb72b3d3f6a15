"""Amounts known up to an interval, and the ranges that measures of them have."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
EPSILON = float(np.finfo(np.float64).eps)
# Below this an end that was reached and the bound for it count as one.
ATTAINED = 1e-9


class NoMeasure(ValueError):
    """A measure that the input does not allow; the text is a sentence for whoever supplied it."""


@dataclass(frozen=True, slots=True, eq=False)
class Amounts:
    """What is known of one quantity: float64 (member,) each, in one unit, with `low <= middle <= high`.

    Each member may have any value from `low` to `high`, both included, whatever the others have. Whoever
    makes floats of decimals rounds the bounds outward.

    Raises:
        ValueError: the arrays are not of one length, not finite or not in order.
    """

    low: Array
    middle: Array
    high: Array

    def __post_init__(self) -> None:
        if self.low.ndim != 1 or not self.low.shape == self.middle.shape == self.high.shape:
            raise ValueError(
                f"not three rows of one length: {self.low.shape}, {self.middle.shape}, {self.high.shape}"
            )
        if not all(np.isfinite(one).all() for one in (self.low, self.middle, self.high)):
            raise ValueError("an amount is not finite")
        if (self.low > self.middle).any() or (self.middle > self.high).any():
            raise ValueError("a middle lies outside its interval")

    def __len__(self) -> int:
        return len(self.low)

    @classmethod
    def exactly(cls, values: npt.ArrayLike) -> Amounts:
        """Amounts without any doubt."""
        row = np.asarray(values, dtype=np.float64)
        return cls(row, row, row)


@dataclass(frozen=True, slots=True)
class Range:
    """The values that a measure may have while its inputs run through their intervals.

    `middle` is the value at the middles. With `sharp` both ends are reached, up to one part in 10^9; without,
    they are bounds that no choice of inputs passes.
    """

    low: float
    middle: float
    high: float
    sharp: bool = True

    def __post_init__(self) -> None:
        if not self.low <= self.middle <= self.high:
            raise ValueError(f"{self.middle} is not between {self.low} and {self.high}")


@dataclass(frozen=True, slots=True, eq=False)
class Ranges(Amounts):
    """A range for each member; `sharp` says of every single end that it is reached, not of all at once."""

    sharp: bool = True

    def at(self, member: int) -> Range:
        """The range of one member."""
        low, middle, high = (float(row[member]) for row in (self.low, self.middle, self.high))
        return Range(low, middle, high, self.sharp)


def ranges(low: Array, middle: Array, high: Array, *, sharp: bool = True, ulps: int = 4) -> Ranges:
    """Ranges with their ends rounded outward by so many units in the last place; middles are kept inside."""
    low, high = np.minimum(low, middle), np.maximum(high, middle)
    return Ranges(low - ulps * np.spacing(np.abs(low)), middle, high + ulps * np.spacing(np.abs(high)), sharp)


def range_of(low: float, middle: float, high: float, *, sharp: bool = True, margin: float = 0.0) -> Range:
    """A range with its ends moved outward by `margin`, for what floats may have lost; it holds its middle."""
    return Range(min(low - margin, middle), middle, max(high + margin, middle), sharp)


def within(found: Ranges, least: float, most: float) -> Ranges:
    """The ranges cut at bounds that their measure cannot pass."""
    low, middle, high = (np.clip(row, least, most) for row in (found.low, found.middle, found.high))
    return Ranges(low, middle, high, found.sharp)


def ask_for(amounts: Amounts, what: str, *, least: float = 0.0, above: bool = False, length: int = 0) -> None:
    """Refuse amounts that may lie below `least` (or at it, with `above`), and those of another length.

    Raises:
        NoMeasure: some amount may be too small, or there is no member, or not as many as asked for.
    """
    if not len(amounts):
        raise NoMeasure(f"There is no member with a figure for {what}.")
    if length and len(amounts) != length:
        raise NoMeasure(f"There are {len(amounts)} figures for {what}, but {length} members.")
    short = amounts.low <= least if above else amounts.low < least
    if short.any():
        worst = float(amounts.low[int(np.argmax(short))])
        rule = "above" if above else "at least"
        raise NoMeasure(f"Each figure for {what} must be {rule} {least:g}, but one may be {worst:g}.")
