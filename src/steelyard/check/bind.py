"""Which figures an identity speaks about together, and the relations that it then puts on them.

A world is a set of figures that may be put into one equation: one actor (with counterpart and location), one
currency, one stage of the budget, one perimeter. A figure whose stage nobody says stands in the worlds of all
stages. What growth is counted from may be of another stage: a proposal is held against what was enacted for
the year before, never against what was proposed for it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product

from steelyard.check.figures import BASE, PERIMETER, Figure, Kinds, as_base, is_dated
from steelyard.check.years import year_before
from steelyard.core.expression import ANY_MEASURE, Term
from steelyard.core.identity import Identity, Relation
from steelyard.core.vocabulary import Entry, Vocabulary

Perimeter = tuple[str | None, ...]
PRICES = PERIMETER.index("prices")


@dataclass(frozen=True)
class World:
    """Figures that may be put into one equation, by term, each term's figures in the order of the ledger.

    `base` is the stage of the year before that growth is counted from, where it is another than `stage`; such
    figures stand under terms of their own.
    """

    frame: tuple[str | None, ...]
    currency: str
    stage: str | None
    base: str | None
    perimeter: Perimeter
    figures: dict[Term, list[Figure]] = field(default_factory=dict)

    @property
    def actor(self) -> str:
        """Whose figures they are."""
        return self.frame[0] or ""

    def without(self, orders: Iterable[int]) -> World:
        """The same world less the figures of those orders."""
        gone = frozenset(orders)
        if all(gone.isdisjoint(figure.order for figure in group) for group in self.figures.values()):
            return self
        kept = {
            term: [figure for figure in group if figure.order not in gone]
            for term, group in self.figures.items()
        }
        return replace(self, figures={term: group for term, group in kept.items() if group})


def worlds_of(figures: Sequence[Figure], kinds: Kinds, *, mixed: bool = False) -> list[World]:
    """The worlds of a ledger, in a fixed order; with `mixed`, perimeters are not kept apart."""
    frames: dict[tuple[str | None, ...], list[Figure]] = {}
    for figure in figures:
        frames.setdefault(figure.frame, []).append(figure)
    found: list[World] = []
    for frame, members in sorted(frames.items(), key=lambda item: tuple(part or "" for part in item[0])):
        currencies = sorted({figure.currency for figure in members} - {""}) or [""]
        perimeters: list[Perimeter | None] = [None] if mixed else [*_perimeters(members)]
        said: list[str | None] = [
            one for one in kinds.stages if any(figure.stage == one for figure in members)
        ]
        tied = _tied(members)
        for currency, perimeter, stage in product(currencies, perimeters, said or [None]):
            world = World(frame, currency, stage, kinds.bases.get(stage or ""), perimeter or ())
            _fill(world, [figure for figure in members if _in_world(figure, world, perimeter)], tied)
            found.append(world)
    return found


def _perimeters(figures: Iterable[Figure]) -> list[Perimeter]:
    unsaid: Perimeter = (None,) * len(PERIMETER)
    found = {figure.perimeter for figure in figures if figure.has_perimeter} or {unsaid}
    return sorted(found, key=lambda keys: tuple(key or "" for key in keys))


def _tied(figures: Iterable[Figure]) -> set[int]:
    """The orders of figures that stand in one sentence with the year after, which makes them its base."""
    members = list(figures)
    said = {(*_spot(figure), year_before(figure.term.period)) for figure in members if figure.term.period}
    return {figure.order for figure in members if (*_spot(figure), figure.term.period) in said}


def _spot(figure: Figure) -> tuple[str, int, str, str]:
    return figure.claim.document, figure.claim.sentence_start, figure.term.measure, figure.term.item


def _in_world(figure: Figure, world: World, perimeter: Perimeter | None) -> bool:
    if figure.currency not in ("", world.currency):
        return False
    return perimeter is None or _in_perimeter(figure, perimeter)


def _fill(world: World, figures: Iterable[Figure], tied: Collection[int]) -> None:
    """Put figures under their terms: those of the world's stage, and those its growth is counted from."""
    for figure in figures:
        if figure.stage in (None, world.stage):
            world.figures.setdefault(figure.term, []).append(figure)
        is_base = figure.stage in (None, world.base) or "status" in figure.assumed or figure.order in tied
        if world.base and figure.has_stage and figure.term.operator == "level" and is_base:
            world.figures.setdefault(as_base(figure.term), []).append(figure)


