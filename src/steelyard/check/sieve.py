"""Where contradictions can be at all in a very large ledger: the array engine narrows everything at once, and
only the terms of its conflicts are then tried exactly.

Each document is looked at by itself, and what all say for certain together. Where accounts of one number
exclude each other it is open which is meant, so all that they allow together is allowed. Hence whatever an
exact trial would refute the engine sees too, but for what intervals forget where numbers hang together in
more than two ways.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from steelyard.check.bind import World
from steelyard.check.contradictions import find_contradictions
from steelyard.check.figures import Figure, Kinds
from steelyard.check.network import Flags, Floats, Integers, Network, NetworkBuilder
from steelyard.check.numbered import EVERYWHERE, Numbered, together
from steelyard.check.templates import ANY_ITEM, BEFORE, NOW, Pattern, patterns_of
from steelyard.core.expression import Term
from steelyard.core.identity import Identity
from steelyard.core.vocabulary import Vocabulary

# A target of one document may be meant in all; for more pairs of documents and targets each keeps its own.
MOST_LENT = 1_000_000
Row = tuple[int, str, int, int, int, float, float]


@dataclass(frozen=True)
class Suspects:
    """Parts of worlds whose figures may contradict each other, and the worlds that have such parts; `whole`
    says that nothing was cut off.
    """

    parts: list[World]
    worlds: list[World]
    whole: bool


def suspects_of(
    worlds: Sequence[World], identities: Sequence[Identity], kinds: Kinds, vocabulary: Vocabulary
) -> Suspects:
    """For each conflict that the engine finds, its world with the figures of the conflict's terms only."""
    found: list[World] = []
    hit: list[World] = []
    whole = True
    for based in (False, True):
        chosen = [world for world in worlds if bool(world.base) == based]
        measures = sorted({term.measure for world in chosen for term in world.figures})
        patterns = patterns_of(identities, measures, kinds if based else None, vocabulary)
        if not chosen or not patterns:
            continue
        claimed = _Claimed.of(chosen, patterns)
        network, keys = claimed.network([pattern for pattern in patterns if not pattern.is_bound])
        told = find_contradictions(network, certify=False)
        whole = whole and not len(told.unfinished)
        rows = [[int(keys[claim]) for claim in conflict] for conflict in told.conflicts]
        # An exact trial of a bound takes nothing but what is claimed; so it is looked at by itself.
        rows += [row for pattern in patterns if pattern.is_bound for row in claimed.broken(pattern)]
        parts: dict[tuple[int, frozenset[Term]], None] = {}
        for row in rows:
            terms = [claimed.numbered.term(key) for key in row]
            parts.setdefault((claimed.scopes[terms[0][0]][0], frozenset(term for _, term in terms)))
        found += [_part(chosen[number], terms) for number, terms in parts]
        hit += [chosen[number] for number in dict.fromkeys(number for number, _ in parts)]
    return Suspects(found, hit, whole)


def _part(world: World, terms: frozenset[Term]) -> World:
    return replace(
        world, figures={term: world.figures[term] for term in sorted(terms & world.figures.keys())}
    )


