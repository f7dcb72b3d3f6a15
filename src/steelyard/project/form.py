"""The form of a scenario after joining: which keys it may have, and what each holds."""

from __future__ import annotations

from collections.abc import Mapping

from steelyard.core.forms import REFERENCE
from steelyard.core.schema import Field, FieldKind, Schema
from steelyard.project.equations import RULES

ASSUMED = ("real_growth", "inflation", "foreign_inflation", "real_exchange_rate", "discount_rate")
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
# A limit is a parameter, or a number of its own with a reference.
_LIMIT: Schema = {
    "parameter": Field(refers="parameters"),
    "value": Field(),
    "low": Field(),
    "high": Field(),
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
            "cap": Field("table", inner=_LIMIT),
            "execution": Field("table", inner=_LIMIT),
            "floor": Field("tables", inner={"label": _need(), "values": Field("texts"), **_LIMIT}),
        },
    ),
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
