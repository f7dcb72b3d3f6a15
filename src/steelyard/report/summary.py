"""The summary: a handful of sentences with the numbers that matter, each a link to where it comes from.

The order is fixed: what contradicts, what was reconciled, what is projected, who is responsible. A reader who
stops after the first sentence has read the most important one.
"""

from __future__ import annotations

from collections.abc import Sequence

from steelyard.report.outlook import Outlook
from steelyard.report.responsibility import Comparison, Duty
from steelyard.report.tables import Cell
from steelyard.report.verdicts import Verdict
from steelyard.report.wording import counted, listed, lowered, modality_in_words

Sentence = tuple[Cell, ...]
# Findings named one by one in the summary; the rest is counted.
_NAMED = 2


def summarise(
    verdicts: Sequence[Verdict],
    outlooks: Sequence[Outlook],
    comparison: Comparison | None,
    extra_cost: Sentence = (),
    members: Sentence = (),
) -> tuple[Sentence, ...]:
    """Three to six sentences; a part that was not computed says so in words.

    The first of the `outlooks` is the one that is spoken of, or all `members` where it is one of them;
    `extra_cost` is what the paths differ by.
    """
    by_verdict = {
        word: [verdict for verdict in verdicts if verdict.verdict == word]
        for word in ("contradicted", "reconciled", "corroborated")
    }
    projected = outlooks[0].sentence if outlooks else (Cell("No projection was made.", link="projection"),)
    sentences = [
        _contradictions(by_verdict["contradicted"], verdicts),
        _reconciled(by_verdict["reconciled"]),
        _agreeing(by_verdict["corroborated"]),
        members if members and outlooks[0].is_member else projected,
        extra_cost,
        _responsibility(comparison),
    ]
    return tuple(sentence for sentence in sentences if sentence)


def _contradictions(contradicted: Sequence[Verdict], verdicts: Sequence[Verdict]) -> Sentence:
    if not verdicts:
        return (
            Cell("Nothing could be checked: no identity joins the figures that were read.", link="findings"),
        )
    if not contradicted:
        return (
            Cell("No contradiction was found", link="findings"),
            Cell(" among the figures that could be checked."),
        )
    count = counted(len(contradicted), "contradiction")
    runs = [Cell(f"{count[:1].upper()}{count[1:]}", link="findings"), Cell(" among the figures: ")]
    for number, verdict in enumerate(contradicted[:_NAMED]):
        runs += [Cell("; ")] if number else []
        runs += _clash(verdict)
    rest = len(contradicted) - _NAMED
    if rest > 0:
        runs += [Cell("; and "), Cell(counted(rest, "more", "more"), link=contradicted[_NAMED].anchor)]
    return (*runs, Cell("."))


def _clash(verdict: Verdict) -> list[Cell]:
    """A contradiction in a clause: what is printed, what follows, how far apart."""
    if not (verdict.expected and verdict.found):
        return [Cell(verdict.title, link=verdict.anchor)]
    runs = [Cell(f"{lowered(verdict.title)}, found "), Cell(verdict.said("found"), link=verdict.anchor)]
    runs += [Cell(" where "), Cell(verdict.said("expected"), link=verdict.anchor), Cell(" follows")]
    return [*runs, Cell(f" (they miss by {verdict.miss})")] if verdict.miss else runs


def _reconciled(reconciled: Sequence[Verdict]) -> Sentence:
    """The differences that a reading explains, with the two sides of the first."""
    if not reconciled:
        return ()
    first = reconciled[0]
    count = counted(len(reconciled), "difference")
    runs = [Cell(f"{count[:1].upper()}{count[1:]}", link=first.anchor)]
    runs.append(
        Cell(
            " between figures can be reconciled"
            if len(reconciled) == 1
            else " between figures can be reconciled, first"
        )
    )
    if first.expected and first.found:
        runs += [Cell(": "), Cell(first.said("expected"), link=first.anchor), Cell(" against ")]
        runs.append(Cell(first.said("found"), link=first.anchor))
    if first.readings:
        reading = first.readings[0].text.rstrip(".")
        runs += [Cell(f" ({reading})")]
    return (*runs, Cell("."))


def _agreeing(corroborated: Sequence[Verdict]) -> Sentence:
    """How many checks hold; confirmation is claimed only where each rests on several documents."""
    if not corroborated:
        return ()
    one = len(corroborated) == 1
    count = counted(len(corroborated), "check")
    head = Cell(f"{count[:1].upper()}{count[1:]}", link=corroborated[0].anchor)
    across = all(len({quoted.claim.document for quoted in it.quotations}) > 1 for it in corroborated)
    if across:
        return head, Cell(f" across documents {'confirms' if one else 'confirm'} what is printed.")
    return head, Cell(f" {'holds' if one else 'hold'}.")


def _responsibility(comparison: Comparison | None) -> Sentence:
    """Who leads what in the later document, and how many cells moved."""
    if comparison is None or not comparison.duties:
        return ()
    right = comparison.right.label
    leads = [duty for duty in comparison.duties if duty.cell.after and duty.cell.after.role == "lead"]
    runs = [Cell("Responsibility: "), Cell(right, link=comparison.anchors[1])]
    runs.append(Cell(" gives the lead " if leads else " gives nobody the lead"))
    for number, duty in enumerate(leads):
        runs += [Cell(", " if number < len(leads) - 1 else " and ")] if number else []
        runs += [Cell(f"in {lowered(duty.function)} to "), Cell(duty.actor, link=duty.anchor)]
        runs.append(Cell(_modality(duty)))
    moves = [
        (counted(len(moved), "responsibility", "responsibilities"), word)
        for word in ("raised", "lowered", "newly stated", "no longer stated")
        if (moved := comparison.moved(word))
    ]
    against = Cell(comparison.left.label, link=comparison.anchors[0])
    changes = listed([f"{count} {word}" for count, word in moves]) or "nothing moved"
    return (*runs, Cell("; against "), against, Cell(f", {changes}."))


def _modality(duty: Duty) -> str:
    """How the later document words a lead that it does not plainly state: being able to is no duty."""
    modality = duty.cell.after.modality if duty.cell.after else ""
    return f" ({modality_in_words(modality)})" if modality not in ("", "is") else ""
