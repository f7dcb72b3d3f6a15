"""The sliders of the page: a scenario at every point of its grid, as texts and pictures that a script shows.

All texts are made here, with the digits that their errors leave; the script only chooses among points. It has
no number that was not reckoned, and names the line that reckons it again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from steelyard.project.ensemble import Ensemble
from steelyard.project.fans import Fan
from steelyard.project.grid import SHOWN, Axis, Grid, Point
from steelyard.project.what_if import PER_YEAR, YEAR
from steelyard.report.charts.paths import QUANTILES, band, scales
from steelyard.report.headlines import headlines_table
from steelyard.report.links import anchor
from steelyard.report.members import of_path
from steelyard.report.picture import PALETTE, Figure, Picture, Spec, draw
from steelyard.report.results import Results
from steelyard.report.wording import Wording, plain_number

_NAMES = {
    "share": "share of GDP",
    "spending": "spending",
    "spending_foreign": "spending at market rates",
}
_WIDTH, _HEIGHT = 300, 190  # so narrow that three stand side by side in the box, and one on a phone
_DIGITS = 4  # of a number that is only drawn
# What is said aloud when a slider moves, of each the first that there is. The cost is told until the last
# year of all, for only over the same years do two paths compare.
_SPOKEN = (("x_cumulative_horizon", "x_cumulative"), ("spending_target_year",), ("p_reach",))


@dataclass(frozen=True, slots=True)
class Slider:
    """One slider: `texts` are its positions as they are read, `own` the number of the scenario's."""

    id: str
    label: str
    texts: tuple[str, ...]
    own: int

    @property
    def last(self) -> int:
        """The number of its last position."""
        return len(self.texts) - 1


@dataclass(frozen=True, slots=True)
class Sliders:
    """The box of sliders of one scenario: `data` is what the script shows, `pictures` and `rows` are fans and
    headline numbers of the scenario as it is written.
    """

    anchor: str
    place: str
    sliders: tuple[Slider, ...]
    pictures: tuple[Picture, ...]
    data: Mapping[str, object]
    rows: Sequence[Sequence[str]]
    points: int
    draws: int
    seed: int
    command: str


def sliders_of(results: Results) -> Sliders | None:
    """The sliders of the results' grid; None where they have no grid."""
    grid = results.grid
    ensemble = next((one for one in results.ensembles if grid and one.scenario == grid.scenario), None)
    if grid is None or ensemble is None:
        return None
    wording, place = Wording(results.vocabulary), anchor("scenario", grid.scenario)
    name = f"{place}-sliders"
    pictures = {each: _Drawn(each, grid, ensemble, wording) for each in SHOWN if grid.points[grid.own].fans}
    command = f"steelyard project {results.folder or 'CASE'} --scenario {grid.scenario}"
    command += f" --draws {grid.draws} --seed {grid.seed}"
    points = [_point(grid.points[at], ensemble, wording, pictures) for at in sorted(grid.points)]
    own = points[sorted(grid.points).index(grid.own)]
    sliders = tuple(_slider(axis, f"{name}-{number}") for number, axis in enumerate(grid.axes, start=1))
    data = {
        "axes": [
            {"own": axis.own, "changes": [*_changes(axis)], "texts": slider.texts}
            for axis, slider in zip(grid.axes, sliders, strict=True)
        ],
        "points": points,
        "years": [*grid.years],
        "command": command,
        "spoken": _SPOKEN,
    }
    return Sliders(
        name,
        place,
        sliders,
        tuple(one.picture(ensemble) for one in pictures.values()),
        data,
        [row[1:] for row in own["rows"]],  # type: ignore[attr-defined]
        len(points),
        grid.draws,
        grid.seed,
        command,
    )


def _slider(axis: Axis, identifier: str) -> Slider:
    """A slider with its positions in words."""
    label = axis.lever.label
    texts = tuple(_text(axis, number) for number in range(len(axis.numbers)))
    return Slider(identifier, f"{label[:1].upper()}{label[1:]}", texts, axis.own)


def _text(axis: Axis, position: int) -> str:
    """A position as it is read: the number with its unit."""
    number, unit = axis.numbers[position], axis.lever.unit
    if unit == YEAR:
        return f"{number:f}"
    shown = plain_number(number, 2).removesuffix("0").removesuffix(".0")
    return f"{shown}% a year" if unit == PER_YEAR else f"{shown}{unit if unit[:1] == '%' else f' {unit}'}"


