"""A number as a sheet shows it, by its number format: the digits meant, not those of the machine."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation, localcontext
from functools import lru_cache

MOST_DECIMALS = 15
_WIDE = Context(prec=60, rounding=ROUND_HALF_UP)
_IN_BRACKETS = re.compile(r"\[[^\]]*\]")
_SPACERS = re.compile(r"[_*].")
_LITERAL = re.compile(r'"([^"]*)"|\\(.)')
_DIGITS = re.compile(r"[#0?][#0?,]*(?:\.([#0?]*))?(,*)|\.([#0?]+)(,*)")
_PERCENT = "%"
_MONEY = re.compile(r"\[\$([^\]-]{1,5})(?:-[^\]]*)?\]")


class _Style:
    """What a number format says: decimals, grouping, percent, factor, and the words around the number."""

    __slots__ = ("after", "before", "decimals", "divisor", "grouped", "optional", "percent")

    def __init__(
        self,
        before: str,
        after: str,
        decimals: int,
        optional: int,
        grouped: bool,
        percent: bool,
        divisor: int,
    ) -> None:
        self.before, self.after, self.decimals, self.optional = before, after, decimals, optional
        self.grouped, self.percent, self.divisor = grouped, percent, divisor


def shown_number(value: int | float, shown_as: str) -> str:
    """A number in the digits that its format shows; without a format in its own.

    >>> shown_number(0.02417, "0.0%")
    '2.4%'
    >>> shown_number(47604.584, "#,##0.0")
    '47,604.6'
    >>> shown_number(2.42, "General")
    '2.42'
    """
    try:
        number = Decimal(value if isinstance(value, int) else format(value, ".15g"))
    except InvalidOperation:
        return str(value)
    if not number.is_finite() or abs(number.adjusted()) > 40:
        return str(value)
    style = _style(shown_as or "General", number < 0)
    with localcontext(_WIDE):
        return _in_style(number, style) if style else _plain(number)


def _plain(number: Decimal) -> str:
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _in_style(number: Decimal, style: _Style) -> str:
    number = number * 100 if style.percent else number
    number = number / 1000**style.divisor if style.divisor else number
    rounded = number.quantize(Decimal(1).scaleb(-style.decimals), rounding=ROUND_HALF_UP)
    digits = format(abs(rounded), ",f" if style.grouped else "f")
    for _ in range(style.optional):
        if "." in digits and digits.endswith("0"):
            digits = digits[:-1].removesuffix(".")
    sign = "-" if rounded < 0 else ""
    return f"{style.before}{sign}{digits}{'%' if style.percent else ''}{style.after}".strip()


@lru_cache(maxsize=512)
def _style(shown_as: str, negative: bool) -> _Style | None:
    """The style of a format, or None where it is general, or one of dates, fractions and powers."""
    if len(shown_as) > 200:
        return None
    sections = _MONEY.sub(lambda m: '"' + m[1].replace('"', "") + '"', shown_as).split(";")
    section = sections[1] if negative and len(sections) > 1 and sections[1].strip() else sections[0]
    section = _SPACERS.sub("", _IN_BRACKETS.sub("", section))
    bare = _LITERAL.sub("", section)
    if "E+" in bare.upper() or "/" in bare or "@" in bare or "general" in bare.casefold():
        return None
    match = _DIGITS.search(_LITERAL.sub(lambda m: "\x00" * len(m.group()), section))
    if match is None:
        return None
    places = (match[1] or match[3] or "")[:MOST_DECIMALS]
    whole = match.group().partition(".")[0]
    commas = len(match[2] or match[4] or "")
    trailing = len(whole) - len(whole.rstrip(",")) if "." not in match.group() else 0
    before, after = (_words(part) for part in (section[: match.start()], section[match.end() :]))
    return _Style(
        before,
        after,
        len(places),
        len(places) - len(places.rstrip("#")),
        "," in whole.rstrip(","),
        _PERCENT in bare,
        commas + trailing,
    )


def _words(part: str) -> str:
    """The words of a format, quotation marks, brackets of negatives and the percent sign taken off."""
    text = _LITERAL.sub(lambda m: m[1] or m[2] or "", part)
    return re.sub(r"[-+%()]", "", text)
