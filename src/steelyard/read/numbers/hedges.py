"""Hedges: words before or after a number that say how sure it is, or that it is a bound."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import get_args

from steelyard.core.interval import Hedge
from steelyard.read.lexicon import Lexicon

BLANKS = " \t\u00a0\u2009\u202f"
FARTHEST = 32
MOST_WORDS = 4
COMPARING = frozenset({"more_than", "less_than", "up_to"})
STRETCHES = ("duration", "time")
LONGEST_ATTACHED = 8
_ATTACHING = frozenset("-+")
_AFTER_ATTACHED = frozenset(("", *" \u00a0\n,.;:)"))
_LETTERS = re.compile(r"[^\W\d_]+")
_NEXT = re.compile(rf"[{BLANKS},\n]{{1,3}}(?=[a-z])")


class Hedges:
    """The hedges of one language."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._before = _phrases_to_keys(lexicon.mapping("hedges"))
        self._after = _phrases_to_keys(lexicon.mapping("hedges_after"))
        self._attached = {phrase: hedge for phrase, hedge in self._after.items() if not phrase[0].isalpha()}
        self._marks = frozenset(phrase for phrase in self._before if len(phrase) == 1) | {"-"}
        self._last_words = frozenset(phrase.rpartition(" ")[2] for phrase in self._before)
        self._starts_after = tuple(self._after)
        self._longest_after = max(map(len, self._after), default=0)
        self._articles = lexicon.words("grammar", "articles")
        self._definite = lexicon.words("grammar", "definite")
        self._ends = (*self._last_words, *self._articles)
        self._during = lexicon.words("grammar", "during")
        self._plain = lexicon.words("hedges", "plain")
        self._verbs = lexicon.words("direction", "up") | lexicon.words("direction", "down")

    def before(self, text: str, start: int, dimension: str | None, last_end: int) -> tuple[int, Hedge | None]:
        """The hedge before a number and where it begins; where there is none, the number's own start.

        `last_end` is where the figure before ends: right after it, "more than" compares and does not hedge.
        """
        if start and text[start - 1] in self._marks and (attached := self.attached_before(text, start)):
            return attached
        begin = max(last_end, start - FARTHEST, 0)
        before = text[begin:start]
        if not before.rstrip().casefold().endswith(self._ends):
            return start, None
        words = list(_LETTERS.finditer(before))[-MOST_WORDS - 2 :]
        definite = bool(words) and words[-1][0] in self._definite
        before = self._without_article(before, words)
        if not words or words[-1][0].casefold() not in self._last_words or before[words[-1].end() :].strip():
            return start, None
        for number, first in enumerate(words[-MOST_WORDS:]):
            phrase = " ".join(before[first.start() :].casefold().split())
            if phrase in self._plain:
                return start, None
            hedge = self._before.get(phrase)
            if hedge is None:
                continue
            lead = words[max(0, len(words) - MOST_WORDS) + number - 1][0] if first is not words[0] else ""
            after_a_figure = begin == last_end > 0 and not before[: first.start()].strip()
            after_a_move = definite and lead.casefold() in self._verbs  # "a rise over the 86 billion"
            compares = hedge in COMPARING and (after_a_figure or after_a_move)
            ends_a_verb = f"{lead} {first[0]}".casefold() in self._verbs
            during = dimension in STRETCHES and phrase in self._during
            if not (compares or ends_a_verb or during):
                return begin + first.start(), hedge
        return start, None

    def _without_article(self, before: str, words: list[re.Match[str]]) -> str:
        """What stands before a number without the articles behind a hedge; they are taken off `words` too."""
        while words and words[-1][0].casefold() in self._articles and len(words) > 1:
            if before[words[-1].end() :].strip() or words[-2][0].casefold() not in self._last_words:
                break
            before = before[: words.pop().start()]
        return before

    def attached_before(self, text: str, start: int) -> tuple[int, Hedge] | None:
        """The hedge that hangs on a number as a sign or with a hyphen, and where it begins: "sub-2%"."""
        if hedge := self._before.get(text[start - 1 : start]):
            return start - 1, hedge
        lead = text[max(0, start - LONGEST_ATTACHED) : start].split(" ")[-1].lstrip("([“‘\"'\n").casefold()
        hedge = self._before.get(lead)
        return (start - len(lead), hedge) if hedge else None

    def attached_after(self, text: str, end: int) -> tuple[int, Hedge] | None:
        """Where the hedge ends that hangs on a number ("30-plus", "40+"), and the hedge."""
        for phrase, hedge in self._attached.items():
            stop = end + len(phrase)
            if text.startswith(phrase, end) and text[stop : stop + 1] in _AFTER_ATTACHED:
                return stop, hedge
        return None

    def after(self, text: str, end: int) -> tuple[int, Hedge | None]:
        """Where the hedge right after a number ends ("20 years or so"), and the hedge."""
        if text[end : end + 1] in _ATTACHING and (attached := self.attached_after(text, end)):
            return attached
        gap = _NEXT.match(text, end)
        if gap is None:
            return end, None
        ahead = text[gap.end() : gap.end() + self._longest_after + 1]
        if not ahead.startswith(self._starts_after):
            return end, None
        for phrase, hedge in self._after.items():
            if ahead.startswith(phrase) and not ahead[len(phrase) : len(phrase) + 1].isalnum():
                return gap.end() + len(phrase), hedge
        return end, None


def _phrases_to_keys(table: Mapping[str, object]) -> dict[str, Hedge]:
    """The hedge of each phrase in a table of lists."""
    found: dict[str, Hedge] = {}
    for hedge in get_args(Hedge):
        phrases = table.get(hedge)
        for phrase in phrases if isinstance(phrases, list) else ():
            found[" ".join(str(phrase).casefold().split())] = hedge
    return found
