"""Figures that follow from some of those near them, where the text leaves open which: all ways are given.

A frame (framing.py) asks for just as many figures as a reckoning takes. Here a figure tells what it is by its
kind, its keys or a word beside it, and any of the figures of its sentence and the next ones may be those it
follows from. Only what fits none of the ways is wrong, so each way more makes the reader more careful.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import combinations, groupby, islice, permutations, product

from steelyard.core.claim import OR, Claim
from steelyard.read.keys.asked import AMOUNTS, Near
from steelyard.read.keys.neighbours import WORDS, Sentences
from steelyard.read.keys.side_by_side import (
    are_akin,
    are_alike,
    are_of_one_unit,
    behind,
    clause_words,
    is_moved,
    is_turned,
    kinds_near,
    linked,
    part_of_sentence,
    size,
    stand_together,
)
from steelyard.read.keys.tellers import Tellers
from steelyard.read.keys.wordings import has_all

# The most ways that are told; what is open to more says nothing.
MOST_WAYS = 60
# A sentence with more figures is rather a table.
MOST_FIGURES = 40
PER = " per "
_ALL_AMOUNTS = ("amount", *AMOUNTS)
_LEVELS = ("level", "share")
AIMS = ("target", "pledge", "floor")


def near_links(
    sentences: Sentences, asked: Tellers[Near], taken: Collection[str]
) -> Iterator[tuple[str, str]]:
    """For each figure that tells that it follows from others near it, its id and all ways in which it may.

    `taken` are the figures of which other words have told it.
    """
    if len(sentences.claims) < 2:
        return
    kinds = kinds_near(sentences)
    counts = _counted(kinds)
    kind_of = {claim.id: kind for claim, kind in zip(sentences.claims, kinds, strict=True)}
    for place, group in groupby(sentences.claims, lambda claim: claim.sentence_start):
        members = list(group)
        if len(members) > MOST_FIGURES:
            continue
        words: Set[str] | None = None
        windows: dict[tuple[int, int], _Window] = {}
        for claim in members:
            kind = kind_of[claim.id]
            fitting = asked.rules_for(kind, claim) if claim.id not in taken else ()
            if not fitting:
                continue
            if words is None:
                words = _words_of(sentences, members)
            every = (
                way
                for near in fitting
                if (not near.leads or not near.leads.isdisjoint(words))
                and has_all(counts, near.fewest)
                and (window := _window(sentences, kind_of, place, near.reach, windows)).may_fill(near, kind)
                for way in _Search(near, claim, sentences, kind_of, window.claims).ways()
            )
            ways = list(islice(every, MOST_WAYS + 1))
            if 0 < len(ways) <= MOST_WAYS:
                yield claim.id, OR.join(ways)


def _counted(kinds: Sequence[str | None]) -> Mapping[str | None, int]:
    """How many figures there are of each kind; of amounts those of the kind of most."""
    counts = Counter(kinds)
    counts["amount"] = max(counts[kind] for kind in AMOUNTS)
    return counts


def _words_of(sentences: Sentences, members: Sequence[Claim]) -> Set[str]:
    """The words, in small letters, of the sentence of some figures."""
    last = max(claim.sentence_end for claim in members)
    text = sentences.text[members[0].sentence_start - sentences.start : last - sentences.start]
    return frozenset(WORDS.findall(text.casefold()))


@dataclass(frozen=True)
class _Window:
    """The figures of some sentences, and how many there are of each kind."""

    claims: Sequence[Claim]
    counts: Mapping[str | None, int]

    def may_fill(self, near: Near, told: str | None) -> bool:
        """Whether the figures but for the teller, of a kind, are enough for the other roles."""
        for kind, count in near.others:
            kinds = AMOUNTS if kind == "amount" else (kind,)
            if sum(self.counts.get(one, 0) for one in kinds) - (told in kinds) < count:
                return False
        return True


def _window(
    sentences: Sentences,
    kind_of: Mapping[str, str | None],
    place: int,
    reach: tuple[int, int],
    known: dict[tuple[int, int], _Window],
) -> _Window:
    """The figures of the sentence at a place and of so many with figures before and behind it."""
    if (found := known.get(reach)) is None:
        claims = sentences.around_sentence(place, *reach)
        found = known[reach] = _Window(claims, Counter([kind_of[one.id] for one in claims]))
    return found


@dataclass(frozen=True)
class _Search:
    """The search for the figures from which one figure, the teller, may follow, in its window."""

    near: Near
    teller: Claim
    sentences: Sentences
    kind_of: Mapping[str, str | None]
    window: Sequence[Claim]

    def ways(self) -> Iterator[str]:
        """The ways in which others may stand in their roles; none where the words speak against it."""
        near, sentences, teller = self.near, self.sentences, self.teller
        beside = self._words_at(teller)
        if not (near.finds("cue", beside) and near.lacks("never", beside) and self._is_told_here()):
            return
        own = sentences.text[teller.sentence_start - sentences.start : teller.sentence_end - sentences.start]
        if near.lacks("against", own) and self._is_said():
            others = [one for one in self.window if one is not teller]
            if self._has_enough(others):
                yield from self._filled(others)

    def _is_told_here(self) -> bool:
        """Whether the words right before and behind the teller are what is asked for."""
        near, teller = self.near, self.teller
        rest = behind(self.sentences, teller)
        if not near.lacks("tails", f"{teller.quote}{rest}"):
            return False
        right, front = near.words.get("right"), near.words.get("front")
        if right and PER not in (teller.unit or "") and not right.match(rest.lstrip()):
            return False
        if front and not front.fullmatch(self.sentences.lead_of(teller).strip()):
            return False
        tails = near.words.get("moved_tails")
        return not (tails and is_moved(self.sentences, teller) and tails.match(rest.lstrip()))

    def _is_said(self) -> bool:
        """Whether the sentences have the words that are asked for."""
        near, text, start = self.near, self.sentences.text, self.sentences.start
        window = self.window
        first, last = window[0].sentence_start, max(one.sentence_end for one in window)
        around = text[first - start : last - start]
        said = around if "around" in near.flags else part_of_sentence(self.sentences, self.teller)
        return near.finds("said", said) and near.finds("named", around)

    def _has_enough(self, others: Sequence[Claim]) -> bool:
        """Whether there are as many level percentages as are asked for, and none of what may not be there."""
        near, place = self.near, self.teller.sentence_start
        if any(self.kind_of[one.id] in near.free_of for one in others if one.sentence_start == place):
            return False
        told = [self.kind_of[one.id] for one in others if one.sentence_start == place]
        if "alone" in near.flags and near.told_kind in told:
            return False
        levels = [one for one in others if self._is_level(one)]
        here = sum(one.sentence_start == place for one in levels)
        return len(levels) >= near.numbers["least"] and here >= near.numbers["own"]

    def _is_level(self, claim: Claim) -> bool:
        """Whether a figure is a percentage that is a level: no growth, and nothing moves "by" it."""
        if self.kind_of[claim.id] != "percent" or claim.statistic not in _LEVELS:
            return False
        return not is_moved(self.sentences, claim)

    def _words_at(self, claim: Claim) -> str:
        """The words beside a figure, or where they must be its own those of its clause."""
        tight = "tight" in self.near.flags
        return clause_words(self.sentences, claim) if tight else self.sentences.beside(claim)

    def _filled(self, others: Sequence[Claim]) -> Iterator[str]:
        """The ways to put the nearest figures of each kind into the roles of that kind."""
        near = self.near
        filled: list[list[dict[str, Claim]]] = []
        for kind, roles in near.other_roles.items():
            pool = self._pool(others, kind)
            if len(pool) > near.numbers["most"]:
                return
            found = [dict(zip(roles, order, strict=True)) for order in permutations(pool, len(roles))]
            filled.append([one for one in found if self._may_stand(one, kind)])
        for parts in product(*filled):
            members = {role: claim for part in parts for role, claim in part.items()}
            members[near.told] = self.teller
            if self._fits(members):
                said = " ".join(f"{role}={members[role].id}" for role in near.roles)
                yield f"{near.entry.id} {said}"

    def _pool(self, others: Sequence[Claim], kind: str) -> list[Claim]:
        """The figures of one kind, the nearest first; amounts in the unit of the teller if it is one."""
        near, teller = self.near, self.teller
        wanted = AMOUNTS if kind == "amount" else (kind,)
        pool = [one for one in others if self.kind_of[one.id] in wanted and (one.value or one.low)]
        if "reached" in near.flags:
            pool = [one for one in pool if one.status not in AIMS]
        if kind == near.told_kind and kind in ("money", "amount"):
            unit = (teller.unit or "").partition(PER)[0]
            counts = self.kind_of[teller.id] == "count"
            pool = [
                one
                for one in pool
                if (one.unit or "") == unit
                or (counts and self.kind_of[one.id] == "count" and are_akin(one, teller))
            ]
        return sorted(pool, key=lambda one: abs(one.start - teller.start))

    def _may_stand(self, members: Mapping[str, Claim], kind: str) -> bool:
        """Whether figures of one kind can stand in their roles, by their units and the words beside them."""
        near = self.near
        if kind in _ALL_AMOUNTS and kind != near.told_kind:
            kinds = {self.kind_of[one.id] for one in members.values()}
            if len(kinds) > 1 or not are_of_one_unit(list(members.values()), loose="count" in kinds):
                return False
        return all(
            role not in near.beside or near.beside[role].search(self._words_at(one)) is not None
            for role, one in members.items()
        )

    def _fits(self, members: Mapping[str, Claim]) -> bool:
        """Whether figures stand to one another as is asked: by size, place, and the words between them."""
        near, link = self.near, self.near.words.get("link")
        pairs = {
            name: [(members[one], members[other]) for one, other in roles]
            for name, roles in near.pairs.items()
        }
        counts = [members[role] for role, kind in near.roles.items() if kind == "count" and role != near.told]
        return (
            all(size(one) > size(other) for one, other in pairs["larger"])
            and all(one.start < other.start for one, other in pairs["order"])
            and all(stand_together(self.sentences, one, other) for one, other in pairs["joined"])
            and not any(is_turned(self.sentences, one, other) for one, other in pairs["unturned"])
            and all(linked(self.sentences, one, other, link) for one, other in pairs["linked"])
            and ("alike" not in near.flags or all(are_alike(*pair) for pair in combinations(counts, 2)))
        )
