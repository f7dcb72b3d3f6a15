"""One case from its sources to its report: the only file that knows the order of the steps.

Each step is skipped where nothing that goes into it has changed: the hashes of its files, its options, and
the package itself. All results are made before the first is written, and with a fault in what the user wrote
nothing is written, so that earlier output stays as it was.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from steelyard.brief import count_line, summary_lines
from steelyard.core.json_text import json_text
from steelyard.core.problems import Problem, sort_problems
from steelyard.core.series import WORKBOOKS
from steelyard.run import Options, Run
from steelyard.state import (
    STATE_FILE,
    State,
    Step,
    bytes_hash,
    chosen,
    claim_reviews_hash,
    input_hashes,
    is_intact,
    load_state,
    package_hash,
    state_text,
    text_hash,
)

STEPS = ("read", "check", "project", "report")
OUT = "out"
Files = Mapping[str, Mapping[str, str]]
_CASE_FILE = "case.toml"
_LOCK = ".build.lock"
# Seconds that another build of the same case may take.
_PATIENCE = 600.0
# What of a case folder does not go into a step itself; the files of the steps before it do. Of the reviews
# only those of claims go into what is read.
_NOT_IN = {
    "read": ("scenarios", "series", "reviews"),
    "check": ("scenarios", "series", "sources", "corrections", "case"),
    "project": ("sources", "corrections", "case", "reviews"),
    "report": (),
}


@dataclass(frozen=True, slots=True)
class Built:
    """What came of a build. `page` is None where faults kept it from writing; `problems` are lines to print.

    `faults` counts problems that the user has to mend, `contradictions` findings of that verdict; `kept` is
    the folder with what an earlier build wrote, where this one wrote nothing.
    """

    page: Path | None
    problems: tuple[str, ...]
    summary: tuple[str, ...]
    faults: int = 0
    contradictions: int = 0
    kept: Path | None = None


def build_case(
    folder: Path | str,
    *,
    scenario: str | None = None,
    draws: int | None = None,
    seed: int | None = None,
    jobs: int = 1,
    cluster: str | None = None,
    tell: Callable[[str], None] = lambda line: None,
    done: Callable[[int, int], None] = lambda number, total: None,
) -> Built:
    """Read, check, project and report one case into its folder `out`, as far as something has changed.

    `draws` and `seed` take the place of those of the scenarios; `jobs` is the count of processes that read
    and project, `cluster` the address of a scheduler whose workers do so in their place. `tell` is given a
    line for each step, `done` how many of how many sources are read and scenarios run.

    Raises:
        CaseError: the folder is no case.
        BlockingIOError: another process has been building it for ten minutes.
        OSError: the results cannot be written; what was there before is untouched.
    """
    folder = Path(folder)
    return build_run(new_run(folder, Options(scenario, draws, seed, jobs, cluster=cluster), done), tell=tell)


def new_run(
    folder: Path, options: Options, done: Callable[[int, int], None] = lambda number, total: None
) -> Run:
    """A run of a case as its files are now, which nothing has been asked of yet.

    Raises:
        CaseError: the folder is no case.
    """
    if not (folder / _CASE_FILE).is_file():
        from steelyard.case import no_case

        raise no_case(folder)
    return Run(folder, options, input_hashes(folder), done)


def build_run(run: Run, *, tell: Callable[[str], None] = lambda line: None) -> Built:
    """Write what a run gives into the folder `out` of its case, as far as something has changed.

    The run is asked only for what has, and can be asked on afterwards.

    Raises:
        OSError: the results cannot be written; what was there before is untouched.
    """
    package = package_hash()
    if built := _unchanged(run, package, tell):
        return built
    with _alone(run.folder, tell):
        # Looked at once more, for another process may have built it meanwhile.
        return _unchanged(run, package, tell) or _build(run, package, load_state(run.folder / OUT), tell)


def _unchanged(run: Run, package: str, tell: Callable[[str], None]) -> Built | None:
    """What the last build said, if nothing has changed since."""
    out = run.folder / OUT
    state = load_state(out)
    files = {name: step.files for name, step in state.steps.items()}
    if not all(is_intact(state.steps.get(name), step_key(name, run, package, files), out) for name in STEPS):
        return None
    for name in STEPS:
        tell(f"{name:<8} unchanged")
    return Built(out / state.page, state.problems, state.summary, 0, state.contradictions)


@contextmanager
def _alone(folder: Path, tell: Callable[[str], None]) -> Iterator[None]:
    """Let no other process build the case meanwhile; what cannot be written needs no lock."""
    places = [each for each in (folder, folder / OUT) if each.is_dir() and os.access(each, os.W_OK)]
    if not places:
        yield
        return
    from steelyard.locks import locked

    def busy(holder: str) -> None:
        tell(f"waiting  for {holder}, which builds this case")

    with locked(places[0] / _LOCK, patience=_PATIENCE, busy=busy):
        yield


def step_key(name: str, run: Run, package: str, files: Files) -> str:
    """All that a step depends on as one hash: package, options, files of the case, files of earlier steps."""
    earlier: list[object] = [files.get(step) for step in STEPS[: STEPS.index(name)]]
    if name == "read":
        earlier.append(claim_reviews_hash(run.folder))
    if name == "project":
        earlier.pop()  # what was found when checking does not go into it
    asked = run.options.words if name in ("project", "report") else []
    without = {*_NOT_IN[name]}
    if name == "project" and any(file.endswith(WORKBOOKS) for file in run.inputs):
        without.discard("case")  # which says what of a workbook is a series
    return text_hash(package, name, chosen(run.inputs, without=without), earlier, asked)


def _build(run: Run, package: str, state: State, tell: Callable[[str], None]) -> Built:
    """Make what has changed, then write all of it, or nothing where the user has to mend something first."""
    from steelyard.core.whole_file import remove_leftovers
    from steelyard.engine import uninterrupted
    from steelyard.report.files import replace_files
    from steelyard.report.template import PAGE

    out = run.folder / OUT
    steps: dict[str, Step] = {}
    contents: dict[str, bytes] = {}
    for name in STEPS:
        if name == "report" and (faults := _faults(run)):
            return Built(None, _printed(run.problems()), (), faults, kept=out if out.is_dir() else None)
        key = step_key(name, run, package, {step: steps[step].files for step in steps})
        if is_intact(state.steps.get(name), key, out):
            steps[name], line = state.steps[name], "unchanged"
        else:
            made, line = _MAKE[name](run)
            steps[name] = Step(key, {file: bytes_hash(data) for file, data in made.items()})
            contents |= made
        tell(f"{name:<8} {line}")
    state = _state(run, steps)
    contents[STATE_FILE] = state_text(state).encode()
    with uninterrupted():
        remove_leftovers(out)
        replace_files(out, contents, sweep=("charts", "tables") if PAGE in contents else ())
    return Built(out / state.page, state.problems, state.summary, 0, state.contradictions)


def _faults(run: Run) -> int:
    return sum(problem.severity == "error" for problem in run.problems())


def _read(run: Run) -> tuple[Mapping[str, bytes], str]:
    gathered = run.gathered
    line = f"{_count(len(gathered.ledger), 'claim')} in {_count(len(gathered.documents), 'document')}"
    line += f", {len(gathered.rejected)} rejected in review" if gathered.rejected else ""
    return {"claims.jsonl": gathered.ledger.to_jsonl().encode()}, line


def _check(run: Run) -> tuple[Mapping[str, bytes], str]:
    found = run.checked[0]
    line = count_line(found, run.gathered, dismissed=run.dismissed)
    data = {"findings": [finding.to_json() for finding in found]}
    return {"findings.json": json_text(data).encode()}, line


def _project(run: Run) -> tuple[Mapping[str, bytes], str]:
    ensembles = run.projected[0]
    data = {"scenarios": [ensemble.to_json() for ensemble in ensembles]}
    asked = run.asked
    line = _count(len(ensembles), "scenario")
    if len(ensembles) < asked:
        line = f"{len(ensembles) or 'none'} of {_count(asked, 'scenario')}"
    return {"projection.json": json_text(data).encode()}, line


def _report(run: Run) -> tuple[Mapping[str, bytes], str]:
    files = run.reported[0]
    return files, _count(len(files), "file")


_MAKE = {"read": _read, "check": _check, "project": _project, "report": _report}


def _state(run: Run, steps: Mapping[str, Step]) -> State:
    """What the next build must know of this one."""
    from steelyard.report.template import PAGE

    findings, ensembles = run.checked[0], run.projected[0]
    return State(
        steps=steps,
        problems=_printed(sort_problems([*run.problems(), *run.reported[1]])),
        summary=(*summary_lines(findings, ensembles, run.gathered, dismissed=run.dismissed), *run.alone),
        page=PAGE,
        contradictions=sum(finding.verdict == "contradicted" for finding in findings),
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _printed(problems: Iterable[Problem]) -> tuple[str, ...]:
    return tuple(line for problem in problems for line in problem.lines())
