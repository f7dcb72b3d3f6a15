"""Claims as figures that identities can speak of: a term, an interval in base units, and what was left
unsaid.

What a claim leaves unsaid (its period, its stage, its perimeter) is taken from its own document where that
says it of the same actor, and the figure remembers that it was assumed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from steelyard.check.years import plain_period, year_before
from steelyard.core.claim import Claim, Ledger
from steelyard.core.expression import Term
from steelyard.core.interval import Interval
from steelyard.core.problems import Place, Problem
from steelyard.core.quantity import Unit
from steelyard.core.vocabulary import Vocabulary

PERIMETER = ("definition", "basis", "edition", "prices")
STATISTICS = ("level", "change", "growth", "share", "gap")
# The operator of the language of identities for figures that only set a question, by their status.
SETTING = {"target": "target", "pledge": "target", "floor": "floor"}
PLAIN = ("share", "growth", "points")


@dataclass(frozen=True, slots=True)
class Figure:
    """A numeric claim as one term of identities.

    `interval` and `last_digit` (one unit of the last printed digit, zero for an exact number) are in base
    units; `factor` turns printed units into them. `stage` is the stage of the budget, `perimeter` whose count
    it is, each None where neither claim nor document says. `assumed` names the keys that the document, not
    the claim, gave.
    """

    claim: Claim
    order: int
    term: Term
    interval: Interval
    factor: Decimal
    last_digit: Decimal
    dimension: str
    stage: str | None
    perimeter: tuple[str | None, ...]
    has_stage: bool = True
    has_perimeter: bool = True
    assumed: tuple[str, ...] = ()

    @property
    def value(self) -> Decimal | None:
        """The printed number in base units; the middle where only bounds are known, None for an open end."""
        if self.claim.value is not None and self.claim.value * self.factor in self.interval:
            return self.claim.value * self.factor
        return self.interval.middle if self.interval.is_bounded else None

    @property
    def sets_question(self) -> bool:
        """Whether it is an exact number that only sets the question: a target, a pledge or a floor."""
        return self.term.operator in SETTING.values()

    def printed(self, interval: Interval) -> Interval:
        """An interval of base units in the unit in which the figure is printed."""
        return (interval / Interval.exactly(self.factor)).scaled(Decimal(1))

    @property
    def frame(self) -> tuple[str | None, ...]:
        """Whose figure it is: what two figures must share before any identity joins them."""
        return self.claim.actor, self.claim.counterpart, self.claim.location

    @property
    def currency(self) -> str:
        """The currency of an amount of money, empty for anything else."""
        return self.claim.unit or "" if self.dimension == "money" else ""


@dataclass(frozen=True, slots=True)
class Kinds:
    """What the rules say: the stages of a budget, and which measures have a stage or a perimeter."""

    stages: tuple[str, ...]
    staged: frozenset[str]
    bounded: frozenset[str]

    @classmethod
    def of(cls, vocabulary: Vocabulary) -> Kinds:
        """What the rules of kind "stages" and "perimeter" say."""
        rules = list(vocabulary.entries("rules").values())
        stages = [rule for rule in rules if rule.text("kind") == "stages"]
        perimeters = [rule for rule in rules if rule.text("kind") == "perimeter"]
        return cls(
            tuple(stage for rule in stages for stage in rule.texts("stages")),
            frozenset(measure for rule in stages for measure in rule.texts("measures")),
            frozenset(measure for rule in perimeters for measure in rule.texts("measures")),
        )


def figures_of(ledger: Ledger, vocabulary: Vocabulary) -> tuple[list[Figure], list[Problem]]:
    """The numeric claims that identities can speak of, in the order of the ledger, and what is wrong with
    others.
    """
    found: list[Figure] = []
    problems: list[Problem] = []
    kinds = Kinds.of(vocabulary)
    for order, claim in enumerate(ledger):
        if claim.kind != "figure" or claim.measure is None or claim.negated or claim.actor is None:
            continue
        if claim.low is None and claim.high is None:
            continue
        figure = _figure(claim, order, vocabulary, kinds)
        if isinstance(figure, Problem):
            problems.append(figure)
        elif figure:
            found.append(figure)
    return _with_what_documents_say(found), problems


def place_of(claim: Claim) -> Place:
    """The document of a claim, with its quotation as key."""
    return Place(claim.document, key=claim.quote)


def _figure(claim: Claim, order: int, vocabulary: Vocabulary, kinds: Kinds) -> Figure | Problem | None:
    """The figure of one claim, a problem where it contradicts itself, None where identities do not speak of
    it.
    """
    measure = vocabulary.entry("measures", claim.measure)
    if measure is None or claim.statistic not in STATISTICS:
        return None
    if claim.low is not None and claim.high is not None and claim.low > claim.high:
        message = f"The low end {claim.low} is above the high end {claim.high}."
        return Problem("bounds-reversed", message, place_of(claim), "Exchange the two ends of the claim.")
    unit = vocabulary.units.unit(claim.unit or "")
    if unit is None:
        message = f"The unit {claim.unit!r} of {claim.quote!r} is not known; the claim is left out."
        return Problem("unknown-unit", message, place_of(claim), "Add it to units.toml.", "refusal")
    term = _term(claim, vocabulary)
    if isinstance(term, Problem):
        return term
    wanted = "share" if claim.statistic in ("growth", "share") else measure.text("dimension")
    if not _fits(unit, wanted):
        message = f"{claim.quote!r} is in {unit.id}, which is no unit of {wanted}; the claim is left out."
        hint = "Correct its unit, measure or statistic."
        return Problem("unfit-unit", message, place_of(claim), hint, "refusal")
    return Figure(
        claim,
        order,
        term,
        interval=_signed(claim).scaled(unit.factor),
        factor=unit.factor,
        last_digit=_last_digit(claim) * unit.factor,
        dimension=unit.dimension,
        stage=claim.status if claim.status in kinds.stages and term.measure in kinds.staged else None,
        perimeter=tuple(getattr(claim, key) for key in PERIMETER),
        has_stage=term.measure in kinds.staged,
        has_perimeter=term.measure in kinds.bounded,
    )


def _signed(claim: Claim) -> Interval:
    """The interval with its sign: a change downward is printed without one ("cut by 0.43 trillion won")."""
    falls = claim.direction == "down" and claim.statistic in ("change", "growth") and (claim.low or 0) >= 0
    return -claim.interval if falls else claim.interval


def _fits(unit: Unit, dimension: str) -> bool:
    return unit.dimension == dimension or (unit.dimension in PLAIN and dimension in PLAIN)


def _term(claim: Claim, vocabulary: Vocabulary) -> Term | Problem:
    """The term that a claim states; one over several years, or since another year, is a term of its own."""
    actor = vocabulary.entry("actors", claim.actor)
    try:
        period = plain_period(claim.period, actor)
        baseline = plain_period(claim.baseline, actor)
    except ValueError as error:
        hint = "Periods are written 2026, FY2026, 2026-01, 2026-01-23 or 2026/2030."
        return Problem("odd-period", f"{claim.quote!r}: {error}.", place_of(claim), hint)
    measure, operator = claim.measure or "", claim.statistic or "level"
    if operator == "share" and (named := _share_measure(claim, vocabulary)):
        measure, operator = named, "level"
    if claim.status in SETTING or claim.status == "ceiling":
        setting = SETTING.get(claim.status, claim.status)
        operator = setting if operator == "level" else f"{operator} {setting}"
    if claim.aggregation not in (None, "yearly"):
        operator += f" {claim.aggregation}"
    # Growth that names no base is from the year before; a change that names none may be a cut in a request.
    base = baseline or (year_before(period) if operator == "growth" else "what is not said")
    if period and operator in ("growth", "change") and base != year_before(period):
        operator += f" since {base}"
    period = "" if operator in SETTING.values() else period
    return Term(measure, operator, claim.item or "", period)


def _share_measure(claim: Claim, vocabulary: Vocabulary) -> str | None:
    """The measure that is the share of the claim's measure in its base, such as spending in GDP."""
    return next(
        (
            entry.id
            for entry in vocabulary.entries("measures").values()
            if claim.base_measure
            and (entry.text("base_measure"), entry.text("denominator")) == (claim.measure, claim.base_measure)
        ),
        None,
    )


