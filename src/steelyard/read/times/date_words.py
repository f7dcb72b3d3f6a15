"""The words of a language that dates are made of, and where they stand in a run of words.

The lists of `[periods]`, the months and the days of the week of the language's data file are phrases of the
lexicon's index; the rules for dates ask what stands at a word, and never search the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from steelyard.read.lexicon import NAMES_OF_DATES, Lexicon
from steelyard.read.mentions import Hit, PlainHit, Words, new_hit, words_of

JOINTS = frozenset("-–/")
FEWEST_LETTERS = 3  # shorter units are words of other uses too, such as "in"
# Kinds of phrases before a number of years, or a unit of time, that make a stretch of it.
STRETCHES = ("past_span", "next_span", "years_to")
CENTURIES = ("19", "20")
# What follows a number in a date, besides the ordinals' endings, months, units and words of the clock.
FOLLOWING = frozenset((*JOINTS, ":", "of", "am", "pm"))


class Dated(NamedTuple):
    """What a rule has read: up to which word, and its ISO form, which is empty where it tells no period.

    `blocks` says whether its numbers are a part of a date and no figures.
    """

    last: int
    iso: str
    form: str = "plain"
    blocks: bool = True


class DateWords:
    """The words of dates in one language and their kinds; with those in `openings` a date may begin."""

    def __init__(self, lexicon: Lexicon, openings: frozenset[str]) -> None:
        periods = lexicon.mapping("periods")
        self.kinds = frozenset((*periods, *NAMES_OF_DATES))
        self.sure_openings = openings.difference(STRETCHES)
        self.numbers = {
            str(word): int(value)
            for word, value in lexicon.mapping("numbers").items()
            if isinstance(value, int) and value > 0
        }
        self.other_words = lexicon.words("not_figures", "months_in_capitals")
        self.ordinals = lexicon.words("not_figures", "ordinals")
        self.clock = lexicon.words("not_figures", "after")
        self.small = lexicon.words("grammar", "prepositions") - lexicon.words("grammar", "part_of")
        units = (word.casefold() for word in lexicon.unit_words if len(word) >= FEWEST_LETTERS)
        self.things = frozenset({"%", *units})
        self.adjectives = lexicon.words("grammar", "adjectives_of_things")
        self.after_words = _first_words(periods.get("span_units"))
        named = _first_words(lexicon.mapping("months")) | _first_words(periods.get("clock"))
        self.after_digits = FOLLOWING | self.ordinals | self.after_words | named

    def numbers_in(self, words: Words) -> list[int]:
        """The numbers of the words that may be the number of a date."""
        return [n for n, key in enumerate(words.keys) if key in self.numbers or key[0].isdigit()]


def _first_words(phrases: object) -> frozenset[str]:
    """The keys of the first words of some phrases."""
    listed = phrases if isinstance(phrases, (list, dict)) else ()
    return frozenset(key for phrase in listed for key in words_of(str(phrase)).keys[:1])


class DateRun:
    """A run of words with the words of dates in it, by the number of their first and of their last word.

    `hits` are the phrases of dates in it; `numbers` tells at which words numbers may begin.
    """

    def __init__(
        self, words: Words, known: DateWords, hits: Iterable[PlainHit], numbers: Sequence[int]
    ) -> None:
        self.words, self.known, self._numbers = words, known, numbers
        self.texts, self.keys = words.texts, words.keys
        self.starts, self.ends = words.starts, words.ends
        # "May" and "march" are months only with a capital.
        self._hits = [
            new_hit(hit) for hit in hits if hit[0][0] not in NAMES_OF_DATES or self._is_named(hit[1])
        ]

    def _is_named(self, number: int) -> bool:
        """Whether a word that names a month or day does so as it is written."""
        return self.keys[number] not in self.known.other_words or not self.texts[number][0].islower()

    @cached_property
    def _first(self) -> Mapping[int, Mapping[str, Hit]]:
        """The phrases by their kinds, by the number of their first word."""
        found: dict[int, dict[str, Hit]] = {}
        for hit in self._hits:
            found.setdefault(hit[1], {})[hit[0][0]] = hit
        return found

    @cached_property
    def _last(self) -> Mapping[int, Sequence[Hit]]:
        """The phrases by the number of their last word."""
        found: dict[int, list[Hit]] = {}
        for hit in self._hits:
            found.setdefault(hit[2], []).append(hit)
        return found

    def kinds(self, number: int) -> Iterable[str]:
        """The kinds of the phrases that begin at a word."""
        return self._first.get(number, ())

    def at(self, number: int, *kinds: str) -> Hit | None:
        """The longest phrase of one of some kinds that begins at a word."""
        here = self._first.get(number)
        if here is None:
            return None
        if len(kinds) == 1:
            return here.get(kinds[0])
        found = [here[kind] for kind in kinds if kind in here]
        return max(found, key=lambda hit: hit.last) if found else None

    def ending(self, number: int, *kinds: str) -> Hit | None:
        """The longest phrase of one of some kinds that ends with a word."""
        here = self._last.get(number)
        if here is None:
            return None
        found = [hit for hit in here if hit.meaning.kind in kinds]
        return min(found, key=lambda hit: hit.first) if found else None

    def leading(self, first: int, last: int, *kinds: str) -> Hit | None:
        """The phrase of one of some kinds that leads up to a date, into whose words it may reach."""
        for number in range(first - 1, last):
            for hit in self._last.get(number, ()):
                if hit.first < first and hit.meaning.kind in kinds:
                    return hit
        return None

    def triggers(self) -> list[int]:
        """The words at which a date may begin: words of the index, and numbers that may be a part of one."""
        found = {n for n in self._numbers if self._is_part(n, self.keys[n])}
        for hit in self._hits:
            kind = hit[0][0]
            if kind in self.known.sure_openings or (kind in STRETCHES and self._is_stretch(hit)):
                found.add(hit[1])
        return sorted(found)

    def _is_stretch(self, lead: Hit) -> bool:
        """Whether a number or a unit of time follows a phrase that may lead to it, as the plain "the" may."""
        key = self.key(lead.last + 1)
        return key in self.known.after_words or key in self.known.numbers or key[:1].isdigit()

    def _is_part(self, number: int, key: str) -> bool:
        """Whether a number may be a part of a date: a year, a date in digits, or by the word after it."""
        following = self.key(number + 1)
        if not key[0].isdigit():
            return following in self.known.after_words
        text = self.texts[number]
        is_year = len(text) == 4 and text.startswith(CENTURIES)
        return is_year or following in self.known.after_digits or text.count(".") == 2

    def text(self, number: int) -> str:
        """A word as written, empty outside the run."""
        return self.texts[number] if 0 <= number < len(self.texts) else ""

    def key(self, number: int) -> str:
        """A word in lower case, empty outside the run."""
        return self.keys[number] if 0 <= number < len(self.keys) else ""

    def glued(self, number: int) -> bool:
        """Whether no blank stands between a word and the one before it."""
        return 0 < number < len(self.texts) and self.ends[number - 1] == self.starts[number]

    def year(self, number: int) -> int | None:
        """A number of four digits that is likely to be a year."""
        text = self.text(number)
        return int(text) if text.startswith(CENTURIES) and is_number(text, 4) else None

    def small_number(self, number: int) -> int | None:
        """A number of one or two digits."""
        text = self.text(number)
        return int(text) if is_number(text, 1, 2) else None

    def count(self, number: int) -> int | None:
        """A small number in digits or in words, such as the years that are counted."""
        found = self.small_number(number)
        return self.known.numbers.get(self.key(number)) if found is None else found

    def joint(self, number: int) -> bool:
        """Whether a word is a hyphen or a stroke between two words without blanks."""
        return self.text(number) in JOINTS and self.glued(number) and self.glued(number + 1)

    def skip(self, number: int, *marks: str) -> int:
        """The number of the next word that is none of some marks or words."""
        while self.key(number) in marks:
            number += 1
        return number


def is_number(text: str, *lengths: int) -> bool:
    """Whether a word is of plain digits, and of one of some lengths."""
    return len(text) in lengths and text.isascii() and text.isdigit()
