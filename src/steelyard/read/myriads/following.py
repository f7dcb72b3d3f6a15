"""Level, change, growth or share of a figure in languages whose verbs and particles stand behind it.

A particle tells the level that is reached ("66조원으로 늘었다") from the amount of a rise ("5조원을 늘렸다").
A percentage right before a word of rise or fall is its growth, whatever noun that word goes on to describe.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import takewhile

from steelyard.read.keys.statistic import sign_of
from steelyard.read.lexicon import Lexicon
from steelyard.read.mentions import Mention, Word
from steelyard.read.myriads.particles import either
from steelyard.read.numbers.figure import Figure
from steelyard.read.passage import Found, Passage

MOVES = ("direction:up", "direction:down")
MOST_WORDS_TO_VERB = 6
MOST_LETTERS_BEFORE = 24
RELATIVE = ("share",)
OPEN = frozenset("<>")
OPENING, CLOSING = frozenset("(["), frozenset(")]")


def find_statistic_behind(passage: Passage, figure: Figure, found: Found) -> None:
    """Whether the figure is a level, a change, growth, a gap, a share or a rank, by the words behind it."""
    sign = sign_of(figure)
    if figure.dimension == "rank":
        found.say("a rank by the word behind it", statistic="rank", direction="=")
    elif figure.join in ("from", "to"):
        verb = _verb_of_pair(passage, figure)
        way = verb.kind.partition(":")[2] if verb else sign
        found.say(f"the {figure.join!r} end of a change", statistic="level", direction=_way(sign, way))
    elif rate := _rate_before(passage, figure):
        found.say("growth by the noun before it", statistic=_moved(figure), direction=_way(sign, rate))
    elif whole := _whole_before(passage, figure):
        base = whole.id.partition(":")[0]
        words = passage.between(whole.start, whole.end)
        found.say(f"a share of {words!r}", statistic="share", base_measure=base, direction=sign)
    else:
        _say_moved(passage, figure, found, sign)


def _say_moved(passage: Passage, figure: Figure, found: Found, sign: str) -> None:
    """A level, or the amount of a rise or fall, by the particle and the verb behind the figure."""
    first = next(_words_behind(passage, figure), "")
    verb = _verb(passage, figure, first)
    way = _way(sign, verb.kind.partition(":")[2]) if verb else sign
    words = passage.between(verb.start, verb.end) if verb else ""
    multiple = figure.dimension == "factor" or (figure.unit is None and 0 < figure.amount < 1)
    if _is_more(passage, figure):
        gap = any(passage.of_kind("direction:gap"))
        found.say("an amount on top, in words", statistic="gap" if gap else "change", direction="up")
    elif verb and first in passage.lexicon.words("direction", "level_after") and not multiple:
        found.say(f"a level reached by {words!r}", statistic="level", direction=way)
    elif verb and figure.unit not in passage.lexicon.units_of_a_whole:
        statistic = "growth" if multiple else _moved(figure)
        found.say(f"change by {words!r}", statistic=statistic, direction=way)
    else:
        found.say("a level: no word of change follows it", statistic="level", direction=sign)


def _moved(figure: Figure) -> str:
    """What the amount of a rise or fall is called."""
    return "growth" if figure.dimension in RELATIVE else "change"


def _way(sign: str, way: str) -> str:
    """The way a rise or fall points, unless the figure is only a bound of it."""
    return sign if sign in OPEN else way


def _words_behind(passage: Passage, figure: Figure) -> Iterator[str]:
    """The keys of the words behind a figure, without what stands in brackets or closes them."""
    return (word.key for word in _outside_brackets(passage, figure))


def _outside_brackets(passage: Passage, figure: Figure) -> Iterator[Word]:
    depth, words = 0, passage.words
    for number in range(passage.words_between(figure.outer_end, figure.outer_end)[0], len(words)):
        key = words.keys[number]
        depth += key in OPENING
        if depth <= 0 and key not in CLOSING:
            yield words[number]
        depth = max(0, depth - (key in CLOSING))


def _verb(passage: Passage, figure: Figure, first: str) -> Mention | None:
    """The word of rise or fall that governs the figure: right behind it, or behind its particle."""
    words = passage.lexicon.words
    reached = first in words("direction", "level_after")
    verb = next(passage.after(figure.outer_end, *MOVES), None)
    between = _keys_between(passage, figure, verb) if verb else []
    if rate := _told_as_rate(passage, figure):
        behind = next(_words_behind(passage, rate), "")
        return None if behind in words("direction", "level_after") else _verb(passage, rate, behind)
    if verb is None or len(between) > MOST_WORDS_TO_VERB or "," in between:
        return None
    others = _figures_outside_brackets(passage, figure, verb)
    if not reached:
        return verb if not others and words("direction", "amount_after").issuperset(between) else None
    amounts = all(other.dimension in ("share", "points", "factor") for other in others)
    near = others or len(between) <= MOST_WORDS_TO_VERB // 2
    return verb if amounts and near else None


def _told_as_rate(passage: Passage, figure: Figure) -> Figure | None:
    """The percentage that says an amount of change over again: "6억 유로, 비율로는 38% 늘었다"."""
    following = next(iter(passage.figures_between(figure.end, passage.sentence.end)), None)
    if following is None or figure.dimension in RELATIVE or following.dimension not in RELATIVE:
        return None
    between = passage.between(figure.outer_end, following.outer_start).strip(" ,(")
    return following if between in passage.lexicon.words("direction", "in_per_cent") else None


def _keys_between(passage: Passage, figure: Figure, verb: Mention) -> list[str]:
    """The words between a figure and a verb, brackets left out."""
    outside = takewhile(lambda word: word.start < verb.start, _outside_brackets(passage, figure))
    return [word.key for word in outside]


def _figures_outside_brackets(passage: Passage, figure: Figure, verb: Mention) -> list[Figure]:
    outside = {word.start for word in _outside_brackets(passage, figure) if word.start < verb.start}
    return [other for other in passage.figures_between(figure.end, verb.start) if other.start in outside]


def _verb_of_pair(passage: Passage, figure: Figure) -> Mention | None:
    """The verb of a change from one level to another: the first behind the later figure."""
    later = figure
    if figure.join == "from":
        behind = passage.figures_between(figure.end, passage.sentence.end)
        later = next((other for other in behind if other.join == "to"), figure)
    verb = next(passage.after(later.outer_end, *MOVES), None)
    if verb is None or len(_keys_between(passage, later, verb)) > MOST_WORDS_TO_VERB:
        return None
    return verb


def _is_more(passage: Passage, figure: Figure) -> bool:
    """Whether the figure is an amount on top: "추가로" before it, a word of lack behind it."""
    if figure.dimension != "money":
        return False
    if passage.touches_before(figure.outer_start, "direction:additional", 0):
        return True
    lack = next(passage.after(figure.outer_end, "direction:gap"), None)
    return lack is not None and passage.count_words(figure.outer_end, lack.start) <= 1


def _rate_before(passage: Passage, figure: Figure) -> str | None:
    """The way of a noun right before the figure that is the rate or the amount of a rise or fall."""
    before = passage.between(
        max(passage.sentence.start, figure.outer_start - MOST_LETTERS_BEFORE), figure.outer_start
    )
    for way in ("up", "down"):
        if _rates(passage.lexicon, way).search(before):
            return way
    return None


@lru_cache(maxsize=16)
def _rates(lexicon: Lexicon, way: str) -> re.Pattern[str]:
    particles = either(lexicon.language.texts("particles"))
    nouns = either(lexicon.words("direction", f"rates_{way}"))
    return re.compile(rf"(?:{nouns})(?:{particles})?[ \u00a0]*$")


def _whole_before(passage: Passage, figure: Figure) -> Mention | None:
    """The measure of which a bare percentage is a part: "국방비의 30%"."""
    if figure.dimension != "share" or figure.unit in passage.lexicon.units_of_a_whole:
        return None
    lead = passage.word_before(figure.outer_start)
    if lead is None or lead.key not in passage.lexicon.words("direction", "part_of_before"):
        return None
    whole = passage.touches_before(lead.start, "measure", 0)
    behind = next(passage.after(figure.outer_end, *MOVES), None)
    moved = behind is not None and not passage.word_keys(figure.outer_end, behind.start)
    return None if moved else whole
