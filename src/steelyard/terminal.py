"""What the commands print: findings with carets, tables and problems, with source texts made harmless.

A text from the web may hold characters that steer a terminal. They are shown as what they are, one sign for
one character, so that carets still point at the words that are meant.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import sys
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from steelyard.brief import VERDICTS, count_line
from steelyard.core.problems import Place, visible
from steelyard.fan_bars import has_blocks
from steelyard.reviews import SHORTEST
from steelyard.stacked import fitting

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table
    from rich.text import Text

    from steelyard.check.findings import Finding
    from steelyard.core.claim import Claim
    from steelyard.corpus.copies import Copies
    from steelyard.gather import Gathered
    from steelyard.report.export.alert import Span

Plain = Mapping[str, object]
_WIDTH_OF_PIPE = 160
_PATIENCE = 2  # seconds that need no explanation
_BAR, _ASCII_BAR, _BAR_LENGTH = ("\N{FULL BLOCK}", "\N{LIGHT SHADE}"), ("#", "."), 20
_CLEAR = "\r\x1b[K"  # back to the start of the line, and all of it away
# Copies named on the terminal; JSON has them all.
_MOST_COPIES = 5
# Verdicts that ask for a look; the rest is counted.
_SHOWN = VERDICTS[:3]


def printable(text: str) -> str:
    r"""The text with every character that could steer a terminal shown as a sign of its own; lines stay.

    >>> printable("up 8.2%\x1b[2J")
    'up 8.2%␛[2J'
    """
    return "\n".join(visible(line) for line in text.split("\n"))


def printable_json(text: str) -> str:
    r"""JSON in which such characters stand as escapes; it means the same.

    >>> printable_json('"\x9b"')
    '"\\u009b"'
    """
    if text.isprintable():
        return text
    return "".join(each if each == "\n" or visible(each) == each else json.dumps(each)[1:-1] for each in text)


def place_of(claim: Claim, gathered: Gathered) -> Place:
    """Where a claim stands, with its line where the document is at hand."""
    shown = gathered.shown.get(claim.document, claim.document)
    for document in gathered.documents:
        if document.name == claim.document and document.text[claim.start : claim.end] == claim.quote:
            return Place.in_text(shown, document.text, claim.start, claim.end)
    return Place(shown, excerpt=claim.quote)


def span_of(claim: Claim, gathered: Gathered) -> Span:
    """The stretch of its file that a claim is, as far as its document is at hand; for editors."""
    from steelyard.report.export.alert import Span

    shown = gathered.shown.get(claim.document, claim.document)
    for document in gathered.documents:
        if document.name == claim.document and document.text[claim.start : claim.end] == claim.quote:
            return Span.in_text(shown, document.text, claim.start, claim.end)
    return Span(shown)


def finding_lines(
    findings: Sequence[Finding], gathered: Gathered, *, explain: bool, dismissed: int = 0
) -> list[str]:
    """Findings in the style of problems, then a count; `explain` shows those too that ask for no look."""
    shown = gathered.shown
    texts = {shown.get(document.name, document.name): document.text for document in gathered.documents}
    lines: list[str] = []
    for finding in findings:
        if explain or finding.verdict in _SHOWN:
            lines += [*_located(finding, shown).lines(texts), *_elsewhere(finding, gathered.copies)]
            lines += [*(_further(finding) if explain else []), ""]
    hidden = not explain and any(finding.verdict not in _SHOWN for finding in findings)
    count = count_line(findings, gathered, dismissed=dismissed)
    return [*lines, f"Findings: {count}." + (" All of them: --explain." if hidden else "")]


def _elsewhere(finding: Finding, copies: Copies) -> list[str]:
    """Where else the claims of a finding stand, in copies of the same text."""
    places = [
        copy.document for claim in (*finding.claims, *finding.given) for copy in copies.get(claim.id, ())
    ]
    names = list(dict.fromkeys(places))
    if not names:
        return []
    more = f" and {len(names) - _MOST_COPIES} more" if len(names) > _MOST_COPIES else ""
    return [visible(f"Also, in copies of the same text: {', '.join(names[:_MOST_COPIES])}{more}.")]


def _located(finding: Finding, shown: Mapping[str, str]) -> Finding:
    """The finding with paths that lead to its documents from where the user stands."""

    def there(claims: Iterable[Claim]) -> tuple[Claim, ...]:
        return tuple(claim.changed(document=shown.get(claim.document, claim.document)) for claim in claims)

    return replace(finding, claims=there(finding.claims), given=there(finding.given))


def _further(finding: Finding) -> list[str]:
    """The readings after the first, and the name by which a review dismisses the finding."""
    readings = [visible(f"Or, at a cost of {each.cost:g}: {each.change}.") for each in finding.readings[1:]]
    return [*readings, f"Hash: {finding.hash[:SHORTEST]}."]


def claims_table(gathered: Gathered) -> Table:
    """Claims in rows: quote, what it is of, what it leaves open, period, status, actor, place."""
    from rich.table import Table
    from rich.text import Text

    from steelyard.report.wording import Wording

    wording = Wording(gathered.vocabulary)
    table = Table(box=None, header_style="bold", pad_edge=False, padding=(0, 2, 0, 0))
    columns = ["quote", "of", "leaves open", "period", "status", "actor", "place"]
    for column in columns:
        table.add_column(column, overflow="fold")
    for claim in gathered.ledger:
        interval = wording.interval(claim.low, claim.high, claim.unit)
        place = place_of(claim, gathered)
        cells = [
            claim.quote,
            _subject(claim),
            with_spaces(interval),
            claim.period,
            claim.status,
            claim.actor,
            f"{_short(place.file)}:{place.line}" if place.line else _short(place.file),
        ]
        table.add_row(*(Text(printable(" ".join((cell or "").split()))) for cell in cells))
    return table


def _short(path: str) -> str:
    """A path without its folders, which would take the room of what is said there."""
    return path.replace("\\", "/").rpartition("/")[2]


def _subject(claim: Claim) -> str:
    """What a claim is of, in a few words."""
    if claim.kind == "role":
        return " ".join(word for word in (claim.role, claim.function) if word)
    if claim.kind == "statement":
        return f"said by {claim.speaker}" if claim.speaker else "statement"
    words = (
        claim.measure or claim.about,
        claim.item,
        claim.statistic if claim.statistic != "level" else None,
    )
    return " ".join(word for word in words if word)


def with_spaces(text: str) -> str:
    """The text with spaces at which a line may break, as a terminal has them."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


