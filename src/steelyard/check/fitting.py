"""Whether figures can be what a text's words seem to make of them, by what each says of itself.

Words join figures that stand near one another: "rose 20 percent to 12 billion, from 8 billion in 2020" and
"from 8 billion in 2020 to 12 billion in 2025, up 20 percent last year alone" give growth from the year
before, not from the first level. What a figure says of its actor, years and unit goes before the words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from steelyard.check.figures import SETTING
from steelyard.check.years import year_in
from steelyard.core.claim import Claim
from steelyard.core.interval import Interval
from steelyard.core.period import OPEN
from steelyard.core.vocabulary import Entry

# The roles of two levels of one thing in the equations of reckonings.toml, of a whole, a part and an average.
OLD, NEW, WHOLE, PART, AVERAGE = "old", "new", "whole", "part", "average"
# The roles of a price, which may well be of today for a purchase that is only pledged.
SINGLE = ("each", "number")
# The aggregation of a sum over years.
SUM = "cumulative"
_TURNS = {"up": 1, "down": -1}
# From which number on one is told by a scale ("million"), and how far those of one list may lie apart.
LEAST_SCALED, SCALES_APART = 1_000_000, 1_000
BY = f"{OPEN}/"
_CURRENCY = re.compile(r"[A-Z]{3}")  # ISO 4217; no other unit of a claim is written so
Members = Mapping[str, Sequence[Claim]]


def can_follow(entry: Entry, members: Members, years: int = 1, *, loosely: bool = False) -> bool:
    """Whether the figures of a reckoning, by role, can be of one actor, of its years, and what it takes.

    `years` is over how many years a reckoning that counts them runs; `loosely` asks for no years.
    """
    table = entry.table("roles")
    if not all(_may_be(claim, table.get(role)) for role, claims in members.items() for claim in claims):
        return False
    if _is_by_a_deadline(entry, members) or not _are_of_one_size(members):
        return False
    if entry.flag("one_actor") and len(_actors(members)) > 1:
        return False
    if loosely:
        return not (OLD in members and NEW in members) or _is_counted_back(members)
    if OLD in members and NEW in members:
        return _is_one_step(members)
    if AVERAGE in members and WHOLE in members and not _is_of_its_years(members, years):
        return False
    return not (WHOLE in members and _is_aimed_at(members))


def as_multiple(claim: Claim, interval: Interval) -> Interval:
    """What a growth told as a fraction ("up by a third") makes of the old level; other numbers unchanged."""
    turn = _TURNS.get(claim.direction or "")
    if claim.statistic != "growth" or turn is None or not interval.is_bounded or interval.high >= 1:
        return interval
    return Interval.exactly(1) + (interval if turn > 0 else -interval)


def _may_be(claim: Claim, role: object) -> bool:
    """Whether a figure is of the units, and of none of the statistics, that its role asks for."""
    if not isinstance(role, dict):
        return True
    units, never, never_of = role.get("units"), role.get("never"), role.get("never_of")
    if never_of and claim.measure in never_of:
        return False
    if role.get("counted") is True and claim.unit is None:
        return False  # "twice" and bare numbers count nothing
    return (not units or claim.unit in units) and (not never or claim.statistic not in never)


def _actors(members: Members) -> set[str]:
    """Whose the figures are, as far as anybody is named."""
    return {claim.actor for claims in members.values() for claim in claims if claim.actor}


def _are_of_one_size(members: Members) -> bool:
    """Whether bare numbers can be in one unit: "62.4 in 2025" and "528 billion in all" are in none."""
    sizes = [
        abs(claim.value)
        for claims in members.values()
        for claim in claims
        if claim.unit is None and claim.value and claim.statistic in ("level", "change")
    ]
    return not sizes or max(sizes) < LEAST_SCALED or min(sizes) * SCALES_APART >= LEAST_SCALED


def _is_by_a_deadline(entry: Entry, members: Members) -> bool:
    """Whether what a target takes is told in one sentence with the year by which it is to be met.

    "To reach 3.5 % by 2035 it needs 40 billion a year" is of the economy of 2035 as well as of today's.
    """
    results = members.get(entry.text("result"), ())
    goals = [
        claim
        for role, claims in members.items()
        if isinstance(told := entry.table("roles").get(role), dict) and told.get("given") is True
        for claim in claims
    ]
    return any(
        (goal.period or "").startswith(BY) and goal.sentence_start == one.sentence_start
        for goal in goals
        for one in results
    )


def _is_aimed_at(members: Members) -> bool:
    """Whether only the whole is a target: parts of today make up no force of tomorrow."""
    others = (WHOLE, AVERAGE, *SINGLE)
    parts = [claim for role, claims in members.items() if role not in others for claim in claims]
    if not parts or _are_of_its_plan(members[WHOLE][0], parts):
        return False
    return members[WHOLE][0].status in SETTING and not any(part.status in SETTING for part in parts)


def _are_of_its_plan(whole: Claim, parts: Sequence[Claim]) -> bool:
    """Whether parts told behind a sum of money, of no year of their own, are of the plan that it is."""
    in_money = _CURRENCY.fullmatch(whole.unit or "") and all(part.unit == whole.unit for part in parts)
    behind = all(part.start > whole.start and part.period in (None, whole.period) for part in parts)
    return bool(in_money) and behind


def _is_of_its_years(members: Members, years: int) -> bool:
    """Whether an average that names its stretch of years names that of the sum, or one as long."""
    average, whole = members[AVERAGE][0], members[WHOLE][0]
    first, slash, last = (average.period or "").partition("/")
    begin, end = year_in(first), year_in(last)
    if not slash or average.period == whole.period or begin is None or end is None:
        return True
    return whole.period is None and end - begin + 1 == years


def _is_one_step(members: Members) -> bool:
    """Whether two levels and what leads from one to the other are of one actor and of the same years."""
    old, new = members[OLD][0], members[NEW][0]
    if (old.aggregation == SUM) is not (new.aggregation == SUM):
        return False
    moves = [claims[0] for role, claims in members.items() if role not in (OLD, NEW)]
    if len({claim.actor for claim in (old, new, *moves) if claim.actor}) > 1:
        return False
    return all(_is_between(move, old, new) for move in moves)


def _is_between(move: Claim, old: Claim, new: Claim) -> bool:
    """Whether a growth or change can be the one from the old level to the new one.

    Whoever tells it first, then the new level and the old one last ("rose 20 percent to 12 billion, from 8
    billion in 2020") means that step only where the old level is that of the year before; a multiple
    ("doubled") he counts from whatever comes last.
    """
    first, last = year_in(old.period), year_in(new.period)
    since, year = year_in(move.baseline), year_in((move.period or "").partition("/")[0])
    if first and since and not move.aggregation and since != first != year:
        return False
    if year and first and last and year not in (first, last):
        return False
    if move.unit and move.start < new.start < old.start and first:
        reached = last or year
        return reached is not None and reached - first == 1
    return True


def _is_counted_back(members: Members) -> bool:
    """Whether a move told before the new level and the old one is not only from the year before."""
    one, other = sorted((members[OLD][0], members[NEW][0]), key=lambda claim: claim.start)
    last, first = year_in(one.period), year_in(other.period)
    moves = [claims[0] for role, claims in members.items() if role not in (OLD, NEW)]
    if last and last == first:
        return False  # the bill and the law of one year
    return not (last and first and last - first > 1 and all(move.start < one.start for move in moves))
