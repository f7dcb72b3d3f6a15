"""What is no figure among the numbers of languages that count in myriads.

Years, days and hours; ordinals and the numbers of articles, units and houses; parts of names; and letters
that only look like a number, as in words that begin with "one" or "three".
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cached_property

from steelyard.read.lexicon import Lexicon
from steelyard.read.myriads.counters import Counters, UnitFound
from steelyard.read.myriads.myriad_joins import Joiner
from steelyard.read.myriads.myriad_parts import Parts
from steelyard.read.myriads.myriads import Numeral
from steelyard.read.myriads.particles import either

BLANKS = r"[ \u00a0]"
LIKELY_YEARS = range(1900, 2100)
FEWEST_LETTERS = 3
MOST_LETTERS_BEFORE = 12
MYRIAD = Decimal(10000)
DAYS_OF_A_MONTH = 31
_BREAKS = re.compile(r"[./:·‧+~∼^-]\d|/\D?\d|[^\W\d]|-[^\W\d]", re.ASCII)
_HYPHENED = re.compile(r"\w[-‑–/.:·‧+^]$")
_LIST_MARK = re.compile(r"(?:^|\n)\s*\(?\d{1,2}[.)]\s?$")


class NotFigures:
    """The words of a language beside which a number is no figure."""

    def __init__(self, lexicon: Lexicon, counters: Counters, joiner: Joiner, parts: Parts) -> None:
        self._lexicon, self._counters, self._joiner, self._parts = lexicon, counters, joiner, parts
        self._script = lexicon.language.text("script")

    def rules_out(self, text: str, numeral: Numeral, unit: UnitFound | None, *, signed: bool) -> bool:
        """Whether a number is a date, an ordinal, a part of a name, or a word that only looks like one.

        A number in letters that is `signed` is one.
        """
        if self._is_in_a_name(text, numeral, unit) or self._goes_on(text, numeral, unit):
            return True
        if numeral.kind == "digits":
            return self._is_no_amount(text, numeral, unit)
        if unit is None:
            return not (signed or self._is_plainly_a_number(text, numeral))
        return self._is_another_word(text, numeral, unit)

    def _is_in_a_name(self, text: str, numeral: Numeral, unit: UnitFound | None) -> bool:
        """Whether the number hangs on what stands before it: "K-2", "제3", "02-748"."""
        before = text[max(0, numeral.start - MOST_LETTERS_BEFORE) : numeral.start]
        if numeral.kind != "digits" or not before or before[-1].isspace():
            word = before.rstrip(" \u00a0").rpartition(" ")[2]
            return unit is None and word.casefold() in self._lexicon.words("not_figures", "before")
        if _HYPHENED.search(before) and not self._may_be_a_range(before):
            return True
        lead = self._last_word.search(before)
        if lead is None:
            return False
        if lead[0].endswith(tuple(self._lexicon.words("myriads", "ordinal_before"))):
            return True
        glued = lead[0].endswith(tuple(self._lexicon.words("myriads", "glued_before")))
        return not glued and unit is None and numeral.scale < MYRIAD

    @cached_property
    def _last_word(self) -> re.Pattern[str]:
        return re.compile(rf"[{self._script}]+$")

    def _may_be_a_range(self, before: str) -> bool:
        return before[-2:-1].isdigit() or (before[-1] in "-–~∼" and not before[-2:-1].isascii())

    def _goes_on(self, text: str, numeral: Numeral, unit: UnitFound | None) -> bool:
        """Whether the number goes on as a name, a score, an address or an ordinal does."""
        end = unit.end if unit else numeral.end
        if unit is None and _BREAKS.match(text, end) and not self._joiner.makes_range(text, end):
            return True
        if unit is None and self._span_of_names.match(text, end):
            return True
        last = text[numeral.end - 1]
        if numeral.kind == "digits" and numeral.letters > 1:
            return last in self._lexicon.words("myriads", "never_last") and not (unit and unit.unit)
        if numeral.kind == "letters" and text[numeral.start] in self._lexicon.words("myriads", "never_first"):
            return True
        return unit is None and self._parts.ends_in_particle(text, numeral)

    @cached_property
    def _span_of_names(self) -> re.Pattern[str]:
        """A second number that is a month, an hour or the like: "1∼7월"."""
        joins, names = self._either("ranges", "joins"), self._either("not_figures", "after")
        return re.compile(rf"{BLANKS}?(?:{joins}){BLANKS}?\d+{BLANKS}?(?:{names})(?![{self._script}])")

    def _is_no_amount(self, text: str, numeral: Numeral, unit: UnitFound | None) -> bool:
        """Whether a number in digits is a year, a day, an hour or the number of something."""
        if unit is None:
            return self._is_bare_number_of_something(text, numeral)
        words = self._lexicon.words
        named = unit.word in words("counting", "names_after_digits")
        if named or self._is_named_after(text, numeral, len(unit.word)):
            return True
        if unit.word in words("not_figures", "years"):
            return numeral.scale == 1 and numeral.digits.isdigit() and int(numeral.digits) in LIKELY_YEARS
        if unit.word in words("not_figures", "days"):
            spans = tuple(words("not_figures", "spans_of_days"))
            few = numeral.scale == 1 and Decimal(numeral.digits) <= DAYS_OF_A_MONTH
            return few and not text.startswith(spans, unit.end)
        hour = self._hour_before.search(text, max(0, numeral.start - 6), numeral.start)
        return unit.word in words("not_figures", "minutes") and hour is not None

    @cached_property
    def _hour_before(self) -> re.Pattern[str]:
        return re.compile(rf"\d(?:{self._either('not_figures', 'hours')}){BLANKS}?$")

    def _is_bare_number_of_something(self, text: str, numeral: Numeral) -> bool:
        """Whether a number without a unit counts nothing that can be told."""
        if not self._counters.ends_word(text, numeral.end, bare=numeral.scale == 1):
            return True
        if self._is_of_an_address_or_law(text, numeral) or self._is_named_after(text, numeral, 0):
            return True
        if numeral.scale != 1 or not numeral.digits.isdigit():
            return False
        is_year = len(numeral.digits) == 4 and int(numeral.digits) in LIKELY_YEARS
        line = text[max(0, numeral.start - 3) : numeral.end + 2]
        return is_year or _LIST_MARK.search(line) is not None

    def _is_named_after(self, text: str, numeral: Numeral, least: int) -> bool:
        """Whether a word of more letters than `least` makes a name of the number: "25사단", "5세대"."""
        start = numeral.end + (text[numeral.end : numeral.end + 1] in " \u00a0")
        if not text.startswith(self._after, start):
            return False
        words = (w for w in self._lexicon.words("not_figures", "after") if len(w) > least)
        return any(
            text.startswith(w, start) and self._counters.ends_word(text, start + len(w)) for w in words
        )

    @cached_property
    def _after(self) -> tuple[str, ...]:
        return tuple(sorted(self._lexicon.words("not_figures", "after")))

    def _is_of_an_address_or_law(self, text: str, numeral: Numeral) -> bool:
        """Whether a bare number is that of a house or an article, by how the word before it ends."""
        if numeral.scale != 1 and text[numeral.end - 1] not in self._lexicon.words("not_figures", "articles"):
            return False
        before = text[max(0, numeral.start - MOST_LETTERS_BEFORE) : numeral.start]
        word = before.rstrip(" \u00a0").rpartition(" ")[2]
        return word.endswith(tuple(self._lexicon.words("not_figures", "before_endings")))

    def _is_plainly_a_number(self, text: str, numeral: Numeral) -> bool:
        """Whether a number in letters that counts nothing can be no other word."""
        if not self._counters.ends_word(text, numeral.end):
            return False
        value = numeral.scale * Decimal(numeral.digits)
        few = numeral.letters >= (2 if numeral.kind == "native" or value < 100 else FEWEST_LETTERS)
        return few and value > 10

    def _is_another_word(self, text: str, numeral: Numeral, unit: UnitFound) -> bool:
        """Whether letters before a counter are half a word ("세대") or "one" as an article."""
        words, word = self._lexicon.words, unit.word
        value = numeral.scale * Decimal(numeral.digits)
        glued = bool(word) and text.startswith(word[0], numeral.end)
        if numeral.kind == "native":
            if value == 1 and word in words("counting", "no_count_of_one"):
                return True
            return glued and numeral.letters == 1 and word not in words("counting", "glued_to_native")
        if value < 10 or (numeral.letters == 1 and word in words("counting", "never_glued_to_letter")):
            return len(word) == 1 or glued
        return value < 20 and word in words("counting", "native_first")

    def _either(self, table: str, key: str) -> str:
        return either(self._lexicon.words(table, key))
