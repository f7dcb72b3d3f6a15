"""One case from its sources to its report: the only file that knows the order of the steps.

Each step is skipped where nothing that goes into it has changed: the hashes of its files, its options, and
the package itself. All results are made before the first is written, and with a fault in what the user wrote
nothing is written, so that earlier output stays as it was.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from steelyard.brief import count_line, summary_lines
from steelyard.core.problems import CaseError, Place, Problem, sort_problems
from steelyard.state import (
    STATE_FILE,
    State,
    Step,
    bytes_hash,
    chosen,
    file_hash,
    input_hashes,
    is_intact,
    load_state,
    package_hash,
    state_text,
    text_hash,
)

if TYPE_CHECKING:
    from steelyard.case import Case
    from steelyard.check.findings import Finding
    from steelyard.core.vocabulary import Entry
    from steelyard.gather import Gathered
    from steelyard.project.ensemble import Ensemble

STEPS = ("read", "check", "project", "report")
OUT = "out"
_CASE_FILE = "case.toml"
_FILES = {"read": "claims.jsonl", "check": "findings.json", "project": "projection.json"}
# What the vocabulary holds for later steps alone.
_NOT_READ = {
    "read": ("scenarios", "series"),
    "check": ("scenarios", "series", "sources", "corrections", "case"),
}


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked for beside the case: one scenario of it, draws, seed, processes to use."""

    scenario: str | None = None
    draws: int | None = None
    seed: int | None = None
    jobs: int = 1


@dataclass(frozen=True, slots=True)
class Built:
    """What came of a build. `page` is None where faults kept it from writing; `problems` are lines to print.

    `faults` counts problems that the user has to mend, `contradictions` findings of that verdict.
    """

    page: Path | None
    problems: tuple[str, ...]
    summary: tuple[str, ...]
    faults: int = 0
    contradictions: int = 0


@dataclass
class Run:
    """The results of one case, each made when it is first asked for."""

    folder: Path
    options: Options

    @cached_property
    def loaded(self) -> tuple[Case, list[Problem]]:
        """The case and the faults of its files."""
        from steelyard.case import load_case

        return load_case(self.folder)

    @property
    def case(self) -> Case:
        """The case."""
        return self.loaded[0]

    @cached_property
    def gathered(self) -> Gathered:
        """Documents and claims of the case's sources."""
        from steelyard.gather import gather_case

        return gather_case(self.case, jobs=self.options.jobs)

    @cached_property
    def checked(self) -> tuple[list[Finding], list[Problem]]:
        """Findings, and what could not be checked."""
        from steelyard.check import check_ledger

        return check_ledger(self.gathered.ledger, self.case.vocabulary)

    @cached_property
    def projected(self) -> tuple[list[Ensemble], list[Problem]]:
        """An ensemble for each scenario that could be run, and what could not."""
        ensembles, problems = [], []
        scenarios, faults = self._scenarios()
        for scenario in scenarios:
            ensemble, more = self._project(scenario)
            ensembles += [ensemble] if ensemble else []
            problems += more
        return ensembles, [*faults, *problems]

    @property
    def command(self) -> str:
        """The command line that makes these results again."""
        asked = (
            ("--scenario", self.options.scenario),
            ("--draws", self.options.draws),
            ("--seed", self.options.seed),
        )
        words = [f"{name} {value}" for name, value in asked if value is not None]
        return " ".join(["steelyard build", self.folder.resolve().name, *words])

    def problems(self, *, checked: bool = True) -> list[Problem]:
        """All problems of all steps, each once; those of checking may be left out."""
        found = [*self.loaded[1], *self.gathered.problems, *self.projected[1]]
        return sort_problems([*found, *self.checked[1]] if checked else found)

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

    def _scenarios(self) -> tuple[list[Entry], list[Problem]]:
        """The scenarios asked for: the one named, or all of the case."""
        from steelyard.core.schema import nearest

        known, name = self.case.vocabulary.entries("scenarios"), self.options.scenario
        if name is None:
            return list(known.values()), []
        if name in known:
            return [known[name]], []
        hint = nearest(name, known) if known else f"Write {self.folder / 'scenarios' / name}.toml."
        return [], [
            Problem("unknown-scenario", f"There is no scenario {name!r}.", Place(str(self.folder)), hint)
        ]


def build_case(
    folder: Path | str,
    *,
    scenario: str | None = None,
    draws: int | None = None,
    seed: int | None = None,
    jobs: int = 1,
    tell: Callable[[str], None] = lambda line: None,
) -> Built:
    """Read, check, project and report one case into its folder `out`, as far as something has changed.

    `draws` and `seed` take the place of those of the scenarios; `jobs` is the count of processes that read;
    `tell` is given a line for each step.

    Raises:
        CaseError: the folder is no case.
        OSError: the results cannot be written; what was there before is untouched.
    """
    folder = Path(folder)
    if not (folder / _CASE_FILE).is_file():
        raise CaseError(
            f"{folder}: no case, for it holds no {_CASE_FILE}; `steelyard new` makes one in a new folder"
        )
    options = Options(scenario, draws, seed, jobs)
    out, inputs = folder / OUT, input_hashes(folder)
    state = load_state(out)
    keys = step_keys(inputs, options, {name: step.files for name, step in state.steps.items()})
    if all(is_intact(state.steps.get(name), keys[name], out) for name in STEPS):
        for name in STEPS:
            tell(f"{name:<8} unchanged")
        return Built(out / state.page, state.problems, state.summary, 0, state.contradictions)
    return _build(Run(folder, options), inputs, state, tell)


