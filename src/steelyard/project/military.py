"""Spending at a purchasing power parity of its own, from parts: pay, operations and equipment.

Model section 0: `ME_pers/M_pers + ME_om/M_om + ME_eq/M_eq`, each part a share of spending with a parity of
the base year. Where a part has no parity of its own, that of GDP or the market rate stands in if the scenario
says so, and is flagged; a share is never made up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate
from typing import Any

from steelyard.core.interval import Interval
from steelyard.core.problems import Place, Problem
from steelyard.project.drivers import Economy, listed
from steelyard.project.form import MILITARY, PARTS
from steelyard.project.parameters import Value
from steelyard.project.scenario import Assumption
from steelyard.project.sourced import Sources
from steelyard.project.valuations import ASSUMED, Valuation, levels

VARIABLE = "spending_military_parity"
_WORDS = {"purchasing_power": "the purchasing power parity of GDP", "market_rate": "the market rate"}
_ALL = Decimal(100)
_LIMITS = {
    "share": (("share", "growth"), (Decimal(0), _ALL)),
    "parity": (("money",), (Decimal("1e-9"), Decimal("1e12"))),
}


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of spending: its share in percent, and its parity; None where another stands in."""

    name: str
    share: Value
    parity: Value | None


def at_military_parity(
    sources: Sources, economy: Economy, parity: Valuation | None
) -> tuple[Valuation | None, list[Problem]]:
    """Spending at military parities, with what its parts leave open; None where not asked for, or refused.

    `parity` is spending at the purchasing power parity of GDP, where that is known.
    """
    scenario = sources.scenario
    table: Mapping[str, Any] = scenario.data.get(MILITARY, {})
    if not table:
        return None, []
    place, stand_in = scenario.place(MILITARY), table.get("stand_in", "")
    parts, missing, problems = _parts(sources, table, economy, place)
    if stand_in and not table.get("reason"):
        problems.append(Problem("missing-key", f"Why {_WORDS[stand_in]} may stand in is not said.", place,
                                f"Give {MILITARY}.reason."))  # fmt: skip
    if stand_in == "purchasing_power" and parity is None and any(one.parity is None for one in parts):
        missing.append("drivers.purchasing_power with a rate for each year")
    if problems or missing:
        return None, problems or [_refusal(missing, place)]
    carried, assumptions, silent = _carried(sources, economy)
    if silent:
        hint = f'An [[assumptions]] entry with variable = "{ASSUMED}" and a reason would lift this.'
        message = f"Military parities are those of one year, and nothing moves them to {listed(silent)}."
        return None, [Problem("missing-year", message, place, hint, "refusal")]
    general = parity.factors[0] if parity and stand_in == "purchasing_power" else ()
    worth = [_worth(one, economy, carried, general) for one in parts]
    shares = [one.share.interval for one in parts]
    if sum(one.low for one in shares) > _ALL or sum(one.high for one in shares) < _ALL:
        hint = "Give shares that come to 100% within what they leave open."
        return None, [Problem("share-range", "The shares of the parts do not come to 100%.", place, hint)]
    flagged = [one.name for one in parts if one.parity is None]
    factors = tuple(tuple(row) for row in zip(*_factors(shares, worth), strict=True))
    carrying = () if parity is None or not general else parity.cells
    notes = [(f"military parity of {name}", _WORDS[stand_in], table["reason"]) for name in flagged]
    values = tuple(value for one in parts for value in (one.share, one.parity) if value)
    symbols = ("E[t0]",) if flagged and not general else ()
    found = Valuation(VARIABLE, factors, carrying, assumptions, values, symbols, tuple(notes))
    return found, [_flag(name, stand_in, place) for name in flagged]


