"""Who is responsible for what: two documents side by side, and what moved between them, in words."""

from __future__ import annotations

from dataclasses import dataclass

from steelyard.core.problems import Problem
from steelyard.core.vocabulary import Entry
from steelyard.project.posture import Cell, Role, compare_postures
from steelyard.report.links import anchor
from steelyard.report.results import Results
from steelyard.report.wording import modality_in_words


@dataclass(frozen=True, slots=True)
class Duty:
    """One function of one actor in both documents, in words; `anchor` is the row's id on the page."""

    anchor: str
    function: str
    actor: str
    cell: Cell

    @property
    def manners(self) -> tuple[str, str]:
        """How either document speaks of it, in words; "" where one is silent."""
        before, after = (modality_in_words(role.modality) if role else "" for role in self.sides)
        return before, after

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
    """The first and the last of the postures that the results name; None where they do not name two.

    What is packaged speaks of one alliance: a case on another one names none of it and is shown none of it.
    """
    postures = results.vocabulary.entries("postures")
    chosen = [postures[name] for name in dict.fromkeys(results.postures) if name in postures]
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
