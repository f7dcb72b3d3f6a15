"""What matters next to a headline: what its spread is owed to, and how far one claim alone moves it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import inf, isfinite
from types import MappingProxyType

from steelyard.project.closing import CALENDAR
from steelyard.project.ensemble import Ensemble, Headline
from steelyard.report import tables
from steelyard.report.tables import Row, Table
from steelyard.report.wording import MINUS, Wording, plain_number, supported

CHANCES = "draws"  # the rows that are of chances alone, and make none up for a claim
TOGETHER = "acting together"
# The variables that headlines are of; those with an ending ("_foreign") are of the variable with that ending.
_VARIABLES: Mapping[str, str] = MappingProxyType(
    {
        "x_annual": "needed",
        "x_cumulative_horizon": "extra_cumulative",
        "x_cumulative": "extra_cumulative",
        "x_difference": "difference_cumulative",
        "spending_target_year": "spending",
        "crowded_out_target_year": "crowded_out",
        "p_reach_horizon": "reached",
        "p_reach": "reached",
        "p_kept": "kept",
        "p_never": "reached",
    }
)
_ENDINGS = ("", "_real", "_discounted", "_foreign")
_ERRORS = 4  # how many standard errors what acts together has to be above nothing


def spread_words(ensemble: Ensemble, headline: Headline) -> str:
    """What each group of shocks explains alone of a headline's spread, the most first; "" for no spread.

    What is left beyond sampling error is explained only by groups acting together.
    """
    variable = variable_of(headline.name)
    rows = [
        (float(str(row["first"])), float(str(row["error"])), str(row["group"]).replace("_", " "))
        for row in ensemble.sensitivity
        if (row["over"], row["variable"], row["year"]) == (CHANCES, variable, headline.year)
    ]
    parts = [f"{name} {100 * first:.0f}%" for first, _, name in sorted(rows, key=lambda row: -row[0])]
    rest = 1 - sum(first for first, _, _ in rows)
    if rows and rest > _ERRORS * sum(error**2 for _, error, _ in rows) ** 0.5:
        parts.append(f"{TOGETHER} {100 * rest:.0f}%")
    return ", ".join(parts)


def variable_of(headline: str) -> str:
    """The variable that a headline is of, or ""."""
    return next(
        (
            f"{variable}{ending}"
            for name, variable in _VARIABLES.items()
            for ending in _ENDINGS
            if headline == f"{name}{ending}"
        ),
        "",
    )


def swing_words(ensemble: Ensemble, headline: Headline, wording: Wording) -> str:
    """How far each claim or limit alone moves a headline, the farthest first; "" where none does."""
    parts = []
    for row in ensemble.swings:
        if row["headline"] == headline.name:
            ends = [None if row[end] is None else float(str(row[end])) for end in ("low", "high")]
            parts.append(f"{row['input']}: {_moved(ends[0], ends[1], headline, wording)}")
    return "; ".join(parts)


def _moved(low: float | None, high: float | None, headline: Headline, wording: Wording) -> str:
    """Both ends in the order of the input's; probabilities as percentages."""
    if low is None or high is None or headline.unit == CALENDAR:
        return " to ".join(in_words(inf if end is None else end, headline) for end in (low, high))
    if not headline.unit:
        decimals = supported(1, None if headline.error is None else 100 * headline.error)
        ends = [f"{plain_number(100 * end, decimals)}%" for end in (low, high)]
        if ends[0] != ends[1] or not headline.error:
            return " to ".join(ends)
        return _change(100 * (high - low), "%", wording)
    coarse = wording.span(low, high, headline.unit, (headline.error,) * 2)
    if " to" in coarse:
        return coarse
    # Ends that would look alike have more digits where they are exact. Those of draws have none, but the
    # draws are the same at both, so that the change is known far better than either.
    exact = wording.interval(low, high, headline.unit)
    return _change(high - low, headline.unit, wording) if headline.error else exact


def _change(change: float, unit: str, wording: Wording) -> str:
    return f"by {'+' if change > 0 else MINUS}{wording.miss(abs(change), unit)}"


def in_words(value: float, headline: Headline) -> str:
    """A number of a headline that may be infinite, or a year."""
    if not isfinite(value):
        return headline.unbounded
    return f"{value:.0f}" if headline.unit == CALENDAR else plain_number(value, 2)


def matters_table(
    ensemble: Ensemble, headlines: Iterable[Headline], name: str, wording: Wording
) -> Table | None:
    """What matters next to each of some headlines that has a spread or is moved by a claim."""
    rows = []
    for headline in headlines:
        spread = spread_words(ensemble, headline)
        swing = swing_words(ensemble, headline, wording)
        if spread or swing:
            label = f"{headline.label[:1].upper()}{headline.label[1:]}"
            cells = (label, f"{headline.year or ''}", spread or tables.NOTHING, swing or tables.NOTHING)
            rows.append(Row(tuple(tables.Cell(text, f"{name}-origins") for text in cells)))
    columns = ("Number", "Year", "Spread owed to", "Moved by one input alone")
    caption = (
        "What matters. The spread over the draws is split by shocks, each by what it explains alone. Beside "
        "it, and never mixed with it, how far one claim or limit alone moves the number over what it leaves "
        "open."
    )
    return Table(f"{name}-matters", caption, columns, tables.one_group(rows)) if rows else None
