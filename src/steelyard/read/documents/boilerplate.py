"""What stands in a text and is no part of it: buttons, pleas to subscribe, notices about cookies, bylines.

The phrases are data, of all languages at once, for a Korean page has its English buttons. Text that is left
out is read as blanks, so that all offsets stay.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from steelyard.core.vocabulary import Vocabulary
from steelyard.read.documents.document import Document

TABLE = "boilerplate"
# Longer ones are paragraphs, and a paragraph may begin like a plea.
_LONGEST_LINE = 300
_LONGEST_SHORT = 60
_LONGEST_BYLINE = 10
_MARKS = " \t\r\f.:;!>»›…*#_-–—|[]()•·"
_PARTS = re.compile(r"\s*[|•·]\s*")
# The dots between an entry of a table of contents and its page.
_LEADERS = re.compile(r"(?:\.\s?){5}")
_WRITTEN = re.compile(r"[^\n]")


class Boilerplate(NamedTuple):
    """Phrases in lower case: whole lines, beginnings and bylines by their first word, what ends short lines.

    `bylines` are the words before a name, `joins` those between names.
    """

    lines: frozenset[str]
    beginnings: Mapping[str, tuple[str, ...]]
    endings: tuple[str, ...]
    bylines: Mapping[str, tuple[str, ...]]
    joins: frozenset[str]

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """The lines of a text that are no part of it."""
        start = 0
        for line in text.split("\n"):
            if 1 < len(line) <= _LONGEST_LINE and self._is_one(line):
                yield start, start + len(line)
            start += len(line) + 1

    def _is_one(self, line: str) -> bool:
        words = line.strip(_MARKS)
        key = words.casefold()
        if key in self.lines:
            return True
        first = next(iter(key.split(None, 1)), "")
        if first in self.bylines and self._is_byline(key, words):
            return True
        if first in self.beginnings and any(_begins(key, phrase) for phrase in self.beginnings[first]):
            return True
        if len(key) <= _LONGEST_SHORT and key.endswith(self.endings):
            return True
        if "|" in line or "·" in line or "•" in line:
            return all(part in self.lines for part in _PARTS.split(key))
        return "...." in line.replace(" ", "") and bool(_LEADERS.search(line))

    def _is_byline(self, key: str, line: str) -> bool:
        """Whether names alone follow the word before them, and no sentence."""
        words = max((word for word in self.bylines[key.split(None, 1)[0]] if _begins(key, word)), default="")
        names = line[len(words) :].split() if words else []
        return 1 <= len(names) < _LONGEST_BYLINE and all(
            (word[0].isupper() and not any(sign.isdigit() for sign in word))
            or word.strip(",").casefold() in self.joins
            for word in names
        )


def readable(document: Document, vocabulary: Vocabulary) -> Document:
    """The document with blanks for what is no part of it; its offsets stay as they are."""
    spans = [*document.left_out, *_boilerplate(vocabulary).spans(document.text)]
    if not spans:
        return document
    parts: list[str] = []
    position = 0
    for start, end in sorted(spans):
        if end > position:
            start = max(start, position)
            parts += (document.text[position:start], _WRITTEN.sub(" ", document.text[start:end]))
            position = end
    parts.append(document.text[position:])
    return replace(document, text="".join(parts))


_MADE: dict[str, Boilerplate] = {}


def _boilerplate(vocabulary: Vocabulary) -> Boilerplate:
    """The phrases of all languages of a vocabulary, made on first use and kept."""
    key = vocabulary.fingerprint
    if key not in _MADE or not key:
        _MADE[key] = _made(vocabulary)
    return _MADE[key]


def _made(vocabulary: Vocabulary) -> Boilerplate:
    tables = [entry.table(TABLE) for entry in vocabulary.entries("languages").values()]
    phrases = {
        key: {str(text).casefold() for table in tables for text in _texts(table.get(key))}
        for key in ("lines", "beginnings", "endings", "bylines", "joins")
    }
    return Boilerplate(
        frozenset(phrases["lines"]),
        _by_first_word(phrases["beginnings"]),
        tuple(sorted(phrases["endings"])),
        _by_first_word(phrases["bylines"]),
        frozenset(phrases["joins"]),
    )


def _by_first_word(phrases: Iterable[str]) -> dict[str, tuple[str, ...]]:
    found = defaultdict(list)
    for phrase in sorted(phrases):
        found[phrase.split(None, 1)[0]].append(phrase)
    return {word: tuple(each) for word, each in found.items()}


def _begins(key: str, phrase: str) -> bool:
    """Whether a line begins with a phrase, whose last word is whole there."""
    return key.startswith(phrase) and not key[len(phrase) : len(phrase) + 1].isalnum()


def _texts(value: object) -> Iterable[object]:
    return value if isinstance(value, list) else ()
