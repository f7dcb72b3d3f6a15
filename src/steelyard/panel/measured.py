"""measure_panel: the indicators for an alliance, year by year, as rows that tell what they rest on."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from steelyard.core.indicator_form import GROUP_RULES, REFUSED_RULES
from steelyard.core.problems import Place, Problem, sort_problems
from steelyard.core.vocabulary import Entry, Vocabulary
from steelyard.panel.groups import GROUPS, Tested
from steelyard.panel.inputs import Input, Inputs, Quantity
from steelyard.panel.measures.amounts import Amounts, NoMeasure, Range, Ranges
from steelyard.panel.measures.holm import holm_ranges
from steelyard.panel.measures.index import index, index_over_weights
from steelyard.panel.measures.shares import burden_ratios, ratios, shares_of_total, years_at_guideline
from steelyard.panel.members import members_of
from steelyard.panel.observations import Observation, Panel
from steelyard.panel.rows import ALL, Row

P, HOLM = ":p", ":p-holm"


@dataclass(frozen=True, slots=True)
class Measured:
    """The rows in the order of indicators, years and members, and what was refused or left out, with why."""

    alliance: str
    years: tuple[int, ...]
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]


def measure_panel(
    panel: Panel,
    alliance: str,
    years: Sequence[int],
    vocabulary: Vocabulary,
    *,
    definition: str = "",
    edition: str = "",
    without: Collection[str] = (),
    wanted: Collection[str] = (),
) -> Measured:
    """The indicators, or those `wanted`, for the members of an alliance in some years.

    `definition` and `edition` choose among the figures of spending; `without` leaves members out of all.

    Raises:
        CaseError: the alliance is not known or has no member in one of the years.
    """
    work = _Work(panel, vocabulary)
    for year in years:
        members = [one for one in members_of(alliance, year, vocabulary) if one not in without]
        work.inputs[year] = Inputs(panel, members, year, definition=definition, edition=edition)
    entries = [one for one in vocabulary.entries("indicators").values() if not wanted or one.id in wanted]
    rows = [row for entry in entries for row in work.rows(entry)]
    return Measured(alliance, tuple(years), tuple(rows), tuple(sort_problems(work.problems())))


@dataclass
class _Work:
    """The inputs by year, and what is missing on the way."""

    panel: Panel
    vocabulary: Vocabulary
    inputs: dict[int, Inputs] = field(default_factory=dict)
    _asked: dict[tuple[Quantity, int], Input | None] = field(default_factory=dict)
    _refused: dict[tuple[str, str], list[int]] = field(default_factory=dict)

    def rows(self, entry: Entry) -> list[Row]:
        """The rows of an indicator for all years."""
        rule = entry.text("rule")
        if rule in REFUSED_RULES:
            reason = f"it needs {', '.join(entry.texts('needs'))}, which no file gives."
            self._refused[entry.id, reason] = list(self.inputs)
            return []
        if rule == "years-at-guideline":
            return list(self._years_at(entry))
        make = self._group_rows if rule in GROUP_RULES else self._member_rows
        rows: list[Row] = []
        for year in self.inputs:
            try:
                rows += make(entry, year)
            except NoMeasure as error:
                self._refused.setdefault((entry.id, str(error)), []).append(year)
        return [*rows, *_corrected(rows)] if len(self.inputs) > 1 else rows

    def problems(self) -> Iterator[Problem]:
        """What no file gives, what some members lack, and what could not be measured, each once."""
        place = Place("panel")
        nowhere: dict[int, list[str]] = {}
        for (quantity, year), found in self._asked.items():
            if found is None:
                nowhere.setdefault(year, []).append(str(quantity))
        for year, quantities in nowhere.items():
            message = f"Nothing is known for {year}, of any member, of {'; '.join(quantities)}."
            hint = "Give a file that has it with --data, or ask for another year."
            yield Problem("no-figure", message, place, hint, "refusal")
        lacking: dict[tuple[str, tuple[str, ...], int], list[str]] = {}
        for (quantity, year), found in self._asked.items():
            if found and found.missing:
                lacking.setdefault((found.edition, found.missing, year), []).append(str(quantity))
        for (edition, missing, year), quantities in lacking.items():
            message = f"{edition} has for {', '.join(missing)} in {year} no {'; '.join(quantities)}."
            hint = "Shares, ranks and sums are of the other members; a file given with --data may have it."
            yield Problem("no-figure", message, place, hint, "warning")
        reasons: dict[str, list[str]] = {}
        for (name, reason), refused in self._refused.items():
            label = self.vocabulary.label("indicators", name)
            reasons.setdefault(", ".join(map(str, refused)), []).append(f"{label}: {reason}")
        for years, told in reasons.items():
            message = f"Not measured for {years}: {' '.join(told)}"
            yield Problem(
                "no-measure", message, place, "A file that has it can be given with --data.", "refusal"
            )

    def _input(self, entry: Entry, key: str, year: int) -> Input | None:
        """The figures under `of` or `by`; one that is missing altogether is noted."""
        if not (table := entry.table(key)):
            return None
        quantity = Quantity.of(table)
        found = self._asked[quantity, year] = self.inputs[year].of(quantity)
        return found

    def _pair(self, entry: Entry, year: int) -> tuple[list[Input], list[str]] | None:
        """The inputs of an indicator and the members that have all of them; None where one is missing."""
        keys = [key for key in ("of", "by") if entry.table(key)]
        inputs = [self._input(entry, key, year) for key in keys]
        found = [one for one in inputs if one is not None]
        if len(found) < len(keys):
            return None
        members = [name for name in self.inputs[year].members if all(name in one.found for one in found)]
        return (found, members) if members else None

    def _member_rows(self, entry: Entry, year: int) -> list[Row]:
        """A row for each member."""
        if entry.text("rule") == "index":
            return self._index_rows(entry, year)
        if (pair := self._pair(entry, year)) is None:
            return []
        inputs, members = pair
        found = by_member(entry, [one.amounts(members) for one in inputs])
        return [
            self._row(entry, member, year, found.at(number), inputs, members)
            for number, member in enumerate(members)
        ]

    def _index_rows(self, entry: Entry, year: int) -> list[Row]:
        """The index by stated weights, with its range over all weights beside it."""
        parts = [self.vocabulary.entries("indicators")[name] for name in entry.texts("parts")]
        pairs = [self._pair(part, year) for part in parts]
        told = [pair for pair in pairs if pair is not None]
        if len(told) < len(pairs):
            return []
        members = [name for name in told[0][1] if all(name in one[1] for one in told)]
        inputs = [one for pair in told for one in pair[0]]
        shares = [
            by_member(part, [one.amounts(members) for one in pair[0]])
            for part, pair in zip(parts, told, strict=True)
        ]
        weights = np.array([_fraction(text) for text in entry.texts("weights")])
        stated, over_all = _weighted(shares, weights)
        rows = []
        for number, member in enumerate(members):
            row = self._row(entry, member, year, stated.at(number), inputs, members)
            rows += [row, row.with_range(f"{entry.id}:any-weights", over_all.at(number))]
        return rows

    def _group_rows(self, entry: Entry, year: int) -> list[Row]:
        """Rows of all members together, and of all but the largest by product."""
        if entry.text("rule") == "concordance":
            parts = [self.vocabulary.entries("indicators")[name] for name in entry.texts("parts")]
            pairs = [self._pair(part, year) for part in parts]
        else:
            pairs = [self._pair(entry, year)]
        told = [pair for pair in pairs if pair is not None]
        if len(told) < len(pairs):
            return []
        members = [name for name in told[0][1] if all(name in one[1] for one in told)]
        inputs = [one for pair in told for one in pair[0]]
        rows: list[Row] = []
        for label, some in self._with_and_without(members, year):
            tested = GROUPS[entry.text("rule")]([one.amounts(some) for one in inputs])
            rows += self._group(entry, label, year, tested, inputs, some)
        return rows

    def _with_and_without(self, members: list[str], year: int) -> Iterator[tuple[str, list[str]]]:
        """All members, and all but the one with the largest product, which outweighs the others."""
        yield ALL, members
        product = self.inputs[year].of(Quantity("gdp", "USD", prices="current"))
        known = [name for name in members if product and name in product.found]
        if product and len(members) > 3 and known:
            largest = max(known, key=lambda name: product.found[name].value)
            yield f"{ALL} but {largest}", [name for name in members if name != largest]

    def _group(
        self, entry: Entry, label: str, year: int, tested: Tested, inputs: list[Input], members: list[str]
    ) -> Iterator[Row]:
        """The rows of a statistic of all members: it, its p-value, and what else it tells."""
        row = self._row(entry, label, year, tested.statistic, inputs, members)
        yield row
        if tested.p is not None:
            yield row.with_range(f"{entry.id}{P}", tested.p, "1")
        for name, found in tested.more.items():
            yield row.with_range(f"{entry.id}:{name}", found, "1")

    def _years_at(self, entry: Entry) -> Iterator[Row]:
        """In how many of the years each member was at or above the guideline."""
        by_member: dict[str, list[tuple[int, Input]]] = {}
        for year in self.inputs:
            if found := self._input(entry, "of", year):
                for member in found.found:
                    by_member.setdefault(member, []).append((year, found))
        for member, told in by_member.items():
            burdens = _joined([one.amounts([member]) for _, one in told])
            count = years_at_guideline(burdens, float(entry.number("guideline")))
            yield self._row(entry, member, told[-1][0], count, [one for _, one in told], [member])

    def _row(
        self, entry: Entry, member: str, year: int, found: Range, inputs: list[Input], members: list[str]
    ) -> Row:
        """A row with what it rests on: a member's own cells, and how many others a sum or rank is over."""
        own = [one.found[member] for one in inputs if member in one.found]
        others = [one.found[name] for one in inputs for name in members if name in one.found]
        whole = entry.text("rule") not in ("given", "ratio", "years-at-guideline")
        origin = [_told(one) for one in own]
        if whole:
            origin += [f"{one.quantity} of {len(members)} members ({one.edition})" for one in inputs]
        return Row(
            *(entry.id, member, year, found.low, found.middle, found.high, entry.text("unit"), found.sharp),
            estimate=any(one.is_estimate for one in (others if whole else own)),
            members=len(members),
            editions=tuple(dict.fromkeys(one.edition for one in inputs)),
            origin=tuple(dict.fromkeys(origin)),
        )