@dataclass(frozen=True)
class _Claimed:
    """What is claimed of terms in scopes, by their numbers: `keys` are sorted, and each stands once.

    A scope is a world as one document tells it, or as all do for certain (EVERYWHERE).
    """

    numbered: Numbered
    scopes: list[tuple[int, str]]
    actors: NDArray[np.str_]
    keys: Integers
    low: Floats
    high: Floats

    @classmethod
    def of(cls, worlds: Sequence[World], patterns: Sequence[Pattern]) -> _Claimed:
        """The figures of worlds, as far as a pattern speaks of them."""
        numbered = Numbered.of(worlds, patterns)
        rows = [row for number, world in enumerate(worlds) for row in _rows(number, world, numbered)]
        number: dict[tuple[int, str], int] = {}
        scope = np.array([number.setdefault(row[:2], len(number)) for row in rows], np.int64)
        parts = np.array([row[2:5] for row in rows], np.int64).reshape(-1, 3)
        ends = np.array([row[5:] for row in rows], np.float64).reshape(-1, 2)
        keys = numbered.key(scope, parts[:, 0], parts[:, 1], parts[:, 2])
        scopes = list(number)
        actors = np.array([worlds[world].actor for world, _ in scopes], np.str_)
        return cls(numbered, scopes, actors, *together(keys, ends[:, 0], ends[:, 1]))

    def network(self, patterns: Sequence[Pattern]) -> tuple[Network, Integers]:
        """The network of all patterns on what is claimed, and the key of each claim."""
        written = [self._written(pattern) for pattern in patterns]
        alive = self._alive(patterns, written)
        written = [rows[kept] for rows, kept in zip(written, alive, strict=True)]
        names = np.unique(np.concatenate([np.empty(0, np.int64), *(rows.ravel() for rows in written)]))
        builder = NetworkBuilder()
        builder.variables(len(names))
        for pattern, rows in zip(patterns, written, strict=True):
            _constrain(builder, pattern, np.searchsorted(names, rows))
        place = np.searchsorted(names, self.keys)
        named = names[np.minimum(place, len(names) - 1)] == self.keys if len(names) else place < 0
        builder.claims(place[named], self.low[named], self.high[named])
        return builder.network(), self.keys[named]

    def broken(self, pattern: Pattern) -> list[list[int]]:
        """The rows of keys, all claimed, for which a bound cannot hold."""
        rows = self._written(pattern)
        place = np.minimum(np.searchsorted(self.keys, rows), max(0, len(self.keys) - 1))
        least = np.zeros(len(rows))
        if len(rows):
            for column, factor in pattern.sums[0]:
                ends = self.low if factor > 0 else self.high
                least += factor * ends[place[:, column]]
            least[(self.keys[place] != rows).any(axis=1)] = -np.inf
        found: list[list[int]] = rows[least > 0].tolist()
        return found

    def _written(self, pattern: Pattern) -> Integers:
        """A pattern for everything that is claimed: the keys of its terms, a row for each way to write it."""
        numbered = self.numbered
        dated = any(term.period for term in pattern.terms)
        seeds = [np.empty(0, np.int64)]
        for term in pattern.terms:
            if (pattern.has_item and term.item != ANY_ITEM) or (dated and not term.period):
                continue
            own = self.keys[numbered.kind_of(self.keys) == numbered.kind(term)]
            scope, item, period, _ = numbered.parts(own)
            fits = (item == numbered.item(term)) | (term.item == ANY_ITEM)
            scope, item, period = scope[fits], item[fits], period[fits]
            if term.period == BEFORE:
                row, period = numbered.years_after(period)
                scope, item = scope[row], item[row]
            if term.item != ANY_ITEM:
                item = np.zeros_like(item)
            seeds.append(numbered.key(scope, item, period, 0))
        scope, item, period, _ = numbered.parts(np.unique(np.concatenate(seeds)))
        fits = self._fits(pattern, scope, item, period)
        scope, item, period = scope[fits], item[fits], period[fits]
        columns = [
            numbered.key(
                scope,
                item if term.item == ANY_ITEM else np.full_like(item, numbered.item(term)),
                period if term.period == NOW else numbered.before(period, bool(term.period)),
                numbered.kind(term),
            )
            for term in pattern.terms
        ]
        return np.stack(columns, axis=-1)

    def _fits(self, pattern: Pattern, scope: Integers, item: Integers, period: Integers) -> Flags:
        """Where a pattern may be written: a part is not the whole, and a list of parts is right for some."""
        fits = np.ones(len(scope), np.bool_)
        if any(term.period for term in pattern.terms):
            fits &= period > 0
        wholes = {(term.measure, term.operator) for term in pattern.terms if not term.item}
        if any((term.measure, term.operator) in wholes for term in pattern.terms if term.item == ANY_ITEM):
            fits &= item > 0
        if pattern.actor:
            fits &= self.actors[scope] == pattern.actor
        if pattern.until:
            fits &= self.numbered.is_until(pattern.until)[period]
        return fits

    def _alive(self, patterns: Sequence[Pattern], written: Sequence[Integers]) -> list[Flags]:
        """Which rows can say anything: without those that have a term neither claimed nor in another row.

        What is implied follows from other rows; it cannot make anything known that they do not speak of.
        """
        names, inverse = np.unique(
            np.concatenate([np.empty(0, np.int64), *(rows.ravel() for rows in written)]), return_inverse=True
        )
        claimed = np.isin(names, self.keys)
        sizes = [rows.size for rows in written]
        places = [
            part.reshape(rows.shape)
            for part, rows in zip(np.split(inverse, np.cumsum(sizes)[:-1]), written, strict=True)
        ]
        alive = [
            np.full(len(rows), not pattern.implied) for rows, pattern in zip(written, patterns, strict=True)
        ]
        while True:
            told = [part[kept].ravel() for part, kept in zip(places, alive, strict=True)]
            counts = np.bincount(np.concatenate(told), minlength=len(names))
            fine = claimed | (counts > 1)
            after = [kept & fine[part].all(axis=1) for part, kept in zip(places, alive, strict=True)]
            if all((one == other).all() for one, other in zip(alive, after, strict=True)):
                break
            alive = after
        known = claimed | (counts > 0)
        return [
            np.asarray(known[part].all(axis=1)) if pattern.implied else kept
            for part, kept, pattern in zip(places, alive, patterns, strict=True)
        ]


def _rows(number: int, world: World, numbered: Numbered) -> Iterator[Row]:
    """What each figure of a world says in each of its scopes."""
    documents = {figure.claim.document for group in world.figures.values() for figure in group}
    setting = [term for term, group in world.figures.items() if group[0].sets_question]
    lends = len(setting) * len(documents) <= MOST_LENT
    for term, group in world.figures.items():
        if not numbered.speaks_of(term):
            continue
        parts = numbered.item(term), numbered.period(term), numbered.kind(term)
        sets_question = group[0].sets_question
        for figure in group:
            ends = _ends(figure)
            yield number, figure.claim.document, *parts, *ends
            if len(documents) > 1 and (figure.is_sure or sets_question):
                yield number, EVERYWHERE, *parts, *ends
        if sets_question and lends:
            ends = min(_ends(one)[0] for one in group), max(_ends(one)[1] for one in group)
            own = {figure.claim.document for figure in group}
            for document in sorted(documents - own):
                yield number, document, *parts, *ends


def _ends(figure: Figure) -> tuple[float, float]:
    return float(figure.interval.low), float(figure.interval.high)


def _constrain(builder: NetworkBuilder, pattern: Pattern, rows: Integers) -> None:
    """The constraints of a pattern, once for each row of variables."""
    extras = [builder.variables(len(rows), low, high)[:, None] for low, high in pattern.extras]
    columns = np.concatenate([rows, *extras], axis=1)
    if not len(rows):
        return
    for row in pattern.sums:
        builder.sums(columns[:, [place for place, _ in row]], [factor for _, factor in row])
    for z, x, y, factor in pattern.products:
        builder.products(columns[:, [z, x, y]], factor)
