"""Whether members bear what they get: burden shares against benefit shares.

Sandler and his co-authors compare shares of the burden with shares of the benefits (product, population,
exposed borders and averages of them) by Wilcoxon's signed-rank test: under H0 the two agree.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from steelyard.panel.measures.amounts import Amounts, Range, Ranges, ask_for
from steelyard.panel.measures.signed_rank import SignedRank, signed_rank


@dataclass(frozen=True, slots=True)
class Concordance:
    """The signed-rank test of burden less benefit, and the share of members that bear more than they get.

    The ends of `bears_more` are the members whose burden surely and possibly exceeds their benefit; bearing
    exactly as much does not count.
    """

    test: SignedRank
    bears_more: Range


def concordance(burden_shares: Ranges, benefit_shares: Ranges) -> Concordance:
    """Burden against benefit shares (member,), both of one sum to 1.

    As shares sum to one, not all can be at their ends together, so ends are bounds, sharp only without width.

    Raises:
        NoMeasure: there is no member, or the two are of different length.
    """
    test = signed_rank(burden_shares, benefit_shares)
    ask_for(benefit_shares, "the benefit shares", least=-np.inf, length=len(burden_shares))
    exact = _is_exact(burden_shares) and _is_exact(benefit_shares)
    counts = (
        burden_shares.low > benefit_shares.high,
        burden_shares.middle > benefit_shares.middle,
        burden_shares.high > benefit_shares.low,
    )
    low, middle, high = (float(np.count_nonzero(one)) / len(burden_shares) for one in counts)
    w, p = test.statistic, test.p
    test = SignedRank(Range(w.low, w.middle, w.high, exact), test.even, Range(p.low, p.middle, p.high, exact))
    return Concordance(test, Range(low, middle, high, exact))


def _is_exact(amounts: Amounts) -> bool:
    """Whether no amount is open."""
    return bool((amounts.low == amounts.high).all())
