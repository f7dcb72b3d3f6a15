"""Who is responsible for what: two documents side by side, and what moved between them, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from steelyard.core.problems import Problem
from steelyard.core.vocabulary import Entry, Vocabulary
from steelyard.project.comparison import transfers_between, when_met
from steelyard.project.posture import Cell as Part
from steelyard.project.posture import Role, compare_postures
from steelyard.report.appendix import reference_in_words
from steelyard.report.links import anchor
from steelyard.report.results import Results
from steelyard.report.tables import Cell, Row, Table, one_group
from steelyard.report.wording import listed, modality_in_words


@dataclass(frozen=True, slots=True)
class Duty:
    """One function of one actor in both documents, in words; `anchor` is the row's id on the page."""

    anchor: str
    function: str
    actor: str
    cell: Part

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
    """Two postures side by side, the earlier one first; `transfers` are the steps by which a responsibility
    is to pass from one actor to another, a table for each.
    """

    left: Entry
    right: Entry
    duties: tuple[Duty, ...]
    transfers: tuple[Table, ...] = ()

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
    return Comparison(left, right, tuple(duties), tuple(_transfers((left, right), vocabulary))), problems


def _transfers(sides: tuple[Entry, Entry], vocabulary: Vocabulary) -> Iterator[Table]:
    """The conditions and milestones of each transfer: state, day, and the claim that would give one."""
    steps = list(transfers_between(sides, vocabulary))
    columns = ("Step", "Kind", "State", "When", "A date would come from", "Source")
    for function in dict.fromkeys(str(step["function"]) for step in steps):
        rows = [_step(step) for step in steps if step["function"] == function]
        names = next(step["stated_in"] for step in steps if step["function"] == function)
        spoken = (
            [vocabulary.label("postures", str(name)) for name in names] if isinstance(names, list) else []
        )
        label = vocabulary.label("functions", function).lower()
        caption = f"Transfer of {label}, of which {listed(spoken) or 'neither document'} speaks."
        yield Table(f"transfer-{function}", caption, columns, one_group(rows))


def _step(step: Mapping[str, object]) -> Row:
    """One condition or milestone."""
    source = reference_in_words(step["reference"])
    texts = (step["label"], step["kind"], step["state"], when_met(step), step["lifted_by"] or "", source)
    return Row(tuple(Cell(str(text), source) for text in texts))
