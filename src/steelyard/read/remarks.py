"""What is to be said of a document as a whole, once it has been read: no figure, no date, parts left out."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date

from steelyard.core.claim import Ledger
from steelyard.core.problems import Place, Problem
from steelyard.read.documents.document import Document

MOST_SPANS_NAMED = 20
GIVE_A_DATE = 'Give it with --date, or as a line such as "Date: 2026-01-24" at the top.'


def remarks(
    document: Document, ledger: Ledger, left_out: Sequence[tuple[int, int]], guess: date | None
) -> Iterator[Problem]:
    """Warnings about a document as a whole. `guess` is its date where that was inferred from its text."""
    if not document.text.strip():
        return
    for start, end in left_out[:MOST_SPANS_NAMED]:
        message = f"Characters {start} to {end} were left out: so long a run without a blank is no text."
        hint = "Put blanks or line breaks between its words and numbers."
        yield Problem("text-left-out", message, document.place(start, start + 1), hint, "warning")
    if not any(claim.kind == "figure" for claim in ledger):
        hint = "Nothing of it can be checked; is it the right file?"
        message = "No figure was found in the document."
        yield Problem("no-figures", message, Place(document.name), hint, "warning")
    if guess:
        message = (
            f"The document carries no date; {guess.isoformat()} is taken, the latest that its text tells."
        )
        yield Problem("date-inferred", message, Place(document.name), GIVE_A_DATE, "warning")
    elif document.date is None and _holds_read_prose(document, ledger):
        message = 'The document carries no date, so that words such as "last year" stay unread.'
        yield Problem("no-date", message, Place(document.name), GIVE_A_DATE, "warning")


def _holds_read_prose(document: Document, ledger: Ledger) -> bool:
    """Whether a claim stands outside of the tables, whose headings name their years themselves."""
    starts = [table.start for table in document.tables]

    def in_table(start: int) -> bool:
        number = bisect_right(starts, start) - 1
        return number >= 0 and start < document.tables[number].end

    return not all(in_table(claim.start) for claim in ledger)