def _changes(axis: Axis) -> Iterator[str]:
    """For each position what is to be added to the command, "" for the scenario's own."""
    for position in range(len(axis.numbers)):
        yield "".join(f" --set '{name}={text}'" for name, text in axis.change(position).items())


def _point(
    point: Point, ensemble: Ensemble, wording: Wording, pictures: Mapping[str, _Drawn]
) -> Mapping[str, object]:
    """A point as plain data: rows of texts, and the numbers of its pictures."""
    if point.fault:
        return {"fault": point.fault}
    table = headlines_table(ensemble, point.headline, "", wording)
    rows = [
        [headline.name, *(cell.text for cell in row.cells[:5])]
        for headline, row in zip(point.headline, table.rows if table else (), strict=True)
    ]
    fans = [one.numbers(point.fans[variable]) for variable, one in pictures.items()]
    return {"rows": rows, "fans": fans, "target": point.target, "by": point.by}


class _Drawn:
    """The fan of one variable, with axes that hold every point of the grid, so that they stay."""

    def __init__(self, variable: str, grid: Grid, ensemble: Ensemble, wording: Wording) -> None:
        fans = [point.fans[variable] for point in grid.points.values() if point.fans]
        ends = [value for fan in fans for year in fan.quantiles for value in (year[0], year[-1])]
        unit = next(cell.unit for cell in ensemble.series(variable))
        factor, word = wording.scale(unit, *ends)
        aims = [point.target for point in grid.points.values() if point.target and variable == "share"]
        self.variable, self.name = variable, f"sliders-{variable}"
        self._what, self._unit = _NAMES[variable], f"{word} {unit}".strip()
        self._factor, self._years, self._own = float(factor), grid.years, grid.points[grid.own]
        inside = [end / self._factor for end in ends] + aims
        self._domain = [_short(min(inside)), _short(max(inside))]

    def numbers(self, fan: Fan) -> list[list[float]]:
        """By year the quantiles in the picture's unit, to the digits that can be drawn."""
        return [[_short(value / self._factor) for value in year] for year in fan.quantiles]

    def picture(self, ensemble: Ensemble) -> Picture:
        """The picture of the scenario as it is written, drawn."""
        alt = f"{ensemble.label}: fan chart of {self._what} at the point that the sliders choose."
        title = of_path(f"What if: {self._what}", ensemble)
        figure = Figure(self.name, "", title, "", alt, self.spec())
        return Picture(figure, draw(figure.spec))

    def spec(self) -> Spec:
        """The picture of the scenario as it is written; a script puts other rows into it."""
        years, rows = list(self._years), self.numbers(self._own.fans[self.variable])
        across, upward = scales(years, self._unit, room=0.0)
        upward = {**upward, "scale": {"domain": self._domain, "nice": True, "zero": False}}
        values = [
            {"year": year, **dict(zip(QUANTILES, row, strict=True))}
            for year, row in zip(years, rows, strict=True)
        ]
        line = {"type": "line", "color": PALETTE["follows"], "strokeWidth": 2}
        dashed = {"type": "line", "color": PALETTE["ink"], "strokeDash": [5, 3], "strokeWidth": 1.5}
        own = [{"year": row["year"], "own": row["median"]} for row in values]
        layers = [
            band("low", "high", "fan-outer", across, upward),
            band("lower", "higher", "fan-inner", across, upward),
            {"mark": line, "encoding": {"x": across, "y": {"field": "median", **upward}}},
            {
                "data": {"values": own},
                "mark": dashed,
                "encoding": {"x": across, "y": {"field": "own", **upward}},
            },
            *self._aim(across, upward),
        ]
        return {
            "width": _WIDTH,
            "height": _HEIGHT,
            "data": {"name": "fan", "values": values},
            "layer": layers,
        }

    def _aim(self, across: Spec, upward: Spec) -> list[Spec]:
        """The target in its year, where the picture is of shares."""
        if self.variable != "share" or self._own.target is None:
            return []
        mark = {
            "type": "point",
            "shape": "diamond",
            "filled": True,
            "size": 70,
            "opacity": 1,
            "color": PALETTE["printed"],
        }
        values = [{"year": self._own.by, "target": self._own.target}]
        encoding = {"x": across, "y": {"field": "target", **upward}}
        return [{"data": {"name": "aim", "values": values}, "mark": mark, "encoding": encoding}]


def _short(value: float) -> float:
    """A number with the digits that can be seen in a picture."""
    return float(f"{value:.{_DIGITS}g}")
