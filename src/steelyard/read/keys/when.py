"""For when a figure is, and from what year a change counts."""

from __future__ import annotations

from collections.abc import Set

from steelyard.core.claim import CARRIED_PERIOD, OWN_PERIOD
from steelyard.core.period import Period
from steelyard.read.keys import doubts
from steelyard.read.keys.asides import is_by_the_way
from steelyard.read.keys.baselines import find_baseline
from steelyard.read.keys.bases import is_base, is_base_behind, year_then
from steelyard.read.keys.excepted import is_counted_from
from steelyard.read.keys.kinds_of_years import tell_kind_of_year
from steelyard.read.keys.perimeter import EDITIONS, is_of_an_edition, is_year_of_prices
from steelyard.read.keys.present import find_present, is_aim
from steelyard.read.keys.spans import count_from_first, end_of_span, span_of_pair
from steelyard.read.keys.standing import carrying
from steelyard.read.keys.standing_by_year import aim_by_deadline, settle_status
from steelyard.read.keys.years_before import (
    is_of_year_before,
    year_after,
    year_before,
    year_of_base,
    year_told,
)
from steelyard.read.mentions import CLAUSE_MARKS, Mention, Word
from steelyard.read.numbers.figure import Figure
from steelyard.read.passage import Found, Memory, Passage
from steelyard.read.times.dates import DateMention

MOST_LETTERS_TO_OWN_YEAR = 5
MOST_WORDS_TO_SUM = 3


def find_period(
    passage: Passage, figure: Figure, anchor: Mention | None, found: Found, memory: Memory
) -> None:
    """The period that the sentence gives, the one carried over, or the present for stocks."""
    said = _said_before(passage)
    if said:
        found.say("said on the date before the verb of speech", said=said.period.text)
    mention = _date_of(passage, figure, anchor, found, said)
    if mention:
        words = passage.between(mention.start, mention.end)
        period = end_of_span(passage, figure, mention, found) or mention.period.text
        found.say(f"{OWN_PERIOD}{words!r}", period=period)
        tell_kind_of_year(passage, mention, found)
    else:
        _find_period_without_date(passage, figure, found, memory)
    aim_by_deadline(passage, figure, mention, found)
    if not is_base(passage, figure) and not is_base_behind(passage, figure):
        _remember_period(passage, found, memory)
    spans = mention is not None and "/" in mention.period.text
    told = spans or is_of_year_before(passage, figure, found, own_year=_own_year)
    starts_in_own_year = figure.join == "from" and (told or _own_year(passage, figure) is not None)
    find_baseline(passage, figure, found, has_own_year=starts_in_own_year)
    if mention and spans:
        count_from_first(passage, mention, found)
    _count_from_pair(passage, figure, found)
    settle_status(passage, figure, found, memory)


def _date_of(
    passage: Passage, figure: Figure, anchor: Mention | None, found: Found, said: DateMention | None
) -> DateMention | None:
    """The date in the sentence that is the figure's own."""
    if not passage.dates:
        return None
    mention = _own_year(passage, figure) or year_then(passage, figure)
    mention = mention or _nearest_period(passage, _with_partner(passage, figure), anchor, said)
    if mention and found.text("aggregation") == "cumulative" and mention.period.kind != "interval":
        return None  # years added up have no one year
    if mention and is_of_year_before(passage, figure, found, own_year=_own_year):
        return None
    mention = mention or span_of_pair(passage, figure, found) or _date_of_move(passage, figure, anchor, said)
    mention = mention or _year_of_level(passage, figure, found) or _year_beside(passage, figure, anchor, said)
    hence = _hence(passage, figure, found)
    drawn = mention and hence and passage.figures_between(mention.end, hence.start)
    return None if drawn else mention


def _date_of_move(
    passage: Passage, figure: Figure, anchor: Mention | None, said: DateMention | None
) -> DateMention | None:
    """The year of the growth that led to a level right behind it: "by 2024 it had tripled to 2.2 billion"."""
    move = passage.figure_before(figure.start)
    if move is None or not move.way:
        return None
    keys = passage.word_keys(move.outer_end, figure.outer_start)
    leads = len(keys) == 1 and keys[0] in passage.lexicon.words("direction", "level_after")
    return _nearest_period(passage, move, anchor, said) if leads else None


