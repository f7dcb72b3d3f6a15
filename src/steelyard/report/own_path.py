"""What a scenario has to tell of its own: no path of the one that it is made from, no cost over itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from steelyard.core.vocabulary import Vocabulary
from steelyard.project.ensemble import Cell, Ensemble, Headline
from steelyard.report.members import written_as
from steelyard.report.results import Results

# What makes a path: where all of these are alike in every quantile, so are pictures and numbers by year.
_PATH = ("share", "gdp", "spending", "spending_foreign")
# Headlines that tell what a path costs over a constant share of GDP, with any ending.
_COST = "x_cumulative"
# Two numbers that lie within one hundredth of each other say the same.
_SAME = 0.01


def parents_of(results: Results) -> Mapping[str, Ensemble]:
    """By id of a scenario the one that it is made from, where both spend the same; others are left out.

    The scenario that the results name tells all itself. Where several that a scenario extends spend the same,
    it is the farthest.
    """
    made = {ensemble.scenario: ensemble for ensemble in results.ensembles}
    found: dict[str, Ensemble] = {}
    for ensemble in results.ensembles:
        if ensemble.scenario != results.headline:
            below = (made[name] for name in _extended(ensemble.scenario, results.vocabulary) if name in made)
            alike = [other for other in below if _spends_alike(ensemble, other)]
            found |= {ensemble.scenario: alike[-1]} if alike else {}
    return found


def _extended(scenario: str, vocabulary: Vocabulary) -> Iterator[str]:
    """The ids of the scenarios that one extends, the nearest first; a circle ends where it closes."""
    seen = {scenario}
    entry = vocabulary.entry("scenarios", scenario)
    while entry and (name := entry.text("extends")) and name not in seen:
        seen.add(name)
        yield name
        entry = vocabulary.entry("scenarios", name)


def _spends_alike(one: Ensemble, other: Ensemble) -> bool:
    """Whether two scenarios have the same path, aim, reference and chances."""
    keys = ("actor", "base_year", "horizon", "target", "target_year", "reference_scenario", "reach")
    if any(getattr(one, key) != getattr(other, key) for key in keys) or not one.series("spending"):
        return False
    return all(_numbers(one.series(name)) == _numbers(other.series(name)) for name in _PATH)


def _numbers(cells: Sequence[Cell]) -> list[tuple[object, ...]]:
    return [(cell.year, cell.unit, cell.central, cell.quantiles, cell.box) for cell in cells]


def drawn_alone(results: Results) -> list[Ensemble]:
    """The scenarios that have pictures of their own: those written for several actors compare in a table, and
    those that spend as their parent does have its pictures.
    """
    parents = parents_of(results)
    return [
        each
        for each in results.ensembles
        if each.scenario not in parents and not written_as(each.scenario, results.vocabulary)
    ]


def is_reference(ensemble: Ensemble, results: Results) -> bool:
    """Whether others are measured against a scenario that is measured against none."""
    others = {other.reference_scenario for other in results.ensembles}
    return not ensemble.reference_scenario and ensemble.scenario in others


def own_numbers(ensemble: Ensemble, results: Results) -> list[Headline]:
    """The headlines that say something of their own.

    A reference has no cost over itself; what a scenario costs over a reference that keeps its share is told
    by its cost over a constant share; and the numbers of its parent are its parent's.
    """
    measured = not is_reference(ensemble, results)
    parent = parents_of(results).get(ensemble.scenario)
    return [
        one
        for one in ensemble.headline
        if not _repeats(one, ensemble)
        and (measured or not one.name.startswith(_COST))
        and not (parent and _alike(one, parent.number(one.name)))
    ]


def _repeats(headline: Headline, ensemble: Ensemble) -> bool:
    """Whether a cost over the reference only says again what the cost over a constant share has said.

    It does where the reference keeps its share: the two then differ by the errors of budgets voted ahead.
    """
    name, found, ending = headline.name.partition("x_difference")
    other = ensemble.number(f"{_COST}{ending}") if found and not name else None
    return other is not None and abs(headline.value - other.value) <= _SAME * abs(other.value)


def _alike(one: Headline, other: Headline | None) -> bool:
    """Whether two scenarios tell one number, wherever it comes from."""
    return other is not None and replace(one, equation="", inputs=()) == replace(
        other, equation="", inputs=()
    )
