"""Why a number is what it is: the cell that somebody asks for, and the chain of what it was made from.

A cell is asked for as people speak of it: "won 2035 p50", "share 2030", "extra cumulative foreign 2035 p95",
"spending 2035 draw 17". A word is part of a variable's name or names its unit; headlines go by their names,
such as "p_reach 2035".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from steelyard.core.problems import Place, Problem
from steelyard.core.vocabulary import Vocabulary
from steelyard.project.ensemble import PROBABILITIES, Cell, Ensemble, Headline, Origin, finite
from steelyard.project.sections import section_of

_YEAR = re.compile(r"\d{4}")
_QUANTILE = re.compile(r"p(\d{1,2})|(\d{1,2})%|q(\d{1,2})")
_DRAW = re.compile(r"\bdraw\s+(\S+)")
_CENTRAL = ("central", "calm")
_MEDIAN = ("median",)


@dataclass(frozen=True, slots=True)
class Asked:
    """A cell of an ensemble, and which number of it: a quantile as a percentage, the central path or a
    draw. A headline is asked for as a cell of its own, by its name.
    """

    cell: Cell
    percent: int | None = 50
    draw: int | None = None
    headline: Headline | None = None

    @property
    def year(self) -> int | None:
        """The year that is meant; None for a headline that is of none."""
        return self.headline.year if self.headline else self.cell.year

    @property
    def name(self) -> str:
        """Which number of the cell is meant, in words."""
        if self.draw is not None:
            return f"draw {self.draw}"
        if self.headline and not self.headline.quantiles:
            return self.headline.label
        return "path without shocks" if self.percent is None else f"{self.percent}% quantile"


@dataclass(frozen=True, slots=True)
class Chain:
    """What a number was made from: the value, its Monte Carlo error (None where it has none), what rounding
    leaves open around it, its equation and inputs.

    `drawn` are the numbers of the economy of one draw that led to it, by year; empty for other numbers.
    """

    scenario: str
    asked: Asked
    value: float
    box: tuple[float, float] | None
    origins: tuple[Origin, ...]
    draws: int
    seed: int
    drawn: tuple[Mapping[str, float], ...] = ()
    error: float | None = None

    def to_json(self) -> dict[str, object]:
        """The chain as plain data, from the cell down to documents, places in them and quotations."""
        cell = self.asked.cell
        box = None if self.box is None else {"low": finite(self.box[0]), "high": finite(self.box[1])}
        return {
            "scenario": self.scenario,
            "variable": cell.variable,
            "year": self.asked.year,
            "unit": cell.unit,
            "number": self.asked.name,
            "value": finite(self.value),
            "error": None if self.error is None else finite(self.error),
            "box": box,
            "equation": cell.equation,
            "section": section_of(cell.variable),
            "inputs": [origin.to_json() for origin in self.origins],
            "draws": self.draws,
            "seed": self.seed,
            "drawn": [dict(row) for row in self.drawn],
        }


def find_cell(
    text: str, ensemble: Ensemble, vocabulary: Vocabulary
) -> tuple[Asked, None] | tuple[None, Problem]:
    """The cell of an ensemble that a text asks for, or what is wrong with the text and what there is."""
    words, draw, fault = _without_draw(text.casefold().replace(" %", "%"), ensemble)
    if fault:
        return None, _problem(text, *fault)
    year, percent, names = _read(words.split(), 50 if draw is None else None)
    known = [round(100 * probability) for probability in PROBABILITIES]
    if percent is not None and percent not in known:
        return None, _problem(text, f"There is no {percent}% quantile.", f"There are {_listed(known)}%.")
    variables = _variables(names, ensemble, vocabulary)
    if not variables and (headline := _headline(names, ensemble)):
        return _asked_headline(text, headline, ensemble, year, percent, draw)
    if len(variables) != 1:
        found = "no variable" if not variables else "several variables"
        choice = variables or (*ensemble.variables, *(one.name for one in ensemble.headline))
        hint = f"There are: {_listed(choice)}."
        if not variables:
            hint += (
                f" A currency stands for spending in it, here {_listed(_currencies(ensemble, vocabulary))}."
            )
        return None, _problem(text, f"The words fit {found}.", hint)
    cell = next((one for one in ensemble.series(variables[0]) if one.year == year), None)
    if cell is None:
        years = f"{ensemble.base_year} to {ensemble.horizon}"
        missing = "A year is missing." if year is None else f"There is no {year}."
        return None, _problem(text, missing, f"The scenario has the years {years}.")
    return Asked(cell, percent, draw), None


def _read(words: Iterable[str], percent: int | None) -> tuple[int | None, int | None, list[str]]:
    """The year, the quantile and the other words that a text has; `percent` where it names no quantile."""
    year, names = None, list[str]()
    for word in words:
        if _YEAR.fullmatch(word):
            year = int(word)
        elif quantile := _QUANTILE.fullmatch(word):
            percent = int(next(filter(None, quantile.groups())))
        elif word in _CENTRAL:
            percent = None
        elif word not in _MEDIAN:
            names.append(word)
    return year, percent, names


def _headline(words: Iterable[str], ensemble: Ensemble) -> Headline | None:
    """The headline that a few words mean, by its name or the parts of it; None for none and for several."""
    found = [(size, one) for one in ensemble.headline if (size := _fitting(set(words), one.name, set()))]
    fewest = min((size for size, _ in found), default=0)
    shortest = [one for size, one in found if size == fewest]
    return shortest[0] if len(shortest) == 1 else None


def _fitting(wanted: set[str], name: str, units: set[str]) -> int:
    """In how many parts a name falls that has all words, in itself or its unit; 0 where it lacks one."""
    parts = set(re.split(r"[_:]", name))
    return len(parts) if wanted and wanted <= parts | units | {name, name.partition(":")[0]} else 0


def _asked_headline(
    text: str, headline: Headline, ensemble: Ensemble, year: int | None, percent: int | None, draw: int | None
) -> tuple[Asked, None] | tuple[None, Problem]:
    """A headline as a cell of its own, or what is wrong with the year or draw that is asked for."""
    if draw is not None:
        hint = "Ask for the variable and year behind it, such as 'won 2035 draw 17'."
        return None, _problem(text, f"{headline.name} is not kept draw by draw.", hint)
    if year not in (None, headline.year):
        hint = f"It is of {headline.year}." if headline.year else "It is of no single year: leave that out."
        return None, _problem(text, f"There is no {year} of {headline.name}.", hint)
    if percent not in (None, 50) and not headline.quantiles:
        return None, _problem(text, f"{headline.name} has no quantiles.", f"Leave out the p{percent}.")
    count = len(PROBABILITIES)
    box = (headline.low, headline.high)
    cell = Cell(
        headline.name, headline.unit, headline.year or ensemble.base_year, headline.value, box,
        headline.quantiles or (headline.value,) * count, (box,) * count, headline.equation, headline.inputs,
        headline.errors or (() if headline.error is None else (headline.error,) * count),
    )  # fmt: skip
    return Asked(cell, percent or 50, None, headline), None


def _without_draw(text: str, ensemble: Ensemble) -> tuple[str, int | None, tuple[str, str] | None]:
    """The text without the draw that it names, the draw, and what is wrong with it."""
    match = _DRAW.search(text)
    if match is None:
        return text, None, None
    number = int(match[1]) if match[1].isascii() and match[1].isdigit() and len(match[1]) < 16 else -1
    if not 0 <= number < ensemble.draws:
        return text, None, (f"There is no draw {match[1]!r}.", f"Draws go from 0 to {ensemble.draws - 1}.")
    return text[: match.start()] + text[match.end() :], number, None


def _variables(words: Iterable[str], ensemble: Ensemble, vocabulary: Vocabulary) -> list[str]:
    """The variables that a few words may mean: the shortest name that has them all, in name or unit."""
    wanted = set(words)
    found = []
    for variable in ensemble.variables:
        units = _unit_words(ensemble.series(variable)[0].unit, vocabulary)
        if size := _fitting(wanted, variable, units):
            found.append((size, variable))
    fewest = min((size for size, _ in found), default=0)
    shortest = [variable for size, variable in found if size == fewest]
    # A currency alone asks for the spending in it, which is what a scenario is of.
    main = [variable for variable in shortest if variable.split("_")[0] == ensemble.variables[0]]
    return main if len(shortest) > 1 and len(main) == 1 else shortest


def _currencies(ensemble: Ensemble, vocabulary: Vocabulary) -> list[str]:
    """The currencies in which a scenario has spending, its own first."""
    units = [ensemble.series(variable)[0].unit.split(" ")[0] for variable in ensemble.variables]
    entries = [entry for unit in dict.fromkeys(units) if (entry := vocabulary.entry("units", unit))]
    return [entry.id for entry in entries if entry.text("dimension") == "money"]


def _unit_words(unit: str, vocabulary: Vocabulary) -> set[str]:
    """The names by which people speak of a unit: its code, symbols and words in all languages."""
    entry = vocabulary.entry("units", unit.split(" ")[0])
    if entry is None:
        return {unit.casefold()}
    phrases = [word for language in entry.table("phrases") for word in entry.phrases(language)]
    return {word.casefold() for word in (entry.id, *entry.texts("symbols"), *phrases)}


def chain_of(ensemble: Ensemble, asked: Asked) -> Chain:
    """What a quantile or the central path of a cell was made from."""
    cell = asked.cell
    box: tuple[float, float] | None
    error = None
    if asked.percent is None:
        value, box = cell.central, cell.box
    else:
        place = [round(100 * probability) for probability in PROBABILITIES].index(asked.percent)
        value, box = cell.quantiles[place], cell.quantile_boxes[place]
        error = cell.errors[place] if cell.errors else None
        # What is left open around a headline is known of its median alone.
        box = None if asked.headline and asked.percent != 50 else box
    origins = tuple(origin for one in cell.inputs if (origin := ensemble.origin(one)))
    return Chain(ensemble.scenario, asked, value, box, origins, ensemble.draws, ensemble.seed, error=error)


def _problem(text: str, message: str, hint: str) -> Problem:
    return Problem("unknown-cell", f"No cell is called {text!r}. {message}", Place("--why"), hint)


def _listed(names: Iterable[object]) -> str:
    return ", ".join(map(str, names))
