"""Where the words of a document on responsibility can be read: in a source of the case, at its address."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote

from steelyard.core.claim import Claim
from steelyard.core.vocabulary import Entry
from steelyard.report.links import Links, anchor
from steelyard.report.responsibility import Comparison
from steelyard.report.results import Results

Places = Mapping[tuple[str, int], str]


def places_of_quotations(comparison: Comparison | None, results: Results, links: Links) -> Places:
    """The address of each quotation, by the anchor of its row and the number of its document.

    It is the mark of the words in a source that quotes the document, else the words in the document itself
    where its reference has an address, else its reference on the page.
    """
    if comparison is None:
        return {}
    sides = (comparison.left, comparison.right)
    return {
        (duty.anchor, number): _marked(role.quotation, entry, results, links)
        or _address(role.quotation, entry)
        or f"#{anchor('posture', entry.id)}"
        for duty in comparison.duties
        for number, (role, entry) in enumerate(zip(duty.sides, sides, strict=True))
        if role
    }


def _marked(words: str, entry: Entry, results: Results, links: Links) -> str:
    """The mark of a claim that is said by a document and shares its words with a quotation; "" for none."""
    pattern = re.compile(r"\s+".join(map(re.escape, words.split())))
    told = [claim for claim in links.claims if claim.speaker == entry.label and claim.id in links.marked]
    for document in results.documents:
        for found in pattern.finditer(document.text) if words.strip() else ():
            within = [claim for claim in told if _overlaps(claim, document.name, found)]
            if within:
                longest = max(within, key=lambda claim: claim.end - claim.start)
                return f"#{links.text(longest.id)}"
    return ""


def _overlaps(claim: Claim, document: str, found: re.Match[str]) -> bool:
    return claim.document == document and claim.start < found.end() and found.start() < claim.end


def _address(words: str, entry: Entry) -> str:
    """The words within the document in the net, as browsers find them on a page; "" without an address."""
    url = str(entry.table("reference").get("url") or "")
    if not url.startswith(("https://", "http://")):
        return ""
    # A hyphen parts a text fragment and has to be escaped in it.
    return f"{url}#:~:text={quote(' '.join(words.split()), safe='').replace('-', '%2D')}"
