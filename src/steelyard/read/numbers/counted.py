"""What a number counts: the head noun of the phrase after it, in the singular.

There is no parser: the first noun that looks like a plural within a few words is the head, unless a function
word, a verb or a mark comes first. The words of the language are data.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import cached_property
from typing import NamedTuple

from steelyard.read.numbers.digits import BLANKS

MOST_WORDS = 6
_TOKEN = re.compile(
    rf"[{BLANKS}\n](?:[“\"‘'](?=\w))?"
    r"((?:[A-Za-z]\.){2,}|\d{0,9}[^\W\d_][\w&’']{0,40}(?:[-‑/][\w&’']{1,40}){0,5})"
)
# An amount before a noun: money by its sign or code, or a measure with a hyphen. Compiled when first used.
_AMOUNT = (
    rf"[{BLANKS}\n](?:(?P<sign>[A-Z]{{0,2}}[$€£¥]|[A-Z]{{3}})\d[\d.,]*(?:[{BLANKS}-]?[a-z]*illion|[mb]n?)?(?![\w-])"
    r"|(?P<scaled>[A-Z]{0,2}[$€£¥]\d[\d.,]*[- ]?(?:[a-z]*illion|[mb]n?))-?"
    r"|(?:\d[\d.,]*|(?P<word>[a-z]+))[-‑](?P<unit>[a-z]+)(?:-(?:old|long))?(?![\w-]))"
)
_NUMBERED = re.compile(r"[A-Z][A-Za-z]*-?\d+[A-Z]*s")
_POSSESSIVE = ("'s", "’s", "s'", "s’")


class Counted(NamedTuple):
    """A noun in the singular, and where it ends in the text."""

    noun: str
    end: int


class NounFinder:
    """Finds the nouns that numbers count, with the words of one language and its units."""

    def __init__(
        self,
        table: Mapping[str, object],
        units: Mapping[str, str],
        measures: Collection[str] = (),
        numbers: Collection[str] = (),
    ) -> None:
        self._table = table
        self._units = units
        self._measures, self._numbers = measures, numbers

    def after(self, text: str, position: int) -> Counted | None:
        """The head noun of the phrase that follows a number."""
        fallback: Counted | None = None
        begin = position
        inside = False
        whole = self._whole.match(text, position)
        if whole:
            position = whole.end()
        for _ in range(MOST_WORDS):
            match = _TOKEN.match(text, position)
            if match is None or not match[1].isalpha():
                amount = None if inside else self._amount(text, position)
                if amount is not None:
                    inside, position = True, amount
                    continue
            if match is None:
                break
            word = match[1]
            key = word.casefold()
            # Of one year it is, and not so many of the years.
            if (key in self._stops and not word.isupper()) or (whole and self._is_one_unit(key)):
                break
            position = match.end()
            if noun := self._head(text, word, key, position):
                return Counted(noun, begin if inside else position)
            if word[0].isupper() and (noun := self._name(word, key)):
                fallback = Counted(noun, begin if inside else position)
            if text[position : position + 1] in _MARKS:
                break
        return fallback

    def _is_one_unit(self, key: str) -> bool:
        """Whether a word is a unit in the singular."""
        return key == self._units.get(key) and f"{key}s" in self._units

    def _amount(self, text: str, position: int) -> int | None:
        """Where an amount ends that stands before the noun: "two 6,000-ton frigates", "3 USD50 cards"."""
        match = re.compile(_AMOUNT).match(text, position)
        if match is None:
            return None
        if match["sign"] or match["scaled"]:
            return match.end()
        if match["word"] and match["word"].casefold() not in self._numbers:
            return None
        return match.end() if match["unit"] in self._measures else None

    def _head(self, text: str, word: str, key: str, end: int) -> str | None:
        """The noun that a word is in the singular, or None where it only stands before the head."""
        if key.endswith(_POSSESSIVE) and not (key.endswith(("s'", "s’")) and key[:-1] in self._units):
            return None
        key = key.rstrip("'’")
        if (unit := self._units.get(key)) is not None:
            return None if key in self._attributive and self.goes_on(text, end) else unit
        if word[-1] == "s" and _NUMBERED.fullmatch(word):
            return word[:-1]
        if not word.islower() and not ("-" in word and word.rpartition("-")[2].islower()):
            return None
        noun = singular(key.rpartition("-")[2], self)
        if noun is None or (key in self._attributive and self.goes_on(text, end)):
            return None
        return key.rpartition("-")[0] + "-" + noun if "-" in key and word.islower() else noun

    def goes_on(self, text: str, end: int) -> bool:
        """Whether the next word is a noun too, so that the one before it is no head ("arms sales")."""
        match = _TOKEN.match(text, end)
        if match is None or match[1].casefold() in self._stops:
            return False
        key = match[1].casefold()
        return key in self._units or (match[1].islower() and singular(key, self) is not None)

    def _name(self, word: str, key: str) -> str | None:
        """A plural written with a capital, as "Patriots" and "Democrats" are."""
        is_plural = len(key) > 4 and key.endswith("s") and word[1:].islower() and singular(key, self)
        return word[:-1] if is_plural and key not in self._names else None

    def compound(self, text: str, end: int) -> Counted | None:
        """The noun after a hyphen: "25-page", "three-day", "10-year-old"."""
        match = self._compound.match(text, end)
        if match is None or (text[end] in " \u00a0" and not match[2]):
            return None
        key = match[1]
        if key in self._strong:
            body = _TOKEN.match(text, match.end()) if text[end] not in BLANKS else None
            return Counted("person", match.end()) if body and body[1] in self._bodies else None
        if key in self._no_compound or (
            text[match.end() : match.end() + 1] == "-" and key not in self._units
        ):
            return None
        return Counted(self._units.get(key) or singular(key, self) or key, match.end())

    def is_one(self, text: str, end: int) -> Counted | None:
        """The noun that "one" counts: a unit, or one of the listed things."""
        position = end
        for _ in range(3):
            match = _TOKEN.match(text, position)
            if match is None or match[1].casefold() in self._stops or match[1].casefold() in self._never_one:
                return None
            key = match[1].casefold()
            if key in self._units or key in self._ones:
                return Counted(self._units.get(key, key), match.end())
            position = match.end()
        return None

    def is_pointing(self, text: str, end: int) -> bool:
        """Whether the word after "one" makes it a pronoun or a way to speak: "one day", "one another"."""
        match = _TOKEN.match(text, end)
        return match is not None and match[1].casefold() in self._never_one

    def words(self, key: str) -> frozenset[str]:
        """A list of the table, as a set."""
        values = self._table.get(key)
        return frozenset(map(str, values)) if isinstance(values, list) else frozenset()

    @cached_property
    def irregular(self) -> Mapping[str, str]:
        """Plurals that follow no rule, with their singulars."""
        values = self._table.get("irregular")
        return {str(k): str(v) for k, v in values.items()} if isinstance(values, dict) else {}

    @cached_property
    def not_plural(self) -> frozenset[str]:
        """Words that end as plurals do and are none."""
        return self.words("not_plural")

    @cached_property
    def _whole(self) -> re.Pattern[str]:
        """Words between a number and the noun that it is a part of: "of the", "of its"."""
        of, whose = "|".join(self.words("of")), "|".join(sorted(self.words("whose")))
        return re.compile(rf"[{BLANKS}\n](?:{of})[{BLANKS}\n](?:{whose})(?=[{BLANKS}\n])")

    @cached_property
    def _compound(self) -> re.Pattern[str]:
        """A word after a hyphen, with "old" or the like after another one."""
        after = "|".join(sorted(self.words("after_compound"))) or "(?!)"
        return re.compile(rf"[-‑ \u00a0]([a-z]+)(?:[-‑]({after}))?(?!\w)")

    @cached_property
    def _stops(self) -> frozenset[str]:
        return self.words("stops") | self.words("verbs")

    @cached_property
    def _attributive(self) -> frozenset[str]:
        return self.words("attributive")

    @cached_property
    def _names(self) -> frozenset[str]:
        return self.words("names")

    @cached_property
    def _no_compound(self) -> frozenset[str]:
        return self.words("no_compound")

    @cached_property
    def _strong(self) -> frozenset[str]:
        """Words that make a number the strength of a body of people: "a 2,500-strong battalion"."""
        return self.words("strong")

    @cached_property
    def _bodies(self) -> frozenset[str]:
        return self.words("bodies")

    @cached_property
    def _ones(self) -> frozenset[str]:
        return self.words("ones")

    @cached_property
    def _never_one(self) -> frozenset[str]:
        return self.words("never_one")


_MARKS = frozenset(',;:.()[]!?—–"”')
_ENDINGS = (
    ("ies", "y"),
    ("sses", "ss"),
    ("shes", "sh"),
    ("ches", "ch"),
    ("xes", "x"),
    ("zzes", "zz"),
    ("oes", "o"),
    ("ouses", "ouse"),
    ("auses", "ause"),
    ("uses", "us"),
)


def singular(word: str, finder: NounFinder) -> str | None:
    """The singular of a word that looks like a plural, or None where it does not."""
    if (known := finder.irregular.get(word)) is not None:
        return known
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is", "ous")):
        return None
    if word in finder.not_plural or not word.isalpha():
        return None
    for ending, replacement in _ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word[: -len(ending)] + replacement
    return word[:-1]
