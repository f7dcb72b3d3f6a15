"""Fans as small bars in a terminal: one line a year, from the lowest to the highest quantile.

A thin bar goes from the 5 to the 95% quantile, a thick one from 25 to 75%, and the median is a mark of its
own; all lines of a fan have one scale. Where a terminal has no block characters, signs of ASCII stand in.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions
    from rich.text import Text

_WIDEST, _NARROWEST = 60, 10  # signs that a bar may take
_BLOCKS, _ASCII = ("\N{LIGHT SHADE}", "\N{DARK SHADE}", "\N{FULL BLOCK}"), ("-", "=", "|")
_CODE = ("LC_ALL", "LC_CTYPE", "LANG")  # the first that is set tells which characters a terminal has


@dataclass(frozen=True, slots=True)
class Fan:
    """A fan that draws itself as wide as the terminal is: its heading, and by year five ordered quantiles.

    `shown` is the median of each year as it is to be printed.
    """

    heading: str
    years: tuple[int, ...]
    quantiles: tuple[tuple[float, ...], ...]
    shown: tuple[str, ...]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Text]:
        """The heading, then a line for each year."""
        from rich.text import Text

        blocks = has_blocks(os.environ)
        thin, thick, middle = _BLOCKS if blocks else _ASCII
        yield Text(f"{self.heading}: {thin} 5 to 95%, {thick} 25 to 75%, {middle} median", style="bold")
        for line in bar_lines(self, options.max_width, has_blocks=blocks):
            yield Text(line)
        yield Text("")


def bar_lines(fan: Fan, width: int, *, has_blocks: bool) -> Iterator[str]:
    """A line for each year: the year, its median in digits, its bar; none is wider than `width`.

    >>> fan = Fan("", (2030,), ((0, 2, 5, 8, 10),), ("5.0",))
    >>> list(bar_lines(fan, 21, has_blocks=False))
    ['2030  5.0  --===|===-']
    """
    longest = max(map(len, fan.shown), default=0)
    room = min(_WIDEST, width - 8 - longest)
    if room < _NARROWEST:
        yield from (f"{year}  {shown:>{longest}}" for year, shown in zip(fan.years, fan.shown, strict=True))
        return
    low = min(each[0] for each in fan.quantiles)
    high = max(each[-1] for each in fan.quantiles)
    for year, shown, ends in zip(fan.years, fan.shown, fan.quantiles, strict=True):
        places = [_place(end, low, high, room) for end in ends]
        yield f"{year}  {shown:>{longest}}  {_bar(places, _BLOCKS if has_blocks else _ASCII)}"


def _place(value: float, low: float, high: float, room: int) -> int:
    """In which of so many signs a value lies."""
    return min(room - 1, int((value - low) / (high - low) * room)) if high > low else 0


def _bar(places: Sequence[int], signs: Sequence[str]) -> str:
    """A bar up to its last sign: thin, thick, median, thick, thin."""
    first, left, middle, right, last = places
    line = [" "] * (last + 1)
    line[first:] = signs[0] * (last + 1 - first)
    line[left : right + 1] = signs[1] * (right + 1 - left)
    line[middle] = signs[2]
    return "".join(line)


def has_blocks(environment: Mapping[str, str]) -> bool:
    """Whether the terminal shows block characters: it is no dumb one, and its characters are UTF-8.

    >>> has_blocks({"TERM": "xterm", "LANG": "ko_KR.UTF-8"}), has_blocks({"LC_ALL": "C"})
    (True, False)
    """
    told = next((environment[name] for name in _CODE if environment.get(name)), "utf8")
    return environment.get("TERM") != "dumb" and "utf8" in told.lower().replace("-", "")
