"""Wholes that a text says to be divided, and whose parts its next sentence tells: "It falls into three."."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from steelyard.core.claim import Claim
from steelyard.read.keys.any_words import any_of
from steelyard.read.keys.counted_lists import CountedLists, counted_lists_of
from steelyard.read.keys.neighbours import WORDS, Sentences
from steelyard.read.keys.paths import of_one_thing
from steelyard.read.keys.wordings import AMOUNTS, STEM, is_named_again, naming_again
from steelyard.read.lexicon import Lexicon

REACH_BACK, REACH_ON = 500, 160
# Letters behind the cue in which the number of parts stands.
REACH_TO_COUNT = 40
FEWEST_PARTS, FEWEST_LETTERS = 2, 3


@dataclass(frozen=True)
class Division:
    """The reckoning by which parts add up, and the words that say that something is divided."""

    reckoning: str
    cue: re.Pattern[str]
    breaks: re.Pattern[str] | None
    again: re.Pattern[str]
    general: frozenset[str]
    counted: CountedLists | None


@lru_cache(maxsize=16)
def division_of(lexicon: Lexicon) -> Division | None:
    """What a language has for it; None without words."""
    cue, breaks = (any_of((f"<{name}>",), lexicon) for name in ("divided", "undivided"))
    entries = lexicon.vocabulary.entries("reckonings").values()
    entry = next((one.id for one in entries if one.flag("of_divisions")), None)
    if cue is None or entry is None:
        return None
    return Division(
        entry,
        cue,
        breaks,
        naming_again(lexicon),
        lexicon.words("reckoning", "general"),
        counted_lists_of(lexicon),
    )


def divided_wholes(
    sentences: Sentences, division: Division, cues: Iterable[re.Match[str]]
) -> Iterator[tuple[str, str]]:
    """For each whole of which the text says so, the id of its last part and how they add up.

    `cues` are the words of the text that say so.
    """
    for match in cues:
        parts = _parts(sentences, match.end())
        whole = _whole(sentences, division, match.start(), parts)
        if whole is None or not _is_whole(whole, parts):
            continue
        if division.counted and _is_of_more(sentences, division.counted, match, len(parts)):
            continue
        inner = sentences.text[match.end() - sentences.start : parts[-1].end - sentences.start]
        behind = sentences.between(parts)[1]
        if division.breaks and division.breaks.search(inner + behind):
            continue
        said = (f"part={one.id}" for one in parts)
        yield parts[-1].id, " ".join([division.reckoning, f"whole={whole.id}", *said])


def _is_of_more(sentences: Sentences, counted: CountedLists, cue: re.Match[str], parts: int) -> bool:
    """Whether the words that divide say into how many, and these are not so many parts: "three pots"."""
    start, end = cue.start() - sentences.start, cue.end() - sentences.start
    found = counted.things.search(sentences.text, start, end + REACH_TO_COUNT)
    return found is not None and counted.counts[found["count"].casefold()] != parts


def _parts(sentences: Sentences, place: int) -> Sequence[Claim]:
    """The amounts of the first sentence with some after a place, if they are near."""
    pairs = zip(sentences.claims, sentences.kinds, strict=True)
    after = [claim for claim, kind in pairs if claim.start >= place and kind == AMOUNTS[0]]
    if not after or after[0].start - place > REACH_ON:
        return []
    return [claim for claim in after if claim.sentence_start == after[0].sentence_start]


def _whole(sentences: Sentences, division: Division, place: int, parts: Sequence[Claim]) -> Claim | None:
    """The last amount before a place, if words of the sentence there name again what it is of."""
    if len(parts) < FEWEST_PARTS:
        return None
    found = [
        claim
        for claim, kind in zip(sentences.claims, sentences.kinds, strict=True)
        if claim.end <= place and kind in AMOUNTS and claim.unit == parts[0].unit
    ]
    whole = found[-1] if found else None
    if whole is None or place - whole.end > REACH_BACK:
        return None
    text = sentences.text
    stop = max(text.rfind(mark, 0, place - sentences.start) for mark in (". ", "\n"))
    opening = text[max(stop, whole.end - sentences.start) : place - sentences.start]
    if any(is_named_again(match, division.general) for match in _again(division, opening, text)):
        return whole
    before = text[whole.sentence_start - sentences.start : whole.start - sentences.start]
    named = _stems(opening) - _stems(" ".join(division.general))
    same = named & _stems(before)
    # Where particles end a word, a long one that stands in both tells as much as all of them would.
    long = any(len(one) > FEWEST_LETTERS and not one.isascii() for one in same)
    return whole if named and (same == named or long) else None


def _stems(text: str) -> set[str]:
    """The beginnings of the longer words of a text; where a language writes no spaces within, of all."""
    words = WORDS.findall(text.casefold())
    return {word[:STEM] for word in words if len(word) >= (STEM if word.isascii() else FEWEST_LETTERS)}


def _again(division: Division, opening: str, text: str) -> Iterator[re.Match[str]]:
    start = text.find(opening)
    return division.again.finditer(text, start, start + len(opening)) if opening else iter(())


def _is_whole(whole: Claim, parts: Sequence[Claim]) -> bool:
    """Whether nothing speaks against it: other units, changes, larger parts."""
    alike = all(one.statistic == "level" and one.unit == whole.unit for one in (whole, *parts))
    told = all(one.aggregation in (None, "cumulative") for one in (whole, *parts))
    smaller = all((one.value or 0) < (whole.value or 0) for one in parts)
    return alike and told and smaller and of_one_thing([whole.changed(item=None), *parts])
