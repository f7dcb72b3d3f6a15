"""Finds the figures from which another follows by a frame: those of its sentence or of the one before.

There must be just as many of each kind as the reckoning needs, or it stays open which are meant. Which of two
levels is the older may stay open too: then both ways are given, and only what fits neither is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import permutations

from steelyard.core.claim import OR, Claim
from steelyard.read.keys.by_years import levels_by_years
from steelyard.read.keys.frame_guards import is_held, is_of_else, takes_up, turns_behind
from steelyard.read.keys.frames import PAIR, Frame
from steelyard.read.keys.goals import goal_before
from steelyard.read.keys.neighbours import NEAR_BEFORE, Sentences, year_of
from steelyard.read.keys.paths import of_one_thing
from steelyard.read.keys.tellers import Tellers
from steelyard.read.keys.wordings import AMOUNTS, has_all, is_named_again

_SIZES = ("amount", "money", "count")
_POSSESSIVE = ("'s ", "’s ")
Members = Mapping[str, Claim]


def framed_links(sentences: Sentences, frames: Tellers[Frame]) -> Iterator[tuple[str, str]]:
    """For each figure that a frame finds to follow from others, its id and how, in all ways left open.

    `frames` are those for figures of each kind.
    """
    for number, (claim, kind) in enumerate(zip(sentences.claims, sentences.kinds, strict=True)):
        fitting = frames.rules_for(kind, claim)
        if not fitting:
            continue
        beside = sentences.words_beside(claim)
        for frame in fitting:
            if not frame.may_stand_in(beside) and not frame.is_known_by_keys(claim):
                continue
            if not has_all(sentences.counts, frame.fewest):
                continue
            search = _Search(sentences, frame, claim)
            if not search.tells(number) or not search.is_said():
                continue
            if search.is_alone(number) and (ways := search.ways() or search.of_any_size()):
                told = [f"{frame.entry.id} {way}" for way in ways]
                yield claim.id, OR.join([*told, *_otherwise(frame, ways)])
                break


def _otherwise(frame: Frame, ways: Sequence[str]) -> Iterator[str]:
    """The same ways by the other reckoning that the figures may be of: "from 50 by 6.7, or 13 percent"."""
    if frame.perhaps:
        for way in ways:
            pairs = (one.removeprefix("-").split("=") for one in way.split())
            said = (f"{frame.perhaps.get(role, role)}={identifier}" for role, identifier in pairs)
            yield " ".join([frame.perhaps["reckoning"], *said])


@dataclass(frozen=True)
class _Search:
    """The search for the figures from which one figure, the teller, follows by a frame.

    `sized` tells that the whole must be the largest, as it is where no word of scale has slipped.
    """

    sentences: Sentences
    frame: Frame
    teller: Claim
    sized: bool = True

    def tells(self, number: int) -> bool:
        """Whether a figure is one of those that the frame asks for."""
        frame, claim = self.frame, self.sentences.claims[number]
        if self.sentences.kinds[number] not in frame.told_kinds or not frame.takes(claim):
            return False
        return frame.is_known_by_keys(claim) or frame.is_cued(*self.sentences.sides(claim))

    def is_alone(self, number: int) -> bool:
        """Whether no other figure of the sentence tells the same; the levels could be those of either.

        Beside a growth none may stand in its unit, for that one may be read otherwise and be growth too.
        """
        known = self.frame.is_known_by_keys(self.teller)
        own, unit = self.teller.sentence_start, self.teller.unit if self.has_pair and not known else ""
        led = bool(self.frame.beside) and self._is_led(self.teller)
        return not any(
            (self.tells(other) and (not led or self._is_led(claim))) or claim.unit == unit
            for other, claim in enumerate(self.sentences.claims)
            if other != number and claim.sentence_start == own
        )

    def _is_led(self, claim: Claim) -> bool:
        """Whether the cue of the frame stands before a figure, so that it is meant and none before it."""
        return self.frame.cue is not None and self.frame.cue.search(self.sentences.lead_of(claim)) is not None

    def is_said(self) -> bool:
        """Whether the sentence of the teller has the words that the frame asks for."""
        said, text, start = self.frame.said, self.sentences.text, self.sentences.start
        first, last = self.teller.sentence_start - start, self.teller.sentence_end - start
        return said is None or said.search(text, first, last) is not None

    @property
    def has_pair(self) -> bool:
        """Whether a percentage tells how two levels differ."""
        return self.frame.told_kind == "percent" and self.frame.roles.keys() >= PAIR

    def ways(self) -> list[str]:
        """How the others may stand in their roles; none where too many or too few of them are near."""
        for back, ahead in self.frame.windows:
            found = self._sets(back, ahead)
            if found is None:
                return self._by_years()
            if found:
                joined = self._goes_on(found[0], back + ahead) and not self._is_broken(found[0])
                joined = joined and not (back + ahead and is_of_else(self.sentences, self.frame, self.teller))
                return [way for members in found if (way := self._way(members))] if joined else []
        return self._by_years()

    def of_any_size(self) -> list[str]:
        """The same for figures of which one may be of another scale: "2.6 million dollars, or 160 million
        each". Whether it is, the checker says.
        """
        frame = self.frame
        asks = frame.largest or (frame.told_kind == "amount" and frame.roles.keys() >= PAIR)
        return replace(self, sized=False).ways() if asks else []

    def _by_years(self) -> list[str]:
        """How the two levels stand in their roles that the teller's sentence names by their years."""
        members = levels_by_years(self.sentences, self.frame, self.teller)
        return [way] if members and (way := self._way(members)) else []

    def _sets(self, back: int, ahead: int = 0) -> list[Members] | None:
        """The ways to fill the other roles with all near figures of their kinds; None with too many."""
        near = self.sentences.window(self.teller, back, ahead)
        if not near:
            return []
        pools: list[tuple[Sequence[str], list[Claim]]] = []
        short = False
        for kind, roles in self.frame.others:
            pool = self._pool(near, kind, roles)
            if pool is None:
                return None
            short = short or len(pool) < len(roles)
            pools.append((roles, pool))
        found: list[dict[str, Claim]] = [] if short else [{}]
        for roles, pool in pools if found else ():
            filled = [dict(zip(roles, order, strict=True)) for order in permutations(pool)]
            found = [{**one, **other} for one in found for other in filled]
        return [one for one in found if self._fits(one)]

    def _pool(self, near: Sequence[int], kind: str, roles: Sequence[str]) -> list[Claim] | None:
        """The near figures for some roles of one kind; None where there are more of them than roles.

        Amounts are of one unit, that of the teller if it is one.
        """
        sentences, frame = self.sentences, self.frame
        kinds = AMOUNTS if kind == "amount" else (kind,)
        near = [n for n in near if sentences.kinds[n] in kinds]
        if frame.cue and frame.told_kind == kind and not set(roles).isdisjoint(frame.largest):
            own = self.teller.sentence_start  # the price of one is not that of all
            near = [n for n in near if sentences.claims[n].sentence_start == own or not self.tells(n)]
        found = [sentences.claims[n] for n in near]
        if len(roles) == 1 and (pattern := frame.beside.get(roles[0])):
            found = [claim for claim in found if pattern.search(sentences.beside(claim))]
        if kind == "amount" and frame.told_kind == kind:
            found = [claim for claim in found if claim.unit == self.teller.unit]
        changes = sum(role in frame.changes for role in roles)
        if kind in _SIZES and sum(claim.statistic == "change" for claim in found) > changes:
            return None
        if kind != "amount":
            if len(found) == 1 and set(frame.largest) < set(roles):
                found += filter(None, [goal_before(sentences, frame, self.teller, found[0])])
            if len(found) > len(roles) and PAIR.issuperset(roles):  # a target beside two levels is none
                found = [claim for claim in found if claim.status not in frame.words.aims]
            return None if len(found) > len(roles) else found
        units: dict[str | None, list[Claim]] = {}
        for claim in found:
            units.setdefault(claim.unit, []).append(claim)
        enough = [members for members in units.values() if len(members) >= len(roles)]
        if len(enough) > 1 or any(len(members) > len(roles) for members in enough):
            return None
        return enough[0] if enough else []

    def _fits(self, members: Members) -> bool:
        """Whether figures can stand in their roles: by the words beside them, their size, keys and years."""
        frame = self.frame
        if not all(self._is_beside(members, role) for role in frame.beside):
            return False
        for role in frame.largest if self.sized else ():
            same = [one for other, one in members.items() if frame.roles[other] == frame.roles[role]]
            if frame.roles[frame.told] == frame.roles[role]:
                same.append(self.teller)
            if any((one.value or 0) > (members[role].value or 0) for one in same):
                return False
        if not all(
            frame.takes_in(role, claim, self.sentences.beside(claim)) for role, claim in members.items()
        ):
            return False
        if not self._stands_right(members):
            return False
        if not members.keys() >= PAIR:
            return True
        years = [year_of(members[role]) for role in ("old", "new")]
        in_order = None in years or years[0] < years[1]  # type: ignore[operator]
        return in_order and of_one_thing([members[role] for role in PAIR])

    def _is_beside(self, members: Members, role: str) -> bool:
        """Whether the words of a role stand beside its figure, and beside no other of its kind."""
        frame = self.frame
        alike = [one for other, one in members.items() if frame.roles[other] == frame.roles[role]]
        pattern, sentences = frame.beside[role], self.sentences
        return pattern.search(sentences.beside(members[role])) is not None and not any(
            pattern.search(sentences.around(one)) for one in alike if one is not members[role]
        )

    def _stands_right(self, members: Members) -> bool:
        """Whether the figures stand before the teller as the frame wants them to."""
        frame = self.frame
        if frame.in_order:
            places = [members[role].start for role in frame.roles if role in members]
            if places != sorted(places) or places[-1] > self.teller.start:
                return False
        if frame.then:
            following = [one for one in self.sentences.claims if self.teller.end <= one.start]
            if not following or following[0] is not members[frame.then]:
                return False
        if not frame.behind:
            return True
        before = [claim for claim in self.sentences.claims if claim.start < self.teller.start]
        return bool(before) and before[-1] is members[frame.behind]

    def _goes_on(self, members: Members, back: int) -> bool:
        """Whether a sentence takes up what the one before says of two levels, and turns to nothing else.

        It names again what was named. Both levels stand there as those of two times; or one of them stands
        beside the teller, and the sentences before hold only one more.
        """
        if not members.keys() >= PAIR:
            return not (back and self.frame.then) or self._names_again(self.teller.sentence_start)
        old, new = members["old"], members["new"]
        behind = (one for one in (old, new) if one.sentence_start > self.teller.sentence_start)
        if not all(self._names_again(one.sentence_start) for one in behind):
            return False
        if not self._are_of_two_times(old, new):
            return False
        if back == 0 or self.frame.has_years:  # an average over years is that between the two
            return True
        if (untold := self.frame.words.untold) and untold.search(self.sentences.beside(self.teller)):
            return False
        again = self._names_again(min(old.sentence_start, new.sentence_start))
        if not again and not self._is_compared(old, new):
            return False
        if old.sentence_start == new.sentence_start:
            return True
        same = (old.measure, old.item) == (new.measure, new.item) or None in (old.measure, new.measure)
        return same and self._sets(back + 1) is not None

    def _is_compared(self, old: Claim, new: Claim) -> bool:
        """Whether the teller's sentence sets the older level against what the one before told: "Compared with
        X a year earlier, growth is 8 percent".
        """
        cue = self.frame.words.earlier
        here = old.sentence_start == self.teller.sentence_start > new.sentence_start
        between = self.sentences.text[
            old.end - self.sentences.start : self.teller.start - self.sentences.start
        ]
        owned = any(mark in between for mark in _POSSESSIVE)  # "the air force's increase" is of the air force
        return here and not owned and cue is not None and cue.search(self.sentences.beside(old)) is not None

    def _are_of_two_times(self, old: Claim, new: Claim) -> bool:
        """Whether words tell two levels as of two times: by years, as from and to, or "the year before"."""
        if {old.direction, new.direction} <= {"up", "down"}:
            return True
        if len({year_of(old), year_of(new)} - {None}) == len(PAIR):
            return True
        cue = self.frame.words.earlier
        return cue is not None and any(cue.search(self.sentences.beside(one)) for one in (old, new))

    def _names_again(self, levels: int) -> bool:
        """Whether the later of two sentences names again what has been named: that of the teller, by its
        words before it, or that of the levels, by its first words.
        """
        own = self.teller.sentence_start
        places = (own, self.teller.start) if levels <= own else (levels, levels + NEAR_BEFORE)
        first, last = (place - self.sentences.start for place in places)
        words = self.frame.words
        if levels <= own and takes_up(self.sentences, words, self.teller):
            return not (words.aside and words.aside.match(self._words_behind()))
        return any(
            is_named_again(match, words.named)
            for match in words.again.finditer(self.sentences.text, first, last)
        )

    def _words_behind(self) -> str:
        """The words behind the teller, without what stands there and does no harm."""
        behind, spared = self.sentences.between([self.teller])[1], self.frame.reckoning.spared
        return (spared.sub(" ", behind) if spared else behind).lstrip()

    def _is_broken(self, members: Members) -> bool:
        """Whether words from the first to the last of the figures, or right behind, speak against it."""
        reckoning = self.frame.reckoning
        inner, behind = self.sentences.between([self.teller, *members.values()])
        breaks, tails = reckoning.breaks, reckoning.tails
        if reckoning.spared:
            inner, behind = (reckoning.spared.sub(" ", text) for text in (inner, behind))
        if not self._adds_up(members) and self.frame.words.turn_away(self._words_before(members)):
            return True
        if not members.keys() >= PAIR and turns_behind(
            self.sentences, self.frame.words, self.teller, members.values()
        ):
            return True
        if is_held(self.sentences, self.frame.words, self.teller, members.get("part")):
            return True
        if self.frame.lead and self.frame.lead.search(self.sentences.lead_of(self.teller)):
            return True
        return bool((breaks and breaks.search(inner)) or (tails and tails.search(behind)))

    def _adds_up(self, members: Members) -> bool:
        """Whether a part goes on from a whole of another sentence, so that "and" joins what both are of."""
        wholes = (members[role] for role in self.frame.largest if role in members)
        return self.frame.in_order and all(one.sentence_end <= self.teller.sentence_start for one in wholes)

    def _words_before(self, members: Members) -> str:
        """The words of the teller's sentence between the last of the others before it and itself."""
        first = max(
            (claim.end for claim in members.values() if claim.end <= self.teller.start),
            default=self.teller.start,
        )
        start = max(first, self.teller.sentence_start) - self.sentences.start
        return self.sentences.text[start : self.teller.start - self.sentences.start]

    def _way(self, members: Members) -> str:
        """The figures by role as the checker takes them; empty where years or sizes speak against it."""
        frame, teller = self.frame, self.teller
        if not self._is_of_their_time(members) or not self._is_smaller(members):
            return ""
        falls = teller.direction == "down" and frame.told_kind != "multiple"
        said = [f"{'-' if falls else ''}{frame.told}={teller.id}"]
        said += [f"{role}={one.id}" for role, one in members.items()]
        if frame.has_years:
            years = self._years(members)
            if years is None:
                return ""
            said.append(f"years={years}")
        return " ".join(said)

    def _years(self, members: Members) -> int | None:
        """Over how many years levels stand apart, or a sum runs: by their years, or a duration beside."""
        if members.keys() >= PAIR:
            first, last = (year_of(members[role]) for role in ("old", "new"))
            return last - first if first and last else None
        start = min(claim.sentence_start for claim in (self.teller, *members.values()))
        spans = {
            int(claim.value)
            for claim in self.sentences.claims
            if claim.unit == "year" and claim.value and start <= claim.start <= self.teller.sentence_end
        }
        here = all(claim.sentence_start == self.teller.sentence_start for claim in members.values())
        spans = spans or (self._spans_before() if here else set())
        return spans.pop() if len(spans) == 1 else None

    def _spans_before(self) -> set[int]:
        """The stretch of years that words take up from before: "over the life of the accord"."""
        cue, near = self.frame.words.over_it, self.sentences.window(self.teller, 1)
        first, last = (
            place - self.sentences.start for place in (self.teller.sentence_start, self.teller.sentence_end)
        )
        if cue is None or not cue.search(self.sentences.text, first, last):
            return set()
        spans = (self.sentences.claims[number] for number in near)
        return {int(claim.value) for claim in spans if claim.unit == "year" and claim.value}

    def _is_smaller(self, members: Members) -> bool:
        """Whether a change is below the higher of its levels, as one read rightly is."""
        if not self.sized or self.frame.told_kind != "amount" or not members.keys() >= PAIR:
            return True
        return (self.teller.value or 0) < max(members[role].value or 0 for role in PAIR)

    def _is_of_their_time(self, members: Members) -> bool:
        """Whether a teller that names a year names that of one of the levels beside it.

        Where a reckoning is of one year, all of its figures must be.
        """
        if self.frame.entry.flag("one_year"):
            told = {year_of(one) for one in (self.teller, *members.values())}
            return len(told - {None}) <= 1
        years = {year_of(members[role]) for role in PAIR & members.keys()}
        own = year_of(self.teller)
        return own is None or None in years or len(years) < len(PAIR) or own in years
