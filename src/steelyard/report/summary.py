"""The summary: a handful of points with the numbers that matter, each a link to where it comes from.

The order is fixed: what contradicts, what was reconciled, what is projected, what a sooner year costs, who is
responsible. A reader who stops after the first has read the most important one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from steelyard.report.outlook import Outlook
from steelyard.report.responsibility import Comparison, Duty
from steelyard.report.tables import Cell
from steelyard.report.verdicts import Verdict
from steelyard.report.wording import counted, in_quotes, lowered, modality_in_words

Sentence = tuple[Cell, ...]
# Findings told one by one in the summary, and functions named of one kind of move; the rest is counted.
_NAMED = 2
_FUNCTIONS = 4
_MOVES = ("raised", "lowered", "newly stated", "no longer stated")


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that matters: what it is about, in a word, and what there is to say of it."""

    about: str
    sentence: Sentence


def summarise(
    verdicts: Sequence[Verdict],
    outlooks: Sequence[Outlook],
    comparison: Comparison | None,
    extra_cost: Sentence = (),
    members: Sentence = (),
) -> tuple[Point, ...]:
    """Three to six points; a part that was not computed says so in words.

    The first of the `outlooks` is the one that is spoken of, or all `members` where it is one of them;
    `extra_cost` is what the paths differ by.
    """
    by_verdict = {
        word: [verdict for verdict in verdicts if verdict.verdict == word]
        for word in ("contradicted", "reconciled", "corroborated")
    }
    projected = outlooks[0].sentence if outlooks else (Cell("No projection was made.", link="projection"),)
    points = [
        *_contradictions(by_verdict["contradicted"], verdicts),
        _holding(_reconciled(by_verdict["reconciled"]), _agreeing(by_verdict["corroborated"])),
        Point("Projected", members if members and outlooks[0].is_member else projected),
        Point("Sooner or later", extra_cost),
        Point("Responsibility", _responsibility(comparison)),
    ]
    return tuple(point for point in points if point.sentence)


def _contradictions(contradicted: Sequence[Verdict], verdicts: Sequence[Verdict]) -> list[Point]:
    """The gravest contradictions, a point for each, or that there is none."""
    if not verdicts:
        text = "Nothing could be checked: no identity joins the figures that were read."
        return [Point("Findings", (Cell(text, link="findings"),))]
    if not contradicted:
        among = Cell(" among the figures that could be checked.")
        return [Point("Findings", (Cell("No contradiction was found", link="findings"), among))]
    points = [Point("Contradicted", _clash(verdict)) for verdict in contradicted[:_NAMED]]
    rest = len(contradicted) - _NAMED
    if rest > 0:
        more = f"{counted(rest, 'more contradiction')}."
        points.append(
            Point("Contradicted", (Cell(f"{more[:1].upper()}{more[1:]}", link=contradicted[_NAMED].anchor),))
        )
    return points


def _clash(verdict: Verdict) -> Sentence:
    """A contradiction in plain words: what is printed, what follows from what, how far apart, what may be
    behind it.

    It says that they cannot all be right, and not which of them is wrong.
    """
    runs = [Cell(verdict.title, link=verdict.anchor), Cell(": ")]
    if not (verdict.expected and verdict.found):
        runs = [*runs, Cell(verdict.explanation)] if verdict.explanation else [*runs[:1], Cell(".")]
    elif verdict.printed is None and verdict.explanation:
        runs.append(Cell(verdict.explanation))
    else:
        runs += _sides(verdict)
    if verdict.readings:
        first = verdict.readings[0]
        runs += [Cell(" Likeliest: "), Cell(first.text.rstrip("."), link=first.link or verdict.anchor)]
        runs.append(Cell("."))
    return tuple(runs)


def _sides(verdict: Verdict) -> list[Cell]:
    """What is printed against what follows, and from which figures."""
    printed = verdict.printed
    others = [quoted for quoted in (*verdict.quotations, *verdict.given) if quoted is not printed]
    runs = [Cell(verdict.said("found"), link=(printed.link or printed.row) if printed else verdict.anchor)]
    runs += [Cell(f" stands for {verdict.found}, and ")] if printed else [Cell(" is found, and ")]
    runs += [Cell(verdict.expected, link=verdict.anchor), Cell(" follows")]
    for number, quoted in enumerate(others if printed else []):
        runs.append(Cell((", " if number < len(others) - 1 else " and ") if number else " from "))
        runs.append(Cell(in_quotes(" ".join(quoted.claim.quote.split())), link=quoted.link or quoted.row))
    runs.append(Cell(f"; they miss by {verdict.miss}" if verdict.miss else ""))
    return [*runs, Cell(", so not all of them can be right.")]


def _holding(reconciled: Sentence, agreeing: Sentence) -> Point:
    """What need not clash, and what agrees, in one point."""
    between = (Cell(" "),) if reconciled and agreeing else ()
    return Point("Reconciled" if reconciled else "Agreeing", (*reconciled, *between, *agreeing))


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
    """Who leads what in the later document, and what moved against the earlier one, by function and actor."""
    if comparison is None or not comparison.duties:
        return ()
    right = comparison.right.label
    leads = [duty for duty in comparison.duties if duty.cell.after and duty.cell.after.role == "lead"]
    runs = [Cell(right, link=comparison.anchors[1])]
    runs.append(Cell(" gives the lead " if leads else " gives nobody the lead"))
    for number, duty in enumerate(leads):
        runs += [Cell(", " if number < len(leads) - 1 else " and ")] if number else []
        runs += [Cell(f"in {lowered(duty.function)} to "), Cell(duty.actor, link=duty.anchor)]
        runs.append(Cell(_modality(duty)))
    runs += [Cell(". Against "), Cell(comparison.left.label, link=comparison.anchors[0])]
    moves = [(word, comparison.moved(word)) for word in _MOVES]
    for number, (word, moved) in enumerate((word, moved) for word, moved in moves if moved):
        standing = all(duty.cell.still_in_force for duty in moved)
        kept = ", though still in force" if standing else ""
        runs.append(Cell(f"{'; ' if number else ', '}{word}{kept}: "))
        runs += _functions(moved)
    return (*runs, Cell("." if any(moved for _, moved in moves) else ", nothing moved."))


def _functions(duties: Sequence[Duty]) -> list[Cell]:
    """Functions with their actors in brackets; each actor leads to the row of the two documents."""
    names = list(dict.fromkeys(duty.function for duty in duties))
    runs: list[Cell] = []
    for number, name in enumerate(names[:_FUNCTIONS]):
        runs.append(Cell(f"{', ' if number else ''}{lowered(name)} ("))
        actors = [duty for duty in duties if duty.function == name]
        for place, duty in enumerate(actors):
            runs += [Cell(", ")] if place else []
            runs.append(Cell(duty.actor, link=duty.anchor))
        runs.append(Cell(")"))
    rest = len(names) - _FUNCTIONS
    return [*runs, Cell(f" and {counted(rest, 'more', 'more')}")] if rest > 0 else runs


def _modality(duty: Duty) -> str:
    """How the later document words a lead that it does not plainly state: being able to is no duty."""
    modality = duty.cell.after.modality if duty.cell.after else ""
    return f" ({modality_in_words(modality)})" if modality not in ("", "is") else ""
