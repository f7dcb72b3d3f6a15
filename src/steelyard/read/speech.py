"""Who says it.

Reported speech and quotations with their speaker, resolved to an actor and an office or document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from steelyard.read.mentions import CLAUSE_MARKS, Mention
from steelyard.read.passage import Memory, Passage, Speaker
from steelyard.read.speakers import (
    KINDS,
    QUOTES,
    phrase_after,
    phrase_before,
    speaker_of,
    speaker_of_phrase,
)

QUOTATION = re.compile(r"“(?P<curly>[^“”\n]{3,1200})”|\"(?P<plain>[^\"\n]{3,1200})\"")
_OPENING_MARKS = '“"'
BEFORE_INVERSION = QUOTES | {"", ",", "?", "!"}  # the first is the beginning of the sentence
MOST_WORDS_TO_VERB = 3
FEWEST_WORDS_OF_STATEMENT = 3


class Attribution(NamedTuple):
    """A speaker and the span of the words that name it."""

    speaker: Speaker
    start: int
    end: int


def attributions(passage: Passage, memory: Memory) -> list[Attribution]:
    """The speakers that the sentence names, in order, each by a verb of speech or "according to"."""
    found: list[Attribution] = []
    for verb in passage.of_kind("speech:verbs"):
        if told := _inverted(passage, verb, memory) or _direct(passage, verb, memory):
            found.append(told)
    if "speech:according" in passage.kinds:
        found += _by_according(passage, memory)
    if len(found) > 1:
        found.sort(key=lambda attribution: attribution.start)
    return found


def _inverted(passage: Passage, verb: Mention, memory: Memory) -> Attribution | None:
    """The speaker after the verb, as in "..., said the minister."; the phrase must end the clause."""
    before = passage.words.keys[verb.first - 1] if verb.first else ""
    if before not in BEFORE_INVERSION:
        return None
    phrase = phrase_after(passage, verb.last + 1)
    if not phrase:
        return None
    following = passage.word_after(phrase[-1].end)
    ends = passage.lexicon.words("speech", "ends")
    if following is not None and following.key.isalnum() and following.key not in ends:
        return None
    speaker = speaker_of_phrase(passage, phrase, memory)
    return Attribution(speaker, verb.start, phrase[-1].end) if speaker else None


def _direct(passage: Passage, verb: Mention, memory: Memory) -> Attribution | None:
    """The speaker before the verb: the phrase that leads up to it, else a mention at most a few words off."""
    if phrase := phrase_before(passage, verb):
        speaker = speaker_of_phrase(passage, phrase, memory)
        return Attribution(speaker, phrase[0].start, verb.end) if speaker else None
    near = _subjects(passage, verb)
    if not near:
        return None
    overlapping = [m for m in near if m.start <= near[0].start and near[0].end <= m.end]
    subject = max(overlapping, key=lambda m: (m.end - m.start, m.kind != "actor"))
    speaker = speaker_of(passage, subject, memory)
    return Attribution(speaker, subject.start, verb.end) if speaker else None


def _subjects(passage: Passage, verb: Mention) -> list[Mention]:
    """The mentions of those who may speak that lead up to a verb, the nearest first."""
    near, keys = [], passage.words.keys
    for mention in passage.before(verb.start, *KINDS):
        between = keys[mention.last + 1 : verb.first]
        if sum(key[0].isalnum() for key in between) > MOST_WORDS_TO_VERB:
            break
        if mention.id != "adjective" and CLAUSE_MARKS.isdisjoint(between):
            near.append(mention)
    return near


def _by_according(passage: Passage, memory: Memory) -> Iterator[Attribution]:
    for cue in passage.of_kind("speech:according"):
        phrase = phrase_after(passage, cue.last + 1)
        if phrase and (speaker := speaker_of_phrase(passage, phrase, memory)):
            yield Attribution(speaker, cue.start, phrase[-1].end)
            continue
        for kind in ("document", "actor", "generic:document", "generic_office", "generic:government"):
            subject = passage.touches_after(cue.end, kind, 3)
            if subject and (found := speaker_of(passage, subject, memory)):
                yield Attribution(found, cue.start, subject.end)
                break


class Quotation(NamedTuple):
    """The span of the words between quotation marks, and of the marks themselves."""

    start: int
    end: int
    outer_start: int
    outer_end: int


def quotations(text: str) -> list[Quotation]:
    """The quotations of a text in order, a closing comma left out."""
    found: list[Quotation] = []
    for place in sorted(place for mark in _OPENING_MARKS for place in _places_of(text, mark)):
        if found and place < found[-1].outer_end:
            continue
        match = QUOTATION.match(text, place)
        if match is None:
            continue
        group = "curly" if match["curly"] is not None else "plain"
        start, end = match.span(group)
        end = start + len(match[group].rstrip().rstrip(","))
        found.append(Quotation(start, end, match.start(), match.end()))
    return found


def _places_of(text: str, mark: str) -> Iterator[int]:
    """Where a mark stands in a text."""
    place = text.find(mark)
    while place >= 0:
        yield place
        place = text.find(mark, place + 1)


def is_statement(text: str, quotation: Quotation) -> bool:
    """Whether a quotation is long enough to say something, rather than to mark a word."""
    return len(text[quotation.start : quotation.end].split()) >= FEWEST_WORDS_OF_STATEMENT
