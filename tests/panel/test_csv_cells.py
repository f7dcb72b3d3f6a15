"""Rows of text files, and what a written number leaves open."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.panel.csv_cells import amount, date_in_name, decoded, fingerprint, read_lines


@given(st.integers(-(10**20), 10**20), st.integers(0, 12), st.sampled_from([0, 3, 6, 9]))
def test_an_amount_is_one_unit_of_its_last_digit_wide(digits, decimals, power):
    text = f"{Decimal(digits).scaleb(-decimals):f}"
    found = amount(text, Decimal(10) ** power)

    assert found is not None
    assert found.value == Decimal(digits).scaleb(power - decimals)
    assert found.high - found.low == Decimal(1).scaleb(power - decimals)
    assert found.value - found.low == found.high - found.value


@pytest.mark.parametrize(
    "text",
    [
        "",
        "n/a",
        "..",
        "1,000",
        "1 000",
        "１２",
        "1e999",
        "nan",
        "inf",
        "0x10",
        "1_000",
        "--1",
        "1.2.3",
        "9" * 5000,
    ],
)
def test_what_is_no_plain_numeral_is_no_amount(text):
    assert amount(text) is None


def test_a_numeral_with_an_exponent_keeps_its_digits():
    found = amount("6.67745025408847E+16")

    assert found is not None
    assert (found.low, found.high) == (Decimal("66774502540884650"), Decimal("66774502540884750"))


@pytest.mark.parametrize(
    ("name", "date"),
    [
        ("imf-weo-2025-10-long.csv", "2025-10"),
        ("wdi_20250324.csv", "2025-03-24"),
        ("API_NY.GDP.MKTP.CD_2025-10-07.csv", "2025-10-07"),
        ("API_NY.GDP.MKTP.CD_DS2_en_csv_v2_126992.csv", ""),
        ("gdp-2025-13.csv", ""),
        ("gdp 2025.csv", ""),
    ],
)
def test_only_a_month_or_a_day_in_a_name_is_a_date(name, date):
    assert date_in_name(Path(name)) == date


def test_a_fingerprint_changes_with_the_file_and_looks_like_no_year(tmp_path):
    one, other = tmp_path / "a", tmp_path / "b"
    one.write_bytes(b"1")
    other.write_bytes(b"2")

    assert fingerprint(one) != fingerprint(other)
    assert fingerprint(one).isalpha()


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("Türkiye".encode("utf-8-sig"), "Türkiye"),
        ("Türkiye".encode("utf-16"), "Türkiye"),
        ("ISO\tWEO".encode("utf-16-le"), "ISO\tWEO"),
        ("Côte d'Ivoire, Türkiye".encode("cp1252"), "Côte d'Ivoire, Türkiye"),
        ("Türkiye".encode()[:2], "T"),
    ],
)
def test_a_text_is_decoded_by_its_marks(data, text):
    assert decoded(data, legacy=True) == text


@pytest.mark.parametrize(
    ("data", "rows", "code", "line"),
    [
        pytest.param(b"a,b\n1,2\n", [("a", "b"), ("1", "2")], "", 0, id="whole"),
        pytest.param(b"a,b\n1,2", [("a", "b")], "broken-row", 2, id="the last line has no end"),
        pytest.param(
            b'a,b\n1,"2\n3,4\n', [("a", "b"), ("1", "2\n3,4")], "", 0, id="an open quote takes the rest"
        ),
        pytest.param(b"a,b\n\n , \n1,2\n", [("a", "b"), ("1", "2")], "", 0, id="empty rows"),
        pytest.param(b"a,b\n1,\x00\n", [], "not-text", 0, id="a null"),
        pytest.param(
            b"a,b\n" + b"1" * 140_000 + b",2\n", [("a", "b")], "broken-row", 2, id="an endless cell"
        ),
    ],
)
def test_rows_are_read_and_what_is_broken_is_told(tmp_path, data, rows, code, line):
    path = tmp_path / "x.csv"
    path.write_bytes(data)

    lines, problems = read_lines(path)

    assert [one.cells for one in lines] == rows
    assert [(one.code, one.origin.line) for one in problems] == ([(code, line)] if code else [])