def _last_digit(claim: Claim) -> Decimal:
    """One unit of the last printed digit, in the claim's unit; zero for numbers that are exact or a range."""
    if claim.low is None or claim.high is None:
        return last_unit(claim.value) if claim.value else Decimal(0)
    width = (claim.high - claim.low) / (2 if claim.hedge == "about" else 1)
    # A range has no value of its own; its width is seldom a power of ten, that of a rounded number always.
    is_range = claim.value is None and width.normalize().as_tuple().digits != (1,)
    return Decimal(0) if is_range else width


def last_unit(value: Decimal) -> Decimal:
    """One unit of the last digit of a number that is not zero."""
    return Decimal(1).scaleb(int(value.normalize().as_tuple().exponent))


def _with_what_documents_say(figures: list[Figure]) -> list[Figure]:
    """Each figure with its unsaid keys filled from its document, where that says them of the same actor."""
    groups: dict[tuple[str, str | None], list[Figure]] = {}
    for figure in figures:
        groups.setdefault((figure.claim.document, figure.claim.actor), []).append(figure)
    filled = {}
    for members in groups.values():
        members.sort(key=lambda figure: (figure.claim.start, figure.order))
        year, perimeter = _usual_year(members), _one_perimeter(members)
        for figure in members:
            filled[figure.order] = _filled(figure, year, _nearest_stage(figure, members), perimeter)
    return [filled[figure.order] for figure in figures]


def _filled(
    figure: Figure, year: str | None, stage: str | None, perimeter: Mapping[int, str | None]
) -> Figure:
    term, assumed = figure.term, list(figure.assumed)
    if not term.period and not figure.sets_question:
        term = term.at(period=year or f"the year of {figure.claim.document}")
        assumed += ["period"] if year else []
    if figure.has_stage and figure.claim.status in (None, "estimate") and stage:
        assumed.append("status")
    else:
        stage = figure.stage
    parts = tuple(own or perimeter[place] for place, own in enumerate(figure.perimeter))
    assumed += [PERIMETER[place] for place, own in enumerate(figure.perimeter) if own != parts[place]]
    return replace(figure, term=term, stage=stage, perimeter=parts, assumed=tuple(assumed))


def _usual_year(figures: Iterable[Figure]) -> str | None:
    """The year that most figures name; None where none does, or two do as often."""
    years = Counter(f.term.period for f in figures if f.term.period and "/" not in f.term.period)
    ranked = years.most_common(2)
    if not ranked or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]


def _nearest_stage(figure: Figure, figures: Iterable[Figure]) -> str | None:
    """The stage of the nearest figure before it that has one, else of the nearest after it."""
    staged = [other for other in figures if other.stage]
    before = [other for other in staged if other.claim.start <= figure.claim.start]
    return before[-1].stage if before else staged[0].stage if staged else None


def _one_perimeter(figures: Iterable[Figure]) -> dict[int, str | None]:
    """For each key of the perimeter, the one value that a document gives for an actor; None where it gives
    more.
    """
    members = list(figures)
    said = [{member.perimeter[place] for member in members} - {None} for place in range(len(PERIMETER))]
    return {place: next(iter(values)) if len(values) == 1 else None for place, values in enumerate(said)}
