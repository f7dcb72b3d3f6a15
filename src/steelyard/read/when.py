"""For when a figure is, from what year a change counts, and what standing it has.

Proposed, enacted, target, floor.
"""

from __future__ import annotations

from dataclasses import replace

from steelyard.core.period import Period
from steelyard.read.dates import DateMention
from steelyard.read.figure import Figure
from steelyard.read.mentions import Mention
from steelyard.read.passage import Found, Memory, Passage

MOST_WORDS_TO_GOVERNED = 2
NEAR_STATUS = 60
MOST_WORDS_BEFORE_AN_OPENING = 2
MOST_LETTERS_TO_OWN_YEAR = 5


def find_period(
    passage: Passage, figure: Figure, anchor: Mention | None, found: Found, memory: Memory
) -> None:
    """The period that the sentence gives, the one carried over, or the present for stocks."""
    said = _said_before(passage)
    if said:
        found.say("said on the date before the verb of speech", said=said.period.text)
    mention = _own_year(passage, figure) or _nearest_period(
        passage, _with_partner(passage, figure), anchor, said
    )
    key = (found.text("actor"), found.text("measure"))
    if mention:
        period = mention.period.text
        found.say(f"period by {passage.between(mention.start, mention.end)!r}", period=period)
    elif found.text("statistic") == "gap":
        found.say("an amount to a target has no period of its own")
    elif year := _year_of_status(passage, figure, found, memory):
        found.say(f"the year that was spoken of as {found.text('status')}", 0.05, period=year)
    elif key in memory.periods and key[1] and not _is_aim(passage, found):
        found.say("period carried over", 0.05, period=memory.periods[key])
    elif _is_stock(passage, found) and passage.document.date:
        found.say(
            "a stock in the present: the year of the document", 0.05, period=str(passage.document.date.year)
        )
    _aim_by_deadline(passage, mention, found)
    _remember_period(passage, found, memory)
    _find_baseline(passage, figure, found)
    _settle_status(passage, figure, found, memory)


def _year_of_status(passage: Passage, figure: Figure, found: Found, memory: Memory) -> str | None:
    """The year of the budget that the sentence takes up by its standing, as in "the enacted budget"."""
    carried = _carrying(passage, figure)
    return memory.status_years.get(carried.id) if carried and carried.id == found.text("status") else None


def _aim_by_deadline(passage: Passage, mention: DateMention | None, found: Found) -> None:
    """A share that is to hold by a year still to come is an aim, even where no word of aiming stands."""
    measure = passage.lexicon.vocabulary.entry("measures", found.text("measure"))
    end = mention.period.end if mention and mention.form == "by" else None
    today = passage.document.date
    is_share = measure is not None and bool(measure.text("denominator"))
    if is_share and found.text("status") is None and end and today and end > today:
        statuses = passage.lexicon.vocabulary.entries("statuses").values()
        aim = next((status.id for status in statuses if status.flag("by_deadline")), None)
        found.say("a share by a year to come is an aim", status=aim)


def _settle_status(passage: Passage, figure: Figure, found: Found, memory: Memory) -> None:
    """Take back a standing carried over from figures of another year; keep the year of each standing."""
    status, period = found.text("status"), found.text("period")
    year = Period.parse(period).year if period else None
    if status is None or year is None or not _carries(passage, status):
        return
    if _carrying(passage, figure) is None and memory.status_years.get(status, period) != period:
        found.say(f"the standing before was that of {memory.status_years[status]}", status=None)
    elif figure.join != "from":
        memory.status_years[status] = period or ""


def _remember_period(passage: Passage, found: Found, memory: Memory) -> None:
    """Keep the year for later figures of the same actor and measure; what is only an aim tells no year."""
    text = found.text("period")
    if text and Period.parse(text).year and not _is_aim(passage, found):
        memory.periods[(found.text("actor"), found.text("measure"))] = text


def _is_aim(passage: Passage, found: Found) -> bool:
    """Whether the standing is one that is set, such as a target, and so tells of no year that has been."""
    status = passage.lexicon.vocabulary.entry("statuses", found.text("status"))
    return status is not None and status.flag("exact")


