"""Which columns of a table are the difference of two others, or that in per cent, by the numbers themselves.

A heading such as "Change" leaves open whether it is in money or in per cent. The rows tell, as they do to
whoever reads the table: most of them must agree with one of the two, so that a slip in one row changes
nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import islice, pairwise
from typing import NamedTuple

ENOUGH_ROWS = 2
MOST_ROWS = 40
MOST_OF_THEM = Decimal("0.6")
_HUNDRED = Decimal(100)
Row = Mapping[int, Decimal]


class Difference(NamedTuple):
    """The columns whose difference a column holds; `is_rate` where it is in per cent of the earlier one."""

    later: int
    earlier: int
    is_rate: bool


def difference_of(column: int, levels: Sequence[int], rows: Iterable[Row]) -> Difference | None:
    """The two neighbouring columns of levels whose difference a column holds, or None."""
    told = list(islice((row for row in rows if row.get(column)), MOST_ROWS))
    for left, right in pairwise(levels):
        for later, earlier in ((right, left), (left, right)):
            both = [row for row in told if later in row and row.get(earlier)]
            if len(both) < ENOUGH_ROWS or not any(row[later] != row[earlier] for row in both):
                continue
            for is_rate in (False, True):
                found = Difference(later, earlier, is_rate)
                if sum(_holds(column, found, row) for row in both) >= MOST_OF_THEM * len(both):
                    return found
    return None


def _holds(column: int, difference: Difference, row: Row) -> bool:
    """Whether the number in a row is the difference, as far as the printed digits tell."""
    printed, later, earlier = row[column], row[difference.later], row[difference.earlier]
    own = _half(printed)
    if difference.is_rate:
        reckoned = (later / earlier - 1) * _HUNDRED
        loose = own + _HUNDRED * (_half(later) + _half(earlier)) / abs(earlier)
    else:
        reckoned = later - earlier
        loose = own + _half(later) + _half(earlier)
    return min(abs(printed - reckoned), abs(abs(printed) - abs(reckoned))) <= loose


def _half(number: Decimal) -> Decimal:
    """Half a unit of the last printed digit."""
    exponent = number.as_tuple().exponent
    return Decimal(5).scaleb(exponent - 1) if isinstance(exponent, int) else Decimal(0)
