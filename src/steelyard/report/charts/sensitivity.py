"""What moves the headline number of a scenario: one input alone, and the shocks of the economy by year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from steelyard.project.ensemble import Ensemble, Headline
from steelyard.report import tables
from steelyard.report.links import anchor
from steelyard.report.marks import (
    INNER,
    LINE,
    Plain,
    across,
    down,
    kept_apart,
    layer,
    shortened,
    widened,
    width_of,
    words,
)
from steelyard.report.matters import CHANCES, variable_of
from steelyard.report.members import of_path
from steelyard.report.own_path import drawn_alone, own_numbers
from steelyard.report.picture import PALETTE, Figure
from steelyard.report.results import Results
from steelyard.report.tables import Row, Table, one_group
from steelyard.report.wording import Wording, lowered, plain_number, significant

TITLE = "What moves the headline number"
NEEDS = ("ensembles",)
TAKES = "a scenario with a number that a claim or a shock moves"
# The first of these that a scenario has something to tell of is its headline number.
_HEADLINES = ("x_cumulative", "x_annual", "spending_target_year", "x_static")
_BLOCK, _BAR = 40, 28  # pixels: a row's height, and where its bar lies in it
_HEIGHT = 150
# Each group of shocks by colour and dash, so that no two are told apart by colour alone.
_LINES = (("follows", [1, 0]), ("printed", [6, 3]), ("ink", [2, 3]), ("muted", [8, 3, 2, 3]))


@dataclass(frozen=True, slots=True)
class Swing:
    """How far one input alone moves a number, in its unit, and the ids of what the input comes from."""

    name: str
    low: float
    high: float
    origins: tuple[str, ...]

    @property
    def ends(self) -> tuple[float, float]:
        """The lesser and the greater of its ends."""
        return min(self.low, self.high), max(self.low, self.high)

    @property
    def width(self) -> float:
        """How far its ends lie apart."""
        return abs(self.high - self.low)


def draw(results: Results) -> Iterator[Figure]:
    """Two figures for each scenario: swings by input, and what shocks explain by year."""
    wording = Wording(results.vocabulary)
    for ensemble in drawn_alone(results):
        own = {number.name: number for number in own_numbers(ensemble, results)}
        numbers = [own[name] for name in _HEADLINES if name in own]
        moved = next((number for number in numbers if swings_of(ensemble, number)), None)
        if moved:
            yield _tornado(ensemble, moved, swings_of(ensemble, moved), wording, results)
        first = [moved] if moved else []
        told = next((number for number in (*first, *numbers) if shares_of(ensemble, number)), None)
        if told:
            yield _by_year(ensemble, told, shares_of(ensemble, told))


def swings_of(ensemble: Ensemble, headline: Headline) -> list[Swing]:
    """What each input alone does to a headline, the farthest first; none whose ends are not numbers."""
    swings = [
        Swing(
            str(row["input"]),
            float(str(row["low"])),
            float(str(row["high"])),
            tuple(str(one) for one in _listed(row["claims"])),
        )
        for row in ensemble.swings
        if row["headline"] == headline.name and row["low"] is not None and row["high"] is not None
    ]
    return sorted(swings, key=lambda swing: -swing.width)


def shares_of(ensemble: Ensemble, headline: Headline) -> Mapping[str, Sequence[Mapping[str, object]]]:
    """The rows of the spread of a headline's variable over the draws, by group of shocks, up to its year."""
    groups: dict[str, list[Mapping[str, object]]] = {}
    last = headline.year or ensemble.horizon
    for row in ensemble.sensitivity:
        told = row["over"] == CHANCES and row["variable"] == variable_of(headline.name)
        if told and int(str(row["year"])) <= last:
            groups.setdefault(str(row["group"]), []).append(row)
    return groups


def _listed(value: object) -> Sequence[object]:
    return value if isinstance(value, (list, tuple)) else ()


