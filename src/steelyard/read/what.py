"""What a figure is of: its measure and the item of the measure, by the words around it."""

from __future__ import annotations

from itertools import takewhile

from steelyard.core.vocabulary import Entry
from steelyard.read.figure import Figure
from steelyard.read.mentions import Mention
from steelyard.read.passage import Found, Memory, Passage
from steelyard.read.statistic import MOST_WORDS_TO_WHOLE, whole_of

AFTER_PENALTY = 30
CLAUSE_PENALTY = 60
CARRIED_SENTENCES = 2
RELATIVE = ("share", "points")


def find_measure(
    passage: Passage, figure: Figure, found: Found, memory: Memory, previous: tuple[Figure, Mention] | None
) -> Mention | None:
    """The measure and item of the figure; gives the mention that names them, None where carried over.

    `previous` is the figure before in the sentence with its mention: in apposition the measure is the same.
    """
    if found.text("base_measure"):
        return _find_part(passage, figure, found)
    best = _of_previous(passage, figure, previous) or _best_mention(passage, figure)
    if best is None:
        _carry_measure(passage, figure, found, memory)
        return None
    measure, item = _measure_and_item(best)
    words = passage.between(best.start, best.end)
    found.say(f"measure by {words!r}", measure=measure, item=item, about=words)
    _turn_to_share(passage, figure, found, memory)
    return best


def _find_part(passage: Passage, figure: Figure, found: Found) -> Mention | None:
    """What takes the share: a measure or item named before it; gives the mention of the whole."""
    part = next(passage.before(figure.start, "measure", "item"), None)
    if part and passage.same_clause(part.end, figure.start):
        measure, item = _measure_and_item(part)
        words = passage.between(part.start, part.end)
        found.say(f"measure by {words!r}", measure=measure, item=item, about=words)
    else:
        found.say("no measure of the vocabulary is named for the part", doubt=0.1)
    return whole_of(passage, figure)


def _measure_and_item(mention: Mention) -> tuple[str, str | None]:
    measure, _, item = mention.id.partition(":")
    return measure, item or None


def _of_previous(passage: Passage, figure: Figure, previous: tuple[Figure, Mention] | None) -> Mention | None:
    """The mention of the figure before, where none stands between the two or right after this one."""
    if previous is None or previous[1].start > figure.start:
        return None
    other, mention = previous
    entry = passage.lexicon.vocabulary.entry("measures", _measure_and_item(mention)[0])
    named = [m for m in passage.of_kind("measure", "item") if not _is_in_a_unit(passage, m)]
    between = any(other.end <= m.start < figure.start for m in named)
    follows = any(0 <= m.start - figure.end <= AFTER_PENALTY for m in named)
    within = any(figure.start <= m.start < figure.end for m in named)
    if within or (entry and entry.id in passage.lexicon.denominators and not _on(passage, other, figure)):
        return None
    fits = entry is not None and _fits(passage, figure, entry)
    return mention if fits and not between and not follows else None


def _on(passage: Passage, first: Figure, second: Figure) -> bool:
    """Whether a clause goes on from one figure to the next."""
    return passage.same_clause(first.end, second.start)


def _best_mention(passage: Passage, figure: Figure) -> Mention | None:
    """The nearest mention that the figure's unit allows.

    Those after it, or beyond a comma, count as farther.
    """
    best: tuple[int, Mention] | None = None
    for mention in passage.of_kind("measure", "item"):
        entry = passage.lexicon.vocabulary.entry("measures", _measure_and_item(mention)[0])
        if entry is None or not _fits(passage, figure, entry) or _is_in_a_unit(passage, mention):
            continue
        if entry.id in passage.lexicon.denominators and not _is_amount_of(passage, mention, figure):
            continue
        distance = _distance(passage, mention, figure)
        if best is None or distance < best[0]:
            best = (distance, mention)
    return best[1] if best else None


def _is_amount_of(passage: Passage, mention: Mention, figure: Figure) -> bool:
    """Whether a figure is the amount of what shares are taken of, and does not only stand near its name.

    The name leads up to it, in its clause or with no other figure between, or follows it directly; after
    "of" it is the whole of something else.
    """
    parts = passage.lexicon.words("grammar", "part_of")
    if mention.start >= figure.end:
        return passage.same_clause(figure.end, mention.start) and not [
            key for key in passage.word_keys(figure.end, mention.start) if key in parts or key.isalpha()
        ]
    if passage.count_words(mention.end, figure.start) <= MOST_WORDS_TO_WHOLE // 2:
        return True
    before = passage.words[max(0, mention.first - 2) : mention.first]
    near = passage.same_clause(mention.end, figure.start) or not passage.figures_between(
        mention.end, figure.start
    )
    return near and not any(word.key in parts for word in before)


def _is_in_a_unit(passage: Passage, mention: Mention) -> bool:
    """Whether the words are part of a figure's unit, as "GDP" is in "2.4 % of GDP"."""
    figure = passage.figure_before(mention.start)
    return figure is not None and mention.end <= figure.end and figure.dimension == "share"


