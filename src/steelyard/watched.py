"""What has changed between two runs of `check`: contradictions that are new or gone, claims now borne out.

A finding is known by its hash, which is made of what its claims say; so what only moved in its text is no
change. With a case it is told which inputs of its scenarios rest on the claims of a change.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from steelyard.cli_output import table_of
from steelyard.core.problems import FormatError, Problem
from steelyard.core.series import Series
from steelyard.terminal import printable, to_json, to_json_lines

if TYPE_CHECKING:
    from steelyard.case import Case
    from steelyard.check.findings import Finding
    from steelyard.core.claim import Ledger
    from steelyard.gather import Gathered
    from steelyard.reviews import Reviewed

Plain = Mapping[str, Any]
Kind = Literal["new", "gone", "corroborated"]
FORMATS = ("table", "json", "jsonl", "csv", "parquet")
_TITLES: Mapping[Kind, str] = {
    "new": "New contradictions",
    "gone": "Contradictions that are gone",
    "corroborated": "Claims now corroborated",
}
_COLUMNS = ("change", "hash", "identity", "severity", "explanation", "claims", "documents", "inputs")


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier run: its findings by hash, and the documents that it saw, None where it does not tell."""

    findings: Mapping[str, Plain]
    documents: frozenset[str] | None

    def has(self, verdict: str) -> dict[str, Plain]:
        """Those of a verdict."""
        return {name: one for name, one in self.findings.items() if one["verdict"] == verdict}


@dataclass(frozen=True, slots=True)
class Change:
    """One change: its finding, the documents that it comes of, and inputs as "scenario: input"."""

    kind: Kind
    finding: Plain
    documents: tuple[str, ...] = ()
    inputs: tuple[str, ...] = ()

    def to_json(self) -> dict[str, object]:
        """The change as plain data."""
        return {
            "change": self.kind,
            "documents": list(self.documents),
            "inputs": list(self.inputs),
            "finding": dict(self.finding),
        }