def _tornado(
    ensemble: Ensemble, headline: Headline, swings: Sequence[Swing], wording: Wording, results: Results
) -> Figure:
    place = anchor("scenario", ensemble.scenario)
    widest = swings[0]
    factor, word = wording.scale(headline.unit, headline.value, *headline.quantiles)
    unit = f"{word} {headline.unit}".strip()
    shocks = headline.quantiles[:: len(headline.quantiles) - 1] if headline.quantiles else ()
    title = f"{_subject(headline)}: {lowered(widest.name)} alone moves it by " + (
        wording.rounded(widest.width, headline.unit)
        + (f", shocks by {wording.rounded(shocks[1] - shocks[0], headline.unit)}" if shocks else "")
    )
    number = f"{headline.label[:1].upper()}{headline.label[1:]}"
    subtitle = (
        f"{number}. Blue: the input at its lowest, orange: at its highest, from the value shown (line)"
        f"{'; grey: nine in ten draws of the economy, no input moved' if shocks else ''}. "
        "The axis does not start at zero."
    )
    drawn = (
        f" Nine in ten draws lie in {wording.span(shocks[0], shocks[1], headline.unit)}." if shocks else ""
    )
    alt = f"{ensemble.label}: {lowered(headline.label)}. " + (
        "; ".join(f"{swing.name}: {wording.span(*swing.ends, headline.unit)}" for swing in swings)
        + f".{drawn}"
    )
    name = f"{place}-swings"
    spec = _tornado_spec(headline, swings, shocks, float(factor), unit)
    table = _swing_table(name, ensemble, headline, swings, float(factor), unit, results)
    return Figure(name, place, of_path(title, ensemble), subtitle, alt, spec, table)


def _subject(headline: Headline) -> str:
    """The first words of a headline's label, which say what it is, with a capital."""
    label = headline.label.partition(",")[0]
    return f"{label[:1].upper()}{label[1:]}"


def _tornado_spec(
    headline: Headline, swings: Sequence[Swing], shocks: Sequence[float], factor: float, unit: str
) -> Plain:
    """A row for each input with its two sides, and the draws below them, apart."""
    count = len(swings) + bool(shocks)
    height = _BLOCK * count
    value = headline.value / factor
    ends = [value, *(end / factor for swing in swings for end in (swing.low, swing.high))]
    x = across(widened([*ends, *(end / factor for end in shocks)]), unit, left=18, right=18)
    y = down(height)
    labels = [swing.name for swing in swings] + (
        ["shocks of the economy (nine in ten draws)"] if shocks else []
    )
    rule = {"type": "rule", "strokeWidth": 12}
    layers = [
        words(
            [
                {"y": _BLOCK * number + 11, "text": shortened(label, INNER - 10)}
                for number, label in enumerate(labels)
            ],
            y,
        )
    ]
    for side, colour in (("low", "follows"), ("high", "printed")):
        rows = [
            {"x": value, "x2": getattr(swing, side) / factor, "y": _BLOCK * number + _BAR}
            for number, swing in enumerate(swings)
        ]
        layers.append(layer({**rule, "color": PALETTE[colour]}, rows, x=x, x2={"field": "x2"}, y=y))
    if shocks:
        rows = [{"x": shocks[0] / factor, "x2": shocks[1] / factor, "y": _BLOCK * (count - 1) + _BAR}]
        layers.append(layer({**rule, "color": PALETTE["muted"]}, rows, x=x, x2={"field": "x2"}, y=y))
    middle = [{"x": value, "y": _BLOCK * number + _BAR} for number in range(count)]
    tick = {"type": "tick", "size": 18, "thickness": 1.5, "color": PALETTE["ink"], "opacity": 1}
    return {"height": height, "layer": [*layers, layer(tick, middle, x=x, y=y)]}


def _swing_table(
    name: str,
    ensemble: Ensemble,
    headline: Headline,
    swings: Sequence[Swing],
    factor: float,
    unit: str,
    results: Results,
) -> Table:
    """The ends of each swing, with what the input rests on."""
    rows = []
    for swing in swings:
        origin = "; ".join(swing.origins)
        claims = [results.ledger.by_id(one.removeprefix("claim:")) for one in swing.origins]
        known = [claim for claim in claims if claim]
        link = anchor("claim", known[0].id) if known else ""
        quoted = "; ".join(" ".join(claim.quote.split()) for claim in known) or tables.NOTHING
        numbers = (swing.low, swing.high, swing.width)
        rows.append(
            Row(
                (
                    tables.Cell(swing.name, origin),
                    *(
                        tables.Cell(_number(number / factor), origin, plain=repr(number), number=True)
                        for number in numbers
                    ),
                    tables.Cell(quoted, origin, link),
                )
            )
        )
    columns = ("Input", "At its lowest", "At its highest", "Swing", "Rests on")
    shown = _number(headline.value / factor)
    what = f"how far one input alone moves {lowered(headline.label)}"
    caption = f"{ensemble.label}: {what}; {unit}, shown as {shown}."
    return Table(name, caption, columns, one_group(rows), frozenset((1, 2, 3)))


def _number(value: float) -> str:
    return plain_number(value, 2) if abs(value) >= 1 else significant(value, 3)


