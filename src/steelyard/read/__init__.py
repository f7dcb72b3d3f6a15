"""Reads documents into claims: the order of the passes, as a list one can read.

Sentences are cut first. In each, dates come before figures, since a year is no figure; phrases of the
vocabulary are matched once; then figures, roles and statements are joined to what stands around them.
"""

from __future__ import annotations

import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date as Day
from functools import partial
from itertools import islice
from operator import attrgetter
from pathlib import Path

from steelyard.core.claim import Claim, Ledger
from steelyard.core.problems import Problem
from steelyard.core.vocabulary import Vocabulary, packaged_vocabulary
from steelyard.read.at_rest import collector_at_rest
from steelyard.read.attach import day_claim, figure_claims, role_claim, statement_claim
from steelyard.read.documents.boilerplate import readable
from steelyard.read.documents.document import Document
from steelyard.read.documents.sentences import LONGEST_RUN, Sentence, sentences_of
from steelyard.read.duties import RoleFound
from steelyard.read.keys.cue_lists import CuedSentences
from steelyard.read.keys.excepted import is_faced
from steelyard.read.lexicon import Lexicon
from steelyard.read.mentions import Meaning
from steelyard.read.myriads.behind import attributions_behind, roles_behind
from steelyard.read.noticed import Noticed, notice_all
from steelyard.read.numbers.shared_names import with_known_currencies
from steelyard.read.passage import Memory, Passage, Speaker
from steelyard.read.passages import DEFINITION, NAMES, passage_of
from steelyard.read.register import Register
from steelyard.read.remarks import remarks
from steelyard.read.roles import find_roles
from steelyard.read.shared_bodies import with_own_bodies
from steelyard.read.speakers import speaker_for
from steelyard.read.speech import Attribution, Quotation, attributions, is_statement, quotations
from steelyard.read.spoken_of import take_up
from steelyard.read.times.inferred_date import inferred_date
from steelyard.read.times.named_days import named_days
from steelyard.read.tongues import Tongues, Tools

# How many sentences are noticed at once (noticed.py): some pages, so that long texts need no more memory.
SENTENCES_AT_ONCE = 1000
# Of the prose of one document. The densest texts take a minute for so many, and a gigabyte of memory.
MOST_CLAIMS = 300_000


def read_document(
    document: Document | str | Path, vocabulary: Vocabulary | None = None, *, date: Day | str | None = None
) -> tuple[Ledger, list[Problem]]:
    """The claims of a document in the order of the text, and what could not be read or is odd.

    `document` may also be a text itself, or the path of a file in any format that `steelyard read` takes; a
    text is called "text" in its claims, a file by its path. Without `vocabulary` the packaged one is used.
    `date` is for documents that carry none of their own, a date or such as "2026-01-24". The document's own
    date line comes before the date it was given; without either, one is inferred from the text and a warning
    says so.

    Raises:
        FormatError: there is no such file, or it is in no format that can be read.
        ValueError: `date` is none.
    """
    known = packaged_vocabulary() if vocabulary is None else vocabulary
    if isinstance(document, Document) and date is None:
        return _claims_of(document, known)
    from steelyard.read.given import given_documents

    documents, problems = given_documents(document, date)
    claims: list[Claim] = []
    for each in documents:
        found, faults = _claims_of(each, known)
        claims += found
        problems += faults
    return Ledger(claims), problems


def _claims_of(document: Document, vocabulary: Vocabulary) -> tuple[Ledger, list[Problem]]:
    """The claims of one document that is at hand."""
    tongues = Tongues(document.text, vocabulary)
    own_date = tongues.document_date(document.text)
    known = own_date or document.date
    guess = None if known or document.tables else inferred_date(document.text, tongues.first)
    dated = replace(readable(document, vocabulary), date=known or guess)
    in_tables, problems, spans = _read_tables(dated, tongues)
    only_a_table = spans == [(0, len(dated.text))]
    left_out: list[tuple[int, int]] = []
    with collector_at_rest():
        prose, cued, cut = (
            ([], CuedSentences(), []) if only_a_table else _prose(document, dated, tongues, spans, left_out)
        )
        claims = sorted([*prose, *in_tables], key=lambda claim: claim.start) if in_tables else prose
        ledger = Ledger(_with_what_follows(document.text, claims, cued, tongues))
    return ledger, [
        *problems,
        *cut,
        *_rising_scales(document, tongues),
        *remarks(dated, ledger, left_out, guess),
    ]


