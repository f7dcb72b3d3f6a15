"""The inputs of a scenario as origins with ids, so that every number can be asked where it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from steelyard.core.claim import Claim
from steelyard.core.series import Point, Series
from steelyard.core.vocabulary import Vocabulary
from steelyard.project.base import Base
from steelyard.project.drivers import Economy
from steelyard.project.ensemble import Origin, Row
from steelyard.project.equations import RULES
from steelyard.project.headlines import Inputs
from steelyard.project.parameters import Value
from steelyard.project.scenario import Assumption, Scenario

_ABROAD = ("abroad.nominal", "abroad.real", "rate")
_FOREIGN = ("foreign_inflation", "real_exchange_rate")


def origins_of(
    scenario: Scenario, base: Base, economy: Economy, target: Value | None, vocabulary: Vocabulary
) -> tuple[tuple[Origin, ...], Inputs]:
    """All inputs of a scenario, and which of them each kind of number rests on."""
    claims = [_claim_origin(claim) for claim in (*base.spending.claims, *base.share.claims)]
    aims = [_parameter_origin(target, vocabulary)] if target else []
    equation = Origin(
        f"equation:{scenario.data['rule']['kind']}", "equation", RULES[scenario.data["rule"]["kind"]].equation
    )
    draws = Origin(
        f"draws:{scenario.seed}:{scenario.draws}",
        "draws",
        f"{scenario.draws:,} draws of the economy with seed {scenario.seed}; shocks as in {economy.window}",
    )
    series = {role: _series_origin(cells) for role, cells in economy.cells.items()}
    assumed = {
        one: _assumption_origin(one, scenario) for one in scenario.assumptions if _is_used(one, economy)
    }
    home = [origin for role, origin in series.items() if role not in _ABROAD]
    local = [origin for one, origin in assumed.items() if one.variable in ("real_growth", "inflation")]
    away = [origin for role, origin in series.items() if role in _ABROAD]
    away += [origin for one, origin in assumed.items() if one.variable in _FOREIGN]
    less = [origin for one, origin in assumed.items() if one.variable == "discount_rate"]
    every = {origin.id: origin for origin in (*claims, *aims, equation, *home, *local, *away, *less, draws)}
    inputs = Inputs(
        tuple(origin.id for origin in claims),
        tuple(origin.id for origin in aims),
        tuple(origin.id for origin in (equation, *home, *local, draws)),
        tuple(origin.id for origin in away),
        tuple(origin.id for origin in less),
    )
    return tuple(every.values()), inputs


def _is_used(assumption: Assumption, economy: Economy) -> bool:
    return assumption in economy.assumptions or assumption.variable == "discount_rate"


def _claim_origin(claim: Claim) -> Origin:
    label = claim.about or claim.measure or ""
    reference = {"document": claim.document, "start": str(claim.start), "end": str(claim.end)}
    return Origin(f"claim:{claim.id}", "claim", label, claim.quote, claim.unit or "", "", reference)


def _parameter_origin(value: Value, vocabulary: Vocabulary) -> Origin:
    label = vocabulary.label("parameters", value.parameter)
    reference = {key: str(text) for key, text in value.setting.reference.items()}
    if reason := value.setting.text("reason"):
        reference["reason"] = reason
    identifier = f"parameter:{value.parameter}@{value.layer}"
    return Origin(identifier, "parameter", label, value.written, value.unit, value.layer, reference)


def _series_origin(cells: list[tuple[Series, Point]]) -> Origin:
    """A series with the years that were used; a single cell with its value."""
    series, first = cells[0]
    last = cells[-1][1]
    years = f"{first.year}" if first.year == last.year else f"{first.year} to {last.year}"
    label = " ".join(part for part in (series.actor, series.measure, series.prices, years) if part)
    value = f"{first.value:f}" if first is last else ""
    reference = {"title": first.source, "edition": series.edition, "locator": first.locator}
    return Origin(f"series:{series.id}", "series", label, value, series.unit, "", reference)


def _assumption_origin(assumption: Assumption, scenario: Scenario) -> Origin:
    layer = next(
        (part.id for part in reversed(scenario.chain) if "assumptions" in part.data), scenario.entry.id
    )
    identifier = f"assumption:{assumption.variable}:{assumption.first}-{assumption.last}"
    label = f"{assumption.variable.replace('_', ' ')}, {assumption.first} to {assumption.last}"
    return Origin(
        identifier, "assumption", label, assumption.written, "", layer, {"reason": assumption.reason}
    )


def assumptions_of(scenario: Scenario, base: Base, economy: Economy) -> tuple[Row, ...]:
    """Every assumption in force, those that the scenario makes by its choices among them."""
    rows: list[Row] = [
        {
            "variable": one.variable,
            "from": one.first,
            "to": one.last,
            "value": one.written,
            "reason": one.reason,
        }
        for one in scenario.assumptions
        if _is_used(one, economy)
    ]
    for variable, value, reason in _choices(scenario, base):
        rows.append({"variable": variable, "from": None, "to": None, "value": value, "reason": reason})
    return tuple(rows)


def _choices(scenario: Scenario, base: Base) -> Iterator[tuple[str, str, str]]:
    """What the scenario settles without a number of its own: variable, value, reason."""
    target: Mapping[str, object] = scenario.data.get("target", {})
    if target.get("reason"):
        yield "target_year", str(scenario.by), str(target["reason"])
    rate = scenario.data["drivers"]["exchange_rate"]
    if rate["year"] != scenario.base_year:
        yield "exchange_rate", f"that of {rate['year']} for {scenario.base_year}", rate["reason"]
    if any(claim.status is None for claim in base.share.claims):
        reason = "The source does not say of which budget the share is; it is taken as that of the spending."
        yield "share_status", "as the spending", reason
    reason = (
        "GDP is spending divided by its share, so that both are of one vintage; no published GDP is used."
    )
    yield "gdp", "implied GDP", reason
