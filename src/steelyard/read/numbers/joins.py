"""Joins figures that stand together: the ends of a change, a range, an amount and its conversion, a list.

"From 903 million to 1.67 billion" stays two figures that know which end they are; "3 to 4 %" becomes one
figure with two ends; "66.3 trillion won ($47.1 billion)" stays two, the second a conversion of the first. A
number that leaves out unit or scale takes them from its partner: "5, 10 and 15 million euros".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from steelyard.read.lexicon import Lexicon
from steelyard.read.numbers.completion import OPENING, complete_lists, with_crowds
from steelyard.read.numbers.figure import Figure, Join

MOST_LETTERS_BETWEEN = 24
FARTHEST_END = 64
MOST_FALL = 5
HYPHENS = frozenset("-–‑—−")
NOT_IN_PAIRS = ("multiple",)
_CLAUSE_ENDS = re.compile(r"[;:()\n]|\.\s")
Span = tuple[int, int]


class JoiningWords(NamedTuple):
    """The words of a language that join two numbers, in lower case."""

    between: frozenset[str]
    joins: frozenset[str]
    only_between: frozenset[str]
    from_: frozenset[str]
    to: frozenset[str]
    conversion: frozenset[str]
    ranging: frozenset[str] = frozenset()
    alternatives: frozenset[str] = frozenset()
    lists: frozenset[str] = frozenset()
    compared: frozenset[str] = frozenset()
    left: frozenset[str] = frozenset()
    by: frozenset[str] = frozenset()
    moves: frozenset[str] = frozenset()
    crowds: frozenset[str] = frozenset()
    over: frozenset[str] = frozenset()

    @classmethod
    def of(cls, lexicon: Lexicon) -> JoiningWords:
        """Those of the lexicon's language."""
        lists = {key: lexicon.words("ranges", key.rstrip("_")) for key in cls._fields}
        lists["moves"] = lexicon.words("direction", "up") | lexicon.words("direction", "down")
        return cls(**lists)


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
    done = complete_lists(text, with_crowds(text, result, words.crowds), words.lists, words.compared)
    return _with_late_conversions(text, done, words)


def _with_late_conversions(text: str, figures: list[Figure], words: JoiningWords) -> list[Figure]:
    """The figures, with conversions of amounts whose currency has been completed: "460 lira, 400 ($9)"."""
    for number in range(1, len(figures)):
        first, second = figures[number - 1], figures[number]
        if second.join or first.dimension != "money" or not _is_conversion(first, second):
            continue
        link = text[first.outer_end : second.outer_start].strip().casefold()
        if link == OPENING and _leads_to_conversion(link, words):
            figures[number] = second._replace(join="conversion")
    return figures


def _pair(
    text: str, first: Figure, second: Figure, dates: Sequence[Span], words: JoiningWords
) -> list[Figure]:
    """What becomes of two figures that follow one another."""
    if first.dimension in NOT_IN_PAIRS or second.dimension in NOT_IN_PAIRS:
        return [first, second]
    link = " ".join(text[first.outer_end : second.outer_start].split()).casefold()
    lead = _lead(text, first, second, words)
    if ends := _ends_of_change(text, first, second, link, lead, dates, words):
        return _as_ends(first, second, ends)
    moved = not first.is_bare and link in words.joins and (lead in words.by or lead in words.moves)
    if (
        not moved
        and _joins_a_range(lead, link, words)
        and (joined := _as_range(text, first, second, link, words))
    ):
        begin = first.outer_start - (len(lead) + 1 if lead in words.between else 0)
        return [joined._replace(outer_start=begin)]
    if _is_conversion(first, second) and _leads_to_conversion(link, words):
        return [first, second._replace(join="conversion")]
    if _is_hyphenated(text, second):
        return [] if first.end == second.start - 1 and first.is_bare else [first]
    return [first, second]


def _lead(text: str, first: Figure, second: Figure, words: JoiningWords) -> str:
    """The word before two figures; one that opens a span ("ranging from") makes "from" mean "between"."""
    before = text[max(0, first.outer_start - 24) : first.outer_start].casefold().split()
    if not before:
        return ""
    if before[-1] in words.from_ and len(before) > 1 and before[-2] in words.ranging:
        return next(iter(words.between), "")
    return before[-1]


