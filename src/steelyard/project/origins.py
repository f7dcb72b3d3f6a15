"""The inputs of a scenario as origins with ids, so that every number can be asked where it comes from."""

from __future__ import annotations

from calendar import month_name
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from steelyard.core.claim import Claim
from steelyard.core.interval import Interval
from steelyard.core.series import Point, Series
from steelyard.core.vocabulary import Vocabulary
from steelyard.project.base import Amount, Base
from steelyard.project.crosswalk import crosswalk_rows
from steelyard.project.ensemble import Origin, Row
from steelyard.project.form import VARIABLES
from steelyard.project.found import Found
from steelyard.project.money import amount_words, rate_words
from steelyard.project.parameters import Value
from steelyard.project.perimeter import Bridge
from steelyard.project.price_index import PriceIndex
from steelyard.project.rules import RULES
from steelyard.project.scenario import Assumption, Scenario
from steelyard.project.target_definition import definition_row


def rule_origins(scenario: Scenario) -> Iterator[Origin]:
    """The spending rule of a scenario by its equation, and each of the numbers that are listed for it."""
    rule: Mapping[str, Any] = scenario.data["rule"]
    kind = RULES[rule["kind"]]
    yield Origin(f"equation:{rule['kind']}", "equation", kind.equation, kind.words)
    for key in kind.needs:
        if key in rule and key != "steps":
            owner = next(part.id for part in reversed(scenario.chain) if key in part.table("rule"))
            reference = {name: str(text) for name, text in rule.get("reference", {}).items()}
            reference |= {"reason": rule["reason"]} if rule.get("reason") else {}
            identifier, label = f"assumption:rule:{key}:{owner}", f"{key} of the spending rule"
            yield Origin(identifier, "assumption", label, _listed(rule[key]), "", owner, reference)


def _listed(numbers: object) -> str:
    """The numbers of a rule as the scenario writes them, amounts with their years."""
    if not isinstance(numbers, list):
        return str(numbers)
    rows = (one if isinstance(one, str) else f"{one['year']:.0f}: {one['value']}" for one in numbers)
    return ", ".join(rows)


def is_used(assumption: Assumption, found: Found) -> bool:
    """Whether a number rests on an assumption."""
    economy = found.economy
    if any(assumption in one.assumptions for one in found.valuations):
        return True
    if any(assumption in index.used for index in economy.indices):
        return True
    return assumption in economy.assumptions or assumption.variable == "discount_rate"


def claim_origin(claim: Claim) -> Origin:
    """A claim with the place of its quotation."""
    label = claim.about or claim.measure or ""
    reference = {"document": claim.document, "start": str(claim.start), "end": str(claim.end)}
    return Origin(f"claim:{claim.id}", "claim", label, claim.quote, claim.unit or "", "", reference)


def bridge_origin(bridge: Bridge) -> Origin:
    """The factor between two definitions with its reference."""
    reference = {key: str(text) for key, text in bridge.reference.items()}
    label = f"{bridge.measure} in the definition {bridge.to} for that in {bridge.start}"
    identifier = f"parameter:bridge:{bridge.start}:{bridge.to}"
    return Origin(identifier, "parameter", label, bridge.written, "", "definitions", reference)


def parameter_origin(value: Value, vocabulary: Vocabulary) -> Origin:
    """A parameter's value with the layer and reference that it comes from."""
    label = vocabulary.label("parameters", value.parameter)
    reference = {key: str(text) for key, text in value.setting.reference.items()}
    if reason := value.setting.text("reason"):
        reference["reason"] = reason
    return Origin(value.origin, "parameter", label, value.written, value.unit, value.layer, reference)


def series_origin(cells: list[tuple[Series, Point]]) -> Origin:
    """A series with the years that were used; a single cell with its value."""
    series, first = cells[0]
    last = cells[-1][1]
    years = f"{first.year}" if first.year == last.year else f"{first.year} to {last.year}"
    label = " ".join(part for part in (series.actor, series.measure, series.prices, years) if part)
    value = f"{first.value:f}" if first is last else ""
    span = " to ".join(dict.fromkeys(point.cell for _, point in (cells[0], cells[-1]) if point.cell))
    locator = ", ".join(part for part in (first.locator, span) if part)
    reference = {"title": first.source, "edition": series.edition, "locator": locator}
    return Origin(f"series:{series.id}", "series", label, value, series.unit, "", reference)


