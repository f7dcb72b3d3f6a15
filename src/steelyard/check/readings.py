"""Ways in which figures that contradict each other would all hold, ranked by what readings.toml says they
cost.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial

from steelyard.check.elsewhere import Printed, other_base
from steelyard.check.figures import CALENDAR, Figure
from steelyard.check.originals import Original
from steelyard.check.propagate import Trial
from steelyard.check.stretches import is_in_reach, stretched
from steelyard.check.wording import quoted, scale_for
from steelyard.core.expression import Term
from steelyard.core.interval import Interval
from steelyard.core.vocabulary import Entry, Vocabulary

MOST_READINGS = 8
THOUSAND = Decimal(1000)
PER_LAST_DIGIT = Decimal("0.1")
# A slip of scale moves a number by a thousand; what it takes farther than this from its bound is none.
NEAR_ITS_BOUND = 30
# What a key becomes that no text names.
ANOTHER = "another"
FARTHEST = Decimal(10)
NOTHING = Printed()
# Two digits that change places move a number by nine units of the last or more; what leaves it a stretch half
# as wide gives it to the last digit, whatever the rounding of its parts.
SHARPEST = 4


@dataclass(frozen=True, slots=True)
class Reading:
    """One way in which all would hold: `change` in words, the id of the claim it touches, and what that
    becomes.

    `to` is {"low", "high", "unit"} or {"value"}; `kind` an id of readings.toml.
    """

    cost: float
    change: str
    claim: str
    to: Mapping[str, object] = field(hash=False)
    kind: str

    def to_json(self) -> dict[str, object]:
        """The keys of the contract."""
        return {
            "cost": self.cost,
            "change": self.change,
            "claim": self.claim,
            "to": dict(self.to),
            "kind": self.kind,
        }


def bounds_json(interval: Interval, unit: str | None) -> dict[str, object]:
    """An interval as the contract has it, open ends as null; numbers to fifteen digits."""
    ends = [float(bound) if bound.is_finite() else None for bound in (interval.low, interval.high)]
    whole = [int(end) if end is not None and end == int(end) else end for end in ends]
    return {"low": whole[0], "high": whole[1], "unit": unit}


def readings_of(
    trial: Trial,
    result: Term | None,
    originals: Mapping[int, Original],
    vocabulary: Vocabulary,
    printed: Printed = NOTHING,
) -> tuple[Reading, ...]:
    """Readings of a contradiction, the likeliest first, at most MOST_READINGS.

    `result` is the term that follows from the others, if the text states it; `originals` gives what figures
    may have been converted from, by their order in the ledger, and `printed` all that the ledger states.
    """
    found: list[Reading] = []
    for entry in vocabulary.entries("readings").values():
        found += _of_another_kind(entry, trial, vocabulary)
        for term, figure in (*trial.claimed, *trial.given):
            found += _read(entry, trial, term, figure, result, originals)
            if figure.sets_question:
                continue
            if off := stretched(entry, trial, term, figure, vocabulary):
                found.append(_reading(entry, figure, off, f"{quoted(figure.claim)} {entry.label}"))
            found += _by_what_is_printed(entry, trial, term, figure, printed)
    # Of readings that cost as much, that of the figure comes first that stands first.
    return tuple(sorted(found, key=lambda reading: (reading.cost, reading.kind))[:MOST_READINGS])


def _of_another_kind(entry: Entry, trial: Trial, vocabulary: Vocabulary) -> Iterator[Reading]:
    """The readings that one figure is of another perimeter, stage or calendar, where nobody says its own."""
    for find, words in (
        (_may_differ_in_perimeter, f"is of {entry.label}"),
        (_may_differ_in_stage, f"is of {entry.label}"),
        (partial(_may_differ_in_calendar, vocabulary), f"is of {entry.label}"),
    ):
        figure = find(entry.text("changes"), trial)
        term = next((term for term, one in trial.claimed if one is figure), None)
        if figure and term and is_in_reach(entry, trial, term, figure):
            cost, change = float(entry.number("cost")), f"{quoted(figure.claim)} {words}"
            yield Reading(cost, change, figure.claim.id, {"value": ANOTHER}, entry.id)


def _by_what_is_printed(
    entry: Entry, trial: Trial, term: Term, figure: Figure, printed: Printed
) -> Iterator[Reading]:
    """The readings that a figure is of another year, for which it stands too, or that growth has another
    base.
    """
    if entry.text("changes") == "year" and (other := printed.in_another_year(figure)):
        change = f"{quoted(figure.claim)} {entry.label}: {other.term.period}, for which it stands too"
        cost = float(entry.number("cost"))
        yield Reading(cost, change, figure.claim.id, {"value": other.term.period}, entry.id)
    elif entry.text("changes") == "base" and (left := other_base(entry, trial, term, figure)):
        yield _reading(entry, figure, left, f"{quoted(figure.claim)} {entry.label}")


def _may_differ_in_perimeter(changes: str, trial: Trial) -> Figure | None:
    """The last of the figures that may count different things as defence, where none says what it counts.

    Those of several documents may (changes "definition"); those of one only where it gives an amount in one
    sentence and a share of the economy in another (changes "perimeter").
    """
    bounded = [figure for _, figure in trial.claimed if figure.has_perimeter]
    if not bounded or any(figure.claim.definition for figure in bounded):
        return None
    several = len({figure.claim.document for figure in bounded}) > 1
    apart = len({figure.claim.sentence_start for figure in bounded}) > 1
    two_kinds = apart and len({figure.term.measure for figure in bounded}) > 1
    may_differ = {"definition": several, "perimeter": not several and two_kinds}
    levels = [one for one in bounded if one.term.operator == "level"]
    return (levels or bounded)[-1] if may_differ.get(changes) else None


def _may_differ_in_stage(changes: str, trial: Trial) -> Figure | None:
    """The last of the figures of several documents none of which says at which stage of a budget it is."""
    staged = [figure for _, figure in trial.claimed if figure.has_stage]
    several = len({figure.claim.document for figure in staged}) > 1
    return staged[-1] if changes == "stage" and several and not any(one.stage for one in staged) else None


def _may_differ_in_calendar(vocabulary: Vocabulary, changes: str, trial: Trial) -> Figure | None:
    """The last of the figures of several documents that may be of a fiscal year, where it is none of the
    calendar and nobody says of which they are.
    """
    dated = [figure for _, figure in trial.claimed if figure.term.period.isdigit()]
    if changes != CALENDAR or len({figure.claim.document for figure in dated}) < 2:
        return None
    actor = vocabulary.entry("actors", dated[-1].claim.actor)
    return dated[-1] if actor and actor.number("fiscal_year_start_month") != 1 else None


def _read(
    entry: Entry,
    trial: Trial,
    term: Term,
    figure: Figure,
    result: Term | None,
    originals: Mapping[int, Original],
) -> Iterator[Reading]:
    """The readings of one kind that change one figure."""
    changes = entry.text("changes")
    if changes == ("given" if figure.sets_question else "result" if term == result else "figure"):
        yield from _moved(entry, trial, term, figure)
    elif figure.sets_question:
        return
    elif changes == "conversion" and (original := originals.get(figure.order)):
        if trial.holds_with(term, original.interval):
            change = f"{quoted(figure.claim)} {entry.label.partition(' a ')[0]} {original.words}"
            yield _reading(entry, figure, original.interval, change)
    elif changes in _SLIPS and _applies(changes, term == result):
        for interval in _SLIPS[changes](figure):
            if trial.holds_with(term, interval) and _TELLS.get(changes, _always)(trial, term, interval):
                change = f"{quoted(figure.claim)} {entry.label}{_becoming(changes, figure, interval)}"
                yield _reading(entry, figure, interval, change)
                break


def _applies(changes: str, to_result: bool) -> bool:
    """Whether a slip is one of the figure that follows from the others, or of any other."""
    return to_result if changes == "result-truncation" else changes != "truncation" or not to_result


def _moved(entry: Entry, trial: Trial, term: Term, figure: Figure) -> Iterator[Reading]:
    """The figure moved to what the others leave for it; dearer the more last digits that takes."""
    left = trial.implied(term)
    if left.low > left.high or (left.low == -left.high and not left.exact):
        return
    interval = left.interval()
    if not interval.low.is_finite() and not interval.high.is_finite():
        return
    miss = figure.interval.miss(interval)
    digits = min(FARTHEST, miss / figure.last_digit) if figure.last_digit else FARTHEST
    printed = figure.printed(interval)
    unit = figure.claim.unit or ""
    own = figure.printed(figure.interval)
    words = scale_for([printed, own], unit).between(printed)
    yield _reading(entry, figure, interval, f"{quoted(figure.claim)} {entry.label}: {words}", digits)


def _reading(
    entry: Entry, figure: Figure, interval: Interval, change: str, digits: Decimal = Decimal(0)
) -> Reading:
    cost = round(float(entry.number("cost") + digits * PER_LAST_DIGIT), 3)
    printed = figure.printed(interval)
    return Reading(cost, change, figure.claim.id, bounds_json(printed, figure.claim.unit), entry.id)


def _cut_off(figure: Figure) -> list[Interval]:
    """What the printed digits stand for if the rest was dropped, on either side of zero."""
    value = figure.value
    if value is None or not figure.last_digit or figure.claim.hedge:
        return []
    cut = Interval(abs(value), abs(value) + figure.last_digit)
    return [-cut if value < 0 else cut]


def _scaled(figure: Figure) -> list[Interval]:
    """The figure a thousand times larger or smaller; shares and growth have no scale word to mistake."""
    if figure.dimension != "money":
        return []
    return [figure.interval.scaled(THOUSAND), figure.interval.scaled(1 / THOUSAND)]


def _hits(trial: Trial, term: Term, interval: Interval) -> bool:
    """Whether the others give just that number to the last digit, rather than a stretch that it touches."""
    left = trial.implied(term)
    middle, unit = interval.middle, trial.figures[term].last_digit
    return bool(left.low <= middle <= left.high and left.high - left.low <= SHARPEST * unit)


def _is_a_thousandfold(trial: Trial, term: Term, interval: Interval) -> bool:
    """Whether a figure that is only bounded comes near its bound by a slip of scale, not far beyond it."""
    left = trial.implied(term).interval()
    end = next((bound for bound in (left.low, left.high) if bound.is_finite()), None)
    if left.is_bounded or not interval.is_bounded or not end:
        return True
    return max(abs(interval.middle / end), abs(end / interval.middle)) <= NEAR_ITS_BOUND


def _always(*_: object) -> bool:
    return True


_TELLS = {"digits": _hits, "scale": _is_a_thousandfold}


def _becoming(changes: str, figure: Figure, interval: Interval) -> str:
    """The number that a slip makes of another, as printed; nothing where digits are only dropped."""
    if changes not in _TELLS or not interval.is_bounded:
        return ""
    number = figure.printed(Interval.exactly(interval.middle))
    return f": {scale_for([number], figure.claim.unit or '').between(number)}"


def transposed(figure: Figure) -> list[Interval]:
    """The figure with two neighbouring digits in each other's place, for each such pair; its sign stays."""
    value, unit = figure.value, figure.last_digit
    if value is None or not unit or value % unit:
        return []
    digits = str(int(abs(value) / unit))
    swapped = [
        digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]
        for place in range(len(digits) - 1)
        if digits[place] != digits[place + 1] and not (place == 0 and digits[1] == "0")
    ]
    return [Interval.around((unit * int(text)).copy_sign(value), unit / 2) for text in swapped]


