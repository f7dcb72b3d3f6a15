"""Each variable of the case rests on what its equation uses, and on nothing else: all of them, by symbol."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from steelyard.project.variables import symbols_in
from steelyard.run import Options, Run

KOREA = Path(__file__).resolve().parents[2] / "cases" / "korea-2026"
# What each symbol rests on in the scenario of equal steps to 2035, after the model's sections 1 to 5. Claims
# stand here by their words, values by their number.
PRICES = {
    "series:KOR/gdp/current/WEO 2025-10",
    "series:KOR/gdp/constant:2020/WEO 2025-10",
    "assumption:inflation:2031-2035",
    "draws",
}
ABROAD = {
    "series:USA/gdp/current/WEO 2025-10",
    "series:USA/gdp/constant:2017/WEO 2025-10",
    "assumption:foreign_inflation:2031-2035",
}
SHARE = {"2.42%"}
GROWTH = {"series:KOR/gdp/constant:2020/WEO 2025-10", "assumption:real_growth:2031-2035"}
GDP = {"66.2947 trillion won"} | SHARE | GROWTH | PRICES
TARGET = {"3.5 %"}
PLEDGE = {"25 bn USD", "assumption:pledge:arms"}
TWELFTH = {
    "agreement:kor-sma-12",
    "1.5192 tn KRW",
    "5 %",
    "2 years",
    "series:KOR/consumer_prices/WEO 2025-10",
}
SYMBOLS = {
    "P": PRICES,
    "E": PRICES
    | ABROAD
    | {"series:KOR/exchange_rate/H.10 2026-01", "assumption:real_exchange_rate:2026-2035"},
    "Y": GDP,
    "b0": SHARE,
    "b*": TARGET,
    "ME": GDP | TARGET | {"equation:linear-share"},
    "ME_ref": GDP | {"equation:constant-share"},
    "rho": {"assumption:discount_rate:2026-2035"},
    "G": PLEDGE,
    "e": {"14.0 billion", "46.1 billion"},
    "H": TWELFTH | PRICES,
    "12th": {"assumption:cost_sharing:kor-sma-12", "assumption:consumer_inflation:2031-2035"},
    "11th": {"assumption:cost_sharing:kor-sma-11", "agreement:kor-sma-11", "1 year"},
    "frozen": {"assumption:cost_sharing:frozen"},
    "E[t0]": {"series:KOR/exchange_rate/H.10 2026-01"},
    "N": {"28500 troops"},
}


def costs(name, *symbols):
    """The symbols of a cost of the path in all its forms."""
    endings = {"": (), "_real": ("P",), "_foreign": ("E",)}
    found = {
        f"{name}{kind}{end}": (*symbols, *more)
        for end, more in endings.items()
        for kind in ("", "_cumulative")
    }
    return found | {f"{name}_cumulative_discounted": (*symbols, "P", "rho")}


USED = {
    "spending": ("ME",),
    "spending_real": ("ME", "P"),
    "spending_foreign": ("ME", "E"),
    "spending_real_foreign": ("ME", "P", "E[t0]"),
    "share": ("ME", "Y"),
    "gdp": ("Y",),
    **costs("extra", "ME", "b0", "Y"),
    **costs("difference", "ME", "ME_ref"),
    "needed": ("b*", "b0", "Y"),
    "needed_foreign": ("b*", "b0", "Y", "E"),
    "pledge_commitment:arms": ("G",),
    "pledge_backlog:arms": ("G",),
    "pledge_outlay_foreign:arms": ("G",),
    "pledge_outlay:arms": ("G", "E"),
    "pledge_outlay_cumulative:arms": ("G", "E"),
    "pledge_part:arms": ("G", "E", "e", "ME"),
    "cost_sharing": ("H",),
    "cost_sharing_foreign": ("H", "E"),
    "cost_sharing:kor-sma-12": ("H", "12th"),
    "cost_sharing_foreign:kor-sma-12": ("H", "12th", "E"),
    "cost_sharing:kor-sma-11": ("H", "11th", "ME"),
    "cost_sharing_foreign:kor-sma-11": ("H", "11th", "ME", "E"),
    "cost_sharing:frozen": ("H", "frozen"),
    "cost_sharing_foreign:frozen": ("H", "frozen", "E"),
    "troops:usfk": ("N",),
}


@cache
def projected():
    (ensemble,), problems = Run(KOREA, Options(scenario="linear-2035", draws=20)).projected
    assert not [one for one in problems if one.severity == "error"]
    return ensemble


def named(identifier):
    """An origin as the table above has it."""
    origin = projected().origin(identifier)
    if origin.kind == "draws":
        return "draws"
    if origin.kind == "claim":
        return next(one for one in (*SHARE, *GDP, *SYMBOLS["e"]) if one in origin.value)
    return origin.value if origin.kind == "parameter" else origin.id


def test_the_table_has_every_variable_of_the_case():
    assert set(projected().variables) == set(USED)


@pytest.mark.parametrize("variable", USED)
def test_a_variable_rests_on_just_what_its_equation_uses(variable):
    wanted = set().union(*(SYMBOLS[symbol] for symbol in USED[variable]))

    for cell in projected().series(variable):
        assert {named(one) for one in cell.inputs} == wanted


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("x_static", {"66.2947 trillion won"} | SHARE | TARGET),
        ("needed_real_growth", SHARE | TARGET | GROWTH),
        ("p_reach", SYMBOLS["ME"]),
        ("pledge_paid_after:arms", PLEDGE),
        ("troop_margin:usfk", {"28500 troops"}),
        ("pledge_part_peak:arms", PLEDGE | SYMBOLS["e"] | SYMBOLS["E"] | SYMBOLS["ME"]),
    ],
)  # fmt: skip
def test_a_headline_rests_on_just_what_its_equation_uses(name, wanted):
    number = projected().number(name)

    assert {named(one) for one in number.inputs} == wanted


@pytest.mark.parametrize(
    ("equation", "symbols"),
    [
        ("A[t] = b0 (b*/b0)^min(t/n, 1) E[Y[t] | t-1]", {"b0", "b*", "Y"}),
        ("A[t] = ME[t-1] E[P[t] | t-1] / P[t-1] (1 + r)", {"ME", "P"}),
        ("ME[t] / E[t]", {"ME", "E"}),
        ("sum (ME[t] - ME_ref[t])", {"ME", "ME_ref"}),
    ],
)
def test_an_expectation_is_no_exchange_rate(equation, symbols):
    assert set(symbols_in(equation)) == symbols
