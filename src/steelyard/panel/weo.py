"""Series of the IMF's World Economic Outlook, in whatever form they came, as observations.

Each series tells its unit, its scale, its base year and the last year that is no projection. Some countries'
years are fiscal: "FY2024/25" is then filed under the year that publishers.toml says for the actor.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from steelyard.core.problems import Place, Problem
from steelyard.panel.csv_cells import amount, date_in_name, fingerprint, not_a_number
from steelyard.panel.listed import LOCAL, Listed, filed_under, listed_series
from steelyard.panel.names import Names
from steelyard.panel.observations import Observation, Status
from steelyard.panel.taking import Taking

PUBLISHER = "imf"
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_MONTHS = {month: f"{number:02}" for number, month in enumerate(MONTHS, 1)}
_NAMED = re.compile(r"WEO([A-Z][a-z]{2})((?:19|20)\d\d)")
_FISCAL = re.compile(r"FY(\d{4})/(\d\d)")
_HUNDRED = Decimal("0.05")  # how far from 100 an index may be printed in its base year
_UNSURE = "The file does not tell which years of this series are actual."


@dataclass(frozen=True, slots=True)
class WeoSeries:
    """A country's series as its file tells it; `cells` are texts by year, each with its place.

    `last` is the last year that is no projection: "2024", "FY2024/25" or empty; `is_fiscal` says that the
    years are fiscal where `last` does not.
    """

    area: str
    country: str
    concept: str
    unit: str
    scale: Decimal
    base: str
    last: str
    place: Place
    cells: Mapping[int, tuple[str, Place]]
    is_fiscal: bool = False


def edition_of(taking: Taking, month: str = "", year: str = "") -> None:
    """Set the edition from the month that the file tells, else from its name with a warning."""
    date = f"{year}-{_MONTHS[month]}" if month in _MONTHS else ""
    if not date:
        date = date_in_name(taking.path)[:7] or _named_month(taking.path)
        source = "its name alone" if date else "nothing"
        message = f"The file does not tell its edition; {source} tells it."
        hint = "It is never mixed with another edition. Keep the name under which it was published."
        fault = Problem("edition-not-told", message, Place(str(taking.path)), hint, "warning")
        taking.problems.append(fault)
    taking.edition = f"WEO {date}" if date else f"WEO (edition not told, {fingerprint(taking.path)})"


def _named_month(path: Path) -> str:
    """The month in a name such as WEOOct2024all.xls."""
    found = _NAMED.search(path.stem)
    number = next((_MONTHS[one] for one in MONTHS if found and one[:3] == found[1]), "")
    return f"{found[2]}-{number}" if found and number else ""


def take_weo(taking: Taking, names: Names, every: Sequence[WeoSeries]) -> None:
    """The observations of all series that publishers.toml lists, of actors that we know."""
    listed = listed_series(names)
    own: dict[tuple[str, str], WeoSeries] = {}
    for one in every:
        if one.concept not in listed:
            taking.leave("concepts that publishers.toml does not list", one.concept)
        elif names.actor(one.area) is None:
            taking.unknown[f"{one.country} ({one.area})" if one.country else one.area] = None
        elif taking.is_new((one.area, one.concept), one.place, f"{one.concept} of {one.area}"):
            own[one.area, one.concept] = one
    scales = _usual_scales(own.values())
    horizon = max((int(year) for one in own.values() for year in re.findall(r"\d{4}", one.last)), default=0)
    for one in own.values():
        series = listed[one.concept]
        if twin := _in_dollars(names, listed, series, own, one.area):
            taking.leave(f"what is in dollars anyway, and is taken from {twin}", f"{one.area} {one.concept}")
            continue
        if faults := [*_unit_faults(one, series, scales[one.concept])]:
            taking.problems += faults
            continue
        if not one.last and (like := own.get((one.area, series.years_of))):
            one = replace(one, last=like.last, is_fiscal=like.is_fiscal)
        _take_series(taking, names, series, one, horizon)


def _in_dollars(
    names: Names,
    listed: Mapping[str, Listed],
    series: Listed,
    own: Mapping[tuple[str, str], WeoSeries],
    area: str,
) -> str:
    """The series in dollars that says the same as one in the money of an actor that pays in dollars."""
    money = names.money.get(names.actor(area) or "")
    if not series.is_local or not money or series.in_money(money.usual) == series.unit:
        return ""
    same = (series.measure, series.in_money(money.usual), series.prices)
    every = (one for one in listed.values() if not one.is_local and (area, one.code) in own)
    return next((one.code for one in every if (one.measure, one.unit, one.prices) == same), "")


def _usual_scales(every: Iterable[WeoSeries]) -> Mapping[str, Decimal]:
    """The scale of most series of each concept."""
    counts: dict[str, Counter[Decimal]] = {}
    for one in every:
        counts.setdefault(one.concept, Counter())[one.scale] += 1
    return {concept: count.most_common(1)[0][0] for concept, count in counts.items()}


def _unit_faults(one: WeoSeries, series: Listed, scale: Decimal) -> Iterator[Problem]:
    hint = "Nothing of the series is taken. Look what the publisher has changed."
    if one.unit not in series.told:
        expected = " or ".join(repr(text) for text in series.told)
        message = f"Expected {one.concept} of {one.area} in {expected}; found {one.unit!r}."
        yield Problem("unit-mismatch", message, one.place, hint)
    if one.scale != scale:
        message = f"{one.concept} of {one.area} is in units of {one.scale:,f}, the others of {scale:,f}."
        yield Problem("unit-mismatch", message, one.place, hint)


@dataclass(frozen=True, slots=True)
class _Years:
    """Which years of a series are actual, and whether they are fiscal: filed under "start" or "end"."""

    last: int | None
    filed: str


def _years(taking: Taking, names: Names, one: WeoSeries, actor: str) -> _Years | None:
    """What the last actual year tells; None, and a warning, where nobody says under which year it stands."""
    found = _FISCAL.fullmatch(one.last)
    if not found and not one.is_fiscal:
        return _Years(int(one.last) if one.last.isdecimal() else None, "")
    filed = filed_under(names, actor)
    if not filed:
        taking.untold("fiscal-year-not-told", actor, one.concept, one.place)
        return None
    if found:
        return _Years(int(found[1]) + (filed == "end"), filed)
    return _Years(int(one.last) if one.last.isdecimal() else None, filed)


def _take_series(taking: Taking, names: Names, series: Listed, one: WeoSeries, horizon: int) -> None:
    actor = names.actor(one.area) or ""
    years = _years(taking, names, one, actor)
    unit = _unit(taking, names, series, one, actor, horizon) if years else None
    if years is None or unit is None:
        return
    prices = series.prices
    if prices == "constant":
        is_year = one.base.isdecimal() or _FISCAL.fullmatch(one.base)
        prices = f"constant:{one.base}" if is_year else prices
        if not is_year:
            taking.leave("the base year of constant prices, which the file does not tell", one.area)
    if unit == "index":
        unit = _index(taking, one, years)
    for year, (text, place) in one.cells.items():
        found = amount(text, one.scale)
        if found is None:
            taking.problems.append(not_a_number(place, text))
            continue
        known = horizon if years.last is None else years.last
        status: Status = "projection" if year > known else "estimate" if years.last is None else "observed"
        filed = f"A fiscal year, filed by the publisher under {year}, in which it {years.filed}s."
        notes = (*((filed,) if years.filed else ()), *((_UNSURE,) if years.last is None else ()))
        taking.take(
            Observation(
                *(actor, series.measure, year - (years.filed == "end")),
                *found,
                unit,
                *(PUBLISHER, taking.edition, place),
                prices=prices,
                status=status,
                fiscal=bool(years.filed),
                source=f"IMF, World Economic Outlook Database ({taking.edition}), {one.area}.{one.concept}",
                notes=notes,
            ),
            *(series.unit.replace(LOCAL, "local currency"), series.prices),
        )


def _unit(
    taking: Taking, names: Names, series: Listed, one: WeoSeries, actor: str, horizon: int
) -> str | None:
    """The unit of a series; None, and a warning, where its money is not told."""
    money = names.money.get(actor)
    if not series.is_local:
        return series.unit
    found = re.fullmatch(r"WEO (\d{4})-\d\d", taking.edition)
    year = int(found[1]) if found else horizon
    code = money.of_edition(year, at_least=not found) if money else None
    if code is None:
        taking.untold("money-not-told", actor, one.concept, one.place)
        return None
    return series.in_money(code)


def _index(taking: Taking, one: WeoSeries, years: _Years) -> str:
    """The unit of an index: with its base where the file holds 100 for it, else bare."""
    fiscal = _FISCAL.fullmatch(one.base)
    column = int(fiscal[1]) + (years.filed == "end") if fiscal and years.filed else None
    if one.base.isdecimal():
        column = int(one.base)
    found = amount(one.cells[column][0]) if column is not None and column in one.cells else None
    if found and abs(found.value - 100) <= _HUNDRED:
        return f"index {one.base} = 100"
    taking.leave("the base year of an index, where the file does not hold 100 for it", one.area)
    return "index"
