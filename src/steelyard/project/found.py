"""All that a scenario needs, once it has been found: what its numbers, labels and origins are made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from steelyard.core.vocabulary import Vocabulary
from steelyard.project.base import Base
from steelyard.project.drivers import Economy
from steelyard.project.fans import Course
from steelyard.project.limits import Constraints
from steelyard.project.parameters import Value
from steelyard.project.scenario import Scenario
from steelyard.project.valuations import Valuation


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
    """The ids of the origins that a number rests on, by what it is made of; `valued` are those of moneys with
    origins of their own, by variable.
    """

    base: tuple[str, ...]
    target: tuple[str, ...]
    local: tuple[str, ...]
    foreign: tuple[str, ...]
    discount: tuple[str, ...]
    printed: tuple[str, ...] = ()
    reference: tuple[str, ...] = ()
    valued: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def of(self, variable: str) -> tuple[str, ...]:
        """The origins of a variable."""
        more = self.valued.get(variable, self.foreign if variable.endswith("_foreign") else ())
        less = self.discount if variable.endswith("_discounted") else ()
        other = self.reference if variable.startswith("difference") else ()
        return tuple(dict.fromkeys((*self.base, *self.target, *self.local, *more, *less, *other)))