def step_keys(
    inputs: Mapping[str, str], options: Options, files: Mapping[str, Mapping[str, str]]
) -> dict[str, str]:
    """What each step depends on, as one hash: package, options, files, and the files of the steps before."""
    package = package_hash()
    read = text_hash(package, "read", chosen(inputs, without=_NOT_READ["read"]))
    check = text_hash(package, "check", chosen(inputs, without=_NOT_READ["check"]), files.get("read"))
    asked = (options.scenario, options.draws, options.seed)
    rest = chosen(inputs, without=("sources", "corrections", "case"))
    project = text_hash(package, "project", rest, files.get("read"), asked)
    earlier = [files.get(name) for name in STEPS[:-1]]
    report = text_hash(package, "report", chosen(inputs), earlier, asked)
    return {"read": read, "check": check, "project": project, "report": report}


def _build(run: Run, inputs: Mapping[str, str], state: State, tell: Callable[[str], None]) -> Built:
    """Make what has changed, then write all of it, or nothing where the user has to mend something first."""
    out = run.folder / OUT
    steps: dict[str, Step] = {}
    contents: dict[str, bytes] = {}
    for name in STEPS[:-1]:
        key = step_keys(inputs, run.options, {step: steps[step].files for step in steps})[name]
        if is_intact(state.steps.get(name), key, out):
            steps[name] = state.steps[name]
            tell(f"{name:<8} unchanged")
            continue
        contents[_FILES[name]], line = _made(name, run)
        steps[name] = Step(key, {_FILES[name]: bytes_hash(contents[_FILES[name]])})
        tell(f"{name:<8} {line}")
    problems = run.problems()
    if faults := sum(problem.severity == "error" for problem in problems):
        return Built(None, _printed(problems), (), faults)
    _write(out, contents)
    key = step_keys(inputs, run.options, {step: steps[step].files for step in steps})["report"]
    page, more = _write_report(run, inputs, problems)
    files = {path.relative_to(out).as_posix(): file_hash(path) for path in _files_of_report(out)}
    steps["report"] = Step(key, files)
    tell(f"{'report':<8} {len(files)} files")
    return _finished(run, steps, page, sort_problems([*problems, *more]))


def _made(name: str, run: Run) -> tuple[bytes, str]:
    """The file that a step writes, and what it says of itself."""
    if name == "read":
        ledger, documents = run.gathered.ledger, run.gathered.documents
        return ledger.to_jsonl().encode(), f"{len(ledger)} claims in {len(documents)} documents"
    if name == "check":
        found = [finding.to_json() for finding in run.checked[0]]
        return _json({"findings": found}), count_line(run.checked[0])
    ensembles = [ensemble.to_json() for ensemble in run.projected[0]]
    return _json({"scenarios": ensembles}), f"{len(ensembles)} scenarios"


def _write_report(
    run: Run, inputs: Mapping[str, str], problems: Sequence[Problem]
) -> tuple[Path, list[Problem]]:
    """Write the page and what lies beside it."""
    from steelyard.report import write_report
    from steelyard.report.results import Results

    case = run.case
    results = Results(
        title=case.title,
        vocabulary=case.vocabulary,
        documents=run.gathered.documents,
        ledger=run.gathered.ledger,
        findings=tuple(run.checked[0]),
        ensembles=tuple(run.projected[0]),
        problems=tuple(problems),
        series=case.series,
        sources=case.sources,
        postures=case.postures,
        commands=(run.command,),
        inputs=inputs,
    )
    return write_report(results, run.folder / OUT)


def _finished(run: Run, steps: Mapping[str, Step], page: Path, problems: Sequence[Problem]) -> Built:
    """What came of the build, kept for the next one."""
    out = run.folder / OUT
    findings, ensembles = run.checked[0], run.projected[0]
    state = State(
        steps=steps,
        problems=_printed(problems),
        summary=tuple(summary_lines(findings, ensembles, run.case.vocabulary)),
        page=page.relative_to(out).as_posix(),
        contradictions=sum(finding.verdict == "contradicted" for finding in findings),
    )
    _write(out, {STATE_FILE: state_text(state).encode()})
    return Built(page, state.problems, state.summary, 0, state.contradictions)


def _write(out: Path, contents: Mapping[str, bytes]) -> None:
    from steelyard.report.files import replace_files

    replace_files(out, contents)


def _files_of_report(out: Path) -> Iterable[Path]:
    """What lies in the folder, but for what the other steps wrote."""
    others = {STATE_FILE, *_FILES.values()}
    return (path for path in sorted(out.rglob("*")) if path.is_file() and path.name not in others)


def _printed(problems: Iterable[Problem]) -> tuple[str, ...]:
    return tuple(line for problem in problems for line in problem.lines())


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
