"""Results in each of the formats that the commands offer: what they promise as JSON, and rows of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from steelyard.brief import rejected_line
from steelyard.core.claim import CLAIM_KEYS
from steelyard.corpus.copies import copies_of
from steelyard.explained import explained
from steelyard.projected import projection_tables
from steelyard.store import ledger_to_parquet, rows_to_csv, rows_to_parquet
from steelyard.terminal import (
    claims_table,
    finding_lines,
    printable,
    span_of,
    table_text,
    to_json,
    to_json_lines,
)

if TYPE_CHECKING:
    from steelyard.check.findings import Finding
    from steelyard.core.problems import Problem
    from steelyard.core.vocabulary import Vocabulary
    from steelyard.gather import Gathered
    from steelyard.project.ensemble import Ensemble
    from steelyard.read.documents.document import Document
    from steelyard.report.export.alert import Alert

Plain = Mapping[str, object]
_FINDING_COLUMNS = (
    *(
        "id",
        "verdict",
        "severity",
        "identity",
        "claims",
        "given",
        "expected_low",
        "expected_high",
        "found_low",
    ),
    *("found_high", "unit", "miss", "explanation", "readings", "hash"),
)
# What the rows of a projection have, for when there are none.
_PROJECTION_COLUMNS = (
    *("scenario", "variable", "unit", "year"),
    *("q5", "q25", "q50", "q75", "q95"),
    *("box_low", "box_high"),
    *("q5_error", "q25_error", "q50_error", "q75_error", "q95_error"),
)
_NUMBERS = ("expected_low", "expected_high", "found_low", "found_high", "year", "box_low", "box_high")


def texts(documents: Sequence[Document]) -> str:
    """The text of a document exactly as offsets count it; of several, each as a line of JSON."""
    if len(documents) == 1:
        return documents[0].text
    return to_json_lines([{"document": document.name, "text": document.text} for document in documents])


def claims(gathered: Gathered, form: str, *, explain: bool, terminal: bool) -> str | bytes:
    """What `read` gives. With `explain` a table becomes a block a claim; the other formats have it all."""
    rows = [claim.to_json() for claim in gathered.ledger]
    match form:
        case "json":
            told = [problem.to_json() for problem in gathered.problems]
            return to_json({"claims": rows, "problems": told, **_rejected(gathered)})
        case "jsonl":
            return to_json_lines(rows)
        case "csv":
            return _safe(rows_to_csv(rows, CLAIM_KEYS), terminal)
        case "parquet":
            return ledger_to_parquet(gathered.ledger)
        case _ if not gathered.ledger:
            return "No claim was read.\n"
        case _:
            last = f"{line}\n" if (line := rejected_line(gathered)) else ""
            table = "" if explain else table_text([claims_table(gathered)], terminal=terminal)
            return (explained(gathered) if explain else table) + last


def findings(
    found: Sequence[Finding],
    gathered: Gathered,
    problems: Sequence[Problem],
    form: str,
    *,
    explain: bool,
    terminal: bool,
    dismissed: int = 0,
) -> str | bytes:
    """What `check` gives, the gravest first. In CSV and Parquet the claims of a finding stand as ids."""
    data = [finding.to_json() | _copies(finding, gathered) for finding in found]
    match form:
        case "json":
            claims = [claim.to_json() for claim in gathered.ledger]
            told = [problem.to_json() for problem in problems]
            return to_json({"findings": data, "problems": told, "claims": claims, **_rejected(gathered)})
        case "jsonl":
            return to_json_lines(data)
        case "csv" | "parquet":
            return table_of([_finding_row(row) for row in data], _FINDING_COLUMNS, form, terminal)
        case "sarif" | "github":
            from steelyard.report.export.alert import alerts_of_findings, alerts_of_problems

            alerts = alerts_of_findings(found, lambda claim: span_of(claim, gathered), everything=explain)
            return alerts_text([*alerts, *alerts_of_problems(problems)], form)
        case _:
            lines = finding_lines(found, gathered, explain=explain, dismissed=dismissed)
            return "".join(f"{line}\n" for line in lines)


def _rejected(gathered: Gathered) -> Plain:
    """The claims that reviews took out of the ledger, each with the reason, where there are some."""
    return {"rejected": [one.to_json() for one in gathered.rejected]} if gathered.rejected else {}


def _copies(finding: Finding, gathered: Gathered) -> dict[str, object]:
    """Where else the claims of a finding stand, if the ledger holds copies of texts."""
    return copies_of(finding, gathered.copies) if gathered.copies else {}


def alerts_text(alerts: Sequence[Alert], form: str) -> str:
    """Alerts in the foreign format that is asked for: "sarif" or "github"."""
    from steelyard.report.export.github import to_commands
    from steelyard.report.export.sarif import to_sarif
    from steelyard.state import version

    return to_json(to_sarif(alerts, version=version())) if form == "sarif" else to_commands(alerts)


def projections(
    ensembles: Sequence[Ensemble],
    vocabulary: Vocabulary,
    problems: Sequence[Problem],
    form: str,
    *,
    terminal: bool,
    none: str = "",
) -> str | bytes:
    """What `project` gives. In CSV and Parquet each row is a variable of a scenario in a year.

    `none` is what to say of a case that has no scenario.
    """
    match form:
        case "json":
            data = [ensemble.to_json() for ensemble in ensembles]
            return to_json({"scenarios": data, "problems": [problem.to_json() for problem in problems]})
        case "jsonl":
            return to_json_lines(ensemble.to_json() for ensemble in ensembles)
        case "csv" | "parquet":
            rows = [row for ensemble in ensembles for row in ensemble.rows()]
            return table_of(rows, tuple(rows[0]) if rows else _PROJECTION_COLUMNS, form, terminal)
        case _ if not ensembles:
            codes = dict.fromkeys(one.code for one in problems if one.severity != "warning")
            why = f" ({', '.join(codes)})" if codes else ""
            if none:
                return f"No scenario was projected. {none}\n"
            return f"No scenario was projected{why}; standard error says why.\n"
        case _:
            return table_text(projection_tables(ensembles, vocabulary), terminal=terminal)


def _finding_row(finding: Plain) -> Plain:
    """A finding in one row: bounds in columns of their own, claims by id."""
    row: dict[str, object] = dict(finding)
    for key in ("claims", "given"):
        row[key] = [claim["id"] if isinstance(claim, Mapping) else claim for claim in _list(finding.get(key))]
    for key in ("expected", "found"):
        bounds = finding.get(key)
        bounds = bounds if isinstance(bounds, Mapping) else {}
        row |= {f"{key}_low": bounds.get("low"), f"{key}_high": bounds.get("high")}
        row["unit"] = row.get("unit") or bounds.get("unit")
    return row


def _list(value: object) -> Sequence[object]:
    return value if isinstance(value, (list, tuple)) else ()


def table_of(
    rows: Sequence[Plain],
    columns: Sequence[str],
    form: str,
    terminal: bool,
    types: Mapping[str, str] = MappingProxyType({}),
) -> str | bytes:
    """Rows as CSV or Parquet; lists and tables in a cell stand there as JSON.

    `types` are those of columns in Parquet, where their names do not tell them.
    """
    if form == "csv":
        return _safe(rows_to_csv(rows, columns), terminal)
    told = {column: "DOUBLE" if _is_number(column) else "VARCHAR" for column in columns}
    return rows_to_parquet(rows, {column: types.get(column, told[column]) for column in columns})


def _is_number(column: str) -> bool:
    return column in _NUMBERS or (column[:1] == "q" and column[1:].removesuffix("_error").isdigit())


def _safe(text: str, terminal: bool) -> str:
    """CSV as it is for a file, and harmless for a terminal."""
    return printable(text) if terminal else text
