"""The tables at the end of the page: parameters, series, problems, inputs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from steelyard.core.problems import Problem
from steelyard.core.series import Series
from steelyard.core.vocabulary import Entry, Vocabulary
from steelyard.report.links import anchor
from steelyard.report.tables import Cell, Group, Row, Table, one_group


def reference_in_words(reference: object) -> str:
    """Title, publisher, date and what else a reference says, in one line; "" for none."""
    if not isinstance(reference, Mapping):
        return ""
    keys = ("title", "publisher", "date", "edition", "locator", "note")
    return ", ".join(str(reference[key]) for key in keys if reference.get(key))


def parameter_table(names: Sequence[str], vocabulary: Vocabulary) -> Table | None:
    """The values of the parameters of these ids, each with the days for which it holds and its reference."""
    entries = [entry for name in names if (entry := vocabulary.entry("parameters", name))]
    if not entries:
        return None
    groups = tuple(Group(f"{entry.label} ({entry.text('unit')})", _values(entry)) for entry in entries)
    columns = ("Value", "From", "To", "Status", "Layer", "Reference")
    return Table(
        "parameters",
        "Parameters by name; a value holds on its first and last day.",
        columns,
        groups,
        key="parameter",
    )


def _values(entry: Entry) -> tuple[Row, ...]:
    """One row for each value; the first carries the anchor of the parameter."""
    rows = []
    for number, value in enumerate(entry.tables("values")):
        ends = [str(value[key]) for key in ("low", "high") if value.get(key)]
        written = str(value.get("value") or " to ".join(ends)) or "ends"
        origin = f"parameter {entry.id}, {entry.layers.get('values', 'packaged')}"
        texts = (
            str(value.get("from") or ""),
            str(value.get("to") or ""),
            str(value.get("status") or ""),
            entry.layers.get("values", "packaged"),
            reference_in_words(value.get("reference")),
        )
        cells = (Cell(written, origin), *(Cell(text, origin) for text in texts))
        rows.append(Row(cells, anchor("parameter", entry.id) if number == 0 else ""))
    return tuple(rows)


def series_table(series: Sequence[Series], vocabulary: Vocabulary) -> Table | None:
    """The observed series, one a row: what it is, for which years, in which edition, from where."""
    rows = []
    for each in series:
        years = f"{each.points[0].year} to {each.points[-1].year}" if each.points else ""
        sources = "; ".join(dict.fromkeys(point.source for point in each.points))
        what = f"{vocabulary.label('actors', each.actor)}: {vocabulary.label('measures', each.measure)}"
        texts = (each.unit, years, each.prices, each.definition, each.edition, sources)
        cells = (Cell(what, each.id), *(Cell(text, each.id) for text in texts))
        rows.append(Row(cells, anchor("series", each.id)))
    if not rows:
        return None
    columns = ("Series", "Unit", "Years", "Prices", "Definition", "Edition", "Source")
    return Table("series", "Observed data that the projections start from.", columns, one_group(rows))


def problem_table(problems: Sequence[Problem]) -> Table | None:
    """What could not be used or computed, with place and remedy."""
    rows = []
    for problem in problems:
        place = str(problem.origin)
        texts = (problem.severity, place, problem.message, problem.hint)
        rows.append(Row((Cell(problem.code, place), *(Cell(text, place) for text in texts))))
    if not rows:
        return None
    columns = ("Code", "Severity", "Place", "What", "Remedy")
    return Table(
        "problems", "What could not be used or computed, and what would cure it.", columns, one_group(rows)
    )


def input_table(inputs: Mapping[str, str]) -> Table | None:
    """The files that went in, with their SHA-256."""
    rows = [Row((Cell(name, name), Cell(digest, name))) for name, digest in sorted(inputs.items())]
    columns = ("File", "SHA-256")
    return Table("inputs", "Files that went in.", columns, one_group(rows)) if rows else None
