"""Claims as figures that identities can speak of: a term, an interval in base units, stage and perimeter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from steelyard.check.years import plain_period, year_before
from steelyard.core.claim import CALENDAR_YEAR, CARRIED_PERIOD, OWN_PERIOD, Claim, Ledger
from steelyard.core.expression import Term
from steelyard.core.interval import Interval
from steelyard.core.problems import Place, Problem
from steelyard.core.quantity import Unit
from steelyard.core.vocabulary import Entry, Vocabulary

PERIMETER = ("definition", "basis", "edition", "prices")
STATISTICS = ("level", "change", "growth", "share", "gap")
# The operator of the language of identities for figures that only set a question, by their status.
SETTING = {"target": "target", "pledge": "target", "floor": "floor"}
# The level of a year as what the next one's growth is counted from; identities write it `previous(x)`.
BASE = "base"
# A change from nobody says what: it may be a cut in a request, and no identity speaks of it.
NO_BASELINE = "change since what is not said"
# The key in which two figures differ that may be of two years.
YEAR = "period"
# The key in which two figures of one year differ that may be of a fiscal and of a calendar year.
CALENDAR = "calendar"
# A sentence that has fewer characters beside its figure is too short to be known again.
FEWEST_WORDS = 20
STRAIGHT = str.maketrans("‘’“”\u00a0", "''\"\" ")
PLAIN = ("share", "growth", "points")
MOVES = ("growth", "change")
# Prices of which nobody says the year: "5 % in real terms" is growth of no amounts that are printed.
REAL = "constant"


@dataclass(frozen=True, slots=True)
class Figure:
    """A numeric claim as one term of identities.

    `interval` and `last_digit` (one unit of the last printed digit, zero for an exact number) are in base
    units; `factor` turns printed units into them. `period` is the claim's in its one spelling, empty where it
    says none; `is_sure` tells whether the claim says of itself which number it is of, `is_half_sure` whether
    it says at least of which year, and `has_two_years` whether its actor's fiscal year is another than the
    calendar's. `stage` is the stage of the budget, `perimeter` whose count it is, each None where nobody
    says. `assumed` names the keys that the document, not the claim, gave.
    """

    claim: Claim
    order: int
    term: Term
    interval: Interval
    factor: Decimal
    last_digit: Decimal
    dimension: str
    period: str
    stage: str | None
    perimeter: tuple[str | None, ...]
    has_stage: bool = True
    has_perimeter: bool = True
    is_sure: bool = True
    is_half_sure: bool = True
    has_two_years: bool = False
    assumed: tuple[str, ...] = ()

    @property
    def value(self) -> Decimal | None:
        """The printed number in base units; the middle where only bounds are known, None for an open end."""
        if self.claim.value is not None and self.claim.value * self.factor in self.interval:
            return self.claim.value * self.factor
        return self.interval.middle if self.interval.is_bounded else None

    @property
    def year_is_open(self) -> bool:
        """Whether its own sentence says no year, so that it was taken from elsewhere."""
        return not self.period or CARRIED_PERIOD in self.claim.reasons

    def says(self, key: str) -> str | None:
        """Its stage (key "status"), as its document has it, or what its own words say for another key."""
        if key == CALENDAR:
            return CALENDAR if CALENDAR_YEAR in self.claim.reasons else None
        value: str | None = self.stage if key == "status" else getattr(self.claim, key)
        return value

    @property
    def voice(self) -> tuple[object, ...]:
        """Whose word it is: the same for one speaker on one day, and for copies of one sentence.

        A ledger holds no sentences, but a figure that stands as far into a sentence as long, in the same
        words, is in the same one. A figure without words around it (a cell of a table) is its own voice.
        """
        claim = self.claim
        if claim.speaker and claim.said:
            return claim.speaker.lower(), claim.said
        length, place = claim.sentence_end - claim.sentence_start, claim.start - claim.sentence_start
        if length <= len(claim.quote) + FEWEST_WORDS:
            return (self.order,)
        return length, place, " ".join(claim.quote.translate(STRAIGHT).split())

    @property
    def word(self) -> tuple[object, ...]:
        """What its voice says: the same for every place in which it is repeated."""
        term = self.term
        return self.voice, term.measure, term.operator, term.item, self.interval, self.claim.unit

    @property
    def sets_question(self) -> bool:
        """Whether it is an exact number that only sets the question: a target, a pledge or a floor."""
        return self.term.operator in SETTING.values()

    @property
    def is_timeless(self) -> bool:
        """Whether it counts whatever its year: a share aimed at, a least number of troops."""
        return self.sets_question and not is_dated(self.term.operator, self.dimension)

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


def as_base(term: Term) -> Term:
    """A level as what the growth of the next year is counted from."""
    return replace(term, operator=BASE) if term.operator == "level" else term


def is_dated(operator: str, dimension: str) -> bool:
    """Whether a term has a year: an amount aimed at is of its year's economy, a share or a number is not."""
    return operator not in SETTING.values() or dimension == "money"


