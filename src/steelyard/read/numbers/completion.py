"""Completes figures that leave out a unit or scale which stands with another figure of the sentence.

"5, 10 and 15 million euros" are three amounts in euros; "17.8 trillion for ships and 43.4 trillion won for
pay" are two in won; "9.4 %, compared with 8.1 a year before" are two percentages.
"""

from __future__ import annotations

from decimal import Decimal

from steelyard.read.numbers.figure import Figure

Words = frozenset[str]
FARTHEST = 120
OPENING = "("
SCALE_OF_CROWDS = 1000000
# What stands between two amounts of a sentence and is none.
_NO_AMOUNTS = ("share", "points", "duration")
POINT, POINT_OF_PERCENT = "point", "percentage point"


def complete_lists(text: str, figures: list[Figure], lists: Words, compared: Words) -> list[Figure]:
    """The figures, those of a list in the unit and scale of its last, those compared in that of the first."""
    if len(figures) < 2:
        return figures
    done = list(figures)
    for number in range(len(done) - 2, -1, -1):
        done[number] = _from_next(text, done[number], done[number + 1], lists)
    last = done[0]
    for number in range(1, len(done)):
        done[number] = _from_last(text, done[number], _before(text, done, number, last), lists, compared)
        last = (
            done[number] if done[number].dimension == "money" and not _is_aside(text, done[number]) else last
        )
    return _as_points(done)


def with_crowds(text: str, figures: list[Figure], crowds: Words) -> list[Figure]:
    """The figures, bare millions that number a people in persons: "a nation of 6 million"."""
    return [
        figure._replace(unit="person", dimension="person")
        if figure.unit is None and figure.scale >= SCALE_OF_CROWDS and _is_crowd(text, figure, crowds)
        else figure
        for figure in figures
    ]


def _is_crowd(text: str, figure: Figure, crowds: Words) -> bool:
    lead = text[max(0, figure.outer_start - 32) : figure.outer_start].casefold().split()[-2:]
    following = text[figure.outer_end : figure.outer_end + 24].casefold().split()[:1]
    words = (" ".join(lead), *(f"… {word.strip('.,;:')}" for word in following))
    return not crowds.isdisjoint(words)


def _from_next(text: str, figure: Figure, following: Figure, lists: Words) -> Figure:
    """A figure of a list, completed from the next one; so is an amount without currency."""
    if figure.unit is not None or following.unit is None or figure.exact:
        return figure
    if following.start - figure.end > FARTHEST:
        return figure
    if figure.scale != 1:
        told_again = _is_aside(text, following)
        return _in_unit_of(figure, following) if following.dimension == "money" and not told_again else figure
    link = text[figure.outer_end : following.outer_start].strip().casefold()
    if (
        link not in lists
        or following.hedge
        or (following.dimension in ("duration", "time") and link not in lists)
    ):
        return figure
    completed = _in_unit_of(figure, following)
    if following.scale != 1 and Decimal(figure.digits) < 1000:
        return completed._replace(scale=following.scale)
    return completed


def _is_aside(text: str, figure: Figure) -> bool:
    """Whether a figure opens brackets, as an amount told over again in another currency does."""
    return text[figure.outer_start - 1 : figure.outer_start] == OPENING


def _before(text: str, figures: list[Figure], number: int, last: Figure) -> Figure:
    """The figure that completes another: the one before it, or over a share, a stretch of years or brackets
    the last amount.
    """
    previous = figures[number - 1]
    if _is_aside(text, previous) and figures[number].scale != 1 and last.dimension == "money":
        return last
    relative = previous.unit in (None, "time") or previous.dimension in _NO_AMOUNTS
    return last if relative and figures[number].scale != 1 and last.dimension == "money" else previous


def _from_last(text: str, figure: Figure, last: Figure, lists: Words, compared: Words) -> Figure:
    """A figure completed from the one before it: an amount without currency, a number that is compared."""
    if figure.unit is not None or last.unit is None or figure.exact or figure.start - last.end > FARTHEST:
        return figure
    if figure.scale != 1:
        return _in_unit_of(figure, last) if last.dimension == "money" else figure
    before = text[last.outer_end : figure.outer_start].casefold().rstrip()
    if not any(
        before.endswith(word) and not before[-len(word) - 1 : -len(word)].isalpha() for word in compared
    ):
        return figure
    completed = _in_unit_of(figure, last)
    is_coefficient = last.scale != 1 and Decimal(figure.digits) < 1000
    return completed._replace(scale=last.scale) if is_coefficient else completed


def _in_unit_of(figure: Figure, other: Figure) -> Figure:
    return figure._replace(unit=other.unit, dimension=other.dimension)


def _as_points(figures: list[Figure]) -> list[Figure]:
    """Points are points of percent where percentages are spoken of; those of an index have more decimals."""
    if not any(figure.dimension == "share" for figure in figures):
        return figures
    return [
        figure._replace(unit=POINT_OF_PERCENT, dimension="points")
        if figure.unit == POINT and len(figure.digits.partition(".")[2]) < 2
        else figure
        for figure in figures
    ]
