"""Patterns that find any of some words of a language, made so that most places are passed with one look."""

from __future__ import annotations

import re

from steelyard.read.keys.needed_words import listed
from steelyard.read.lexicon import Lexicon


def any_of(words: tuple[str, ...], lexicon: Lexicon) -> re.Pattern[str] | None:
    """A pattern for any of some words, if there are any; `<name>` is a list of the language.

    A word that ends in a digit is the beginning of a number: "from 20" of "from 2024".
    """
    plain = [
        text for word in words for text in (listed(word[1:-1], lexicon) if word.startswith("<") else (word,))
    ]
    if not plain:
        return None
    edge = "" if lexicon.cues_follow else r"\b"
    # Ways by their first letter, in either case, so that most places are passed with one look.
    ways: dict[str, list[str]] = {}
    for word in plain:
        rest = re.escape(word[1:]) + ("" if word[-1:].isdigit() else edge)
        ways.setdefault(word[0].lower(), []).append(rest)
    told = (
        f"[{re.escape(first)}{re.escape(first.upper())}](?i:{'|'.join(rests)})"
        for first, rests in ways.items()
    )
    return re.compile(f"{edge}(?:{'|'.join(told)})")


def any_word(lexicon: Lexicon, name: str, *, begins: bool = False) -> str:
    """A pattern for the words of a list, by first letters, so that most places are passed at once.

    With `begins` no letter may stand in front.
    """
    by_letter: dict[str, list[str]] = {}
    for word in listed(name, lexicon):
        by_letter.setdefault(word[0], []).append(re.escape(word[1:]))
    ways = (
        f"{begun(first) if begins else re.escape(first)}(?:{'|'.join(rests)})"
        for first, rests in sorted(by_letter.items())
    )
    return f"(?:{'|'.join(ways)})"


def begun(letters: str) -> str:
    """A pattern for the first letters of a word, with no other in front of them.

    That is looked at from behind them: a pattern that begins with letters is found by leaps through the
    text, while one that begins with the edge of a word is tried at every place of it.
    """
    return rf"{re.escape(letters)}(?<=\b{re.escape(letters)})"
