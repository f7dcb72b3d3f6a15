"""Building blocks of charts: axes in pixels and units, layers, and labels that keep clear of one another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from steelyard.report.picture import PALETTE, WIDTH

Plain = Mapping[str, object]
INNER = WIDTH - 8  # what the padding leaves of a picture's width, in pixels
LINE = 14  # the height of a line of text, in pixels
# Widths of letters of eleven pixels in a sans such as Arial: narrow ones, wide ones, and all others.
_NARROW = frozenset("ijltfIr.,:;'|!()[]-\N{MIDDLE DOT} \N{NO-BREAK SPACE}")
_WIDE = frozenset("mwMW%@\N{EM DASH}")
_FULL = 0x1100  # from here on letters are as wide as they are high
ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"


def width_of(text: str) -> float:
    """About how many pixels a line of text takes in a picture, rather too many than too few.

    >>> width_of("2.42%") < width_of("2026.42%") < 60
    True
    """
    return sum(_letter(letter) for letter in text)


def _letter(letter: str) -> float:
    if ord(letter) >= _FULL:
        return 11.0 if letter != ELLIPSIS and not 0x2000 <= ord(letter) < 0x2100 else 6.5
    if letter in _NARROW:
        return 3.7
    return 9.8 if letter in _WIDE else 7.6 if letter.isupper() else 6.2


def shortened(text: str, room: float) -> str:
    """The text on one line, cut with an ellipsis where it would take more than `room` pixels.

    >>> shortened("A budget of  46 billion", 400), len(shortened("A budget " * 20, 100)) < 25
    ('A budget of 46 billion', True)
    """
    text = " ".join(text.split())
    if width_of(text) <= room:
        return text
    while text and width_of(text) + width_of(ELLIPSIS) > room:
        text = text[:-1]
    return f"{text.rstrip()}{ELLIPSIS}"


def kept_apart(places: Sequence[float], least: float, low: float, high: float) -> list[float]:
    """Places for labels that lie at least `least` apart, between `low` and `high`, near where they belong.

    They keep their order; where there is too little room between the ends, they run over the higher one.

    >>> kept_apart([10.0, 10.0, 50.0], 12, 0, 100), kept_apart([95.0, 99.0], 12, 0, 100)
    ([4.0, 16.0, 50.0], [88.0, 100.0])
    """
    order = sorted(range(len(places)), key=lambda number: places[number])
    # Groups of labels that touch: where the first stands, and how many they are.
    groups: list[tuple[float, int]] = []
    for number in order:
        start, count = _within(places[number], 1, least, low, high), 1
        while groups and groups[-1][0] + groups[-1][1] * least > start:
            before, many = groups.pop()
            middles = (before + (many - 1) * least / 2) * many + (start + (count - 1) * least / 2) * count
            count += many
            start = _within(middles / count - (count - 1) * least / 2, count, least, low, high)
        groups.append((start, count))
    kept = [start + least * step for start, count in groups for step in range(count)]
    return [place for _, place in sorted(zip(order, kept, strict=True))]


def _within(start: float, count: int, least: float, low: float, high: float) -> float:
    """The start of a group of labels, moved so that it lies between the ends."""
    return float(max(low, min(start, high - (count - 1) * least)))


def across(
    domain: Sequence[float],
    title: str | None,
    *,
    left: float = 0,
    right: float = 0,
    ticks: int | Sequence[int] = 5,
) -> Plain:
    """A horizontal axis of numbers in their unit, with room left free at either side, in pixels."""
    marked = {"tickCount": ticks} if isinstance(ticks, int) else {"values": list(ticks), "format": "d"}
    return {
        "field": "x",
        "type": "quantitative",
        "scale": {"domain": list(domain), "range": [left, INNER - right], "nice": False, "zero": False},
        "axis": {"title": title, "grid": True, "labelFlush": False, **marked},
    }


def down(height: float) -> Plain:
    """A vertical axis of pixels from the top, which is not drawn."""
    scale = {"domain": [0, height], "range": [0, height], "nice": False}
    return {"field": "y", "type": "quantitative", "scale": scale, "axis": None}


def level() -> Plain:
    """A horizontal axis of pixels from the left, which is not drawn."""
    scale = {"domain": [0, INNER], "range": [0, INNER], "nice": False}
    return {"field": "x", "type": "quantitative", "scale": scale, "axis": None}


def layer(mark: Plain, rows: Iterable[Plain], **encoding: Plain) -> Plain:
    """One kind of mark for each of some rows; `encoding` says which of their fields is what."""
    return {"data": {"values": list(rows)}, "mark": mark, "encoding": encoding}


def bars(rows: Iterable[Plain], x: Plain, y: Plain, colour: str, thick: float) -> list[Plain]:
    """Bars from `x` to `x2`, each with a tick at either end, which also shows a bar too short to see."""
    rows = list(rows)
    rule = {"type": "rule", "strokeWidth": thick, "color": PALETTE[colour]}
    tick = {"type": "tick", "size": thick + 6, "thickness": 2, "color": PALETTE[colour], "opacity": 1}
    return [
        layer(rule, rows, x=x, x2={"field": "x2"}, y=y),
        layer(tick, rows, x=x, y=y),
        layer(tick, rows, x={**x, "field": "x2"}, y=y),
    ]


def words(
    rows: Iterable[Plain], y: Plain, *, x: Plain | None = None, colour: str = "ink", **mark: object
) -> Plain:
    """The `text` of rows, from the left edge unless `x` says where; `mark` sets it otherwise."""
    kind = {"type": "text", "align": "left", "baseline": "middle", "color": PALETTE[colour], **mark}
    return layer(kind, rows, x=x or {"value": 2}, y=y, text={"field": "text"})


def widened(ends: Iterable[float], part: float = 1 / 12) -> tuple[float, float]:
    """The ends of an axis that has all of some numbers on it, with a margin either side."""
    numbers = list(ends)
    low, high = min(numbers), max(numbers)
    margin = (high - low) * part or abs(high) / 20 or 1.0
    return low - margin, high + margin
