"""Reads numerals written in digits: separators of thousands, decimals, vulgar fractions.

A numeral that could be read in two ways ("3,5") is none. The time is linear in the length of the run.
"""

from __future__ import annotations

import re
from decimal import Context, Decimal
from typing import NamedTuple

BLANKS = " \t\u00a0\u2009\u202f"
RUN = r"\d+(?:[.,'’]\d+)*"
# No amount has more; beyond it a run of digits is a key or a fault, and arithmetic would round it.
MOST_DIGITS = 24
MOST_LETTERS = 48
SMALL = Decimal("0.001")
_FIRST_DIGITS = Context(prec=9)
_SHAPE = re.compile(
    r"(?P<plain>\d+(?:\.\d+)?)"
    r"|(?P<comma>\d{1,4},\d{1,2}|0,\d{3,6})"
    r"|(?P<commas>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,2}(?:,\d\d)+,\d{3}(?:\.\d+)?)"
    r"|(?P<marks>\d{1,3}(?:['’]\d{3})+(?:\.\d+)?)"
    r"|(?P<points>\d{1,3}(?:\.\d{3})+,\d{1,2}|\d{1,3}(?:\.\d{3}){2,})"
)
# A plain blank between thousands is told from two numbers side by side by the number of its groups.
# This pattern and that of powers are compiled when first used: many texts hold nothing of the kind.
_GROUPS = r"(?:(?:[\u00a0\u2009\u202f]\d{3})+|(?: \d{3}){2,}| \d{3}(?= [a-z]))(?:\.\d+)?(?![\d,]|\.\d)"
_VULGAR = {
    **{
        "½": "1/2",
        "⅓": "1/3",
        "⅔": "2/3",
        "¼": "1/4",
        "¾": "3/4",
        "⅕": "1/5",
        "⅖": "2/5",
        "⅗": "3/5",
        "⅘": "4/5",
    },
    **{"⅙": "1/6", "⅚": "5/6", "⅐": "1/7", "⅛": "1/8", "⅜": "3/8", "⅝": "5/8", "⅞": "7/8", "⅑": "1/9"},
    "⅒": "1/10",
}
# Powers: "1.3e6", "1.3 x 10^6", "6×10⁴", "1.1^23".
_TIMES = frozenset("xX×*·")
_POWER_SIGNS = frozenset("eE^ ") | _TIMES
_POWER = (
    r"(?:[eE](?P<e>[+-]?\d{1,2})| ?[xX×*·] ?10(?:\^(?P<ten>[+−-]?\d{1,2})|(?P<high>[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2}))"
    r"|\^(?P<of>-?[+−-]?\d{1,2}))(?![\w^]|[.,]\d)"
)
_LOW = str.maketrans("⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹−", "-+0123456789-")
_LARGEST_POWER = 30
_PRECISE = Context(prec=16)
_MIXED = re.compile(
    rf"[ \u00a0-]?(?:(?P<sign>[{''.join(_VULGAR)}])|(?<=\d)[ \u00a0-] ?(?P<top>\d)/(?P<bottom>\d\d?)\b)"
)
_SLASHED = re.compile(r"/(\d{1,2})(?![\w/.,]\d)(?=[ \u00a0-][a-z]|$)")
VULGAR_SIGNS = "".join(_VULGAR)


class Number(NamedTuple):
    """A number as it is written: plain digits times a scale, and the span that it fills in the text.

    `exact` numbers have no last digit that could be rounded: fractions in words, multiples.
    """

    start: int
    end: int
    digits: str
    scale: Decimal = Decimal(1)
    exact: bool = False
    in_words: bool = False


def read_digits(text: str, start: int, end: int, *, thousands: str = "") -> Number | None:
    """The number of a run of digits and separators; None where it is ambiguous or too long for an amount.

    `thousands` is the mark that stands between thousands, "." or ",", where the language has only one: the
    other one then begins decimals.
    """
    if end - start > MOST_LETTERS:
        return None
    run = text[start:end]
    if run.isdecimal():  # most are, and need no pattern
        return _plain(text, start, end, run)
    if thousands and any(mark in run for mark in ".,"):
        return _by_mark(start, end, run, thousands)
    shape = _SHAPE.fullmatch(run)
    if shape is None:
        return None
    kind = shape.lastgroup
    if kind == "plain":
        return _plain(text, start, end, run)
    if kind == "comma":
        return Number(start, end, run.replace(",", "."))
    if kind == "points":
        run = run.replace(".", "").replace(",", ".")
    for mark in ",'’":
        run = run.replace(mark, "")
    return Number(start, end, run) if len(run) <= MOST_DIGITS else None


