"""What the panel gives as text: measures, known files, counts side by side and revisions, in each format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from steelyard.terminal import printable, table_text, to_json, to_json_lines

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

    from steelyard.core.problems import Problem
    from steelyard.core.vocabulary import Vocabulary
    from steelyard.panel.editions import Revision
    from steelyard.panel.measured import Measured
    from steelyard.panel.observations import KnownFile, Panel
    from steelyard.panel.rows import Row

_FILE_COLUMNS = ("path", "publisher", "edition", "taken", "left", "unknown")
_REVISION_COLUMNS = (
    *("actor", "measure", "item", "year", "fiscal", "unit", "prices", "from_edition", "earlier", "was"),
    *("to_edition", "later", "percent", "unit_changed"),
)
# What a person reads of a count; JSON has the ends and origins too.
_COUNTED = ("actor", "year", "measure", "definition", "unit", "value", "status", "fiscal", "edition")
_NAMED = 8  # countries that a list names before it only counts them
_SIGNIFICANT = 4  # digits that a table shows at most
_MARK = "e"
_PARTS = {
    "p": "p-value",
    "p-holm": "p-value, corrected over the years (Holm)",
    "error": "standard error",
    "robust-error": "standard error, robust (HC3)",
    "robust-p": "p-value by the robust error",
    "bears-more": "part of the members that bears more than its benefit",
}


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

            return table_of(rows, COLUMNS, form, terminal)
        case _:
            return table_text(_measured_parts(measured, vocabulary), terminal=terminal)


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

            return table_of(rows, _FILE_COLUMNS, form, terminal)
        case _:
            return table_text(_file_parts(panel), terminal=terminal)


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

            return table_of(rows, COUNT_COLUMNS, form, terminal)
        case _:
            parts = [
                _line("Counts are never mixed; a factor that only the figures give is no bridge."),
                _table(_COUNTED, [tuple(_plain(row[column]) for column in _COUNTED) for row in rows]),
                *_factor_parts(factors, FACTOR_COLUMNS),
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
    match form:
        case "json":
            left = [text for one in found for text in one.not_compared]
            heard = [problem.to_json() for problem in problems]
            return to_json({"revisions": rows, "not_compared": left, "problems": heard})
        case "jsonl":
            return to_json_lines(rows)
        case "csv" | "parquet":
            from steelyard.cli_output import table_of

            return table_of(rows, _REVISION_COLUMNS, form, terminal)
        case _:
            if not rows:
                return "No two editions differ there by more than rounding.\n"
            lines = [tuple(_plain(row[column]) for column in _REVISION_COLUMNS) for row in rows]
            return table_text([_table(_REVISION_COLUMNS, lines)], terminal=terminal)


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


def _factor_parts(factors: Sequence[Mapping[str, object]], columns: Sequence[str]) -> Iterator[Table | Text]:
    if factors:
        yield _heading("By what the second count is more than the first")
        rows = [{**one, "bridge": one["bridge"] or "no source gives one"} for one in factors]
        yield _table(columns, [tuple(_plain(row[column]) for column in columns) for row in rows])


def _plain(value: object) -> str:
    """A cell of a table: numbers with a word of scale, nothing as nothing."""
    if value is None or value == "":
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "-"
    return _short(value) if isinstance(value, float) else str(value)


def _file_row(file: KnownFile) -> dict[str, object]:
    return {
        "path": file.path,
        "publisher": file.publisher,
        "edition": file.edition,
        "taken": dict(file.taken),
        "left": list(file.left),
        "unknown": list(file.unknown),
    }


def _file_parts(panel: Panel) -> Iterator[Table | Text]:
    """A block for each file: whose it is, what is taken, and what is left with the reason."""
    if not panel.files:
        yield _line("No file is known; standard error says why.")
    for file in panel.files:
        yield _heading(f"{Path(file.path).name}: {file.edition}")
        yield _table(("Taken", "values"), [(what, count) for what, count in file.taken.items()])
        yield from (_line(f"Left: {what}") for what in file.left)
        if file.unknown:
            more = f" and {len(file.unknown) - _NAMED} more" if len(file.unknown) > _NAMED else ""
            yield _line(f"Not in the vocabulary: {', '.join(file.unknown[:_NAMED])}{more}.")


def _measured_parts(measured: Measured, vocabulary: Vocabulary) -> Iterator[Table | Text]:
    """Members down and measures across for each year, then what is of all together."""
    from steelyard.panel.rows import ALL

    for year in measured.years:
        rows = [row for row in measured.rows if row.year == year]
        if not rows:
            continue
        editions = ", ".join(dict.fromkeys(name for row in rows for name in row.editions))
        yield _heading(f"{measured.alliance} {year} ({editions})")
        yield from _member_table([row for row in rows if not row.member.startswith(ALL)], vocabulary)
        yield from _group_table([row for row in rows if row.member.startswith(ALL)], vocabulary)
    if any(row.estimate for row in measured.rows):
        yield _line("e: rests on figures that their publisher calls estimates or projections.")
    yield _line("All ends and origins: --format json. What each measure means: docs/panel.md.")


def _member_table(rows: Sequence[Row], vocabulary: Vocabulary) -> Iterator[Table | Text]:
    """Members by name; a measure of which all are estimates says so once, in its heading."""
    measures = list(dict.fromkeys(row.measure for row in rows if ":" not in row.measure))
    names = {row.member: vocabulary.label("actors", row.member) for row in rows}
    cells = {(row.member, row.measure): row for row in rows}
    if not measures:
        return
    heads = [_head([row for row in rows if row.measure == measure]) for measure in measures]
    marks = [not head.endswith(_MARK) for head in heads]
    lines = [
        (
            names[member],
            *(
                _cell(cells.get((member, name)), mark=mark)
                for name, mark in zip(measures, marks, strict=True)
            ),
        )
        for member in sorted(names, key=lambda member: names[member])
    ]
    yield _table(("Member", *heads), lines, right=True)


def _head(rows: Sequence[Row]) -> str:
    """The name of a measure with its unit, a word a line."""
    unit = "" if rows[0].unit == "1" else f"\n{rows[0].unit}"
    name = rows[0].measure.replace("-", "-\n")
    return f"{name}{unit}" + (f"\n{_MARK}" if all(row.estimate for row in rows) else "")


def _group_table(rows: Sequence[Row], vocabulary: Vocabulary) -> Iterator[Table | Text]:
    if not rows:
        return
    groups = list(dict.fromkeys(row.member for row in rows))
    cells = {(row.measure, row.member): row for row in rows}
    lines = []
    for measure in dict.fromkeys(row.measure for row in rows):
        name, _, what = measure.partition(":")
        label = f"  {_PARTS.get(what, what)}" if what else vocabulary.label("indicators", name)
        lines.append((label, measure, *(_range(cells.get((measure, group))) for group in groups)))
    yield _table(("Of the members together", "measure", *groups), lines)


def _cell(row: Row | None, *, mark: bool) -> str:
    if row is None:
        return "-"
    return _short(row.middle) + (f" {_MARK}" if mark and row.estimate else "")


def _range(row: Row | None) -> str:
    """A number, and the range behind it where it is wider than the digits shown."""
    if row is None:
        return "-"
    low, middle, high = (_short(value) for value in (row.low, row.middle, row.high))
    return middle if low == middle == high else f"{middle} ({low} to {high})"


def _short(value: float) -> str:
    """Up to four digits, with a word of scale for amounts."""
    for scale, word in ((1e12, " tn"), (1e9, " bn"), (1e6, " mn")):
        if abs(value) >= scale:
            return f"{value / scale:.{_SIGNIFICANT}g}{word}"
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.{_SIGNIFICANT}g}"


def _heading(text: str) -> Text:
    from rich.text import Text

    return Text(f"\n{printable(text)}", style="bold")


def _line(text: str) -> Text:
    from rich.text import Text

    return Text(printable(text))


def _table(columns: Sequence[str], rows: Sequence[Sequence[object]], *, right: bool = False) -> Table:
    from rich.table import Table

    table = Table(box=None, padding=(0, 2, 0, 0))
    for number, column in enumerate(columns):
        table.add_column(printable(column), overflow="fold", justify="right" if right and number else "left")
    for row in rows:
        table.add_row(*(printable(str(value)) for value in row))
    return table
