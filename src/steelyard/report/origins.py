"""What the numbers of a scenario rest on, one input a row, each leading to its own place on the page."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from steelyard.project.ensemble import Ensemble, Origin
from steelyard.report.appendix import value_anchor, value_rows
from steelyard.report.links import Links, anchor
from steelyard.report.results import Results
from steelyard.report.tables import Cell, Row, Table, one_group
from steelyard.report.verdicts import quote_claim
from steelyard.report.wording import percent_joined


def parameter_of(origin: Origin) -> str:
    """The id of the parameter whose value an origin is; layer and days stand behind at-signs."""
    return origin.id.removeprefix("parameter:").partition("@")[0]


def origins_table(ensemble: Ensemble, name: str, results: Results, links: Links) -> Table | None:
    """Every input with its number and kind: claims with their words, the rest with their rows."""
    series = {anchor("series", each.id) for each in results.series}
    rows: list[Row] = []
    for origin in ensemble.origins:
        link = _link(origin, results, links, series)
        texts = (origin.kind, value_in_words(origin), origin.layer, _reference(origin, results, links))
        first = Cell(origin.label, origin.id, link, note=str(len(rows) + 1))
        cells = (first, *(Cell(text, origin.id) for text in texts))
        rows.append(Row(cells, anchor(f"{name}-origin", origin.id)))
    columns = ("Input", "Kind", "Value", "Layer", "Reference")
    caption = "What the numbers rest on."
    return Table(f"{name}-origins", caption, columns, one_group(rows)) if rows else None


def input_anchors(ensemble: Ensemble, name: str) -> Mapping[str, str]:
    """The anchor of each input's row by the input's id; `name` is the scenario's anchor."""
    return {origin.id: anchor(f"{name}-origin", origin.id) for origin in ensemble.origins}


def _link(origin: Origin, results: Results, links: Links, series: Collection[str]) -> str:
    """Where the input stands on the page, "" where it does not."""
    if origin.kind == "claim":
        return links.best(origin.id.removeprefix("claim:"))
    if origin.kind == "parameter":
        return _value_link(origin, results)
    place = anchor("series", origin.id.removeprefix("series:"))
    return place if origin.kind == "series" and place in series else ""


def _value_link(origin: Origin, results: Results) -> str:
    """The row of the layer's value among the parameters."""
    name, layer = parameter_of(origin), origin.layer
    entry = results.vocabulary.entry("parameters", name)
    rows = value_rows(entry, results.vocabulary, {layer}) if entry else ()
    place = value_anchor(name, layer, origin.value)
    return place if any(row.anchor == place for row in rows) else ""


def value_in_words(origin: Origin) -> str:
    """The value with its unit, which is left out where the value is written with one."""
    if origin.kind == "claim":
        return origin.value
    if not origin.value or any(letter.isalpha() for letter in origin.value):
        return percent_joined(origin.value)
    if origin.unit.startswith("%"):
        return f"{origin.value.rstrip('% ')}{origin.unit}"
    return percent_joined(f"{origin.value} {origin.unit}".strip())


def _reference(origin: Origin, results: Results, links: Links) -> str:
    """Title, publisher and date; of a claim its sentence and who says so where."""
    claim = results.ledger.by_id(origin.id.removeprefix("claim:")) if origin.kind == "claim" else None
    if claim is None:
        return ", ".join(text.rstrip(".") for text in (origin.reference or {}).values() if text)
    quoted = quote_claim(claim, results, links)
    words = " ".join(f"{quoted.before}{claim.quote}{quoted.after}".split())
    return f"\N{LEFT DOUBLE QUOTATION MARK}{words}\N{RIGHT DOUBLE QUOTATION MARK} {quoted.source}"
