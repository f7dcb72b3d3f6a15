"""Which series plays which role in a scenario's economy: GDP at home and abroad, the rate, prices.

A role that no series fits is refused, one that several fit is a fault; so are units that do not go together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from steelyard.core.problems import Problem
from steelyard.core.series import Series
from steelyard.project.scenario import Scenario

CONSTANT = "constant"
# The path in `drivers` to the table that chooses the series of a role.
PATHS = {
    "home.nominal": ("home", "nominal"),
    "home.real": ("home", "real"),
    "abroad.nominal": ("abroad", "nominal"),
    "abroad.real": ("abroad", "real"),
    "rate": ("exchange_rate",),
    "consumer_prices": ("consumer_prices",),
    "defence_prices": ("defence_prices",),
    "defence_prices_abroad": ("defence_prices_abroad",),
    "purchasing_power": ("purchasing_power",),
}
_OPTIONAL = ("consumer_prices", "defence_prices", "defence_prices_abroad", "purchasing_power")
# A currency, by whose single units amounts are counted; its id is that of ISO 4217.
_CURRENCY = re.compile(r"[A-Z]{3}")
# Of these a missing series leaves out what is made from it, and no more.
_BESIDE = ("purchasing_power", "defence_prices", "defence_prices_abroad")
COMMON = ("shocks", "beside")


def beside(scenario: Scenario) -> dict[str, Mapping[str, Mapping[str, Any]]]:
    """The countries that have shocks in common with the scenario's, each with its tables of series."""
    tables = scenario.data["drivers"]["shocks"].get("beside", ())
    return {f"beside.{table['nominal']['actor']}": table for table in tables}


def _roles(scenario: Scenario) -> Iterator[tuple[str, tuple[str, ...], Mapping[str, Any]]]:
    """Each role that a series plays, with the path to the table that chooses the series."""
    for role, path in PATHS.items():
        table = scenario.data["drivers"]
        if role in _OPTIONAL and path[0] not in table:
            continue
        for key in path:
            table = table[key]
        yield role, path, table
    for side, tables in beside(scenario).items():
        yield from ((f"{side}.{key}", COMMON, table) for key, table in tables.items())


def chosen_series(scenario: Scenario, series: Sequence[Series]) -> tuple[dict[str, Series], list[Problem]]:
    """The one series for each role; none or several, and units that do not go together, are problems."""
    chosen, problems = dict[str, Series](), list[Problem]()
    for role, path, table in _roles(scenario):
        keys = _keys_of(role, table, scenario, chosen)
        if role == "rate" and (fault := _one_currency(scenario, chosen)):
            problems.append(fault)
            continue
        if role == "rate" and problems and "actor" not in keys and "unit" not in keys:
            continue  # between currencies of which one is not known, which is told
        found = [one for one in series if _fits(one, keys)]
        if len(found) == 1:
            chosen[role] = found[0]
        if len(found) == 1 or (role in _BESIDE and not found):
            continue
        wanted = ", ".join(f"{key} {text}" for key, text in keys.items())
        place = scenario.place("drivers", *path)
        if found:
            names = " and ".join(one.id for one in found[:3])
            message = f"More than one series has {wanted}: {names}."
            problems.append(Problem("ambiguous-series", message, place, "Name edition, unit or prices."))
        else:
            have = ", ".join(sorted(one.id for one in series)[:6]) or "none"
            hint = f"Add its rows to a file in the case's series folder. There: {have}."
            message = f"There is no series with {wanted}."
            problems.append(Problem("missing-series", message, place, hint, "refusal"))
    return chosen, problems or list(_unit_faults(scenario, chosen))


