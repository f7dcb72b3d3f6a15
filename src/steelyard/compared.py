"""Two postures side by side in each of the formats that `steelyard compare` offers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from steelyard.core.problems import CaseError, Problem
from steelyard.core.schema import nearest
from steelyard.terminal import heading, line, rows_table, table_text, to_json, to_json_lines

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

    from steelyard.core.vocabulary import Vocabulary
    from steelyard.project.comparison import Comparison
    from steelyard.project.posture import Cell, Role

_SIDES = ("before", "after")
_COLUMNS = (
    *("function", "actor", "transition", "before_role", "after_role"),
    *("before", "after", "still_in_force", "claims"),
)


def compare_named(before: str, after: str, case: Path | None) -> tuple[Comparison, Vocabulary, list[Problem]]:
    """The comparison of two postures of the packaged data or of a case, with the claims of the case.

    Raises:
        CaseError: there is no posture of that name, or both are one.
    """
    from steelyard.core.vocabulary import load_vocabulary
    from steelyard.project.comparison import compare

    problems: list[Problem] = []
    if case:
        from steelyard.run import Run

        run = Run(case)
        vocabulary, claims = run.case.vocabulary, list(run.gathered.ledger)
        problems = run.gathered.located([*run.loaded[1], *run.gathered.problems])
    else:
        (vocabulary, problems), claims = load_vocabulary(), None
    known = vocabulary.entries("postures")
    for name in (before, after):
        if name not in known:
            raise CaseError(f"there is no posture {name!r}. {nearest(name, known)}")
    if before == after:
        raise CaseError(f"{before} beside itself shows nothing; name another posture of {', '.join(known)}")
    comparison, faults = compare(before, after, vocabulary, claims)
    return comparison, vocabulary, [*problems, *faults]


def comparison_text(
    comparison: Comparison, vocabulary: Vocabulary, problems: Sequence[Problem], form: str, *, terminal: bool
) -> str | bytes:
    """What `compare` gives; in CSV, Parquet and JSON lines each row is a cell."""
    match form:
        case "json":
            told = [problem.to_json() for problem in problems]
            return to_json({**comparison.to_json(), "problems": told})
        case "jsonl":
            return to_json_lines(comparison.rows())
        case "csv" | "parquet":
            from steelyard.cli_output import table_of

            return table_of(comparison.rows(), _COLUMNS, form, terminal)
        case _:
            return table_text(_parts(comparison, vocabulary), terminal=terminal)


def _parts(comparison: Comparison, vocabulary: Vocabulary) -> Iterator[Table | Text]:
    """The tables that a person reads, each with a line that says what it shows."""
    yield heading(f"{comparison.before.label} → {comparison.after.label}")
    yield rows_table(
        ("Responsibility", "Actor", comparison.before.label, comparison.after.label, "What moved"),
        [_cell_row(cell, vocabulary) for cell in comparison.cells],
    )
    yield line(_moves_line(comparison))
    rows = [
        (vocabulary.label("actors", shift.actor), shift.up, shift.down, shift.comparable, _net(shift.net))
        for shift in comparison.shifts
    ]
    yield rows_table(("Actor", "up", "down", "comparable cells", "net"), rows)
    yield line(_agreement_line(comparison))
    if comparison.gaps:
        yield heading("What does not add up")
        yield from (line(f"- {gap.text}") for gap in comparison.gaps)
    yield from _settings(comparison)
    yield from _threats(comparison, vocabulary)
    yield from _transfers(comparison, vocabulary)
    yield heading("Sources")
    for posture in (comparison.before, comparison.after):
        reference = posture.table("reference")
        keys = ("title", "publisher", "date", "locator", "url", "note")
        yield line(", ".join(str(reference[key]) for key in keys if reference.get(key)))


def _cell_row(cell: Cell, vocabulary: Vocabulary) -> tuple[str, ...]:
    moved: str = cell.transition
    if cell.still_in_force:
        moved += f"; {cell.still_in_force.role} from {cell.still_in_force.posture} still in force"
    function = vocabulary.label("functions", cell.function)
    return function, vocabulary.label("actors", cell.actor), _said(cell.before), _said(cell.after), moved


def _said(role: Role | None) -> str:
    """A role with its manner, qualifier and condition, and the words that give it."""
    if role is None:
        return "unstated"
    manner = f" ({role.modality})" if role.modality else ""
    more = "".join(f", {text}" for text in (role.qualifier, role.condition) if text)
    since = f", since {role.since}" if role.since else ""
    return f"{role.role}{manner}{more}{since}: “{role.quotation}”"


def _moves_line(comparison: Comparison) -> str:
    from steelyard.project.posture import Transition

    counts = comparison.transitions
    return ", ".join(f"{counts[move]} {move}" for move in get_args(Transition) if counts[move]) + "."


def _net(net: float | None) -> str:
    return "-" if net is None else f"{net:+.2f}"


def _agreement_line(comparison: Comparison) -> str:
    """Kappa with the number of cells behind it, and whether more than one coder read the documents."""
    cells = comparison.stated_in_both
    count = f"{cells} cell{'' if cells == 1 else 's'} that both state"
    kappa = "none" if comparison.kappa is None else f"{comparison.kappa:.2f}"
    coders = [
        f"{posture.label}: {'one coder' if alpha is None else f'Krippendorff alpha {alpha:.2f}'}"
        for posture, alpha in zip((comparison.before, comparison.after), comparison.alphas, strict=True)
    ]
    return f"Linearly weighted kappa: {kappa}, over {count}. {'; '.join(coders)}."


def _settings(comparison: Comparison) -> Iterator[Table | Text]:
    """What the postures set in scenarios, and in which of the case."""
    if not comparison.settings:
        return
    yield heading(f"Parameters that either sets, on {comparison.day}")
    ids = (comparison.before.id, comparison.after.id)
    rows = [
        (row["label"], *(_setting(row, side, name) for side, name in zip(_SIDES, ids, strict=True)))
        for row in comparison.settings
    ]
    yield rows_table(("Parameter", comparison.before.label, comparison.after.label), rows)
    for posture, names in comparison.scenarios.items():
        if names:
            yield line(f"Scenarios that stand on {posture}: {', '.join(names)}.")


def _setting(row: Mapping[str, object], side: str, name: str) -> str:
    """What holds with a posture, and who says so where it is not the posture itself."""
    layer = row[f"{side}_layer"]
    if not layer:
        return "- (not set)"
    return f"{row[side] or '-'} ({'set by it' if layer == name else f'not set by it: {layer}'})"


def _threats(comparison: Comparison, vocabulary: Vocabulary) -> Iterator[Table | Text]:
    if not comparison.threats:
        return
    yield heading("Threats, apart from who is to meet them")
    rows = []
    for row in comparison.threats:
        against = row["against"] if isinstance(row["against"], list) else []
        whom = ", ".join(vocabulary.label("actors", actor) for actor in against)
        document = vocabulary.label("postures", str(row["posture"]))
        rows.append((document, vocabulary.label("actors", str(row["actor"])), whom, f"“{row['quotation']}”"))
    yield rows_table(("Document", "Threat", "to", "in its words"), rows)


def _transfers(comparison: Comparison, vocabulary: Vocabulary) -> Iterator[Table | Text]:
    """The steps of each transfer, with the day of each or the claim that would give one."""
    from steelyard.project.comparison import when_met

    for function in dict.fromkeys(str(row["function"]) for row in comparison.transfers):
        rows = [row for row in comparison.transfers if row["function"] == function]
        names = rows[0]["stated_in"]
        stated = names if isinstance(names, list) else []
        who = " and ".join(vocabulary.label("postures", name) for name in stated)
        yield heading(f"Transfer of {vocabulary.label('functions', function).lower()}")
        yield line(f"Spoken of in: {who or 'neither document'}.")
        shown = [
            (row["kind"], row["label"], row["state"], when_met(row), row["lifted_by"] or "") for row in rows
        ]
        yield rows_table(("", "", "state", "when", "a date would come from"), shown)
