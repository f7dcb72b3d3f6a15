"""The form of a scenario after joining: which keys it may have, and what each holds."""

from __future__ import annotations

from collections.abc import Mapping

from steelyard.core.form_parts import REFERENCE, need
from steelyard.core.schema import Field, Schema
from steelyard.project.rules import RULES

ASSUMED = ("real_growth", "inflation", "foreign_inflation", "real_exchange_rate", "discount_rate",
           "consumer_inflation", "purchasing_power", "defence_inflation",
           "foreign_defence_inflation")  # fmt: skip
# What an assumption says in place of a number, and of which variables: growth as in the series' last year.
CARRIED_ON = "carried on"
CARRIED = ("real_growth", "inflation", "foreign_inflation")
INDICES = ("prices", "consumer_prices", "defence_prices", "exchange_rate")
BETWEEN = ("equal-steps", "equal-rates")
# How a pledge is signed over its years where it is not listed: equal parts, or 1, 2, 3, ... parts.
PROFILES = ("uniform", "rising")
# What a substitute for an ally's contribution is priced from.
TIMES = ("start", "lead", "life")
UNIFORM, TRIANGULAR = "uniform", "triangular"
SUBSTITUTE = ("quantity", "replaced", "price", "running", "start", "lead", "life")
# Spending at parities of its own, and the parts that have one each.
MILITARY = "military_purchasing_power"
PARTS = ("pay", "operations", "equipment")
# What moves the economy, in the order of the model's state; what of a year's deviations carries over.
VARIABLES = ("real_growth", "inflation", "real_exchange_rate")
OWN, JOINT = "own", "joint"
# The kinds of shocks, and the keys that each needs.
SHOCKS: Mapping[str, tuple[str, ...]] = {
    "gaussian": ("window",),
    "bootstrap": ("window", "block"),
    "forecast-errors": (),
}