def table_text(parts: Iterable[RenderableType], *, terminal: bool) -> str:
    """Tables and lines as text: for the terminal that is there, or plain and wide enough for a file.

    A table that is too wide for it is given row by row, so that no word is broken.
    """
    from rich.console import Console

    buffer = io.StringIO()
    width = None if terminal else _WIDTH_OF_PIPE
    console = Console(
        file=buffer, force_terminal=terminal, width=width, highlight=False, markup=False, emoji=False
    )
    for part in (fit for each in parts for fit in fitting(each, console)):
        console.print(part)
    lines = buffer.getvalue().splitlines()
    return "".join(f"{line.rstrip()}\n" for line in lines)


def heading(text: str) -> Text:
    """A line in bold, with an empty one above."""
    from rich.text import Text

    return Text(f"\n{printable(text)}", style="bold")


def line(text: str) -> Text:
    """A plain line."""
    from rich.text import Text

    return Text(printable(text))


def rows_table(
    columns: Sequence[str], rows: Iterable[Sequence[object]], *, right: bool = False, whole: int | None = None
) -> Table:
    """Rows under columns, without lines; all texts are made harmless.

    `right` sets all columns but the first flush right; in those from the number `whole` on no line is broken,
    by default lines may be broken in all.
    """
    from rich.table import Table

    table = Table(box=None, padding=(0, 2, 0, 0))
    for number, column in enumerate(columns):
        kept = whole is not None and number >= whole
        justify: Literal["left", "right"] = "right" if right and number else "left"
        table.add_column(printable(column), justify=justify, no_wrap=kept, overflow="fold")
    for row in rows:
        table.add_row(*(printable(str(value)) for value in row))
    return table


def text_width(*, terminal: bool) -> int:
    """How many columns tables may have: those of the terminal that is there, or enough for a file."""
    from rich.console import Console

    return Console(file=io.StringIO(), force_terminal=True).width if terminal else _WIDTH_OF_PIPE


def to_json(value: object) -> str:
    """A value as readable JSON with a line end."""
    return printable_json(json.dumps(value, ensure_ascii=False, indent=1)) + "\n"


def to_json_lines(rows: Iterable[Plain]) -> str:
    """One JSON object a line."""
    return "".join(printable_json(json.dumps(row, ensure_ascii=False)) + "\n" for row in rows)


class Waiting:
    """A line on standard error that says what is being done and for how long, while it takes long.

    Only a person at a terminal gets it, from the third second on, and nothing of it stays there. Where it is
    told how much is done there is a bar.
    """

    def __init__(self, doing: str, *, quiet: bool) -> None:
        """`doing` is what the line says, such as "Reading article.txt"."""
        self._doing = printable(doing)
        self._shown = not quiet and sys.stderr.isatty()
        self._progress = ""
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Waiting:
        """Begin to wait."""
        if self._shown:
            self._thread.start()
        return self

    def __exit__(self, *fault: object) -> None:
        """End, and take the line away."""
        self._done.set()
        if self._shown:
            self._thread.join()

    def done(self, number: int, total: int) -> None:
        """Show how many of how many are done; one thing alone has no bar."""
        full, empty = _BAR if has_blocks(os.environ) else _ASCII_BAR
        filled = number * _BAR_LENGTH // max(total, 1)
        bar = f"{full * filled}{empty * (_BAR_LENGTH - filled)}"
        self._progress = f" {bar} {number} of {total}," if total > 1 and number < total else ""

    def count(self, words: str) -> None:
        """Show how far it is where nobody knows how much there is, such as "512 documents"."""
        self._progress = f" {words},"

    def tell(self, line: str) -> None:
        """Print a line in its place."""
        print(f"{_CLEAR if self._shown else ''}{printable(line)}", file=sys.stderr, flush=True)

    def _run(self) -> None:
        seconds = _PATIENCE
        if self._done.wait(seconds):
            return
        while True:
            told = f"{self._progress} {seconds} s"
            room = (
                shutil.get_terminal_size().columns - len(told) - 2
            )  # a line that wraps could not be cleared
            doing = self._doing if len(self._doing) <= room else f"{self._doing[: max(room - 1, 0)]}…"
            print(f"{_CLEAR}{doing}:{told}", end="", file=sys.stderr, flush=True)
            if self._done.wait(1):
                break
            seconds += 1
        print(_CLEAR, end="", file=sys.stderr, flush=True)
