"""The number in a cell: its digits, sign and the marks around it, by the separators of the whole table.

"1.234" alone may be more or less than a thousand. All numbers of a table are printed in one way, so that
those which leave no doubt decide for the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from steelyard.read.tables.table_words import TableWords

LONGEST_CELL = 60
MOST_DIGITS = 24
_BLANKS = " \u00a0\u2007\u2009\u202f'’"
_NUMERAL = re.compile(rf"\d+(?:[.,]\d+|[{_BLANKS}]\d{{3}}(?!\d))*")
_POINT = re.compile(rf"(?:\d{{1,3}}(?:[,{_BLANKS}]\d{{2,3}})*[,{_BLANKS}]\d{{3}}|\d+)(?:\.\d+)?")
_COMMA = re.compile(rf"(?:\d{{1,3}}(?:[.{_BLANKS}]\d{{3}})+|\d+)(?:,\d+)?")
_POWER = re.compile(r"(\d(?:\.\d+)?)[eE]([+-]?\d{1,2})")
_NOT_DIGITS = re.compile(r"[^\d.]")
# What points to a note: stars and daggers, raised figures and letters, "[1]", "(1)", "1)", a single letter.
_NOTE = re.compile(
    r"\s*(?:[*†‡§¶#|]|[\u00b9\u00b2\u00b3\u2070-\u209c\u1d43-\u1d61]|\[\w{1,3}\]|"
    r"\(\d{1,2}\)|\d{1,2}\)|(?<!\w)[a-d]\))+$"
)
_LETTER = re.compile(r"\(?[a-d]\)?$")


@dataclass(frozen=True, slots=True)
class CellNumber:
    """The number of a cell, times ten to its exponent.

    `unit_text` is what stands beside it once sign, notes and status are taken off.
    """

    digits: str
    negative: bool = False
    status: str | None = None
    hedge: str | None = None
    unit_text: str = ""
    exponent: int = 0


def without_note(text: str) -> str:
    """A text without the mark of a note at its end."""
    match = _NOTE.search(text, max(0, len(text) - 12))
    return text[: match.start()].rstrip() if match and match.start() else text


def looks_like_number(text: str) -> bool:
    """Whether a cell may hold a number: short, and digits are most of it."""
    return len(text) <= LONGEST_CELL and any(map(str.isdecimal, text))


def decimal_mark(texts: Iterable[str], usual: str = ".") -> str:
    """The decimal mark of a table, by those of its numbers that leave no doubt; else the usual one."""
    points = commas = 0
    for text in texts:
        match = _NUMERAL.search(text)
        numeral = match.group() if match else ""
        point, comma = numeral.rfind("."), numeral.rfind(",")
        if point < 0 and comma < 0:
            continue
        if _is_decimal(numeral, point, comma):
            points += 1
        elif _is_decimal(numeral, comma, point):
            commas += 1
    return usual if points == commas else "." if points > commas else ","


def _is_decimal(numeral: str, mark: int, other: int) -> bool:
    """Whether the mark at a place can only be that of decimals, or the other only that of thousands."""
    if mark < 0:
        return other >= 0 and numeral.count(numeral[other]) > 1
    if other >= 0:
        return mark > other
    return numeral.count(numeral[mark]) == 1 and (
        len(numeral) - mark - 1 != 3 or mark > 3 or (numeral[0] == "0" and mark == 1)
    )


def cell_number(text: str, mark: str, words: TableWords) -> CellNumber | None:
    """The number of a cell, or None where it holds none, or one that is not printed as the table's others."""
    match = _NUMERAL.search(text)
    if not match:
        return None
    if power := _POWER.fullmatch(text, match.start()):
        return CellNumber(power[1], text[: match.start()] in words.words("negative"), exponent=int(power[2]))
    digits = plain_digits(match.group(), mark)
    if digits is None or len(digits) > MOST_DIGITS:
        return None
    if match.end() - match.start() == len(text):
        return CellNumber(digits)
    before, after = text[: match.start()].strip(), text[match.end() :].strip()
    return _with_marks(digits, before, "" if _NOTE.fullmatch(after) else without_note(after), words)


def plain_digits(numeral: str, mark: str) -> str | None:
    """The digits of a numeral with a point for its decimals, or None where its separators do not fit."""
    if numeral.isdecimal():
        return numeral
    if mark == ".":
        return _NOT_DIGITS.sub("", numeral) if _POINT.fullmatch(numeral) else None
    return (
        _NOT_DIGITS.sub("", numeral.replace(".", "").replace(",", ".")) if _COMMA.fullmatch(numeral) else None
    )


def _with_marks(digits: str, before: str, after: str, words: TableWords) -> CellNumber | None:
    """The number with what stands before and after it: brackets, signs, hedges, status, unit."""
    negative = False
    if before.startswith("(") and after.endswith(")"):
        negative, before, after = True, before[1:].strip(), after[:-1].strip()
    hedge = words.hedges.get(before.casefold())
    if hedge:
        before = ""
    for end in (before[:1], before[-1:]):
        if end and end in words.words("negative"):
            negative, before = True, before.strip(end).strip()
    before = before.removeprefix("+")
    status = words.statuses.get(after.strip("()[] ").casefold())
    if status or (not before and _LETTER.fullmatch(after)):
        after = ""
    if any(map(str.isdecimal, before + after)):
        return None
    return CellNumber(digits, negative, status, hedge, f"{before} {after}".strip())
