"""The figures of a document, those near one of them, and what each could have been reckoned from.

Which figures of a text may be meant in place of one that does not fit is asked in two ways: whether another
makes a sum hold, and whether a result comes out of others. Both look at the same figures; how far they look
the rule of kind "nearness" says.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import permutations
from operator import attrgetter

from steelyard.core.claim import Claim, Ledger
from steelyard.core.interval import Interval
from steelyard.core.vocabulary import Vocabulary

KIND = "nearness"
_PLAIN = ("share", "points")


@dataclass(frozen=True)
class Nearness:
    """How far around a figure others may be meant.

    So many sentences `back` by the part of itself that it leaves open at most, so many `ahead` of it, and
    `most` figures; those that leave more open than `widest` fit too much. A list of amounts is a total's by
    no chance where it is no longer than `longest`, and each of them leaves `sharp` of itself open at most.
    """

    back: tuple[tuple[Decimal, int], ...]
    ahead: int
    most: int
    widest: Decimal
    longest: int
    sharp: Decimal

    @property
    def farthest_back(self) -> int:
        """The most sentences before a figure that are searched."""
        return max((sentences for _, sentences in self.back), default=0)

    def back_for(self, claim: Claim) -> int | None:
        """How many sentences before a figure it may come from; None for one that would fit too much."""
        value = abs(claim.interval.middle)
        left_open = claim.interval.width / value if value else Decimal(1)
        return next((sentences for most, sentences in self.back if left_open <= most), None)

    def is_close(self, interval: Interval) -> bool:
        """Whether a figure says what number it is, near enough to be told from others."""
        return interval.is_bounded and interval.width <= self.widest * max(
            abs(interval.low), abs(interval.high)
        )


def nearness_of(vocabulary: Vocabulary) -> Nearness:
    """What the rule of kind "nearness" says; nothing is near where there is none."""
    for rule in vocabulary.entries("rules").values():
        if rule.text("kind") == KIND:
            steps = ((Decimal(str(one["open"])), int(str(one["sentences"]))) for one in rule.tables("back"))
            ahead, most = (int(rule.number(name)) for name in ("ahead", "most"))
            longest, sharp = int(rule.number("longest")), rule.number("sharp")
            return Nearness(tuple(steps), ahead, most, rule.number("widest"), longest, sharp)
    return Nearness((), 0, 0, Decimal(0), 0, Decimal(0))


def by_document(ledger: Iterable[Claim]) -> dict[str, list[Claim]]:
    """The claims of each document in the order of its text."""
    texts: dict[str, list[Claim]] = {}
    for claim in ledger:
        texts.setdefault(claim.document, []).append(claim)
    for claims in texts.values():
        claims.sort(key=attrgetter("start"))
    return texts


def figures_by_document(ledger: Ledger, vocabulary: Vocabulary) -> dict[str, FiguresOfText]:
    """The figures of each document."""
    near = nearness_of(vocabulary)
    return {name: FiguresOfText(claims, vocabulary, near) for name, claims in by_document(ledger).items()}


class FiguresOfText:
    """The figures of a document, and what each could have been reckoned from.

    `claims` are those of the document in the order of its text.
    """

    def __init__(self, claims: Sequence[Claim], vocabulary: Vocabulary, near: Nearness | None = None) -> None:
        self.claims, self._units = claims, vocabulary.units
        self.near = near or nearness_of(vocabulary)

    @cached_property
    def _sentences(self) -> Mapping[int, int]:
        """The numbers of the sentences that hold claims, by their starts."""
        starts = sorted({one.sentence_start for one in self.claims})
        return {start: number for number, start in enumerate(starts)}

    @cached_property
    def _numbers(self) -> Sequence[Claim]:
        """The claims that say a number, bounds among them."""
        return [one for one in self.claims if one.is_number and not one.negated]

    @cached_property
    def _of_sentences(self) -> Sequence[int]:
        """The number of the sentence of each."""
        return [self._sentences[one.sentence_start] for one in self._numbers]

    def around(self, place: int, taken: AbstractSet[str]) -> list[Claim]:
        """The numbers nearest to a place of the text, but those `taken`, the nearest first."""
        most, number = self.near.most, bisect_left(self._numbers, place, key=attrgetter("start"))
        near = self._numbers[max(0, number - most) : number + most]
        return self._nearest((one for one in near if one.id not in taken), place)

    def dimension(self, claim: Claim) -> str:
        """What a figure is told in: "money", "share", "points", "person" or empty for a bare number."""
        unit = self._units.by_id.get(claim.unit or "")
        return unit.dimension if unit else ""

    def beside(self, claim: Claim, back: int) -> list[Claim]:
        """The other figures of the sentences around one; of its own sentence alone if none before count."""
        place = self._sentences[claim.sentence_start]
        first = bisect_left(self._of_sentences, place - back)
        last = bisect_right(self._of_sentences, place + (self.near.ahead if back else 0))
        others = (one for one in self._numbers[first:last] if one.id != claim.id)
        return self._nearest((one for one in others if one.interval.is_bounded), claim.start)

    def _nearest(self, figures: Iterable[Claim], place: int) -> list[Claim]:
        """As many figures as are looked at, the nearest to a place first."""
        return sorted(figures, key=lambda one: abs(one.start - place))[: self.near.most]

    def grounds(self, claim: Claim, back: int) -> Iterator[tuple[Claim, Claim]]:
        """The pairs of figures from which one comes out to its last digit, up or down."""
        for first, second in permutations(self.beside(claim, back), 2):
            if self.gives(claim, first, second):
                yield first, second

    def ties(self, claim: Claim, own: AbstractSet[str]) -> Iterator[AbstractSet[str]]:
        """The figures, not all of them `own`, that hold together with one to the last digit: in a sum, a
        difference, or as a share.

        A round number leads from an amount to another by chance, as a wrong digit does. A share is of some
        other own figure, or it is nobody's; growth is told of a wrong level just as well.
        """
        near = self.beside(claim, self.near.farthest_back)
        for result, first, second in self._threes(claim, near):
            tied = {result.id, first.id, second.id}
            if tied <= own or (result.statistic == "growth" and result.id in own):
                continue
            is_plain = self.dimension(result) in _PLAIN
            if result.id in own and is_plain and len(tied & own) < 2:
                continue
            if not self._fits_by_chance((result, first, second), own):
                yield tied
        for listed in self._lists([claim, *near]):
            tied = {one.id for one in listed}
            if claim.id in tied and not tied <= own:
                yield tied

    def _threes(self, claim: Claim, near: Sequence[Claim]) -> Iterator[tuple[Claim, Claim, Claim]]:
        """What comes out of two others, one of the three a claim: the result first."""
        back = self.near.back_for(claim)
        if back is not None:
            yield from ((claim, first, second) for first, second in self.grounds(claim, back))
        for result in near:
            reach = self.near.back_for(result)
            others = self.beside(result, reach) if reach is not None else ()
            if claim in others:
                for other in others:
                    for pair in ((claim, other), (other, claim)):
                        if other is not claim and self.gives(result, *pair):
                            yield (result, *pair)

    def _lists(self, near: Sequence[Claim]) -> Iterator[Sequence[Claim]]:
        """A total with its list of three and more amounts, one for each year of a path perhaps.

        Of the list all but the first stand side by side; only amounts of many digits come out by no chance.
        """
        sharp = [one for one in near if self.dimension(one) not in _PLAIN and self._is_sharp(one)]
        for total in sharp:
            alike = (one for one in sharp if one.unit == total.unit and one.id != total.id)
            amounts = sorted(alike, key=attrgetter("start"))
            for number, run in self._runs(amounts):
                low, high = (sum(bounds) for bounds in zip(*map(_bounds, run), strict=True))
                least, most = float(total.interval.low) - high, float(total.interval.high) - low
                if least <= 0 <= most and len(run) > 2:
                    yield total, *run
                leading = (one for one in amounts[:number] if _bounds(one)[0] <= most)
                yield from ((total, one, *run) for one in leading if least <= _bounds(one)[1])

    def _runs(self, amounts: Sequence[Claim]) -> Iterator[tuple[int, Sequence[Claim]]]:
        """Amounts side by side, two and more, and the number of the first."""
        for first in range(len(amounts)):
            for last in range(first + 2, min(first + self.near.longest, len(amounts)) + 1):
                yield first, amounts[first:last]

    def _is_sharp(self, claim: Claim) -> bool:
        """Whether an amount leaves so little open that a sum of several is it by no chance."""
        value = abs(claim.interval.middle)
        return bool(value) and claim.interval.width <= value * self.near.sharp

    def _fits_by_chance(self, figures: Sequence[Claim], own: AbstractSet[str]) -> bool:
        """Whether one of the amounts is so small, so round or so open that it would fit many others."""
        amounts = [one for one in figures if self.dimension(one) not in _PLAIN]
        coarsest = max(one.interval.width for one in amounts)
        return any(
            not self.near.is_close(one.interval)
            or abs(one.interval.middle) <= 2 * coarsest
            or (one.id not in own and len((one.value or Decimal(0)).normalize().as_tuple().digits) < 2)
            for one in amounts
        )

    def gives(self, claim: Claim, first: Claim, second: Claim) -> bool:
        """Whether a figure is to its last digit what two others give, up or down."""
        low, high = float(claim.interval.low), float(claim.interval.high)
        return any(
            (least <= high and low <= most) or (-most <= high and low <= -least)
            for least, most in self._results(claim, first, second)
        )

    def _results(self, claim: Claim, first: Claim, second: Claim) -> Iterator[tuple[float, float]]:
        """What two amounts give in the unit of the claim: their quotient, difference or sum."""
        kind, other_kind = self.dimension(claim), self.dimension(first)
        alike = first.unit == second.unit and other_kind not in _PLAIN
        if kind in _PLAIN and alike and first.unit is not None:
            for low, high in _quotient(first, second):
                yield low * 100, high * 100
                yield low * 100 - 100, high * 100 - 100
        elif kind == "money" and alike and first.unit == claim.unit:
            one, other = _bounds(first), _bounds(second)
            yield one[0] - other[1], one[1] - other[0]
            yield one[0] + other[0], one[1] + other[1]
        elif kind == "" and first.unit != second.unit and other_kind == self.dimension(second) == "money":
            yield from _quotient(first, second)


def _bounds(claim: Claim) -> tuple[float, float]:
    return float(claim.interval.low), float(claim.interval.high)


def _quotient(first: Claim, second: Claim) -> Iterator[tuple[float, float]]:
    """The first amount over the second, where both are more than nothing."""
    (low, high), (least, most) = _bounds(first), _bounds(second)
    if low > 0 and least > 0:
        yield low / most, high / least