_SLIPS = {"truncation": _cut_off, "result-truncation": _cut_off, "scale": _scaled, "digits": transposed}


def standing_reading(
    key: str, silent: Figure | None, figures: Sequence[Figure], vocabulary: Vocabulary
) -> tuple[Reading, ...]:
    """The reading that the figures are of another stage, definition, basis, edition or price base.

    `silent` is the figure that leaves the key open; None where both say it, and it costs nothing then. By the
    key CALENDAR they are of a fiscal and of a calendar year.
    """
    entry = next((one for one in vocabulary.entries("readings").values() if one.text("changes") == key), None)
    if entry is None:
        return ()
    if silent is None:
        last = figures[-1]
        value = getattr(last.claim, "period" if key == CALENDAR else key)
        change = f"{quoted(last.claim)} is {vocabulary.label('statuses', value)}, as its text says"
        if key == CALENDAR:
            first = figures[0].claim
            change = f"{quoted(first)} is of {first.period} and {quoted(last.claim)} of {value}, as they say"
        return (Reading(0.0, change, last.claim.id, {"value": value}, entry.id),)
    said = next((one.says(key) for one in figures if one is not silent), None) or ""
    said = "" if key == CALENDAR else said
    known = f"“{vocabulary.label('definitions', said)}”" if key == "definition" else said
    change = f"{quoted(silent.claim)} is of {entry.label}{f', not {known}' if said else ''}"
    cost = round(float(entry.number("cost")), 3)
    return (Reading(cost, change, silent.claim.id, {"value": _other(key, said, vocabulary)}, entry.id),)


def _other(key: str, said: str, vocabulary: Vocabulary) -> str:
    """The stage after the one said, or the one before the last; for other keys, that it is another."""
    rules = vocabulary.entries("rules").values()
    stages = [stage for rule in rules if rule.text("kind") == "stages" for stage in rule.texts("stages")]
    if key != "status" or said not in stages:
        return f"not {said}" if said else ANOTHER
    place = stages.index(said)
    return stages[place + 1] if place + 1 < len(stages) else stages[place - 1]
