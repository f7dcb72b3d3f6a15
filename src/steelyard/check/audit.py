"""audit(draft, against, vocabulary) -> what the sources make of each figure and role of one's own text.

A figure is supported where a source's meets it and differs in nothing that both say; contradicted where it is
certain that both are of one number and they do not meet, or where an identity leaves it no room; derivable
where it follows from what sources say; and else without source. What is merely different, of another year,
stage or definition, contradicts nothing: the nearest source is named with what it differs in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from steelyard.check.accounts import Account, accounts_of, by_subject, numbers_of, subject_of, without_echoes
from steelyard.check.audit_words import AuditWords, source
from steelyard.check.audited import Audited
from steelyard.check.compare import Comparison, compare
from steelyard.check.conversions import at_a_rate, rates_in, repeated
from steelyard.check.explain import Explainer
from steelyard.check.figures import Figure, Kinds, exclude_each_other
from steelyard.check.originals import originals_of
from steelyard.check.readings import bounds_json
from steelyard.check.reckoned import Reckoned, Reckoner
from steelyard.check.role_accounts import role_verdict
from steelyard.check.same_words import by_unit, in_the_same_words
from steelyard.check.years import year_before
from steelyard.core.claim import Claim, Ledger
from steelyard.core.identity import load_identities
from steelyard.core.problems import Problem, sort_problems
from steelyard.core.vocabulary import Vocabulary

# More would not help whoever looks them up.
MOST_NAMED = 5
MOST_YEARS = 6


def audit(draft: Ledger, against: Ledger, vocabulary: Vocabulary) -> tuple[list[Audited], list[Problem]]:
    """What the claims of `against` make of each figure and role of `draft`, in the order of the draft."""
    identities, problems = load_identities(vocabulary)
    kinds = Kinds.of(vocabulary)
    plain, passed, faults = numbers_of(against, kinds, vocabulary)
    plain, passed = without_echoes(plain), without_echoes(passed)
    own = _apart(draft, against)
    stated, other, own_faults = numbers_of(own, kinds, vocabulary)
    stated, other = (_after(figures, len(against)) for figures in (stated, other))
    explainer = Explainer(vocabulary, originals_of(stated, vocabulary), kinds.same_figure, kinds.near)
    auditor = _Auditor(
        draft,
        against,
        (_Side(tuple(stated), tuple(other)), _Side(tuple(plain), tuple(passed))),
        Reckoner(plain, identities, kinds, vocabulary),
        explainer,
    )
    found = [auditor.of(order) for order, claim in enumerate(draft) if _is_audited(claim)]
    return found, sort_problems(dict.fromkeys([*problems, *faults, *own_faults]))


def _is_audited(claim: Claim) -> bool:
    return claim.is_number or claim.kind == "role"


def _apart(draft: Ledger, against: Ledger) -> Ledger:
    """The draft with other names for documents that a source is called as well."""
    names = {claim.document for claim in against}
    return Ledger(
        claim.changed(document=f"{claim.document} (draft)") if claim.document in names else claim
        for claim in draft
    )


def _after(figures: Iterable[Figure], count: int) -> list[Figure]:
    """Figures with the orders that they have behind `count` others."""
    return [replace(figure, order=figure.order + count) for figure in figures]


@dataclass(frozen=True)
class _Side:
    """The figures of one side: those that state a number, and those that only repeat, deny or suppose one."""

    stated: tuple[Figure, ...]
    other: tuple[Figure, ...]

    @property
    def every(self) -> tuple[Figure, ...]:
        """All of them in the order of the ledger."""
        return tuple(sorted((*self.stated, *self.other), key=lambda figure: figure.order))


class _Auditor:
    """Finds the verdict on each claim of one draft."""

    def __init__(
        self,
        draft: Ledger,
        against: Ledger,
        sides: tuple[_Side, _Side],
        reckoner: Reckoner,
        explainer: Explainer,
    ) -> None:
        own, theirs = sides
        self.draft = draft
        self.roles = [claim for claim in against if claim.kind == "role"]
        self.by_unit = by_unit(against)
        self.figures = {figure.order - len(against): figure for figure in own.every}
        self.by_sentence: dict[object, list[Figure]] = {}
        for figure in own.stated:
            self.by_sentence.setdefault(_number_in_sentence(figure), []).append(figure)
        self.certain = {figure.order for figure in own.stated}
        self.sources = theirs.stated
        self.by_subject = by_subject(theirs.every)
        self.rates = rates_in(against)
        self.reckoner, self.explainer = reckoner, explainer
        self.vocabulary = explainer.vocabulary
        self.words = AuditWords(explainer.vocabulary)
        self.orders = {(claim.document, claim.id): order for order, claim in enumerate(draft)}

    def of(self, order: int) -> Audited:
        """The verdict on the claim of that order in the draft."""
        claim, figure = self.draft[order], self.figures.get(order)
        if claim.kind == "role":
            found = role_verdict(claim, self.roles, self.vocabulary)
            return Audited(claim, found.verdict, found.by[:MOST_NAMED], found.explanation)
        if figure is None:
            return self._by_words(claim, None, [])
        accounts = accounts_of(figure, self.by_subject.get(subject_of(figure), ()))
        if supporting := [one for one in accounts if one.supports]:
            return self._supported(claim, supporting, accounts)
        verdict = None
        if figure.order in self.certain:
            verdict = self._contradicted(claim, figure, accounts) or self._reckoned(claim, figure, accounts)
        elif claim.conversion_of:
            verdict = self._conversion(claim)
        return (
            verdict
            or at_a_rate(claim, figure, self.by_subject, self.rates)
            or self._by_words(claim, figure, accounts)
        )

    def _supported(self, claim: Claim, supporting: Sequence[Account], accounts: Sequence[Account]) -> Audited:
        others = [
            one for one in accounts if one.fit == "misses" and not (one.differing or one.taken or one.silent)
        ]
        by = tuple(one.figure.claim for one in supporting[:MOST_NAMED])
        text = self.words.supported(supporting, others)
        return Audited(claim, "supported", by, text, taken=dict(supporting[0].taken))

    def _contradicted(self, claim: Claim, figure: Figure, accounts: Sequence[Account]) -> Audited | None:
        """By a source's account that is certainly of the same number."""
        if self._has_sibling(figure):
            return None
        missed = [one.figure for one in accounts if one.fit == "misses" and not one.differing]
        documents: dict[str, list[Figure]] = {}
        for one in missed:
            documents.setdefault(one.claim.document, []).append(one)
        found: list[Comparison] = []
        for members in documents.values():
            # A source that gives several numbers leaves open which of them is meant.
            if not exclude_each_other(members):
                found += [each for one in members for each in compare([one, figure])[0]]
        clashes = [one for one in found if not one.agree and one.apart is None]
        if not clashes:
            return None
        marks = [one for one in self.sources if one.sets_question and _same_thing(one, figure)]
        finding = self.explainer.disagreement(clashes[0], marks)
        by = dict.fromkeys(one for clash in clashes for one in clash.figures if one is not figure)
        told = Audited.contradicted(claim, tuple(one.claim for one in by)[:MOST_NAMED], finding)
        unit = figure.claim.unit
        expected = bounds_json(figure.printed(clashes[0].figures[0].interval), unit)
        return replace(told, expected=expected, found=bounds_json(figure.printed(figure.interval), unit))

    def _has_sibling(self, figure: Figure) -> bool:
        """Whether the draft gives another number for the same in one sentence: then it means two things."""
        return exclude_each_other(self.by_sentence[_number_in_sentence(figure)])

    def _reckoned(self, claim: Claim, figure: Figure, accounts: Sequence[Account]) -> Audited | None:
        """By identities: it follows from what sources say, or they leave it no room."""
        for one in self._in_years(figure):
            ways = self.reckoner.ways(one)
            telling = [way for way in ways if not way.fails and way.is_telling]
            failing = [way for way in ways if way.fails and not way.is_open and _agrees(way, telling)]
            if failing and one.is_sure and not one.sets_question:
                return self._no_room(claim, failing[0])
            if telling:
                derived = self._derived(claim, one, telling[0])
                others = [each for each in accounts if each.fit == "misses" and not each.differing]
                more = self.words.otherwise(others)
                return replace(derived, explanation=derived.explanation + more)
        return None

    def _in_years(self, figure: Figure) -> Iterator[Figure]:
        """The figure; where its document names no year either, in each of the latest of the sources."""
        yield figure
        if figure.period or "period" in figure.assumed or figure.is_timeless:
            return
        years = {one.period for one in self.sources if one.frame == figure.frame and one.period[:1].isdigit()}
        for year in sorted(years, reverse=True)[:MOST_YEARS]:
            operator = figure.term.operator.removesuffix(f" since {year_before(year)}")
            term = figure.term.at(period=year, operator=operator)
            yield replace(figure, term=term, assumed=(*figure.assumed, "period"))

    def _no_room(self, claim: Claim, way: Reckoned) -> Audited:
        finding = self.explainer.contradiction(way.tested, self.explainer.readings(way.tested))
        trial, figure = way.tested.trial, way.tested.trial.figures[way.term]
        told = Audited.contradicted(claim, _sources_of(way), finding)
        left = trial.implied(way.term)
        if left.low > left.high:
            return told
        unit = figure.claim.unit
        return replace(
            told,
            expected=bounds_json(figure.printed(left.interval()), unit),
            found=bounds_json(figure.printed(figure.interval), unit),
        )

    def _derived(self, claim: Claim, figure: Figure, way: Reckoned) -> Audited:
        """It follows: from which figures, by what, and what these leave for it."""
        rest, identity = way.rest, way.tested.identity
        unit = figure.claim.unit or ""
        finding = self.explainer.derived(rest, way.term, unit, figure.factor, identity)
        text = f"No source prints it, but it follows. {finding.explanation}"
        found = bounds_json(figure.printed(figure.interval), unit)
        taken = {"period": figure.term.period} if "period" in figure.assumed else {}
        text += f" The draft names no year here; {figure.term.period} is taken." if taken else ""
        by = _sources_of(way)
        return Audited(
            claim, "derivable", by, text, identity, expected=finding.expected, found=found, taken=taken
        )

    def _conversion(self, claim: Claim) -> Audited | None:
        """An amount that repeats another of the draft in another currency."""
        order = self.orders.get((claim.document, claim.conversion_of or ""))
        if order is None or self.draft[order].conversion_of:
            return None
        return repeated(claim, self.of(order), self.rates, self.vocabulary)

    def _by_words(self, claim: Claim, figure: Figure | None, accounts: Sequence[Account]) -> Audited:
        """By an equal figure in the same words; else it is without source, and the nearest one is named."""
        if claim.low is not None and claim.high is not None and claim.low > claim.high:
            return Audited(claim, "unsupported", (), "Its low end is above its high end.")
        equal, other = ([], []) if accounts else in_the_same_words(claim, self.by_unit.get(claim.unit, ()))
        if equal:
            text = f"It rests on {source(equal[0])}, in the same words."
            return Audited(claim, "supported", tuple(equal[:MOST_NAMED]), text)
        if figure:
            return Audited(claim, "unsupported", (), self.words.nearest(figure, next(iter(accounts), None)))
        if other:
            return Audited(
                claim, "unsupported", (), f"No source gives it; in the same words stands {source(other[0])}."
            )
        return Audited(claim, "unsupported", (), "No source gives this number in the same words.")


def _number_in_sentence(figure: Figure) -> tuple[object, ...]:
    """The same for figures that one sentence gives of one number."""
    claim = figure.claim
    return claim.document, claim.sentence_start, figure.frame, figure.term, figure.currency


def _same_thing(one: Figure, other: Figure) -> bool:
    return (one.frame, one.term.measure, one.term.item) == (other.frame, other.term.measure, other.term.item)


def _agrees(failing: Reckoned, telling: Sequence[Reckoned]) -> bool:
    """Whether what leaves no room is at one with the ways that leave some: else the sources disagree."""
    left = failing.tested.trial.implied(failing.term)
    others = (way.trial.implied(way.term) for way in telling)
    return all(left.low <= other.high and other.low <= left.high for other in others)


def _sources_of(way: Reckoned) -> tuple[Claim, ...]:
    """The source's claims in a way of reckoning, those that set the question last."""
    pairs = [*way.rest.claimed, *way.rest.given]
    return tuple(figure.claim for _, figure in pairs)
