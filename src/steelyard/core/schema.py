"""The form of every data file, and the one checker that holds a table against it.

A schema is a table of fields. Checking never stops at the first fault: every unknown key, missing key, wrong
type, wrong choice and dangling id becomes a `Problem` with file, line and key, and the nearest known word as
remedy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Literal, NamedTuple

from steelyard.core.problems import Place, Problem

FieldKind = Literal[
    "text",
    "number",
    "flag",
    "date",
    "texts",
    "phrases",
    "letters",
    "numbers",
    "table",
    "tables",
    "map",
    "any",
]
Schema = Mapping[str, "Field"]
# TOML writes whole numbers without end, but floats end near 1e308.
_LARGEST = 1e300
_LETTERS = re.compile(r"[^\W\d_](?:-[^\W\d_])?")
_EXPECTED = {
    "text": "text in quotes",
    "number": "a number",
    "flag": "true or false",
    "date": "a date such as 2026-01-23",
    "texts": "a list of texts, none of them empty",
    "phrases": "lists of texts by language, such as en = [...]",
    "letters": 'letters or spans of them, such as "가-힣"',
    "numbers": "a table of numbers, such as two = 2",
    "table": "a table",
    "tables": "a list of tables",
    "map": "a table of tables",
}


class Field(NamedTuple):
    """What one key may hold. `inner` is the schema of tables in it; `refers` the kind of entry it names, or
    that each of its texts names.
    """

    kind: FieldKind = "text"
    required: bool = False
    choices: tuple[str, ...] = ()
    inner: Schema | None = None
    refers: str = ""


_KEY = r"""(?:[\w-]+|"[^"\n]*"|'[^'\n]*')"""
_DOTTED = rf"{_KEY}(?:[ \t]*\.[ \t]*{_KEY})*"
# Compiled when it is first used, since most files have no fault whose line must be found.
_LINE = rf"^[ \t]*(?:\[\[?[ \t]*(?P<heading>{_DOTTED})[ \t]*\]|(?P<key>{_DOTTED})[ \t]*=)"


class TomlFile(NamedTuple):
    """A data file's name as the user knows it, and its text, to find the line of a key."""

    name: str
    text: str

    def place(self, *path: str) -> Place:
        """The line on which `path` is written, or as much of it as is, found without parsing the file."""
        return _place_of(self, path)


@lru_cache(maxsize=4096)
def _place_of(file: TomlFile, path: tuple[str, ...]) -> Place:
    """The same, kept: the places of parameters are asked for again and again."""
    best, position = 0, 0
    heading: tuple[str, ...] = ()
    for match in re.finditer(_LINE, file.text, re.MULTILINE):
        words = tuple(word.strip("\"'") for word in re.findall(_KEY, match["heading"] or match["key"]))
        heading, full = (words, words) if match["heading"] else (heading, heading + words)
        known = min(len(full), len(path))
        if known > best and full[:known] == path[:known]:
            best, position = known, match.end()
    for word in path[best:] if best else ():
        found = re.compile(rf"[{{,]\s*[\"']?{re.escape(word)}[\"']?\s*=").search(file.text, position)
        position = found.end() if found else position
    return Place(file.name, file.text.count("\n", 0, position) + 1 if best else 0, 0, ".".join(path))


def check_table(
    data: Mapping[str, object],
    schema: Schema,
    file: TomlFile,
    path: tuple[str, ...],
    known: Mapping[str, Mapping[str, object]],
) -> Iterator[Problem]:
    """Every fault of one table, inner ones included. `known` holds the ids of each kind that may be named."""
    yield from check_keys(data, schema, file, path, known)
    yield from check_missing(data, schema, file, path)


def check_keys(
    data: Mapping[str, object],
    schema: Schema,
    file: TomlFile,
    path: tuple[str, ...],
    known: Mapping[str, Mapping[str, object]],
) -> Iterator[Problem]:
    """The faults of the keys that a table has."""
    for key, value in data.items():
        if key in schema:
            if not _is_plainly_right(value, schema[key]):
                yield from _check_value(value, schema[key], file, (*path, key), known)
        elif "*" not in schema:
            message = f"The key {key!r} is not known here."
            yield _fault("unknown-key", message, file, (*path, key), nearest(key, schema))


def _is_plainly_right(value: object, field: Field) -> bool:
    """Whether a value is of its kind and no more is asked of it, which is told soonest and holds for most."""
    return not (field.inner or field.refers or field.choices) and has_kind(value, field.kind)


