"""What is owed in one draw: the numbers of `owed_results.py` again, without any other draw."""

from __future__ import annotations

from math import nan

from steelyard.project.agreements import CostSharing
from steelyard.project.category_results import EQUATIONS, category_in_draw
from steelyard.project.components import Ends
from steelyard.project.counting import PAYMENTS
from steelyard.project.drawn_inputs import Draws
from steelyard.project.economy import Paths
from steelyard.project.ensemble import Ensemble
from steelyard.project.equations import carried_out
from steelyard.project.fans import Run
from steelyard.project.making import WITH_BESIDE
from steelyard.project.payments import Line, amounts_of
from steelyard.project.substitution_results import DRAWN, SAVED, amounts_in

_UNKNOWN = Ends(nan, nan, nan)


def owed_in_draw(run: Run, ensemble: Ensemble, variable: str, paths: Paths, draw: int = 0) -> list[float]:
    """A variable of what is owed in the one draw of `paths`, by year; what no draw moves is what it is.

    `draw` is its number.
    """
    kind, _, name = variable.partition(":")
    if run.owed.sharing and kind in (*PAYMENTS, WITH_BESIDE):
        return _payments_in_draw(run, run.owed.sharing, kind, name, paths)
    if any(one.id == name for one in run.categories) and kind in EQUATIONS:
        return category_in_draw(run, variable, paths)
    if kind.removesuffix("_cumulative") in (DRAWN, SAVED):
        return [float(values[0]) for values in amounts_in(run, kind, Draws(paths, draw), "shown")]
    line = _line_of(run, kind, name)
    if line:
        total = kind.endswith("_cumulative")
        return [sum(line.amounts[0]), *(float(pair[total][0]) for pair in amounts_of(line, paths))]
    central = {cell.year: cell.central for cell in ensemble.series(variable)}
    years = [central.get(year, nan) for year in ensemble.years]
    if kind != "pledge_part":
        return years
    # In each year a pledge takes the more of its part of spending the less is spent in its currency.
    calm, drawn = (
        [float(values[0]) for other, values in run.ways[0].amounts(one) if other == "spending_foreign"]
        for one in (run.calm, paths)
    )
    return [value * before / now for value, before, now in zip(years, calm, drawn, strict=True)]


def _payments_in_draw(run: Run, sharing: CostSharing, kind: str, name: str, paths: Paths) -> list[float]:
    """What is paid by agreement in one draw, at home or at the rate of the year."""
    options = [option.id for option in sharing.options]
    number = options.index(name) if name in options else 0
    policy = run.payments[number][0].policy
    assert policy.agreement
    paid = [policy.agreement.amount, *(float(year.paid[0]) for year in carried_out(policy, paths))]
    rates = [1.0, *(float(rate[0]) for rate in paths.rate)]
    years = (run.scenario.base_year, *run.scenario.years)
    for part in sharing.components:
        if part.id == name:
            parts = (part.shares.get(year, _UNKNOWN).shown for year in years)
            paid = [one * share for one, share in zip(paid, parts, strict=True)]
    if kind == WITH_BESIDE:
        more = (sharing.added_in(year) or _UNKNOWN for year in years)
        return [run.scale(0).gdp * one + added.shown for one, added in zip(paid, more, strict=True)]
    if kind == PAYMENTS[0]:
        return [run.scale(0).gdp * one for one in paid]
    return [run.scale(0).gdp * one / rate / run.economy.rate for one, rate in zip(paid, rates, strict=True)]


def _line_of(run: Run, kind: str, name: str) -> Line | None:
    """The line at the values to show that a variable is made from; None where it is made from none."""
    names = {
        "pledge_outlay": f"pledge {name} 0",
        "troop_cost": f"troops {name} 0",
        "substitution": "substitution 0",
    }
    wanted = names.get(kind.removesuffix("_cumulative"))
    return next((one for one in run.owed.lines(run.scenario, run.economy) if one.name == wanted), None)
