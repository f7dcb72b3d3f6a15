"""From or with whom: who sells, pays, gives or makes what a figure is of, by the verbs of trade."""

from __future__ import annotations

from steelyard.read.mentions import Mention
from steelyard.read.numbers.figure import Figure
from steelyard.read.passage import Found, Passage

MOST_WORDS_TO_SELLER = 6
HYPHENS = frozenset({"-", "–", "‑"})
TRADED = ("money", "count")


def find_counterpart(passage: Passage, figure: Figure, anchor: Mention | None, found: Found) -> None:
    """The actor with whom the figure's own has to do: joined to "made", sold from or to, paid."""
    actors = passage.of_kind("actor")
    if not actors:
        return
    first = min(anchor.start, figure.start) if anchor else figure.start
    if maker := next((m for m in actors if m.start >= first and _makes(passage, m)), None):
        found.say("counterpart by what is made there", counterpart=maker.meaning.actor)
    elif figure.dimension in TRADED and (other := _trader(passage, figure, actors)):
        words = passage.between(other.start, other.end)
        found.say(f"counterpart by trade with {words!r}", counterpart=other.meaning.actor)


def _makes(passage: Passage, mention: Mention) -> bool:
    """Whether "made" is joined to a name by a hyphen."""
    following = passage.words.keys[mention.last + 1 : mention.last + 3]
    made = passage.lexicon.words("places", "from")
    return len(following) == 2 and following[0] in HYPHENS and following[1] in made


def _trader(passage: Passage, figure: Figure, actors: list[Mention]) -> Mention | None:
    """Who is bought from, sold to or paid, by a verb of the sentence and the word before the name."""
    if passage.of_kinds("places:buys", "places:gives"):
        for mention in actors:
            if (
                mention.id != "adjective"
                and not _decides(passage, mention)
                and is_traded_with(passage, mention)
            ):
                return mention
    if figure.dimension != "money":
        return None
    cue = passage.touches_after(figure.outer_end, "places:seller", MOST_WORDS_TO_SELLER)
    return passage.touches_after(cue.end, "actor", 1) if cue else None


def _decides(passage: Passage, mention: Mention) -> bool:
    """Whether a name is that of a parliament, to which bills are sent and with which nobody trades."""
    bodies = passage.of_kind("deciding:parliaments")
    return any(mention.start < body.end and body.start < mention.end for body in bodies)


def is_traded_with(passage: Passage, mention: Mention) -> bool:
    """Whether a name stands after a verb of buying and "from", or after one of giving, with "to" or bare."""
    lead = lead_of(passage, mention)
    gives = passage.nearest_before(mention.start, "places:gives")
    if lead in passage.lexicon.words("places", "receiver"):
        return gives is not None and passage.same_clause(gives.end, mention.start)
    if gives is not None and not _meaningful(passage, gives.end, mention.start):
        following = passage.words.keys[mention.last + 1 : mention.last + 2]
        return following not in (["’"], ["'"])
    buys = passage.nearest_before(mention.start, "places:buys")
    return lead in passage.lexicon.words("places", "seller") and buys is not None


def lead_of(passage: Passage, mention: Mention) -> str:
    """The word before a name, articles left out."""
    articles = passage.lexicon.words("grammar", "articles")
    number = mention.first - 1
    while number >= 0 and passage.words.keys[number] in articles:
        number -= 1
    return passage.words.keys[number] if number >= 0 else ""


def _meaningful(passage: Passage, start: int, end: int) -> bool:
    articles = passage.lexicon.words("grammar", "articles")
    return any(key not in articles for key in passage.word_keys(start, end))
