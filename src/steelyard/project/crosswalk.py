"""What the lines of a national budget leave open for a category of another count.

Model section 0: a budget maps to the categories of a definition by a table whose rows have a source each. A
line that may hold several categories is not split: it counts in full at the most of each, and not at all at
the least. What the other count has and no line names is listed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from steelyard.core.claim import Ledger
from steelyard.core.interval import Interval
from steelyard.core.problems import Place, Problem
from steelyard.core.vocabulary import Entry, Vocabulary
from steelyard.project.base import Amount, Base
from steelyard.project.ensemble import Origin
from steelyard.project.pledges import part_of
from steelyard.project.sourced import Sources

_WHOLE = Interval.exactly(1)
# What the claims of a line have in common with those of spending.
_ALIKE = ("status", "definition", "document")


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a budget: its item and the name of that, the names of the categories that it may hold."""

    item: str
    label: str
    categories: tuple[str, ...]
    reference: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Part:
    """What a crosswalk leaves of spending for a category, as a fraction, and the rows that hold it."""

    entry: Entry
    share: Interval
    rows: tuple[Row, ...]


def range_of(category: str, rows: Mapping[str, Iterable[str]], shares: Mapping[str, Interval]) -> Interval:
    """What a category is of the whole, by what each line is of it and the categories that it may hold.

    `rows` has the categories of each line; a line without a share holds the category nowhere.
    """
    nothing = Interval.exactly(0)
    surely = [shares[item] for item, held in rows.items() if item in shares and [*held] == [category]]
    perhaps = [shares[item] for item, held in rows.items() if item in shares and category in held]
    most = sum(perhaps, nothing).high
    return Interval(sum(surely, nothing).low, min(most, _WHOLE.high))


def part_by_crosswalk(
    sources: Sources, table: Mapping[str, Any], ledger: Ledger, base: Base, place: Place
) -> tuple[Part | None, tuple[Amount, ...], list[Problem]]:
    """The range of a category by the crosswalk that it names, the claims of its lines, and what is wrong."""
    scenario, vocabulary = sources.scenario, sources.vocabulary
    entry = vocabulary.entry("crosswalks", table["crosswalk"])
    assert entry, "the form knows each crosswalk"
    tables: Sequence[Mapping[str, Any]] = entry.tables("rows")
    rows = {row["item"]: row["categories"] for row in tables}
    names = list(dict.fromkeys(name for held in rows.values() for name in held))
    if entry.text("actor") != scenario.data["actor"] or table["id"] not in names:
        message = f"{entry.label} does not tell {table['id']!r} of {scenario.data['actor']}."
        hint = f"It is of {entry.text('actor')}, with the categories {', '.join(names)}."
        return None, (), [Problem("unknown-id", message, place, hint)]
    wanted = {key: value for key, value in scenario.data["base"]["spending"].items() if key in _ALIKE}
    shares, claims, problems = dict[str, Interval](), list[Amount](), list[Problem]()
    for item, held in rows.items():
        if table["id"] in held:
            line = {**wanted, "measure": entry.text("measure"), "item": item}
            share, found, faults = part_of(scenario, table["label"], line, ledger, base, vocabulary, place)
            problems, claims = [*problems, *faults], [*claims, *found]
            shares |= {item: share} if share else {}
    if any(table["id"] in held and item not in shares for item, held in rows.items()):
        return None, (), problems
    share = range_of(table["id"], rows, shares)
    part = Part(entry, share, tuple(_rows(entry, table["id"], vocabulary)))
    if any(len(row.categories) > 1 for row in part.rows):
        problems.append(_unsplit(part, table["label"], scenario.base_year, place))
    return part, tuple(claims), problems


def _rows(entry: Entry, category: str, vocabulary: Vocabulary) -> Iterator[Row]:
    """The lines of a crosswalk that may hold a category, with the names of what stands in them."""
    measure = vocabulary.entry("measures", entry.text("measure"))
    items: Mapping[str, Any] = measure.table("items") if measure else {}
    tables: Sequence[Mapping[str, Any]] = entry.tables("rows")
    for row in tables:
        if category in row["categories"]:
            label = items.get(row["item"], {}).get("label", row["item"])
            yield Row(row["item"], label, _names(entry, row["categories"], vocabulary), row["reference"])


def _names(entry: Entry, categories: Iterable[str], vocabulary: Vocabulary) -> tuple[str, ...]:
    """The names of some categories in the definition to which a crosswalk leads."""
    definition = vocabulary.entry("definitions", entry.text("to"))
    known: Mapping[str, Any] = definition.table("categories") if definition else {}
    return tuple(known.get(one, {}).get("label", one).lower() for one in categories)


def _unsplit(part: Part, label: str, year: int, place: Place) -> Problem:
    """The warning that a category is known within a range alone."""
    lines = "; ".join(f"{row.label} into {' and '.join(row.categories)}" for row in part.rows)
    ends = f"{100 * part.share.low:.4g} to {100 * part.share.high:.4g}%"
    message = (
        f"{label}: {ends} of spending in {year}, since no source splits {lines}. "
        "The value to show is the middle, which no source gives."
    )
    hint = f"A claim of {label} in {year}, named in claim, or a sourced share would lift this."
    return Problem("unsplit-line", message, place, hint, "warning")


def crosswalk_origins(part: Part) -> Iterator[Origin]:
    """The rows on which a category rests, each with its reference."""
    layer = part.entry.layers.get("rows", "packaged")
    for row in part.rows:
        reference = {key: str(text) for key, text in row.reference.items()}
        text = f"{row.label} is {' or '.join(row.categories)}"
        identifier = f"crosswalk:{part.entry.id}:{row.item}"
        yield Origin(identifier, "crosswalk", part.entry.label, text, "", layer, reference)


def crosswalk_rows(parts: Iterable[Part | None]) -> list[tuple[str, str, str]]:
    """What stands among the assumptions: each line with its categories, and what no line names."""
    rows = dict[tuple[str, str, str], None]()
    for part in parts:
        if part:
            name = part.entry.label
            for row in part.rows:
                source = f"{row.reference['publisher']}: {row.reference['title']}"
                rows[name, f"{row.label} is {' or '.join(row.categories)}", source] = None
            unmatched: Sequence[Mapping[str, Any]] = part.entry.tables("unmatched")
            for lacking in unmatched:
                reference = lacking["reference"]
                source = f"In no line of the budget. {reference['publisher']}: {reference['title']}"
                rows[name, f"not matched: {lacking['label']}", source] = None
    return list(rows)
