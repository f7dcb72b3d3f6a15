"""What figures may follow from any of those near them: the list `any_order` of reckonings.toml."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from steelyard.core.claim import Claim
from steelyard.core.schema import texts_in
from steelyard.core.vocabulary import Entry
from steelyard.read.keys.any_words import any_of
from steelyard.read.keys.frames import PAIR
from steelyard.read.keys.neighbours import Sentences
from steelyard.read.keys.wordings import AMOUNTS
from steelyard.read.lexicon import Lexicon

# How many characters stand at most between a figure and the end of a word right behind it.
MOST_BEHIND = 16
# The lists of words without which a frame that names them says nothing.
_ASKED = ("cue", "cue_behind", "lead", "trail", "two_times", "again", "links")
_PLAIN_PRICES = (None, "current")


@dataclass(frozen=True)
class AnyOrder:
    """What such a frame asks of the teller, and of the figures around it.

    `told` is the role of the teller, `statistics` and `aggregations` what it may be. Of the words around it
    one of `cue` must stand, behind it one of `cue_behind` if there are such, right before it one of `lead`,
    right behind it one of `trail`, and none of `never` around it. `beside` are words around the figures of
    other roles, `led` the role of the figure that stands right before it, joined by no more than one of
    `links`; `largest` the role of the largest of its kind. `two_times` asks for words or years that tell the
    levels as of two times; where one of `base` stands before the teller, no figure between, one of `of_base`
    must stand beside the older. Where the teller and one of `then` stand before a figure, that is the new
    level. `back` and `ahead` say how many sentences before and behind may hold the others, `spare` how many
    more there may be, `first` that they stand before it, `alike` that they do in its unit, `again` the words
    by which sentences go on, and `breaks` those that stand nowhere between. `topics` finds what a sentence is
    on, and `topics_again` those topics that take up what was told before.
    """

    entry: Entry
    told: str
    statistics: frozenset[str]
    aggregations: frozenset[str]
    cue: re.Pattern[str] | None
    cue_behind: re.Pattern[str] | None
    lead: tuple[str, ...]
    fillers: tuple[str, ...]
    trail: re.Pattern[str] | None
    never: re.Pattern[str] | None
    breaks: re.Pattern[str] | None
    beside: Mapping[str, re.Pattern[str]]
    led: str
    links: re.Pattern[str] | None
    largest: str
    two_times: re.Pattern[str] | None
    base: re.Pattern[str] | None
    of_base: re.Pattern[str] | None
    then: re.Pattern[str] | None
    back: int
    ahead: int
    spare: int
    alike: bool
    first: bool
    again: re.Pattern[str] | None
    topics: re.Pattern[str] | None
    topics_again: re.Pattern[str] | None

    @cached_property
    def roles(self) -> Mapping[str, Mapping[str, object]]:
        """The roles of the reckoning."""
        table = self.entry.table("roles")
        return {role: one for role, one in table.items() if isinstance(one, dict)}

    def kinds(self, role: str) -> Sequence[str]:
        """The kinds of figure that a role takes."""
        kind = str(self.roles[role]["dimension"])
        if kind == "multiple" and self._grows:
            return (kind, "times")
        return AMOUNTS if kind == "amount" else (kind,)

    @cached_property
    def others(self) -> Sequence[str]:
        """The roles that others than the teller fill."""
        return [role for role in self.roles if role != self.told]

    @cached_property
    def _grows(self) -> bool:
        """Whether the teller leads from one level to another, and is no part of a whole."""
        return self.roles.keys() >= PAIR

    def takes(self, claim: Claim, sentences: Sentences) -> bool:
        """Whether a figure is what the teller may be."""
        if claim.prices not in _PLAIN_PRICES or claim.negated:
            return False
        if self.statistics and claim.statistic not in self.statistics:
            return False
        units = self.roles[self.told].get("units")
        if isinstance(units, list) and claim.unit not in units:
            return False
        if (claim.aggregation or "none") not in self.aggregations:
            return False
        if self.roles[self.told]["dimension"] == "multiple" and self._grows is not ((claim.value or 0) >= 1):
            return False
        before, behind = sentences.clear_sides(claim)
        if self.never and (self.never.search(before) or self.never.search(behind)):
            return False
        if self.lead and not _leads(before, self.lead, self.fillers):
            return False
        if self.trail and not self.trail.search(behind[:MOST_BEHIND]):
            return False
        if self.cue is None or self.cue.search(before):
            return True
        return (self.cue_behind or self.cue).search(behind) is not None


def _leads(before: str, words: tuple[str, ...], fillers: tuple[str, ...]) -> bool:
    """Whether one of some words stands right before a figure, or before "about" and the like."""
    text = before.rstrip()
    while text.endswith(fillers) and not text.endswith(words):
        text = text[: -max(len(one) for one in fillers if text.endswith(one))].rstrip()
    return text.endswith(words)


def kind_in_myriads(quote: str, lexicon: Lexicon) -> str | None:
    """The kind of a number without a unit that is a fraction or multiple by itself: "3분의 1", "2.3배"."""
    if any(word in quote for word in lexicon.words("myriads", "of_parts")):
        return "multiple"
    if quote in lexicon.mapping_of("myriads", "shares"):
        return "multiple" if lexicon.mapping_of("myriads", "shares")[quote] < 1 else "times"  # type: ignore[operator]
    return "times" if quote.endswith(tuple(lexicon.words("myriads", "multiples"))) else None


@lru_cache(maxsize=16)
def any_order_frames_of(lexicon: Lexicon) -> Mapping[str, Sequence[AnyOrder]]:
    """The frames with words in the language of a lexicon, by the kind of teller."""
    found: dict[str, list[AnyOrder]] = {}
    for entry in lexicon.vocabulary.entries("reckonings").values():
        for table in entry.tables("any_order"):
            frame = _frame(entry, table, lexicon)
            for kind in frame.kinds(frame.told) if frame else ():
                found.setdefault(kind, []).append(frame)  # type: ignore[arg-type]
    return found


def _frame(entry: Entry, table: Mapping[str, object], lexicon: Lexicon) -> AnyOrder | None:
    """One frame of a reckoning; None where the language has no words for it."""

    def words(key: str) -> re.Pattern[str] | None:
        return any_of((f"<{table[key]}>",), lexicon) if key in table else None

    cues = table.get("beside")
    lists = dict(cues) if isinstance(cues, dict) else {}
    beside = {role: any_of((f"<{name}>",), lexicon) for role, name in lists.items()}
    asked = [words(key) for key in _ASKED if key in table]
    if not lexicon.words("reckoning", "any_order") or None in asked or None in beside.values():
        return None
    return AnyOrder(
        entry,
        str(table["told"]),
        frozenset(texts_in(table.get("statistics"))),
        frozenset(texts_in(table.get("aggregations")) or ["none"]),
        words("cue"),
        words("cue_behind"),
        tuple(one.strip() for one in lexicon.words("reckoning", str(table.get("lead", "")))),
        tuple(lexicon.words("reckoning", "filler")),
        words("trail"),
        words("never"),
        words("breaks"),
        {role: pattern for role, pattern in beside.items() if pattern},
        str(table.get("led", "")),
        words("links"),
        str(table.get("largest", "")),
        words("two_times"),
        words("base"),
        words("of_base"),
        words("then"),
        int(str(table.get("back", 0))),
        int(str(table.get("ahead", 0))),
        int(str(table.get("spare", 0))),
        table.get("alike") is True,
        table.get("first") is True,
        words("again"),
        _topics(lexicon),
        any_of(("<topics_again>",), lexicon),
    )


def _topics(lexicon: Lexicon) -> re.Pattern[str] | None:
    """Finds words with a particle that makes them the topic or subject of a sentence."""
    particles = sorted(lexicon.words("grammar", "subject_after"), key=len, reverse=True)
    if not particles or not lexicon.words("reckoning", "topics_again"):
        return None
    return re.compile(rf"(?P<topic>[^\W\d_]{{2,}})(?:{'|'.join(map(re.escape, particles))})(?!\w)")
