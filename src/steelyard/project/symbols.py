"""What each symbol of an equation rests on, so that a number lists just the inputs that its equation uses."""

from __future__ import annotations

from collections.abc import Iterator

from steelyard.project.ensemble import Origin
from steelyard.project.fans import Course, streams_of
from steelyard.project.found import Found, Inputs
from steelyard.project.military import VARIABLE as MILITARY
from steelyard.project.origins import (
    assumption_origin,
    bridge_origin,
    claim_origin,
    is_used,
    parameter_origin,
    price_origins,
    rule_origins,
    series_origin,
)
from steelyard.project.pledges import Pledge
from steelyard.project.scenario import Scenario
from steelyard.project.sharing_origins import option_origins, option_symbols
from steelyard.project.target import find_target
from steelyard.project.valuations import PARITY, Valuation
from steelyard.project.variables import symbols_in

Groups = dict[str, list[Origin]]
_PARITIES = {PARITY: "R~", MILITARY: "M_c"}


def origins_of(found: Found) -> tuple[tuple[Origin, ...], Inputs]:
    """All inputs of a scenario, and which of them each symbol of an equation rests on."""
    groups = _base_groups(found)
    groups |= _economy_groups(found, groups)
    groups["F"] = list(_floor_origins(found, found.course, groups))
    groups["ME"] = groups["ME_c"] = list(_policy_origins(found, found.course, groups))
    if found.reference:
        groups["ME_ref"] = list(_policy_origins(found, found.reference, groups))
    for one in found.valuations:
        if one.variable in _PARITIES:
            groups[_PARITIES[one.variable]] = list(_parity_origins(found, one, groups))
    inputs = {symbol: tuple(dict.fromkeys(one.id for one in group)) for symbol, group in groups.items()}
    every = {origin.id: origin for group in groups.values() for origin in group}
    return tuple(every.values()), Inputs(inputs)


def _base_groups(found: Found) -> Groups:
    """What the numbers of the base year, the target and the limits rest on; `start` is spending of the base
    year in national currency.
    """
    base, limits, vocabulary = found.base, found.limits, found.vocabulary
    rate = [series_origin(found.economy.cells["rate"])]
    spending = [claim_origin(one) for one in base.spending.claims]
    share = [claim_origin(one) for one in base.share.claims]
    share += [bridge_origin(base.bridge)] if base.bridge else []
    converted = [] if base.spending.unit == found.economy.currency else rate
    single = {"b*": found.target, "cap": limits.cap, "u": limits.execution}
    return {
        "ME0": spending,
        "b0": share,
        "Y0": [*spending, *share],
        "ME0_printed": [claim_origin(one) for one in (base.printed.claims if base.printed else ())],
        "E[t0]": rate,
        "start": [*spending, *converted],
        **{symbol: [parameter_origin(one, vocabulary)] if one else [] for symbol, one in single.items()},
    }


def _economy_groups(found: Found, groups: Groups) -> Groups:
    """What growth, prices, the exchange rate and discounting rest on."""
    scenario, economy = found.scenario, found.economy
    series = {role: series_origin(cells) for role, cells in economy.cells.items()}
    used = [one for one in scenario.assumptions if is_used(one, found)]

    def of(*names: str) -> list[Origin]:
        """Series by role, then assumptions by variable."""
        assumed = [assumption_origin(one, scenario) for one in used if one.variable in names]
        return [*(series[name] for name in names if name in series), *assumed]

    def errors(name: str) -> list[Origin]:
        """Past errors of forecasts of a variable, as far ahead as the scenario goes."""
        found, count = economy.shocks.errors.get(name, ()), len(scenario.years)
        return [series_origin([(one, point) for point in one.points[:count]]) for one in found]

    draws = [_draws_origin(found)]
    if beside := [role for role in series if role.startswith("beside.")]:
        # What countries have in common is learnt from all their variables together.
        draws += of(*beside, "home.real", "home.nominal", "abroad.nominal", "abroad.real", "rate")
    calm = of("home.real", "home.nominal", "inflation")
    prices, abroad = (
        [*calm, *draws, *errors("inflation")],
        of("abroad.nominal", "abroad.real", "foreign_inflation"),
    )
    home, foreign = (
        list(price_origins(index, scenario, scenario.years if index.asked else ()))
        for index in (economy.defence_prices, economy.defence_prices_abroad)
    )
    growth = of("home.real", "real_growth")
    return {
        "g": growth,
        "P": prices,
        "P~": calm,
        "Y": [*groups["start"], *groups["Y0"], *growth, *prices, *errors("real_growth")],
        "P_US": abroad,
        "Q": [*prices, *home],
        "Q_US": foreign,
        "E": [*prices, *abroad, *of("rate", "real_exchange_rate"), *errors("real_exchange_rate")],
        "rho": of("discount_rate"),
    }


