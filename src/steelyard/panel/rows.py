"""The rows of the panel: a measure of a member, or of all together, in a year, and what it rests on."""

from __future__ import annotations

from dataclasses import dataclass, replace

from steelyard.panel.measures.amounts import Range

ALL = "all"
COLUMNS = (
    *("measure", "member", "year", "low", "middle", "high", "unit", "sharp", "estimate", "members"),
    *("editions", "origin"),
)


@dataclass(frozen=True, slots=True)
class Row:
    """A measure of a member in a year, from `low` to `high` whatever rounding and estimates leave open.

    `member` is an actor, or "all", or "all but USA"; `middle` is the value at the figures as printed. `sharp`
    says that both ends are reached. `estimate` is whether a figure that it rests on is an estimate or
    projection; `members` how many it is of; `editions` whose figures they are, `origin` where each stands.
    """

    measure: str
    member: str
    year: int
    low: float
    middle: float
    high: float
    unit: str
    sharp: bool
    estimate: bool
    members: int
    editions: tuple[str, ...]
    origin: tuple[str, ...]

    def to_json(self) -> dict[str, object]:
        """The keys of the contract, floats as they are."""
        return {column: _plain(getattr(self, column)) for column in COLUMNS}

    def with_range(self, measure: str, found: Range, unit: str | None = None) -> Row:
        """The same row with another measure's range."""
        return replace(
            self,
            measure=measure,
            low=found.low,
            middle=found.middle,
            high=found.high,
            unit=self.unit if unit is None else unit,
            sharp=found.sharp,
        )


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value
