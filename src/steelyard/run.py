"""What the steps give for one case, each made when it is first asked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
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
    """What was asked for beside the case: one scenario of it, draws, seed, processes to use."""

    scenario: str | None = None
    draws: int | None = None
    seed: int | None = None
    jobs: int = 1

    @property
    def words(self) -> list[str]:
        """What of it changes the results, as words of a command line."""
        asked = {"--scenario": self.scenario, "--draws": self.draws, "--seed": self.seed}
        return [f"{name} {value}" for name, value in asked.items() if value is not None]


@dataclass
class Run:
    """The results of the case in `folder`; `inputs` are the hashes of its files, for the report to show.

    `done` is told how many of how many sources are read, and then scenarios run.
    """

    folder: Path
    options: Options = field(default_factory=Options)
    inputs: Mapping[str, str] = field(default_factory=dict)
    done: Callable[[int, int], None] = lambda number, total: None

    @cached_property
    def loaded(self) -> tuple[Case, list[Problem]]:
        """The case and the faults of its files; those of scenarios that are not asked for are warnings."""
        from steelyard.case import load_case, of_other_scenarios

        case, problems = load_case(self.folder)
        name = self.options.scenario
        return case, of_other_scenarios(case, problems, name) if name else problems

    @property
    def case(self) -> Case:
        """The case."""
        return self.loaded[0]

    @cached_property
    def gathered(self) -> Gathered:
        """Documents and claims of the case's sources."""
        from steelyard.gather import gather_case

        return gather_case(self.case, jobs=self.options.jobs, done=self.done)

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
        for scenario in scenarios:
            ensemble, faults = self._project(scenario)
            ensembles += [ensemble] if ensemble else []
            self.done(len(told) + 1, len(scenarios))
            told.append((scenario, [self._with_file(self._with_actor(one, scenario)) for one in faults]))
        written = {one.written for one in scenarios if one.id in {each.scenario for each in ensembles}}
        problems += self._told_once(told, written - {""})
        if self._lost_series():
            problems = [problem for problem in problems if problem.code != "missing-series"]
        return ensembles, [*problems, *self._of_others()]

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
            findings=tuple(self.checked[0]),
            ensembles=tuple(self.projected[0]),
            problems=tuple(self._inside(problem) for problem in self.problems()),
            series=case.series,
            sources=case.sources,
            headline=case.headline or None,
            postures=case.postures,
            panel=self.shared[0],
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

    def _project(self, scenario: Entry) -> tuple[Ensemble | None, list[Problem]]:
        from steelyard.project import project_scenario

        case, options = self.case, self.options
        return project_scenario(
            scenario,
            self.gathered.ledger,
            case.vocabulary,
            case.series,
            draws=options.draws,
            seed=options.seed,
        )

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
