"""What the year of a figure says of its standing, and the standing of its year."""

from __future__ import annotations

from steelyard.core.period import Period
from steelyard.read.keys.bases import is_base
from steelyard.read.keys.standing import carries, carrying, is_said_here, is_second_level
from steelyard.read.numbers.figure import Figure
from steelyard.read.passage import Found, Memory, Passage
from steelyard.read.times.dates import DateMention


def aim_by_deadline(passage: Passage, figure: Figure, mention: DateMention | None, found: Found) -> None:
    """A share that is to hold by a time still to come is an aim, even where no word of aiming stands.

    The date of the document tells what is to come; without one a word such as "will" does.
    """
    measure = passage.lexicon.vocabulary.entry("measures", found.text("measure"))
    end = mention.period.end if mention and mention.form == "by" else None
    if end is None or measure is None or not measure.text("denominator"):
        return
    today = passage.document.date
    to_come = end > today if today else any(passage.before(figure.start, "modality:will"))
    if to_come and (found.text("status") is None or not is_said_here(passage, figure)):
        statuses = passage.lexicon.vocabulary.entries("statuses").values()
        aim = next((status.id for status in statuses if status.flag("by_deadline")), None)
        found.say("a share by a time to come is an aim", status=aim)


def settle_status(passage: Passage, figure: Figure, found: Found, memory: Memory) -> None:
    """Take back a standing carried over from figures of another year; keep the year of each standing."""
    status, period = found.text("status"), found.text("period")
    if status is None and period and found.text("statistic") == "level":
        _spent(passage, figure, found, Period.parse(period))
        return
    if status and is_base(passage, figure) and carries(passage, status) and period:
        spoken = memory.status_years.get(status)
        if spoken not in (None, period):
            found.say(f"what it is compared with is not of {spoken}", status=None)
        return
    year = Period.parse(period).year if period else None
    if status is None or year is None or not carries(passage, status):
        return
    if is_second_level(passage, figure, found, memory):
        found.say("another number of its year has that standing", status=None)
        memory.status = None
        return
    carried = carrying(passage, figure) is None
    if carried and status not in memory.status_years and _is_over(passage, period):
        found.say("the standing before was of no year that is over", status=None)
    elif carried and memory.status_years.get(status, period) != period:
        found.say(f"the standing before was that of {memory.status_years[status]}", status=None)
    elif figure.join != "from":
        memory.status_years[status] = period or ""


def _is_over(passage: Passage, period: str | None) -> bool:
    """Whether a period had ended in the year before the document's."""
    today, end = passage.document.date, Period.parse(period).end if period else None
    return today is not None and end is not None and end.year < today.year


def _spent(passage: Passage, figure: Figure, found: Found, period: Period) -> None:
    """Say what was spent in a year that was over when the text was written, where a plain verb says so."""
    verb = passage.touches_before(figure.outer_start, "governs_past", 1)
    today = passage.document.date
    if verb and today and period.year and period.year < today.year:
        words = passage.between(verb.start, verb.end)
        found.say(f"status by {words!r} of a year that is past", status=verb.id)
