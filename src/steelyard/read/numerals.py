"""Finds figures: numerals with scale word, currency, unit or counted noun, their hedge, and what joins them.

A figure keeps its digits as written; what interval they leave open is decided when its status is known, since
a target is exact and a measurement is not. Model names (KF-21), dates and years are not figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Literal

from steelyard.core.interval import Hedge, Interval, Precision
from steelyard.core.vocabulary import Entry
from steelyard.read.lexicon import Lexicon

NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d|,\d)|\d+(?:\.\d+)?(?!\d|[.,]\d)"
LIKELY_YEARS = range(1900, 2100)
MOST_ADJECTIVES = 3

Join = Literal["from", "to", "range", "conversion"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in the text. `start` and `end` span number, scale and unit; `digits` is the plain numeral.

    `unit` is an id of the units, a counted noun, or None. `join` says how it belongs to the figure of number
    `other`: the two ends of a change, of a range, or a conversion in brackets.
    """

    start: int
    end: int
    digits: str
    scale: Decimal
    unit: str | None
    dimension: str | None
    hedge: Hedge | None = None
    inner_start: int = 0
    join: Join | None = None
    other: int = -1
    high_digits: str | None = None
    negative: bool = False

    @property
    def precision(self) -> Precision:
        """How the digits bound the value, by the way they are written."""
        loose = self.scale != 1 or self.dimension in ("share", "points") or "." in self.digits
        return "digits" if loose else "count"

    def interval(self, *, exact: bool = False) -> Interval:
        """What the printed number leaves open, in single units; nothing if it is `exact`."""
        precision: Precision = "exact" if exact else self.precision
        hedge = None if exact else self.hedge
        found = Interval.as_written(self.digits, precision=precision, hedge=hedge)
        if self.high_digits:
            found = found.hull(Interval.as_written(self.high_digits, precision=precision, hedge=hedge))
        found = found.scaled(self.scale)
        return -found if self.negative else found

    @property
    def value(self) -> Decimal | None:
        """The number as printed, in single units; None for a range."""
        if self.high_digits:
            return None
        value = Decimal(self.digits) * self.scale
        return -value if self.negative else value


