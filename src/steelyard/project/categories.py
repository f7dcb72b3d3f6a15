"""What spending is made up of: the share of each category, its guideline, and the floor that is its own.

Model sections 0 and 2: `ME = sum ME_c`. A share comes from a parameter, from a number with a reference, from
the claim of the category's money over the spending printed beside it, or from those of the lines of a budget
that a crosswalk puts into it; none is made up. It stays as it
is unless its parameter changes. What the categories leave of the whole is all else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from steelyard.core.claim import Ledger
from steelyard.core.interval import Interval
from steelyard.core.problems import Place, Problem
from steelyard.core.vocabulary import Vocabulary
from steelyard.project.base import Amount, Base
from steelyard.project.crosswalk import Part, part_by_crosswalk
from steelyard.project.limits import Constraints, Line
from steelyard.project.parameters import Value
from steelyard.project.perimeter import DEFINITION, said
from steelyard.project.pledges import part_of
from steelyard.project.scenario import Scenario
from steelyard.project.sourced import Sources
from steelyard.project.target import settings_of
from steelyard.project.target_definition import definition_of

REST = "rest"
_PERCENT = Decimal("0.01")
# What tells the share of a category; it has one of them.
_SHARES = ("share", "claim", "crosswalk")
_ALL = (Decimal(0), Decimal(100))
_NOTHING, _WHOLE = Decimal(0), Decimal(1)


@dataclass(frozen=True, slots=True)
class Category:
    """A part of spending. `shares` are fractions of it by year, base year first; `values` and `claims` are
    where they come from, `crosswalk` what says which lines of a budget it is in; `least` is its guideline in
    percent by year, where there is one.

    `lines` are those of the floor that are its own; `paying` tells whether what is paid by agreement is.
    """

    id: str
    label: str
    shares: tuple[Interval, ...]
    values: tuple[Value, ...] = ()
    claims: tuple[Amount, ...] = ()
    least: tuple[Value, ...] = ()
    lines: tuple[Line, ...] = ()
    paying: bool = False
    crosswalk: Part | None = None


def find_categories(
    scenario: Scenario, vocabulary: Vocabulary, ledger: Ledger, base: Base, limits: Constraints
) -> tuple[tuple[Category, ...], list[Problem]]:
    """The categories of a scenario, all else last; none where it names none or a share is missing."""
    place = scenario.place("categories")
    settings, _ = settings_of(scenario, vocabulary)
    reading = _Reading(Sources(scenario, vocabulary, settings), ledger, base, limits, place)
    tables: Sequence[Mapping[str, Any]] = scenario.data.get("categories", ())
    problems = [*reading.naming_faults(tables)]
    found = []
    for table in tables:
        category, faults = reading.category(table)
        problems += faults
        found += [category] if category else []
    if len(found) < len(tables) or not found or any(one.severity == "error" for one in problems):
        return (), problems
    rest, faults = reading.rest(found)
    return (() if faults else (*found, *rest)), [*problems, *faults]


@dataclass(frozen=True, slots=True)
class _Reading:
    """What is needed to read the categories of one scenario."""

    sources: Sources
    ledger: Ledger
    base: Base
    limits: Constraints
    place: Place

    @property
    def rows(self) -> Sequence[Mapping[str, Any]]:
        """The lines of the floor as written."""
        found: Sequence[Mapping[str, Any]] = self.sources.scenario.data.get("limits", {}).get("floor", ())
        return found

    @property
    def years(self) -> tuple[int, ...]:
        """All years, base year first."""
        return (self.sources.scenario.base_year, *self.sources.scenario.years)

    def naming_faults(self, tables: Sequence[Mapping[str, Any]]) -> Iterator[Problem]:
        """Ids that stand twice or for all else, and lines of the floor of a category that there is not."""
        ids = [table["id"] for table in tables]
        for one, count in Counter([REST, *ids]).items():
            if count > 1:
                message = f"Two categories have the id {one!r}; {REST!r} is all else."
                yield Problem("duplicate-id", message, self.place, "Rename one.")
        for row in self.rows:
            if "category" in row and row["category"] not in ids:
                message = f"The floor {row['label']!r} names no known category: {row['category']!r}."
                place = self.sources.scenario.place("limits", "floor")
                yield Problem("unknown-id", message, place, f"Known: {', '.join(ids) or 'none'}.")

    def category(self, table: Mapping[str, Any]) -> tuple[Category | None, list[Problem]]:
        """A category with its share, or why it has none."""
        claims: tuple[Amount, ...] = ()
        values, problems = list[Value](), list[Problem]()
        walked: Part | None = None
        if sum(key in table for key in _SHARES) != 1:
            return None, [self._no_share(table)]
        if "claim" in table:
            of_claim, claims, problems = part_of(
                self.sources.scenario, table["label"], table["claim"], self.ledger, self.base,
                self.sources.vocabulary, self.place,
            )  # fmt: skip
            shares = [of_claim] * len(self.years) if of_claim else []
        elif "crosswalk" in table:
            walked, claims, problems = part_by_crosswalk(
                self.sources, table, self.ledger, self.base, self.place
            )
            shares = [walked.share] * len(self.years) if walked else []
        else:
            values, problems = self._values(f"share of {table['label']}", table["share"])
            shares = [value.interval.scaled(_PERCENT) for value in values]
        least, faults = self._least(table, claims)
        problems = list(dict.fromkeys([*problems, *faults]))
        if len(shares) < len(self.years):
            return None, problems
        lines, paying = self._lines(table["id"])
        sources = tuple({value.origin: value for value in values}.values())
        found = Category(
            table["id"], table["label"], tuple(shares), sources, claims, least, lines, paying, walked
        )
        return found, problems

    def _no_share(self, table: Mapping[str, Any]) -> Problem:
        """Why the share of a category is not known, or not which one it is."""
        label, year = table["label"], self.years[0]
        if any(key in table for key in _SHARES):
            hint = "Give one of share, claim and crosswalk."
            return Problem("limit-source", f"The share of {label} has two sources.", self.place, hint)
        message = f"What is spent on {label} is not told: its share in spending is not known."
        hint = f"A claim of its money in {year}, named in claim, or a sourced share would lift this."
        return Problem("no-share", message, self.place, hint, "refusal")

    def _values(self, name: str, table: Mapping[str, Any]) -> tuple[list[Value], list[Problem]]:
        """A percentage for each year; none where one is missing."""
        values, problems = list[Value](), list[Problem]()
        for year in self.years:
            value, faults = self.sources.value(name, table, "%", self.place, year)
            if value is not None and not faults:
                faults = self.sources.fitting(name, value, ("share", "growth"), _ALL, self.place)
                values.append(value)
            problems += faults
        return ([] if problems else values), list(dict.fromkeys(problems))

    def _least(
        self, table: Mapping[str, Any], claims: Sequence[Amount]
    ) -> tuple[tuple[Value, ...], list[Problem]]:
        """The guideline of a category by year; none where it is by another count than what it is held to."""
        if "least" not in table:
            return (), []
        values, problems = self._values(f"guideline of {table['label']}", table["least"])
        vocabulary = self.sources.vocabulary
        held = [claim for one in (self.base.spending, *claims) for claim in one.claims]
        ours = said(held, DEFINITION, vocabulary)
        theirs = {definition_of(value, vocabulary) for value in values} - {""}
        if ours and theirs and ours != theirs:
            counts = " and ".join(vocabulary.label("definitions", one) for one in sorted(theirs))
            message = f"{table['label']} is not held against its guideline, which is by the {counts}."
            hint = f"Claims of spending and of its categories by the {counts} would lift this."
            return (), [Problem("guideline-definition", message, self.place, hint, "refusal")]
        return tuple(values), problems

    def _lines(self, identifier: str | None) -> tuple[tuple[Line, ...], bool]:
        """The lines of the floor of a category, or of none, and whether what is paid by agreement is one."""
        own = [row for row in self.rows if row.get("category") == identifier]
        labels = {row["label"] for row in own}
        lines = tuple(line for line in self.limits.floor if line.label in labels)
        return lines, any(row.get("cost_sharing") for row in own)

    def rest(self, found: list[Category]) -> tuple[list[Category], list[Problem]]:
        """What the categories leave, where they do not come to all of spending; `found` is brought to a
        whole where they do.
        """
        lows, highs = (
            [sum((getattr(one.shares[t], end) for one in found), _NOTHING) for t in range(len(self.years))]
            for end in ("low", "high")
        )
        lines, paying = self._lines(None)
        if max(lows) > _WHOLE:
            hint = "Give shares that come to 100% or less within what they leave open."
            message = f"The categories come to {100 * max(lows):.4g}% of spending or more."
            return [], [Problem("share-range", message, self.place, hint)]
        if min(highs) < _WHOLE:
            left = [Interval(max(_WHOLE - b, _NOTHING), _WHOLE - a) for a, b in zip(lows, highs, strict=True)]
            return [Category(REST, "all else", tuple(left), lines=lines, paying=paying)], []
        if lines or paying:
            names = ", ".join(repr(row["label"]) for row in self.rows if "category" not in row)
            message = f"What the floor takes is not told by category: {names} is of none."
            hint = "Name the category of each line of the floor."
            return [], [Problem("no-category", message, self.place, hint, "refusal")]
        return [], []


def shown_shares(categories: Sequence[Category], t: int) -> list[float]:
    """The shares of all categories to show in a year (from 0, the base year), brought to a whole."""
    middles = [float(one.shares[t].middle) for one in categories]
    return [middle / sum(middles) for middle in middles]


def with_share(shares: Sequence[float], number: int, share: float) -> list[float]:
    """Shares with that of one category set, and the others in proportion."""
    others = 1.0 - shares[number]
    scale = (1.0 - share) / others if others else 0.0
    return [share if place == number else one * scale for place, one in enumerate(shares)]
