"""How far the headlines of an ally's troops swing: with their number, and with what one of them costs.

The margin over a floor moves with the number one to one; what the troops cost is the number times the cost of
one, so that the cost at an end is the one to show times a ratio, in the same draws.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from steelyard.project.ensemble import Headline
from steelyard.project.parameters import Value
from steelyard.project.pledge_swings import Swing, scaled_swing
from steelyard.project.troops import COSTS, Troops

MARGIN, COST = "troop_margin", "troop_cost_horizon"


def troop_swings(every: Sequence[Troops], headlines: Sequence[Headline]) -> Iterator[Swing]:
    """How the headlines of troops move with their number and with each part of what one costs."""
    for troops in every:
        for headline in headlines:
            kind, _, identifier = headline.name.partition(":")
            if identifier != troops.id or headline.year is None:
                continue
            level = troops.levels[headline.year]
            if kind == MARGIN and not level.interval.is_exact:
                yield Swing(headline, troops.label, (level.origin,), headline.low, headline.high)
            if kind == COST:
                yield from _cost_swings(troops, level, headline)


def _cost_swings(troops: Troops, level: Value, headline: Headline) -> Iterator[Swing]:
    """How the cost moves with the number of troops, and with each part of the cost of one."""
    interval = level.interval
    if not interval.is_exact and interval.middle:
        ratios = [float(end / interval.middle) for end in (interval.low, interval.high)]
        yield _swing(headline, troops.label, level, ratios)
    whole = sum(value.interval.middle for value in troops.costs)
    for name, value in zip(COSTS, troops.costs, strict=True):
        part = value.interval
        if not part.is_exact and whole:
            ratios = [float((whole - part.middle + end) / whole) for end in (part.low, part.high)]
            yield _swing(headline, f"{troops.label}: {name} cost of one", value, ratios)


def _swing(headline: Headline, name: str, value: Value, ratios: Sequence[float]) -> Swing:
    return scaled_swing(headline, name, (value.origin,), ratios)