@dataclass(frozen=True, slots=True)
class Kinds:
    """What the rules say: the stages of a budget, and which measures have a stage or a perimeter.

    `bases` names, for a stage, the one of the year before that its growth is counted from, where it is
    another. `same_figure` is the rule by which two accounts are of one number, and `sure` the confidence from
    which on a claim counts as one of the number that it was read as, `half_sure` that from which on it does
    beside a sure one, `likely` that from which on it may be of it. `near` is the part of a value up to
    which a miss within its last digit weighs no more than that digit.
    """

    stages: tuple[str, ...]
    bases: Mapping[str, str]
    staged: frozenset[str]
    bounded: frozenset[str]
    same_figure: str
    sure: float
    half_sure: float
    likely: float
    near: Decimal

    @classmethod
    def of(cls, vocabulary: Vocabulary) -> Kinds:
        """What the rules of kind "stages", "perimeter" and "comparison" say."""
        rules: dict[str, list[Entry]] = {}
        for rule in vocabulary.entries("rules").values():
            rules.setdefault(rule.text("kind"), []).append(rule)
        stages, perimeters = rules.get("stages", []), rules.get("perimeter", [])
        comparison = next(iter(rules.get("comparison", [])), None)
        return cls(
            tuple(stage for rule in stages for stage in rule.texts("stages")),
            {stage: str(base) for rule in stages for stage, base in rule.table("bases").items()},
            frozenset(measure for rule in stages for measure in rule.texts("measures")),
            frozenset(measure for rule in perimeters for measure in rule.texts("measures")),
            comparison.id if comparison else "",
            float(comparison.number("sure")) if comparison else 1.0,
            float(comparison.number("half_sure")) if comparison else 1.0,
            float(comparison.number("likely")) if comparison else 1.0,
            Decimal(str(comparison.number("near"))) if comparison else Decimal(0),
        )


def figures_of(ledger: Ledger, kinds: Kinds, vocabulary: Vocabulary) -> tuple[list[Figure], list[Problem]]:
    """The numeric claims that identities can speak of, in the order of the ledger, and what is wrong with
    others.
    """
    found: list[Figure] = []
    problems: list[Problem] = []
    for order, claim in enumerate(ledger):
        figure = _figure(claim, order, vocabulary, kinds) if _states_a_number(claim) else None
        if isinstance(figure, Problem):
            problems.append(figure)
        elif figure:
            found.append(figure)
    return found, problems


def _states_a_number(claim: Claim) -> bool:
    """Whether a claim is evidence of somebody's number: not denied, not what would be if, not converted from
    one that the text gives beside it.
    """
    if not claim.is_number or claim.measure is None or claim.actor is None or claim.negated:
        return False
    return claim.conversion_of is None and (claim.condition is None or claim.status in SETTING)


def stated_figure(claim: Claim, order: int, term: Term, vocabulary: Vocabulary) -> Figure | None:
    """A claim as a number of which only its text says what it is to others; None where it has no number.

    It has no stage and no perimeter of its own: the words that join it to others leave them no room.
    """
    unit = vocabulary.units.unit(claim.unit or "")
    if not claim.is_number or (unit is None and claim.unit is not None and claim.unit.isupper()):
        return None
    factor = unit.factor if unit else Decimal(1)
    if _is_reversed(claim):
        return None
    return Figure(
        claim,
        order,
        term,
        interval=claim.interval.scaled(factor),
        factor=factor,
        last_digit=_last_digit(claim) * factor,
        dimension=unit.dimension if unit else "count",
        period="",
        stage=None,
        perimeter=(None,) * len(PERIMETER),
        has_stage=False,
        has_perimeter=False,
    )