def _up_to(most: int, found: Iterable[list[Claim]], document: Document) -> tuple[list[Claim], list[Problem]]:
    """The claims of the sentences until there are so many, and a warning where there were more."""
    claims: list[Claim] = []
    for some in found:
        claims += some
        if len(claims) >= most:
            last = claims[-1]
            message = f"There are {most:,} claims up to here; what comes after this place is not read."
            place = document.place(last.start, last.end)
            hint = "Split the file, or give the part that counts."
            return claims, [Problem("cut-short", message, place, hint, "warning")]
    return claims, []


def _prose(
    document: Document,
    dated: Document,
    tongues: Tongues,
    tables: Sequence[tuple[int, int]],
    left_out: list[tuple[int, int]],
) -> tuple[list[Claim], CuedSentences, list[Problem]]:
    """The claims of the sentences in order, the sentences that may tell how figures are related, and what was
    left out for its number.
    """
    memory = Memory()
    told = _read(dated, memory, Register(document), tongues, tables, left_out)
    claims, cut = _up_to(MOST_CLAIMS, told, document)
    claims.sort(key=attrgetter("start"))
    for lexicon in tongues.lexicons:
        claims = [*with_known_currencies(dated.text, claims, lexicon)]
    return claims, memory.cued, cut


def _rising_scales(document: Document, tongues: Tongues) -> list[Problem]:
    """Warnings of numbers in myriads that are none; only texts in such a language are searched."""
    if tongues.is_one:
        return []
    from steelyard.read.myriads.scales_that_rise import warnings_of_scales

    return list(warnings_of_scales(document, tongues.lexicons))


def _with_what_follows(text: str, claims: list[Claim], cued: CuedSentences, tongues: Tongues) -> list[Claim]:
    """The claims, those that the text reckons from others with how; one figure alone follows from none."""
    if sum(claim.kind == "figure" for claim in claims) < 2:
        return claims
    from steelyard.read.keys.follows import with_what_follows

    return with_what_follows(text, claims, cued, tongues)


def _read_tables(
    document: Document, tongues: Tongues
) -> tuple[list[Claim], list[Problem], list[tuple[int, int]]]:
    """The claims of the tables, problems, and where tables stand; most documents need no reader of them."""
    if not document.tables:
        return [], [], []
    from steelyard.read.tables.document_tables import read_tables

    found = read_tables(document, tongues)
    return found.claims, found.problems, found.spans


def _read(
    document: Document,
    memory: Memory,
    register: Register,
    tongues: Tongues,
    tables: Sequence[tuple[int, int]],
    left_out: list[tuple[int, int]],
) -> Iterator[list[Claim]]:
    """The claims of each sentence in turn; what a sentence leaves out is carried over from those before.

    What stands in the spans of `tables` is no sentence. Runs without a break that are too long to be words
    are added to `left_out`.
    """
    quoted = quotations(document.text)
    told_days = (named_days(document.text, lexicon, document.date) for lexicon in tongues.lexicons)
    days = sorted(day for found in told_days for day in found)
    day_starts = [day.start for day in days]
    ends = [quotation.outer_end for quotation in quoted]
    for number, in_text, tools in _noticed(document, tongues, tables, left_out):
        sentence = in_text.sentence
        memory.turn_to(number, sentence.paragraph)
        first = bisect_right(ends, sentence.start)
        here = quoted[first : bisect_right(ends, sentence.end, first)]
        noticed = with_own_bodies(in_text, tools.lexicon, memory)
        next_day = bisect_left(day_starts, sentence.start)
        if told := days[next_day : bisect_left(day_starts, sentence.end, next_day)]:
            yield [day_claim(day, sentence, register) for day in told]
        if here or noticed.is_telling:
            yield _claims(passage_of(document, noticed, tools.lexicon), memory, here, register)
        elif named := _document_named(noticed):
            memory.heard(named)
        _remember(document, noticed, tools, memory)
        memory.read_back = None if noticed.figures else partial(take_up, document, noticed, tools, memory)


def _noticed(
    document: Document, tongues: Tongues, tables: Sequence[tuple[int, int]], left_out: list[tuple[int, int]]
) -> Iterator[tuple[int, Noticed, Tools]]:
    """What stands in the sentences, with their numbers and what reads them; many are noticed at once."""
    numbered = _sentences(document.text, tongues, tables, left_out)
    while batch := list(islice(numbered, SENTENCES_AT_ONCE)):
        told = notice_all(document, [sentence for _, sentence in batch], tongues)
        for (number, _), (noticed, tools) in zip(batch, told, strict=True):
            yield number, noticed, tools