def _ends_of_change(
    text: str, first: Figure, second: Figure, link: str, lead: str, dates: Sequence[Span], words: JoiningWords
) -> tuple[Join, Join] | None:
    """Which ends of a change two figures are: "from A to B", "to B from A", "B, up from A"."""
    if link in words.left and _of_a_kind(first, second):
        return "to", "from"
    if lead not in words.from_ and lead not in words.to:
        return None
    last = link.rpartition(" ")[2]
    between = text[first.outer_end : second.outer_start]
    near = len(link) <= FARTHEST_END and not _CLAUSE_ENDS.search(between)
    if link != last and not near:
        return None
    if lead in words.from_ and last in words.to:
        return ("from", "to") if link == last or _of_a_kind(first, second) else None
    if lead in words.to and last in words.from_ and _of_a_kind(first, second):
        return "to", "from"
    return None


def _of_a_kind(first: Figure, second: Figure) -> bool:
    """Whether two figures can be ends of one change: one unit, or one of them without."""
    return first.unit == second.unit or first.unit is None or second.unit is None


def _begins(first: Figure, second: Figure) -> bool:
    """Whether the unit of the second goes on where that of the first ends: "1.9%-2.1% of GDP"."""
    return (second.unit or "").startswith(f"{first.unit} of ")


def _as_ends(first: Figure, second: Figure, ends: tuple[Join, Join]) -> list[Figure]:
    """Both ends of a change, each with the unit and scale that stand with the other alone."""
    if not (_of_a_kind(first, second) or _begins(first, second)):
        return [first, second]
    left, right = _completed(first, second)
    if ends == ("to", "from") and right.scale == 1 and left.scale != 1 and "," not in right.digits:
        right = _scaled_as(right, left)
    return [left._replace(join=ends[0]), right._replace(join=ends[1])]


def _scaled_as(figure: Figure, other: Figure) -> Figure:
    """A coefficient without its scale word, where it is as large as one: "to 65.9 trillion won from 61.2"."""
    value = Decimal(figure.digits)
    return figure._replace(scale=other.scale) if value < 1000 and figure.dimension != "share" else figure


def _joins_a_range(lead: str, link: str, words: JoiningWords) -> bool:
    if link in words.only_between:
        return lead in words.between
    return (
        link in words.joins
        or link in HYPHENS
        or link in words.alternatives
        or link.strip("- ") in words.joins
    )


def _completed(first: Figure, second: Figure) -> tuple[Figure, Figure]:
    """Two ends of which one has left out unit or scale, as in "$1.3 to 2.4 billion"."""
    unit, dimension = (
        (first.unit, first.dimension) if second.unit is None else (second.unit, second.dimension)
    )
    left = first if first.unit == unit else first._replace(unit=unit, dimension=dimension)
    right = second if second.unit == unit else second._replace(unit=unit, dimension=dimension)
    if left.scale == 1 and right.scale != 1 and _shares_scale(first, left, right):
        left = left._replace(scale=right.scale)
    return left, right


def _shares_scale(first: Figure, left: Figure, right: Figure) -> bool:
    """Whether the lower end means the scale of the upper one, or where a pair falls, of the same size."""
    low, high = Decimal(left.digits), Decimal(right.digits)
    is_coefficient = first.unit is None or "." in left.digits
    return low <= high or (is_coefficient and low < MOST_FALL * high)


def _as_range(text: str, first: Figure, second: Figure, link: str, words: JoiningWords) -> Figure | None:
    """One figure from two, each end with its own precision and scale; None where they make no range."""
    kin = _of_a_kind(first, second) or (link in HYPHENS and _begins(first, second))
    if first.is_range or not kin or _is_part_and_money(first, second):
        return None
    if link in words.alternatives and (not first.is_bare or second.is_bare or second.hedge):
        return None
    left, right = _completed(first, second)
    if left.is_bare or left.amount > right.amount or right.negative:
        return None
    return left._replace(
        end=second.end, outer_end=second.outer_end, high_digits=right.digits, high_scale=right.scale
    )


def _is_part_and_money(first: Figure, second: Figure) -> bool:
    """Whether a part in words stands before money: "cut by a third to 20 billion euros" is no range."""
    is_part = first.exact and first.unit is None and Decimal(first.digits) * first.scale < 1
    return is_part and second.dimension == "money"


def _leads_to_conversion(link: str, words: JoiningWords) -> bool:
    """Whether words between two amounts say that they are one: "a year, or", "of the money, or"."""
    if link in words.conversion:
        return True
    begin, comma, rest = link.partition(",")
    return bool(comma) and begin in words.over and f",{rest}" in words.conversion


def _is_conversion(first: Figure, second: Figure) -> bool:
    return first.dimension == second.dimension == "money" and first.unit != second.unit


def _is_hyphenated(text: str, figure: Figure) -> bool:
    """Whether the figure follows a number and a hyphen, so that it can only be the end of a range."""
    before = text[max(0, figure.start - 2) : figure.start]
    return len(before) == 2 and before[0].isdigit() and before[1] in HYPHENS
