"""When the gap to a target closes, and which growth of GDP keeps it open though the plan is carried out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import inf, isfinite

from steelyard.project.ensemble import PROBABILITIES, Headline, Reach
from steelyard.project.equations import Policy, carried_out
from steelyard.project.errors import cut, rank_error
from steelyard.project.fans import Run
from steelyard.project.found import Inputs
from steelyard.project.rules import RULES

CALENDAR = "calendar year"
_ENOUGH = 1 - 1e-9  # of the target: what less than that lacks is no more than floats leave


def gap_closes(run: Run, reached: Sequence[Reach], inputs: Inputs) -> Iterator[Headline]:
    """The year in which the share first meets the target, and how often it meets it in none.

    It is read off the chances of having met it, so that the two cannot differ. Where too few draws meet it,
    a quantile is no year but infinite.
    """
    horizon, ids = run.scenario.horizon, inputs.at("ME", "Y", "b*")
    middle = 0.5
    years = [_first(reached, [one.value for one in reached], chance) for chance in PROBABILITIES]
    low, high = (
        _first(reached, ends, middle)
        for ends in ([one.high for one in reached], [one.low for one in reached])
    )
    label = "year in which the share first meets the target, the median of the draws"
    errors = tuple(_year_error(reached, chance, run.scenario.draws) for chance in PROBABILITIES)
    yield Headline(
        "gap_closes", label, CALENDAR, years[PROBABILITIES.index(middle)], low, high,
        "tau = min{t: b[t] >= b*}", ids, None, tuple(years), f"later than {horizon}",
        errors[PROBABILITIES.index(middle)], errors,
    )  # fmt: skip
    last = reached[-1]
    label = f"probability that the share meets the target in no year until {horizon}"
    value, least, most = (_rest(end) for end in (last.value, last.high, last.low))
    yield Headline(
        "p_never", label, "", value, least, most, "1 - P(tau <= T)", ids, horizon, error=last.error
    )


def _first(reached: Sequence[Reach], chances: Sequence[float], wanted: float) -> float:
    """The first year by which the chance is so high; infinite where there is none."""
    pairs = zip(reached, chances, strict=True)
    return float(next((one.year for one, chance in pairs if chance >= wanted), inf))


def _year_error(reached: Sequence[Reach], chance: float, draws: int) -> float:
    """Half the distance between the years that lie one binomial standard deviation to either side; infinite
    where the later one is beyond the horizon.
    """
    chances, off = [one.value for one in reached], rank_error(chance, draws)
    early, late = (_first(reached, chances, chance + one) for one in (-off, off))
    return (late - early) / 2 if isfinite(late) else inf


def _rest(chance: float) -> float:
    """What is left to certainty, without what floats leave."""
    return round(1 - chance, 12)


def break_even(run: Run, inputs: Inputs) -> Iterator[Headline]:
    """The growth of GDP a year above which the target is missed in its year although the plan is carried out.

    A plan in money does not follow GDP, and a plan in real terms only its prices, so that growth alone can
    undo it. A plan in shares of the GDP expected follows it; where limits hold it back there is no such
    number, and none is given.
    """
    policy, years = run.policies[0], run.scenario.by - run.scenario.base_year
    weights = [RULES[policy.rule].weights(policy.plan, t) for t in range(years)]
    real = any(one.real for one in weights)
    kind = "real growth of GDP" if real else "growth of GDP in current prices"
    label = f"{kind} a year until {run.scenario.by} above which the plan, carried out, misses the target"
    unbounded = ""
    if not any(one.gdp for one in weights):
        rates = [100 * break_even_growth(one, run, years, real=real) for one in run.policies]
    elif _is_free(policy):
        rates = [_of_share(one, years) for one in run.policies]
        unbounded = "none" if rates[0] > 0 else "any"
        label += f" (it is a share of the GDP expected, {'not' if rates[0] > 0 else 'and'} below the target)"
    else:
        return
    equation = f"1 + g = (ME[T] / {'P[T] / ' if real else ''}(b* Y[t0]))^(1 / n)"
    ids = inputs.at("ME", *(("P",) if real else ()), "b*", "Y0")
    shown, low, high = (cut(one, 0.0) for one in (rates[0], min(rates), max(rates)))
    yield Headline(
        "break_even_growth", label, "%", shown, low, high, equation, ids, run.scenario.by, (), unbounded
    )


def break_even_growth(policy: Policy, run: Run, years: int, *, real: bool) -> float:
    """The growth of GDP a year at which the spending of a plan that does not follow GDP is just the target
    share after so many years; in real terms that of spending at the prices of the base year.
    """
    *_, last = (year.spent for year, _ in zip(carried_out(policy, run.calm), range(years), strict=False))
    spent = float(last[0]) / (float(run.calm.prices[years - 1][0]) if real else 1.0)
    return float((spent / policy.plan.target) ** (1 / years) - 1)


def _is_free(policy: Policy) -> bool:
    """Whether nothing keeps a plan from being carried out as it is."""
    limits = policy.limits
    return limits.cap is None and not limits.floor and limits.execution == 1.0


def _of_share(policy: Policy, years: int) -> float:
    """No growth is high enough to undo a plan whose share is the target's; any undoes one that is lower."""
    planned = RULES[policy.rule].weights(policy.plan, years - 1).gdp
    return inf if planned >= policy.plan.target * _ENOUGH else -inf
