"""The few numbers that are quoted: what is missing to a target, in three senses, and how likely it is met.

"Needs an additional X" is never one number. `x_static` is what the target would take of today's economy,
`x_annual` of the economy of the target year, `x_cumulative` what the path costs more than a constant share
until then.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from steelyard.core.interval import Interval
from steelyard.project.base import Base
from steelyard.project.drivers import mean_growth
from steelyard.project.ensemble import Headline, Reach, cut
from steelyard.project.fans import Fan, Run

MEDIAN = 2  # in PROBABILITIES


@dataclass(frozen=True, slots=True)
class Inputs:
    """The ids of the origins that a number rests on, by what it is made of."""

    base: tuple[str, ...]
    target: tuple[str, ...]
    local: tuple[str, ...]
    foreign: tuple[str, ...]
    discount: tuple[str, ...]

    def of(self, variable: str) -> tuple[str, ...]:
        """The origins of a variable."""
        more = self.foreign if variable.endswith("_foreign") else ()
        less = self.discount if variable.endswith("_discounted") else ()
        return tuple(dict.fromkeys((*self.base, *self.target, *self.local, *more, *less)))


_EQUATIONS = {
    "spending": "ME[t]",
    "spending_real": "ME[t] / P[t]",
    "spending_foreign": "ME[t] / E[t]",
    "share": "100 ME[t] / Y[t]",
    "gdp": "Y[t] = Y[t-1] exp(g[t] + pi[t])",
    "extra": "ME[t] - b0 Y[t]",
    "extra_real": "(ME[t] - b0 Y[t]) / P[t]",
    "extra_foreign": "(ME[t] - b0 Y[t]) / E[t]",
    "extra_cumulative": "sum (ME[t] - b0 Y[t])",
    "extra_cumulative_real": "sum (ME[t] - b0 Y[t]) / P[t]",
    "extra_cumulative_foreign": "sum (ME[t] - b0 Y[t]) / E[t]",
    "extra_cumulative_discounted": "sum (ME[t] - b0 Y[t]) / P[t] / (1 + rho)^(t - t0)",
    "needed": "(b* - b0) Y[t]",
    "needed_foreign": "(b* - b0) Y[t] / E[t]",
}


def equation_of(variable: str) -> str:
    """The equation that gives a variable."""
    return _EQUATIONS[variable]


def units_of(run: Run) -> Mapping[str, str]:
    """The unit of each variable."""
    home, abroad = run.economy.currency, run.economy.foreign_currency
    real = f"{home} at {run.scenario.base_year} prices"
    endings = {
        "_real": real,
        "_foreign": abroad,
        "_discounted": f"{real}, discounted to {run.scenario.base_year}",
    }
    units = {}
    for variable in _EQUATIONS:
        found = [unit for ending, unit in endings.items() if variable.endswith(ending)]
        units[variable] = "% of GDP" if variable == "share" else found[0] if found else home
    return units


def headlines_of(
    run: Run, base: Base, fans: Mapping[str, Fan], reached: Sequence[Reach], inputs: Inputs
) -> tuple[Headline, ...]:
    """All headline numbers, in the order in which they are to be read."""
    numbers = [_implied_gdp(base, inputs)]
    if "target" in run.scenario.data:
        numbers += _static(run, base, inputs)
        numbers += _in_year(run, fans, inputs, "x_annual", "needed", "a year in {by}, in that year's economy")
    span = f"{run.scenario.base_year + 1} to {run.scenario.by}"
    for ending in ("", "_real", "_discounted", "_foreign"):
        words = f"{span} together, more than a constant share"
        numbers += _in_year(run, fans, inputs, f"x_cumulative{ending}", f"extra_cumulative{ending}", words)
    for ending in ("", "_foreign"):
        numbers += _in_year(
            run, fans, inputs, f"spending_target_year{ending}", f"spending{ending}", "spent in {by}"
        )
    if "target" in run.scenario.data:
        numbers.append(_needed_growth(run, inputs))
        numbers += _reached(run, reached, inputs)
    return tuple(numbers)


def _implied_gdp(base: Base, inputs: Inputs) -> Headline:
    """The GDP that spending and share imply: no published figure."""
    value = float(base.spending.value / base.share.value * 100)
    return _ranged("implied_gdp", "implied GDP (spending divided by its share)", base.spending.unit, value,
                   base.implied_gdp, "Y0 = ME0 / b0", inputs.base)  # fmt: skip


def static_gap(base: Base, target: Decimal) -> Interval:
    """What the target (in percent) takes on top of base-year spending, in its unit: exact over the claims'
    ends.

    ME0 (b* / b0 - 1), in which each claimed number stands once, so that the four corners bound it.
    """
    spending, share = base.spending.interval, base.share.interval
    one = Interval.exactly(1)
    return spending * (Interval.exactly(target) / share - one)


def _static(run: Run, base: Base, inputs: Inputs) -> Iterator[Headline]:
    """x_static, in national and in foreign currency; the one in the claim's own currency is exact."""
    target = Decimal(repr(run.plans[0].target)) * 100
    gap = static_gap(base, target)
    value = float(base.spending.value * (target / base.share.value - 1))
    rate = run.economy.rate
    at_home = base.spending.unit == run.economy.currency
    factors = {"x_static": 1.0 if at_home else rate, "x_static_foreign": 1 / rate if at_home else 1.0}
    units = (run.economy.currency, run.economy.foreign_currency)
    label = f"a year on top of {run.scenario.base_year}'s spending, in {run.scenario.base_year}'s economy"
    for (name, factor), unit in zip(factors.items(), units, strict=True):
        ids = dict.fromkeys((*inputs.base, *inputs.target, *(() if factor == 1.0 else inputs.foreign)))
        scaled = gap.scaled(Decimal(repr(factor)))
        yield _ranged(name, label, unit, value * factor, scaled, "X_static = (b* - b0) Y[t0]", tuple(ids))


