"""Hypothesis strategies for the values of the foundation, shared by all laws."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import strategies as st

from steelyard.core.claim import Claim, Ledger
from steelyard.core.interval import INFINITE, Interval

LARGEST_DIGITS = 10**12
STATUSES = ("proposed", "enacted", "executed", "estimate", "target", "pledge", "floor")
ACTORS = ("KOR", "USA", "JPN", "POL", "NATO")
MEASURES = ("defence_spending", "gdp", "defence_share_of_gdp", "troops")
PERIODS = ("2025", "2026", "FY2026", "2025-09", "2026-01-23", "../2030", "2026/2030")


def decimals(*, digits: int = LARGEST_DIGITS) -> st.SearchStrategy[Decimal]:
    """Numbers as sources print them: up to twelve digits, six of them after the point, or scaled."""
    return st.builds(
        lambda whole, exponent: Decimal(whole).scaleb(exponent),
        st.integers(-digits, digits),
        st.integers(-6, 9),
    )


def numerals() -> st.SearchStrategy[str]:
    """Plain numerals as they stand in print, without sign, unit or thousands commas."""
    return st.from_regex(r"(0|[1-9][0-9]{0,8})(\.[0-9]{1,4})?", fullmatch=True)


def intervals() -> st.SearchStrategy[Interval]:
    """Closed intervals, single values and touching ones among them."""
    pool = st.one_of(decimals(), st.integers(-3, 3).map(Decimal))
    return st.tuples(pool, pool).map(lambda ends: Interval(min(ends), max(ends)))


def open_intervals() -> st.SearchStrategy[Interval]:
    """Intervals of which either end, or both, may be open."""
    return st.builds(
        lambda closed, below, above: Interval(
            -INFINITE if below else closed.low, INFINITE if above else closed.high
        ),
        intervals(),
        st.booleans(),
        st.booleans(),
    )


@st.composite
def divisors(draw: st.DrawFn) -> Interval:
    """Intervals without zero, on either side of it, some of them open away from it."""
    positive = decimals().map(abs).filter(bool)
    low, high = sorted((draw(positive), draw(positive)))
    found = Interval(low, draw(st.sampled_from((high, INFINITE))))
    return -found if draw(st.booleans()) else found


@st.composite
def members(draw: st.DrawFn, interval: Interval) -> Fraction:
    """An exact value inside, the ends more often than chance would have it."""
    part = draw(st.one_of(st.sampled_from((Fraction(0), Fraction(1))), st.fractions(0, 1)))
    reach = Fraction(draw(decimals())) ** 2
    if interval.is_bounded:
        return Fraction(interval.low) + part * (Fraction(interval.high) - Fraction(interval.low))
    if interval.low.is_finite():
        return Fraction(interval.low) + reach
    return Fraction(interval.high) - reach if interval.high.is_finite() else part * reach


def with_member(
    intervals_of: st.SearchStrategy[Interval],
) -> st.SearchStrategy[tuple[Interval, Fraction]]:
    """An interval of the strategy and one of its values."""
    return intervals_of.flatmap(lambda interval: st.tuples(st.just(interval), members(interval)))


def optional(values: tuple[str, ...]) -> st.SearchStrategy[str | None]:
    """One of the values, or nothing said."""
    return st.sampled_from((*values, None))


@st.composite
def claims(draw: st.DrawFn) -> Claim:
    """Claims of every kind; numbers have as many digits as a float can carry there and back."""
    quote = draw(st.text(max_size=12))
    start = draw(st.integers(0, 5000))
    ends = sorted(draw(st.tuples(decimals(), decimals())))
    is_figure = draw(st.booleans())
    return Claim(
        id=draw(st.text("0123456789abcdef", min_size=12, max_size=12)),
        kind="figure" if is_figure else draw(st.sampled_from(("role", "statement"))),
        document=draw(st.sampled_from(("budget.txt", "예산.txt", "cases/korea-2026/sources/brief.txt"))),
        start=start,
        end=start + len(quote),
        quote=quote,
        sentence_start=draw(st.integers(0, start)),
        sentence_end=start + len(quote) + draw(st.integers(0, 200)),
        actor=draw(optional(ACTORS)),
        measure=draw(optional(MEASURES)),
        about=draw(st.none() | st.text(max_size=8)),
        status=draw(optional(STATUSES)),
        period=draw(optional(PERIODS)),
        value=draw(st.none() | decimals()) if is_figure else None,
        low=ends[0] if is_figure and draw(st.booleans()) else None,
        high=ends[1] if is_figure and draw(st.booleans()) else None,
        unit=draw(optional(("USD", "KRW", "% of GDP", "person"))),
        negated=draw(st.none() | st.booleans()),
        confidence=draw(st.floats(0, 1)),
        reasons=tuple(draw(st.lists(st.text(max_size=6), max_size=3))),
    )


def ledgers() -> st.SearchStrategy[Ledger]:
    """Ledgers of up to six claims."""
    return st.lists(claims(), max_size=6).map(Ledger)


def data_tables() -> st.SearchStrategy[dict[str, object]]:
    """Tables as a data file holds them, one kind of value to a key: a text, a list, or a table of texts."""
    words = st.text("abc", max_size=2)
    inner = st.dictionaries(st.sampled_from(("en", "ko")), words, max_size=2)
    deep = st.dictionaries(st.sampled_from(("army", "navy")), inner, max_size=2)
    values = {"label": words, "phrases": st.lists(words, max_size=2), "places": inner, "offices": deep}
    return st.fixed_dictionaries({}, optional=values)
