"""Dates that are written out: days, months, years, fiscal years, quarters, decades, and spans of them.

Each rule begins at one word of a run and gives what it has read from there, or None. Dates in an order that
cannot be told, and times of the day, are read without a period, so that their numbers are no figures.
"""

from __future__ import annotations

from steelyard.read.times.date_words import Dated, DateRun, is_number

QUARTER = {1: ("01", "03"), 2: ("04", "06"), 3: ("07", "09"), 4: ("10", "12")}
HALF = {1: ("01", "06"), 2: ("07", "12")}
MOST_ADJECTIVES = 3
LAST_MONTH = 12
HOURS = 24
MINUTES = 60
# What may stand before a year without a blank.
OPENINGS = frozenset("([\"'“‘’–—-:")


def written_at(run: DateRun, number: int) -> Dated | None:
    """The date that begins at a word and is written out in full."""
    if run.texts[number][0].isdigit():
        for rule in _IN_DIGITS:
            if found := rule(run, number):
                return found
    for kind in run.kinds(number):
        by_kind = WRITTEN.get(kind)
        if by_kind is not None and (found := by_kind(run, number)):
            return found
    return None


def day_of_month(run: DateRun, number: int) -> Dated | None:
    """A day, month and year: "29 August 2025", "the 29th of August 2025", "23-25 January 2026"."""
    day, last = _day(run, number)
    until, stop = _day(run, last + 2) if run.joint(last + 1) else (None, last)
    month = run.at(run.skip(stop + 1, "of"), "months")
    if day is None or month is None:
        return None
    place = run.skip(month.last + 1, ".", ",", "of")
    year = run.year(place)
    if year is None or not _stands_free(run, place):
        return None
    return Dated(place, _day_form(year, int(month.meaning.id), day, until))


def month_and_day(run: DateRun, number: int) -> Dated | None:
    """A month with its year and day: "January 23, 2026", "Sept. 2025", "January to March 2026"."""
    month = run.at(number, "months")
    if month is None:
        return None
    place = run.skip(month.last + 1, ".")
    link = run.at(place, "through")
    later = run.at(link.last + 1, "months") if link else None
    if later and (year := run.year(run.skip(later.last + 1, ".", ",", "of"))):
        last = run.skip(later.last + 1, ".", ",", "of")
        return Dated(last, f"{year}-{int(month.meaning.id):02}/{year}-{int(later.meaning.id):02}")
    day, last = _day(run, place)
    until, last = _day(run, last + 2) if day and run.joint(last + 1) else (None, last)
    place = run.skip(last + 1 if day else place, ",", "of")
    year = run.year(place)
    if year is None or not _stands_free(run, place):
        return None
    return Dated(place, _day_form(year, int(month.meaning.id), day, until))


def fiscal_form(first: int, second: str) -> str:
    """The fiscal year of 2025 and "26", named after the one in which it ends; else the span."""
    if (first + 1) % 100 == int(second[-2:]):
        return f"FY{first + 1}"
    end = int(str(first)[:2] + second[-2:]) if len(second) == 2 else int(second)
    return f"{first}/{end}" if end > first else ""


def part_form(table: dict[int, tuple[str, str]], part: int, year: int) -> str:
    """The months of a quarter or half of a year."""
    first, last = table[part]
    return f"{year}-{first}/{year}-{last}"


def _day(run: DateRun, number: int) -> tuple[int | None, int]:
    """A day of a month, and its last word, which may be an ordinal's ending."""
    day = run.small_number(number)
    ordinal = run.glued(number + 1) and run.key(number + 1) in run.known.ordinals
    return day, number + 1 if day and ordinal else number


def _day_form(year: int, month: int, day: int | None, until: int | None) -> str:
    if day is None:
        return f"{year}-{month:02}"
    first = f"{year}-{month:02}-{day:02}"
    return f"{first}/{year}-{month:02}-{until:02}" if until else first


def _numeric(run: DateRun, number: int) -> Dated | None:
    """A date in digits and marks alone ("2026-01-24", "24.01.2026", "01/02/2026"), or a time of the day."""
    dotted = run.texts[number].split(".")
    if len(dotted) == 3 and all(is_number(part, 1, 2, 4) for part in dotted):
        return Dated(number, _numeric_form(dotted)) if _numeric_form(dotted) else None
    if run.joint(number + 1) and run.text(number + 3) == run.text(number + 1) and run.joint(number + 3):
        parts = [run.text(number), run.text(number + 2), run.text(number + 4)]
        is_date = all(is_number(part, 1, 2, 4) for part in parts)
        years = [part for part in (parts[0], parts[2]) if len(part) == 4]
        return Dated(number + 4, _numeric_form(parts)) if is_date and years else None
    return _clock(run, number)


