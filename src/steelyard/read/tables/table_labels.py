"""Reads the headings, row labels and titles of tables, each once, whatever number of cells it governs."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cached_property

from steelyard.core.period import Period
from steelyard.read.tables.table_label import Label
from steelyard.read.tables.table_numbers import without_note
from steelyard.read.tables.table_reading import Reading
from steelyard.read.tables.table_relations import without_formula
from steelyard.read.tables.table_words import TableWords
from steelyard.read.tongues import Tongues

LONGEST_LABEL = 300
LONGEST_ITEM = 60
_YEAR = r"(?:19|20)\d\d"
_PLAIN_YEAR = re.compile(_YEAR)
_MONTH = re.compile(rf"({_YEAR})[-./M](0?[1-9]|1[0-2])")
_DAY = re.compile(rf"{_YEAR}-\d\d-\d\d")
_MARKED = re.compile(r"(?P<year>.*\d\d)(?:\s{0,2}[(\[]?(?P<mark>[^\W\d]{1,12}\.?)[)\]]?)?[*†‡]*")
_YEAR_MARK = re.compile(rf"(?<!\d)({_YEAR})([a-z])(?!\w)")
_ENUMERATION = re.compile(
    r"\s*(?:(\d{1,2}(?:\.\d{1,2}){0,3})[.)]?\s+(?=\D)"
    r"|\(?(?:[a-zA-Z]|[ivx]{1,4})[.)]\s+|[-–—•·○□▪*]\s*)"
)


class LabelReader:
    """Reads the labels of one document; equal labels are read once."""

    def __init__(self, tongues: Tongues, words: TableWords) -> None:
        self._tongues = tongues
        self._words = words
        self._kept: dict[str, Label] = {}

    @cached_property
    def _quarter(self) -> re.Pattern[str]:
        either = "|".join(map(re.escape, sorted(self._words.words("quarters")))) or "(?!)"
        return re.compile(rf"(?i)(?:({_YEAR})[\s/-]?(?:{either})([1-4])|(?:{either})([1-4])[\s/-]?({_YEAR}))")

    def read(self, text: str) -> Label:
        """What a label says."""
        if text not in self._kept:
            self._kept[text] = self._read(text) if 0 < len(text) <= LONGEST_LABEL else Label(text)
        return self._kept[text]

    def _read(self, whole: str) -> Label:
        text, formula = without_formula(whole)
        if formula:
            return replace(self.read(text), text=whole, formula=formula)
        if label := self._as_period(text):
            return label
        listed = _ENUMERATION.match(text)
        body = text[listed.end() :] if listed and listed.end() < len(text) else text
        number = listed[1] if listed else None
        body, status = self._without_mark(self._words.unglued(without_note(body)))
        if turned := _turned(body):
            reading = self._reading(turned)
            label = reading.label(text, number, status)
            if label.names and reading.names_one:
                return label
        return self._reading(body).label(text, number, status)

    def _without_mark(self, body: str) -> tuple[str, str | None]:
        """A text without the mark of status that hangs on a year of it ("2014-2024e"), and that status."""
        found = [(m, status) for m in _YEAR_MARK.finditer(body) if (status := self._words.statuses.get(m[2]))]
        for match, _ in reversed(found):
            body = body[: match.start(2)] + body[match.end(2) :]
        return body, found[-1][1] if found else None

    def _reading(self, body: str) -> Reading:
        lexicon = self._tongues.of(body).lexicon
        words = lexicon.words_in(body, 0, len(body))
        return Reading(self._tongues, self._words, lexicon, body, words)

    def _as_period(self, text: str) -> Label | None:
        """A label that is a period and perhaps the mark of its status, and nothing else."""
        if not any(map(str.isdecimal, text)):
            return None
        if _PLAIN_YEAR.fullmatch(text):
            return Label(text, text)
        match = _MARKED.fullmatch(text.strip())
        if match is None:
            return None
        mark = (match["mark"] or "").casefold()
        status = self._words.statuses.get(mark)
        body = text.strip().rstrip("*†‡") if mark and not status else match["year"].strip()
        period = self._period(body)
        if period is None and status and match["year"].strip() != body:
            period = self._period(match["year"].strip())
        return Label(text, period, status=status) if period else None

    def _period(self, body: str) -> str | None:
        """The ISO form of a text that is a period from end to end."""
        if _PLAIN_YEAR.fullmatch(body) or _DAY.fullmatch(body):
            return _checked(body)
        if (month := _MONTH.fullmatch(body)) and int(month[2]) != (int(month[1]) + 1) % 100:
            return f"{month[1]}-{int(month[2]):02}"
        if quarter := self._quarter.fullmatch(body):
            year, number = quarter[1] or quarter[4], int(quarter[2] or quarter[3])
            return f"{year}-{3 * number - 2:02}/{year}-{3 * number:02}"
        found = self._tongues.of(body).dates.find(body, None)
        whole = len(found) == 1 and found[0].end - found[0].start >= len(body.rstrip(" ."))
        return str(found[0].period.text) if whole else None


def _turned(text: str) -> str:
    """The name "Korea, South" as it is said outside of lists: "South Korea". Empty for other names."""
    first, comma, second = text.partition(", ")
    plain = comma and "," not in second and len(text) <= LONGEST_ITEM and second[:1].isupper()
    return f"{second} {first}" if plain else ""


def _checked(iso: str) -> str | None:
    try:
        return Period.parse(iso).text
    except ValueError:
        return None