def _parts(
    sources: Sources, table: Mapping[str, Any], economy: Economy, place: Place
) -> tuple[list[_Part], list[str], list[Problem]]:
    """The parts, the names of the inputs that are missing, and what is wrong with any."""
    parts, missing, problems = [], list[str](), list[Problem]()
    for name in PARTS:
        values = dict[str, Value | None]()
        for key in ("share", "parity"):
            given, unit = table.get(name, {}).get(key), "%" if key == "share" else economy.currency
            values[key] = None
            if given is None:
                missing += [f"{MILITARY}.{name}.{key}"] if key == "share" or "stand_in" not in table else []
                continue
            words = f"{key} of {name}"
            value, faults = sources.value(words, given, unit, place, sources.scenario.base_year)
            if value is not None and not faults:
                faults = sources.fitting(words, value, *_LIMITS[key], place, "" if key == "share" else unit)
            problems += faults
            values[key] = value
        if values["share"]:
            parts.append(_Part(name, values["share"], values["parity"]))
    return parts, missing, problems


def _carried(sources: Sources, economy: Economy) -> tuple[list[float], tuple[Assumption, ...], list[int]]:
    """What moves a parity of the base year against prices at home, by year, base year first; the assumptions
    behind it, and the years that none covers.
    """
    scenario = sources.scenario
    found = [
        next((one for one in scenario.assumptions if one.covers(ASSUMED, year)), None)
        for year in scenario.years
    ]
    silent = [year for year, one in zip(scenario.years, found, strict=True) if one is None]
    more = accumulate((1.0 + float(one.value) if one else 1.0 for one in found), float.__mul__, initial=1.0)
    abroad = levels(economy.foreign_inflation)
    carried = [price / one for price, one in zip(abroad, more, strict=True)]
    return carried, tuple(dict.fromkeys(one for one in found if one)), silent


def _worth(
    part: _Part, economy: Economy, carried: Sequence[float], general: Sequence[float]
) -> list[tuple[float, float, float]]:
    """What a unit of the part in real terms is worth by year: to show, at the least and at the most."""
    if part.parity is None and general:
        return [(one, one, one) for one in general]
    rate = part.parity.interval if part.parity else Interval.exactly(repr(economy.rate))
    ends = [1.0 / float(one) for one in (rate.middle, rate.high, rate.low)]
    return [(ends[0] * one, ends[1] * one, ends[2] * one) for one in carried]


def _factors(
    shares: Sequence[Interval], worth: Sequence[Sequence[tuple[float, float, float]]]
) -> list[tuple[float, float, float]]:
    """What all parts together are worth by year: to show, at the least and at the most.

    To show, middles are scaled to a whole; at an end the shares that are open go to the cheapest or dearest.
    """
    whole = sum(float(one.middle) for one in shares)
    rows = []
    for year in zip(*worth, strict=True):
        shown = sum(float(share.middle) / whole * one[0] for share, one in zip(shares, year, strict=True))
        least = -_most(shares, [-one[1] for one in year])
        rows.append((shown, least, _most(shares, [one[2] for one in year])))
    return rows


def _most(shares: Sequence[Interval], worth: Sequence[float]) -> float:
    """The most that shares which come to 100% within their ranges are worth."""
    left = 100.0 - sum(float(one.low) for one in shares)
    total = sum(float(share.low) * one for share, one in zip(shares, worth, strict=True))
    for share, one in sorted(zip(shares, worth, strict=True), key=lambda pair: -pair[1]):
        taken = min(left, float(share.high - share.low))
        total, left = total + taken * one, left - taken
    return total / 100.0


def _refusal(missing: Sequence[str], place: Place) -> Problem:
    hint = f"A sourced {' and '.join(missing)} would lift this; a stand_in may take the place of a parity."
    message = f"Spending at military purchasing power parity is not given: it lacks {' and '.join(missing)}."
    return Problem("no-parity", message, place, hint, "refusal")


def _flag(name: str, stand_in: str, place: Place) -> Problem:
    message = f"No military parity of {name} is given; {_WORDS[stand_in]} stands in."
    hint = f"A sourced {MILITARY}.{name}.parity would take its place."
    return Problem("stand-in", message, place, hint, "warning")
