"""A text that somebody pasted, read and checked, as a part of a page: its claims marked, findings, and an
audit.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from steelyard.build import OUT
from steelyard.check import check_ledger
from steelyard.check.audit import audit
from steelyard.check.audited import STANDINGS, Audited
from steelyard.core.claim import Claim
from steelyard.core.problems import sort_problems
from steelyard.explorer.pages import render
from steelyard.gather import Gathered, gather_bytes
from steelyard.report.appendix import problem_table
from steelyard.report.articles import annotated, companions_of
from steelyard.report.bundle import CLAIMS
from steelyard.report.ledger_tables import claims_table
from steelyard.report.links import link_claims
from steelyard.report.results import Results
from steelyard.report.verdicts import describe_findings
from steelyard.store import load_ledger

_WORDS = {"unsupported": "without source"}


def show_text(name: str, data: bytes, case: Path | None, *, against: bool, day: date | None = None) -> str:
    """The part of a page that tells what a file of that name says; with `against`, how the case bears it out.

    Raises:
        CaseError: `case` is no case.
        FormatError: the claims that the case was built with cannot be read.
    """
    gathered = gather_bytes(data, name, case=case, day=day)
    findings, faults = check_ledger(gathered.ledger, gathered.vocabulary)
    results = Results(
        title=name,
        vocabulary=gathered.vocabulary,
        documents=gathered.documents,
        ledger=gathered.ledger,
        findings=tuple(findings),
    )
    links, more = link_claims(gathered.ledger, gathered.documents)
    verdicts = describe_findings(results, links)
    met = companions_of(verdicts)
    audited = _audited(gathered, case) if against and case else None
    return render(
        "text.html",
        name=name,
        claims=claims_table(results, links),
        verdicts=verdicts,
        sources=[annotated(number, results, links, met) for number in range(len(results.documents))],
        figures=defaultdict(list),
        audited=audited,
        count=len(gathered.ledger),
        problems=problem_table(sort_problems([*gathered.problems, *faults, *more])),
    )


def _audited(gathered: Gathered, case: Path) -> Mapping[str, object]:
    """What the claims of a case make of each figure and role of a text."""
    found, _ = audit(gathered.ledger, load_ledger(case / OUT / CLAIMS), gathered.vocabulary)
    counts = Counter(one.verdict for one in found)
    return {
        "rows": [_row(one) for one in found],
        "counts": [(_WORDS.get(name, name), counts[name]) for name in STANDINGS if counts[name]],
    }


def _row(one: Audited) -> Mapping[str, object]:
    return {
        "quote": " ".join(one.claim.quote.split()),
        "verdict": one.verdict,
        "word": _WORDS.get(one.verdict, one.verdict),
        "explanation": one.explanation,
        "by": _quoted(one.by),
    }


def _quoted(claims: Sequence[Claim]) -> list[Mapping[str, str]]:
    return [{"id": one.id, "quote": " ".join(one.quote.split()), "document": one.document} for one in claims]
