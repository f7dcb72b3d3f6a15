"""Fetching an indicator from the World Bank's API, for those who ask for it; nothing else uses the network.

The answer comes in pages of JSON: a list of what the answer is and of its rows. What is written is the CSV
form of the indicator's page, with the preamble that tells the edition, so that one format reads both.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from typing import Protocol
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlencode
from urllib.request import urlopen

from steelyard.core.problems import Place, Problem
from steelyard.core.schema import nearest
from steelyard.core.vocabulary import Vocabulary
from steelyard.core.whole_file import write_whole
from steelyard.panel.csv_cells import amount

ADDRESS = "https://api.worldbank.org/v2/country/{countries}/indicator/{indicator}?{query}"
TIMEOUT = 30  # seconds for a page
LARGEST_PAGE = 16 * 2**20  # bytes; 10,000 rows take about two million
MOST_PAGES = 50
PER_PAGE = 10_000
_INDICATOR = re.compile(r"[A-Z0-9]+(?:\.[A-Z0-9]+)+")
_COUNTRY = re.compile(r"[A-Z]{3}")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_YEAR = re.compile(r"(?:19|20)\d\d")
_OFFLINE = "Look at the connection, or take the CSV file from data.worldbank.org and put it into the folder."


class Answer(Protocol):
    """What an opener gives: bytes that can be read up to a limit."""

    def read(self, size: int, /) -> bytes:
        """At most so many bytes."""


Opener = Callable[[str], AbstractContextManager[Answer]]


class _NotFetched(Exception):
    """Why nothing was fetched, and what would help."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


@dataclass
class _Indicator:
    """What the pages gave: the indicator's name, the edition's date, and values by country and year."""

    title: str = ""
    date: str = ""
    values: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)
    marked: list[str] = field(default_factory=list)


def fetchable(vocabulary: Vocabulary) -> tuple[str, ...]:
    """The codes of the indicators that the panel takes something from."""
    entry = vocabulary.entry("publishers", "worldbank")
    return tuple(entry.table("series")) if entry else ()


def fetch_indicator(
    indicator: str,
    countries: Sequence[str],
    folder: Path,
    opener: Opener | None = None,
    *,
    known: tuple[str, ...] = (),
) -> tuple[Path | None, list[Problem]]:
    """Fetch an indicator for countries and write it into a folder; the file, or None and why there is none.

    `countries` are codes of ISO 3166-1 with three letters; `known` are indicators of which it must be one,
    where any are given. Nothing is written until all pages are there. A file of the same indicator and
    edition is replaced.
    """
    place = Place(indicator)
    if known and indicator not in known:
        message = f"The panel takes nothing from the indicator {indicator!r}, so it is not fetched."
        return None, [Problem("not-fetched", message, place, nearest(indicator, known))]
    try:
        url = _address(indicator, countries)
        found = _fetched(url, indicator, opener or _open)
        path = _written(folder, indicator, found)
    except _NotFetched as error:
        return None, [Problem("not-fetched", error.message, place, error.hint)]
    if not found.marked:
        return path, []
    message = (
        f"The World Bank marks values of {indicator} that the file cannot mark: {', '.join(found.marked)}."
    )
    return path, [Problem("not-fetched", message, Place(str(path)), "They were left out.", "warning")]


def _address(indicator: str, countries: Sequence[str]) -> str:
    """The address of the first page."""
    if not _INDICATOR.fullmatch(indicator):
        hint = "Write it as the World Bank does, such as NY.GDP.MKTP.CD."
        raise _NotFetched(f"{indicator!r} is no code of an indicator.", hint)
    if wrong := [code for code in countries if not _COUNTRY.fullmatch(code)] or not countries:
        named = ", ".join(map(repr, wrong)) if isinstance(wrong, list) else "nothing"
        raise _NotFetched(f"Expected codes of countries; found {named}.", "Write codes such as KOR and JPN.")
    query = urlencode({"format": "json", "per_page": PER_PAGE})
    return ADDRESS.format(countries=quote(";".join(countries), safe=";"), indicator=indicator, query=query)


def _open(url: str) -> AbstractContextManager[Answer]:
    """Open an address; it is our own, and no file."""
    return urlopen(url, timeout=TIMEOUT)  # type: ignore[no-any-return]


