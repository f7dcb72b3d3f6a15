"""Where the rule behind a number is written down: the section of docs/projection.md, by the number's name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

DOCUMENT = "docs/projection.md"
_PRICES = "Prices and currencies"
_RULES = "Spending rules"
_TARGET = "What a target takes"
_CLOSING = "When the gap closes, and what would keep it open"
# By how the name of a variable or headline begins; the longest that fits tells.
_SECTIONS: Mapping[str, str] = MappingProxyType(
    {
        "gdp": "The economy",
        "spending_": _PRICES,
        "implied_gdp": "The base year",
        "spending": _RULES,
        "spending_target_year": _RULES,
        "share": _RULES,
        "crowded_out": _RULES,
        "needed_real_growth": _RULES,
        "category": "Categories",
        "crowded_out:": "Categories",
        "needed": _TARGET,
        "extra": _TARGET,
        "difference": _TARGET,
        "x_": _TARGET,
        "p_": _CLOSING,
        "gap_closes": _CLOSING,
        "break_even_growth": _CLOSING,
        "pledge_": "Pledges",
        "cost_sharing": "Cost sharing",
        "troop": "Troop floors",
        "substitution": "Substitution",
        "saved": "Substitution",
        "gap_years": "Substitution",
        "coverage": "Substitution",
    }
)


def section_of(name: str) -> str:
    """The heading under which the rule of a variable or headline is explained; "" for none.

    >>> section_of("spending"), section_of("spending_real"), section_of("pledge_outlay:arms")
    ('Spending rules', 'Prices and currencies', 'Pledges')
    """
    fitting = [start for start in _SECTIONS if name.startswith(start)]
    return _SECTIONS[max(fitting, key=len)] if fitting else ""
