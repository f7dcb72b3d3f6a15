"""The World Economic Outlook as a long CSV file: a row for each country, concept and year.

The columns are those of the IMF's own data structure: the unit as a code (XDC for local currency), the scale
as a power of ten, and the last actual year. Nothing in the file tells its edition; its name may.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from steelyard.core.problems import Problem
from steelyard.panel.csv_cells import Line, missing_columns, opening_lines, read_lines, short_row
from steelyard.panel.names import Names
from steelyard.panel.observations import Loaded
from steelyard.panel.taking import Taking
from steelyard.panel.weo import PUBLISHER as WEO
from steelyard.panel.weo import WeoSeries, edition_of, take_weo

PUBLISHER = WEO
SUFFIXES = (".csv",)
_NEEDED = ("ref_area", "concept", "unit", "scale", "base_year", "lastactualdate", "year", "value")
_KEYS = _NEEDED[:6]
_SCALES = {f"{power}{point}": Decimal(10) ** power for power in (0, 3, 6, 9, 12) for point in ("", ".0")}
_NOTHING = ("", "NA")
_FETCH = "The columns are those of the IMF's data structure for the WEO."


def knows(path: Path) -> bool:
    """Whether the heading is that of the World Economic Outlook in long form."""
    return {"ref_area", "concept", "lastactualdate"} <= {*next(iter(opening_lines(path)), ())}


def load(path: Path, names: Names) -> Loaded:
    """The observations of the concepts that publishers.toml lists."""
    lines, problems = read_lines(path)
    taking = Taking(path, PUBLISHER, problems=problems)
    if not lines:
        return taking.loaded()
    heading = lines[0].cells
    if faults := [*missing_columns(taking.place(1), heading, _NEEDED, _FETCH)]:
        taking.problems += faults
        return taking.loaded()
    at = {name: heading.index(name) for name in _NEEDED}
    groups: dict[tuple[str, ...], list[Line]] = {}
    for line in lines[1:]:
        if len(line.cells) == len(heading):
            groups.setdefault(tuple(line.cells[at[key]] for key in _KEYS), []).append(line)
        else:
            taking.problems.append(short_row(path, line, len(heading)))
    edition_of(taking)
    found = [_series(taking, names, dict(zip(_KEYS, key, strict=True)), at, groups[key]) for key in groups]
    take_weo(taking, names, [one for one in found if one])
    return taking.loaded()


def _series(
    taking: Taking, names: Names, keys: Mapping[str, str], at: Mapping[str, int], rows: Sequence[Line]
) -> WeoSeries | None:
    """The rows that agree in all but year and value; None where their scale is none."""
    place = taking.place(rows[0].number)
    area, concept = keys["ref_area"], keys["concept"]
    scale = _SCALES.get(keys["scale"])
    if scale is None:
        message = f"Expected a power of ten for the scale of {concept} of {area}; found {keys['scale']!r}."
        hint = f"Known: {', '.join(_SCALES)}. The series is left out."
        taking.problems.append(Problem("not-a-number", message, place, hint))
        return None
    cells = {}
    is_ours = names.actor(area) is not None
    for line in rows:
        text, value = line.cells[at["year"]], line.cells[at["value"]]
        spot = taking.place(line.number, "value")
        if not (text.isdecimal() and text.isascii() and 1900 <= int(text[:5]) <= 2100):
            hint = "The row is left out."
            message = f"Expected a year; found {text!r}."
            taking.problems.append(Problem("not-a-year", message, taking.place(line.number, "year"), hint))
        elif is_ours and taking.is_new((area, concept, text), spot, f"{concept} of {area} for {text}"):
            cells[int(text)] = value, spot
    given = {year: cell for year, cell in cells.items() if cell[0] not in _NOTHING}
    return WeoSeries(
        area, "", concept, keys["unit"], scale, keys["base_year"], keys["lastactualdate"], place, given
    )
