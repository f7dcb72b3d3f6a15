"""A quantity: what a printed number leaves open, in a unit; and what units there are.

Amounts are in single units (46.1 billion dollars is 46.1e9 USD), shares and growth in the percent in which
they are printed. Units come from the data file units.toml; money of two currencies is never converted here,
since that takes a rate, which is a claim of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from steelyard.core.interval import Hedge, Interval, Precision

# Compiled when it is first used, as few runs read such a number.
PRINTED = r"(?P<digits>(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?)(?![0-9,.])\s*(?P<rest>.*)"


# Dollars become won only by a rate, and jets never become ships.
_OF_ITS_OWN = ("money", "count")


class Unit(NamedTuple):
    """A unit; `factor` turns an amount in it into the base unit of its `dimension` (0.01 for a percent)."""

    id: str
    dimension: str
    factor: Decimal = Decimal(1)


class Units(NamedTuple):
    """The units and scale words that texts and data files may use, by id and by spelling."""

    by_id: Mapping[str, Unit]
    spellings: Mapping[str, str]
    scales: Mapping[str, Decimal]

    def __hash__(self) -> int:
        """One set of units is told from another by being another, so that what was read in it can be kept."""
        return id(self)

    def unit(self, spelling: str) -> Unit | None:
        """The unit of an id or spelling such as "USD", "% of GDP" or "troops"; None where there is none."""
        return self.by_id.get(spelling) or self.by_id.get(self.spellings.get(spelling.casefold(), ""))


@dataclass(frozen=True, slots=True)
class Quantity:
    """An interval in a unit (an id of units.toml, or a counted noun); `value` is the number as printed."""

    interval: Interval
    unit: str | None
    value: Decimal | None = None

    @classmethod
    def as_written(
        cls, text: str, units: Units, *, precision: Precision | None = None, hedge: Hedge | None = None
    ) -> Quantity:
        """The quantity that a data file or a person writes as numeral, scale word and unit, in this order.

        `precision` is found from the way it is written unless given: a scale word, decimals or a percentage
        are open by their digits, plain numbers are counts.

        Raises:
            ValueError: `text` does not begin with a numeral, or its unit is not known.
        """
        return _as_written(text, units, precision, hedge)

    def converted(self, target: str, units: Units) -> Quantity:
        """The same amount in another unit of the same dimension.

        Raises:
            ValueError: a unit is unknown, or the two differ in dimension, or are two currencies or two kinds
                of things counted.
        """
        here, there = units.unit(self.unit or ""), units.unit(target)
        if here is None or there is None:
            raise ValueError(f"unknown unit: {self.unit if here is None else target!r}")
        if here.id != there.id and (here.dimension != there.dimension or here.dimension in _OF_ITS_OWN):
            raise ValueError(f"{here.id} cannot be converted to {there.id} without a further claim")
        factor = Interval.exactly(here.factor) / Interval.exactly(there.factor)
        value = None if self.value is None else (Interval.exactly(self.value) * factor).middle
        return Quantity(self.interval * factor, there.id, value)


# A data file says the same few hundred numbers each time that it is asked.
@lru_cache(maxsize=4096)
def _as_written(text: str, units: Units, precision: Precision | None, hedge: Hedge | None) -> Quantity:
    body = text.strip()
    negative = body.startswith(("-", "−"))
    match = re.compile(PRINTED, re.DOTALL).fullmatch(body[1:].lstrip() if negative else body)
    if not match:
        raise ValueError(f"not a number with a unit: {text!r}")
    words = match["rest"].split()
    scale = units.scales.get(words[0]) if words else None
    name = " ".join(words[1:] if scale else words)
    unit = units.unit(name) if name else None
    if name and unit is None:
        raise ValueError(f"unknown unit {name!r} in {text!r}")
    loose = scale is not None or (unit is not None and unit.dimension in ("share", "growth"))
    digits = match["digits"].replace(",", "")
    found = Interval.as_written(digits, precision=precision or ("digits" if loose else "count"), hedge=hedge)
    interval = found.scaled(scale or Decimal(1))
    value = Interval.exactly(digits).scaled(scale or Decimal(1)).low
    if negative:
        interval, value = -interval, value.copy_negate()
    return Quantity(interval, unit.id if unit else None, value)
