"""What an audit says of one claim of a draft."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from steelyard.check.findings import Finding, Severity, Value
from steelyard.check.readings import Reading
from steelyard.core.claim import Claim

Standing = Literal["supported", "contradicted", "derivable", "unsupported"]
STANDINGS: tuple[Standing, ...] = ("supported", "derivable", "unsupported", "contradicted")


@dataclass(frozen=True)
class Audited:
    """A figure or role of a draft and what the sources make of it.

    `by` are the source's claims that it rests on or clashes with, `identity` the equation or rule where one
    is between them. `expected` is what these leave for it and `found` what it prints; `miss` says how far
    apart they are. `taken` holds the keys that the draft leaves open, with what the source says.
    """

    claim: Claim
    verdict: Standing
    by: tuple[Claim, ...] = ()
    explanation: str = ""
    identity: str | None = None
    severity: Severity | None = None
    expected: Value | None = field(default=None, hash=False)
    found: Value | None = field(default=None, hash=False)
    miss: Value | None = field(default=None, hash=False)
    taken: Mapping[str, str] = field(default_factory=dict, hash=False)
    readings: tuple[Reading, ...] = ()

    @classmethod
    def contradicted(cls, claim: Claim, by: tuple[Claim, ...], finding: Finding) -> Audited:
        """What a contradiction says of the draft's claim in it."""
        return cls(
            claim,
            "contradicted",
            by,
            finding.explanation,
            finding.identity,
            finding.severity,
            finding.expected,
            finding.found,
            finding.miss,
            readings=finding.readings,
        )

    def to_json(self) -> dict[str, object]:
        """The keys of the contract, claims as whole objects."""
        return {
            "claim": self.claim.to_json(),
            "verdict": self.verdict,
            "by": [claim.to_json() for claim in self.by],
            "identity": self.identity,
            "severity": self.severity,
            "expected": dict(self.expected) if self.expected is not None else None,
            "found": dict(self.found) if self.found is not None else None,
            "miss": dict(self.miss) if self.miss is not None else None,
            "taken": dict(self.taken),
            "readings": [reading.to_json() for reading in self.readings],
            "explanation": self.explanation,
        }
