"""A plan that goes from year to year by the growth that claims give: rule d of the model's section 2; and how
a plan goes on beyond the years that its rule settles.

Each year takes a claim of its own, with all that its rounding leaves open. What is printed as a fall is one.
Growth in real terms, or since another year than the one before, is no step. Years after the last claim go on
only if the scenario says how.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from steelyard.core.claim import Claim, Ledger
from steelyard.core.interval import Interval
from steelyard.core.period import Period
from steelyard.core.problems import Place, Problem
from steelyard.core.vocabulary import Vocabulary
from steelyard.project.base import Amount, Base, agreed, has_status, is_wanted
from steelyard.project.drivers import listed
from steelyard.project.limits import End, end_of
from steelyard.project.parameters import Value
from steelyard.project.scenario import MOST_GROWTH, Scenario
from steelyard.project.sourced import Range, Sources
from steelyard.project.target import settings_of

RULE, TO_TARGET = "claimed-steps", "needed-real-growth"
_UNIT = "%"
_REAL = "constant"
_RATES: Range = (Decimal(-99), Decimal(100 * MOST_GROWTH))
# Keys in which growth must not differ from the spending that it raises, where both say something.
_PERIMETER = ("definition", "basis")


@dataclass(frozen=True, slots=True)
class Rise:
    """How much spending rises a year, from year `first` to `last`: all that is left open, in percent, and the
    value to show.

    Either `claims` give it, or the scenario does by `value`; `real` tells growth on top of inflation.
    """

    first: int
    last: int
    interval: Interval
    shown: Decimal
    claims: tuple[Claim, ...] = ()
    value: Value | None = None
    real: bool = False

    @property
    def name(self) -> str:
        """What it is, for people."""
        return f"{'real ' if self.real else ''}growth of spending in {listed(self.years)}"

    @property
    def years(self) -> range:
        """The years in which spending rises so."""
        return range(self.first, self.last + 1)

    def rate(self, end: End) -> float:
        """The fraction by which spending rises, at one end of what is left open."""
        percent = self.shown if end == "shown" else end_of(self.interval, end)
        return float(percent) / 100

    def at(self, percent: Decimal) -> Rise:
        """The same with nothing left open."""
        return replace(self, interval=Interval.exactly(percent), shown=percent)

    @property
    def origins(self) -> tuple[str, ...]:
        """The ids of what it rests on."""
        own = (self.value.origin,) if self.value else ()
        return (*(f"claim:{claim.id}" for claim in self.claims), *own)


def growth_of(rises: tuple[Rise, ...], end: End) -> tuple[float, ...]:
    """The rate of each year after the base year; empty where a rule takes no claims for it."""
    return tuple(rise.rate(end) for rise in rises for _ in rise.years)


def find_rises(
    scenario: Scenario, vocabulary: Vocabulary, ledger: Ledger, base: Base
) -> tuple[tuple[Rise, ...], list[Problem]]:
    """The rise of each year after the base year; empty where the rule takes none, or with what is missing."""
    rule: Mapping[str, Any] = scenario.data["rule"]
    if rule["kind"] == TO_TARGET and scenario.by < scenario.horizon:
        rise, problems = _beyond_target(scenario, vocabulary)
        return ((rise,) if rise else ()), problems
    if rule["kind"] != RULE:
        return (), []
    rises, problems = list[Rise](), list[Problem]()
    for year in scenario.years:
        claims = _claims_of(year, scenario, vocabulary, ledger)
        if claims:
            rise, faults = _rise(year, claims, scenario.place("rule", "steps"), base)
            problems += faults
            rises.append(rise)
    last = max((rise.last for rise in rises), default=scenario.horizon)
    claimed = {rise.first for rise in rises}
    missing = [year for year in scenario.years if year not in claimed]
    if last < scenario.horizon and "later" in rule:
        missing = [year for year in missing if year < last]
        later, faults = _later(scenario, vocabulary, last + 1)
        problems += faults
        rises += [later] if later else []
    if missing:
        problems.append(_refusal(scenario, vocabulary, ledger, missing))
    stopped = any(problem.severity != "warning" for problem in problems)
    return (() if stopped else tuple(rises)), problems


def _claims_of(year: int, scenario: Scenario, vocabulary: Vocabulary, ledger: Ledger) -> tuple[Claim, ...]:
    """The claims of a year's growth that are what is asked for; a fall has its sign."""
    wanted: Mapping[str, Any] = scenario.data["rule"]["steps"]
    unit = wanted.get("unit", _UNIT)
    return tuple(
        _signed(claim)
        for claim in ledger
        if claim.unit == unit
        and is_wanted(claim, scenario, wanted, year, "growth")
        and has_status(claim, wanted, vocabulary)
        and not (claim.prices or "").startswith(_REAL)
        and _counts_from(claim, year - 1)
    )


def _counts_from(claim: Claim, year: int) -> bool:
    """Whether growth is over a year, or says nothing of what it counts from."""
    start = Period.parse(claim.baseline) if claim.baseline else None
    return start is None or (start.year == year and start.kind in ("year", "fiscal"))


