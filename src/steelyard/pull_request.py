"""The audit of drafts that a pull request changes: `python -m steelyard.pull_request`, as the Action runs it.

What is asked for stands in the environment, as `action.yml` puts it there: STEELYARD_FILES (patterns, one a
line), STEELYARD_AGAINST (cases, ledgers or documents, one a line), STEELYARD_BASE (the commit since which
drafts have changed; none for all drafts), STEELYARD_STRICT and STEELYARD_SARIF (a file). The exit code is
that of `steelyard check --against`. Words of a draft reach the log only as escaped annotations, since a line
there may be a command to whoever runs the workflow.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from steelyard.core.problems import SteelyardError, visible
from steelyard.draft_audit import Audit, audit_lines, audit_paths, audit_text, count_of

FINE, CONTRADICTED, FAULTY, BROKEN = 0, 1, 2, 3
# What may name a commit; a name that begins with a dash would be an option of git's.
_COMMIT = re.compile(r"[0-9A-Za-z][0-9A-Za-z_./^~@{}-]*")
_YES, _NO = ("true", "yes", "1"), ("false", "no", "0", "")


@dataclass(frozen=True)
class Asked:
    """What is to be audited, against what, and what is wanted of it."""

    files: Sequence[str]
    against: Sequence[str]
    base: str = ""
    strict: bool = True
    sarif: Path | None = None

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> Asked:
        """What the variables say.

        Raises:
            SteelyardError: there is nothing to audit against, or a value cannot be used.
        """

        def lines(name: str) -> list[str]:
            given = environment.get(f"STEELYARD_{name}", "").splitlines()
            return [line.strip() for line in given if line.strip()]

        strict = environment.get("STEELYARD_STRICT", "true").strip().lower()
        if strict not in (*_YES, *_NO):
            raise SteelyardError(f"strict: {strict!r} is neither true nor false")
        if not (against := lines("AGAINST")):
            raise SteelyardError("against: name a case, ledger or document that gives the figures")
        base = environment.get("STEELYARD_BASE", "").strip()
        if base and not _COMMIT.fullmatch(base):
            raise SteelyardError(f"base: {base!r} cannot be the name of a commit")
        sarif = environment.get("STEELYARD_SARIF", "").strip()
        return cls(
            lines("FILES") or ["**/*.md"], against, base, strict in _YES, Path(sarif) if sarif else None
        )


def drafts_of(asked: Asked) -> list[str]:
    """The files of the checkout that are meant, in order: those that changed since the base, if there is one.

    Raises:
        SteelyardError: git cannot tell, because this is no checkout or the base is not in it.
    """
    patterns = [each if each.startswith(":") else f":(glob){each}" for each in asked.files]
    if asked.base:
        words = [
            "diff",
            "--name-only",
            "-z",
            "--diff-filter=d",
            "--no-renames",
            "--relative",
            f"{asked.base}...HEAD",
        ]
    else:
        words = ["ls-files", "-z"]
    try:
        done = subprocess.run(["git", *words, "--", *patterns], capture_output=True, check=False)
    except FileNotFoundError as error:
        raise SteelyardError(
            "git is not installed, and only git can tell which drafts have changed"
        ) from error
    if done.returncode:
        reason = " ".join(done.stderr.decode(errors="replace").split())
        cure = "; check out with fetch-depth: 0, so that the base is there" if asked.base else ""
        raise SteelyardError(f"git cannot tell the drafts ({reason}){cure}")
    names = [os.fsdecode(name) for name in done.stdout.split(b"\0") if name]
    return sorted(name for name in names if Path(name).is_file())


def audit_drafts(asked: Asked, environment: Mapping[str, str]) -> int:
    """Audit the drafts that are meant, tell it where the workflow looks, and give the exit code.

    Raises:
        SteelyardError: git cannot tell the drafts, or what they are audited against is no case.
    """
    drafts = drafts_of(asked)
    if not drafts:
        _say("::notice title=steelyard::No draft that is meant has changed.")
        _report(
            environment, {"contradicted": "0", "unsupported": "0", "sarif": ""}, "No draft has changed.\n"
        )
        return FINE
    audit = audit_paths(drafts, asked.against)
    sys.stdout.write(str(audit_text(audit, "github", explain=False, terminal=False)))
    if asked.sarif:
        asked.sarif.parent.mkdir(parents=True, exist_ok=True)
        asked.sarif.write_text(
            str(audit_text(audit, "sarif", explain=False, terminal=False)), encoding="utf-8", newline="\n"
        )
    _say(f"Drafts: {len(drafts)}. Figures: {count_of(audit.found)}.")
    counts = {verdict: str(_count(audit, verdict)) for verdict in ("contradicted", "unsupported")}
    _report(environment, {**counts, "sarif": str(asked.sarif or "")}, _summary(audit))
    faulty = any(problem.severity == "error" for problem in audit.problems)
    contradicted = asked.strict and audit.contradicts
    return max(FAULTY if faulty else FINE, CONTRADICTED if contradicted else FINE)


def main() -> int:
    """Audit what the environment asks for; what cannot be done at all is told in one line."""
    try:
        return audit_drafts(Asked.of(os.environ), os.environ)
    except SteelyardError as error:
        return _fail(str(error), FAULTY)
    except OSError as error:
        return _fail(f"{error.filename}: {error.strerror}" if error.filename else str(error), BROKEN)


def _fail(message: str, code: int) -> int:
    """Tell why there is no audit, as an annotation."""
    _say(f"::error title=steelyard::{visible(message).replace('%', '%25')}")
    return code


def _count(audit: Audit, verdict: str) -> int:
    return sum(one.verdict == verdict for one in audit.found)


def _summary(audit: Audit) -> str:
    """The audit as the page of the workflow shows it: as on a terminal, behind more ticks than it holds."""
    text = "\n".join(audit_lines(audit, explain=False))
    ticks = "`" * (max((len(run) for run in re.findall("`+", text)), default=2) + 1)
    fence = ticks if len(ticks) > 2 else "```"
    return f"### Figures audited by steelyard\n\n{fence}text\n{text}\n{fence}\n"


def _report(environment: Mapping[str, str], outputs: Mapping[str, str], summary: str) -> None:
    """Hand outputs and summary to the workflow, where there is one."""
    lines = "".join(f"{name}={' '.join(value.split())}\n" for name, value in outputs.items())
    for variable, text in (("GITHUB_OUTPUT", lines), ("GITHUB_STEP_SUMMARY", summary)):
        if path := environment.get(variable):
            with Path(path).open("a", encoding="utf-8", newline="\n") as file:
                file.write(text)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    sys.exit(main())
