"""The figures of some sentences that follow one another, with their kinds, and the words beside each."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from steelyard.core.claim import Claim
from steelyard.read.keys.wordings import AMOUNTS

NEAR_BEFORE, NEAR_BEHIND = 70, 45
WORDS = re.compile(r"\w+")
# How the period of what is to be reached by a year begins.
BY = "../"
_YEAR = re.compile(r"(?:FY)?(\d{4})")


@dataclass(frozen=True)
class Sentences:
    """Sentences as text from an offset of the document, with their figures and the kind of each."""

    text: str
    start: int
    claims: Sequence[Claim]
    kinds: Sequence[str | None]

    @cached_property
    def counts(self) -> Mapping[str | None, int]:
        """How many figures of each kind there are; of amounts those of one unit, the one of most."""
        pairs = zip(self.claims, self.kinds, strict=True)
        amounts = Counter([claim.unit for claim, kind in pairs if kind in AMOUNTS])
        return {**Counter(self.kinds), "amount": max(amounts.values(), default=0)}

    @cached_property
    def _numbers(self) -> list[range]:
        """The numbers of the figures of each sentence that holds some, in order."""
        starts = [claim.sentence_start for claim in self.claims]
        return [range(bisect_left(starts, one), bisect_right(starts, one)) for one in sorted({*starts})]

    @cached_property
    def _starts(self) -> list[int]:
        return [self.claims[numbers.start].sentence_start for numbers in self._numbers]

    def window(self, teller: Claim, back: int, ahead: int = 0) -> list[int]:
        """The numbers of the other figures in the sentence of one, and in so many with figures around it."""
        own = bisect_left(self._starts, teller.sentence_start)
        if own < back or own + ahead >= len(self._starts):
            return []
        near = range(self._numbers[own - back].start, self._numbers[own + ahead].stop)
        return [number for number in near if self.claims[number] is not teller]

    def around_sentence(self, place: int, back: int, ahead: int) -> Sequence[Claim]:
        """The figures of the sentence that begins at a place, and of so many with figures around it, if there
        are so many.
        """
        own, numbers = bisect_left(self._starts, place), self._numbers
        first, last = numbers[max(0, own - back)], numbers[min(len(numbers) - 1, own + ahead)]
        return self.claims[first.start : last.stop]

    def next_start(self, position: int) -> int | None:
        """Where the first figure at or behind a place begins."""
        number = bisect_left(self._places, position)
        return self._places[number] if number < len(self._places) else None

    def beside(self, claim: Claim) -> str:
        """A figure with the words of its sentence beside it, up to the next figures."""
        found = self._besides.get(claim.start)
        if found is None:
            first = max(claim.sentence_start, claim.start - NEAR_BEFORE)
            last = min(claim.sentence_end, claim.end + NEAR_BEHIND)
            number = bisect_left(self._places, claim.start)
            if number:
                first = max(first, min(self.claims[number - 1].end, claim.start))
            if number + 1 < len(self.claims):
                last = min(last, max(self.claims[number + 1].start, claim.end))
            found = self._besides[claim.start] = self.text[first - self.start : last - self.start]
        return found

    def sides(self, claim: Claim) -> tuple[str, str]:
        """The words of `beside` in front of a figure, and the figure with those behind it."""
        text = self.beside(claim)
        place = max(text.rfind(claim.quote), 0)
        return text[:place], text[place:]

    def words_beside(self, claim: Claim) -> frozenset[str]:
        """The words of a figure and beside it, in small letters."""
        found = self._words_beside.get(claim.start)
        if found is None:
            found = self._words_beside[claim.start] = frozenset(WORDS.findall(self.beside(claim).casefold()))
        return found

    def clear_sides(self, claim: Claim) -> tuple[str, str]:
        """All words of its sentence before and behind a figure, from the last other one to the next.

        "One" of something, ranks and stretches of time are passed over: "one of them costs 3 million".
        """
        found = self._clear_sides.get(claim.start)
        if found is None:
            number = bisect_left(self._places, claim.start)
            led = (one.end for one in self._counting(range(number - 1, -1, -1)) if one.end <= claim.start)
            followed = self._counting(range(number, len(self.claims)))
            first = max(claim.sentence_start, next(led, 0)) - self.start
            next_one = next((one.start for one in followed if one.start >= claim.end), claim.sentence_end)
            start, end = claim.start - self.start, claim.end - self.start
            last = max(min(claim.sentence_end, next_one) - self.start, end)
            found = self.text[first:start], self.text[end:last]
            self._clear_sides[claim.start] = found
        return found

    def _counting(self, numbers: Iterable[int]) -> Iterator[Claim]:
        """The figures of some numbers that stand between others: neither one thing nor a stretch of time."""
        for number in numbers:
            kind, claim = self.kinds[number], self.claims[number]
            if kind is not None and not (kind == "count" and claim.value == 1):
                yield claim

    @cached_property
    def kind_of(self) -> Mapping[str, str | None]:
        """The kind of each figure, by its id."""
        return {claim.id: kind for claim, kind in zip(self.claims, self.kinds, strict=True)}

    @cached_property
    def _clear_sides(self) -> dict[int, tuple[str, str]]:
        return {}

    def around(self, claim: Claim) -> str:
        """A figure with all words of its sentence from the figure before it to the one behind."""
        number = bisect_left(self._places, claim.start)
        last = claim.sentence_end
        if number + 1 < len(self.claims):
            last = min(last, max(self.claims[number + 1].start, claim.end))
        return self.lead_of(claim) + self.text[claim.start - self.start : last - self.start]

    def lead_of(self, claim: Claim) -> str:
        """The words of its sentence that lead to a figure, from the one before it on."""
        number = bisect_left(self._places, claim.start)
        before = self.claims[number - 1].end if number else claim.sentence_start
        first = max(claim.sentence_start, min(before, claim.start))
        return self.text[first - self.start : claim.start - self.start]

    @cached_property
    def _besides(self) -> dict[int, str]:
        return {}

    @cached_property
    def _words_beside(self) -> dict[int, frozenset[str]]:
        return {}

    @cached_property
    def _places(self) -> list[int]:
        return [claim.start for claim in self.claims]

    def between(self, members: Sequence[Claim]) -> tuple[str, str]:
        """The text from the first to the last of some figures, and that of the clause behind the last."""
        first = min(claim.start for claim in members) - self.start
        last = max(claim.end for claim in members) - self.start
        behind = self.text[last : last + NEAR_BEHIND].partition(".")[0].partition(",")[0]
        return self.text[first:last], behind


def year_of(claim: Claim) -> int | None:
    """The one year that a figure is of, or by the end of which it is to be reached."""
    return year_of_period((claim.period or "").removeprefix(BY))


def year_of_period(period: str) -> int | None:
    """The year of a period that is one year, calendar or fiscal.

    >>> year_of_period("FY2026")
    2026
    """
    match = _YEAR.fullmatch(period)
    return int(match[1]) if match else None
