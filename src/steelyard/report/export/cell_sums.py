"""Sums over cells: a formula that grows with each operation, what it comes to, and what rounding leaves open.

Numbers of a projection are kept to six digits where no draw moves them. A sum of such numbers is off by what
each of them may be off, and no check may ask for more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor, log10

from steelyard.project.errors import DIGITS
from steelyard.report.export.spreadsheet import Formula

# What floats may be off in a few dozen operations, as a part of the number.
NOISE = 1e-9
_SUM, _PRODUCT, _ATOM = range(3)


@dataclass(frozen=True, slots=True)
class CellSum:
    """A formula over cells without its equals sign, its `value`, and by how much that may be off (`slack`).

    `binding` tells how strongly its outermost operation binds, so that brackets stand where they must.

    >>> a, b = CellSum("A1", 6.0), CellSum("B1", 2.0)
    >>> ((a - b) / (a + b)).text, ((a - b) / (a + b)).value
    ('(A1-B1)/(A1+B1)', 0.5)
    """

    text: str
    value: float
    slack: float = 0.0
    binding: int = _ATOM

    def __add__(self, other: CellSum) -> CellSum:
        text = f"{self.text}+{other.text}"
        return CellSum(text, self.value + other.value, self.slack + other.slack, _SUM)

    def __sub__(self, other: CellSum) -> CellSum:
        text = f"{self.text}-{other._inside(_SUM)}"
        return CellSum(text, self.value - other.value, self.slack + other.slack, _SUM)

    def __mul__(self, other: CellSum) -> CellSum:
        text = f"{self._inside(_SUM)}*{other._inside(_SUM)}"
        slack = abs(self.value) * other.slack + abs(other.value) * self.slack + self.slack * other.slack
        return CellSum(text, self.value * other.value, slack, _PRODUCT)

    def __truediv__(self, other: CellSum) -> CellSum:
        """The quotient.

        Raises:
            ZeroDivisionError: the other may be zero.
        """
        least = abs(other.value) - other.slack
        if least <= 0:
            raise ZeroDivisionError(f"{other.text} may be zero")
        text = f"{self._inside(_SUM)}/{other._inside(_PRODUCT)}"
        value = self.value / other.value
        return CellSum(text, value, (abs(self.value) + self.slack) / least - abs(value), _PRODUCT)

    def _inside(self, weakest: int) -> str:
        """The formula as a part of another, in brackets if it binds no more strongly than `weakest`."""
        return f"({self.text})" if self.binding <= weakest else self.text

    @property
    def formula(self) -> Formula:
        """The formula as it goes into a cell."""
        return Formula(self.text, self.value)


def constant(number: Fraction | int) -> CellSum:
    """A number that is part of an equation, such as the 100 of a percentage.

    >>> constant(100).text, constant(Fraction(-1, 3)).text
    ('100', '(-1/3)')
    """
    exact = Fraction(number)
    text = str(exact) if exact >= 0 and exact.denominator == 1 else f"({exact})"
    return CellSum(text, float(exact))


def rounded_cell(address: str, value: float) -> CellSum:
    """A cell whose number is kept to the digits of a projection's central path."""
    return CellSum(address, value, rounding_of(value))


def total(first: str, last: str, cells: Sequence[CellSum]) -> CellSum:
    """All cells from the first to the last address, which lie below one another."""
    value = sum(cell.value for cell in cells)
    return CellSum(f"SUM({first}:{last})", value, sum(cell.slack for cell in cells))


def rounding_of(value: float) -> float:
    """Half a unit of the last digit kept of a number; nothing for zero, which is kept whole.

    >>> rounding_of(72455400000000.0), rounding_of(2.54), rounding_of(0.0)
    (50000000.0, 5e-06, 0.0)
    """
    return 0.5 * 10.0 ** (floor(log10(abs(value))) - DIGITS + 1) if value else 0.0


def agreement(redone: CellSum, cells: tuple[str, str], value: float, allowed: str = "") -> Formula:
    """Whether the redone number is the `value` of the program, "yes" or "no"; `cells` hold the two.

    They may be off by what a third cell allows, and by the noise of floats.
    """
    redone_cell, program = cells
    noise = f"{NOISE:.0E}*ABS({program})"
    limit = f"{allowed}+{noise}" if allowed else noise
    most = (redone.slack + rounding_of(value) if allowed else 0.0) + NOISE * abs(value)
    agrees = "yes" if abs(redone.value - value) <= most else "no"
    return Formula(f'IF(ABS({redone_cell}-{program})<={limit},"yes","no")', agrees)
