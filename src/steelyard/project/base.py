"""What a scenario starts from: the claims of the ledger that give spending and its share of GDP in the base
year.

Several claims for one number are met where they agree. Where they do not, all that they leave open is kept,
and a warning names them: a dispute is no reason to guess, and no probability is made up for it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from typing import Any

from steelyard.core.claim import Claim, Ledger
from steelyard.core.interval import Interval
from steelyard.core.problems import Place, Problem
from steelyard.core.vocabulary import Vocabulary
from steelyard.project.perimeter import (
    DEFINITION,
    Bridge,
    apart_in,
    find_bridge,
    left_open,
    said,
)
from steelyard.project.scenario import Scenario

UNSTATED = "unstated"
LARGEST = Decimal("1e30")  # no budget has been that large, not even in the worst inflation


@dataclass(frozen=True, slots=True)
class Amount:
    """A number that claims give: all they leave open, the value to show, the unit, and the claims."""

    interval: Interval
    value: Decimal
    unit: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Base:
    """Spending and its share of GDP (in percent) in the base year.

    `printed` is the same spending as claims print it in the other currency, None where none does. `bridge` is
    what brought the share into the definition of the spending, where the claims differ in it; `unsaid` what
    only one of the two says: which one is silent, the key, and what the other says.
    """

    spending: Amount
    share: Amount
    printed: Amount | None = None
    bridge: Bridge | None = None
    unsaid: tuple[tuple[str, str, str], ...] = ()

    @property
    def implied_gdp(self) -> Interval:
        """The GDP that the two imply, in the unit of spending."""
        return self.spending.interval / self.share.interval.scaled(Decimal("0.01"))


def find_base(
    scenario: Scenario, ledger: Ledger, vocabulary: Vocabulary, units: Sequence[str]
) -> tuple[Base | None, list[Problem]]:
    """The base-year numbers, or None and the refusals that name the claims that would lift them.

    `units` are the currencies that spending may be given in, the preferred one first.
    """
    shares = [unit.id for unit in vocabulary.units.by_id.values() if unit.dimension == "share"]
    spending, problems = _find(scenario, ledger, vocabulary, "spending", units)
    share, faults = _find(scenario, ledger, vocabulary, "share", shares)
    problems += faults
    if spending is None or share is None:
        return None, problems
    problems += _range_faults(scenario, spending, share)
    share, bridge, faults = _bridged(scenario, spending, share, vocabulary)
    problems += faults
    usable = not any(problem.severity != "warning" for problem in problems)
    printed = _printed(scenario, ledger, vocabulary, spending, units)
    sides = (("share", spending.claims, share.claims), ("spending", share.claims, spending.claims))
    unsaid = tuple(
        (silent, key, value)
        for silent, one, other in sides
        for key, value in left_open(one, other, vocabulary)
    )
    return (Base(spending, share, printed, bridge, unsaid) if usable else None), problems


def _bridged(
    scenario: Scenario, spending: Amount, share: Amount, vocabulary: Vocabulary
) -> tuple[Amount, Bridge | None, list[Problem]]:
    """The share in the definition of the spending, by a bridge where they differ in nothing else; a refusal
    for each key in which they stay apart.
    """
    apart = apart_in(spending.claims, share.claims, vocabulary)
    bridge, problems = None, list[Problem]()
    ours, theirs = (said(one.claims, DEFINITION, vocabulary) for one in (spending, share))
    if DEFINITION in apart and len(ours) == len(theirs) == 1:
        (here,), (there,) = ours, theirs
        measure, actor = scenario.data["base"]["spending"]["measure"], scenario.data["actor"]
        bridge, problems = find_bridge(vocabulary, here, there, measure, actor, scenario.base_year)
        if bridge:
            del apart[DEFINITION]
            share = _in_definition(share, bridge, here)
    place = scenario.place("base", "share")
    return share, bridge, [*problems, *(_apart(key, apart[key], place) for key in apart)]


def _in_definition(share: Amount, bridge: Bridge, definition: str) -> Amount:
    """A share by another definition: spending by its own is `factor` times ours, or the other way round."""
    factor, middle = bridge.factor, bridge.factor.middle
    if bridge.start == definition:
        return Amount(share.interval / factor, share.value / middle, share.unit, share.claims)
    return Amount(share.interval * factor, share.value * middle, share.unit, share.claims)


def _apart(key: str, values: set[str], place: Place) -> Problem:
    """The refusal to divide spending by a share that says another thing of a key."""
    message = f"Spending and its share differ in {key}: {', '.join(sorted(values))}."
    hint = f"A claim of the share whose {key} is that of the spending would lift this"
    if key == DEFINITION:
        hint += "; so would a sourced bridge in definitions.toml. None is known for this actor and year."
    else:
        hint += "; no bridge between them is known."
    return Problem("base-perimeter", message, place, hint, "refusal")


def _printed(
    scenario: Scenario, ledger: Ledger, vocabulary: Vocabulary, spending: Amount, units: Sequence[str]
) -> Amount | None:
    """The same spending as claims of any document print it in another currency; nothing of another
    perimeter.
    """
    wanted = {key: text for key, text in scenario.data["base"]["spending"].items() if key != "document"}
    for unit in units:
        claims = tuple(
            claim
            for claim in _fitting(scenario, ledger, vocabulary, wanted, unit)
            if unit != spending.unit and not apart_in(spending.claims, (claim,), vocabulary)
        )
        if claims:
            return agreed(claims, unit, "spending", scenario.base_year, scenario.place("base", "spending"))[0]
    return None


def _range_faults(scenario: Scenario, spending: Amount, share: Amount) -> list[Problem]:
    """Shares outside 0 to 100 percent, and spending that may be nothing."""
    problems = []
    for part, amount, top in (("spending", spending, LARGEST), ("share", share, Decimal(100))):
        if amount.interval.low <= 0 or amount.interval.high > top:
            message = f"{amount.claims[0].quote!r} cannot be a base year's {part}."
            hint = f"Correct the claim {amount.claims[0].id} of {amount.claims[0].document}."
            problems.append(Problem("share-range", message, scenario.place("base", part), hint))
    return problems


def _find(
    scenario: Scenario, ledger: Ledger, vocabulary: Vocabulary, part: str, units: Sequence[str]
) -> tuple[Amount | None, list[Problem]]:
    """One number of the base year."""
    return find_amount(scenario, ledger, vocabulary, scenario.data["base"][part], units, part)


def find_amount(
    scenario: Scenario,
    ledger: Ledger,
    vocabulary: Vocabulary,
    wanted: Mapping[str, Any],
    units: Sequence[str],
    part: str,
) -> tuple[Amount | None, list[Problem]]:
    """What claims of the base year give for a table that says which are wanted; `part` is its key in `base`,
    or what messages call it.
    """
    for unit in [wanted["unit"]] if "unit" in wanted else units:
        if claims := _fitting(scenario, ledger, vocabulary, wanted, unit):
            return agreed(claims, unit, part, scenario.base_year, scenario.place("base", part))
    return None, [_missing(scenario, ledger, wanted, part, units, vocabulary)]


def _fitting(
    scenario: Scenario, ledger: Ledger, vocabulary: Vocabulary, wanted: Mapping[str, Any], unit: str
) -> tuple[Claim, ...]:
    """The claims in a unit that are what is asked for, status included."""
    return tuple(
        claim
        for claim in ledger
        if claim.unit == unit
        and is_wanted(claim, scenario, wanted, scenario.base_year)
        and has_status(claim, wanted, vocabulary)
    )


def is_wanted(
    claim: Claim, scenario: Scenario, wanted: Mapping[str, Any], year: int, statistic: str = "level"
) -> bool:
    """Whether a claim is a yearly level, or another statistic, of the measure, actor and year, whole and not
    denied; status apart.
    """
    return (
        claim.kind == "figure"
        and claim.low is not None
        and claim.high is not None
        and (claim.actor, claim.measure) == (scenario.data["actor"], wanted["measure"])
        and claim.statistic == statistic
        and claim.item == wanted.get("item")
        and claim.aggregation in (None, "yearly")
        and not (claim.negated or claim.part_of or claim.counterpart)
        and claim.when is not None
        and claim.when.year == year
        and claim.when.kind in ("year", "fiscal")
        and claim.definition == wanted.get("definition", claim.definition)
        and _file_name(claim.document) == _file_name(wanted.get("document", claim.document))
    )


def _file_name(path: str) -> str:
    """A document's name without its folders, which differ from machine to machine."""
    return path.replace("\\", "/").rpartition("/")[2]