def _is_reversed(claim: Claim) -> bool:
    return claim.low is not None and claim.high is not None and claim.low > claim.high


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
    if _is_reversed(claim):
        message = f"The low end {claim.low} is above the high end {claim.high}."
        return Problem("bounds-reversed", message, place_of(claim), "Exchange the two ends of the claim.")
    unit = vocabulary.units.unit(claim.unit or "")
    if unit is None and claim.unit is None and claim.statistic in ("growth", "share"):
        return None  # "doubled" and "a third of" have no unit and bind nothing
    if unit is None:
        message = f"The unit {claim.unit!r} of {claim.quote!r} is not known; the claim is left out."
        return Problem("unknown-unit", message, place_of(claim), "Add it to units.toml.", "refusal")
    actor = vocabulary.entry("actors", claim.actor)
    try:
        period, baseline = plain_period(claim.period, actor), plain_period(claim.baseline, actor)
    except ValueError as error:
        hint = "Periods are written 2026, FY2026, 2026-01, 2026-01-23 or 2026/2030."
        return Problem("odd-period", f"{claim.quote!r}: {error}.", place_of(claim), hint)
    wanted = "share" if claim.statistic in ("growth", "share") else measure.text("dimension")
    if not _fits(unit, wanted):
        return _unfit(claim, unit, wanted)
    term = _term(claim, period, baseline, unit.dimension, vocabulary)
    return Figure(
        claim,
        order,
        term,
        interval=_signed(claim).scaled(unit.factor),
        factor=unit.factor,
        last_digit=_last_digit(claim) * unit.factor,
        dimension=unit.dimension,
        period=period,
        stage=claim.status if claim.status in kinds.stages and term.measure in kinds.staged else None,
        perimeter=tuple(getattr(claim, key) for key in PERIMETER),
        has_stage=term.measure in kinds.staged,
        has_perimeter=term.measure in kinds.bounded,
        is_sure=bool(period) and claim.confidence >= kinds.sure,
        is_half_sure=claim.confidence >= kinds.half_sure and _says_its_year(claim),
        has_two_years=actor is not None and actor.number("fiscal_year_start_month", "1") != 1,
    )


def _says_its_year(claim: Claim) -> bool:
    """Whether the claim's own sentence says of which year it is."""
    return any(reason.startswith(OWN_PERIOD) for reason in claim.reasons)


def _unfit(claim: Claim, unit: Unit, wanted: str) -> Problem:
    message = f"{claim.quote!r} is in {unit.id}, which is no unit of {wanted}; the claim is left out."
    return Problem(
        "unfit-unit", message, place_of(claim), "Correct its unit, measure or statistic.", "refusal"
    )


def _signed(claim: Claim) -> Interval:
    """The interval with its sign: a change downward is printed without one ("cut by 0.43 trillion won")."""
    moves = claim.statistic in MOVES and (claim.low or 0) >= 0
    if moves and claim.direction in ("<", ">"):  # "by more than 5 %" may be a rise or a fall
        return claim.interval.hull(-claim.interval)
    return -claim.interval if moves and claim.direction == "down" else claim.interval


def _fits(unit: Unit, dimension: str) -> bool:
    return unit.dimension == dimension or (unit.dimension in PLAIN and dimension in PLAIN)


def _term(claim: Claim, period: str, baseline: str, dimension: str, vocabulary: Vocabulary) -> Term:
    """The term that a claim states: one of its own over several years, since another, or in real terms."""
    measure, operator = claim.measure or "", claim.statistic or "level"
    if operator == "share" and (named := _share_measure(claim, vocabulary)):
        measure, operator = named, "level"
    if claim.status in SETTING or claim.status == "ceiling":
        setting = SETTING.get(claim.status, claim.status)
        operator = setting if operator == "level" else f"{operator} {setting}"
    moves = operator in MOVES
    if claim.aggregation and (moves or claim.aggregation != "yearly"):
        operator += f" {claim.aggregation}"
    if moves and claim.prices == REAL:
        operator += f" {REAL}"
    # Growth that names no base is from the year before.
    if operator == "change" and not baseline:
        operator = NO_BASELINE
    elif operator in ("growth", "change") and baseline and baseline != year_before(period):
        operator += f" since {baseline}"
    return Term(
        measure, operator, _item(claim, measure, vocabulary), period if is_dated(operator, dimension) else ""
    )


def _item(claim: Claim, measure: str, vocabulary: Vocabulary) -> str:
    """The item of a claim; where its unit alone tells the measure ("ten years"), the thing in its own words.

    Durations of what nobody names are of one thing with no other.
    """
    entry = vocabulary.entry("measures", measure)
    if claim.item or entry is None or not entry.flag("by_unit"):
        return claim.item or ""
    return (claim.about or claim.id).casefold()


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


def exclude_each_other(figures: Sequence[Figure]) -> bool:
    """Whether there is no number that all of them can be."""
    highest = max(figure.interval.low for figure in figures)
    return highest > min(figure.interval.high for figure in figures)


def last_unit(value: Decimal) -> Decimal:
    """One unit of the last digit of a number that is not zero."""
    return Decimal(1).scaleb(int(value.normalize().as_tuple().exponent))
