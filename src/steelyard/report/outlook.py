"""Scenarios as the page shows them: yearly tables, chances, origins, and a sentence for the summary."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from steelyard.core.vocabulary import Vocabulary
from steelyard.project.ensemble import PROBABILITIES, Cell, Ensemble, Reach
from steelyard.project.rules import RULES
from steelyard.report import tables
from steelyard.report.headlines import (
    MEDIAN,
    Equation,
    between,
    equations_of,
    headlines_table,
    in_scale,
    percent,
    points,
)
from steelyard.report.links import Links, anchor
from steelyard.report.matters import matters_table
from steelyard.report.members import written_as
from steelyard.report.origins import input_anchors, origins_table, parameter_of
from steelyard.report.owed import Section, sections_of
from steelyard.report.own_path import is_reference, own_numbers, parents_of
from steelyard.report.results import Results
from steelyard.report.tables import Group, Row, Table
from steelyard.report.wording import Wording, percent_joined, plain_number, supported

# The variables on the page, in its order; all others go into the files beside it.
SHOWN: Mapping[str, str] = MappingProxyType(
    {
        "share": "Share of GDP",
        "spending": "Spending, current prices",
        "spending_foreign": "Spending at the market rate of the year",
        "spending_real": "Spending, prices of the base year",
        "spending_own_use": "Spending, defence prices of the base year",
        "spending_real_foreign": "Real spending at the market rate of the base year",
        "spending_purchasing_power": "Spending at purchasing power parity of GDP",
        "spending_military_parity": "Spending at military purchasing power parity",
        "extra": "More than with a constant share, current prices",
        "extra_cumulative": "The same, added up since the base year",
        "extra_cumulative_foreign": "The same, added up, at the market rates",
    }
)
# What a reference that keeps its share has nothing of: what it costs over itself.
_OVER_SHARE = ("extra", "extra_cumulative", "extra_cumulative_foreign")
_QUANTILE_NAMES = tuple(f"{100 * probability:g}%" for probability in PROBABILITIES)
Runs = tuple[tables.Cell, ...]
# Said where the path aims at the target and nothing keeps it from being voted.
_CHANCE = (
    "the path aims at just this share and budgets are voted on the GDP expected, so the chance says little "
    "more than how often GDP turns out no higher than expected"
)


@dataclass(frozen=True, slots=True)
class Outlook:
    """One scenario in words and tables.

    `parameters` are the ids of the parameters that it rests on, `layers` those of the postures and scenarios
    that may set them; `chance` says how to read the probabilities, "" where there is nothing to say;
    `is_member` tells that it was written once for several actors; `parent` is the scenario that it is made
    from where both spend the same, and then headlines, what matters and sections are those that differ.
    """

    ensemble: Ensemble
    anchor: str
    rests_on: str
    headlines: Table | None
    matters: Table | None
    sections: tuple[Section, ...]
    yearly: Table
    reach: Table | None
    assumptions: Table | None
    origins: Table | None
    parameters: tuple[str, ...]
    layers: frozenset[str]
    chance: str
    sentence: Runs
    is_member: bool = False
    equations: tuple[Equation, ...] = ()
    parent: Ensemble | None = None

    @property
    def id(self) -> str:
        """The scenario's id."""
        return self.ensemble.scenario

    @property
    def reference(self) -> str:
        """The id of the scenario that it is measured against, or ""."""
        return self.ensemble.reference_scenario

    @property
    def parent_anchor(self) -> str:
        """Where the path is told, "" where it is this scenario's own."""
        return anchor("scenario", self.parent.scenario) if self.parent else ""


def describe_ensembles(results: Results, links: Links) -> tuple[Outlook, ...]:
    """All scenarios: the one that the results name, then the slowest first, those that others are measured
    against last.
    """
    references = {ensemble.reference_scenario for ensemble in results.ensembles}

    def place(outlook: Outlook) -> tuple[bool, bool, int]:
        return outlook.id != results.headline, outlook.id in references, -(outlook.ensemble.target_year or 0)

    return tuple(sorted((_describe(ensemble, results, links) for ensemble in results.ensembles), key=place))


