"""The form of indicators.toml: what the panel measures of an alliance, and from which figures."""

from __future__ import annotations

from steelyard.core.form_parts import NEED_REFERENCE, need
from steelyard.core.schema import Field, Schema

# Of each member: a figure as it is given, its share of all, one over another, and so on. Of all members
# together: inequality, rank tests, a regression, a test of burdens against benefits.
MEMBER_RULES = ("given", "share", "ratio", "burden-ratio", "years-at-guideline", "index")
GROUP_RULES = ("gini", "theil", "spearman", "kendall", "regression", "concordance")
# What no file that we know gives all of: refused, with the names of what is missing.
REFUSED_RULES = ("capability", "broad-burden", "spatial-lag")
INPUT: Schema = {
    "measure": need(),
    "item": Field(),
    "unit": need(),
    "prices": Field(),
}
INDICATOR: Schema = {
    "label": need(),
    "meaning": need(),
    "unit": need(),
    "rule": need(choices=(*MEMBER_RULES, *GROUP_RULES, *REFUSED_RULES)),
    "of": Field("table", inner=INPUT),
    "by": Field("table", inner=INPUT),
    # Shares by which an index or a test is made: other indicators, for an index with a weight each.
    "parts": Field("texts", refers="indicators"),
    "weights": Field("texts"),
    "weights_reason": Field(),
    "factor": Field("number"),
    "guideline": Field("number"),
    "needs": Field("texts"),
    # Told in a report where a case does not say which measures it wants.
    "report": Field("flag"),
    "reference": NEED_REFERENCE,
    "examples": Field("tables"),
}
