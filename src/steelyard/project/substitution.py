"""What it takes to put something in place of an ally's contribution, from documented inputs only.

Model section 7. A responsibility whose inputs are not all given with a source is not priced: it stands on a
list of its own, which says what is missing. All inputs are intervals; costs are given for their middle, and
as the least and the most that they leave open in each year.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import product
from typing import Any

from steelyard.core.interval import Interval
from steelyard.core.problems import Place, Problem
from steelyard.project.drivers import Economy
from steelyard.project.ensemble import Row
from steelyard.project.form import SUBSTITUTE, TIMES, TRIANGULAR
from steelyard.project.parameters import Value
from steelyard.project.payments import Line, Moving
from steelyard.project.scenario import EARLIEST, LATEST
from steelyard.project.sourced import Sources

_MOST = Decimal("1e30")
# The dimensions that an input can have, its range, and its unit where it is not the one written.
_KINDS: Mapping[str, tuple[tuple[str, ...], tuple[Decimal, Decimal], str]] = {
    "quantity": (("count", "person"), (Decimal(0), Decimal("1e9")), ""),
    "replaced": (("share", "growth"), (Decimal(0), Decimal(100)), "%"),
    "price": (("money",), (Decimal(0), _MOST), ""),
    "running": (("money",), (Decimal(0), _MOST), ""),
    "start": (("duration",), (Decimal(1900), Decimal(2200)), "year"),
    "lead": (("duration",), (Decimal(0), Decimal(100)), "year"),
    "life": (("duration",), (Decimal(1), Decimal(200)), "year"),
}


@dataclass(frozen=True, slots=True)
class Timing:
    """When a substitute is bought: the first year, for how many years, and how many years it then lasts."""

    start: int
    lead: int
    life: int


def bought(timing: Timing, year: int) -> float:
    """The part of a substitute that is paid in a year: equal parts over its lead time, and again for each
    life.

    >>> [bought(Timing(2028, 2, 3), year) for year in range(2027, 2033)]
    [0.0, 0.5, 0.5, 0.0, 0.5, 0.5]
    """
    span = max(timing.lead, 1)
    gone = year - timing.start
    round_ = timing.life if timing.life >= span else span
    return 1.0 / span if gone >= 0 and gone % round_ < span else 0.0


def in_service(timing: Timing, year: int) -> bool:
    """Whether the substitute is there in a year: from the end of its lead time on."""
    return year >= timing.start + timing.lead


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A responsibility that an ally no longer bears, from a year on; `values` are its inputs by name, and
    empty where it is not priced; `missing` says what is lacking.

    `modes` has the inputs whose sources say how they are spread between their ends, with the mode of one that
    has one; `saved` is what is no longer paid a year: money, or percent of what is paid by agreement.
    """

    function: str
    label: str
    actor: str
    year: int
    reason: str
    values: Mapping[str, Value]
    missing: tuple[str, ...]
    modes: Mapping[str, Decimal | None] = field(default_factory=dict)
    saved: Value | None = None

    @property
    def is_priced(self) -> bool:
        """Whether every input is there."""
        return not self.missing

    def at(self, name: str, number: Decimal) -> Withdrawal:
        """The same with nothing left open of one input."""
        value = replace(self.values[name], interval=Interval.exactly(number))
        return replace(self, values={**self.values, name: value})

    @property
    def shown_gap(self) -> int:
        """The years between the withdrawal and the substitute's being there, at the middles of its inputs."""
        (timing,) = self.timings("shown")
        return max(timing.start + timing.lead - self.year, 0)

    def whole_years(self, name: str) -> list[int]:
        """What the ends and the middle of a time come to in whole years."""
        interval = self.values[name].interval
        return sorted({round(number) for number in (interval.low, interval.middle, interval.high)})

    def timings(self, end: str) -> list[Timing]:
        """The timing at the middle of its inputs, or every one that the ends and middles leave open."""
        if end == "shown":
            return [Timing(*(round(self.values[name].interval.middle) for name in TIMES))]
        return [Timing(*timing) for timing in product(*map(self.whole_years, TIMES))]

    def amounts(self, economy: Economy, first: int, last: int) -> list[tuple[Moving, ...]]:
        """What is paid by year in national currency: at the middle, the least, and the most."""
        unit = self.values["price"].unit
        found = []
        for end, pick in (("shown", max), ("low", min), ("high", max)):
            buy, run = self._each(end)
            yearly, years = [], range(first, last + 1)
            for year, dearer in zip(years, economy.dearer(unit, years), strict=True):
                amount = pick(
                    buy * bought(timing, year) + run * in_service(timing, year)
                    for timing in self.timings(end)
                )
                abroad = Moving(rate=amount * dearer * economy.rate)
                yearly.append(abroad if unit == economy.foreign_currency else Moving(prices=amount * dearer))
            found.append(tuple(yearly))
        return found

    def _each(self, end: str) -> tuple[float, float]:
        """What all of it costs to buy, and to run in a year, at one end of the inputs."""
        number = {
            name: float(
                {"shown": one.interval.middle, "low": one.interval.low, "high": one.interval.high}[end]
            )
            for name, one in self.values.items()
        }
        count = number["quantity"] * number["replaced"] / 100
        return count * number["price"], count * number["running"]

    def gap(self) -> tuple[int, int]:
        """The least and the most years between the withdrawal and the substitute's being there."""
        years = [max(timing.start + timing.lead - self.year, 0) for timing in self.timings("high")]
        return min(years), max(years)

    def row(self) -> Row:
        """The withdrawal as plain data."""
        gap = self.gap() if self.is_priced else None
        return {
            "function": self.function,
            "label": self.label,
            "actor": self.actor,
            "year": self.year,
            "priced": self.is_priced,
            "missing": list(self.missing),
            "gap_years": {"low": gap[0], "high": gap[1]} if gap else None,
            "reason": self.reason,
        }