def price_origins(prices: PriceIndex, scenario: Scenario, years: Iterable[int]) -> Iterator[Origin]:
    """The series and assumptions that say how prices rise in some years."""
    assumed = dict.fromkeys(prices.assumed(year) for year in sorted(set(years)))
    if None in assumed and prices.series and prices.cells:
        yield series_origin([(prices.series, point) for _, point in sorted(prices.cells.items())])
    yield from (assumption_origin(one, scenario) for one in assumed if one)


def assumption_origin(assumption: Assumption, scenario: Scenario) -> Origin:
    """An assumption with its reason and the scenario that makes it."""
    layer = next(
        (part.id for part in reversed(scenario.chain) if "assumptions" in part.data), scenario.entry.id
    )
    identifier = f"assumption:{assumption.variable}:{assumption.first}-{assumption.last}"
    label = f"{assumption.variable.replace('_', ' ')}, {assumption.first} to {assumption.last}"
    return Origin(
        identifier, "assumption", label, assumption.written, "", layer, {"reason": assumption.reason}
    )


def assumptions_of(found: Found) -> tuple[Row, ...]:
    """Every assumption in force, those that the scenario makes by its choices among them."""
    rows: list[Row] = [
        {
            "variable": one.variable,
            "from": one.first,
            "to": one.last,
            "value": one.written,
            "reason": one.reason,
        }
        for one in found.scenario.assumptions
        if is_used(one, found)
    ]
    for name, value in found.limits.named:
        reference = value.setting.reference
        reason = value.setting.text("reason") or f"{reference.get('publisher')}: {reference.get('title')}"
        first, last = found.scenario.years[0], found.scenario.horizon
        rows.append({"variable": name, "from": first, "to": last, "value": value.written, "reason": reason})
    notes = [note for one in found.valuations for note in one.notes]
    notes += crosswalk_rows(one.crosswalk for one in found.course.categories)
    for rise in found.course.rises:
        if rise.value:
            reference = rise.value.setting.reference
            reason = rise.value.setting.text("reason") or f"{reference['publisher']}: {reference['title']}"
            rows.append({"variable": rise.name, "from": rise.first, "to": rise.last,
                         "value": rise.value.written, "reason": reason})  # fmt: skip
    counts = definition_row(found.scenario, found.target, found.base, found.vocabulary)
    chosen = (*_choices(found.scenario, found.base), *_fiscal_years(found), *counts)
    for variable, text, reason in (*chosen, *_printed(found), *notes):
        rows.append({"variable": variable, "from": None, "to": None, "value": text, "reason": reason})
    return tuple(rows)


def _choices(scenario: Scenario, base: Base) -> Iterator[tuple[str, str, str]]:
    """What the scenario settles without a number of its own: variable, value, reason."""
    target: Mapping[str, object] = scenario.data.get("target", {})
    if target.get("reason"):
        yield "target_year", str(scenario.by), str(target["reason"])
    rate = scenario.data["drivers"]["exchange_rate"]
    if rate["year"] != scenario.base_year:
        yield "exchange_rate", f"that of {rate['year']} for {scenario.base_year}", rate["reason"]
    yield _center(scenario)
    yield from _carried_over(scenario)
    yield from _taken_as_said(base)
    if bridge := base.bridge:
        title = f"{bridge.reference['publisher']}: {bridge.reference['title']}"
        reason = f"Spending and its share are in two definitions; {title}."
        yield "definition_bridge", f"{bridge.to} is {bridge.written} times {bridge.start}", reason
    yield "gdp", "implied GDP", _vintage(base)


def _fiscal_years(found: Found) -> Iterator[tuple[str, str, str]]:
    """That spending of fiscal years is moved by series of GDP, whose years are those of the calendar."""
    actor = found.vocabulary.entry("actors", found.scenario.data["actor"])
    month = int(actor.number("fiscal_year_start_month")) if actor else 1
    fiscal = any(claim.when and claim.when.kind == "fiscal" for claim in found.base.spending.claims)
    if fiscal and month != 1:
        reason = (
            f"Spending is of fiscal years, which begin in {month_name[month]}; that of a fiscal year is set "
            "beside the GDP that the series have for the year of the same number."
        )
        yield "fiscal_years", "as the years of the series", reason


