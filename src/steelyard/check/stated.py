"""Sums that texts state themselves ("it consists of", "the remaining", "on average a year"), as trials.

The reader says which figures the words join, and by which reckoning; no measure, actor or year has to be
known for that, for the words leave no doubt that these figures are meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from steelyard.check.across import links_by_keys
from steelyard.check.bind import World
from steelyard.check.borne_out import is_borne_out_by_others
from steelyard.check.conflicts import Tested
from steelyard.check.figures import PLAIN, Figure, stated_figure
from steelyard.check.findings import Finding
from steelyard.check.fitting import PART, WHOLE, as_multiple, can_follow
from steelyard.check.otherwise import (
    drowns,
    fits_otherwise,
    is_of_the_change,
    is_slip_of_digits,
    is_slip_of_scale,
    is_too_far,
    stand_together,
    stands_on_its_head,
)
from steelyard.check.perhaps import explained_by_slips, explained_otherwise
from steelyard.check.propagate import Trial
from steelyard.check.text_figures import figures_by_document
from steelyard.core.claim import OR, PERHAPS, Claim, Ledger
from steelyard.core.expression import PARTS, Equation, Term, parse_equation
from steelyard.core.identity import Identity
from steelyard.core.interval import Interval
from steelyard.core.problems import Place
from steelyard.core.vocabulary import Entry, Vocabulary

_DECIMALS = re.compile(r"\d\.(\d+)")  # of a multiple in digits: "2.1 times"
# Dimensions of measures that are so many of something.
_COUNTED = {"money", "person", "count"}
_YEARS = re.compile(r"\byears\b")
# Which of two levels is the older may be open; a sum that is open in more ways holds by chance.
MOST_WAYS = 2
_PERCENT = ("percent", "points")
_DIGIT = re.compile(r"\d")
_HUNDREDTH = Decimal("0.01")
# How far a fraction in words ("a third") may be off as a part of itself where percentages stand beside it.
_IN_WORDS = Decimal("0.02")
# A number in round figures is off by no more than this part of itself.
MOST_ROUNDED = Decimal("0.005")


def stated_tests(ledger: Ledger, vocabulary: Vocabulary) -> list[Tested]:
    """A trial for each sum that a text of the ledger states, or that keys of claims make, in its order."""
    by_keys: dict[int, list[str]] = {}
    for claim, link in links_by_keys(ledger, vocabulary):
        by_keys.setdefault(id(claim), []).append(link)
    if not by_keys and not any(claim.follows or claim.part_of for claim in ledger):
        return []
    as_part = {
        aggregation: entry
        for entry in vocabulary.entries("reckonings").values()
        for aggregation in entry.texts("aggregations")
    }
    known = _Known(ledger, vocabulary)
    found: dict[tuple[object, ...], Tested] = {}
    for claim in ledger:
        part = _as_part(claim, known, as_part.get(claim.aggregation or ""))
        told = (*(claim.follows or ()), *part)
        for link in (*told, *by_keys.get(id(claim), ())):
            if tested := _tested(claim, link, known, by_words=link in told):
                found.setdefault((tested.trial.relation.uses, tested.trial.words), tested)
    return list(found.values())


def _told_once(tests: Iterable[Tested]) -> list[Tested]:
    """The tests without those of reckonings that join the same figures of a text again and fail as well."""
    kept: dict[object, Tested] = {}
    for one in tests:
        kept.setdefault(one.trial.orders if one.fails else id(one), one)
    return list(kept.values())


class _Known:
    """A ledger with the places of its claims, and the claims of each document."""

    def __init__(self, ledger: Ledger, vocabulary: Vocabulary) -> None:
        self.ledger, self.vocabulary = ledger, vocabulary
        self.texts = figures_by_document(ledger, vocabulary)
        self.orders = {(claim.document, claim.id): order for order, claim in enumerate(ledger)}


def _as_part(claim: Claim, known: _Known, entry: Entry | None) -> Iterator[str]:
    """The link of a part to the whole of which its text says that it is, if they are of one kind and year and
    no figure stands between them.
    """
    order = known.orders.get((claim.document, claim.part_of or ""))
    if entry is None or order is None:
        return
    whole = known.ledger[order]
    alike = (claim.unit, claim.statistic) == (whole.unit, whole.statistic)
    follows = known.orders.get((claim.document, claim.id)) == order + 1
    if alike and follows and claim.statistic == "level" and claim.period == whole.period:
        yield f"{entry.id} {WHOLE}={whole.id} {PART}={claim.id}"


def beside(findings: Sequence[Finding], tests: Sequence[Tested], vocabulary: Vocabulary) -> list[Tested]:
    """The tests that tell something new beside findings.

    Left out are those of claims that an identity has already joined, and echoes of a contradiction: those
    that hold the claim which its first reading would change. What holds in one of many ways that are left
    open bears nothing out either.
    """
    open_ones = {name for name in vocabulary.entries("reckonings") if _is_open(name, vocabulary)}
    clashing = [one for one in findings if one.verdict in ("contradicted", "reconciled")]
    guilty = {one.readings[0].claim for one in clashing if one.readings and one.verdict == "contradicted"}
    told, told_apart = (
        {frozenset(claim.id for claim in one.claims) for one in known} for known in (findings, clashing)
    )
    kept = []
    for one in tests:
        claims = {figure.claim.id for _, figure in one.trial.claimed}
        joined = frozenset(claims) in (told_apart if one.fails else told)
        loose = not one.fails and (
            len(one.trials) > MOST_WAYS or one.trial.relation.identities[0] in open_ones
        )
        if not joined and not loose and not (one.fails and claims & guilty):
            kept.append(one)
    return _told_once(kept)


def _tested(claim: Claim, link: str, known: _Known, *, by_words: bool) -> Tested | None:
    """The trials of one link, one for each way that the text leaves open; None where it names a reckoning or
    figure that is not there, and where other figures of the text fit what those of the link do not.

    What `by_words` joins loosely may miss by no more than a writer's slip; keys leave no such doubt.
    """
    if link.startswith(PERHAPS):
        return _perhaps(claim, link.removeprefix(PERHAPS), known)
    ways = link.split(OR)
    found = [trial for way in ways if (trial := _way(claim, way, known))]
    if not found or (len(found) < len(ways) and not _may_lack_some(claim, ways, found, known)):
        return None
    found = [way for way in found if way.holds or not drowns(way) or is_slip_of_scale(way)]
    found.sort(key=lambda trial: not trial.holds)
    fails = bool(found) and not found[0].holds
    if not found or (fails and not _are_meant(found, claim, known, by_words=by_words)):
        return None
    return _told_of(claim, found)


def _told_of(claim: Claim, trials: Sequence[Trial]) -> Tested:
    """The trials of a link of a claim, as the engine takes them."""
    relations = {use: trial.relation for trial in trials for use in trial.relation.uses}
    return Tested(World((claim.actor, None, None), "", None, None, ()), tuple(trials), relations)


def _perhaps(claim: Claim, link: str, known: _Known) -> Tested | None:
    """The trials of a link that leaves open whether any of its ways is meant.

    None of them is where one holds, or where no slip of a writer could explain why none does.
    """
    found = [
        way for way in (_way(claim, way, known, loosely=True) for way in link.split(OR)) if way is not None
    ]
    if not found or any(trial.holds for trial in found) or any(_fits_others(found, claim, known)):
        return None
    if explained_otherwise(found, claim, known.texts[claim.document].claims, known.vocabulary):
        return None
    found = explained_by_slips(found)
    return _told_of(claim, found) if found else None


def _are_meant(trials: Sequence[Trial], claim: Claim, known: _Known, *, by_words: bool) -> bool:
    """Whether figures that do not hold together in any of the ways of a link are those that its words mean.

    They are where they would fit in another word of scale, and no part is then more than its whole. Where it
    is open which figures are meant, only a slip that a writer makes tells that these are.
    """
    slips = by_words and any(map(is_slip_of_scale, trials))
    if slips and all(stand_together(one) and _has_a_whole(one) for one in trials):
        return True
    fitting = _fits_others(trials, claim, known)
    if _is_open(trials[0].relation.identities[0], known.vocabulary):
        bound = trials[0].relation.is_bound
        return not any(fitting) and (bound or slips or any(map(is_slip_of_digits, trials)))
    if all(fitting):
        return False
    if slips:
        return True
    if any(is_of_the_change(trial) for trial in trials):
        return False
    turned = any(stands_on_its_head(trial, _entry_of(trial, known.vocabulary)) for trial in trials)
    if turned and not any(map(is_slip_of_digits, trials)):
        return False
    # Ways by another reckoning only tell what else may be meant.
    first = [one for one in trials if one.relation.identities == trials[0].relation.identities]
    return not _misses_wildly(first, known)


def _has_a_whole(trial: Trial) -> bool:
    """Whether a sum is of a whole and its parts."""
    return any(term.measure == WHOLE for term in trial.figures)


def _is_open(link: str, vocabulary: Vocabulary) -> bool:
    """Whether a link only tells which near figures may be meant: those that cannot be are left out."""
    entry = vocabulary.entry("reckonings", link.partition(" ")[0])
    return entry is not None and bool(entry.tables("near")) and not entry.tables("frames")


def _entry_of(trial: Trial, vocabulary: Vocabulary) -> Entry:
    """The reckoning that a trial is of."""
    return vocabulary.entries("reckonings")[trial.relation.identities[0]]


def _misses_wildly(trials: Sequence[Trial], known: _Known) -> bool:
    """Whether a sum that words join loosely misses by more than writers do in each of its ways."""
    for trial in trials:
        farthest = _entry_of(trial, known.vocabulary).number("farthest", "0")
        if not farthest or not is_too_far(trial, farthest):
            return False
    return True


def _fits_others(trials: Sequence[Trial], claim: Claim, known: _Known) -> list[bool]:
    """For each of the ways in which the link may be meant, whether other figures of the text fit it."""
    text, found = known.texts[claim.document], list[bool]()
    if any(is_borne_out_by_others(trial, text, by_words=True) for trial in trials):
        return [True] * len(trials)
    for trial in trials:
        told = next((term for term, one in trial.figures.items() if one.claim is claim), None)
        found.append(fits_otherwise(trial, told, text, known.vocabulary))
    return found


def _may_lack_some(claim: Claim, ways: Sequence[str], found: Sequence[Trial], known: _Known) -> bool:
    """Whether the ways of a link that cannot be meant leave no doubt of the others."""
    if _is_open(ways[0], known.vocabulary):
        return True
    return _has_first(found, ways[0]) and not _is_doubted(claim, ways, known)


def _has_first(trials: Sequence[Trial], link: str) -> bool:
    """Whether some of the ways that can be meant are of the reckoning that a link names first."""
    return any(trial.relation.identities[0] == link.partition(" ")[0] for trial in trials)


def _is_doubted(claim: Claim, ways: Sequence[str], known: _Known) -> bool:
    """Whether a way whose figures cannot go together by their keys would hold all the same."""
    trials = (_way(claim, way, known, by_keys=False) for way in ways)
    return any(trial is None or trial.holds for trial in trials)


def _way(
    claim: Claim, way: str, known: _Known, *, by_keys: bool = True, loosely: bool = False
) -> Trial | None:
    """The trial of one way to fill the roles of a reckoning; None where its figures cannot go together.

    They may `loosely` whatever years they name, and without `by_keys` whatever actor and statistic too.
    """
    identifier, *said = way.split() or [""]
    entry = known.vocabulary.entry("reckonings", identifier)
    pairs = [(role, value) for role, mark, value in (one.partition("=") for one in said) if mark]
    years = next((value for role, value in pairs if role == "years"), "1")
    if entry is None or len(pairs) < len(said) or not re.fullmatch(r"\d{1,3}", years):
        return None
    equation = reckoning_of(entry, years)
    if equation is None:
        return None
    figures: dict[Term, Figure] = {}
    members: dict[str, list[Claim]] = {}
    for number, (name, value) in enumerate(pair for pair in pairs if pair[0] != "years"):
        role = name.removeprefix("-")
        order = known.orders.get((claim.document, value))
        if order is None or not any(term.measure == role for term in equation.terms):
            return None
        term = _term(role, equation, number)
        figure = _figure(known.ledger[order], order, name, entry, known.vocabulary)
        if figure is None or term in figures:
            return None
        figures[term] = figure
        members.setdefault(role, []).append(figure.claim)
    kept = can_follow(entry, members, int(years), loosely=loosely)
    if by_keys and not (kept and _of_one_kind(members, known.vocabulary)):
        return None
    parts = [term.item for term in figures if term.item]
    relation = Identity(entry.id, entry, equation).relation(parts=parts)
    reckoned = next((term for term in figures if term.measure == entry.text("result")), relation.defines)
    relation = replace(relation, defines=reckoned)
    if set(relation.terms) != set(figures):
        return None
    return Trial(relation, figures)


def _of_one_kind(members: Mapping[str, Sequence[Claim]], vocabulary: Vocabulary) -> bool:
    """Whether no percentage is of a measure that is counted otherwise than the amounts.

    A pay raise for troops is no growth of a sum of money.
    """
    claims = [claim for group in members.values() for claim in group]
    units = [vocabulary.units.unit(claim.unit or "") for claim in claims]
    amounts = {unit.dimension for unit in units if unit and unit.dimension not in PLAIN}
    measures = [
        vocabulary.entry("measures", claim.measure)
        for claim, unit in zip(claims, units, strict=True)
        if unit and unit.dimension in PLAIN
    ]
    counted = {measure.text("dimension") for measure in measures if measure} & _COUNTED
    return not amounts or counted <= amounts


def _term(role: str, equation: Equation, number: int) -> Term:
    """The term of a role; one of a list has its place in it as item."""
    many = any(term.measure == role and term.item == PARTS for term in equation.terms)
    return Term(role, item=f"part {number}" if many else "")


def reckoning_of(entry: Entry, years: str = "1") -> Equation | None:
    """The equation of a reckoning over so many years; None where it cannot be read."""
    return _equation(_YEARS.sub(years, entry.text("equation")), tuple(entry.table("roles")))


@lru_cache(maxsize=256)
def _equation(text: str, roles: Sequence[str]) -> Equation | None:
    # Every role is a plain number here: what may be added to what is settled by the units of the figures.
    equation, _ = parse_equation(text, dict.fromkeys(roles, "growth"), lambda *_: Place("reckonings.toml"))
    return equation


def _figure(claim: Claim, order: int, name: str, entry: Entry, vocabulary: Vocabulary) -> Figure | None:
    """The claim in its role: with its sign, as exact where it only sets the question, and loose in words."""
    role = entry.table("roles").get(name.removeprefix("-"))
    if not isinstance(role, dict):
        return None
    given = role.get("given") is True
    term = Term(str(role["label"]), "target" if given else "level")
    figure = stated_figure(claim, order, term, vocabulary)
    if figure is None:
        return None
    interval = figure.interval
    if role.get("dimension") in _PERCENT and figure.dimension not in PLAIN:
        figure = _as_percentage(claim, figure)
        interval = figure.interval
    if (given or role.get("exact") is True) and figure.value is not None:
        interval = Interval.exactly(figure.value)
    elif interval.is_bounded and role.get("loose") and (digits := _DECIMALS.search(claim.quote)):
        half = Decimal(5).scaleb(-len(digits[1]) - 1)
        interval = (
            Interval(interval.low - half, interval.high + half) if interval.low == interval.high else interval
        )
    elif loose := role.get("loose_fraction" if _is_fraction(claim) else "loose"):
        interval = as_multiple(claim, _loosened(claim, interval, Decimal(str(loose))))
        figure = replace(figure, last_digit=Decimal(0))
    if role.get("round") is True:
        interval = _rounded(claim, interval)
    falls = name.startswith("-") or (role.get("signed") is True and claim.direction == "down")
    return replace(figure, interval=-interval if falls else interval)


def _as_percentage(claim: Claim, figure: Figure) -> Figure:
    """A fraction in words as the share that it is, about; a bare number beside percentages as one of them."""
    if claim.unit is None and not _DIGIT.search(claim.quote) and (claim.value or 0) < 1:
        return replace(figure, interval=_loosened(claim, figure.interval, _IN_WORDS), dimension=PLAIN[0])
    last = figure.last_digit / 100
    return replace(figure, interval=figure.interval.scaled(_HUNDREDTH), last_digit=last, dimension=PLAIN[0])


def _rounded(claim: Claim, interval: Interval) -> Interval:
    """What a number leaves open that was rounded to its last digit but zeros, up to a small part of it.

    Who reckons in myriads prints all places: an average of "1,560억" may be 155.7 or 156.3 billion.
    """
    if claim.value is None or not interval.is_bounded or not claim.value:
        return interval
    digits = claim.value.normalize().as_tuple()
    half = Decimal(5).scaleb(int(digits.exponent) - 1)
    half = min(half, abs(claim.value) * MOST_ROUNDED)
    middle = interval.middle
    return Interval(min(interval.low, middle - half), max(interval.high, middle + half))


def _is_fraction(claim: Claim) -> bool:
    """Whether a growth in words is by a part: "by a third", "halved"."""
    return claim.statistic == "growth" and claim.value is not None and claim.value < 1


def _loosened(claim: Claim, interval: Interval, part: Decimal) -> Interval:
    """A number in words as loose as it is meant: "a third" is no 33.3 %, and "doubled" no 2.00.

    A bound ("more than doubled") is one still.
    """
    if not interval.is_bounded or claim.hedge in ("more_than", "less_than", "at_least", "at_most"):
        return interval
    return Interval(interval.low * (1 - part), interval.high * (1 + part))
