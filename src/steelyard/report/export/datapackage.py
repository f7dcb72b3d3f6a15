"""The tables of a report as a Data Package: what each file and column holds, and what it was made from."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation

from steelyard.core.json_text import json_text
from steelyard.report.export.sources import sources_of
from steelyard.report.results import Results

_NO_NAME = re.compile(r"[^a-z0-9._-]+")
_MISSING = ("", "–")


def to_data_package(results: Results, tables: Mapping[str, bytes], version: str) -> str:
    """The descriptor of the CSV files of a report, by their paths from where the descriptor lies."""
    data = {
        "profile": "tabular-data-package",
        "name": _name(results.title) or "report",
        "title": results.title,
        "description": f"Tables of a report by steelyard {version}.",
        "resources": [_resource(path, content) for path, content in tables.items()],
        "sources": sources_of(results),
    }
    return json_text(data)


def _resource(path: str, content: bytes) -> Mapping[str, object]:
    heading, *rows = csv.reader(io.StringIO(content.decode()))
    fields = [
        {"name": name, "type": _type([row[place] for row in rows])} for place, name in enumerate(heading)
    ]
    return {
        "name": _name(path.removesuffix(".csv")),
        "path": path,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "schema": {"fields": fields, "missingValues": list(_MISSING)},
    }


def _type(values: Sequence[str]) -> str:
    """What all that stands in a column is: an integer, a number, else a string."""
    told = [value for value in values if value not in _MISSING]
    if not told or not all(map(_is_number, told)):
        return "string"
    return "integer" if all(re.fullmatch(r"-?\d+", value) for value in told) else "number"


def _is_number(value: str) -> bool:
    try:
        return value.isascii() and Decimal(value).is_finite()
    except InvalidOperation:
        return False


def _name(text: str) -> str:
    """A name of small letters, digits and marks, as the specification asks for."""
    return _NO_NAME.sub("-", text.lower()).strip("-")
