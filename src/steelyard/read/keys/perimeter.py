"""By whose count a figure is reckoned: definition, edition, prices, kind of account."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from steelyard.read.lexicon import Lexicon
from steelyard.read.mentions import Meaning, Mention, Words
from steelyard.read.numbers.figure import Figure
from steelyard.read.passage import Found, Memory, Passage
from steelyard.read.times.dates import DateMention

MOST_WORDS_BEHIND = 1
PRICES = ("prices:constant", "prices:current")
BASES = ("basis:appropriation", "basis:outlay")
DEFINITION, AGAIN = ("definition",), "definition_again"
EARLIER = "edition:earlier"
EDITIONS = (EARLIER, "edition:later")
KINDS = (*DEFINITION, AGAIN, *PRICES, *BASES, *EDITIONS)
PRICED = ("money", "share")
PERIMETERS = (*PRICED, "points")


def find_perimeter(passage: Passage, figure: Figure, found: Found, memory: Memory) -> None:
    """Whose perimeter the figure is in and in which edition, at what prices and on what basis, where the
    sentence says so.
    """
    if passage.kinds.keys().isdisjoint(KINDS):
        return
    has_perimeter = figure.dimension in PERIMETERS or found.text("measure") is not None
    if has_perimeter and (mention := _nearest(passage, figure, DEFINITION)):
        found.say(f"definition by {_words(passage, mention)}", definition=mention.id)
    elif has_perimeter and (mention := _named_before(passage, figure, memory)):
        found.say(f"definition by {_words(passage, mention)}, named before", definition=mention.id)
    mention = _nearest(passage, figure, EDITIONS) if has_perimeter else None
    if mention and mention.kind == EARLIER:  # the one reported on goes without saying
        found.say(f"edition by {_words(passage, mention)}", edition=mention.id)
    if figure.dimension not in PRICED:
        return
    if mention := _nearest(passage, figure, PRICES):
        year = next((d.period.year for d in passage.dates if mention.start <= d.start < mention.end), None)
        constant = mention.kind == "prices:constant"
        if year or not constant or not _is_of_growth(passage, mention, figure):
            prices = f"{mention.id}:{year}" if year and constant else mention.id
            found.say(f"prices by {_words(passage, mention)}", prices=prices)
    if figure.dimension == "money" and (mention := _nearest(passage, figure, BASES)):
        if passage.key_after(mention.end) in passage.lexicon.words("basis", "bodies"):
            return  # an appropriations panel is no basis
        found.say(f"basis by {_words(passage, mention)}", basis=mention.id)


def _named_before(passage: Passage, figure: Figure, memory: Memory) -> Mention | None:
    """Words such as "the institute", where a sentence shortly before has named whose count it is."""
    mention = _nearest(passage, figure, (AGAIN,))
    return mention if mention and memory.has_named(mention.id) else None


def is_year_of_prices(passage: Passage, start: int) -> bool:
    """Whether a date only says at whose prices something is reckoned."""
    return any(m.start <= start < m.end for m in passage.of_kind("prices:constant"))


def is_of_an_edition(passage: Passage, start: int) -> bool:
    """Whether a date only says in which edition a number stands: "last year's release"."""
    return any(m.start <= start < m.end for kind in EDITIONS for m in passage.of_kind(kind))


def with_years_of_prices(
    words: Words, mentions: Sequence[Mention], dates: Sequence[DateMention], lexicon: Lexicon
) -> list[Mention]:
    """The mentions, with those of years at whose prices something is reckoned, for which they make way."""
    found = list(_years_of_prices(words, mentions, dates, lexicon))
    spans = [(each.first, each.last) for each in found]
    kept = (
        m
        for m in mentions
        if m.kind not in PRICES or not any(first <= m.first and m.last <= last for first, last in spans)
    )
    return sorted([*kept, *found], key=lambda mention: mention.start) if found else list(mentions)


def _years_of_prices(
    words: Words, mentions: Sequence[Mention], dates: Sequence[DateMention], lexicon: Lexicon
) -> Iterator[Mention]:
    """Each such year with its words: "2015 prices", "the prices of 2015"."""
    leads = lexicon.words("prices", "before_years")
    moves = {m.first for m in mentions if m.kind in ("direction:up", "direction:down")}
    meaning = Meaning("prices:constant", "constant")
    for mention in (m for m in mentions if m.kind == "prices:of_years"):
        for date in dates:
            if date.end <= mention.start and words.starts[mention.first - 1] < date.end:
                first = next(n for n in range(mention.first) if words.ends[n] > date.start)
                led = lexicon.cues_follow or (first > 0 and words.keys[first - 1] in leads)
                if led and mention.last + 1 not in moves:
                    yield Mention(meaning, date.start, mention.end, first, mention.last)
            elif words.starts[mention.last + 1 : mention.last + 2] == [date.start]:
                last = next(n for n in range(mention.last + 1, len(words)) if words.ends[n] >= date.end)
                lead = mention.first - 1
                lead -= lead > 0 and words.keys[lead] in lexicon.words("grammar", "articles")
                if mention.first < mention.last and lead >= 0 and words.keys[lead] in leads:
                    yield Mention(meaning, mention.start, date.end, mention.first, last)


def _is_of_growth(passage: Passage, mention: Mention, figure: Figure) -> bool:
    """Whether "in real terms" belongs to a percentage, and so not to the amount that is reached."""
    if figure.dimension != "money":
        return False
    owner = _owner(passage, mention) or passage.figure_after(mention.end)
    return owner is not None and owner.dimension == "share"


def _nearest(passage: Passage, figure: Figure, kinds: tuple[str, ...]) -> Mention | None:
    """The last such mention before the figure, else the first after it that is of no other figure.

    One right behind the figure goes before one that stands before another figure.
    """
    before = passage.nearest_before(figure.start, *kinds)
    after = passage.nearest_after(figure.end, *kinds)
    if after and kinds is PRICES and passage.touches_after(figure.outer_end, after.kind, MOST_WORDS_BEHIND):
        return after  # "1 percent more in real terms", whatever stood before
    if before and (passage.figures_between(before.end, figure.start) or _owner(passage, before)):
        if after and not passage.count_words(figure.outer_end, after.start):
            return after
        if _turns_to_another(passage, before, figure):
            before = None
    if before:
        return before
    if after is None or passage.figures_between(figure.end, after.start):
        return None
    goes_on = passage.same_clause(figure.end, after.start)
    return after if goes_on or not passage.figures_between(after.end, passage.sentence.end) else None


def _owner(passage: Passage, mention: Mention) -> Figure | None:
    """The figure right behind which a mention stands."""
    before = passage.figure_before(mention.start)
    return before if before and not passage.word_keys(before.outer_end, mention.start) else None


def _turns_to_another(passage: Passage, mention: Mention, figure: Figure) -> bool:
    """Whether somebody else is named as the source of a figure, behind one that a mention is of."""
    other = passage.figure_after(mention.end)
    if other is None or mention.kind != "definition":
        return False
    sources = passage.after(
        other.end, "speech:verbs", "speech:according", "deciding:cabinets", "generic_office"
    )
    return any(source.end <= figure.start for source in sources)


def _words(passage: Passage, mention: Mention) -> str:
    return repr(passage.between(mention.start, mention.end))
