"""What the measures of a panel work with: figures by year, what is missing, and the rows they make."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from steelyard.core.problems import Place, Problem
from steelyard.core.vocabulary import Entry, Vocabulary
from steelyard.panel.inputs import Input, Inputs, Quantity
from steelyard.panel.measures.amounts import Range
from steelyard.panel.observations import Observation, Panel
from steelyard.panel.rows import Row

# Rules whose number is a member's own; all others are of several members together.
_OF_ONE = ("given", "ratio", "years-at-guideline", "broad-burden")

_PLACE = Place("panel")
_NAMED = 3  # measures that a message names before it only counts them


class Given(NamedTuple):
    """The figures that an indicator is made of, and the members that have all of them."""

    inputs: list[Input]
    members: list[str]


@dataclass
class Work:
    """The inputs by year, and what is missing on the way."""

    panel: Panel
    vocabulary: Vocabulary
    inputs: dict[int, Inputs] = field(default_factory=dict)
    _asked: dict[tuple[Quantity, int], Input | None] = field(default_factory=dict)
    _needed_by: dict[Quantity, dict[str, None]] = field(default_factory=dict)
    _refused: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    _left: dict[tuple[str, tuple[str, ...]], list[int]] = field(default_factory=dict)

    def refuse(self, entry: Entry, reason: str, year: int) -> None:
        """Say that an indicator is not measured for a year, and why."""
        self._refused.setdefault((entry.id, reason), []).append(year)

    def leave_out(self, reason: str, members: tuple[str, ...], year: int) -> None:
        """Say that a measure of a year is without some members, and why."""
        years = self._left.setdefault((reason, members), [])
        if year not in years:
            years.append(year)

    def problems(self) -> Iterator[Problem]:
        """What no file gives, what some members lack, and what could not be measured, each once."""
        yield from self._nowhere()
        yield from self._lacking()
        for one in self._negative():
            message = (
                f"{one.actor} {one.measure} of {one.year} is {one.value:,f}; an amount is not below nothing."
            )
            yield Problem("not-a-number", message, one.place, "It is left out; look at the sign.")
        for (reason, members), years in self._left.items():
            message = f"{', '.join(members)} left out for {_listed(years)}: {reason}"
            yield Problem("no-figure", message, _PLACE, "The others are measured without them.", "warning")
        reasons: dict[str, list[str]] = {}
        for (name, reason), refused in self._refused.items():
            label = self.vocabulary.label("indicators", name)
            reasons.setdefault(_listed(refused), []).append(f"{label}: {reason}")
        for when, told in reasons.items():
            message = f"Not measured for {when}: {' '.join(told)}"
            hint = "A file that has what is missing can be given with --data."
            yield Problem("no-measure", message, _PLACE, hint, "refusal")

    def _negative(self) -> list[Observation]:
        """Amounts below nothing that were met, each once."""
        met = {place: one for inputs in self.inputs.values() for place, one in inputs.negative.items()}
        return list(met.values())

    def _nowhere(self) -> Iterator[Problem]:
        """What no member has a figure of, with the measures that need it."""
        missing: dict[Quantity, list[int]] = {}
        for (quantity, year), found in self._asked.items():
            if found is None:
                missing.setdefault(quantity, []).append(year)
        together: dict[str, list[str]] = {}
        for quantity, years in missing.items():
            needed = _some(list(self._needed_by[quantity]))
            together.setdefault(_listed(years), []).append(f"{quantity} (for {needed})")
        for when, quantities in together.items():
            message = f"Nothing is known for {when}, of any member, of {'; '.join(quantities)}."
            hint = "Give a publisher's file or a table of your own that has it with --data."
            yield Problem("no-figure", message, _PLACE, hint, "refusal")

    def _lacking(self) -> Iterator[Problem]:
        """What an edition has of some members only."""
        lacking: dict[tuple[str, tuple[str, ...], Quantity], list[int]] = {}
        for (quantity, year), found in self._asked.items():
            if found and found.missing:
                lacking.setdefault((found.edition, found.missing, quantity), []).append(year)
        together: dict[tuple[str, tuple[str, ...], str], list[str]] = {}
        for (edition, members, quantity), years in lacking.items():
            together.setdefault((edition, members, _listed(years)), []).append(str(quantity))
        for (edition, members, when), quantities in together.items():
            message = f"{edition} has for {', '.join(members)} in {when} no {'; '.join(quantities)}."
            if fiscal := self._by_fiscal_year(members):
                message += (
                    f" Of {', '.join(fiscal)} it is known by fiscal year, not put beside calendar years."
                )
            hint = "Shares, ranks and sums are of the other members; a file given with --data may have it."
            yield Problem("no-figure", message, _PLACE, hint, "warning")

    def _by_fiscal_year(self, members: Sequence[str]) -> list[str]:
        """Those of some members of whom a quantity that is missing is known by fiscal year."""
        found = {
            name
            for (quantity, year), one in self._asked.items()
            if one is None or set(one.missing) & set(members)
            for name in self.inputs[year].by_fiscal_year(quantity, members)
        }
        return [name for name in members if name in found]

    def ask(self, entry: Entry, table: Mapping[str, object], year: int) -> Input | None:
        """The figures of a quantity that an indicator names; one that is missing altogether is noted."""
        quantity = Quantity.of(table)
        self._needed_by.setdefault(quantity, {})[entry.id] = None
        found = self._asked[quantity, year] = self.inputs[year].of(quantity)
        return found

    def given(self, entry: Entry, year: int) -> Given | None:
        """The figures under `of` and `by`, or all under `components`; None where one is missing."""
        tables = [entry.table(key) for key in ("of", "by") if entry.table(key)]
        inputs = [self.ask(entry, table, year) for table in (*tables, *entry.tables("components"))]
        if entry.text("rule") == "part-share" and inputs[-1]:
            # A part is told of its own publisher's whole, and of no other's.
            inputs[0] = self._of_the_edition(entry, inputs[-1], year)
        found = [one for one in inputs if one is not None]
        if not found or len(found) < len(inputs):
            return None
        members = [name for name in self.inputs[year].members if all(name in one.found for one in found)]
        return Given(found, members) if members else None

    def _of_the_edition(self, entry: Entry, part: Input, year: int) -> Input | None:
        """The whole under `of` in the edition of the part; where that has none, the indicator is refused."""
        quantity = Quantity.of(entry.table("of"))
        if (found := self.inputs[year].of_edition(quantity, part.edition)) is None:
            self.refuse(entry, f"{part.edition} has the part, but no {quantity}.", year)
        return found

    def given_parts(self, names: Sequence[str], year: int) -> list[tuple[Entry, Given]] | None:
        """The figures of other indicators, each by the members of its own; None where one is missing."""
        entries = [self.vocabulary.entries("indicators")[name] for name in names]
        told = [(entry, self.given(entry, year)) for entry in entries]
        found = [(entry, given) for entry, given in told if given is not None]
        return found if len(found) == len(told) else None

    def row(
        self, entry: Entry, member: str, year: int, found: Range, inputs: list[Input], members: list[str]
    ) -> Row:
        """A row with what it rests on: a member's own cells, and how many others a sum or rank is over."""
        own = [one.found[member] for one in inputs if member in one.found]
        others = [one.found[name] for one in inputs for name in members if name in one.found]
        whole = entry.text("rule") not in _OF_ONE
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


def _told(one: Observation) -> str:
    """Where a figure stands: its source, and file with cell or line."""
    return f"{one.source} [{one.place}]" if one.source else one.origin


def members_of_all(parts: Sequence[tuple[Entry, Given]]) -> list[str]:
    """The members that have all figures of some indicators, in the order of the first."""
    return [name for name in parts[0][1].members if all(name in given.members for _, given in parts)]


def _some(names: Sequence[str]) -> str:
    """The first names, and how many more there are."""
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more


def _listed(years: Sequence[int]) -> str:
    """Years in few words: "2014", "2014, 2024", "2014 to 2024".

    >>> _listed([2014, 2015, 2016, 2020])
    '2014 to 2016, 2020'
    """
    runs: list[list[int]] = []
    for year in sorted(set(years)):
        if runs and runs[-1][-1] == year - 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    ends = (([run[0], run[-1]] if len(run) > 1 else run) for run in runs)
    return ", ".join(
        (" to " if len(pair) > 1 and pair[1] > pair[0] + 1 else ", ").join(map(str, pair)) for pair in ends
    )
