"""Whether a figure is a level, a change, growth, a share, a gap or a rank, and which way it points."""

from __future__ import annotations

from collections.abc import Iterator

from steelyard.read.keys.compared import (
    compared_with,
    is_moved_by_another,
    way_beyond,
    way_by_which,
    way_surpassing,
)
from steelyard.read.mentions import Mention
from steelyard.read.numbers.figure import Figure
from steelyard.read.passage import Found, Passage

MOST_WORDS_TO_WHOLE = 4
MOST_WORDS_TO_AMOUNT = 5
MOST_WORDS_TO_LEVEL = 14
MOST_WORDS_TO_NOUN = 7
MOST_WORDS_AFTER = 3
MOST_WORDS_TO_BY = 3
MOST_IN_A_LIST = 4
MOVES = ("direction:up", "direction:down")
BOUNDS = {"more_than": ">", "at_least": ">", "at_most": "<", "up_to": "<", "less_than": "<"}


def find_statistic(passage: Passage, figure: Figure, found: Found) -> None:
    """Whether the figure is a level, a change, growth, a gap or a rank, from the words around it."""
    if figure.join in ("from", "to"):
        _say_pair(passage, figure, found)
    elif figure.dimension == "rank":
        found.say("a rank by the word before it", statistic="rank", direction="=")
    elif whole := whole_of(passage, figure):
        words = f"of {passage.between(whole.start, whole.end)!r}"
        base = whole.id.partition(":")[0]
        way = way_of(figure, compared_way(passage, figure) or sign_of(figure))
        found.say(f"a share {words}", statistic="share", base_measure=base, direction=way)
    elif figure.way:
        found.say("growth by the word itself", statistic="growth", direction=way_of(figure, figure.way))
    elif not _say_moved(passage, figure, found):
        _say_at_rest(passage, figure, found)


def _say_moved(passage: Passage, figure: Figure, found: Found) -> bool:
    """Say that the figure is the amount of a rise or fall, an amount on top, or a level reached by one."""
    moved = _moved_by(passage, figure)
    if passage.touches_before(figure.outer_start, "direction:additional", 1) or _more_follows(
        passage, figure
    ):
        gap = any(passage.of_kind("direction:gap"))
        found.say("an amount on top, in words", statistic="gap" if gap else "change", direction="up")
    elif moved and figure.unit not in passage.lexicon.units_of_a_whole:
        found.say(
            f"change by {passage.between(moved.start, moved.end)!r}",
            statistic="growth" if is_relative(figure) else "change",
            direction=way_of(figure, moved.kind.partition(":")[2]),
        )
    elif way := way_by_which(passage, figure):
        statistic = "growth" if is_relative(figure) else "change"
        found.say("a change by what follows it", statistic=statistic, direction=way_of(figure, way))
    elif way := way_surpassing(passage, figure):
        statistic = "growth" if is_relative(figure) else "change"
        found.say("by so much it is above another", statistic=statistic, direction=way_of(figure, way))
    elif way := way_beyond(passage, figure):
        found.say("growth by how far it is from a level", statistic="growth", direction=way)
    elif (other := compared_with(passage, figure)) and (before := _moved_by(passage, other)):
        way = before.kind.partition(":")[2]
        found.say("growth of another year, named beside it", statistic="growth", direction=way)
    elif way := _reached(passage, figure) or _left(passage, figure) or compared_way(passage, figure):
        found.say("a level that is reached by a change", statistic="level", direction=way_of(figure, way))
    else:
        return False
    return True


def _say_at_rest(passage: Passage, figure: Figure, found: Found) -> None:
    """Say that the figure is a rank, a part of something, or a plain level."""
    if figure.unit is None and passage.touches_after(figure.end, "direction:rank", 1):
        found.say("a rank by the word after it", statistic="rank", direction="=")
    elif is_relative(figure) and _is_part(passage, figure):
        found.say("a share by the word after it", statistic="share", direction=sign_of(figure))
    else:
        found.say("a level: no word of change governs it", statistic="level", direction=sign_of(figure))


def is_relative(figure: Figure) -> bool:
    """Whether a figure compares: a percentage, a part in words, a multiple."""
    return figure.dimension in ("share", "multiple") or (figure.exact and figure.unit is None)


def whole_of(passage: Passage, figure: Figure) -> Mention | None:
    """The measure of which a bare percentage or part is taken: "40 % of the defence budget"."""
    if figure.dimension == "multiple" or figure.unit in passage.lexicon.units_of_a_whole:
        return None
    if not is_relative(figure) or not _is_part(passage, figure):
        return None
    follower = passage.word_after(figure.end)
    return passage.touches_after(follower.end, "measure", MOST_WORDS_TO_WHOLE) if follower else None


