"""Reads documents into claims: the order of the passes, as a list one can read.

Sentences are cut first. In each, dates come before figures, since a year is no figure; phrases of the
vocabulary are matched once; then figures, roles and statements are joined to what stands around them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from steelyard.core.claim import Claim, Ledger, claim_id
from steelyard.core.problems import Place, Problem
from steelyard.core.vocabulary import Vocabulary
from steelyard.read.attach import actors_named, figure_claims, role_claim, statement_claim
from steelyard.read.bases import dates_as_bases
from steelyard.read.document import Document
from steelyard.read.mentions import Mention
from steelyard.read.passage import Memory, Passage, Speaker
from steelyard.read.roles import RoleFound, find_roles
from steelyard.read.sentences import Sentence, sentences_of
from steelyard.read.speakers import speaker_of
from steelyard.read.speech import Attribution, Quotation, attributions, is_statement, quotations
from steelyard.read.standing import decisions
from steelyard.read.strangers import with_strangers
from steelyard.read.tongues import Tongues, Tools


def read_document(document: Document, vocabulary: Vocabulary) -> tuple[Ledger, list[Problem]]:
    """The claims of a document in the order of the text, and what could not be read or is odd.

    The document's own date line comes before the date it was given; without either, relative dates stay
    unread and a warning says so.
    """
    tongues = Tongues(document.text, vocabulary)
    own_date = tongues.document_date(document.text)
    dated = replace(document, date=own_date or document.date)
    claims = [claim for sentence_claims in _read(dated, tongues) for claim in sentence_claims]
    ledger = Ledger(_with_ids(document, claims))
    return ledger, list(_problems(dated, ledger))


def _read(document: Document, tongues: Tongues) -> Iterator[list[Claim]]:
    """The claims of each sentence in turn; what a sentence leaves out is carried over from those before."""
    memory = Memory()
    quoted = quotations(document.text)
    ends = [quotation.outer_end for quotation in quoted]
    for number, sentence in enumerate(sentences_of(document.text, tongues.first.lexicon.abbreviations)):
        memory.turn_to(number, sentence.paragraph)
        tools = tongues.of(document.text[sentence.start : sentence.end])
        passage = _passage(document, sentence, tools)
        here = slice(bisect_right(ends, sentence.start), bisect_right(ends, sentence.end))
        yield _claims(passage, memory, quoted[here])
        _remember_names(passage, memory)


def _passage(document: Document, sentence: Sentence, tools: Tools) -> Passage:
    """Everything that stands in a sentence."""
    text, offset = document.text[sentence.start : sentence.end], sentence.start
    dates = tools.dates.find(text, document.date)
    figures = tools.numerals.find(text, [(date.start, date.end) for date in dates])
    stops = [end + offset for figure in figures for end in (figure.end, figure.outer_end)]
    words = tools.lexicon.words_in(document.text, sentence.start, sentence.end, stops)
    mentions = _without_cues_in_names(list(tools.lexicon.index.find(document.text, words)))
    mentions = sorted([*mentions, *decisions(words, mentions, tools.lexicon)], key=lambda m: m.start)
    passage = Passage(
        document,
        tools.lexicon,
        sentence,
        words,
        mentions,
        [
            replace(
                f,
                start=f.start + offset,
                end=f.end + offset,
                outer_start=f.outer_start + offset,
                outer_end=f.outer_end + offset,
            )
            for f in figures
        ],
        [replace(date, start=date.start + offset, end=date.end + offset) for date in dates],
    )
    return with_strangers(replace(passage, dates=dates_as_bases(passage)))


def _without_cues_in_names(mentions: list[Mention]) -> list[Mention]:
    """Cue words that are part of a name are none: "States" in "United States" says nothing."""
    names = [(m.first, m.last) for m in mentions if m.kind in ("actor", "document")]

    def is_inside(mention: Mention) -> bool:
        return any(
            a <= mention.first and mention.last <= b and b - a > mention.last - mention.first
            for a, b in names
        )

    return [m for m in mentions if ":" not in m.kind or not is_inside(m)]


def _claims(passage: Passage, memory: Memory, quoted: Sequence[Quotation]) -> list[Claim]:
    """Figures, roles and statements of a sentence, in the order of the text."""
    speakers = attributions(passage, memory)
    figures = figure_claims(passage, memory, speakers)
    roles = find_roles(passage, memory)
    role_claims = [
        role_claim(passage, role, _speaker(passage, role.start, speakers, memory)) for role in roles
    ]
    statements = list(_statements(passage, memory, quoted, speakers, roles))
    if speakers:
        memory.heard(speakers[-1].speaker)
    elif named := passage.of_kind("document"):
        memory.heard(Speaker(named[-1].meaning.label, named[-1].meaning.actor))
    return sorted([*figures, *role_claims, *statements], key=lambda claim: (claim.start, claim.end))


def _statements(
    passage: Passage,
    memory: Memory,
    quoted: Sequence[Quotation],
    speakers: list[Attribution],
    roles: list[RoleFound],
) -> Iterator[Claim]:
    """The quotations that end in the sentence, unless what they say is a role that has been read."""
    for quotation in quoted:
        told = any(quotation.start <= role.start and role.end <= quotation.end + 1 for role in roles)
        if not told and is_statement(passage.document.text, quotation):
            yield statement_claim(passage, quotation, _speaker(passage, quotation.start, speakers, memory))


def _speaker(passage: Passage, position: int, speakers: list[Attribution], memory: Memory) -> Speaker | None:
    """Who says what stands at a place.

    Named in the sentence, else whoever spoke last, or the document spoken of.
    """
    before = [a for a in speakers if a.start <= position]
    if speakers:
        return before[-1].speaker if before else speakers[0].speaker
    named = next((m for m in passage.of_kind("document")), None)
    if named:
        return Speaker(named.meaning.label, named.meaning.actor)
    return memory.speaker or memory.document


def _remember_names(passage: Passage, memory: Memory) -> None:
    """Keep who was named, for "it", "the alliance" and "the document" in later sentences."""
    opening = next((m for m in passage.of_kind("actor") if m.first <= 1 and m.id != "adjective"), None)
    if opening and (subject := speaker_of(passage, opening, memory)):
        memory.subject, memory.subject_sentence = subject, memory.sentence
    for mention in passage.of_kind("document"):
        memory.document = Speaker(mention.meaning.label, mention.meaning.actor)
    for mention in actors_named(passage):
        entry = passage.lexicon.vocabulary.entry("actors", mention.meaning.actor)
        if entry is not None and entry.text("kind") == "alliance":
            memory.alliance = entry.id
        elif memory.named is None or mention.first == 0:
            memory.named, memory.named_sentence = mention.meaning.actor, memory.sentence


def _with_ids(document: Document, claims: list[Claim]) -> Iterator[Claim]:
    """The claims with their ids; references between claims, noted by offset, become ids."""
    seen: Counter[tuple[str, str]] = Counter()
    by_start: dict[str, str] = {}
    for claim in claims:
        sentence = document.text[claim.sentence_start : claim.sentence_end]
        key = (sentence, f"{claim.kind}:{claim.quote}")
        identifier = claim_id(document.short_name, sentence, key[1], seen[key])
        seen[key] += 1
        by_start[f"@{claim.start}"] = identifier
        yield claim.changed(
            id=identifier,
            conversion_of=by_start.get(claim.conversion_of or ""),
            part_of=by_start.get(claim.part_of or ""),
        )


def _problems(document: Document, ledger: Ledger) -> Iterator[Problem]:
    """Warnings about a document as a whole."""
    if not document.text.strip():
        return
    if not any(claim.kind == "figure" for claim in ledger):
        hint = "Nothing of it can be checked; is it the right file?"
        yield Problem(
            "no-figures", "No figure was found in the document.", Place(document.name), hint, "warning"
        )
    if document.date is None:
        hint = 'Give it with --date, or as a line such as "Date: 2026-01-24" at the top.'
        message = 'The document carries no date, so that words such as "last year" stay unread.'
        yield Problem("no-date", message, Place(document.name), hint, "warning")
