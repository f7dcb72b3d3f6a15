"""Whether two numbers may be divided: what they say of definition, basis, status, prices, edition and year.

Where both say something and say it differently, their ratio means nothing, model section 0. What only one of
them says is an assumption, and is told. A bridge is a sourced factor from one definition to another; of the
other keys none is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from steelyard.core.claim import CALENDAR_YEAR, Claim
from steelyard.core.interval import Interval
from steelyard.core.period import Period
from steelyard.core.problems import Place, Problem
from steelyard.core.vocabulary import Vocabulary

YEAR_KIND = "year kind"
KEYS = ("definition", "basis", "status", "prices", "edition", YEAR_KIND)
DEFINITION = "definition"


@dataclass(frozen=True, slots=True)
class Bridge:
    """A sourced factor: `measure` in the definition `to` is that in `start` times `factor`."""

    start: str
    to: str
    measure: str
    factor: Interval
    written: str
    reference: Mapping[str, object]


def said(claims: Iterable[Claim], key: str, vocabulary: Vocabulary) -> set[str]:
    """All that claims say of a key; what they leave open is not among it."""
    values = (_year_kind(claim, vocabulary) if key == YEAR_KIND else getattr(claim, key) for claim in claims)
    return {str(value) for value in values if value is not None}


def _year_kind(claim: Claim, vocabulary: Vocabulary) -> str | None:
    """Of the calendar or fiscal, where these differ for the actor and the claim says which it is."""
    actor = vocabulary.entry("actors", claim.actor)
    if claim.when is None or (actor is not None and actor.data.get("fiscal_year_start_month") == 1):
        return None
    return "fiscal" if claim.when.kind == "fiscal" else "calendar" if CALENDAR_YEAR in claim.reasons else None


def apart_in(one: Iterable[Claim], other: Iterable[Claim], vocabulary: Vocabulary) -> dict[str, set[str]]:
    """The keys of which the claims of two numbers say different things, with all that they say."""
    claims = (*one, *other)
    every = {key: said(claims, key, vocabulary) for key in KEYS}
    return {key: values for key, values in every.items() if len(values) > 1}


def left_open(
    one: Iterable[Claim], other: Iterable[Claim], vocabulary: Vocabulary
) -> Iterator[tuple[str, str]]:
    """Each key of which only the first number says something, with what it says."""
    first, second = tuple(one), tuple(other)
    for key in KEYS:
        if (values := said(first, key, vocabulary)) and not said(second, key, vocabulary):
            yield key, ", ".join(sorted(values))


def find_bridge(
    vocabulary: Vocabulary, start: str, to: str, measure: str, actor: str, year: int
) -> tuple[Bridge | None, list[Problem]]:
    """The factor from one definition to another, as either of their entries gives it.

    A bridge that is written the other way round is found too, its `start` and `to` as written.
    """
    problems: list[Problem] = []
    for here, there in ((start, to), (to, start)):
        entry = vocabulary.entry("definitions", here)
        for table in entry.tables("bridges") if entry else ():
            keys = (table.get("to"), table.get("measure"), table.get("actor"))
            if keys != (there, measure, actor):
                continue
            assert entry
            bridge, faults = _bridge(here, table, year, entry.place("bridges"))
            problems += faults
            if bridge:
                return bridge, problems
    return None, problems


def _bridge(
    start: str, table: Mapping[str, Any], year: int, place: Place
) -> tuple[Bridge | None, list[Problem]]:
    """One table as a bridge; None where it is of other years."""
    low, high = (str(table.get(key) or table.get("factor") or "") for key in ("low", "high"))
    try:
        period = Period.parse(table["period"])
        factor = Interval.as_written(low).hull(Interval.as_written(high))
    except ValueError as error:
        hint = 'Write a plain factor, such as "1.10", or low and high, and a year or years ("2024/2026").'
        return None, [Problem("broken-bridge", f"{str(error).capitalize()}.", place, hint)]
    if factor.low <= 0:
        hint = "Give a factor above 0."
        return None, [Problem("broken-bridge", f"A bridge of {low} leads nowhere.", place, hint)]
    if not period.contains(Period.parse(str(year))):
        return None, []
    written = str(table.get("factor") or f"{low} to {high}")
    return Bridge(start, table["to"], table["measure"], factor, written, table["reference"]), []
