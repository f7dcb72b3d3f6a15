"""What follows from some figures against what is printed: intervals on one axis, the gap between shaded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from steelyard.core.interval import INFINITE, Interval
from steelyard.core.vocabulary import Vocabulary
from steelyard.report.links import anchor
from steelyard.report.picture import PALETTE, Figure
from steelyard.report.results import Results
from steelyard.report.tables import NOTHING, Cell, Row, Table, one_group
from steelyard.report.verdicts import bounds_in_words, claim_behind, number_of, tables_of
from steelyard.report.wording import Wording, in_quotes, plain_number

TITLE = "What follows against what is printed"
NEEDS = ("findings",)
TAKES = "a finding whose two sides are numbers of one unit"
_DRAWN = ("contradicted", "reconciled", "corroborated")
_ROW = 40
_TITLES = {
    "contradicted": "found and expected lie {miss} apart",
    "reconciled": "the figures lie {miss} apart; what the texts leave open reconciles them",
    "corroborated": "found and expected agree",
}
Plain = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Bar:
    """One interval on the axis."""

    label: str
    interval: Interval
    colour: str


def draw(results: Results) -> Iterator[Figure]:
    """One figure for each finding whose two sides are numbers of one unit."""
    for finding in results.findings:
        data = finding.to_json()
        bars = _bars(data, results.vocabulary) if data["verdict"] in _DRAWN else []
        if bars:
            yield _figure(data, bars, results.vocabulary)


def _bars(data: Plain, vocabulary: Vocabulary) -> list[Bar]:
    """What follows and what is printed; none where either has no numbers, or their units differ."""
    wording = Wording(vocabulary)
    sides = [data.get("expected"), data.get("found")]
    bars = []
    for side, other, label, colour in zip(
        sides, reversed(sides), ("Expected", "Found"), ("follows", "printed"), strict=True
    ):
        if not isinstance(side, Mapping) or "low" not in side or side.get("unit") != _unit(data):
            return []
        low, high = number_of(side["low"]), number_of(side["high"])
        if low is None and high is None:
            return []
        words = bounds_in_words(side, wording, other)
        bars.append(Bar(f"{label} {words}{_quoted(label, data)}", _interval(low, high), PALETTE[colour]))
    return bars


def _unit(data: Plain) -> str | None:
    side = data.get("found")
    unit = side.get("unit") if isinstance(side, Mapping) else None
    return str(unit) if unit else None


def _quoted(label: str, data: Plain) -> str:
    """The words of the claim that this side is, if it is one."""
    claim = claim_behind(data, "expected" if label == "Expected" else "found")
    if claim:
        return f" ({in_quotes(str(claim['quote']))})"
    return " (from the others)" if label == "Expected" else ""


def _interval(low: float | int | None, high: float | int | None) -> Interval:
    return Interval(
        -INFINITE if low is None else Decimal(str(low)), INFINITE if high is None else Decimal(str(high))
    )


def _figure(data: Plain, bars: Sequence[Bar], vocabulary: Vocabulary) -> Figure:
    wording = Wording(vocabulary)
    unit = _unit(data)
    miss = bars[0].interval.miss(bars[1].interval)
    verdict = str(data["verdict"])
    finding = _TITLES[verdict].format(miss=wording.miss(miss, unit)) if miss else _TITLES["corroborated"]
    title = f"{_subject(data, vocabulary)}: {finding}"
    alt = f"{title}. {'; '.join(bar.label for bar in bars)}."
    identifier = str(data["id"])
    return Figure(
        f"conflict-{anchor('finding', identifier)}",
        anchor("finding", identifier),
        title,
        _how_to_read(bars, gap=bool(miss)),
        alt,
        _spec(bars, wording, unit),
        _table(data, bars, wording, unit),
    )


def _subject(data: Plain, vocabulary: Vocabulary) -> str:
    """Which identity or rule is tried, and on which figure, for one is tried on several."""
    name = str(data.get("identity") or "")
    entry = vocabulary.entry("identities", name) or vocabulary.entry("rules", name)
    label = entry.label if entry else name.replace("-", " ").capitalize()
    claim = claim_behind(data, "found") or next(iter(tables_of(data.get("claims"))), None)
    return f"{label}, {in_quotes(str(claim['quote']))}" if claim else label


def _table(data: Plain, bars: Sequence[Bar], wording: Wording, unit: str | None) -> Table:
    """Both sides with their ends, each leading to the claim that prints it, else to the finding."""
    rows = []
    place = anchor("finding", str(data["id"]))
    ends = [end for bar in bars for end in (bar.interval.low, bar.interval.high) if end.is_finite()]
    factor, word = wording.scale(unit, *ends)
    for bar, side in zip(bars, ("expected", "found"), strict=True):
        claim = claim_behind(data, "expected" if side == "expected" else "found")
        origin = f"claim:{claim['id']}" if claim else f"{place}-{side}"
        link = anchor("claim", str(claim["id"])) if claim else place
        cells = [
            Cell(plain_number(end / factor, 4), origin, plain=f"{end:f}", number=True)
            if end.is_finite()
            else Cell("open", origin, plain="")
            for end in (bar.interval.low, bar.interval.high)
        ]
        words = " ".join(str(claim["quote"]).split()) if claim else ""
        rows.append(Row((Cell(side.capitalize(), origin, link), *cells, Cell(words or NOTHING, origin))))
    scaled = " ".join(part for part in (word, unit) if part)
    caption = f"What follows, and what is printed{f', {scaled}' if scaled else ''}."
    columns = ("Side", "At least", "At most", "As printed")
    return Table(f"conflict-{place}", caption, columns, one_group(rows), frozenset((1, 2)))


def _how_to_read(bars: Sequence[Bar], *, gap: bool) -> str:
    """What is shaded, and whether the axis leaves zero out."""
    low, high = _domain(bars)
    shaded = "Shaded: the gap between the two. " if gap else ""
    return f"{shaded}{'' if low <= 0 <= high else 'The axis does not start at zero.'}".strip()


def _domain(bars: Sequence[Bar]) -> tuple[Decimal, Decimal]:
    """The ends of the axis, in single units: all bars with a margin either side."""
    ends = [end for bar in bars for end in (bar.interval.low, bar.interval.high) if end.is_finite()]
    low, high = min(ends), max(ends)
    margin = (high - low) / 6 or abs(high) / 20 or Decimal(1)
    return low - margin, high + margin


def _spec(bars: Sequence[Bar], wording: Wording, unit: str | None) -> Plain:
    """Bars one below the other, each under its label, on one axis in the scale of the largest."""
    ends = [end for bar in bars for end in (bar.interval.low, bar.interval.high) if end.is_finite()]
    factor, word = wording.scale(unit, *ends)
    domain = [float(end / factor) for end in _domain(bars)]
    rows = [_row(number, bar, factor, domain) for number, bar in enumerate(bars)]
    axis = {"title": f"{word} {unit or ''}".strip() or None, "tickCount": 5, "grid": True}
    across = {
        "field": "low",
        "type": "quantitative",
        "scale": {"domain": domain, "zero": False, "nice": False},
        "axis": axis,
    }
    return {
        "height": _ROW * len(bars),
        "data": {"values": rows},
        "layer": [*_between(bars, factor, across), *_drawn_bars(len(bars), across)],
    }


def _drawn_bars(count: int, across: Plain) -> list[Plain]:
    """Each bar with a tick at either end, which also shows a bar too short to see, and its label above."""
    scale = {"domain": [0, _ROW * count], "reverse": True}
    down = {"field": "y", "type": "quantitative", "scale": scale, "axis": None}
    colour = {"field": "colour", "type": "nominal", "scale": None, "legend": None}
    tick = {"type": "tick", "size": 18, "thickness": 2}
    label = {"type": "text", "align": "left", "baseline": "bottom", "dy": -11}
    return [
        {
            "mark": {"type": "rule", "strokeWidth": 10},
            "encoding": {"x": across, "x2": {"field": "high"}, "y": down, "color": colour},
        },
        {"mark": tick, "encoding": {"x": across, "y": down, "color": colour}},
        {"mark": tick, "encoding": {"x": {**across, "field": "high"}, "y": down, "color": colour}},
        {"mark": label, "encoding": {"x": {"value": 2}, "y": down, "text": {"field": "label"}}},
    ]


def _row(number: int, bar: Bar, factor: Decimal, domain: Sequence[float]) -> Plain:
    low, high = (
        float(end / factor) if end.is_finite() else domain[side]
        for side, end in enumerate((bar.interval.low, bar.interval.high))
    )
    return {"label": bar.label, "low": low, "high": high, "y": _ROW * number + 28, "colour": bar.colour}


def _between(bars: Sequence[Bar], factor: Decimal, across: Plain) -> list[Plain]:
    """The stretch that neither side covers, shaded over the whole height; nothing where the two meet."""
    one, other = sorted((bar.interval for bar in bars), key=lambda interval: interval.low)
    if not one.miss(other):
        return []
    stretch = {"low": float(one.high / factor), "high": float(other.low / factor)}
    return [
        {
            "data": {"values": [stretch]},
            "mark": {"type": "rect", "color": PALETTE["between"]},
            "encoding": {"x": across, "x2": {"field": "high"}},
        }
    ]