def _said_before(passage: Passage) -> DateMention | None:
    """A date that opens the sentence before its verb of speech tells when it was said."""
    verb = next(iter(passage.of_kind("speech:verbs")), None)
    if verb is None:
        return None
    before = [
        d
        for d in passage.dates
        if d.end <= verb.start and d.form == "plain" and d.period.kind in ("day", "month")
    ]
    return before[0] if before else None


def _own_year(passage: Passage, figure: Figure) -> DateMention | None:
    """The year right after the figure ("from 61.2 trillion won in 2025 to ...")."""
    after = (date for date in passage.dates if _has_right_after(figure, date) and date.form != "base")
    return next((date for date in after if date.period.kind in ("year", "fiscal")), None)


def _with_partner(passage: Passage, figure: Figure) -> Figure:
    """An end of a change stretched over both ends, since a year beside one of them is of the change."""
    if figure.join not in ("from", "to"):
        return figure
    around = (
        passage.figure_before(figure.start),
        *passage.figures_between(figure.end, passage.sentence.end)[:1],
    )
    partners = [f for f in around if f and f.join in ("from", "to") and f.join != figure.join]
    partner = min(partners, key=lambda f: max(f.start - figure.end, figure.start - f.end), default=figure)
    return replace(figure, start=min(figure.start, partner.start), end=max(figure.end, partner.end))


def _nearest_period(
    passage: Passage, figure: Figure, anchor: Mention | None, said: DateMention | None
) -> DateMention | None:
    """The nearest year or span of years.

    One that touches the measure ("the 2026 defence budget") comes first.
    """
    usable = [d for d in passage.dates if d is not said and d.form != "base" and d.period.kind != "day"]
    years = [d for d in usable if (d.period.year and d.period.kind != "month") or d.period.kind == "interval"]
    if anchor is not None:
        touching = [
            d for d in years if passage.count_words(min(d.end, anchor.end), max(d.start, anchor.start)) <= 1
        ]
        touching = [d for d in touching if _gap(d, anchor.start, anchor.end) <= 12]
        if touching:
            return touching[0]
    near = [d for d in years if _belongs(passage, d, figure)]
    return min(near, key=lambda d: _gap(d, figure.start, figure.end), default=None)


def _belongs(passage: Passage, date: DateMention, figure: Figure) -> bool:
    """Whether no other figure stands between; a deadline belongs to the clause that it stands in."""
    left, right = (figure.end, date.start) if date.start >= figure.end else (date.end, figure.start)
    owner = passage.figure_before(date.start)
    taken = owner is not None and owner.end != figure.end and _has_right_after(owner, date)
    if taken or passage.figures_between(left, right):
        return False
    return date.form != "by" or passage.same_clause(left, right)


def _gap(date: DateMention, start: int, end: int) -> int:
    return max(0, date.start - end, start - date.end)


def _is_stock(passage: Passage, found: Found) -> bool:
    measure = passage.lexicon.vocabulary.entry("measures", found.text("measure"))
    plain = found.text("status") is None
    return plain and measure is not None and measure.text("stock_or_flow") in ("stock", "ratio")


def _find_baseline(passage: Passage, figure: Figure, found: Found) -> None:
    """The year from which a change counts: the year before, unless the sentence says another.

    Pairs span two years.
    """
    text = found.text("period")
    period = Period.parse(text) if text else None
    if period is None or period.kind not in ("year", "fiscal"):
        return
    if found.text("statistic") == "change" and _between_statuses(passage):
        found.say("a change from one standing to another, within the year")
    elif found.text("statistic") in ("growth", "change"):
        base = _year_of_base(passage, period)
        reason = f"counted from {base}, as it says" if base else "counted from the year before"
        found.say(reason, baseline=base or period.previous().text)
    elif figure.join == "from" and not _own_year(passage, figure):
        found.say("the start of a change: the year before", period=period.previous().text)


def _year_of_base(passage: Passage, period: Period) -> str | None:
    """The earlier year that the sentence writes out as the base of a change ("compared with 2023").

    "The previous year" is the one before the figure's own, whatever the date of the document.
    """
    written = (
        d for d in passage.dates if d.form == "base" and passage.between(d.start, d.end)[-1:].isdigit()
    )
    return next((d.period.text for d in written if d.period.year and d.period.ends_before(period)), None)


