"""Finds the figures from which another follows where any of those near it may be meant.

Languages that put the telling word last let figures stand in any order around it. A frame of this kind says
what the teller is and which words speak for it, and gives every way in which near figures can stand in the
other roles; only what fits none of these ways is wrong. With more figures near than the frame allows it stays
open which are meant, and nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from itertools import permutations

from steelyard.core.claim import OR, Claim
from steelyard.read.keys.any_order_frames import AnyOrder
from steelyard.read.keys.frames import PAIR
from steelyard.read.keys.nearness import is_near, is_off_by_a_digit
from steelyard.read.keys.neighbours import Sentences, year_of
from steelyard.read.keys.wordings import AMOUNTS

# With more ways than that nothing is said.
MOST_WAYS = 40
_SPAN = re.compile(r"(?:FY)?(\d{4})/(?:FY)?(\d{4})")
_LEVELS = ("level", "share")
_SUMS = (None, "cumulative")
_AIMS = ("target", "pledge", "floor")
Members = dict[str, tuple[Claim, ...]]


def any_order_links(
    sentences: Sentences, frames: Mapping[str, Sequence[AnyOrder]], joined: Set[str]
) -> Iterator[tuple[str, str]]:
    """For each figure that follows from some near it, its id and how, in all ways left open.

    `joined` are the figures of which it is known already.
    """
    if frames.keys().isdisjoint(sentences.kinds):
        return
    for claim, kind in zip(sentences.claims, sentences.kinds, strict=True):
        if claim.id in joined:
            continue
        likely = [frame for frame in frames.get(kind or "", ()) if frame.takes(claim, sentences)]
        ways = list(dict.fromkeys(way for frame in likely for way in _Around(sentences, frame, claim).ways()))
        if 0 < len(ways) <= MOST_WAYS:
            yield claim.id, OR.join(ways)


@dataclass(frozen=True)
class _Around:
    """The search for the figures around one teller."""

    sentences: Sentences
    frame: AnyOrder
    teller: Claim

    def ways(self) -> list[str]:
        """All ways of the nearest sentences that hold enough figures; none where they hold too many."""
        frame = self.frame
        windows = [(back, ahead) for back in range(frame.back + 1) for ahead in range(frame.ahead + 1)]
        for back, ahead in sorted(windows, key=lambda one: (sum(one), one[1])):
            near = self.sentences.window(self.teller, back, ahead)
            if not self._is_alone(near):
                return []
            found = self._filled(near)
            if found is None:
                return []
            if found and self._goes_on(found):
                return [way for one in found for way in self._told(one, near)]
            if found:
                return []
        return []

    def _is_alone(self, near: Sequence[int]) -> bool:
        """Whether no other near figure tells the same, so that the others could be of either."""
        if self.frame.alike:
            return not self._is_in_a_list()
        kinds, claims = self.sentences.kinds, self.sentences.claims
        own = self.frame.kinds(self.frame.told)
        return not any(kinds[n] in own and self.frame.takes(claims[n], self.sentences) for n in near)

    def _is_in_a_list(self) -> bool:
        """Whether its sentence tells more than one number in its unit, targets apart."""
        own = self.teller
        return any(
            (one.unit, one.sentence_start) == (own.unit, own.sentence_start)
            and one is not own
            and one.status not in _AIMS
            and one.start > own.start
            for one in self.sentences.claims
        )

    def _filled(self, near: Sequence[int]) -> list[Members] | None:
        """The ways to fill the other roles with near figures; None with more of them than are spared."""
        frame, claims, kinds = self.frame, self.sentences.claims, self.sentences.kinds
        pools: dict[str, list[Claim]] = {}
        for role in frame.others:
            pools[role] = [
                claims[n]
                for n in near
                if kinds[n] in frame.kinds(role) and _can_be(claims[n], frame, role)
                if not (role == frame.largest and frame.cue and frame.takes(claims[n], self.sentences))
            ]
        found: list[Members] = []
        for unit in self._units(pools):
            same = {role: self._of(unit, role, pool) for role, pool in pools.items()}
            fewest = self._fewest()
            if any(len(pool) < fewest[role] for role, pool in same.items()):
                continue
            if not self._has_list and any(
                len(pool) > fewest[role] + frame.spare for role, pool in same.items()
            ):
                return None
            fitting = [one for one in self._assigned(same) if self._fits(one) and self._holds_own(one)]
            found += fitting if any(is_near(self.frame, self.teller, one) for one in fitting) else []
        return found

    def _holds_own(self, members: Members) -> bool:
        """Whether one of two levels stands beside the teller, unless its sentence holds no amount at all."""
        if not members.keys() >= PAIR:
            return True
        own, sentences = self.teller.sentence_start, self.sentences
        pairs = zip(sentences.claims, sentences.kinds, strict=True)
        here = any(
            one.sentence_start == own and kind in AMOUNTS and one is not self.teller for one, kind in pairs
        )
        return not here or any(members[role][0].sentence_start == own for role in PAIR)

    @cached_property
    def _has_list(self) -> bool:
        return any(self.frame.roles[role].get("many") for role in self.frame.others)

    def _units(self, pools: Mapping[str, Sequence[Claim]]) -> list[str | None]:
        """The units that the amounts may be in: that of the teller, if it is one, else each there is."""
        if any(kind in AMOUNTS for kind in self.frame.kinds(self.frame.told)):
            return [self.teller.unit]
        amounts = [claim.unit for role in pools if self._is_amount(role) for claim in pools[role]]
        return list(dict.fromkeys(amounts)) or [None]

    def _is_amount(self, role: str) -> bool:
        """Whether a role takes amounts in the unit of all."""
        return self.frame.roles[role]["dimension"] in ("amount", "money")

    def _of(self, unit: str | None, role: str, pool: Sequence[Claim]) -> list[Claim]:
        """The figures of a pool that can stand in a role."""
        beside = self.frame.beside.get(role)
        teller, same, first = self.teller, self.frame.alike, self.frame.first
        pool = [one for one in pool if one.end <= teller.start or not (same or first)]
        pool = [one for one in pool if one.unit == teller.unit or not same]
        return [
            claim
            for claim in pool
            if (not self._is_amount(role) or claim.unit == unit or self._is_counted_alike(claim))
            and (beside is None or beside.search(self.sentences.around(claim)))
        ]

    def _is_counted_alike(self, claim: Claim) -> bool:
        """Whether a figure counts with the word of the teller: "54 tanks" beside "195 vehicles", both 대."""
        own, kind = self.teller.quote, self._kind_of(self.teller)
        alike = not own[-1:].isdigit() and claim.quote[-1:] == own[-1:]
        return kind == "count" and self._kind_of(claim) == kind and alike

    def _kind_of(self, claim: Claim) -> str | None:
        return self.sentences.kind_of[claim.id]

    def _fewest(self) -> Mapping[str, int]:
        """How many figures each role's pool must hold at least, for all roles that share it."""
        fewest: dict[str, int] = {}
        for role in self.frame.others:
            alike = [one for one in self.frame.others if self.frame.kinds(one) == self.frame.kinds(role)]
            alone = role in self.frame.beside or any(one in self.frame.beside for one in alike)
            fewest[role] = 1 if alone else sum(_least(self.frame.roles[one]) for one in alike)
        return fewest

    def _assigned(self, pools: Mapping[str, Sequence[Claim]]) -> Iterator[Members]:
        """Every way to take a figure for each role, and a run of them for a list."""
        single = [role for role in self.frame.others if not self.frame.roles[role].get("many")]
        listed = [role for role in self.frame.others if self.frame.roles[role].get("many")]
        every = sorted({claim.start: claim for pool in pools.values() for claim in pool}.items())
        claims = [claim for _, claim in every]
        for order in permutations(claims, len(single)):
            if not all(claim in pools[role] for role, claim in zip(single, order, strict=True)):
                continue
            members: Members = {role: (claim,) for role, claim in zip(single, order, strict=True)}
            if not listed:
                yield members
                continue
            left = [claim for claim in pools[listed[0]] if claim not in order]
            for run in _runs(left, _least(self.frame.roles[listed[0]])):
                yield {**members, listed[0]: run}

    def _fits(self, members: Members) -> bool:
        """Whether figures can stand in their roles: by size, place, words and times."""
        frame = self.frame
        if frame.largest:
            every = {**members, frame.told: (self.teller,)}
            kinds = frame.kinds(frame.largest)
            alike = [one for role, group in every.items() if frame.kinds(role) == kinds for one in group]
            turned = any((one.value or 0) > (every[frame.largest][0].value or 0) for one in alike)
            if turned and not is_off_by_a_digit(frame, self.teller, members):
                return False
        if frame.then and not self._leads_to(members):
            return False
        if frame.led and not self._is_led(members[frame.led][0]):
            return False
        return frame.two_times is None or self._are_of_two_times(members)

    def _is_led(self, claim: Claim) -> bool:
        """Whether a figure stands right before the teller, joined by a word or none."""
        between = self.sentences.text[
            claim.end - self.sentences.start : self.teller.start - self.sentences.start
        ]
        links = self.frame.links
        return claim.end <= self.teller.start and links is not None and links.fullmatch(between) is not None

    def _leads_to(self, members: Members) -> bool:
        """Whether the new level is the figure that the teller and a verb stand before: "19% 늘어난 5조원"."""
        behind = [one for one in self.sentences.claims if one.start >= self.teller.end]
        if not behind or self.frame.then is None:
            return True
        start = self.sentences.start
        between = self.sentences.text[self.teller.end - start : behind[0].start - start]
        return not self.frame.then.fullmatch(between.strip()) or members["new"][0] is behind[0]

    def _are_of_two_times(self, members: Members) -> bool:
        """Whether words or years tell two levels as of two times."""
        old, new = members["old"][0], members["new"][0]
        if old.aggregation != new.aggregation:
            return False
        years = year_of(old), year_of(new)
        if None not in years and years[0] != years[1]:
            return years[0] < years[1]  # type: ignore[operator]
        frame, sentences = self.frame, self.sentences
        before = sentences.clear_sides(self.teller)[0]
        if frame.base and frame.of_base and frame.base.search(before):
            named = set(frame.of_base.findall(before))
            return any(word in sentences.clear_sides(old)[0] for word in named)
        cue = frame.two_times
        return cue is not None and cue.search(sentences.beside(old)) is not None

    def _goes_on(self, found: Sequence[Members]) -> bool:
        """Whether words between the figures of the nearest way do not turn to something else."""
        frame, sentences = self.frame, self.sentences
        every = [claim for group in found[0].values() for claim in group]
        if frame.again and any(one.sentence_start != self.teller.sentence_start for one in every):
            last = max((self.teller, *every), key=lambda one: one.start)
            text = sentences.text[last.sentence_start - sentences.start : last.end - sentences.start]
            if not frame.again.search(text) and not self._is_named_there(every):
                return False
        if found[0].keys() >= PAIR and self._is_of_its_own(every):
            return False
        inner, _ = sentences.between([self.teller, *every])
        return not (frame.breaks and frame.breaks.search(inner))

    def _is_of_its_own(self, every: Sequence[Claim]) -> bool:
        """Whether the sentence of the teller, without any of the levels, has a topic that theirs do not name:
        "군 급여는 3.8% 오른다" tells of no budget.
        """
        frame, sentences, own = self.frame, self.sentences, self.teller.sentence_start
        if frame.topics is None or any(one.sentence_start == own for one in every):
            return False
        before = sentences.text[own - sentences.start : self.teller.start - sentences.start]
        topics = [match["topic"] for match in frame.topics.finditer(before)]
        if not topics or (frame.topics_again and frame.topics_again.search(before)):
            return False
        spans = ((one.sentence_start - sentences.start, one.sentence_end - sentences.start) for one in every)
        there = "".join(sentences.text[first:last] for first, last in spans)
        return not any(topic[:2] in there for topic in topics)

    def _is_named_there(self, every: Sequence[Claim]) -> bool:
        """Whether the sentence of the others has a word that begins as the one before the cue does: "여성
        비율" and "여군".
        """
        sentences, cue = self.sentences, self.frame.cue
        found = cue.search(sentences.clear_sides(self.teller)[0]) if cue else None
        if found is None:
            return False
        named = found.string[: found.start()].split()
        first, last = every[0].sentence_start - sentences.start, every[0].sentence_end - sentences.start
        words = sentences.text[first:last].split()
        return bool(named) and any(word[0] == named[-1][0] for word in words)

    def _told(self, members: Members, near: Sequence[int]) -> list[str]:
        """The figures by role, over each number of years told near them if the reckoning counts years."""
        way = self._way(members)
        if "years" not in self.frame.entry.text("equation"):
            return [way]
        return [f"{way} years={years}" for years in sorted(self._years(near))]

    def _years(self, near: Sequence[int]) -> set[int]:
        """The stretches of years that near figures tell, or that the periods of amounts span."""
        claims = [self.teller, *(self.sentences.claims[number] for number in near)]
        spoken = {int(one.value) for one in claims if one.unit == "year" and one.value and one.value > 1}
        spans = (_SPAN.fullmatch(one.period or "") for one in claims)
        return spoken | {int(span[2]) - int(span[1]) + 1 for span in spans if span}

    def _way(self, members: Members) -> str:
        """The figures by role as the checker takes them."""
        frame, teller = self.frame, self.teller
        falls = teller.direction == "down" and frame.roles.keys() >= PAIR and frame.told == "rate"
        said = [f"{'-' if falls else ''}{frame.told}={teller.id}"]
        said += [f"{role}={one.id}" for role, group in members.items() for one in group]
        return " ".join([frame.entry.id, *said])


def _can_be(claim: Claim, frame: AnyOrder, role: str) -> bool:
    """Whether a figure can stand in a role by its keys; "one" of something is no number of them."""
    in_words = not any(map(str.isdigit, claim.quote))
    counts_one = claim.value == 1 and (in_words or frame.roles[role].get("counted") is True)
    return claim.statistic in _LEVELS and claim.aggregation in _SUMS and not claim.negated and not counts_one


def _least(role: Mapping[str, object]) -> int:
    """How many figures a role takes at least."""
    return 2 if role.get("many") == "two" else 1


def _runs(claims: Sequence[Claim], least: int) -> Iterator[tuple[Claim, ...]]:
    """Figures that follow one another, so many at least."""
    for first in range(len(claims)):
        for last in range(first + least, len(claims) + 1):
            yield tuple(claims[first:last])