def _describe(ensemble: Ensemble, results: Results, links: Links) -> Outlook:
    name = anchor("scenario", ensemble.scenario)
    wording = Wording(results.vocabulary)
    aims = _aims(ensemble)
    used = [origin for origin in ensemble.origins if origin.kind == "parameter"]
    told, parent = own_numbers(ensemble, results), parents_of(results).get(ensemble.scenario)
    return Outlook(
        ensemble=ensemble,
        anchor=name,
        rests_on=_rests_on(ensemble, results.vocabulary),
        headlines=headlines_table(ensemble, told, name, wording),
        matters=matters_table(ensemble, told, name, wording),
        sections=_own_sections(ensemble, parent, name, results.vocabulary),
        yearly=_yearly(ensemble, name, wording, () if is_reference(ensemble, results) else _OVER_SHARE),
        reach=_reach(ensemble, name),
        assumptions=_assumptions(ensemble, name),
        origins=origins_table(ensemble, name, results, links),
        parameters=tuple(parameter_of(origin) for origin in used),
        layers=frozenset(
            (ensemble.scenario, ensemble.posture, *(origin.id.partition("@")[2] for origin in used))
        ),
        chance=f"Of the probabilities: {_CHANCE}; to meet it in every year takes that in every year."
        if aims
        else "",
        sentence=_sentence(ensemble, name, wording, f", for {_CHANCE}" if aims else ""),
        is_member=bool(written_as(ensemble.scenario, results.vocabulary)),
        equations=equations_of(ensemble, told, name, input_anchors(ensemble, name)),
        parent=parent,
    )


def _own_sections(
    ensemble: Ensemble, parent: Ensemble | None, name: str, vocabulary: Vocabulary
) -> tuple[Section, ...]:
    """What a scenario owes or loses, as far as its parent does not owe or lose just the same."""

    def told(section: Section) -> tuple[str, list[list[str]]]:
        return section.heading, [[cell.text for cell in row.cells] for row in section.table.rows]

    wording = Wording(vocabulary)
    known = [told(one) for one in sections_of(parent, name, wording, vocabulary)] if parent else []
    return tuple(one for one in sections_of(ensemble, name, wording, vocabulary) if told(one) not in known)


def _aims(ensemble: Ensemble) -> bool:
    """Whether the rule leads just to the target and no limit keeps the budget from being voted so."""
    rules = [origin.id.removeprefix("equation:") for origin in ensemble.origins if origin.kind == "equation"]
    parameters = [origin for origin in ensemble.origins if origin.kind == "parameter"]
    leads = bool(rules) and rules[0] in RULES and "target" in RULES[rules[0]].needs
    return bool(leads and ensemble.reach and ensemble.target is not None and len(parameters) < 2)


def _source(ensemble: Ensemble, name: str) -> str:
    """The anchor of what the numbers of a scenario rest on, "" where it says nothing of that."""
    return f"{name}-origins" if ensemble.origins else ""


def _rests_on(ensemble: Ensemble, vocabulary: Vocabulary) -> str:
    """Actor, years, posture, draws and seed in a line."""
    parts = [vocabulary.label("actors", ensemble.actor), f"{ensemble.base_year} to {ensemble.horizon}"]
    if ensemble.target is not None:
        parts.append(f"target {plain_number(ensemble.target)}% of GDP by {ensemble.target_year}")
    if ensemble.posture:
        parts.append(f"posture {vocabulary.label('postures', ensemble.posture)}")
    if ensemble.reference_scenario:
        parts.append(f"measured against {vocabulary.label('scenarios', ensemble.reference_scenario)}")
    return f"{'; '.join(parts)}. {ensemble.draws:,} draws, seed {ensemble.seed}."


def _yearly(ensemble: Ensemble, name: str, wording: Wording, over_share: Collection[str]) -> Table:
    """Quantiles of every shown variable by year, and the box of rounding apart from them; of those that are
    over a constant share only some.
    """
    groups = []
    for variable, label in SHOWN.items():
        cells = ensemble.series(variable)
        if cells and (variable not in _OVER_SHARE or variable in over_share):
            factor, word = wording.scale(
                cells[0].unit, *(value for cell in cells for value in cell.quantiles)
            )
            unit = f"{word} {cells[0].unit}".strip()
            decimals = 2 if cells[0].unit.startswith("%") else 1
            rows = tuple(_year(cell, f"{name}-{variable}", float(factor), decimals) for cell in cells)
            groups.append(Group(f"{label} ({unit})", rows))
    columns = ("Year", *_QUANTILE_NAMES, "Error at most", "Box: low", "Box: high")
    caption = (
        "Quantiles over the draws by year, and the largest Monte Carlo standard error among those of a "
        "year; no digit is shown behind the first of its error. The box stands apart: it is what the "
        "rounding of the claims leaves open on the path without shocks."
    )
    return Table(
        f"{name}-yearly",
        caption,
        columns,
        tuple(groups),
        frozenset(range(1, 9)),
        key="variable",
        rests_on=_source(ensemble, name),
    )


