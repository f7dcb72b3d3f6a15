"""Amounts that slipped by a scale: a row in thousands where others are in millions, a share as a fraction.

Of one edition, actor and year, spending is about its share of the product times the product, and an amount
at constant prices is about that at current prices in the year of the base. Publishers round, and take the
share at other prices than the amount, so only what is several times off is a slip. Which of the cells is
wrong cannot be told, so none of them is taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from steelyard.core.problems import Problem
from steelyard.panel.observations import Observation

_TIMES = 5  # so many times off is no matter of rounding or prices
_LARGEST_SHARE = 200  # % of GDP; Kuwait spent more than all its product in the year of its liberation
_YEARS = 6  # years that a problem names before it only counts them
_KINDS = ("defence_spending", "defence_share_of_gdp", "gdp")


@dataclass(frozen=True, slots=True)
class Slip:
    """Cells of a year that cannot hold together: the amount, what the others leave for it, and the others."""

    amount: Observation
    expected: Decimal
    others: tuple[Observation, ...]

    @property
    def times(self) -> Decimal:
        """How many times what the others leave."""
        return self.amount.value / self.expected


def without_slips(
    observations: Sequence[Observation],
) -> tuple[tuple[Observation, ...], tuple[Problem, ...]]:
    """The observations without the cells of a slip, and a problem for each actor and edition."""
    found: dict[tuple[str, str, str], list[Slip]] = {}
    for slip in (*_of_shares(observations), *_of_bases(observations), *_too_large(observations)):
        one = slip.amount
        found.setdefault((one.actor, one.edition, one.prices), []).append(slip)
    if not found:
        return tuple(observations), ()
    gone = {id(one) for slips in found.values() for slip in slips for one in (slip.amount, *slip.others)}
    problems = tuple(_told(slips) for slips in found.values())
    return tuple(one for one in observations if id(one) not in gone), problems


def _of_shares(observations: Sequence[Observation]) -> Iterator[Slip]:
    """Spending against its share of the product of the same edition."""
    cells: dict[tuple[object, ...], Observation] = {}
    for one in observations:
        if one.measure in _KINDS and not one.item and not one.fiscal and one.prices in ("", "current"):
            cells.setdefault((one.measure, one.publisher, one.edition, one.actor, one.year, one.unit), one)
    for (measure, *key, unit), one in cells.items():
        share = cells.get(("defence_share_of_gdp", *key, "% of GDP"))
        product = cells.get(("gdp", *key, unit))
        if measure == "defence_spending" and share and product:
            slip = Slip(one, share.value * product.value / 100, (share, product))
            if slip.expected > 0 and one.value > 0 and not 1 / _TIMES < slip.times < _TIMES:
                yield slip


def _of_bases(observations: Sequence[Observation]) -> Iterator[Slip]:
    """Spending at constant prices against that at current prices, in the year of the base."""
    current: dict[tuple[object, ...], Observation] = {}
    base: list[tuple[tuple[object, ...], Observation]] = []
    for one in observations:
        if one.measure == "defence_spending" and not one.item and not one.fiscal:
            key = (one.publisher, one.edition, one.actor, one.year, one.unit)
            if one.prices == "current":
                current.setdefault(key, one)
            elif one.prices == f"constant:{one.year}":
                base.append((key, one))
    for base_key, constant in base:
        other = current.get(base_key)
        if other and other.value > 0 and constant.value > 0:
            slip = Slip(other, constant.value, (constant,))
            if not 1 / _TIMES < slip.times < _TIMES:
                yield slip


def _too_large(observations: Sequence[Observation]) -> Iterator[Slip]:
    """Shares of the product that no state ever spent."""
    for one in observations:
        if one.measure == "defence_share_of_gdp" and one.unit == "% of GDP" and one.value > _LARGEST_SHARE:
            yield Slip(one, Decimal(100), ())


def _told(slips: Sequence[Slip]) -> Problem:
    """One problem for all years of an actor in an edition, at the first cell."""
    first = slips[0]
    one = first.amount
    years = sorted({slip.amount.year for slip in slips})
    when = ", ".join(map(str, years[:_YEARS])) + (
        f" and {len(years) - _YEARS} more" if len(years) > _YEARS else ""
    )
    if first.others:
        beside = " and ".join(
            f"{other.value:,.6g} {other.unit} in {other.place.key or other.place.line}"
            for other in first.others
        )
        left = f"{beside} leave about {first.expected:,.6g}, so that a cell is in another unit"
    else:
        left = "no state spends so much"
    message = (
        f"{one.actor} {one.measure} of {one.year} is {one.value:,.6g} {one.unit} here, but {left}. "
        f"None of these cells is taken ({when})."
    )
    hint = "Look for thousands in place of millions, or for a fraction in place of per cent."
    return Problem("unit-slip", message, one.place, hint)
