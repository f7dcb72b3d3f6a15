"""Problems as values, and the three exceptions: the only place where either is defined.

What the user wrote wrongly is a `Problem` with place and remedy; steps go on after one wherever the rest still
makes sense. Exceptions are for a caller's mistake or for something that cannot be opened at all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

Severity = Literal["error", "warning", "refusal"]
DOCS_PAGE = "docs/problems.md"


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
        excerpt = text[begin : len(text) if stop < 0 else stop]
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
        """The problem as printed: place and code, the line with carets, the message, the remedy."""
        head = f"{self.origin}  {self.code}" + ("" if self.severity == "error" else f" ({self.severity})")
        return [head, *_marked(self.origin, width), f"{self.message} {self.hint}".rstrip()]

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


def _marked(place: Place, width: int) -> list[str]:
    """The line of `place`, cut to `width` around the span, and carets under the span."""
    if not place.excerpt or not place.column:
        return []
    start = place.column - 1
    left = max(0, min(start - width // 3, len(place.excerpt) - width))
    shown = place.excerpt[left : left + width]
    carets = "^" + "~" * (min(place.width, max(1, len(shown) - (start - left))) - 1)
    return [f"    {shown}", " " * (4 + start - left) + carets]


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


@dataclass
class VocabularyError(SteelyardError):
    """Data files are broken; carries all problems found in them."""

    problems: list[Problem] = field(default_factory=list)

    def __str__(self) -> str:
        """The first fault and the count of the rest."""
        first = self.problems[0] if self.problems else None
        rest = f" (and {len(self.problems) - 1} more)" if len(self.problems) > 1 else ""
        return f"{first.origin}: {first.message}{rest}" if first else "the data files are broken"
