"""What figures leave unsaid, taken from their own sentence or document where that says one thing only.

Nothing is guessed: a document that speaks of several years, stages or perimeters of an actor leaves the key
open for every figure whose own sentence does not settle it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from steelyard.check.figures import MOVES, NO_BASELINE, PERIMETER, REAL, Figure, Kinds
from steelyard.check.years import year_before

Said = Callable[[Figure], str | None]
EDITION = "edition"
_PLACES = range(len(PERIMETER))


def with_unsaid(figures: Sequence[Figure]) -> list[Figure]:
    """Each figure with its unsaid keys filled where its document leaves no doubt, in the given order."""
    groups: dict[tuple[str, str | None], list[Figure]] = {}
    for figure in figures:
        groups.setdefault((figure.claim.document, figure.claim.actor), []).append(figure)
    filled = {figure.order: figure for members in groups.values() for figure in _filled(members)}
    return [filled[figure.order] for figure in figures]


def between_stages(figures: Sequence[Figure], kinds: Kinds) -> list[Figure]:
    """The figures, with changes from one stage of a budget to the next as terms that no identity speaks of.

    A cut in what was proposed, told beside what became of it, is no change from the year before: a change
    that says another stage than all levels of its year in its own sentence is one from that stage, and so may
    be a fall of what is only proposed, where the sentence does not give the year before to fall from.
    """
    stages: dict[tuple[object, ...], set[str | None]] = {}
    for figure in figures:
        if figure.term.operator == "level":
            stages.setdefault(_subject(figure, figure.term.period), set()).add(figure.claim.status)
    return [_unbound(figure) if _leaves_stage(figure, stages, kinds) else figure for figure in figures]


def _subject(figure: Figure, period: str) -> tuple[object, ...]:
    sentence = figure.claim.document, figure.claim.sentence_start
    return *sentence, figure.frame, figure.term.measure, figure.term.item, period


def _leaves_stage(figure: Figure, stages: Mapping[tuple[object, ...], set[str | None]], kinds: Kinds) -> bool:
    if figure.term.operator != "change" or figure.stage is None:
        return False
    told = stages.get(_subject(figure, figure.term.period), set())
    if figure.claim.direction == "down" and figure.stage in kinds.bases:
        return _subject(figure, year_before(figure.term.period)) not in stages
    return bool(told) and figure.claim.status not in told


def _unbound(figure: Figure) -> Figure:
    return replace(figure, term=figure.term.at(operator=NO_BASELINE))


def _filled(members: Sequence[Figure]) -> Iterator[Figure]:
    """The figures of one document and actor with what the others say."""
    # A deadline is no year of a figure, but it leaves the year of its own sentence in doubt.
    year = _nearest(members, _period, lambda one: "" if _has_deadline(one) else one.period, _latest)
    stage = _nearest(members, _stage, _stage)
    perimeters = {
        kind: _perimeter([one for one in members if one.has_perimeter is kind]) for kind in (True, False)
    }
    for figure in members:
        parts = perimeters[figure.has_perimeter](figure)
        assumed = [PERIMETER[place] for place in _PLACES if figure.perimeter[place] != parts[place]]
        filled = replace(figure, perimeter=parts, assumed=(*figure.assumed, *assumed))
        yield _with_stage(_with_year(filled, year(figure)), stage(figure))


def _perimeter(members: Sequence[Figure]) -> Callable[[Figure], tuple[str | None, ...]]:
    """A function to the perimeter of figures that all have one, or that all are of the economy: the prices of
    the one are not those of the other. Who names no edition means the one at hand.
    """
    nearest = [_nearest(members, key, key) for key in (partial(_part, place) for place in _PLACES)]
    return lambda figure: tuple(
        own or (_taken(near(figure), figure) if key != EDITION else None)
        for key, own, near in zip(PERIMETER, figure.perimeter, nearest, strict=True)
    )


def _taken(said: str | None, figure: Figure) -> str | None:
    """What others say, unless it is that they grow in real terms: that leaves amounts as they are printed."""
    return None if said == REAL and figure.term.operator.partition(" ")[0] not in MOVES else said


def _only(values: Collection[str]) -> str | None:
    return next(iter(values)) if len(values) == 1 else None


def _latest(years: Collection[str]) -> str | None:
    """The year of which a sentence or document speaks: the only one, but for the year before as its base."""
    latest = max(years, default="")
    return latest if latest and set(years) <= {latest, year_before(latest)} else None


def _nearest(
    members: Sequence[Figure],
    in_sentence: Said,
    in_document: Said,
    settle: Callable[[Collection[str]], str | None] = _only,
) -> Said:
    """A function to what a figure's sentence says of a key or, where it says nothing, what the document says.

    `settle` gives the one value that several leave, if they do.
    """
    sentences: dict[int, set[str]] = {}
    document: set[str] = set()
    for member in members:
        if value := in_sentence(member):
            sentences.setdefault(member.claim.sentence_start, set()).add(value)
        if value := in_document(member):
            document.add(value)
    settled = settle(document)
    return lambda one: settle(said) if (said := sentences.get(one.claim.sentence_start)) else settled


def _part(place: int, figure: Figure) -> str | None:
    return figure.perimeter[place]


def _period(figure: Figure) -> str:
    return figure.period


def _stage(figure: Figure) -> str | None:
    return figure.stage


def _has_deadline(figure: Figure) -> bool:
    return figure.sets_question or "/" in figure.period


def _with_year(figure: Figure, year: str | None) -> Figure:
    """Its year, or one that only its own document has; a target or floor counts whatever its year."""
    if figure.period or figure.is_timeless:
        return figure
    if year and "/" not in year:
        return replace(figure, term=figure.term.at(period=year), assumed=(*figure.assumed, "period"))
    return replace(figure, term=figure.term.at(period=f"the year of {figure.claim.document}"))


def _with_stage(figure: Figure, stage: str | None) -> Figure:
    if not stage or not figure.has_stage or figure.claim.status not in (None, "estimate"):
        return figure
    return replace(figure, stage=stage, assumed=(*figure.assumed, "status"))