def _draws_origin(found: Found) -> Origin:
    """The draws of the economy with what names their streams; past shocks come by the last of them."""
    scenario, economy = found.scenario, found.economy
    streams = streams_of(scenario, economy)[0 if economy.shocks.past is None else -1 :]
    key = {
        "seed": f"{scenario.seed}",
        "shocks": ", ".join(" ".join(filter(None, one)) for one in streams),
        "years": f"{scenario.years[0]} to {scenario.horizon}",
    }
    label = f"{scenario.draws:,} draws of the economy with seed {scenario.seed}; {economy.shocks.words}"
    return Origin(f"draws:{scenario.seed}:{scenario.draws}", "draws", label, reference=key)


def _policy_origins(found: Found, course: Course, groups: Groups) -> Iterator[Origin]:
    """What spending rests on: the base year, the rule with its symbols, and what keeps it from its plan."""
    vocabulary, limits = found.vocabulary, course.limits
    rule, *numbers = rule_origins(course.scenario)
    aim, _ = find_target(course.scenario, vocabulary)
    own = groups | {"b*": [parameter_origin(aim, vocabulary)] if aim else []}
    yield from groups["start"]
    for symbol in symbols_in(rule.label):
        yield from own[symbol] if symbol != "ME" else ()
    yield from (rule, *numbers)
    for rise in course.rises:
        yield from (claim_origin(claim) for claim in rise.claims)
        yield from (parameter_origin(one, vocabulary) for one in (rise.value,) if one)
    yield from (parameter_origin(one, vocabulary) for one in (limits.cap, limits.execution) if one)
    yield from _floor_origins(found, course, groups)


def _floor_origins(found: Found, course: Course, groups: Groups) -> Iterator[Origin]:
    """What the floor rests on: its values, what moves them, what is owed under pledges and by agreement."""
    limits, owed, scenario = course.limits, course.owed, course.scenario
    rows, symbols = scenario.data.get("limits", {}).get("floor", ()), dict[str, None]()
    for line in limits.floor:
        yield from (parameter_origin(value, found.vocabulary) for value in line.numbers)
        symbols |= dict.fromkeys(["P"] if any(one.prices for one in line.parts) else [])
        symbols |= dict.fromkeys(["E"] if any(one.rate for one in line.parts) else [])
    for pledge in owed.pledges:
        if any(row.get("pledge") == pledge.id for row in rows):
            yield pledge_origin(pledge, scenario)
            symbols |= dict.fromkeys(pledge.moved)
    for prices in found.economy.indices:
        if any(row.get("index") == prices.kind.role for row in rows):
            yield from price_origins(prices, scenario, scenario.years)
    for option in owed.sharing.options if limits.payment and owed.sharing else ():
        assert owed.sharing
        yield from option_origins(found, owed.sharing, option)
        symbols |= dict.fromkeys(option_symbols(found, owed.sharing, option))
    for symbol in symbols:
        yield from groups[symbol] if symbol != "ME" else ()


def pledge_origin(pledge: Pledge, scenario: Scenario) -> Origin:
    """How a pledge is signed and paid, as the scenario takes it."""
    label = f"{pledge.label}: how it is signed and paid"
    return Origin(
        f"assumption:pledge:{pledge.id}", "assumption", label, profile_words(pledge), "",
        scenario.entry.id, {"reason": pledge.reason},
    )  # fmt: skip


def profile_words(pledge: Pledge) -> str:
    """When a pledge is signed and paid, in percent by year."""
    signed, paid = (
        ", ".join(f"{year}: {100 * part:.4g}%" for year, part in parts.items() if part)
        for parts in (pledge.signed, pledge.paid)
    )
    return f"signed {signed}; paid {paid}"


def _parity_origins(found: Found, valuation: Valuation, groups: Groups) -> Iterator[Origin]:
    """What the parities rest on by which spending is told in another money."""
    yield from (series_origin(cells) for cells in valuation.cells)
    yield from (assumption_origin(one, found.scenario) for one in valuation.assumptions)
    yield from (parameter_origin(value, found.vocabulary) for value in valuation.values)
    layer = found.scenario.entry.id
    for name, text, reason in valuation.notes:
        identifier = f"assumption:{name.replace(' ', '_')}"
        yield Origin(identifier, "assumption", name, text, "", layer, {"reason": reason})
    for symbol in valuation.symbols:
        yield from groups[symbol]
