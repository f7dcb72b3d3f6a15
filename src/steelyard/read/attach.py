"""Joins what stands in one sentence into claims, each join with its reason.

The order of the questions matters: what a figure is of decides which period and actor can belong to it, and
its status decides whether the printed number is exact.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from steelyard.core.claim import Claim
from steelyard.core.interval import Interval
from steelyard.read.documents.sentences import Sentence
from steelyard.read.duties import RoleFound
from steelyard.read.keys import doubts
from steelyard.read.keys.asides import years_of_sum
from steelyard.read.keys.parts import take_over_period, take_over_whole
from steelyard.read.keys.perimeter import find_perimeter
from steelyard.read.keys.standing import carry_status, find_condition, find_status
from steelyard.read.keys.statistic import find_statistic, is_relative
from steelyard.read.keys.what import find_measure
from steelyard.read.keys.when import find_period
from steelyard.read.keys.whose import find_actor
from steelyard.read.mentions import Mention
from steelyard.read.myriads.following import find_statistic_behind
from steelyard.read.numbers.figure import Figure
from steelyard.read.passage import Found, Memory, Passage, Speaker
from steelyard.read.register import Register
from steelyard.read.speech import Attribution, Quotation
from steelyard.read.times.named_days import NamedDay

AGGREGATES = ("aggregation:yearly", "aggregation:average", "aggregation:cumulative")


def figure_claims(
    passage: Passage, memory: Memory, speakers: list[Attribution], register: Register
) -> list[Claim]:
    """One claim for each figure of the sentence, in order."""
    if not passage.figures:
        return []
    passage.keep_currency(memory)
    claims: list[Claim] = []
    previous: tuple[Figure, Mention] | None = None
    behind = passage.lexicon.cues_follow
    for figure in passage.figures:
        found = Found()
        speaker = _speaker_for(figure.start, figure.end, speakers)
        if speaker:
            memory.heard(speaker)
        if figure.join == "conversion" and claims:
            claims.append(_conversion(passage, figure, claims[-1], register))
            continue
        (find_statistic_behind if behind else find_statistic)(passage, figure, found)
        find_status(passage, figure, found, memory)
        take_over_whole(passage, figure, found, claims, memory)
        anchor = find_measure(passage, figure, found, memory, previous)
        find_actor(passage, figure, anchor, found, memory)
        carry_status(passage, figure, found, memory)
        _find_aggregation(passage, figure, found)
        find_period(passage, figure, anchor, found, memory)
        _sum_up(figure, found)
        take_over_period(found, claims)
        find_condition(passage, figure, found)
        find_perimeter(passage, figure, found, memory)
        if speaker:
            actor = speaker.actor or (found.text("actor") if speaker.governs else None)
            found.say(f"said by {speaker.label}", speaker=speaker.label, speaker_actor=actor)
        claims.append(_claim(passage, figure, found, register))
        remember(passage, memory, found)
        _keep_whole(memory, claims[-1])
        previous = (figure, anchor) if anchor else None
    return claims


def _speaker_for(start: int, end: int, speakers: list[Attribution]) -> Speaker | None:
    """The speaker named last before a span, else the first one named after it in the sentence."""
    if not speakers:
        return None
    before = [a for a in speakers if a.start <= start]
    return before[-1].speaker if before else next((a.speaker for a in speakers if a.start >= end), None)


def _find_aggregation(passage: Passage, figure: Figure, found: Found) -> None:
    """Whether the figure is for each year, an average, or a sum over years, by the words beside it."""
    mention = None if passage.kinds.keys().isdisjoint(AGGREGATES) else _aggregates(passage, figure)
    mention = mention or _rate_of_years(passage, figure, found)
    if mention:
        words = passage.between(mention.start, mention.end)
        kind = mention.kind.partition(":")[2]
        found.say(f"aggregation by {words!r}", aggregation="yearly" if kind == "rate" else kind)
    elif span := _span_of_years(passage, figure, found):
        words = passage.between(span.start, span.end)
        found.say(f"a sum over years by {words!r}", aggregation="cumulative")


def _rate_of_years(passage: Passage, figure: Figure, found: Found) -> Mention | None:
    """The words by which growth is told as that of an average year: "the average annual increase"."""
    if found.text("statistic") != "growth":
        return None
    rate = passage.nearest_before(figure.outer_start, "aggregation:rate")
    if rate is None or not passage.same_clause(rate.end, figure.outer_start):
        return None
    between = passage.figures_between(rate.end, figure.start)
    return rate if all(one.dimension == "duration" for one in between) else None


def _aggregates(passage: Passage, figure: Figure) -> Mention | None:
    """The words beside a figure that say that it is yearly, an average or a sum."""
    # Where cues follow, a sum behind a figure is the noun that it belongs to: "24억이던 총액이 27억으로".
    behind = AGGREGATES[:-1] if passage.lexicon.cues_follow else AGGREGATES
    after = [passage.touches_after(figure.outer_end, kind, 1) for kind in behind]
    before = [passage.touches_before(figure.outer_start, kind, 1) for kind in AGGREGATES]
    earlier = [mention.start for mention in passage.of_kinds("periods:year_before", "periods:year_after")]
    within = passage.lexicon.words("aggregation", "within")
    for mention in (*after, *before):  # neither "a year earlier" nor "within a year" is "a year"
        if mention and mention.start not in earlier and not passage.led_by(mention.start, within):
            return mention
    return None


def _sum_up(figure: Figure, found: Found) -> None:
    """An amount of money of several named years is their sum, unless told otherwise.

    Only what flows adds up; a loan or fund that is spoken of without a measure stays as it is.
    """
    period = found.text("period")
    if figure.dimension != "money" or figure.join or found.text("statistic") != "level":
        return
    if period is None or "/" not in period or ".." in period or found.text("aggregation"):
        return
    found.say("a sum over the years of its period", aggregation="cumulative")


def _span_of_years(passage: Passage, figure: Figure, found: Found) -> Mention | Figure | None:
    """The years over which an amount or its rise adds up, as in "over the decade" and "over ten years"."""
    if figure.dimension != "money" and found.text("statistic") not in ("growth", "change"):
        return None
    span = passage.nearest_after(figure.end, "aggregation:span")
    if span and passage.led_by(span.start, passage.lexicon.words("aggregation", "no_span_after")):
        return None
    if span and passage.same_clause(figure.end, span.start):
        return None if passage.figures_between(figure.end, span.start) else span
    level = figure.dimension == "money" and found.text("statistic") == "level"
    if level and (years := years_of_sum(passage, figure)):
        return years
    years = passage.figure_after(figure.end)
    lead = passage.word_before(years.outer_start) if years else None
    if years is None or lead is None or years.unit != "year" or lead.start < figure.end:
        return None
    keys = passage.word_keys(figure.end, years.start)
    during = passage.lexicon.words("grammar", "during").intersection(keys)
    if passage.lexicon.words("aggregation", "no_span_after").intersection(keys):
        return None
    return years if during and passage.same_clause(figure.end, years.start) else None


def _keep_whole(memory: Memory, claim: Claim) -> None:
    """Keep the last amount of a measure in its unit, of which a later sentence may tell the parts."""
    if claim.measure and claim.statistic == "level" and claim.aggregation != "of_which":
        memory.wholes[claim.unit] = claim, memory.sentence


def remember(passage: Passage, memory: Memory, found: Found) -> None:
    """Keep for later sentences what this figure was about.

    Figures of no known measure leave it as it was, and so do years that only say how long something lasts.
    """
    measure = found.text("measure")
    if measure and measure not in passage.lexicon.measures_of_units:
        memory.measure, memory.item = measure, found.text("item")
        memory.about = found.text("about") or memory.about
        memory.measure_sentence = memory.sentence
        memory.actor = found.text("actor") or memory.actor
        memory.definitions[found.text("actor"), measure] = found.text("definition")


def _claim(passage: Passage, figure: Figure, found: Found, register: Register) -> Claim:
    """The claim of a figure: what has been found of it, and its number where that says no other."""
    exact = _is_exact(passage, figure, found)
    interval = figure.interval(exact=exact)
    keys = register.enter("figure", figure.start, figure.end, passage.sentence)
    keys["unit"] = figure.unit or (None if is_relative(figure) else _unit_of_measure(passage, found))
    keys["hedge"] = None if exact else figure.hedge
    keys["value"] = figure.value
    keys["low"], keys["high"] = _bound(interval.low), _bound(interval.high)
    return _built(found, keys)


def _is_exact(passage: Passage, figure: Figure, found: Found) -> bool:
    """Whether the status makes the number exact, as a target or floor does."""
    if found.text("status") is None:
        return False
    status = passage.lexicon.vocabulary.entry("statuses", found.text("status"))
    return status is not None and status.flag("exact") and figure.dimension not in status.texts("rounded")


def _unit_of_measure(passage: Passage, found: Found) -> str | None:
    """The unit that a bare number takes from its measure, where the measure has only one."""
    measure = passage.lexicon.vocabulary.entry("measures", found.text("measure"))
    units = measure.texts("units") if measure and measure.text("dimension") == "person" else ()
    return units[0] if len(units) == 1 else None


def _conversion(passage: Passage, figure: Figure, original: Claim, register: Register) -> Claim:
    """A figure that repeats the one before in another currency: all keys but the number are the same."""
    interval = _converted(figure, original)
    return original.changed(
        **register.enter("figure", figure.start, figure.end, passage.sentence),
        value=figure.value,
        low=_bound(interval.low),
        high=_bound(interval.high),
        unit=figure.unit,
        hedge=figure.hedge or original.hedge,
        conversion_of=original.id,
        reasons=(*original.reasons, "in brackets: the same amount in another currency"),
    )


def _converted(figure: Figure, original: Claim) -> Interval:
    """What a conversion leaves open: no less than its digits, and no less than the original does."""
    found = figure.interval(hedge=original.hedge)  # type: ignore[arg-type]
    value = figure.value
    if not (original.value and value and original.interval.is_bounded and found.is_bounded):
        return found
    return found.hull(original.interval * Interval.exactly(value) / Interval.exactly(original.value))


def role_claim(passage: Passage, role: RoleFound, speaker: Speaker | None, register: Register) -> Claim:
    """The claim of a role that a sentence states."""
    keys: dict[str, object] = {
        "actor": role.actor,
        "role": role.role,
        "modality": role.modality,
        "function": role.function,
        "qualifier": role.qualifier,
        "negated": role.negated or None,
        "condition": role.condition,
        "speaker": speaker.label if speaker else None,
        "speaker_actor": speaker.actor if speaker else None,
    }
    doubt = doubts.ROLE if role.function else doubts.ROLE_WITHOUT_FUNCTION
    place = register.enter("role", role.start, role.end, passage.sentence)
    return _built(Found(keys, [role.reason], doubt), place)


def statement_claim(
    passage: Passage, quotation: Quotation, speaker: Speaker | None, register: Register
) -> Claim:
    """The claim of a quotation: the words themselves, and who says them."""
    keys: dict[str, object] = {
        "speaker": speaker.label if speaker else None,
        "speaker_actor": speaker.actor if speaker else None,
    }
    doubt = doubts.STATEMENT if speaker else doubts.STATEMENT_OF_NOBODY
    place = register.enter("statement", quotation.start, quotation.end, passage.sentence)
    return _built(Found(keys, ["words in quotation marks"], doubt), place)


def day_claim(day: NamedDay, sentence: Sentence, register: Register) -> Claim:
    """The claim that a day is of that day of the week."""
    keys: dict[str, object] = {"about": day.word, "period": day.day.isoformat()}
    place = register.enter("statement", day.start, day.end, sentence)
    return _built(Found(keys, ["a day with its day of the week"]), place)


def _built(found: Found, keys: dict[str, object]) -> Claim:
    """The claim of what has been found, beside the keys that tell where it stands."""
    keys.update(found.keys)
    keys["confidence"] = _confidence(found.doubt)
    keys["reasons"] = tuple(found.reasons)
    return Claim.of(keys)


@lru_cache(maxsize=256)
def _confidence(doubt: float) -> float:
    """How sure a claim is; doubts are sums of a few numbers, and rounding takes long."""
    return round(max(doubts.LEAST_CONFIDENCE, doubts.SURE - doubt), 2)


def _bound(bound: Decimal) -> Decimal | None:
    return bound if bound.is_finite() else None
