"""Who is responsible for what: two documents side by side, and what moved between them, in words."""

from __future__ import annotations

from dataclasses import dataclass

from steelyard.core.problems import Problem
from steelyard.core.vocabulary import Entry
from steelyard.project.posture import Cell, Role, compare_postures
from steelyard.report.links import anchor
from steelyard.report.results import Results


@dataclass(frozen=True, slots=True)
class Duty:
    """One function of one actor in both documents, in words; `anchor` is the row's id on the page."""

    anchor: str
    function: str
    actor: str
    cell: Cell

    @property
    def sides(self) -> tuple[Role | None, Role | None]:
        """What the earlier and the later document say; None where one is silent."""
        return self.cell.before, self.cell.after


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two postures side by side, the earlier one first."""

    left: Entry
    right: Entry
    duties: tuple[Duty, ...]

    @property
    def anchors(self) -> tuple[str, str]:
        """Where the references of the two stand on the page."""
        return anchor("posture", self.left.id), anchor("posture", self.right.id)

    def moved(self, *transitions: str) -> tuple[Duty, ...]:
        """The duties with one of these transitions, such as "raised"."""
        return tuple(duty for duty in self.duties if duty.cell.transition in transitions)


def compare_documents(results: Results) -> tuple[Comparison | None, list[Problem]]:
    """The two postures that the results name, else the first and the last by date; None without two."""
    postures = results.vocabulary.entries("postures")
    chosen = [postures[name] for name in results.postures if name in postures]
    if len(chosen) < 2:
        chosen = sorted(postures.values(), key=lambda entry: (entry.text("date"), entry.id))
    if len(chosen) < 2:
        return None, []
    left, right = chosen[0], chosen[-1]
    cells, problems = compare_postures(left.id, right.id, results.vocabulary)
    vocabulary = results.vocabulary
    duties = (
        Duty(
            anchor("duty", f"{cell.function}-{cell.actor}"),
            vocabulary.label("functions", cell.function),
            vocabulary.label("actors", cell.actor),
            cell,
        )
        for cell in cells
    )
    return Comparison(left, right, tuple(duties)), problems