def _by_mark(start: int, end: int, run: str, thousands: str) -> Number | None:
    """The number of a run whose mark of thousands is known."""
    decimal = "," if thousands == "." else "."
    shape = rf"(?:\d{{1,3}}(?:{re.escape(thousands)}\d{{3}})+|\d+)(?:{re.escape(decimal)}\d+)?"
    digits = run.replace(thousands, "").replace(decimal, ".")
    return Number(start, end, digits) if re.fullmatch(shape, run) and len(digits) <= MOST_DIGITS else None


def _plain(text: str, start: int, end: int, run: str) -> Number | None:
    """A run without marks of thousands, with groups or a fraction that follow it, or a point before it."""
    if len(run) > MOST_DIGITS:
        return None
    if text[end : end + 1] in _POWER_SIGNS and (power := _power(text, start, end, run)):
        return power
    if not run.isdigit():
        return Number(start, end, run)
    if (
        len(run) <= 3
        and text[end + 1 : end + 2].isdigit()
        and (groups := re.compile(_GROUPS).match(text, end))
    ):
        return Number(start, groups.end(), run + re.sub(r"\s", "", groups[0]))
    if start and text[start - 1] == "." and not text[max(0, start - 2)].isalnum():
        return Number(start - 1, end, f"0.{run}")
    if mixed := _MIXED.match(text, end):
        top, _, bottom = (_VULGAR.get(mixed["sign"]) or f"{mixed['top']}/{mixed['bottom']}").partition("/")
        return fraction(start, mixed.end(), int(top), int(bottom), whole=int(run))
    slashed = _SLASHED.match(text, end) if text[end : end + 1] == "/" else None
    if slashed and int(run) < int(slashed[1]) and (slashed.end() < len(text) or not text[:start].strip(" -")):
        return fraction(start, slashed.end(), int(run), int(slashed[1]))
    return Number(start, end, run)


def _power(text: str, start: int, end: int, run: str) -> Number | None:
    """A number times a power of ten, or raised to a power; None where neither follows, or it is too large."""
    if text[end] == " " and text[end + 1 : end + 2] not in _TIMES:
        return None
    match = re.compile(_POWER).match(text, end)
    if match is None:
        return None
    exponent = int((match[match.lastgroup or 0]).translate(_LOW).replace("--", ""))
    if match.lastgroup != "of":
        if abs(exponent) > _LARGEST_POWER:
            return None
        factor = Decimal(10**exponent) if exponent >= 0 else Decimal(1).scaleb(exponent)
        return Number(start, match.end(), run, factor)
    base = Decimal(run)
    if not base or abs(base.log10() * exponent) > _LARGEST_POWER:
        return None
    value = _PRECISE.power(base, exponent)
    return Number(start, match.end(), plain(_PRECISE.plus(value)), exact=True)


def read_sign(text: str, start: int) -> Number | None:
    """The number of a fraction that is one character."""
    top, _, bottom = _VULGAR[text[start]].partition("/")
    return fraction(start, start + 1, int(top), int(bottom))


def fraction(
    start: int, end: int, top: int, bottom: int, *, whole: int = 0, in_words: bool = False
) -> Number | None:
    """A fraction as a number; those that have no end are cut after nine decimals. None for a zero below."""
    if not bottom:
        return None
    return as_fraction(start, end, whole + Decimal(top) / Decimal(bottom), in_words=in_words)


def as_fraction(start: int, end: int, value: Decimal, *, in_words: bool = False) -> Number:
    """A fraction by its value; very small ones keep their first digits."""
    kept = round(value, 9) if value >= SMALL else _FIRST_DIGITS.plus(value)
    return Number(start, end, plain(kept), exact=True, in_words=in_words)


def plain(value: Decimal) -> str:
    """A number in digits, without exponent or zeros at its end."""
    digits = f"{value:f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits
