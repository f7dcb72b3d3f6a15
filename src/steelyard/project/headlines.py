"""The few numbers that are quoted: what is missing to a target, in three senses, and how likely it is met.

"Needs an additional X" is never one number. `x_static` is what the target would take of today's economy,
`x_annual` of the economy of the target year, `x_cumulative` what the path costs more than a constant share
until then, and `x_cumulative_horizon` until the last year, where that is later: only over the same years do
the costs of two paths compare. A number in foreign currency says the rate: the same claim gives another at
another rate.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from steelyard.core.interval import Interval
from steelyard.project.base import Base
from steelyard.project.closing import break_even, gap_closes
from steelyard.project.drivers import mean_growth
from steelyard.project.ensemble import Headline, Reach
from steelyard.project.errors import cut
from steelyard.project.fans import Fan, Run
from steelyard.project.found import Found, Inputs
from steelyard.project.money import rate_words
from steelyard.project.rules import needed_growth
from steelyard.project.variables import equation_of, units_of

MEDIAN = 2  # in PROBABILITIES
_STATIC = "X_static = (b* - b0) Y[t0]"


def headlines_of(
    run: Run, found: Found, fans: Mapping[str, Fan], reached: Sequence[Reach], inputs: Inputs
) -> tuple[Headline, ...]:
    """All headline numbers, in the order in which they are to be read."""
    whole, economy = found.scenario, found.economy
    rate = rate_words(economy.rate, economy.currency, economy.foreign_currency, found.vocabulary)
    base, by = whole.base_year, whole.by

    def of_year(name: str, variable: str, words: str, year: int = by) -> Iterator[Headline]:
        yield from _in_year(run, fans, inputs, name, variable, words, rate, year)

    numbers = [_implied_gdp(found, inputs)]
    if found.target:
        numbers += _static(run, found, inputs, rate)
        words = f"needed in {by} on top of {base}'s share of GDP, in {by}'s economy"
        for ending in ("", "_foreign"):
            numbers += of_year(f"x_annual{ending}", f"needed{ending}", words)
    span = f"{base + 1} to {by} added up"
    for ending in ("", "_real", "_discounted", "_foreign"):
        words = f"cost of the path over a constant share of GDP, {span}"
        numbers += of_year(f"x_cumulative{ending}", f"extra_cumulative{ending}", words)
    if whole.horizon > by:
        words = f"cost of the path over a constant share of GDP, {base + 1} to {whole.horizon} added up"
        for ending in ("", "_foreign"):
            name, variable = f"x_cumulative_horizon{ending}", f"extra_cumulative{ending}"
            numbers += of_year(name, variable, words, whole.horizon)
    numbers += _against_reference(found, span, of_year)
    for ending in ("", "_foreign"):
        numbers += of_year(f"spending_target_year{ending}", f"spending{ending}", f"spending in {by}")
    numbers += of_year(
        "crowded_out_target_year", "crowded_out", f"taken from other uses by the floor in {by}"
    )
    if found.target:
        numbers.append(_needed_growth(run, inputs))
        numbers += break_even(run, inputs)
        numbers += _reached(run, reached, inputs)
        numbers += gap_closes(run, reached, inputs)
    return tuple(numbers)


def _against_reference(
    found: Found, span: str, of_year: Callable[[str, str, str], Iterator[Headline]]
) -> Iterator[Headline]:
    """What the path costs against the reference scenario in the same draws."""
    if found.reference:
        words = f"cost of the path over “{found.reference.scenario.entry.label}”, {span}"
        for ending in ("", "_real", "_discounted", "_foreign"):
            yield from of_year(f"x_difference{ending}", f"difference_cumulative{ending}", words)


def _implied_gdp(found: Found, inputs: Inputs) -> Headline:
    """The GDP that spending and share imply: no published figure."""
    base = found.base
    value = float(base.spending.value / base.share.value * 100)
    label = f"GDP of {found.scenario.base_year} that spending and its share imply"
    return _ranged("implied_gdp", label, base.spending.unit, value, base.implied_gdp,
                   "Y0 = ME0 / b0", inputs.at("ME0", "b0"))  # fmt: skip


def static_gap(base: Base, target: Decimal) -> Interval:
    """What the target (in percent) takes on top of base-year spending, in its unit: exact over the claims'
    ends.

    ME0 (b* / b0 - 1), in which each claimed number stands once, so that the four corners bound it.
    """
    spending, share = base.spending.interval, base.share.interval
    one = Interval.exactly(1)
    return spending * (Interval.exactly(target) / share - one)


def _static(run: Run, found: Found, inputs: Inputs, rate: str) -> Iterator[Headline]:
    """x_static in national and in foreign currency, and from what a source prints in the other currency.

    In the claim's own currency it is exact.
    """
    assert found.target
    target, base, economy = found.target.interval.low, found.base, found.economy
    year = found.scenario.base_year
    label = f"needed a year on top of {year}'s spending, in {year}'s economy"
    gap, value = static_gap(base, target), _static_value(base, target)
    at_home = base.spending.unit == economy.currency
    factors = {"x_static": 1.0 if at_home else economy.rate,
               "x_static_foreign": 1 / economy.rate if at_home else 1.0}  # fmt: skip
    units = (economy.currency, economy.foreign_currency)
    for (name, factor), unit in zip(factors.items(), units, strict=True):
        own = unit == base.spending.unit
        ids = inputs.at("ME0", "b0", "b*", *(() if own else ("E[t0]",)))
        words = label if own else f"{label}, at {rate}"
        scaled = gap if own else gap.scaled(Decimal(repr(factor)))
        yield _ranged(name, words, unit, value * factor, scaled, _STATIC, ids)
    if base.printed:
        other = replace(base, spending=base.printed)
        claim = base.printed.claims[0]
        words = f"{label}, from the {claim.quote} that {claim.document} prints, not converted"
        ids = inputs.at("ME0_printed", "b0", "b*")
        yield _ranged("x_static_printed", words, base.printed.unit, _static_value(other, target),
                      static_gap(other, target), _STATIC, ids)  # fmt: skip


def _static_value(base: Base, target: Decimal) -> float:
    return float(base.spending.value * (target / base.share.value - 1))


def _ranged(
    name: str, label: str, unit: str, value: float, range_: Interval, equation: str, inputs: tuple[str, ...]
) -> Headline:
    low, high = (cut(float(end), 0.0) for end in (range_.low, range_.high))
    return Headline(name, label, unit, cut(value, 0.0), low, high, equation, inputs)


def _in_year(
    run: Run,
    fans: Mapping[str, Fan],
    inputs: Inputs,
    name: str,
    variable: str,
    words: str,
    rate: str,
    year: int,
) -> Iterator[Headline]:
    """A variable in one year; nothing where the scenario has no such variable."""
    if variable not in fans:
        return
    base = run.scenario.base_year
    fan, t = fans[variable], year - base
    if variable.endswith("_foreign"):
        when = "each year" if "cumulative" in variable else "that year"
        words = f"{words}, at the market rate of {when} ({rate} in {base})"
    errors = fan.errors[t]
    yield Headline(
        name,
        words,
        units_of(run)[variable],
        fan.quantiles[t][MEDIAN],
        *fan.quantile_boxes[t][MEDIAN],
        equation_of(variable),
        inputs.of(variable),
        year,
        tuple(fan.quantiles[t]),
        error=errors[MEDIAN] if errors else None,
        errors=errors,
    )


def _needed_growth(run: Run, inputs: Inputs) -> Headline:
    """Real growth of spending a year that takes the share to the target if GDP grows as on the central
    path.
    """
    years = run.scenario.by - run.scenario.base_year
    gdp = 1 + mean_growth(run.economy.central[0][:years])
    rates = [100 * needed_growth(one.plan.share, one.plan.target, years, gdp) for one in run.policies]
    low, high = (cut(end, 0.0) for end in (min(rates), max(rates)))
    equation = "1 + r* = (b* / b0)^(1 / n) (1 + g)"
    label = f"real growth of spending a year until {run.scenario.by} that the target takes"
    ids = inputs.at("b0", "b*", "g")
    return Headline(
        "needed_real_growth", label, "%", cut(rates[0], 0.0), low, high, equation, ids, run.scenario.by
    )


def _reached(run: Run, reached: Sequence[Reach], inputs: Inputs) -> Iterator[Headline]:
    """The probability of having met the target by its year, and by the horizon where that is later; and of
    meeting it in its year and every year after.
    """
    by, horizon, ids = run.scenario.by, run.scenario.horizon, inputs.at("ME", "Y", "b*")
    chances = {chance.year: chance for chance in reached}
    for name, year in dict.fromkeys((("p_reach", by), ("p_reach_horizon", horizon))):
        if name == "p_reach_horizon" and year == by:
            continue
        one = chances[year]
        label = f"probability that the share has reached the target in some year until {year}"
        yield Headline(
            name, label, "", one.value, one.low, one.high, "P(tau <= t)", ids, year, error=one.error
        )
    one = chances[by]
    low, high = (one.kept if end is None else end for end in (one.kept_low, one.kept_high))
    span = f"in every year from {by} to {horizon}" if horizon > by else f"in {by} itself"
    label = f"probability that the share meets the target {span}"
    equation = "P(b[u] >= b* for all u in [t, T])"
    yield Headline("p_kept", label, "", one.kept, low, high, equation, ids, by, error=one.kept_error)