def _distance(passage: Passage, mention: Mention, figure: Figure) -> int:
    if mention.start < figure.end and figure.start < mention.end:
        return 0
    after = mention.start >= figure.end
    left, right = (figure.end, mention.start) if after else (mention.end, figure.start)
    if after and _is_for(passage, left, right):
        return right - left
    other = None if after else passage.figure_before(mention.start)
    if other is not None and other is not figure and _is_for(passage, other.end, mention.start):
        return right - left + CLAUSE_PENALTY
    crossed = not passage.same_clause(left, right)
    return right - left + (AFTER_PENALTY if after else 0) + (CLAUSE_PENALTY if after and crossed else 0)


def _is_for(passage: Passage, start: int, end: int) -> bool:
    """Whether only words such as "for the" stand between a figure and what it is for."""
    keys = set(passage.word_keys(start, end))
    purpose = passage.lexicon.words("grammar", "purpose")
    return bool(keys & purpose) and keys <= purpose | passage.lexicon.words("grammar", "articles")


def _fits(passage: Passage, figure: Figure, measure: Entry) -> bool:
    """Whether a figure in its unit can be of the measure."""
    dimension = measure.text("dimension")
    if figure.unit in passage.lexicon.units_of_a_whole:
        in_money = dimension == "money" and measure.id not in passage.lexicon.denominators
        return in_money or figure.unit in measure.texts("units")
    if figure.dimension in RELATIVE:
        return True
    if figure.unit is None:
        return dimension in ("person", "rank")
    return figure.unit in measure.texts("units")


def _turn_to_share(passage: Passage, figure: Figure, found: Found, memory: Memory) -> None:
    """A percentage of GDP is of the share that belongs to the measure named.

    So is a target in bare percent.
    """
    share = share_of(passage, found.text("measure"))
    if share is None:
        return
    unit = share.texts("units")[0]
    if figure.unit == unit:
        found.say(f"a share: its unit is {unit}", measure=share.id, unit=unit)
        memory.share_unit = unit
    elif (
        figure.unit == "%" and found.text("statistic") == "level" and _takes_up_share(passage, figure, memory)
    ):
        found.say(f"a share in {unit}, as the figure before", doubt=0.1, measure=share.id, unit=unit)


def share_of(passage: Passage, measure: str | None) -> Entry | None:
    """The share measure whose base is the given measure (or that is the given measure itself)."""
    entries = passage.lexicon.vocabulary.entries("measures").values()
    return next(
        (e for e in entries if e.text("base_measure") and measure in (e.id, e.text("base_measure"))), None
    )


def _takes_up_share(passage: Passage, figure: Figure, memory: Memory) -> bool:
    """Whether a bare percentage goes on with a share spoken of; never where a rise or fall governs it."""
    moved = next(passage.before(figure.outer_start, "direction:up", "direction:down"), None)
    lead = passage.word_before(figure.outer_start)
    is_level = lead is not None and lead.key in passage.lexicon.words("grammar", "levels")
    if moved and not is_level and passage.same_clause(moved.end, figure.start):
        return bool(passage.figures_between(moved.end, figure.start)) and _share_before(
            passage, figure, memory
        )
    return _share_before(passage, figure, memory)


def _share_before(passage: Passage, figure: Figure, memory: Memory) -> bool:
    here = any(other.unit in passage.lexicon.units_of_a_whole for other in passage.figures)
    return here or (
        memory.share_unit is not None and memory.sentence - memory.measure_sentence <= CARRIED_SENTENCES
    )


def _carry_measure(passage: Passage, figure: Figure, found: Found, memory: Memory) -> None:
    """The measure that the text spoke of last, or its base, where the unit allows it; else its words."""
    last = passage.lexicon.vocabulary.entry("measures", memory.measure)
    base = passage.lexicon.vocabulary.entry("measures", last.text("base_measure")) if last else None
    near = memory.sentence - memory.measure_sentence <= CARRIED_SENTENCES
    of_it = passage.words[0].key in passage.lexicon.words("speech", "pronouns")
    for entry in (last, base):
        if entry is not None and entry.id in passage.lexicon.denominators and not of_it:
            continue
        if entry is not None and near and figure.unit is not None and _fits(passage, figure, entry):
            item = memory.item if entry is last else None
            found.say("measure carried over from the sentences before", 0.15, measure=entry.id, item=item)
            _turn_to_share(passage, figure, found, memory)
            return
    found.say("no measure of the vocabulary is named", 0.1, about=_words_after(passage, figure))


def _words_after(passage: Passage, figure: Figure) -> str | None:
    """What the figure counts, in the text's own words: up to three words after it, within the clause."""
    if figure.dimension in ("person", "count"):
        inner = passage.words_after(figure.start + 1)
        words = [word for word in inner if word.end <= figure.end and word.text[0].isalpha()]
    else:
        words = passage.words_after(figure.outer_end)[:3]
    stops = passage.lexicon.words("grammar", "prepositions") - passage.lexicon.words("grammar", "part_of")
    words = list(takewhile(lambda word: word.text[0].isalpha() and word.key not in stops, words))
    return passage.between(words[0].start, words[-1].end) if words else None
