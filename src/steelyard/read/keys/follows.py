"""Figures that the text itself reckons from others: "it consists of", "the remaining", "on average a year".

What the words join, no key has to: the text says by itself that the whole is the sum of these parts, whatever
they are of. Each such figure gets the id of the reckoning and the figures by role; whether the sum is right,
the checker says.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from steelyard.core.claim import Claim
from steelyard.read.keys.any_order_frames import kind_in_myriads
from steelyard.read.keys.cue_lists import CuedSentences
from steelyard.read.keys.explained import explained_pairs
from steelyard.read.keys.frames import PAIR
from steelyard.read.keys.loosely import Run, loose_links
from steelyard.read.keys.neighbours import Sentences
from steelyard.read.keys.other_things import Naming, naming_of
from steelyard.read.keys.told_apart import told_apart
from steelyard.read.keys.told_as_shares import told_as_shares, told_as_shares_of
from steelyard.read.keys.wordings import (
    END,
    SIGNS_A_KIND,
    Reckoning,
    Wording,
    Wordings,
    is_named_again,
    is_sign,
    number_of_sign,
    sign_of_figure,
    wordings_for,
)
from steelyard.read.lexicon import Lexicon
from steelyard.read.tongues import Tongues

LONGEST_RUN = 4000
# How many characters may stand between sentences that go on, and between those that hang together loosely.
MOST_BETWEEN, MOST_APART = 3, 200
MOST_BEHIND = 60
# Letters to a figure that follows so closely that it belongs to the same phrase.
MOST_TO_NEXT = 8
WORDS_AGAIN = ("again", "same")
# In units such as "EUR per person".
PER = " per "
_MARKS = f"{END},;:()"
_KIND_OF_DIMENSION = {"money": "money", "share": "percent", "points": "points"}
_RELATIVE, _NO_COUNT, _TIMES = ("growth", "share"), ("duration", "time", "rank", "rate"), "time"
_MOVES = ("rate", "difference")
# A small number that is no figure, as in "the Marine Corps 68": a list with one in it may lack a part.
_UNREAD = re.compile(r"(?<![\w.,/–-])\d{1,3}(?![\w/%–-]|[.,]\d)")


@dataclass(frozen=True)
class _Run:
    """Sentences with figures that follow one another at once: their figures, and where each sentence ends."""

    text: str
    start: int
    claims: Sequence[Claim]
    ends: Sequence[int]


def with_what_follows(
    text: str, claims: Sequence[Claim], cued: CuedSentences, tongues: Tongues
) -> list[Claim]:
    """The claims, those that the text reckons from others with how it does.

    `cued` are the sentences in which it may tell how figures are related.
    """
    found: dict[str, list[str]] = {}
    figures = [claim for claim in claims if claim.kind == "figure" and not claim.locator]
    joined: set[str] = set()
    kinds = {claim.id: _kind(claim, tongues.lexicons) for claim in figures}
    for run in _runs(text, figures, MOST_BETWEEN):
        if len(run.claims) > 1:
            of_run = [kinds[claim.id] for claim in run.claims]
            lexicon = tongues.of(run.text).lexicon
            for identifier, link in _links(run, of_run, wordings_for(lexicon), naming_of(lexicon)):
                _add(found, identifier, link)
                joined.update(word.partition("=")[2] for word in link.split())
    for identifier, link in loose_links(
        text, cued, _loose_runs(text, figures, kinds, tongues), joined, found
    ):
        _add(found, identifier, link)
    if cued and len(figures) > 1:
        lexicon = tongues.of(text).lexicon
        pairs = explained_pairs(text, cued, figures, kinds, lexicon)
        apart = dict(pairs) | dict(told_apart(text, cued, figures, kinds, lexicon))
        for identifier, link in apart.items():
            _add(found, identifier, link)
    for identifier, link in told_as_shares(text, figures, told_as_shares_of(tongues.of(text).lexicon)):
        _add(found, identifier, link)
    return [claim.changed(follows=tuple(found[claim.id])) if claim.id in found else claim for claim in claims]


def _loose_runs(
    text: str, figures: Sequence[Claim], kinds: Mapping[str, str | None], tongues: Tongues
) -> Iterator[Run]:
    """The figures, more than one each, of sentences that hang together loosely."""
    for run in _runs(text, figures, MOST_APART):
        if len(run.claims) > 1:
            of_run = [kinds[claim.id] for claim in run.claims]
            yield Run(Sentences(run.text, run.start, run.claims, of_run), tongues.of(run.text).lexicon)


def _add(found: dict[str, list[str]], identifier: str, link: str) -> None:
    links = found.setdefault(identifier, [])
    if link not in links:
        links.append(link)


def _runs(text: str, claims: Sequence[Claim], apart: int) -> Iterator[_Run]:
    """The figures by runs of sentences between which so many characters stand at most."""
    members: list[Claim] = []
    ends: list[int] = []
    for claim in claims:
        near = members and claim.sentence_start - ends[-1] <= apart
        long = members and claim.sentence_end - members[0].sentence_start > LONGEST_RUN
        full = len(members) >= SIGNS_A_KIND
        if members and claim.sentence_start >= ends[-1] and (not near or long or full):
            yield _run(text, members, ends)
            members, ends = [], []
        if claim.sentence_end <= claim.sentence_start + LONGEST_RUN:
            members.append(claim)
            if not ends or claim.sentence_end > ends[-1]:
                ends.append(claim.sentence_end)
    if members:
        yield _run(text, members, ends)


def _run(text: str, members: list[Claim], ends: list[int]) -> _Run:
    start = members[0].sentence_start
    return _Run(text[start : ends[-1]], start, members[:SIGNS_A_KIND], ends)


def _links(
    run: _Run, kinds: Sequence[str | None], wordings: Wordings, naming: Naming
) -> Iterator[tuple[str, str]]:
    """For each wording that fits, the id of its last figure and how it follows from the others."""
    of_sentences = [bisect_right(run.ends, claim.start) for claim in run.claims]
    groups = wordings.groups_for(kinds, [bisect_left(of_sentences, one) for one in sorted({*of_sentences})])
    here = wordings.needed.places_in(run.text) if groups else frozenset[str]()
    likely = wordings.likely(groups, here) if groups else ()
    if not likely:
        return
    places = here | wordings.needed.places_before(run.text, [claim.start - run.start for claim in run.claims])
    masked: dict[frozenset[str], str] = {}
    for reckoning, wording in likely:
        if not wording.needs <= places:
            continue
        if wording.kinds not in masked:
            masked[wording.kinds] = _masked(run, kinds, wording.kinds)
        for match in wording.pattern.finditer(masked[wording.kinds]):
            link = _link(run, match, wording, reckoning, masked[wording.kinds])
            if link and not (wording.crosses and _is_of_else(run, match, naming)):
                yield link


def _kind(claim: Claim, lexicons: Sequence[Lexicon]) -> str | None:
    """What kind of figure a claim is, in one of some languages; None for what counts in no wording."""
    if claim.conversion_of or not claim.is_number or claim.statistic == "rank":
        return None
    unit = lexicons[0].vocabulary.units.unit((claim.unit or "").partition(PER)[0])
    if unit is None and claim.unit is None and claim.statistic in _RELATIVE:
        return "multiple"
    if claim.unit is None:
        for lexicon in lexicons:
            if kind := kind_in_myriads(claim.quote, lexicon):
                return kind
            if claim.quote in lexicon.words("reckoning", "times"):
                return "times"
    if claim.unit == _TIMES:
        return "times"
    dimension = unit.dimension if unit else "count"
    return _KIND_OF_DIMENSION.get(dimension) or ("count" if dimension not in _NO_COUNT else None)


def _end(claim: Claim) -> int:
    """Where the amount of a figure ends: "per head" behind it stays to be read."""
    head = claim.quote.rsplit(maxsplit=2)[0] if PER in (claim.unit or "") else claim.quote
    return claim.start + len(head)


def _masked(run: _Run, kinds: Sequence[str | None], wanted: frozenset[str]) -> str:
    """The text in small letters, with a sign for each figure of some kinds and each end of a sentence."""
    pieces: list[str] = []
    done = 0
    marks: list[tuple[int, int, int, str | None]] = [
        (claim.start - run.start, _end(claim) - run.start, number, kind)
        for number, (claim, kind) in enumerate(zip(run.claims, kinds, strict=True))
        if kind in wanted
    ]
    marks += [(end - run.start, end - run.start, -1, None) for end in run.ends]
    for start, end, number, kind in sorted(marks):
        if start < done:
            continue
        pieces.append(run.text[done:start].lower())
        pieces.append(sign_of_figure(kind, number) if kind else END)
        done = end
    return "".join(pieces)


def _link(
    run: _Run, match: re.Match[str], wording: Wording, reckoning: Reckoning, masked: str
) -> tuple[str, str] | None:
    """The last figure of a match and how it follows from the others, unless the words speak against it."""
    roles = {
        role: [run.claims[number_of_sign(sign)] for sign in signs if is_sign(sign)]
        for role, signs in match.groupdict().items()
        if signs and role not in WORDS_AGAIN
    }
    words = reckoning.spared.sub(" ", match[0]) if reckoning.spared else match[0]
    if reckoning.breaks and reckoning.breaks.search(words):
        return None
    if reckoning.tails and reckoning.tails.search(_rest_of_clause(masked, match.end())):
        return None
    if not _stands_alone(match, wording, masked) or not is_named_again(match, reckoning.general):
        return None
    entry = reckoning.entry
    if not _of_one_unit(roles, entry.table("roles")) or (
        entry.flag("one_thing") and not _of_one_thing(roles)
    ):
        return None
    if (
        entry.flag("one_year")
        and len({claim.period for one in roles.values() for claim in one if claim.period}) > 1
    ):
        return None
    in_parts = [one for one in entry.table("roles").values() if isinstance(one, dict) and one.get("many")]
    if in_parts and _holds_unread(run, [one for members in roles.values() for one in members]):
        return None
    if any(one.get("yearly") for one in in_parts) and not _is_a_path(run, roles):
        return None
    said = [
        f"{'-' if role in wording.negative else ''}{role}={one.id}" for role in roles for one in roles[role]
    ]
    if "years" in entry.text("equation"):
        years = _years(run, match, roles)
        if years is None:
            return None
        said.append(f"years={years}")
    last = max((one for members in roles.values() for one in members), key=lambda one: one.start)
    return last.id, " ".join([entry.id, *said])


def _holds_unread(run: _Run, members: Sequence[Claim]) -> bool:
    """Whether between some figures of a run a small number stands that is no figure."""
    start, end = min(one.start for one in members), max(one.end for one in members)
    return any(
        not any(one.start <= start + found.start() < one.end for one in run.claims)
        for found in _UNREAD.finditer(run.text[start - run.start : end - run.start])
    )


def _rest_of_clause(masked: str, position: int) -> str:
    """The words behind a match up to the next figure, mark or end of the sentence."""
    end = position
    while (
        end < min(len(masked), position + MOST_BEHIND)
        and masked[end] not in _MARKS
        and not is_sign(masked[end])
    ):
        end += 1
    return masked[position:end]


def _names_each(words: str, each: re.Pattern[str]) -> bool:
    """Whether words that a wording asks for lead to each of its figures."""
    ends = [place for place, character in enumerate(words) if is_sign(character)]
    starts = [0, *(end + 1 for end in ends)]
    return all(each.search(words[start:end]) for start, end in zip(starts, ends, strict=False))


def _is_of_else(run: _Run, match: re.Match[str], naming: Naming) -> bool:
    """Whether a rise or fall in a sentence behind its two levels is of a thing that theirs does not name."""
    roles = match.groupdict()
    if not (roles.keys() & PAIR):
        return False
    signs = [sign for role in _MOVES if (sign := roles.get(role)) and is_sign(sign)]
    return any(naming.is_of_else(run.text, run.start, run.claims[number_of_sign(sign)]) for sign in signs)


def _goes_on(masked: str, position: int) -> bool:
    """Whether another figure follows a match at once: "보다 1조1000억원 많은 2조4000억원"."""
    rest = _rest_of_clause(masked, position)
    end = position + len(rest)
    return len(rest) <= MOST_TO_NEXT and end < len(masked) and is_sign(masked[end])


def _stands_alone(match: re.Match[str], wording: Wording, masked: str) -> bool:
    """Whether no other figure of the kinds stands beside those of the match where it could be meant as well.

    In front of it in its first sentence, and behind it too where the match is a list or goes on.
    """
    if wording.each and not _names_each(match[0], wording.each):
        return False
    if wording.crosses and _goes_on(masked, match.end()):
        return False
    first = masked.rfind(END, 0, match.start()) + 1
    if (wording.crosses or wording.alone) and any(map(is_sign, masked[first : match.start()])):
        return False
    last = masked.find(END, match.end())
    behind = masked[match.end() : last if last >= 0 else len(masked)]
    front = masked[first : match.start()]
    return not wording.many or not any(map(is_sign, front + behind))


def _of_one_unit(roles: dict[str, list[Claim]], table: object) -> bool:
    """Whether all amounts are in one unit; counts may be of soldiers and civilians, people together."""
    dimensions = table if isinstance(table, dict) else {}
    amounts = [
        claim
        for role, members in roles.items()
        if dimensions[role]["dimension"] == "amount"
        for claim in members
    ]
    units = {claim.unit for claim in amounts}
    if len(units) > 1 and any(_names_twice(members) for members in roles.values()):
        return False
    money = any(len(unit or "") == len("USD") and (unit or "").isupper() for unit in units)
    return len(units) <= 1 or not money


def _of_one_thing(roles: dict[str, list[Claim]]) -> bool:
    """Whether all figures count the same thing in the same words: "180 K2 tanks" and "116 K2 tanks"."""
    told = {(claim.unit, (claim.about or "").casefold()) for members in roles.values() for claim in members}
    return len(told) == 1


def _names_twice(members: list[Claim]) -> bool:
    """Whether a list names a thing twice beside others: "300 tanks, 200 tanks of them new and 50 jets"."""
    units = [claim.unit for claim in members]
    return len(units) > 1 and len(set(units)) < len(units)


def _years(run: _Run, match: re.Match[str], roles: dict[str, list[Claim]]) -> int | None:
    """Over how many years the figures of a match stand: by a duration among them, their periods or ends."""
    members = [one for claims in roles.values() for one in claims]
    begin = min(one.start for one in members)
    end = max(one.sentence_end for one in members)
    start = min(one.sentence_start for one in members)
    near = [claim for claim in run.claims if start <= claim.start <= end]
    spoken = {int(claim.value) for claim in near if claim.unit == "year" and claim.value and begin >= start}
    found = spoken or {span for claim in near if (span := _span(claim.period or "")) is not None}
    if not found and "old" in roles and "new" in roles:
        ends = [_year(roles[role][0].period or "") for role in ("old", "new")]
        return ends[1] - ends[0] if None not in ends and ends[1] > ends[0] else None  # type: ignore[operator]
    return found.pop() if len(found) == 1 else None


def _is_a_path(run: _Run, roles: dict[str, list[Claim]]) -> bool:
    """Whether a list gives one amount for each of several years in turn, as many as the text speaks of."""
    members = max(roles.values(), key=len)
    years = [_year(one.period or "") for one in members]
    known = [year for year in years if year is not None]
    in_turn = known == list(range(known[0], known[0] + len(years))) if len(known) == len(years) else False
    every = [one for claims in roles.values() for one in claims]
    first, last = min(one.sentence_start for one in every), max(one.sentence_end for one in every)
    near = [claim for claim in run.claims if first <= claim.start <= last]
    spoken = {int(claim.value) for claim in near if claim.unit == "year" and claim.value}
    spans = {span for claim in every if (span := _span(claim.period or "")) is not None}
    return in_turn and spoken | spans <= {len(members)}


def _span(period: str) -> int | None:
    """How many years a period from one year to another counts, both included."""
    first, _, last = period.partition("/")
    begin, end = _year(first), _year(last)
    return end - begin + 1 if begin and end and end > begin else None


def _year(period: str) -> int | None:
    digits = period.removeprefix("FY")[:4]
    return int(digits) if digits.isdigit() and len(digits) == 4 and "/" not in period else None