def _numeric_form(parts: list[str]) -> str:
    """The day of three numbers; only the year where day and month cannot be told apart."""
    if len(parts[0]) == 4:
        return f"{parts[0]}-{int(parts[1]):02}-{int(parts[2]):02}"
    first, second, year = int(parts[0]), int(parts[1]), parts[2]
    if len(year) != 4:
        return ""
    if first > LAST_MONTH or first == second:
        return f"{year}-{second:02}-{first:02}"
    return f"{year}-{first:02}-{second:02}" if second > LAST_MONTH else year


def _clock(run: DateRun, number: int) -> Dated | None:
    """A time of the day: "14:30", "9 a.m.", "9:30 pm"; it tells no period."""
    hour, minutes = run.small_number(number), run.text(number + 2)
    last = number
    if run.text(number + 1) == ":" and run.glued(number + 1) and run.glued(number + 2):
        if hour is None or hour > HOURS or not is_number(minutes, 2) or int(minutes) >= MINUTES:
            return None
        last = number + 2
    after = run.key(last + 1).replace(".", "")
    if run.at(last + 1, "clock") or after in ("am", "pm"):
        return Dated(last + 1, "")
    return Dated(last, "") if last > number else None


def _of_year(run: DateRun, number: int) -> Dated | None:
    """What begins with a year: a span, a fiscal year, a decade, or the year alone."""
    year = run.year(number)
    if year is None or not _opens(run, number):
        return None
    if run.key(number + 1) == "s" and run.glued(number + 1):
        return Dated(number + 1, f"{year}/{year + 9}") if year % 10 == 0 else None
    if found := _two_years(run, number, year):
        return found
    if after := run.at(number + 1, "fiscal_after"):
        return Dated(after.last, f"FY{year}")
    part = _short_part(run, number + 1) or long_part(run, number + 1)
    if part and not run.glued(number + 1):
        return Dated(part[0], part_form(part[2], part[1], year))
    return Dated(number, str(year)) if _stands_free(run, number) else None


def _two_years(run: DateRun, number: int, year: int) -> Dated | None:
    """Two years with a mark or word between them; the second may be written with two digits."""
    if run.joint(number + 1):
        second = run.text(number + 2)
        if is_number(second, 2) and _ends(run, number + 2):
            is_month = run.text(number + 1) == "-" and 1 <= int(second) <= LAST_MONTH
            form = fiscal_form(year, second)
            return Dated(number + 2, form or (f"{year}-{second}" if is_month else ""))
    link = number + 1 if run.text(number + 1) in ("-", "–", "/") else None
    through = run.at(number + 1, "through")
    place = link + 1 if link else through.last + 1 if through else number
    later = run.year(place)
    if later is None or later <= year or not (_ends(run, place) and _counts_nothing(run, place)):
        return None
    return Dated(place, f"{year}/{later}")


def _between(run: DateRun, number: int) -> Dated | None:
    """Two years after "between": "between 2026 and 2030"."""
    lead = run.at(number, "between")
    first = run.year(lead.last + 1) if lead else None
    link = run.at(lead.last + 2, "between_and") if lead and first else None
    second = run.year(link.last + 1) if link else None
    if link is None or first is None or second is None or second <= first:
        return None
    return Dated(link.last + 1, f"{first}/{second}") if _stands_free(run, link.last + 1) else None


def _fiscal(run: DateRun, number: int) -> Dated | None:
    """A fiscal year by its name: "FY2026", "FY'26", "fiscal 2025-26", "FY25/26"."""
    lead = run.at(number, "fiscal", "fiscal_short")
    if lead is None:
        return None
    place = run.skip(lead.last + 1, "'", "’")
    short = run.small_number(place) if lead.meaning.kind == "fiscal_short" else None
    is_short = short is not None and len(run.text(place)) == 2
    year = 2000 + short if is_short and short is not None else run.year(place)
    if year is None:
        return None
    second = run.text(place + 2) if run.joint(place + 1) else ""
    if second and (is_number(second, 2) or run.year(place + 2)) and _ends(run, place + 2):
        form = fiscal_form(year, second)
        return Dated(place + 2, "/".join(f"FY{part}" for part in form.split("/")) if "/" in form else form)
    return Dated(place, f"FY{year}") if _ends(run, place) else None