class NumeralReader:
    """Finds the figures of a text with the units, scale words and number words of one language."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._units = [
            e for e in lexicon.vocabulary.entries("units").values() if e.text("dimension") != "scale"
        ]
        self._language = lexicon.language.id
        self._numbers = {str(w).casefold(): Decimal(str(v)) for w, v in lexicon.mapping("numbers").items()}
        self._light = {"", *lexicon.words("grammar", "articles")}
        self._hedges = {
            str(phrase).casefold(): hedge
            for hedge, phrases in lexicon.mapping("hedges").items()
            if isinstance(phrases, list)
            for phrase in phrases
        }

    def find(self, text: str, blocked: Iterable[tuple[int, int]] = ()) -> list[Figure]:
        """The figures in order.

        `blocked` are spans that hold dates or names, sorted; no figure overlaps them.
        """
        figures = [f for match in self._pattern.finditer(text) if (f := self._figure(text, match))]
        free = [figure for figure in figures if not _overlaps(figure, blocked)]
        return _joined(text, free, self._lexicon)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        words = "|".join(sorted(map(re.escape, self._numbers), key=len, reverse=True))
        scales = self._spelled("scale", "phrases")
        short = [word for word in scales if len(word) <= 2]
        long = [word for word in scales if len(word) > 2]
        return re.compile(
            rf"(?P<sign>(?<![\w\d])[-−](?=[\d$€£¥₩]))?(?P<cur>(?:(?<![A-Za-z])(?:{_either(self._before)})\s?)?)"
            rf"(?:(?<![\w.,/:])(?<!\w[-–‑])(?P<num>{NUMBER})|(?<![\w'’-])(?P<word>(?i:{words}))(?![\w'’]))"
            rf"(?P<scale>[\s\u00a0-]?(?:{_either(long)})\b|\s?(?:{_either(short)})(?![\w-]))?"
            rf"(?P<unit>[\s\u00a0-]?(?:(?i:{_either(self._percents)})|(?:{_either(self._after)}))(?!\w))?"
        )

    @cached_property
    def _before(self) -> dict[str, str]:
        """Signs and codes that stand before a number, with their unit."""
        money = [unit for unit in self._units if unit.text("dimension") == "money"]
        return {symbol: unit.id for unit in money for symbol in unit.texts("symbols")}

    @cached_property
    def _percents(self) -> dict[str, str]:
        """Ways to write percent and points of percent, with and without what the share is of."""
        ways: dict[str, str] = {}
        plain = {u.id: (*u.texts("symbols"), *u.phrases(self._language)) for u in self._units if _is_share(u)}
        for unit in self._units:
            if base := unit.text("extends"):
                words = unit.phrases(self._language)
                ways.update({f"{sign} {phrase}": unit.id for sign in plain.get(base, ()) for phrase in words})
                ways.update({f"{sign} {phrase}": unit.id for sign in plain.get(base, ()) for phrase in words})
            elif _is_share(unit):
                ways.update(dict.fromkeys(plain[unit.id], unit.id))
        return ways

    @cached_property
    def _after(self) -> dict[str, str]:
        """Words that stand after a number, with their unit: names of money, persons, things counted."""
        rest = [unit for unit in self._units if not _is_share(unit)]
        names = {phrase: unit.id for unit in rest for phrase in unit.phrases(self._language)}
        return {**self._before, **names}

    def _spelled(self, dimension: str, key: str) -> dict[str, Decimal]:
        units = self._lexicon.vocabulary.entries("units").values()
        chosen = [unit for unit in units if unit.text("dimension") == dimension]
        return {word: unit.number("factor") for unit in chosen for word in unit.phrases(self._language, key)}

    def _figure(self, text: str, match: re.Match[str]) -> Figure | None:
        """The figure of a match of the pattern, or None where the number is no figure."""
        digits = self._digits(match)
        currency = self._before.get(match["cur"].strip())
        scale = self._spelled("scale", "phrases").get((match["scale"] or "").strip(" -\u00a0"), Decimal(1))
        unit, end = self._unit_after(text, match)
        unit = currency or unit
        if (
            match["scale"]
            and len(match["scale"].strip()) <= 2
            and unit is None
            and match["scale"][0].isspace()
        ):
            return None
        if self._is_no_figure(text, match, digits, unit, scale):
            return None
        start, hedge = self._hedge(text, match)
        entry = self._lexicon.vocabulary.entry("units", unit)
        dimension = entry.text("dimension") if entry else ("count" if unit else None)
        return Figure(
            match.start(),
            end,
            digits,
            scale,
            unit,
            dimension,
            hedge,
            start,
            negative=bool(match["sign"]),
        )

    def _digits(self, match: re.Match[str]) -> str:
        if match["num"]:
            return match["num"].replace(",", "")
        return str(self._numbers[match["word"].casefold()])

    def _unit_after(self, text: str, match: re.Match[str]) -> tuple[str | None, int]:
        """The unit that follows the number, and where it ends.

        Adjectives may stand between ("28,500 US troops").
        """
        if match["unit"]:
            word = " ".join(match["unit"].replace("-", " ").split())
            return self._percents.get(word.casefold()) or self._after.get(word) or self._percent(
                word
            ), match.end()
        if match["cur"] or match["unit"]:
            return None, match.end()
        position = match.end()
        for _ in range(MOST_ADJECTIVES):
            follower = _NEXT_WORD.match(text, position)
            if not follower:
                break
            if (unit := self._things.get(follower[1].casefold())) is not None:
                return unit, follower.end()
            position = follower.end()
        return None, match.end()

    @cached_property
    def _things(self) -> dict[str, str]:
        """One-word names of persons and things that may stand apart from their number."""
        counted = [unit for unit in self._units if unit.text("dimension") in ("person", "count")]
        return {p.casefold(): u.id for u in counted for p in u.phrases(self._language) if " " not in p}

    def _percent(self, word: str) -> str | None:
        folded = word.casefold()
        return next((unit for way, unit in self._percents.items() if way.casefold() == folded), None)

    def _is_no_figure(
        self, text: str, match: re.Match[str], digits: str, unit: str | None, scale: Decimal
    ) -> bool:
        """Whether the number is a year, a part of a name, or a word that counts nothing known."""
        bare = unit is None and scale == 1
        if match["word"]:
            return bare
        if (
            bare
            and digits.isdigit()
            and len(digits) == 4
            and int(digits) in LIKELY_YEARS
            and "," not in match["num"]
        ):
            return True
        after = text[match.end() : match.end() + 2].casefold()
        before = text[max(0, match.start() - 14) : match.start()].rstrip(" .#(").rpartition(" ")[2]
        listed = {str(w).casefold() for w in _list(self._lexicon.mapping("not_figures").get("before"))}
        ordinals = tuple(str(w).casefold() for w in _list(self._lexicon.mapping("not_figures").get("after")))
        attached = not match["unit"] and text[match.end() : match.end() + 1].isalnum()
        in_list = bare and _LIST_MARK.search(text[max(0, match.start() - 3) : match.end() + 2]) is not None
        return attached or (bare and (before.casefold() in listed or after.startswith(ordinals))) or in_list

    def _hedge(self, text: str, match: re.Match[str]) -> tuple[int, Hedge | None]:
        """The hedge before the number and where it starts; where there is none, the number's own start."""
        before = text[max(0, match.start() - 24) : match.start()]
        words = [(m.start(), m[0].casefold()) for m in re.finditer(r"[A-Za-z]+", before)][-4:]
        for length in (4, 3, 2, 1):
            if len(words) < length or before[words[-1][0] + len(words[-1][1]) :].strip() not in (
                "",
                "a",
                "the",
            ):
                continue
            phrase = " ".join(word for _, word in words[-length:])
            if phrase in self._hedges:
                return match.start() - len(before) + words[-length][0], self._hedges[phrase]  # type: ignore[return-value]
        return match.start(), None


