"""Labelled numbers of one thing that is owed: cells by year and headlines, with the inputs they rest on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from steelyard.project.chance import Array
from steelyard.project.ensemble import PROBABILITIES, Cell, Headline
from steelyard.project.errors import cut, kept, told
from steelyard.project.fans import Fan, Run, fan_of
from steelyard.project.payments import Line, amounts_of

MEDIAN = 2  # in PROBABILITIES
# What is paid by agreement, with what is borne beside it and asked to be added.
WITH_BESIDE = "cost_sharing_with_beside"
Corner = list[tuple[Array, Array, float]]
# Of each kind of variable, what it is made by, unless that depends on how the thing owed moves.
EQUATIONS: Mapping[str, str] = {
    "pledge_commitment": "c[t] = G v[t]",
    "pledge_backlog": "B[t] = B[t-1] + c[t] - o[t]",
    "cost_sharing": "H[t] = H[t-1] clip(I[t-l] / I[t-l-1])",
    "cost_sharing_foreign": "H[t] / E[t]",
    "cost_sharing_beside": "B[t]",
    WITH_BESIDE: "H[t] + sum B[t]",
    "troops": "N[t]",
    "substitution": "SC[t] = sum (buy + run + renew)",
    "substitution_cumulative": "sum SC[t]",
    "substitution_drawn": "SC[t] = sum (buy + run + renew), inputs drawn",
    "substitution_drawn_cumulative": "sum SC[t], inputs drawn",
    "saved": "sum s H[t]",
}


@dataclass(frozen=True, slots=True)
class Making:
    """What makes cells and headlines of one thing owed: the run, the ids of what each of them rests on by its
    name, and a name for the thing.
    """

    run: Run
    rests: Mapping[str, tuple[str, ...]]
    id: str = ""
    label: str = ""

    @property
    def years(self) -> tuple[int, ...]:
        """All years, base year first."""
        return (self.run.scenario.base_year, *self.run.scenario.years)

    def named(self, kind: str) -> str:
        """A variable's name."""
        return f"{kind}:{self.id}" if self.id else kind

    def inputs(self, kind: str) -> tuple[str, ...]:
        """The ids of what a variable or headline rests on."""
        return self.rests[self.named(kind)]

    def cells(
        self, kind: str, unit: str, fan: Fan, years: Sequence[int], equation: str = ""
    ) -> Iterator[Cell]:
        """A fan over all years as cells, in the years wanted, by the equation of its kind unless one is
        given.
        """
        for t, year in enumerate(self.years):
            if year in years:
                yield Cell(
                    self.named(kind), unit, year, fan.central[t], fan.box[t], tuple(fan.quantiles[t]),
                    tuple(fan.quantile_boxes[t]), equation or EQUATIONS[kind], self.inputs(kind),
                    fan.errors[t],
                )  # fmt: skip

    def certain(
        self,
        kind: str,
        unit: str,
        ends: Sequence[tuple[float, float, float]],
        years: Sequence[int] = (),
        equation: str = "",
    ) -> Iterator[Cell]:
        """Cells without a spread, from the value to show and both ends of each year; all years unless some
        are given.
        """
        for year, (shown, *range_) in zip(years or self.years, ends, strict=True):
            low, high = (cut(end, 0.0) for end in range_)
            same = (cut(shown, 0.0),) * len(PROBABILITIES)
            boxes = ((low, high),) * len(PROBABILITIES)
            yield Cell(
                self.named(kind), unit, year, same[0], (low, high), same, boxes,
                equation or EQUATIONS[kind], self.inputs(kind),
            )  # fmt: skip

    def of_line(self, lines: Sequence[Line], *, total: bool = False) -> Fan:
        """The fan of a line, the first of those given, with all of them as its ends."""
        calm = self.run.calm
        corners: list[Corner] = []
        for line in lines:
            start = sum(line.amounts[0])
            name = line.total if total else line.name
            central = [start, *(float(pair[total][0]) for pair in amounts_of(line, calm))]
            corners.append(corner_of(self.run.spread.lines[name], central, 1.0))
        return fan_of(corners)

    def headline(
        self, name: str, label: str, unit: str, shown: float, ends: tuple[float, float], equation: str,
        year: int | None = None,
    ) -> Headline:  # fmt: skip
        """A headline number that no draw moves, named after the thing owed."""
        low, high = (cut(end, 0.0) for end in ends)
        return Headline(
            self.named(name), label, unit, cut(shown, 0.0), low, high, equation, self.inputs(name), year
        )

    def in_year(self, name: str, label: str, cell: Cell, part: float = 1.0, equation: str = "") -> Headline:
        """A cell as a headline; or a part of it, from nothing to all, by an equation of its own."""
        errors = tuple(told(part * error) for error in cell.errors) if part else ()
        every = errors or (0.0,) * len(PROBABILITIES)
        pairs = zip(cell.quantiles, every, strict=True)
        values = tuple(kept(part * value, error) for value, error in pairs)
        low, high = (kept(part * end, every[MEDIAN]) for end in cell.quantile_boxes[MEDIAN])
        return Headline(
            self.named(name), label, cell.unit, values[MEDIAN], low, high, equation or cell.equation,
            self.inputs(name), cell.year, values, error=errors[MEDIAN] if errors else None, errors=errors,
        )  # fmt: skip


def moving(*symbols: str) -> str:
    """Symbols of a year as factors in an equation.

    >>> moving("P_US", "E")
    ' P_US[t] E[t]'
    """
    return "".join(f" {symbol}[t]" for symbol in symbols)


def corner_of(found: Mapping[int, tuple[Array, Array]], central: Sequence[float], factor: float) -> Corner:
    """One end of a fan by year: quantiles, errors, central path; the base year has no spread."""
    count = len(PROBABILITIES)
    first = (np.full(count, central[0]), np.full(count, np.nan), central[0])
    later = [(factor * found[t][0], factor * found[t][1], central[t + 1]) for t in range(len(central) - 1)]
    return [first, *later]