def _in_perimeter(figure: Figure, perimeter: Perimeter) -> bool:
    """What has no perimeter (gross domestic product, troops) is in all that reckon in the same prices."""
    if figure.has_perimeter:
        return figure.perimeter == perimeter
    return figure.perimeter[PRICES] == perimeter[PRICES]


def relations_of(
    world: World, identities: Sequence[Identity], kinds: Kinds, vocabulary: Vocabulary
) -> list[Relation]:
    """Every relation that the identities put on a world's terms, each once, in a fixed order."""
    found: dict[tuple[str, ...], Relation] = {}
    periods = sorted({term.period for term in world.figures if term.period} or {""})
    naming = _Naming(kinds if world.base else None, vocabulary)
    for identity, period in product(identities, periods):
        for measure, item, parts in _subjects(identity, world, period, vocabulary):
            relation = identity.relation(naming.of(measure, item, period), parts)
            if any(term in world.figures for term in relation.terms):
                found.setdefault(relation.uses, relation)
    return list(found.values())


@dataclass(frozen=True, slots=True)
class _Naming:
    """What terms of identities as written mean. `kinds` is given where bases are of another stage."""

    kinds: Kinds | None
    vocabulary: Vocabulary

    def of(self, measure: str, item: str, period: str) -> Callable[[Term, str], Term]:
        """The meaning of each term for one measure, item and period."""

        def name(term: Term, part: str) -> Term:
            meant = measure if term.measure == ANY_MEASURE else term.measure
            if term.operator == "previous":
                operator = BASE if self.kinds and meant in self.kinds.staged else "level"
                return Term(meant, operator, part or item, year_before(period))
            entry = self.vocabulary.entry("measures", meant)
            dated = is_dated(term.operator, entry.text("dimension") if entry else "")
            return Term(meant, term.operator, part or item, period if dated else "")

        return name


def _subjects(
    identity: Identity, world: World, period: str, vocabulary: Vocabulary
) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """What the identity can be written for in a period: measure, item (empty for the whole) and parts."""
    if not identity.is_general:
        yield "", "", ()
        return
    for measure in sorted({term.measure for term in world.figures}):
        entry = vocabulary.entry("measures", measure)
        if entry is None:
            continue
        decompositions = _decompositions(entry, world.actor, period)
        claimed = {term.item for term in world.figures if term.measure == measure and term.item}
        if identity.sums_parts:
            yield from ((measure, "", parts) for parts in decompositions)
        elif identity.names_part:
            yield from ((measure, "", (item,)) for item in sorted(claimed.intersection(entry.table("items"))))
        else:
            items = claimed.union(*decompositions) if decompositions else claimed
            yield from ((measure, item, ()) for item in ("", *sorted(items)))


def _decompositions(measure: Entry, actor: str, period: str) -> list[tuple[str, ...]]:
    """The lists of items that make up the whole of a measure for an actor in a period."""
    rows = [row for row in measure.tables("decompositions") if row.get("actor") == actor]
    return [
        tuple(str(item) for item in items)
        for row in rows
        if isinstance(items := row.get("items"), list) and _holds_in(row, period)
    ]


def _holds_in(row: Mapping[str, object], period: str) -> bool:
    """Whether a row with the last year for which it is right, if it names one, speaks of a period."""
    last = str(row.get("to") or "")
    return not last or not period[:1].isdigit() or period[:4] <= last
