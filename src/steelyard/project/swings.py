"""How far each headline swings where one claim or parameter alone moves over what it leaves open.

All others stay at the value to show. The draws are those of the scenario itself, so both ends of a swing
differ by the claim and not by chance. What all of them leave open together is the box; no chance is made up
for any of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from math import isfinite
from types import MappingProxyType
from typing import Any, Literal

from steelyard.core.interval import Interval
from steelyard.project.base import Amount, Base
from steelyard.project.ensemble import Headline, Row, finite
from steelyard.project.fans import Course, Fan, Run, fans_of, reach_of
from steelyard.project.found import Found, Inputs
from steelyard.project.headlines import headlines_of
from steelyard.project.limits import Constraints
from steelyard.project.owed import NOTHING, Owed
from steelyard.project.parameters import Value
from steelyard.project.pledge_swings import Swing, parts_taken, pledge_swings
from steelyard.project.prepared import run_of
from steelyard.project.rises import Rise
from steelyard.project.sensitivity import VARIABLES
from steelyard.project.sharing_results import sharing_results
from steelyard.project.troop_swings import troop_swings

End = Callable[[Interval], Decimal]


_LEAST = 0.01  # of an error: a swing that is less is not told
_SIDES: tuple[Literal["low", "high"], ...] = ("low", "high")


def _low(interval: Interval) -> Decimal:
    return interval.low


def _high(interval: Interval) -> Decimal:
    return interval.high


def _middle(interval: Interval) -> Decimal:
    return interval.middle


@dataclass(frozen=True, slots=True)
class Open:
    """One input that is left open: its name for people, the ids of its origins, and the scenario with all
    else at the value to show and it at each of its ends.

    `of_payment`: whether it is a term of an agreement on cost sharing, which moves what is paid itself.
    """

    name: str
    origins: tuple[str, ...]
    ends: tuple[Found, ...]
    of_payment: bool = False


def open_inputs(found: Found) -> Iterator[Open]:
    """Everything that a scenario's headlines rest on and that is left open, in the order of its use."""
    still = as_shown(found)
    base = found.base
    for name, amount in (("spending", base.spending), ("share", base.share), ("printed", base.printed)):
        if amount is not None and not amount.interval.is_exact:
            changes: list[dict[str, Any]] = [{name: _at(amount, end)} for end in (_low, _high)]
            bases = [replace(still.base, **change) for change in changes]
            label = _BASE_WORDS[name].format(year=found.scenario.base_year)
            origins = tuple(f"claim:{claim.id}" for claim in amount.claims)
            yield Open(label, origins, tuple(replace(still, base=one) for one in bases))
    yield from _open_limits(found, still)
    yield from _open_rises(found, still)
    sharing = found.course.owed.sharing
    for term in sharing.open if sharing else ():
        ends = tuple(_with_term(found, still, term.name, end) for end in _SIDES)
        yield Open(term.name, term.origins, ends, of_payment=True)
    if sharing and found.limits.payment and len(sharing.options) > 1:
        ends = tuple(_with_option(found, still, number) for number in range(len(sharing.options)))
        values = (value.origin for value in sharing.values)
        yield Open("what comes after the agreement on cost sharing", tuple(dict.fromkeys(values)), ends)


_BASE_WORDS = {
    "spending": "spending in {year}",
    "share": "share of GDP in {year}",
    "printed": "spending in {year} as printed in the other currency",
}


def _open_limits(found: Found, still: Found) -> Iterator[Open]:
    """The limits that are left open; a floor's line moves as a whole."""
    limits = found.limits
    for name, words in (("cap", "growth cap"), ("execution", "execution rate")):
        value: Value | None = getattr(limits, name)
        if value is not None and not value.interval.is_exact:
            ends = tuple(_with_limits(found, still, {name: end}) for end in (_low, _high))
            yield Open(words, (value.origin,), ends)
    for line in limits.floor:
        if any(not value.interval.is_exact for value in line.numbers):
            ends = tuple(_with_limits(found, still, {line.label: end}) for end in (_low, _high))
            origins = tuple(dict.fromkeys(value.origin for value in line.numbers))
            yield Open(f"floor: {line.label}", origins, ends)


