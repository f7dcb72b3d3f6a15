"""How far the headlines of a pledge swing: with its amount, and with the claims of what it is bought from.

All of them are multiples of the pledge, and the part of spending that it takes is one over that part and over
spending. So the number at an end is the number to show times a ratio, in the same draws.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from steelyard.project.ensemble import Headline
from steelyard.project.errors import kept, told
from steelyard.project.fans import Fan
from steelyard.project.headlines import MEDIAN
from steelyard.project.pledges import Pledge

_PART = "pledge_part_peak"
_SPENDING = "spending_foreign"


class Swing(NamedTuple):
    """A headline at both ends of an input, with the ids of the input's origins and the errors of both."""

    headline: Headline
    name: str
    origins: tuple[str, ...]
    low: float
    high: float
    errors: tuple[float | None, float | None] = (None, None)


def scaled_swing(headline: Headline, name: str, origins: tuple[str, ...], ratios: Sequence[float]) -> Swing:
    """The swing of a headline that is its number to show times a ratio at either end."""
    low, high = (scaled(headline, ratio) for ratio in ratios)
    return Swing(headline, name, origins, low.value, high.value, (low.error, high.error))


def pledge_swings(pledges: Sequence[Pledge], headlines: Sequence[Headline]) -> Iterator[Swing]:
    """How the headlines of pledges move with a pledge's amount and with what it is bought from."""
    for pledge in pledges:
        interval, value = pledge.value.interval, pledge.value
        origins = (value.origin,)
        for headline in headlines:
            kind, _, identifier = headline.name.partition(":")
            if identifier != pledge.id or not kind.startswith("pledge_"):
                continue
            if not interval.is_exact and interval.middle:
                ends = [float(end / interval.middle) for end in (interval.low, interval.high)]
                yield scaled_swing(headline, pledge.label, origins, ends)
            if kind == _PART:
                yield from _part_swings(pledge, headline)


def _part_swings(pledge: Pledge, headline: Headline) -> Iterator[Swing]:
    """How the part taken moves with the money that it is taken from, and with the whole printed beside it."""
    if pledge.part is None:
        return
    middle = pledge.part.middle
    bought, whole = pledge.part_claims
    of_bought = [middle * whole.value / end for end in (bought.interval.low, bought.interval.high)]
    of_whole = [middle * end / bought.value for end in (whole.interval.low, whole.interval.high)]
    named = (
        (bought, "what it is bought from", of_bought),
        (whole, "the spending printed beside it", of_whole),
    )
    for amount, words, ratios in named:
        if not amount.interval.is_exact:
            origins = tuple(f"claim:{claim.id}" for claim in amount.claims)
            yield scaled_swing(headline, f"{pledge.label}: {words}", origins, [float(one) for one in ratios])


def parts_taken(
    headlines: Sequence[Headline], fans: Mapping[str, Fan], ends: Mapping[str, Fan], base_year: int
) -> Iterator[Headline]:
    """The parts that pledges take where spending is that of other fans, headline by headline."""
    for headline in headlines:
        if headline.name.startswith(f"{_PART}:") and headline.year is not None:
            t = headline.year - base_year
            shown, end = (one[_SPENDING].quantiles[t][MEDIAN] for one in (fans, ends))
            yield scaled(headline, shown / end) if end else headline


def scaled(headline: Headline, ratio: float) -> Headline:
    """The value of a headline and its error times a ratio."""
    error = None if headline.error is None else told(headline.error * abs(ratio))
    return replace(headline, value=kept(headline.value * ratio, error or 0.0), error=error)
