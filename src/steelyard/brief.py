"""What was found, in a few lines of plain text: for the end of a build and below longer lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from steelyard.check.findings import Finding
    from steelyard.core.vocabulary import Vocabulary
    from steelyard.gather import Gathered
    from steelyard.project.ensemble import Ensemble, Headline

# Those of check/findings.py, the gravest first; a build with nothing changed does without that import.
VERDICTS = ("contradicted", "reconciled", "corroborated", "consistent", "derived")
# Headline numbers of a projection that are said at the end of a build, in this order.
_HEADLINES = ("spending_target_year", "x_cumulative", "x_cumulative_horizon")


def count_line(findings: Sequence[Finding], gathered: Gathered, *, dismissed: int = 0) -> str:
    """How many findings there are of each verdict; where there is none, why. `dismissed` were reviewed.

    Claims that were rejected in review are counted behind them.
    """
    return "; ".join(filter(None, (_counts(findings, gathered, dismissed), rejected_line(gathered))))


def rejected_line(gathered: Gathered) -> str:
    """How many claims reviews have taken out, "" for none."""
    count = len(gathered.rejected)
    return f"{count} claim{'' if count == 1 else 's'} rejected in review" if count else ""


def _counts(findings: Sequence[Finding], gathered: Gathered, dismissed: int) -> str:
    """How many findings there are of each verdict and how many were dismissed; where there is none, why."""
    counts = {verdict: sum(finding.verdict == verdict for finding in findings) for verdict in VERDICTS}
    text = ", ".join(f"{count} {verdict}" for verdict, count in counts.items() if count)
    if text or dismissed:
        reviewed = f"{dismissed} dismissed" if dismissed else ""
        return ", ".join(filter(None, (text, reviewed)))
    if gathered.ledger:
        return "none, for no two figures speak about the same thing"
    if gathered.rejected:
        return "none, for no claim is left"
    read = any(document.text.strip() for document in gathered.documents)
    return "none, for no figure was found" if read else "none, for nothing was read"


def grade_of(finding: Finding) -> str:
    """The verdict in words, with its severity where it has one."""
    return (
        f"{finding.verdict} ({finding.severity.replace('_', ' ')})" if finding.severity else finding.verdict
    )


def summary_lines(
    findings: Sequence[Finding], ensembles: Sequence[Ensemble], gathered: Gathered, *, dismissed: int = 0
) -> Iterator[str]:
    """What contradicts and what was reconciled in a sentence each, the rest counted; then the scenarios.

    A scenario that only serves another as its reference is left out; the case's headline comes first.
    """
    yield f"Findings: {count_line(findings, gathered, dismissed=dismissed)}."
    for finding in findings:
        if finding.verdict in ("contradicted", "reconciled"):
            yield f"  {grade_of(finding)}: {' '.join(finding.explanation.split())}"
    references = {ensemble.reference_scenario for ensemble in ensembles}
    shown = [each for each in ensembles if each.scenario not in references] or ensembles
    first = gathered.case.headline if gathered.case else ""
    shown = sorted(shown, key=lambda each: each.scenario != first)
    if shown:
        yield "Projection (median of the draws, 5 to 95% of them in brackets):"
        yield from (f"  {line}" for line in _projected(shown, gathered.vocabulary))


def _projected(ensembles: Sequence[Ensemble], vocabulary: Vocabulary) -> Iterator[str]:
    """The lines of each scenario; those that were written once for several actors have one each."""
    from steelyard.report.members import member_lines, members_among, written_as

    for ensemble in ensembles:
        if not written_as(ensemble.scenario, vocabulary):
            yield from headline_lines(ensemble, vocabulary)
    for members in members_among(ensembles, vocabulary):
        yield from member_lines(members)


def headline_lines(ensemble: Ensemble, vocabulary: Vocabulary) -> Iterator[str]:
    """A scenario's name, what it spends and costs with the spread of its draws, and whether it gets there."""
    from steelyard.report.wording import chance_words

    yield f"{ensemble.label}:"
    for name in _HEADLINES:
        both = [ensemble.number(f"{name}{ending}") for ending in ("", "_foreign")]
        there = [headline for headline in both if headline]
        if there:
            amounts = ", or ".join(_with_spread(headline, vocabulary) for headline in there)
            yield f"  {there[0].label}: {amounts}"
    for reach in ensemble.reach:
        if reach.year == ensemble.target_year:
            chance = chance_words(reach.value, reach.error)
            yield f"  chance of {ensemble.target:g}% of GDP in {reach.year} or before: {chance}"
    yield from map("  {}".format, _troop_lines(ensemble))


def _troop_lines(ensemble: Ensemble) -> Iterator[str]:
    """The floors on an ally's troops that a scenario breaks, and what it withdraws without a price."""
    for row in ensemble.troop_floors:
        if row["verdict"] == "broken":
            ends = dict.fromkeys(f"{row[end]:,}" for end in ("low", "high"))
            law = f"the {row['floor']:,} of the {row['instrument']}"
            yield f"{row['label']}: {' to '.join(ends)} in {row['year']}, below {law}"
    for row in ensemble.withdrawals:
        if not row["priced"]:
            yield f"{row['label']}: what would take its place is not priced"


def _with_spread(headline: Headline, vocabulary: Vocabulary) -> str:
    """A number and, in brackets, its 5 to 95%, or the range that the claims leave open."""
    from steelyard.report.wording import MOST_DECIMALS, Wording, supported

    wording = Wording(vocabulary)
    low, high = (headline.low, headline.high)
    most, decimals = headline.error, None
    if headline.quantiles:
        low, high = headline.quantiles[0], headline.quantiles[-1]
        most = max(headline.errors, default=None)
    if headline.error:
        factor, _ = wording.scale(headline.unit, headline.value)
        decimals = supported(MOST_DECIMALS, headline.error, factor)
    spread = f" ({wording.interval(low, high, headline.unit, error=most)})" if low < high else ""
    text = f"{wording.amount(headline.value, headline.unit, decimals)}{spread}"
    return text.replace("\N{NO-BREAK SPACE}", " ")
