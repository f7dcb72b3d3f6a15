"""Findings: what the figures of a ledger say about one another, and the sentences that explain it to an
analyst.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import chain, zip_longest
from typing import Literal

from steelyard.check.figures import Figure
from steelyard.check.readings import Reading
from steelyard.core.claim import Claim
from steelyard.core.interval import Interval
from steelyard.core.problems import Place, Problem, visible

Verdict = Literal["corroborated", "consistent", "contradicted", "reconciled", "derived"]
Severity = Literal["last_digit", "material", "decisive"]
VERDICTS: tuple[Verdict, ...] = ("contradicted", "reconciled", "corroborated", "consistent", "derived")
Value = Mapping[str, object]
_PLACE = ("document", "start", "end", "sentence_start", "sentence_end", "confidence", "reasons", "follows")


@dataclass(frozen=True)
class Finding:
    """What a set of claims says about itself, with the keys of the public contract.

    `claims` is the smallest set that it rests on; targets and floors, which only set the question, are
    `given`. `expected` and `found` are {"low", "high", "unit"} for numbers and {"value"} for dates and
    stages; `miss` is {"amount", "unit", "last_digits"}. Readings are ranked, the likeliest first.
    """

    id: str
    verdict: Verdict
    severity: Severity | None
    identity: str
    claims: tuple[Claim, ...]
    given: tuple[Claim, ...] = ()
    expected: Value | None = field(default=None, hash=False)
    found: Value | None = field(default=None, hash=False)
    miss: Value | None = field(default=None, hash=False)
    explanation: str = ""
    readings: tuple[Reading, ...] = ()
    hash: str = ""

    def to_json(self) -> dict[str, object]:
        """The keys of the contract in its order, claims as whole objects."""
        return {
            "id": self.id,
            "verdict": self.verdict,
            "severity": self.severity,
            "identity": self.identity,
            "claims": [claim.to_json() for claim in self.claims],
            "given": [claim.to_json() for claim in self.given],
            "expected": dict(self.expected) if self.expected is not None else None,
            "found": dict(self.found) if self.found is not None else None,
            "miss": dict(self.miss) if self.miss is not None else None,
            "explanation": self.explanation,
            "readings": [reading.to_json() for reading in self.readings],
            "hash": self.hash,
        }

    def _repr_html_(self) -> str:
        """The finding as a notebook shows it."""
        from steelyard.core.display import finding_html

        return finding_html(self.to_json())

    def lines(self, texts: Mapping[str, str] | None = None, *, width: int = 110) -> list[str]:
        """The finding as printed: place and verdict, the claims' lines with carets, explanation, first
        reading.

        `texts` gives the text of documents by name; of one that is not there the quotation stands alone.
        Claims of one line are marked in it together, if it is not cut differently for each.
        """
        weight = f" ({self.severity.replace('_', ' ')})" if self.severity else ""
        blocks: list[list[str]] = []
        for number, claim in enumerate((*self.claims, *self.given)):
            place = _place(claim, texts)
            what = f"{self.verdict} {self.identity}{weight}"
            if number:
                what = "given" if claim in self.given else "and"
            shown = Problem(self.verdict, "", place).lines(width=width)[1:-1]
            if blocks and shown and what == "and" and blocks[-1][1:-1] == shown[:-1]:
                blocks[-1][-1] = _marked_in_both(blocks[-1][-1], shown[-1])
            else:
                blocks.append([visible(f"{place}  {what}"), *(shown or [visible(f"    {claim.quote}")])])
        lines = [*chain.from_iterable(blocks), visible(self.explanation)]
        if self.readings and self.readings[0].change not in self.explanation:
            lines.append(visible(f"First reading: {self.readings[0].change}."))
        return lines


class Findings(list[Finding]):
    """A list of findings that a notebook shows as a table."""

    def _repr_html_(self) -> str:
        """A row for each finding, the first ones of a long list."""
        from steelyard.core.display import findings_html

        return findings_html([finding.to_json() for finding in self])


def _marked_in_both(one: str, other: str) -> str:
    """Two lines of carets laid over each other."""
    return "".join(max(pair) for pair in zip_longest(one, other, fillvalue=" "))


def _place(claim: Claim, texts: Mapping[str, str] | None) -> Place:
    text = (texts or {}).get(claim.document)
    if text is None:
        return Place(claim.document)
    return Place.in_text(claim.document, text, claim.start, claim.end)


def make_finding(
    verdict: Verdict,
    identity: str,
    claims: Sequence[Figure] | Sequence[Claim],
    explanation: str,
    *,
    severity: Severity | None = None,
    given: Sequence[Figure] = (),
    expected: Value | None = None,
    found: Value | None = None,
    miss: Value | None = None,
    readings: tuple[Reading, ...] = (),
    subject: str = "",
) -> Finding:
    """A finding with its id and hash. `subject` tells apart findings that rest on the same claims."""
    whole = tuple(one.claim if isinstance(one, Figure) else one for one in claims)
    setting = tuple(figure.claim for figure in given)
    ids = sorted(claim.id for claim in (*whole, *setting))
    said = [_said(claim) for claim in sorted((*whole, *setting), key=lambda claim: claim.id)]
    return Finding(
        id=_digest((identity, verdict, subject, *ids))[:12],
        verdict=verdict,
        severity=severity,
        identity=identity,
        claims=whole,
        given=setting,
        expected=expected,
        found=found,
        miss=miss,
        explanation=explanation,
        readings=readings,
        hash=_digest((identity, subject, *said)),
    )


def _said(claim: Claim) -> str:
    """All that a claim says, without where it stands: a paragraph put in above changes no hash."""
    keys = {key: value for key, value in claim.to_json().items() if key not in _PLACE}
    return json.dumps(keys, sort_keys=True)


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def severity_of(
    figures: Sequence[Figure], misses: Sequence[Decimal], turns_answer: bool, near: Decimal
) -> Severity:
    """How much a contradiction weighs.

    No more than the last digit if its coarsest figure is out by at most one unit of that, and by less than
    the part `near` of itself.
    `misses` says how far each figure would have to move if the others stay, in base units; zero if that is
    not known.
    """
    if turns_answer:
        return "decisive"
    rounded = [pair for pair in zip(figures, misses, strict=True) if pair[0].last_digit and pair[0].value]
    if not rounded:
        return "material"
    coarsest, miss = max(rounded, key=lambda pair: _coarseness(pair[0]))
    is_near = 0 < miss <= coarsest.last_digit and miss < near * abs(coarsest.value or Decimal(0))
    return "last_digit" if is_near else "material"


def _coarseness(figure: Figure) -> Decimal:
    """One unit of the last digit as a part of the number; of an exact number or none, nothing."""
    return figure.last_digit / abs(figure.value) if figure.value else Decimal(0)


def turns_answer(expected: Interval, found: Interval, marks: Iterable[Figure]) -> bool:
    """Whether a target or floor lies between what is expected and what is found."""
    return any(
        one.certainly_below(mark.interval) and not other.certainly_below(mark.interval)
        for mark in marks
        for one, other in ((expected, found), (found, expected))
    )


def order_of(finding: Finding) -> tuple[object, ...]:
    """The place of a finding in a report: contradictions first, and within a verdict the gravest and
    shortest.
    """
    weights = {"decisive": 0, "material": 1, "last_digit": 2, None: 3}
    spots = tuple((claim.document, claim.start) for claim in finding.claims)
    return VERDICTS.index(finding.verdict), weights[finding.severity], len(finding.claims), spots, finding.id