def _signed(claim: Claim) -> Claim:
    """A claim of growth that is below nought where it tells of a fall in a number without a sign."""
    if claim.direction != "down" or claim.low is None or claim.high is None or claim.low < 0:
        return claim
    return claim.changed(
        low=-claim.high, high=-claim.low, value=None if claim.value is None else -claim.value
    )


def _rise(year: int, claims: tuple[Claim, ...], place: Place, base: Base) -> tuple[Rise, list[Problem]]:
    """What the claims of one year leave open, and what is wrong with them."""
    amount, problems = agreed(claims, claims[0].unit or _UNIT, "the growth of spending", year, place)
    problems += [*_range_faults(amount, year, place), *_perimeter_faults(amount, base, year, place)]
    return Rise(year, year, amount.interval, amount.value, claims), problems


def _range_faults(amount: Amount, year: int, place: Place) -> Iterator[Problem]:
    low, high = _RATES
    if not low <= amount.interval.low <= amount.interval.high <= high:
        claim = amount.claims[0]
        message = f"{claim.quote!r} cannot be the growth of spending in {year}."
        hint = f"Correct the claim {claim.id} of {claim.document}."
        yield Problem("limit-range", message, place, hint)


def _perimeter_faults(amount: Amount, base: Base, year: int, place: Place) -> Iterator[Problem]:
    for key in _PERIMETER:
        said = {getattr(claim, key) for claim in (*base.spending.claims, *amount.claims)} - {None}
        if len(said) > 1:
            message = f"Spending and its growth in {year} differ in {key}: {', '.join(sorted(said))}."
            hint = f"A claim of growth in {year} whose {key} is that of the spending would lift this."
            yield Problem("base-perimeter", message, place, hint, "refusal")


def _later(scenario: Scenario, vocabulary: Vocabulary, first: int) -> tuple[Rise | None, list[Problem]]:
    """How the scenario lets spending rise after the last claim."""
    settings, problems = settings_of(scenario, vocabulary)
    place, name = scenario.place("rule", "later"), "growth in later years"
    sources = Sources(scenario, vocabulary, settings)
    table: Mapping[str, Any] = scenario.data["rule"]["later"]
    value, faults = sources.value(name, table, _UNIT, place, first, reasoned=True)
    if value is not None and not faults:
        faults = sources.fitting(name, value, ("growth", "share"), _RATES, place)
    problems += faults
    if value is None or problems:
        return None, problems
    return Rise(first, scenario.horizon, value.interval, value.interval.middle, (), value), []


def _beyond_target(scenario: Scenario, vocabulary: Vocabulary) -> tuple[Rise | None, list[Problem]]:
    """How the scenario lets spending rise after the year of its target, in real terms."""
    if "later" in scenario.data["rule"]:
        rise, problems = _later(scenario, vocabulary, scenario.by + 1)
        return (replace(rise, real=True) if rise else None), problems
    message = f"The rule {TO_TARGET!r} does not say how spending goes on after {scenario.by}."
    hint = "Give rule.later, a rate of real growth with a reason or a reference, or end in the target's year."
    return None, [Problem("missing-key", message, scenario.place("rule"), hint)]


def _refusal(scenario: Scenario, vocabulary: Vocabulary, ledger: Ledger, missing: list[int]) -> Problem:
    """The refusal for want of claims: what they would say, and which come near."""
    wanted: Mapping[str, Any] = scenario.data["rule"]["steps"]
    item = wanted.get("item", "").replace("_", " ")
    what = " ".join(part for part in (vocabulary.label("measures", wanted["measure"]), item) if part)
    actor, status = vocabulary.label("actors", scenario.data["actor"]), " or ".join(wanted.get("status", ()))
    message = f"Not projected: no claim gives the growth of {what} of {actor} in {listed(missing)}"
    message += f" ({status})." if status else "."
    keys = f"{scenario.data['actor']}, {missing[0]}, growth, in {wanted.get('unit', _UNIT)}"
    more = f", and one for each of {listed(missing[1:])}," if len(missing) > 1 else ""
    hint = f"A claim of {wanted['measure']} for {keys}{more} would lift this."
    if missing[-1] == scenario.horizon and "later" not in scenario.data["rule"]:
        hint += " For years after the last claim, rule.later may say how they go on."
    near = [one for one in ledger if any(is_wanted(one, scenario, wanted, y, "growth") for y in missing)]
    found = "; ".join(f"{one.quote!r} for {one.period} ({_kept_out(one)})" for one in near[:3])
    hint += f" The ledger has {found}." if near else ""
    return Problem("missing-step-claim", message, scenario.place("rule", "steps"), hint, "refusal")


def _kept_out(claim: Claim) -> str:
    """The keys by which a claim may differ from what is asked for."""
    since = f"since {claim.baseline}" if claim.baseline else ""
    prices = f"{claim.prices} prices" if claim.prices else ""
    return ", ".join(part for part in (claim.status or "status not said", since, prices, claim.unit) if part)
