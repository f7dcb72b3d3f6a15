"""The measures written again, slowly and without arrays, and the amounts that laws are tried on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations, product
from math import fsum, log, sqrt

import numpy as np
from hypothesis import strategies as st

from steelyard.panel.measures.amounts import Amounts, Range

Row = Sequence[float]
# How far from low (0) to high (8) a point lies in an interval; the ends are common.
PLACES = st.sampled_from([0, 0, 0, 1, 3, 4, 7, 8, 8, 8])


@st.composite
def amounts(draw, count, *, widths=(0, 1, 20, 200), least=100, most=5000):
    """Amounts of `count` members with a middle, and an interval either way, in steps of an eighth."""
    rows = []
    for _ in range(count):
        middle = draw(st.integers(least * 8, most * 8)) / 8
        below, above = (draw(st.integers(0, 8 * draw(st.sampled_from(widths)))) / 8 for _ in range(2))
        rows.append((max(middle - below, 0.125), middle, middle + above))
    return amounts_of(*rows)


def amounts_of(*members):
    """Amounts of (low, middle, high) for each member."""
    low, middle, high = (np.array(row, dtype=np.float64) for row in zip(*members, strict=True))
    return Amounts(low, middle, high)


def around(values, width):
    """Amounts that may lie by `width` of themselves below or above."""
    row = np.array(values, dtype=np.float64)
    return Amounts(row * (1 - width), row, row * (1 + width))


@st.composite
def points(draw, *several):
    """A point in each of several amounts, as lists; often at ends."""
    return tuple(
        [
            float(low + (high - low) * place / 8)
            for low, high, place in zip(
                one.low, one.high, draw(st.lists(PLACES, min_size=len(one), max_size=len(one))), strict=True
            )
        ]
        for one in several
    )


def corners(*several: Amounts) -> Iterator[tuple[list[float], ...]]:
    """All corners of several amounts together."""
    intervals = [pair for one in several for pair in zip(one.low.tolist(), one.high.tolist(), strict=True)]
    ends = [sorted(set(pair)) for pair in intervals]
    for corner in product(*ends):
        rows, at = [], 0
        for one in several:
            rows.append(list(corner[at : at + len(one)]))
            at += len(one)
        yield tuple(rows)


def holds(found: Range, value: float, room: float = 0.0) -> bool:
    """Whether a range holds a value, up to what floats lose."""
    return found.low - room <= value <= found.high + room


def plain_share(row: Row, member: int) -> Fraction:
    return Fraction(row[member]) / sum(Fraction(one) for one in row)


def plain_gini(x: Row, y: Row) -> float:
    """By the mean difference of burdens, weighted by product: half of it over the alliance's burden."""
    total, product_total = fsum(x), fsum(y)
    difference = fsum(
        abs(x[i] / y[i] - x[j] / y[j]) * y[i] / product_total * y[j] / product_total
        for i in range(len(x))
        for j in range(len(x))
    )
    return difference / 2 / (total / product_total)


def plain_theil(x: Row, y: Row) -> float:
    shares = [one / fsum(x) for one in x], [one / fsum(y) for one in y]
    return fsum(s * log(s / w) for s, w in zip(*shares, strict=True) if s)


def plain_lorenz(x: Row, y: Row, along: float) -> float:
    """The share of spending of those with the lowest burdens who have a share `along` of product.

    In fractions: a member with little product may have much of the curve's height.
    """
    members = sorted((Fraction(a) / Fraction(b), Fraction(a), Fraction(b)) for a, b in zip(x, y, strict=True))
    up = left = Fraction(0)
    wanted = Fraction(along) * sum(made for _, _, made in members)
    for _, spent, made in members:
        up += min(Fraction(1), max(Fraction(0), (wanted - left) / made)) * spent
        left += made
    return float(up / sum(spent for _, spent, _ in members))


def weak_orders(count: int) -> list[tuple[int, ...]]:
    """Every way to order so many with ties, as levels from 0."""
    return [row for row in product(range(count), repeat=count) if set(row) == set(range(max(row) + 1))]


def can_stand(order: Sequence[int], amounts: Amounts) -> bool:
    """Whether intervals (of halves or wider steps) allow these levels: each as low as it goes, in turn."""
    step, last = Fraction(1, 1000), Fraction(-(10**9))
    for level in range(max(order) + 1):
        block = [at for at, one in enumerate(order) if one == level]
        last = max(last + step, *(Fraction(float(amounts.low[at])) for at in block))
        if any(last > Fraction(float(amounts.high[at])) for at in block):
            return False
    return True


def plain_ranks(row: Sequence[float]) -> list[float]:
    """Mid-ranks: those below, and half of those level, itself among them."""
    return [sum(b < a for b in row) + (sum(b == a for b in row) + 1) / 2 for a in row]


def plain_rho(a: Sequence[float], b: Sequence[float]) -> float | None:
    one, other = plain_ranks(a), plain_ranks(b)
    mean = (len(a) + 1) / 2
    powers = [sum((rank - mean) ** 2 for rank in row) for row in (one, other)]
    if not all(powers):
        return None
    return sum((p - mean) * (q - mean) for p, q in zip(one, other, strict=True)) / sqrt(powers[0] * powers[1])


def plain_tau(a: Sequence[float], b: Sequence[float]) -> float | None:
    def sign(one: float) -> int:
        return (one > 0) - (one < 0)

    pairs = list(combinations(range(len(a)), 2))
    powers = [sum(row[i] != row[j] for i, j in pairs) for row in (a, b)]
    if not all(powers):
        return None
    return sum(sign(a[i] - a[j]) * sign(b[i] - b[j]) for i, j in pairs) / sqrt(powers[0] * powers[1])