def _between_statuses(passage: Passage) -> bool:
    """Whether the sentence speaks of two standings, as when an assembly cuts what a government asked for."""
    return len({m.id for m in passage.of_kind("status") if _carries(passage, m.id)}) > 1


def _has_right_after(figure: Figure, date: DateMention) -> bool:
    """Whether a date stands right after a figure, so that it can be of no other."""
    return 0 <= date.start - figure.end <= MOST_LETTERS_TO_OWN_YEAR


def find_status(passage: Passage, figure: Figure, found: Found, memory: Memory) -> None:
    """The standing of the figure.

    By words that lead up to it, by words near it, or carried over in the passage.
    """
    carried = _carrying(passage, figure)
    if carried:
        memory.status = carried.id
    if governing := _governing(passage, figure):
        found.say(f"status by {passage.between(governing.start, governing.end)!r}", status=governing.id)
    elif near := _near(passage, figure):
        found.say(f"status by {passage.between(near.start, near.end)!r} near it", status=near.id)
    elif memory.status:
        reason = "in the sentence" if carried else "carried over in the passage"
        found.say(f"status {memory.status} {reason}", 0.0 if carried else 0.05, status=memory.status)


def _carries(passage: Passage, identifier: str) -> bool:
    entry = passage.lexicon.vocabulary.entry("statuses", identifier)
    return entry is not None and entry.flag("carries")


def _carrying(passage: Passage, figure: Figure) -> Mention | None:
    """The word of standing for the figure: the nearest before it, else the first after it in its clause."""
    carrying = [m for m in passage.of_kind("status") if _carries(passage, m.id)]
    before = [m for m in carrying if m.end <= figure.start]
    after = [m for m in carrying if m.start >= figure.end and passage.same_clause(figure.end, m.start)]
    return before[-1] if before else after[0] if after else None


def _governing(passage: Passage, figure: Figure) -> Mention | None:
    """A phrase such as "raise ... to" that leads up to the figure; at most two words may intervene.

    The hedge of the figure may be the last word of the phrase itself ("reduce ... below").
    """
    for mention in passage.before(figure.start, "governs"):
        if _has_an_amount(passage, mention, figure):
            continue
        between = passage.count_words(mention.end, figure.start)
        if between <= MOST_WORDS_TO_GOVERNED and passage.same_clause(mention.end, figure.start):
            return mention
    return None


def _has_an_amount(passage: Passage, mention: Mention, figure: Figure) -> bool:
    """Whether a phrase tells by how much, and so no target: "a 5 % increase ... to", "increase by 5 % to"."""
    inside = passage.figures_between(mention.start, figure.start)
    before = passage.figure_before(mention.start)
    adjoins = before is not None and not passage.word_keys(before.end, mention.start)
    moves = next(passage.after(mention.start, "direction:up", "direction:down"), None)
    by_that = adjoins and moves is not None and moves.start == mention.start
    return by_that or any(amount.join is None for amount in inside)


def _near(passage: Passage, figure: Figure) -> Mention | None:
    """A word of standing right after the figure, before it in its clause, or at the start of the sentence."""
    for mention in passage.of_kind("status"):
        if _carries(passage, mention.id):
            continue
        left, right = (
            (figure.end, mention.start) if mention.start >= figure.end else (mention.end, figure.start)
        )
        other = passage.figures_between(left, right)
        opens = passage.count_words(passage.sentence.start, mention.start) <= MOST_WORDS_BEFORE_AN_OPENING
        if right - left <= NEAR_STATUS and not other and (opens or passage.same_clause(left, right)):
            return mention
    return None


def find_condition(passage: Passage, figure: Figure, found: Found) -> None:
    """The words of a condition in the sentence, and whether the figure is denied."""
    cue = next(iter(passage.after(figure.start, "conditions:words")), None)
    if cue:
        rest = passage.words_after(cue.end)
        stop = next((word.start for word in rest if word.key in ".;"), passage.sentence.end)
        found.say("a condition", condition=passage.between(cue.start, stop).strip())
    denial = passage.touches_before(figure.outer_start, "negation:words", 2)
    governing = _governing(passage, figure)
    if denial and not (governing and governing.start <= denial.start):
        found.say("denied", negated=True)
