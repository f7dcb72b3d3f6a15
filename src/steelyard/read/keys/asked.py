"""What a reckoning asks of a figure that tells by its kind, keys or words that others near it lead to it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from steelyard.core.claim import Claim
from steelyard.core.schema import texts_in
from steelyard.core.vocabulary import Entry
from steelyard.read.keys.any_words import any_of
from steelyard.read.keys.frames import roles_by_kind
from steelyard.read.keys.neighbours import WORDS
from steelyard.read.keys.tellers import Tellers
from steelyard.read.keys.wordings import Fewest, reckonings_of
from steelyard.read.lexicon import Lexicon

# Lists of words, and whether a language without words for one has no use for what asks for it.
LISTS = {
    **dict.fromkeys(("cue", "said", "named", "right", "front", "link"), True),
    **dict.fromkeys(("against", "never", "tails", "moved_tails"), False),
}
FLAGS = ("around", "tight", "alike", "alone", "reached")
PAIRS = {"larger": ">", "joined": "+", "linked": "+", "order": "+", "unturned": "+"}
# The most figures of one kind that are tried.
MOST_NEAR = 7
AMOUNTS = ("money", "count")
Roles = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Near:
    """What a reckoning asks of the figure that tells it, the teller, and of those near by.

    Of its `words`, `cue` are those of which one stands beside the teller and `never` those of which none
    does, `said` and `against` the same in its sentence, `named` in all the sentences that are searched;
    `right` stand right behind it and `front` are all that leads to it, `tails` may not follow, `moved_tails`
    not where something moves "by" it, and `link` leads from one of two linked figures to the other.

    Of its `flags`, `around` asks for what is said in all the sentences, `tight` for cues in the clause of the
    figure, `alike` for numbers of things of one name or size, `alone` for a teller that is the only figure of
    its kind in its sentence, `reached` for numbers that are there and not only aimed at.

    Of its `pairs` of roles, the first is `larger`, the two are `joined` side by side, `linked` by a word,
    stand in this `order`, or are `unturned`: in one sentence no "and" stands between. `beside` are words
    beside figures of other roles, `free_of` kinds of figure that its sentence may not hold. Of its `numbers`,
    `least` says how many level percentages there must be near by, `own` how many in its sentence, `most` how
    many figures of a kind at most, `back` and `ahead` how many sentences count.
    """

    entry: Entry
    told: str
    roles: Mapping[str, str]
    statistics: frozenset[str]
    aggregations: frozenset[str]
    free_of: frozenset[str]
    words: Mapping[str, re.Pattern[str]]
    beside: Mapping[str, re.Pattern[str]]
    pairs: Mapping[str, Roles]
    flags: frozenset[str]
    numbers: Mapping[str, int]
    leads: frozenset[str]

    @property
    def told_kind(self) -> str:
        """The kind of figure that tells."""
        return self.roles[self.told]

    @cached_property
    def fewest(self) -> Fewest:
        """How many figures of each kind there must be for all roles; two in one unit are of a kind."""
        return tuple(sorted(Counter(self.roles.values()).items()))

    @cached_property
    def other_roles(self) -> Mapping[str, Sequence[str]]:
        """The roles but that of the teller, by the kind of figure that they take."""
        return roles_by_kind(self.roles, self.told)

    @cached_property
    def others(self) -> Fewest:
        """How many figures of each kind they take."""
        return tuple((kind, len(roles)) for kind, roles in self.other_roles.items())

    @cached_property
    def reach(self) -> tuple[int, int]:
        """How many sentences with figures count before and behind that of the teller."""
        return self.numbers["back"], self.numbers["ahead"]

    def takes(self, claim: Claim) -> bool:
        """Whether a figure can be the teller, by its keys."""
        return (
            (not self.statistics or claim.statistic in self.statistics)
            and (claim.aggregation or "none") in self.aggregations
            and claim.prices is None
            and not claim.negated
            and bool(claim.value or claim.low)
        )

    def finds(self, name: str, text: str) -> bool:
        """Whether a text holds one of the words of a list, or the list asks for nothing."""
        return name not in self.words or self.words[name].search(text) is not None

    def lacks(self, name: str, text: str) -> bool:
        """Whether a text holds none of the words of a list."""
        return name not in self.words or self.words[name].search(text) is None


@lru_cache(maxsize=16)
def near_of(lexicon: Lexicon) -> Tellers[Near]:
    """What the reckonings of a language ask of figures near one another, by the kind of the teller."""
    found: dict[str, list[Near]] = {}
    for reckoning in reckonings_of(lexicon):
        for table in reckoning.entry.tables("near"):
            one = _near(reckoning.entry, table, lexicon)
            if one:
                for kind in AMOUNTS if one.told_kind == "amount" else (one.told_kind,):
                    found.setdefault(kind, []).append(one)
    return Tellers(found)


def _near(entry: Entry, table: Mapping[str, object], lexicon: Lexicon) -> Near | None:
    """One of them; None where the language has no words for what it asks."""
    lists = table.get("beside")
    named = {str(role): str(name) for role, name in lists.items()} if isinstance(lists, dict) else {}
    beside = _patterns(named, lexicon)
    words = _patterns({key: str(table[key]) for key in LISTS if key in table}, lexicon)
    asked = {key for key, needed in LISTS.items() if needed and key in table}
    if not asked <= words.keys() or len(beside) < len(named):
        return None
    roles = entry.table("roles").items()
    numbers = {"least": 0, "own": 0, "most": MOST_NEAR, "back": 1, "ahead": 1}
    return Near(
        entry,
        str(table["told"]),
        {role: str(one["dimension"]) for role, one in roles if isinstance(one, dict)},
        frozenset(texts_in(table.get("statistics"))),
        frozenset(texts_in(table.get("aggregations")) or ["none"]),
        frozenset(texts_in(table.get("free_of"))),
        words,
        beside,
        {key: _pairs(table.get(key), mark) for key, mark in PAIRS.items()},
        frozenset(flag for flag in FLAGS if table.get(flag) is True),
        {key: int(str(table.get(key, usual))) for key, usual in numbers.items()},
        _leads(table, lexicon),
    )


def _patterns(lists: Mapping[str, str], lexicon: Lexicon) -> dict[str, re.Pattern[str]]:
    """The words of some lists, those left out that the language does not have."""
    found = {key: any_of((f"<{name}>",), lexicon) for key, name in lists.items()}
    return {key: pattern for key, pattern in found.items() if pattern}


def _leads(table: Mapping[str, object], lexicon: Lexicon) -> frozenset[str]:
    """The first words of the list of which one stands in the sentence of the teller."""
    name = table.get("cue") or ("" if table.get("around") is True else table.get("said"))
    if lexicon.cues_follow or not name:
        return frozenset()
    return frozenset(WORDS.findall(phrase.casefold())[0] for phrase in lexicon.words("reckoning", str(name)))


def _pairs(value: object, mark: str) -> Roles:
    return tuple((first, last) for first, _, last in (one.partition(mark) for one in texts_in(value)))
