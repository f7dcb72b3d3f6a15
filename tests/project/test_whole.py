"""A whole scenario once more, slowly and without arrays, from the rows of the series to the quantiles."""

from __future__ import annotations

import csv
from functools import cache
from math import exp, log, sqrt

import pytest

from steelyard.project import project_scenario
from tests.project.plain import plain_economy, plain_normal, plain_spending, plain_stream
from tests.project.samples import CASE, LEDGER, scenario, series, vocabulary

DRAWS, SEED = 60, 20260124
YEARS = range(2027, 2036)
CHANCES = (0.05, 0.25, 0.5, 0.75, 0.95)


@cache
def rows():
    found = {}
    for path in sorted((CASE / "series").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                key = (row["actor"], row["measure"], row["prices"])
                found.setdefault(key, {})[int(row["period"])] = float(row["value"])
    return found


def level(actor, prices, year):
    return rows()[actor, "gdp", prices][year]


def deflator(actor, year):
    real = "constant:2020" if actor == "KOR" else "constant:2017"
    return log(level(actor, "current", year) / level(actor, real, year))


def growth(year):
    return log(level("KOR", "constant:2020", year) / level("KOR", "constant:2020", year - 1))


def real_rate(year):
    rate = rows()["KOR", "exchange_rate", ""][year]
    return log(rate) - deflator("KOR", year) + deflator("USA", year)


def learnt():
    """Slopes and residuals of growth, inflation and the real rate in 2001 to 2024."""
    window = range(2001, 2025)
    history = [
        [growth(year) for year in window],
        [deflator("KOR", year) - deflator("KOR", year - 1) for year in window],
        [real_rate(year) for year in window],
    ]
    slopes, residuals = [], []
    for values in history:
        mean = sum(values) / len(values)
        top = sum((values[t] - mean) * (values[t - 1] - mean) for t in range(1, len(values)))
        slope = top / sum((values[t - 1] - mean) ** 2 for t in range(1, len(values)))
        slopes.append(slope)
        residuals.append([values[t] - mean - slope * (values[t - 1] - mean) for t in range(1, len(values))])
    return slopes, residuals


def root_of(residuals):
    """The lower root of the covariance of three series, written out."""
    free = len(residuals[0]) - 2
    s = [[sum(a * b for a, b in zip(x, y, strict=True)) / free for y in residuals] for x in residuals]
    a = sqrt(s[0][0])
    b, c = s[1][0] / a, s[2][0] / a
    d = sqrt(s[1][1] - b * b)
    e = (s[2][1] - b * c) / d
    return [[a, 0.0, 0.0], [b, d, 0.0], [c, e, sqrt(s[2][2] - c * c - e * e)]]


@cache
def draws():
    """The economy of each draw."""
    slopes, residuals = learnt()
    root = root_of(residuals)
    central = [
        [growth(year) if year <= 2030 else log(1.019) for year in YEARS],
        [deflator("KOR", y) - deflator("KOR", y - 1) if y <= 2030 else log(1.02) for y in YEARS],
        [0.0] * 9,
    ]
    abroad = [deflator("USA", y) - deflator("USA", y - 1) if y <= 2030 else log(1.019) for y in YEARS]
    persistence = [[slopes[i] if i == j else 0.0 for j in range(3)] for i in range(3)]
    names = ("real_growth", "inflation", "real_exchange_rate")
    streams = [[plain_stream(name, "KOR", year) for year in YEARS] for name in names]

    def shock(draw):
        return lambda variable, t: plain_normal(SEED, streams[variable][t], draw)

    return [plain_economy(central, persistence, root, abroad, shock(draw)) for draw in range(DRAWS)]


def quantile(values, chance):
    """Between two draws in proportion to the distance."""
    ordered = sorted(values)
    spot = chance * (len(ordered) - 1)
    below = int(spot)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (spot - below) * (ordered[above] - ordered[below])


def by_hand(rule, years, spending=66.3e12, share=0.0242, target=0.035):
    """Each variable in each draw, by year from 2027 on."""
    gdp = spending / share
    found = {}
    for draw in draws():
        spent = [gdp * one for one in plain_spending(rule, draw, share, target, years)]
        flat = [gdp * one for one in plain_spending("constant-share", draw, share, target, years)]
        rates = [1421.3963 * one for one in draw.rate]
        extra = [one - share * gdp * y for one, y in zip(spent, draw.gdp, strict=True)]
        paths = {
            "spending": spent,
            "spending_real": [one / p for one, p in zip(spent, draw.prices, strict=True)],
            "spending_foreign": [one / e for one, e in zip(spent, rates, strict=True)],
            "share": [100 * one / (gdp * y) for one, y in zip(spent, draw.gdp, strict=True)],
            "gdp": [gdp * y for y in draw.gdp],
            "extra": extra,
            "extra_cumulative": [sum(extra[: t + 1]) for t in range(9)],
            "extra_cumulative_discounted": [
                sum(extra[s] / draw.prices[s] / 1.045 ** (s + 1) for s in range(t + 1)) for t in range(9)
            ],
            "difference": [one - other for one, other in zip(spent, flat, strict=True)],
            "needed": [(target - share) * gdp * y for y in draw.gdp],
        }
        for name, path in paths.items():
            found.setdefault(name, []).append(path)
    return found


@cache
def ensemble(name):
    found, problems = project_scenario(scenario(name), LEDGER, vocabulary(), series(), draws=DRAWS)
    assert problems == []
    return found


SCENARIOS = {"linear-2030": 4, "linear-2035": 9}
VARIABLES = (
    "spending", "spending_real", "spending_foreign", "share", "gdp", "extra", "extra_cumulative",
    "extra_cumulative_discounted", "difference", "needed",
)  # fmt: skip


@pytest.mark.parametrize("variable", VARIABLES)
@pytest.mark.parametrize("name", SCENARIOS)
def test_every_quantile_is_that_of_the_plain_version(name, variable):
    slow = by_hand("linear-share", SCENARIOS[name])[variable]

    for t, cell in enumerate(ensemble(name).series(variable)[1:]):
        values = [path[t] for path in slow]
        # Numbers are cut to the digits that so few draws carry, so they agree within those digits only.
        slack = (max(values) - min(values)) / 50 + 1e-5 * abs(cell.central)
        for found, chance in zip(cell.quantiles, CHANCES, strict=True):
            assert found == pytest.approx(quantile(values, chance), abs=slack)


@pytest.mark.parametrize("name", SCENARIOS)
def test_chances_are_counts_of_the_plain_version(name):
    shares = by_hand("linear-share", SCENARIOS[name])["share"]

    for t, one in enumerate(ensemble(name).reach):
        reached = sum(any(share >= 3.5 - 1e-9 for share in path[: t + 1]) for path in shares) / DRAWS
        kept = sum(all(share >= 3.5 - 1e-9 for share in path[t:]) for path in shares) / DRAWS
        assert one.value == pytest.approx(reached, abs=0.05)
        assert one.kept == pytest.approx(kept, abs=0.05)


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_box_is_the_range_over_the_claims_own_ends(name):
    """The path without shocks at 66.25 and 66.35 trillion won, and at 2.415 and 2.425 %."""
    years = SCENARIOS[name]
    output = exp(
        sum(log(level("KOR", "current", y) / level("KOR", "current", y - 1)) for y in range(2027, 2031))
    )
    ends = []
    for spending in (66.25e12, 66.35e12):
        for share in (0.02415, 0.02425):
            way = min(4 / years, 1)
            ends.append((share + (0.035 - share) * way) * spending / share * output)

    cell = next(one for one in ensemble(name).series("spending") if one.year == 2030)

    assert cell.box == (pytest.approx(min(ends), rel=1e-5), pytest.approx(max(ends), rel=1e-5))


def test_the_draws_differ_from_each_other():
    assert len({round(draw.gdp[-1], 9) for draw in draws()}) == DRAWS