_CLAIMS: Schema = {
    "measure": need(refers="measures"),
    "unit": Field(),
    "status": Field("texts"),
    "definition": Field(),
    "document": Field(),
    "item": Field(),
}
# What needs a source is a parameter, or a number of its own with a reference.
_SOURCED: Schema = {
    "parameter": Field(refers="parameters"),
    "value": Field(),
    "low": Field(),
    "high": Field(),
    "exact": Field("flag"),
    "reason": Field(),
    "reference": Field("table", inner=REFERENCE),
}
_CELLS: Schema = {
    "actor": need(refers="actors"),
    "measure": need(refers="measures"),
    "unit": Field(),
    "prices": Field(),
    "edition": Field(),
    "definition": Field(),
}
# Of the scenario's own country where they name none; a rate is that between the two currencies.
_OWN_CELLS: Schema = {**_CELLS, "actor": Field(refers="actors")}
_PLEDGE: Schema = {
    "id": need(),
    "label": need(),
    "parameter": need(refers="parameters"),
    "from": need("number"),
    "to": need("number"),
    "commitments": need(choices=(*PROFILES, "listed")),
    "shares": Field("texts"),
    "outlays": need("texts"),
    "prices": need(choices=("current", "constant")),
    "planned": Field("table", inner=_SOURCED),
    "part": Field("table", inner=_CLAIMS),
    "reason": need(),
}
_PART: Schema = {"share": Field("table", inner=_SOURCED), "parity": Field("table", inner=_SOURCED)}
# What last year's deviation of each variable adds to one.
_CARRIED: Schema = {name: need("number") for name in VARIABLES}
_CATEGORY: Schema = {
    "id": need(),
    "label": need(),
    "share": Field("table", inner=_SOURCED),
    "claim": Field("table", inner=_CLAIMS),
    "crosswalk": Field(refers="crosswalks"),
    "least": Field("table", inner=_SOURCED),
}
_TROOPS: Schema = {
    "id": need(),
    "label": need(),
    "floor": need(refers="parameters"),
    "levels": need("tables", inner={"from": need("number"), **_SOURCED}),
    "cost": Field("map", inner=_SOURCED),
}
# How a source says that a number is spread between its ends.
_DRAWN: Schema = {**_SOURCED, "distribution": Field(choices=(UNIFORM, TRIANGULAR)), "mode": Field()}
_WITHDRAWAL: Schema = {
    "function": need(refers="functions"),
    "actor": need(refers="actors"),
    "year": need("number"),
    "reason": need(),
    "saved": Field("table", inner=_SOURCED),
    **{name: Field("table", inner=_DRAWN) for name in SUBSTITUTE},
}
_HOME, _ABROAD = (
    need("table", inner={"nominal": need("table", inner=cells), "real": need("table", inner=cells)})
    for cells in (_OWN_CELLS, _CELLS)
)
FORM: Schema = {
    "actor": need(refers="actors"),
    "posture": Field(refers="postures"),
    "rule": need(
        "table",
        inner={
            "kind": need(choices=tuple(RULES)),
            "power": Field("number"),
            "growth": Field("texts"),
            "shares": Field("texts"),
            "amounts": Field("tables", inner={"year": need("number"), "value": need()}),
            "between": Field(choices=BETWEEN),
            "steps": Field("table", inner=_CLAIMS),
            "later": Field("table", inner=_SOURCED),
            "reference": Field("table", inner=REFERENCE),
            "reason": Field(),
        },
    ),
    "target": Field(
        "table",
        inner={
            "parameter": Field(refers="parameters"),
            "value": Field(),
            "by": need("number"),
            "reason": Field(),
            "definition": Field(refers="definitions"),
            "definition_gap": Field(choices=("accepted",)),
            "definition_reason": Field(),
        },
    ),
    "base": need(
        "table",
        inner={
            "year": need("number"),
            "spending": need("table", inner=_CLAIMS),
            "share": need("table", inner=_CLAIMS),
        },
    ),
    "drivers": need(
        "table",
        inner={
            "center": Field(choices=("median", "mean")),
            "home": _HOME,
            "abroad": _ABROAD,
            "exchange_rate": need("table", inner={**_OWN_CELLS, "year": need("number"), "reason": Field()}),
            "consumer_prices": Field("table", inner={**_OWN_CELLS, "measure": need()}),
            "defence_prices": Field("table", inner={**_OWN_CELLS, "measure": need()}),
            "defence_prices_abroad": Field("table", inner={**_CELLS, "measure": need()}),
            "purchasing_power": Field("table", inner=_OWN_CELLS),
            "shocks": need(
                "table",
                inner={
                    "kind": need(choices=tuple(SHOCKS)),
                    "window": Field(),
                    "block": Field("number"),
                    "persistence": Field(choices=(OWN, JOINT)),
                    "matrix": Field(
                        "table",
                        inner={
                            **{row: need("table", inner=_CARRIED) for row in VARIABLES},
                            "reference": Field("table", inner=REFERENCE),
                            "reason": Field(),
                        },
                    ),
                    "errors": Field("table", inner={"actor": need(refers="actors"), "definition": Field()}),
                    # Countries that have shocks in common with this one.
                    "beside": Field(
                        "tables",
                        inner={
                            "nominal": need("table", inner=_CELLS),
                            "real": need("table", inner=_CELLS),
                            "exchange_rate": need("table", inner=_CELLS),
                        },
                    ),
                },
            ),
        },
    ),
    "limits": Field(
        "table",
        inner={
            "cap": Field("table", inner=_SOURCED),
            "execution": Field("table", inner=_SOURCED),
            "floor": Field(
                "tables",
                inner={
                    "label": need(),
                    "values": Field("texts"),
                    "index": Field(choices=INDICES),
                    "real_growth": Field(),
                    "pledge": Field(),
                    "category": Field(),
                    "cost_sharing": Field("flag"),
                    "strength": Field("tables", inner={"from": need("number"), **_SOURCED}),
                    "pay": Field("table", inner=_SOURCED),
                    **_SOURCED,
                },
            ),
        },
    ),
    MILITARY: Field(
        "table",
        inner={
            "stand_in": Field(choices=("purchasing_power", "market_rate")),
            "reason": Field(),
            **{name: Field("table", inner=_PART) for name in PARTS},
        },
    ),
    "categories": Field("tables", inner=_CATEGORY),
    "pledges": Field("tables", inner=_PLEDGE),
    "cost_sharing": Field(
        "table",
        inner={
            "agreement": need(refers="agreements"),
            "after": Field("texts"),
            "reason": Field(),
            "components": Field("flag"),
            "beside": Field("texts"),
            "added": Field("texts"),
        },
    ),
    "troops": Field("tables", inner=_TROOPS),
    "withdrawals": Field("tables", inner=_WITHDRAWAL),
    "horizon": need("number"),
    "draws": need("number"),
    "seed": need("number"),
    "reference_scenario": Field(refers="scenarios"),
    "assumptions": Field(
        "tables",
        inner={
            "variable": need(choices=ASSUMED),
            "from": Field("number"),
            "to": Field("number"),
            "value": need(),
            "reason": need(),
        },
    ),
    "sets": Field("tables"),
}