def _center(scenario: Scenario) -> tuple[str, str, str]:
    """Which number of the draws is held at the path of the sources: their median, or the mean of levels."""
    center = scenario.data["drivers"].get("center", "median")
    reason = {
        "mean": "The mean of GDP over the draws lies at the path of the sources; the median lies below.",
        "median": "Shocks are centred on the path of the sources; the mean of GDP over the draws lies above.",
    }
    return "center", center, reason[center]


def _carried_over(scenario: Scenario) -> Iterator[tuple[str, str, str]]:
    """How the deviations of a year carry over into the next, where the scenario says so itself."""
    matrix: Mapping[str, Any] | None = scenario.data["drivers"]["shocks"].get("matrix")
    if matrix:
        rows = (f"{row}: {', '.join(f'{matrix[row][one]:g}' for one in VARIABLES)}" for row in VARIABLES)
        title = matrix.get("reference", {})
        reason = matrix.get("reason") or f"{title['publisher']}: {title['title']}"
        yield "persistence", "; ".join(rows), reason


def _taken_as_said(base: Base) -> Iterator[tuple[str, str, str]]:
    """What one of spending and share leaves open and is taken as the other says it."""
    names = {"share": "the share", "spending": "the spending"}
    if any(claim.status is None for claim in base.share.claims):
        reason = "The source does not say of which budget the share is; it is taken as that of the spending."
        yield "share_status", "as the spending", reason
    for silent, key, value in base.unsaid:
        if (silent, key) != ("share", "status"):
            other = names["spending" if silent == "share" else "share"]
            reason = f"The source of {names[silent]} does not say its {key}; it is taken as that of {other}."
            yield f"{silent}_{key.replace(' ', '_')}", f"{value}, as {other}", reason


def _vintage(base: Base) -> str:
    """Whether the two numbers that imply GDP are known to be of one vintage."""
    rest = "no published GDP is used."
    documents = [dict.fromkeys(claim.document for claim in one.claims) for one in (base.spending, base.share)]
    if len({*documents[0], *documents[1]}) == 1:
        return f"GDP is spending divided by its share, both as {next(iter(documents[0]))} gives them; {rest}"
    spending, share = (" and ".join(names) for names in documents)
    return (
        f"GDP is the spending of {spending} divided by the share of {share}. Nothing that they say of "
        f"status, year and edition differs, but that both are of one vintage is not said; {rest}"
    )


def _printed(found: Found) -> Iterator[tuple[str, str, str]]:
    """That a source prints the base in the other currency, and not what our rate makes of it."""
    base, economy, vocabulary = found.base, found.economy, found.vocabulary
    printed, ours = base.printed, converted(found)
    if printed is None or ours.interval.meets(printed.interval):
        return
    here, there = base.spending.claims[0], printed.claims[0]
    names = (economy.currency, economy.foreign_currency, vocabulary)
    amount = amount_words(float(ours.value), printed.unit, vocabulary)
    rates = base.spending.interval / printed.interval
    if base.spending.unit != economy.currency:
        rates = printed.interval / base.spending.interval
    reason = (
        f"At {rate_words(economy.rate, *names)} the {here.quote} of {here.document} is {amount}, not the "
        f"{there.quote} that {there.document} prints, which takes {float(rates.low):,.2f} to "
        f"{rate_words(float(rates.high), *names)}. An amount converted here does not confirm that source."
    )
    yield "spending_converted", f"{amount}, not {there.quote}", reason


def converted(found: Found) -> Amount:
    """The base year's spending in the other currency, at the rate of the scenario."""
    base, economy = found.base, found.economy
    at_home = base.spending.unit == economy.currency
    rate = Interval.exactly(repr(economy.rate))
    interval = base.spending.interval / rate if at_home else base.spending.interval * rate
    unit = economy.foreign_currency if at_home else economy.currency
    own = Interval.exactly(base.spending.value)
    value = (own / rate if at_home else own * rate).middle
    return Amount(interval, value, unit, base.spending.claims)
