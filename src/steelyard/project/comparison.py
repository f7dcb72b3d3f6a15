"""Two documents on who is responsible for what: what moved, how far they agree, and what does not add up.

Everything is counted over cells: one actor's part in one responsibility, as a document itself words it. There
is no score of a burden shift; what is counted stands beside what it was counted from.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from steelyard.core.claim import Claim
from steelyard.core.functions import function_named
from steelyard.core.problems import Place, Problem
from steelyard.core.vocabulary import Entry, Vocabulary
from steelyard.project.agreement import ordinal_alpha, weighted_kappa
from steelyard.project.gaps import Gap, find_gaps, led_without_measure
from steelyard.project.posture import (
    ORDER,
    Cell,
    Role,
    Transition,
    compare_postures,
    compare_settings,
    posture_chain,
    stated_roles,
)

NO_DATE = "no date published"
# What gives a step its day where the entry names no better source.
_DATED = "a claim with the day on which it is met"


@dataclass(frozen=True, slots=True)
class Shift:
    """How many responsibilities of an actor went up and down, of `comparable` that both documents state."""

    actor: str
    up: int
    down: int
    comparable: int

    @property
    def net(self) -> float | None:
        """(up - down) / comparable cells; None where no cell can be compared."""
        return (self.up - self.down) / self.comparable if self.comparable else None

    def to_json(self) -> dict[str, object]:
        """As plain data."""
        return {**asdict(self), "net": self.net}


@dataclass(frozen=True)
class Comparison:
    """Two postures, the earlier first. `claims` are those of a case on each cell, by function and actor.

    `kappa` is over `stated_in_both` cells and None where these are too few or too alike; `alphas` are the
    agreement of several codings of either document, None for one coder. `unpaid` are responsibilities whose
    leads no measure of the vocabulary pays for, so that their budget lines were not looked for.
    """

    before: Entry
    after: Entry
    day: date
    cells: tuple[Cell, ...]
    claims: Mapping[tuple[str, str], tuple[Claim, ...]]
    shifts: tuple[Shift, ...]
    kappa: float | None
    stated_in_both: int
    alphas: tuple[float | None, float | None]
    gaps: tuple[Gap, ...]
    unpaid: tuple[str, ...]
    settings: tuple[Mapping[str, object], ...]
    scenarios: Mapping[str, tuple[str, ...]]
    threats: tuple[Mapping[str, object], ...]
    transfers: tuple[Mapping[str, object], ...]

    @property
    def transitions(self) -> Counter[Transition]:
        """How many cells moved in each way."""
        return Counter(cell.transition for cell in self.cells)

    def rows(self) -> list[dict[str, object]]:
        """A row for each cell, with the ids of the claims on it."""
        return [
            {
                **cell.to_json(),
                "claims": [claim.id for claim in self.claims.get((cell.function, cell.actor), ())],
            }
            for cell in self.cells
        ]

    def to_json(self) -> dict[str, object]:
        """What the contract promises of `compare`."""
        return {
            "before": self.before.id,
            "after": self.after.id,
            "day": self.day.isoformat(),
            "cells": self.rows(),
            "transitions": dict(self.transitions),
            "actors": [shift.to_json() for shift in self.shifts],
            "agreement": {"kappa": self.kappa, "cells": self.stated_in_both},
            "coders": {
                posture.id: {"alpha": alpha}
                for posture, alpha in zip((self.before, self.after), self.alphas, strict=True)
            },
            "findings": [asdict(gap) for gap in self.gaps],
            "without_measure": list(self.unpaid),
            "parameters": [dict(row) for row in self.settings],
            "scenarios": {side: list(names) for side, names in self.scenarios.items()},
            "threats": [dict(row) for row in self.threats],
            "transfers": [dict(row) for row in self.transfers],
        }


def compare(
    before: str, after: str, vocabulary: Vocabulary, claims: Iterable[Claim] | None = None
) -> tuple[Comparison, list[Problem]]:
    """All that two postures say differently, on the day of the later one.

    `claims` are those of a case; without them no budget line is looked for.

    Raises:
        LookupError: there is no posture of that name.
    """
    cells, problems = compare_postures(before, after, vocabulary)
    sides = [vocabulary.entries("postures")[name] for name in (before, after)]
    day = max(_day(side) for side in sides)
    settings, faults = compare_settings(before, after, day, vocabulary)
    ledger = None if claims is None else tuple(claims)
    both = [(cell.before, cell.after) for cell in cells if cell.before and cell.after]
    kappa = weighted_kappa([(_rank(one), _rank(other)) for one, other in both])
    gaps = [gap for side in sides for gap in find_gaps(side, vocabulary, ledger)]
    comparison = Comparison(
        before=sides[0],
        after=sides[1],
        day=day,
        cells=tuple(cells),
        claims=_claims_by_cell(ledger or (), vocabulary),
        shifts=tuple(_shifts(cells)),
        kappa=None if kappa is None else float(kappa),
        stated_in_both=len(both),
        alphas=(_alpha(sides[0], vocabulary), _alpha(sides[1], vocabulary)),
        gaps=tuple(gaps),
        unpaid=tuple(led_without_measure(cells, vocabulary)),
        settings=tuple(settings),
        scenarios={side.id: _scenarios_with(side.id, vocabulary) for side in sides},
        threats=tuple(row for side in sides for row in _threats(side)),
        transfers=tuple(transfers_between(sides, vocabulary)),
    )
    # Both comparisons walk the same chains, so that they tell the same faults.
    return comparison, list(dict.fromkeys([*problems, *faults, *_order(*sides)]))


def _order(before: Entry, after: Entry) -> list[Problem]:
    """A warning where the document that is compared from is the later one, and all moves run backwards."""
    if _day(before) <= _day(after):
        return []
    message = f"{before.label} is of {_day(before)}, and {after.label} is of {_day(after)}, before it."
    hint = "What moved is told from the first to the second; exchange the two names for the way it went."
    return [Problem("posture-order", message, Place(before.id), hint, "warning")]


def _day(posture: Entry) -> date:
    day = posture.data.get("date")
    return day if isinstance(day, date) else date.min


def _rank(role: Role) -> int:
    return ORDER.index(role.role)


def _shifts(cells: Sequence[Cell]) -> Iterator[Shift]:
    for actor in dict.fromkeys(cell.actor for cell in cells):
        moves = Counter(cell.transition for cell in cells if cell.actor == actor)
        up, down = moves["raised"], moves["lowered"]
        yield Shift(actor, up, down, up + down + moves["same"])


def _claims_by_cell(
    claims: Iterable[Claim], vocabulary: Vocabulary
) -> Mapping[tuple[str, str], tuple[Claim, ...]]:
    found: dict[tuple[str, str], list[Claim]] = {}
    for claim in claims:
        if (
            claim.kind == "role"
            and claim.actor
            and (name := function_named(claim.function or "", vocabulary))
        ):
            found.setdefault((name, claim.actor), []).append(claim)
    return {cell: tuple(rows) for cell, rows in found.items()}


def _alpha(posture: Entry, vocabulary: Vocabulary) -> float | None:
    """The agreement of a posture with all other codings of the same document."""
    others = vocabulary.entries("postures").values()
    codings = [posture, *(other for other in others if other.text("coding_of") == posture.id)]
    ranks = [{cell: _rank(role) for cell, role in stated_roles(coding).items()} for coding in codings]
    alpha = ordinal_alpha(ranks)
    return None if alpha is None else float(alpha)


def _scenarios_with(posture: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The scenarios of the case that stand on a posture, at once or through later ones."""
    found = []
    for scenario in vocabulary.entries("scenarios").values():
        named = vocabulary.entry("postures", _posture_of(scenario, vocabulary))
        if named and posture in {layer.id for layer in posture_chain(named.id, vocabulary)[0]}:
            found.append(scenario.id)
    return tuple(found)