def has_status(claim: Claim, wanted: Mapping[str, Any], vocabulary: Vocabulary) -> bool:
    """Whether the status is one that is asked for; by default any but targets, floors and the like."""
    if "status" in wanted:
        return (claim.status or UNSTATED) in wanted["status"]
    status = vocabulary.entry("statuses", claim.status)
    return status is None or not status.flag("exact")


def agreed(
    claims: tuple[Claim, ...], unit: str, part: str, year: int, place: Place
) -> tuple[Amount, list[Problem]]:
    """What claims of one number leave open together: their common part, or with a warning all of them.

    `part` and `year` tell in messages what they are of, `place` where a scenario chooses among them.
    """
    intervals = [claim.interval for claim in claims]
    common: Interval | None = intervals[0]
    for interval in intervals[1:]:
        common = common.meet(interval) if common else None
    if common is not None:
        narrowest = min(claims, key=lambda claim: claim.interval.width)
        printed = narrowest.value if narrowest.value is not None and narrowest.value in common else None
        return Amount(common, common.middle if printed is None else printed, unit, claims), []
    hull = reduce(Interval.hull, intervals)
    quotes = ", ".join(dict.fromkeys(f"{claim.quote!r} in {claim.document}" for claim in claims))
    message = f"The claims of {part} in {year} disagree: {quotes}. The box covers all of them."
    hint = f"Name one document or status in {place.key or part} to choose."
    problem = Problem("base-dispute", message, place, hint, "warning")
    # A value half way would be one that nobody has claimed.
    surest = max(claims, key=lambda claim: claim.confidence)
    value = surest.interval.middle if surest.value is None else surest.value
    return Amount(hull, value, unit, claims), [problem]


def _missing(
    scenario: Scenario,
    ledger: Ledger,
    wanted: Mapping[str, Any],
    part: str,
    units: Sequence[str],
    vocabulary: Vocabulary,
) -> Problem:
    """The refusal for want of a claim: what it would say, and which claims come near."""
    actor = vocabulary.label("actors", scenario.data["actor"])
    what = f"{vocabulary.label('measures', wanted['measure'])} of {actor} in {scenario.base_year}"
    status = " or ".join(wanted.get("status", ()))
    unit = wanted.get("unit") or " or ".join(units[:2])
    message = f"Not projected: no claim gives {what}" + (f" ({status})" if status else "") + f" in {unit}."
    near = [claim for claim in ledger if is_wanted(claim, scenario, wanted, scenario.base_year)]
    keys = f"{scenario.data['actor']}, {scenario.base_year}, level, in {unit}"
    hint = f"A claim of {wanted['measure']} for {keys} would lift this."
    if near:
        found = "; ".join(
            f"{claim.quote!r} ({claim.status or 'status not said'}, {claim.unit})" for claim in near[:3]
        )
        hint += f" The ledger has {found}."
    return Problem("missing-base-claim", message, scenario.place("base", part), hint, "refusal")
