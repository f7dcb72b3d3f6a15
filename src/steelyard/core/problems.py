"""Problems as values, and the three exceptions: the only place where either is defined.

What the user wrote wrongly is a `Problem` with place and remedy; steps go on after one wherever the rest
still makes sense. Exceptions are for a caller's mistake or for something that cannot be opened at all.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

Severity = Literal["error", "warning", "refusal"]


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands: a file, and in it a line, a key or a span, as far as they are known.

    `line` and `column` count from 1. `excerpt` is the line as written; `width` is the number of characters
    of it, from `column` on, that are meant.
    """

    file: str
    line: int = 0
    column: int = 0
    key: str = ""
    excerpt: str = ""
    width: int = 1

    @classmethod
    def in_text(cls, file: str, text: str, start: int, end: int) -> Place:
        """The place of `text[start:end]` in `file`, with its line for printing."""
        begin = text.rfind("\n", 0, start) + 1
        stop = text.find("\n", start)
        excerpt = text[begin : len(text) if stop < 0 else stop].removesuffix("\r")
        width = max(1, min(end, begin + len(excerpt)) - start)
        return cls(file, text.count("\n", 0, start) + 1, start - begin + 1, "", excerpt, width)

    def __str__(self) -> str:
        """`file:line:column` as far as known, with the key where there is one."""
        spot = self.file + (f":{self.line}" if self.line else "") + (f":{self.column}" if self.column else "")
        return f"{spot} [{self.key}]" if self.key else spot


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in what the user wrote that cannot be used as it stands, and what would cure it.

    `code` is a slug with a section in docs/problems.md. Severity `error` is a fault in the user's files,
    `warning` something odd, `refusal` a result not computed, whose hint names the claim that would lift it.
    """

    code: str
    message: str
    origin: Place
    hint: str = ""
    severity: Severity = "error"

    def lines(self, *, width: int = 110) -> list[str]:
        """The problem as printed: place and code, the line with carets, the message, the remedy.

        The line is cut to `width` columns of a terminal; what would move its cursor is made visible.
        """
        head = f"{self.origin}  {self.code}" + ("" if self.severity == "error" else f" ({self.severity})")
        return [visible(head), *_marked(self.origin, width), visible(f"{self.message} {self.hint}".rstrip())]

    def to_json(self) -> dict[str, object]:
        """The problem as plain data for `--format json`."""
        place = self.origin
        return {
            "code": self.code,
            "severity": self.severity,
            "message": self.message,
            "hint": self.hint or None,
            "file": place.file,
            "line": place.line or None,
            "column": place.column or None,
            "key": place.key or None,
        }


def visible(text: str) -> str:
    r"""`text` with one harmless character for each that would move or dress the cursor of a terminal.

    >>> visible("2.42%\x1b[2J")
    '2.42%␛[2J'
    """
    return text if text.isprintable() else "".join(_visible_character(character) for character in text)


def _visible_character(character: str) -> str:
    """A tab as a blank, a control character as its picture, what has no picture as the replacement sign."""
    if character.isprintable() or unicodedata.category(character) == "Zs":
        return character
    if character == "\t":
        return " "
    return chr(0x2400 + ord(character)) if character < " " else "\ufffd"


def _marked(place: Place, width: int) -> list[str]:
    """The line of `place`, cut to `width` columns around the span, and carets under the span."""
    if not place.excerpt or not place.column:
        return []
    start = left = min(place.column - 1, len(place.excerpt))
    room = max(width // 3, width - _columns(place.excerpt[start : start + width]))
    while left and _columns(place.excerpt[left - 1 : start]) <= room:
        left -= 1
    shown = visible(place.excerpt[left : left + width])
    while _columns(shown) > width:
        shown = shown[:-1]
    span = shown[start - left : start - left + place.width]
    carets = "^" + "~" * (_columns(span) - 1)
    return [f"    {shown}", " " * (4 + _columns(shown[: start - left])) + carets]


def _columns(text: str) -> int:
    """How many columns of a terminal `text` takes: Korean and the like two each, combining marks none."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
    )


def sort_problems(problems: Iterable[Problem]) -> list[Problem]:
    """Each problem once, by place and code."""
    unique = dict.fromkeys(problems)
    return sorted(unique, key=lambda problem: (problem.origin, problem.code, problem.message))


class SteelyardError(Exception):
    """Base of all errors that steelyard raises on purpose; the message is one line for an analyst."""


class CaseError(SteelyardError):
    """The folder cannot be understood as a case at all."""


class FormatError(SteelyardError):
    """A document cannot be opened: missing, unreadable, or in a format that is not text."""


@dataclass(eq=False)
class VocabularyError(SteelyardError):
    """Data files are broken; carries all problems found in them."""

    problems: list[Problem] = field(default_factory=list)

    def __str__(self) -> str:
        """The first fault and the count of the rest."""
        first = self.problems[0] if self.problems else None
        rest = f" (and {len(self.problems) - 1} more)" if len(self.problems) > 1 else ""
        return f"{first.origin}: {first.message}{rest}" if first else "the data files are broken"
