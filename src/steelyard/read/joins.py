"""Joins two figures side by side: the ends of a change, a range, or an amount and its conversion.

"From 903 million to 1.67 billion" stays two figures that know which end they are; "3 to 4 %" becomes one
figure with two ends; "66.3 trillion won ($47.1 billion)" stays two, the second a conversion of the first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from steelyard.read.figure import Figure, Join
from steelyard.read.lexicon import Lexicon

MOST_LETTERS_BETWEEN = 24
HYPHENS = frozenset("-–‑—")
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class JoiningWords:
    """The words of a language that join two numbers, in lower case."""

    between: frozenset[str]
    joins: frozenset[str]
    only_between: frozenset[str]
    from_: frozenset[str]
    to: frozenset[str]
    conversion: frozenset[str]

    @classmethod
    def of(cls, lexicon: Lexicon) -> JoiningWords:
        """Those of the lexicon's language."""
        keys = ("between", "joins", "only_between", "from", "to", "conversion")
        return cls(*(lexicon.words("ranges", key) for key in keys))


def join_figures(
    text: str, figures: Iterable[Figure], dates: Sequence[Span], words: JoiningWords
) -> list[Figure]:
    """The figures with ranges made one; ends of a change and conversions say what they are.

    `dates` are the spans of dates, which may stand between the ends of a change. The second number of a pair
    with a hyphen that makes no range (a score, a year's second half) is dropped, the first too if it is bare.
    """
    result: list[Figure] = []
    for figure in figures:
        if result:
            result[-1:] = _pair(text, result[-1], figure, dates, words)
        elif not _is_hyphenated(text, figure):
            result.append(figure)
    return result


def _pair(
    text: str, first: Figure, second: Figure, dates: Sequence[Span], words: JoiningWords
) -> list[Figure]:
    """What becomes of two figures that follow one another."""
    link, bare_link = _links(text, first.outer_end, second.outer_start, dates)
    lead = text[max(0, first.outer_start - 12) : first.outer_start].rstrip().rpartition(" ")[2].casefold()
    if ends := _ends_of_change(lead, link, words):
        return _as_ends(first, second, ends)
    if _joins_a_range(lead, bare_link, words) and (joined := _as_range(first, second)):
        begin = first.outer_start - (len(lead) + 1 if lead in words.between else 0)
        return [replace(joined, outer_start=begin)]
    if bare_link in words.conversion and _is_conversion(first, second):
        return [first, replace(second, join="conversion")]
    if _is_hyphenated(text, second):
        return [] if first.end == second.start - 1 and first.is_bare else [first]
    return [first, second]


def _links(text: str, start: int, end: int, dates: Sequence[Span]) -> tuple[str, str]:
    """The word that joins two figures once a date between them is left out, and all words between them."""
    whole = " ".join(text[start:end].split()).casefold()
    if len(whole) > MOST_LETTERS_BETWEEN or not any(start <= a and b <= end for a, b in dates):
        return whole, whole
    return whole.rpartition(" ")[2], whole


def _ends_of_change(lead: str, link: str, words: JoiningWords) -> tuple[Join, Join] | None:
    """Which ends of a change two figures are: "from A to B", or "to B from A"."""
    if lead in words.from_ and link in words.to:
        return "from", "to"
    return ("to", "from") if lead in words.to and link in words.from_ else None


def _as_ends(first: Figure, second: Figure, ends: tuple[Join, Join]) -> list[Figure]:
    """Both ends of a change, each with the unit and scale that stand with the other alone."""
    if first.unit is not None and second.unit is not None and first.unit != second.unit:
        return [first, second]
    left, right = _completed(first, second)
    return [replace(left, join=ends[0]), replace(right, join=ends[1])]


def _joins_a_range(lead: str, link: str, words: JoiningWords) -> bool:
    if link in words.only_between:
        return lead in words.between
    return link in words.joins or link in HYPHENS


def _completed(first: Figure, second: Figure) -> tuple[Figure, Figure]:
    """Two ends of which one has left out unit or scale, as in "$1.3 to 2.4 billion"."""
    unit, dimension = (
        (first.unit, first.dimension) if second.unit is None else (second.unit, second.dimension)
    )
    left = replace(first, unit=unit, dimension=dimension)
    right = replace(second, unit=unit, dimension=dimension)
    if left.scale == 1 and right.scale != 1 and Decimal(left.digits) <= Decimal(right.digits):
        left = replace(left, scale=right.scale)
    return left, right


def _as_range(first: Figure, second: Figure) -> Figure | None:
    """One figure from two, each end with its own precision and scale; None where they make no range."""
    if first.is_range or (first.unit is not None and second.unit is not None and first.unit != second.unit):
        return None
    left, right = _completed(first, second)
    if left.is_bare or left.amount > right.amount:
        return None
    return replace(
        left, end=second.end, outer_end=second.outer_end, high_digits=right.digits, high_scale=right.scale
    )


def _is_conversion(first: Figure, second: Figure) -> bool:
    return first.dimension == second.dimension == "money" and first.unit != second.unit


def _is_hyphenated(text: str, figure: Figure) -> bool:
    """Whether the figure follows a number and a hyphen, so that it can only be the end of a range."""
    before = text[max(0, figure.start - 2) : figure.start]
    return len(before) == 2 and before[0].isdigit() and before[1] in HYPHENS
