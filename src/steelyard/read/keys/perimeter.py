"""By whose count a figure is reckoned: its definition, at which prices, and as what kind of account."""

from __future__ import annotations

from steelyard.read.mentions import Mention
from steelyard.read.numbers.figure import Figure
from steelyard.read.passage import Found, Passage

PRICES = ("prices:constant", "prices:current")
BASES = ("basis:appropriation", "basis:outlay")
DEFINITION = ("definition",)
KINDS = (*DEFINITION, *PRICES, *BASES)
PRICED = ("money", "share")


def find_perimeter(passage: Passage, figure: Figure, found: Found) -> None:
    """Whose perimeter the figure is in, at what prices and on what basis, where the sentence says so."""
    if passage.kinds.keys().isdisjoint(KINDS):
        return
    if mention := _nearest(passage, figure, DEFINITION):
        found.say(f"definition by {_words(passage, mention)}", definition=mention.id)
    if figure.dimension not in PRICED:
        return
    if mention := _nearest(passage, figure, PRICES):
        year = next((d.period.year for d in passage.dates if mention.start <= d.start < mention.end), None)
        prices = f"{mention.id}:{year}" if year and mention.id == "constant" else mention.id
        found.say(f"prices by {_words(passage, mention)}", prices=prices)
    if figure.dimension == "money" and (mention := _nearest(passage, figure, BASES)):
        found.say(f"basis by {_words(passage, mention)}", basis=mention.id)


def is_year_of_prices(passage: Passage, start: int) -> bool:
    """Whether a date only says at whose prices something is reckoned."""
    return any(m.start <= start < m.end for m in passage.of_kind("prices:constant"))


def _nearest(passage: Passage, figure: Figure, kinds: tuple[str, ...]) -> Mention | None:
    """The last such mention before the figure, else the first after it that is of no other figure."""
    if before := passage.nearest_before(figure.start, *kinds):
        return before
    after = passage.nearest_after(figure.end, *kinds)
    if after is None or passage.figures_between(figure.end, after.start):
        return None
    goes_on = passage.same_clause(figure.end, after.start)
    return after if goes_on or not passage.figures_between(after.end, passage.sentence.end) else None


def _words(passage: Passage, mention: Mention) -> str:
    return repr(passage.between(mention.start, mention.end))
