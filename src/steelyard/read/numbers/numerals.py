"""Finds figures: numerals and number words with scale word, currency, unit or counted noun, and their hedge.

One pattern finds where a number may begin; all else is looked at only there. Model names (KF-21), dates,
years, page and article numbers are not figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from steelyard.read.lexicon import Lexicon
from steelyard.read.mentions import Words
from steelyard.read.numbers.candidates import Candidates
from steelyard.read.numbers.compounds import Compounds
from steelyard.read.numbers.digits import (
    BLANKS,
    MOST_DIGITS,
    VULGAR_SIGNS,
    Number,
    read_digits,
    read_sign,
)
from steelyard.read.numbers.figure import Figure
from steelyard.read.numbers.hedges import Hedges
from steelyard.read.numbers.joins import JoiningWords, Span, join_figures
from steelyard.read.numbers.minus import MINUS, Minus
from steelyard.read.numbers.multiples import Multiples, Way
from steelyard.read.numbers.not_figures import NotFigures
from steelyard.read.numbers.number_units import NumberUnit, UnitFinder
from steelyard.read.numbers.number_words import NumberWords
from steelyard.read.numbers.shares import Shares, is_alone
from steelyard.read.numbers.sums import Sums
from steelyard.read.numbers.units_found import Found

DASHES = "-‑–—−"
OPENERS = frozenset(" \t\n\r\u00a0\u2009\u202f([{“‘\"'<>|~≈±+=≥≤*;:,&…→•\u200b")


class NumeralReader:
    """Finds the figures of a text with the units, scale words and number words of one language."""

    def __init__(self, lexicon: Lexicon) -> None:
        tables = {key: lexicon.mapping(key) for key in ("numbers", "fractions", "number_joints")}
        self._joints = {key: lexicon.words("number_joints", key) for key in tables["number_joints"]}
        self._units = UnitFinder(lexicon, self._joints)
        self._words = NumberWords(tables, self._units.words.scales)
        self._sums = Sums(self._words, self._units.words)
        entries = lexicon.vocabulary.entries("units").values()
        self._compounds = Compounds(entries, self._units.words, self._words, self._joints["amount_after"])
        self._multiples = Multiples(lexicon.mapping("multiples"))
        self._not = NotFigures(lexicon)
        self._thousands = lexicon.language.text("thousands")
        self._hedges = Hedges(lexicon)
        self._joining = JoiningWords.of(lexicon)
        self._minus = Minus(lexicon.words("number_joints", "minus"))
        links = sorted(lexicon.words("ranges", "joins") | lexicon.words("ranges", "only_between"))
        links += sorted(lexicon.words("ranges", "alternatives") | lexicon.words("ranges", "lists"))
        either = "|".join(map(re.escape, sorted(links, key=len, reverse=True)))
        self._link = re.compile(rf"(?:[{BLANKS}\n-]|(?=,))(?:{either})[{BLANKS}\n-]")
        self._candidates = Candidates({*self._words.first_words, *self._multiples.words})
        self._shares = Shares(self._words, self._units.words, self._candidates, self._joints, self._minus)

    def places(self, words: Words) -> list[int]:
        """The numbers of the words at which a number may begin."""
        return self._candidates.places(words)

    def find(self, text: str, blocked: Sequence[Span] = (), starts: Sequence[int] = ()) -> list[Figure]:
        """The figures in order.

        `blocked` are spans that hold dates or names, sorted; no figure overlaps them. `starts` are where the
        `places` of its words begin, if they are known, so that the text is not searched for them.
        """
        figures = list(self._free(text, blocked, starts))
        return join_figures(text, figures, blocked, self._joining) if figures else []

    def _free(self, text: str, blocked: Sequence[Span], starts: Sequence[int]) -> Iterator[Figure]:
        """The figures that overlap nothing blocked, each on its own."""
        position, barrier = 0, 0
        last: Figure | None = None
        for match in self._candidates.of(text, starts):
            if match.start() < position:
                continue
            while barrier < len(blocked) and blocked[barrier][1] <= match.start():
                barrier += 1
            wall = blocked[barrier][0] if barrier < len(blocked) else len(text) + 1
            if match.end() > wall:
                continue
            found = self._figure(text, match, last, wall)
            if isinstance(found, int):
                position = found
            elif found.end <= wall:
                whole = self._compounds.whole(text, found)
                last = whole if whole.end <= wall else found
                position = last.end
                yield last

    def _figure(self, text: str, match: re.Match[str], last: Figure | None, wall: int) -> Figure | int:
        """The figure that begins at a candidate, or where to go on where there is none."""
        first = text[match.start()]
        if first.isalpha():
            return self._in_words(text, match, last)
        last_end = last.end if last else -1
        if first in VULGAR_SIGNS:
            number = read_sign(text, match.start())
            return self._built(text, number, last) if number else match.end()
        number = read_digits(text, match.start(), match.end(), thousands=self._thousands)
        if number is None:
            return match.end()
        number = self._sums.whole(text, number)
        sign = self.units_before(text, number.start, last_end)
        begin = sign.edge if sign else number.start
        if not self._may_begin(text, begin, last_end):
            return number.end
        if begin and text[begin - 1] == "+" and (telephone := re.compile(_TELEPHONE).match(text, begin)):
            return telephone.end()
        if text[number.end : number.end + 1] in _FOLLOWING_MARKS:
            if fold := self._multiples.fold_after(text, number):
                return self._multiple(text, fold, None, last)
            if plus := self._hedges.attached_after(text, number.end):
                found = self._built(text, number._replace(end=plus[0]), last, sign)
                return found if isinstance(found, int) else found._replace(hedge=plus[1])
        if share := self._shares.of(text, number):
            return self._built(text, share, last)
        return self._built(text, number, last, sign)

    def units_before(self, text: str, start: int, last_end: int) -> Found | None:
        """The currency before a number, over the sign of a negative one ("$-5"), that is not of the last."""
        if last_end >= start - 1:
            return None
        if (
            start
            and text[start - 1] in MINUS
            and text[max(0, start - 2) : start - 1] in self._units.words.before
        ):
            found = self._units.words.before_number(text, start - 1)
        else:
            found = self._units.words.before_number(text, start)
        return found if found and found.edge >= last_end else None

    def _may_begin(self, text: str, begin: int, last_end: int) -> bool:
        """Whether a number may begin here: not inside a name, a date in figures or a clock time."""
        if begin == 0:
            return True
        before, farther = text[begin - 1], text[max(0, begin - 2) : begin - 1]
        if before in DASHES:
            if before == "—" or not farther or farther in OPENERS:
                return True
            return last_end == begin - 1 or self._hedges.attached_before(text, begin) is not None
        if before in ":,+":
            return not farther.isdigit()
        return before in OPENERS or before in "$€£¥"

    def _goes_on(self, text: str, start: int, last: Figure | None) -> bool:
        """Whether a number after a hyphen is the upper end of a range: "two-three", "two-to-three-year"."""
        if last is None or last.end == start - 1:
            return last is not None
        link = self._link.match(text, last.end)
        return link is not None and link.end() == start

    def _in_words(self, text: str, match: re.Match[str], last: Figure | None) -> Figure | int:
        """The figure of a number in words, or where to go on."""
        start, end = match.span()
        before = text[start - 1] if start else " "
        if before.isalnum() or text[end : end + 1].isalnum() or before in "_'’":
            return end
        if match[0].casefold() in self._multiples.words:
            multiple = self._multiples.read(text, start, end)
            if multiple and before not in DASHES:
                return self._multiple(text, multiple.number, multiple.way, last)
            return end
        number = self._words.read(text, start)
        if number is None or (
            before in DASHES and number.start == start and not self._goes_on(text, start, last)
        ):
            return end
        if self._not.is_name(text, number):
            return number.end
        if text[end : end + 1] == "-" and (fold := self._multiples.fold_after(text, number)):
            return self._multiple(text, fold, None, last)
        if share := self._shares.of(text, number):
            return self._built(text, share, last)
        return self._word_figure(text, number, last)

    def _multiple(self, text: str, number: Number, way: Way | None, last: Figure | None) -> Figure:
        start, hedge = self._hedges.before(text, number.start, None, last.outer_end if last else 0)
        return Figure(
            number.start, number.end, number.digits, Decimal(1), None, "multiple", hedge, start, number.end,
            exact=True, way=way,
        )  # fmt: skip

    def _word_figure(self, text: str, number: Number, last: Figure | None) -> Figure | int:
        """The figure of a number in words, which must count something, compare, or stand as a pronoun."""
        is_one = number.digits == "1" and number.scale == 1 and not self._units.is_rank(text, number)
        if is_one and self._minus.word_before(text, number.start) is None:
            return self._one(text, number, last)
        unit = self._units.of(text, number, None)
        if unit.dimension == "rank":
            return self._as_figure(text, number, unit, last)
        if unit.name is None and number.scale == 1:
            figure = self._as_figure(text, number, unit, last)
            fits = (
                self._is_part(text, number, figure) if number.exact else self._is_bare(text, number, figure)
            )
            return figure if fits else number.end
        is_verb = text[number.end + 1 : unit.end] in self._joints["verbs_too"] and text[number.end] != "-"
        if number.scale == 1 and is_verb:
            return number.end
        return self._as_figure(text, number, unit, last)

    def _one(self, text: str, number: Number, last: Figure | None) -> Figure | int:
        """The figure of "one", where it counts something and does not point to it."""
        key = text[max(0, number.start - 10) : number.start].rstrip().rpartition(" ")[2].casefold()
        counted = self._units.nouns.is_one(text, number.end)
        dimension = self._units.words.dimensions.get(counted.noun, "count") if counted else ""
        if key in self._joints["not_after"] and dimension not in self._joints["ones_of"]:
            return number.end
        if counted is not None:
            found = NumberUnit(counted.noun, dimension, number.start, counted.end)
            return self._as_figure(text, number, found, last)
        if self._units.nouns.is_pointing(text, number.end):
            return number.end
        unit = self._units.of(text, number, None)
        if unit.name is None or unit.apart:
            return number.end
        return self._as_figure(text, number, unit, last)

    def _is_part(self, text: str, number: Number, figure: Figure) -> bool:
        """Whether a part in words is a figure: "two-thirds", "by a third", "half of", not "a third party"."""
        if (
            number.digits not in ("0.5",)
            and text[number.start : number.end].partition(" ")[0].casefold() not in (self._joints["articles"])
        ):
            return True
        if figure.hedge or is_alone(text, number):
            return True
        before = text[max(0, number.start - 16) : number.start].split()[-1:]
        after = _NEXT_WORD.match(text, number.end)
        if after and after[1].casefold() in self._joints["parts_after"]:
            lead = before[0].casefold() if before else ""
            return lead not in self._joints["not_half"]
        ends = after is None or after[1].casefold() in self._joints["parts_end"]
        return bool(before) and before[0].casefold() in self._joints["parts_before"] and ends

    def _is_bare(self, text: str, number: Number, figure: Figure) -> bool:
        """Whether a number word that counts nothing is a figure all the same: "two were killed"."""
        before = text[max(0, number.start - 16) : number.start].split()[-1:]
        if "." in number.digits or figure.negative:
            return True
        if before and before[0].casefold() in self._joints["not_after"]:
            return False
        if (figure.hedge and figure.hedge != "about") or is_alone(text, number):
            return True
        after = _NEXT_WORD.match(text, number.end)
        if after and after[1].casefold() in self._joints["bare_after"]:
            return True
        if after and number.digits == "0" and after[1].casefold() in self._joints["zero_before"]:
            return True
        if (link := self._link.match(text, number.end)) and self._candidates.at(text, link.end()):
            return True
        return bool(before) and before[0].casefold() in self._joints["bare_before"]

    def _built(
        self, text: str, number: Number, last: Figure | None, sign: Found | None = None
    ) -> Figure | int:
        """The figure of a number in digits, or where to go on where it is none."""
        if number.exact and number.in_words:
            return self._as_figure(text, number, NumberUnit(None, None, number.start, number.end), last)
        unit_or_end = self._units.scaled(text, number, sign)
        if isinstance(unit_or_end, int):
            return unit_or_end
        number, unit = unit_or_end
        bare = unit.name is None and number.scale == 1
        if self._is_none(text, number, unit, bare=bare):
            return max(number.end, unit.end)
        return self._as_figure(text, number, unit, last, sign=sign)

    def _is_none(self, text: str, number: Number, unit: NumberUnit, *, bare: bool) -> bool:
        """Whether a number in digits is no figure after all."""
        following = text[number.end : number.end + 2]
        if unit.end == number.end and (following[:1].isalnum() or _TIED.match(following)):
            return True
        if bare and (_HYPHEN_WORD.match(following) or following in ("'s", "’s")):
            return not _SUSPENDED.match(text, number.end)
        if "." in number.digits and not self._thousands and _is_list(text, number, unit):
            return not self._is_result(text, number)
        if unit.dimension in ("person", "count") and self._not.is_year_of(text, number, apart=unit.apart):
            return True
        if unit.dimension == "length" and self._not.is_calibre(text, unit.end):
            return True
        return self._not.is_number_of(text, number, bare=bare)

    def _is_result(self, text: str, number: Number) -> bool:
        """Whether a sentence ends by saying what a number is: "the factor is 1,3."."""
        lead = text[max(0, number.start - 10) : number.start].split()[-1:]
        return bool(lead and lead[0].casefold() in self._joints["decimal_after"]) and (
            text[number.end : number.end + 1] in ".)" and not text[number.end + 1 : number.end + 2].isalnum()
        )

    def _as_figure(
        self, text: str, number: Number, unit: NumberUnit, last: Figure | None, *, sign: Found | None = None
    ) -> Figure:
        begin = min(unit.begin, number.start)
        minus = self._minus.before(text, number.start, begin, unit)
        if minus is not None and last and _is_upper_end(last, minus, number, unit):
            minus = None
        if minus is not None:
            begin = min(begin, minus)
        last_end = last.outer_end if last else 0
        start, hedge = self._hedges.before(text, begin, unit.dimension, last_end)
        outer_end, later = self._hedges.after(text, unit.end)
        digits = number.digits if len(number.digits) <= MOST_DIGITS else number.digits[:MOST_DIGITS]
        return Figure(
            begin,
            unit.end,
            digits,
            number.scale if unit.factor == 1 else number.scale * unit.factor,
            unit.name,
            unit.dimension,
            hedge or later,
            start,
            outer_end,
            negative=minus is not None,
            exact=number.exact and number.scale == 1,
        )


_FOLLOWING_MARKS = frozenset("-‑+f")
_TELEPHONE = r"\d{1,3}(?:[ -]?\(?\d{1,4}\)?){2,6}(?!\d)"
_NEXT_WORD = re.compile(rf"[{BLANKS}\n]([^\W\d_]+)")
_COMMA = re.compile(r"\d{1,4},(\d{1,2})(?![\d,.])")
_TIED = re.compile(r"[/:+]\d")
_HYPHEN_WORD = re.compile(r"[-‑–][A-Za-z]")
_SUSPENDED = re.compile(r"[-‑](?:to|and|or)-")


def _is_upper_end(lower: Figure, minus: int, number: Number, unit: NumberUnit) -> bool:
    """Whether a minus after a smaller number without a unit is the hyphen of a range: "75 -300 mm"."""
    if lower.end != minus - 1 or not lower.is_bare or unit.name is None or lower.exact or number.exact:
        return False
    return lower.amount < Decimal(number.digits) * number.scale


def _is_list(text: str, number: Number, unit: NumberUnit) -> bool:
    """Whether a comma that could begin decimals is one of a list: "3,5" without a unit, "2,4 ships"."""
    match = _COMMA.match(text, number.start, number.end)
    if match is None or number.scale != 1 or match[1].endswith("00") or match[0][0] == "0":
        return False
    return unit.name is None or unit.dimension in ("person", "count")
