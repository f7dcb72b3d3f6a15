"""What the steps give for one case, each made when it is first asked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from steelyard.core.problems import Place, Problem

if TYPE_CHECKING:
    from steelyard.case import Case
    from steelyard.check.findings import Finding
    from steelyard.core.vocabulary import Entry
    from steelyard.gather import Gathered
    from steelyard.panel.sharing import Sharing
    from steelyard.project.ensemble import Ensemble
    from steelyard.project.grid import Grid
    from steelyard.report.results import Results
    from steelyard.reviews import Reviewed


SERIES = "series"
# Of a file of series: what leaves none of its rows.
_UNREAD = (
    *("missing-column", "unknown-column", "not-text", "unreadable", "empty-series"),
    *("workbook-layout", "broken-workbook"),
)


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked for beside the case: one scenario of it, draws, seed, processes or a cluster to use, and
    numbers of scenarios by their names with the texts that are to take their places.
    """

    scenario: str | None = None
    draws: int | None = None
    seed: int | None = None
    jobs: int = 1
    changes: Mapping[str, str] = field(default_factory=dict)
    cluster: str | None = None

    @property
    def words(self) -> list[str]:
        """What of it changes the results, as words of a command line."""
        asked = {"--scenario": self.scenario, "--draws": self.draws, "--seed": self.seed}
        changed = [f"--set '{name}={text}'" for name, text in self.changes.items()]
        return [*(f"{name} {value}" for name, value in asked.items() if value is not None), *changed]


