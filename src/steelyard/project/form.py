"""The form of a scenario after joining: which keys it may have, and what each holds."""

from __future__ import annotations

from collections.abc import Mapping

from steelyard.core.form_parts import REFERENCE
from steelyard.core.schema import Field, FieldKind, Schema
from steelyard.project.equations import RULES

ASSUMED = ("real_growth", "inflation", "foreign_inflation", "real_exchange_rate", "discount_rate",
           "consumer_inflation", "purchasing_power", "defence_inflation",
           "foreign_defence_inflation")  # fmt: skip
INDICES = ("prices", "consumer_prices", "defence_prices", "exchange_rate")
BETWEEN = ("equal-steps", "equal-rates")
# How a pledge is signed over its years where it is not listed: equal parts, or 1, 2, 3, ... parts.
PROFILES = ("uniform", "rising")
# What a substitute for an ally's contribution is priced from.
SUBSTITUTE = ("quantity", "replaced", "price", "running", "start", "lead", "life")
# Spending at parities of its own, and the parts that have one each.
MILITARY = "military_purchasing_power"
PARTS = ("pay", "operations", "equipment")
# The kinds of shocks, and the keys that each needs.
SHOCKS: Mapping[str, tuple[str, ...]] = {
    "gaussian": ("window",),
    "bootstrap": ("window", "block"),
    "forecast-errors": (),
}


def _need(kind: FieldKind = "text", **more: object) -> Field:
    return Field(kind, required=True, **more)  # type: ignore[arg-type]


_CLAIMS: Schema = {
    "measure": _need(refers="measures"),
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
    "actor": _need(refers="actors"),
    "measure": _need(refers="measures"),
    "unit": Field(),
    "prices": Field(),
    "edition": Field(),
    "definition": Field(),
}
_PLEDGE: Schema = {
    "id": _need(),
    "label": _need(),
    "parameter": _need(refers="parameters"),
    "from": _need("number"),
    "to": _need("number"),
    "commitments": _need(choices=(*PROFILES, "listed")),
    "shares": Field("texts"),
    "outlays": _need("texts"),
    "prices": _need(choices=("current", "constant")),
    "planned": Field("table", inner=_SOURCED),
    "part": Field("table", inner=_CLAIMS),
    "reason": _need(),
}
_PART: Schema = {"share": Field("table", inner=_SOURCED), "parity": Field("table", inner=_SOURCED)}
_TROOPS: Schema = {
    "id": _need(),
    "label": _need(),
    "floor": _need(refers="parameters"),
    "levels": _need("tables", inner={"from": _need("number"), **_SOURCED}),
    "cost": Field("map", inner=_SOURCED),
}
_WITHDRAWAL: Schema = {
    "function": _need(refers="functions"),
    "actor": _need(refers="actors"),
    "year": _need("number"),
    "reason": _need(),
    **{name: Field("table", inner=_SOURCED) for name in SUBSTITUTE},
}
_ECONOMY = _need(
    "table", inner={"nominal": _need("table", inner=_CELLS), "real": _need("table", inner=_CELLS)}
)
FORM: Schema = {
    "actor": _need(refers="actors"),
    "posture": Field(refers="postures"),
    "rule": _need(
        "table",
        inner={
            "kind": _need(choices=tuple(RULES)),
            "power": Field("number"),
            "growth": Field("texts"),
            "shares": Field("texts"),
            "amounts": Field("tables", inner={"year": _need("number"), "value": _need()}),
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
            "by": _need("number"),
            "reason": Field(),
            "definition": Field(refers="definitions"),
            "definition_gap": Field(choices=("accepted",)),
            "definition_reason": Field(),
        },
    ),
    "base": _need(
        "table",
        inner={
            "year": _need("number"),
            "spending": _need("table", inner=_CLAIMS),
            "share": _need("table", inner=_CLAIMS),
        },
    ),
    "drivers": _need(
        "table",
        inner={
            "center": Field(choices=("median", "mean")),
            "home": _ECONOMY,
            "abroad": _ECONOMY,
            "exchange_rate": _need("table", inner={**_CELLS, "year": _need("number"), "reason": Field()}),
            "consumer_prices": Field("table", inner={**_CELLS, "measure": _need()}),
            "defence_prices": Field("table", inner={**_CELLS, "measure": _need()}),
            "defence_prices_abroad": Field("table", inner={**_CELLS, "measure": _need()}),
            "purchasing_power": Field("table", inner=_CELLS),
            "shocks": _need(
                "table",
                inner={
                    "kind": _need(choices=tuple(SHOCKS)),
                    "window": Field(),
                    "block": Field("number"),
                    "errors": Field("table", inner={"actor": _need(refers="actors"), "definition": Field()}),
                    # Countries that have shocks in common with this one.
                    "beside": Field(
                        "tables",
                        inner={
                            "nominal": _need("table", inner=_CELLS),
                            "real": _need("table", inner=_CELLS),
                            "exchange_rate": _need("table", inner=_CELLS),
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
                    "label": _need(),
                    "values": Field("texts"),
                    "index": Field(choices=INDICES),
                    "real_growth": Field(),
                    "pledge": Field(),
                    "cost_sharing": Field("flag"),
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
    "pledges": Field("tables", inner=_PLEDGE),
    "cost_sharing": Field(
        "table",
        inner={
            "agreement": _need(refers="agreements"),
            "after": Field("texts"),
            "reason": Field(),
            "components": Field("flag"),
            "beside": Field("texts"),
            "added": Field("texts"),
        },
    ),
    "troops": Field("tables", inner=_TROOPS),
    "withdrawals": Field("tables", inner=_WITHDRAWAL),
    "horizon": _need("number"),
    "draws": _need("number"),
    "seed": _need("number"),
    "reference_scenario": Field(refers="scenarios"),
    "assumptions": Field(
        "tables",
        inner={
            "variable": _need(choices=ASSUMED),
            "from": Field("number"),
            "to": Field("number"),
            "value": _need(),
            "reason": _need(),
        },
    ),
    "sets": Field("tables"),
}
