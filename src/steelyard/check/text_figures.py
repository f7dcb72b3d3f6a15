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
    `most` figures; those that leave more open than `widest` fit too much.
    """

    back: tuple[tuple[Decimal, int], ...]
    ahead: int
    most: int
    widest: Decimal

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
            return Nearness(tuple(steps), ahead, most, Decimal(str(rule.number("widest"))))
    return Nearness((), 0, 0, Decimal(0))


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
