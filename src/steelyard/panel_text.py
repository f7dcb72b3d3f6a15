"""What the panel gives as text: measures, known files, counts side by side and revisions, in each format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from steelyard.panel_tables import measured_parts, short, split_tables
from steelyard.terminal import heading, line, table_text, text_width, to_json, to_json_lines

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

    from steelyard.core.problems import Problem
    from steelyard.core.vocabulary import Vocabulary
    from steelyard.panel.editions import Revision, Revisions
    from steelyard.panel.measured import Measured
    from steelyard.panel.observations import KnownFile, Panel

_FILE_COLUMNS = ("path", "publisher", "edition", "taken", "left", "unknown")
_REVISION_COLUMNS = (
    *("actor", "measure", "item", "year", "fiscal", "unit", "prices", "from_edition", "earlier", "was"),
    *("to_edition", "later", "percent", "unit_changed"),
)
# What a person reads of a count; JSON has the ends and origins too.
_COUNTED = ("actor", "year", "measure", "definition", "unit", "value", "status", "fiscal", "edition")
# Columns of Parquet that are no text.
_TYPES = {
    **dict.fromkeys(("low", "middle", "high", "value", "earlier", "later", "percent"), "DOUBLE"),
    **dict.fromkeys(("year", "members"), "BIGINT"),
    **dict.fromkeys(("sharp", "estimate", "fiscal", "unit_changed"), "BOOLEAN"),
}
_NAMED = 8  # countries that a list names before it only counts them


def measured_text(
    measured: Measured, vocabulary: Vocabulary, problems: Sequence[Problem], form: str, *, terminal: bool
) -> str | bytes:
    """The rows of the panel; in CSV, Parquet and JSON lines a row each."""
    rows = [row.to_json() for row in measured.rows]
    match form:
        case "json":
            told = [problem.to_json() for problem in problems]
            head = {"alliance": measured.alliance, "years": list(measured.years)}
            return to_json({**head, "rows": rows, "problems": told})
        case "jsonl":
            return to_json_lines(rows)
        case "csv" | "parquet":
            from steelyard.cli_output import table_of
            from steelyard.panel.rows import COLUMNS

            return table_of(rows, COLUMNS, form, terminal, _TYPES)
        case _:
            return table_text(
                measured_parts(measured, vocabulary, text_width(terminal=terminal)), terminal=terminal
            )


def files_text(panel: Panel, problems: Sequence[Problem], form: str, *, terminal: bool) -> str | bytes:
    """Which files are known, and what is taken from each."""
    rows = [_file_row(file) for file in panel.files]
    match form:
        case "json":
            return to_json({"files": rows, "problems": [problem.to_json() for problem in problems]})
        case "jsonl":
            return to_json_lines(rows)
        case "csv" | "parquet":
            from steelyard.cli_output import table_of

            return table_of(rows, _FILE_COLUMNS, form, terminal, _TYPES)
        case _:
            return table_text(_file_parts(panel, text_width(terminal=terminal)), terminal=terminal)


def counts_text(
    panel: Panel,
    asked: tuple[Sequence[str], Sequence[int]],
    vocabulary: Vocabulary,
    problems: Sequence[Problem],
    form: str,
    *,
    terminal: bool,
) -> str | bytes:
    """The figures of some actors and years by whoever counts, and the factors between them."""
    from steelyard.panel.counts import COUNT_COLUMNS, FACTOR_COLUMNS, count_row, counts_of, factors_of

    told = counts_of(panel, *asked)
    rows = [count_row(one) for one in told]
    factors = [one.to_json() for one in factors_of(told, vocabulary)]
    match form:
        case "json":
            heard = [problem.to_json() for problem in problems]
            return to_json({"counts": rows, "factors": factors, "problems": heard})
        case "jsonl":
            return to_json_lines(rows)
        case "csv" | "parquet":
            from steelyard.cli_output import table_of

            return table_of(rows, COUNT_COLUMNS, form, terminal, _TYPES)
        case _:
            parts = [
                line("Counts are never mixed; a factor that only the figures give is no bridge."),
                *split_tables(_COUNTED, _cells(rows, _COUNTED), text_width(terminal=terminal), keep=3),
                *_factor_parts(factors, FACTOR_COLUMNS, text_width(terminal=terminal)),
            ]
            return table_text(parts, terminal=terminal)


def revisions_text(
    panel: Panel,
    asked: tuple[Sequence[str], Sequence[int]],
    problems: Sequence[Problem],
    form: str,
    *,
    terminal: bool,
) -> str | bytes:
    """What each edition changed of the one before beyond rounding, for some actors and years."""
    from steelyard.panel.editions import revisions_of

    found = [
        one
        for name in dict.fromkeys(one.publisher for one in panel.files)
        for one in revisions_of(panel, name)
    ]
    actors, years = asked
    rows = [
        _revision_row(row)
        for one in found
        for row in one.rows
        if row.is_more_than_rounding and row.later.actor in actors and row.later.year in years
    ]
    left = [text for one in found if _has(one, actors, years) for text in one.not_compared]
    match form:
        case "json":
            heard = [problem.to_json() for problem in problems]
            return to_json({"revisions": rows, "not_compared": left, "problems": heard})
        case "jsonl":
            return to_json_lines(rows)
        case "csv" | "parquet":
            from steelyard.cli_output import table_of

            return table_of(rows, _REVISION_COLUMNS, form, terminal, _TYPES)
        case _:
            notes = [line(f"Note: {text}.") for text in left[:_NAMED]]
            if not rows:
                return table_text(
                    [line("No two editions differ there by more than rounding."), *notes], terminal=terminal
                )
            shown = _shown(rows)
            parts = split_tables(shown, _cells(rows, shown), text_width(terminal=terminal), keep=3)
            return table_text([*parts, *notes], terminal=terminal)


def _has(revisions: Revisions, actors: Sequence[str], years: Sequence[int]) -> bool:
    """Whether two editions both have a figure of the actors and years asked for."""
    return any(row.later.actor in actors and row.later.year in years for row in revisions.rows)


def _revision_row(revision: Revision) -> dict[str, object]:
    earlier, later = revision.earlier, revision.later
    part = revision.relative
    return {
        **{key: getattr(later, key) for key in ("actor", "measure", "item", "year", "fiscal")},
        **{key: getattr(later, key) for key in ("unit", "prices")},
        **{"from_edition": earlier.edition, "earlier": float(earlier.value), "was": earlier.status},
        **{"to_edition": later.edition, "later": float(later.value)},
        "percent": None if part is None else round(float(part) * 100, 3),
        "unit_changed": bool(revision.power_of_ten),
    }


def _factor_parts(
    factors: Sequence[Mapping[str, object]], columns: Sequence[str], width: int
) -> Iterator[Table | Text]:
    if factors:
        yield heading("By what the second count is more than the first")
        rows = [{**one, "bridge": one["bridge"] or "no source gives one"} for one in factors]
        yield from split_tables(columns, _cells(rows, columns), width, keep=3)


def _cells(rows: Sequence[Mapping[str, object]], columns: Sequence[str]) -> list[list[str]]:
    return [[_plain(row[column]) for column in columns] for row in rows]


def _shown(rows: Sequence[Mapping[str, object]]) -> list[str]:
    """The columns of revisions that a person reads: keys first, and none that is empty in all rows."""
    keys = ("actor", "measure", "year")
    rest = [name for name in _REVISION_COLUMNS if name not in keys]
    return [*keys, *(name for name in rest if any(_plain(row[name]) != "-" for row in rows))]


def _plain(value: object) -> str:
    """A cell of a table: numbers with a word of scale, nothing as nothing."""
    if value is None or value == "":
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "-"
    return short(value) if isinstance(value, float) else str(value)


def _file_row(file: KnownFile) -> dict[str, object]:
    return {
        "path": file.path,
        "publisher": file.publisher,
        "edition": file.edition,
        "taken": dict(file.taken),
        "left": list(file.left),
        "unknown": list(file.unknown),
    }


def _file_parts(panel: Panel, width: int) -> Iterator[Table | Text]:
    """A block for each file: whose it is, what is taken, and what is left with the reason."""
    if not panel.files:
        yield line("No file is known; standard error says why.")
    for file in panel.files:
        yield heading(f"{Path(file.path).name}: {file.edition}")
        yield from split_tables(("Taken", "values"), list(file.taken.items()), width)
        yield from (line(f"Left: {what}") for what in file.left)
        if file.unknown:
            more = f" and {len(file.unknown) - _NAMED} more" if len(file.unknown) > _NAMED else ""
            yield line(f"Not in the vocabulary: {', '.join(file.unknown[:_NAMED])}{more}.")
