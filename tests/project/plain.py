"""The projection written again, slowly and without arrays, from the text of the model: one draw at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from math import cos, exp, log, pi, sin, sqrt

MASK = 2**64 - 1
# What a payment follows, a growth, a lag, and the least and the most that its ratio may be.
PlainStep = tuple[int, float, int, float, float]


def plain_stream(variable: str, country: str, year: int) -> int:
    """The number of a stream of chances."""
    digest = blake2b(f"{variable}\0{country}\0{year}".encode(), digest_size=8).digest()
    return sum(byte << 8 * place for place, byte in enumerate(digest))


def finished(x: int) -> int:
    """The finishing step of SplitMix64."""
    x &= MASK
    x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9 & MASK
    x = (x ^ x >> 27) * 0x94D049BB133111EB & MASK
    return x ^ x >> 31


def plain_word(seed: int, stream: int, number: int) -> int:
    """The 64 bits of a place in a stream."""
    key = finished(finished(seed + 0x9E3779B97F4A7C15) ^ stream)
    return finished(key + number * 0x9E3779B97F4A7C15)


def plain_normal(seed: int, stream: int, draw: int) -> float:
    """One standard normal shock, from the word that it shares with a draw of the other half of its 512."""
    place = draw % 512
    word = plain_word(seed, stream, draw // 512 * 256 + place % 256)
    radius = sqrt(-2 * log(((word >> 32) + 0.5) / 2**32))
    angle = pi * ((word & 0x7FFFFFFF) - 2**30 + 0.5) / 2**31
    turned = -1 if word >> 31 & 1 else 1
    return turned * radius * (cos(angle) if place < 256 else sin(angle))


def plain_shock(
    past: Sequence[Sequence[Sequence[float]]], seed: int, stream: int, variable: int, t: int, draw: int
) -> float:
    """The shock of a year where a run of past ones is drawn; `stream` is that of the stretch's first year."""
    word = plain_word(seed, stream, draw)
    row = past[variable][t % len(past[variable])]
    return row[int(((word >> 12) + 0.5) / 2**52 * len(row))]


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
    amounts: Sequence[float] = (),
    cap: float | None = None,
    floor: Sequence[float] = (),
    execution: float = 1.0,
    moving: Sequence[tuple[float, float, float]] = (),
    paying: tuple[float, Sequence[PlainStep]] | None = None,
    gdp: float = 1.0,
) -> list[float]:
    """Section 2 of the model for one draw, as a multiple of the base year's GDP."""
    spent: list[float] = []
    last = share
    for t, expected in enumerate(draw.expected_gdp):
        way = min((t + 1) / years, 1.0)
        needed = gdp * (target / share) ** (1 / years) - 1
        rate = plain_rate(growth, t, *((years, needed) if rule == "needed-real-growth" else ()))
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
            case "listed-amounts":
                now = amounts[t]
            case "real-growth" | "needed-real-growth":
                now = last * draw.expected_inflation[t] * (1 + rate)
            case "nominal-steps" | "claimed-steps":
                now = last * (1 + rate)
        least = plain_floor(t, floor, moving, paying, draw, [share, *spent])
        last = plain_carried(now, last, cap, least, execution)
        spent.append(last)
    return spent


def plain_rate(growth: Sequence[float], t: int, years: int = 0, needed: float = 0.0) -> float:
    """The growth of a year: what is needed in the first years, then as listed, or the one that all have."""
    t -= years
    if t < 0:
        return needed
    return growth[t] if len(growth) > 1 else growth[0] if growth else 0.0


def plain_floor(
    t: int,
    floor: Sequence[float],
    moving: Sequence[tuple[float, float, float]],
    paying: tuple[float, Sequence[PlainStep]] | None,
    draw: PlainDraw,
    spent: Sequence[float],
) -> float:
    """What spending of a year cannot fall below: what stays, what moves, and what is paid by agreement."""
    least = floor[t] if floor else 0.0
    if moving:
        least += moving[t][0] + moving[t][1] * draw.prices[t] + moving[t][2] * draw.rate[t]
    return least + plain_paid(*paying, draw.prices, spent)[t] if paying else least


def plain_carried(planned: float, last: float, cap: float | None, floor: float, execution: float) -> float:
    """What is carried out of a plan: not more than the cap lets it grow, not less than the floor."""
    if cap is not None and planned > (1 + cap) * last:
        planned = (1 + cap) * last
    if planned < floor:
        planned = floor
    return planned * execution


def plain_paid(
    amount: float, steps: Sequence[PlainStep], prices: Sequence[float], spent: Sequence[float]
) -> list[float]:
    """Section 4 of the model for one draw: what is paid in each year for which its index is known.

    A step is what it follows, a growth, a lag, and the least and the most that the ratio may be; `spent`
    starts with the base year, `prices` with the year after it.
    """
    levels, paid = [1.0, *prices], []
    for t, (follows, growth, lag, low, high) in enumerate(steps):
        now, before = t + 1 - lag, t - lag
        if follows == 2 and now >= len(spent):
            break
        ratio = growth
        if follows == 1:
            ratio = levels[now] / levels[before] * growth
        if follows == 2:
            ratio = spent[now] / spent[before] * growth
        amount *= low if ratio < low else high if ratio > high else ratio
        paid.append(amount)
    return paid
