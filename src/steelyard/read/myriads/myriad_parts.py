"""Reads fractions, the whole of which stands first ("3분의 1"), and those with a stroke ("1/3")."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from steelyard.read.lexicon import Lexicon
from steelyard.read.myriads.counters import Counters
from steelyard.read.myriads.myriads import ONE, Numeral, Numerals
from steelyard.read.myriads.particles import either

PLACES = Decimal("0.000000001")
BLANKS = r"[ \u00a0]"
_STROKE = re.compile(rf"(?:{BLANKS}{{1,2}}(\d{{1,2}}))?/(\d{{1,2}})(?![\d/.,:])")


class Parts:
    """The words of a language that make a fraction of two numbers."""

    def __init__(self, lexicon: Lexicon, numerals: Numerals, counters: Counters) -> None:
        self._lexicon, self._numerals, self._counters = lexicon, numerals, counters
        script = lexicon.language.text("script")
        particles = either(lexicon.language.texts("particles"))
        self._of = re.compile(rf"{BLANKS}?(?:{self._either('of_parts')}){BLANKS}?")
        self._and = re.compile(rf"(?:{self._either('and_parts')}){BLANKS}?")
        self._sign = re.compile(rf"(?:{self._either('minus')}){BLANKS}?")
        self._copula = re.compile(rf"(?:{self._either('copulas')})(?![{script}])")
        self._particle = re.compile(rf"{BLANKS}?(?:{particles})(?![{script}])")
        self._signs = lexicon.words("myriads", "particle_signs")
        self._scales = frozenset(lexicon.mapping_of("myriads", "scales"))

    def of_whole(self, text: str, whole: Numeral, stop: int) -> Numeral | None:
        """The fraction that begins with a numeral, also behind a whole number ("일과 이분의 일"), or None."""
        if link := self._of.match(text, whole.end):
            return self._fraction(text, whole, link.end(), stop)
        if stroke := _STROKE.match(text, whole.end):
            return self._with_stroke(text, whole, stroke)
        join = self._and.match(text, whole.end)
        for numeral in self._numerals.at(text, join.end(), stop) if join else ():
            if self._of.match(text, numeral.end) and (part := self.of_whole(text, numeral, stop)):
                value = Decimal(whole.digits) * whole.scale + Decimal(part.digits)
                return replace(whole, end=part.end, digits=_plain(value), scale=ONE, exact=True)
        return None

    def ends_in_particle(self, text: str, numeral: Numeral) -> bool:
        """Whether the last letter of a number is a particle, as in "백분의 일만"."""
        last = text[numeral.end - 1]
        return (
            numeral.letters > 1 and last in self._signs and self._copula.match(text, numeral.end) is not None
        )

    def _fraction(self, text: str, bottom: Numeral, place: int, stop: int) -> Numeral | None:
        """Part and whole as one number; a scale behind the part that exceeds the whole is another word."""
        whole = Decimal(bottom.digits) * bottom.scale
        sign = self._sign.match(text, place)
        for top in self._numerals.at(text, sign.end() if sign else place, stop) if whole else ():
            value = Decimal(top.digits) * top.scale
            another = value >= whole and text[top.end - 1] in self._scales
            if not another and not self.ends_in_particle(text, top):
                digits = _plain(value / whole)
                return replace(bottom, end=top.end, digits=digits, scale=ONE, negative=bool(sign), exact=True)
        return None

    def _with_stroke(self, text: str, first: Numeral, stroke: re.Match[str]) -> Numeral | None:
        """A small proper fraction before a particle or counter; days and quarters are written so as well."""
        if not first.digits.isdigit() or first.scale != 1 or not int(stroke[2]):
            return None
        whole, top = (Decimal(first.digits), Decimal(stroke[1])) if stroke[1] else (Decimal(0), first.digits)
        if Decimal(top) >= int(stroke[2]) or not self._may_follow(text, stroke.end()):
            return None
        value = whole + Decimal(top) / int(stroke[2])
        return replace(first, end=stroke.end(), digits=_plain(value), scale=ONE, exact=True)

    def _may_follow(self, text: str, place: int) -> bool:
        return self._particle.match(text, place) is not None or self._counters.after(text, place) is not None

    def _either(self, key: str) -> str:
        return either(self._lexicon.words("myriads", key))


def _plain(value: Decimal) -> str:
    """A fraction in plain digits, without zeros at its end."""
    rounded = value.quantize(PLACES) if abs(value) > PLACES * 10 else value
    return f"{rounded.normalize():f}"
