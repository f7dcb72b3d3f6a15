"""Cuts a text into sentences, each with the number of its paragraph.

A line break ends a sentence. What runs on without a full stop is cut between two words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

# Longer ones are tables and lists without full stops; reading takes time by the square of a sentence.
LONGEST_SENTENCE = 1200
# A run without any break that is longer is no word and no number.
LONGEST_RUN = 10_000
_BREAK = re.compile(r"\W")
# One class of signs begins it, so that the search leaps from sign to sign.
_SENTENCE_END = re.compile(
    r"[.!?\n](?:(?<=\n)\n*|[\"'”’)\]]*\s+(?=[\"'“‘(\[]?[A-Z0-9가-힣])|(?<=[다요음]\.)\s*)"
)
_BEFORE_A_WORD = re.compile(r"[\s(“\"‘'–—-]")


class Sentence(NamedTuple):
    """A span of the text, and the number of its paragraph."""

    start: int
    end: int
    paragraph: int


def sentences_of(text: str, abbreviations: frozenset[str]) -> Iterator[Sentence]:
    """The sentences in order, without the white space around them; a line break ends a sentence.

    What runs on for more than `LONGEST_SENTENCE` characters is cut between two words.
    """
    start = paragraph = 0
    for match in _SENTENCE_END.finditer(text):
        mark, end = match.span()
        if text[mark] == "." and _is_abbreviation(text, start, mark, abbreviations):
            continue
        ending = match[0]
        stop = mark + len(ending.rstrip())
        if start < stop and end - start <= LONGEST_SENTENCE and not text[start].isspace() and stop > mark:
            yield _new_sentence((start, stop, paragraph))  # as most are
        else:
            yield from _trimmed(text, start, end, paragraph)
        paragraph += "\n" in ending
        start = end
    yield from _trimmed(text, start, len(text), paragraph)


_new_sentence = partial(tuple.__new__, Sentence)


def _is_abbreviation(text: str, start: int, dot: int, abbreviations: frozenset[str]) -> bool:
    """Whether the dot ends an abbreviation such as "U.S." or an initial, not a sentence."""
    word = text[max(start, dot - 12) : dot].rpartition(" ")[2]
    if not word.isalnum():
        word = _BEFORE_A_WORD.split(word)[-1]
    return word.casefold() in abbreviations or (len(word) == 1 and word.isupper())


def _trimmed(text: str, start: int, end: int, paragraph: int) -> Iterator[Sentence]:
    """The sentence of a span without the white space around it, in pieces where it is too long."""
    while start < end:
        stop = end if end - start <= LONGEST_SENTENCE else _place_to_cut(text, start, end)
        part = text[start:stop]
        body = part.lstrip()
        if body:
            yield Sentence(start + len(part) - len(body), start + len(part.rstrip()), paragraph)
        start = stop


def _place_to_cut(text: str, start: int, end: int) -> int:
    """Where to cut a sentence that is too long: after a blank, else after another mark between words."""
    latest = start + LONGEST_SENTENCE
    piece = text[start:latest]
    blank = next((n for n in range(len(piece), 1, -1) if piece[n - 1].isspace()), None)
    if blank:
        return start + blank
    mark = _BREAK.search(text, latest - 1, end)
    return mark.end() if mark else end
