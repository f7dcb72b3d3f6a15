"""The project step: a scenario, a ledger and series to an ensemble of what they commit to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from steelyard.core.claim import Ledger
from steelyard.core.problems import Place, Problem, sort_problems
from steelyard.core.schema import nearest
from steelyard.core.series import Series
from steelyard.core.vocabulary import Entry, Vocabulary, packaged_vocabulary
from steelyard.project.category_origins import category_origins
from steelyard.project.category_results import category_cells, category_names
from steelyard.project.ensemble import Cell, Ensemble
from steelyard.project.fans import Fan, Run, fans_of, reach_of
from steelyard.project.flags import flags_of
from steelyard.project.found import Found, Inputs
from steelyard.project.headlines import headlines_of
from steelyard.project.origins import assumptions_of
from steelyard.project.owed_origins import owed_origins, owed_rows
from steelyard.project.owed_results import owed_results
from steelyard.project.prepared import prepare, run_of
from steelyard.project.sensitivity import sensitivity_of
from steelyard.project.substitution_results import substitution_swings
from steelyard.project.swings import open_inputs, swings_of, with_swings
from steelyard.project.symbols import origins_of
from steelyard.project.variables import equation_of, units_of

__all__ = ["project_scenario"]


def project_scenario(
    scenario: Entry | str,
    ledger: Ledger,
    vocabulary: Vocabulary | None = None,
    series: Sequence[Series] = (),
    *,
    draws: int | None = None,
    seed: int | None = None,
) -> tuple[Ensemble | None, list[Problem]]:
    """What a scenario gives, or None and every reason why it cannot be run.

    `scenario` is an entry of kind "scenarios", or the name of one that `vocabulary` knows, which is that of a
    case (`load_case`), and the packaged one where none is given. The ledger gives spending and share of the
    base year, `series` the economy. `draws` and `seed` go before those of the scenario. A missing claim is a
    refusal; all else is an error.
    """
    if vocabulary is None:
        vocabulary = packaged_vocabulary()
    if isinstance(scenario, str):
        entry = vocabulary.entry("scenarios", scenario)
        if entry is None:
            return None, [_unknown(scenario, vocabulary)]
        scenario = entry
    found, problems = prepare(scenario, ledger, vocabulary, series, draws=draws, seed=seed)
    if found is None:
        return None, sort_problems(problems)
    ensemble = _ensemble(found)
    if not ensemble.is_finite:
        message = "The numbers grow beyond any economy."
        place, hint = (
            found.scenario.place("drivers"),
            "Look for a slip in the series, rates and window of the scenario.",
        )
        return None, sort_problems([*problems, Problem("out-of-range", message, place, hint)])
    return ensemble, sort_problems([*problems, *flags_of(ensemble, found)])


def _unknown(name: str, vocabulary: Vocabulary) -> Problem:
    """That there is no scenario of a name, with those that there are."""
    known = vocabulary.entries("scenarios")
    hint = (
        nearest(name, known)
        if known
        else "The vocabulary of a case has some: load_case(folder)[0].vocabulary."
    )
    return Problem("unknown-scenario", f"There is no scenario {name!r}.", Place("scenarios"), hint)


def _ensemble(found: Found) -> Ensemble:
    """The numbers of a scenario that has all it needs, with their origins."""
    whole, target = found.scenario, found.target
    aim = None if target is None else target.interval.low
    opened = tuple(open_inputs(found))
    run, ends = with_swings(run_of(found), opened)
    sensitivity = sensitivity_of(run, found)
    fans, reached = fans_of(run), reach_of(run)
    origins, inputs = origins_of(found)
    more, rests = owed_origins(found, inputs)
    owed = owed_results(run, rests, fans)
    made_of, rest_on = category_origins(found, inputs)
    headlines = (*headlines_of(run, found, fans, reached, inputs), *owed.headlines)
    moved = list(substitution_swings(run, headlines))
    return Ensemble(
        whole.entry.id,
        whole.entry.label,
        whole.entry.text("summary"),
        whole.data["actor"],
        whole.data.get("posture", ""),
        whole.data.get("reference_scenario", ""),
        whole.base_year,
        whole.horizon,
        None if aim is None else float(aim),
        None if aim is None else whole.by,
        (*_cells(run, fans, inputs), *category_cells(run, rest_on), *owed.cells),
        reached,
        headlines,
        (*assumptions_of(found), *owed_rows(found)),
        tuple({origin.id: origin for origin in (*origins, *more, *made_of)}.values()),
        whole.draws,
        whole.seed,
        tuple(row for troops in run.owed.troops for row in troops.rows()),
        tuple(one.row() for one in run.owed.withdrawals),
        sensitivity,
        swings_of(opened, ends, headlines, inputs, fans, run.owed, rests, moved),
        run.owed.names | category_names(run),
    )


def _cells(run: Run, fans: Mapping[str, Fan], inputs: Inputs) -> tuple[Cell, ...]:
    """The fans as labelled cells, by variable and year."""
    units = units_of(run)
    first = run.scenario.base_year
    return tuple(
        Cell(
            name,
            units[name],
            first + t,
            fan.central[t],
            fan.box[t],
            tuple(fan.quantiles[t]),
            tuple(fan.quantile_boxes[t]),
            equation_of(name),
            inputs.of(name),
            fan.errors[t],
        )
        for name, fan in fans.items()
        for t in range(len(fan.central))
    )
