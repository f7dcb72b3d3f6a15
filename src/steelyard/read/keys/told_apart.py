"""Two numbers for one thing whose difference the text itself explains: "the latter takes in pensions".

Words that tell two numbers apart are followed, or preceded, by what they differ in; that is the reading of
readings.toml under which both hold. Which two are meant must be beyond doubt: the text has just two of their
kind near by.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from steelyard.core.claim import TOLD_APART, Claim
from steelyard.core.vocabulary import Entry
from steelyard.read.keys.any_words import any_of
from steelyard.read.keys.cue_lists import CuedSentences
from steelyard.read.keys.neighbours import year_of
from steelyard.read.keys.paths import SAME_KEYS
from steelyard.read.lexicon import Lexicon

BACK, ON = 420, 330
_END = re.compile(r"[.?!]\s|\n\s*\n|\Z")
_LEVELS, _GROWTH = ("level", "share"), ("growth",)
_COMPARED = (*_LEVELS, *_GROWTH)
_SHARES = ("%", "% of GDP")
PRICES = "prices"


class Telling(NamedTuple):
    """Words that tell two numbers apart, those of them that name one thing, and the words of each reading."""

    cue: re.Pattern[str]
    same: re.Pattern[str] | None
    words: Mapping[str, tuple[re.Pattern[str], Entry]]

    def reading_of(self, text: str) -> str | None:
        """The reading of which a text has most words."""
        counts = {one: _how_many(pair[0], text) for one, pair in self.words.items()}
        # Of two with as many the later one: rates and prices are named seldom, stages in passing too.
        best = max(reversed(list(counts)), key=counts.__getitem__)
        return best if counts[best] else None


def _how_many(words: re.Pattern[str], text: str) -> int:
    """How many different words of a pattern a text has."""
    return len({word.casefold() for word in words.findall(text)})


@lru_cache(maxsize=16)
def telling_of(lexicon: Lexicon) -> Telling | None:
    """The words of a language that tell two numbers apart; None where it has none."""
    cue, same = (any_of((f"<{name}>",), lexicon) for name in ("told_apart", "told_of_the_same"))
    found = {}
    for entry in lexicon.vocabulary.entries("readings").values():
        pattern = any_of(entry.phrases(lexicon.language.id, "words"), lexicon)
        if pattern:
            found[entry.id] = pattern, entry
    return Telling(cue, same, found) if cue and found else None


def told_apart(
    text: str,
    cued: CuedSentences,
    claims: Sequence[Claim],
    kinds: Mapping[str, str | None],
    lexicon: Lexicon,
) -> Iterator[tuple[str, str]]:
    """For each later one of two such numbers its id, and what tells it from the other."""
    telling = telling_of(lexicon)
    if telling is None:
        return
    seen: set[tuple[str, str]] = set()
    starts = [claim.start for claim in claims]
    for match in cued.matches(text, "told_apart", telling.cue):
        stop = _END.search(text, match.end())
        end = stop.end() if stop else len(text)
        near = claims[bisect_left(starts, match.start() - BACK) : bisect_left(starts, end)]
        before = text[max(0, match.start() - BACK // 2) : match.start()]
        reading = telling.reading_of(f"{before} {text[match.end() : match.end() + ON]}")
        names_it = telling.same is not None and telling.same.match(match[0]) is not None
        pair = _pair(near, kinds, telling.words[reading][1], names_it) if reading else None
        if pair and _has_nearer(near, kinds, pair, match.start()):
            continue
        if pair and len({_written_year(text, one) for one in pair} - {None}) > 1:
            continue
        if pair and (pair[0].id, pair[1].id) not in seen:
            seen.add((pair[0].id, pair[1].id))
            yield pair[1].id, f"{TOLD_APART} one={pair[0].id} other={pair[1].id} by={reading}"


def _has_nearer(
    near: Sequence[Claim], kinds: Mapping[str, str | None], pair: tuple[Claim, Claim], place: int
) -> bool:
    """Whether two other numbers of one kind stand between a pair and the words: "both" are rather those."""
    between = [kinds.get(claim.id) for claim in near if pair[1].sentence_end <= claim.start < place]
    return any(between.count(kind) > 1 for kind in ("money", "percent"))


def _written_year(text: str, claim: Claim) -> int | None:
    """The year of a figure, if its sentence writes it out: "is now" tells of no budget year."""
    year = year_of(claim)
    return year if year and str(year) in text[claim.sentence_start : claim.sentence_end] else None


def _pair(
    near: Sequence[Claim], kinds: Mapping[str, str | None], reading: Entry, names_it: bool
) -> tuple[Claim, Claim] | None:
    """The only two numbers of one kind near by; percentages of GDP and plain ones may be of one kind."""
    found = [claim for claim in near if kinds.get(claim.id) in ("money", "percent") and claim.value]
    exact: dict[str | None, list[Claim]] = {}
    loose: dict[str | None, list[Claim]] = {}
    for claim in found:
        exact.setdefault(claim.unit, []).append(claim)
        loose.setdefault(_SHARES[0] if claim.unit in _SHARES else claim.unit, []).append(claim)
    for groups in (exact, loose):
        pairs = [pair for members in groups.values() if (pair := _two(members, reading, names_it))]
        if len(pairs) == 1:
            return pairs[0]
    return None


def _two(members: Sequence[Claim], reading: Entry, names_it: bool) -> tuple[Claim, Claim] | None:
    """Two levels, or two growths, that differ and can be of one thing; where words name it, they are."""
    kept = [one for one in members if one.statistic in _COMPARED and not one.conversion_of]
    if len({one.value for one in kept}) != 2 or len(kept) != 2:
        return None
    first, second = kept
    moves = [one.statistic in _GROWTH for one in kept]
    beside = first.sentence_start == second.sentence_start and first.unit == second.unit
    of_prices = reading.text("changes") == PRICES
    if (moves[0] is not moves[1] and not of_prices and not beside) or first.interval.meets(second.interval):
        return None
    low, high = sorted((first.value or 0, second.value or 0))
    if not 0 < high <= low * reading.number("most_growth_apart" if any(moves) else "most_apart"):
        return None
    said = ({getattr(one, name) for one in kept} - {None} for name in SAME_KEYS)
    return (first, second) if names_it or all(len(one) <= 1 for one in said) else None
