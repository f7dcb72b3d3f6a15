"""Dates that are told from the date of the document: "last September", "the 23rd", "over the past 20 years".

Each rule begins at one word of a run and gives what it has read from there, or None. Stretches of years keep
their number free, since it is a figure too.
"""

from __future__ import annotations

from datetime import date, timedelta

from steelyard.read.times.date_words import STRETCHES, Dated, DateRun
from steelyard.read.times.days import last_such_day, nearest_day
from steelyard.read.times.written_dates import long_part, part_form

YEARS_IN_A_DECADE = 10
DAYS_IN_A_WEEK = 7
MONTHS = 12
# The keys of the words for a time before, in and after that of the document, by how far it lies from it.
SHIFTS = {"last": -1, "now": 0, "next": 1}
YEARS = {"base_last": -1, **SHIFTS}
OF_YEAR = {f"{key}_of": shift for key, shift in SHIFTS.items()}
LEADS = {f"{key}_before": shift for key, shift in SHIFTS.items()}
MONTHS_OFF = {f"{key}_month": shift for key, shift in SHIFTS.items()}
QUARTERS_OFF = {f"{key}_quarter": shift for key, shift in SHIFTS.items()}
DECADES_OFF = {f"{key}_decade": shift for key, shift in SHIFTS.items()}
DAYS_OFF = {"yesterday": -1, "tomorrow": 1}
NEAR = (*YEARS, *MONTHS_OFF, *QUARTERS_OFF, *DECADES_OFF, *DAYS_OFF, "decade_end")


def relative_at(run: DateRun, number: int, anchor: date) -> Dated | None:
    """The date that begins at a word and depends on the date of the document."""
    for kind in run.kinds(number):
        rule = RELATIVE.get(kind)
        if rule and (found := rule(run, number, anchor)):
            return found
    if run.count(number) is None:
        return None
    if run.texts[number][0].isdigit():
        return (
            _day_and_month(run, number, anchor) or _ordinal(run, number, anchor) or _ago(run, number, anchor)
        )
    return _ago(run, number, anchor)


def _month(run: DateRun, number: int, anchor: date) -> Dated | None:
    """A month of this, the last or the next year, or a day of a month without a year: "Jan. 23"."""
    month = run.at(number, "months")
    if month is None:
        return None
    which = int(month.meaning.id)
    place = run.skip(month.last + 1, ".")
    of_year = run.at(run.skip(place, "of"), *OF_YEAR)
    if of_year:
        return Dated(of_year.last, f"{_year(anchor, OF_YEAR[of_year.meaning.kind])}-{which:02}")
    day = run.small_number(place)
    if day is None:
        return None
    ordinal = run.glued(place + 1) and run.key(place + 1) in run.known.ordinals
    return Dated(place + 1 if ordinal else place, nearest_day(anchor, which, day))


def _day_and_month(run: DateRun, number: int, anchor: date) -> Dated | None:
    """A day before its month: "23 January", "23rd of January"."""
    day = run.small_number(number)
    ordinal = run.glued(number + 1) and run.key(number + 1) in run.known.ordinals
    month = run.at(run.skip(number + 2 if ordinal else number + 1, "of"), "months")
    if day is None or month is None:
        return None
    return Dated(month.last, nearest_day(anchor, int(month.meaning.id), day))


def _ordinal(run: DateRun, number: int, anchor: date) -> Dated | None:
    """A day of the month alone: "the 23rd", but not "the 23rd division"."""
    day = run.small_number(number)
    is_ordinal = run.glued(number + 1) and run.key(number + 1) in run.known.ordinals
    if day is None or not is_ordinal or not run.ending(number - 1, "day_of"):
        return None
    after = run.key(number + 2)
    if after[:1].isalnum() and after not in run.known.small:
        return None
    return Dated(number + 1, last_such_day(anchor, day))


def _stretch(run: DateRun, number: int, anchor: date) -> Dated | None:
    """A stretch of years up to or from the document: "over the past 20 years", "in the next decade"."""
    lead = run.at(number, *STRETCHES)
    if lead is None:
        return None
    place = lead.last + 1
    unit = run.at(place, "span_units")
    count = run.count(place) if unit is None else None
    if count is not None:
        unit = run.at(place + 1, "span_units")
    if unit is None:
        return None
    years = (count or 1) * int(unit.meaning.id)
    if found := _up_to_year(run, unit.last + 1, years):
        return found
    if lead.meaning.kind == "years_to" or (count is None and int(unit.meaning.id) == 1):
        return None
    first, last = (-years, 0) if lead.meaning.kind == "past_span" else (0, years)
    return Dated(unit.last, f"{_year(anchor, first)}/{_year(anchor, last)}", blocks=False)


def _up_to_year(run: DateRun, number: int, years: int) -> Dated | None:
    """The stretch that a year ends or opens: "the five years to 2030", "the three years since 2022"."""
    link = run.at(number, "through", "since")
    year = run.year(link.last + 1) if link else None
    if link is None or year is None:
        return None
    first, last = (year, year + years) if link.meaning.kind == "since" else (year - years, year)
    return Dated(link.last + 1, f"{first:04}/{last:04}", blocks=False)


