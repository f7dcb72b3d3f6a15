"""Where a place of a document is to be found in the file that it came from."""

from __future__ import annotations

from bisect import bisect_right

from steelyard.read.documents.document import Document


def locator_of(document: Document, start: int) -> str | None:
    """The page of a printed document, as `page 3`; None where there are no pages."""
    return f"page {max(1, bisect_right(document.pages, start))}" if document.pages else None
