"""The text of a data file in TOML as a table, and what is wrong with one that is none."""

from __future__ import annotations

import re

import tomli

from steelyard.core.problems import Place, Problem
from steelyard.core.schema import TomlFile

# Python reads such a number at once, but does not write it in figures, which every message must.
_ENDLESS = re.compile(r"0[xob][0-9A-Fa-f_]{1000}")


def parsed(file: TomlFile) -> tuple[dict[str, object], list[Problem]]:
    """The table of a file's text, or the empty one and a problem with its line."""
    try:
        if _ENDLESS.search(file.text):
            raise ValueError("a whole number of thousands of digits")
        return tomli.loads(file.text), []
    except (ValueError, RecursionError) as error:
        message, place = _toml_fault(str(error), file)
        return {}, [Problem("broken-toml", message, place, "Texts stand in quotes, tables in [brackets].")]


def _toml_fault(error: str, file: TomlFile) -> tuple[str, Place]:
    """What the parser of TOML found wrong, as a sentence, and where; at the end of the file if it says so."""
    found = re.search(r" \(at (?:line (\d+), column (\d+)|end of document)\)", error)
    if not found:  # numbers of thousands of digits, or brackets in brackets beyond all reason
        return "The file holds a number or a nesting too large to read.", Place(file.name)
    lines = file.text.split("\n")
    line = int(found[1] or len(file.text.rstrip().split("\n")))
    column = int(found[2] or len(lines[line - 1]) + 1)
    return f"{error[: found.start()]}.", Place(file.name, line, column, "", lines[line - 1])
