"""Fetching from the World Bank's API, against answers of our own making; no test needs a connection."""

from __future__ import annotations

import io
import json
import socket
from collections.abc import Callable
from decimal import Decimal
from email.message import Message
from http.client import IncompleteRead
from pathlib import Path
from urllib.error import HTTPError, URLError

import pytest

from steelyard.core.vocabulary import load_vocabulary
from steelyard.panel import fetch, load_file
from steelyard.panel.fetch import fetch_indicator, fetchable

GDP = "NY.GDP.MKTP.CD"


def row(
    code: str = "KOR", year: str = "2024", value: object = 1875388209406.69, **more: object
) -> dict[str, object]:
    return {
        "indicator": {"id": GDP, "value": "GDP (current US$)"},
        "country": {"id": "KR", "value": {"KOR": "Korea, Rep.", "JPN": "Japan"}.get(code, code)},
        **{"countryiso3code": code, "date": year, "value": value, "unit": "", "obs_status": "", "decimal": 0},
        **more,
    }


def page(
    rows: list[dict[str, object]] | None, number: int = 1, pages: int = 1, total: int | None = None
) -> bytes:
    about = {
        **{
            "page": number,
            "pages": pages,
            "per_page": 10000,
            "total": len(rows or []) if total is None else total,
        },
        **{"sourceid": "2", "lastupdated": "2026-07-13"},
    }
    return json.dumps([about, rows]).encode()


def opener(*answers: bytes | Exception) -> tuple[Callable[[str], io.BytesIO], list[str]]:
    """Gives the answers one after another, and keeps what was asked."""
    asked: list[str] = []

    def open_url(url: str) -> io.BytesIO:
        asked.append(url)
        answer = answers[len(asked) - 1]
        if isinstance(answer, Exception):
            raise answer
        return io.BytesIO(answer)

    return open_url, asked


def test_what_is_fetched_is_read_as_a_file_of_the_publisher(tmp_path):
    answer, asked = opener(page([row(), row(year="2023", value=1844800934391.54), row("JPN", "2024", None)]))

    path, problems = fetch_indicator(GDP, ["KOR", "JPN"], tmp_path, answer)

    assert path == tmp_path / "API_NY.GDP.MKTP.CD_2026-07-13.csv"
    assert not problems
    assert asked == [
        "https://api.worldbank.org/v2/country/KOR;JPN/indicator/NY.GDP.MKTP.CD?format=json&per_page=10000&page=1"
    ]
    found = load_file(path, load_vocabulary()[0])
    assert [(one.actor, one.year, one.value, one.edition) for one in found.observations] == [
        ("KOR", 2023, Decimal("1844800934391.54"), "WDI 2026-07-13"),
        ("KOR", 2024, Decimal("1875388209406.69"), "WDI 2026-07-13"),
    ]
    assert not found.problems


def test_digits_are_kept_as_they_were_sent(tmp_path):
    """As a float, 0.1234567890123456789 would lose its last digits."""
    sent = page([row()]).replace(b"1875388209406.69", b"0.1234567890123456789")
    path, _ = fetch_indicator(GDP, ["KOR"], tmp_path, opener(sent)[0])

    assert path is not None
    assert '"0.1234567890123456789"' in path.read_text(encoding="utf-8")


def test_all_pages_are_asked_for(tmp_path):
    answer, asked = opener(page([row()], 1, 2, 2), page([row(year="2023")], 2, 2, 2))

    path, problems = fetch_indicator(GDP, ["KOR"], tmp_path, answer)

    assert [url.rpartition("&")[2] for url in asked] == ["page=1", "page=2"]
    assert path is not None
    assert not problems


def test_a_marked_value_is_left_out_and_told(tmp_path):
    path, problems = fetch_indicator(
        GDP, ["KOR"], tmp_path, opener(page([row(), row(year="2025", obs_status="E")]))[0]
    )

    assert path is not None
    assert "2025" not in path.read_text(encoding="utf-8")
    assert [(one.code, one.severity) for one in problems] == [("not-fetched", "warning")]
    assert "KOR 2025 (E)" in problems[0].message


