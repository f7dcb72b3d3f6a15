"""All that figures near one another tell: shares of one whole, rates between currencies, and the rest."""

from __future__ import annotations

from collections.abc import Iterator, Set

from steelyard.read.keys.asked import near_of
from steelyard.read.keys.exchanged import exchange_of, exchanged
from steelyard.read.keys.near import near_links
from steelyard.read.keys.neighbours import Sentences
from steelyard.read.keys.quotas import quotas_of, shared_out
from steelyard.read.lexicon import Lexicon


def links_near(sentences: Sentences, lexicon: Lexicon, taken: Set[str]) -> Iterator[tuple[str, str]]:
    """The ids of figures and how they follow from others near them, in all ways that are left open.

    `taken` are the figures of which words have told it already.
    """
    if quotas := quotas_of(lexicon):
        yield from shared_out(sentences, quotas)
    if exchange := exchange_of(lexicon):
        yield from exchanged(sentences, exchange)
    yield from near_links(sentences, near_of(lexicon), taken)
