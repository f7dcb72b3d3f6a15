"""Findings as the page shows them: quotations with their intervals, expected against found, readings."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from steelyard.core.claim import Claim
from steelyard.core.vocabulary import Vocabulary
from steelyard.read.documents.document import Document
from steelyard.report.links import Links, anchor
from steelyard.report.results import Results
from steelyard.report.wording import SEVERITIES, VERDICTS, Wording, plain_number

Plain = Mapping[str, object]
_VERDICT_ORDER = tuple(VERDICTS)
_SEVERITY_ORDER = ("decisive", "material", "last_digit")
# A quotation is shown in its sentence; long sentences are cut to this many characters either side.
_AROUND = 110


@dataclass(frozen=True, slots=True)
class Quotation:
    """A claim as quoted in a finding: its words in their sentence, who says so where, what it leaves open.

    `before` and `after` are the rest of the sentence. `link` is the anchor of the mark in the source, `row`
    that of the claim's row; both may be empty.
    """

    claim: Claim
    number: int
    before: str
    after: str
    source: str
    interval: str
    link: str
    row: str

    @property
    def exact(self) -> bool:
        """Whether its number is what it says: a target, a floor, a small count."""
        return self.claim.low is not None and self.claim.low == self.claim.high


@dataclass(frozen=True, slots=True)
class Reading:
    """One way in which all claims would hold; `link` leads to the claim that it changes."""

    text: str
    kind: str
    cost: str
    link: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """A finding in words. `data` is the finding as the contract has it."""

    anchor: str
    verdict: str
    word: str
    severity: str
    title: str
    meaning: str
    equation: str
    quotations: tuple[Quotation, ...]
    given: tuple[Quotation, ...]
    expected: str
    found: str
    miss: str
    explanation: str
    readings: tuple[Reading, ...]
    data: Plain

    def said(self, side: Literal["expected", "found"]) -> str:
        """A side as a claim prints it, in quotation marks; its interval where no claim prints it so."""
        claim = claim_behind(self.data, side)
        words = self.expected if side == "expected" else self.found
        if not claim:
            return words
        quote = " ".join(str(claim["quote"]).split())
        return f"\N{LEFT DOUBLE QUOTATION MARK}{quote}\N{RIGHT DOUBLE QUOTATION MARK}"

    @property
    def printed(self) -> Quotation | None:
        """The quotation that prints just what was found, None where what was found follows from several."""
        claim = claim_behind(self.data, "found")
        name = claim["id"] if claim else None
        return next((quoted for quoted in self.quotations if quoted.claim.id == name), None)

    @property
    def is_card(self) -> bool:
        """Whether it deserves room of its own; the rest is listed."""
        return self.verdict in ("contradicted", "reconciled", "corroborated")


def describe_findings(results: Results, links: Links) -> tuple[Verdict, ...]:
    """All findings in words, the gravest first, otherwise in their order."""
    described = [_describe(finding.to_json(), results, links) for finding in results.findings]
    return tuple(sorted(described, key=_gravity))


def _gravity(verdict: Verdict) -> tuple[int, int]:
    severity = str(verdict.data.get("severity") or "")
    known = severity in _SEVERITY_ORDER
    kind = _VERDICT_ORDER.index(verdict.verdict) if verdict.verdict in _VERDICT_ORDER else len(_VERDICT_ORDER)
    return kind, _SEVERITY_ORDER.index(severity) if known else len(_SEVERITY_ORDER)


def _describe(data: Plain, results: Results, links: Links) -> Verdict:
    wording = Wording(results.vocabulary)
    identity = str(data.get("identity") or "")
    entry = results.vocabulary.entry("identities", identity) or results.vocabulary.entry("rules", identity)
    verdict = str(data["verdict"])
    severity = str(data.get("severity") or "")
    return Verdict(
        anchor=anchor("finding", str(data["id"])),
        verdict=verdict,
        word=VERDICTS.get(verdict, verdict),
        severity=SEVERITIES.get(severity, severity),
        title=entry.label if entry else identity.replace("-", " ").capitalize(),
        meaning=entry.text("meaning") if entry else "",
        equation=entry.text("equation") if entry else "",
        quotations=quote_claims(data.get("claims"), results, links),
        given=quote_claims(data.get("given"), results, links),
        expected=bounds_in_words(data.get("expected"), wording, data.get("found")),
        found=bounds_in_words(data.get("found"), wording, data.get("expected")),
        miss=miss_in_words(data.get("miss"), data.get("expected"), wording),
        explanation=str(data.get("explanation") or ""),
        readings=tuple(
            _reading(reading, results.vocabulary, links) for reading in tables_of(data.get("readings"))
        ),
        data=data,
    )


def tables_of(value: object) -> tuple[Plain, ...]:
    """The tables of a JSON list, empty for anything else."""
    return tuple(item for item in value if isinstance(item, Mapping)) if isinstance(value, Sequence) else ()


def number_of(value: object) -> float | int | None:
    """A JSON number, None for anything else."""
    return value if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def bounds_in_words(bounds: object, wording: Wording, beside: object = None) -> str:
    """`{"low", "high", "unit"}` or `{"value"}` in words, "" for none; in the scale of those `beside` it."""
    if not isinstance(bounds, Mapping):
        return ""
    if bounds.get("value") is not None and "low" not in bounds:
        return str(bounds["value"])
    unit = bounds.get("unit")
    others = [number_of(beside.get(key)) for key in ("low", "high")] if isinstance(beside, Mapping) else []
    low, high = number_of(bounds.get("low")), number_of(bounds.get("high"))
    near = [number for number in others if number is not None]
    return wording.interval(low, high, str(unit) if unit else None, beside=near)


def claim_behind(data: Plain, side: Literal["expected", "found"]) -> Plain | None:
    """The claim that prints just the bounds of a finding's side, or None where they follow from several.

    Where several print the same bounds the first is what was expected and the last what was found; one alone
    was found.
    """
    bounds, claims = data.get(side), tables_of(data.get("claims"))
    if not isinstance(bounds, Mapping):
        return None
    keys = ("unit", "low", "high")
    wanted = [bounds.get(key) for key in keys]
    behind = [claim for claim in claims if [claim.get(key) for key in keys] == wanted]
    if side == "found":
        return behind[-1] if behind else None
    other = data.get("found")
    same = isinstance(other, Mapping) and [other.get(key) for key in keys] == wanted
    return behind[0] if len(behind) > same else None


def miss_in_words(miss: object, expected: object, wording: Wording) -> str:
    """How far apart expected and found are, in the unit and in last digits, "" for none."""
    if not isinstance(miss, Mapping):
        return ""
    unit = miss.get("unit") or (expected.get("unit") if isinstance(expected, Mapping) else None)
    amount = number_of(miss.get("amount"))
    digits = number_of(miss.get("last_digits"))
    parts = [wording.miss(amount, str(unit) if unit else None)] if amount else []
    if digits:
        size = plain_number(digits, 0) + " units" if digits >= 10 else f"{digits:.2g}"
        parts.append(f"{size} of the last printed digit")
    return ", ".join(parts)


def _reading(data: Plain, vocabulary: Vocabulary, links: Links) -> Reading:
    cost = number_of(data.get("cost"))
    return Reading(
        text=str(data.get("change") or ""),
        kind=vocabulary.label("readings", str(data.get("kind") or "")).replace("-", " "),
        cost="" if cost is None else f"{cost:.1f}".removesuffix(".0"),
        link=links.best(data.get("claim")),
    )


def quote_claims(items: object, results: Results, links: Links) -> tuple[Quotation, ...]:
    """Claims, each the whole object or its id, as quotations."""
    known = {claim.id: claim for claim in results.ledger}
    claims = []
    for item in items if isinstance(items, Sequence) and not isinstance(items, str) else ():
        if isinstance(item, Mapping) and item.get("id"):
            claims.append(known.get(str(item["id"])) or Claim.from_json(dict(item)))
        elif isinstance(item, str) and item in known:
            claims.append(known[item])
    return tuple(quote_claim(claim, results, links) for claim in claims)


def quote_claim(claim: Claim, results: Results, links: Links) -> Quotation:
    """One claim in its sentence, with speaker, document and date."""
    document = results.document(claim.document)
    before, after = _around(claim, document) if document and links.text(claim.id) else ("", "")
    wording = Wording(results.vocabulary)
    return Quotation(
        claim=claim,
        number=links.number(claim.id),
        before=before,
        after=after,
        source=source_in_words(claim, results),
        interval=wording.interval(claim.low, claim.high, claim.unit),
        link=links.text(claim.id),
        row=links.row(claim.id),
    )


def _around(claim: Claim, document: Document) -> tuple[str, str]:
    """The sentence before and after the quotation, cut at a word where it is long."""
    before = document.text[max(claim.sentence_start, 0) : claim.start]
    after = document.text[claim.end : claim.sentence_end]
    if len(before) > _AROUND:
        before = "… " + before[-_AROUND:].partition(" ")[2]
    if len(after) > _AROUND:
        after = after[:_AROUND].rpartition(" ")[0] + " …"
    return " ".join(before.split()) + (" " if before[-1:].isspace() else ""), (
        " " if after[:1].isspace() else ""
    ) + " ".join(after.split())


def source_in_words(claim: Claim, results: Results) -> str:
    """Who says so, in which document, when."""
    document = results.document(claim.document)
    title = document_title(claim.document, results)
    publisher = document.publisher if document else None
    speaker = results.vocabulary.label("actors", claim.speaker)
    said = (
        f"{speaker} {'on' if is_day(claim.said) else 'in'} {claim.said}"
        if speaker and claim.said
        else speaker
    )
    parts = [said, title, publisher if publisher and publisher not in title else ""]
    day = document.date.isoformat() if document and document.date else ""
    return ", ".join(part for part in (*parts, day) if part)


def is_day(period: str) -> bool:
    """Whether a period in ISO 8601 is a single day.

    >>> is_day("2025-08-29"), is_day("2025-08")
    (True, False)
    """
    return re.fullmatch(r"\d{4}-\d{2}-\d{2}", period) is not None


def document_title(name: str, results: Results) -> str:
    """The title that the case gives a document, else its name without folders."""
    source = results.source(name)
    return source.title if source and source.title else name.replace("\\", "/").rpartition("/")[2]


def measure_in_words(claim: Claim, vocabulary: Vocabulary) -> str:
    """What the figure is of, in words: the measure and the part of it."""
    measure = (
        vocabulary.label("measures", claim.measure) if claim.measure else (claim.about or "").capitalize()
    )
    if claim.item:
        entry = vocabulary.entry("measures", claim.measure)
        items = entry.table("items") if entry else {}
        item = items.get(claim.item)
        label = str(item.get("label")) if isinstance(item, Mapping) else claim.item.replace("_", " ")
        measure = f"{measure}: {label}" if measure else label
    return measure or "Not in the vocabulary"