def _fetched(url: str, indicator: str, opener: Opener) -> _Indicator:
    """All pages of an answer; their rows must be as many as the first page says."""
    found = _Indicator()
    pages, total, rows = 1, 0, 0
    page = 1
    while page <= pages:
        about, part = _page(f"{url}&page={page}", opener)
        pages, total = _count(about, "pages"), _count(about, "total")
        if pages > MOST_PAGES:
            raise _NotFetched(f"The answer has {pages:,} pages.", "Ask for fewer countries.")
        found.date = str(about.get("lastupdated") or "")
        for row in part:
            _keep(found, row, indicator)
        rows += len(part)
        page += 1
    if rows != total:
        raise _NotFetched(f"The World Bank says {total:,} rows, but sent {rows:,}.", "Ask once more.")
    if not any(found.values.values()):
        raise _NotFetched("The World Bank has no value for these countries.", "Look at their codes.")
    if not _DATE.fullmatch(found.date):
        raise _NotFetched("The answer does not tell its edition.", "Take the CSV file from its page.")
    return found


def _page(url: str, opener: Opener) -> tuple[dict[str, object], list[object]]:
    """What a page says of itself, and its rows."""
    try:
        with opener(url) as answer:
            data = answer.read(LARGEST_PAGE + 1)
    except HTTPError as error:
        raise _NotFetched(f"The World Bank answered with error {error.code}.", "Ask later.") from error
    except (URLError, OSError, HTTPException) as error:
        cause = getattr(error, "reason", "") or error
        reason = getattr(cause, "strerror", None) or str(cause) or type(error).__name__
        raise _NotFetched(f"The World Bank cannot be reached: {reason}.", _OFFLINE) from error
    if len(data) > LARGEST_PAGE:
        raise _NotFetched(f"A page has more than {LARGEST_PAGE // 2**20} MB.", "Ask for fewer countries.")
    unlike = "The answer is not in the form of the World Bank's API."
    try:
        answered = json.loads(data, parse_float=str, parse_int=str)
    except (ValueError, RecursionError) as error:
        raise _NotFetched(unlike, _OFFLINE) from error
    if not isinstance(answered, list) or not answered or not isinstance(answered[0], dict):
        raise _NotFetched(unlike, _OFFLINE)
    if isinstance(told := answered[0].get("message"), list):
        texts = [str(one.get("value", "")) for one in told if isinstance(one, dict)]
        hint = "Look at the codes of the indicator and the countries."
        raise _NotFetched(f"The World Bank refuses: {' '.join(texts) or 'no reason given'}", hint)
    rows = answered[1] if len(answered) > 1 and answered[1] is not None else []
    if not isinstance(rows, list):
        raise _NotFetched(unlike, _OFFLINE)
    return answered[0], rows


def _count(about: dict[str, object], key: str) -> int:
    text = str(about.get(key, ""))
    if not (text.isdecimal() and text.isascii() and len(text) < 10):
        raise _NotFetched(f"Expected a number of {key} in the answer; found {text!r}.", _OFFLINE)
    return int(text)


def _keep(found: _Indicator, row: object, indicator: str) -> None:
    """Keep a row's value; one that the publisher marks, as an estimate for instance, is told and left out."""
    unlike = _NotFetched("A row of the answer is not in the form of the World Bank's API.", _OFFLINE)
    if not isinstance(row, dict):
        raise unlike
    about, country = row.get("indicator"), row.get("country")
    year, value, code = row.get("date"), row.get("value"), row.get("countryiso3code")
    if not isinstance(about, dict) or not isinstance(country, dict) or about.get("id") != indicator:
        raise unlike
    if not _COUNTRY.fullmatch(str(code)) or not _YEAR.fullmatch(str(year)):
        raise unlike
    found.title = str(about.get("value", ""))
    years = found.values.setdefault((str(country.get("value", "")), str(code)), {})
    if value is None:
        return
    if not isinstance(value, str) or amount(value) is None:
        raise unlike
    if row.get("obs_status"):
        found.marked.append(f"{code} {year} ({row['obs_status']})")
    elif years.setdefault(str(year), value) != value:
        raise _NotFetched(f"The answer has two values of {code} for {year}.", "Ask once more.")


def _written(folder: Path, indicator: str, found: _Indicator) -> Path:
    """The file, written whole under another name first, so that a half of it is never read."""
    years = sorted({year for values in found.values.values() for year in values})
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(["Data Source", "World Development Indicators", ""])
    text.write("\n")
    writer.writerow(["Last Updated Date", found.date, ""])
    text.write("\n")
    writer.writerow(["Country Name", "Country Code", "Indicator Name", "Indicator Code", *years])
    for (country, code), values in sorted(found.values.items()):
        writer.writerow([country, code, found.title, indicator, *(values.get(year, "") for year in years)])
    path = folder / f"API_{indicator}_{found.date}.csv"
    try:
        write_whole(path, text.getvalue())
    except OSError as error:
        message = f"The file cannot be written: {error.strerror}."
        raise _NotFetched(message, f"Look at {folder} and at what room is left there.") from error
    return path
