"""Growth that a sentence tells of something else than what the sentences around it tell of.

"Spending rises from 45.2 to 52.7 billion. An increase of 4 percent in pay was agreed." stand side by side and
have nothing to do with one another: pay has not been named before. Whoever goes on over the end of a sentence
names what he speaks of again, or leaves it to a pronoun.
"""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass
from functools import lru_cache

from steelyard.core.claim import Claim
from steelyard.read.keys.any_words import any_of
from steelyard.read.keys.wordings import STEM
from steelyard.read.lexicon import Lexicon

MOST_BEHIND = 60
MOST_WORDS = 4
_WORDS = re.compile(r"[^\W\d_]+")
_MOVES = ("rise_noun", "fall_noun", "rise", "fall", "short_of", "lacking")
_SAID = ("concludes", "is", "and_so", "on_average", "or")
_PLAIN = ("plain", "general", "pronouns", "articles", "filler", *_MOVES, *_SAID)
_ENDS = re.compile(r"[^\w\s'’-]|\d")


@dataclass(frozen=True)
class Naming:
    """The words of a language by which a sentence is known to speak of something of its own.

    `leads` lead to what a rise is of ("in" pay), `relatives` take up the noun before them, and `plain` are
    words that name nothing new: "an increase of 4 percent in nominal terms". `empty` are those of
    them that nothing can be known again by, `holders` those who tell.
    """

    leads: re.Pattern[str] | None
    relatives: re.Pattern[str] | None
    plain: frozenset[str]
    empty: frozenset[str]
    holders: frozenset[str]

    def is_of_else(self, text: str, start: int, teller: Claim) -> bool:
        """Whether the sentence of a rise, in a text from an offset, is of a thing not named around it."""
        if self.leads is None and self.relatives is None:
            return False
        first, last = teller.sentence_start - start, teller.sentence_end - start
        lead = text[first : teller.start - start]
        behind = text[teller.end - start : last][:MOST_BEHIND]
        about = teller.about or ""
        things = (_words(about) if about in lead else [], self._object(behind), self._antecedent(lead))
        named = [words for words in things if self._name_something(words)]
        if not named:
            return False
        known = {word[:STEM] for word in _words(f"{text[:first]} {text[last:]}")}
        return any(self._is_new(words, known) for words in named)

    def _name_something(self, words: list[str]) -> bool:
        """Whether words name a thing, and none who tells of it."""
        return not self.plain.issuperset(words) and self.holders.isdisjoint(words)

    def _is_new(self, words: list[str], known: Set[str]) -> bool:
        """Whether none of the words that name a thing has been named."""
        return not any(word[:STEM] in known for word in words if word not in self.empty)

    def _object(self, behind: str) -> list[str]:
        """The words of what a rise is "in", right behind its number."""
        lead = self.leads.match(behind.lstrip()) if self.leads else None
        if lead is None:
            return []
        rest = behind.lstrip()[lead.end() :]
        end = _ENDS.search(rest)
        return _words(rest[: end.start()] if end else rest)[:MOST_WORDS]

    def _antecedent(self, lead: str) -> list[str]:
        """The noun that a relative before the rise takes up: "investment, which grows by"."""
        found = list(self.relatives.finditer(lead)) if self.relatives else []
        return _words(lead[: found[-1].start()])[-1:] if found else []


@lru_cache(maxsize=16)
def naming_of(lexicon: Lexicon) -> Naming:
    """The words of a language for it; without any, nothing is known to be of something else."""
    reckoning = (lexicon.words("reckoning", name) for name in _PLAIN)
    empty = frozenset(word for words in reckoning for text in words for word in _words(text))
    plain = empty | lexicon.words("about", "vague")
    leads, relatives = (any_of((f"<{name}>",), lexicon) for name in ("of_rise", "relatives"))
    return Naming(leads, relatives, plain, empty, lexicon.words("speech", "holders"))


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORDS.findall(text)]