def _by_year(
    ensemble: Ensemble, headline: Headline, groups: Mapping[str, Sequence[Mapping[str, object]]]
) -> Figure:
    place = anchor("scenario", ensemble.scenario)
    last = {group: float(str(rows[-1]["first"])) for group, rows in groups.items()}
    most = max(last, key=lambda group: last[group])
    year = max(int(str(row["year"])) for rows in groups.values() for row in rows)
    title = f"{_subject(headline)}: {_named(most)} explains {100 * last[most]:.0f}% of its spread in {year}"
    number = f"{headline.label[:1].upper()}{headline.label[1:]}"
    subtitle = (
        f"{number}, by year: the share of its variance over the draws that each group of shocks explains "
        "alone (first-order Sobol index); bars: one standard error either way."
    )
    alt = (
        f"{ensemble.label}: {lowered(headline.label)}. "
        + "; ".join(f"{_named(group)} explains {100 * share:.0f}% in {year}" for group, share in last.items())
        + "."
    )
    name = f"{place}-shocks"
    return Figure(
        name,
        place,
        of_path(title, ensemble),
        subtitle,
        alt,
        _by_year_spec(groups),
        _share_table(name, ensemble, groups),
    )


def _named(group: str) -> str:
    return group.replace("_", " ")


def _by_year_spec(groups: Mapping[str, Sequence[Mapping[str, object]]]) -> Plain:
    """A line for each group with its errors, its name behind its last point."""
    years = sorted({int(str(row["year"])) for rows in groups.values() for row in rows})
    step = max(1, -(-(len(years) - 1) // 4))
    room = max(width_of(_named(group)) for group in groups) + 12
    x = across(
        (years[0] - 0.2, years[-1] + 0.2), "year", left=34, right=room, ticks=sorted(years[::-1][::step])
    )
    x = {**x, "axis": {**_axis(x), "grid": False}}
    y = {
        "field": "y",
        "type": "quantitative",
        "scale": {"domain": [0, 100]},
        "axis": {
            "title": "% of the variance",
            "tickCount": 5,
            "offset": -34,
            "titleAnchor": "end",
            "titleAngle": 0,
            "titleAlign": "left",
            "titleX": -26,
            "titleY": -8,
            "domain": False,
        },
    }
    layers, ends = [], []
    for number, (group, rows) in enumerate(groups.items()):
        colour, dash = _LINES[number % len(_LINES)]
        points = [_point(row) for row in rows]
        line = {"type": "line", "color": PALETTE[colour], "strokeDash": dash, "strokeWidth": 2}
        layers.append(layer(line, points, x=x, y=y))
        error = {"type": "rule", "color": PALETTE[colour], "strokeWidth": 1}
        layers.append(layer(error, points, x=x, y={**y, "field": "low"}, y2={"field": "high"}))
        ends.append((group, points[-1]["y"], colour))
    apart = kept_apart([-_HEIGHT * end / 100 for _, end, _ in ends], LINE, -_HEIGHT + 4, -4)
    for (group, _, colour), place in zip(ends, apart, strict=True):
        rows = [{"y": -100 * place / _HEIGHT, "text": _named(group)}]
        layers.append(words(rows, y, x={"value": INNER - room + 8}, colour=colour))
    return {"height": _HEIGHT, "layer": layers}


def _axis(x: Plain) -> Plain:
    axis = x["axis"]
    return axis if isinstance(axis, Mapping) else {}


def _point(row: Mapping[str, object]) -> dict[str, float]:
    share, error = 100 * float(str(row["first"])), 100 * float(str(row["error"]))
    low, high = max(0.0, share - error), min(100.0, share + error)
    return {"x": int(str(row["year"])), "y": min(100.0, max(0.0, share)), "low": low, "high": high}


def _share_table(
    name: str, ensemble: Ensemble, groups: Mapping[str, Sequence[Mapping[str, object]]]
) -> Table:
    """First-order and total indices with their errors, a row for each year and group."""
    place = anchor("scenario", ensemble.scenario)
    parts = []
    for group, rows in groups.items():
        made = []
        for row in rows:
            origin = f"{place} sensitivity {row['variable']} {row['year']} {group}"
            numbers = (row["first"], row["error"], row["total"], row["total_error"])
            cells = [tables.Cell(f"{float(str(one)):g}", origin, number=True) for one in numbers]
            made.append(Row((tables.Cell(str(row["year"]), origin, f"{place}-yearly"), *cells)))
        parts.append(tables.Group(_named(group), tuple(made)))
    columns = ("Year", "Alone", "Error", "With all others", "Error")
    caption = (
        f"{ensemble.label}: Sobol indices over the draws, the claims at the value to show: what a group of "
        "shocks explains alone (first order) and together with the others (total)."
    )
    return Table(name, caption, columns, tuple(parts), frozenset((1, 2, 3, 4)), key="group")
