"""The slope of each actor from its share today to the share it aims at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from steelyard.core.vocabulary import Vocabulary
from steelyard.report.links import anchor
from steelyard.report.marks import INNER, Plain, kept_apart, layer, level, shortened, widened, width_of, words
from steelyard.report.picture import PALETTE, Figure
from steelyard.report.results import Results
from steelyard.report.rungs import Mark, Rung, rungs_of
from steelyard.report.tables import NOTHING, Cell, Row, Table, one_group
from steelyard.report.wording import counted, plain_number

TITLE = "From today's share to the target"
NEEDS = ()
TAKES = "a share today and a target, of one actor or of an alliance that it is in"
_LEFT, _TODAY, _TARGET = 148, 170, 258  # pixels: where names end, and the two ends of the slopes
_TOP, _LEAST, _HEIGHT = 26, 13, 190


def draw(results: Results) -> Iterator[Figure]:
    """One figure for each measure that is aimed at as a share."""
    for (measure, unit), rungs in rungs_of(results).items():
        ordered = sorted(rungs, key=lambda rung: (-rung.today.value, rung.name))
        yield _figure(measure, unit, ordered, results)


def _points(value: float) -> str:
    return plain_number(value, 2)


def _figure(measure: str, unit: str, rungs: Sequence[Rung], results: Results) -> Figure:
    title = _finding(rungs, unit)
    told = "; ".join(
        f"{rung.name}: {_share(rung.today)} in {rung.today.year}, target {_share(rung.target)}"
        f"{f' by {rung.target.year}' if rung.target.year else ''}"
        for rung in rungs
    )
    what = results.vocabulary.label("measures", measure)
    subtitle = (
        f"{f'{what}. ' if what else ''}Left: the latest share; right: the target. Orange and dashed: still "
        "to rise; blue: met. The axis does not start at zero."
    )
    name = anchor("ladder", f"{measure or 'share'}")
    return Figure(
        name,
        "figures",
        title,
        subtitle,
        f"{title}. {told}.",
        _spec(rungs, unit),
        _table(name, rungs, unit, results.vocabulary),
    )


def _share(mark: Mark) -> str:
    return f"{_points(mark.value)}%"


def _finding(rungs: Sequence[Rung], unit: str) -> str:
    """How many have met it, and who has farthest to go."""
    farthest = max(rungs, key=lambda rung: rung.gap)
    if len(rungs) == 1:
        if farthest.gap <= 0:
            return f"{farthest.name} spends {_share(farthest.today)} {unit[2:]} and has met its target"
        return (
            f"{farthest.name} spends {_share(farthest.today)} {unit[2:]}, {_points(farthest.gap)} points "
            "below its target"
        )
    met = sum(rung.gap <= 0 for rung in rungs)
    few = counted(met, "of", "of")
    verb = "meets" if met == 1 else "meet"
    text = f"{few[:1].upper()}{few[1:]} {counted(len(rungs), 'actor')} {verb} the target"
    if farthest.gap <= 0:
        return text
    return f"{text}; {farthest.name} has farthest to go: {_points(farthest.gap)} points"


@dataclass(frozen=True, slots=True)
class _Height:
    """How shares lie on a picture of so many pixels, below room for the heads of the columns."""

    pixels: float
    low: float
    high: float

    def share_at(self, place: float) -> float:
        """The share that lies so many pixels below the upper edge."""
        return self.low + (self.pixels - place) / (self.pixels - _TOP) * (self.high - self.low)

    def labelled(self, shares: Sequence[float]) -> list[float]:
        """Where the labels of some shares stand, as shares: near them, and clear of one another."""
        room = (self.pixels - _TOP) / (self.high - self.low)
        places = [self.pixels - (share - self.low) * room for share in shares]
        return [self.share_at(place) for place in kept_apart(places, _LEAST, _TOP + 6, self.pixels - 4)]


def _spec(rungs: Sequence[Rung], unit: str) -> Plain:
    """Slopes between two columns; names stand apart from one another, joined to their ends by thin lines."""
    pixels = max(_HEIGHT, _LEAST * len(rungs) + _TOP + 8)
    low, high = widened([value for rung in rungs for value in (rung.today.value, rung.target.value)])
    height = _Height(pixels, low, high)
    x, y = level(), _upward(unit, (low, high), pixels)
    targets = _targets(rungs)
    today = [rung.today.value for rung in rungs]
    left = [
        {"x": _LEFT, "y": place, "text": _named(rung)}
        for rung, place in zip(rungs, height.labelled(today), strict=True)
    ]
    right = [
        {"x": _TARGET + 12, "y": place, "text": shortened(text, INNER - _TARGET - 12)}
        for text, place in zip(targets.values(), height.labelled(list(targets)), strict=True)
    ]
    joints = [
        *(_joint(_LEFT + 2, row["y"], _TODAY - 4, end) for row, end in zip(left, today, strict=True)),
        *(_joint(_TARGET + 10, row["y"], _TARGET + 4, end) for row, end in zip(right, targets, strict=True)),
    ]
    thin = {"type": "rule", "color": PALETTE["muted"], "strokeWidth": 0.6}
    heads = [
        {"x": place, "y": height.share_at(8), "text": text}
        for place, text in ((_TODAY, _years(rungs)), (_TARGET, "target"))
    ]
    return {
        "height": pixels,
        "layer": [
            layer(thin, joints, x=x, x2={"field": "x2"}, y=y, y2={"field": "y2"}),
            *_slopes(rungs, x, y),
            words(left, y, x=x, align="right"),
            words(right, y, x=x),
            words(heads, y, x=x, align="center", colour="muted"),
        ],
    }


def _joint(x: float, y: object, x2: float, y2: float) -> Plain:
    """A thin line from a label to what it names."""
    return {"x": x, "y": y, "x2": x2, "y2": y2}


def _named(rung: Rung) -> str:
    """An actor with its share, which stays whole where the name must be cut."""
    share = _points(rung.today.value)
    return f"{shortened(rung.name, _LEFT - 34 - width_of(share))} {share}"


def _upward(unit: str, domain: Sequence[float], height: float) -> Plain:
    """The axis of shares, upward, below room for the heads of the two columns."""
    return {
        "field": "y",
        "type": "quantitative",
        "scale": {"domain": list(domain), "range": [height, _TOP], "nice": False, "zero": False},
        "axis": {
            "title": unit,
            "tickCount": 5,
            "grid": False,
            "offset": -26,
            "titleAnchor": "end",
            "titleAngle": 0,
            "titleAlign": "left",
            "titleX": -22,
            "titleY": 8,
        },
    }


def _years(rungs: Sequence[Rung]) -> str:
    years = {rung.today.year for rung in rungs}
    return str(years.pop()) if len(years) == 1 else "latest"


def _targets(rungs: Sequence[Rung]) -> dict[float, str]:
    """Each target once, with the year by which it is to be met where one is said."""
    found: dict[float, str] = {}
    for rung in sorted(rungs, key=lambda rung: -rung.target.year):
        by = f" by {rung.target.year}" if rung.target.year else ""
        found.setdefault(rung.target.value, f"{_points(rung.target.value)}{by}")
    return found


def _slopes(rungs: Sequence[Rung], x: Plain, y: Plain) -> list[Plain]:
    layers = []
    for colour, dash, met in (("printed", [4, 3], False), ("follows", [1, 0], True)):
        mine = [rung for rung in rungs if (rung.gap <= 0) is met]
        rows = [{"x": _TODAY, "y": rung.today.value, "x2": _TARGET, "y2": rung.target.value} for rung in mine]
        if rows:
            line = {"type": "rule", "color": PALETTE[colour], "strokeDash": dash, "strokeWidth": 1.4}
            layers.append(layer(line, rows, x=x, x2={"field": "x2"}, y=y, y2={"field": "y2"}))
            point = {"type": "point", "filled": True, "size": 30, "opacity": 1, "color": PALETTE[colour]}
            layers.append(layer(point, rows, x=x, y=y))
            ends = [{"x": row["x2"], "y": row["y2"]} for row in rows]
            layers.append(layer(point, ends, x=x, y=y))
    return layers


def _table(name: str, rungs: Sequence[Rung], unit: str, vocabulary: Vocabulary) -> Table:
    """A row for each actor: its share, its target and what is missing, each leading to its origin."""
    rows = []
    for rung in rungs:
        both = f"{rung.today.origin}; {rung.target.origin}"
        cells = [Cell(rung.name, both)]
        for mark in (rung.today, rung.target):
            counts = vocabulary.label("definitions", mark.definition) or NOTHING
            year = str(mark.year) if mark.year else NOTHING
            plain = f"{mark.value:.9g}"
            cells.append(Cell(_points(mark.value), both, mark.link, plain=plain, number=True))
            cells += [Cell(year, both), Cell(counts, both)]
        cells.append(Cell(_points(rung.gap), both, plain=f"{rung.gap:.9g}", number=True))
        rows.append(Row(tuple(cells)))
    columns = ("Actor", "Share", "In", "As counted by", "Target", "By", "As counted by", "To go")
    caption = f"Shares in {unit}; what is to go in points, below nothing where the target is met."
    return Table(name, caption, columns, one_group(rows), frozenset((1, 4, 7)))