def _is_part(passage: Passage, figure: Figure) -> bool:
    """Whether "of" follows a figure, so that it is a part of something."""
    if figure.unit in passage.lexicon.units_of_a_whole:
        return False
    return passage.key_after(figure.end) in passage.lexicon.words("grammar", "part_of")


def sign_of(figure: Figure) -> str:
    """The sign of a level, by its hedge."""
    return BOUNDS.get(figure.hedge or "", "~" if figure.hedge else "=")


def way_of(figure: Figure, way: str) -> str:
    """Where a figure that moves points: up or down, unless it is hedged as a bound."""
    return BOUNDS.get(figure.hedge or "", way)


def _say_pair(passage: Passage, figure: Figure, found: Found) -> None:
    """An end of "from A to B": a level each, that rises if B is the larger one.

    Where the two cannot be compared, the verb before them tells.
    """
    way = _way_of_pair(passage, figure)
    if way is None:
        verb = passage.nearest_before(figure.start, *MOVES)
        way = verb.kind.partition(":")[2] if verb else sign_of(figure)
    found.say(f"the {figure.join!r} end of a change", statistic="level", direction=way_of(figure, way))


def _way_of_pair(passage: Passage, figure: Figure) -> str | None:
    """Which way a change from one figure to its neighbour goes, or None where it is not to be told."""
    following = passage.figure_after(figure.start + 1)
    other = None
    for neighbour in (following, passage.figure_before(figure.start)):
        if neighbour and neighbour.join in ("from", "to") and neighbour.join != figure.join:
            other = other or neighbour
    if other is None or other.unit != figure.unit or None in (figure.value, other.value):
        return None
    first, last = (figure, other) if figure.join == "from" else (other, figure)
    if first.value == last.value:
        return "="
    return "up" if last.value > first.value else "down"  # type: ignore[operator]


def _reached(passage: Passage, figure: Figure) -> str | None:
    """The way in which a level was reached: "rose 8.2 % to 66.3 trillion won", "cut to 5 %"."""
    lead = passage.led_by(figure.outer_start, passage.lexicon.words("direction", "level_after"))
    if lead is None:
        return None
    verb = next(
        (m for m in _moves_before(passage, lead.start) if _sets_a_level(passage, m, lead.start)), None
    )
    last = passage.figure_before(lead.start)
    if last is not None and last.way and (verb is None or verb.start < last.start):
        return last.way if passage.count_words(last.end, lead.start) <= MOST_WORDS_TO_LEVEL else None
    if verb is None or passage.count_words(verb.end, lead.start) > MOST_WORDS_TO_LEVEL:
        return None
    text = passage.between(verb.end, lead.start)
    between = passage.figures_between(verb.end, lead.start)
    broken = any(mark in text for mark in ";:()") or text.count(",") > 2
    if broken or any(other.join is None and not _is_amount(other, figure) for other in between):
        return None
    return verb.kind.partition(":")[2]


def _left(passage: Passage, figure: Figure) -> str | None:
    """The way in which a level was left: "up 6.3 % from 115 trillion yen"."""
    lead = passage.led_by(figure.outer_start, passage.lexicon.words("direction", "left_by"))
    if lead is None:
        return None
    amount = passage.figure_before(figure.start)
    moved = passage.nearest_before(lead.start, *MOVES)
    if moved is not None and moved.last + 1 == passage.words_between(lead.start, lead.end)[0]:
        return moved.kind.partition(":")[2]
    if amount is None:
        return None
    if not is_relative(amount) or passage.word_keys(amount.outer_end, lead.start):
        return None
    moved = _word_before(passage, amount)
    return moved.kind.partition(":")[2] if moved else None


def compared_way(passage: Passage, figure: Figure) -> str | None:
    """The way in which a level came from the next one: "30 %, up from 29 % last year"."""
    other = passage.figure_after(figure.end)
    if other is None or other.unit != figure.unit:
        return None
    lead = passage.led_by(other.outer_start, passage.lexicon.words("direction", "left_by"))
    if lead is None or lead.start < figure.end:
        return None
    if passage.key_before(lead.start) not in passage.lexicon.words("direction", "degrees"):
        return None
    return _left(passage, other)


def _is_amount(figure: Figure, level: Figure) -> bool:
    """Whether a figure between a verb and the level may be the amount of the change, or a stretch of time."""
    return (
        is_relative(figure)
        or figure.unit == level.unit
        or figure.dimension in ("points", "duration", "time", "money")
    )


