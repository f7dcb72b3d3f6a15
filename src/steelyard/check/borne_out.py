"""Contradictions that other figures of the same text speak against: what follows from two of them is right.

A percentage, rate or difference that comes out to its last digit from two figures beside it was reckoned from
these. Where a contradiction takes it for the result of others, the others were not meant. And an amount is no
second account of another that is a million times as large, as what each soldier gets is of the budget.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import permutations

from steelyard.check.findings import Finding
from steelyard.check.otherwise import is_slip_of_digits
from steelyard.check.propagate import Trial
from steelyard.check.text_figures import FiguresOfText
from steelyard.check.years import year_in
from steelyard.core.claim import Claim
from steelyard.core.vocabulary import Vocabulary

# Two accounts of one figure differ by less than this factor, words of scale exchanged for their neighbours
# among them: what lies farther apart is an amount and what each one pays or gets of it.
APART = 100_000
# So many years lie between a share and the amounts that it is told beside as an old one.
LONG_BEFORE = 3
_PLAIN = ("share", "points")


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
    if _all_hold_elsewhere(claims, text) or (by_words and _hold_with_other_signs(claims, text)):
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


def _all_hold_elsewhere(claims: Sequence[Claim], text: FiguresOfText) -> bool:
    """Whether each figure holds together with others of the text, to the last digit, so that none of them can
    be the slip: then it is the words that were taken wrongly to join them.
    """
    own = {claim.id for claim in claims}
    return all(any(text.ties(claim, own)) for claim in claims)


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
    """The year that a claim is of as a whole, or None."""
    year = year_in(claim.period)
    return year if claim.period in (f"{year}", f"FY{year}") else None


def _comes_from_its_sentence(claim: Claim, own: AbstractSet[str], text: FiguresOfText) -> bool:
    """Whether a percentage comes out of two others of its own sentence, neither of the sum that fails, or is
    that of the change told beside it in some level of the text.
    """
    if text.dimension(claim) not in _PLAIN:
        return False
    if any(own.isdisjoint((one.id, other.id)) for one, other in text.grounds(claim, 0)):
        return True
    changes = [one for one in text.beside(claim, 0) if one.statistic == "change" and one.id not in own]
    levels = [one for one in text.beside(claim, text.near.farthest_back) if one.statistic == "level"]
    return any(text.gives(claim, change, level) for change in changes for level in levels)


def _comes_from_others(claim: Claim, own: AbstractSet[str], text: FiguresOfText) -> bool:
    """Whether a figure comes out to its last digit from two that are not those of the sum that fails.

    The more it leaves open, the nearer these stand, for it would fit too much. A percentage of which one
    figure is the same is no other: growth over the wrong year is just such a slip.
    """
    back = text.near.back_for(claim)
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
