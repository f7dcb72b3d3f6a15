"""What speaks against a frame: words that turn away, that hold a part, or that name a thing of their own."""

from __future__ import annotations

from collections.abc import Iterable

from steelyard.core.claim import Claim
from steelyard.read.keys.frames import Frame, Words
from steelyard.read.keys.neighbours import Sentences
from steelyard.read.keys.wordings import is_named_again

_QUOTES = "\"'“‘"


def takes_up(sentences: Sentences, words: Words, teller: Claim) -> bool:
    """Whether words beside a rise take up levels told before: "the extra 230 million", or at the beginning of
    the sentence "A gain of 0.2 points"; "others call a growth of 5 percent a wish" takes up nothing.
    """
    if words.the_move and words.the_move.search(sentences.beside(teller)):
        return True
    opening = sentences.text[teller.sentence_start - sentences.start :].lstrip(_QUOTES)
    return words.a_move is not None and words.a_move.match(opening) is not None


def is_of_else(sentences: Sentences, frame: Frame, teller: Claim) -> bool:
    """Whether the teller's sentence speaks of something that the sentences of the others do not name."""
    if not frame.is_named:
        return False
    naming, text = frame.words.naming, sentences.text
    if frame.named:
        opening = frame.words.again.match(text, teller.sentence_start - sentences.start)
        if opening and not is_named_again(opening, naming.plain):
            return True
    return naming.is_of_else(text, sentences.start, teller)


def turns_behind(sentences: Sentences, words: Words, teller: Claim, others: Iterable[Claim]) -> bool:
    """Whether the teller's sentence turns to something else before it comes to another of the figures:
    "on average 35 million a year, and Washington suspended 95 million".
    """
    later = [one.start for one in others if teller.end <= one.start < teller.sentence_end]
    if not later:
        return False
    between = sentences.text[teller.end - sentences.start : min(later) - sentences.start]
    return words.turn_away(between)


def is_held(sentences: Sentences, words: Words, teller: Claim, part: Claim | None) -> bool:
    """Whether the figure that a share is of is told before only as held by what "it" then takes up."""
    if words.holding is None or part is None or part.sentence_end > teller.sentence_start:
        return False
    first, last = part.sentence_start - sentences.start, part.start - sentences.start
    return words.holding.search(sentences.text[first:last]) is not None
