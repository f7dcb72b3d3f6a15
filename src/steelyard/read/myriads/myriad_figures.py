"""Finds the figures of languages that count in myriads, with unit, hedge and what they are joined to.

A number in letters is a figure only where a unit or counter follows, or where it is too long to be another
word. Names of models, dates, ordinals and numbers of articles, units and telephones are none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property

from steelyard.core.interval import Hedge
from steelyard.read.lexicon import Lexicon
from steelyard.read.myriads.counters import COUNTED, Counters, UnitFound
from steelyard.read.myriads.myriad_joins import Joiner
from steelyard.read.myriads.myriad_parts import Parts
from steelyard.read.myriads.myriad_rules import NotFigures
from steelyard.read.myriads.myriads import ONE, Numeral, Numerals
from steelyard.read.myriads.particles import either
from steelyard.read.myriads.scales_that_rise import rising_scales
from steelyard.read.numbers.figure import Figure
from steelyard.read.numbers.joins import Span

BLANKS = r"[ \u00a0]"
SIGNS = frozenset("-−")
MOST_LETTERS_BEFORE = 12
MOST_LETTERS_TO_WHOLE = 24


class MyriadReader:
    """Finds the figures of a text with the numerals, units and counters of one language."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._numerals = Numerals(lexicon.mapping("myriads"))
        self._counters = Counters(lexicon)
        self._parts = Parts(lexicon, self._numerals, self._counters)
        self._joiner = Joiner(lexicon)
        self._rules = NotFigures(lexicon, self._counters, self._joiner, self._parts)
        self._script = lexicon.language.text("script")
        units = lexicon.vocabulary.entries("units").values()
        self._before = {s: u.id for u in units if u.text("dimension") == "money" for s in u.texts("symbols")}

    def find(self, text: str, blocked: Sequence[Span] = ()) -> list[Figure]:
        """The figures in order; none overlaps the `blocked` spans, which hold dates and are sorted."""
        figures: list[Figure] = []
        if none := [(one.start, one.end) for one in rising_scales(text, self._lexicon)]:
            blocked = sorted([*blocked, *none])
        starts = [start for start, _ in blocked]
        place = 0
        while match := self._begin.search(text, place):
            number = bisect_right(starts, match.start())
            if number and blocked[number - 1][1] > match.start():
                place = blocked[number - 1][1]
                continue
            stop = starts[number] if number < len(starts) else len(text)
            figure = self._figure(text, match.start(), stop, figures[-1].end if figures else 0)
            place = figure.end if figure else self._end_of_number(text, match.start())
            if figure:
                figures.append(figure)
        return self._joiner.join(text, list(self._with_wholes(text, figures)), blocked)

    def _with_wholes(self, text: str, figures: list[Figure]) -> Iterator[Figure]:
        """The figures, percentages of a whole that is named before them ("GDP 대비 2.3%") in its unit."""
        before = -MOST_LETTERS_TO_WHOLE
        for figure in figures:
            unit = None
            if figure.dimension == "share":
                named = self._whole.search(
                    text, max(before, figure.outer_start - MOST_LETTERS_TO_WHOLE, 0), figure.outer_start
                )
                unit = self._wholes.get((figure.unit, named[1])) if named else None
            yield figure._replace(unit=unit) if unit else figure
            before = figure.end

    @cached_property
    def _wholes(self) -> dict[tuple[str | None, str], str]:
        """The units of percentages of a whole, by the plain unit and the name of the whole."""
        language, units = self._lexicon.language.id, self._lexicon.vocabulary.entries("units").values()
        return {
            (u.text("extends"), name): u.id
            for u in units
            if u.text("extends")
            for name in u.phrases(language)
        }

    @cached_property
    def _whole(self) -> re.Pattern[str]:
        names, links = either({name for _, name in self._wholes}), self._either("myriads", "of_whole")
        return re.compile(rf"({names})(?:\(\w+\))?{BLANKS}?(?:(?:{links})[^.,;:%]*)?$")

    @cached_property
    def _begin(self) -> re.Pattern[str]:
        words = "|".join(sorted(map(re.escape, self._lexicon.mapping_of("myriads", "shares")), reverse=True))
        return re.compile(
            r"(?<![\d.,/:^A-Za-z_])(?<!\d[·‧+])(?=\d|\.\d)"
            rf"|(?<!\w)(?={self._numerals.begins}|(?:{words or '(?!)'}))"
        )

    def _end_of_number(self, text: str, start: int) -> int:
        digits = _DIGITS.match(text, start)
        return max(start + 1, digits.end() if digits else 0)

    def _figure(self, text: str, start: int, stop: int, last_end: int) -> Figure | None:
        """The figure that begins at a place, by the longest numeral that can be one.

        The figure before it ends at `last_end`: "8$500" has one sign of a currency, not two.
        """
        for word, value in self._lexicon.mapping_of("myriads", "shares").items():
            if text.startswith(word, start) and self._counters.ends_word(text, start + len(word)):
                numeral = Numeral(start, start + len(word), str(value), ONE, "native", len(word), exact=True)
                return self._built(text, numeral, None, last_end)
        numerals = self._numerals.at(text, start, stop)
        for numeral in numerals:
            if part := self._parts.of_whole(text, numeral, stop):
                return self._built(text, part, None, last_end)
        for numeral in numerals:
            unit = self._unit(text, numeral)
            signed = self._with_sign(text, numeral.start)[1]
            if not self._rules.rules_out(text, numeral, unit, signed=signed):
                return self._built(text, numeral, unit, last_end)
        return None

    # What the number is of

    def _unit(self, text: str, numeral: Numeral) -> UnitFound | None:
        """The unit after a number, or before it as the sign of a currency."""
        end = numeral.end + len(self._inside(text, numeral))
        found = self._counters.after(text, end)
        found = self._prefixed(text, numeral, found)
        if found and (found.dimension == COUNTED or found.unit == "person") and found.unit is None:
            return self._counters.counted(text, numeral, found)
        return found

    def _prefixed(self, text: str, numeral: Numeral, found: UnitFound | None) -> UnitFound | None:
        """The unit as a word before the number changes it: "섭씨 40도", "달러당 1,400원"."""
        lead = self._prefixes.search(text, max(0, numeral.start - MOST_LETTERS_BEFORE), numeral.start)
        if lead is None:
            return found
        if found and found.dimension == "money" and (per := self._lexicon.mapping("per").get(lead[1])):
            return found._replace(unit=f"{found.unit} per {per}", dimension="rate")
        unit = self._lexicon.mapping_of("prefixed", lead[1]).get(found.unit or "" if found else "")
        if unit is None:
            return found
        entry = self._lexicon.vocabulary.entry("units", str(unit))
        return UnitFound(
            found.word if found else "",
            found.end if found else numeral.end,
            str(unit),
            entry.text("dimension") if entry else "rate",
        )

    @cached_property
    def _prefixes(self) -> re.Pattern[str]:
        words = [*self._lexicon.mapping("prefixed"), *self._lexicon.mapping("per")]
        hedges, minus = self._hedges[0].pattern.removesuffix("$"), self._either("myriads", "minus")
        return re.compile(rf"({either(words)}){BLANKS}?(?:{hedges})?(?:(?:{minus}){BLANKS}?)?$")

    def _inside(self, text: str, numeral: Numeral) -> str:
        """The hedge between a number and its unit."""
        words = sorted(self._lexicon.words("myriads", "about_inside"))
        return next((word for word in words if text.startswith(word, numeral.end)), "")

    def _built(self, text: str, numeral: Numeral, unit: UnitFound | None, last_end: int) -> Figure:
        """The figure of a numeral with its unit, sign and hedges."""
        start, negative = self._with_sign(text, numeral.start)
        start, currency = self._with_currency(text, start, last_end)
        inside = self._inside(text, numeral) if unit else ""
        digits, scale, end = numeral.digits, numeral.scale, unit.end if unit else numeral.end
        if unit and unit.dimension == "money":
            digits, scale, end = self._with_hundredths(text, digits, scale, end)
        outer_start, hedge = self._hedge_before(text, start)
        outer_end, later = self._hedge_after(text, end)
        return Figure(
            start,
            end,
            digits,
            scale,
            currency or (unit.unit if unit else None),
            "money" if currency else unit.dimension if unit else None,
            hedge or later or ("about" if inside else None),
            outer_start,
            outer_end,
            negative=negative or numeral.negative,
            exact=numeral.exact or (unit is not None and unit.dimension == "factor"),
        )

    def _with_hundredths(self, text: str, digits: str, scale: Decimal, end: int) -> tuple[str, Decimal, int]:
        """An amount of money with its smaller coins: "3달러 50센트" is 3.5 dollars."""
        coins = self._coins.match(text, end)
        if coins is None or "." in digits or len(coins["count"]) > 2:
            return digits, scale, end
        value = Decimal(digits) * scale + Decimal(coins["count"]).scaleb(-2)
        return f"{value:f}", ONE, coins.end()

    @cached_property
    def _coins(self) -> re.Pattern[str]:
        return re.compile(rf"{BLANKS}?(?P<count>\d+){BLANKS}?(?:{self._either('myriads', 'hundredths')})")

    # What stands before and after

    @cached_property
    def _sign_before(self) -> re.Pattern[str]:
        return re.compile(
            rf"(?:(?<![^\s(\[“‘\"'])|(?<={self._either('myriads', 'of')}))"
            rf"(?:{self._either('myriads', 'minus')}){BLANKS}?$"
        )

    def _with_sign(self, text: str, start: int) -> tuple[int, bool]:
        """Where a number begins with its sign, and whether it is negative."""
        sign = self._sign_before.search(text, max(0, start - MOST_LETTERS_BEFORE), start)
        if sign and sign[0][0] in SIGNS and (len(sign[0]) > 1 or _ends_in_number(text, sign.start())):
            return start, False  # a dash between two numbers
        return (sign.start(), True) if sign else (start, False)

    @cached_property
    def _currency_before(self) -> re.Pattern[str]:
        signs = sorted(map(re.escape, self._before), key=len, reverse=True)
        return re.compile(rf"(?<![A-Za-z])(?P<sign>{'|'.join(signs) or '(?!)'}){BLANKS}?$")

    def _with_currency(self, text: str, start: int, last_end: int) -> tuple[int, str | None]:
        first = max(last_end, start - MOST_LETTERS_BEFORE, 0)
        found = self._currency_before.search(text, first, start)
        return (found.start(), self._before[found["sign"]]) if found else (start, None)

    def _hedge_before(self, text: str, start: int) -> tuple[int, Hedge | None]:
        pattern, hedges = self._hedges
        found = pattern.search(text, max(0, start - MOST_LETTERS_BEFORE), start)
        return (found.start(1), hedges[found[1]]) if found else (start, None)  # type: ignore[return-value]

    @cached_property
    def _hedges(self) -> tuple[re.Pattern[str], dict[str, str]]:
        phrases = _keys_by_phrase(self._lexicon.mapping("hedges"))
        return re.compile(rf"(?<![{self._script}])({either(phrases)}){BLANKS}?$"), phrases

    def _hedge_after(self, text: str, end: int) -> tuple[int, Hedge | None]:
        pattern, hedges = self._hedges_after
        found = pattern.match(text, end)
        if found is None:
            return end, None
        return found.end(1), hedges[found[1]]  # type: ignore[return-value]

    @cached_property
    def _hedges_after(self) -> tuple[re.Pattern[str], dict[str, str]]:
        """The words after a number that hedge it; those with "~" may go on, the others end the word."""
        phrases = _keys_by_phrase(self._lexicon.mapping("hedges_after"))
        stems = [phrase.removesuffix("~") for phrase in phrases if phrase.endswith("~")]
        whole = [phrase for phrase in phrases if not phrase.endswith("~")]
        particles = either(self._lexicon.language.texts("particles"))
        ends = rf"(?=(?:{particles}){{0,2}}(?![{self._script}]))"
        pattern = rf"{BLANKS}?((?:{either(stems)})|(?:{either(whole)}){ends})"
        return re.compile(pattern), {phrase.removesuffix("~"): key for phrase, key in phrases.items()}

    def _either(self, table: str, key: str) -> str:
        return either(self._lexicon.words(table, key))


_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")


def _ends_in_number(text: str, place: int) -> bool:
    return text[max(0, place - 2) : place].rstrip()[-1:].isdigit()


def _keys_by_phrase(table: Mapping[str, object]) -> dict[str, str]:
    lists = ((key, phrases) for key, phrases in table.items() if isinstance(phrases, list))
    return {str(phrase): key for key, phrases in lists for phrase in phrases}
