"""What a file gave, counted for the reader, with each figure once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from steelyard.core.problems import Problem
from steelyard.panel.observations import Observation


def told_once(observations: Sequence[Observation]) -> tuple[list[Observation], list[str], list[Problem]]:
    """The observations without those that stand again further on, what was left for that reason, and where
    the two differ by more than rounding.

    The dollars of the United States are in a table of national currencies and in one of dollars.
    """
    last = {_key(one): one for one in observations}
    kept: list[Observation] = []
    left: dict[str, None] = {}
    problems: list[Problem] = []
    for one in observations:
        other = last[_key(one)]
        if other is one:
            kept.append(one)
        elif one.interval.meets(other.interval):
            left[f"{_sheet(one)}: {one.actor}, whose figures in {_sheet(other)} are the same"] = None
        else:
            message = (
                f"{one.actor} {one.measure} of {one.year} is {one.value:,f} here, but {other.value:,f} in "
                f"{other.place.key}; that one is taken."
            )
            problems.append(Problem("duplicate-row", message, one.place, "Look which of the two is right."))
    return kept, list(left), problems


def counted(observations: Iterable[Observation]) -> dict[str, int]:
    """How many observations there are of each kind; the currencies of countries are one kind."""
    return dict(Counter(", ".join(_kind(one)) for one in observations))


def _kind(one: Observation) -> Iterator[str]:
    yield one.measure
    if one.item:
        yield one.item
    is_own = len(one.unit) == 3 and one.unit.isupper() and (one.fiscal or one.unit != "USD")
    yield "local currency" if is_own else one.unit
    if one.prices:
        yield one.prices
    if one.fiscal:
        yield "financial years"


def _key(one: Observation) -> tuple[object, ...]:
    return (one.actor, one.measure, one.item, one.unit, one.prices, one.fiscal, one.year)


def _sheet(one: Observation) -> str:
    return one.place.key.rpartition("!")[0]