def _open_rises(found: Found, still: Found) -> Iterator[Open]:
    """The growth of each year that claims leave open, here and in the reference."""
    rises = list(found.course.rises)
    rises += [one for one in (found.reference.rises if found.reference else ()) if one not in rises]
    for rise in rises:
        if not rise.interval.is_exact:
            ends = tuple(_with_rise(found, still, rise, end) for end in (_low, _high))
            yield Open(rise.name, rise.origins, ends)


def _with_rise(found: Found, still: Found, moved: Rise | None, end: End) -> Found:
    """A scenario with one rise at an end of it, there and in the reference, and all others as shown."""

    def at(course: Course, whole: Course) -> Course:
        rises = (one.at(end(one.interval) if one == moved else one.shown) for one in whole.rises)
        return replace(course, rises=tuple(rises))

    return _each(found, still, at)


def _each(found: Found, still: Found, at: Callable[[Course, Course], Course]) -> Found:
    """A scenario whose course, and that of its reference, `at` makes of what is still and what is open."""
    against, whole = still.reference, found.reference
    reference = at(against, whole) if against and whole else None
    return replace(still, course=at(still.course, found.course), reference=reference)


def _at(amount: Amount, end: End | None = None) -> Amount:
    """An amount at one of its ends, or at the value to show."""
    value = amount.value if end is None else end(amount.interval)
    return replace(amount, interval=Interval.exactly(value), value=value)


def as_shown(found: Found) -> Found:
    """A scenario with all that is open at the value to show."""
    base = found.base
    printed = _at(base.printed) if base.printed else None
    still = replace(found, base=Base(_at(base.spending), _at(base.share), printed))
    return _with_term(found, _with_rise(found, _with_limits(found, still, {}), None, _middle), "", "low")


def _with_limits(found: Found, still: Found, ends: dict[str, End]) -> Found:
    """A scenario with its limits and those of its reference at ends by name, else at the value to show."""

    def at(course: Course, whole: Course) -> Course:
        return replace(course, limits=_narrowed(whole.limits, ends))

    return _each(found, still, at)


def _narrowed(limits: Constraints, ends: dict[str, End]) -> Constraints:
    def at(value: Value, name: str) -> Value:
        return replace(value, interval=Interval.exactly(ends.get(name, _middle)(value.interval)))

    return Constraints(
        limits.cap and at(limits.cap, "cap"),
        limits.execution and at(limits.execution, "execution"),
        tuple(
            replace(
                line,
                values=tuple(at(value, line.label) for value in line.values),
                each=line.each and at(line.each, line.label),
            )
            for line in limits.floor
        ),
        limits.payment,
    )


def _with_term(found: Found, still: Found, name: str, side: Literal["low", "high"]) -> Found:
    """A scenario with one term of its agreement on cost sharing at an end, and all others as shown."""

    def at(course: Course, whole: Course) -> Course:
        sharing = whole.owed.sharing
        if sharing is None:
            return course
        term = next((one for one in sharing.open if one.name == name), None)
        terms = sharing.shown if term is None else term.low if side == "low" else term.high
        return replace(course, owed=replace(course.owed, sharing=sharing.kept_to(terms)))

    return _each(found, still, at)


def _with_option(found: Found, still: Found, number: int) -> Found:
    """A scenario in which only one thing can come after its agreement on cost sharing."""

    def one(course: Course, whole: Course) -> Course:
        sharing = whole.owed.sharing
        if sharing is None:
            return course
        options = sharing.options[min(number, len(sharing.options) - 1) :][:1]
        kept = sharing.kept_to(replace(sharing.shown, options=options))
        return replace(course, owed=replace(course.owed, sharing=kept))

    return _each(found, still, one)


