"""The form of every data file, and the one checker that holds a table against it.

A schema is a table of fields. Checking never stops at the first fault: every unknown key, missing key, wrong type,
wrong choice and dangling id becomes a `Problem` with file, line and key, and the nearest known word as remedy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Literal

from steelyard.core.problems import Place, Problem

FieldKind = Literal["text", "number", "flag", "date", "texts", "phrases", "table", "tables", "map", "any"]
Schema = Mapping[str, "Field"]
_EXPECTED = {
    "text": "text in quotes",
    "number": "a number",
    "flag": "true or false",
    "date": "a date such as 2026-01-23",
    "texts": "a list of texts",
    "phrases": "lists of texts by language, such as phrases.en = [...]",
    "table": "a table",
    "tables": "a list of tables",
    "map": "a table of tables",
}


@dataclass(frozen=True, slots=True)
class Field:
    """What one key may hold. `inner` is the schema of tables in it; `refers` the kind of entry that it names."""

    kind: FieldKind = "text"
    required: bool = False
    choices: tuple[str, ...] = ()
    inner: Schema | None = None
    refers: str = ""


def _need(kind: FieldKind = "text", **more: object) -> Field:
    return Field(kind, required=True, **more)  # type: ignore[arg-type]


REFERENCE: Schema = {
    "title": _need(),
    "publisher": _need(),
    "date": _need("date"),
    "locator": Field(),
    "url": Field(),
    "edition": Field(),
    "note": Field(),
}
_REFERENCE = Field("table", inner=REFERENCE)
_NEED_REFERENCE = _need("table", inner=REFERENCE)
_ANY = Field("any")
ROLES = ("lead", "shared", "support", "none")
SCHEMAS: Mapping[str, Schema] = {
    "measures": {
        "label": _need(),
        "dimension": _need(choices=("money", "share", "growth", "person", "count", "duration", "rate", "rank")),
        "stock_or_flow": _need(choices=("stock", "flow", "ratio")),
        "meaning": _need(),
        "units": Field("texts"),
        "phrases": Field("phrases"),
        "base_measure": Field(refers="measures"),
        "denominator": Field(refers="measures"),
        "located": Field(refers="measures"),
        "groups": Field(
            "map",
            inner={
                "label": _need(),
                "phrases": _need("phrases"),
                "actor": _need(refers="actors"),
                "location": _need(refers="actors"),
                "reference": _REFERENCE,
            },
        ),
        "items": Field(
            "map", inner={"label": _need(), "meaning": Field(), "phrases": _need("phrases"), "reference": _REFERENCE}
        ),
        "decompositions": Field(
            "tables",
            inner={"actor": _need(refers="actors"), "items": _need("texts"), "reference": _NEED_REFERENCE},
        ),
        "reference": _NEED_REFERENCE,
        "examples": _need("tables"),
    },
    "units": {
        "label": _need(),
        "dimension": _need(),
        "factor": Field("number"),
        "symbols": Field("texts"),
        "phrases": Field("phrases"),
        "extends": Field(refers="units"),
        "reference": _REFERENCE,
        "examples": Field("tables"),
    },
    "statuses": {
        "label": _need(),
        "meaning": _need(),
        "exact": Field("flag"),
        "carries": Field("flag"),
        "phrases": Field("phrases"),
        "governs": Field("phrases"),
        "reference": _REFERENCE,
        "examples": Field("tables"),
    },
    "actors": {
        "label": _need(),
        "kind": _need(choices=("state", "organisation", "alliance")),
        "phrases": _need("phrases"),
        "adjectives": Field("phrases"),
        "places": Field("phrases"),
        "currency": Field(refers="units"),
        "fiscal_year_start_month": Field("number"),
        "offices": Field("map", inner={"label": _need(), "phrases": _need("phrases"), "generic": Field("phrases")}),
        "persons": Field(
            "map",
            inner={
                "label": _need(),
                "phrases": _need("phrases"),
                "office": Field(),
                "from": Field("date"),
                "to": Field("date"),
                "reference": _REFERENCE,
            },
        ),
        "memberships": Field(
            "tables", inner={"alliance": _need(refers="actors"), "from": Field("date"), "to": Field("date")}
        ),
        "reference": _NEED_REFERENCE,
        "examples": Field("tables"),
    },
    "languages": {"label": _need(), "*": _ANY},
    "functions": {
        "label": _need(),
        "meaning": _need(),
        "phrases": Field("phrases"),
        "reference": _NEED_REFERENCE,
        "examples": Field("tables"),
    },
    "definitions": {
        "label": _need(),
        "meaning": _need(),
        "actor": Field(refers="actors"),
        "phrases": Field("phrases"),
        "bridges": Field(
            "tables",
            inner={
                "to": _need(refers="definitions"),
                "measure": _need(refers="measures"),
                "actor": _need(refers="actors"),
                "period": _need(),
                "factor": _need(),
                "reference": _NEED_REFERENCE,
            },
        ),
        "reference": _NEED_REFERENCE,
    },
    "identities": {
        "label": _need(),
        "equation": _need(),
        "meaning": _need(),
        "applies": _need(),
        "exact": Field("flag"),
        "reference": _NEED_REFERENCE,
        "examples": _need("tables"),
    },
    "readings": {
        "label": _need(),
        "meaning": _need(),
        "changes": _need(),
        "cost": _need("number"),
        "reason": _need(),
        "reconciles": Field("flag"),
        "reference": _REFERENCE,
        "examples": Field("tables"),
    },
    "rules": {
        "label": _need(),
        "meaning": _need(),
        "kind": _need(),
        "reference": _NEED_REFERENCE,
        "examples": _need("tables"),
        "*": _ANY,
    },
    "postures": {
        "label": _need(),
        "base": Field(refers="postures"),
        "date": _need("date"),
        "speaker_actor": Field(refers="actors"),
        "summary": Field(),
        "phrases": Field("phrases"),
        "reference": _NEED_REFERENCE,
        "roles": Field(
            "tables",
            inner={
                "function": _need(refers="functions"),
                "actor": _need(refers="actors"),
                "role": _need(choices=ROLES),
                "modality": Field(),
                "qualifier": Field(),
                "condition": Field(),
                "quotation": _need(),
                "locator": Field(),
            },
        ),
        "sets": Field(
            "tables",
            inner={
                "parameter": _need(refers="parameters"),
                "value": Field(),
                "from": Field("date"),
                "to": Field("date"),
                "reason": _need(),
                "reference": _REFERENCE,
            },
        ),
    },
    "scenarios": {
        "label": _need(),
        "summary": _need(),
        "actor": _need(refers="actors"),
        "posture": Field(refers="postures"),
        "rule": _need("table"),
        "base": _need("table"),
        "drivers": _need("table"),
        "horizon": _need("number"),
        "draws": Field("number"),
        "seed": Field("number"),
        "reference_scenario": Field(refers="scenarios"),
        "assumptions": Field("tables"),
        "sets": Field("tables"),
    },
    "parameters": {
        "label": _need(),
        "meaning": _need(),
        "unit": _need(),
        "actor": Field(refers="actors"),
        "values": _need(
            "tables",
            inner={
                "from": _need(),
                "to": Field(),
                "value": Field(),
                "low": Field(),
                "high": Field(),
                "exact": Field("flag"),
                "status": Field(refers="statuses"),
                "spread": Field("number"),
                "reference": _NEED_REFERENCE,
            },
        ),
    },
}


@dataclass(frozen=True, slots=True)
class TomlFile:
    """A data file's name as the user knows it, and its text, to find the line of a key."""

    name: str
    text: str

    def place(self, *path: str) -> Place:
        """The line on which the last word of `path` is written below the first, as well as can be told."""
        line, position = 0, 0
        for word in path:
            pattern = rf"^[ \t]*\[*[^\n#=]*?(?<![\w-])\"?{re.escape(word)}\"?(?![\w-])|[{{,]\s*\"?{re.escape(word)}\"?\s*="
            found = re.compile(pattern, re.MULTILINE).search(self.text, position)
            if found:
                position = found.end()
                line = self.text.count("\n", 0, position) + 1
        return Place(self.name, line, 0, ".".join(path))


