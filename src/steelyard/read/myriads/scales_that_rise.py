"""Numbers whose scale words do not descend: "61억2469억" for "61조2469억", which no number can be.

A row of myriads has each scale once, the larger first. Two parts of one scale with nothing between them are
a slip of the first scale word, and neither their sum nor either part is what was meant; so none is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from steelyard.core.problems import Problem
from steelyard.read.documents.document import Document
from steelyard.read.lexicon import Lexicon

# Two guesses at one number lie closer together than this factor.
FAR = 10
# No word for a unit is longer, its blank counted.
_LONGEST = 20
_COUNT = r"(?<![\d.,])\d{1,3}(?:,?\d{3})*(?:\.\d+)?(?![.,]?\d)"


@dataclass(frozen=True)
class RisingScales:
    """A number of two parts, the second of which has no smaller scale word, and what was probably meant."""

    start: int
    end: int
    quote: str
    meant: str


def rising_scales(text: str, lexicon: Lexicon) -> Iterator[RisingScales]:
    """The numbers of a text that fall in no order, as far as one other scale word would mend them.

    Round numbers of one size apart by a blank are two guesses ("300억 400억"), and numbers of a row have a
    unit each.
    """
    scales = _scales(lexicon)
    if not scales:
        return
    for match in _pattern(tuple(scales)).finditer(text):
        first, second, count, rest = match["first"], match["second"], match["count"], match["rest"]
        if scales[first] > scales[second] or _goes_on(text, match.end(), scales, second):
            continue
        if _is_apart(match, text, lexicon):
            continue
        mended = _mended(scales, first, second)
        if mended and _number(rest) * scales[mended[1]] < scales[mended[0]]:
            end = match.end() + len(_smaller_parts(text, match.end(), scales, second))
            inner, behind = text[match.end("first") : match.start("second")], text[match.end() : end]
            meant = f"{count}{mended[0]}{inner}{mended[1]}{behind}"
            yield RisingScales(match.start(), end, text[match.start() : end], meant)


def _is_apart(match: re.Match[str], text: str, lexicon: Lexicon) -> bool:
    """Whether two parts with a blank between them are two numbers.

    Letters right behind the second make one number of them, and so does a unit behind another blank, if the
    second counts many more: "61억 2,469억 원".
    """
    if not match["blank"]:
        return False
    far = _number(match["rest"]) >= FAR * _number(match["count"])
    behind = text[match.end() : match.end() + _LONGEST]
    if behind[:1].isalpha():
        return not far and _is_round(match["count"]) and _is_round(match["rest"])
    return not (far and behind.lstrip(" \u00a0").startswith(_units(lexicon)))


def _goes_on(text: str, place: int, scales: dict[str, Decimal], second: str) -> bool:
    """Whether a third part follows that does not descend either: a row of numbers without blanks."""
    following = _part(tuple(scales)).match(text, place)
    return following is not None and scales[following["scale"]] >= scales[second]


def _mended(scales: dict[str, Decimal], first: str, second: str) -> tuple[str, str] | None:
    """Both scale words with one of them another: the first the next larger, or else the second smaller.

    Nobody counts a budget in the largest scale of all.
    """
    order = list(scales)
    larger, smaller = order.index(second) + 1, order.index(first) - 1
    if larger < len(order) - 1:
        return order[larger], second
    return (first, order[smaller]) if smaller >= 0 else None


def _smaller_parts(text: str, place: int, scales: dict[str, Decimal], second: str) -> str:
    """The next part of the number behind its second scale word, if it has a smaller one."""
    following = _part(tuple(scales)).match(text, place)
    return following[0] if following and scales[following["scale"]] < scales[second] else ""


def warnings_of_scales(document: Document, lexicons: Iterable[Lexicon]) -> Iterator[Problem]:
    """A warning for each such number of a document, with the number that was probably meant."""
    for lexicon in lexicons:
        for one in rising_scales(document.text, lexicon):
            message = (
                f"“{one.quote}” is no number: its scale words do not descend. It was left out, and nothing "
                "rests on it."
            )
            hint = f"Probably “{one.meant}” was meant; write it so if it was."
            place = document.place(one.start, one.end)
            yield Problem("rising-scales", message, place, hint, "warning")


@lru_cache(maxsize=16)
def _scales(lexicon: Lexicon) -> dict[str, Decimal]:
    """The scale words of a language, the smallest first."""
    table = lexicon.mapping_of("myriads", "scales")
    return dict(
        sorted(((word, Decimal(str(value))) for word, value in table.items()), key=lambda one: one[1])
    )


@lru_cache(maxsize=16)
def _units(lexicon: Lexicon) -> tuple[str, ...]:
    """The words for units that stand behind a number, scale words left out."""
    return tuple(word for word in lexicon.unit_words if word not in _scales(lexicon))


@lru_cache(maxsize=16)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    signs = "".join(map(re.escape, words))
    return re.compile(
        rf"(?<![{signs}])(?P<count>{_COUNT})[ \u00a0]?(?P<first>[{signs}])(?P<blank>[ \u00a0]?)"
        rf"(?P<rest>{_COUNT})[ \u00a0]?(?P<second>[{signs}])"
    )


@lru_cache(maxsize=16)
def _part(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"[ \u00a0]?{_COUNT}[ \u00a0]?(?P<scale>[{''.join(map(re.escape, words))}])")


def _number(count: str) -> Decimal:
    return Decimal(count.replace(",", ""))


def _is_round(count: str) -> bool:
    """Whether a number has one digit but for zeros at its end."""
    return len(count.replace(",", "").rstrip("0")) == 1
