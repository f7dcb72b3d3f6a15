"""What the panel's measures are reckoned from: one edition of one publisher for all members of a year.

Figures of two editions or two definitions are never put into one sum. For each quantity the edition is taken
that has the most members, then that of the figures of spending, then the newest; who asks for a definition or
an edition of spending gets that. An estimate is as wide as the next edition of its publisher revised
estimates of that kind, where the panel holds two editions; else its printed digits stand, and it is marked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from math import inf, nextafter

import numpy as np

from steelyard.core.interval import Interval
from steelyard.core.problems import Place
from steelyard.panel.editions import Spread, editions_of, estimate_spread, order_of
from steelyard.panel.measures.amounts import Amounts
from steelyard.panel.observations import Observation, Panel

# Of an earlier edition only its newest years tell how estimates were revised: SIPRI marks old ones too.
NEWEST = 2


@dataclass(frozen=True, slots=True)
class Quantity:
    """What is asked for: a measure or part of one, in a unit, at prices."""

    measure: str
    unit: str
    item: str = ""
    prices: str = ""

    @classmethod
    def of(cls, table: Mapping[str, object]) -> Quantity:
        """The quantity that an indicator names under `of` or `by`."""
        texts = {key: str(table.get(key, "")) for key in ("measure", "unit", "item", "prices")}
        return cls(**texts)

    def __str__(self) -> str:
        """As "defence_spending (equipment), %"."""
        item = f" ({self.item})" if self.item else ""
        prices = f", {self.prices} prices" if self.prices else ""
        return f"{self.measure}{item}, {self.unit}{prices}"


@dataclass(frozen=True)
class Input:
    """The figures of one quantity by member, all of one edition; `missing` are the members without one."""

    quantity: Quantity
    edition: str
    found: Mapping[str, Observation]
    missing: tuple[str, ...]
    spread: Spread | None = None

    def amounts(self, members: Sequence[str]) -> Amounts:
        """The amounts of some members in their order, bounds rounded outward; none is below nothing."""
        bounds = [self._bounds(self.found[member]) for member in members]
        low = [nextafter(float(low), -inf) if low > 0 else 0.0 for low, _ in bounds]
        high = [nextafter(float(high), inf) for _, high in bounds]
        middle = [float(self.found[member].value) for member in members]
        return Amounts(np.array(low), np.array(middle), np.array(high))

    def _bounds(self, one: Observation) -> tuple[Decimal, Decimal]:
        """The printed digits, wider for an estimate by what is known of how estimates are revised."""
        if self.spread is None or one.status != "estimate":
            return one.low, one.high
        ends = [one.value * (1 + part) for part in (self.spread.relative.low, self.spread.relative.high)]
        whole = Interval(min(ends), max(ends)).hull(one.interval)
        return whole.low, whole.high


# How far estimates were revised, by publisher and quantity: the same for all years.
Spreads = dict[tuple[str, Quantity], Spread | None]


class Inputs:
    """The figures of a panel for the members of an alliance in a year.

    `spreads` is shared by the inputs of several years of one panel.
    """

    def __init__(
        self,
        panel: Panel,
        members: Sequence[str],
        year: int,
        *,
        definition: str = "",
        edition: str = "",
        spreads: Spreads | None = None,
    ) -> None:
        self.panel, self.members, self.year = panel, tuple(members), year
        self._definition, self._edition = definition, edition
        self._known: dict[Quantity, Input | None] = {}
        self._spreads: Spreads = {} if spreads is None else spreads
        self._of_editions: dict[tuple[Quantity, str], Input | None] = {}
        # Amounts below nothing, which are left out, by where they stand.
        self.negative: dict[Place, Observation] = {}

    def of(self, quantity: Quantity) -> Input | None:
        """The figures of a quantity, or None where the panel has none for any member."""
        if quantity not in self._known:
            self._known[quantity] = self._chosen(quantity)
        return self._known[quantity]

    def of_edition(self, quantity: Quantity, edition: str) -> Input | None:
        """The figures of a quantity in this edition, for what is multiplied with another figure of it."""
        key = (quantity, edition)
        if key not in self._of_editions:
            self._of_editions[key] = self._chosen(quantity, edition)
        return self._of_editions[key]

    def _chosen(self, quantity: Quantity, edition: str = "") -> Input | None:
        keys = {"item": quantity.item, "unit": quantity.unit, "prices": quantity.prices}
        told = self.panel.select(measure=quantity.measure, year=self.year, fiscal=False, **keys)
        editions: dict[tuple[str, str, str], dict[str, Observation]] = {}
        for one in told:
            if edition and one.edition != edition:
                continue
            if one.actor in self.members and self._is_wanted(one):
                if one.value < 0:
                    self.negative[one.place] = one
                    continue
                key = (one.publisher, one.edition, one.definition)
                editions.setdefault(key, {}).setdefault(one.actor, one)
        if not editions:
            return None
        key = max(editions, key=lambda key: (len(editions[key]), key[1] == self._spent_in, order_of(key[1])))
        found = editions[key]
        missing = tuple(member for member in self.members if member not in found)
        return Input(quantity, key[1], found, missing, self._spread(quantity, found.values()))

    def by_fiscal_year(self, quantity: Quantity, members: Sequence[str]) -> list[str]:
        """Those of some members of whom the panel has the quantity for the fiscal year of that name only."""
        keys = {"item": quantity.item, "unit": quantity.unit, "prices": quantity.prices}
        told = self.panel.select(measure=quantity.measure, year=self.year, fiscal=True, **keys)
        have = {one.actor for one in told}
        return [name for name in members if name in have]

    def _is_wanted(self, one: Observation) -> bool:
        """Whether a figure of spending is of the definition and edition asked for; others always are."""
        if not one.definition:
            return True
        return (not self._definition or one.definition == self._definition) and (
            not self._edition or one.edition == self._edition
        )

    @cached_property
    def _spent_in(self) -> str:
        """The edition that has figures of spending of the most members."""
        counts: dict[str, set[str]] = {}
        for one in self.panel.select(measure="defence_spending", year=self.year, fiscal=False):
            if one.actor in self.members and self._is_wanted(one):
                counts.setdefault(one.edition, set()).add(one.actor)
        return max(counts, key=lambda name: (len(counts[name]), order_of(name)), default="")

    def _spread(self, quantity: Quantity, found: Iterable[Observation]) -> Spread | None:
        publishers = {one.publisher for one in found if one.status == "estimate"}
        if len(publishers) != 1 or len(editions_of(self.panel, publisher := publishers.pop())) < 2:
            return None
        key = (publisher, quantity)
        if key not in self._spreads:
            keys = {"item": quantity.item, "unit": quantity.unit, "prices": quantity.prices}
            self._spreads[key] = estimate_spread(
                self.panel, publisher, quantity.measure, newest=NEWEST, **keys
            )
        return self._spreads[key]
