"""The noun phrase that names a speaker, beside its verb of speech, and whom it stands for.

The phrase is read word by word from the verb: names, the nouns of those who speak ("minister", "institute"),
and the small words that hold them together. Whom the vocabulary knows becomes its person, office or document;
anybody else keeps the name as written, and speaks for an actor only where the phrase names one.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache, partial
from typing import NamedTuple

from steelyard.read.lexicon import Lexicon, phrases_in
from steelyard.read.mentions import Meaning, Mention, Word
from steelyard.read.passage import Memory, Passage, Speaker

MOST_WORDS_OF_NAME = 12
MOST_WORDS_OF_ASIDE = 16
HYPHENS = frozenset({"-", "–", "‑"})
NAME_MARKS = frozenset({"-", "–", "‑", "’", "'", "."})
QUOTES = frozenset({'"', "”", "’", "'"})
_NO_ASIDE = frozenset((";", ":", *QUOTES - NAME_MARKS))
_IN_ORDER = ("office", "generic_office", "generic:document", "speech:pronouns", "generic:government")
KINDS = ("actor", "document", "generic:document", "speech:pronouns", "generic_office", "generic:government")


def phrase_before(passage: Passage, verb: Mention) -> list[Word]:
    """The phrase before a verb of speech; a clause in commas and adverbs may stand between."""
    stop = _before_adverbs(passage, verb.first)
    if stop and passage.words.keys[stop - 1] == ",":
        opening = _opening_comma(passage, stop - 1)
        return _phrase_back(passage, opening) if opening else []
    return _phrase_back(passage, stop)


def phrase_after(passage: Passage, position: int) -> list[Word]:
    """The phrase that begins at the word of that number."""
    sets, keys = _sets_of(passage.lexicon), passage.words.keys
    stop = position
    while stop < min(position + MOST_WORDS_OF_NAME, len(keys)):
        if not (_is_part(passage, sets, stop) or (stop > position and keys[stop] in NAME_MARKS)):
            break
        stop += 1
    while stop > position and (keys[stop - 1] in NAME_MARKS or keys[stop - 1] in sets.particles):
        stop -= 1
    return passage.words[position:stop] if _names_somebody(passage, sets, position, stop) else []


def speaker_of_phrase(passage: Passage, phrase: Sequence[Word], memory: Memory) -> Speaker | None:
    """Whom a phrase stands for: a person, an office, a document, an actor, or somebody named as written."""
    start, end = phrase[0].start, phrase[-1].end
    of_kind = passage.kinds.get
    inside = [m for kind in KINDS for m in of_kind(kind, ()) if m.start < end and start < m.end]
    known = {m.kind if m.kind != "actor" else m.id: m for m in reversed(inside)}
    if mention := known.get("person") or known.get("document"):
        return speaker_of(passage, mention, memory)
    if label := _name_in(passage, phrase, inside):
        actor, is_person = _actor_of(passage, phrase, inside, memory), _is_person(passage, phrase)
        return Speaker(label, actor, is_person, _governs(passage, phrase))
    mentions = (known[kind] for kind in _IN_ORDER if kind in known) if known else ()
    if speaker := next(filter(None, (speaker_of(passage, m, memory) for m in mentions)), None):
        return speaker
    if _holders_in(passage, phrase):
        return _holder(passage, phrase, inside, memory)
    mention = known.get("name") or known.get("place")
    return speaker_of(passage, mention, memory) if mention else None


def speaker_of(passage: Passage, subject: Mention, memory: Memory) -> Speaker | None:
    """The speaker that a mention stands for: person, office, document, actor, or whom "it" takes up."""
    meaning = subject.meaning
    if subject.kind == "document":
        memory.document = Speaker(meaning.label, meaning.actor)
        return memory.document
    if subject.kind == "generic:document":
        return memory.document
    if subject.kind == "speech:pronouns":
        return _taken_up(passage, subject, memory)
    if subject.kind == "generic:government":
        return memory.speaker
    if subject.kind == "generic_office":
        return _generic_office(passage, subject, memory)
    return speaker_for(meaning)


def speaker_for(meaning: Meaning) -> Speaker:
    """The speaker that the name of an actor, of its office or of a person stands for."""
    if meaning.id == "person":
        return Speaker(meaning.label, meaning.actor, is_person=True)
    if meaning.id == "office":
        return Speaker(f"{meaning.actor} {meaning.label}", meaning.actor)
    return Speaker(meaning.actor or meaning.label, meaning.actor)


def _taken_up(passage: Passage, pronoun: Mention, memory: Memory) -> Speaker | None:
    """Whom a pronoun takes up: "he" a person, "it" a body; the subject of a later sentence comes first."""
    person = passage.words[pronoun.first].key in passage.lexicon.words("speech", "personal")
    candidates = [memory.subject] if memory.subject_sentence > memory.speaker_sentence else []
    fitting = [s for s in (*candidates, memory.speaker) if s is not None and s.is_person == person]
    spoken = memory.person if person else memory.body
    return fitting[0] if fitting else spoken or memory.speaker


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


def _before_adverbs(passage: Passage, number: int) -> int:
    """The number of words before a verb once adverbs, auxiliaries and a date are left out."""
    between, words, dates = passage.lexicon.words("speech", "between"), passage.words, passage.dates
    while number:
        date = None
        if dates:
            start = words.starts[number - 1]
            date = next((d for d in dates if d.start <= start < d.end), None)
        if date is not None:
            number = passage.words_between(date.start, date.end)[0]
        elif words.keys[number - 1] in between:
            number -= 1
        else:
            break
    return number


def _opening_comma(passage: Passage, closing: int) -> int | None:
    """The number of the comma before which the speaker stands: "Kim, an analyst in Seoul, said"."""
    least = max(0, closing - MOST_WORDS_OF_ASIDE)
    keys = passage.words.keys
    for number in range(closing - 1, least, -1):
        if keys[number] in _NO_ASIDE:
            return None
        if keys[number] == ",":
            return number
    return None


def _phrase_back(passage: Passage, stop: int) -> list[Word]:
    """The phrase whose last word is the one before `stop`."""
    sets, keys = _sets_of(passage.lexicon), passage.words.keys
    first = stop
    while first > max(0, stop - MOST_WORDS_OF_NAME):
        if not (_is_part(passage, sets, first - 1) or (first < stop and keys[first - 1] in NAME_MARKS)):
            break
        first -= 1
    while first < stop and (keys[first] in NAME_MARKS or keys[first] in sets.particles):
        first += 1
    return passage.words[first:stop] if _names_somebody(passage, sets, first, stop) else []


class _Sets(NamedTuple):
    """The words of a language that the phrases of speakers are made of, put together once."""

    never: frozenset[str]
    parts: frozenset[str]
    particles: frozenset[str]
    own: frozenset[str]
    small: frozenset[str]
    somebody: frozenset[str]
    known: frozenset[str]


@lru_cache(maxsize=16)
def _sets_of(lexicon: Lexicon) -> _Sets:
    speech = partial(lexicon.words, "speech")
    own = lexicon.words("generic", "own") | lexicon.words("grammar", "articles")
    known = speech("holders") | speech("qualities") | speech("particles") | speech("pronouns")
    return _Sets(
        never=speech("never"),
        parts=known | speech("personal") | own | {"s"},
        particles=speech("particles"),
        own=own,
        small=own | speech("particles"),
        somebody=speech("pronouns") | speech("holders"),
        known=known | own,
    )


def _is_part(passage: Passage, sets: _Sets, number: int) -> bool:
    """Whether a word may be part of the phrase: a name, a noun of somebody who speaks, or a small word."""
    words = passage.words
    key = words.keys[number]
    if key in sets.never:
        return False
    if key in sets.parts:
        return True
    named = words.texts[number][0].isupper() and not _is_in_a_figure(passage, number)
    return named or _ends_a_name(passage, number)


def _ends_a_name(passage: Passage, number: int) -> bool:
    """Whether a word in small letters is the second half of a name, as in "Ahn Gyu-back"."""
    if number < 2 or passage.words.keys[number - 1] not in HYPHENS:
        return False
    name, hyphen, word = passage.words[number - 2 : number + 1]
    joined = name.end == hyphen.start and hyphen.end == word.start
    return joined and name.text[0].isupper() and word.text.isalpha()


def _is_in_a_figure(passage: Passage, number: int) -> bool:
    figure = passage.figure_before(passage.words.ends[number]) if passage.figures else None
    return figure is not None and passage.words.starts[number] < figure.end


def _names_somebody(passage: Passage, sets: _Sets, first: int, stop: int) -> bool:
    """Whether there is a name, a noun of somebody who speaks, or a pronoun in a run of words."""
    if first == stop:
        return False
    words = passage.words
    parts = zip(words.texts[first:stop], words.keys[first:stop], strict=True)
    return any(key in sets.somebody or (text[0].isupper() and key not in sets.small) for text, key in parts)


def _holders_in(passage: Passage, phrase: Sequence[Word]) -> bool:
    holders = passage.lexicon.words("speech", "holders")
    return any(word.key in holders for word in phrase)


def _name_in(passage: Passage, phrase: Sequence[Word], inside: list[Mention]) -> str | None:
    """The phrase without its article, where it holds a name that the vocabulary does not know."""
    known = _sets_of(passage.lexicon).known
    taken = [(m.start, m.end) for m in inside if m.kind != "speech:pronouns"]
    for word in phrase:
        strange = len(word.text) > 1 and word.text[0].isupper() and word.key not in known
        if strange and not any(start <= word.start < end for start, end in taken):
            return _label(passage, phrase)
    return None


def _label(passage: Passage, phrase: Sequence[Word]) -> str:
    """A phrase as it is written, without its article."""
    first = 1 if phrase[0].key.casefold() in _sets_of(passage.lexicon).own and len(phrase) > 1 else 0
    return passage.between(phrase[first].start, phrase[-1].end)


def _actor_of(passage: Passage, phrase: Sequence[Word], inside: list[Mention], memory: Memory) -> str | None:
    """The actor for which somebody speaks: one named in the phrase, or the holder's own country."""
    named = next((m.meaning.actor for m in inside if m.kind == "actor"), None)
    if named or not _governs(passage, phrase):
        return named
    here = {m.meaning.actor for m in passage.of_kind("actor")}
    return here.pop() if len(here) == 1 else memory.topic


