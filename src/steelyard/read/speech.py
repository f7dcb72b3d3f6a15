"""Who says it.

Reported speech and quotations with their speaker, resolved to an actor and an office or document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from steelyard.read.lexicon import Lexicon, phrases_in
from steelyard.read.mentions import Mention
from steelyard.read.passage import Memory, Passage, Speaker

QUOTATION = re.compile(r"“(?P<curly>[^“”\n]{3,1200})”|\"(?P<plain>[^\"\n]{3,1200})\"")
MOST_WORDS_TO_VERB = 7
FEWEST_WORDS_OF_STATEMENT = 3


@dataclass(frozen=True, slots=True)
class Attribution:
    """A speaker and the span of the words that name it."""

    speaker: Speaker
    start: int
    end: int


def attributions(passage: Passage, memory: Memory) -> list[Attribution]:
    """The speakers that the sentence names, in order, each by a verb of speech or "according to"."""
    found = [*_by_verb(passage, memory), *_by_according(passage, memory)]
    return sorted(found, key=lambda attribution: attribution.start)


def _by_verb(passage: Passage, memory: Memory) -> Iterator[Attribution]:
    for verb in passage.of_kind("speech:verbs"):
        subject = _subject_of(passage, verb)
        if subject and (speaker := speaker_of(passage, subject, memory)):
            yield Attribution(speaker, subject.start, verb.end)


def _subject_of(passage: Passage, verb: Mention) -> Mention | None:
    """The nearest possible speaker before the verb, else right after it ("said the ministry").

    Office holders and documents come before the bare names of countries next to them.
    """
    kinds = (
        "actor",
        "document",
        "generic:document",
        "speech:pronouns",
        "generic_office",
        "generic:government",
    )
    close = takewhile(
        lambda m: passage.count_words(m.end, verb.start) <= MOST_WORDS_TO_VERB,
        passage.before(verb.start, *kinds),
    )
    near = [mention for mention in close if mention.id != "adjective"]
    if near:
        overlapping = [m for m in near if m.start <= near[0].start and near[0].end <= m.end]
        return max(overlapping, key=lambda m: (m.end - m.start, m.kind != "actor"))
    return passage.touches_after(verb.end, "actor", 1) or passage.touches_after(verb.end, "generic_office", 2)


def _by_according(passage: Passage, memory: Memory) -> Iterator[Attribution]:
    for cue in passage.of_kind("speech:according"):
        for kind in ("document", "actor", "generic:document", "generic_office", "generic:government"):
            subject = passage.touches_after(cue.end, kind, 3)
            if subject and (speaker := speaker_of(passage, subject, memory)):
                yield Attribution(speaker, cue.start, subject.end)
                break


def speaker_of(passage: Passage, subject: Mention, memory: Memory) -> Speaker | None:
    """The speaker that a mention stands for: person, office, document, actor, or whom "it" takes up."""
    meaning = subject.meaning
    if subject.kind == "document":
        memory.document = Speaker(meaning.label, meaning.actor)
        return memory.document
    if subject.kind == "generic:document":
        return memory.document
    if subject.kind in ("speech:pronouns", "generic:government"):
        return memory.speaker
    if subject.kind == "generic_office":
        return _generic_office(passage, subject, memory)
    if meaning.id == "person":
        return Speaker(meaning.label, meaning.actor)
    if meaning.id == "office":
        return Speaker(f"{meaning.actor} {meaning.label}", meaning.actor)
    return Speaker(meaning.actor or meaning.label, meaning.actor)


def _generic_office(passage: Passage, subject: Mention, memory: Memory) -> Speaker | None:
    """The ministry of the actor before it ("China's defence ministry"), or of the actor spoken of last."""
    owner = next((m for m in passage.before(subject.start, "actor") if subject.start - m.end <= 4), None)
    actor = owner.meaning.actor if owner else memory.topic
    words = passage.between(subject.start, subject.end).casefold()
    label = office_label(passage.lexicon, actor, words)
    return Speaker(f"{actor} {label}", actor) if actor and label else None


def office_label(lexicon: Lexicon, actor: str | None, words: str) -> str | None:
    """The name of the actor's office that its data file also calls by the given general words."""
    entry = lexicon.vocabulary.entry("actors", actor)
    for office in entry.table("offices").values() if entry else ():
        names = map(str.casefold, phrases_in(office, "generic", lexicon.language.id))
        if isinstance(office, dict) and words in names:
            return str(office["label"])
    return None


@dataclass(frozen=True, slots=True)
class Quotation:
    """The span of the words between quotation marks, and of the marks themselves."""

    start: int
    end: int
    outer_start: int
    outer_end: int


def quotations(text: str) -> list[Quotation]:
    """The quotations of a text in order, a closing comma left out."""
    found = []
    for match in QUOTATION.finditer(text):
        group = "curly" if match["curly"] is not None else "plain"
        start, end = match.span(group)
        end = start + len(match[group].rstrip().rstrip(","))
        found.append(Quotation(start, end, match.start(), match.end()))
    return found


def is_statement(text: str, quotation: Quotation) -> bool:
    """Whether a quotation is long enough to say something, rather than to mark a word."""
    return len(text[quotation.start : quotation.end].split()) >= FEWEST_WORDS_OF_STATEMENT
