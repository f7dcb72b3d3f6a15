"""Where troops are: at a host, in the land of another actor, or in a region."""

from __future__ import annotations

from steelyard.read.mentions import Mention
from steelyard.read.numbers.figure import Figure
from steelyard.read.passage import Found, Passage

MOST_WORDS_TO_PLACE = 2


def find_location(passage: Passage, figure: Figure, anchor: Mention | None, found: Found) -> None:
    """Where troops are: the host that the sentence names.

    Troops at another actor are a measure of their own.
    """
    located = passage.lexicon.located.get(found.text("measure") or "")
    if located is None:
        return
    host = passage.nearest_before(figure.start, "places:hosts")
    if host and any(host.end <= other.start < figure.start for other in passage.figures):
        host = None
    ends = (figure.end, _end_of_list(passage, figure), anchor.end if anchor else figure.end)
    places = (_place_after(passage, end) for end in ends)
    actor = passage.nearest_before(host.start, "actor") if host else next(filter(None, places), None)
    if actor is not None and actor.meaning.actor != found.text("actor"):
        found.say("place by its host", location=actor.meaning.actor, measure=located)
    elif actor is None and (region := _region_after(passage, figure, anchor)):
        found.say("place by a region", location=region, measure=located)


def _end_of_list(passage: Passage, figure: Figure) -> int:
    """Where the figures end that "and" joins to this one: "4,800 soldiers and 200 civilians"."""
    end = figure.end
    joins = passage.lexicon.words("roles", "list_joins")
    for other in passage.figures_between(figure.end, passage.sentence.end):
        if not joins.issuperset(passage.word_keys(end, other.outer_start)):
            break
        end = other.end
    return end


def _region_after(passage: Passage, figure: Figure, anchor: Mention | None) -> str | None:
    """The region, as it is written, in which troops stand: "US troops in Europe"."""
    for end in (figure.end, anchor.end if anchor else figure.end):
        cue = passage.touches_after(end, "places:in", MOST_WORDS_TO_PLACE)
        region = passage.touches_after(cue.end, "places:regions", 0) if cue else None
        if region:
            return passage.between(region.start, region.end)
    return None


def _place_after(passage: Passage, position: int) -> Mention | None:
    """The actor after "in" that follows a place in the text directly."""
    cue = passage.touches_after(position, "places:in", 2)
    return passage.touches_after(cue.end, "actor", 1) if cue else None
