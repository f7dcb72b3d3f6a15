"""What each number of what is owed rests on, as origins with ids."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from steelyard.project.agreements import CostSharing
from steelyard.project.ensemble import Origin, Row
from steelyard.project.found import Found, Inputs
from steelyard.project.making import WITH_BESIDE
from steelyard.project.origins import claim_origin, parameter_origin
from steelyard.project.parameters import Value
from steelyard.project.pledges import Pledge
from steelyard.project.sharing_origins import beside_origins, option_origins, option_symbols
from steelyard.project.substitution import Withdrawal
from steelyard.project.symbols import pledge_origin, profile_words
from steelyard.project.troop_swings import COST, MARGIN
from steelyard.project.troops import Troops


class _Group(NamedTuple):
    """Variables and headlines that rest on the same: their names, origins of their own, and symbols of the
    scenario's economy and spending.
    """

    names: Sequence[str]
    origins: Sequence[Origin]
    symbols: Sequence[str] = ()


def owed_origins(found: Found, inputs: Inputs) -> tuple[tuple[Origin, ...], dict[str, tuple[str, ...]]]:
    """All origins, and the ids of those that each variable and each headline of what is owed rests on."""
    groups = list(_groups(found))
    every = tuple(origin for group in groups for origin in group.origins)
    return every, {
        name: tuple(dict.fromkeys((*(one.id for one in group.origins), *inputs.at(*group.symbols))))
        for group in groups
        for name in group.names
    }


def _groups(found: Found) -> Iterator[_Group]:
    owed = found.course.owed
    for pledge in owed.pledges:
        yield from _of_pledge(found, pledge)
    if owed.sharing:
        yield from _of_sharing(found, owed.sharing)
    for troops in owed.troops:
        yield from _of_troops(found, troops)
    yield from _of_withdrawals(found, owed.withdrawals)


def _parameters(found: Found, values: Iterable[Value]) -> list[Origin]:
    return [parameter_origin(value, found.vocabulary) for value in values]


def _of_pledge(found: Found, pledge: Pledge) -> Iterator[_Group]:
    """A pledge's value, how it is signed and paid, and the claims of what it is bought from."""
    own = [*_parameters(found, [pledge.value]), pledge_origin(pledge, found.scenario)]
    planned = _parameters(found, [pledge.planned_value] if pledge.planned_value else [])
    claims = [claim_origin(claim) for amount in pledge.part_claims for claim in amount.claims]

    def named(*kinds: str) -> list[str]:
        return [f"{kind}:{pledge.id}" for kind in kinds]

    yield _Group(named("pledge_commitment", "pledge_backlog", "pledge_paid_after"), own)
    yield _Group(named("pledge_outlay_foreign"), own, pledge.moved_abroad)
    outlays = named("pledge_outlay", "pledge_outlay_cumulative", "pledge_exposure")
    yield _Group(outlays, own, pledge.moved)
    yield _Group(named("pledge_added_least", "pledge_added_most"), [*own, *planned], pledge.moved)
    yield _Group(named("pledge_part", "pledge_part_peak"), [*own, *claims], [*pledge.moved, "ME"])


def _of_sharing(found: Found, sharing: CostSharing) -> Iterator[_Group]:
    """What is paid under an agreement, under each option after it, as components, and beside it."""
    first = sharing.options[0]
    during = option_origins(found, sharing, first, during=True)
    symbols = option_symbols(found, sharing, first, during=True)
    yield _Group(["cost_sharing", "cost_sharing_term_end"], during, symbols)
    yield _Group(["cost_sharing_foreign"], during, [*symbols, "E"])
    for option in sharing.options:
        own, moved = option_origins(found, sharing, option), option_symbols(found, sharing, option)
        names = [f"{kind}:{option.id}" for kind in ("cost_sharing", "cost_sharing_horizon")]
        yield _Group(names, own, moved)
        yield _Group([f"cost_sharing_foreign:{option.id}"], own, [*moved, "E"])
    for part in sharing.components:
        own = [*_parameters(found, part.values), *during]
        yield _Group([f"cost_sharing:{part.id}"], own, symbols)
        yield _Group([f"cost_sharing_foreign:{part.id}"], own, [*symbols, "E"])
    for line in sharing.beside:
        yield _Group([f"cost_sharing_beside:{line.id}"], beside_origins(found, sharing, line))
    added = [origin for line in sharing.added for origin in beside_origins(found, sharing, line)]
    yield _Group([WITH_BESIDE], [*during, *added], symbols)


def _of_troops(found: Found, troops: Troops) -> Iterator[_Group]:
    """How many troops there are, the laws on them in the years of the scenario, and what they cost."""
    levels = _parameters(found, troops.levels.values())
    laws = [law for law in troops.laws if any(map(law.holds_in, troops.levels))]
    under = [value for year, value in troops.levels.items() if any(law.holds_in(year) for law in laws)]
    yield _Group([f"troops:{troops.id}"], levels)
    yield _Group([f"{MARGIN}:{troops.id}"], _parameters(found, [*under, *(law.value for law in laws)]))
    names = [f"{kind}:{troops.id}" for kind in ("troop_cost", COST)]
    costs, symbols = _parameters(found, troops.costs), found.economy.cost_symbols(troops.unit)
    yield _Group(names, [*levels, *costs], symbols if costs else ())


def _of_withdrawals(found: Found, withdrawals: Sequence[Withdrawal]) -> Iterator[_Group]:
    """What is withdrawn, and what is known of the price of each substitute."""
    priced = [one for one in withdrawals if one.is_priced]
    values = _parameters(found, (value for one in priced for value in one.values.values()))
    gaps = _parameters(found, (one.values[name] for one in priced for name in ("start", "lead")))
    units = dict.fromkeys(one.values["price"].unit for one in priced)
    symbols = [symbol for unit in units for symbol in found.economy.cost_symbols(unit)]
    costs = [f"substitution{kind}" for kind in ("", "_cumulative", "_total", "_drawn", "_drawn_cumulative")]
    costs.append("substitution_total_drawn")
    yield _Group(["coverage"], [*(_withdrawal_origin(found, one) for one in withdrawals), *values])
    own = [_withdrawal_origin(found, one) for one in priced]
    yield _Group(["gap_years"], [*own, *gaps])
    yield _Group(costs, [*own, *values], symbols)
    yield _of_saved(found, [one for one in withdrawals if one.saved])


def _of_saved(found: Found, withdrawals: Sequence[Withdrawal]) -> _Group:
    """What is no longer paid for what is withdrawn: amounts, or parts of what is paid by agreement."""
    values = [one.saved for one in withdrawals if one.saved]
    origins = [*(_withdrawal_origin(found, one) for one in withdrawals), *_parameters(found, values)]
    symbols = [one for value in values if value.unit != "%" for one in found.economy.cost_symbols(value.unit)]
    sharing = found.course.owed.sharing
    if sharing and any(value.unit == "%" for value in values):
        for option in sharing.options:
            origins += option_origins(found, sharing, option)
            symbols += option_symbols(found, sharing, option)
    return _Group(["saved"], origins, tuple(dict.fromkeys(symbols)))


def _withdrawal_origin(found: Found, one: Withdrawal) -> Origin:
    """What the scenario says is withdrawn."""
    identifier, layer = f"assumption:withdrawal:{one.function}:{one.actor}", found.scenario.entry.id
    label, value = f"withdrawal: {one.label}", f"{one.actor}, {one.year}"
    return Origin(identifier, "assumption", label, value, "", layer, {"reason": one.reason})


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