def check_table(
    data: Mapping[str, object],
    schema: Schema,
    file: TomlFile,
    path: tuple[str, ...],
    known: Mapping[str, Mapping[str, object]],
) -> Iterator[Problem]:
    """Every fault of one table, inner tables included. `known` holds the ids of each kind that may be named."""
    for key in data:
        if key not in schema and "*" not in schema:
            yield _fault("unknown-key", f"The key {key!r} is not known here.", file, (*path, key), nearest(key, schema))
    for key, field in schema.items():
        if field.required and data.get(key) in (None, "", [], {}):
            yield _fault("missing-key", f"The key {key!r} is missing.", file, path, _EXPECTED.get(field.kind, ""))
        elif key in data:
            yield from _check_value(data[key], field, file, (*path, key), known)


def nearest(word: str, choices: Mapping[str, object] | tuple[str, ...]) -> str:
    """A remedy that names the nearest known word, or all of a short list."""
    known = [choice for choice in choices if choice != "*"]
    if close := get_close_matches(word, known, 1, 0.5):
        return f"Did you mean {close[0]!r}?"
    return f"Known: {', '.join(sorted(known))}." if len(known) <= 25 else ""


def _fault(code: str, message: str, file: TomlFile, path: tuple[str, ...], hint: str) -> Problem:
    return Problem(code, message, file.place(*path), hint)


