"""What cost sharing is made up of, and what is borne beside it.

Components, such as the wages of local workers, make up the payment: they come to it in each year, as amounts
or as shares, or they are at fault. Support in kind and forgone rents are lines with a definition of their
own, beside the payment and never part of it; they are added to it only in a variable that says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from steelyard.core.interval import Interval
from steelyard.core.problems import Place, Problem
from steelyard.core.schema import nearest
from steelyard.core.vocabulary import Entry
from steelyard.project.drivers import listed
from steelyard.project.parameters import Value, value_on
from steelyard.project.sourced import Sources

_MONEY, _SHARE = "amount", "share"
# The dimensions and the range that each number can have.
_FITTING = {
    _MONEY: (("money",), (Decimal(0), Decimal("1e30"))),
    _SHARE: (("share", "growth"), (Decimal(0), Decimal(100))),
}
_WHOLE = Interval.exactly(100)
_PERCENT = Interval.exactly("0.01")


class Ends(NamedTuple):
    """A number to show with both ends of what it leaves open."""

    shown: float
    low: float
    high: float


NOTHING = Ends(0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Component:
    """A part of what is paid: by year the fraction of the payment that it is, and the values behind that."""

    id: str
    label: str
    shares: Mapping[int, Ends]
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """What is borne beside the payment, by its own definition: amounts by year in national currency.

    `added`: whether the scenario asks for the payment with it.
    """

    id: str
    label: str
    definition: str
    amounts: Mapping[int, Ends]
    values: tuple[Value, ...]
    added: bool


class _Piece(NamedTuple):
    """A component in one year: its number as a share in percent, or as an amount."""

    kind: str
    value: Value

    def of(self, whole: Interval) -> Interval:
        """What it comes to of a payment."""
        own = self.value.interval
        return own if self.kind == _MONEY else own * whole * _PERCENT


@dataclass(frozen=True, slots=True)
class Parts:
    """What is needed to read the components of an agreement in some years.

    Amounts of components are in the `unit` of the payment, those of lines beside it in that of the country.
    """

    sources: Sources
    entry: Entry
    place: Place
    years: Sequence[int]
    unit: str
    home: str

    def number(
        self, parameter: str, kind: str, year: int, unit: str = ""
    ) -> tuple[Value | None, list[Problem]]:
        """A parameter in a year; None where it is not named, or says nothing of that year."""
        if not parameter:
            return None, []
        sources = self.sources
        value, problems = value_on(parameter, date(year, 1, 1), sources.vocabulary, sources.settings)
        if value is not None:
            unit = (unit or self.unit) if kind == _MONEY else ""
            problems += sources.fitting(parameter, value, *_FITTING[kind], self.place, unit)
        return (None if problems else value), problems

    def find(self) -> tuple[tuple[Component, ...], list[Problem]]:
        """The components in the years in which all are known, and what is missing or does not add up."""
        rows, problems = self.entry.tables("components"), list[Problem]()
        shares: list[dict[int, Ends]] = [{} for _ in rows]
        values: list[list[Value]] = [[] for _ in rows]
        missing: dict[str, list[int]] = {}
        for year in self.years:
            whole, faults = self.number(self.entry.text("amount"), _MONEY, year)
            pieces, more = self._pieces(rows, year, whole)
            problems += [*faults, *more]
            unknown = [str(row["label"]) for row, piece in zip(rows, pieces, strict=True) if piece is None]
            for label in unknown:
                missing.setdefault(label, []).append(year)
            known = [piece for piece in pieces if piece]
            if unknown or not known:
                continue
            problems += self._sum_faults(known, whole, year)
            for number, piece in enumerate(known):
                shares[number][year] = _share_of(piece, whole)
                values[number].append(piece.value)
        if missing or not rows:
            problems.append(self._refusal(missing, "components of cost sharing"))
        found = zip(rows, shares, values, strict=True)
        components = (
            Component(str(row["id"]), str(row["label"]), years, tuple(own)) for row, years, own in found
        )
        return tuple(one for one in components if one.shares), list(dict.fromkeys(problems))

    def _pieces(
        self, rows: Sequence[Mapping[str, object]], year: int, whole: Value | None
    ) -> tuple[list[_Piece | None], list[Problem]]:
        """Each component in a year; an amount counts only where that of the whole is known."""
        pieces, problems = list[_Piece | None](), list[Problem]()
        for row in rows:
            found = None
            for kind in (_MONEY, _SHARE) if whole else (_SHARE,):
                value, faults = self.number(str(row.get(kind, "")), kind, year)
                problems += faults
                found = found or (_Piece(kind, value) if value else None)
            pieces.append(found)
        return pieces, problems

    def _sum_faults(self, pieces: Sequence[_Piece], whole: Value | None, year: int) -> Iterator[Problem]:
        """That the components of a year do not come to the payment, or to 100 % of it."""
        if whole:
            parts, goal, unit = [one.of(whole.interval) for one in pieces], whole.interval, whole.unit
        else:
            parts, goal, unit = [one.value.interval for one in pieces], _WHOLE, "%"
        total = parts[0]
        for part in parts[1:]:
            total = total + part
        if not total.meets(goal):
            span = " to ".join(dict.fromkeys(f"{end:,f}" for end in (total.low, total.high)))
            message = f"The components of cost sharing in {year} come to {span} {unit}, not {goal.middle:,f}."
            hint = f"Correct the amounts or shares of {year}; they make up the whole payment."
            yield Problem("components-sum", message, self.place, hint)

    def beside(self, names: Sequence[str], added: Sequence[str]) -> tuple[tuple[Beside, ...], list[Problem]]:
        """The lines beside the payment that are asked for."""
        rows = {str(row["id"]): row for row in self.entry.tables("beside")}
        found, problems, missing = list[Beside](), list[Problem](), dict[str, list[int]]()
        for name in dict.fromkeys((*names, *added)):
            if name not in rows:
                message = f"{name!r} is not among what {self.entry.label} has beside it."
                problems.append(Problem("unknown-id", message, self.place, nearest(name, rows)))
                continue
            row, amounts, values = rows[name], dict[int, Ends](), list[Value]()
            for year in self.years:
                value, faults = self.number(str(row.get(_MONEY, "")), _MONEY, year, self.home)
                problems += faults
                if value is None:
                    missing.setdefault(str(row["label"]), []).append(year)
                    continue
                amounts[year] = _ends(value.interval)
                values.append(value)
            if amounts:
                words = (str(row["label"]), str(row["definition"]))
                found.append(Beside(name, *words, amounts, tuple(values), name in added))
        if missing:
            problems.append(self._refusal(missing, "lines beside cost sharing"))
        return tuple(found), list(dict.fromkeys(problems))

    def _refusal(self, missing: Mapping[str, Sequence[int]], what: str) -> Problem:
        """The refusal for want of amounts, with the names of what is missing."""
        if not missing:
            message = f"The {what} are not given: {self.entry.label} lists none."
            hint = f"List them with id, label and amount or share under {self.entry.id} in agreements.toml."
            return Problem("no-components", message, self.place, hint, "refusal")
        each = "; ".join(f"{label} ({listed(years)})" for label, years in missing.items())
        message = f"The {what} are not given in full: nothing says what these come to: {each}."
        hint = (
            "A parameter with a source for each, named as its amount (or its share of the payment) under "
            f"{self.entry.id} in agreements.toml, would lift this."
        )
        return Problem("no-components", message, self.place, hint, "refusal")


def _ends(interval: Interval) -> Ends:
    return Ends(*(float(end) for end in (interval.middle, interval.low, interval.high)))


def _share_of(piece: _Piece, whole: Value | None) -> Ends:
    """The fraction of the payment that a component is."""
    if piece.kind == _MONEY and whole:
        middle = float(piece.value.interval.middle / whole.interval.middle)
        both = piece.value.interval / whole.interval
        return Ends(middle, float(both.low), float(both.high))
    return _ends(piece.value.interval * _PERCENT)