def load_earlier(path: Path) -> Earlier:
    """The run whose output lies in a file, as `check --format json` or jsonl, or a build, wrote it.

    Raises:
        FormatError: it is none, or cannot be read.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise FormatError(f"{path}: the file cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise FormatError(f"{path}: the file is not UTF-8 text") from error
    try:
        data = _parsed(text)
        findings = {one["hash"]: one for one in data["findings"]}
        for one in findings.values():
            _ = one["verdict"], one["explanation"], [_said(claim) for claim in one["claims"]]
        claims = data.get("claims")
        return Earlier(findings, None if claims is None else frozenset(claim["document"] for claim in claims))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        message = "it is no run; `steelyard check PATH --format json --output run.json` writes one"
        raise FormatError(f"{path}: {message}") from error


def _parsed(text: str) -> Plain:
    """What a run wrote, be it one object or a finding a line."""
    lines = [line for line in text.split("\n") if line.strip()]
    rows = [json.loads(line) for line in lines] if text[:2] != "{\n" else [json.loads(text)]
    if len(rows) == 1 and "findings" in rows[0]:
        whole: Plain = rows[0]
        return whole
    return {"findings": rows}


def since_text(
    path: Path,
    reviewed: Reviewed,
    gathered: Gathered,
    problems: Sequence[Problem],
    form: str,
    *,
    case: Path | None,
    terminal: bool,
) -> tuple[str | bytes, bool]:
    """What has changed since the run in a file, as text; and whether there is a new contradiction.

    Raises:
        FormatError: the file holds no run.
    """
    from steelyard.case import load_case

    known = gathered.case or (load_case(case)[0] if case else None)
    changes = changes_since(
        load_earlier(path),
        reviewed.findings,
        ledger=gathered.ledger,
        dismissed=[finding.hash for finding in reviewed.dismissed],
        inputs=inputs_by_claim(known, gathered.ledger, known.series) if known else None,
    )
    text = changes_text(changes, problems, form, terminal=terminal)
    return text, any(change.kind == "new" for change in changes)


def changes_since(
    earlier: Earlier,
    findings: Sequence[Finding],
    *,
    ledger: Ledger,
    dismissed: Iterable[str] = (),
    inputs: Mapping[str, Sequence[str]] | None = None,
) -> list[Change]:
    """What is otherwise now than in an earlier run, contradictions first.

    `dismissed` are hashes that a person has set aside since; no document did. `inputs` are those of scenarios
    by the id of the claim that they rest on.
    """
    now = [finding.to_json() for finding in findings]
    before, after = earlier.has("contradicted"), {str(one["hash"]) for one in now if _is(one, "contradicted")}
    aside = {*dismissed}
    borne_out = {_said(claim) for one in earlier.has("corroborated").values() for claim in one["claims"]}
    found: list[tuple[Kind, Plain]] = [
        *(("new", one) for one in now if _is(one, "contradicted") and one["hash"] not in before),
        *(("gone", one) for name, one in before.items() if name not in after | aside),
        *(("corroborated", one) for one in now if _is(one, "corroborated") and not _all_in(one, borne_out)),
    ]
    seen = earlier.documents
    new = {claim.document for claim in ledger} - seen if seen is not None else set()
    return [_change(kind, one, new, inputs or {}) for kind, one in found]


def _is(finding: Plain, verdict: str) -> bool:
    return bool(finding["verdict"] == verdict)


def _all_in(finding: Plain, known: set[tuple[object, ...]]) -> bool:
    return all(_said(claim) in known for claim in finding["claims"])


def _said(claim: Plain) -> tuple[object, ...]:
    """What tells claims of two runs apart."""
    return claim["id"], claim["document"], claim["quote"]


def _change(kind: Kind, one: Plain, new: set[str], inputs: Mapping[str, Sequence[str]]) -> Change:
    claims = [*one["claims"], *one.get("given", ())]
    documents = dict.fromkeys(claim["document"] for claim in claims if claim["document"] in new)
    touched = dict.fromkeys(each for claim in claims for each in inputs.get(claim["id"], ()))
    return Change(kind, one, tuple(documents), tuple(touched))


def inputs_by_claim(case: Case, ledger: Ledger, series: Sequence[Series]) -> dict[str, list[str]]:
    """The inputs of the case's scenarios, as "scenario: input", by the id of each claim they rest on."""
    from steelyard.project.prepared import prepare
    from steelyard.project.symbols import origins_of

    found: dict[str, list[str]] = {}
    for scenario in case.vocabulary.entries("scenarios").values():
        ready, _ = prepare(scenario, ledger, case.vocabulary, series)
        if ready is None:
            continue
        printed = ready.base.printed.claims if ready.base.printed else ()
        base = {claim.id: "spending as printed" for claim in printed}
        base |= {claim.id: "share" for claim in ready.base.share.claims}
        base |= {claim.id: "spending" for claim in ready.base.spending.claims}
        for origin in origins_of(ready)[0]:
            if origin.kind == "claim":
                claim = origin.id.removeprefix("claim:")
                found.setdefault(claim, []).append(f"{scenario.id}: {base.get(claim, origin.label)}")
    return found


def changes_text(
    changes: Sequence[Change], problems: Sequence[Problem], form: str, *, terminal: bool
) -> str | bytes:
    """The changes in a format of `check`."""
    match form:
        case "json":
            told = [problem.to_json() for problem in problems]
            return to_json({"changes": [one.to_json() for one in changes], "problems": told})
        case "jsonl":
            return to_json_lines(one.to_json() for one in changes)
        case "csv" | "parquet":
            return table_of([_row(one) for one in changes], _COLUMNS, form, terminal)
        case _:
            return "".join(f"{printable(line)}\n" for line in _lines(changes))


def _row(change: Change) -> Plain:
    row: dict[str, object] = {key: change.finding.get(key) for key in _COLUMNS}
    claims = [claim["id"] for claim in change.finding["claims"]]
    more = {"documents": list(change.documents), "inputs": list(change.inputs)}
    return row | {"change": change.kind, "claims": claims} | more


def _lines(changes: Sequence[Change]) -> Iterator[str]:
    """A block for each kind of change; a line that says so where there is none."""
    if not changes:
        yield "Nothing has changed: no new contradiction, none gone, no claim newly corroborated."
    for kind, title in _TITLES.items():
        of_kind = [one for one in changes if one.kind == kind]
        if of_kind:
            yield f"{title}: {len(of_kind)}"
        for one in of_kind:
            weight = (one.finding.get("severity") or "").replace("_", " ")
            yield f"  {one.finding['identity']}" + (f" ({weight})" if weight else "")
            yield from (f"    {claim['document']}: {claim['quote']}" for claim in one.finding["claims"])
            yield f"    {' '.join(one.finding['explanation'].split())}"
            if one.documents:
                yield f"    New: {', '.join(one.documents)}"
            if one.inputs:
                yield f"    Touches {', '.join(one.inputs)}"
