"""The table of contents: the sections of the page with their counts, and what of them has a name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from steelyard.report.outlook import Outlook
from steelyard.report.responsibility import Comparison
from steelyard.report.results import Results
from steelyard.report.verdicts import Verdict, document_title

_NAMED = 6  # parts of a section that are listed; where there are more, none is


@dataclass(frozen=True, slots=True)
class Place:
    """A section or a part of one: its anchor, its name, how many there are in it, and its own parts."""

    anchor: str
    name: str
    count: int | None = None
    parts: tuple[Place, ...] = ()


def contents_of(
    results: Results,
    verdicts: Sequence[Verdict],
    outlooks: Sequence[Outlook],
    comparison: Comparison | None,
    claims: int,
) -> tuple[Place, ...]:
    """The sections of the page in their order; parts only where there are few enough to choose from."""
    clashes = [Place(it.anchor, it.title) for it in verdicts if it.verdict == "contradicted"]
    paths = [Place(it.anchor, it.ensemble.label) for it in outlooks]
    sources = [
        Place(f"source-{number}", document_title(document.name, results))
        for number, document in enumerate(results.documents, start=1)
    ]
    panel = results.panel
    shared = [Place("panel", "Who bears what", len(panel.members[panel.years[-1]]))] if panel else []
    duties = [Place("responsibility", "Responsibility", len(comparison.duties))] if comparison else []
    return (
        Place("summary", "Summary"),
        Place("findings", "Findings", len(verdicts), _few(clashes)),
        Place("projection", "Projection", len(outlooks), _few(paths)),
        *duties,
        *shared,
        Place("figures", "Figures", claims),
        Place("sources", "Sources", len(results.documents), _few(sources)),
        Place("method", "Method", None, (Place("problems", "Problems and refusals"),)),
        Place("reproduce", "How to make this report again"),
    )


def _few(parts: Iterable[Place]) -> tuple[Place, ...]:
    """The parts, each of another name and none where there are too many."""
    chosen = tuple({part.name: part for part in parts}.values())
    return chosen if len(chosen) <= _NAMED else ()