def _in_part(run: DateRun, number: int) -> Dated | None:
    """A part of a year or month, told loosely: "mid-2026", "late May 2025", "the end of 2027"."""
    part = run.at(number, "parts")
    if part is None:
        return None
    place = run.skip(part.last + 1, "-", "–", "in", "of", "the")
    inner = None
    if run.text(place)[:1].isdigit():
        inner = _of_year(run, place)
    elif place < len(run.texts):
        inner = _fiscal(run, place) or month_and_day(run, place)
    return inner


def _part_of_year(run: DateRun, number: int) -> Dated | None:
    """A quarter or half with its year: "the third quarter of 2025", "Q3 2025", "H1 FY2026"."""
    part = _short_part(run, number) or long_part(run, number)
    if part is None:
        return None
    last, which, table = part
    place = run.skip(last + 1, "of", "in", "for", ",", "the")
    if (year := run.year(place)) is not None and _stands_free(run, place):
        return Dated(place, part_form(table, which, year))
    fiscal = _fiscal(run, place)
    return Dated(fiscal.last, fiscal.iso) if fiscal else None


def _short_part(run: DateRun, number: int) -> tuple[int, int, dict[int, tuple[str, str]]] | None:
    """A quarter or half by its letter: its last word, which it is, and the table of its months."""
    for kind, table in (("quarter_short", QUARTER), ("half_short", HALF)):
        which = run.small_number(number + 1)
        if run.at(number, kind) and run.glued(number + 1) and which in table:
            return number + 1, which, table
    return None


def long_part(run: DateRun, number: int) -> tuple[int, int, dict[int, tuple[str, str]]] | None:
    """A quarter or half in words, such as "third quarter": its last word, which it is, and its months."""
    ordinal = run.at(number, "which")
    if ordinal is None:
        return None
    place = run.skip(ordinal.last + 1, "-")
    for kind, table in (("quarter", QUARTER), ("half", HALF)):
        noun = run.at(place, kind)
        if noun and int(ordinal.meaning.id) in table:
            return noun.last, int(ordinal.meaning.id), table
    return None


def _named(run: DateRun, number: int) -> Dated | None:
    """The day of the week before a date, which takes it in: "Friday, January 23, 2026"."""
    weekday = run.at(number, "weekdays")
    if weekday is None:
        return None
    place = run.skip(weekday.last + 1, ",", "(", ".")
    if place >= len(run.texts):
        return None
    found = month_and_day(run, place)
    return found or (day_of_month(run, place) if run.text(place)[0].isdigit() else None)


def _opens(run: DateRun, number: int) -> bool:
    """Whether no sign or word is glued to the front of a number, apart from brackets, quotes and "mid-"."""
    if not run.glued(number):
        return True
    before = run.text(number - 1)
    if before == "-":
        return not run.glued(number - 1) or run.ending(number - 2, "parts") is not None
    return before in OPENINGS


def _ends(run: DateRun, number: int) -> bool:
    """Whether a number ends at a word, with no letter, digit, percent sign or further number glued to it."""
    if not run.glued(number + 1):
        return True
    after = run.text(number + 1)
    if after[0].isalnum() or after == "%":
        return False
    return not (after in ("-", "–", "/") and run.glued(number + 2) and run.text(number + 2)[0].isalnum())


def _stands_free(run: DateRun, number: int) -> bool:
    """Whether a number of four digits counts nothing, so that it is a year."""
    return _opens(run, number) and _ends(run, number) and _counts_nothing(run, number)


def _counts_nothing(run: DateRun, number: int) -> bool:
    """Whether no unit and nothing that can be counted follows a number."""
    place = number + 1
    if run.ending(number - 1, "prices_of"):
        return True
    if run.text(place) in run.known.things:
        return False
    if run.ending(number - 1, "in_year"):
        return True
    for _ in range(MOST_ADJECTIVES):
        if run.key(place) not in run.known.adjectives:
            break
        place += 1
    return place == number + 1 or run.key(place) not in run.known.things


_IN_DIGITS = (_numeric, _of_year, day_of_month)
WRITTEN = {
    "fiscal": _fiscal,
    "fiscal_short": _fiscal,
    "parts": _in_part,
    "between": _between,
    "quarter_short": _part_of_year,
    "half_short": _part_of_year,
    "which": _part_of_year,
    "weekdays": _named,
    "months": month_and_day,
}
