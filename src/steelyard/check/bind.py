"""Which figures an identity speaks about together, and the relations that it then puts on them.

A world is a set of figures that may be put into one equation: one actor (with counterpart and location), one
currency, one stage of the budget, one perimeter. A figure whose stage nobody says stands in the worlds of all
stages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product

from steelyard.check.figures import PERIMETER, SETTING, Figure
from steelyard.check.years import year_before
from steelyard.core.expression import ANY_MEASURE, Term
from steelyard.core.identity import Identity, Relation
from steelyard.core.vocabulary import Entry, Vocabulary

Perimeter = tuple[str | None, ...]
PRICES = PERIMETER.index("prices")


@dataclass(frozen=True)
class World:
    """Figures that may be put into one equation, by term, each term's figures in the order of the ledger."""

    frame: tuple[str | None, ...]
    currency: str
    stage: str | None
    perimeter: Perimeter
    figures: dict[Term, list[Figure]] = field(default_factory=dict)

    @property
    def actor(self) -> str:
        """Whose figures they are."""
        return self.frame[0] or ""

    def without(self, orders: Iterable[int]) -> World:
        """The same world less the figures of those orders."""
        gone = set(orders)
        kept = {
            term: [figure for figure in group if figure.order not in gone]
            for term, group in self.figures.items()
        }
        return World(
            self.frame,
            self.currency,
            self.stage,
            self.perimeter,
            {term: group for term, group in kept.items() if group},
        )


def worlds_of(figures: Sequence[Figure], stages: Sequence[str], *, mixed: bool = False) -> list[World]:
    """The worlds of a ledger, in a fixed order; with `mixed`, perimeters are not kept apart."""
    frames: dict[tuple[str | None, ...], list[Figure]] = {}
    for figure in figures:
        frames.setdefault(figure.frame, []).append(figure)
    found: list[World] = []
    for frame, members in sorted(frames.items(), key=lambda item: tuple(part or "" for part in item[0])):
        currencies = sorted({figure.currency for figure in members} - {""}) or [""]
        perimeters: list[Perimeter | None] = [None] if mixed else [*_perimeters(members)]
        said: list[str | None] = [one for one in stages if any(figure.stage == one for figure in members)]
        for currency, perimeter, stage in product(currencies, perimeters, said or [None]):
            world = World(frame, currency, stage, perimeter or ())
            _fill(world, members, perimeter)
            found.append(world)
    return found


def _perimeters(figures: Iterable[Figure]) -> list[Perimeter]:
    unsaid: Perimeter = (None,) * len(PERIMETER)
    found = {figure.perimeter for figure in figures if figure.has_perimeter} or {unsaid}
    return sorted(found, key=lambda keys: tuple(key or "" for key in keys))


def _fill(world: World, figures: Iterable[Figure], perimeter: Perimeter | None) -> None:
    for figure in figures:
        if figure.currency not in ("", world.currency) or figure.stage not in (None, world.stage):
            continue
        if perimeter is not None and not _in_perimeter(figure, perimeter):
            continue
        world.figures.setdefault(figure.term, []).append(figure)


def _in_perimeter(figure: Figure, perimeter: Perimeter) -> bool:
    """What has no perimeter (gross domestic product, troops) is in all that reckon in the same prices."""
    if figure.has_perimeter:
        return figure.perimeter == perimeter
    return figure.perimeter[PRICES] == perimeter[PRICES]


def relations_of(world: World, identities: Sequence[Identity], vocabulary: Vocabulary) -> list[Relation]:
    """Every relation that the identities put on a world's terms, each once, in a fixed order."""
    found: dict[tuple[str, ...], Relation] = {}
    periods = sorted({term.period for term in world.figures if term.period} or {""})
    for identity in identities:
        for measure, item, parts in _subjects(identity, world, vocabulary):
            for period in periods:
                relation = identity.relation(_namer(measure, item, period), parts)
                if any(term in world.figures for term in relation.terms):
                    found.setdefault(relation.uses, relation)
    return list(found.values())


def _namer(measure: str, item: str, period: str) -> Callable[[Term, str], Term]:
    """What each term of an identity as written means for one measure, item and period."""

    def name(term: Term, part: str) -> Term:
        meant = measure if term.measure == ANY_MEASURE else term.measure
        if term.operator == "previous":
            return Term(meant, "level", part or item, year_before(period))
        when = "" if term.operator in SETTING.values() else period
        return Term(meant, term.operator, part or item, when)

    return name


def _subjects(
    identity: Identity, world: World, vocabulary: Vocabulary
) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """What the identity can be written for: measure, item (empty for the whole) and parts."""
    if not identity.is_general:
        yield "", "", ()
        return
    for measure in sorted({term.measure for term in world.figures}):
        entry = vocabulary.entry("measures", measure)
        if entry is None:
            continue
        decompositions = _decompositions(entry, world.actor)
        claimed = {term.item for term in world.figures if term.measure == measure and term.item}
        if identity.sums_parts:
            yield from ((measure, "", parts) for parts in decompositions)
        elif identity.names_part:
            yield from ((measure, "", (item,)) for item in sorted(claimed.intersection(entry.table("items"))))
        else:
            items = claimed.union(*decompositions) if decompositions else claimed
            yield from ((measure, item, ()) for item in ("", *sorted(items)))


def _decompositions(measure: Entry, actor: str) -> list[tuple[str, ...]]:
    """The lists of items that make up the whole of a measure for an actor."""
    rows = [row for row in measure.tables("decompositions") if row.get("actor") == actor]
    return [tuple(str(item) for item in items) for row in rows if isinstance(items := row.get("items"), list)]
