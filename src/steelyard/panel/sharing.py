"""What a report shows of an alliance: measures, each member's product and burden, counts side by side.

The two figures of a member are those that the rank correlation is of: the indicator of that rule says which.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from steelyard.core.problems import CaseError, Problem
from steelyard.core.vocabulary import Entry, Vocabulary
from steelyard.panel import load_panel
from steelyard.panel.counts import Factor, counts_of, factors_of
from steelyard.panel.inputs import Inputs, Quantity
from steelyard.panel.measured import Measured, measure_panel
from steelyard.panel.members import members_of
from steelyard.panel.observations import Observation, Panel
from steelyard.panel.packaged import packaged_panel
from steelyard.panel.wanted import Wanted

_PAIR = "spearman"


@dataclass(frozen=True, slots=True)
class Point:
    """A member's product and burden in a year, each with the ends that rounding and estimates leave open."""

    member: str
    product: Observation
    burden: Observation
    product_ends: tuple[float, float]
    burden_ends: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Sharing:
    """Who bears what: measures by year and member, points by year, and figures of several counts.

    `members` are those of each year; `product` and `burden` are what the points are of. `counts` are all
    figures of spending of those whom more than one counts in one unit, `factors` what lies between them.
    """

    measured: Measured
    members: Mapping[int, tuple[str, ...]]
    points: Mapping[int, tuple[Point, ...]]
    product: Quantity | None
    burden: Quantity | None
    counts: tuple[Observation, ...] = ()
    factors: tuple[Factor, ...] = ()

    @property
    def years(self) -> tuple[int, ...]:
        """The years, in order."""
        return self.measured.years

    def to_json(self) -> Mapping[str, object]:
        """Alliance, years and rows, and the factors between counts, as `steelyard panel` gives them."""
        return {
            "alliance": self.measured.alliance,
            "years": list(self.years),
            "rows": [row.to_json() for row in self.measured.rows],
            "factors": [factor.to_json() for factor in self.factors],
        }


def share(wanted: Wanted, vocabulary: Vocabulary) -> tuple[Sharing | None, list[Problem]]:
    """What a case wants to know of an alliance; None where it has no member in one of the years."""
    panel = load_panel([wanted.folder], vocabulary) if wanted.folder else packaged_panel(vocabulary)
    told = wanted.measures or tuple(_told_of_itself(vocabulary))
    try:
        measured = measure_panel(panel, wanted.alliance, wanted.years, vocabulary, wanted=told)
        members = {year: members_of(wanted.alliance, year, vocabulary) for year in wanted.years}
    except CaseError as error:
        message = f"{error}."
        hint = 'Name other years, or list the actors: alliance = ["KOR", "USA"].'
        return None, [*panel.problems, Problem("no-members", message, wanted.place, hint)]
    pair = next((one for one in vocabulary.entries("indicators").values() if _is_pair(one)), None)
    product, burden = (Quantity.of(pair.table(key)) if pair else None for key in ("of", "by"))
    points = {
        year: _points(panel, members[year], year, product, burden) if product and burden else ()
        for year in wanted.years
    }
    counts, factors = _counted_twice(panel, members, vocabulary)
    sharing = Sharing(measured, members, points, product, burden, counts, factors)
    return sharing, [*panel.problems, *(_in_case(one, wanted) for one in measured.problems)]


def _in_case(problem: Problem, wanted: Wanted) -> Problem:
    """A problem of the measures with its place and remedy in the case's own file."""
    hint = problem.hint.replace("with --data", "in the folder that `data` of [panel] names")
    return replace(problem, origin=wanted.place, hint=hint)


def _told_of_itself(vocabulary: Vocabulary) -> list[str]:
    return [entry.id for entry in vocabulary.entries("indicators").values() if entry.flag("report")]


def _is_pair(entry: Entry) -> bool:
    return entry.text("rule") == _PAIR


def _points(
    panel: Panel, members: Sequence[str], year: int, product: Quantity, burden: Quantity
) -> tuple[Point, ...]:
    """The members of which both figures are known, each quantity from one edition."""
    inputs = Inputs(panel, members, year)
    across, up = inputs.of(product), inputs.of(burden)
    if across is None or up is None:
        return ()
    both = [name for name in members if name in across.found and name in up.found]
    wide, high = across.amounts(both), up.amounts(both)
    return tuple(
        Point(
            name,
            across.found[name],
            up.found[name],
            (float(wide.low[number]), float(wide.high[number])),
            (float(high.low[number]), float(high.high[number])),
        )
        for number, name in enumerate(both)
    )


def _counted_twice(
    panel: Panel, members: Mapping[int, Sequence[str]], vocabulary: Vocabulary
) -> tuple[tuple[Observation, ...], tuple[Factor, ...]]:
    """The figures of those whom more than one counts in one unit, and by how much the counts differ."""
    counts: list[Observation] = []
    factors: list[Factor] = []
    for year, names in members.items():
        told = counts_of(panel, names, [year])
        found = list(factors_of(told, vocabulary))
        twice = {(one.first.actor, one.first.measure, one.first.unit) for one in found}
        counts += [one for one in told if (one.actor, one.measure, one.unit) in twice]
        factors += found
    return tuple(counts), tuple(factors)
