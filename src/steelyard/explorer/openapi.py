"""What the explorer answers, as OpenAPI describes it: for programs that ask it, and for tests that try it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

Data = dict[str, object]
_TEXT: Data = {"type": "string"}
_NUMBER: Data = {"type": "number"}
_OBJECT: Data = {"type": "object"}
_PROBLEMS: Data = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["message", "hint"],
        "properties": {"message": _TEXT, "hint": _TEXT},
    },
}
_STATUS: Data = {
    "type": "object",
    "required": ["stage", "steps", "done", "total", "problems", "summary"],
    "properties": {
        "stage": {"enum": ["waiting", "building", "ready", "stopped", "faulty"]},
        "steps": {"type": "array", "items": _TEXT},
        "done": {"type": "integer"},
        "total": {"type": "integer"},
        "problems": {"type": "array", "items": _TEXT},
        "summary": {"type": "array", "items": _TEXT},
    },
}
_FAN: Data = {
    "type": "object",
    "required": ["problems"],
    "properties": {
        "scenario": _TEXT,
        "label": _TEXT,
        "years": {"type": "array", "items": {"type": "integer"}},
        "fans": {"type": "object", "additionalProperties": _OBJECT},
        "reached": {"type": "array", "items": _NUMBER},
        "draws": {"type": "integer"},
        "seed": {"type": "integer"},
        "levers": {"type": "array", "items": _OBJECT},
        "command": _TEXT,
        "file": _TEXT,
        "problems": _PROBLEMS,
    },
}
# Why a request may be refused, by status; each answer is a sentence.
_REFUSALS: Mapping[str, str] = {
    "400": "What was sent cannot be understood.",
    "401": "The token is missing.",
    "403": "Only the explorer's own page may change something, where changes are allowed at all.",
    "404": "There is no such case or file.",
    "405": "The address is asked for in another way.",
    "413": "Too much was sent.",
    "414": "The address is too long.",
    "421": "The server is not known by that name.",
    "422": "It was understood and cannot be done.",
    "429": "Too many requests at once.",
    "503": "The case is not built yet.",
}
_FAN_SUMMARY = (
    "The fan of a scenario, with other numbers in place of its own: any name that `steelyard project --set` "
    "takes may stand in the query."
)
_QUERY = (
    ("scenario", "The id of a scenario; the case's first unless given."),
    ("rule", "The id of a spending rule in place of the scenario's own."),
    ("with", "The id of a scenario to be laid beside it."),
)


_REVIEW: Data = {
    "type": "object",
    "required": ["decision"],
    "properties": {
        "claim": _TEXT,
        "hash": _TEXT,
        "decision": {"enum": ["accept", "reject", "amend", "undo", "dismiss", "reopen"]},
        "reason": _TEXT,
        "changes": {"type": "object", "additionalProperties": _TEXT},
        "by": _TEXT,
    },
}


def description(version: str, cases: Iterable[str] = ()) -> Data:
    """The OpenAPI document of the explorer, with the names of its cases where there are any."""
    names: Data = {**_TEXT, "enum": list(cases)} if cases else _TEXT
    case: Data = {"name": "name", "in": "path", "required": True, "schema": names}
    licence = {"name": "Apache-2.0", "identifier": "Apache-2.0"}
    paths = {**_asked(), **_changed()}
    return {
        "openapi": "3.1.0",
        "info": {"title": "steelyard's explorer", "version": version, "license": licence},
        "paths": {
            f"/case/{{name}}/{path}": {"parameters": [case], **methods} for path, methods in paths.items()
        },
    }


def _asked() -> dict[str, Data]:
    """What is asked for by GET, by the path below a case."""
    query: list[Data] = [
        {"name": name, "in": "query", "description": told, "schema": _TEXT} for name, told in _QUERY
    ]
    cell: Data = {"name": "cell", "in": "query", "required": True, "schema": _TEXT}
    cell["example"] = "spending 2035 p50"
    return {
        "status.json": _get("How far the build of a case is.", [], "application/json", _STATUS),
        "fan.json": _get(_FAN_SUMMARY, query, "application/json", _FAN),
        "fan.csv": _get("The same numbers as a table.", query, "text/csv", _TEXT),
        "why.json": _get("What one number is made from.", [*query, cell], "application/json", _OBJECT),
    }


def _changed() -> dict[str, Data]:
    """What is sent by POST, by the path below a case."""
    own: list[Data] = [_header("X-Steelyard", "That the request comes from a program.", {"const": "1"})]
    own[0]["required"] = True
    of_text = [
        _header("X-Name", "The file's name, percent-encoded.", _TEXT),
        _header("X-Against", "Hold it against the case.", {"enum": ["yes", "no"]}),
        _header("X-Date", "Its date, where it carries none.", {"type": "string", "format": "date"}),
    ]
    text = _body("application/octet-stream", {"type": "string", "format": "binary"})
    review = _body("application/json", _REVIEW)
    told = "Read and check a text, which is kept nowhere."
    decided = "Write a decision on a claim or finding down."
    return {
        "texts": _post(told, [*own, *of_text], "text/html", _TEXT, text),
        "reviews": _post(decided, own, "application/json", _OBJECT, review),
        "build": _post("Build the case.", own, "application/json", _STATUS),
        "stop": _post("Stop its build.", own, "application/json", _STATUS),
    }


def _header(name: str, told: str, schema: Data) -> Data:
    return {"name": name, "in": "header", "description": told, "schema": schema}


def _body(kind: str, schema: Data) -> Data:
    return {"required": True, "content": {kind: {"schema": schema}}}


def _get(summary: str, parameters: list[Data], kind: str, schema: Data) -> Data:
    return {"get": {"summary": summary, "parameters": parameters, "responses": _answers(kind, schema)}}


def _post(summary: str, parameters: list[Data], kind: str, schema: Data, body: Data | None = None) -> Data:
    told: Data = {"summary": summary, "parameters": parameters, "responses": _answers(kind, schema)}
    return {"post": told | ({"requestBody": body} if body else {})}


def _answers(kind: str, schema: Data) -> Data:
    """A good answer, and every refusal."""
    refused = {"content": {"application/json": {"schema": _OBJECT}, "text/plain": {"schema": _TEXT}}}
    good = {"description": "As asked.", "content": {kind: {"schema": schema}}}
    return {"200": good, **{status: {"description": why, **refused} for status, why in _REFUSALS.items()}}
