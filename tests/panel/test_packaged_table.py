"""The small table that comes with steelyard, row by row against the publishers' own files."""

from __future__ import annotations

import csv
from decimal import Decimal

import pytest

from steelyard.core.vocabulary import PACKAGED, load_vocabulary
from steelyard.panel import load_panel
from steelyard.panel.names import names_of

VOCABULARY, _ = load_vocabulary()
# The sheets of NATO's workbook are named without a blank: TABLE8a.
SHEETS = {
    "Table 2": "TABLE2",
    "Table 3": "TABLE3",
    "Table 5": "TABLE5",
    "Table 7": "TABLE7",
    "Table 8a": "TABLE8a",
}
FILES = (
    "nato-240617-def-exp-2024-TABLES-en.xlsx",
    "API_SP.POP.TOTL_DS2_en_csv_v2.csv",
    "SIPRI-Milex-data-1949-2025_v1.2.xlsx",
    "imf-weo-2025-10-long.csv",
)


def rows():
    found = []
    for path in sorted((PACKAGED / "panel").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            found += [(path.name, number, row) for number, row in enumerate(csv.DictReader(file), 2)]
    return found


@pytest.fixture(scope="module")
def cells(shared):
    panel = load_panel([shared / "data" / name for name in FILES], VOCABULARY)
    return {
        (one.edition, one.actor, one.measure, one.item, one.prices, one.unit, one.year): one
        for one in panel.observations
        if not one.fiscal
    }


def cell_of(cells, row):
    keys = ("edition", "actor", "measure", "item", "prices", "unit")
    return cells.get((*(row[key] for key in keys), int(row["period"])))


def test_every_row_is_the_cell_that_its_locator_names(cells):
    """All but the ministry's own figure, of which we hold no file."""
    off = []
    for name, number, row in rows():
        one = cell_of(cells, row)
        value = Decimal(row["value"])
        half = Decimal((0, (5,), value.as_tuple().exponent - 1))
        if one is None:
            off.append((name, number, row["edition"]))
        elif abs(one.value - value) > half or (one.status, one.definition) != (
            row["status"],
            row["definition"],
        ):
            off.append((name, number, one.value, one.status, one.definition))

    assert [(one[0], one[2]) for one in off] == [("pacific.csv", "MND 2025-12")]


def test_the_locator_tells_sheet_and_country(cells):
    names = names_of(VOCABULARY, "nato")
    for _, number, row in rows():
        one = cell_of(cells, row)
        sheet, _, country = row["locator"].partition(", ")
        if row["edition"].startswith("NATO"):
            assert one.place.key.startswith(f"{SHEETS[sheet]}!"), number
            assert names.actor(country) == row["actor"], number
        elif row["edition"].startswith("SIPRI"):
            assert one.place.key.startswith(f"{sheet}!"), number
            assert names.actor(country) == row["actor"], number
        elif one:
            # "SP.POP.TOTL, Albania" of the World Bank, "KOR.NGDPD" of the IMF.
            assert row["actor"] in (names.actor(country), row["locator"].partition(".")[0]), number
