"""Each scenario as fans over the years: share and spending, with target, pledges, reference and box."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from steelyard.project.ensemble import PROBABILITIES, Cell, Ensemble
from steelyard.report import tables
from steelyard.report.links import anchor
from steelyard.report.marks import INNER, LINE, shortened
from steelyard.report.members import of_path, written_as
from steelyard.report.own_path import parents_of
from steelyard.report.picture import PALETTE, Figure
from steelyard.report.results import Results
from steelyard.report.tables import Row, Table, one_group
from steelyard.report.wording import Wording, plain_number

TITLE = "Paths of spending"
NEEDS = ("ensembles",)
TAKES = "a scenario"
_NAMES = {"share": "share of GDP", "spending": "spending", "spending_foreign": "spending at market rates"}
_OF_MEMBERS = "spending"
_TITLES = {
    "share": "Defence comes to {value} in {year}",
    "spending": "Spending comes to {value} in {year}",
    "spending_foreign": "Spending at market rates comes to {value} in {year}",
}
_SUBTITLE = "Median, 25 to 75% and 5 to 95% of draws; bar at the right: rounding of the claims alone"
_HEIGHT = 200
# The quantiles of a year by the names that they have in a picture's rows.
QUANTILES = ("low", "lower", "median", "higher", "high")
_PLEDGED = "pledge_commitment"
Plain = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Fan:
    """One variable of a scenario: its cells by year, the reference's cells, the unit's scale and name.

    `target` is what the share aimed at comes to by year, in the fan's unit; `pledges` are the last year of
    each and its words.
    """

    variable: str
    cells: Sequence[Cell]
    reference: Sequence[Cell]
    factor: float
    unit: str
    target: Mapping[int, float]
    pledges: Sequence[tuple[int, str]] = ()


def draw(results: Results) -> Iterator[Figure]:
    """One figure for each scenario and variable with a fan."""
    wording = Wording(results.vocabulary)
    parents = parents_of(results)
    for ensemble in results.ensembles:
        if ensemble.scenario in parents:
            continue
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
                target = _targets(ensemble, variable)
                pledges = _pledges(ensemble, wording) if variable != "share" else ()
                fan = Fan(variable, cells, reference, float(factor), unit, target, pledges)
                yield _figure(ensemble, fan, wording)


def _targets(ensemble: Ensemble, variable: str) -> Mapping[int, float]:
    """What the target comes to in each year: the share itself, or so much of the median GDP.

    In another currency than that of GDP there is none, for a median of products is no product of medians.
    """
    if ensemble.target is None:
        return {}
    if variable == "share":
        return dict.fromkeys(ensemble.years, ensemble.target)
    unit = ensemble.series(variable)[0].unit
    of_gdp = {cell.year: cell for cell in ensemble.series("gdp") if cell.unit == unit}
    return {year: ensemble.target / 100 * cell.quantiles[2] for year, cell in of_gdp.items()}


def _pledges(ensemble: Ensemble, wording: Wording) -> list[tuple[int, str]]:
    """Each pledge's last year of signing, and in words what is pledged by then."""
    found = []
    for variable in ensemble.variables:
        kind, _, name = variable.partition(":")
        signed = [cell for cell in ensemble.series(variable) if cell.central] if kind == _PLEDGED else []
        if signed:
            label = ensemble.names.get(f"pledge:{name}", name)
            amount = wording.amount(sum(cell.central for cell in signed), signed[0].unit)
            found.append((signed[-1].year, f"pledged by {signed[-1].year}: {label}, {amount}"))
    return found


def _figure(ensemble: Ensemble, fan: Fan, wording: Wording) -> Figure:
    last = fan.cells[-1]
    median, low, high = (last.quantiles[number] for number in (2, 0, 4))
    errors = last.errors or (None,) * len(last.quantiles)
    shown = wording.rounded(median, last.unit, errors[2])
    name = _NAMES[fan.variable]
    title = of_path(_TITLES[fan.variable].format(value=shown, year=last.year), ensemble)
    alt = (
        f"{ensemble.label}: fan chart of {name} from {fan.cells[0].year} to {last.year}. "
        f"In {last.year} the median is {shown}, "
        f"nine in ten draws lie in {wording.span(low, high, last.unit, errors[::4])}; "
        f"rounding of the claims alone leaves {wording.span(*last.box, last.unit)}."
    )
    place = anchor("scenario", ensemble.scenario)
    subtitle = f"{_SUBTITLE}{'; dashed: reference' if fan.reference else ''}; axes do not start at zero."
    pledged = "".join(f" {words[:1].upper()}{words[1:]}." for _, words in fan.pledges)
    name = f"{place}-{fan.variable}"
    table = _table(name, place, fan)
    return Figure(
        name, place, title, subtitle, f"{alt}{pledged}", _spec(ensemble, fan), table, f"{place}-yearly"
    )


