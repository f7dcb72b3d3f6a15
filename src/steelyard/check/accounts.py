"""What a source's figure has to do with a draft's: in which keys they differ, and whether it bears it out.

A source's figure is an account of a draft's where both are of one actor's measure. It supports the draft's
where they meet and differ in nothing that both say. A key that the draft leaves open is taken as the source
has it, and that is told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from steelyard.check.figures import NO_BASELINE, PERIMETER, Figure, Kinds, figures_of
from steelyard.check.fit import FITS, Fit, fit_of
from steelyard.check.unsaid import between_stages, with_unsaid
from steelyard.core.claim import Ledger
from steelyard.core.problems import Problem
from steelyard.core.vocabulary import Vocabulary

# A part is not the whole, a target no level, and what is denied or depends is not what is, whoever says so.
_STRICT = ("item", "standing", "negated", "condition")
_TELLING = ("actor", "counterpart", "location", "unit", "baseline", "negated", "condition")
MOST_ALIKE = 5
_PASSED = ("conversion_of", "negated", "condition")
_STANDINGS = ("target", "floor", "ceiling")


@dataclass(frozen=True, slots=True)
class Account:
    """A source's figure beside a draft's.

    `differing` holds the keys in which they differ, with what the draft and the source say; `taken` the keys
    that the draft leaves open, with what the source says; `silent` those that only the draft says.
    """

    figure: Figure
    fit: Fit
    differing: tuple[tuple[str, str, str], ...]
    taken: Mapping[str, str]
    silent: tuple[str, ...]

    @property
    def supports(self) -> bool:
        """Whether the draft may rest on it."""
        return self.fit == "meets" and not self.differing


def numbers_of(
    ledger: Ledger, kinds: Kinds, vocabulary: Vocabulary
) -> tuple[list[Figure], list[Figure], list[Problem]]:
    """The figures of a ledger that identities see, those that they pass over, and what is wrong with others.

    Passed over is what is converted, denied, or said on a condition: it proves nothing, yet may be borne out.
    """
    plain, problems = figures_of(ledger, kinds, vocabulary)
    others = [order for order, claim in enumerate(ledger) if any(getattr(claim, key) for key in _PASSED)]
    bare = Ledger(ledger[order].changed(**dict.fromkeys(_PASSED)) for order in others)
    every, _ = figures_of(bare, kinds, vocabulary)
    known = {figure.order for figure in plain}
    passed = [
        replace(one, order=others[one.order], claim=ledger[others[one.order]])
        for one in every
        if others[one.order] not in known
    ]
    return with_unsaid(between_stages(plain, kinds)), passed, problems


def subject_of(figure: Figure) -> tuple[str | None, ...]:
    """What an account must share with a figure: actor, measure, what is said of it, and kind of unit."""
    kind = figure.currency or figure.dimension
    return figure.claim.actor, figure.term.measure, _aspect(figure), kind


def accounts_of(draft: Figure, sources: Iterable[Figure]) -> list[Account]:
    """What sources of the same subject say, the nearest first: fewest differences, then fewest open keys."""
    found = [_account(draft, one) for one in sources]
    return sorted(found, key=lambda one: _rank(draft, one))


def _account(draft: Figure, source: Figure) -> Account:
    differing, taken, silent = [], {}, []
    for key, one, other in _keys(draft, source):
        if one == other:
            continue
        if (one and other) or key in _STRICT:
            differing.append((key, one or "none", other or "none"))
        elif other:
            taken[key] = other
        else:
            silent.append(key)
    return Account(source, fit_of(draft.interval, source.interval), tuple(differing), taken, tuple(silent))


def _keys(draft: Figure, source: Figure) -> Iterator[tuple[str, str, str]]:
    """For each key, what the draft's own words and what the source says."""
    yield "item", draft.term.item, source.term.item
    yield "standing", _standing(draft), _standing(source)
    yield "negated", _denied(draft), _denied(source)
    # Whoever leaves a source's condition out says something else; whoever adds one says less.
    condition = source.claim.condition or ""
    yield "condition", (draft.claim.condition and condition) or "", condition
    for key in ("counterpart", "location"):
        yield key, getattr(draft.claim, key) or "", getattr(source.claim, key) or ""
    yield "period", draft.period, _period(source)
    yield "baseline", draft.claim.baseline or "", source.claim.baseline or ""
    yield "status", _stage(draft), source.stage or ""
    for key in PERIMETER:
        yield key, getattr(draft.claim, key) or "", getattr(source.claim, key) or ""


def _denied(figure: Figure) -> str:
    return "denied" if figure.claim.negated else ""


def _stage(figure: Figure) -> str:
    return "" if "status" in figure.assumed else figure.stage or ""


def _period(figure: Figure) -> str:
    """The source's year; one that its document leaves no doubt about counts as said."""
    return figure.period or (figure.term.period if "period" in figure.assumed else "")


def _aspect(figure: Figure) -> str:
    """What is said of the measure: its level, change, growth, share or gap, yearly or over several years."""
    if figure.term.operator == NO_BASELINE:
        return "change"
    words = figure.term.operator.partition(" since ")[0].split()
    return " ".join(word for word in words if word not in (*_STANDINGS, "level"))


def _standing(figure: Figure) -> str:
    """What is no matter of fact but set: a target, a floor or a ceiling."""
    return next((word for word in figure.term.operator.split() if word in _STANDINGS), "")


def _rank(draft: Figure, account: Account) -> tuple[object, ...]:
    assumed = draft.term.period == account.figure.term.period
    fits = FITS.index(account.fit)
    apart = account.figure.interval.miss(draft.interval)
    return (
        *(len(account.differing), fits, not assumed, len(account.taken) + len(account.silent)),
        *(apart if apart.is_finite() else Decimal(0), account.figure.order),
    )


def by_subject(figures: Iterable[Figure]) -> dict[tuple[str | None, ...], list[Figure]]:
    """Figures by what an account must share, in their order."""
    found: dict[tuple[str | None, ...], list[Figure]] = {}
    for figure in sorted(figures, key=lambda one: one.order):
        found.setdefault(subject_of(figure), []).append(figure)
    return found


def without_echoes(figures: Iterable[Figure]) -> list[Figure]:
    """The figures without what more than MOST_ALIKE say alike: a thousand echoes say no more."""
    counts: Counter[tuple[object, ...]] = Counter()
    kept = []
    for figure in figures:
        keys = (getattr(figure.claim, key) for key in _TELLING)
        alike = figure.term, figure.interval, figure.period, figure.stage, figure.perimeter, *keys
        counts[alike] += 1
        if counts[alike] <= MOST_ALIKE:
            kept.append(figure)
    return kept
