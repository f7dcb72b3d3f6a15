"""The two uncertainties of each scenario at its horizon, apart: what shocks and what rounding leave open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from steelyard.project.ensemble import PROBABILITIES, Cell, Ensemble
from steelyard.report import tables
from steelyard.report.links import anchor
from steelyard.report.marks import INNER, Plain, across, bars, down, layer, shortened, widened, words
from steelyard.report.members import of_path
from steelyard.report.outlook import with_errors
from steelyard.report.own_path import drawn_alone
from steelyard.report.picture import PALETTE, Figure
from steelyard.report.results import Results
from steelyard.report.tables import Row, Table, one_group
from steelyard.report.wording import Wording, plain_number, significant, supported

TITLE = "What shocks and what rounding leave open"
NEEDS = ("ensembles",)
TAKES = "a scenario whose spending is drawn"
_VARIABLE = "spending"
_BLOCK, _FIRST, _SECOND = 62, 27, 45  # pixels: a scenario's height, and where its two bars lie in it
_GUTTER = 58  # room for the words in front of the bars
Shown = tuple[Ensemble, Cell]


def draw(results: Results) -> Iterator[Figure]:
    """One figure for each unit in which scenarios tell their spending."""
    alone = [each for each in drawn_alone(results) if each.series(_VARIABLE)]
    ends = [(each, each.series(_VARIABLE)[-1]) for each in alone]
    wording = Wording(results.vocabulary)
    for unit in dict.fromkeys(cell.unit for _, cell in ends):
        shown = [(ensemble, cell) for ensemble, cell in ends if cell.unit == unit]
        if any(_open(cell)[0] or _open(cell)[1] for _, cell in shown):
            yield _figure(shown, wording, results)


def _open(cell: Cell) -> tuple[float, float]:
    """How far nine in ten draws lie apart, and how far the ends of the claims."""
    return cell.quantiles[-1] - cell.quantiles[0], cell.box[1] - cell.box[0]


def _figure(shown: Sequence[Shown], wording: Wording, results: Results) -> Figure:
    unit = shown[0][1].unit
    factor, word = wording.scale(unit, *(end for _, cell in shown for end in cell.quantiles))
    named = [pair for pair in shown if pair[0].scenario == results.headline]
    ensemble, cell = (named or shown)[0]
    title = of_path(_finding(cell, wording), ensemble)
    alt = f"{title}. " + " ".join(_told(*pair, wording) for pair in shown)
    name = f"uncertainties-{anchor('unit', unit)}"
    return Figure(
        name,
        "projection",
        title,
        "Blue: nine in ten draws of the economy (darker: half of them) with their median; orange: what the "
        "rounding of the claims leaves open without any shock. The axis does not start at zero.",
        alt,
        _spec(shown, float(factor), f"spending, {f'{word} {unit}'.strip()}"),
        _table(name, shown, float(factor), f"{word} {unit}".strip()),
    )


def _finding(cell: Cell, wording: Wording) -> str:
    """Which of the two leaves more open, and how many times as much."""
    shocks, rounding = _open(cell)
    error = sum(cell.errors[:: len(cell.errors) - 1]) if cell.errors else None
    open_by = f"Shocks leave {wording.rounded(shocks, cell.unit, error)} of spending in {cell.year} open"
    if not shocks:
        return f"Rounding leaves {wording.rounded(rounding, cell.unit)} of spending in {cell.year} open"
    if not rounding:
        return f"{open_by}, rounding of the claims nothing"
    if shocks < rounding:
        return f"{open_by}, rounding of the claims {significant(rounding / shocks)} times that"
    return f"{open_by}, {significant(shocks / rounding)} times what rounding does"


def _told(ensemble: Ensemble, cell: Cell, wording: Wording) -> str:
    errors = with_errors(cell)
    drawn = wording.span(cell.quantiles[0], cell.quantiles[-1], cell.unit, (errors[0], errors[-1]))
    rounding = wording.span(*cell.box, cell.unit)
    return f"{ensemble.label}, {cell.year}: {drawn} over the draws, {rounding} by rounding."


def _spec(shown: Sequence[Shown], factor: float, title: str) -> Plain:
    """A block for each scenario: its name, the draws, and below them the rounding."""
    height = _BLOCK * len(shown)
    numbers = [end / factor for _, cell in shown for end in (*cell.quantiles, *cell.box)]
    x, y = across(widened(numbers), title, left=_GUTTER, right=4), down(height)
    rows = [_rows(number, *pair, factor) for number, pair in enumerate(shown)]
    labels = [{"y": row["top"], "text": row["label"]} for row in rows]
    named = [
        {"y": row[place], "text": text}
        for row in rows
        for place, text in (("first", "shocks"), ("second", "rounding"))
    ]
    outer = [{"x": row["low"], "x2": row["high"], "y": row["first"]} for row in rows]
    inner = [{"x": row["lower"], "x2": row["higher"], "y": row["first"]} for row in rows]
    medians = [{"x": row["median"], "y": row["first"]} for row in rows]
    boxes = [{"x": row["box_low"], "x2": row["box_high"], "y": row["second"]} for row in rows]
    band = {"type": "rule", "strokeWidth": 12}
    return {
        "height": height,
        "layer": [
            *(
                layer({**band, "color": PALETTE[colour]}, drawn, x=x, x2={"field": "x2"}, y=y)
                for drawn, colour in ((outer, "fan-outer"), (inner, "fan-inner"))
            ),
            layer(
                {"type": "tick", "size": 14, "thickness": 2, "color": PALETTE["follows"], "opacity": 1},
                medians,
                x=x,
                y=y,
            ),
            *bars(boxes, x, y, "printed", 4),
            words(labels, y, fontWeight="bold"),
            words(named, y, colour="muted"),
        ],
    }


def _rows(number: int, ensemble: Ensemble, cell: Cell, factor: float) -> dict[str, float | str]:
    top = _BLOCK * number
    names = ("low", "lower", "median", "higher", "high")
    return {
        "label": shortened(f"{ensemble.label}, {cell.year}", INNER - 20),
        "top": top + 10,
        "first": top + _FIRST,
        "second": top + _SECOND,
        "box_low": cell.box[0] / factor,
        "box_high": cell.box[1] / factor,
        **{name: value / factor for name, value in zip(names, cell.quantiles, strict=True)},
    }


def _table(name: str, shown: Sequence[Shown], factor: float, unit: str) -> Table:
    """The numbers of each block; each leads to the scenario's own table of years."""
    columns = (
        "Scenario",
        "Year",
        *(f"{100 * chance:g}%" for chance in PROBABILITIES),
        "Rounding: low",
        "Rounding: high",
    )
    rows = []
    for ensemble, cell in shown:
        place = anchor("scenario", ensemble.scenario)
        origin = f"{place}-{_VARIABLE}"
        cells = [tables.Cell(ensemble.label, origin, f"{place}-yearly"), tables.Cell(str(cell.year), origin)]
        cells += [
            tables.Cell(
                plain_number(value / factor, supported(2, error, factor)),
                origin,
                plain=repr(value),
                number=True,
            )
            for value, error in zip(
                (*cell.quantiles, *cell.box), (*with_errors(cell), None, None), strict=True
            )
        ]
        rows.append(Row(tuple(cells)))
    caption = (
        f"Spending at the horizon, {unit}: quantiles over the draws, and what rounding alone leaves open."
    )
    return Table(name, caption, columns, one_group(rows), frozenset(range(2, 9)))
