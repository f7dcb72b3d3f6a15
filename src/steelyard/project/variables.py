"""What each variable of an ensemble is: its equation and its unit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from steelyard.project.fans import Run

_EXTRA = "ME[t] - b0 Y[t]"
_DIFFERENCE = "ME[t] - ME_ref[t]"


def _costs(name: str, money: str) -> dict[str, str]:
    """The equations of a cost and of its sums, as `equations.outcomes` has them."""
    bracketed = f"({money})"
    return {
        name: money,
        f"{name}_real": f"{bracketed} / P[t]",
        f"{name}_foreign": f"{bracketed} / E[t]",
        f"{name}_cumulative": f"sum {bracketed}",
        f"{name}_cumulative_real": f"sum {bracketed} / P[t]",
        f"{name}_cumulative_foreign": f"sum {bracketed} / E[t]",
        f"{name}_cumulative_discounted": f"sum {bracketed} / P[t] / (1 + rho)^(t - t0)",
    }


_EQUATIONS: Mapping[str, str] = MappingProxyType(
    {
        "spending": "ME[t] = max(min(A[t], (1 + cap) ME[t-1]), F[t]) u[t]",
        "spending_real": "ME[t] / P[t]",
        "spending_foreign": "ME[t] / E[t]",
        "spending_real_foreign": "(ME[t] / P[t]) / E[t0]",
        "spending_purchasing_power": "ME[t] / R[t], R[t] = R~[t] P[t] / P~[t], ~ without shocks",
        "spending_military_parity": "sum ME_c[t] / M_c[t], M_c[t] = M_c P[t] / P_US[t]",
        "spending_own_use": "ME[t] / Q[t], Q[t] = Q[t-1] exp(pi[t] + w[t])",
        "share": "100 ME[t] / Y[t]",
        "gdp": "Y[t] = Y[t-1] exp(g[t] + pi[t])",
        **_costs("extra", _EXTRA),
        **_costs("difference", _DIFFERENCE),
        "crowded_out": "max(F[t] - min(A[t], (1 + cap) ME[t-1]), 0)",
        "needed": "(b* - b0) Y[t]",
        "needed_foreign": "(b* - b0) Y[t] / E[t]",
    }
)


# Symbols that rest on inputs. "E[Y[t] | t-1]" is what is expected of Y, and no exchange rate.
_SYMBOL = re.compile(
    r"\b(?:ME_ref|ME_c|ME|M_c|Y|P_US|P~|P|Q_US|Q|R~|F|u)(?=\[)|\bE(?=\[t\])|\bE\[t0\]|\bb0|\bb\*"
    r"|\brho\b|\bcap\b|\bg(?=\))"
)


def symbols_in(equation: str) -> tuple[str, ...]:
    """The symbols of an equation that rest on inputs, in the order in which they come.

    >>> symbols_in("(b* - b0) Y[t] / E[t]")
    ('b*', 'b0', 'Y', 'E')
    >>> symbols_in("(ME[t] / P[t]) / E[t0]")
    ('ME', 'P', 'E[t0]')
    """
    return tuple(dict.fromkeys(_SYMBOL.findall(equation)))


def equation_of(variable: str) -> str:
    """The equation that gives a variable."""
    return _EQUATIONS[variable]


def units_of(run: Run) -> Mapping[str, str]:
    """The unit of each variable."""
    home, abroad = run.economy.currency, run.economy.foreign_currency
    real = f"{home} at {run.scenario.base_year} prices"
    endings = {
        "_real_foreign": f"{abroad} at {run.scenario.base_year} prices",
        "_real": real,
        "_foreign": abroad,
        "_own_use": f"{home} at {run.scenario.base_year} defence prices",
        "_military_parity": f"{abroad} at military purchasing power parity",
        "_purchasing_power": f"{abroad} at purchasing power parity",
        "_discounted": f"{real}, discounted to {run.scenario.base_year}",
    }
    units = {}
    for variable in _EQUATIONS:
        found = [unit for ending, unit in endings.items() if variable.endswith(ending)]
        units[variable] = "% of GDP" if variable == "share" else found[0] if found else home
    return units
