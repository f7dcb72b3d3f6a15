"""Parts of a whole, sums, and what comes on top, so that none is taken for another account of the whole."""

from __future__ import annotations

from steelyard.core.claim import PART_TOLD_LATER, Claim
from steelyard.read.mentions import CLAUSE_MARKS, Mention
from steelyard.read.numbers.figure import Figure
from steelyard.read.passage import Found, Memory, Passage

MOST_WORDS_TO_VERB = 2
# So many sentences before that of its parts a whole stands, growth and shares of GDP between them.
WHOLE_BEFORE = 3
PARTS = ("aggregation:of_which", "aggregation:including")


def take_over_whole(
    passage: Passage, figure: Figure, found: Found, wholes: list[Claim], memory: Memory
) -> None:
    """A part is told with its whole: "5 % of GDP, of which 3.5 % on core defence" has one standing."""
    if _is_told_on_top(passage, figure, found, wholes):
        return
    if opening := _opening_whole(passage, figure):
        found.say(
            "a part of the amount that opens the sentence",
            aggregation="of_which",
            part_of=_claim_at(opening.start, wholes),
        )
        return
    told, sentence = memory.wholes.get(figure.unit, (None, -9))
    if told and memory.sentence - sentence <= WHOLE_BEFORE and _opens_with_what_was_told(passage, memory):
        found.say(PART_TOLD_LATER, aggregation="of_which", part_of=told.id)
        return
    cue = passage.nearest_before(figure.start, *PARTS)
    if cue is None:
        return
    whole = next((c for c in reversed(wholes) if c.end <= cue.start and not c.conversion_of), None)
    if whole is None or ("%" in (figure.unit or "")) != ("%" in (whole.unit or "")):
        return
    if cue.kind == "aggregation:including" and not _takes_in(passage, cue, figure, whole):
        return
    words = passage.between(cue.start, cue.end)
    found.say(f"a part by {words!r}", aggregation=cue.id, part_of=whole.id)
    if whole.status:
        found.say("of one standing with its whole", status=whole.status)


def _takes_in(passage: Passage, cue: Mention, figure: Figure, whole: Claim) -> bool:
    """Whether a figure is named right after "including", in the unit of the whole before it."""
    near = passage.count_words(cue.end, figure.outer_start) <= MOST_WORDS_TO_VERB
    others = passage.figures_between(cue.end, figure.start)
    listed = all(other.unit == figure.unit for other in others)
    return (near or bool(others and listed)) and figure.unit in (whole.unit, None)


def _is_told_on_top(passage: Passage, figure: Figure, found: Found, wholes: list[Claim]) -> bool:
    """Whether the figure comes on top of another account, or is the sum with what does.

    "Together with 25 billion from a fund, spending comes to 108 billion": neither is the budget told before.
    """
    if figure.dimension != "money" or found.text("statistic") != "level":
        return False
    first = next(iter(passage.of_kinds("aggregation:on_top_of", "aggregation:together")), None)
    if first is None:
        return False
    added = passage.figure_after(first.end)
    if added is None or passage.count_words(first.end, added.outer_start) > MOST_WORDS_TO_VERB:
        return False
    words = passage.between(first.start, first.end)
    opens = passage.count_words(passage.sentence.start, first.start) == 0
    if first.kind == "aggregation:on_top_of" and opens:
        return _stands_on(figure, added, words, found, wholes)
    if figure.start == added.start:
        found.say(f"an amount by {words!r} another", aggregation="on_top_of")
    elif figure.start > added.end and opens:
        found.say(f"a sum with what is told by {words!r}", aggregation="including")
    return figure.start >= added.start


def _stands_on(figure: Figure, base: Figure, words: str, found: Found, wholes: list[Claim]) -> bool:
    """Whether the figure comes on top of the one named first ("on top of 83 billion, it spends 25")."""
    if figure.start <= base.start:
        return False
    whole = _claim_at(base.start, wholes)
    found.say(f"an amount by {words!r} another", aggregation="on_top_of", part_of=whole)
    return True


def _claim_at(start: int, claims: list[Claim]) -> str | None:
    """The id of the claim of the figure that begins at a place."""
    return next((claim.id for claim in claims if claim.start == start), None)


def _opening_whole(passage: Passage, figure: Figure) -> Figure | None:
    """The amount of which a sentence tells the parts: "Of the 200 billion zloty, 54 billion is lent"."""
    whole = passage.figures[0]
    parts = passage.lexicon.words("grammar", "part_of")
    if whole.start >= figure.start or passage.words.keys[0] not in parts:
        return None
    first = passage.words[0]
    if whole.unit != figure.unit or not passage.same_clause(first.end, whole.start):
        return None
    near = passage.count_words(first.end, whole.outer_start) <= MOST_WORDS_TO_VERB
    return whole if near and not passage.same_clause(whole.end, figure.start) else None


def _opens_with_what_was_told(passage: Passage, memory: Memory) -> bool:
    """Whether a sentence tells parts of the amount in the one before: "Of this sum", "Of the total"."""
    keys, words = passage.words.keys, passage.lexicon.words
    if memory.measure_sentence < memory.sentence - 1 or keys[0] not in words("grammar", "part_of"):
        return False
    if passage.word_after(passage.words.ends[0]) is None:
        return False
    named, then = keys[1], keys[2] if len(keys) > 2 else ""
    if named in words("about", "named_before") and then in CLAUSE_MARKS:
        return True
    return named in words("speech", "definite") and then in words("about", "takes_up_amounts")


def take_over_period(found: Found, wholes: list[Claim]) -> None:
    """A part with no period of its own has that of its whole."""
    part_of = found.text("part_of")
    whole = next((c for c in wholes if c.id == part_of), None) if part_of else None
    if whole and whole.period and found.text("period") is None:
        found.say("of one period with its whole", period=whole.period)