def _direction(passage: Passage, figure: Figure) -> Mention | None:
    """The word of rise or fall whose amount the figure is."""
    return (
        _word_after(passage, figure)
        or _verb_by(passage, figure)
        or _word_before(passage, figure)
        or _noun_of(passage, figure)
        or _verb_of_object(passage, figure)
    )


def _word_after(passage: Passage, figure: Figure) -> Mention | None:
    """The noun or adjective after the figure: "a 5 % annual rise", "5 % higher"."""
    words = passage.lexicon.words
    after = passage.nearest_after(figure.outer_end, *MOVES)
    if after is None or _begins_a_hedge(passage, after) or not passage.same_clause(figure.end, after.start):
        return None
    key = passage.between(after.start, after.end).casefold()
    between = passage.word_keys(figure.outer_end, after.start)
    if " " in key and not between:  # "5 % above last year's"
        return after
    if key in words("direction", "degrees") and not between:
        follower = passage.word_after(after.end)
        return None if follower and follower.key in words("direction", "level_after") else after
    plain = [key for key in between if key.isalpha() and key not in words("direction", "beside_nouns")]
    if key not in words("grammar", "rises") or len(plain) > MOST_WORDS_AFTER:
        return None
    return (
        None if (words("grammar", "prepositions") | words("about", "breaks")).intersection(plain) else after
    )


def _verb_by(passage: Passage, figure: Figure) -> Mention | None:
    """The verb or noun before "by": "cut the request by 5 billion"."""
    by = passage.touches_before(figure.outer_start, "direction:by", MOST_WORDS_TO_BY)
    light = passage.lexicon.words("grammar", "light") | passage.lexicon.words("grammar", "articles")
    if by is not None and not light.issuperset(passage.word_keys(by.end, figure.outer_start)):
        return None
    verb = next(_moves_before(passage, by.start), None) if by else None
    if by is None or verb is None:
        return None
    return verb if passage.count_words(verb.end, by.start) <= MOST_WORDS_TO_LEVEL else None


def _word_before(passage: Passage, figure: Figure) -> Mention | None:
    """The word of rise or fall right before a figure: "up 5 %", "rose 5 %", "a cut of 5 billion"."""
    light = passage.lexicon.words("grammar", "light")
    before = passage.nearest_before(figure.outer_start, *MOVES)
    if before is None or not passage.same_clause(before.end, figure.outer_start):
        return None
    governed = passage.nearest_before(figure.start, "governs")
    if governed and governed.start <= before.start < governed.end:
        return None  # the verb sets a level, as "fall below" does
    if not _takes(passage, before, figure):
        return None
    keys = passage.word_keys(before.end, figure.outer_start)
    return before if len(keys) <= 3 and light.issuperset(keys) else None


def _takes(passage: Passage, verb: Mention, figure: Figure) -> bool:
    """Whether a verb can have the figure as its amount: money that is raised is found, not added."""
    key = passage.between(verb.start, verb.end).casefold()
    before = passage.words.keys[verb.first - 1] if verb.first else ""
    if verb.first == verb.last and before in passage.lexicon.words("direction", "no_way_after"):
        return False  # "makes up 20 %" and "put up 3 km" tell no rise
    if key in passage.lexicon.words("direction", "of_what_stands_before"):
        return False
    if key in passage.lexicon.words("direction", "only_relative"):
        return is_relative(figure) or figure.dimension == "points" or figure.unit == "point"
    return key not in passage.lexicon.words("direction", "raises_money") or figure.dimension != "money"


def _noun_of(passage: Passage, figure: Figure) -> Mention | None:
    """The noun some words before "of" whose amount the figure is: "an increase in spending of 5 %"."""
    words = passage.lexicon.words
    lead = passage.led_by(figure.outer_start, words("grammar", "part_of"))
    if lead is None:
        return None
    noun = next(_moves_before(passage, lead.start), None)
    if noun is None or not passage.same_clause(noun.end, lead.start):
        return None
    told = passage.figure_before(noun.start)
    if told and is_relative(told) and not passage.word_keys(told.outer_end, noun.start):
        return None  # "a 9 % rise on last year's budget of 6 trillion" has told how much
    keys = passage.word_keys(noun.end, lead.start)
    is_noun = passage.between(noun.start, noun.end).casefold() in words("grammar", "rises")
    fits = len(keys) <= MOST_WORDS_TO_NOUN and not words("grammar", "part_of").intersection(keys)
    return noun if is_noun and fits and not passage.figures_between(noun.end, lead.start) else None


