"""What each thing that is owed rests on: parameters, claims, series and assumptions as origins with ids."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from steelyard.project.agreements import CostSharing
from steelyard.project.ensemble import Origin, Row
from steelyard.project.found import Found, Inputs
from steelyard.project.origins import (
    claim_origin,
    parameter_origin,
    price_origins,
)
from steelyard.project.pledges import Pledge


def owed_origins(found: Found, inputs: Inputs) -> tuple[tuple[Origin, ...], dict[str, tuple[str, ...]]]:
    """All origins, and the ids of those that each thing owed rests on, by kind and id ("pledge:arms").

    What is paid by agreement stands under "cost_sharing", all substitutes under "withdrawals".
    """
    owed, vocabulary = found.course.owed, found.vocabulary
    economy = tuple(dict.fromkeys((*inputs.local, *inputs.foreign)))
    groups: dict[str, tuple[list[Origin], tuple[str, ...]]] = {}
    for pledge in owed.pledges:
        groups[f"pledge:{pledge.id}"] = (list(_of_pledge(found, pledge)), economy)
    for troops in owed.troops:
        values = [*troops.levels.values(), *troops.costs, *(law.value for law in troops.laws)]
        groups[f"troops:{troops.id}"] = (
            [*(parameter_origin(value, vocabulary) for value in values), *_of_costs(found, troops.unit)],
            inputs.foreign,
        )
    if owed.sharing:
        values = list(owed.sharing.values)
        rows = [parameter_origin(value, vocabulary) for value in values]
        paid = [_of_agreement(found), *rows, *price_origins(found.economy.consumer_prices, found.scenario)]
        groups["cost_sharing"] = (paid, economy)
        groups |= dict(_sharing_parts(found, owed.sharing, paid, economy))
    values = [value for one in owed.withdrawals for value in one.values.values()]
    units = {one.values["price"].unit for one in owed.withdrawals if one.is_priced}
    prices = [origin for unit in sorted(units) for origin in _of_costs(found, unit)]
    groups["withdrawals"] = ([*(parameter_origin(value, vocabulary) for value in values), *prices], economy)
    every = tuple(origin for origins, _ in groups.values() for origin in origins)
    return every, {
        name: tuple(dict.fromkeys((*(origin.id for origin in origins), *more)))
        for name, (origins, more) in groups.items()
    }


def _of_pledge(found: Found, pledge: Pledge) -> Iterator[Origin]:
    """A pledge's value, the claims of what it is bought from, and how it is signed and paid."""
    yield parameter_origin(pledge.value, found.vocabulary)
    if pledge.planned_value:
        yield parameter_origin(pledge.planned_value, found.vocabulary)
    yield from (claim_origin(claim) for amount in pledge.part_claims for claim in amount.claims)
    label = f"{pledge.label}: how it is signed and paid"
    yield Origin(
        f"assumption:pledge:{pledge.id}", "assumption", label, profile_words(pledge), "",
        found.scenario.entry.id, {"reason": pledge.reason},
    )  # fmt: skip


def profile_words(pledge: Pledge) -> str:
    """When a pledge is signed and paid, in percent by year."""
    signed, paid = (
        ", ".join(f"{year}: {100 * part:.4g} %" for year, part in parts.items() if part)
        for parts in (pledge.signed, pledge.paid)
    )
    return f"signed {signed}; paid {paid}"


def owed_rows(found: Found) -> Iterator[Row]:
    """What the scenario settles of all that is owed, each with its reason, as rows of assumptions."""
    owed, horizon = found.course.owed, found.scenario.horizon
    for pledge in owed.pledges:
        years = (min(pledge.signed), max(pledge.paid))
        yield _row(f"pledge: {pledge.label}", *years, profile_words(pledge), pledge.reason)
    if owed.sharing and owed.sharing.reason:
        options = " or ".join(option.label for option in owed.sharing.options)
        yield _row("cost sharing", owed.sharing.last + 1, horizon, options, owed.sharing.reason)
    for troops in owed.troops:
        for value in {value.written: value for value in troops.levels.values()}.values():
            years_of = [year for year, one in troops.levels.items() if one.written == value.written]
            reason = value.setting.text("reason") or str(value.setting.reference.get("title"))
            yield _row(troops.label, years_of[0], years_of[-1], value.written, reason)
    for one in owed.withdrawals:
        yield _row(f"withdrawal: {one.label}", one.year, horizon, one.actor, one.reason)


def _row(variable: str, first: int, last: int, value: str, reason: str) -> Row:
    return {"variable": variable, "from": first, "to": last, "value": value, "reason": reason}


def _of_agreement(found: Found) -> Origin:
    """The rule of an agreement with its reference."""
    sharing = found.course.owed.sharing
    assert sharing
    entry = sharing.entry
    reference = {key: str(text) for key, text in entry.table("reference").items()}
    layer = entry.layers.get("label", "packaged")
    return Origin(
        f"agreement:{entry.id}", "agreement", entry.label, entry.text("meaning"), "", layer, reference
    )


def _sharing_parts(
    found: Found, sharing: CostSharing, paid: Sequence[Origin], economy: tuple[str, ...]
) -> Iterator[tuple[str, tuple[list[Origin], tuple[str, ...]]]]:
    """What each component of a payment and each line beside it rests on, by its variable."""
    for part in sharing.components:
        own = [parameter_origin(value, found.vocabulary) for value in part.values]
        yield f"cost_sharing:{part.id}", ([*own, *paid], economy)
    layer = sharing.entry.layers.get("beside", "packaged")
    for line in sharing.beside:
        own = [parameter_origin(value, found.vocabulary) for value in line.values]
        identifier = f"agreement:{sharing.entry.id}:{line.id}"
        definition = Origin(identifier, "agreement", line.label, line.definition, "", layer)
        yield f"cost_sharing_beside:{line.id}", ([definition, *own], ())


def _of_costs(found: Found, unit: str) -> Iterator[Origin]:
    """The defence prices that costs in a currency follow, where they are asked for."""
    prices = found.economy.prices_of(unit)
    yield from price_origins(prices, found.scenario) if unit and prices.asked else ()