_NEXT_WORD = re.compile(r"[ \u00a0]((?:[A-Za-z]\.){2,}|[A-Za-z][\w-]*)(?![\w])")
_LIST_MARK = re.compile(r"(?:^|\n)\(?\d{1,2}[.)]\s?$")


def _is_share(unit: Entry) -> bool:
    return unit.text("dimension") in ("share", "points")


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _either(words: Iterable[str]) -> str:
    """An alternation, the longest words first; without words one that never matches."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"[\s\u00a0]+") for word in ordered) or r"(?!)"


def _overlaps(figure: Figure, blocked: Iterable[tuple[int, int]]) -> bool:
    return any(start < figure.end and figure.start < end for start, end in blocked)


def _joined(text: str, figures: list[Figure], lexicon: Lexicon) -> list[Figure]:
    """The figures with ranges made one; ends of a change, and conversions, point to each other."""
    ranges = {
        key: {str(w) for w in _list(lexicon.mapping("ranges").get(key))}
        for key in ("between", "joins", "from", "to")
    }
    result: list[Figure] = []
    for figure in figures:
        before = result[-1] if result else None
        between = text[before.end : figure.start].strip() if before else None
        if before is None or between is None or len(between) > 6:
            result.append(figure)
            continue
        lead = text[max(0, before.start - 12) : before.start].rstrip().rpartition(" ")[2].casefold()
        if between in ranges["to"] and lead in ranges["from"]:
            result[-1] = _with_unit_of(before, figure, join="from", other=len(result))
            result.append(replace(figure, join="to", other=len(result) - 1))
        elif (
            between in ranges["joins"]
            and (lead in ranges["between"] or between != "and")
            and _is_range(before, figure)
        ):
            result[-1] = _as_range(before, figure, len(lead) + 1 if lead in ranges["between"] else 0)
        elif between == "(" and _is_conversion(before, figure):
            result.append(replace(figure, join="conversion", other=len(result) - 1))
        else:
            result.append(figure)
    return result


def _with_unit_of(figure: Figure, later: Figure, *, join: Join, other: int) -> Figure:
    """A figure whose unit stands only with the next one ("from 1.3 to 2.4 trillion won")."""
    if figure.unit is None and later.unit is not None:
        scale = later.scale if figure.scale == 1 else figure.scale
        return replace(
            figure, unit=later.unit, dimension=later.dimension, scale=scale, join=join, other=other
        )
    return replace(figure, join=join, other=other)


def _is_range(first: Figure, second: Figure) -> bool:
    same = first.unit == second.unit or first.unit is None
    return (
        same
        and first.high_digits is None
        and Decimal(first.digits) * first.scale <= Decimal(second.digits) * second.scale
    )


def _as_range(first: Figure, second: Figure, lead_length: int) -> Figure:
    """One figure from two, in the scale and unit of the second; the first may have left them out."""
    scale = second.scale if first.scale == 1 else first.scale
    ratio = second.scale / scale
    high = str(Decimal(second.digits) * ratio) if ratio != 1 else second.digits
    return replace(
        first,
        end=second.end,
        inner_start=first.inner_start - lead_length,
        scale=scale,
        unit=second.unit,
        dimension=second.dimension,
        high_digits=high,
    )


def _is_conversion(first: Figure, second: Figure) -> bool:
    return first.dimension == second.dimension == "money" and first.unit != second.unit
