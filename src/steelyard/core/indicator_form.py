"""The form of indicators.toml: what the panel measures of an alliance, and from which figures."""

from __future__ import annotations

from steelyard.core.form_parts import NEED_REFERENCE, need
from steelyard.core.schema import Field, Schema

# Of each member: a figure as it is given, its share of all, one over another, several added up, and so on.
MEMBER_RULES = (
    *("given", "share", "part-share", "ratio", "burden-ratio", "years-at-guideline"),
    *("capability", "broad-burden", "index", "lorenz"),
)
# Of all members together: inequality, rank tests, a regression, burdens against benefits, a reaction.
GROUP_RULES = ("gini", "theil", "spearman", "kendall", "regression", "concordance", "spatial-lag")
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
    "rule": need(choices=(*MEMBER_RULES, *GROUP_RULES)),
    "of": Field("table", inner=INPUT),
    "by": Field("table", inner=INPUT),
    # Of what a sum or a mean of shares is made, each under the name by which its rule knows it.
    "components": Field("tables", inner={"name": need(), **INPUT}),
    # The weights between members, a row for each pair.
    "neighbours": Field("table", inner=INPUT),
    # Shares by which an index or a test is made: other indicators, for an index with a weight each.
    "parts": Field("texts", refers="indicators"),
    "weights": Field("texts"),
    "weights_reason": Field(),
    # What an index is told net of: the mean of these shares.
    "benefits": Field("texts", refers="indicators"),
    "factor": Field("number"),
    "guideline": Field("number"),
    # Told in a report where a case does not say which measures it wants.
    "report": Field("flag"),
    "reference": NEED_REFERENCE,
    "examples": Field("tables"),
}