def lines_of(withdrawals: Sequence[Withdrawal], economy: Economy, first: int, last: int) -> Iterator[Line]:
    """What all priced substitutes cost together: at the middle, the least, and the most of each year."""
    priced = [one.amounts(economy, first, last) for one in withdrawals if one.is_priced]
    for number in range(3 if priced else 0):
        years = zip(*(amounts[number] for amounts in priced), strict=True)
        total = tuple(Moving(*(sum(parts) for parts in zip(*year, strict=True))) for year in years)
        yield Line(f"substitution {number}", total)


def find_withdrawals(sources: Sources, economy: Economy) -> tuple[list[Withdrawal], list[Problem]]:
    """The withdrawals of a scenario; each that is not priced is a refusal that names what would lift it."""
    found, problems = [], []
    place = sources.scenario.place("withdrawals")
    for table in sources.scenario.data.get("withdrawals", ()):
        if not EARLIEST <= table["year"] <= LATEST:
            hint = "Write a year, such as 2030."
            problems.append(Problem("not-a-year", f"{table['year']} is not a year.", place, hint))
            continue
        values, missing, faults = _inputs(sources, table, economy, place)
        problems += faults
        modes, more = _modes(sources, table, values, place)
        saved, others = _saved(sources, table, economy, place)
        faults, problems = [*faults, *more], [*problems, *more, *others]
        label = sources.vocabulary.label("functions", table["function"])
        if missing and not faults:
            message = f"{label}: what it would take to replace {table['actor']} is not priced."
            hint = f"Sourced numbers for {', '.join(missing)} in its [[withdrawals]] entry would lift this."
            problems.append(Problem("not-priced", message, place, hint, "refusal"))
        elif not missing and not faults:
            silent = economy.unpriced(values["price"].unit, sources.scenario.years, place)
            missing = [economy.prices_of(values["price"].unit).kind.words] if silent else []
            problems += silent
        found.append(
            Withdrawal(
                table["function"],
                label,
                table["actor"],
                int(table["year"]),
                table["reason"],
                {} if missing else values,
                tuple(missing),
                {} if missing else modes,
                saved,
            )
        )
    return found, problems


