"""How far each actor is from the share it aims at: today's share, the target, and where both come from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from steelyard.core.claim import Claim
from steelyard.core.vocabulary import Vocabulary
from steelyard.project.ensemble import Ensemble
from steelyard.report.links import anchor
from steelyard.report.results import Results

SHARE = "% of "  # how the unit of a share of something else begins
_TARGET, _PROPOSED = "target", "proposed"
_SET = (_TARGET, "floor", "pledge")
_BASE = "share"  # the variable of scenarios


@dataclass(frozen=True, slots=True)
class Mark:
    """One share: its value, the year that it is of (0 where none is said), and the anchor of its origin.

    `definition` is the id of the count that it is of, "" where nobody says.
    """

    value: float
    year: int
    origin: str
    link: str
    definition: str = ""


@dataclass(frozen=True, slots=True)
class Rung:
    """One actor with its share today and its target."""

    actor: str
    name: str
    today: Mark
    target: Mark

    @property
    def gap(self) -> float:
        """How much is missing, in points; nothing or less where the target is met."""
        return self.target.value - self.today.value


def rungs_of(results: Results) -> Mapping[tuple[str, str], Sequence[Rung]]:
    """The actors of which both are known, by measure and unit; the measure is "" for scenarios alone."""
    claims = [claim for claim in results.ledger if _is_share(claim)]
    keys = dict.fromkeys((str(claim.measure), str(claim.unit)) for claim in claims if claim.status == _TARGET)
    aims = [each for each in results.ensembles if each.target is not None and each.series(_BASE)]
    for ensemble in aims:
        unit = ensemble.series(_BASE)[0].unit
        if unit not in {unit for _, unit in keys}:
            keys[("", unit)] = None
    found = {}
    for measure, unit in keys:
        mine = [claim for claim in claims if (claim.measure, claim.unit) == (measure, unit)]
        today = {**_of_scenarios(aims, unit), **_of_series(results, measure, unit), **_of_claims(mine)}
        rungs = list(_rungs(today, mine, aims, unit, results.vocabulary))
        if rungs:
            found[measure, unit] = rungs
    return found


def _is_share(claim: Claim) -> bool:
    """Whether it is the level of a whole as a share, with a number to show."""
    plain = claim.is_number and claim.statistic == "level" and not claim.item and not claim.negated
    return (
        plain and bool(claim.measure) and (claim.unit or "").startswith(SHARE) and claim.interval.is_bounded
    )


def _of_claims(claims: Sequence[Claim]) -> Mapping[str, Mark]:
    """Today's share of each actor: that of the latest year, and of those the surest; what is only proposed
    counts where nothing else is told.
    """
    told = [claim for claim in claims if claim.status not in _SET and claim.actor and _year(claim)]
    told.sort(key=lambda claim: (claim.status != _PROPOSED, _year(claim), claim.confidence))
    return {str(claim.actor): _mark(claim, _year(claim)) for claim in told}


def _year(claim: Claim) -> int:
    """The year that it is of, for a target the year by which; 0 for none."""
    when = claim.when
    return (when.year or (when.end.year if when.end else 0)) if when else 0


def _mark(claim: Claim, year: int) -> Mark:
    value = claim.value if claim.value is not None else claim.interval.middle
    place = anchor("claim", claim.id)
    return Mark(float(value), year, f"claim:{claim.id}", place, claim.definition or "")


def _of_series(results: Results, measure: str, unit: str) -> Mapping[str, Mark]:
    """The last value of each actor's series of the measure."""
    marks = {}
    for series in results.series:
        if (series.measure, series.unit) == (measure, unit) and series.points and not series.item:
            last = series.points[-1]
            place = anchor("series", series.id)
            marks[series.actor] = Mark(float(last.value), last.year, series.id, place, series.definition)
    return marks


def _of_scenarios(ensembles: Sequence[Ensemble], unit: str) -> Mapping[str, Mark]:
    """The share of the base year of each scenario's actor."""
    marks = {}
    for ensemble in ensembles:
        cell = ensemble.series(_BASE)[0]
        if cell.unit == unit:
            place = anchor("scenario", ensemble.scenario)
            origin = f"{place}-{_BASE}"
            marks[ensemble.actor] = Mark(cell.central, cell.year, origin, f"{place}-yearly")
    return marks


def _rungs(
    today: Mapping[str, Mark],
    claims: Sequence[Claim],
    aims: Sequence[Ensemble],
    unit: str,
    vocabulary: Vocabulary,
) -> Iterator[Rung]:
    """Each actor that has a target: its own, that of an alliance it is in, or that of its scenario."""
    targets = _targets(claims)
    scenarios = {each.actor: each for each in aims if each.series(_BASE)[0].unit == unit}
    for actor, mark in today.items():
        wanted = next(
            (targets[one] for one in (actor, *_alliances(actor, vocabulary)) if one in targets), None
        )
        if wanted is None and actor in scenarios:
            wanted = _aim(scenarios[actor])
        if wanted:
            yield Rung(actor, vocabulary.label("actors", actor) or actor, mark, wanted)


def _targets(claims: Sequence[Claim]) -> Mapping[str, Mark]:
    """The target that each actor or alliance is said to have: with a year before without, the surest last."""
    told = [claim for claim in claims if claim.status == _TARGET and claim.actor]
    told.sort(key=lambda claim: (not claim.definition, bool(_year(claim)), claim.confidence))
    return {str(claim.actor): _mark(claim, _year(claim)) for claim in told}


def _alliances(actor: str, vocabulary: Vocabulary) -> list[str]:
    """The alliances that an actor is in and has not left."""
    entry = vocabulary.entry("actors", actor)
    rows = entry.tables("memberships") if entry else ()
    return [str(row["alliance"]) for row in rows if row.get("alliance") and not row.get("to")]


def _aim(ensemble: Ensemble) -> Mark:
    place = anchor("scenario", ensemble.scenario)
    value = ensemble.target or 0.0
    return Mark(value, ensemble.target_year or 0, f"{place}-target", f"{place}-origins")
