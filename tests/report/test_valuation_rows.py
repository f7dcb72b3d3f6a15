"""Spending in other prices and moneys on the page, from a scenario with round numbers to rows by hand."""

from __future__ import annotations

import csv
import io
import re
from functools import cache
from html import unescape

import pytest

from steelyard.report.bundle import make_report
from steelyard.report.links import link_claims
from steelyard.report.outlook import describe_ensembles
from steelyard.report.results import Results
from steelyard.report.template import PAGE
from tests.project.samples import vocabulary
from tests.project.test_valuations import (
    AT_PARITY,
    DEFENCE,
    MOVED,
    PARTS,
    at_a_thousand,
    index,
    parities,
    project,
    round_numbers,
)

# 60 trillion won in 2026, then 63, 84 and 115.5; 5 % of inflation a year, 1,000 won a dollar in 2026.
PARITY = "Spending at purchasing power parity of GDP"
MILITARY = "Spending at military purchasing power parity"
OWN_USE = "Spending, defence prices of the base year"
CONSTANT = "Real spending at the market rate of the base year"


@cache
def results():
    """A scenario with rates at parity, military parities and a defence price index, all made up."""
    drivers = {"drivers": {**AT_PARITY["drivers"], **DEFENCE["drivers"]}}
    entry = round_numbers(MOVED, military_purchasing_power=PARTS, **drivers)
    found = at_a_thousand(parities(["800", "840", "875", "924"]), index("100", "105", "112", "120"))
    ensemble, problems = project(entry, found)
    assert problems == []
    return Results(title="Round numbers", vocabulary=vocabulary(), ensembles=(ensemble,), series=tuple(found))


def outlook():
    (found,) = describe_ensembles(results(), link_claims(results().ledger, ())[0])
    return found


def rows(label):
    """The rows of a variable by year: what the page shows, without the mark of no-break."""
    (group,) = (group for group in outlook().yearly.groups if group.heading.startswith(label))
    shown = [[cell.text.replace("\N{NO-BREAK SPACE}", " ") for cell in row.cells] for row in group.rows]
    return group.heading, {row[0]: row[1:] for row in shown}


@pytest.mark.parametrize(
    ("label", "unit", "base", "calm"),
    [
        # 60 over 800 is 75 billion; 63 over 840 is 75, 84 over 875 is 96, 115.5 over 924 is 125.
        pytest.param(
            PARITY,
            "bn USD at purchasing power parity",
            "75.0",
            {"2027": "75.0", "2028": "96.0", "2029": "125.0"},
            id="parity of GDP",
        ),
        # 24 over 400, 15 over 750 and 21 over 1,050 are 100 billion. 63 is 1.05 times 60 and 84 is 1.4 times:
        # 105 x 1.02 / 1.05 = 102, and 140 x (1.02 / 1.05) ** 2 = 132.11.
        pytest.param(
            MILITARY,
            "bn USD at military purchasing power parity",
            "100.0",
            {"2027": "102.0", "2028": "132.1"},
            id="military parity",
        ),
        # 63 over 1.05 and 84 over 1.12.
        pytest.param(
            OWN_USE,
            "tn KRW at 2026 defence prices",
            "60.0",
            {"2027": "60.0", "2028": "75.0"},
            id="defence prices",
        ),
        # 84 over 1.05 twice, at 1,000 won a dollar.
        pytest.param(
            CONSTANT,
            "bn USD at 2026 prices",
            "60.0",
            {"2027": "60.0", "2028": "76.2"},
            id="constant dollars",
        ),
    ],
)
def test_a_valuation_has_a_row_for_each_year_with_its_unit(label, unit, base, calm):
    """The base year has no spread, so no error; the box is the path without shocks, sources being exact."""
    heading, found = rows(label)

    assert heading == f"{label} ({unit})"
    assert list(found) == ["2026", "2027", "2028", "2029"]
    assert found["2026"] == [*([base] * 5), "", *([base] * 2)]
    assert {year: found[year][6:] for year in calm} == {year: [value] * 2 for year, value in calm.items()}


def test_the_rows_of_a_valuation_are_spread_by_the_draws_and_in_order():
    for label in (PARITY, MILITARY, OWN_USE, CONSTANT):
        _, found = rows(label)
        quantiles = [float(text) for text in found["2029"][:5]]
        assert quantiles == sorted(quantiles)
        assert quantiles[0] < quantiles[-1]


def test_the_page_and_the_file_beside_it_show_the_same_rows():
    files, problems = make_report(results())
    assert problems == []
    page = unescape(re.sub(r"<[^>]+>", " ", files[PAGE].decode())).replace("\N{NO-BREAK SPACE}", " ")
    table = csv.DictReader(io.StringIO(files[f"tables/{outlook().yearly.name}.csv"].decode()))
    told = {(row["variable"], row["Year"]): row for row in table}

    for label, low in ((PARITY, 125e9), (MILITARY, None), (OWN_USE, 96.25e12), (CONSTANT, None)):
        heading, found = rows(label)
        assert heading in page
        assert " ".join(found["2029"][:3]) in " ".join(page.split())
        assert low is None or float(told[heading, "2029"]["Box: low"]) == pytest.approx(low, rel=1e-5)


def test_what_a_valuation_rests_on_stands_among_the_origins():
    """Three shares and three parities, the series of rates and the index, each with its reference."""
    told = {cell.origin for row in outlook().origins.rows for cell in row.cells[:1]}

    ensemble = results().ensembles[0]
    for variable in ("spending_purchasing_power", "spending_military_parity", "spending_own_use"):
        inputs = set(ensemble.series(variable)[-1].inputs)
        assert inputs
        assert inputs <= told
    assert {"series:KOR/purchasing_power_parity/test", "series:KOR/defence_prices/test"} <= told
