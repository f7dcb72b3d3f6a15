"""Exchange rates of the Federal Reserve (H.10 and G.5) as CSV, by country name or by series code.

By name, with the columns Date, Country and Exchange rate, all rates are currency per US dollar; which way
round they are is checked against yearly means in publishers.toml, since some copies turn a few of them. By
code, as FRED gives them out, the code says the direction: DEXUSEU is US dollars per euro.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Context, Decimal
from pathlib import Path

from steelyard.core.problems import Place, Problem
from steelyard.panel.csv_cells import (
    Amount,
    amount,
    missing_columns,
    not_a_number,
    opening_lines,
    read_lines,
    short_row,
)
from steelyard.panel.listed import Listed, listed_series
from steelyard.panel.names import Names
from steelyard.panel.observations import Loaded, Observation
from steelyard.panel.taking import Taking

PUBLISHER = "fed"
SUFFIXES = (".csv",)
_NAMED = ("Date", "Country", "Exchange rate")
_DATES = ("observation_date", "DATE")
# DEXKOUS is daily, EXKOUS the same by month, AEXKOUS by year.
_CODE = re.compile(r"[AD]?(EX[A-Z]{4})")
_NOTHING = ("", ".", "ND")
_DOLLAR = "USD"
_NEAR = Decimal("1.3")  # a rate this many times a yearly mean, or less, is of the same direction
_SURE = 3  # or one that is this many times nearer to the mean than to its inverse
_ROUND = Context(prec=28)
_FETCH = "Take the file from FRED (fred.stlouisfed.org), or keep the columns Date, Country, Exchange rate."


@dataclass(frozen=True, slots=True)
class _Rate:
    """A rate of one day, or of the month or year that begins on it."""

    day: date
    amount: Amount
    place: Place


def knows(path: Path) -> bool:
    """Whether the file is one of exchange rates in one of the two forms."""
    heading = next(iter(opening_lines(path)), [])
    codes = [cell for cell in heading[1:] if _CODE.fullmatch(cell)]
    return tuple(heading) == _NAMED or (heading[:1] in ([one] for one in _DATES) and bool(codes))


def load(path: Path, names: Names) -> Loaded:
    """A yearly observation for each actor that pays with a currency; rates by month need all twelve."""
    lines, problems = read_lines(path)
    taking = Taking(path, PUBLISHER, problems=problems)
    if not lines:
        return taking.loaded()
    heading = lines[0].cells
    listed = listed_series(names)
    by_label = {one.label: one for one in listed.values()}
    is_named = heading[0] not in _DATES
    if is_named and (faults := [*missing_columns(taking.place(1), heading, _NAMED, _FETCH)]):
        taking.problems += faults
        return taking.loaded()
    rates: dict[str, list[_Rate]] = {}
    for line in lines[1:]:
        if len(line.cells) != len(heading):
            taking.problems.append(short_row(path, line, len(heading)))
        elif is_named:
            at = [heading.index(name) for name in _NAMED]
            day, country, text = (line.cells[column] for column in at)
            _add(taking, rates, country, day, text, taking.place(line.number))
        else:
            for code, text in zip(heading[1:], line.cells[1:], strict=True):
                _add(taking, rates, code, line.cells[0], text, taking.place(line.number, code))
    days = [rate.day for every in rates.values() for rate in every]
    taking.edition = f"H.10 to {_end(days)}"
    for name, every in rates.items():
        found = _CODE.fullmatch(name)
        series = by_label.get(name) if is_named else listed.get(f"D{found[1]}") if found else None
        if series is None:
            taking.leave("series that publishers.toml does not list", name)
        else:
            _take_rates(taking, names, series, is_named, every)
    return taking.loaded()


def _add(taking: Taking, rates: dict[str, list[_Rate]], name: str, day: str, text: str, place: Place) -> None:
    """Keep a rate with its day; what is no day or no rate is a problem."""
    if text in _NOTHING:
        return
    try:
        when = date.fromisoformat(day)
    except ValueError:
        message = f"Expected a day such as 2025-01-01; found {day!r}."
        taking.problems.append(Problem("not-a-year", message, place, "The row is left out."))
        return
    found = amount(text)
    if found is None or found.low <= 0:
        taking.problems.append(not_a_number(place, text, "a rate above zero"))
    elif taking.is_new((name, when), place, f"The rate of {name} for {day}"):
        rates.setdefault(name, []).append(_Rate(when, found, place))


def _end(days: Sequence[date]) -> str:
    """The last year of rates by year, the last month of others."""
    if not days:
        return "no year"
    by_year = all((day.month, day.day) == (1, 1) for day in days)
    return f"{max(days):%Y}" if by_year else f"{max(days):%Y-%m}"


def _take_rates(taking: Taking, names: Names, series: Listed, is_named: bool, rates: Sequence[_Rate]) -> None:
    """The observations of one currency."""
    above, _, below = series.unit.partition(" per ")
    currency = below if above == _DOLLAR else above
    unit = f"{currency} per {_DOLLAR}" if is_named else series.unit
    if fault := _direction_fault(series, unit, is_named, rates):
        taking.problems.append(fault)
        return
    if not any(names.users(currency, rate.day.year) for rate in rates):
        taking.unknown[f"{series.label} ({currency})"] = None
        return
    for year, found, place, notes in _by_year(taking, series.label, rates):
        for actor in names.users(currency, year):
            taking.take(
                Observation(
                    *(actor, series.measure, year, *found, unit, PUBLISHER, taking.edition, place),
                    source=f"Board of Governors of the Federal Reserve System, H.10 and G.5, {series.label}",
                    notes=notes,
                ),
                f"{_DOLLAR} per currency" if unit.startswith(_DOLLAR) else f"currency per {_DOLLAR}",
            )


def _direction_fault(series: Listed, unit: str, is_named: bool, rates: Sequence[_Rate]) -> Problem | None:
    """What is wrong where rates are not near a known yearly mean, and whether they are the other way round.

    A file by name whose direction nothing tells is a fault too; one by code tells it.
    """
    means = {year: level if unit.endswith(_DOLLAR) else 1 / level for year, level in series.per_dollar}
    if not means:
        return _no_direction(series, unit, rates[0].place) if is_named else None
    gap, rate, mean = min(
        ((abs(rate.day.year - year), rate, mean) for rate in rates for year, mean in means.items()),
        key=lambda one: (one[0], _times(one[1].amount.value, one[2])),
    )
    direct = _times(rate.amount.value, mean)
    inverse = _times(rate.amount.value, 1 / mean)
    if direct < inverse and (direct <= _NEAR or (gap and direct * _SURE < inverse)):
        return None
    if gap and not (inverse < direct and inverse * _SURE < direct):
        return _no_direction(series, unit, rate.place) if is_named else None
    shown = f"{rate.amount.value:f} in {rate.day.year}"
    message = f"Expected {unit} of {series.label} near {mean:.3g}; found {shown}"
    more = ", which is the other way round" if inverse < direct else ""
    hint = f"Nothing is taken of {series.label}. Fetch the file from FRED, by series code."
    return Problem("rate-direction", f"{message}{more}.", rate.place, hint)


def _no_direction(series: Listed, unit: str, place: Place) -> Problem:
    message = f"Nothing tells whether these rates of {series.label} are {unit} or the other way round."
    hint = f"Nothing is taken of {series.label}. Fetch the file from FRED, by series code."
    return Problem("rate-direction", message, place, hint)


def _times(value: Decimal, mean: Decimal) -> Decimal:
    """How many times the larger of two is the smaller."""
    return max(value, mean) / min(value, mean)


def _by_year(
    taking: Taking, label: str, rates: Sequence[_Rate]
) -> Iterator[tuple[int, Amount, Place, tuple[str, ...]]]:
    """The year, rate, place and notes of rates by year, or of the means of twelve months."""
    years: dict[int, list[_Rate]] = {}
    for rate in rates:
        years.setdefault(rate.day.year, []).append(rate)
    if all((rate.day.month, rate.day.day) == (1, 1) for rate in rates):
        yield from ((rate.day.year, rate.amount, rate.place, ()) for rate in rates)
        return
    if any(rate.day.day != 1 for rate in rates):
        taking.leave("daily rates, of which no mean of a year is made", label)
        return
    for year, months in years.items():
        if len(months) == 12:
            value, low, high = (_mean(column) for column in zip(*(one.amount for one in months), strict=True))
            note = f"The mean of twelve months, lines {months[0].place.line} to {months[-1].place.line}."
            yield year, Amount(value, low, high), months[0].place, (note,)
        else:
            taking.leave("years without all twelve months", f"{label} {year}")


def _mean(values: Sequence[Decimal]) -> Decimal:
    """The mean of twelve months, to 28 digits."""
    return _ROUND.divide(sum(values, Decimal(0)), Decimal(len(values)))
