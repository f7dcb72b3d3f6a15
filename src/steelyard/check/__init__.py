"""check_ledger(ledger, vocabulary) -> findings and problems: what the figures of documents say about one
another.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from steelyard.check.bind import World
from steelyard.check.borne_out import without_far_apart
from steelyard.check.calendar import check_calendar
from steelyard.check.calendars import across_calendars
from steelyard.check.carried import without_chance
from steelyard.check.compare import Comparison, compare
from steelyard.check.conflicts import (
    Tested,
    is_borne_out,
    loose_bounds,
    smallest_conflicts,
    telling_agreements,
)
from steelyard.check.derive import MOST_DERIVED, STEPS, derivations, order_of_interest, unit_of
from steelyard.check.elsewhere import Printed
from steelyard.check.equations import Rules, equations_of, known_words
from steelyard.check.explain import Explainer
from steelyard.check.figures import Figure, Kinds, as_base, figures_of
from steelyard.check.findings import Finding, Findings, order_of
from steelyard.check.left_open import left_open
from steelyard.check.nameless import among_nameless
from steelyard.check.one_rate import one_rate_findings
from steelyard.check.originals import originals_of
from steelyard.check.pledges import check_pledges
from steelyard.check.propagate import Trial
from steelyard.check.roles import check_roles
from steelyard.check.slips import Slips, slips_of_writers
from steelyard.check.stated import beside, stated_tests
from steelyard.check.told_apart import told_apart_findings, without_told_apart
from steelyard.check.unsaid import between_stages, with_unsaid
from steelyard.check.weekdays import check_weekdays
from steelyard.core.claim import Ledger
from steelyard.core.expression import Term
from steelyard.core.identity import Relation, load_identities
from steelyard.core.problems import Problem, sort_problems
from steelyard.core.vocabulary import Vocabulary, packaged_vocabulary


def check_ledger(ledger: Ledger, vocabulary: Vocabulary | None = None) -> tuple[Findings, list[Problem]]:
    """All findings on a ledger, contradictions first, and what could not be checked.

    The result does not depend on anything but the claims, their order and the vocabulary; where none is given
    the packaged one is used.
    """
    if vocabulary is None:
        vocabulary = packaged_vocabulary()
    identities, problems = load_identities(vocabulary)
    kinds = Kinds.of(vocabulary)
    said, faults = figures_of(ledger, kinds, vocabulary)
    figures = with_unsaid(between_stages(said, kinds))
    originals = originals_of(figures, vocabulary)
    explainer = Explainer(vocabulary, originals, kinds.same_figure, kinds.near, Printed.of(figures))
    comparisons, refusals = compare(figures)
    setting: dict[object, list[Figure]] = {}
    for figure in figures:
        if figure.sets_question:
            setting.setdefault(_thing(figure), []).append(figure)
    told = [_tell(one, setting.get(_thing(one.figures[0]), ()), explainer) for one in _once(comparisons)]
    apart = [*across_calendars(figures, vocabulary), *among_nameless(ledger, kinds, vocabulary)]
    apart += left_open(figures, kinds.likely, vocabulary, ledger)
    told += [_tell(one, (), explainer) for one in apart]
    equations = equations_of(figures, comparisons, Rules(identities, kinds, vocabulary), explainer)
    tested = without_chance(equations.tested, ledger, vocabulary)
    slips = slips_of_writers(ledger, vocabulary)
    told += _judge(tested, comparisons, explainer, slips)
    told += one_rate_findings(ledger, vocabulary)
    told += _judge(beside(told, stated_tests(ledger, vocabulary), vocabulary), (), explainer, slips)
    apart_in_words = list(told_apart_findings(ledger, kinds.same_figure, vocabulary))
    told = [*without_told_apart(told, apart_in_words), *apart_in_words]
    told = list(without_far_apart(told, vocabulary))
    told += check_calendar(ledger, vocabulary)
    told += check_weekdays(ledger, vocabulary)
    told += check_pledges(figures, vocabulary)
    told += check_roles(ledger, vocabulary)
    told += _derive(figures, equations.worlds, explainer)
    return _each_once(told, figures), sort_problems([*problems, *faults, *refusals, *equations.problems])


def _each_once(findings: Iterable[Finding], figures: Sequence[Figure]) -> Findings:
    """The findings in the order of a report; what rests on copies of the same words is told once."""
    words = {figure.claim.id: figure.word for figure in figures}
    first: dict[tuple[object, ...], Finding] = {}
    for finding in sorted(findings, key=order_of):
        rests_on = frozenset(words.get(claim.id, (claim.id,)) for claim in (*finding.claims, *finding.given))
        first.setdefault((finding.verdict, finding.identity, finding.explanation, rests_on), finding)
    return Findings(first.values())


def _once(comparisons: Iterable[Comparison]) -> list[Comparison]:
    """Each disagreement between two values of one number once, whoever repeats them."""
    first: dict[tuple[object, ...], Comparison] = {}
    for one in comparisons:
        sides = frozenset(figure.interval for figure in one.figures)
        key = (one.figures[0].frame, one.figures[0].term, sides, one.agree, one.apart, one.said)
        first.setdefault(key, one)
    return list(first.values())


def _tell(comparison: Comparison, setting: Sequence[Figure], explainer: Explainer) -> Finding:
    """The finding of a comparison; `setting` are the targets and floors whose answer it may turn."""
    if comparison.agree:
        return explainer.repeated(comparison)
    return explainer.disagreement(comparison, setting)


def _thing(figure: Figure) -> tuple[object, ...]:
    return figure.frame, figure.term.measure, figure.term.item


def _judge(
    tested: Sequence[Tested], comparisons: Iterable[Comparison], explainer: Explainer, slips: Slips | None
) -> list[Finding]:
    """Contradictions, reconciliations, agreements and lacks of headroom among trials."""
    known = known_words(comparisons)
    tested = _without_what_no_slip_explains(tested, slips)
    found = []
    for conflict, readings in smallest_conflicts(tested, explainer.readings, known):
        if open_key := _silent(conflict):
            found.append(explainer.equation_reconciled(conflict, *open_key))
        else:
            found.append(explainer.contradiction(conflict, readings))
    found += [explainer.agreement(one, is_borne_out(one)) for one in telling_agreements(tested)]
    found += [explainer.no_headroom(one) for one in loose_bounds(tested)]
    return found


def _without_what_no_slip_explains(tested: Iterable[Tested], slips: Slips | None) -> list[Tested]:
    """The trials but those that would be told as a contradiction though no writer errs like that."""
    return [kept for one in tested if (kept := _explained(one, slips))]


def _explained(one: Tested, slips: Slips | None) -> Tested | None:
    """The trials, with first the one that an error explains: the same figures in other parts, if need be."""
    if not one.fails or slips is None or slips.explain(one.trial) or _silent(one) is not None:
        return one
    alike = [trial for trial in one.trials[1:] if set(trial.orders) == set(one.trial.orders)]
    meant = next((trial for trial in alike if slips.explain(trial)), None)
    if meant is None:
        return None
    return replace(one, trials=(meant, *(trial for trial in one.trials if trial is not meant)))


def _silent(conflict: Tested) -> tuple[Figure, str] | None:
    """A figure whose stage nobody says, or whose own words leave its definition or edition open, while others
    have one.

    It may be of another; with it the key that is open.
    """
    claimed = [figure for _, figure in conflict.trial.claimed]
    if any(figure.stage for figure in claimed):
        for figure in claimed:
            if figure.has_stage and (figure.stage is None or _is_other_whole(figure, conflict)):
                return figure, "status"
    bounded = [figure for figure in claimed if figure.has_perimeter]
    if any(figure.claim.definition for figure in bounded):
        for figure in bounded:
            if figure.claim.definition is None:
                return figure, "definition"
    if any(figure.claim.edition for figure in claimed):
        return next(((figure, "edition") for figure in claimed if figure.claim.edition is None), None)
    return None


def _is_other_whole(figure: Figure, conflict: Tested) -> bool:
    """Whether a whole has its stage only from the part that is above it, in another sentence: a part of what
    was asked for may well be above the whole of what was granted.
    """
    if not conflict.trial.relation.is_bound or figure.term.item or "status" not in figure.assumed:
        return False
    spots = {(one.claim.document, one.claim.sentence_start) for _, one in conflict.trial.claimed}
    return 1 < len(spots) == len(conflict.trial.claimed)


def _derive(
    figures: Sequence[Figure], worlds: Iterable[tuple[World, Sequence[Relation]]], explainer: Explainer
) -> list[Finding]:
    """The nearest numbers that follow from what is printed, and no more than a few."""
    stated: dict[tuple[str | None, ...], set[Term]] = {}
    for figure in figures:
        stated.setdefault(figure.frame, set()).update((figure.term, as_base(figure.term)))
    found: list[tuple[World, tuple[Term, Trial]]] = []
    # What takes two identities is of interest only where too little follows by one.
    for steps in range(1, STEPS + 1):
        if len(found) < MOST_DERIVED:
            found = [
                (world, pair)
                for world, relations in worlds
                for pair in derivations(world, relations, frozenset(stated[world.frame]), steps)
            ]
    found.sort(key=lambda one: order_of_interest(one[1]))
    told = []
    for world, (term, trial) in found[:MOST_DERIVED]:
        if unit := unit_of(term, world, explainer.vocabulary):
            told.append(explainer.derived(trial, term, unit.id, unit.factor, trial.relation.identities[0]))
    return told