def _ranged(
    name: str, label: str, unit: str, value: float, range_: Interval, equation: str, inputs: tuple[str, ...]
) -> Headline:
    low, high = (cut(float(end), 0.0) for end in (range_.low, range_.high))
    return Headline(name, label, unit, cut(value, 0.0), low, high, equation, inputs)


def _in_year(
    run: Run, fans: Mapping[str, Fan], inputs: Inputs, name: str, variable: str, words: str
) -> Iterator[Headline]:
    """A variable in the target year; in both currencies where the name asks for the year's economy."""
    pairs = [(name, variable)]
    if variable == "needed":
        pairs.append((f"{name}_foreign", f"{variable}_foreign"))
    by = run.scenario.by
    t = by - run.scenario.base_year
    for title, key in pairs:
        if key not in fans:
            continue
        fan = fans[key]
        yield Headline(
            title,
            words.format(by=by),
            units_of(run)[key],
            fan.quantiles[t][MEDIAN],
            *fan.quantile_boxes[t][MEDIAN],
            equation_of(key),
            inputs.of(key),
            by,
            tuple(fan.quantiles[t]),
        )


def _needed_growth(run: Run, inputs: Inputs) -> Headline:
    """Real growth of spending a year that takes the share to the target if GDP grows as on the central
    path.
    """
    years = run.scenario.by - run.scenario.base_year
    gdp = 1 + mean_growth(run.economy.central[0][:years])
    rates = [100 * ((plan.target / plan.share) ** (1 / years) * gdp - 1) for plan in run.plans]
    low, high = (cut(end, 0.0) for end in (min(rates), max(rates)))
    equation = "1 + r* = (b* / b0)^(1 / n) (1 + g)"
    label = f"real growth of spending a year until {run.scenario.by} that the target takes"
    ids = tuple(dict.fromkeys((*inputs.base, *inputs.target, *inputs.local)))
    return Headline(
        "needed_real_growth", label, "%", cut(rates[0], 0.0), low, high, equation, ids, run.scenario.by
    )


def _reached(run: Run, reached: Sequence[Reach], inputs: Inputs) -> Iterator[Headline]:
    """The probability of having met the target by its year, and by the horizon where that is later."""
    for name, year in {"p_reach": run.scenario.by, "p_reach_horizon": run.scenario.horizon}.items():
        if name == "p_reach_horizon" and year == run.scenario.by:
            continue
        one = next(chance for chance in reached if chance.year == year)
        label = f"probability that the share has reached the target in some year until {year}"
        yield Headline(name, label, "", one.value, one.low, one.high, "P(tau <= t)", inputs.of("share"), year)