@dataclass
class Run:
    """The results of the case in `folder`; `inputs` are the hashes of its files, for the report to show.

    `done` is told how many of how many sources are read, and then scenarios run.
    """

    folder: Path
    options: Options = field(default_factory=Options)
    inputs: Mapping[str, str] = field(default_factory=dict)
    done: Callable[[int, int], None] = lambda number, total: None
    _unchanged: Sequence[Problem] = ()

    @cached_property
    def loaded(self) -> tuple[Case, list[Problem]]:
        """The case and the faults of its files; those of scenarios that are not asked for are warnings."""
        from steelyard.case import load_case, of_other_scenarios

        case, problems = load_case(self.folder)
        name = self.options.scenario
        problems = of_other_scenarios(case, problems, name) if name else problems
        if self.options.changes:
            case, self._unchanged = self._changed(case)
        return case, [*problems, *self._unchanged]

    def _changed(self, case: Case) -> tuple[Case, list[Problem]]:
        """The case with the numbers of its scenarios that were asked for, and what is wrong with those."""
        from steelyard.case import scenarios_named
        from steelyard.project.what_if import with_changes

        name, words = self.options.scenario, case.vocabulary
        asked = scenarios_named(name, words) if name else words.entries("scenarios").values()
        words, faults = with_changes(asked, self.options.changes, words, case.series)
        return replace(case, vocabulary=words), faults

    @property
    def case(self) -> Case:
        """The case."""
        return self.loaded[0]

    @cached_property
    def gathered(self) -> Gathered:
        """Documents and claims of the case's sources."""
        from steelyard.gather import gather_case

        options = self.options
        return gather_case(self.case, jobs=options.jobs, cluster=options.cluster, done=self.done)

    @cached_property
    def checked(self) -> tuple[list[Finding], list[Problem]]:
        """Findings that nobody has dismissed, and what could not be checked."""
        reviewed, problems = self._reviewed
        return reviewed.findings, [*problems, *reviewed.problems]

    @property
    def dismissed(self) -> int:
        """How many findings were dismissed by reviews."""
        return len(self._reviewed[0].dismissed)

    @cached_property
    def _reviewed(self) -> tuple[Reviewed, list[Problem]]:
        from steelyard.check import check_ledger
        from steelyard.reviews import apply_reviews

        findings, problems = check_ledger(self.gathered.ledger, self.case.vocabulary)
        return apply_reviews(findings, self.case.reviews), problems

    @cached_property
    def projected(self) -> tuple[list[Ensemble], list[Problem]]:
        """An ensemble for each scenario that could be run, and what could not."""
        scenarios, problems = self._scenarios()
        ensembles: list[Ensemble] = []
        told: list[tuple[Entry, list[Problem]]] = []
        for scenario, (ensemble, faults) in zip(scenarios, self._projections(scenarios), strict=True):
            ensembles += [ensemble] if ensemble else []
            self.done(len(told) + 1, len(scenarios))
            told.append((scenario, [self._with_file(self._with_actor(one, scenario)) for one in faults]))
        written = {one.written for one in scenarios if one.id in {each.scenario for each in ensembles}}
        problems += self._told_once(told, written - {""})
        if self._lost_series():
            problems = [problem for problem in problems if problem.code != "missing-series"]
        return ensembles, [*problems, *self._of_others()]

    @cached_property
    def grid(self) -> Grid | None:
        """The scenario that the case reports first, over a grid of its numbers; None where it has none.

        A scenario that is written for several actors is no one's first.
        """
        from steelyard.project.grid import grid_of

        case, options = self.case, self.options
        entries = {
            one.scenario: case.vocabulary.entry("scenarios", one.scenario) for one in self.projected[0]
        }
        alone = [entry for entry in entries.values() if entry and not entry.written]
        against = {entry.text("reference_scenario") for entry in alone}
        alone.sort(key=lambda entry: (entry.id != case.headline, entry.id in against))
        if not alone:
            return None
        parts = (self.gathered.ledger, case.vocabulary, case.series)
        return grid_of(alone[0], *parts, draws=options.draws, seed=options.seed)

    @cached_property
    def shared(self) -> tuple[Sharing | None, list[Problem]]:
        """Who bears what in the alliance that the case names, if it names one, and what is missing."""
        if self.case.panel is None:
            return None, []
        from steelyard.panel.sharing import share

        return share(self.case.panel, self.case.vocabulary)

    @cached_property
    def results(self) -> Results:
        """All that a report of the case needs."""
        from steelyard.report.results import Results

        case = self.case
        return Results(
            title=case.title,
            vocabulary=case.vocabulary,
            documents=self.gathered.documents,
            ledger=self.gathered.ledger,
            rejected=self.gathered.rejected,
            findings=tuple(self.checked[0]),
            ensembles=tuple(self.projected[0]),
            problems=tuple(self._inside(problem) for problem in self.problems()),
            series=case.series,
            sources=case.sources,
            headline=case.headline or None,
            grid=self.grid,
            postures=case.postures,
            panel=self.shared[0],
            folder=case.folder.resolve().name,
            commands=(" ".join(["steelyard build", case.folder.resolve().name, *self.options.words]),),
            inputs=self.inputs,
        )

    @cached_property
    def reported(self) -> tuple[Mapping[str, bytes], list[Problem]]:
        """The files of the report by name, and what it cannot show."""
        from steelyard.report.bundle import make_report

        return make_report(self.results)

    @property
    def asked(self) -> int:
        """How many scenarios were to be run: one where one was named, else all of the case."""
        return max(len(self._scenarios()[0]), 1 if self.options.scenario else 0)

    @property
    def alone(self) -> tuple[str, ...]:
        """A line that says so where the report shows one scenario of several."""
        others = len(self.case.vocabulary.entries("scenarios")) - self.asked
        if not self.options.scenario or others < 1:
            return ()
        left_out = "the other scenario is" if others == 1 else f"the {others} other scenarios are"
        return (
            f"The report shows {self.options.scenario} alone; {left_out} left out, for so --scenario asks.",
        )

    def problems(self, *, checked: bool = True) -> list[Problem]:
        """All problems of a build, each once; those of checking and of the panel may be left out."""
        found = [*self.loaded[1], *self.gathered.problems, *self.projected[1]]
        return self.gathered.located([*found, *self.checked[1], *self.shared[1]] if checked else found)

    def _inside(self, problem: Problem) -> Problem:
        """The problem with its path inside the case, so that a report is the same wherever the case lies."""
        path = Path(problem.origin.file)
        if not path.is_relative_to(self.folder):
            return problem
        return replace(problem, origin=replace(problem.origin, file=path.relative_to(self.folder).as_posix()))

    def _with_file(self, problem: Problem) -> Problem:
        """The problem with the file of the series in which it finds rows missing."""
        series = (one for one in self.case.series if f"series {one.id} has" in problem.message)
        files = {f"{SERIES}/{Path(point.place.file).name}" for one in series for point in one.points}
        if problem.code != "missing-year" or not files:
            return problem
        return replace(problem, hint=f"{problem.hint} It stands in {' and '.join(sorted(files))}.")

    def _with_actor(self, problem: Problem, scenario: Entry) -> Problem:
        """The problem with the name of the actor, where the scenario is one of several written as one."""
        actor = self._actor(scenario)
        if not scenario.written or re.search(rf"\b{re.escape(actor)}\b", problem.message):
            return problem
        return replace(problem, message=f"{actor}: {problem.message}")

    def _told_once(
        self, told: Sequence[tuple[Entry, Sequence[Problem]]], run: Collection[str]
    ) -> list[Problem]:
        """All problems; of warnings alike in all but the actor the first, with the names of the others.

        `run` are the ids as written of scenarios of which some were projected: what then keeps an actor from
        it is in its own figures, unless its form is at fault, and refuses that one alone.
        """
        found: dict[object, Problem] = {}
        others: dict[object, list[str]] = {}
        for scenario, problems in told:
            for problem in problems:
                alone = scenario.written in run and problem.severity == "error" and self._has_form(scenario)
                one = replace(problem, severity="refusal") if alone else problem
                alike = (scenario.written, one.code, one.origin) if one.severity == "warning" else None
                key = alike if alike and scenario.written else (scenario.id, one)
                if key in found:
                    others.setdefault(key, []).append(self._actor(scenario))
                found.setdefault(key, one)
        return [
            replace(one, message=f"{one.message} The like holds for {', '.join(others[key])}.")
            if key in others
            else one
            for key, one in found.items()
        ]

    def _has_form(self, scenario: Entry) -> bool:
        """Whether a scenario is written as scenarios are, whatever its figures may be."""
        from steelyard.project.scenario import read_scenario

        return not read_scenario(scenario, self.case.vocabulary)[1]

    def _actor(self, scenario: Entry) -> str:
        """What the actor of a scenario is called."""
        return self.case.vocabulary.label("actors", scenario.text("actor"))

    def _projections(self, scenarios: Sequence[Entry]) -> Iterator[tuple[Ensemble | None, list[Problem]]]:
        """What comes of each scenario; one whose process dies under it twice is told."""
        from steelyard.engine import Lost, stream_pure
        from steelyard.project import project_scenario

        case, options = self.case, self.options
        project = partial(
            project_scenario,
            ledger=self.gathered.ledger,
            vocabulary=case.vocabulary,
            series=case.series,
            draws=options.draws,
            seed=options.seed,
        )
        jobs = max(1, min(options.jobs, len(scenarios)))
        cluster = options.cluster if scenarios else None
        for result in stream_pure(project, scenarios, jobs=jobs, cluster=cluster):
            if isinstance(result, Lost):
                name, hint = scenarios[result.input_index].id, "Ask for fewer draws, or give it more memory."
                message = f"The scenario {name} was not projected. {result.reason}"
                yield None, [Problem("lost-scenario", message, Place(str(self.folder)), hint)]
            else:
                yield result

    def _lost_series(self) -> bool:
        """Whether a file of series cannot be used at all, which is told and is why series are missing."""
        faults = [one for one in self.loaded[1] if one.code in _UNREAD and one.severity == "error"]
        return any(Path(one.origin.file).parent == self.folder / SERIES for one in faults)

    def _of_others(self) -> list[Problem]:
        """Faults in the form of scenarios that are not asked for, as warnings; the loader sees outer keys."""
        from steelyard.case import of_other_scenarios
        from steelyard.project.scenario import read_scenario

        case, name = self.case, self.options.scenario
        others = [
            entry
            for entry in case.vocabulary.entries("scenarios").values()
            if name and name not in (entry.id, entry.written)
        ]
        found = [problem for entry in others for problem in read_scenario(entry, case.vocabulary)[1]]
        mine = [one for one in of_other_scenarios(case, found, name or "") if one.severity == "warning"]
        return list(dict.fromkeys(mine))

    def _scenarios(self) -> tuple[list[Entry], list[Problem]]:
        """The scenarios asked for: the one named, or all of the case."""
        from steelyard.case import case_ids, scenarios_named
        from steelyard.core.schema import nearest

        known, name = self.case.vocabulary.entries("scenarios"), self.options.scenario
        if self._unchanged:
            return [], []  # a scenario that is not changed as asked would give other numbers than asked for
        if name is None:
            return list(known.values()), []
        if named := scenarios_named(name, self.case.vocabulary):
            return named, []
        if name in case_ids(self.folder, "scenarios"):
            return [], []  # its file cannot be read, which is told with its line
        hint = (
            nearest(name, known)
            if known
            else "The case has none; they are .toml files in its folder scenarios."
        )
        message = f"There is no scenario {name!r}."
        return [], [Problem("unknown-scenario", message, Place(str(self.folder)), hint)]
