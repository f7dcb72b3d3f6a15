"""Ledgers of made-up claims of defence budgets: what many articles print of many actors, some of it wrong."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from random import Random

from steelyard.core.claim import Claim, Ledger

FIRST_YEAR, YEARS = 2021, 6
TARGET = 0.035
# How many claims one article makes, and the share of numbers that anybody tells.
PER_ARTICLE, TOLD = 12, 0.45
STAGED = {"status": "enacted"}
Row = tuple[dict[str, object], float]


def claims_of(size: int, seed: int, *, wrong: float = 0.01, actors: int | None = None) -> Ledger:
    """About so many claims, of so many actors; without them each number is told 1.3 times."""
    random = Random(seed)
    each = YEARS * 8 * TOLD * 1.3
    count = actors or max(1, round(size / each))
    repeats = size / (count * each) * 0.3 + (size / (count * each) - 1) if actors else 0.3
    rows = [row for number in range(count) for row in _history(number, random)]
    told = [row for row in rows if random.random() < TOLD for _ in range(1 + _poisson(repeats, random))]
    # An article speaks of one actor, as articles do.
    claims: list[Claim] = []
    articles: dict[object, tuple[int, int]] = {}
    made = 0
    random.shuffle(told)
    for keys, value in told:
        article, filled = articles.get(keys["actor"], (-1, PER_ARTICLE))
        if filled == PER_ARTICLE:
            article, filled, made = made, 0, made + 1
        articles[keys["actor"]] = article, filled + 1
        if random.random() < wrong:
            value *= random.choice(
                [10, 0.1, 1000, 1 + random.uniform(0.02, 0.3), 1 - random.uniform(0.02, 0.3)]
            )
        claims.append(_claim(len(claims), f"article-{article:06d}.txt", filled, keys, value, random))
    return Ledger(sorted(claims, key=lambda claim: (claim.document, claim.start)))


def _poisson(mean: float, random: Random) -> int:
    left, count = mean, 0
    while True:
        left -= random.expovariate(1)
        if left < 0:
            return count
        count += 1


def _history(number: int, random: Random) -> Iterator[Row]:
    """What is true of one actor: its economy, spending, share, change, growth, gap to a target and parts."""
    actor = "KOR" if number == 0 else f"X{number:05d}"
    gdp, spending = 10 ** random.uniform(10.5, 13), 0.0
    share = random.uniform(0.01, 0.05)
    for year in range(FIRST_YEAR, FIRST_YEAR + YEARS):
        gdp *= 1 + random.uniform(-0.01, 0.06)
        before, share = spending, share * (1 + random.uniform(-0.03, 0.08))
        spending = gdp * share
        keys: dict[str, object] = {"actor": actor, "period": str(year)}
        staged = keys | STAGED | {"measure": "defence_spending", "unit": "USD"}
        yield staged, spending
        yield keys | {"measure": "gdp", "unit": "USD"}, gdp
        yield keys | STAGED | {"measure": "defence_share_of_gdp", "unit": "% of GDP"}, 100 * share
        yield staged | {"statistic": "gap", "status": "estimate"}, TARGET * gdp - spending
        part = random.uniform(0.2, 0.4) * spending
        yield staged | {"item": "force_enhancement"}, part
        yield staged | {"item": "operating"}, spending - part
        if before:
            since: dict[str, object] = {"baseline": str(year - 1)}
            yield staged | since | {"statistic": "change"}, spending - before
            yield staged | since | {"statistic": "growth", "unit": "%"}, 100 * (spending / before - 1)
    share_of_gdp = {"measure": "defence_share_of_gdp", "unit": "% of GDP"}
    yield {"actor": actor, "status": "target", **share_of_gdp}, 100 * TARGET


def _claim(
    number: int, document: str, place: int, keys: dict[str, object], value: float, random: Random
) -> Claim:
    exact = keys.get("status") == "target"
    printed = Decimal(f"{value:.{random.choice([1, 2, 2, 3])}e}") if not exact else Decimal("3.5")
    half = Decimal(0) if exact else Decimal(5).scaleb(int(printed.as_tuple().exponent) - 1)
    moves = keys.get("statistic") in ("change", "growth")
    falls = moves and printed < 0
    if falls:
        printed = -printed
    told: dict[str, object] = {"statistic": "level"} | keys
    if moves:
        told["direction"] = "down" if falls else "up"
    start = 200 * place
    return Claim(
        id=f"c{number:07d}",
        kind="figure",
        document=document,
        start=start + 60,
        end=start + 72,
        quote=f"{printed:f} {keys['unit']}",
        sentence_start=start,
        sentence_end=start + 190,
        value=printed,
        low=printed - half,
        high=printed + half,
        **told,  # type: ignore[arg-type]
    )
