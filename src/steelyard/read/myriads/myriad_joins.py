"""Joins figures where particles follow: ranges, the ends of a change, conversions, lists of one unit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from steelyard.read.lexicon import Lexicon
from steelyard.read.numbers.figure import Figure
from steelyard.read.numbers.joins import Span

MOST_LETTERS_BETWEEN = 30
# What stands behind the first amount of a rate: "(100엔=940원)" converts nothing before it.
EQUALS = ("=", "＝")
HYPHENS = frozenset("-–—")


class Joiner:
    """The words of a language that join two numbers."""

    def __init__(self, lexicon: Lexicon) -> None:
        words = lexicon.words
        self._joins = words("ranges", "joins")
        self._starts = _followers(words("ranges", "from"))
        self._ends = _followers(words("ranges", "to"))
        self._between, self._spans = (
            _followers(words("ranges", "between")),
            _followers(words("ranges", "between_to")),
        )
        self._conversion = words("ranges", "conversion")
        self._lists = words("ranges", "lists")

    def makes_range(self, text: str, place: int) -> bool:
        """Whether a mark of a range and a number follow."""
        mark = text[place : place + 1]
        return mark in self._joins and mark != "" and text[place + 1 : place + 2].isdigit()

    def join(self, text: str, figures: list[Figure], dates: Sequence[Span]) -> list[Figure]:
        """The figures with ranges made one; ends of a change and conversions say what they are."""
        joined: list[Figure] = []
        for figure in figures:
            last = joined[-1] if joined else None
            pair = self._pair(text, last, figure, dates) if last else [figure]
            joined[len(joined) - (1 if last else 0) :] = pair
        return [figure for figure in joined if not _is_hyphenated(text, figure)]

    def _pair(self, text: str, first: Figure, second: Figure, dates: Sequence[Span]) -> list[Figure]:
        link = text[first.end : second.start]
        if len(link) > MOST_LETTERS_BETWEEN:
            return [first, second]
        bare = " ".join(link.split())
        outer = " ".join(text[first.outer_end : second.outer_start].split())
        if bare in self._joins or self._is_between(text, first, second, bare):
            return _as_range(first, second) or [first, second]
        is_rate = text[second.end :].lstrip().startswith(EQUALS) and bare not in EQUALS
        if (
            not is_rate
            and (bare in self._conversion or outer in self._conversion)
            and _is_conversion(first, second)
        ):
            return [first, second._replace(join="conversion")]
        if self._starts.match(text, first.outer_end) and self._ends.match(text, second.outer_end):
            return self._as_ends(text, first, second, dates)
        if outer in self._lists and first.unit is None and first.scale != 1 and second.dimension == "money":
            return [first._replace(unit=second.unit, dimension=second.dimension), second]
        return [first, second]

    def _is_between(self, text: str, first: Figure, second: Figure, bare: str) -> bool:
        """Whether two figures are the ends of a range in words ("3만에서 5만 명 사이")."""
        return self._between.fullmatch(bare) is not None and self._spans.match(text, second.end) is not None

    def _as_ends(self, text: str, first: Figure, second: Figure, dates: Sequence[Span]) -> list[Figure]:
        """Both ends of a change, where nothing but a date stands between."""
        lead = self._starts.match(text, first.outer_end)
        gap = (lead.end() if lead else first.end, second.outer_start)
        dated = any(gap[0] <= start and end <= gap[1] for start, end in dates)
        words = text[gap[0] : gap[1]].split()
        unlike = first.unit and second.unit and not _are_alike(first, second)
        if unlike or (len(words) > 1 and not dated):
            return [first, second]
        left, right = _completed(first, second)
        return [left._replace(join="from"), right._replace(join="to")]


def _followers(words: frozenset[str]) -> re.Pattern[str]:
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return re.compile(rf"[ \u00a0]?(?:{'|'.join(map(re.escape, ordered)) or '(?!)'})(?![^\W\d_])")


def _completed(first: Figure, second: Figure) -> tuple[Figure, Figure]:
    """Two ends of which one has left out unit or scale, as in "1.3~2.4조원"."""
    whole = first if second.unit is None or first.dimension == "share" else second
    left = first._replace(unit=whole.unit, dimension=whole.dimension)
    right = second._replace(unit=whole.unit, dimension=whole.dimension)
    if (
        left.scale == 1
        and right.scale != 1
        and first.unit is None
        and Decimal(left.digits) <= Decimal(right.digits)
    ):
        left = left._replace(scale=right.scale)
    return left, right


def _as_range(first: Figure, second: Figure) -> list[Figure] | None:
    """One figure from two, each end with its own precision and scale; None where they make no range."""
    if first.is_range or (first.unit and second.unit and not _are_alike(first, second)):
        return None
    left, right = _completed(first, second)
    if left.is_bare or left.amount > right.amount or right.negative:
        return None
    hedge = left.hedge or right.hedge
    ends = {"end": second.end, "outer_end": second.outer_end}
    return [left._replace(**ends, hedge=hedge, high_digits=right.digits, high_scale=right.scale)]  # type: ignore[arg-type]


def _are_alike(first: Figure, second: Figure) -> bool:
    """Whether two figures have one unit; the second of two percentages leaves out of what they are."""
    return first.unit == second.unit or (first.dimension == second.dimension == "share")


def _is_conversion(first: Figure, second: Figure) -> bool:
    return first.dimension == second.dimension == "money" and first.unit != second.unit


def _is_hyphenated(text: str, figure: Figure) -> bool:
    """Whether a bare figure follows a number and a hyphen, or is followed by one: a score or a telephone."""
    before, after = text[max(0, figure.start - 2) : figure.start], text[figure.end : figure.end + 2]
    led = len(before) == 2 and before[0].isdigit() and before[1] in HYPHENS
    return led or (figure.is_bare and len(after) == 2 and after[0] in HYPHENS and after[1].isdigit())
