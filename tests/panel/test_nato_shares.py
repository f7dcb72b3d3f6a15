"""NATO's shares of GDP as a CSV table: digits as written, blanks that stay blank, faults with their line."""

from __future__ import annotations

from decimal import Decimal

import pytest

from steelyard.core.vocabulary import load_vocabulary
from steelyard.panel import load_file

VOCABULARY = load_vocabulary()[0]
NAME = "nato-2025-08-share-of-gdp-7-members.csv"


def load(folder, text, name=NAME):
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return load_file(path, VOCABULARY)


def test_shares_keep_their_digits_and_a_blank_is_no_figure(tmp_path):
    loaded = load(tmp_path, "country,2023,2024e\nGermany,1.61,\nTurkiye,1.5,2.13\n")

    assert not loaded.problems
    found = {(each.actor, each.year): each for each in loaded.observations}
    assert sorted(found) == [("DEU", 2023), ("TUR", 2023), ("TUR", 2024)]
    germany, turkey = found["DEU", 2023], found["TUR", 2023]
    assert (germany.value, germany.low, germany.high) == (Decimal("1.61"), Decimal("1.605"), Decimal("1.615"))
    assert (turkey.low, turkey.high) == (Decimal("1.45"), Decimal("1.55"))
    assert (germany.status, found["TUR", 2024].status) == ("observed", "estimate")
    assert (germany.place.line, germany.place.key, germany.edition) == (2, "2023", "NATO 2025-08")


def test_that_the_edition_is_from_the_name_is_said(tmp_path):
    loaded = load(tmp_path, "country,2023\nGermany,1.61\n")

    assert any("file's name" in text for text in loaded.file.left)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        pytest.param("country,2023\nGermany,about 2\n", ("not-a-number", 2), id="text in a number's cell"),
        pytest.param("country,2023\nGermany,-1.2\n", ("not-a-number", 2), id="below zero"),
        pytest.param("country,2023,2024\nGermany,1.61\n", ("broken-row", 2), id="cut off in a row"),
        pytest.param("country,2023\nTurkey,1\nTürkiye,2\n", ("duplicate-row", 3), id="one country twice"),
        pytest.param("state,2023\nGermany,1\n", ("missing-column", 1), id="another heading"),
        pytest.param("country,2023,note\nGermany,1,x\n", ("missing-column", 1), id="a column without year"),
        pytest.param("country,2023,2023e\nGermany,1,2\n", ("unknown-column", 1), id="a year twice"),
        pytest.param("", ("empty-series", 1), id="nothing"),
        pytest.param(b"country,2023\nT\xfcrkiye,2\n", ("not-text", 0), id="not UTF-8"),
        pytest.param(f"country,2023\n{'x' * 200_000},2\n", ("broken-row", 2), id="an endless cell"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path, text, problem):
    loaded = load(tmp_path, text)

    assert [(each.code, each.origin.line) for each in loaded.problems] == [problem]


def test_a_table_under_another_name_is_nobodys(tmp_path):
    loaded = load(tmp_path, "country,2023\nGermany,1.61\n", "shares.csv")

    assert [(each.code, each.severity) for each in loaded.problems] == [("unknown-file", "warning")]