def _check_value(
    value: object, field: Field, file: TomlFile, path: tuple[str, ...], known: Mapping[str, Mapping[str, object]]
) -> Iterator[Problem]:
    """Faults of one value: its type, its choices, the ids it names, and the tables in it."""
    if not _has_kind(value, field.kind):
        yield _fault("wrong-type", f"Found {value!r}.", file, path, f"Expected {_EXPECTED[field.kind]}.")
        return
    if field.choices and value not in field.choices:
        yield _fault("unknown-choice", f"Found {value!r}.", file, path, nearest(str(value), field.choices))
    if field.refers and value not in known.get(field.refers, {}):
        message = f"{value!r} is not among the {field.refers}."
        yield _fault("unknown-id", message, file, path, nearest(str(value), known.get(field.refers, {})))
    if field.inner:
        for name, table in _tables_in(value, field.kind):
            yield from check_table(table, field.inner, file, (*path, name) if name else path, known)


def _tables_in(value: object, kind: FieldKind) -> Iterator[tuple[str, Mapping[str, object]]]:
    if kind == "table" and isinstance(value, dict):
        yield "", value
    elif kind == "tables" and isinstance(value, list):
        yield from (("", table) for table in value)
    elif kind == "map" and isinstance(value, dict):
        yield from value.items()


def _has_kind(value: object, kind: FieldKind) -> bool:
    match kind:
        case "text":
            return isinstance(value, str)
        case "number":
            return isinstance(value, (int, float)) and not isinstance(value, bool)
        case "flag":
            return isinstance(value, bool)
        case "date":
            return isinstance(value, date)
        case "texts":
            return _is_texts(value)
        case "phrases":
            return isinstance(value, dict) and all(_is_texts(texts) for texts in value.values())
        case "table":
            return isinstance(value, dict)
        case "tables":
            return isinstance(value, list) and all(isinstance(table, dict) for table in value)
        case "map":
            return isinstance(value, dict) and all(isinstance(table, dict) for table in value.values())
        case "any":
            return True


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(text, str) for text in value)
