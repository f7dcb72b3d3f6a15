"""Each scenario as fans over the years: share and spending, with target, reference and box."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from steelyard.project.ensemble import Cell, Ensemble
from steelyard.report.links import anchor
from steelyard.report.members import written_as
from steelyard.report.picture import PALETTE, Figure
from steelyard.report.results import Results
from steelyard.report.wording import Wording, plain_number

NEEDS = ("ensembles",)
_NAMES = {"share": "share of GDP", "spending": "spending", "spending_foreign": "spending at market rates"}
_OF_MEMBERS = "spending"
_TITLES = {
    "share": "Defence comes to {value} in {year}",
    "spending": "Spending comes to {value} in {year}",
    "spending_foreign": "At market rates that is {value} in {year}",
}
_SUBTITLE = "Median, 25 to 75% and 5 to 95% of draws; bar at the right: rounding of the claims alone"
_HEIGHT = 200
Plain = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Fan:
    """One variable of a scenario: its cells by year, the reference's cells, the unit's scale and name."""

    variable: str
    cells: Sequence[Cell]
    reference: Sequence[Cell]
    factor: float
    unit: str


def draw(results: Results) -> Iterator[Figure]:
    """One figure for each scenario and variable with a fan."""
    wording = Wording(results.vocabulary)
    for ensemble in results.ensembles:
        others = [other for other in results.ensembles if other.scenario == ensemble.reference_scenario]
        # Members compare in a table; each has one picture.
        names = [_OF_MEMBERS] if written_as(ensemble.scenario, results.vocabulary) else list(_NAMES)
        for variable in names:
            cells = ensemble.series(variable)
            if cells:
                factor, word = wording.scale(
                    cells[0].unit, *(value for cell in cells for value in cell.quantiles)
                )
                reference = others[0].series(variable) if others and others[0] != ensemble else ()
                unit = f"{word} {cells[0].unit}".strip()
                fan = Fan(variable, cells, reference, float(factor), unit)
                yield _figure(ensemble, fan, wording)


def _figure(ensemble: Ensemble, fan: Fan, wording: Wording) -> Figure:
    last = fan.cells[-1]
    median, low, high = (last.quantiles[number] for number in (2, 0, 4))
    errors = last.errors or (None,) * len(last.quantiles)
    shown = wording.rounded(median, last.unit, errors[2])
    name = _NAMES[fan.variable]
    title = _TITLES[fan.variable].format(value=shown, year=last.year)
    alt = (
        f"{ensemble.label}: fan chart of {name} from {fan.cells[0].year} to {last.year}. "
        f"In {last.year} the median is {shown}, "
        f"nine in ten draws lie in {wording.span(low, high, last.unit, errors[::4])}; "
        f"rounding of the claims alone leaves {wording.span(*last.box, last.unit)}."
    )
    place = anchor("scenario", ensemble.scenario)
    subtitle = f"{_SUBTITLE}{'; dashed: reference' if fan.reference else ''}; axes do not start at zero."
    return Figure(f"{place}-{fan.variable}", place, title, subtitle, alt, _spec(ensemble, fan))


def _spec(ensemble: Ensemble, fan: Fan) -> Plain:
    """Bands, median, reference, target and box, in this order, so that lines lie on the bands."""
    years = [cell.year for cell in fan.cells]
    # Room behind the last year for the box and the names of the lines.
    room = max(1.0, (years[-1] - years[0]) / 9)
    across = {
        "field": "year",
        "type": "quantitative",
        "scale": {"domain": [years[0], years[-1] + room], "nice": False},
        "axis": {"format": "d", "title": None, "grid": False, "values": _ticks(years)},
    }
    upward = {
        "type": "quantitative",
        "scale": {"zero": False, "nice": True},
        "axis": {
            "title": fan.unit,
            "tickCount": 5,
            "titleAnchor": "end",
            "titleAngle": 0,
            "titleAlign": "left",
            "titleX": -30,
            "titleY": -8,
        },
    }
    layers = [
        _band("low", "high", "fan-outer", across, upward),
        _band("lower", "higher", "fan-inner", across, upward),
        *_reference(fan, across, upward),
        *_target(ensemble, fan, years, across, upward),
        {
            "mark": {"type": "line", "color": PALETTE["follows"], "strokeWidth": 2},
            "encoding": {"x": across, "y": {"field": "median", **upward}},
        },
        *_box(fan, years[-1] + room / 2, across, upward),
    ]
    rows = [_row(cell, fan.factor) for cell in fan.cells]
    return {
        "height": _HEIGHT,
        "data": {"values": rows},
        "layer": layers,
    }


def _ticks(years: Sequence[int]) -> list[int]:
    """At most six years, the last among them."""
    step = max(1, -(-(len(years) - 1) // 5))
    return sorted(range(years[-1], years[0] - 1, -step))


def _row(cell: Cell, factor: float) -> Plain:
    names = ("low", "lower", "median", "higher", "high")
    return {
        "year": cell.year,
        **{name: value / factor for name, value in zip(names, cell.quantiles, strict=True)},
    }


def _band(low: str, high: str, colour: str, across: Plain, upward: Plain) -> Plain:
    return {
        "mark": {"type": "area", "color": PALETTE[colour]},
        "encoding": {"x": across, "y": {"field": low, **upward}, "y2": {"field": high}},
    }


def _reference(fan: Fan, across: Plain, upward: Plain) -> list[Plain]:
    """The median of the scenario that this one is measured against."""
    values = [{"year": cell.year, "reference": cell.quantiles[2] / fan.factor} for cell in fan.reference]
    if not values:
        return []
    mark = {"type": "line", "color": PALETTE["ink"], "strokeDash": [5, 3], "strokeWidth": 1.5}
    encoding = {"x": across, "y": {"field": "reference", **upward}}
    return [{"data": {"values": values}, "mark": mark, "encoding": encoding}]


def _target(ensemble: Ensemble, fan: Fan, years: Sequence[int], across: Plain, upward: Plain) -> list[Plain]:
    """The share aimed at, as a line with its name."""
    if ensemble.target is None or fan.variable != "share":
        return []
    value = {
        "year": years[0],
        "end": years[-1],
        "target": ensemble.target,
        "label": f"target {plain_number(ensemble.target)}%",
    }
    encoding = {"x": across, "y": {"field": "target", **upward}}
    colour = PALETTE["printed"]
    return [
        {
            "data": {"values": [value]},
            "mark": {"type": "rule", "color": colour, "strokeWidth": 1.5},
            "encoding": {**encoding, "x2": {"field": "end"}},
        },
        {
            "data": {"values": [value]},
            "mark": {
                "type": "text",
                "align": "left",
                "baseline": "top",
                "dx": 2,
                "dy": 4,
                "color": colour,
            },
            "encoding": {**encoding, "text": {"field": "label"}},
        },
    ]


def _box(fan: Fan, year: float, across: Plain, upward: Plain) -> list[Plain]:
    """What rounding alone leaves open in the last year, beside the fan and not in it."""
    low, high = fan.cells[-1].box
    value = {"year": year, "box_low": low / fan.factor, "box_high": high / fan.factor}
    encoding = {"x": across, "y": {"field": "box_low", **upward}, "y2": {"field": "box_high"}}
    ends = [
        {
            "data": {"values": [value]},
            "mark": {
                "type": "tick",
                "orient": "horizontal",
                "size": 9,
                "thickness": 2,
                "color": PALETTE["printed"],
            },
            "encoding": {"x": across, "y": {"field": end, **upward}},
        }
        for end in ("box_low", "box_high")
    ]
    rule = {"type": "rule", "strokeWidth": 4, "color": PALETTE["printed"]}
    return [{"data": {"values": [value]}, "mark": rule, "encoding": encoding}, *ends]
