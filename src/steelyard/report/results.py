"""Results: all that a report needs, defined by the report because it is the one who consumes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from steelyard.core.claim import Ledger
from steelyard.core.vocabulary import Vocabulary, packaged_vocabulary

if TYPE_CHECKING:
    from steelyard.case import Source
    from steelyard.check.findings import Finding
    from steelyard.claim_reviews import Rejection
    from steelyard.core.problems import Problem
    from steelyard.core.series import Series
    from steelyard.panel.sharing import Sharing
    from steelyard.project.ensemble import Ensemble
    from steelyard.project.grid import Grid
    from steelyard.read.documents.document import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """What the steps found for one case. Everything but the title may be empty; the page then says so.

    Where no vocabulary is given the packaged one is used.
    `headline` is the id of the scenario that the summary speaks of (the first where it is not given) and
    `postures` the two to be laid side by side, earlier first (none where not given).
    `sources` say more of the documents of the same names, `rejected` are claims that reviews took out of the
    ledger. `series` are the observed data that the projections start from, `panel` who bears what in an
    alliance, `grid` the scenario of the sliders at every point of a grid. `folder` is the name of the case's,
    `commands` are the lines that make this report again, `inputs` the SHA-256 of each file that went in, by
    its path as the user knows it.
    """

    title: str
    vocabulary: Vocabulary = field(default_factory=packaged_vocabulary)
    documents: Sequence[Document] = ()
    ledger: Ledger = field(default_factory=Ledger)
    rejected: Sequence[Rejection] = ()
    findings: Sequence[Finding] = ()
    ensembles: Sequence[Ensemble] = ()
    problems: Sequence[Problem] = ()
    series: tuple[Series, ...] = ()
    sources: tuple[Source, ...] = ()
    headline: str | None = None
    grid: Grid | None = None
    postures: tuple[str, ...] = ()
    panel: Sharing | None = None
    folder: str = ""
    commands: tuple[str, ...] = ()
    inputs: Mapping[str, str] = field(default_factory=dict)

    def source(self, document: str) -> Source | None:
        """What the case says of a document, or None."""
        return next((source for source in self.sources if source.name == document), None)

    def document(self, name: str) -> Document | None:
        """The document of that name, or None."""
        return next((document for document in self.documents if document.name == name), None)
