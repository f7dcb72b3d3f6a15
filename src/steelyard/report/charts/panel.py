"""Who bears what: each member's product across and its burden up, with the burdens agreed on as lines."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from steelyard.core.vocabulary import Vocabulary
from steelyard.panel.inputs import Quantity
from steelyard.panel.sharing import Point, Sharing
from steelyard.report.burdens import NAME, Guideline, guidelines_of, name_of
from steelyard.report.links import anchor
from steelyard.report.marks import INNER, Plain, layer, width_of, words
from steelyard.report.picture import PALETTE, Figure
from steelyard.report.placing import Box, placed
from steelyard.report.results import Results
from steelyard.report.tables import Cell, Row, Table, one_group
from steelyard.report.wording import Wording, listed, plain_number

TITLE = "Who bears what in an alliance: product against burden"
NEEDS = ()
TAKES = "an alliance in the case's [panel], and of two of its members product and burden in one year"
_FEWEST = 2
_NAMED = 8  # members that are labelled by name; of more the code is shown
_LEFT, _RIGHT = 30, 8  # pixels: the numbers of the axis, and the margin
_LOW, _HIGH, _FEW = 210, 380, 12  # pixels of the picture for few members, and for many
_FAR = 14  # pixels from which on a thin line joins a label to its point
_SEEN = 5  # pixels from which on what rounding leaves open can be seen beside a point
_SCALES = (
    "datum.value >= 1e12 ? datum.value / 1e12 + ' tn' : datum.value >= 1e9 ? datum.value / 1e9 + ' bn' : "
)


def draw(results: Results) -> Iterator[Figure]:
    """A figure for the first and one for the last year, each of the members whose two figures are known."""
    panel = results.panel
    if panel is None or panel.product is None or panel.burden is None:
        return
    for year in dict.fromkeys((panel.years[0], panel.years[-1])):
        points = [one for one in panel.points[year] if one.product.value > 0]
        if len(points) >= _FEWEST:
            yield _figure(panel, year, points, panel.product, panel.burden, results.vocabulary)


def _figure(
    panel: Sharing,
    year: int,
    points: Sequence[Point],
    product: Quantity,
    burden: Quantity,
    vocabulary: Vocabulary,
) -> Figure:
    lines = guidelines_of(panel, vocabulary)
    title = _finding(panel, year, points, lines, vocabulary)
    names = {one.member: vocabulary.label("actors", one.member) or one.member for one in points}
    told = "; ".join(f"{names[one.member]} {_share(one)}" for one in sorted(points, key=_most))
    axes = _Axes.of(points, lines)
    spec, unnamed = _spec(axes, points, lines, names, product, burden, vocabulary)
    labels = "Codes stand for the members in the table. " if len(points) > _NAMED else ""
    left_out = [vocabulary.label("actors", one) for one in panel.members[year] if one not in names]
    more = f"Without {listed(left_out)}, of whom no figure is known. " if left_out else ""
    hidden = f"No room for {listed(unnamed)}. " if unnamed else ""
    subtitle = (
        f"{labels}Lines: burdens agreed on. {more}{hidden}What rounding leaves open is drawn where it can be "
        "seen beside a point."
    )
    name = f"{NAME}-{year}"
    return Figure(
        name,
        NAME,
        title,
        subtitle,
        f"{title}. {burden.unit}: {told}.",
        spec,
        _table(name, points, names, product, burden, vocabulary),
    )


def _most(point: Point) -> float:
    return -float(point.burden.value)


def _share(point: Point) -> str:
    """The burden as it is printed."""
    return f"{_printed(point)}%"


def _printed(point: Point) -> str:
    """The digits of the burden, zeros at the end kept."""
    places = point.burden.value.as_tuple().exponent
    return plain_number(point.burden.value, max(0, -places) if isinstance(places, int) else None)


def _finding(
    panel: Sharing,
    year: int,
    points: Sequence[Point],
    lines: Sequence[Guideline],
    vocabulary: Vocabulary,
) -> str:
    """How many bear what the alliance has agreed on, or who bears most and least where it has not."""
    agreed = next((one for one in lines if one.actor == panel.measured.alliance and one.holds_in(year)), None)
    if agreed is None:
        first, *_, last = sorted(points, key=_most)
        most, least = (vocabulary.label("actors", one.member) or one.member for one in (first, last))
        return f"Burdens in {year}: from {_share(last)} ({least}) to {_share(first)} ({most})"
    sure = sum(one.burden_ends[0] >= agreed.value * (1 - 1e-12) for one in points)
    maybe = sum(one.burden_ends[1] >= agreed.value for one in points)
    many = f"{sure}" if sure == maybe else f"{sure} to {maybe}"
    name = name_of(panel.measured.alliance, vocabulary)
    return f"In {year}, {many} of {len(points)} members of {name} bear {plain_number(agreed.value)}% or more"


@dataclass(frozen=True, slots=True)
class _Axes:
    """How products (in logarithms) and burdens lie on a picture so many pixels high."""

    low: float
    high: float
    top: float
    pixels: float

    @classmethod
    def of(cls, points: Sequence[Point], lines: Sequence[Guideline]) -> _Axes:
        """Axes that have all points and lines on them."""
        products = [float(one.product.value) for one in points]
        burdens = [*(one.burden_ends[1] for one in points), *(one.value for one in lines)]
        pixels = _LOW if len(points) <= _FEW else _HIGH
        return cls(min(products) / 1.6, max(products) * 1.6, max(burdens) * 1.08, pixels)

    def across(self, product: float) -> float:
        """The place of a product, in pixels from the left."""
        part = math.log(product / self.low) / math.log(self.high / self.low)
        return _LEFT + part * (INNER - _RIGHT - _LEFT)

    def product_at(self, place: float) -> float:
        """The product that lies so many pixels from the left."""
        part = (place - _LEFT) / (INNER - _RIGHT - _LEFT)
        return float(self.low * (self.high / self.low) ** part)

    def down(self, burden: float) -> float:
        """The place of a burden, in pixels from the top."""
        return self.pixels - burden / self.top * self.pixels

    def burden_at(self, place: float) -> float:
        """The burden that lies so many pixels from the top."""
        return (self.pixels - place) / self.pixels * self.top

    def x(self, title: str) -> Plain:
        """The axis of products, a mark at each power of ten."""
        powers = range(math.ceil(math.log10(self.low)), math.floor(math.log10(self.high)) + 1)
        marks: list[float] = [10.0**power for power in powers]
        if len(marks) < _FEWEST:
            marks = [float(f"{self.low * (self.high / self.low) ** part:.1g}") for part in (0.25, 0.75)]
        scale = {
            "type": "log",
            "domain": [self.low, self.high],
            "range": [_LEFT, INNER - _RIGHT],
            "nice": False,
        }
        text = f"{_SCALES}datum.value / 1e6 + ' m'"
        axis = {"title": title, "values": marks, "labelExpr": text, "grid": True, "labelFlush": False}
        return {"field": "x", "type": "quantitative", "scale": scale, "axis": axis}

    def y(self, title: str) -> Plain:
        """The axis of burdens, upward from nothing."""
        scale = {"domain": [0, self.top], "range": [self.pixels, 0], "nice": False}
        axis = {
            "title": title,
            "tickCount": 5,
            "grid": True,
            "offset": -_LEFT,
            "titleAnchor": "end",
            "titleAngle": 0,
            "titleAlign": "left",
            "titleX": -_LEFT + 4,
            "titleY": -8,
        }
        return {"field": "y", "type": "quantitative", "scale": scale, "axis": axis}


def _spec(
    axes: _Axes,
    points: Sequence[Point],
    lines: Sequence[Guideline],
    names: dict[str, str],
    product: Quantity,
    burden: Quantity,
    vocabulary: Vocabulary,
) -> tuple[Plain, list[str]]:
    """The picture, and the names of members for whose label there is no room."""
    what = vocabulary.label("measures", product.measure) or product.measure
    x, y = axes.x(f"{what}, {product.unit} (each mark ten times the one before)"), axes.y(burden.unit)
    places = [(axes.across(float(one.product.value)), axes.down(float(one.burden.value))) for one in points]
    drawn, boxes = _lines(axes, lines, places, x, y)
    texts = [one.member if len(points) > _NAMED else names[one.member] for one in points]
    frame = Box(_LEFT + 2, 0, INNER, axes.pixels - 2)
    labels = placed(places, [width_of(text) + 2 for text in texts], frame, boxes)
    rows, joints = [], []
    for place, label, text in zip(places, labels, texts, strict=True):
        if label is None:
            continue
        rows.append({"x": axes.product_at(label[0]), "y": axes.burden_at(label[1]), "text": text})
        edge = _edge(place, label, width_of(text))
        if math.dist(place, edge) > _FAR:
            joints.append(_between(axes, place, edge))
    dots = [{"x": float(one.product.value), "y": float(one.burden.value)} for one in points]
    dot = {"type": "point", "filled": True, "size": 26, "opacity": 1, "color": PALETTE["follows"]}
    thin = {"type": "rule", "color": PALETTE["muted"], "strokeWidth": 0.6}
    two = {"x2": {"field": "x2"}, "y2": {"field": "y2"}}
    layers = [
        *drawn,
        *([layer(thin, joints, x=x, y=y, **two)] if joints else []),
        *_whiskers(axes, points, x, y),
        layer(dot, dots, x=x, y=y),
        words(rows, y, x=x, align="center"),
    ]
    unnamed = [names[one.member] for one, label in zip(points, labels, strict=True) if label is None]
    return {"height": axes.pixels, "layer": layers}, unnamed


def _edge(point: tuple[float, float], label: tuple[float, float], width: float) -> tuple[float, float]:
    """The place on the rim of a label that is nearest to its point."""
    x = max(label[0] - width / 2, min(point[0], label[0] + width / 2))
    y = max(label[1] - 5, min(point[1], label[1] + 5))
    return x, y


def _between(axes: _Axes, start: tuple[float, float], end: tuple[float, float]) -> Plain:
    return {
        "x": axes.product_at(start[0]),
        "y": axes.burden_at(start[1]),
        "x2": axes.product_at(end[0]),
        "y2": axes.burden_at(end[1]),
    }


def _lines(
    axes: _Axes, lines: Sequence[Guideline], points: Sequence[tuple[float, float]], x: Plain, y: Plain
) -> tuple[list[Plain], list[Box]]:
    """The burdens agreed on as dashed lines with their words, and the room that both take."""
    if not lines:
        return [], []
    rule = {"type": "rule", "color": PALETTE["printed"], "strokeDash": [4, 3], "strokeWidth": 1.2}
    rows = [{"x": axes.low, "x2": axes.high, "y": one.value} for one in lines]
    boxes = [Box(_LEFT, down - 1, INNER, down + 1) for down in (axes.down(one.value) for one in lines)]
    texts = []
    for one in {line.value: line for line in lines}.values():
        box = _beside(axes.down(one.value), width_of(one.text), points)
        middle = (box.top + box.bottom) / 2
        texts.append({"x": axes.product_at(box.left), "y": axes.burden_at(middle), "text": one.text})
        boxes.append(box)
    return [
        layer(rule, rows, x=x, x2={"field": "x2"}, y=y),
        words(texts, y, x=x, colour="printed"),
    ], boxes


def _beside(down: float, width: float, points: Sequence[tuple[float, float]]) -> Box:
    """Room for the words of a line, above or below it, on as few points as may be; rather left and above."""
    starts = [_LEFT + 3, INNER - width - 2, (_LEFT + INNER - width) / 2]
    rooms = [
        Box(start, down + rise - 6, start + width, down + rise + 6) for rise in (-8, 8) for start in starts
    ]
    return min(
        rooms,
        key=lambda box: sum(box.meets(Box(x - 4, y - 4, x + 4, y + 4)) for x, y in points),
    )


def _whiskers(axes: _Axes, points: Sequence[Point], x: Plain, y: Plain) -> list[Plain]:
    """What is left open of a burden or a product, where it is wide enough to be seen."""
    rows = []
    for one in points:
        product, burden = float(one.product.value), float(one.burden.value)
        low, high = one.burden_ends
        if axes.down(low) - axes.down(high) >= _SEEN:
            rows.append({"x": product, "y": low, "x2": product, "y2": high})
        left, right = one.product_ends
        if left > 0 and axes.across(right) - axes.across(left) >= _SEEN:
            rows.append({"x": max(left, axes.low), "y": burden, "x2": min(right, axes.high), "y2": burden})
    rule = {"type": "rule", "color": PALETTE["follows"], "strokeWidth": 1.2}
    two = {"x2": {"field": "x2"}, "y2": {"field": "y2"}}
    return [layer(rule, rows, x=x, y=y, **two)] if rows else []


def _table(
    name: str,
    points: Sequence[Point],
    names: dict[str, str],
    product: Quantity,
    burden: Quantity,
    vocabulary: Vocabulary,
) -> Table:
    """Each point with its ends and where its two figures stand, most burdened first."""
    wording = Wording(vocabulary)
    rows = []
    for one in sorted(points, key=lambda one: (_most(one), one.member)):
        origin = f"{one.product.place}; {one.burden.place}"
        link = anchor(NAME, one.member)
        mark = " e" if one.burden.is_estimate else ""
        cells = (
            Cell(names[one.member], origin, link),
            Cell(one.member, origin),
            Cell(
                wording.rounded(one.product.value, product.unit),
                origin,
                plain=f"{one.product.value:f}",
                number=True,
            ),
            Cell(f"{_printed(one)}{mark}", origin, plain=f"{one.burden.value:f}", number=True),
            Cell(wording.interval(one.burden.low, one.burden.high, ""), origin, number=True),
            Cell(_stands(one), origin),
        )
        rows.append(Row(cells))
    what = vocabulary.label("measures", product.measure) or product.measure
    columns = ("Member", "Code", what, burden.unit, "Leaves open", "Stands in")
    caption = "The points of the picture; e: an estimate or projection of its publisher."
    return Table(name, caption, columns, one_group(rows), frozenset((2, 3, 4)))


def _stands(point: Point) -> str:
    """Where the two figures stand, in words that are not said twice."""
    first, second = (one.source or one.origin for one in (point.product, point.burden))
    return first if first == second else f"{first}; {second}"
