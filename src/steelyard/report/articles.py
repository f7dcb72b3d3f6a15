"""The sources on the page: each claim marked in place, with a card that says what was read and what it meets.

A card shows when its mark is pointed at or its link is focused, by style alone. It leads to the findings that
the claim takes part in and to the other claims in them, in whatever source these stand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from steelyard.core.claim import Claim
from steelyard.report.annotate import LONGEST, Span, annotate, is_long, plain
from steelyard.report.ledger_tables import claim_in_words
from steelyard.report.links import Links, anchor
from steelyard.report.results import Results
from steelyard.report.verdicts import Verdict, document_title
from steelyard.report.wording import in_quotes

if TYPE_CHECKING:
    from steelyard.claim_reviews import Rejection
    from steelyard.read.documents.document import Document

# How the claims of a finding stand to one another; of what is merely derived no companions are told.
_JOINED: Mapping[str, str] = {
    "contradicted": "Clashes with",
    "reconciled": "Fits, read otherwise, with",
    "corroborated": "Agrees with",
}
_CLASH = "contradicted"
_GIVEN = "Taken as given beside"
_UNLIKE = "\N{NOT EQUAL TO}"
_REJECTED = "\N{MULTIPLICATION SIGN}"
_FINDINGS, _OTHERS = 6, 4  # that a card names before it only counts them


@dataclass(frozen=True, slots=True)
class Meeting:
    """A finding in which a claim takes part, with the other claims in it; of some a claim is only given."""

    verdict: Verdict
    others: tuple[Claim, ...]
    is_given: bool

    @property
    def is_clash(self) -> bool:
        """Whether the claim is one of those that cannot all hold."""
        return self.verdict.verdict == _CLASH and not self.is_given


Companions = Mapping[str, Sequence[Meeting]]


def companions_of(verdicts: Sequence[Verdict]) -> Companions:
    """The findings of each claim by its id, the gravest first, with the claims that it meets there."""
    found: dict[str, list[Meeting]] = {}
    for verdict in verdicts:
        claims = {one.claim.id: one.claim for one in (*verdict.quotations, *verdict.given)}
        own = {one.claim.id for one in verdict.quotations}
        for identifier in claims:
            others = tuple(claim for other, claim in claims.items() if other != identifier)
            found.setdefault(identifier, []).append(Meeting(verdict, others, identifier not in own))
    return found


def annotated(number: int, results: Results, links: Links, companions: Companions) -> Mapping[str, str]:
    """One source with its text marked; a very long one in parts, which it says."""
    document = results.documents[number]
    entry = results.source(document.name)
    line = [
        document.publisher or "",
        document.date.isoformat() if document.date else "undated",
        document.name,
        (entry.licence or "") if entry else "",
    ]
    claims = [one for one in links.claims if one.document == document.name and one.id in links.marked]
    spans = [_span(claim, results, links, companions.get(claim.id, ())) for claim in claims]
    spans += [_struck(one, results) for one in _rejected_in(document, results)]
    url = entry.url if entry and (entry.url or "").startswith(("https://", "http://")) else None
    return {
        "anchor": f"source-{number + 1}",
        "title": entry.title if entry and entry.title else document.short_name,
        "line": ", ".join(part for part in line if part) + ".",
        "url": url or "",
        "note": (entry.note or "") if entry else "",
        "left_out": _left_out(document.text),
        "text": annotate(document.text, spans),
    }


def _left_out(text: str) -> str:
    """That a text is shown in parts, "" for one that is shown whole."""
    if not is_long(text):
        return ""
    return (
        f"A text of {len(text):,} characters; of those with more than {LONGEST:,} the beginning and what "
        "stands around each claim is shown here. All of it stands in articles.md."
    )


def _span(claim: Claim, results: Results, links: Links, meetings: Sequence[Meeting]) -> Span:
    """The mark of a claim with its card; one that clashes is marked so beside its number too."""
    clashes = any(meeting.is_clash for meeting in meetings)
    described = anchor("card", claim.id)
    return Span(
        claim.start,
        claim.end,
        links.text(claim.id),
        f"{claim.kind} clash" if clashes else claim.kind,
        f"{links.number(claim.id)}{_UNLIKE if clashes else ''}",
        links.row(claim.id),
        _card(claim, described, results, links, meetings),
        described,
    )


def _rejected_in(document: Document, results: Results) -> Iterator[Rejection]:
    """The rejected claims whose words stand in a document where they say, each id once in all of them."""
    first: dict[str, Rejection] = {}
    for one in results.rejected:
        first.setdefault(one.claim.id, one)
    for one in first.values():
        claim = one.claim
        words = document.text[claim.start : claim.end]
        if claim.document == document.name and words == claim.quote and words.strip():
            yield one


def _struck(rejection: Rejection, results: Results) -> Span:
    """The mark of a claim that was rejected, struck through; its sign leads to it, and its card says why."""
    claim = rejection.claim
    name, described = anchor("text", claim.id), anchor("card", claim.id)
    lines = (claim_in_words(claim, results.vocabulary), f"No claim of this report: {rejection.words}")
    card = _as_card(described, [plain(f"{line.rstrip('.')}.") for line in lines])
    kind = f"{claim.kind} rejected"
    return Span(claim.start, claim.end, name, kind, _REJECTED, name, card, described, struck=True)


def _card(claim: Claim, described: str, results: Results, links: Links, meetings: Sequence[Meeting]) -> str:
    """What was read of a claim, why, and the findings that it takes part in, as phrases."""
    lines = [f"<b>{plain(claim_in_words(claim, results.vocabulary))}.</b>"]
    if claim.reasons:
        why = "; ".join(claim.reasons).rstrip(".")  # the words of a person may end a sentence themselves
        lines.append(plain(f"Read so: {why}. Confidence {claim.confidence:g}."))
    lines += [_finding(meeting, claim.document, results, links) for meeting in meetings[:_FINDINGS]]
    if len(meetings) > _FINDINGS:
        lines.append(f"And {len(meetings) - _FINDINGS} more findings.")
    return _as_card(described, lines)


def _as_card(described: str, lines: Sequence[str]) -> str:
    """Lines of HTML as a card of that id."""
    inner = "".join(f"<span>{line}</span>" for line in lines)
    return f'<span class="card" id="{escape(described)}" role="note">{inner}</span>'


def _finding(meeting: Meeting, here: str, results: Results, links: Links) -> str:
    """A finding with a link to it, and the claims that the claim meets there."""
    verdict = meeting.verdict
    weight = f" ({verdict.severity})" if verdict.severity else ""
    text = f'<a href="#{escape(verdict.anchor)}">{plain(f"{verdict.word}{weight}: {verdict.title}")}</a>.'
    joined = _JOINED.get(verdict.verdict)
    if not joined or not meeting.others:
        return text
    others = [*_others(meeting.others[:_OTHERS], here, results, links)]
    more = len(meeting.others) - _OTHERS
    joined = _GIVEN if meeting.is_given else joined
    return f"{text} {joined} {', '.join(others)}{f' and {more} more' if more > 0 else ''}."


def _others(claims: Sequence[Claim], here: str, results: Results, links: Links) -> Iterator[str]:
    """Other claims in their words, each leading to its mark, with its source where that is another one."""
    for claim in claims:
        quote, place = f"<bdi>{plain(in_quotes(claim.quote))}</bdi>", links.best(claim.id)
        words = f'<a href="#{escape(place)}">{quote}</a>' if place else quote
        elsewhere = f" ({plain(document_title(claim.document, results))})" if claim.document != here else ""
        yield f"{words}{elsewhere}"
