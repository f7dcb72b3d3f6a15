"""What figures that stand in a row must come to, known from their numbers and places alone.

"93.2 billion, last year 65.8 billion; it gets 27.4 billion more, an increase of 28 percent": whatever words
join them, the difference of the two levels is the number told next, so that these three belong together, and
with them the percentage beside the third. The same holds where the percentage fits the two levels and the
difference does not. And an amount told "or so much percent of gross domestic product" is that share of
the product that the text gives. Each becomes a link to a reckoning, as the reader notes them for what a text
joins in words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from steelyard.check.figures import PLAIN, SETTING
from steelyard.check.fitting import NEW, OLD
from steelyard.check.years import year_in
from steelyard.core.claim import OR, Claim, Ledger
from steelyard.core.interval import Interval
from steelyard.core.schema import texts_in
from steelyard.core.vocabulary import Entry, Vocabulary

Link = tuple[Claim, str]
# Letters between a change and the percentage that tells it again, and sentences back to the two levels.
BESIDE, BACK = 60, 2
# What a change leaves open of itself at most, for a rounder one is the difference of too many levels; and how
# many digits a growth has at least that confirms two of them.
CLOSE, FEWEST_DIGITS = 0.12, 2
_PART_OF = ("of_which", "including")
_NO_PLAIN_GROWTH = ("yearly", "average", "cumulative")
_KINDS = ("growth", "change", "share")
# How far a share is off at least where nobody says that the product is that of the same year.
OTHER_YEAR = Decimal("0.08")
ONE, PERCENT = Interval.exactly(1), Decimal("0.01")


def links_in_rows(ledger: Ledger, vocabulary: Vocabulary) -> list[Link]:
    """For each growth and each change of a row of figures, the reckoning that joins it to the two levels."""
    entries = vocabulary.entries("reckonings").values()
    ways = {kind: entry for entry in entries if (kind := entry.text("across")) in _KINDS}
    if len(ways) < len(_KINDS):
        return []
    texts: dict[str, list[Claim]] = {}
    for claim in ledger:
        if claim.kind == "figure" and claim.is_number and not claim.negated:
            texts.setdefault(claim.document, []).append(claim)
    return [link for claims in texts.values() for link in _in_text(claims, ways, vocabulary)]


def _in_text(claims: list[Claim], ways: Mapping[str, Entry], vocabulary: Vocabulary) -> Iterator[Link]:
    claims.sort(key=lambda claim: claim.start)
    places = {start: number for number, start in enumerate(sorted({one.sentence_start for one in claims}))}
    for number, growth in enumerate(claims):
        if not _is_growth(growth, vocabulary):
            continue
        for change in _beside(claims, number):
            if change.statistic != "change" or not _is_amount(change, vocabulary):
                continue
            levels = [
                one
                for one in claims
                if 0 <= places[growth.sentence_start] - places[one.sentence_start] <= BACK
                and one is not change
                and one.unit == change.unit
                and _is_level(one)
            ]
            yield from _of_row(growth, change, levels, ways)
    yield from _shares(claims, ways["share"], vocabulary)
    yield from _heads(claims, vocabulary)


def _heads(claims: Sequence[Claim], vocabulary: Vocabulary) -> Iterator[Link]:
    """For each amount a head that was joined to a sum nobody pays, as a whole economy is, how it follows from
    the amounts before it: from the first that is not too far off, if none of all of them gives it.
    """
    by_id = {one.id: one for one in claims}
    for head in claims:
        for link in head.follows or ():
            entry = vocabulary.entry("reckonings", link.partition(" ")[0])
            if entry is None or not entry.flag("of_people") or OR in link:
                continue
            said = dict(one.partition("=")[::2] for one in link.split()[1:])
            role, never = next(_texts_of_roles(entry, "not_of"))
            members = {name: by_id.get(one) for name, one in said.items()}
            wrong = members.pop(role, None)
            people = next((one for one in members.values() if one and one is not head), None)
            if wrong is None or people is None or wrong.measure not in never:
                continue
            sums = [one for one in claims if _is_level(one) and one.measure not in never]
            if payer := _payer(head, people, sums, entry.number("farthest", "2")):
                yield head, link.replace(f"{role}={wrong.id}", f"{role}={payer.id}")


def _payer(head: Claim, people: Claim, sums: Sequence[Claim], factor: Decimal) -> Claim | None:
    """The first sum before an amount a head that may be what it is of, if no sum of the text gives it."""
    if people.sentence_start != head.sentence_start:
        return None
    wanted = head.interval * people.interval
    found = [one for one in sums if one.unit == (head.unit or "").partition(" ")[0]]
    if any(one.interval.meets(wanted) for one in found):
        return None
    near = (one for one in found if one.start < head.start and _is_near(one.interval, wanted, factor))
    return next(near, None)


def _texts_of_roles(entry: Entry, key: str) -> Iterator[tuple[str, Sequence[str]]]:
    """The roles of a reckoning that have texts under a key, with these."""
    for name, role in entry.table("roles").items():
        if isinstance(role, dict) and (texts := texts_in(role.get(key))):
            yield name, texts


def _is_near(one: Interval, other: Interval, factor: Decimal) -> bool:
    """Whether of two numbers none is more than so many times the other."""
    low, high = sorted((one.middle, other.middle))
    return low > 0 and high <= low * factor


def _shares(claims: Sequence[Claim], entry: Entry, vocabulary: Vocabulary) -> Iterator[Link]:
    """For each amount that the text tells again as a share, how that follows from a whole told elsewhere."""
    roles = entry.table("roles")
    whole, measures = next(_texts_of_roles(entry, "only_of"), ("", ()))
    by_id = {one.id: one for one in claims}
    # A year that is aimed at says nothing of what is spent now.
    now = (one for one in claims if one.measure not in measures and one.status not in SETTING)
    named = Counter(year for one in now if (year := year_in(one.period)))
    usual = max(named, key=lambda year: (named[year], year), default=0)
    for share in claims:
        for link in share.follows or ():
            said = dict(one.partition("=")[::2] for one in link.split()[1:])
            if not link.startswith(f"{entry.id} ") or len(said) != len(roles) - 1 or whole in said:
                continue
            part = next((by_id.get(one) for one in said.values() if one != share.id), None)
            if part is None or not _is_told_again(part, share, vocabulary):
                continue
            told = (one for one in claims if one.measure in measures)
            found = [one for one in told if _may_be_whole(one, part, share, usual)]
            fits = any((one.interval * share.interval.scaled(PERCENT)).meets(part.interval) for one in found)
            if found and (fits or all(_is_far_off(part, one, share) for one in found)):
                yield share, OR.join(f"{link} {whole}={one.id}" for one in found)


def _is_told_again(part: Claim, share: Claim, vocabulary: Vocabulary) -> bool:
    """Whether a share is that of a level, and not what is aimed at or a bound."""
    if share.status in SETTING or share.condition or share.direction not in (None, "=", "~"):
        return False
    plain = share.statistic in ("level", "share") and len({part.actor, share.actor} - {None}) <= 1
    return plain and _is_level(part) and _is_amount(part, vocabulary)


def _may_be_whole(whole: Claim, part: Claim, share: Claim, usual: int) -> bool:
    """Whether nothing tells that a whole is of another time or place than a part and its share.

    Where nobody says of which year these are, it is that which the text names most, or the next.
    """
    if whole.statistic != "level" or whole.aggregation or not whole.interval.is_bounded:
        return False
    if whole.unit != part.unit or whole.interval.low <= part.interval.high:
        return False
    if len({one.actor for one in (whole, part, share)} - {None}) > 1:
        return False
    own, years = year_in(whole.period), {year_in(one.period) for one in (part, share)} - {None}
    if own and not years:
        return usual <= own <= usual + 1
    return len(years | ({own} if own else set())) <= 1


def _is_far_off(part: Claim, whole: Claim, share: Claim) -> bool:
    """Whether the product of another year would not explain a share: it is too far off for that."""
    if year_in(whole.period) and year_in(whole.period) in (year_in(part.period), year_in(share.period)):
        return True
    told = share.interval.middle * PERCENT * whole.interval.middle
    return abs(told / part.interval.middle - 1) > OTHER_YEAR


def _is_growth(claim: Claim, vocabulary: Vocabulary) -> bool:
    """Whether a claim is a plain percentage by which something grew or shrank."""
    unit = vocabulary.units.by_id.get(claim.unit or "")
    plain = claim.statistic == "growth" and unit is not None and unit.dimension == PLAIN[0]
    return plain and not (
        claim.aggregation in _NO_PLAIN_GROWTH or claim.prices == "constant" or claim.condition
    )


def _is_amount(claim: Claim, vocabulary: Vocabulary) -> bool:
    """Whether a claim is of money or people and says near enough how much."""
    unit = vocabulary.units.by_id.get(claim.unit or "")
    if unit is None or unit.dimension in PLAIN or unit.dimension not in ("money", "person"):
        return False
    middle = abs(claim.interval.middle) if claim.interval.is_bounded else 0
    return bool(middle) and float(claim.interval.width) <= CLOSE * float(middle)


def _is_level(claim: Claim) -> bool:
    """Whether a claim may be one of two levels: no change, part or sum of years."""
    told = claim.statistic == "level" and claim.aggregation is None and claim.part_of is None
    return told and claim.interval.is_bounded and claim.interval.low > 0 and not claim.conversion_of


def _beside(claims: Sequence[Claim], number: int) -> Iterator[Claim]:
    """The figures right beside one in its sentence, the one before it first."""
    own = claims[number]
    if number and own.start - claims[number - 1].end <= BESIDE:
        yield claims[number - 1]
    if number + 1 < len(claims) and claims[number + 1].start - own.end <= BESIDE:
        yield claims[number + 1]


def _of_row(
    growth: Claim, change: Claim, levels: Sequence[Claim], ways: Mapping[str, Entry]
) -> Iterator[Link]:
    """The links of a growth and the change beside it, where one or both of them fit two levels."""
    turned = {growth.direction, change.direction} == {"up", "down"}
    if change.sentence_start != growth.sentence_start or turned:
        return
    pairs = [tuple(sorted(pair, key=lambda one: one.interval.middle)) for pair in pairwise(levels)]
    of_change = [pair for pair in pairs if _leads(pair, change)]
    of_growth = [pair for pair in pairs if _digits(growth) >= FEWEST_DIGITS and _grows(pair, growth)]
    if len(of_change) == 1 and of_growth in ([], of_change) and _digits(change) >= FEWEST_DIGITS:
        yield from _links(growth, of_change[0], "growth", ways)
    elif len(of_growth) == 1 and not of_change and _is_slip(change, of_growth[0]):
        yield from _links(change, of_growth[0], "change", ways)


def _leads(pair: Sequence[Claim], change: Claim) -> bool:
    """Whether a change is the difference of two levels, told as exactly as they are."""
    low, high = pair
    return (high.interval - low.interval).meets(change.interval)


def _is_slip(change: Claim, pair: Sequence[Claim]) -> bool:
    """Whether a change has the digits of the difference of two levels but for one, or for their order."""
    low, high = pair
    wanted, told = (
        one.normalize().as_tuple().digits
        for one in (high.interval.middle - low.interval.middle, abs(change.interval.middle))
    )
    apart = sum(one != other for one, other in zip(wanted, told, strict=False))
    return len(wanted) == len(told) and (apart == 1 or sorted(wanted) == sorted(told))


def _grows(pair: Sequence[Claim], growth: Claim) -> bool:
    """Whether a growth, up or down, leads from one of two levels to the other."""
    (low, high), told = pair, growth.interval.scaled(PERCENT)
    rise, fall = high.interval / low.interval - ONE, ONE - low.interval / high.interval
    return rise.meets(told) or fall.meets(told)


def _links(told: Claim, pair: Sequence[Claim], kind: str, ways: Mapping[str, Entry]) -> Iterator[Link]:
    """How a growth or change leads from one level to another; which of them is older may be open."""
    low, high = pair
    entry = ways[kind]
    role = next(name for name in entry.table("roles") if name not in (OLD, NEW))
    up = f"{entry.id} {NEW}={high.id} {OLD}={low.id} {role}={told.id}"
    down = f"{entry.id} {NEW}={low.id} {OLD}={high.id} -{role}={told.id}"
    if any(one.status in SETTING for one in pair):
        return
    yield told, OR.join({"up": [up], "down": [down]}.get(told.direction or "", [up, down]))


def _digits(claim: Claim) -> int:
    """How many digits a number has in print."""
    return len([one for one in claim.quote if one.isdigit()])
