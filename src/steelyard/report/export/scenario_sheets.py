"""The sheets of scenarios: every variable by year, and the sums that can be redone from other cells.

Sums hold on the path without shocks, so that column is redone. Quantiles are over draws, which no file holds:
the median of a sum is not the sum of the medians.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from steelyard.project.ensemble import PROBABILITIES, Cell, Ensemble
from steelyard.report.export.cell_sums import (
    CellSum,
    agreement,
    constant,
    rounded_cell,
    rounding_of,
    total,
)
from steelyard.report.export.spreadsheet import Column, Content, Sheet, sheet_name

_QUANTILES = tuple(f"{100 * probability:g}%" for probability in PROBABILITIES)
_COLUMNS = (
    Column("Variable", 30),
    Column("Year", 7, is_whole=True),
    Column("Unit", 20),
    Column("Equation", 34),
    Column("Path without shocks (in the unit of the row)", 24),
    Column("The same by formula", 24),
    Column("May differ by (rounding)", 18),
    Column("Do they agree?", 11, is_check=True),
    Column("Left open by the claims: low", 24),
    Column("Left open by the claims: high", 24),
    *(Column(f"{name} of the draws are below", 24) for name in _QUANTILES),
    *(Column(f"Monte Carlo error of {name}", 20) for name in _QUANTILES),
    Column("Rests on", 50, is_list=True),
)
_CENTRAL, _REDONE, _ALLOWED = 4, 5, 6
_SUMMED = "_cumulative"
# What a variable's ending does to it: the one behind the bar is what it is divided by, as spending tells it.
_CONVERTED = {"_foreign": "spending_foreign", "_real": "spending_real"}
SPENDING, GDP, SHARE, EXTRA, DIFFERENCE = "spending", "gdp", "share", "extra", "difference"


@dataclass(frozen=True)
class ScenarioSheet:
    """The sheet of one scenario and where its numbers stand; `reference` is that of what it is measured
    against, None where there is none.
    """

    ensemble: Ensemble
    name: str
    reference: ScenarioSheet | None = None

    @cached_property
    def _rows(self) -> Mapping[tuple[str, int], int]:
        return {(cell.variable, cell.year): row for row, cell in enumerate(self.ensemble.cells)}

    def cell(self, variable: str, year: int, *, outside: bool = False) -> CellSum | None:
        """The cell of the path without shocks, None where there is none; `outside` for other sheets."""
        row = self._rows.get((variable, year))
        if row is None:
            return None
        blank = Sheet(self.name, _COLUMNS)
        address = blank.cell_from_outside(row, _CENTRAL) if outside else blank.cell(row, _CENTRAL)
        return rounded_cell(address, self.ensemble.cells[row].central)

    def sheet(self) -> Sheet:
        """All rows, in the order of the scenario's variables."""
        about = f"{self.ensemble.label}: each variable by year, with the sums that can be redone."
        sheet = Sheet(self.name, _COLUMNS, [], about, kept=2)
        sheet.rows += [self._row(row, cell, sheet) for row, cell in enumerate(self.ensemble.cells)]
        return sheet

    def _row(self, row: int, cell: Cell, sheet: Sheet) -> tuple[Content, ...]:
        redone: tuple[Content, ...] = (None, None, None)
        try:
            found = self._redone(cell.variable, cell.year)
        except ZeroDivisionError:
            found = None
        if found:
            allowed = found.slack + rounding_of(cell.central)
            cells = sheet.cell(row, _REDONE), sheet.cell(row, _CENTRAL)
            check = agreement(found, cells, cell.central, sheet.cell(row, _ALLOWED))
            redone = (found.formula, allowed, check)
        errors = cell.errors or (None,) * len(_QUANTILES)
        numbers = (cell.central, *redone, *cell.box, *cell.quantiles, *errors)
        return cell.variable, cell.year, cell.unit, cell.equation, *numbers, "; ".join(cell.inputs)

    def _redone(self, variable: str, year: int) -> CellSum | None:
        """A number from other cells, None where the file does not hold what it is made of."""
        kind, bar, own = variable.partition(":")
        ending = f"{bar}{own}"
        if _SUMMED in kind:
            return self._summed(f"{kind.replace(_SUMMED, '', 1)}{ending}", year)
        if kind == SHARE:
            return self._quotient(constant(100), self.cell(SPENDING, year), self.cell(GDP, year))
        if kind == EXTRA:
            return self._extra(year)
        if kind == DIFFERENCE and self.reference:
            spent, other = self.cell(SPENDING, year), self.reference.cell(SPENDING, year, outside=True)
            return spent - other if spent and other else None
        for tail, spending in _CONVERTED.items():
            if kind.endswith(tail) and kind != spending and not kind.endswith(f"_real{tail}"):
                plain = self.cell(f"{kind.removesuffix(tail)}{ending}", year)
                return self._quotient(plain, self.cell(spending, year), self.cell(SPENDING, year))
        return None

    def _quotient(
        self, first: CellSum | None, second: CellSum | None, under: CellSum | None
    ) -> CellSum | None:
        """The product of two over a third, where all are known."""
        return first * second / under if first and second and under else None

    def _extra(self, year: int) -> CellSum | None:
        """Spending over what the share of the base year would come to."""
        spent, gdp = self.cell(SPENDING, year), self.cell(GDP, year)
        share = self.cell(SHARE, self.ensemble.base_year)
        return spent - share / constant(100) * gdp if spent and gdp and share else None

    def _summed(self, plain: str, year: int) -> CellSum | None:
        """All years of a variable up to one added up; they lie below one another."""
        years = [cell.year for cell in self.ensemble.series(plain) if cell.year <= year]
        cells = [found for each in years if (found := self.cell(plain, each))]
        in_a_row = bool(years) and years == list(range(years[0], year + 1))
        return total(cells[0].text, cells[-1].text, cells) if in_a_row else None