def check_missing(
    data: Mapping[str, object], schema: Schema, file: TomlFile, path: tuple[str, ...]
) -> Iterator[Problem]:
    """The keys that a table lacks or leaves empty."""
    for key, field in schema.items():
        if field.required and data.get(key) in (None, "", [], {}):
            keys = [f"{name!r}" for name, inner in (field.inner or {}).items() if inner.required]
            with_keys = f" with {' and '.join(keys)}" if field.kind == "table" and keys else ""
            hint = f"It holds {_EXPECTED.get(field.kind, 'a value')}{with_keys}."
            yield _fault("missing-key", f"The key {key!r} is missing.", file, path, hint)


def nearest(word: str, choices: Mapping[str, object] | tuple[str, ...]) -> str:
    """A remedy that names the nearest known word, all of a short list, or the first of a long one."""
    from difflib import get_close_matches  # only where something is wrong

    known = [choice for choice in choices if choice != "*"]
    if close := get_close_matches(word, known, 1, 0.5):
        return f"Did you mean {close[0]!r}?"
    first = sorted(known)[:25]
    more = f" and {len(known) - len(first)} more" if len(known) > len(first) else ""
    return f"Known: {', '.join(first)}{more}." if known else ""


def _fault(code: str, message: str, file: TomlFile, path: tuple[str, ...], hint: str) -> Problem:
    return Problem(code, message, file.place(*path), hint)


def _check_value(
    value: object,
    field: Field,
    file: TomlFile,
    path: tuple[str, ...],
    known: Mapping[str, Mapping[str, object]],
) -> Iterator[Problem]:
    """Faults of one value: its type, its choices, the ids it names, and the tables in it."""
    if not has_kind(value, field.kind):
        expected = f"Expected {_EXPECTED[field.kind]}."
        yield _fault("wrong-type", f"Found {_short(value)}.", file, path, expected)
        return
    if field.choices and value not in field.choices:
        hint = nearest(str(value), field.choices)
        yield _fault("unknown-choice", f"Found {_short(value)}.", file, path, hint)
    names = known.get(field.refers, {})
    for name in value if isinstance(value, list) else [value]:
        if field.refers and name not in names:
            message = f"{name!r} is not among the {field.refers}."
            yield _fault("unknown-id", message, file, path, nearest(str(name), names))
    if field.inner:
        for name, table in _tables_in(value, field.kind):
            yield from check_table(table, field.inner, file, (*path, name) if name else path, known)


def _is_letters(value: object) -> bool:
    """Whether it is letters and spans of them; it stands in patterns, where a mark would mean another."""
    spans = _LETTERS.findall(value) if isinstance(value, str) else []
    return "".join(spans) == value != "" and all(span[0] <= span[-1] for span in spans)


def _short(value: object) -> str:
    """A value as written in code, cut to what fits into a message."""
    written = repr(value)
    return written if len(written) <= 60 else f"{written[:59]}…"


def _tables_in(value: object, kind: FieldKind) -> Iterator[tuple[str, Mapping[str, object]]]:
    if kind == "table" and isinstance(value, dict):
        yield "", value
    elif kind == "tables" and isinstance(value, list):
        yield from (("", table) for table in value)
    elif kind == "map" and isinstance(value, dict):
        yield from value.items()


_SIMPLE: Mapping[FieldKind, type] = {"text": str, "flag": bool, "table": dict}


def texts_in(value: object) -> list[str]:
    """The texts of a list in a data file; none where it is no list."""
    return [str(one) for one in value] if isinstance(value, (list, tuple)) else []


def has_kind(value: object, kind: FieldKind) -> bool:
    """Whether a value of a data file is of that kind; inner tables are not looked into."""
    if kind == "number":
        return not isinstance(value, bool) and isinstance(value, (int, float)) and abs(value) < _LARGEST
    if kind == "date":  # a time of day is a date to Python, but compares with none
        return isinstance(value, date) and not isinstance(value, datetime)
    if kind == "letters":
        return _is_letters(value)
    if kind == "numbers":
        return isinstance(value, dict) and all(has_kind(inner, "number") for inner in value.values())
    if kind in ("phrases", "map"):
        fits = _is_texts if kind == "phrases" else _is_table
        return isinstance(value, dict) and all(fits(inner) for inner in value.values())
    if kind == "tables":
        return isinstance(value, list) and all(_is_table(table) for table in value)
    return _is_texts(value) if kind == "texts" else isinstance(value, _SIMPLE.get(kind, object))


def _is_table(value: object) -> bool:
    return isinstance(value, dict)


def _is_texts(value: object) -> bool:
    """Whether it is a list of texts; an empty text would be found everywhere."""
    return isinstance(value, list) and {*map(type, value)} <= {str} and all(map(str.strip, value))
