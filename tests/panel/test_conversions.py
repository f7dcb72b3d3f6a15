"""In which money a row is: what its printed name says, and what its own conversion into dollars proves."""

from __future__ import annotations

from decimal import Decimal

import pytest

from steelyard.panel.conversions import money_of_rows
from steelyard.panel.names import Names

NAMES = Names(
    {},
    {"DEU": "EUR", "FRA": "EUR", "HRV": "EUR", "KOR": "KRW", "PRK": "KPW"},
    {"euro": ("EUR",), "kunas": ("HRK",), "won": ("KPW", "KRW"), "dollars": ("AUD", "CAD")},
)
PRINTED = {"DEU": "Euro", "FRA": "Euro", "HRV": "Kunas"}


def rates(*values):
    return dict(enumerate(map(Decimal, values), 2020))


@pytest.mark.parametrize(
    ("actor", "name", "code"),
    [
        pytest.param("KOR", "Won  ", "KRW", id="won of the South, with blanks"),
        pytest.param("PRK", "won", "KPW", id="won of the North"),
        pytest.param("HRV", "Kunas", "HRK", id="the only currency of that name"),
        pytest.param("DEU", "Dollars", None, id="whose dollars"),
        pytest.param("DEU", "Talers", None, id="a name that nobody knows"),
    ],
)
def test_a_printed_name_is_the_actors_own_currency_or_the_only_one_of_that_name(actor, name, code):
    assert NAMES.currency(actor, name) == code


@pytest.mark.parametrize(
    ("own", "code", "years"),
    [
        pytest.param(("0.900", "0.950", "0.920"), "EUR", (2020, 2021, 2022), id="the rates of the euro"),
        pytest.param(("0.903", "0.951", "0.919"), "EUR", (2020, 2021, 2022), id="within a two-hundredth"),
        pytest.param(("6.78", "7.16", "6.93"), "HRK", (), id="the rates of the kuna"),
        pytest.param(("6.78", "0.950", "0.920"), "HRK", (), id="two currencies in one row"),
        pytest.param(("0.900", "0.950"), "HRK", (), id="two years prove nothing"),
        pytest.param(("0.900", "0.957", "0.920"), "HRK", (), id="one year is out"),
        pytest.param((), "HRK", (), id="no rates at all"),
    ],
)
def test_a_row_is_in_the_currency_whose_rate_it_has_in_every_year(own, code, years):
    given = {"DEU": rates("0.9", "0.95", "0.92"), "FRA": rates("0.9", "0.95", "0.92"), "HRV": rates(*own)}

    money = money_of_rows(PRINTED, given, NAMES)

    assert (money["HRV"].code, money["HRV"].years) == (code, years)
    assert money["DEU"].is_printed


def test_years_in_which_the_others_have_no_common_rate_prove_nothing():
    """Before 1999 each member of the euro had its own rate; one alone, or two that differ, are no measure."""
    apart = {"DEU": rates("0.9", "0.9", "0.9"), "FRA": rates("1.0", "1.0", "1.0"), "HRV": rates(*["0.9"] * 3)}
    alone = {"DEU": rates("0.9", "0.9", "0.9"), "HRV": rates("0.9", "0.9", "0.9")}

    assert money_of_rows(PRINTED, apart, NAMES)["HRV"].code == "HRK"
    assert money_of_rows(PRINTED, alone, NAMES)["HRV"].code == "HRK"
