"""The claims of a ledger as tables: figures by actor and measure, roles, statements."""

from __future__ import annotations

from steelyard.core.claim import Claim
from steelyard.core.vocabulary import Vocabulary
from steelyard.report.links import Links, anchor
from steelyard.report.results import Results
from steelyard.report.tables import NOTHING, Cell, Group, Row, Table
from steelyard.report.verdicts import measure_in_words
from steelyard.report.wording import HEDGES, Wording, in_quotes, lowered


def claims_table(results: Results, links: Links) -> Table:
    """Every claim in a row of its own, grouped by actor and measure; roles and statements stand last."""
    groups: dict[tuple[str, ...], list[Claim]] = {}
    for claim in links.claims:
        groups.setdefault(_group_key(claim), []).append(claim)
    ordered = sorted(groups.items(), key=lambda item: item[0][0])
    return Table(
        "claims",
        "All claims by actor and measure; each leads to its place in the source.",
        ("As printed", "Leaves open", "Kind", "Period", "Status", "Speaker", "Source"),
        tuple(
            Group(
                _heading(claims[0], results.vocabulary),
                tuple(_row(claim, results, links) for claim in claims),
            )
            for _, claims in ordered
        ),
        key="group",
    )


def _group_key(claim: Claim) -> tuple[str, ...]:
    order = {"figure": "0", "role": "1", "statement": "2"}[claim.kind]
    if claim.kind != "figure":
        return (order,)
    return (order, claim.actor or "", claim.measure or f"~{claim.about}", claim.item or "")


def _heading(claim: Claim, vocabulary: Vocabulary) -> str:
    if claim.kind != "figure":
        return {"role": "Roles", "statement": "Statements"}[claim.kind]
    actor = vocabulary.label("actors", claim.actor) or "Actor not said"
    return f"{actor} \N{MIDDLE DOT} {measure_in_words(claim, vocabulary)}"


def _row(claim: Claim, results: Results, links: Links) -> Row:
    wording = Wording(results.vocabulary)
    vocabulary = results.vocabulary
    origin = f"{claim.document}:{claim.start}-{claim.end}"
    names = [document.name for document in results.documents]
    number = names.index(claim.document) + 1 if claim.document in names else 0
    texts = (
        wording.interval(claim.low, claim.high, claim.unit) or NOTHING,
        kind_in_words(claim, vocabulary),
        claim.period or NOTHING,
        vocabulary.label("statuses", claim.status) or NOTHING,
        vocabulary.label("actors", claim.speaker) or NOTHING,
    )
    cells = (
        Cell(" ".join(claim.quote.split()), origin, links.text(claim.id), note=str(links.number(claim.id))),
        *(Cell(text, origin) for text in texts),
        Cell(
            f"Source\N{NO-BREAK SPACE}{number}" if number else NOTHING,
            origin,
            f"source-{number}" if number else "",
            plain=claim.document,
        ),
    )
    return Row(cells, anchor("claim", claim.id))


def kind_in_words(claim: Claim, vocabulary: Vocabulary) -> str:
    """Level, change, growth; with hedge, baseline, counterpart and place; of a role, who does what how."""
    if claim.kind == "role":
        actor = vocabulary.label("actors", claim.actor)
        manner = claim.qualifier or ""
        what = vocabulary.label("functions", claim.function)
        parts = [actor, claim.modality or "", claim.role or "", manner, f"in {lowered(what)}" if what else ""]
        return " ".join(part for part in parts if part)
    parts = [(claim.statistic or "").replace("_", " ")]
    if claim.hedge:
        parts.append(HEDGES.get(claim.hedge, claim.hedge))
    if claim.baseline:
        parts.append(f"on {claim.baseline}")
    if claim.counterpart:
        parts.append(f"with {vocabulary.label('actors', claim.counterpart)}")
    if claim.location:
        parts.append(f"in {vocabulary.label('actors', claim.location)}")
    if claim.conversion_of:
        parts.append("a conversion")
    return ", ".join(part for part in parts if part) or NOTHING


def claim_in_words(claim: Claim, vocabulary: Vocabulary) -> str:
    """A claim in one line: its words, what they are of, for whom and when, and what they leave open."""
    what = [kind_in_words(claim, vocabulary)]
    if claim.kind == "figure":
        what.insert(0, measure_in_words(claim, vocabulary))
        what.append(vocabulary.label("actors", claim.actor))
    what += [claim.period or "", lowered(vocabulary.label("statuses", claim.status))]
    told = ", ".join(text for text in what if text and text != NOTHING)
    left_open = Wording(vocabulary).interval(claim.low, claim.high, claim.unit)
    beside = f"; it leaves open {left_open}" if left_open else ""
    return f"{in_quotes(claim.quote)}: {told or 'nothing more is said'}{beside}"
