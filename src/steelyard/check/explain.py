"""From trials and comparisons to findings: the numbers, the severity and the sentences of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from steelyard.check.compare import Comparison
from steelyard.check.conflicts import Tested
from steelyard.check.elsewhere import Printed
from steelyard.check.figures import YEAR, Figure
from steelyard.check.findings import Finding, Severity, make_finding, severity_of, turns_answer
from steelyard.check.formulas import sum_of
from steelyard.check.originals import Original
from steelyard.check.propagate import Trial, pair_trial
from steelyard.check.readings import NOTHING, Reading, bounds_json, readings_of, standing_reading
from steelyard.check.wording import (
    Scale,
    count_word,
    label_of,
    listed,
    lowered,
    quotations,
    quoted,
    scale_for,
    term_words,
    two_digits,
)
from steelyard.core.expression import Term
from steelyard.core.identity import Relation
from steelyard.core.interval import Interval
from steelyard.core.vocabulary import Vocabulary

_WITHIN = {
    "status": "at one stage of the budget",
    "definition": "by one definition",
    "edition": "in one edition",
}


@dataclass(frozen=True)
class Explainer:
    """Makes findings of one ledger. `same_figure` is the id of the rule that two accounts of a figure are one
    number; `near` the part of a value up to which a miss may be one of the last digit only; `printed` all
    levels that the ledger states.
    """

    vocabulary: Vocabulary
    originals: Mapping[int, Original]
    same_figure: str
    near: Decimal
    printed: Printed = NOTHING

    def contradiction(self, tested: Tested, readings: tuple[Reading, ...]) -> Finding:
        """Figures that cannot all hold under identities."""
        trial = tested.trial
        term = tested.result or trial.claimed[-1][0]
        label = label_of(tested.identity, self.vocabulary)
        marks = [figure for _, figure in trial.given if trial.relation.is_bound]
        return self._missed(trial, term, tested.identity, label, readings, marks)

    def readings(self, tested: Tested) -> tuple[Reading, ...]:
        """Ways in which the figures of a conflict would all hold."""
        return readings_of(tested.trial, tested.result, self.originals, self.vocabulary, self.printed)

    def disagreement(self, comparison: Comparison, marks: Iterable[Figure]) -> Finding:
        """Two accounts of one number that do not meet: contradicted, or reconciled where they may be of two
        stages.
        """
        first, second = comparison.figures
        trial = pair_trial(first, second, self.same_figure)
        if comparison.apart is not None:
            return self._reconciled(comparison, self._standings(comparison))
        last = max(trial.figures, key=lambda term: trial.figures[term].order)
        readings = readings_of(trial, None, self.originals, self.vocabulary, self.printed)
        label = self.vocabulary.label("rules", self.same_figure)
        return self._missed(trial, last, self.same_figure, label, readings, list(marks))

    def _standings(self, comparison: Comparison) -> tuple[Reading, ...]:
        """Readings by which the two are apart: in the key that both say, or in those that one leaves open."""
        figures, keys = comparison.figures, (comparison.apart, *comparison.further)
        found = [
            reading
            for key in filter(None, keys)
            for silent in [None if comparison.said else comparison.silent_on(key)]
            for reading in standing_reading(key, silent, figures, self.vocabulary)
        ]
        return tuple(sorted(found, key=lambda reading: reading.cost))

    def _missed(
        self,
        trial: Trial,
        term: Term,
        identity: str,
        label: str,
        readings: tuple[Reading, ...],
        marks: Sequence[Figure],
    ) -> Finding:
        claimed, given = [one for _, one in trial.claimed], [one for _, one in trial.given]
        misses = {one: _miss(trial, one) for one, _ in trial.claimed}
        term = max(misses, key=lambda one: (misses[one] > 0, one == term))
        figure, miss = trial.figures[term], misses[term]
        expected, found = trial.implied(term).interval(), figure.interval
        if not miss:
            text = f"{label}: {_given(given)}{quotations(claimed)} cannot all hold.{_assumption(claimed)}"
            return make_finding(
                "contradicted", identity, claimed, text, severity="material", given=given, readings=readings
            )
        if identity == self.same_figure:
            return self._apart(trial, term, label, readings, marks)
        numbers = self._numbers(figure, expected, found)
        others = quotations([one for one in claimed if one is not figure] or given)
        opening = _given(given) if len(claimed) > 1 else ""
        severity = severity_of(claimed, [*misses.values()], turns_answer(expected, found, marks), self.near)
        text = (
            f"{label}: {opening}{others} {_verb(len(claimed) - 1, 'leave')} {numbers} "
            f"{_cannot(len(claimed))} {self._scale(figure, expected, found).apart(miss / figure.factor)}"
            f"{_of_last_digit(figure, miss)}.{self._sum(trial, term)}{_assumption(claimed)}"
        )
        return self._contradicted(trial, term, identity, text, severity, readings)

    def _apart(
        self, trial: Trial, term: Term, label: str, readings: tuple[Reading, ...], marks: Sequence[Figure]
    ) -> Finding:
        """Two accounts of one number that are too far apart."""
        claimed, figure, miss = [one for _, one in trial.claimed], trial.figures[term], _miss(trial, term)
        expected, found = trial.implied(term).interval(), figure.interval
        scale = self._scale(figure, expected, found)
        severity = severity_of(claimed, [miss, miss], turns_answer(expected, found, marks), self.near)
        (other,) = (one for one in claimed if one is not figure)
        words = term_words(claimed[0].term, self.vocabulary, figure.claim.actor)
        text = (
            f"{label}: {quotations(claimed)} are both given for the {words}. "
            f"{quoted(other.claim)} can be {scale.between(figure.printed(expected))}, {quoted(figure.claim)} "
            f"{scale.between(figure.printed(found))}; the two are {scale.apart(miss / figure.factor)} apart"
            f"{_of_last_digit(figure, miss)}.{_assumption(claimed)}"
        )
        return self._contradicted(trial, term, self.same_figure, text, severity, readings)

    def _contradicted(
        self,
        trial: Trial,
        term: Term,
        identity: str,
        text: str,
        severity: Severity,
        readings: tuple[Reading, ...],
    ) -> Finding:
        """The finding that a figure is not what the others leave for it."""
        figure = trial.figures[term]
        return make_finding(
            "contradicted",
            identity,
            [one for _, one in trial.claimed],
            text,
            severity=severity,
            given=[one for _, one in trial.given],
            expected=bounds_json(figure.printed(trial.implied(term).interval()), figure.claim.unit),
            found=bounds_json(figure.printed(figure.interval), figure.claim.unit),
            miss=_miss_json(figure, _miss(trial, term)),
            readings=readings,
        )

    def _sum(self, trial: Trial, term: Term) -> str:
        """The sum from the printed numbers, as a sentence; nothing where there is none."""
        found = sum_of(trial, term)
        if found is None:
            return ""
        figure = trial.figures[term]
        scale = self._scale(figure, trial.implied(term).interval(), figure.interval)
        printed = found[1] / figure.factor
        return f" The printed numbers give {found[0]} = {scale.between(Interval.exactly(printed))}."

    def _numbers(self, figure: Figure, expected: Interval, found: Interval) -> str:
        """What is left for a figure, and what it says."""
        scale = self._scale(figure, expected, found)
        return (
            f"{scale.between(figure.printed(expected))} for the {self._words(figure)}; "
            f"{quoted(figure.claim)} is {scale.between(figure.printed(found))}."
        )

    def _words(self, figure: Figure) -> str:
        return term_words(figure.term, self.vocabulary, figure.claim.actor)

    def _scale(self, figure: Figure, *intervals: Interval) -> Scale:
        return scale_for([figure.printed(interval) for interval in intervals], figure.claim.unit or "")

    def _reconciled(self, comparison: Comparison, readings: tuple[Reading, ...]) -> Finding:
        first, second = comparison.figures
        same = first.term == second.term and comparison.apart != YEAR
        term = first.term if same else first.term.at(period="")
        words = term_words(term, self.vocabulary, first.claim.actor)
        ways = ", or ".join(reading.change for reading in readings)
        apart = _between(first, second)
        text = (
            f"{quoted(first.claim)} and {quoted(second.claim)} are both given for the {words}{apart}. "
            f"They need not contradict each other: {ways}."
        )
        unit = first.claim.unit
        return make_finding(
            "reconciled",
            self.same_figure,
            comparison.figures,
            text,
            expected=bounds_json(first.printed(first.interval), unit),
            found=bounds_json(second.printed(second.interval), second.claim.unit),
            readings=readings,
        )

    def equation_reconciled(self, tested: Tested, silent: Figure, key: str) -> Finding:
        """Figures that cannot all hold, one of which leaves open its `key`: its stage or its definition."""
        claimed = [figure for _, figure in tested.trial.claimed]
        said = [one for one in claimed if one is not silent and one.says(key)]
        readings = standing_reading(key, silent, [*said[:1], silent], self.vocabulary)
        label = label_of(tested.identity, self.vocabulary)
        text = (
            f"{label}: {quotations(claimed)} cannot all hold {_WITHIN[key]}. "
            f"They need not contradict each other: {listed(reading.change for reading in readings)}."
        )
        return make_finding("reconciled", tested.identity, claimed, text, readings=readings)

    def agreement(self, tested: Tested, borne_out: bool = True) -> Finding:
        """Figures that hold together under identities although they could easily have failed.

        If none of them bears the others out, they can hold together and no more.
        """
        trial = tested.trial
        claimed = [figure for _, figure in trial.claimed]
        given = [figure for _, figure in trial.given]
        label = label_of(tested.identity, self.vocabulary)
        sides = tested.two_sides()
        if sides:
            text, expected, found = self._sides(trial, *sides)
        else:
            term = tested.result or trial.claimed[-1][0]
            figure = trial.figures[term]
            implied = trial.implied(term).interval()
            unit = figure.claim.unit
            expected = bounds_json(figure.printed(implied), unit)
            found = bounds_json(figure.printed(figure.interval), unit)
            others = quotations(one for one in claimed if one is not figure)
            text = (
                f"{_given(given)}{others} {_verb(len(claimed) - 1, 'leave')} "
                f"{self._numbers(figure, implied, figure.interval)}"
            )
        together = f"All {count_word(len(claimed))} hold together."
        if not borne_out:
            together = "They can hold together, but only at the edge of what is printed."
        whole = f"{label}: {text} {together}{_assumption(claimed)}"
        return make_finding(
            "corroborated" if borne_out else "consistent",
            tested.identity,
            claimed,
            whole,
            given=given,
            expected=expected,
            found=found,
        )

    def _sides(
        self, trial: Trial, term: Term, other: Relation, own: Relation
    ) -> tuple[str, dict[str, object], dict[str, object]]:
        """The same number reckoned in two ways: in words, and as the naming identity has it and as the rest
        has it.
        """
        expected, found = (side.solve(term, trial.box).interval() for side in (own, other))
        amounts = [one for _, one in trial.claimed if one.dimension == "money"]
        printer = (amounts or [one for _, one in trial.claimed])[0]
        unit = printer.claim.unit or ""
        expected, found = printer.printed(expected), printer.printed(found)
        scale = scale_for([expected, found], unit)
        by_own, by_other = (
            quotations(figure for one, figure in trial.claimed if one in side.terms) for side in (own, other)
        )
        text = (
            f"the {term_words(term, self.vocabulary, printer.claim.actor)} is {scale.between(found)} "
            f"by {by_other}, and {scale.between(expected)} by {by_own}."
        )
        return text, bounds_json(expected, unit), bounds_json(found, unit)

    def repeated(self, comparison: Comparison) -> Finding:
        """Accounts of one number from several documents that agree."""
        figures = comparison.figures
        first = figures[0]
        words = term_words(first.term, self.vocabulary, first.claim.actor)
        documents = listed(dict.fromkeys(figure.claim.document for figure in figures))
        text = f"{documents} agree on the {words}: {quotations(figures)}.{_assumption(figures)}"
        common = first.interval
        for figure in figures[1:]:
            common = common.meet(figure.interval) or common
        found = bounds_json(first.printed(common), first.claim.unit)
        return make_finding("corroborated", self.same_figure, figures, text, expected=found, found=found)

    def no_headroom(self, tested: Tested) -> Finding:
        """A level and its floor that can hold together, but only for some of the values left open."""
        trial = tested.trial
        term, figure = trial.claimed[-1]
        allowed = trial.implied(term).interval()
        scale, unit = self._scale(figure, figure.interval, allowed), figure.claim.unit
        claimed, given = [one for _, one in trial.claimed], [one for _, one in trial.given]
        text = (
            f"{self.vocabulary.label('identities', tested.identity)}: {quoted(figure.claim)} leaves open "
            f"{scale.between(figure.printed(figure.interval))}; {_given(given, 'given')}it must be "
            f"{scale.between(figure.printed(allowed))}. They can hold together, without headroom."
        )
        return make_finding(
            "consistent",
            tested.identity,
            claimed,
            text,
            given=given,
            expected=bounds_json(figure.printed(allowed), unit),
            found=bounds_json(figure.printed(figure.interval), unit),
        )

    def derived(self, trial: Trial, term: Term, unit: str, factor: Decimal, identity: str) -> Finding:
        """A number that no document prints, worked out from those it does. `factor` is that of `unit`."""
        implied = trial.implied(term).interval() / Interval.exactly(factor)
        scale = scale_for([implied], unit)
        claimed, given = [one for _, one in trial.claimed], [one for _, one in trial.given]
        words = term_words(term, self.vocabulary, claimed[0].claim.actor)
        label = lowered(label_of(identity, self.vocabulary))
        text = (
            f"The {words} comes to {scale.between(implied)}, from {quotations([*claimed, *given])} "
            f"({label}).{_assumption(claimed)}"
        )
        expected = bounds_json(implied, unit)
        # Two parts of one whole may follow from the same claims.
        subject = f"{term} {term.item}".rstrip()
        return make_finding(
            "derived", identity, claimed, text, given=given, expected=expected, subject=subject
        )


def _between(first: Figure, second: Figure) -> str:
    """How far two printed numbers of one unit are apart, for whoever looks for a cut or rise of that size."""
    if first.value is None or second.value is None or first.claim.unit != second.claim.unit:
        return ""
    values = [one.value / one.factor for one in (first, second) if one.value is not None]
    scale = scale_for([Interval.exactly(value) for value in values], first.claim.unit or "")
    return f", {scale.apart(abs(values[0] - values[1]))} apart"


def _miss(trial: Trial, term: Term) -> Decimal:
    """How far a figure lies from what the others leave for it; zero where they leave it no one stretch."""
    return trial.implied(term).interval().miss(trial.figures[term].interval)


def _given(figures: Sequence[Figure], opening: str = "Given") -> str:
    """The targets or floors that set the question, as the opening of a sentence."""
    kinds = listed(dict.fromkeys(figure.term.operator for figure in figures))
    return f"{opening} the {kinds} {quotations(figures)}, " if figures else ""


def _verb(count: int, plural: str) -> str:
    return plural if count > 1 else f"{plural}s"


def _cannot(count: int) -> str:
    """Why the set is smallest: any but one of it agree."""
    if count == 1:
        return "It cannot hold; it misses by"
    if count == 2:
        return "The two cannot both hold; they miss by"
    return f"Any {count_word(count - 1)} agree, the {count_word(count)} cannot; they miss by"


def _of_last_digit(figure: Figure, miss: Decimal) -> str:
    if not figure.last_digit:
        return ""
    count = two_digits(miss / figure.last_digit)
    units = "" if miss < figure.last_digit else " unit" if count == "1" else " units"
    return f", {count}{units} of the last digit"


def _miss_json(figure: Figure, miss: Decimal) -> dict[str, object]:
    """How far a figure misses, in its unit and in its last digits; null for a number without any."""
    digits = float(miss / figure.last_digit) if figure.last_digit else None
    return {"amount": float(miss / figure.factor), "unit": figure.claim.unit, "last_digits": digits}


def _assumption(figures: Sequence[Figure]) -> str:
    """What had to be taken from elsewhere in the document, as a sentence."""
    assumed = [figure for figure in figures if "period" in figure.assumed]
    if not assumed:
        return ""
    verb = "is" if len(assumed) == 1 else "are"
    return f" {quotations(assumed)} {verb} taken to be for {assumed[0].term.period}."
