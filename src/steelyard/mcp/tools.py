"""The four tools as a client sees them, and the command line that each call comes to.

Their answers are the JSON of the commands, so that what is promised there holds here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from steelyard.mcp.reach import LONGEST_TEXT, Reach, Refused

# How many claims, findings or rows an answer has unless more are asked for; what is left out is counted.
MOST = 100
EVERYTHING = "*"
_PATH_WORDS = "A path below the folders that the server was started with."
Arguments = Mapping[str, Any]
Schema = Mapping[str, object]


def _text(words: str) -> Schema:
    return {"type": "string", "maxLength": LONGEST_TEXT, "description": words}


def _path(words: str) -> Schema:
    return {"type": "string", "minLength": 1, "description": f"{words} {_PATH_WORDS}"}


def _paths(words: str) -> Schema:
    one = {"type": "string", "minLength": 1}
    return {"type": "array", "items": one, "minItems": 1, "description": f"{words} {_PATH_WORDS}"}


_DATE: Schema = {
    "type": "string",
    "pattern": r"^\d{4}-\d{2}-\d{2}$",
    "description": "The day of a text that carries none, such as 2026-01-24; 'last year' counts from it.",
}
_CASE = _path("A case whose words for measures and actors are used.")
_MOST: Schema = {
    "type": "integer",
    "minimum": 1,
    "description": f"How many rows of each list to give ({MOST} if not said); `left_out` counts the rest.",
}


@dataclass(frozen=True)
class Tool:
    """A tool: its name, what it does, and the schema of each argument."""

    name: str
    title: str
    description: str
    properties: Mapping[str, Schema]
    required: Sequence[str] = ()

    @property
    def schema(self) -> dict[str, object]:
        """The schema of all arguments; others are refused."""
        return {
            "type": "object",
            "properties": dict(self.properties),
            "required": list(self.required),
            "additionalProperties": False,
        }


_ALL = (
    Tool(
        "read",
        "Read a text into claims",
        "Claims of a text on defence or alliances: each figure with the interval that its printed digits "
        "leave open, whose it is, of what, for when, proposed or enacted, who says so, and why it was read "
        "so. Also roles (who leads, who supports) and statements. Give either text or path. Answers with "
        "claims and problems.",
        {
            "text": _text("The text itself, as plain text."),
            "path": _path("A document, or a folder of documents."),
            "date": _DATE,
            "case": _CASE,
            "most": _MOST,
        },
    ),
    Tool(
        "check",
        "Check figures against each other",
        "Findings on one or more texts: which figures agree, which cannot all hold as printed and by how "
        "much they miss, and which differences are explained by what the texts say. A contradiction says "
        "that the figures cannot all hold, not which of them is wrong; readings rank what would cure it. "
        "Give text, paths or both. Answers with findings, problems and claims.",
        {
            "text": _text("A text, as plain text."),
            "paths": _paths("Documents, ledgers (.jsonl, .parquet) or a case."),
            "date": _DATE,
            "case": _CASE,
            "most": _MOST,
        },
    ),
    Tool(
        "audit",
        "Audit a draft against sources",
        "Says of each figure of a draft whether the sources support it, contradict it, let it be derived, or "
        "do not give it, with the claims that say so. Give the draft as text or path, and sources as "
        "against, against_text or both. Answers with figures and problems.",
        {
            "text": _text("The draft, as plain text."),
            "path": _path("The draft, a document."),
            "against": _paths("Cases, ledgers or documents that give the figures."),
            "against_text": _text("A source, as plain text."),
            "date": _DATE,
            "case": _CASE,
            "most": _MOST,
        },
    ),
    Tool(
        "project",
        "Project what a case commits to",
        "Runs the scenarios of a case: spending and its share of GDP by year, as quantiles over draws of the "
        "economy and as ranges that the rounding of the claims leaves open, with headline numbers, their "
        "origins and all assumptions. It follows from the claims and the spread of the past; it is no "
        "forecast of what a government will do. Answers with scenarios and problems.",
        {
            "case": _path("The case."),
            "scenario": {"type": "string", "minLength": 1, "description": "One scenario; all without it."},
            "variables": {
                "type": "array",
                "items": {"type": "string"},
                "minItems": 1,
                "description": "Which variables to give by year: share and spending where nothing is said, "
                f"'{EVERYTHING}' for all.",
            },
            "draws": {"type": "integer", "minimum": 1, "maximum": 1_000_000, "description": "Random draws."},
            "seed": {"type": "integer", "minimum": 0, "description": "Seed of the random draws."},
            "most": _MOST,
        },
        ("case",),
    ),
)
TOOLS: Mapping[str, Tool] = MappingProxyType({tool.name: tool for tool in _ALL})


def words_of(name: str, arguments: Arguments, reach: Reach, folder: Path) -> list[str]:
    """The command line of a call, without the program; texts are put into files in `folder`, where it runs.

    Raises:
        Refused: too little or too much is given, or a path may not be read.
    """
    make = {"read": _read, "check": _check, "audit": _audit, "project": _project}[name]
    return [*make(arguments, reach, folder), *_options(name, arguments, reach), "--format=json"]


def _read(arguments: Arguments, reach: Reach, folder: Path) -> list[str]:
    return ["read", _document(arguments, reach, folder, "text.txt")]


def _check(arguments: Arguments, reach: Reach, folder: Path) -> list[str]:
    texts = [_written(arguments["text"], folder, "text.txt")] if "text" in arguments else []
    paths = [str(reach.find(path)) for path in arguments.get("paths", ())]
    if not (texts or paths):
        raise Refused("there is nothing to check; give a text or paths")
    return ["check", *texts, *paths]


def _audit(arguments: Arguments, reach: Reach, folder: Path) -> list[str]:
    draft = _document(arguments, reach, folder, "draft.txt")
    texts = [arguments["against_text"]] if "against_text" in arguments else []
    sources = [_written(text, folder, "source.txt") for text in texts]
    sources += [str(reach.find(path)) for path in arguments.get("against", ())]
    if not sources:
        raise Refused("there is nothing to audit against; give paths as against, or a source as against_text")
    return ["check", draft, *(f"--against={source}" for source in sources)]


def _project(arguments: Arguments, reach: Reach, folder: Path) -> list[str]:
    given = {name: arguments[name] for name in ("scenario", "draws", "seed") if name in arguments}
    return ["project", str(reach.find(arguments["case"])), *(f"--{name}={given[name]}" for name in given)]


def _document(arguments: Arguments, reach: Reach, folder: Path, name: str) -> str:
    """The one document of a call: a text, which is put into a file of that name, or a path."""
    if ("text" in arguments) == ("path" in arguments):
        raise Refused("give either text or path")
    if "path" in arguments:
        return str(reach.find(arguments["path"]))
    return _written(arguments["text"], folder, name)


def _written(text: str, folder: Path, name: str) -> str:
    """The name of a file in the folder that now holds the text."""
    (folder / name).write_text(text, encoding="utf-8", errors="replace", newline="")
    return name


def _options(name: str, arguments: Arguments, reach: Reach) -> list[str]:
    """The options that three of the tools share."""
    if name == "project":
        return []
    case = [f"--case={reach.find(arguments['case'])}"] if "case" in arguments else []
    return [*case, *([f"--date={_day(arguments['date'])}"] if "date" in arguments else [])]


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Refused(f"{text} is no day; give one such as 2026-01-24") from error


def shortened(name: str, data: dict[str, Any], arguments: Arguments) -> dict[str, Any]:
    """The answer with as many rows as are asked for; `left_out` tells what else there is."""
    most = arguments.get("most", MOST)
    if name == "project":
        scenarios = [_with_variables(each, arguments) for each in data["scenarios"]]
        return data | {"scenarios": [_cut(each, most, ("series",)) for each in scenarios]}
    return _cut(data, most, ("problems",))


def _with_variables(scenario: dict[str, Any], arguments: Arguments) -> dict[str, Any]:
    """A scenario with the variables that are asked for, and the names of the others."""
    asked = arguments.get("variables", ["share", "spending"])
    if EVERYTHING in asked:
        return scenario
    series = [cell for cell in scenario["series"] if cell["variable"] in asked]
    others = [each for each in scenario["series_origins"] if each not in asked]
    origins = {each: made for each, made in scenario["series_origins"].items() if each in asked}
    return scenario | {"series": series, "series_origins": origins, "left_out": {"variables": others}}


def _cut(data: dict[str, Any], most: int, whole: Sequence[str]) -> dict[str, Any]:
    """A table whose lists have at most so many rows, those in `whole` apart."""
    long = {
        key: len(value) - most
        for key, value in data.items()
        if isinstance(value, list) and len(value) > most and key not in whole
    }
    left_out = {**data.get("left_out", {}), **long}
    cut = {key: data[key][:most] for key in long}
    return {**data, **cut, **({"left_out": left_out} if left_out else {})}
