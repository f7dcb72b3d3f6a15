"""Alerts as workflow commands of GitHub Actions, which shows them beside the lines of a pull request.

The form is `::error file=draft.md,line=3,col=9::message`; other hosts that run such workflows take it too.
"""

from __future__ import annotations

from collections.abc import Iterable

from steelyard.core.problems import visible
from steelyard.report.export.alert import Alert, Span

_COMMANDS = {"error": "error", "warning": "warning", "note": "notice", "none": "notice"}


def to_commands(alerts: Iterable[Alert]) -> str:
    """A line for each alert."""
    return "".join(f"{_command(alert)}\n" for alert in alerts)


def _command(alert: Alert) -> str:
    properties = {**_place(alert.span), "title": f"steelyard: {alert.title}"}
    listed = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    sources = [spot for spot in dict.fromkeys(map(_spot, alert.related)) if spot]
    message = alert.message + (f" See {', '.join(sources)}." if sources else "")
    return f"::{_COMMANDS[alert.level]} {listed}::{_data(message or alert.title)}"


def _place(span: Span) -> dict[str, str]:
    """Columns are told only within one line, for the host knows no others."""
    place = {"file": span.file}
    if span.line:
        place["line"] = str(span.line)
    if span.column:
        place |= {"endLine": str(span.end_line), "col": str(span.column)}
        if span.end_line == span.line:
            place["endColumn"] = str(span.end_column)
    return place


def _spot(span: Span) -> str:
    return f"{span.file}:{span.line}" if span.line else span.file


def _data(text: str) -> str:
    """A message in one line; what the host would take for its own is escaped."""
    lines = text.replace("%", "%25").replace("\r", "%0D").split("\n")
    return "%0A".join(visible(line) for line in lines)


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
