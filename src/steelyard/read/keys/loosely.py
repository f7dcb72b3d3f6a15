"""Figures that no wording has joined to others: by frames, by years, scales and rates, by what stands near.

Many runs of sentences are searched by one kind of rule before the next, for the reason told in noticed.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from steelyard.read.keys.among import links_among, open_frames_of
from steelyard.read.keys.any_order import any_order_links
from steelyard.read.keys.any_order_frames import any_order_frames_of
from steelyard.read.keys.asked import near_of
from steelyard.read.keys.converted_at import conversion_of, converted_at
from steelyard.read.keys.counted_lists import counted_lists, counted_lists_of
from steelyard.read.keys.cue_lists import CuedSentences
from steelyard.read.keys.divided import divided_wholes, division_of
from steelyard.read.keys.exchanged import exchange_of, exchanged
from steelyard.read.keys.frames import frames_of
from steelyard.read.keys.framing import framed_links
from steelyard.read.keys.near import near_links
from steelyard.read.keys.neighbours import Sentences
from steelyard.read.keys.paths import path_of, yearly_paths
from steelyard.read.keys.quotas import quotas_of, shared_out
from steelyard.read.keys.scales import told_in_scales
from steelyard.read.lexicon import Lexicon

RUNS_AT_ONCE = 100
# The id of a figure, and how it follows from others.
Link = tuple[str, str]


class Run(NamedTuple):
    """Sentences that hang together loosely, and the lexicon of their language."""

    sentences: Sentences
    lexicon: Lexicon


def loose_links(
    text: str, cued: CuedSentences, runs: Iterable[Run], joined: set[str], found: Iterable[str]
) -> Iterator[Link]:
    """How figures follow from others near them; each link is to be added before the next one is asked for.

    `cued` are the sentences in which the text may tell how figures are related, `joined` the figures that
    wordings have joined, and `found` those of which it is known by now that they follow.
    """
    rest, known = iter(runs), set(joined)
    while batch := list(islice(rest, RUNS_AT_ONCE)):
        converted = list(_each(_by_exchange, batch))
        framed = [link for link in _framed(text, cued, batch, converted) if link[0] not in joined]
        yield from framed
        known.update(identifier for identifier, _ in framed)
        yield from _near(batch, converted, known)
        for sentences, lexicon in batch:
            for link in links_among(sentences, open_frames_of(lexicon)):
                if link[0] not in joined and link[0] not in found:
                    yield link


def _framed(
    text: str, cued: CuedSentences, batch: Sequence[Run], converted: Iterable[Link]
) -> Iterator[Link]:
    """The figures that tell by what they are that they follow from those beside them."""
    yield from _each(_by_frames, batch)
    yield from _each(_by_years, batch)
    yield from _each(told_in_scales, batch)
    yield from converted
    yield from _each(_by_rates, batch)
    for sentences, lexicon in batch:
        if division := division_of(lexicon):
            end = sentences.start + len(sentences.text)
            cues = cued.matches(text, "divided", division.cue, sentences.start, end)
            yield from divided_wholes(sentences, division, cues)


def _near(batch: Sequence[Run], converted: Iterable[Link], known: set[str]) -> Iterator[Link]:
    """The figures that follow from others near them, in all ways that are left open.

    `known` are those of which words have told it already.
    """
    yield from _each(_by_shares, batch)
    yield from converted
    yield from _each(_by_lists, batch)
    for sentences, lexicon in batch:
        yield from near_links(sentences, near_of(lexicon), known)
    for sentences, lexicon in batch:
        yield from any_order_links(sentences, any_order_frames_of(lexicon), known)


def _each(search: Callable[[Sentences, Lexicon], Iterator[Link]], batch: Sequence[Run]) -> Iterator[Link]:
    """What one kind of rule finds in each run."""
    return (link for sentences, lexicon in batch for link in search(sentences, lexicon))


def _by_frames(sentences: Sentences, lexicon: Lexicon) -> Iterator[Link]:
    return framed_links(sentences, frames_of(lexicon))


def _by_years(sentences: Sentences, lexicon: Lexicon) -> Iterator[Link]:
    return yearly_paths(sentences, path) if (path := path_of(lexicon)) else iter(())


def _by_exchange(sentences: Sentences, lexicon: Lexicon) -> Iterator[Link]:
    return exchanged(sentences, exchange) if (exchange := exchange_of(lexicon)) else iter(())


def _by_rates(sentences: Sentences, lexicon: Lexicon) -> Iterator[Link]:
    return converted_at(sentences, conversion_of(lexicon))


def _by_shares(sentences: Sentences, lexicon: Lexicon) -> Iterator[Link]:
    return shared_out(sentences, quotas) if (quotas := quotas_of(lexicon)) else iter(())


def _by_lists(sentences: Sentences, lexicon: Lexicon) -> Iterator[Link]:
    return counted_lists(sentences, lists) if (lists := counted_lists_of(lexicon)) else iter(())
