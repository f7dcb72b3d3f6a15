"""What to do next, in a sentence for whoever has just read a result at a terminal; "" where that is plain."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from steelyard.check.findings import Finding
    from steelyard.gather import Gathered
    from steelyard.project.ensemble import Ensemble

_SAMPLE = "steady.toml.example"


def after_new(case: Path) -> str:
    """Where texts go, and how the case is built."""
    return (
        f"Put your texts into {case / 'sources'} in place of sample.txt, then: "
        f"{_command('build', case)}. {case / 'scenarios' / _SAMPLE} says how to make a scenario."
    )


def after_read(paths: Sequence[str], gathered: Gathered, *, explain: bool) -> str:
    """How to see why claims were read so, and whether they fit together."""
    if not gathered.ledger:
        return ""
    why = "" if explain else "Why each was read so: --explain. "
    return f"{why}Whether they fit together: {_command('check', *paths)}"


def after_check(findings: Sequence[Finding], gathered: Gathered, *, explain: bool) -> str:
    """How to see the other readings of a contradiction, and how to dismiss it."""
    if not any(finding.verdict == "contradicted" for finding in findings):
        return ""
    if not explain:
        return "Other readings, and the hash by which a review dismisses a finding: --explain."
    place = (gathered.case.folder if gathered.case else Path("CASE")) / "reviews.jsonl"
    line = '{"hash": ..., "decision": "dismiss", "reason": ...}'
    return f"To dismiss a finding, write a line {line} into {place}."


def after_project(case: Path, ensembles: Sequence[Ensemble]) -> str:
    """How to ask where a number comes from; where there is none, how a case gets a scenario."""
    for ensemble in ensembles:
        if year := ensemble.target_year or ensemble.base_year:
            return f"What a number rests on: {_command('project', case, '--why', f'spending {year}')}"
    return ""


def without_scenarios(case: Path) -> str:
    """What makes a scenario of a case that has none; "" where it has some."""
    folder = case / "scenarios"
    if any(folder.glob("*.toml")):
        return ""
    sample = folder / _SAMPLE
    known = f": rename {sample} to {folder / 'steady.toml'}" if sample.exists() else ""
    return f"The case has no scenario; put one into {folder}{known}. What it needs: docs/projection.md"


def after_build(page: Path | None, case: Path) -> str:
    """What to do with the page."""
    if page is None:
        return ""
    told = without_scenarios(case)
    return "Open the page in a browser." + (f" {told}" if told else "")


def after_panel_files() -> str:
    """How to measure with the files listed."""
    return "What they give of an alliance: steelyard panel NATO, or actors such as KOR,USA,JPN."


def after_compare(*, has_case: bool) -> str:
    """How to lay claims beside the cells."""
    return "" if has_case else "To lay the claims of a case beside it: --case CASE."


def _command(name: str, *arguments: object) -> str:
    """A command line as it can be typed."""
    return shlex.join(["steelyard", name, *map(str, arguments)])
