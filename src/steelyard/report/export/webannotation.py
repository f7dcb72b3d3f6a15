"""Claims as W3C Web Annotations (2017): each stretch of a source with what was read from it.

The terms are those of the Web Annotation Data Model. Positions count characters (code points) of the text as
it was read, so the text itself is the target, and the address of the article only where that came from.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from urllib.parse import quote

from steelyard.core.claim import Claim
from steelyard.read.documents.document import Document
from steelyard.report.export.sources import inputs_hash
from steelyard.report.ledger_tables import claim_in_words
from steelyard.report.links import Links
from steelyard.report.results import Results
from steelyard.report.verdicts import document_title
from steelyard.report.wording import SEVERITIES, VERDICTS

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_NAMESPACE = "urn:steelyard:"
# So many characters either side tell a quotation from others, more where they do not. A text that says the
# same for longer than that is told apart by position alone.
_AROUND = (32, 64, 128, 256, 512)
Plain = Mapping[str, object]


def to_web_annotations(results: Results, links: Links, version: str) -> str:
    """One collection on one page with an annotation for each claim whose words stand in its source."""
    items = list(_annotations(results, links))
    made_from = inputs_hash(results.inputs)[:16]
    name = f"{_NAMESPACE}annotations:{made_from}"
    page = f"{name}:1"
    collection: dict[str, object] = {
        "@context": CONTEXT,
        "id": name,
        "type": "AnnotationCollection",
        "label": results.title,
        "generator": {
            "id": f"{_NAMESPACE}software:{quote(version, safe='')}",
            "type": "Software",
            "name": f"steelyard {version}",
        },
        "total": len(items),
    }
    if items:
        first = {"id": page, "type": "AnnotationPage", "startIndex": 0, "items": items}
        collection |= {"first": first, "last": page}
    return json.dumps(collection, ensure_ascii=False, indent=1) + "\n"


def _annotations(results: Results, links: Links) -> Iterator[Plain]:
    documents = {document.name: document for document in results.documents}
    findings: dict[str, list[Plain]] = {}
    for finding in results.findings:
        word = VERDICTS.get(finding.verdict, finding.verdict)
        weight = SEVERITIES.get(finding.severity or "", "")
        text = f"{word}{f' ({weight})' if weight else ''}: {finding.explanation}"
        for claim in (*finding.claims, *finding.given):
            findings.setdefault(claim.id, []).append(_body(text, "assessing"))
    for claim in links.claims:
        if claim.id in links.marked:
            document = documents[claim.document]
            yield {
                "id": f"{_NAMESPACE}claim:{quote(claim.id, safe='')}",
                "type": "Annotation",
                "motivation": "describing",
                "body": [
                    _body(claim_in_words(claim, results.vocabulary), "describing"),
                    {
                        "type": "TextualBody",
                        "purpose": "describing",
                        "format": "application/json",
                        "value": json.dumps(claim.to_json(), ensure_ascii=False),
                    },
                    *findings.get(claim.id, ()),
                ],
                "target": {
                    "source": _source(document, results),
                    "selector": _selectors(claim, document.text),
                },
            }


def _body(text: str, purpose: str) -> Plain:
    return {
        "type": "TextualBody",
        "purpose": purpose,
        "format": "text/plain",
        "language": "en",
        "value": text,
    }


def _source(document: Document, results: Results) -> Plain:
    """The text that is annotated, and what is known of the article that it is of."""
    known = results.source(document.name)
    day = (known.date if known else None) or document.date
    told = {
        "language": document.language,
        "dcterms:title": document_title(document.name, results),
        "dcterms:publisher": (known.publisher if known else None) or document.publisher,
        "dcterms:issued": day.isoformat() if day else None,
        "dcterms:source": (known.url if known else None) or document.url,
    }
    return {
        "id": f"{_NAMESPACE}document:{quote(document.name, safe='/', errors='surrogatepass')}",
        "type": "Text",
        "format": "text/plain",
        **{key: value for key, value in told.items() if value},
    }


def _selectors(claim: Claim, text: str) -> list[Plain]:
    """The place by its words and by its position."""
    prefix = suffix = ""
    for around in _AROUND:
        prefix, suffix = (
            text[max(claim.start - around, 0) : claim.start],
            text[claim.end : claim.end + around],
        )
        if _is_once(f"{prefix}{claim.quote}{suffix}", text):
            break
    return [
        {"type": "TextQuoteSelector", "exact": claim.quote, "prefix": prefix, "suffix": suffix},
        {"type": "TextPositionSelector", "start": claim.start, "end": claim.end},
    ]


def _is_once(words: str, text: str) -> bool:
    """Whether a text has these words in one place only, not even overlapping themselves."""
    place = text.find(words)
    return text.find(words, place + 1) < 0
