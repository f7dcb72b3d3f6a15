"""A scenario as somebody moved it, as the file that says so: for the folder `scenarios` of the case."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from steelyard.explorer.asked import Question


def scenario_file(question: Question) -> str:
    """The TOML of a scenario that extends the author's own and gives the changed numbers, each with its
    reason.
    """
    own, changed = question.own.data, question.entry.data
    lines = [
        f"label = {_value(question.entry.label)}",
        f"summary = {_value(f'As {question.own.label}, with numbers that were moved in the explorer.')}",
        f"extends = {_value(question.own.id)}",
    ]
    for key, value in changed.items():
        if key not in ("label", "summary", "extends") and own.get(key) != value:
            lines += ["", *_table(key, value, own.get(key))]
    return "\n".join(lines) + "\n"


def _table(key: str, value: object, before: object) -> Iterator[str]:
    """A key of a scenario: a list of tables whole, of a table what differs."""
    if isinstance(value, (list, tuple)) and value and all(isinstance(one, Mapping) for one in value):
        for one in value:
            yield f"[[{key}]]"
            yield from _pairs(one)
    elif isinstance(value, Mapping):
        known = before if isinstance(before, Mapping) else {}
        yield f"[{key}]"
        yield from _pairs({name: one for name, one in value.items() if known.get(name) != one})
    else:
        yield f"{key} = {_value(value)}"


def _pairs(table: Mapping[str, object]) -> Iterator[str]:
    yield from (f"{name} = {_value(one)}" for name, one in table.items())


def _value(value: object) -> str:
    """A value as TOML writes it; its strings are those of JSON."""
    match value:
        case bool():
            return "true" if value else "false"
        case int() | float() | Decimal():
            return str(value)
        case date():
            return value.isoformat()
        case Mapping():
            return "{ " + ", ".join(f"{name} = {_value(one)}" for name, one in value.items()) + " }"
        case list() | tuple():
            return "[" + ", ".join(_value(one) for one in value) + "]"
        case _:
            return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")