def _inputs(
    sources: Sources, table: Mapping[str, Any], economy: Economy, place: Place
) -> tuple[dict[str, Value], list[str], list[Problem]]:
    """The inputs that are given, the names of those that are not, and what is wrong with any."""
    values, missing, problems = {}, [], list[Problem]()
    for name in SUBSTITUTE:
        if name not in table:
            missing.append(name)
            continue
        dimensions, allowed, unit = _KINDS[name]
        given = {key: one for key, one in table[name].items() if key not in ("distribution", "mode")}
        given |= {"exact": True} if name in TIMES or "distribution" in table[name] else {}
        value, faults = sources.value(name, given, unit, place, int(table["year"]))
        if value is not None and not faults:
            faults = sources.fitting(name, value, dimensions, allowed, place)
        problems += faults
        if value is None or faults:
            missing.append(name)
        else:
            values[name] = value
    money = {values[name].unit for name in ("price", "running") if name in values}
    if len(money) > 1 or money - {economy.currency, economy.foreign_currency}:
        hint = f"Give price and running in {economy.foreign_currency} or both in {economy.currency}."
        problems.append(Problem("unit-mismatch", f"The price is in {', '.join(sorted(money))}.", place, hint))
    return values, missing, problems


def _modes(
    sources: Sources, table: Mapping[str, Any], values: Mapping[str, Value], place: Place
) -> tuple[dict[str, Decimal | None], list[Problem]]:
    """The inputs that have a distribution, with their modes, and what is wrong with any."""
    modes, problems = dict[str, Decimal | None](), list[Problem]()
    for name, value in values.items():
        kind, text = table[name].get("distribution"), table[name].get("mode")
        if kind is None and text is None:
            continue
        mode = None
        if text is not None:
            given = {"value": text, "exact": True, "reference": table[name].get("reference", {})}
            found, faults = sources.value(f"mode of {name}", given, value.unit, place, int(table["year"]))
            problems += faults
            mode = found.interval.middle if found else None
        low, high = value.interval.low, value.interval.high
        fits = mode is not None and low <= mode <= high if kind == TRIANGULAR else text is None
        if value.interval.is_exact or not fits:
            message = f"How the {name} is spread between its ends is not said."
            hint = "Give low and high, and for a triangular distribution alone a mode between them."
            problems.append(Problem("distribution-ends", message, place, hint))
        modes[name] = mode
    return modes, problems


def _saved(
    sources: Sources, table: Mapping[str, Any], economy: Economy, place: Place
) -> tuple[Value | None, list[Problem]]:
    """What is no longer paid a year for what is withdrawn: money, or percent of what is paid by agreement."""
    if "saved" not in table:
        return None, []
    value, problems = sources.value("saved amount", table["saved"], "", place, int(table["year"]))
    if value is None or problems:
        return None, problems
    if value.unit != "%":
        problems = sources.fitting("saved amount", value, ("money",), (Decimal(0), _MOST), place)
        if not problems and value.unit not in (economy.currency, economy.foreign_currency):
            hint = f"Give it in {economy.foreign_currency}, {economy.currency} or percent of cost sharing."
            problems = [Problem("unit-mismatch", f"The saved amount is in {value.unit}.", place, hint)]
        problems = problems or economy.unpriced(value.unit, sources.scenario.years, place)
    else:
        problems = sources.fitting(
            "saved part", value, ("share", "growth"), (Decimal(0), Decimal(100)), place
        )
        if "cost_sharing" not in sources.scenario.data:
            message = "What is saved is a part of cost sharing, of which the scenario says nothing."
            problems.append(Problem("missing-key", message, place, "Give [cost_sharing] with agreement."))
    return (None if problems else value), problems
