"""Holm's correction of p-values for many tests, such as one a year.

Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of Statistics 6 (1979).
"""

from __future__ import annotations

import numpy as np

from steelyard.panel.measures.amounts import Amounts, Array, NoMeasure, Ranges, ask_for


def holm(p: Array) -> Array:
    """The corrected p-values (test,): the k-th smallest of m times m - k + 1, never falling, at most 1.

    Raises:
        NoMeasure: a p-value lies outside 0 to 1.
    """
    if len(p) and not ((p >= 0) & (p <= 1)).all():
        raise NoMeasure("A p-value lies outside 0 to 1.")
    order = np.argsort(p, kind="stable")
    steps = p[order] * np.arange(len(p), 0, -1)
    found = np.empty_like(p)
    found[order] = np.minimum(np.maximum.accumulate(steps), 1.0)
    return found


def holm_ranges(p: Amounts, *, sharp: bool = True) -> Ranges:
    """The corrected p-values with their ends: the correction rises in every p-value.

    `sharp` tells whether the ends of `p` are reached, all of one side together.

    Raises:
        NoMeasure: a p-value may lie outside 0 to 1.
    """
    ask_for(p, "the p-values")
    return Ranges(holm(p.low), holm(p.middle), holm(p.high), sharp)
