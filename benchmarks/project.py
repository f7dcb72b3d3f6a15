"""How fast the projection's kernel is, beside two simpler ways to the same numbers in the same run.

`plain` runs one draw at a time in pure Python. `at_once` is numpy without blocks: its draws cannot be
replayed one by one, and a million take 1.3 GB of memory. Each solves the same equations for three scenarios,
which are constant share, target in four and target in nine years.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from math import exp

import numpy as np

from steelyard.project.chance import Array
from steelyard.project.economy import Drivers, Paths, blocks_of, run_economy
from steelyard.project.equations import Plan, Policy, carried_out

YEARS = 10
SEED = 20260124
CENTRAL = np.array([[0.020] * YEARS, [0.019] * YEARS, [0.0] * YEARS])
ABROAD = np.array([0.019] * YEARS)
PERSISTENCE = np.diag([0.08, 0.39, 0.82])
ROOT = np.array([[0.0186, 0.0, 0.0], [-0.0006, 0.0115, 0.0], [-0.0417, 0.0103, 0.0579]])
STREAMS = np.arange(3 * YEARS, dtype=np.uint64).reshape(3, YEARS)
DRIVERS = Drivers(CENTRAL, PERSISTENCE, ROOT, ABROAD, STREAMS)
SCENARIOS = [
    Policy("constant-share", Plan(0.0242, 0.035, 9)),
    Policy("linear-share", Plan(0.0242, 0.035, 4)),
    Policy("linear-share", Plan(0.0242, 0.035, 9)),
]


def last_year(policy: Policy, paths: Paths) -> Array:
    """What is spent in the last year, (draw,)."""
    *_, (spent, _) = carried_out(policy, paths)
    return spent


def kernel(draws: int) -> float:
    """The kernel, block by block; the mean spending of the last year, so that no work is left out."""
    total = 0.0
    for first, count in blocks_of(draws):
        paths = run_economy(DRIVERS, SEED, first, count)
        total += sum(float(last_year(policy, paths).sum()) for policy in SCENARIOS)
    return total / draws


def at_once(draws: int) -> float:
    """The same with all draws in each array and numpy's own normals."""
    shocks = np.random.default_rng(SEED).standard_normal((YEARS, 3, draws))
    gap = np.zeros((3, draws))
    rows: list[list[Array]] = [[], [], [], [], []]
    level, price = np.ones(draws), np.ones(draws)
    half = float(np.sum((ROOT[0] + ROOT[1]) ** 2)) / 2
    own = float(np.sum(ROOT[1] ** 2)) / 2
    abroad = np.exp(np.cumsum(ABROAD))
    for t in range(YEARS):
        ahead = PERSISTENCE @ gap + CENTRAL[:, t, None]
        now = ahead + ROOT @ shocks[t]
        gap = now - CENTRAL[:, t, None]
        expected = level * np.exp(ahead[0] + ahead[1] + half)
        level, price = level * np.exp(now[0] + now[1]), price * np.exp(now[1])
        rate = price / abroad[t] * np.exp(now[2])
        for row, values in zip(rows, (level, expected, price, np.exp(ahead[1] + own), rate), strict=True):
            row.append(values)
    gdp, hoped, prices, ratio, rates = (np.array(row) for row in rows)
    paths = Paths(gdp, hoped, prices, ratio, rates)
    return sum(float(last_year(policy, paths).mean()) for policy in SCENARIOS)


def plain(draws: int) -> float:
    """The same in pure Python, one draw at a time."""
    luck = random.Random(SEED)
    central, slopes, root = CENTRAL.tolist(), np.diag(PERSISTENCE).tolist(), ROOT.tolist()
    half = sum((root[0][k] + root[1][k]) ** 2 for k in range(3)) / 2
    total = 0.0
    for _ in range(draws):
        gap, level, price, foreign, rates = [0.0] * 3, 1.0, 1.0, 1.0, []
        for t in range(YEARS):
            z = [luck.gauss(0, 1) for _ in range(3)]
            ahead = [central[i][t] + slopes[i] * gap[i] for i in range(3)]
            now = [ahead[i] + sum(root[i][j] * z[j] for j in range(i + 1)) for i in range(3)]
            expected = level * exp(ahead[0] + ahead[1] + half)
            level, price, foreign = (
                level * exp(now[0] + now[1]),
                price * exp(now[1]),
                foreign * exp(ABROAD[t]),
            )
            rates.append(price / foreign * exp(now[2]))
            steps = [min((t + 1) / policy.plan.years_to_target, 1) for policy in SCENARIOS]
            shares = [0.0242, *(0.0242 + (0.035 - 0.0242) * step for step in steps[1:])]
            spending = [share * expected for share in shares]
            gap = [now[i] - central[i][t] for i in range(3)]
        total += sum(spending)
    return total / draws


def seconds(run: Callable[[int], float], draws: int, repeats: int) -> tuple[float, float]:
    """The shortest time of some runs, and the result."""
    times, result = [], 0.0
    for _ in range(repeats):
        start = time.perf_counter()
        result = run(draws)
        times.append(time.perf_counter() - start)
    return min(times), result


def main() -> None:
    """Print times, draws a second and ratios to the kernel; the results must agree within sampling error."""
    results = []
    for draws, runs in ((10_000, (kernel, at_once, plain)), (1_000_000, (kernel, at_once))):
        print(f"{draws:,} draws x {YEARS} years x {len(SCENARIOS)} scenarios")
        first = 0.0
        for run in runs:
            spent, result = seconds(run, draws, 3 if draws < 100_000 and run is not plain else 1)
            first = first or spent
            ratio = "" if run is kernel else f"   the kernel is {spent / first:.1f} times as fast"
            print(f"  {run.__name__:<8} {spent:8.3f} s {draws / spent:12,.0f} draws/s{ratio}")
            results.append(result)
    if max(results) / min(results) > 1.01:
        sys.exit(f"The ways do not agree: {results}")


if __name__ == "__main__":
    main()