def _governs(passage: Passage, phrase: Sequence[Word]) -> bool:
    """Whether a phrase names somebody who speaks for a country, as its ministers do."""
    governing = passage.lexicon.words("speech", "governing")
    return any(word.key in governing for word in phrase)


def _is_person(passage: Passage, phrase: Sequence[Word]) -> bool:
    """Whether a name has a title or the noun of a person beside it, and is no ministry's or institute's."""
    bodies, keys = passage.lexicon.words("speech", "bodies"), {word.key for word in phrase}
    return bodies.isdisjoint(keys) and len(phrase) > 1


def _holder(
    passage: Passage, phrase: Sequence[Word], inside: list[Mention], memory: Memory
) -> Speaker | None:
    """Somebody called by a noun alone: "the minister" takes up who spoke, "a US official" is named so.

    Who spoke only as "the minister" is not meant by "the opposition".
    """
    definite = phrase[0].key.casefold() in passage.lexicon.words("speech", "definite")
    actor = next((m.meaning.actor for m in inside if m.kind == "actor"), None)
    label, last = _label(passage, phrase), memory.speaker
    if definite and actor is None and last and (last.label == label or not last.label[:1].islower()):
        return last
    if actor and passage.lexicon.words("speech", "states").intersection(word.key for word in phrase):
        return Speaker(actor, actor)
    of_state = actor or _actor_of(passage, phrase, inside, memory)
    return Speaker(label, of_state, _is_person(passage, phrase), _governs(passage, phrase))
