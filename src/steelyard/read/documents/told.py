"""What a format gives as plain data, for a process that hands it to another, and back.

Bytes of strangers were at work in that process, so what it tells is data and no code.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from steelyard.core.problems import Place, Problem
from steelyard.read.documents.extracted import Cell, Extracted, Table

Told = Mapping[str, Any]


def as_told(extracted: Extracted) -> Told:
    """The parts of what a PDF gives: text, title, tables, pages, day and problems."""
    return {
        "text": extracted.text,
        "title": extracted.title,
        "tables": [_table_told(table) for table in extracted.tables],
        "pages": extracted.pages,
        "made": extracted.made.isoformat() if extracted.made else None,
        "problems": [asdict(problem) for problem in extracted.problems],
    }


def as_extracted(told: Told) -> Extracted:
    """What `as_told` was given."""
    return Extracted(
        told["text"],
        title=told["title"],
        tables=tuple(map(_table, told["tables"])),
        pages=tuple(told["pages"]),
        made=date.fromisoformat(told["made"]) if told["made"] else None,
        problems=tuple(Problem(**{**one, "origin": Place(**one["origin"])}) for one in told["problems"]),
    )


def _table_told(table: Table) -> Told:
    rows = [[cell and (cell.start, cell.end, cell.name) for cell in row] for row in table.rows]
    return {"span": (table.start, table.end), "rows": rows, "of": (table.caption, table.sheet)}


def _table(told: Told) -> Table:
    rows = tuple(tuple(Cell(*cell) if cell else None for cell in row) for row in told["rows"])
    (start, end), (caption, sheet) = told["span"], told["of"]
    return Table(start, end, rows, caption, sheet)
