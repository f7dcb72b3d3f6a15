"""The sheets of claims and findings; what a finding expects is redone from the cells of its claims."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from steelyard.check.findings import Finding
from steelyard.core.claim import Claim
from steelyard.report.export.cell_sums import CellSum, agreement
from steelyard.report.export.redone import NOTHING, End, Ends, Redoing
from steelyard.report.export.spreadsheet import Column, Content, Formula, Sheet, number_in_cell
from steelyard.report.links import Links
from steelyard.report.results import Results
from steelyard.report.verdicts import measure_in_words, number_of
from steelyard.report.wording import SEVERITIES, VERDICTS

# Findings beyond so many are listed and not redone, for the file is to be made within a second or so.
MOST_REDONE = 300
NOT_REDONE = "not redone"
_CLAIMS = (
    Column("No.", 6, is_whole=True),
    Column("As printed", 26),
    Column("Kind", 10),
    Column("Actor", 14),
    Column("Measure", 28),
    Column("Statistic", 13),
    Column("Period", 12),
    Column("Status", 12),
    Column("Value (in the unit of the row)", 20),
    Column("Low end (in the unit of the row)", 20),
    Column("High end (in the unit of the row)", 20),
    Column("Unit", 12),
    Column("Hedge", 10),
    Column("Speaker", 20),
    Column("Source", 28),
    Column("From character", 13, is_whole=True),
    Column("To character", 13, is_whole=True),
    Column("Confidence (0 to 1)", 14),
    Column("Claim", 14),
)
_FINDINGS = (
    Column("No.", 6, is_whole=True),
    Column("Verdict", 14),
    Column("Severity", 16),
    Column("Identity or rule", 26),
    Column("Equation", 34),
    Column("Rests on claims (No.)", 14),
    Column("Given (No.)", 10),
    Column("Unit", 10),
    Column("Follows: low (program)", 20),
    Column("Follows: high (program)", 20),
    Column("Follows: low (formula)", 20),
    Column("Follows: high (formula)", 20),
    Column("Do they agree?", 11, is_check=True),
    Column("Printed: low (program)", 20),
    Column("Printed: high (program)", 20),
    Column("Printed: low (formula)", 20),
    Column("Printed: high (formula)", 20),
    Column("Do they agree?", 11, is_check=True),
    Column("Apart by (formula)", 18),
    Column("Apart by (program)", 18),
    Column("Do they agree?", 11, is_check=True),
    Column("In words", 70),
    Column("First reading", 40),
    Column("Finding", 14),
)
_FOLLOWS, _PRINTED, _APART = 8, 13, 18
_ENDS: dict[End, int] = {"low": 9, "high": 10}


def claims_sheet(results: Results, links: Links, name: str) -> Sheet:
    """Every claim in a row, numbered as on the page."""
    about = "Each figure, role and statement, with the bounds that the printed number leaves open."
    rows = [_claim(number, claim, results) for number, claim in enumerate(links.claims, 1)]
    return Sheet(name, _CLAIMS, rows, about, kept=2)


def _claim(number: int, claim: Claim, results: Results) -> tuple[Content, ...]:
    vocabulary = results.vocabulary
    numbers = [
        None if each is None else number_in_cell(each) for each in (claim.value, claim.low, claim.high)
    ]
    return (
        number,
        " ".join(claim.quote.split()),
        claim.kind,
        vocabulary.label("actors", claim.actor),
        measure_in_words(claim, vocabulary) if claim.kind == "figure" else "",
        claim.statistic,
        claim.period,
        claim.status,
        *numbers,
        claim.unit,
        claim.hedge,
        vocabulary.label("actors", claim.speaker),
        claim.document,
        claim.start,
        claim.end,
        claim.confidence,
        claim.id,
    )


def findings_sheet(results: Results, links: Links, name: str, claims: Sheet) -> Sheet:
    """Every finding in a row: what follows and what is printed, by the program and by formula."""

    def cell(claim: str, end: End) -> str:
        return claims.cell_from_outside(links.number(claim) - 1, _ENDS[end])

    redoing = Redoing(results.ledger, results.vocabulary, cell)
    about = (
        "What the claims say about one another. What follows from some of them is redone by formulas on the "
        f"sheet of claims; “{NOT_REDONE}” where no short sum of their ends gives it, or none is meant."
    )
    sheet = Sheet(name, _FINDINGS, [], about, kept=2)
    for number, finding in enumerate(results.findings):
        known = all(links.number(claim.id) for claim in (*finding.claims, *finding.given))
        ends = (
            (redoing.ends(finding, "expected"), redoing.ends(finding, "found"))
            if known and number < MOST_REDONE
            else (NOTHING, NOTHING)
        )
        sheet.rows.append(_finding(number, finding, ends, sheet, results, links))
    return sheet


def _finding(
    number: int, finding: Finding, ends: tuple[Ends, Ends], sheet: Sheet, results: Results, links: Links
) -> tuple[Content, ...]:
    vocabulary, identity = results.vocabulary, finding.identity
    entry = vocabulary.entry("identities", identity) or vocabulary.entry("rules", identity)
    follows = _side(number, finding.expected, ends[0], sheet, _FOLLOWS)
    printed = _side(number, finding.found, ends[1], sheet, _PRINTED)
    return (
        number + 1,
        VERDICTS.get(finding.verdict, finding.verdict),
        SEVERITIES.get(finding.severity or "", ""),
        entry.label if entry else identity.replace("-", " "),
        entry.text("equation") if entry else "",
        _numbers(finding.claims, links),
        _numbers(finding.given, links),
        " / ".join(_units(finding)),
        *follows,
        *printed,
        *_apart(number, finding, sheet),
        finding.explanation,
        finding.readings[0].change if finding.readings else "",
        finding.id,
    )


def _units(finding: Finding) -> list[str]:
    """The units of both sides, each once."""
    sides = [bounds for bounds in (finding.expected, finding.found) if bounds]
    return list(dict.fromkeys(str(bounds["unit"]) for bounds in sides if bounds.get("unit")))


def _numbers(claims: Sequence[Claim], links: Links) -> str:
    return ", ".join(str(links.number(claim.id)) for claim in claims)


def _side(
    row: int, bounds: Mapping[str, object] | None, ends: Ends, sheet: Sheet, first: int
) -> tuple[Content, ...]:
    """A side of a finding in five cells: its ends by the program and by formula, and whether they agree."""
    if not bounds:
        return (None,) * 5
    if "low" not in bounds:
        return str(bounds.get("value") or ""), None, None, None, NOT_REDONE
    values = [number_of(bounds.get(end)) for end in _ENDS]
    checks = [
        agreement(redone, (sheet.cell(row, first + 2 + place), sheet.cell(row, first + place)), value)
        for place, (redone, value) in enumerate(zip(ends, values, strict=True))
        if redone is not None and value is not None
    ]
    missing = sum(value is not None for value in values) > len(checks)
    formulas = [None if redone is None else redone.formula for redone in ends]
    return *values, *formulas, NOT_REDONE if missing or not checks else _all_of(checks)


def _all_of(checks: Sequence[Formula]) -> Formula:
    """Whether each of some checks says yes."""
    if len(checks) == 1:
        return checks[0]
    told = ",".join(f'({check.text})="yes"' for check in checks)
    agrees = all(check.value == "yes" for check in checks)
    return Formula(f'IF(AND({told}),"yes","no")', "yes" if agrees else "no")


def _apart(row: int, finding: Finding, sheet: Sheet) -> tuple[Content, ...]:
    """How far the two sides are apart by formula and by the program; nothing where a side has no numbers."""
    amount = number_of((finding.miss or {}).get("amount"))
    sides = [
        [number_of((bounds or {}).get(end)) for end in _ENDS] for bounds in (finding.expected, finding.found)
    ]
    differences = [
        CellSum(sheet.cell(row, upper), above) - CellSum(sheet.cell(row, lower), below)
        for upper, above, lower, below in (
            (_FOLLOWS, sides[0][0], _PRINTED + 1, sides[1][1]),
            (_PRINTED, sides[1][0], _FOLLOWS + 1, sides[0][1]),
        )
        if above is not None and below is not None
    ]
    if not differences or len(_units(finding)) > 1:
        return None, amount, None
    text = f"MAX(0,{','.join(one.text for one in differences)})"
    apart = CellSum(text, max(0.0, *(one.value for one in differences)))
    cells = sheet.cell(row, _APART), sheet.cell(row, _APART + 1)
    check = agreement(apart, cells, amount) if amount is not None else None
    return apart.formula, amount, check