def with_swings(run: Run, opened: Sequence[Open]) -> tuple[Run, list[list[Run]]]:
    """A run, and those at the ends of all that is open, which share its draws."""
    ends = [[_paying(run_of(found), run, one) for found in one.ends] for one in opened]
    every = [one for runs in ends for one in runs]
    ways = tuple(way for one in every for way in one.ways)
    owing = [paid.policy for one in every for payments in one.payments for paid in payments]
    whole = replace(run, beside=ways, owing=tuple(dict.fromkeys(owing)))
    return whole, [[replace(one, shared=whole) for one in runs] for runs in ends]


def _paying(end: Run, run: Run, moved: Open) -> Run:
    """A run at an end with what it pays by agreement: what the scenario itself does, unless that moves."""
    sharing = run.owed.sharing
    if sharing is None or len(end.payments) != len(run.payments):
        return replace(end, payments=())
    both = zip(sharing.options, end.payments, run.payments, strict=True)
    payments = [
        own[:1] if moved.of_payment or option.follows_spending else there[:1] for option, own, there in both
    ]
    return replace(end, payments=payments)


def swings_of(
    opened: Sequence[Open],
    runs: Sequence[Sequence[Run]],
    shown: Sequence[Headline],
    inputs: Inputs,
    fans: Mapping[str, Fan],
    owed: Owed = NOTHING,
    rests: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
    more: Sequence[Swing] = (),
) -> tuple[Row, ...]:
    """A row for each headline and input that moves it, the widest swing of a headline first.

    `low` and `high` are the headline where the input is at its low and at its high end; of options that have
    no order, the least and the most. `shown` and `fans` are those of the values to show; `rests` has the ids
    of what is owed, `more` are swings found elsewhere.
    """
    swings = [*pledge_swings(owed.pledges, shown), *troop_swings(owed.troops, shown), *more]
    for one, alone in zip(opened, runs, strict=True):
        every = [_at_end(*both, shown, inputs, fans, rests) for both in zip(alone, one.ends, strict=True)]
        for name in every[0]:
            ends = [headlines[name] for headlines in every if name in headlines]
            if len(ends) == len(every):
                if len(ends) > 2:
                    ends = [pick(ends, key=lambda headline: headline.value) for pick in (min, max)]
                low, high = ends
                errors = (low.error, high.error)
                swings.append(Swing(low, one.name, one.origins, low.value, high.value, errors))
    places = {headline.name: place for place, headline in enumerate(shown)}
    moved = [one for one in swings if _is_told(one) and _is_known(one)]
    moved.sort(key=lambda one: (places[one.headline.name], -abs(one.high - one.low)))
    return tuple(_row(one) for one in moved)


def _is_told(swing: Swing) -> bool:
    """Whether the ends differ at all, and by no less than a hundredth of the headline's error."""
    error = swing.headline.error or 0.0
    return swing.low != swing.high and not abs(swing.high - swing.low) < _LEAST * error


def _is_known(swing: Swing) -> bool:
    """Whether both ends are numbers; one may be infinite where that is a result."""
    return isfinite(swing.high - swing.low) or (bool(swing.headline.unbounded) and swing.low != -swing.high)


def _row(swing: Swing) -> Row:
    """A swing as plain data."""
    headline = swing.headline
    return {
        "headline": headline.name,
        "year": headline.year,
        "unit": headline.unit,
        "input": swing.name,
        "low": finite(swing.low),
        "high": finite(swing.high),
        "low_error": _or_none(swing.errors[0]),
        "high_error": _or_none(swing.errors[1]),
        "claims": list(swing.origins),
    }


def _or_none(error: float | None) -> int | float | None:
    return None if error is None else finite(error)


def _at_end(
    run: Run,
    found: Found,
    shown: Sequence[Headline],
    inputs: Inputs,
    fans: Mapping[str, Fan],
    rests: Mapping[str, tuple[str, ...]],
) -> dict[str, Headline]:
    """The headlines at one end of an input, by name."""
    ends, sharing = fans_of(run, VARIABLES), found.course.owed.sharing
    own = [*headlines_of(run, found, ends, reach_of(run), inputs)]
    own += parts_taken(shown, fans, ends, found.scenario.base_year)
    own += sharing_results(run, sharing, rests)[1] if sharing and run.payments else ()
    return {headline.name: headline for headline in own}