def _year_beside(
    passage: Passage, figure: Figure, anchor: Mention | None, said: DateMention | None
) -> DateMention | None:
    """The year of the same thing told in another unit: "in 2025 it was 3 billion euros, or 3.9 %"."""
    before = passage.figure_before(figure.start)
    if before is None or before.dimension == figure.dimension:
        return None
    between = {key for key in passage.word_keys(before.end, figure.outer_start) if key[0].isalpha()}
    if not between <= passage.lexicon.words("grammar", "in_other_units"):
        return None
    return _nearest_period(passage, figure._replace(start=before.start), anchor, said)


def _find_period_without_date(passage: Passage, figure: Figure, found: Found, memory: Memory) -> None:
    """The period of a figure beside which no date stands: what was spoken of, or none rather than a guess."""
    key = (found.text("actor"), found.text("measure"))
    if found.text("statistic") == "gap":
        found.say("an amount to a target has no period of its own")
    elif _say_by_others(passage, figure, found, memory):
        return
    elif found.text("aggregation") == "cumulative":
        found.say("a sum over years that are not named")
    elif is_of_year_before(passage, figure, found, own_year=_own_year):
        year = year_before(year_told(passage, figure) or memory.periods.get(key))
        found.say("the year before that of the figure compared with it", period=year)
    elif year := year_after(passage, figure, found, memory.periods.get(key)):
        found.say("the year after that of the figure before it", period=year)
    elif _hence(passage, figure, found):
        year = _year_after(memory, key)
        found.say("what follows counts from the year named before", doubts.YEAR_NAMED_BEFORE, period=year)
    elif year := _year_of_status(passage, figure, found, memory):
        reason = f"the year that was spoken of as {found.text('status')}"
        found.say(reason, doubts.YEAR_OF_STATUS, period=year)
    elif key in memory.periods and _looks_back(found, memory, key):
        found.say("a change in one of several years, the last of which is not the latest", doubts.NO_PERIOD)
    elif key in memory.periods and key[1] and not is_aim(passage, found):
        found.say(CARRIED_PERIOD, doubts.CARRIED_PERIOD, period=memory.periods[key])
    else:
        find_present(passage, figure, found, memory)


def _say_by_others(passage: Passage, figure: Figure, found: Found, memory: Memory) -> bool:
    """Say the years that other figures give: those between which growth lies, or of what it counts from."""
    key = (found.text("actor"), found.text("measure"))
    if years := _all_told(passage, found, memory.all_periods.get(key)):
        reason = "growth of each year from the first to the last of which the text has told"
        found.say(reason, doubts.YEAR_NAMED_BEFORE, period="/".join(years), baseline=years[0])
    elif is_base(passage, figure) and figure.dimension == "money":
        if is_of_year_before(passage, figure, found, own_year=_own_year):
            return False
        year = year_of_base(passage, figure, memory.periods.get(key))
        found.say("what a growth counts from is of the year before", doubts.CARRIED_PERIOD, period=year)
    return bool(years) or (is_base(passage, figure) and figure.dimension == "money")


def _all_told(passage: Passage, found: Found, told: Set[str] | None) -> list[str]:
    """The first and the last year of growth of each year, as in "6 % a year between the two dates"."""
    if found.text("aggregation") not in ("yearly", "average") or found.text("statistic") != "growth":
        return []
    years = sorted(told or ())
    whole = len(years) == 2 and passage.of_kind("periods:all_told")
    return years if whole and all(Period.parse(year).kind == "year" for year in years) else []


def _looks_back(found: Found, memory: Memory, key: tuple[str | None, str | None]) -> bool:
    """Whether a change has no year, and the text spoke last of a year before others that it has told of.

    After "2.3 % in 2025, up from 1.4 % in 2014" a rise may be of either.
    """
    if found.text("statistic") not in ("growth", "change"):
        return False
    last = memory.periods[key]
    return any(text > last for text in memory.all_periods[key])


def _year_of_status(passage: Passage, figure: Figure, found: Found, memory: Memory) -> str | None:
    """The year of the budget that the sentence takes up by its standing, as in "the enacted budget"."""
    carried = carrying(passage, figure)
    return memory.status_years.get(carried.id) if carried and carried.id == found.text("status") else None


def _remember_period(passage: Passage, found: Found, memory: Memory) -> None:
    """Keep the year for later figures of the same actor and measure; what is only an aim tells no year."""
    text = found.text("period")
    if text and Period.parse(text).year and not is_aim(passage, found):
        key = (found.text("actor"), found.text("measure"))
        memory.periods[key] = text
        memory.all_periods[key].add(text)