def scenario_sheets(ensembles: Sequence[Ensemble], taken: Sequence[str]) -> list[ScenarioSheet]:
    """A sheet for each scenario, those that others are measured against joined to these."""
    names: dict[str, str] = {}
    for ensemble in ensembles:
        names[ensemble.scenario] = sheet_name(ensemble.scenario, [*taken, *names.values()])
    alone = {one.scenario: ScenarioSheet(one, names[one.scenario]) for one in ensembles}
    return [
        replace(sheet, reference=alone.get(sheet.ensemble.reference_scenario)) for sheet in alone.values()
    ]


def extra_cost_sheet(sheets: Sequence[ScenarioSheet], name: str) -> Sheet | None:
    """What each path costs over its reference by year and added up, all by formula; None without any."""
    paths = [sheet for sheet in sheets if sheet.reference]
    years = sorted({cell.year for path in paths for cell in path.ensemble.series(SPENDING)})
    if not years:
        return None
    columns = [Column("Year", 7, is_whole=True)]
    for path in paths:
        unit = next((cell.unit for cell in path.ensemble.series(SPENDING)), "")
        against = path.ensemble.reference_scenario
        columns += [
            Column(f"{path.ensemble.scenario}: spending ({unit})", 24),
            Column(f"{against}: spending ({unit})", 24),
            Column(f"{path.ensemble.scenario} over {against} ({unit})", 24),
            Column(f"The same added up ({unit})", 24),
            Column("The same by the program", 24),
            Column("Do they agree?", 11, is_check=True),
        ]
    about = "What each path costs more than the one it is measured against, on the path without shocks."
    sheet = Sheet(name, tuple(columns), [], about, kept=1)
    sums: dict[str, list[CellSum]] = {}
    for row, year in enumerate(years):
        cells: list[Content] = [year]
        for place, path in enumerate(paths):
            added = sums.setdefault(path.name, [])
            cells += _over_reference(sheet, path, row, year, 1 + 6 * place, added)
        sheet.rows.append(tuple(cells))
    return sheet


def _over_reference(
    sheet: Sheet, path: ScenarioSheet, row: int, year: int, first: int, added: list[CellSum]
) -> list[Content]:
    """The cells of one path in one year; `added` are its differences so far."""
    spent = path.cell(SPENDING, year, outside=True)
    other = path.reference.cell(SPENDING, year, outside=True) if path.reference else None
    if spent is None or other is None:
        return [None] * 6
    mine, theirs = (
        replace(each, text=sheet.cell(row, first + place)) for place, each in enumerate((spent, other))
    )
    more = mine - theirs
    added.append(replace(more, text=sheet.cell(row, first + 2)))
    whole = total(added[0].text, added[-1].text, added)
    known = path.cell(f"{DIFFERENCE}{_SUMMED}", year, outside=True)
    check = None
    if known:
        cells = sheet.cell(row, first + 3), sheet.cell(row, first + 4)
        check = agreement(whole, cells, known.value, repr(whole.slack + known.slack))
    told = [each.formula if each else None for each in (spent, other, more, whole, known)]
    return [*told, check]
