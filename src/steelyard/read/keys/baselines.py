"""From what year a change or growth counts."""

from __future__ import annotations

from steelyard.core.period import Period
from steelyard.read.keys.bases import is_base
from steelyard.read.keys.standing import carries
from steelyard.read.mentions import Mention
from steelyard.read.numbers.figure import Figure
from steelyard.read.passage import Found, Passage


def find_baseline(passage: Passage, figure: Figure, found: Found, *, has_own_year: bool) -> None:
    """The year from which a change counts: the year before, unless the sentence says another.

    Pairs span two years, unless a year stands with the figure itself.
    """
    text = found.text("period")
    if text is None or (found.text("statistic") == "level" and figure.join != "from"):
        return
    period = Period.parse(text)
    if period.kind not in ("year", "fiscal"):
        return
    if found.text("statistic") == "change" and _between_statuses(passage):
        found.say("a change from one standing to another, within the year")
    elif found.text("statistic") == "change" and _comes_on_top(passage, figure):
        found.say("an amount beside another, not one more than the year before")
    elif found.text("statistic") in ("growth", "change"):
        base = _year_of_base(passage, period)
        reason = f"counted from {base}, as it says" if base else "counted from the year before"
        found.say(reason, baseline=base or period.previous().text)
    elif figure.join == "from" and not has_own_year:
        found.say("the start of a change: the year before", period=period.previous().text)


def _year_of_base(passage: Passage, period: Period) -> str | None:
    """The earlier year that the sentence writes out as the base of a change ("compared with 2023").

    "The previous year" is the one before the figure's own, whatever the date of the document.
    """
    written = (
        d for d in passage.dates if d.form == "base" and passage.between(d.start, d.end)[-1:].isdigit()
    )
    return next((d.period.text for d in written if d.period.year and d.period.ends_before(period)), None)


def _comes_on_top(passage: Passage, figure: Figure) -> bool:
    """Whether an amount comes on top of another ("another 25 billion from the fund"), and nothing rises."""
    on_top = passage.touches_before(figure.outer_start, "direction:additional", 1)
    return on_top is not None and not any(passage.of_kind("direction:up"))


def _between_statuses(passage: Passage) -> bool:
    """Whether the sentence speaks of two standings, as when an assembly cuts what a government asked for.

    An assembly stands for what it decides, also where the verb is another; and what is cut from a request
    is no change from a year before either.
    """
    told = [m for m in passage.of_kind("status") if carries(passage, m.id)]
    standings = {m.id for m in told}
    if standings and any(passage.of_kind("deciding:parliaments")):
        statuses = passage.lexicon.vocabulary.entries("statuses").values()
        standings |= {status.id for status in statuses if status.flag("by_parliaments")}
    based = (f for f in passage.figures if is_base(passage, f))
    return len(standings) > 1 or any(
        m.end <= f.start and _from_it(passage, m, f) for f in based for m in told
    )


def _from_it(passage: Passage, status: Mention, figure: Figure) -> bool:
    """Whether a word of standing leads up to a figure from which something is taken away."""
    cue = passage.nearest_before(figure.outer_start, "direction:than")
    return cue is not None and cue.end <= status.start
