"""What `check` gives, handed out: findings, what of them has changed, those on a large ledger, an audit."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from steelyard import cli_output
from steelyard.apart import check_in_parts
from steelyard.draft_audit import audit_text
from steelyard.next_steps import after_check
from steelyard.outcome import (
    CONTRADICTED,
    FINE,
    hand_out,
    is_terminal,
    tell_next,
    tell_problems,
    waiting_for,
    write_pieces,
)
from steelyard.reviews import apply_reviews
from steelyard.watched import since_text

if TYPE_CHECKING:
    from steelyard.apart import LargeLedger
    from steelyard.check.findings import Finding
    from steelyard.core.problems import Problem
    from steelyard.draft_audit import Audit
    from steelyard.gather import Gathered


def hand_out_findings(
    found: tuple[list[Finding], list[Problem]],
    gathered: Gathered,
    form: str,
    output: Path | None,
    *,
    since: Path | None,
    case: Path | None,
    explain: bool,
    quiet: bool,
) -> tuple[int, bool]:
    """Give the findings, or what of them has changed; the exit code, and whether one is a contradiction."""
    reviewed = apply_reviews(found[0], gathered.case.reviews if gathered.case else ())
    problems = gathered.located([*gathered.problems, *found[1], *reviewed.problems])
    count, stand, terminal = len(reviewed.dismissed), reviewed.findings, is_terminal(output)
    if since:
        text, new = since_text(since, reviewed, gathered, problems, form, case=case, terminal=terminal)
        return hand_out(text, output, problems, quiet=quiet), new
    text = cli_output.findings(
        stand, gathered, problems, form, explain=explain, terminal=terminal, dismissed=count
    )
    code = hand_out(text, output, problems, quiet=quiet)
    tell_next(after_check(stand, gathered, explain=explain), output, quiet=quiet)
    return code, any(finding.verdict == "contradicted" for finding in stand)


def hand_out_parts(
    ledger: LargeLedger, output: Path | None, *, jobs: int, cluster: str | None, quiet: bool, strict: bool
) -> int:
    """Write the findings on a large ledger as they are found, and tell the problems; the exit code."""
    with waiting_for("Checking", [str(path) for path in ledger.paths], quiet=quiet) as waiting:
        found = check_in_parts(ledger, jobs=jobs, cluster=cluster, done=waiting.done)
        write_pieces(found.lines, output)
    code = tell_problems(found.problems, quiet=quiet)
    return max(code, CONTRADICTED if strict and found.contradicted else FINE)


def hand_out_audit(audit: Audit, form: str, output: Path | None, *, explain: bool, quiet: bool) -> int:
    """Give an audit and tell its problems; the exit code."""
    text = audit_text(audit, form, explain=explain, terminal=is_terminal(output))
    return hand_out(text, output, audit.problems, quiet=quiet)
