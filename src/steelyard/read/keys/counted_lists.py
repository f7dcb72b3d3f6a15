"""Wholes whose parts a text counts: "it falls into three pots", and then three amounts; "these five groups".

The number says how many amounts belong together, over however many sentences they are spread, so that none of
them has to be known by its words. The whole is an amount told before, of what the sentence names again, or
that which the sentence with the number gives.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from steelyard.core.claim import OR, Claim
from steelyard.read.keys.any_words import any_of
from steelyard.read.keys.needed_words import listed
from steelyard.read.keys.neighbours import WORDS, Sentences, year_of
from steelyard.read.keys.wordings import AMOUNTS, STEM
from steelyard.read.lexicon import Lexicon

# Letters between the number and what is counted ("three further and smaller pots"), between the amounts of a
# list and its announcement, and back to the whole.
MOST_BETWEEN, REACH, REACH_BACK = 24, 420, 900
MOST_WHOLES = 8
# Letters behind the number of things: "over the three years to come".
MOST_BEHIND = 12
# Letters by which a word is known again where words take endings right behind them.
FEWEST_LETTERS = 2
# A list that ends with words such as "and nothing else" is one of so many at least.
FEWEST_CLOSED = 3
# From which number on a bare one can be of money, and one in words counts for itself.
LEAST_BARE, LEAST = 1_000_000, 100
_PART_OF = ("of_which", "including")
_SHARES = ("level", "share")
_CUES = ("divides", "closes", "sums", "exhausts", "breaks", "part_of", "another", "other_sum")
_SUMS = (None, "cumulative")
_STOP = re.compile(r"\n\s*\n|(?<=[.!?。])\s")
_YEAR = re.compile(r"(?:19|20)\d\d")
_DIGIT = re.compile(r"\d")
_PARAGRAPH = re.compile(r"\n\s*\n")


@dataclass(frozen=True)
class CountedLists:
    """The words of a language for lists whose parts are counted, and the reckonings of sums and of shares."""

    things: re.Pattern[str]
    years: re.Pattern[str]
    counts: Mapping[str, int]
    cues: Mapping[str, re.Pattern[str]]
    general: frozenset[str]
    small: frozenset[str]
    persons: frozenset[str]
    is_glued: bool
    of_sum: str
    of_shares: str

    def says(self, cue: str, text: str, start: int = 0, end: int = sys.maxsize) -> bool:
        """Whether a text has, between two places, one of the words of a list."""
        return self.cues[cue].search(text, start, end) is not None


@lru_cache(maxsize=16)
def counted_lists_of(lexicon: Lexicon) -> CountedLists | None:
    """The words of a language; None where it has none."""
    found = {name: any_of((f"<list_{name}>",), lexicon) for name in _CUES}
    cues = {name: pattern for name, pattern in found.items() if pattern}
    entries = lexicon.vocabulary.entries("reckonings").values()
    of_sum = next((one.id for one in entries if one.flag("of_divisions")), "")
    of_shares = next((one.id for one in entries if one.text("of_quotas") == "all"), "")
    if len(cues) < len(_CUES) or not (of_sum and of_shares):
        return None
    pairs = (one.split(" = ") for one in lexicon.words("reckoning", "list_counts"))
    counts = {word: int(number) for word, number in pairs}
    things, years = (_counted(name, counts, lexicon) for name in ("list_things", "list_years"))
    general, small = (lexicon.words("reckoning", name) for name in ("list_wholes", "list_small"))
    units = lexicon.vocabulary.units.by_id.values()
    persons = frozenset(unit.id for unit in units if unit.dimension == "person")
    glued = lexicon.cues_follow
    return CountedLists(things, years, counts, cues, general, small, persons, glued, of_sum, of_shares)


def _counted(name: str, counts: Mapping[str, int], lexicon: Lexicon) -> re.Pattern[str]:
    """A pattern for a number and, right behind it, one of the things of a list."""
    edge, between = (
        ("", r"[^\d\W]{0,2}\s?") if lexicon.cues_follow else (r"\b", rf"[^\d.,;:()]{{1,{MOST_BETWEEN}}}?\b")
    )
    number = "|".join(sorted(map(re.escape, counts), key=len, reverse=True))
    thing = "|".join(map(re.escape, listed(name, lexicon)))
    return re.compile(f"{edge}(?P<count>{number}){between}(?:{thing}){edge}", re.IGNORECASE)


def counted_lists(sentences: Sentences, words: CountedLists) -> Iterator[tuple[str, str]]:
    """For each list that the text counts, the id of the figure that tells of it and how it follows."""
    text = sentences.text
    for match in words.things.finditer(text):
        count = words.counts[match["count"].casefold()]
        sentence = _sentence(text, match)
        if words.says("divides", text, *sentence) or words.says("closes", text, *sentence):
            yield from _announced(sentences, words, match, count)
        if words.says("sums", text, *sentence):
            yield from _summed(sentences, words, match, count)
        if words.says("exhausts", text, *sentence):
            yield from _shares(sentences, words, match, count)
    for match in words.years.finditer(text):
        if words.says("sums", text, *_sentence(text, match)):
            yield from _summed(sentences, words, match, words.counts[match["count"].casefold()])
    for match in words.cues["closes"].finditer(text):
        yield from _closed(sentences, words, match)


def _sentence(text: str, match: re.Match[str]) -> tuple[int, int]:
    """Where the sentence of a match begins and ends."""
    before = [one.end() for one in _STOP.finditer(text, max(0, match.start() - REACH), match.start())]
    behind = _STOP.search(text, match.end())
    return (before[-1] if before else max(0, match.start() - REACH)), behind.start() if behind else len(text)


def _amounts(sentences: Sentences, words: CountedLists) -> list[Claim]:
    """The amounts that may be parts: levels, and none told as a part of one before it."""
    pairs = zip(sentences.claims, sentences.kinds, strict=True)
    return [
        claim
        for claim, kind in pairs
        if kind in AMOUNTS
        and claim.value
        and not claim.negated
        and claim.aggregation not in _PART_OF
        and (claim.value >= LEAST or _DIGIT.search(claim.quote))
        and not words.says("part_of", sentences.lead_of(claim))
    ]


def _is_alike(one: Claim, other: Claim, words: CountedLists) -> bool:
    """Whether two amounts can be added up: in one currency, which a bare one may be in, or people."""
    units = {one.unit, other.unit}
    if len(units) == 1 or units <= words.persons:
        return True
    named = next((unit for unit in (one.unit, other.unit) if unit), "")
    return None in units and named.isupper() and all((each.value or 0) >= LEAST_BARE for each in (one, other))


def _announced(
    sentences: Sentences, words: CountedLists, match: re.Match[str], count: int
) -> Iterator[tuple[str, str]]:
    """The list that follows on its announcement."""
    start, text = sentences.start, sentences.text
    amounts = _amounts(sentences, words)
    after = [one for one in amounts if one.start >= match.end() + start]
    if not after or after[0].start - match.end() - start > REACH:
        return
    first = after[0]
    alike = [one for one in after if _is_alike(one, first, words)]
    parts, rest = alike[:count], alike[count:]
    if len(parts) < count or (rest and rest[0].sentence_start == parts[-1].sentence_start):
        return
    if not _is_plain(sentences, words, parts, match.end()) or _has_a_fraction(sentences, match.end(), parts):
        return
    opening = text[_sentence(text, match)[0] : match.start()]
    before = [one for one in amounts if one.end <= match.start() + start]
    yield from _with_wholes(sentences, words, parts, _named(sentences, words, before, opening))


def _closed(sentences: Sentences, words: CountedLists, match: re.Match[str]) -> Iterator[tuple[str, str]]:
    """The list of one sentence behind which the text says that there is nothing else."""
    start = sentences.start
    amounts = _amounts(sentences, words)
    before = [one for one in amounts if one.end <= match.start() + start]
    if not before or match.start() + start - before[-1].end > REACH:
        return
    last = before[-1]
    parts = [
        one for one in before if one.sentence_start == last.sentence_start and _is_alike(one, last, words)
    ]
    if len(parts) < FEWEST_CLOSED or not _is_plain(sentences, words, parts, parts[0].start - start):
        return
    opening = sentences.text[parts[0].sentence_start - start : parts[0].start - start]
    wholes = [one for one in before if one.end <= parts[0].sentence_start]
    place = sentences.text.rfind("\n\n", 0, parts[0].sentence_start - start) + start
    if any(one.start >= place for one in wholes):  # its paragraph speaks of the whole
        wholes = [one for one in wholes if one.start >= place]
        yield from _with_wholes(sentences, words, parts, wholes)
    else:
        yield from _with_wholes(sentences, words, parts, _named(sentences, words, wholes, opening))


def _is_plain(sentences: Sentences, words: CountedLists, parts: Sequence[Claim], place: int) -> bool:
    """Whether amounts are levels of one paragraph that stand near one another, with no word against them."""
    start = sentences.start
    if not all(one.statistic == "level" or _is_another(sentences, words, one) for one in parts):
        return False
    if any(later.start - one.end > REACH for one, later in pairwise(parts)):
        return False
    inner = sentences.text[place : parts[-1].end - start]
    behind = sentences.between(parts)[1]
    return not (_PARAGRAPH.search(inner.lstrip()) or words.says("breaks", inner + " " + behind))


def _has_a_fraction(sentences: Sentences, place: int, parts: Sequence[Claim]) -> bool:
    """Whether one of the parts of a list is only told as a fraction: "four tenths go to the army"."""
    first, last = place + sentences.start, parts[-1].start
    pairs = zip(sentences.claims, sentences.kinds, strict=True)
    return any(kind == "multiple" and first <= claim.start < last for claim, kind in pairs)


def _is_another(sentences: Sentences, words: CountedLists, claim: Claim) -> bool:
    """Whether what looks like a change is one more part: "another 0.58 billion goes to"."""
    lead = sentences.lead_of(claim)
    return claim.statistic == "change" and words.says("another", lead[-MOST_BETWEEN:])


def _named(sentences: Sentences, words: CountedLists, before: Sequence[Claim], opening: str) -> list[Claim]:
    """The amounts told before that may be the whole: of what the opening of a sentence names again.

    All of its words have been told with such an amount, or are such as "the money"; where these are all, it
    is any that stands near enough. A year that it names is theirs.
    """
    verb = words.cues["divides"].search(opening)
    subject = opening[: verb.start()] if verb else opening
    named = [word for word in WORDS.findall(subject.casefold()) if word not in words.small]
    if not named:
        return []
    if words.is_glued:
        named = named[-2:]
    end = max((one.end for one in before), default=0)
    near = [one for one in before if end - one.start <= REACH_BACK]
    new = [word for word in named if not _is_known(word, words.general)]
    told = [one for one in near if all(_is_known(word, _words_of(sentences, one)) for word in new)]
    if years := {int(word) for word in named if _YEAR.fullmatch(word)}:
        told = [one for one in told if year_of(one) in years]
    return [*told, *(one for one in near if one not in told)] if told else []


def _is_known(word: str, known: Set[str]) -> bool:
    """Whether a word begins as one of others does."""
    letters = STEM if word.isascii() else FEWEST_LETTERS
    return any(word[:letters] == other[:letters] for other in known)


def _words_of(sentences: Sentences, claim: Claim) -> set[str]:
    """The words of its sentence."""
    first, last = claim.sentence_start - sentences.start, claim.sentence_end - sentences.start
    return set(WORDS.findall(sentences.text[first:last].casefold()))


def _with_wholes(
    sentences: Sentences, words: CountedLists, parts: Sequence[Claim], wholes: Sequence[Claim]
) -> Iterator[tuple[str, str]]:
    """The last part, and how the parts may add up to each of some amounts, the first first."""
    largest = max(one.value or 0 for one in parts)
    fitting = [
        one
        for one in wholes
        if _is_alike(one, parts[0], words)
        and one.statistic == "level"
        and one.aggregation in _SUMS
        and (one.value or 0) > largest
    ]
    if fitting and (year := year_of(fitting[0])):
        fitting = [one for one in fitting if year_of(one) in (None, year)]
    said = " ".join(f"part={one.id}" for one in parts)
    if ways := [f"{words.of_sum} whole={one.id} {said}" for one in fitting[:MOST_WHOLES]]:
        yield parts[-1].id, OR.join(ways)


def _summed(
    sentences: Sentences, words: CountedLists, match: re.Match[str], count: int
) -> Iterator[tuple[str, str]]:
    """The sum that a sentence gives of so many amounts told before: "these five groups came to 62,800"."""
    start, text = sentences.start, sentences.text
    begin, end = (place + start for place in _sentence(text, match))
    amounts = _amounts(sentences, words)
    here = [one for one in amounts if begin <= one.start < end]
    if not here:
        return
    whole = here[-1]
    first = max(begin - start, match.start() - MOST_BETWEEN)
    last = max(whole.start - start, match.end() + MOST_BEHIND)
    if words.says("other_sum", text, first, last):
        return
    before = [one for one in amounts if one.end <= whole.start and _is_alike(one, whole, words)]
    if len(here) not in (1, count + 1) or len(before) < count:
        return
    parts, rest = before[-count:], before[:-count]
    if rest and rest[-1].sentence_start == parts[0].sentence_start:
        return
    if begin - parts[-1].end > REACH or not _is_plain(sentences, words, parts, parts[0].start - start):
        return
    if (whole.value or 0) <= max(one.value or 0 for one in parts):
        return
    said = " ".join(f"part={one.id}" for one in parts)
    yield whole.id, f"{words.of_sum} whole={whole.id} {said}"


def _shares(
    sentences: Sentences, words: CountedLists, match: re.Match[str], count: int
) -> Iterator[tuple[str, str]]:
    """The shares, so many of them right before or behind, of which the text says that they are all."""
    start = sentences.start
    pairs = zip(sentences.claims, sentences.kinds, strict=True)
    shares = [one for one, kind in pairs if kind == "percent" and one.value and one.statistic in _SHARES]
    before = [one for one in shares if one.end <= match.start() + start][-count:]
    behind = [one for one in shares if one.start >= match.end() + start][:count]
    for run in (behind, before):
        near = bool(run) and max(abs(run[0].start - match.end() - start), 0) <= REACH
        if len(run) == count and near and not words.says("breaks", sentences.between(run)[0]):
            said = " ".join(f"portion={one.id}" for one in run)
            yield run[-1].id, f"{words.of_shares} {said}"
            return