def _verb_of_object(passage: Passage, figure: Figure) -> Mention | None:
    """The verb whose object stands before a relative amount: "raised the budget 8.2 %"."""
    if figure.dimension not in ("share", "points", "multiple") or figure.unit is None:
        return None
    lead = passage.word_before(figure.outer_start)
    words = passage.lexicon.words
    if lead is None or lead.key in words("grammar", "prepositions"):
        return None
    if lead.key in words("direction", "no_amount_after"):
        return None
    verb = next(_moves_before(passage, figure.outer_start), None)
    if verb is None or not passage.same_clause(verb.end, figure.outer_start):
        return None
    if not _takes(passage, verb, figure):
        return None
    is_noun = passage.between(verb.start, verb.end).casefold() in words("grammar", "rises")
    near = passage.count_words(verb.end, figure.outer_start) <= MOST_WORDS_TO_AMOUNT
    return verb if near and not is_noun and not passage.figures_between(verb.end, figure.start) else None


def _moved_by(passage: Passage, figure: Figure) -> Mention | None:
    """The word of rise or fall whose amount the figure is, or of the figure that it says in other words.

    "An increase of 5 billion pounds or 9 per cent" tells one increase twice.
    """
    if passage.kinds.keys().isdisjoint(MOVES) or is_moved_by_another(passage, figure):
        return None
    for _ in range(MOST_IN_A_LIST):
        if moved := _direction(passage, figure) or _noun_of_amount(passage, figure):
            return moved
        other = passage.figure_before(figure.start)
        if other is None or other.join or not _goes_on(passage, other, figure):
            return None
        figure = other
    return None


def _goes_on(passage: Passage, first: Figure, second: Figure) -> bool:
    """Whether the second of two figures is said along with the first: "2.1 % in May and 1.9 % in June"."""
    keys = passage.word_keys(first.outer_end, second.outer_start)
    words = passage.lexicon.words
    bare = [key for key in keys if key != ","]
    if len(bare) == 1 and bare[0] in words("grammar", "alternatives"):
        return True
    if first.unit != second.unit or (not is_relative(second) and first.dimension != "points"):
        return False
    if not keys or keys[-1] not in words("grammar", "list_joins") or len(keys) > MOST_WORDS_TO_AMOUNT + 2:
        return False
    return not any(passage.figures_between(first.start + 1, second.start)) and not any(
        mention.end <= second.outer_start and mention.start >= first.end
        for mention in passage.before(second.outer_start, *MOVES)
    )


def _noun_of_amount(passage: Passage, figure: Figure) -> Mention | None:
    """The rise or fall that comes to the figure, as in "the increase in spending comes to 7.2 %"."""
    verb = passage.touches_before(figure.outer_start, "direction:amounts", 0)
    noun = passage.nearest_before(verb.start, *MOVES) if verb else None
    if verb is None or noun is None:
        return None
    between = passage.figures_between(noun.start, verb.start)
    if any(one.dimension != "duration" for one in between):
        return None
    near = passage.count_words(noun.end, verb.start) <= (
        MOST_WORDS_TO_LEVEL if between else MOST_WORDS_TO_AMOUNT
    )
    is_noun = passage.between(noun.start, noun.end).casefold() in passage.lexicon.words("grammar", "rises")
    return noun if near and is_noun and passage.same_clause(noun.end, verb.start) else None


def _moves_before(passage: Passage, position: int) -> Iterator[Mention]:
    """The words of rise and fall before a place, the nearest first, those of hedges left out."""
    return (m for m in passage.before(position, *MOVES) if not _begins_a_hedge(passage, m))


def _sets_a_level(passage: Passage, mention: Mention, end: int) -> bool:
    """Whether a word of rise or fall can lead to a level: "cut to", "down to", but not "more troops to"."""
    words = passage.lexicon.words
    key = passage.between(mention.start, mention.end).casefold()
    if key in words("direction", "no_level"):
        return False
    return key not in words("direction", "degrees") or passage.count_words(mention.end, end) == 0


def _begins_a_hedge(passage: Passage, mention: Mention) -> bool:
    """Whether the word belongs to a hedge of the next figure, as in "more than 60 trillion won"."""
    following = passage.figure_after(mention.start + 1)
    return following is not None and following.outer_start <= mention.start


def _more_follows(passage: Passage, figure: Figure) -> bool:
    if figure.dimension != "money":
        return False
    return passage.key_after(figure.end) in passage.lexicon.words("grammar", "more")