def _year(cell: Cell, origin: str, factor: float, decimals: int) -> Row:
    """A year's quantiles, each with the digits that its own error leaves, the largest error, and the box."""
    shown = []
    for value, error in zip((*cell.quantiles, *cell.box), (*with_errors(cell), None, None), strict=True):
        text = plain_number(value / factor, supported(decimals, error, factor))
        shown.append(tables.Cell(text, origin, plain=repr(value), number=True))
    most = max(cell.errors, default=None)
    plain = "" if most is None else repr(most)
    shown.insert(-2, tables.Cell(in_scale(most, factor), origin, plain=plain, number=True))
    return Row((tables.Cell(str(cell.year), origin), *shown))


def with_errors(cell: Cell) -> Sequence[float | None]:
    """The errors of a cell's quantiles; None for each where no draw moves them."""
    return cell.errors or (None,) * len(cell.quantiles)


def _reach(ensemble: Ensemble, name: str) -> Table | None:
    """The chance of having reached the target by each year."""
    rows = [_chance(reach, f"{name}-origins") for reach in ensemble.reach]
    if not rows:
        return None
    columns = (
        *("Year", "Reached by then", "Left open by the claims", "Reached and kept from then on"),
        "Error at most",
    )
    caption = (
        f"Probability of reaching {plain_number(ensemble.target or 0)}% of GDP by each year, with the "
        "larger Monte Carlo standard error of the two."
    )
    numbers = frozenset((1, 2, 3, 4))
    groups = tables.one_group(rows)
    return Table(f"{name}-reach", caption, columns, groups, numbers, rests_on=_source(ensemble, name))


def _chance(reach: Reach, origin: str) -> Row:
    low, high = (percent(end, reach.error) for end in (reach.low, reach.high))
    kept = percent(reach.kept, reach.kept_error)
    most = max((one for one in (reach.error, reach.kept_error) if one is not None), default=None)
    texts = (percent(reach.value, reach.error), between(low, high), kept, points(most))
    return Row(
        (tables.Cell(str(reach.year), origin), *(tables.Cell(text, origin, number=True) for text in texts))
    )


def _assumptions(ensemble: Ensemble, name: str) -> Table | None:
    """What no source gives and the author of the scenario has set, with the reasons."""
    keys = list(dict.fromkeys(key for row in ensemble.assumptions for key in row))
    rows = [
        Row(
            tuple(
                tables.Cell(
                    "" if row.get(key) is None else percent_joined(str(row[key])), f"{name}-assumptions"
                )
                for key in keys
            )
        )
        for row in ensemble.assumptions
    ]
    columns = tuple(key.replace("_", " ").capitalize() for key in keys)
    caption = "Assumptions: set by the scenario, not found in a source."
    return Table(f"{name}-assumptions", caption, columns, tables.one_group(rows)) if rows else None


def _sentence(ensemble: Ensemble, name: str, wording: Wording, explained: str) -> Runs:
    """The headline of the summary: spending in the last year, its cost in all, the chance of the target."""
    year = ensemble.target_year or ensemble.horizon
    runs = [tables.Cell(ensemble.label, link=name), tables.Cell(": ")]
    spending = cell_of(ensemble, "spending", year)
    if spending:
        runs += [
            tables.Cell(f"in {year} spending comes to "),
            *_fan_words(spending, f"{name}-yearly", wording),
        ]
    total = cell_of(ensemble, "extra_cumulative", year)
    if total and any(total.quantiles):
        runs += [
            tables.Cell("; added up since then, " if not spending else "; added up until then, that is ")
        ]
        runs += [
            *_fan_words(total, f"{name}-yearly", wording),
            tables.Cell(" more than with a constant share of GDP"),
        ]
    chance = next((reach for reach in ensemble.reach if reach.year == year), None)
    if chance and ensemble.target is not None:
        link = f"{name}-reach"
        low, high = percent(chance.low, chance.error), percent(chance.high, chance.error)
        between = f" ({low} to {high} over the rounding of the claims)" if low != high else ""
        runs.append(
            tables.Cell(f"; {plain_number(ensemble.target)}% is reached by then with a probability of ")
        )
        shown = percent(chance.value, chance.error)
        runs += [tables.Cell(shown, link=link), tables.Cell(f"{between}{explained}")]
    return (*runs, tables.Cell("."))


def cell_of(ensemble: Ensemble, variable: str, year: int) -> Cell | None:
    """One variable of a scenario in one year; None where it has none."""
    return next((cell for cell in ensemble.series(variable) if cell.year == year), None)


def _fan_words(cell: Cell, link: str, wording: Wording) -> Runs:
    """A median with the span of nine in ten draws behind it."""
    errors = with_errors(cell)
    median = wording.rounded(cell.quantiles[MEDIAN], cell.unit, errors[MEDIAN])
    span = wording.span(cell.quantiles[0], cell.quantiles[-1], cell.unit, (errors[0], errors[-1]))
    return tables.Cell(median, link=link), tables.Cell(f" (nine in ten draws: {span})")