def _led(run: DateRun, number: int, anchor: date) -> Dated | None:
    """A month or day of the week after a word such as "last" or "next"."""
    lead = run.at(number, *LEADS)
    if lead is None:
        return None
    shift = LEADS[lead.meaning.kind]
    if month := run.at(lead.last + 1, "months"):
        day = run.small_number(month.last + 1)
        return None if day else Dated(month.last, _shifted_month(anchor, int(month.meaning.id), shift))
    if weekday := run.at(lead.last + 1, "weekdays"):
        return Dated(weekday.last, _day_of_week(anchor, int(weekday.meaning.id), shift))
    return None


def _weekday(run: DateRun, number: int, anchor: date) -> Dated | None:
    """A day of the week: that of the date beside it, else the latest on or before the document's own."""
    weekday = run.at(number, "weekdays")
    if weekday is None:
        return None
    place = run.skip(weekday.last + 1, ",", "(", ".")
    beside = _month(run, place, anchor) or _day_and_month(run, place, anchor)
    return beside or Dated(weekday.last, _day_of_week(anchor, int(weekday.meaning.id), 0))


def _part(run: DateRun, number: int, anchor: date) -> Dated | None:
    """A quarter without a year, the latest that has begun, or a part of this, the last or the next year."""
    part = long_part(run, number)
    if part is None or run.ending(number - 1, "fiscal"):
        return None  # a quarter of a fiscal year, whose months depend on whose it is
    last, which, table = part
    of_year = run.at(run.skip(last + 1, "of", "in"), *OF_YEAR, *YEARS)
    if of_year:
        shift = {**OF_YEAR, **YEARS}[of_year.meaning.kind]
        return Dated(of_year.last, part_form(table, which, int(_year(anchor, shift))))
    if len(table) == 2:
        return None  # half of what, only the words around can tell
    has_begun = (anchor.month - 1) // 3 + 1 >= which
    return Dated(last, part_form(table, which, int(_year(anchor, 0 if has_begun else -1))))


def _named_years(run: DateRun, number: int, anchor: date) -> Dated | None:
    """Words for a year, month, quarter, decade or day near the document's: "next year", "last month"."""
    word = run.at(number, *NEAR)
    if word is None or run.ending(word.last, "latest"):
        return None
    kind = word.meaning.kind
    if kind in YEARS:
        form = "base" if kind == "base_last" else kind
        return Dated(word.last, _year(anchor, YEARS[kind]), form)
    return Dated(word.last, _near(anchor, kind))


def _near(anchor: date, kind: str) -> str:
    """The ISO form of a month, quarter, decade or day near the document's."""
    if kind in MONTHS_OFF:
        return _month_form(anchor, MONTHS_OFF[kind])
    if kind in QUARTERS_OFF:
        start = (anchor.month - 1) // 3 * 3 - anchor.month + 1 + 3 * QUARTERS_OFF[kind]
        return f"{_month_form(anchor, start)}/{_month_form(anchor, start + 2)}"
    if kind in DAYS_OFF:
        try:
            return (anchor + timedelta(days=DAYS_OFF[kind])).isoformat()
        except OverflowError:
            return ""
    first = anchor.year // YEARS_IN_A_DECADE * YEARS_IN_A_DECADE
    if kind == "decade_end":
        return f"{first + YEARS_IN_A_DECADE:04}"
    first += YEARS_IN_A_DECADE * DECADES_OFF[kind]
    return f"{first:04}/{first + YEARS_IN_A_DECADE - 1:04}"


def _ago(run: DateRun, number: int, anchor: date) -> Dated | None:
    """A year by its distance: "five years ago"; the number stays a figure."""
    count = run.count(number)
    unit = run.at(number + 1, "span_units") if count else None
    if count is None or unit is None:
        return None
    if found := _up_to_year(run, unit.last + 1, count * int(unit.meaning.id)):
        return found if run.ending(number - 1, "years_to") else None
    ago = run.at(unit.last + 1, "ago")
    return Dated(ago.last, _year(anchor, -count * int(unit.meaning.id)), blocks=False) if ago else None


def _year(anchor: date, shift: int) -> str:
    return f"{anchor.year + shift:04}" if anchor.year + shift > 0 else ""


def _month_form(anchor: date, shift: int) -> str:
    """The month so many months from the document's."""
    count = anchor.year * MONTHS + anchor.month - 1 + shift
    return f"{count // MONTHS:04}-{count % MONTHS + 1:02}"


def _shifted_month(anchor: date, month: int, shift: int) -> str:
    """The nearest month of that number before, in the year of, or after the document."""
    if shift < 0:
        return f"{_year(anchor, 0 if month < anchor.month else -1)}-{month:02}"
    return f"{_year(anchor, 1 if shift and month <= anchor.month else 0)}-{month:02}"


def _day_of_week(anchor: date, weekday: int, shift: int) -> str:
    """The latest such day on or before the document's; before it after "last", behind it after "next"."""
    back = (anchor.isoweekday() - weekday) % DAYS_IN_A_WEEK
    if shift < 0:
        back = back or DAYS_IN_A_WEEK
    elif shift > 0:
        back -= DAYS_IN_A_WEEK
    try:
        return (anchor - timedelta(days=back)).isoformat()
    except OverflowError:
        return ""


RELATIVE = {
    "months": _month,
    "weekdays": _weekday,
    "which": _part,
    **dict.fromkeys(STRETCHES, _stretch),
    **dict.fromkeys(LEADS, _led),
    **dict.fromkeys(NEAR, _named_years),
}