def _said_before(passage: Passage) -> DateMention | None:
    """The date on which it was said: one before the verb of speech, or a day right after it."""
    if not passage.dates:
        return None
    verb = next(iter(passage.of_kind("speech:verbs")), None) or _verb_of_cabinets(passage)
    if verb is None:
        return None
    plain = [d for d in passage.dates if d.form == "plain" and d.period.kind in ("day", "month")]
    before = (d for d in plain if d.end <= verb.start)
    after = (d for d in plain if d.period.kind == "day" and _follows(passage, d, verb))
    return next(before, None) or next(after, None)


def _verb_of_cabinets(passage: Passage) -> Mention | None:
    """The first word by which something is put before a parliament, as a cabinet does; it is said then."""
    return next((m for m in passage.of_kind("status") if m.id in passage.lexicon.statuses_of_cabinets), None)


def _follows(passage: Passage, date: DateMention, verb: Mention) -> bool:
    """Whether a date stands right after a verb, as in "said on Friday"."""
    return date.start >= verb.end and passage.count_words(verb.end, date.start) <= 1


def _own_year(passage: Passage, figure: Figure) -> DateMention | None:
    """The year right after the figure or its conversion ("from 61.2 trillion won in 2025 to ...")."""
    if not passage.dates:
        return None
    if passage.lexicon.cues_follow:
        _, end = _pair_before(passage, figure) or (None, figure)
        return next((date for date in passage.dates if _is_right_before(end, date)), None)
    whole = _with_conversion(passage, figure)
    after = (date for date in passage.dates if _has_right_after(whole, date) and date.form != "base")
    after = (date for date in after if not is_by_the_way(passage, date, whole))
    return next((date for date in after if date.period.kind in ("year", "fiscal")), None)


def _year_of_level(passage: Passage, figure: Figure, found: Found) -> DateMention | None:
    """The year of the level that a rise or fall leads to: "grew 6 % to 90 billion euros in 2026"."""
    level = passage.figure_after(figure.end)
    if level is None or found.text("statistic") not in ("growth", "change"):
        return None
    than = passage.touches_after(figure.end, "periods:year_before", 1)
    keys = passage.word_keys(than.end if than else figure.end, level.outer_start)
    leads = len(keys) == 1 and keys[0] in passage.lexicon.words("direction", "level_after")
    return _own_year(passage, level) if leads else None


def _pair_before(passage: Passage, figure: Figure) -> tuple[Figure, Figure] | None:
    """The two ends of the change that a percentage right behind them sums up, where verbs follow."""
    if not passage.lexicon.cues_follow or figure.join or figure.dimension not in ("share", "points"):
        return None
    end = passage.figure_before(figure.start)
    start = passage.figure_before(end.start) if end and end.join == "to" else None
    if end is None or start is None or start.join != "from":
        return None
    return (start, end) if passage.count_words(end.end, figure.outer_start) <= MOST_WORDS_TO_SUM else None


def _count_from_pair(passage: Passage, figure: Figure, found: Found) -> None:
    """Let a percentage that sums up a change count from the year of its start."""
    pair = _pair_before(passage, figure)
    if pair is None or found.text("baseline") is None:
        return
    first, last = (_own_year(passage, end) for end in pair)
    if first and last:
        found.say("counted from the start of the change", baseline=first.period.text)


def _with_conversion(passage: Passage, figure: Figure) -> Figure:
    """A figure stretched over the same amount in another currency, with its bracket."""
    follower = passage.figure_after(figure.end)
    if follower is None or follower.join != "conversion":
        return figure
    mark = passage.word_after(follower.end)
    end = mark.end if mark and mark.key in CLAUSE_MARKS else follower.end
    return figure._replace(end=end)


def _hence(passage: Passage, figure: Figure, found: Found) -> Word | None:
    """The word by which growth is drawn from what was said before, and so is not of that year.

    As in "it was 50 billion in 2024, so it grows by 5 %".
    """
    if found.text("statistic") not in ("growth", "change"):
        return None
    hence = passage.lexicon.words("grammar", "hence")
    if hence.isdisjoint(passage.words.keys):
        return None
    before = [word for word in passage.words if word.end <= figure.start and word.key in hence]
    return before[-1] if before and passage.same_clause(before[-1].end, figure.start) else None


def _year_after(memory: Memory, key: tuple[str | None, str | None]) -> str | None:
    """The year after the one spoken of last, if the text has told of it too; it is not guessed."""
    last = memory.periods.get(key)
    if last is None or Period.parse(last).kind not in ("year", "fiscal"):
        return None
    following = f"{last[:-4]}{int(last[-4:]) + 1:04d}"
    return following if following in memory.all_periods[key] else None


