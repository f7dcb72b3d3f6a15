"""Numbers, what binds them and what is claimed of them, as plain arrays: the exact engine knows nothing else.

A network has variables, each within bounds that hold whatever anyone says; constraints of two kinds, a sum
of variables times factors that is zero, and a product `z = k * x * y`; and claims, each a closed interval
for one variable with a weight: what it costs to take it for wrong. A bound such as "a part is at most the
whole" is a sum with one more variable that is nowhere below zero.

`implied` marks constraints that follow from others. They add no fact; but written so that each claimed
number stands in them once, they let intervals see what they would otherwise forget.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]
SUM, PRODUCT = 0, 1
# A sum of more variables becomes a tree of partial sums, so that one change does not walk over all of it.
WIDEST_SUM = 8


@dataclass(frozen=True)
class Network:
    """Variables, constraints and claims, each numbered from zero.

    `low` and `high`: float64 (variable), infinite where open. `kind`: SUM or PRODUCT (constraint). The
    variables of constraint `c` are `member[first[c]:first[c + 1]]`, those of a product in the order z, x, y;
    `factor` stands beside each, that of a product beside its z. `variable`, `least`, `most` and `weight` are
    those of the claims. A claim with `least` above `most` contradicts itself.

    Raises:
        ValueError: a bound, factor or weight is not a number, a factor is zero or infinite, a weight is not
            above zero, or a member or claim names a variable that is not there.
    """

    low: Floats
    high: Floats
    kind: NDArray[np.int8]
    first: Integers
    member: Integers
    factor: Floats
    implied: Flags
    variable: Integers
    least: Floats
    most: Floats
    weight: Floats

    def __post_init__(self) -> None:
        for name in ("low", "high", "least", "most"):
            if np.isnan(getattr(self, name)).any():
                raise ValueError(f"{name} holds what is not a number")
        if not np.isfinite(self.factor).all() or not self.factor.all():
            raise ValueError("a factor is zero, infinite or not a number")
        if not (np.isfinite(self.weight) & (self.weight > 0)).all():
            raise ValueError("a weight is not above zero")
        if (self.low > self.high).any():
            raise ValueError("a variable has its low end above its high end")
        for named in (self.member, self.variable):
            if len(named) and not 0 <= named.min() <= named.max() < len(self.low):
                raise ValueError("a variable is named that is not there")

    @property
    def claims(self) -> int:
        """How many claims there are."""
        return len(self.variable)

    def members(self, constraint: int) -> tuple[Integers, Floats]:
        """The variables of a constraint and the factors beside them."""
        span = slice(self.first[constraint], self.first[constraint + 1])
        return self.member[span], self.factor[span]


@dataclass
class NetworkBuilder:
    """A network under construction. Every method takes one thing or an array of them."""

    _low: list[Floats] = field(default_factory=list)
    _high: list[Floats] = field(default_factory=list)
    _kind: list[NDArray[np.int8]] = field(default_factory=list)
    _width: list[Integers] = field(default_factory=list)
    _member: list[Integers] = field(default_factory=list)
    _factor: list[Floats] = field(default_factory=list)
    _implied: list[Flags] = field(default_factory=list)
    _claims: list[tuple[Integers, Floats, Floats, Floats]] = field(default_factory=list)
    _variables: int = 0

    def variables(self, count: int, low: ArrayLike = -np.inf, high: ArrayLike = np.inf) -> Integers:
        """The numbers of `count` new variables with the bounds that hold for them whatever anyone says."""
        self._low.append(np.broadcast_to(np.asarray(low, np.float64), count))
        self._high.append(np.broadcast_to(np.asarray(high, np.float64), count))
        self._variables += count
        return np.arange(self._variables - count, self._variables, dtype=np.int64)

    def sums(self, members: ArrayLike, factors: ArrayLike, *, implied: bool = False) -> None:
        """One sum that is zero for each row of `members`; `factors` stand beside the columns.

        A variable that stands twice in a row is taken for two that are equal: join its factors first.
        """
        rows = np.atleast_2d(np.asarray(members, np.int64))
        self._add(SUM, rows, np.broadcast_to(np.asarray(factors, np.float64), rows.shape), implied)

    def products(self, members: ArrayLike, factor: ArrayLike = 1.0, *, implied: bool = False) -> None:
        """One product z = factor * x * y for each row z, x, y of `members`."""
        rows = np.atleast_2d(np.asarray(members, np.int64))
        factors = np.ones(rows.shape)
        factors[:, 0] = factor
        self._add(PRODUCT, rows, factors, implied)

    def _add(self, kind: int, rows: Integers, factors: Floats, implied: bool) -> None:
        self._kind.append(np.full(len(rows), kind, np.int8))
        self._width.append(np.full(len(rows), rows.shape[1], np.int64))
        self._member.append(rows.ravel())
        self._factor.append(np.ascontiguousarray(factors).ravel())
        self._implied.append(np.full(len(rows), implied))

    def claims(
        self, variables: ArrayLike, least: ArrayLike, most: ArrayLike, weight: ArrayLike = 1.0
    ) -> None:
        """That each of `variables` lies from `least` to `most`."""
        named = np.atleast_1d(np.asarray(variables, np.int64))
        bounds = [np.broadcast_to(np.asarray(one, np.float64), named.shape) for one in (least, most, weight)]
        self._claims.append((named, bounds[0], bounds[1], bounds[2]))

    def network(self) -> Network:
        """All that was added."""
        claims = [joined([claim[place] for claim in self._claims], np.float64) for place in (1, 2, 3)]
        return Network(
            joined(self._low, np.float64),
            joined(self._high, np.float64),
            joined(self._kind, np.int8),
            starts(joined(self._width, np.int64)),
            joined(self._member, np.int64),
            joined(self._factor, np.float64),
            joined(self._implied, np.bool_),
            joined([claim[0] for claim in self._claims], np.int64),
            *claims,
        )


def joined(arrays: Sequence[NDArray[Any]], kind: type) -> NDArray[Any]:
    """The arrays behind one another, also where there are none."""
    return np.concatenate(arrays) if arrays else np.empty(0, kind)


def starts(widths: NDArray[np.int64]) -> Integers:
    """Where each row of ragged rows begins, and where the last one ends."""
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(widths, dtype=np.int64)])


def wide_sums(network: Network, widest: int = WIDEST_SUM) -> Integers:
    """The constraints that are sums of more than `widest` variables."""
    return np.flatnonzero((network.kind == SUM) & (np.diff(network.first) > widest))


def with_narrow_sums(network: Network, widest: int = WIDEST_SUM) -> Network:
    """The same network with every sum of more than `widest` variables as a tree of partial sums.

    The partial sums are new variables behind the old ones, and their constraints stand behind all others.
    They are bounded by what they are sums of.
    """
    widths, wide = np.diff(network.first), wide_sums(network, widest)
    if not len(wide):
        return network
    narrow = ~np.isin(np.arange(len(widths)), wide)
    kept = np.repeat(narrow, widths)
    tree = _Tree(network, widest)
    for constraint in wide:
        tree.add(*network.members(int(constraint)), implied=bool(network.implied[constraint]))
    added = len(tree.widths)
    return Network(
        np.concatenate([network.low, *tree.low]),
        np.concatenate([network.high, *tree.high]),
        np.concatenate([network.kind[narrow], np.full(added, SUM, np.int8)]),
        starts(np.concatenate([widths[narrow], np.array(tree.widths, np.int64)])),
        np.concatenate([network.member[kept], *tree.member]),
        np.concatenate([network.factor[kept], *tree.factor]),
        np.concatenate([network.implied[narrow], np.array(tree.implied, bool)]),
        network.variable,
        network.least,
        network.most,
        network.weight,
    )


@dataclass
class _Tree:
    """Partial sums: arrays as they grow."""

    network: Network
    widest: int
    low: list[Floats] = field(default_factory=list)
    high: list[Floats] = field(default_factory=list)
    variables: int = 0
    widths: list[int] = field(default_factory=list)
    member: list[Integers] = field(default_factory=list)
    factor: list[Floats] = field(default_factory=list)
    implied: list[bool] = field(default_factory=list)

    def add(self, members: Integers, factors: Floats, *, implied: bool) -> None:
        """A wide sum: runs of its terms become partial sums until few enough are left."""
        low, high = self.network.low, self.network.high
        rising = factors > 0
        lows = factors * np.where(rising, low[members], high[members])
        highs = factors * np.where(rising, high[members], low[members])
        while len(members) > self.widest:
            runs = range(0, len(members), self.widest)
            partial = len(low) + np.arange(self.variables, self.variables + len(runs), dtype=np.int64)
            for run, whole in zip(runs, partial, strict=True):
                span = slice(run, run + self.widest)
                self._constrain(np.append(members[span], whole), np.append(factors[span], -1.0), implied)
            lows, highs = np.add.reduceat(lows, runs), np.add.reduceat(highs, runs)
            # Rounded sums are sums nearly; a little room keeps every value that is possible.
            lows, highs = lows - 1e-9 * abs(lows), highs + 1e-9 * abs(highs)
            self.low.append(lows)
            self.high.append(highs)
            self.variables += len(runs)
            members, factors = partial, np.ones(len(partial))
        self._constrain(members, factors, implied)

    def _constrain(self, members: Integers, factors: Floats, implied: bool) -> None:
        self.widths.append(len(members))
        self.member.append(members)
        self.factor.append(factors)
        self.implied.append(implied)
