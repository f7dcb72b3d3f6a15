"""The measures of all members together, each as a statistic with its p-value where it is a test."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from math import isnan

from steelyard.panel.measures.amounts import Amounts, Range, Ranges
from steelyard.panel.measures.concordance import concordance
from steelyard.panel.measures.gini import gini
from steelyard.panel.measures.ranks import RankTest, kendall, spearman
from steelyard.panel.measures.regression import regression
from steelyard.panel.measures.shares import averages_of, ratios, sums_of
from steelyard.panel.measures.theil import theil

# Random orders are drawn with this seed, so that two runs give one p-value.
SEED = 20260123


@dataclass(frozen=True, slots=True)
class Tested:
    """A statistic, its p-value if it is a test, and what else it tells, by name."""

    statistic: Range
    p: Range | None = None
    more: Mapping[str, Range] = field(default_factory=dict)


def _of_ranks(test: Callable[..., RankTest], amounts: Sequence[Amounts]) -> Tested:
    """A rank test of product and burden; of more than two amounts those after the first make the burden.

    Product then stands in both, so that ends are bounds.
    """
    product, *others = amounts
    if len(others) > 1:
        whole = sums_of(
            {str(place): one for place, one in enumerate(others)}, [*map(str, range(len(others)))]
        )
        found = test(product, ratios(whole, product, "the burden"), seed=SEED)
        return Tested(replace(found.statistic, sharp=False), replace(found.p, sharp=False))
    found = test(*amounts, seed=SEED)
    return Tested(found.statistic, found.p)


def _regression(amounts: Sequence[Amounts]) -> Tested:
    """The slope with the p-value of the test that it is 1; with its robust error."""
    found = regression(*amounts)
    more = {"error": found.error, "robust-error": found.robust_error, "robust-p": found.robust_p}
    # Where all members lie on one line there is no error, and a test says nothing.
    points = {name: point(value) for name, value in more.items() if not isnan(value)}
    return Tested(found.beta, None if isnan(found.p) else point(found.p), points)


def concordance_of(burden: Ranges, benefits: Sequence[Ranges]) -> Tested:
    """Shares of what is borne against the mean of the shares of what is defended, all in one unit."""
    found = concordance(burden, averages_of(benefits))
    return Tested(found.test.statistic, found.test.p, {"bears-more": found.bears_more})


def point(value: float) -> Range:
    """A number that is given at the middles alone."""
    return Range(value, value, value, sharp=False)


GROUPS: Mapping[str, Callable[[Sequence[Amounts]], Tested]] = {
    "gini": lambda amounts: Tested(gini(*amounts)),
    "theil": lambda amounts: Tested(theil(*amounts)),
    "spearman": partial(_of_ranks, spearman),
    "kendall": partial(_of_ranks, kendall),
    "regression": _regression,
}
