"""The form of reckonings.toml, which is the longest: sums that texts state themselves."""

from __future__ import annotations

from steelyard.core.form_parts import NEED_REFERENCE, need
from steelyard.core.schema import Field, Schema

RECKONING: Schema = {
    "label": need(),
    "meaning": need(),
    "equation": need(),
    "result": Field(),
    "roles": need(
        "map",
        inner={
            "label": need(),
            "dimension": need(choices=("amount", "money", "count", "percent", "points", "multiple", "times")),
            "many": Field(choices=("one", "two")),
            **dict.fromkeys(("loose", "loose_fraction"), Field("number")),
            "units": Field("texts"),
            "never": Field("texts"),
            **dict.fromkeys(("never_of", "not_of", "only_of", "only_in"), Field("texts")),
            "never_beside": Field(),
            **dict.fromkeys(
                ("yearly", "given", "exact", "round", "signed", "half_stops", "counted"), Field("flag")
            ),
        },
    ),
    **dict.fromkeys(("alone", "one_year", "one_thing", "one_actor"), Field("flag")),
    **dict.fromkeys(("of_divisions", "in_scales", "of_people"), Field("flag")),
    "farthest": Field("number"),
    "of_rates": Field(choices=("told", "kept")),
    "of_quotas": Field(choices=("all", "part", "listed")),
    "rates_for": Field(choices=("one", "some")),
    "across": Field(choices=("growth", "yearly growth", "change", "points", "multiple", "sum", "share")),
    **dict.fromkeys(("amounts", "aggregations"), Field("texts")),
    "wordings": need("phrases"),
    "breaks": Field("phrases"),
    "tails": Field("phrases"),
    "spared": Field("phrases"),
    "leads": Field("phrases"),
    "each": Field(),
    "frames": Field(
        "tables",
        inner={
            "told": need(),
            **dict.fromkeys(("statistics", "aggregations", "changes"), Field("texts")),
            "cue": Field(),
            **dict.fromkeys(("beside", "perhaps"), Field("table")),
            "cue_behind": Field(),
            "largest": Field("texts"),
            **dict.fromkeys(("in_order", "named"), Field("flag")),
            **dict.fromkeys(("behind", "then", "said"), Field()),
            **dict.fromkeys(("back", "ahead"), Field("number")),
        },
    ),
    "near": Field(
        "tables",
        inner={
            "told": need(),
            **dict.fromkeys(
                ("statistics", "aggregations", "larger", "joined", "linked", "order", "unturned", "free_of"),
                Field("texts"),
            ),
            **dict.fromkeys(("cue", "said", "against", "tails", "moved_tails", "right"), Field()),
            **dict.fromkeys(("named", "never", "front", "link"), Field()),
            "beside": Field("table"),
            **dict.fromkeys(("around", "tight", "alike", "alone", "reached"), Field("flag")),
            **dict.fromkeys(("least", "own", "most", "back", "ahead"), Field("number")),
        },
    ),
    "among": Field(
        "tables",
        inner={
            "told": need(),
            **dict.fromkeys(("statistics", "aggregations"), Field("texts")),
            **dict.fromkeys(("cue_before", "cue_behind", "never", "spared"), Field()),
            "beside": Field("table"),
            **dict.fromkeys(("anything", "claimed"), Field("flag")),
            **dict.fromkeys(("back", "ahead", "most", "near"), Field("number")),
        },
    ),
    "any_order": Field(
        "tables",
        inner={
            "told": need(),
            **dict.fromkeys(("statistics", "aggregations"), Field("texts")),
            **dict.fromkeys(
                ("cue", "cue_behind", "lead", "trail", "never", "breaks", "led", "links"), Field()
            ),
            **dict.fromkeys(("largest", "two_times", "base", "of_base", "then", "again"), Field()),
            "beside": Field("table"),
            **dict.fromkeys(("alike", "first"), Field("flag")),
            **dict.fromkeys(("back", "ahead", "spare"), Field("number")),
        },
    ),
    "reference": NEED_REFERENCE,
    "examples": need("tables"),
}
