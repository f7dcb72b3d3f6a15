"""Pledges to buy abroad: when they are signed, when they are paid, and what stays open.

Symbols, after the model's section 3: a pledge G is signed in parts, c[t] = G v[t], and each part is paid over
the years that follow, o[t] = sum of c[t-s] w[s]; what is signed and not yet paid is the backlog. Whether a
pledge comes on top of what is planned anyway is not known unless the scenario says so: both
ends are shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import exp
from typing import Any

from steelyard.core.claim import Ledger
from steelyard.core.interval import Interval
from steelyard.core.period import Period
from steelyard.core.problems import Place, Problem
from steelyard.core.vocabulary import Vocabulary
from steelyard.project.base import Amount, Base, find_amount
from steelyard.project.drivers import Economy
from steelyard.project.parameters import Value, percentage
from steelyard.project.payments import Line, Moving
from steelyard.project.perimeter import apart_in
from steelyard.project.scenario import EARLIEST, LATEST, LONGEST, Scenario
from steelyard.project.sourced import Sources

_WHOLE = Interval.exactly(1)
_MOST = Decimal("1e30")


@dataclass(frozen=True, slots=True)
class Pledge:
    """A pledge as a scenario takes it.

    `signed` and `paid` are parts of the whole by year; `parts` what one unit of the pledge comes to in
    national currency in each year of the scenario, base year first; `planned` the part that may be planned
    already; `part` the claimed money that it is bought from, as a fraction of spending, with its claims;
    `constant`: whether it is in constant prices.
    """

    id: str
    label: str
    value: Value
    first: int
    last: int
    signed: Mapping[int, float]
    paid: Mapping[int, float]
    parts: tuple[Moving, ...]
    foreign: tuple[float, ...]
    planned: Interval
    planned_value: Value | None
    part: Interval | None
    part_claims: tuple[Amount, ...]
    reason: str
    constant: bool = False

    @property
    def ends(self) -> tuple[Decimal, ...]:
        """The pledge at the value to show, and at both ends of what is open."""
        interval = self.value.interval
        return (interval.middle,) if interval.is_exact else (interval.middle, interval.low, interval.high)

    @property
    def span(self) -> tuple[float, float, float]:
        """The pledge at the value to show and at the lower and the upper end of what is open."""
        interval = self.value.interval
        return float(interval.middle), float(interval.low), float(interval.high)

    @property
    def moved_abroad(self) -> tuple[str, ...]:
        """The symbols of what it moves with in foreign currency; none where it is in national currency."""
        return ("P_US",) if self.foreign and self.constant else ()

    @property
    def moved(self) -> tuple[str, ...]:
        """The symbols of what it moves with in national currency."""
        if self.foreign:
            return (*self.moved_abroad, "E")
        return ("P",) if self.constant else ()

    def lines(self) -> list[Line]:
        """What is paid in national currency, at each end."""
        return [
            Line(
                f"pledge {self.id} {number}",
                tuple(Moving(*(float(amount) * one for one in part)) for part in self.parts),
            )
            for number, amount in enumerate(self.ends)
        ]

    def backlog(self, year: int) -> float:
        """The part of the pledge that is signed and not yet paid at the end of a year."""
        signed = sum(part for when, part in self.signed.items() if when <= year)
        return max(signed - sum(part for when, part in self.paid.items() if when <= year), 0.0)

    def paid_after(self, year: int) -> float:
        """The part of the pledge that is paid after a year."""
        return sum(part for when, part in self.paid.items() if when > year)


def outlays_of(signed: Mapping[int, float], profile: Sequence[float]) -> dict[int, float]:
    """What is paid by year: each year's signed part over that year and those after it, as the profile says.

    >>> outlays_of({2026: 0.5, 2027: 0.5}, [0.25, 0.75])
    {2026: 0.125, 2027: 0.5, 2028: 0.375}
    """
    paid: dict[int, float] = {}
    for year, part in signed.items():
        for after, share in enumerate(profile):
            paid[year + after] = paid.get(year + after, 0.0) + part * share
    return dict(sorted(paid.items()))


def find_pledges(
    sources: Sources, ledger: Ledger, base: Base, economy: Economy
) -> tuple[list[Pledge], list[Problem]]:
    """The pledges of a scenario, with every fault of those that have one."""
    pledges: list[Pledge] = []
    problems: list[Problem] = []
    for table in sources.scenario.data.get("pledges", ()):
        pledge, faults = _pledge(sources, table, ledger, base, economy)
        if pledge and any(one.id == pledge.id for one in pledges):
            message = f"Two pledges have the id {pledge.id!r}."
            faults = [Problem("duplicate-id", message, sources.scenario.place("pledges"), "Rename one.")]
        problems += faults
        pledges += [pledge] if pledge and not any(one.severity == "error" for one in faults) else []
    return pledges, problems


def _pledge(
    sources: Sources, table: Mapping[str, Any], ledger: Ledger, base: Base, economy: Economy
) -> tuple[Pledge | None, list[Problem]]:
    scenario, place = sources.scenario, sources.scenario.place("pledges")
    problems = _span_faults(table, place)
    if problems:
        return None, problems
    first, last = int(table["from"]), int(table["to"])
    value, problems = sources.parameter(table["parameter"], place, first)
    problems += _late(table, value, place)
    signed, faults = _signed(table, sources.vocabulary, place)
    profile, more = _parts(table["outlays"], "outlays", table, sources.vocabulary, place)
    planned, planned_value, others = _planned(sources, table, place)
    problems += [*faults, *more, *others]
    currencies = (economy.foreign_currency, economy.currency)
    if value is not None and value.unit not in currencies:
        message = f"The pledge {table['id']!r} is in {value.unit}."
        problems.append(Problem("unit-mismatch", message, place, f"Give it in {' or '.join(currencies)}."))
    elif value is not None:
        allowed = (Decimal(0), _MOST)
        problems += sources.fitting(f"pledge {table['id']!r}", value, ("money",), allowed, place)
    if value is None or problems:
        return None, problems
    paid = outlays_of(signed, profile)
    parts, foreign = _in_money(scenario, economy, paid, value.unit, table["prices"])
    part, claims, problems = part_of(
        scenario, table["label"], table.get("part"), ledger, base, sources.vocabulary, place
    )
    return Pledge(
        table["id"], table["label"], value, first, last, signed, paid, parts, foreign,
        planned, planned_value, part, claims, table["reason"], table["prices"] == "constant",
    ), problems  # fmt: skip


def _span_faults(table: Mapping[str, Any], place: Place) -> list[Problem]:
    first, last = table["from"], table["to"]
    whole = first == int(first) and last == int(last)
    if whole and EARLIEST <= first <= last < min(first + LONGEST, LATEST):
        return []
    message = f"The pledge {table['id']!r} runs from {first} to {last}."
    return [Problem("not-a-period", message, place, "Give the first and the last year of signing.")]


def _late(table: Mapping[str, Any], value: Value | None, place: Place) -> list[Problem]:
    """Years of signing beyond the last day that the pledge itself has."""
    day = value.setting.text("to") if value else ""
    end = Period.parse(day).end if day else None
    if end is None or int(table["to"]) <= end.year:
        return []
    message = f"The pledge {table['id']!r} is signed until {table['to']}; {table['parameter']} ends on {end}."
    hint = f"Sign it by {end.year}, or set the parameter with a later `to` and a reason under [[sets]]."
    return [Problem("pledge-period", message, place, hint)]


def _signed(
    table: Mapping[str, Any], vocabulary: Vocabulary, place: Place
) -> tuple[dict[int, float], list[Problem]]:
    """The part that is signed in each year."""
    years = range(int(table["from"]), int(table["to"]) + 1)
    kind, count = table["commitments"], len(years)
    if kind != "listed":
        weights = [1 if kind == "uniform" else number + 1 for number in range(count)]
        return {year: weight / sum(weights) for year, weight in zip(years, weights, strict=True)}, []
    shares, problems = _parts(table.get("shares", ()), "shares", table, vocabulary, place)
    if not problems and len(shares) != count:
        message = f"The pledge {table['id']!r} has {len(shares)} shares for {count} years."
        problems = [Problem("rule-numbers", message, place, "Give one for each year of signing.")]
    return ({} if problems else dict(zip(years, shares, strict=True))), problems


def _parts(
    texts: Sequence[str], key: str, table: Mapping[str, Any], vocabulary: Vocabulary, place: Place
) -> tuple[list[float], list[Problem]]:
    """Percentages that make up a whole."""
    try:
        parts = [percentage(text, vocabulary) for text in texts]
    except ValueError as error:
        hint = 'Write percentages, such as "25%".'
        return [], [Problem("not-a-percentage", f"{str(error).capitalize()}.", place, hint)]
    if sum(parts) != 1 or min(parts) < 0:
        message = f"The {key} of the pledge {table['id']!r} come to {100 * sum(parts):f}%."
        return [], [
            Problem("profile-sum", message, place, "Parts of a whole are 0% or more and come to 100%.")
        ]
    return [float(part) for part in parts], []


def _planned(
    sources: Sources, table: Mapping[str, Any], place: Place
) -> tuple[Interval, Value | None, list[Problem]]:
    """The part that may be planned already, as a fraction: all that is possible where nothing is said."""
    anything = Interval(Decimal(0), Decimal(1))
    if "planned" not in table:
        return anything, None, []
    year = int(table["from"])
    value, problems = sources.value("planned part", table["planned"], "%", place, year, reasoned=True)
    if value is not None and not problems:
        allowed = (Decimal(0), Decimal(100))
        problems = sources.fitting("planned part", value, ("share", "growth"), allowed, place)
    if value is None or problems:
        return anything, None, problems
    return value.interval.scaled(Decimal("0.01")), value, []


def _in_money(
    scenario: Scenario, economy: Economy, paid: Mapping[int, float], unit: str, prices: str
) -> tuple[tuple[Moving, ...], tuple[float, ...]]:
    """What one unit of a pledge comes to by year: in national currency, and in foreign if it is in that."""
    parts, foreign, dearer = [], [], 0.0
    for t, year in enumerate((scenario.base_year, *scenario.years)):
        dearer += economy.foreign_inflation[t - 1] if t else 0.0
        part = paid.get(year, 0.0)
        if unit != economy.foreign_currency:
            parts.append(Moving(prices=part) if prices == "constant" else Moving(fixed=part))
            continue
        foreign.append(part * (exp(dearer) if prices == "constant" else 1.0))
        parts.append(Moving(rate=foreign[-1] * economy.rate))
    return tuple(parts), tuple(foreign)


def part_of(
    scenario: Scenario,
    label: str,
    wanted: Mapping[str, Any] | None,
    ledger: Ledger,
    base: Base,
    vocabulary: Vocabulary,
    place: Place,
) -> tuple[Interval | None, tuple[Amount, ...], list[Problem]]:
    """The part of spending that claims give: its money over the spending printed beside it, as a fraction.

    `label` is whose part it is, `wanted` says which claims are meant; None for none.
    """
    if wanted is None:
        return None, (), []
    known = {one.unit: one for one in (base.spending, base.printed) if one}
    units = list(known)
    found, problems = find_amount(scenario, ledger, vocabulary, wanted, units, f"part of {label}")
    if found is None:
        return None, (), [_without_part(scenario, label, wanted, units, place)]
    whole = known.get(found.unit)
    if whole and (apart := apart_in(whole.claims, found.claims, vocabulary)):
        key, values = next(iter(apart.items()))
        message = (
            f"What {label} take of {found.claims[0].quote!r} is not given: "
            f"that and spending differ in {key}: {', '.join(sorted(values))}."
        )
        hint = f"A claim of the part whose {key} is that of the spending would lift this."
        return (
            None,
            (),
            [*problems, Problem("base-perimeter", message, place, hint, "refusal")],
        )
    if whole is None or not 0 < found.interval.low <= found.interval.high <= whole.interval.low:
        message = f"{found.claims[0].quote!r} is no part of what is spent in {scenario.base_year}."
        hint = f"A claim of spending in {found.unit}, or of the part in {units[0]}, would lift this."
        return None, (), [*problems, Problem("no-part", message, place, hint, "refusal")]
    return found.interval / whole.interval, (found, whole), problems


def _without_part(
    scenario: Scenario, label: str, wanted: Mapping[str, Any], units: Sequence[str], place: Place
) -> Problem:
    """The refusal where no claim gives a part of spending."""
    what = " ".join(str(wanted[key]) for key in ("measure", "item") if key in wanted)
    keys = f"{scenario.data['actor']}, {scenario.base_year}, level, in {' or '.join(units)}"
    message = f"What {label} take of {what} is not given: no claim gives that."
    hint = f"A claim of {what} for {keys} would lift this."
    return Problem("no-part", message, place, hint, "refusal")
