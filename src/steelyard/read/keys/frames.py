"""Frames of reckonings: what tells a figure that follows from others, whatever words join them.

Where a wording of reckonings.toml names each step of a sentence, a frame only says what the figure is
(growth, a change, points, an amount a head), which words stand beside it, and how far off the others may be.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property, lru_cache

from steelyard.core.claim import PART_TOLD_LATER, Claim
from steelyard.core.schema import texts_in
from steelyard.core.vocabulary import Entry
from steelyard.read.keys.any_words import any_of
from steelyard.read.keys.neighbours import WORDS
from steelyard.read.keys.other_things import Naming, naming_of
from steelyard.read.keys.tellers import Tellers
from steelyard.read.keys.wordings import AMOUNTS, Fewest, Reckoning, naming_again, reckonings_of
from steelyard.read.lexicon import Lexicon

_HALF_STOP = re.compile(";")
PAIR = frozenset(("old", "new"))
# A rise or fall is named again by the noun for it.
_MOVES = ("rise_noun", "fall_noun")


@dataclass(frozen=True)
class Words:
    """The words of a language by which sentences hang together.

    `again` finds words that name again what has been named, `named` are nouns that do so by themselves,
    `earlier` finds words beside the older of two levels, `untold` those for one that is not printed, `a_move`
    those by which a rise takes two levels up, `aside` those behind it that make it one of something else,
    `of_series` those that take up amounts of several years, `over_it` a stretch of years named before,
    `of_goal` a target named before and `of_reaching` that it is to be met, `turns` those by which a sentence
    turns to something else unless one of `stays` follows, `aims` the statuses of what is only aimed at.
    `the_move` is as `a_move` in words that need not open their sentence, `naming` tells whether a sentence is
    of a thing of its own, `holding` finds words by which something holds a part.
    """

    again: re.Pattern[str]
    named: frozenset[str]
    earlier: re.Pattern[str] | None
    untold: re.Pattern[str] | None
    a_move: re.Pattern[str] | None
    the_move: re.Pattern[str] | None
    aside: re.Pattern[str] | None
    of_series: re.Pattern[str] | None
    over_it: re.Pattern[str] | None
    of_goal: re.Pattern[str] | None
    of_reaching: re.Pattern[str] | None
    turns: re.Pattern[str] | None
    stays: frozenset[str]
    aims: frozenset[str]
    naming: Naming
    holding: re.Pattern[str] | None

    def turn_away(self, text: str) -> bool:
        """Whether words within a sentence turn to something else: "..., and applications rose 28 percent"."""
        ends = [match.end() for match in self.turns.finditer(text)] if self.turns else []
        ends += [match.end() for match in _HALF_STOP.finditer(text)]
        for end in ends:
            following = WORDS.search(text, end)
            if following is None or following[0].casefold() not in self.stays:
                return True
        return False


@dataclass(frozen=True)
class Frame:
    """What one reckoning asks of the figure that tells it, and of the others.

    `told` is the role of that figure, `statistics` and `aggregations` what it may be, `cue` words beside it
    and `leads` the first of each, `beside` words beside those of other roles, `changes` the roles that are
    changes and no levels, `largest` the roles of the largest figures of their kinds, `back` and `ahead` how
    many sentences before and behind may hold the others. `in_order` tells that the others stand before it in
    the order of the data, `behind` and `then` which of them stand right before it and right behind. `perhaps`
    is another reckoning that the figures may be of instead, and the roles that they have in it. `lead` finds
    words that may not lead to it, `said` those of which its sentence must have one.
    `cue_behind` are the only words of the kind of `cue` that may stand behind the figure.
    `shunned` are the words that never stand beside the figures of some roles.
    `named` tells that it is of what is named around it, as the rise between two levels always is.
    """

    reckoning: Reckoning
    words: Words
    told: str
    statistics: frozenset[str]
    aggregations: frozenset[str]
    cue: re.Pattern[str] | None
    cue_behind: re.Pattern[str] | None
    leads: frozenset[str]
    beside: Mapping[str, re.Pattern[str]]
    changes: frozenset[str]
    largest: tuple[str, ...]
    back: int
    ahead: int
    in_order: bool
    behind: str
    then: str
    perhaps: Mapping[str, str]
    lead: re.Pattern[str] | None
    said: re.Pattern[str] | None
    named: bool
    shunned: Mapping[str, re.Pattern[str]]

    @property
    def is_named(self) -> bool:
        """Whether what the teller is of must be named around it, if it is named at all."""
        return self.named or self.roles.keys() >= PAIR

    @property
    def entry(self) -> Entry:
        """The reckoning as the vocabulary has it."""
        return self.reckoning.entry

    def takes(self, claim: Claim) -> bool:
        """Whether a figure is what the teller may be: by its statistic, its years, and that it is claimed."""
        return (
            (not self.statistics or claim.statistic in self.statistics)
            and (claim.aggregation or "none") in self.aggregations
            and claim.prices is None
            and not claim.negated
        )

    def is_known_by_keys(self, claim: Claim) -> bool:
        """Whether a figure needs no cue: growth of an average year says so by its keys."""
        return bool(claim.aggregation) and claim.statistic == "growth" and "growth" in self.statistics

    def is_cued(self, before: str, behind: str) -> bool:
        """Whether a cue stands beside the teller: "the rest, 3 billion", but not "3 billion and the rest"."""
        if self.cue is None:
            return True
        if self.cue.search(before):
            return True
        return (self.cue_behind or self.cue).search(behind) is not None

    def may_stand_in(self, words: Set[str]) -> bool:
        """Whether words in small letters hold one with which a cue beside the teller begins."""
        return not self.leads or not self.leads.isdisjoint(words)

    @cached_property
    def roles(self) -> Mapping[str, str]:
        """The kind of figure that each role takes, in the order of the data."""
        table = self.entry.table("roles")
        return {role: str(one["dimension"]) for role, one in table.items() if isinstance(one, dict)}

    @cached_property
    def others(self) -> Sequence[tuple[str, Sequence[str]]]:
        """The other roles by the kind of figure that they take."""
        return tuple(roles_by_kind(self.roles, self.told).items())

    @cached_property
    def has_levels_only(self) -> bool:
        """Whether the other roles are two levels and no more."""
        return [(kind, frozenset(roles)) for kind, roles in self.others] == [("amount", PAIR)]

    @cached_property
    def fewest(self) -> Fewest:
        """How many figures of each kind there must be for all roles."""
        return tuple((kind, len(roles) + (kind == self.told_kind)) for kind, roles in self.others)

    @cached_property
    def told_kind(self) -> str:
        """The kind of figure that tells."""
        return self.roles[self.told]

    @cached_property
    def told_kinds(self) -> Collection[str]:
        """The kinds that the figure which tells may be of."""
        return AMOUNTS if self.told_kind == "amount" else (self.told_kind,)

    @cached_property
    def windows(self) -> Sequence[tuple[int, int]]:
        """How many sentences before and behind are searched, the nearest first."""
        near = ((back, ahead) for back in range(self.back + 1) for ahead in range(self.ahead + 1))
        return sorted(near, key=lambda window: (sum(window), window[1]))

    @cached_property
    def has_years(self) -> bool:
        """Whether the reckoning counts years."""
        return "years" in self.entry.text("equation")

    def takes_in(self, role: str, claim: Claim, beside: str) -> bool:
        """Whether a figure can stand in a role of another than the teller, by its keys and the words."""
        table = self.entry.table("roles")[role]
        never = texts_in(table.get("never_of")) if isinstance(table, dict) else []
        whole = claim.aggregation in (None, "cumulative") or PART_TOLD_LATER in claim.reasons
        if claim.measure in never or not whole:
            return False
        shunned = self.shunned.get(role)
        return claim.statistic in self.statistics_of(role) and not (shunned and shunned.search(beside))

    def statistics_of(self, role: str) -> tuple[str, ...]:
        """What the figure of another role may be: a change where the reckoning has one, else a level."""
        return ("change",) if role in self.changes else ("level", "share")


def roles_by_kind(roles: Mapping[str, str], told: str) -> dict[str, list[str]]:
    """The roles but that of the figure that tells, by the kind of figure that each takes."""
    found: dict[str, list[str]] = {}
    for role, kind in roles.items():
        if role != told:
            found.setdefault(kind, []).append(role)
    return found


@lru_cache(maxsize=16)
def frames_of(lexicon: Lexicon) -> Tellers[Frame]:
    """The frames of all reckonings with words in the language of a lexicon, by the kind of tellers."""
    found: dict[str, list[Frame]] = {}
    for reckoning in reckonings_of(lexicon):
        for frame in _frames(reckoning, lexicon):
            for kind in frame.told_kinds:
                found.setdefault(kind, []).append(frame)
    return Tellers(found)


def _frames(reckoning: Reckoning, lexicon: Lexicon) -> Iterator[Frame]:
    """The frames of one reckoning, those left out for which the language has no words."""
    words = _words_for(reckoning, lexicon)
    for table in reckoning.entry.tables("frames"):
        cues = table.get("beside")
        lists = dict(cues) if isinstance(cues, dict) else {}
        beside = {role: any_of((f"<{name}>",), lexicon) for role, name in lists.items()}
        cue = any_of((f"<{table['cue']}>",), lexicon) if "cue" in table else None
        if ("cue" in table and cue is None) or None in beside.values():
            continue
        yield Frame(
            reckoning,
            words,
            str(table["told"]),
            frozenset(texts_in(table.get("statistics"))),
            frozenset(texts_in(table.get("aggregations")) or ["none"]),
            cue,
            any_of((f"<{table['cue_behind']}>",), lexicon) if "cue_behind" in table else None,
            _leads(lexicon, str(table.get("cue", ""))),
            {role: pattern for role, pattern in beside.items() if pattern},
            frozenset(texts_in(table.get("changes"))),
            tuple(texts_in(table.get("largest"))),
            int(str(table.get("back", 1))),
            int(str(table.get("ahead", 0))),
            table.get("in_order") is True,
            str(table.get("behind", "")),
            str(table.get("then", "")),
            _perhaps(table.get("perhaps")),
            any_of(reckoning.entry.phrases(lexicon.language.id, "leads"), lexicon),
            any_of((f"<{table['said']}>",), lexicon) if "said" in table else None,
            table.get("named") is True,
            _shunned(reckoning.entry, lexicon),
        )


def _shunned(entry: Entry, lexicon: Lexicon) -> Mapping[str, re.Pattern[str]]:
    """The words that never stand beside the figure of a role."""
    roles = {role: one for role, one in entry.table("roles").items() if isinstance(one, dict)}
    lists = {role: str(one["never_beside"]) for role, one in roles.items() if "never_beside" in one}
    found = {role: any_of((f"<{name}>",), lexicon) for role, name in lists.items()}
    return {role: pattern for role, pattern in found.items() if pattern}


def _words_for(reckoning: Reckoning, lexicon: Lexicon) -> Words:
    """The words of a language by which the sentences of a reckoning hang together."""
    moves = (lexicon.words("reckoning", name) for name in _MOVES)
    named = reckoning.general.union(*moves)
    return Words(
        naming_again(lexicon),
        named,
        any_of(("<earlier>",), lexicon),
        any_of(("<untold>",), lexicon),
        any_of(("<a_move>",), lexicon),
        any_of(("<the_move>",), lexicon),
        any_of(("<aside>",), lexicon),
        any_of(("<of_series>",), lexicon),
        any_of(("<over_it>",), lexicon),
        any_of(("<of_goal>",), lexicon),
        any_of(("<of_reaching>",), lexicon),
        any_of(("<turns>",), lexicon),
        lexicon.words("reckoning", "stays"),
        frozenset(one.id for one in lexicon.vocabulary.entries("statuses").values() if one.flag("exact")),
        naming_of(lexicon),
        any_of(("<holding>",), lexicon),
    )


def _leads(lexicon: Lexicon, name: str) -> frozenset[str]:
    """The first words of a list; none where a language writes its words together."""
    listed = () if lexicon.cues_follow else lexicon.words("reckoning", name)
    return frozenset(WORDS.findall(phrase)[0] for phrase in listed)


def _perhaps(value: object) -> Mapping[str, str]:
    return {str(key): str(one) for key, one in value.items()} if isinstance(value, dict) else {}
