"""Contradictions that other figures of the same text speak against: what follows from two of them is right.

A percentage, rate or difference that comes out to its last digit from two figures beside it was reckoned from
these. Where a contradiction takes it for the result of others, the others were not meant. And an amount is no
second account of another that is a million times as large, as what each soldier gets is of the budget.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from decimal import Decimal
from functools import cached_property
from itertools import permutations

from steelyard.check.findings import Finding
from steelyard.check.otherwise import by_document, is_slip_of_digits
from steelyard.check.propagate import Trial
from steelyard.core.claim import Claim
from steelyard.core.period import Period
from steelyard.core.vocabulary import Vocabulary

# How many sentences before a result the figures stand of which it is one, by the part of itself that it
# leaves open at most; and how many behind it.
BACK = ((Decimal("0.012"), 6), (Decimal("0.018"), 4), (Decimal("0.05"), 0))
AHEAD = 1
MOST_FIGURES = 40
# Two accounts of one figure differ by less than this factor, words of scale exchanged for their neighbours
# among them: what lies farther apart is an amount and what each one pays or gets of it.
APART = 100_000
# So many years lie between a share and the amounts that it is told beside as an old one.
LONG_BEFORE = 3
_PLAIN = ("share", "points")


def figures_by_document(ledger: Iterable[Claim], vocabulary: Vocabulary) -> dict[str, FiguresOfText]:
    """The figures of each document."""
    return {name: FiguresOfText(claims, vocabulary) for name, claims in by_document(ledger).items()}


def without_far_apart(findings: Iterable[Finding], vocabulary: Vocabulary) -> Iterator[Finding]:
    """The findings but contradictions of two amounts that nobody would mean one figure by."""
    for finding in findings:
        two = finding.claims if finding.verdict == "contradicted" and len(finding.claims) == 2 else ()
        if not two or not _are_far_apart(*two, vocabulary):
            yield finding


def is_borne_out_by_others(
    trial: Trial, text: FiguresOfText, *, may_slip: bool = True, by_words: bool = False
) -> bool:
    """Whether other figures of the text speak against a failing sum, for its result comes out of them.

    Of a bound each figure may be such a result. What a writer's slip explains is none, if he `may_slip`.
    Words join figures `by_words` whatever their signs; keys tell which way a figure moved.
    """
    claims = [figure.claim for _, figure in trial.claimed]
    if not all(one.is_number and one.interval.is_bounded for one in claims):
        return False
    own = {claim.id for claim in claims}
    tellers = (_fit_another_way, _have_another_share, _is_of_a_year_of_its_own)
    if any(teller(claims, text) for teller in tellers):
        return True
    if by_words and _hold_with_other_signs(claims, text):
        return True
    if any(_comes_from_its_sentence(one, own, text) for one in claims):
        return True
    if may_slip and is_slip_of_digits(trial):
        return False
    results = (one for one in claims if trial.relation.is_bound or text.dimension(one) in (*_PLAIN, ""))
    return any(_comes_from_others(one, own, text) for one in results)


def _fit_another_way(claims: Sequence[Claim], text: FiguresOfText) -> bool:
    """Whether a percentage is the very change over the very level that fail with it: what rises by 23.6
    billion or 17.7 % from 133.6 does not rise to 133.6.
    """
    parts = [one for one in claims if text.dimension(one) in _PLAIN and one.statistic == "growth"]
    changes = [one for one in claims if one.statistic == "change" and one not in parts]
    levels = [one for one in claims if one.statistic == "level" and one not in parts]
    if not len(parts) == len(changes) == len(levels) == 1:
        return False
    return text.gives(parts[0], changes[0], levels[0])


def _hold_with_other_signs(claims: Sequence[Claim], text: FiguresOfText) -> bool:
    """Whether one of three amounts is the difference of the two others: a rise is no part of a sum."""
    if len(claims) != 3 or len({(one.unit, text.dimension(one)) for one in claims}) > 1:
        return False
    if text.dimension(claims[0]) in _PLAIN:
        return False
    return any(
        (one.interval - other.interval).meets(result.interval) for one, other, result in permutations(claims)
    )


def _have_another_share(claims: Sequence[Claim], text: FiguresOfText) -> bool:
    """Whether another share that the text prints is that of the one amount in the other."""
    parts = [one for one in claims if text.dimension(one) in _PLAIN and one.statistic in ("level", "share")]
    amounts = [one for one in claims if one not in parts]
    if len(parts) != 1 or len(amounts) != 2:
        return False
    place = max(amounts, key=lambda one: one.start)
    others = [one for one in text.beside(place, 0) if text.dimension(one) in _PLAIN and one.id != parts[0].id]
    return any(
        text.gives(other, first, second) for other in others for first, second in permutations(amounts)
    )


def _is_of_a_year_of_its_own(claims: Sequence[Claim], text: FiguresOfText) -> bool:
    """Whether a share is of a year long before those of the amounts: an old one told beside them."""
    parts = [one for one in claims if text.dimension(one) in _PLAIN and one.statistic in ("level", "share")]
    years = [year for one in claims if text.dimension(one) == "money" and (year := _year_of(one))]
    if len(parts) != 1 or len(claims) <= 2 or not years or any(one.statistic == "gap" for one in claims):
        return False
    own = _year_of(parts[0])
    return own is not None and min(abs(year - own) for year in years) >= LONG_BEFORE


def _year_of(claim: Claim) -> int | None:
    """The one year of a claim, or None."""
    period = Period.parse(claim.period) if claim.period else None
    return period.year if period and period.kind in ("year", "fiscal") else None


def _comes_from_its_sentence(claim: Claim, own: AbstractSet[str], text: FiguresOfText) -> bool:
    """Whether a percentage comes out of two others of its own sentence, neither of the sum that fails, or is
    that of the change told beside it in some level of the text.
    """
    if text.dimension(claim) not in _PLAIN:
        return False
    if any(own.isdisjoint((one.id, other.id)) for one, other in text.grounds(claim, 0)):
        return True
    changes = [one for one in text.beside(claim, 0) if one.statistic == "change" and one.id not in own]
    levels = [one for one in text.beside(claim, BACK[0][1]) if one.statistic == "level"]
    return any(text.gives(claim, change, level) for change in changes for level in levels)


class FiguresOfText:
    """The figures of a document, and what each could have been reckoned from.

    `claims` are those of the document in the order of its text.
    """

    def __init__(self, claims: Sequence[Claim], vocabulary: Vocabulary) -> None:
        self._told, self._units = claims, vocabulary.units

    @cached_property
    def _sentences(self) -> Mapping[int, int]:
        """The numbers of the sentences that hold claims, by their starts."""
        starts = sorted({one.sentence_start for one in self._told})
        return {start: number for number, start in enumerate(starts)}

    @cached_property
    def _claims(self) -> Sequence[Claim]:
        """The claims that are plain numbers."""
        return [one for one in self._told if one.is_number and not one.negated and one.interval.is_bounded]

    @cached_property
    def _numbers(self) -> Sequence[int]:
        """The number of the sentence of each."""
        return [self._sentences[one.sentence_start] for one in self._claims]

    def dimension(self, claim: Claim) -> str:
        """What a figure is told in: "money", "share", "points", "person" or empty for a bare number."""
        unit = self._units.by_id.get(claim.unit or "")
        return unit.dimension if unit else ""

    def beside(self, claim: Claim, back: int) -> list[Claim]:
        """The other figures of the sentences around one; of its own sentence alone if none before count."""
        place = self._sentences[claim.sentence_start]
        first = bisect_left(self._numbers, place - back)
        last = bisect_right(self._numbers, place + (AHEAD if back else 0))
        others = [one for one in self._claims[first:last] if one.id != claim.id]
        return sorted(others, key=lambda one: abs(one.start - claim.start))[:MOST_FIGURES]

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


def _comes_from_others(claim: Claim, own: AbstractSet[str], text: FiguresOfText) -> bool:
    """Whether a figure comes out to its last digit from two that are not those of the sum that fails.

    The more it leaves open, the nearer these stand, for it would fit too much. A percentage of which one
    figure is the same is no other: growth over the wrong year is just such a slip.
    """
    value = abs(claim.interval.middle)
    left_open = (claim.interval.high - claim.interval.low) / value if value else Decimal(1)
    back = next((back for most, back in BACK if left_open <= most), None)
    if back is None:
        return False
    grounds = ({one.id, other.id} for one, other in text.grounds(claim, back))
    if text.dimension(claim) in _PLAIN:
        return any(own.isdisjoint(pair) for pair in grounds)
    return any(not pair <= own for pair in grounds)


def _are_far_apart(one: Claim, other: Claim, vocabulary: Vocabulary) -> bool:
    """Whether two amounts are so far apart that nobody means one figure by both."""
    unit = vocabulary.units.by_id.get(one.unit or "")
    if one.unit != other.unit or unit is None or unit.dimension != "money":
        return False
    if not all(each.is_number and each.interval.is_bounded for each in (one, other)):
        return False
    sizes = sorted(abs(each.interval.middle) for each in (one, other))
    return sizes[0] > 0 and sizes[1] >= APART * sizes[0]