def _sentences(
    text: str, tongues: Tongues, tables: Sequence[tuple[int, int]], left_out: list[tuple[int, int]]
) -> Iterator[tuple[int, Sentence]]:
    """The sentences that are read, with their numbers; spans that are too long are added to `left_out`."""
    for number, sentence in enumerate(sentences_of(text, tongues.first.lexicon.abbreviations)):
        if tables and _is_inside(sentence.start, tables):
            continue
        if sentence.end - sentence.start > LONGEST_RUN:
            left_out.append((sentence.start, sentence.end))
        else:
            yield number, sentence


def _is_inside(position: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a place lies in one of the spans, which are sorted."""
    before = bisect_right(spans, (position, sys.maxsize))
    return before > 0 and position < spans[before - 1][1]


def _claims(passage: Passage, memory: Memory, quoted: Sequence[Quotation], register: Register) -> list[Claim]:
    """Figures, roles and statements of a sentence, in the order of the text."""
    behind = passage.lexicon.cues_follow
    speakers = (attributions_behind if behind else attributions)(passage, memory)
    claims = figure_claims(passage, memory, speakers, register)
    roles = (roles_behind if behind else find_roles)(passage, memory)
    for role in roles:
        speaker = _speaker(passage, role.start, speakers, memory)
        claims.append(role_claim(passage, role, speaker, register))
    if quoted:
        claims += _statements(passage, memory, quoted, speakers, roles, register)
    if speakers:
        memory.heard(speakers[-1].speaker)
    elif documents := passage.of_kind("document"):
        memory.heard(_document(documents[-1].meaning))
    if len(claims) > 1:
        claims.sort(key=attrgetter("start", "end"))
    return claims


def _statements(
    passage: Passage,
    memory: Memory,
    quoted: Sequence[Quotation],
    speakers: list[Attribution],
    roles: list[RoleFound],
    register: Register,
) -> Iterator[Claim]:
    """The quotations that end in the sentence, unless what they say is a role that has been read."""
    for quotation in quoted:
        told = any(quotation.start <= role.start and role.end <= quotation.end + 1 for role in roles)
        if not told and is_statement(passage.document.text, quotation):
            speaker = _speaker(passage, quotation.start, speakers, memory)
            yield statement_claim(passage, quotation, speaker, register)


def _speaker(passage: Passage, position: int, speakers: list[Attribution], memory: Memory) -> Speaker | None:
    """Who says what stands at a place.

    Named in the sentence, else whoever spoke last, or the document spoken of.
    """
    if speakers:
        before = [a for a in speakers if a.start <= position]
        return before[-1].speaker if before else speakers[0].speaker
    if documents := passage.of_kind("document"):
        return _document(documents[0].meaning)
    return memory.speaker or memory.document


def _document_named(noticed: Noticed) -> Speaker | None:
    """The document that a sentence names last."""
    if "document" not in noticed.kinds:
        return None
    return _document([meaning for meaning, _, _ in noticed.hits if meaning.kind == "document"][-1])


def _document(named: Meaning) -> Speaker:
    """A document as the speaker of what it says."""
    return Speaker(named.label, named.actor)


def _remember(document: Document, noticed: Noticed, tools: Tools, memory: Memory) -> None:
    """Keep what later sentences, or what follows from the claims, may need of a sentence."""
    sentence, kinds, number = noticed.sentence, noticed.kinds, memory.sentence
    if cues := tools.cues.lists_in(document.text, sentence.start, sentence.end, noticed.words):
        memory.cued.add(sentence.start, sentence.end, cues)
    if not (settings := tools.lexicon.settings).isdisjoint(kinds):
        memory.settings.update(dict.fromkeys(settings.intersection(kinds), number))
    if DEFINITION in kinds:
        named_here = (meaning.id for meaning, _, _ in noticed.hits if meaning.kind == DEFINITION)
        memory.counts.update(dict.fromkeys(named_here, number))
    if not NAMES.isdisjoint(kinds):
        _remember_names(noticed, tools.lexicon, memory)


def _remember_names(noticed: Noticed, lexicon: Lexicon, memory: Memory) -> None:
    """Keep who was named, for "it", "the alliance" and "the document" in later sentences."""
    memory.document = _document_named(noticed) or memory.document
    alliances, is_first = lexicon.alliances, True
    may_face = bool(lexicon.words("grammar", "facing_after"))
    for meaning, first, last in noticed.hits:
        if meaning[0] != "actor" or meaning.id == "adjective":
            continue
        if may_face and is_faced(lexicon, noticed.words.keys, last):
            continue
        if is_first and first <= 1:
            memory.subject, memory.subject_sentence = speaker_for(meaning), memory.sentence
        is_first = False
        if meaning.actor in alliances:
            memory.alliance = meaning.actor
        elif memory.named is None or first == 0:
            memory.named, memory.named_sentence = meaning.actor, memory.sentence
