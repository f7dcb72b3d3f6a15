"""Two numbers that the text itself tells apart: what it says of them is the reading under which both hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from steelyard.check.findings import Finding, make_finding
from steelyard.check.readings import ANOTHER, Reading, bounds_json
from steelyard.check.wording import quoted
from steelyard.core.claim import TOLD_APART, Claim, Ledger
from steelyard.core.vocabulary import Entry, Vocabulary


def told_apart_findings(ledger: Ledger, rule: str, vocabulary: Vocabulary) -> Iterator[Finding]:
    """A reconciliation for each such pair; `rule` is the id of the rule that two accounts are one number."""
    by_id: dict[tuple[str, str], Claim] | None = None
    for claim in ledger:
        for link in claim.follows or ():
            said = link.split()
            if said[:1] != [TOLD_APART]:
                continue
            if by_id is None:
                by_id = {(one.document, one.id): one for one in ledger}
            roles = dict(one.partition("=")[::2] for one in said[1:])
            pair = [by_id.get((claim.document, roles.get(role, ""))) for role in ("one", "other")]
            entry = vocabulary.entry("readings", roles.get("by"))
            if entry and pair[0] and pair[1]:
                yield _finding(pair[0], pair[1], rule, entry)


def without_told_apart(findings: Iterable[Finding], apart: Sequence[Finding]) -> list[Finding]:
    """The findings without those that set against one another what the text itself tells apart."""
    pairs = {(one.identity, frozenset(claim.id for claim in one.claims)) for one in apart}
    told = {claims for _, claims in pairs}
    kept = []
    for one in findings:
        claims = frozenset(claim.id for claim in one.claims)
        if (one.identity, claims) not in pairs and not (one.verdict == "contradicted" and claims in told):
            kept.append(one)
    return kept


def _finding(one: Claim, other: Claim, rule: str, entry: Entry) -> Finding:
    change = f"the text tells {quoted(other)} apart, {entry.label}"
    reading = Reading(float(entry.number("cost")), change, other.id, {"value": ANOTHER}, entry.id)
    both = f"{quoted(one)} and {quoted(other)} are given for one thing."
    text = f"{both} They need not contradict each other: {change}."
    return make_finding(
        "reconciled",
        rule,
        (one, other),
        text,
        expected=bounds_json(one.interval, one.unit),
        found=bounds_json(other.interval, other.unit),
        readings=(reading,),
    )