def _posture_of(scenario: Entry, vocabulary: Vocabulary) -> str:
    """The posture that a scenario names, else that of the one it extends, and so on down."""
    seen: list[Entry] = []
    part: Entry | None = scenario
    while part is not None and part not in seen:
        if posture := part.text("posture"):
            return posture
        seen.append(part)
        part = vocabulary.entry("scenarios", part.text("extends"))
    return ""


def _threats(posture: Entry) -> Iterator[Mapping[str, object]]:
    """What a document says of threats: kept apart from who has to meet them."""
    for table in posture.tables("threats"):
        keys = ("actor", "against", "quotation", "locator")
        yield {"posture": posture.id, **{key: table.get(key) for key in keys}}


def transfers_between(sides: Sequence[Entry], vocabulary: Vocabulary) -> Iterator[Mapping[str, object]]:
    """Conditions and milestones of the responsibilities that are to pass from one actor to another.

    `stated_in` are those of the documents that speak of the responsibility. A step has the day on which it
    was or is to be met (`to`), or, in `lifted_by`, the claim that would give one.
    """
    spoken = {side.id: {function for function, _ in stated_roles(side)} for side in sides}
    for function in vocabulary.entries("functions").values():
        stated_in = [posture for posture, functions in spoken.items() if function.id in functions]
        for kind in ("conditions", "milestones"):
            for table in function.tables(kind):
                texts = {key: str(table[key]) if key in table else None for key in ("from", "to")}
                row = {"function": function.id, "kind": kind.removesuffix("s"), "stated_in": stated_in}
                row |= {key: str(table.get(key, "")) for key in ("label", "state")}
                lifts = None if texts["to"] else str(table.get("lifted_by") or _DATED)
                yield {**row, **texts, "lifted_by": lifts, "reference": _plain(table.get("reference"))}


def when_met(step: Mapping[str, object]) -> str:
    """The day of a step in words: when it was or is to be met, or that nobody has published one."""
    start, end = step["from"], step["to"]
    if start and end:
        return f"{start} to {end}"
    return str(end or f"{f'from {start}; ' if start else ''}{NO_DATE}")


def _plain(reference: object) -> dict[str, str]:
    """A reference with its date as text."""
    return {key: str(value) for key, value in reference.items()} if isinstance(reference, dict) else {}
