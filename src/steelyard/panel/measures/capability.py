"""Capability and broad burden: measures made of several components, refused where one is missing.

The Composite Index of National Capability is the mean of a state's shares in six components: Singer, Bremer
and Stuckey, "Capability Distribution, Uncertainty, and Major Power War, 1820-1965", in Russett (ed.), Peace,
War, and Numbers (1972). Broad burden, after Kim and Sandler, adds foreign aid and United Nations peacekeeping
to defence spending.
"""

from __future__ import annotations

from collections.abc import Mapping

from steelyard.panel.measures.amounts import Amounts, Ranges
from steelyard.panel.measures.shares import averages_of, parts_named, shares_of_total, sums_of

# What makes up each measure; the caller says which of its series is which component.
CINC = (
    "population",
    "urban population",
    "iron and steel production",
    "energy consumption",
    "military personnel",
    "military expenditure",
)
BROAD_BURDEN = ("defence spending", "foreign aid", "United Nations peacekeeping")


def composite_capability(components: Mapping[str, Amounts | None]) -> Ranges:
    """Each state's mean share of the six components of `CINC`, 0 to 1; (state,) each, in units of their own.

    The shares are of the states given: those of the index itself are of the whole system of states. Sharp
    where components are independent of one another.

    Raises:
        NoMeasure: a component is missing, which the text names, is negative, or may sum to zero.
    """
    found = parts_named(components, CINC)
    return averages_of([shares_of_total(one, name) for name, one in zip(CINC, found, strict=True)])


def broad_burden(components: Mapping[str, Amounts | None]) -> Ranges:
    """Defence spending, foreign aid and peacekeeping together, all in one currency at one price basis.

    Raises:
        NoMeasure: a component is missing, which the text names, or they are of different length.
    """
    return sums_of(components, BROAD_BURDEN)
