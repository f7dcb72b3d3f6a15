"""Findings, audits and problems as alerts: what any editor or code host can show beside a text."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import PurePath
from typing import Literal

from steelyard.check.audited import Audited
from steelyard.check.findings import Finding
from steelyard.core.claim import Claim
from steelyard.core.problems import Place, Problem
from steelyard.read.formats import markdown, plain

Level = Literal["error", "warning", "note", "none"]
# What a verdict asks of whoever wrote the text; one that asks for nothing is told only when all is wanted.
LEVELS: dict[str, Level] = {"contradicted": "error", "reconciled": "note", "unsupported": "warning"}
_OF_PROBLEMS: dict[str, Level] = {"error": "error", "warning": "warning", "refusal": "note"}
# Formats whose offsets are those of the file; in others a line would point to the wrong place.
_AS_ON_DISK = ("", *plain.SUFFIXES, *markdown.SUFFIXES)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a file. Lines and columns count from 1, in characters; the end is not included.

    `start` and `end` are offsets into the text; all are zero where only the file is known.
    """

    file: str
    line: int = 0
    column: int = 0
    end_line: int = 0
    end_column: int = 0
    start: int = 0
    end: int = 0
    words: str = ""

    @classmethod
    def in_text(cls, file: str, text: str, start: int, end: int) -> Span:
        """The stretch `text[start:end]`; the file alone where the text is not what stands in the file."""
        if PurePath(file.replace("\\", "/")).suffix.lower() not in _AS_ON_DISK:
            return cls(file)
        ends = [(text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)) for at in (start, end)]
        return cls(file, *ends[0], *ends[1], start, end, text[start:end])

    @classmethod
    def of_place(cls, place: Place) -> Span:
        """Where a problem stands."""
        column = place.column and place.column + place.width
        return cls(place.file, place.line, place.column, place.line, column)


@dataclass(frozen=True, slots=True)
class Alert:
    """One message at a place. `rule` is what it belongs to, `title` that in words, `mark` the same in each
    run as long as the claims say the same. `is_problem` tells a fault of the input from a finding.
    """

    level: Level
    rule: str
    title: str
    message: str
    span: Span
    related: tuple[Span, ...] = ()
    mark: str = ""
    is_problem: bool = False


Where = Callable[[Claim], Span]


def alerts_of_findings(findings: Iterable[Finding], where: Where, *, everything: bool = False) -> list[Alert]:
    """Contradictions and reconciliations, or everything, each at the claim that is most likely wrong."""
    found = []
    for finding in findings:
        level: Level = LEVELS.get(finding.verdict, "none")
        if finding.severity == "last_digit":
            level = "warning"
        if level != "none" or everything:
            first, *others = map(where, _likeliest_first(finding))
            message = _with_reading(finding.explanation, [each.change for each in finding.readings])
            title = f"{finding.verdict} {finding.identity}"
            found.append(Alert(level, title, title, message, first, tuple(others), finding.hash))
    return found


def alerts_of_audit(
    found: Iterable[Audited], where: Where, there: Where, *, everything: bool = False
) -> list[Alert]:
    """Figures that are contradicted or without source, or all of them; `there` is where sources stand."""
    alerts = []
    for one in found:
        level: Level = LEVELS.get(one.verdict, "none")
        if one.severity == "last_digit":
            level = "warning"
        if level != "none" or everything:
            message = _with_reading(one.explanation, [each.change for each in one.readings])
            title = f"{one.verdict} {one.identity or ''}".strip()
            related = tuple(there(claim) for claim in one.by)
            alerts.append(Alert(level, title, title, message, where(one.claim), related, one.claim.id))
    return alerts


def alerts_of_problems(problems: Iterable[Problem]) -> list[Alert]:
    """What could not be read or checked."""
    return [
        Alert(
            _OF_PROBLEMS[problem.severity],
            problem.code,
            problem.code,
            f"{problem.message} {problem.hint}".rstrip(),
            Span.of_place(problem.origin),
            is_problem=True,
        )
        for problem in problems
    ]


def _with_reading(explanation: str, readings: list[str]) -> str:
    is_new = bool(readings) and readings[0] not in explanation
    return f"{explanation} First reading: {readings[0]}." if is_new else explanation


def _likeliest_first(finding: Finding) -> list[Claim]:
    """The claims of a finding, in front the one that its first reading changes."""
    changed = finding.readings[0].claim if finding.readings else ""
    return sorted((*finding.claims, *finding.given), key=lambda claim: claim.id != changed)