def _spec(ensemble: Ensemble, fan: Fan) -> Plain:
    """Bands, median, reference, target and box, in this order, so that lines lie on the bands."""
    years = [cell.year for cell in fan.cells]
    # Room behind the last year for the box and the names of the lines.
    room = max(1.0, (years[-1] - years[0]) / 9)
    across, upward = scales(years, fan.unit, room)
    layers = [
        band("low", "high", "fan-outer", across, upward),
        band("lower", "higher", "fan-inner", across, upward),
        *_reference(fan, across, upward),
        *_target(ensemble, fan, years, across, upward),
        {
            "mark": {"type": "line", "color": PALETTE["follows"], "strokeWidth": 2},
            "encoding": {"x": across, "y": {"field": "median", **upward}},
        },
        *_box(fan, years[-1] + room / 2, across, upward),
        *_pledge_marks(fan, across),
    ]
    rows = [_row(cell, fan.factor) for cell in fan.cells]
    return {
        "height": _HEIGHT,
        "data": {"values": rows},
        "layer": layers,
    }


def scales(years: Sequence[int], unit: str, room: float) -> tuple[Plain, Plain]:
    """The axis of years, with room behind the last, and that of amounts, which need not start at zero."""
    across = {
        "field": "year",
        "type": "quantitative",
        "scale": {"domain": [years[0], years[-1] + room], "nice": False},
        "axis": {"format": "d", "title": None, "grid": False, "values": ticks(years)},
    }
    upward = {
        "type": "quantitative",
        "scale": {"zero": False, "nice": True},
        "axis": {
            "title": unit,
            "tickCount": 5,
            "titleAnchor": "end",
            "titleAngle": 0,
            "titleAlign": "left",
            "titleX": -30,
            "titleY": -8,
        },
    }
    return across, upward


def ticks(years: Sequence[int]) -> list[int]:
    """At most six years, the last among them."""
    step = max(1, -(-(len(years) - 1) // 5))
    return sorted(range(years[-1], years[0] - 1, -step))


def _row(cell: Cell, factor: float) -> Plain:
    named = zip(QUANTILES, cell.quantiles, strict=True)
    return {"year": cell.year, **{name: value / factor for name, value in named}}


def band(low: str, high: str, colour: str, across: Plain, upward: Plain) -> Plain:
    """The area between two fields, in a colour of the palette by its name."""
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
    """What is aimed at, as a line with its name, and a mark in the year by which it is to be met."""
    values = [{"year": year, "target": fan.target[year] / fan.factor} for year in years if year in fan.target]
    if not values:
        return []
    aim = f"{plain_number(ensemble.target or 0)}%"
    by = f" by {ensemble.target_year}" if ensemble.target_year else ""
    name = f"target {aim}{by}" if fan.variable == "share" else f"target: {aim} of the median GDP"
    encoding = {"x": across, "y": {"field": "target", **upward}}
    colour = PALETTE["printed"]
    text = {"type": "text", "align": "left", "baseline": "top", "dx": 4, "dy": 4, "color": colour}
    # A share is level, and its name stands on its line; money rises, and leaves the upper corner free.
    place: Plain = encoding["y"] if fan.variable == "share" else {"value": 0}
    diamond = {"type": "point", "shape": "diamond", "filled": True, "size": 70, "opacity": 1, "color": colour}
    layers: list[Plain] = [
        {
            "data": {"values": values},
            "mark": {"type": "line", "color": colour, "strokeWidth": 1.5},
            "encoding": encoding,
        },
        {
            "data": {"values": [{**values[0], "label": name}]},
            "mark": text,
            "encoding": {"x": across, "y": place, "text": {"field": "label"}},
        },
    ]
    met = [row for row in values if row["year"] == ensemble.target_year]
    return [*layers, {"data": {"values": met}, "mark": diamond, "encoding": encoding}] if met else layers


def _pledge_marks(fan: Fan, across: Plain) -> list[Plain]:
    """For each pledge a mark on the axis in its last year, and a line of words below the years."""
    axis = {"type": "point", "shape": "triangle-up", "filled": True, "size": 70, "opacity": 1}
    text = {"type": "text", "align": "left", "baseline": "middle", "color": PALETTE["printed"]}
    layers: list[Plain] = []
    for number, (year, words) in enumerate(fan.pledges):
        row = {"data": {"values": [{"year": year, "label": shortened(words, INNER - 40)}]}}
        at = {"x": across, "y": {"value": _HEIGHT - 5}}
        below = {"x": {"value": 0}, "y": {"value": _HEIGHT + 28 + LINE * number}, "text": {"field": "label"}}
        layers.append({**row, "mark": {**axis, "color": PALETTE["printed"]}, "encoding": at})
        layers.append({**row, "mark": text, "encoding": below})
    return layers


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


def _table(name: str, place: str, fan: Fan) -> Table:
    """The numbers of the fan by year: quantiles, box, reference and target."""
    reference = {cell.year: cell.quantiles[2] for cell in fan.reference}
    columns = (
        "Year",
        *(f"{100 * chance:g}%" for chance in PROBABILITIES),
        "Box: low",
        "Box: high",
        "Reference",
        "Target",
    )
    rows = []
    for cell in fan.cells:
        origin = f"{place}-{fan.variable}"
        numbers = [*cell.quantiles, *cell.box, reference.get(cell.year), fan.target.get(cell.year)]
        shown = (
            tables.Cell(plain_number(number / fan.factor, 3), origin, plain=repr(number), number=True)
            if number is not None
            else tables.Cell(tables.NOTHING, origin, plain="")
            for number in numbers
        )
        rows.append(Row((tables.Cell(str(cell.year), origin, f"{place}-yearly"), *shown)))
    caption = f"Quantiles over the draws by year, {fan.unit}."
    return Table(name, caption, columns, one_group(rows), frozenset(range(1, 10)))
