"""What was found, in a few lines of plain text: for the end of a build and below longer lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from steelyard.check.findings import Finding
    from steelyard.core.vocabulary import Vocabulary
    from steelyard.project.ensemble import Ensemble

# The gravest first, in both.
VERDICTS = ("contradicted", "reconciled", "corroborated", "consistent", "derived")
SEVERITIES = ("decisive", "material", "last_digit")
# Headline numbers of a projection that are said at the end of a build, in this order.
_HEADLINES = ("spending_target_year", "spending_target_year_foreign", "x_cumulative", "x_cumulative_foreign")


def ordered(findings: Iterable[Finding]) -> list[Finding]:
    """Findings with the gravest first, otherwise in their order."""

    def gravity(finding: Finding) -> tuple[int, int]:
        severity = finding.severity or ""
        grade = SEVERITIES.index(severity) if severity in SEVERITIES else len(SEVERITIES)
        return VERDICTS.index(finding.verdict), grade

    return sorted(findings, key=gravity)


def count_line(findings: Sequence[Finding]) -> str:
    """How many findings there are of each verdict."""
    counts = {verdict: sum(finding.verdict == verdict for finding in findings) for verdict in VERDICTS}
    text = ", ".join(f"{count} {verdict}" for verdict, count in counts.items() if count)
    return f"{text}." if text else "No findings: no two figures speak about the same thing."


def grade_of(finding: Finding) -> str:
    """The verdict in words, with its severity where it has one."""
    return (
        f"{finding.verdict} ({finding.severity.replace('_', ' ')})" if finding.severity else finding.verdict
    )


def summary_lines(
    findings: Sequence[Finding], ensembles: Sequence[Ensemble], vocabulary: Vocabulary
) -> Iterator[str]:
    """What contradicts and what was reconciled in a sentence each, the rest counted; then the scenarios."""
    yield f"Findings: {count_line(findings)}"
    for finding in ordered(findings):
        if finding.verdict in ("contradicted", "reconciled"):
            yield f"  {grade_of(finding)}: {' '.join(finding.explanation.split())}"
    if ensembles:
        yield "Projection:"
        yield from (f"  {line}" for ensemble in ensembles for line in headline_lines(ensemble, vocabulary))


def headline_lines(ensemble: Ensemble, vocabulary: Vocabulary) -> Iterator[str]:
    """A scenario's name, what it spends and costs with the spread of its draws, and whether it gets there."""
    from steelyard.report.wording import Wording

    wording = Wording(vocabulary)
    yield f"{ensemble.label}:"
    for headline in filter(None, map(ensemble.number, _HEADLINES)):
        ends = (
            (headline.quantiles[0], headline.quantiles[-1])
            if headline.quantiles
            else (headline.low, headline.high)
        )
        value = wording.amount(headline.value, headline.unit)
        spread = f" ({wording.interval(*ends, headline.unit)})" if ends[0] < ends[1] else ""
        yield f"  {headline.label}: {value}{spread}".replace("\N{NO-BREAK SPACE}", " ")
    for reach in ensemble.reach:
        if reach.year == ensemble.target_year:
            yield f"  chance of {ensemble.target:g} % of GDP in {reach.year} or before: {100 * reach.value:.3g} %"
