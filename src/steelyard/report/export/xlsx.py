"""The report as one workbook: a sheet for each table, with formulas that redo the sums.

Claims, series and draws are numbers; what follows from them is a formula beside the number of the program,
with a column that says whether the two agree.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import isfinite

from steelyard.core.problems import Problem, sort_problems
from steelyard.project.ensemble import Ensemble, Headline, Origin
from steelyard.report.appendix import parameter_table
from steelyard.report.export.finding_sheets import claims_sheet, findings_sheet
from steelyard.report.export.scenario_sheets import extra_cost_sheet, scenario_sheets
from steelyard.report.export.sheet_layout import fitting_width
from steelyard.report.export.sources import inputs_hash, sources_of
from steelyard.report.export.spreadsheet import (
    Column,
    Content,
    Formula,
    Sheet,
    number_in_cell,
    to_workbook,
)
from steelyard.report.outlook import Outlook
from steelyard.report.page import View
from steelyard.report.responsibility import Comparison
from steelyard.report.results import Results
from steelyard.report.tables import Table

CLAIMS, FINDINGS, EXTRA_COST = "Claims", "Findings", "Extra cost"
_ABOUT = "About"
_ALL = (_ABOUT, CLAIMS, FINDINGS, EXTRA_COST)
# What else has a sheet, by its name.
_OTHERS = (
    "Headline numbers",
    "Chances",
    "Assumptions",
    "Rests on",
    "Responsibility",
    "Panel",
    "Series",
    "Parameters",
    "Sources",
    "Problems",
    "Inputs",
)
# The headings of plain lists; one that ends in "#" is of years.
_HEADLINES = (
    "Scenario|Number|Unit|Year#|Value (in the unit of the row)|Monte Carlo error|Left open: low|"
    "Left open: high|Equation|Rests on"
)
_CHANCES = (
    "Scenario|Year#|Reached by then (0 to 1)|Monte Carlo error|Left open: low|Left open: high|"
    "Reached and kept (0 to 1)|Monte Carlo error of that"
)
_PANEL = (
    "Measure|Member|Year#|Low|At the figures as printed|High|Unit|Both ends reached|Rests on an estimate|"
    "Members|Editions|Origin"
)
# Columns of ids, which are there to be searched and not to be read.
_LISTS = ("Rests on", "Origin")
_ORIGINS = "Scenario|Input|Kind|What|Value|Unit|Layer|Reference"


def to_xlsx(view: View, version: str) -> bytes:
    """The workbook of what a page shows."""
    results, links = view.results, view.links
    ensembles = [outlook.ensemble for outlook in view.outlooks]
    claims = claims_sheet(results, links, CLAIMS)
    scenarios = scenario_sheets(ensembles, [*_ALL, *_OTHERS])
    extra = extra_cost_sheet(scenarios, EXTRA_COST)
    sheets = [
        claims,
        findings_sheet(results, links, FINDINGS, claims),
        *([extra] if extra else []),
        *(scenario.sheet() for scenario in scenarios),
        *_of_scenarios(ensembles),
        *([_responsibility(view.comparison)] if view.comparison else []),
        *_panel(results),
        *_appendix(results, view.outlooks, [*results.problems, *view.problems]),
    ]
    about = _about(results, sheets, version)
    return to_workbook([about, *sheets], title=results.title, creator=f"steelyard {version}")


def _about(results: Results, sheets: Sequence[Sheet], version: str) -> Sheet:
    """What is what, whether all formulas agree, and what the file was made from."""
    columns = (
        Column("What", 26),
        Column("Is", 100),
        Column("Formulas that agree", 14, is_whole=True),
        Column("That do not", 14, is_whole=True),
    )
    about = Sheet(_ABOUT, columns)
    text = [
        ("Report", results.title),
        ("Made by", f"steelyard {version}, from the files on the sheet Inputs"),
        ("Hash of the inputs", inputs_hash(results.inputs)),
        *(("Command", command) for command in results.commands),
        (
            "How to read it",
            "A number without a formula was read from a source or comes from the program. A formula does a "
            "sum of the report once more, from cells of this workbook; the column behind it says whether "
            "both agree. Change a claim or a path, and see what follows.",
        ),
        ("Amounts", "In single units of what stands in the column or row of units: 46.1 billion is 46.1e9."),
        ("Empty bounds", "An empty low or high end is open: “more than 60” has a low end only."),
    ]
    about.rows += [(*row, None, None) for row in text]
    for sheet in sheets:
        checks = [place for place, column in enumerate(sheet.columns) if column.is_check]
        counts = [_count(sheet, checks, word) if checks else None for word in ("yes", "no")]
        about.rows.append((f"Sheet {sheet.name}", sheet.about, *counts))
    return about


def _count(sheet: Sheet, checks: Sequence[int], word: str) -> Formula:
    """How many cells of some columns say a word."""
    text = "+".join(f'COUNTIF({sheet.column_from_outside(place)},"{word}")' for place in checks)
    said = [row[place] for row in sheet.rows for place in checks]
    return Formula(text, sum(isinstance(cell, Formula) and cell.value == word for cell in said))


def _of_scenarios(ensembles: Sequence[Ensemble]) -> Iterator[Sheet]:
    """What belongs to the scenarios beside their years: headlines, chances, assumptions, origins."""
    headlines = [_headline(ensemble, one) for ensemble in ensembles for one in ensemble.headline]
    yield from _listed("Headline numbers", "What each scenario comes to.", _HEADLINES, headlines)
    chances = [
        (ensemble.scenario, one.year, one.value, one.error, one.low, one.high, one.kept, one.kept_error)
        for ensemble in ensembles
        for one in ensemble.reach
    ]
    yield from _listed("Chances", "Probabilities of reaching the target by each year.", _CHANCES, chances)
    keys = list(dict.fromkeys(key for one in ensembles for row in one.assumptions for key in row))
    assumptions = [
        (ensemble.scenario, *("" if row.get(key) is None else str(row[key]) for key in keys))
        for ensemble in ensembles
        for row in ensemble.assumptions
    ]
    columns = "|".join(["Scenario", *(key.replace("_", " ").capitalize() for key in keys)])
    yield from _listed("Assumptions", "Set by the scenario, not found in a source.", columns, assumptions)
    origins = [_origin(ensemble, one) for ensemble in ensembles for one in ensemble.origins]
    yield from _listed("Rests on", "What the numbers of each scenario rest on.", _ORIGINS, origins)


def _headline(ensemble: Ensemble, one: Headline) -> tuple[Content, ...]:
    numbers = (one.value, one.error, one.low, one.high)
    unit = one.unit or "probability"
    return ensemble.scenario, one.label, unit, one.year, *numbers, one.equation, "; ".join(one.inputs)


def _origin(ensemble: Ensemble, one: Origin) -> tuple[Content, ...]:
    reference = ", ".join(str(text) for text in (one.reference or {}).values() if text)
    return ensemble.scenario, one.id, one.kind, one.label, one.value, one.unit, one.layer, reference


def _responsibility(comparison: Comparison) -> Sheet:
    """The matrix of both documents, a row for each function and actor."""
    columns = (
        Column("Responsibility", 34),
        Column("Actor", 18),
        Column(f"{comparison.left.label}: role", 24),
        Column(f"{comparison.left.label}: worded", 24),
        Column(f"{comparison.right.label}: role", 24),
        Column(f"{comparison.right.label}: worded", 24),
        Column("What moved", 18),
    )
    rows: list[tuple[Content, ...]] = []
    for duty in comparison.duties:
        sides = [
            (side.role if side else "", manner) for side, manner in zip(duty.sides, duty.manners, strict=True)
        ]
        rows.append((duty.function, duty.actor, *sides[0], *sides[1], duty.cell.transition))
    return Sheet("Responsibility", columns, rows, "Who is responsible for what in two documents.")


def _panel(results: Results) -> Iterator[Sheet]:
    """Every measure of every member and of all together."""
    rows: list[tuple[Content, ...]] = [
        (
            *(row.measure, row.member, row.year, row.low, row.middle, row.high, row.unit),
            *("yes" if flag else "no" for flag in (row.sharp, row.estimate)),
            *(row.members, "; ".join(row.editions), "; ".join(row.origin)),
        )
        for row in (results.panel.measured.rows if results.panel else ())
    ]
    yield from _listed("Panel", "Who bears what in the alliance.", _PANEL, rows)


def _appendix(results: Results, outlooks: Sequence[Outlook], problems: Sequence[Problem]) -> Iterator[Sheet]:
    """Series, parameters, sources, problems and inputs."""
    points = [
        (
            one.actor,
            one.measure,
            point.year,
            number_in_cell(point.value),
            one.unit,
            one.edition,
            point.source,
            point.locator,
        )
        for one in results.series
        for point in one.points
    ]
    columns = "Actor|Measure|Year#|Value (in the unit of the row)|Unit|Edition|Source|Place in it"
    yield from _listed("Series", "Observed data that the projections start from.", columns, points)
    names = list(dict.fromkeys(name for outlook in outlooks for name in outlook.parameters))
    layers = frozenset[str]().union(*(outlook.layers for outlook in outlooks))
    if table := parameter_table(names, results.vocabulary, layers):
        yield _from_table(table, "Parameters")
    sources = [
        tuple(
            str(source.get(key) or "")
            for key in ("title", "producer", "published", "version", "path", "citation")
        )
        for source in sources_of(results)
    ]
    columns = "Title|Publisher|Published|Edition|Address or file|To cite it"
    yield from _listed("Sources", "What the report was made from.", columns, sources)
    told = [
        (one.code, one.severity, str(one.origin), one.message, one.hint) for one in sort_problems([*problems])
    ]
    columns = "Code|Severity|Place|What|Remedy"
    yield from _listed(
        "Problems", "What could not be used or computed, and what would cure it.", columns, told
    )
    inputs = sorted(results.inputs.items())
    yield from _listed("Inputs", "Files that went in, with their hashes.", "File|SHA-256", inputs)


def _listed(name: str, about: str, headings: str, rows: Sequence[tuple[Content, ...]]) -> Iterator[Sheet]:
    """A sheet of plain rows, if there are any; a heading that ends in "#" is of years or counts."""
    if rows:
        columns = _columns(headings.split("|"), rows)
        yield Sheet(name, columns, [*rows], about, kept=1)


def _columns(headings: Sequence[str], rows: Sequence[tuple[Content, ...]]) -> tuple[Column, ...]:
    """Columns as wide as what is in them."""
    return tuple(
        Column(
            heading,
            _width(heading, [row[place] for row in rows]),
            is_whole=marked[-1:] == "#",
            is_list=heading in _LISTS,
        )
        for place, marked in enumerate(headings)
        for heading in [marked.removesuffix("#")]
    )


def _width(heading: str, cells: Sequence[Content]) -> int:
    """The width for a heading and its cells; that of numbers is wide enough for amounts in single units."""
    texts = [cell for cell in cells if isinstance(cell, str)]
    amounts = [f"  {cell:,.0f}" for cell in cells if isinstance(cell, float | int) and isfinite(cell)]
    least = "  0.0000" if amounts else ""
    return fitting_width(heading, [*texts, *amounts, least])


def _from_table(table: Table, name: str) -> Sheet:
    """A table of the page as a sheet; its groups become a first column."""
    key = [table.key.capitalize()] if table.key else []
    rows: list[tuple[Content, ...]] = [
        (*([group.heading] if key else []), *(cell.text for cell in row.cells))
        for group in table.groups
        for row in group.rows
    ]
    return Sheet(name, _columns([*key, *table.columns], rows), rows, table.caption, kept=1)
