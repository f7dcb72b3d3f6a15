"""The form of publishers.toml: whose files the panel reads, and what each of their series is."""

from __future__ import annotations

from steelyard.core.form_parts import NEED_REFERENCE, need
from steelyard.core.schema import Field, Schema

# How a fiscal year is filed: under the calendar year in which it starts, or that in which it ends.
FILED_UNDER = ("start", "end")
# "LCU" in a unit is the money of the row's actor: that of the day of the edition, into which all years were
# converted, or that in which the actor paid in the year itself.
SERIES: Schema = {
    "label": need(),
    "measure": need(),
    "unit": need(),
    "prices": Field(choices=("current", "constant")),
    "definition": Field(refers="definitions"),
    "told": Field("texts"),
    "money": Field(choices=("of the edition", "of the year")),
    "by_accounts": Field("flag"),
    "years_of": Field(),
    "per_dollar": Field("table"),
}
PUBLISHER: Schema = {
    "label": need(),
    "definition": Field(refers="definitions"),
    "terms": need(),
    "names": Field("table"),
    "currencies": Field("table"),
    "series": Field("map", inner=SERIES),
    "fiscal_years": Field(
        "map",
        inner={"filed_under": need(choices=FILED_UNDER), "ends": Field(), "reference": NEED_REFERENCE},
    ),
    "reference": NEED_REFERENCE,
}
