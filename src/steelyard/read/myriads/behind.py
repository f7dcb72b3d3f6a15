"""Speakers and roles in languages whose verbs end the sentence: "국방부는 ... 밝혔다", "한국이 주도하고".

The subject stands before its verb with a particle, however far; whoever "에 따르면" follows is the source.
What is led or supported stands before the noun of the role, as its object or as the topic of the clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from steelyard.read.duties import RoleFound
from steelyard.read.lexicon import Lexicon
from steelyard.read.mentions import CLAUSE_MARKS, Mention
from steelyard.read.myriads.particles import either
from steelyard.read.passage import Memory, Passage, Speaker
from steelyard.read.speakers import KINDS, speaker_of
from steelyard.read.speech import Attribution

MOST_LETTERS_OF_TITLE = 16
MOST_LETTERS_OF_NAME = 30
MOST_WORDS_TO_ROLE = 8
MOST_WORDS_TO_MODALITY = 4
_NAME = re.compile(r"\w{3,}$")
LEAD, SUPPORT, SHARED = "roles:lead", "roles:support", "roles:shared"


def attributions_behind(passage: Passage, memory: Memory) -> list[Attribution]:
    """The speakers that the sentence names, in order: subjects of verbs of speech, and sources."""
    found = [*_by_verb(passage, memory), *_by_source(passage, memory)]
    return sorted(found, key=lambda attribution: attribution.start)


def _by_verb(passage: Passage, memory: Memory) -> Iterator[Attribution]:
    """The topic of the sentence, else the subject nearest to the verb."""
    begin = passage.sentence.start
    for verb in passage.of_kind("speech:verbs"):
        if late := _right_before(passage, begin, verb, memory):
            yield late
            begin = verb.end
            continue
        subjects = [m for m in passage.before(verb.start, *KINDS) if m.start >= begin and m.id != "adjective"]
        topics = [m for m in subjects if _has_behind(passage, m, "topic_after")]
        others = [m for m in subjects if _has_behind(passage, m, "subject_after")]
        subject = topics[-1] if topics else others[0] if others else None
        if subject and (speaker := speaker_of(passage, subject, memory)):
            yield Attribution(speaker, subject.start, verb.end)
        elif named := _named(passage, begin, verb.start):
            yield named
        begin = verb.end


def _right_before(passage: Passage, begin: int, verb: Mention, memory: Memory) -> Attribution | None:
    """The subject between what is said and the verb: "...다고 월스트리트저널이 보도했다"."""
    lead = passage.between(max(begin, verb.start - MOST_LETTERS_OF_NAME), verb.start)
    match = _patterns(passage.lexicon)["late"].search(lead)
    if match is None:
        return None
    start = verb.start - len(lead) + match.start(1)
    known = next((m for m in passage.before(verb.start, *KINDS) if m.start >= start), None)
    speaker = (speaker_of(passage, known, memory) if known else None) or Speaker(match[1])
    return Attribution(speaker, start, verb.end)


def _by_source(passage: Passage, memory: Memory) -> Iterator[Attribution]:
    """Whoever words such as "according to" stand behind, as known or as written."""
    for cue in passage.of_kind("speech:according"):
        source = next((m for m in passage.before(cue.start, *KINDS) if m.id != "adjective"), None)
        near = source is not None and passage.count_words(source.end, cue.start) <= 2
        speaker = speaker_of(passage, source, memory) if source and near else None
        word = _NAME.search(passage.between(passage.sentence.start, cue.start)[-MOST_LETTERS_OF_NAME:])
        if source and speaker:
            yield Attribution(speaker, source.start, cue.end)
        elif word:
            yield Attribution(Speaker(word[0]), cue.start - len(word[0]), cue.end)


def _has_behind(passage: Passage, mention: Mention, key: str) -> bool:
    """Whether a particle stands behind a name or the title that belongs to it."""
    behind = passage.between(mention.end, min(mention.end + MOST_LETTERS_OF_TITLE, passage.sentence.end))
    return _patterns(passage.lexicon)[key].match(behind) is not None


@lru_cache(maxsize=8)
def _patterns(lexicon: Lexicon) -> dict[str, re.Pattern[str]]:
    """What may stand between a name and its particle, and names with a title, of one language."""
    titles = either(lexicon.words("speech", "titles"))
    found = {}
    for key in ("topic_after", "subject_after"):
        particles = either(lexicon.words("grammar", key))
        found[key] = re.compile(rf"(?:[ \u00a0]?(?:{titles})){{0,3}}(?:{particles})(?=[\s,])")
    subjects = either(lexicon.words("grammar", "subject_after"))
    found["named"] = re.compile(
        rf"(?<!\w)(\w{{2,5}}[ \u00a0](?:\w{{1,12}}[ \u00a0]){{0,2}}\w{{0,6}}(?:{titles}))"
        rf"(?:{subjects})(?=[\s,])"
    )
    phrase = rf"(?:^(?:{subjects})?[\s,]+|[\s,]|^)((?:\w+[ \u00a0]){{0,3}}\w+?)"
    found["object"] = re.compile(rf"{phrase}(?:{either(lexicon.words('roles', 'object_after'))})\s*$")
    found["topic"] = re.compile(rf"{phrase}(?:{either(lexicon.words('roles', 'topic_after'))})\s*$")
    endings = either(lexicon.words("speech", "quote_endings"))
    found["late"] = re.compile(rf"(?:{endings})[”\"’']?[ \u00a0](\w[\w· ]{{1,20}}?)(?:{subjects})[ \u00a0]$")
    return found


def _named(passage: Passage, start: int, end: int) -> Attribution | None:
    """Somebody named with a title whom the vocabulary does not know; the last before the verb."""
    text = passage.between(start, end)
    matches = list(_patterns(passage.lexicon)["named"].finditer(text))
    if not matches or len(matches[-1][1]) > MOST_LETTERS_OF_NAME:
        return None
    begin, stop = start + matches[-1].start(1), start + matches[-1].end(1)
    actor = next((m.meaning.actor for m in passage.of_kind("actor") if begin <= m.start < stop), None)
    return Attribution(Speaker(matches[-1][1], actor, is_person=True), begin, end)


def roles_behind(passage: Passage, memory: Memory) -> list[RoleFound]:
    """The roles of a sentence, in order; support counts where a lead or a known responsibility stands too."""
    nouns = passage.of_kinds(LEAD, SHARED, SUPPORT)
    if not any(noun.kind != SUPPORT for noun in nouns) and not passage.of_kind("function"):
        return []
    found: list[RoleFound] = []
    for noun in nouns:
        if (bearer := _bearer(passage, noun, nouns)) and (role := _role(passage, noun, bearer, memory)):
            found.append(role)
            memory.function = role.function
    return found


def _bearer(passage: Passage, noun: Mention, nouns: list[Mention]) -> Mention | None:
    """The actor before a noun of responsibility that is its subject or owner, or stands right before it."""
    others = [other.end for other in nouns if other.end <= noun.start]
    for actor in passage.before(noun.start, "actor"):
        if (
            actor.start < max(others, default=0)
            or passage.count_words(actor.end, noun.start) > MOST_WORDS_TO_ROLE
        ):
            return None
        behind = passage.word_after(actor.end)
        beside = behind is not None and (behind.start >= noun.start or behind.key in _owners(passage))
        if beside or _has_behind(passage, actor, "subject_after"):
            return actor
    return None


def _owners(passage: Passage) -> frozenset[str]:
    return passage.lexicon.words("grammar", "owner_after")


def _role(passage: Passage, noun: Mention, actor: Mention, memory: Memory) -> RoleFound | None:
    behind = passage.words_after(noun.end)[:MOST_WORDS_TO_MODALITY]
    stop = next(
        (word.start for word in behind if word.key in CLAUSE_MARKS), behind[-1].end if behind else noun.end
    )
    inside = [m for m in passage.mentions if noun.start <= m.start < stop]
    modality = next((m.id for m in inside if m.kind.startswith("modality:")), "is")
    negated = any(m.kind == "negation:words" for m in inside)
    function = _function(passage, noun, actor) or memory.function
    qualifier = _degree(passage, noun)
    kind = noun.kind.partition(":")[2]
    words = passage.between(noun.start, noun.end)
    return RoleFound(
        actor.start,
        noun.end,
        actor.meaning.actor,
        kind,
        modality,
        function,
        qualifier,
        negated,
        f"role by {words!r}",
    )


def _function(passage: Passage, noun: Mention, actor: Mention) -> str | None:
    """What the role is in: its object between actor and noun, else the topic before the actor."""
    patterns = _patterns(passage.lexicon)
    between = passage.between(actor.end, noun.start)
    if found := patterns["object"].search(_without_degree(passage, noun, between)):
        return found[1]
    before = passage.between(max(passage.sentence.start, actor.start - MOST_LETTERS_OF_NAME), actor.start)
    if topic := patterns["topic"].search(before):
        return topic[1]
    named = next(passage.before(noun.start, "function"), None)
    return passage.between(named.start, named.end) if named else None


def _without_degree(passage: Passage, noun: Mention, text: str) -> str:
    degree = _degree(passage, noun)
    return text.rpartition(degree)[0] if degree else text


def _degree(passage: Passage, noun: Mention) -> str | None:
    """The word of degree right before a noun of support, as in "제한적 지원"."""
    word = passage.word_before(noun.start)
    if noun.kind != SUPPORT or word is None:
        return None
    degrees = tuple(passage.lexicon.words("roles", "degree"))
    return word.text if word.key.startswith(degrees) else None
