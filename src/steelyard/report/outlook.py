"""Scenarios as the page shows them: yearly tables, chances, origins, and a sentence for the summary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from math import isfinite
from types import MappingProxyType

from steelyard.core.vocabulary import Vocabulary
from steelyard.project.ensemble import PROBABILITIES, Cell, Ensemble, Headline, Reach
from steelyard.project.rules import RULES
from steelyard.report import tables
from steelyard.report.links import Links, anchor
from steelyard.report.matters import in_words, matters_table
from steelyard.report.members import written_as
from steelyard.report.origins import origins_table, parameter_of
from steelyard.report.owed import Section, sections_of
from steelyard.report.results import Results
from steelyard.report.tables import Group, Row, Table
from steelyard.report.wording import Number, Wording, plain_number, significant, supported

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
# Two numbers that lie within one per cent of each other say the same.
SAME = 0.01
_QUANTILE_NAMES = tuple(f"{100 * probability:g}%" for probability in PROBABILITIES)
MEDIAN = PROBABILITIES.index(0.5)
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
    `is_member` tells that it was written once for several actors.
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

    @property
    def id(self) -> str:
        """The scenario's id."""
        return self.ensemble.scenario

    @property
    def reference(self) -> str:
        """The id of the scenario that it is measured against, or ""."""
        return self.ensemble.reference_scenario


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
    told = [headline for headline in ensemble.headline if not _repeats(headline, ensemble)]
    return Outlook(
        ensemble=ensemble,
        anchor=name,
        rests_on=_rests_on(ensemble, results.vocabulary),
        headlines=headlines_table(ensemble, told, name, wording),
        matters=matters_table(ensemble, told, name, wording),
        sections=sections_of(ensemble, name, wording, results.vocabulary),
        yearly=_yearly(ensemble, name, wording),
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
    )


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


def headlines_table(
    ensemble: Ensemble, told: Sequence[Headline], name: str, wording: Wording
) -> Table | None:
    """The named numbers: value, what the draws spread, what the claims leave open."""
    rows = [_headline(headline, wording, _source(ensemble, name)) for headline in told]
    columns = ("Number", "Unit", "Value", "Monte Carlo error", "Nine in ten draws", "Left open")
    caption = (
        "What the scenario comes to. The Monte Carlo error is how far the value may be from that of "
        "infinitely many draws (one standard error); the last column is what the rounding of the claims "
        "leaves open."
    )
    numbers = frozenset((2, 3, 4, 5))
    return Table(f"{name}-headline", caption, columns, tables.one_group(rows), numbers) if rows else None


def _headline(headline: Headline, wording: Wording, source: str) -> Row:
    """One named number; its value leads to what it rests on."""
    origin = "; ".join((headline.equation, *headline.inputs))
    label = f"{headline.label[:1].upper()}{headline.label[1:]}"
    if headline.year is not None and str(headline.year) not in label:
        label = f"{label}, {headline.year}"
    ends = ((headline.value,), headline.quantiles[:: MEDIAN * 2], (headline.low, headline.high))
    own, error = (headline.error,) * 2, "" if headline.error is None else significant(headline.error)
    if headline.unbounded:
        unit = headline.unit
        texts = [" to ".join(dict.fromkeys(in_words(one, headline) for one in end)) for end in ends]
        error = error if isfinite(headline.error or 0.0) else headline.unbounded
    elif headline.unit:
        spread = headline.errors[:: MEDIAN * 2]
        unit, texts = wording.column(headline.unit, *ends, errors=(own[:1], spread, own))
        factor, _ = wording.scale(headline.unit, *chain.from_iterable(ends))
        error = _in_scale(headline.error, factor)
    else:
        unit = "probability"
        low, high = (percent(end, headline.error) for end in ends[2])
        texts = [percent(headline.value, headline.error), "", _between(low, high)]
        error = points(headline.error)
    texts = [texts[0], error, *texts[1:]]
    links = (source, "", "", "")
    numbers = (tables.Cell(text, origin, link, number=True) for text, link in zip(texts, links, strict=True))
    return Row((tables.Cell(label, origin), tables.Cell(unit, origin), *numbers))


def _repeats(headline: Headline, ensemble: Ensemble) -> bool:
    """Whether a cost over the reference only says again what the cost over a constant share has said.

    It does where the reference keeps its share: the two then differ by the errors of budgets voted ahead.
    """
    name, found, ending = headline.name.partition("x_difference")
    other = ensemble.number(f"x_cumulative{ending}") if found and not name else None
    return other is not None and abs(headline.value - other.value) <= SAME * abs(other.value)


def _between(low: str, high: str) -> str:
    """Two texts as a span, one where they are the same."""
    return low if low == high else f"{low} to {high}"


def _yearly(ensemble: Ensemble, name: str, wording: Wording) -> Table:
    """Quantiles of every shown variable by year, and the box of rounding apart from them."""
    groups = []
    for variable, label in SHOWN.items():
        cells = ensemble.series(variable)
        if cells:
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
    shown.insert(-2, tables.Cell(_in_scale(most, factor), origin, plain=plain, number=True))
    return Row((tables.Cell(str(cell.year), origin), *shown))


def with_errors(cell: Cell) -> Sequence[float | None]:
    """The errors of a cell's quantiles; None for each where no draw moves them."""
    return cell.errors or (None,) * len(cell.quantiles)


def _in_scale(error: float | None, factor: Number) -> str:
    """An error over a factor, to two digits; "" for none."""
    return "" if error is None else significant(error / float(factor))


def points(error: float | None) -> str:
    """The error of a probability in percentage points; "" for none."""
    return "" if error is None else f"{significant(100 * error)} points"


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
    texts = (percent(reach.value, reach.error), _between(low, high), kept, points(most))
    return Row(
        (tables.Cell(str(reach.year), origin), *(tables.Cell(text, origin, number=True) for text in texts))
    )


def percent(probability: float, error: float | None = None) -> str:
    """A probability as a whole percentage, coarser where its standard error leaves less; one that is not
    quite 0 or 1 does not become so.

    >>> percent(0.4731), percent(0.9996), percent(1.0)
    ('47%', 'above 99%', '100%')
    """
    if 0 < probability < 0.01:
        return "below 1%"
    if 0.99 < probability < 1:
        return "above 99%"
    places = supported(0, None if error is None else 100 * error)
    return f"{plain_number(100 * probability, places)}%"


def _assumptions(ensemble: Ensemble, name: str) -> Table | None:
    """What no source gives and the author of the scenario has set, with the reasons."""
    keys = list(dict.fromkeys(key for row in ensemble.assumptions for key in row))
    rows = [
        Row(
            tuple(
                tables.Cell("" if row.get(key) is None else str(row[key]), f"{name}-assumptions")
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
