"""The projection written again, slowly and without arrays, from the text of the model: one draw at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import cos, exp, log, pi, sin, sqrt

import numpy as np

MASK = 2**64 - 1


def plain_normal(seed: int, stream: int, draw: int) -> float:
    """One standard normal shock, from the words of the generator for its pair of draws."""
    bits = np.random.Philox(key=np.array([seed, stream], np.uint64), counter=draw // 4)
    words = [int(word) for word in bits.random_raw(4)]
    even = draw % 4 // 2 * 2
    radius_word, angle_word = words[even] >> 11, words[even + 1] >> 11
    radius = sqrt(-2 * log((radius_word + 0.5) / 2**53))
    angle = 2 * pi * (angle_word + 0.5) / 2**53
    return radius * (sin(angle) if draw % 2 else cos(angle))


def plain_shock(
    past: Sequence[Sequence[Sequence[float]]], seed: int, stream: int, variable: int, t: int, draw: int
) -> float:
    """The shock of a year where a run of past ones is drawn; `stream` is that of the stretch's first year."""
    bits = np.random.Philox(key=np.array([seed, stream], np.uint64), counter=draw // 4)
    word = int(bits.random_raw(4)[draw % 4])
    row = past[variable][t % len(past[variable])]
    return row[int(((word >> 11) + 0.5) / 2**53 * len(row))]


@dataclass
class PlainDraw:
    """One draw: lists by year."""

    gdp: list[float]
    expected_gdp: list[float]
    prices: list[float]
    expected_inflation: list[float]
    rate: list[float]


def plain_economy(
    central: Sequence[Sequence[float]],
    persistence: Sequence[Sequence[float]],
    root: Sequence[Sequence[float]],
    abroad: Sequence[float],
    shock: Callable[[int, int], float],
    past: Sequence[Sequence[Sequence[float]]] | None = None,
) -> PlainDraw:
    """Section 1 of the model for one draw; `shock(variable, year)` gives its standard normal numbers.

    With `past` (variable, year of a stretch, run) it gives the shocks themselves.
    """
    draw = PlainDraw([], [], [], [], [])
    gap = [0.0, 0.0, 0.0]
    level = price = foreign = 1.0
    both = sum((root[0][k] + root[1][k]) ** 2 for k in range(3)) / 2
    own = sum(root[1][k] ** 2 for k in range(3)) / 2
    for t in range(len(central[0])):
        ahead = [central[i][t] + sum(persistence[i][j] * gap[j] for j in range(3)) for i in range(3)]
        z = [shock(variable, t) for variable in range(3)]
        if past:
            growth, prices = (past[variable][t % len(past[variable])] for variable in (0, 1))
            both = log(sum(exp(a + b) for a, b in zip(growth, prices, strict=True)) / len(growth))
            own = log(sum(exp(a) for a in prices) / len(prices))
            now = [ahead[i] + z[i] for i in range(3)]
        else:
            now = [ahead[i] + sum(root[i][j] * z[j] for j in range(3)) for i in range(3)]
        draw.expected_gdp.append(level * exp(ahead[0] + ahead[1] + both))
        draw.expected_inflation.append(exp(ahead[1] + own))
        level, price, foreign = level * exp(now[0] + now[1]), price * exp(now[1]), foreign * exp(abroad[t])
        draw.gdp.append(level)
        draw.prices.append(price)
        draw.rate.append(price / foreign * exp(now[2]))
        gap = [now[i] - central[i][t] for i in range(3)]
    return draw


def plain_spending(
    rule: str,
    draw: PlainDraw,
    share: float,
    target: float,
    years: int,
    *,
    power: float = 1.0,
    growth: Sequence[float] = (),
    listed: Sequence[float] = (),
    cap: float | None = None,
    floor: Sequence[float] = (),
    execution: float = 1.0,
) -> list[float]:
    """Section 2 of the model for one draw, as a multiple of the base year's GDP."""
    spent, last = [], share
    for t, expected in enumerate(draw.expected_gdp):
        way = min((t + 1) / years, 1.0)
        rate = growth[t] if len(growth) > 1 else growth[0] if growth else 0.0
        match rule:
            case "linear-share":
                now = (share + (target - share) * way) * expected
            case "geometric-share":
                now = share * (target / share) ** way * expected
            case "curved-share":
                now = (share + (target - share) * way**power) * expected
            case "constant-share":
                now = share * expected
            case "listed-share":
                now = listed[t] * expected
            case "real-growth":
                now = last * draw.expected_inflation[t] * (1 + rate)
            case "nominal-steps":
                now = last * (1 + rate)
        last = plain_carried(now, last, cap, floor[t] if floor else 0.0, execution)
        spent.append(last)
    return spent


def plain_carried(planned: float, last: float, cap: float | None, floor: float, execution: float) -> float:
    """What is carried out of a plan: not more than the cap lets it grow, not less than the floor."""
    if cap is not None and planned > (1 + cap) * last:
        planned = (1 + cap) * last
    if planned < floor:
        planned = floor
    return planned * execution