REFUSAL = json.dumps(
    [
        {
            "message": [
                {"id": "120", "key": "Invalid value", "value": "The provided parameter value is not valid"}
            ]
        }
    ]
).encode()


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        pytest.param([REFUSAL], "The provided parameter value is not valid", id="a refusal"),
        pytest.param([b'[{"message":[{}]}]'], "no reason given", id="a refusal without a reason"),
        pytest.param(
            [URLError(socket.gaierror(-2, "Name or service not known"))],
            "cannot be reached: Name or service not known.",
            id="offline",
        ),
        pytest.param([TimeoutError("timed out")], "cannot be reached: timed out", id="too slow"),
        pytest.param([IncompleteRead(b"[{")], "cannot be reached", id="broken off"),
        pytest.param(
            [HTTPError("u", 503, "Busy", Message(), None)], "error 503", id="an error of the server"
        ),
        pytest.param([b"<html>Log in to this network</html>"], "not in the form", id="a page for people"),
        pytest.param([b""], "not in the form", id="nothing"),
        pytest.param([b"[" * 100_000], "not in the form", id="brackets without end"),
        pytest.param([b'{"message": "x"}'], "not in the form", id="an object"),
        pytest.param([b'[{"page":1,"pages":1,"total":1}, {}]'], "not in the form", id="rows that are none"),
        pytest.param(
            [b'[{"page":1,"pages":"many","total":1}, []]'], "number of pages", id="pages that are none"
        ),
        pytest.param([page(None)], "no value", id="no rows"),
        pytest.param([page([row(value=None)])], "no value", id="rows without values"),
        pytest.param([page([row()], total=7)], "says 7 rows, but sent 1", id="fewer rows than told"),
        pytest.param([page([row()], pages=51)], "51 pages", id="too many pages"),
        pytest.param(
            [page([row()], 1, 2, 2), URLError("gone")], "cannot be reached", id="gone between pages"
        ),
        pytest.param([page([row(value="a lot")])], "A row of the answer", id="text for a number"),
        pytest.param([page([row(value=True)])], "A row of the answer", id="a flag for a number"),
        pytest.param([page([row(value=float("nan"))])], "A row of the answer", id="not a number"),
        pytest.param([page([row(year="2024Q1")])], "A row of the answer", id="a quarter"),
        pytest.param(
            [page([row(indicator={"id": "SP.POP.TOTL"})])], "A row of the answer", id="another indicator"
        ),
        pytest.param([page([row(), row(value=1)])], "two values of KOR for 2024", id="two values"),
        pytest.param([page([row()]).replace(b"2026-07-13", b"lately")], "its edition", id="no date"),
    ],
)
def test_what_fails_is_told_in_one_sentence_and_nothing_is_written(tmp_path, answers, message):
    path, problems = fetch_indicator(GDP, ["KOR"], tmp_path, opener(*answers)[0])

    assert path is None
    assert [one.code for one in problems] == ["not-fetched"]
    assert message in problems[0].message
    assert problems[0].hint
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("indicator", "countries"),
    [
        pytest.param("gdp", ["KOR"], id="no code of an indicator"),
        pytest.param("NY.GDP/../x", ["KOR"], id="a path"),
        pytest.param(GDP, ["Korea"], id="a name of a country"),
        pytest.param(GDP, ["KOR;all"], id="more than one in one"),
        pytest.param(GDP, [], id="no country"),
    ],
)
def test_nothing_is_asked_for_what_is_no_code(tmp_path, indicator, countries):
    answer, asked = opener()

    path, problems = fetch_indicator(indicator, countries, tmp_path, answer)

    assert (path, asked) == (None, [])
    assert [one.code for one in problems] == ["not-fetched"]


def test_an_indicator_that_the_panel_does_not_know_is_not_asked_for(tmp_path):
    answer, asked = opener()
    known = fetchable(load_vocabulary()[0])

    path, problems = fetch_indicator("NY.GDP.MKTP.DC", ["KOR"], tmp_path, answer, known=known)

    assert (path, asked) == (None, [])
    assert "NY.GDP.MKTP" in problems[0].hint


def test_a_page_beyond_the_limit_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(fetch, "LARGEST_PAGE", 100)

    path, problems = fetch_indicator(GDP, ["KOR"], tmp_path, opener(page([row()]))[0])

    assert path is None
    assert "more than" in problems[0].message


def test_a_file_that_is_there_stays_whole_where_the_new_one_cannot_be_written(tmp_path, monkeypatch):
    there = tmp_path / "API_NY.GDP.MKTP.CD_2026-07-13.csv"
    there.write_text("old", encoding="utf-8")

    def full(self: Path, data: bytes) -> int:
        self.touch()
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    path, problems = fetch_indicator(GDP, ["KOR"], tmp_path, opener(page([row()]))[0])

    assert path is None
    assert "No space left" in problems[0].message
    assert [one.name for one in tmp_path.iterdir()] == [there.name]
    assert there.read_text(encoding="utf-8") == "old"


def test_nothing_in_the_panel_fetches_by_itself():
    """Only whoever asks for it imports the file that can use the network."""
    package = Path(fetch.__file__).parent
    files = [path for path in package.rglob("*.py") if path.name != "fetch.py"]

    assert files
    assert not [
        path
        for path in files
        if "panel.fetch" in path.read_text(encoding="utf-8") or "urllib" in path.read_text(encoding="utf-8")
    ]
