"""Contradicted and corroborated findings as schema.org ClaimReview, for sites that publish fact checks.

A contradiction says that some figures cannot all hold, not which of them is wrong. So a review is of all the
claims of a finding together, and its rating of whether they hold together.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from urllib.parse import quote

from steelyard.check.findings import Finding
from steelyard.core.claim import Claim
from steelyard.report.ledger_tables import claim_in_words
from steelyard.report.links import anchor
from steelyard.report.results import Results
from steelyard.report.verdicts import document_title
from steelyard.report.wording import SEVERITIES, VERDICTS, in_quotes, listed

CONTEXT = "https://schema.org"
# The verdicts that are reviews, by their number on the scale.
SCALE = {"contradicted": 1, "corroborated": 2}
SCALE_IN_WORDS = (
    "1: contradicted, the figures cannot all be true as printed, whichever of them is off; "
    "2: corroborated, independent figures agree"
)
Plain = Mapping[str, object]


def to_claim_review(results: Results, page: str) -> str:
    """One review for each finding of the scale; `page` is the address of the report from where this lies.

    Who publishes it adds `author` and `datePublished`: the program knows neither.
    """
    reviews = [_review(finding, results, page) for finding in results.findings if finding.verdict in SCALE]
    text = json.dumps({"@context": CONTEXT, "@graph": reviews}, ensure_ascii=False, indent=1)
    # It is put into pages between script tags, which no words of a source may end.
    return text.replace("<", "\\u003c") + "\n"


def _review(finding: Finding, results: Results, page: str) -> Plain:
    claims = [_claim(claim, results) for claim in finding.claims]
    words = [str(claim["name"]) for claim in claims]
    if len(words) > 1:
        words = [f"({number}) {text}" for number, text in enumerate(words, 1)]
    weight = SEVERITIES.get(finding.severity or "", "")
    return {
        "@type": "ClaimReview",
        "url": f"{page}#{anchor('finding', finding.id)}",
        "claimReviewed": "; ".join(words),
        "reviewAspect": _aspect(finding),
        "reviewBody": finding.explanation,
        "itemReviewed": claims[0] if len(claims) == 1 else claims,
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": SCALE[finding.verdict],
            "worstRating": min(SCALE.values()),
            "bestRating": max(SCALE.values()),
            "alternateName": f"{VERDICTS[finding.verdict]}{f' ({weight})' if weight else ''}",
            "ratingExplanation": SCALE_IN_WORDS,
        },
    }


def _aspect(finding: Finding) -> str:
    """What the rating is of: never one of several claims."""
    given = listed([in_quotes(claim.quote) for claim in finding.given])
    beside = f", given {given}" if given else ""
    if len(finding.claims) == 1:
        return f"Whether it can hold{beside}"
    return (
        f"Whether these {len(finding.claims)} claims can all hold together{beside}; not which of them is off"
    )


def _claim(claim: Claim, results: Results) -> Plain:
    """A claim with where it appears, as far as that is known.

    Its author is who printed it: that somebody said so is the claim of the source, and may be what is off.
    """
    document = results.document(claim.document)
    known = results.source(claim.document)
    publisher = (known.publisher if known else None) or (document.publisher if document else None)
    day = (known.date if known else None) or (document.date if document else None)
    url = (known.url if known else None) or (document.url if document else None)
    published = {"datePublished": day.isoformat()} if day else {}
    organisation = {"@type": "Organization", "name": publisher} if publisher else None
    speaker = results.vocabulary.label("actors", claim.speaker)
    said = f", {claim.said}" if claim.said else ""
    return {
        "@type": "Claim",
        "@id": f"urn:steelyard:claim:{quote(claim.id, safe='')}",
        "name": claim_in_words(claim, results.vocabulary),
        "text": claim.quote,
        **({"description": f"The source has {speaker} say so{said}."} if speaker else {}),
        **({"author": organisation} if organisation else {}),
        **published,
        "appearance": {
            "@type": "CreativeWork",
            "name": document_title(claim.document, results),
            **({"url": url} if url else {}),
            **({"publisher": organisation} if organisation else {}),
            **published,
        },
    }
