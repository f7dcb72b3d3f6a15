"""In which money a row is, where the printed name is not that of the actor's own currency.

A publisher that restates a series after a change of currency may leave the old name beside it: SIPRI prints
"Kunas" for Croatia over amounts in euros. Its own conversion into dollars tells: where the rate of the row
is, year by year, that of the other rows in the actor's currency, the row is in that currency. Where nothing
tells, the printed name holds; where that is not known either, nothing of the row is taken.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from steelyard.panel.names import Names

# Rates of two rows are the same when they differ by less; editions round them to four digits or so.
SAME_RATE = Decimal("0.005")
YEARS_NEEDED = 3
ROWS_NEEDED = 2
Rates = Mapping[int, Decimal]


@dataclass(frozen=True, slots=True)
class Money:
    """The ISO code of a row's currency, or None where it cannot be told; `years` prove it by conversion.

    `is_printed` says whether the code is that of the printed name.
    """

    code: str | None
    is_printed: bool
    years: tuple[int, ...] = ()


def money_of_rows(
    printed: Mapping[str, str], rates: Mapping[str, Rates], names: Names
) -> Mapping[str, Money]:
    """The currency of each actor's row, from its printed name and its rates to the dollar by year."""
    codes = {actor: names.currency(actor, name) for actor, name in printed.items()}
    shared = _rates_by_currency({actor: code for actor, code in codes.items() if code}, rates, names)
    found: dict[str, Money] = {}
    for actor, code in codes.items():
        own = names.own_currencies.get(actor, "")
        years = _proven(rates.get(actor, {}), shared.get(own, {})) if code != own else ()
        found[actor] = Money(own, False, years) if years else Money(code, True)
    return found


def _rates_by_currency(
    codes: Mapping[str, str], rates: Mapping[str, Rates], names: Names
) -> Mapping[str, Rates]:
    """The rate of each currency by year, where all its rows agree on it."""
    gathered: dict[str, dict[int, list[Decimal]]] = defaultdict(lambda: defaultdict(list))
    for actor, code in codes.items():
        if code == names.own_currencies.get(actor):
            for year, rate in rates.get(actor, {}).items():
                gathered[code][year].append(rate)
    return {
        code: {
            year: each[0]
            for year, each in years.items()
            if len(each) >= ROWS_NEEDED and max(each) - min(each) <= SAME_RATE * min(each)
        }
        for code, years in gathered.items()
    }


def _proven(own: Rates, shared: Rates) -> tuple[int, ...]:
    """The years in which a row has the rate of a currency; none unless it has it in all that both have."""
    years = sorted({*own} & {*shared})
    same = [year for year in years if abs(own[year] - shared[year]) <= SAME_RATE * shared[year]]
    return tuple(same) if len(same) == len(years) >= YEARS_NEEDED else ()
