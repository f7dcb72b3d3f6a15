"""The sources as CSL-JSON, which Zotero, Mendeley, pandoc and other programs that cite take."""

from __future__ import annotations

import json
from collections.abc import Mapping

from steelyard.report.export.citations import Citation, citations_of
from steelyard.report.export.sources import sources_of
from steelyard.report.results import Results


def to_csl(results: Results) -> str:
    """A list with an item for each source; what is not known of it is left out."""
    items = [_item(citation) for citation in citations_of(sources_of(results))]
    return json.dumps(items, ensure_ascii=False, indent=1) + "\n"


def _item(citation: Citation) -> Mapping[str, object]:
    notes = [citation.note, f"Licence: {citation.licence}" if citation.licence else "", _file(citation)]
    told: dict[str, object] = {
        "title": citation.title,
        "publisher": citation.publisher,
        "issued": {"date-parts": [list(citation.issued)]} if citation.issued else None,
        "version": citation.version,
        "URL": citation.url,
        "note": " ".join(f"{note.rstrip('.')}." for note in notes if note),
    }
    # What kind of work it is the case does not say; this type is taken by all that read CSL.
    item: dict[str, object] = {"id": citation.key, "type": "article"}
    return item | {key: value for key, value in told.items() if value}


def _file(citation: Citation) -> str:
    return f"In the case: {citation.file}" if citation.file else ""
