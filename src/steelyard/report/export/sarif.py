"""Alerts as SARIF 2.1.0, the format in which editors and code hosts take the results of checkers.

The terms are those of the standard (OASIS, Static Analysis Results Interchange Format, 2020-03-27).
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from steelyard.report.export.alert import Alert, Span

VERSION = "2.1.0"
SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_FINGERPRINT = "steelyardHash/v1"
Plain = dict[str, object]


def to_sarif(alerts: Sequence[Alert], *, version: str) -> Plain:
    """One run with a result for each alert, and its problems as notifications. `version` is the program's."""
    results = [alert for alert in alerts if not alert.is_problem]
    problems = [alert for alert in alerts if alert.is_problem]
    titles = dict(sorted((alert.rule, alert.title) for alert in results))
    codes = dict(sorted((alert.rule, alert.title) for alert in problems))
    driver: Plain = {
        "name": "steelyard",
        "version": version,
        "rules": _descriptors(titles),
        "notifications": _descriptors(codes),
    }
    invocation: Plain = {
        "executionSuccessful": all(alert.level != "error" for alert in problems),
        "toolExecutionNotifications": [_notification(alert) for alert in problems],
    }
    run: Plain = {
        "tool": {"driver": driver},
        "invocations": [invocation],
        # Columns and offsets count characters, not units of UTF-16.
        "columnKind": "unicodeCodePoints",
        "results": [_result(alert, list(titles)) for alert in results],
    }
    return {"$schema": SCHEMA, "version": VERSION, "runs": [run]}


def _descriptors(titles: dict[str, str]) -> list[Plain]:
    return [
        {"id": _id(rule), "name": rule, "shortDescription": {"text": _sentence(title)}}
        for rule, title in titles.items()
    ]


def _id(rule: str) -> str:
    return "/".join(rule.split())


def _sentence(title: str) -> str:
    verdict, _, identity = title.partition(" ")
    return f"{verdict.capitalize()} ({identity})" if identity else verdict.capitalize()


def _result(alert: Alert, rules: Sequence[str]) -> Plain:
    """A result; one of level "none" passed, and only such a one may have another kind than "fail"."""
    result: Plain = {
        "ruleId": _id(alert.rule),
        "ruleIndex": rules.index(alert.rule),
        "kind": "pass" if alert.level == "none" else "fail",
        "level": alert.level,
        "message": {"text": alert.message or alert.title},
        "locations": [_location(alert.span)],
    }
    if alert.related:
        result["relatedLocations"] = [
            {"id": number, **_location(span)} for number, span in enumerate(alert.related, 1)
        ]
    if alert.mark:
        result["partialFingerprints"] = {_FINGERPRINT: alert.mark}
    return result


def _notification(alert: Alert) -> Plain:
    return {
        "descriptor": {"id": _id(alert.rule)},
        "level": alert.level,
        "message": {"text": alert.message or alert.title},
        "locations": [_location(alert.span)],
    }


def _location(span: Span) -> Plain:
    physical: Plain = {"artifactLocation": {"uri": uri_of(span.file)}}
    if span.line:
        physical["region"] = _region(span)
    return {"physicalLocation": physical}


def _region(span: Span) -> Plain:
    """The stretch in lines and columns, and in characters where the text is known."""
    region: Plain = {"startLine": span.line}
    if span.column:
        region |= {"startColumn": span.column, "endLine": span.end_line, "endColumn": span.end_column}
    if span.words:
        region |= {"charOffset": span.start, "charLength": span.end - span.start}
        region["snippet"] = {"text": span.words}
    return region


def uri_of(file: str) -> str:
    """The address of a file: relative as its path is given, with `file://` before an absolute one.

    >>> uri_of("drafts/Zurück 1.md"), uri_of("/tmp/a.md")
    ('drafts/Zur%C3%BCck%201.md', 'file:///tmp/a.md')
    """
    path = quote(file.replace("\\", "/"), safe="/~", errors="surrogatepass")
    return f"file://{path}" if path.startswith("/") else path or "."
