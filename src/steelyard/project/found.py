"""All that a scenario needs, once it has been found: what its numbers, labels and origins are made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from steelyard.core.vocabulary import Vocabulary
from steelyard.project.base import Base
from steelyard.project.drivers import Economy
from steelyard.project.fans import Course
from steelyard.project.limits import Constraints
from steelyard.project.parameters import Value
from steelyard.project.scenario import Scenario
from steelyard.project.valuations import Valuation
from steelyard.project.variables import equation_of, symbols_in


@dataclass(frozen=True, slots=True)
class Found:
    """The course of a scenario with its base year, economy and target, what it is measured against, and the
    other moneys in which its spending is told.
    """

    course: Course
    base: Base
    economy: Economy
    target: Value | None
    reference: Course | None
    vocabulary: Vocabulary
    valuations: tuple[Valuation, ...] = ()

    @property
    def scenario(self) -> Scenario:
        """The scenario itself."""
        return self.course.scenario

    @property
    def limits(self) -> Constraints:
        """What keeps its plan from being carried out."""
        return self.course.limits


@dataclass(frozen=True, slots=True)
class Inputs:
    """The ids of the origins that each symbol of an equation rests on.

    Beside the symbols of equations there are ME0 and Y0 for those of the base year (the claims alone), g for
    real growth on the central path, and ME0_printed for spending as printed in the other currency.
    """

    symbols: Mapping[str, tuple[str, ...]]

    def at(self, *symbols: str) -> tuple[str, ...]:
        """The origins of some symbols, each once."""
        return tuple(dict.fromkeys(one for symbol in symbols for one in self.symbols[symbol]))

    def of(self, variable: str) -> tuple[str, ...]:
        """The origins of a variable: those of the symbols of its equation."""
        return self.at(*symbols_in(equation_of(variable)))