def _with_partner(passage: Passage, figure: Figure) -> Figure:
    """An end of a change stretched over both ends, since a year beside one of them is of the change."""
    if figure.join not in ("from", "to"):
        return _with_conversion(passage, figure)
    around = (
        passage.figure_before(figure.start),
        *passage.figures_between(figure.end, passage.sentence.end)[:1],
    )
    partners = [f for f in around if f and f.join in ("from", "to") and f.join != figure.join]
    partner = min(partners, key=lambda f: max(f.start - figure.end, figure.start - f.end), default=figure)
    return figure._replace(start=min(figure.start, partner.start), end=max(figure.end, partner.end))


def _nearest_period(
    passage: Passage, figure: Figure, anchor: Mention | None, said: DateMention | None
) -> DateMention | None:
    """The nearest year or span of years.

    One that touches the measure ("the 2026 defence budget") comes first.
    """
    based = is_base(passage, figure)
    usable = [
        d for d in passage.dates if d is not said and (based or d.form != "base") and d.period.kind != "day"
    ]
    if passage.of_kind("prices:constant"):
        usable = [d for d in usable if not is_year_of_prices(passage, d.start)]
    if passage.kinds.keys() & EDITIONS:
        usable = [d for d in usable if not is_of_an_edition(passage, d.start)]
    years = [d for d in usable if (d.period.year and d.period.kind != "month") or d.period.kind == "interval"]
    years = [d for d in years if d.form == "base" or not is_counted_from(passage, d.start)]
    if anchor is not None:
        touching = [
            d for d in years if passage.count_words(min(d.end, anchor.end), max(d.start, anchor.start)) <= 1
        ]
        touching = [d for d in touching if _gap(d, anchor.start, anchor.end) <= 12]
        if touching and not _has_nearer(passage, figure, touching[0], years):
            return touching[0]
    near = [d for d in years if _belongs(passage, d, figure)]
    if passage.lexicon.cues_follow:
        close = [d for d in near if 0 <= d.start - figure.end <= MOST_LETTERS_TO_OWN_YEAR]
        close = [d for d in close if not _leads_to_another(passage, d)]
        near = [d for d in near if d.end <= figure.start] or close
    return min(near, key=lambda d: _gap(d, figure.start, figure.end), default=None)


def _leads_to_another(passage: Passage, date: DateMention) -> bool:
    """Whether, where verbs follow, a date behind a figure stands before the one that it is of."""
    other = passage.figure_after(date.end)
    return other is not None and passage.same_clause(date.end, other.start)


def _has_nearer(passage: Passage, figure: Figure, date: DateMention, years: list[DateMention]) -> bool:
    """Whether, where verbs follow, a figure stands between a date and another date that leads to this one."""
    if not passage.lexicon.cues_follow or date.end > figure.start:
        return False
    nearer = (d for d in years if date.end <= d.start and d.end <= figure.start)
    return any(
        passage.figures_between(date.end, d.start) and not passage.figures_between(d.end, figure.start)
        for d in nearer
    )


def _belongs(passage: Passage, date: DateMention, figure: Figure) -> bool:
    """Whether no other figure stands between; a deadline belongs to the clause that it stands in."""
    left, right = (figure.end, date.start) if date.start >= figure.end else (date.end, figure.start)
    owner = passage.figure_before(date.start)
    behind = not passage.lexicon.cues_follow
    taken = behind and owner is not None and owner.end != figure.end and _has_right_after(owner, date)
    if taken or passage.figures_between(left, right) or is_by_the_way(passage, date, figure):
        return False
    if date.start >= figure.end and behind and _turns(passage, figure.end, date.start):
        return False
    return date.form != "by" or passage.same_clause(left, right)


def _turns(passage: Passage, start: int, end: int) -> bool:
    """Whether words between a figure and a date turn to another: "$1 billion, whereas a year ago ..."."""
    contrasts = passage.lexicon.words("about", "contrasts")
    return not contrasts.isdisjoint(passage.word_keys(start, end))


def _gap(date: DateMention, start: int, end: int) -> int:
    return max(0, date.start - end, start - date.end)


def _is_right_before(figure: Figure, date: DateMention) -> bool:
    """Whether a year stands right before a figure, as its own does where verbs follow."""
    near = 0 <= figure.outer_start - date.end <= MOST_LETTERS_TO_OWN_YEAR // 2
    return near and date.form in ("plain", "now", "next", "last") and date.period.kind in ("year", "fiscal")


def _has_right_after(figure: Figure, date: DateMention) -> bool:
    """Whether a date stands right after a figure, so that it can be of no other."""
    return 0 <= date.start - figure.end <= MOST_LETTERS_TO_OWN_YEAR
