"""A budget by its parts, and what its increase is made of: only what is claimed or follows from claims."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from steelyard.core.claim import Claim
from steelyard.core.interval import Interval
from steelyard.core.vocabulary import Vocabulary
from steelyard.report.results import Results
from steelyard.report.wording import Wording

_WHOLE: str | None = None  # the item of a claim that is of the whole
_SET = ("target", "floor", "pledge")
Key = tuple[str | None, str | None, str | None, str | None]
PRINTED, DERIVED, REMAINDER = "printed", "derived", "remainder"
LEFT = "Remainder"  # the name of what is left over


@dataclass(frozen=True, slots=True)
class Piece:
    """One amount: the value to show, what its claims leave open, and how it is known.

    `kind` is "printed", "derived" from the `claims`, or the "remainder" that no claim speaks of.
    """

    name: str
    value: Decimal
    open: Interval
    kind: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Budget:
    """One actor's budget of a year in one unit and of one stage, with all of it that claims give.

    `parts` add up to `whole`, `earlier` to `before`, the whole of the year before, and `rises` to `rise`,
    their remainders among them; each is empty where the claims give no part. `rise` and `before` are None
    where nothing tells the year before.
    """

    actor: str
    measure: str
    year: int
    status: str
    unit: str
    whole: Piece
    parts: tuple[Piece, ...]
    before: Piece | None
    earlier: tuple[Piece, ...]
    rise: Piece | None
    rises: tuple[Piece, ...]


def budgets_of(results: Results) -> Iterator[Budget]:
    """Every budget of which the claims give at least one part, or what a part adds to its increase."""
    wording = Wording(results.vocabulary)
    claims = [claim for claim in results.ledger if _counts(claim)]
    keys = dict.fromkeys(
        (claim.actor or "", claim.measure or "", claim.period or "", claim.status or "", claim.unit or "")
        for claim in claims
        if claim.statistic == "level" and claim.item is _WHOLE and wording.is_money(claim.unit)
    )
    same: dict[tuple[str | None, str | None], dict[Key, list[Claim]]] = {}
    for claim in claims:
        key = (claim.item, claim.statistic, claim.period, claim.unit)
        same.setdefault((claim.actor, claim.measure), {}).setdefault(key, []).append(claim)
    for actor, measure, period, status, unit in keys:
        items = items_of(actor, measure, int(period[-4:]), results.vocabulary)
        told = _Told(same[actor, measure], period, status, unit)
        whole = told.level(_WHOLE)
        if whole and items:
            budget = _budget((actor, measure, status, unit), whole, items, told)
            if budget.parts or budget.rises:
                yield budget


def items_of(actor: str, measure: str, year: int, vocabulary: Vocabulary) -> Mapping[str, str]:
    """The labels of the items that make up the whole of a measure for an actor in a year, by id."""
    entry = vocabulary.entry("measures", measure)
    if entry is None:
        return {}
    labels = entry.table("items")
    for row in entry.tables("decompositions"):
        if row.get("actor") == actor and year <= int(str(row.get("to") or year)[:4]):
            items = row.get("items")
            return {item: _label(labels.get(item), item) for item in map(str, _listed(items))}
    return {}


def _label(entry: object, item: str) -> str:
    return str(entry.get("label", item)) if isinstance(entry, Mapping) else item


def _listed(value: object) -> Sequence[object]:
    return value if isinstance(value, (list, tuple)) else ()


def _counts(claim: Claim) -> bool:
    """Whether a claim is a plain figure of one year that can be laid beside others."""
    when = claim.when if claim.is_number else None
    plain = not (claim.definition or claim.prices or claim.basis or claim.negated or claim.location)
    yearly = when is not None and when.kind in ("year", "fiscal")
    return plain and yearly and claim.interval.is_bounded and claim.status not in _SET


@dataclass(frozen=True, slots=True)
class _Told:
    """What claims tell of one actor's measure, for one period, stage and unit; by item, statistic, period and
    unit.
    """

    claims: Mapping[Key, Sequence[Claim]]
    period: str
    status: str
    unit: str

    @property
    def _earlier(self) -> str:
        """The year before, written as the period is."""
        return f"{self.period[:-4]}{int(self.period[-4:]) - 1:04d}"

    def _find(self, item: str | None, statistic: str, period: str, unit: str, *, stage: bool) -> Claim | None:
        """The surest claim of an item; of this stage, or of no stage if need be."""
        found = [
            claim
            for claim in self.claims.get((item, statistic, period, unit), ())
            if (not stage or claim.status in (self.status or None, None))
            and (claim.baseline or period)[-4:] in (period[-4:], self._earlier[-4:])
        ]
        return max(found, key=lambda claim: (claim.status == self.status, claim.confidence), default=None)

    def level(self, item: str | None) -> Piece | None:
        """The level of the period itself, as printed."""
        claim = self._find(item, "level", self.period, self.unit, stage=True)
        return _printed(claim) if claim else None

    def before(self, item: str | None) -> Piece | None:
        """The level of the year before, as printed, else as the level and its change leave it."""
        claim = self._find(item, "level", self._earlier, self.unit, stage=False)
        if claim:
            return _printed(claim)
        level, change = self.level(item), self.change(item)
        if not level or not change:
            return None
        growth = self._growth(item)
        open_ = level.open - change.open
        if growth and change.kind == DERIVED:
            open_ = level.open / (growth.interval / Interval.exactly(100) + Interval.exactly(1))
        claims = tuple(dict.fromkeys((*level.claims, *change.claims)))
        return Piece("", level.value - change.value, open_, DERIVED, claims)

    def change(self, item: str | None) -> Piece | None:
        """How much more than in the year before: as printed, else from two levels, or a level and growth."""
        level = self.level(item)
        last = self._find(item, "level", self._earlier, self.unit, stage=False)
        claim = self._find(item, "change", self.period, self.unit, stage=True)
        # A change from nobody says what may be a cut in a request, and adds nothing to the year before.
        claim = claim if claim and claim.baseline else None
        growth = self._growth(item)
        if level and last:
            there = _printed(last)
            both = (*level.claims, last)
            return Piece("", level.value - there.value, level.open - there.open, DERIVED, both)
        if claim:
            piece = _printed(claim)
            down = claim.direction == "down" and piece.value > 0
            return Piece("", -piece.value, -piece.open, PRINTED, piece.claims) if down else piece
        if level and growth:
            return _grown(level, growth)
        return None

    def _growth(self, item: str | None) -> Claim | None:
        claim = self._find(item, "growth", self.period, "%", stage=True)
        return claim if claim and claim.interval.low > -100 else None


def _printed(claim: Claim) -> Piece:
    value = claim.value if claim.value is not None else claim.interval.middle
    return Piece("", value, claim.interval, PRINTED, (claim,))


def _grown(level: Piece, growth: Claim) -> Piece:
    """What a level has grown by; it rises with the level and with the growth, so that its ends are theirs."""

    def part(rate: Decimal, amount: Decimal) -> Decimal:
        return amount * rate / (100 + rate)

    rates = -growth.interval if growth.direction == "down" and growth.interval.low > 0 else growth.interval
    corners = [
        part(rate, end) for rate in (rates.low, rates.high) for end in (level.open.low, level.open.high)
    ]
    value = growth.value if growth.value is not None else growth.interval.middle
    value = -value if rates != growth.interval else value
    both = (*level.claims, growth)
    return Piece("", part(value, level.value), Interval(min(corners), max(corners)), DERIVED, both)


def _budget(key: tuple[str, str, str, str], whole: Piece, items: Mapping[str, str], told: _Told) -> Budget:
    actor, measure, status, unit = key
    levels = {item: told.level(item) for item in items}
    changes = {item: told.change(item) for item in items}
    rise, before = told.change(_WHOLE), told.before(_WHOLE)
    return Budget(
        actor,
        measure,
        int(told.period[-4:]),
        status,
        unit,
        whole,
        _completed(whole, levels, items),
        before,
        _completed(before, {item: told.before(item) for item in items}, items) if before else (),
        rise,
        _completed(rise, changes, items) if rise and before else (),
    )


def _completed(
    whole: Piece, found: Mapping[str, Piece | None], items: Mapping[str, str]
) -> tuple[Piece, ...]:
    """The parts that are known, and what is left of the whole; empty where no part is known.

    What is left is that of the one part of which nothing is said, if there is one, for the parts make up the
    whole; else it is a remainder, and is called so.
    """
    known = {item: piece for item, piece in found.items() if piece}
    if not known:
        return ()
    parts = [
        Piece(items[item], piece.value, piece.open, piece.kind, piece.claims) for item, piece in known.items()
    ]
    left, open_ = whole.value, whole.open
    for piece in parts:
        left, open_ = left - piece.value, open_ - piece.open
    claims = tuple(dict.fromkeys([*whole.claims, *(claim for piece in parts for claim in piece.claims)]))
    missing = [item for item in items if item not in known]
    if len(missing) == 1:
        rest = Piece(items[missing[0]], left, open_, DERIVED, claims)
    else:
        rest = Piece(LEFT, left, open_, REMAINDER, claims)
    return (*parts, rest) if left or missing else tuple(parts)
