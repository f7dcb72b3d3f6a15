"""The form of every data file: which keys an entry of each kind may have, and what each holds.

`SCHEMAS` is one schema a kind, named as its file or folder is; schema.py holds tables against it.
"""

from __future__ import annotations

from collections.abc import Mapping

from steelyard.core.form_parts import NEED_REFERENCE as _NEED_REFERENCE
from steelyard.core.form_parts import REFERENCE
from steelyard.core.form_parts import need as _need
from steelyard.core.indicator_form import INDICATOR
from steelyard.core.publisher_form import PUBLISHER
from steelyard.core.reckoning_form import RECKONING
from steelyard.core.schema import Field, Schema

_REFERENCE = Field("table", inner=REFERENCE)
_ANY = Field("any")
# What a scenario and the options of the commands may ask for: draws from 20, so that one in twenty lies below
# the 5 % quantile, to what the memory of a small machine holds; and the seeds of the random draws.
DRAWS = (20, 1_000_000)
SEEDS = (0, 2**64 - 1)
# How firmly a law binds: it forbids, or it only holds back money.
FORCES = ("prohibition", "funding condition")
# What a payment by agreement follows from year to year; "negotiated" leaves each year to talks.
FOLLOWED = ("consumer_prices", "defence_budget", "nothing", "negotiated")
# What a language needs whose numerals are counted in myriads.
MYRIADS = ("digits", "places", "scales")
ROLES = ("lead", "shared", "support", "none")
# A condition or milestone on the way by which a responsibility passes from one actor to another. `to` is when
# it was or is to be met; where no source gives that, `lifted_by` says which claim would.
STEP: Schema = {
    "label": _need(),
    "state": _need(choices=("open", "pursued", "met")),
    "from": Field(),
    "to": Field(),
    "lifted_by": Field(),
    "reference": _NEED_REFERENCE,
}
# A person may hold an office more than once, or several; a term without an end has not ended.
TERM_OF_OFFICE: Schema = {
    "office": _need(),
    "from": _need("date"),
    "to": Field("date"),
    "reference": _NEED_REFERENCE,
}
# What an actor paid with before its `currency`, to the last year, or pays with after it, from the first year;
# an ISO 4217 code, which need be no unit of ours.
OTHER_CURRENCY: Schema = {
    "currency": _need(),
    "from": Field("number"),
    "to": Field("number"),
    "reference": _NEED_REFERENCE,
}
# A parameter's value under a posture or scenario; no value ends the one below.
SETTING: Schema = {
    "parameter": _need(refers="parameters"),
    "value": Field(),
    "exact": Field("flag"),
    "from": _need(),
    "to": Field(),
    "definition": Field(refers="definitions"),
    "status": Field(refers="statuses"),
    "instrument": Field(),
    "force": Field(choices=FORCES),
    "waiver": Field(),
    "reason": _need(),
    "reference": _REFERENCE,
}
SCHEMAS: Mapping[str, Schema] = {
    "measures": {
        "label": _need(),
        "dimension": _need(
            choices=("money", "share", "growth", "person", "count", "duration", "rate", "rank")
        ),
        "stock_or_flow": _need(choices=("stock", "flow", "ratio")),
        "meaning": _need(),
        "units": Field("texts"),
        "phrases": Field("phrases"),
        "base_measure": Field(refers="measures"),
        "denominator": Field(refers="measures"),
        "located": Field(refers="measures"),
        "by_unit": Field("flag"),
        "settings": Field("phrases"),
        "heads": Field("phrases"),
        "bare_heads": Field("phrases"),
        "groups": Field(
            "map",
            inner={
                "label": _need(),
                "phrases": _need("phrases"),
                "actor": _need(refers="actors"),
                "location": _need(),
                "reference": _REFERENCE,
            },
        ),
        "items": Field(
            "map",
            inner={
                "label": _need(),
                "meaning": Field(),
                "phrases": _need("phrases"),
                "reference": _REFERENCE,
            },
        ),
        "decompositions": Field(
            "tables",
            inner={
                "actor": _need(refers="actors"),
                "items": _need("texts"),
                "to": Field(),
                "reference": _NEED_REFERENCE,
            },
        ),
        "reference": _NEED_REFERENCE,
        "examples": _need("tables"),
    },
    "units": {
        "label": _need(),
        "dimension": _need(),
        "factor": Field("number"),
        "symbols": Field("texts"),
        "phrases": Field("phrases"),
        "shared": Field("phrases"),
        "shared_symbols": Field("texts"),
        "places": Field("phrases"),
        "extends": Field(refers="units"),
        "part_of": Field("texts"),
        "parts": Field("number"),
        "marks": Field("texts"),
        "sized": Field("phrases"),
        "letters": Field("texts"),
        "prefixes": Field("texts"),
        "spoken": Field("flag"),
        "international": Field("flag"),
        "reference": _REFERENCE,
        "examples": Field("tables"),
    },
    "statuses": {
        "label": _need(),
        "meaning": _need(),
        "exact": Field("flag"),
        "rounded": Field("texts"),
        "by_deadline": Field("flag"),
        "by_parliaments": Field("flag"),
        "by_cabinets": Field("flag"),
        "carries": Field("flag"),
        "phrases": Field("phrases"),
        "governs": Field("phrases"),
        "governs_shares": Field("phrases"),
        "governs_past": Field("phrases"),
        "follows": Field("phrases"),
        "reference": _REFERENCE,
        "examples": Field("tables"),
    },
    "actors": {
        "label": _need(),
        "in_text": Field(),
        "kind": _need(choices=("state", "organisation", "alliance")),
        "phrases": _need("phrases"),
        "adjectives": Field("phrases"),
        "places": Field("phrases"),
        "currency": Field(refers="units"),
        "other_currencies": Field("tables", inner=OTHER_CURRENCY),
        "fiscal_year_start_month": Field("number"),
        "fiscal_year_named_after": Field(choices=("start", "end")),
        "offices": Field(
            "map",
            inner={
                "label": _need(),
                "phrases": _need("phrases"),
                "generic": Field("phrases"),
                "shared": Field("phrases"),
            },
        ),
        "persons": Field(
            "map",
            inner={
                "label": _need(),
                "phrases": _need("phrases"),
                "terms": Field("tables", inner=TERM_OF_OFFICE),
            },
        ),
        "memberships": Field(
            "tables", inner={"alliance": _need(refers="actors"), "from": Field("date"), "to": Field("date")}
        ),
        "reference": _NEED_REFERENCE,
        "examples": Field("tables"),
    },
    "languages": {
        "label": _need(),
        "script": Field("letters"),
        "told_by": Field("texts"),
        "thousands": Field(choices=(".", ",")),
        "abbreviations": Field("texts"),
        **dict.fromkeys(("numbers", "fractions", "months", "weekdays"), Field("numbers")),
        "myriads": Field("table", inner={**dict.fromkeys(MYRIADS, _need("numbers")), "*": _ANY}),
        "*": _ANY,
    },
    "functions": {
        "label": _need(),
        "meaning": _need(),
        "phrases": Field("phrases"),
        "measures": Field("texts", refers="measures"),
        "conditions": Field("tables", inner=STEP),
        "milestones": Field("tables", inner=STEP),
        "reference": _NEED_REFERENCE,
        "examples": Field("tables"),
    },
    "definitions": {
        "label": _need(),
        "meaning": _need(),
        "actor": Field(refers="actors"),
        "phrases": Field("phrases"),
        "again": Field("phrases"),
        "bridges": Field(
            "tables",
            inner={
                "to": _need(refers="definitions"),
                "measure": _need(refers="measures"),
                "actor": _need(refers="actors"),
                "period": _need(),
                **dict.fromkeys(("factor", "low", "high"), Field()),
                "reference": _NEED_REFERENCE,
            },
        ),
        "categories": Field("map", inner={"label": _need(), "meaning": _need()}),
        "reference": _NEED_REFERENCE,
    },
    "identities": {
        "label": _need(),
        "equation": _need(),
        "meaning": _need(),
        "applies": _need(),
        "exact": Field("flag"),
        "reference": _NEED_REFERENCE,
        "examples": _need("tables"),
    },
    "reckonings": RECKONING,
    "readings": {
        "label": _need(),
        "meaning": _need(),
        "changes": _need(),
        "cost": _need("number"),
        "reason": _need(),
        "reconciles": Field("flag"),
        "words": Field("phrases"),
        "measures": Field("texts"),
        "abroad": Field("flag"),
        **dict.fromkeys(("most_apart", "most_growth_apart"), Field("number")),
        "least": Field("number"),
        "most": Field("number"),
        "reference": _REFERENCE,
        "examples": Field("tables"),
    },
    "rules": {
        "label": _need(),
        "meaning": _need(),
        "kind": _need(),
        "reference": _NEED_REFERENCE,
        "examples": _need("tables"),
        "*": _ANY,
    },
    "postures": {
        "label": _need(),
        "base": Field(refers="postures"),
        "coding_of": Field(refers="postures"),
        "coder": Field(),
        "date": _need("date"),
        "speaker_actor": Field(refers="actors"),
        "summary": Field(),
        "phrases": Field("phrases"),
        "reference": _NEED_REFERENCE,
        "roles": Field(
            "tables",
            inner={
                "function": _need(refers="functions"),
                "actor": _need(refers="actors"),
                "role": _need(choices=ROLES),
                "modality": Field(),
                "qualifier": Field(),
                "condition": Field(),
                "since": Field("date"),
                "quotation": _need(),
                "locator": Field(),
            },
        ),
        "threats": Field(
            "tables",
            inner={
                "actor": _need(refers="actors"),
                "against": Field("texts", refers="actors"),
                "quotation": _need(),
                "locator": Field(),
            },
        ),
        "sets": Field("tables", inner=SETTING),
    },
    # What a scenario takes from the one that it extends is known in the project step, which checks the rest.
    "scenarios": {
        "label": _need(),
        "summary": _need(),
        "extends": Field(refers="scenarios"),
        "actor": Field(refers="actors"),
        "actors": Field("texts", refers="actors"),
        "without": Field("tables", inner={"actor": _need(refers="actors"), "reason": _need()}),
        "for": Field("map"),
        "posture": Field(refers="postures"),
        **dict.fromkeys(("rule", "target", "base", "drivers", "limits", "cost_sharing"), Field("table")),
        "military_purchasing_power": Field("table"),
        **dict.fromkeys(("categories", "pledges", "troops", "withdrawals"), Field("tables")),
        **dict.fromkeys(("horizon", "draws", "seed"), Field("number")),
        "reference_scenario": Field(refers="scenarios"),
        "assumptions": Field("tables"),
        "sets": Field("tables", inner=SETTING),
    },
    "parameters": {
        "label": _need(),
        "meaning": _need(),
        "unit": _need(),
        "actor": Field(refers="actors"),
        "definition": Field(refers="definitions"),
        "values": _need(
            "tables",
            inner={
                "from": _need(),
                "to": Field(),
                "value": Field(),
                "low": Field(),
                "high": Field(),
                "exact": Field("flag"),
                "status": Field(refers="statuses"),
                "definition": Field(refers="definitions"),
                "spread": Field("number"),
                "instrument": Field(),
                "force": Field(choices=FORCES),
                "waiver": Field(),
                "reference": _NEED_REFERENCE,
            },
        ),
    },
    "agreements": {
        "label": _need(),
        "meaning": _need(),
        "actor": _need(refers="actors"),
        "counterpart": _need(refers="actors"),
        "from": _need("number"),
        "to": _need("number"),
        "amount": _need(refers="parameters"),
        "follows": _need(choices=FOLLOWED),
        **dict.fromkeys(("lag", "ceiling", "least"), Field(refers="parameters")),
        # What makes the payment up, and what is borne beside it; amounts and shares only where published.
        "components": Field(
            "tables",
            inner={
                "id": _need(),
                "label": _need(),
                "meaning": Field(),
                **dict.fromkeys(("amount", "share"), Field(refers="parameters")),
            },
        ),
        "beside": Field(
            "tables",
            inner={
                "id": _need(),
                "label": _need(),
                "definition": _need(),
                "amount": Field(refers="parameters"),
            },
        ),
        "reference": _NEED_REFERENCE,
        "examples": _need("tables"),
    },
    "crosswalks": {
        "label": _need(),
        "meaning": _need(),
        "actor": _need(refers="actors"),
        "measure": _need(refers="measures"),
        "to": _need(refers="definitions"),
        "rows": _need(
            "tables", inner={"item": _need(), "categories": _need("texts"), "reference": _NEED_REFERENCE}
        ),
        "unmatched": Field(
            "tables", inner={"label": _need(), "categories": _need("texts"), "reference": _NEED_REFERENCE}
        ),
        "reference": _NEED_REFERENCE,
        "examples": _need("tables"),
    },
    "publishers": PUBLISHER,
    "indicators": INDICATOR,
}
