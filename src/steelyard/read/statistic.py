"""Whether a figure is a level, a change, growth, a share, a gap or a rank, and which way it points."""

from __future__ import annotations

from steelyard.read.figure import Figure
from steelyard.read.mentions import Mention
from steelyard.read.passage import Found, Passage

MOST_WORDS_TO_WHOLE = 4
MOST_WORDS_TO_AMOUNT = 5


def find_statistic(passage: Passage, figure: Figure, found: Found) -> None:
    """Whether the figure is a level, a change, growth, a gap or a rank, from the words around it."""
    if figure.join in ("from", "to"):
        _say_pair(passage, figure, found)
        return
    if whole := whole_of(passage, figure):
        words = f"of {passage.between(whole.start, whole.end)!r}"
        base = whole.id.partition(":")[0]
        found.say(f"a share {words}", statistic="share", base_measure=base, direction=sign_of(figure))
        return
    moved = _moved_by(passage, figure)
    if passage.touches_before(figure.outer_start, "direction:additional", 1) or _more_follows(
        passage, figure
    ):
        gap = any(passage.of_kind("direction:gap"))
        found.say("an amount on top, in words", statistic="gap" if gap else "change", direction="up")
    elif moved and figure.unit not in passage.lexicon.units_of_a_whole:
        relative = figure.dimension == "share"
        direction = moved.kind.partition(":")[2]
        found.say(
            f"change by {passage.between(moved.start, moved.end)!r}",
            statistic="growth" if relative else "change",
            direction=direction,
        )
    elif figure.unit is None and passage.touches_after(figure.end, "direction:rank", 1):
        found.say("a rank by the word after it", statistic="rank", direction="=")
    else:
        found.say("a level: no word of change governs it", statistic="level", direction=sign_of(figure))


def whole_of(passage: Passage, figure: Figure) -> Mention | None:
    """The measure of which a bare percentage is a part: "40 % of the defence budget"."""
    follower = passage.word_after(figure.end)
    parts = passage.lexicon.words("grammar", "part_of")
    if figure.dimension != "share" or figure.unit in passage.lexicon.units_of_a_whole or follower is None:
        return None
    if follower.key not in parts:
        return None
    return passage.touches_after(follower.end, "measure", MOST_WORDS_TO_WHOLE)


def sign_of(figure: Figure) -> str:
    """The sign of a level, by its hedge."""
    signs = {"about": "~", "nearly": "~", "more_than": ">", "at_least": ">"}
    return signs.get(figure.hedge or "", "<" if figure.hedge else "=")


def _say_pair(passage: Passage, figure: Figure, found: Found) -> None:
    """An end of "from A to B": a level each, and the direction of the verb before."""
    verb = next(passage.before(figure.start, "direction:up", "direction:down"), None)
    direction = verb.kind.partition(":")[2] if verb else "="
    found.say(f"the {figure.join!r} end of a change", statistic="level", direction=direction)


def _direction(passage: Passage, figure: Figure) -> Mention | None:
    """The word of rise or fall whose amount the figure is."""
    for kind in ("direction:up", "direction:down"):
        if (after := passage.touches_after(figure.outer_end, kind, 1)) and not _begins_a_hedge(
            passage, after
        ):
            return after
        by = passage.touches_before(figure.outer_start, "direction:by", 0)
        if by and (verb := next(passage.before(by.start, kind), None)):
            return verb
        light = passage.lexicon.words("grammar", "light")
        before = passage.touches_before(figure.outer_start, kind, 1)
        governed = next(passage.before(figure.start, "governs"), None)
        if before and governed and governed.start <= before.start < governed.end:
            return None  # the verb sets a level, as "fall below" does
        if before and light.issuperset(passage.word_keys(before.end, figure.outer_start)):
            return before
    return None


def _moved_by(passage: Passage, figure: Figure) -> Mention | None:
    """The word of rise or fall whose amount the figure is, or of the figure that it says in other words.

    "An increase of 5 billion pounds or 9 per cent" tells one increase twice.
    """
    if moved := _direction(passage, figure) or _noun_of_amount(passage, figure):
        return moved
    other = passage.figure_before(figure.start)
    if other is None or other.dimension == figure.dimension:
        return None
    between = [key for key in passage.word_keys(other.outer_end, figure.outer_start) if key != ","]
    same = len(between) == 1 and between[0] in passage.lexicon.words("grammar", "alternatives")
    return _direction(passage, other) if same else None


def _noun_of_amount(passage: Passage, figure: Figure) -> Mention | None:
    """The rise or fall that comes to the figure, as in "the increase in spending comes to 7.2 %"."""
    verb = passage.touches_before(figure.outer_start, "direction:amounts", 0)
    noun = next(passage.before(verb.start, "direction:up", "direction:down"), None) if verb else None
    if verb is None or noun is None or passage.figures_between(noun.start, verb.start):
        return None
    near = passage.count_words(noun.end, verb.start) <= MOST_WORDS_TO_AMOUNT
    is_noun = passage.between(noun.start, noun.end).casefold() in passage.lexicon.words("grammar", "rises")
    return noun if near and is_noun and passage.same_clause(noun.end, verb.start) else None


def _begins_a_hedge(passage: Passage, mention: Mention) -> bool:
    """Whether the word belongs to a hedge of the next figure, as in "more than 60 trillion won"."""
    following = next(iter(passage.figures_between(mention.start + 1, passage.sentence.end)), None)
    return following is not None and following.outer_start <= mention.start


def _more_follows(passage: Passage, figure: Figure) -> bool:
    follower = passage.word_after(figure.end)
    return (
        figure.dimension == "money"
        and follower is not None
        and follower.key in passage.lexicon.words("grammar", "more")
    )
