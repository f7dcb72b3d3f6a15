"""Sums over named years beside which the text gives the amount of each of these years."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from steelyard.core.claim import Claim
from steelyard.read.keys.any_words import any_of
from steelyard.read.keys.neighbours import Sentences, year_of, year_of_period
from steelyard.read.keys.wordings import AMOUNTS, reckonings_of
from steelyard.read.lexicon import Lexicon

MOST_YEARS, REACH = 15, 600
# Letters between "that makes" and the sum: "about", "a total of".
MOST_BETWEEN = 16
SAME_KEYS = ("actor", "measure", "item", "counterpart", "location")


class YearlyPath(NamedTuple):
    """The id of a reckoning and its roles, a sum over years and the amount of each; words of sums."""

    reckoning: str
    whole: str
    part: str
    cue: re.Pattern[str] | None


@lru_cache(maxsize=16)
def path_of(lexicon: Lexicon) -> YearlyPath | None:
    """The reckoning whose parts are the amounts of years; None where the data have none."""
    for reckoning in reckonings_of(lexicon):
        roles = {name: one for name, one in reckoning.entry.table("roles").items() if isinstance(one, dict)}
        yearly = [name for name, one in roles.items() if one.get("yearly")]
        if len(yearly) == 1 and len(roles) == 2:
            return YearlyPath(
                reckoning.entry.id,
                next(name for name in roles if name not in yearly),
                yearly[0],
                any_of(("<of_path>",), lexicon),
            )
    return None


def yearly_paths(sentences: Sentences, path: YearlyPath) -> Iterator[tuple[str, str]]:
    """For each such sum its id and how it follows: every year of its stretch has just one amount near it."""
    for claim in sentences.claims:
        if claim.statistic != "level":
            continue
        span = _span(sentences, claim)
        if span is None and not _is_summed_up(sentences, claim, path.cue):
            continue
        amounts = _amounts_of_years(sentences, claim)
        if span is None:
            amounts = [other for other in amounts if other.sentence_start < claim.sentence_start]
            span = _span_before(sentences, claim, amounts)
        if span is None or not 1 < len(span) <= MOST_YEARS:
            continue
        near = [other for other in amounts if year_of(other) in span]
        if [year_of(other) for other in near] == list(span) and of_one_thing([claim, *near]):
            parts = (f"{path.part}={other.id}" for other in near)
            yield claim.id, " ".join([path.reckoning, f"{path.whole}={claim.id}", *parts])


def _amounts_of_years(sentences: Sentences, whole: Claim) -> list[Claim]:
    """The levels near a sum in its unit, by the year that they are of."""
    pairs = zip(sentences.claims, sentences.kinds, strict=True)
    found = [
        claim
        for claim, kind in pairs
        if kind in AMOUNTS
        and claim is not whole
        and (claim.unit, claim.statistic) == (whole.unit, "level")
        and abs(claim.sentence_start - whole.sentence_start) <= REACH
        and year_of(claim)
    ]
    return sorted(found, key=lambda claim: year_of(claim) or 0)


def _span(sentences: Sentences, claim: Claim) -> range | None:
    """The years of a sum over years: its own, or those of a duration in its sentence."""
    if claim.aggregation != "cumulative":
        return None
    beside = (one for one in sentences.claims if one.sentence_start == claim.sentence_start)
    spans = {one.period for one in (claim, *beside) if one.period and "/" in one.period}
    if len(spans) != 1:
        return None
    first, last = map(year_of_period, spans.pop().split("/"))
    return range(first, last + 1) if first and last else None


def _is_summed_up(sentences: Sentences, claim: Claim, cue: re.Pattern[str] | None) -> bool:
    """Whether words right before a level say that it is a sum of what was told: "that makes X"."""
    if cue is None:
        return False
    before = sentences.beside(claim).partition(claim.quote)[0]
    return any(len(before) - match.end() <= MOST_BETWEEN for match in cue.finditer(before))


def _span_before(sentences: Sentences, claim: Claim, amounts: Sequence[Claim]) -> range | None:
    """The years of amounts told before, as many as its sentence counts: "that makes X in five years"."""
    here = [one for one in sentences.claims if one.sentence_start == claim.sentence_start]
    counts = {int(one.value) for one in here if one.unit == "year" and one.value}
    if len(counts) != 1 or sum(one.unit == claim.unit for one in here) > 1:
        return None
    years = [year_of(one) or 0 for one in amounts]
    count = counts.pop()
    in_turn = years == list(range(years[0], years[0] + count)) if years else False
    return range(years[0], years[0] + count) if in_turn else None


def of_one_thing(claims: Sequence[Claim]) -> bool:
    """Whether no key tells that figures are of several things."""
    return all(len({getattr(one, key) for one in claims} - {None}) <= 1 for key in SAME_KEYS)