def _keys_of(
    role: str, table: Mapping[str, Any], scenario: Scenario, chosen: Mapping[str, Series]
) -> dict[str, str]:
    """What a series has to be for a role. Where no actor is named it is the scenario's own; a rate is that
    between the currencies of the two economies, whoever else has the same.
    """
    keys = {key: text for key, text in table.items() if key not in ("year", "reason")}
    if "actor" in keys:
        return keys
    sides = [chosen.get(f"{side}.nominal") for side in ("home", "abroad")]
    if role == "rate" and sides[0] and sides[1]:
        return {**keys, "unit": f"{sides[0].unit} per {sides[1].unit}"}
    if role == "rate":
        return keys
    return {**keys, "actor": scenario.data["actor"]}


def _fits(series: Series, keys: Mapping[str, str]) -> bool:
    """Whether a series is what the keys say; constant prices without a year are those of any."""
    rest = {key: text for key, text in keys.items() if (key, text) != ("prices", CONSTANT)}
    return series.fits(rest) and (rest == keys or series.prices.partition(":")[0] == CONSTANT)


def _one_currency(scenario: Scenario, chosen: Mapping[str, Series]) -> Problem | None:
    """The fault of two economies that count in the same money, so that there is no rate between them."""
    units = {chosen[f"{side}.nominal"].unit for side in ("home", "abroad") if f"{side}.nominal" in chosen}
    if len(chosen) < 4 or len(units) > 1:
        return None
    message = f"Home and abroad both count in {units.pop()}; there is no rate between them."
    hint = "Take a country of another currency for drivers.abroad, and the rate of the two."
    return Problem("one-currency", message, scenario.place("drivers", "abroad"), hint)


def _unit_faults(scenario: Scenario, chosen: dict[str, Series]) -> list[Problem]:
    """Pairs of series whose ratio means nothing, and a rate between other currencies."""
    problems = []
    for side in ("home", "abroad", *beside(scenario)):
        nominal, real = chosen[f"{side}.nominal"], chosen[f"{side}.real"]
        path = (side,) if side in ("home", "abroad") else COMMON
        if nominal.unit != real.unit:
            message = f"GDP at current prices is in {nominal.unit}, at constant prices in {real.unit}."
            place = scenario.place("drivers", *path)
            hint = "Give both in single units of one currency."
            problems.append(Problem("unit-mismatch", message, place, hint))
        elif not _CURRENCY.fullmatch(nominal.unit):
            message = f"GDP is in {nominal.unit!r}, which is no currency."
            hint = "Write amounts in single units, such as 2666360.425e9 with the unit KRW."
            problems.append(Problem("unit-mismatch", message, scenario.place("drivers", *path), hint))
        if nominal.prices == real.prices:
            message = f"Both series of GDP are at {real.prices or 'prices not said'}."
            hint = "One has to be at current, the other at constant prices; give prices in both."
            problems.append(Problem("unit-mismatch", message, scenario.place("drivers", *path), hint))
    rates = {"home": "rate", **{side: f"{side}.exchange_rate" for side in beside(scenario)}}
    for side, rate in rates.items():
        ours, theirs = chosen[f"{side}.nominal"].unit, chosen["abroad.nominal"].unit
        known = _CURRENCY.fullmatch(ours) and _CURRENCY.fullmatch(theirs)
        if known and chosen[rate].unit != f"{ours} per {theirs}":
            message = f"The exchange rate is in {chosen[rate].unit!r}, GDP in {ours} and abroad in {theirs}."
            place = scenario.place("drivers", *PATHS.get(rate, COMMON))
            hint = f"Give the rate as {f'{ours} per {theirs}'!r}, or correct the unit of GDP."
            problems.append(Problem("unit-mismatch", message, place, hint))
    drivers = scenario.data["drivers"]["exchange_rate"]
    if drivers["year"] != scenario.base_year and not drivers.get("reason"):
        message = (
            f"The exchange rate of {drivers['year']} is to stand for {scenario.base_year} without a reason."
        )
        hint = "Say why in drivers.exchange_rate.reason."
        problems.append(Problem("missing-key", message, scenario.place("drivers", "exchange_rate"), hint))
    return problems
