"""What leads from the level of one year to that of another, by the keys of claims alone.

A text gives a level in its first line, another in its last, and between them that spending tripled, rose by
so much since a year, or grows by so much a year. No words join the three; that they are one actor's measure,
of the years of which the growth says that it leads from the one to the other, does. Each becomes a link to a
reckoning, as the reader notes them for what a text joins in words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import islice, product

from steelyard.check.figures import PERIMETER, PLAIN, SETTING
from steelyard.check.fitting import NEW, OLD, PART, WHOLE
from steelyard.check.rows import links_in_rows
from steelyard.check.years import year_in
from steelyard.core.claim import OR, Claim, Ledger
from steelyard.core.period import OPEN
from steelyard.core.vocabulary import Entry, Vocabulary

Levels = Mapping[int, Sequence[Claim]]
Link = tuple[Claim, str]
Place = tuple[str, int]
# What a claim must share with the levels between which it leads.
_FRAME = ("document", "actor", "counterpart", "location", "measure", "item")
_MOVES = ("growth", "change")
_YEARLY = ("yearly", "average")
# A sum of two years is told of two figures, and may be of others.
FEWEST_YEARS = 3
# Ways to choose among several levels of one year, of which one may be meant.
_MOST_WAYS = 16


def links_by_keys(ledger: Ledger, vocabulary: Vocabulary) -> list[Link]:
    """For each growth, change or multiple since a year, the reckoning that joins it to the two levels.

    Where a year has several levels, all ways are in one link, so that it contradicts only where each of them
    does; there is none where they are too many.
    """
    entries = vocabulary.entries("reckonings").values()
    ways = {kind: entry for entry in entries if (kind := entry.text("across"))}
    told_levels: dict[tuple[object, ...], dict[int, list[Claim]]] = {}
    since = {(*_place(claim), claim.period) for claim in ledger if claim.statistic in _MOVES}
    for claim in ledger:
        if _is_level(claim) and (year := year_in(_from_then(claim, since))):
            told_levels.setdefault(_frame(claim), {}).setdefault(year, []).append(claim)
    levels = {
        frame: {year: _distinct(told) for year, told in years.items()} for frame, years in told_levels.items()
    }
    lasting = _durations(ledger)
    found = [*_sums(ledger, levels, lasting, ways.get("sum"))]
    for claim in ledger:
        kind = _kind(claim, vocabulary)
        known = levels.get(_frame(claim)) if kind in ways else None
        if known and (told := [*_ways(claim, known, ways[kind], vocabulary, lasting)]):
            found.append((claim, OR.join(told)))
    return [*found, *links_in_rows(ledger, vocabulary)]


def _sums(
    ledger: Ledger,
    levels: Mapping[tuple[object, ...], Levels],
    lasting: Mapping[Place, int],
    entry: Entry | None,
) -> Iterator[Link]:
    """For each sum over years the link to the amounts of these years, if the text has told just those.

    They are the years of its period, or so many as stand beside it ("over those four years").
    """
    if entry is None:
        return
    whose: dict[object, list[Levels]] = {}
    for frame, known in levels.items():
        if len(known) >= FEWEST_YEARS:
            whose.setdefault(frame[:2], []).append(known)
    for claim in ledger if whose else ():
        if claim.aggregation != "cumulative" or not claim.is_number or claim.negated:
            continue
        for known in whose.get(_frame(claim)[:2], ()):
            if parts := _years_of(claim, known, lasting.get(_place(claim))):
                told = " ".join(f"{PART}={part.id}" for part in parts)
                yield claim, f"{entry.id} {WHOLE}={claim.id} {told}"


def _years_of(claim: Claim, levels: Levels, length: int | None) -> list[Claim]:
    """The one amount of each year of a sum; none where a year is missing or told twice, or stands behind."""
    begin, mark, end = (claim.period or "").partition("/")
    first, last = year_in(begin), year_in(end)
    if not claim.period and length:
        # Just so many years have been told before, and no others.
        before = [year for year, told in levels.items() if told[0].start < claim.start]
        first, last = min(before, default=None), max(before, default=None)
        if len(before) != length:
            return []
    elif not mark:
        return []
    if first is None or last is None or last - first >= len(levels):
        return []
    years = range(first, last + 1)
    parts = [one for year in years for one in levels.get(year, ())]
    alike = {(one.unit, *(getattr(one, key) for key in PERIMETER)) for one in parts}
    if len(parts) != len(years) or len(years) < FEWEST_YEARS or len(alike) != 1:
        return []
    same = claim.measure in (None, parts[0].measure) and claim.item in (None, parts[0].item)
    return parts if same and claim.unit == parts[0].unit else []


def _frame(claim: Claim) -> tuple[object, ...]:
    return tuple(getattr(claim, key) for key in _FRAME)


def _is_level(claim: Claim) -> bool:
    """Whether a claim states what a measure is, was or will be in a year."""
    stands = claim.is_number and claim.measure and claim.actor and claim.statistic == "level"
    return bool(stands) and not (
        claim.aggregation or claim.negated or claim.condition or claim.conversion_of or claim.part_of
    )


def _from_then(claim: Claim, since: Set[tuple[object, ...]]) -> str | None:
    """The period of a level; of one told beside what has moved since a year that year itself: "has tripled
    since 2021, when it stood at 645 million".
    """
    first, _, last = (claim.period or "").partition("/")
    return first if last == OPEN and (*_place(claim), claim.period) in since else claim.period


def _kind(claim: Claim, vocabulary: Vocabulary) -> str:
    """Which way of getting from one level to another a claim tells; "" for none."""
    if claim.statistic not in _MOVES or not claim.is_number or claim.negated or claim.condition:
        return ""
    if not (claim.measure and claim.actor) or claim.prices == "constant":
        return ""
    unit = vocabulary.units.unit(claim.unit or "")
    if claim.statistic == "change":
        return "" if claim.aggregation or unit is None else "points" if unit.dimension in PLAIN else "change"
    if claim.unit is None:
        return "" if claim.aggregation else "multiple"
    if unit is None or unit.dimension not in PLAIN:
        return ""
    return "yearly growth" if claim.aggregation in _YEARLY else "" if claim.aggregation else "growth"


def _ways(
    move: Claim, levels: Levels, entry: Entry, vocabulary: Vocabulary, lasting: Mapping[Place, int]
) -> Iterator[str]:
    """Each choice of an old and a new level between which the move may lead, as the way of a link."""
    first, lasts = _span(move, levels)
    if first is None and not move.period and (length := lasting.get(_place(move))):
        first, lasts = _span_of(length, levels)
    if first is None or any(last - first == 1 and move.unit for last in lasts):
        return  # growth from the year before is an identity's matter, and none of each of several years
    role = next(name for name in entry.table("roles") if name not in (OLD, NEW))
    pairs = [
        (old, new, last - first)
        for last in lasts
        for old, new in product(levels.get(first, ()), levels.get(last, ()))
        if old.unit == new.unit
    ]
    if len(pairs) > _MOST_WAYS:
        return  # nobody can say which of them is meant
    joined = [_may_join(old, new, move, vocabulary) for old, new, _ in pairs]
    # Levels that are counted otherwise prove nothing, but the move may be one of theirs.
    for wanted in (True, False) if any(joined) else ():
        for (old, new, count), is_joined in zip(pairs, joined, strict=True):
            if is_joined is wanted:
                years = f" years={count}" if move.aggregation else ""
                yield f"{entry.id} {NEW}={new.id} {OLD}={old.id} {role}={move.id}{years}"


def _distinct(levels: Sequence[Claim]) -> list[Claim]:
    """The first of the levels that say the same; one more than are of use is enough to know that."""
    first: dict[object, Claim] = {}
    for level in levels:
        counted = tuple(getattr(level, key) for key in PERIMETER)
        first.setdefault((level.low, level.high, level.unit, level.status, counted), level)
    return [*islice(first.values(), _MOST_WAYS + 1)]


def _span(move: Claim, levels: Levels) -> tuple[int | None, list[int]]:
    """The year from which a move counts, and those up to which it may: of "since 2015" the last year told."""
    begin, mark, end = (move.period or "").partition("/")
    first = year_in(move.baseline) or (year_in(begin) if end == OPEN else None)
    if first is None:
        return None, []
    if end == OPEN:
        last = max(levels)
        said = year_in(move.said)
        return first, [last] if last > first and (said is None or last >= said - 1) else []
    last_year = year_in(end if mark else begin)
    return first, [last_year] if last_year and last_year > first else []


def _durations(ledger: Ledger) -> dict[Place, int]:
    """How many years the only duration of a sentence lasts, by its sentence: "doubled within three years"."""
    found: dict[Place, list[Claim]] = {}
    for claim in ledger:
        if claim.unit == "year" and claim.is_number:
            found.setdefault(_place(claim), []).append(claim)
    return {
        place: int(claims[0].value)
        for place, claims in found.items()
        if len(claims) == 1 and claims[0].value and claims[0].value % 1 == 0 and not claims[0].hedge
    }


def _place(claim: Claim) -> Place:
    return claim.document, claim.sentence_start


def _span_of(years: int, levels: Levels) -> tuple[int | None, list[int]]:
    """The only two years told of that lie so far apart."""
    pairs = [(year, year + years) for year in levels if year + years in levels]
    return (pairs[0][0], [pairs[0][1]]) if len(pairs) == 1 and years > 1 else (None, [])


def _may_join(old: Claim, new: Claim, move: Claim, vocabulary: Vocabulary) -> bool:
    """Whether two levels are counted alike, and the move as they are.

    What is only aimed at counts where the move is too. Growth of amounts in a currency that is not the
    actor's own may be that of its own money.
    """
    if any(level.status in SETTING and level.status != move.status for level in (old, new)):
        return False
    if any(getattr(old, key) != getattr(new, key) for key in PERIMETER):
        return False
    if any(getattr(move, key) not in (None, getattr(new, key)) for key in PERIMETER):
        return False
    unit = vocabulary.units.unit(new.unit or "")
    if move.statistic == "change" and unit and unit.dimension not in PLAIN:
        return move.unit == new.unit
    if unit is None or unit.dimension != "money":
        return True
    actor = vocabulary.entry("actors", new.actor)
    own = actor.text("currency") if actor else ""
    return not own or own == new.unit or _in_one_sentence((old, new, move))


def _in_one_sentence(claims: Iterable[Claim]) -> bool:
    return len({claim.sentence_start for claim in claims}) == 1