def by_member(entry: Entry, amounts: Sequence[Amounts]) -> Ranges:
    """What a rule makes of the amounts of all members, times the factor of the indicator."""
    first, second = amounts[0], amounts[-1]
    match entry.text("rule"):
        case "share":
            found = shares_of_total(first, entry.label)
        case "ratio":
            found = ratios(first, second, entry.label)
        case "burden-ratio":
            found = burden_ratios(first, second)
        case _:
            found = Ranges(first.low, first.middle, first.high)
    factor = float(entry.number("factor"))
    return Ranges(found.low * factor, found.middle * factor, found.high * factor, found.sharp)


def _weighted(shares: Sequence[Ranges], weights: np.typing.NDArray[np.float64]) -> tuple[Ranges, Ranges]:
    """An index of shares in per cent: by the stated weights, and over all weights."""
    plain = [Ranges(one.low / 100, one.middle / 100, one.high / 100, one.sharp) for one in shares]
    found = (index(plain, weights), index_over_weights(plain, weights))
    first, second = (Ranges(one.low * 100, one.middle * 100, one.high * 100, one.sharp) for one in found)
    return first, second


def _corrected(rows: Sequence[Row]) -> Iterator[Row]:
    """Holm's correction of the p-values over the years, for each set of members."""
    tests = [row for row in rows if row.measure.endswith(P)]
    for member in dict.fromkeys(row.member for row in tests):
        some = [row for row in tests if row.member == member]
        ends = (np.array([getattr(row, end) for row in some]) for end in ("low", "middle", "high"))
        found = holm_ranges(Amounts(*ends), sharp=False)
        for number, row in enumerate(some):
            yield row.with_range(row.measure.removesuffix(P) + HOLM, found.at(number))


def _joined(rows: Sequence[Amounts]) -> Amounts:
    """Amounts one after the other."""
    low, middle, high = (
        np.concatenate([getattr(one, end) for one in rows]) for end in ("low", "middle", "high")
    )
    return Amounts(low, middle, high)


def _fraction(text: str) -> float:
    """A weight as it is written, "1/3" or "0.25"."""
    above, _, below = text.partition("/")
    return float(above) / float(below or 1)


def _told(one: Observation) -> str:
    """Where a figure stands: its source, and file with cell or line."""
    return f"{one.source} [{one.place}]" if one.source else one.origin
