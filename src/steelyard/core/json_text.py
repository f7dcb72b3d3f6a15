"""JSON as the files of a build hold it: a line for each entry of a list, so that a difference shows which."""

from __future__ import annotations

import json
from collections.abc import Mapping


def json_text(data: Mapping[str, object]) -> str:
    """An object with each of its keys on a line, and each entry of a list that is not empty on one.

    Python writes a line in compiled code, and indented text in its own, which takes several times as long.

    >>> print(json_text({"title": "Korea", "claims": [{"low": 1}, {"low": 2}], "problems": []}), end="")
    {
    "title": "Korea",
    "claims": [
    {"low": 1},
    {"low": 2}
    ],
    "problems": []
    }
    """
    return "{\n" + ",\n".join(f"{_text(key)}: {_lines(value)}" for key, value in data.items()) + "\n}\n"


def _lines(value: object) -> str:
    if not (isinstance(value, list) and value):
        return _text(value)
    return "[\n" + ",\n".join(map(_text, value)) + "\n]"


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
