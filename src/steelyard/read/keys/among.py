"""Figures that follow from some of those near them, where it stays open which of these are meant.

What one figure says of itself ("the other 9 billion", "a loss of 19 billion", "5.4 percent of the output")
tells how it hangs together with figures near it, and seldom with which. All near ones of its kinds are tried;
whether none of these ways holds, and what that means, the checker says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import permutations

from steelyard.core.claim import OR, PERHAPS, Claim
from steelyard.core.schema import texts_in
from steelyard.core.vocabulary import Entry
from steelyard.read.keys.any_words import any_of, any_word
from steelyard.read.keys.frames import PAIR, roles_by_kind
from steelyard.read.keys.neighbours import BY, WORDS, Sentences, year_of_period
from steelyard.read.keys.other_things import Naming, naming_of
from steelyard.read.keys.tellers import Tellers
from steelyard.read.keys.wordings import AMOUNTS, reckonings_of
from steelyard.read.lexicon import Lexicon

# Ways beyond which a text says too little, and the most years of a sum.
MOST_WAYS, MOST_YEARS = 400, 40
# From which number on a bare one can be of money.
LEAST_BARE, LEAST_BARE_COUNT = 1_000_000, 100
# How near to a figure, in letters, the words beside it stand.
NEAR = 30
_YEARS, _YEAR = "years", "year"
_ALL_AMOUNTS = ("amount", *AMOUNTS)
# A stretch of years: "2023 to 2027", "2026-29".
_STRETCH = re.compile(r"\b((?:19|20)\d\d)(?:\W{1,3}|\W+[^\W\d]+\W+)((?:19|20)?\d\d)\b")
_CLAUSE = re.compile("[,;:(\u2013\u2014]")
Filled = Mapping[str, tuple[Claim, ...]]


@dataclass(frozen=True)
class OpenFrame:
    """What tells a figure that follows from some of those near it by one reckoning.

    `told` is the role of that figure, `before` words that lead to it, `behind` those right behind it, `near`
    how many letters may lie between, `leads` the first of these words, and `never` words that may not stand
    near it, but for those of `spared`. `statistics` and `aggregations` tell what it may be, `aims` are the
    statuses of what is only aimed at. `beside` are words beside the figures of other roles, `back` and
    `ahead` how many sentences around it are searched, `most` how many figures of a kind may be there.
    `anything` tells that counts of different things go together.
    """

    entry: Entry
    told: str
    before: re.Pattern[str] | None
    behind: re.Pattern[str] | None
    leads: frozenset[str]
    never: re.Pattern[str] | None
    spared: re.Pattern[str] | None
    statistics: frozenset[str]
    aggregations: frozenset[str]
    beside: Mapping[str, re.Pattern[str]]
    back: int
    ahead: int
    most: int
    anything: bool
    near: int
    filler: re.Pattern[str]
    aims: frozenset[str]
    naming: Naming
    tails: re.Pattern[str] | None
    yearly: re.Pattern[str] | None
    spans: Mapping[str, int]

    def is_cued(self, before: str, behind: str) -> bool:
        """Whether words right beside a figure say that it follows from others; without cues it does."""
        if self.before is None and self.behind is None:
            return True
        clause = _CLAUSE.split(behind, maxsplit=1)[0]
        if self.behind and any(self._is_near(clause[: one.start()]) for one in self.behind.finditer(clause)):
            return True
        if self.before is None:
            return False
        return any(self._is_near(before[one.end() :]) for one in self.before.finditer(before))

    def _is_near(self, between: str) -> bool:
        """Whether few enough letters, or none but words that may stand before any figure, lie between."""
        return len(between) <= self.near or self.filler.fullmatch(between) is not None

    def role(self, name: str) -> Mapping[str, object]:
        """What the data say of one role."""
        table = self.entry.table("roles")[name]
        return table if isinstance(table, dict) else {}

    @cached_property
    def kind(self) -> str:
        """The kind of the figure that tells."""
        return str(self.role(self.told)["dimension"])

    @cached_property
    def has_pair(self) -> bool:
        """Whether two levels are among the roles."""
        return self.entry.table("roles").keys() >= PAIR

    @cached_property
    def others(self) -> Mapping[str, Sequence[str]]:
        """The other roles by the kind of figure that they take."""
        table = self.entry.table("roles").items()
        return roles_by_kind(
            {role: str(one["dimension"]) for role, one in table if isinstance(one, dict)}, self.told
        )

    def takes(self, claim: Claim) -> bool:
        """Whether a figure of the kind may be the one that tells."""
        return (
            (not self.statistics or claim.statistic in self.statistics)
            and (not self.aggregations or (claim.aggregation or "none") in self.aggregations)
            and claim.value is not None
            and not claim.negated
        )


@lru_cache(maxsize=16)
def open_frames_of(lexicon: Lexicon) -> Tellers[OpenFrame]:
    """The open frames of all reckonings with words in the language of a lexicon, by the kind of tellers."""
    found: dict[str, list[OpenFrame]] = {}
    for frame in _open_frames(lexicon):
        for kind in AMOUNTS if frame.kind == "amount" else (frame.kind,):
            found.setdefault(kind, []).append(frame)
    return Tellers(found)


def _open_frames(lexicon: Lexicon) -> Iterator[OpenFrame]:
    """The open frames in the order of the data."""
    return (
        OpenFrame(
            reckoning.entry,
            str(table["told"]),
            _listed(table, "cue_before", lexicon),
            _listed(table, "cue_behind", lexicon),
            _leads(lexicon, str(table.get("cue_before", "")), str(table.get("cue_behind", ""))),
            _listed(table, "never", lexicon),
            _listed(table, "spared", lexicon),
            frozenset(texts_in(table.get("statistics"))),
            frozenset(texts_in(table.get("aggregations"))),
            _beside(table.get("beside"), lexicon),
            int(str(table.get("back", 1))),
            int(str(table.get("ahead", 0))),
            int(str(table.get("most", 6))),
            table.get("anything") is True,
            int(str(table.get("near", NEAR))),
            re.compile(rf"(?:\W|\b{any_word(lexicon, 'filler')}\b)*", re.IGNORECASE),
            _aims(lexicon) if table.get("claimed") is True else frozenset(),
            naming_of(lexicon),
            reckoning.tails,
            any_of(("<of_a_year>",), lexicon),
            _spans_of(lexicon),
        )
        for reckoning in reckonings_of(lexicon)
        for table in reckoning.entry.tables("among")
        if lexicon.words("reckoning", "rest_before")
    )


def links_among(sentences: Sentences, frames: Tellers[OpenFrame]) -> Iterator[tuple[str, str]]:
    """For each figure that follows from some of those near it, its id and how it may, in all ways.

    `frames` are those for figures of each kind.
    """
    for claim, kind in zip(sentences.claims, sentences.kinds, strict=True):
        fitting = frames.rules_for(kind, claim)
        if not fitting:
            continue
        words = sentences.words_beside(claim)
        fitting = [frame for frame in fitting if not frame.leads or not frame.leads.isdisjoint(words)]
        before, behind = sentences.sides(claim) if fitting else ("", "")
        for frame in fitting:
            if not frame.is_cued(before, behind[len(claim.quote) :]):
                continue
            if frame.aims and (claim.status in frame.aims or (claim.period or "").startswith(BY)):
                continue
            if ways := list(dict.fromkeys(_Search(sentences, frame, claim).ways())):
                yield claim.id, PERHAPS + OR.join(ways)


@dataclass(frozen=True)
class _Search:
    """The search for the figures from which one figure, the teller, may follow."""

    sentences: Sentences
    frame: OpenFrame
    teller: Claim

    def ways(self) -> Iterator[str]:
        """All ways in which the teller may follow from figures near it; none where there are too many."""
        found: list[Filled] = [{}]
        for kind, roles in self.frame.others.items():
            fillings = list(self._fillings(kind, roles))
            found = [{**one, **other} for one in found for other in fillings]
            if not found or len(found) > MOST_WAYS:
                return
        spans = self._spans() if _YEARS in self.frame.entry.text("equation") else [None]
        for members in found:
            every = [one for claims in members.values() for one in claims]
            if not self._is_of_another(every) and not self._is_broken(every):
                for years in spans:
                    yield self._way(members, years)

    def _is_of_another(self, members: Sequence[Claim]) -> bool:
        """Whether the teller is of one actor and all of the others of another: an ally told beside."""
        actors = {one.actor for one in members}
        return None not in {self.teller.actor, *actors} and self.teller.actor not in actors

    def _is_broken(self, members: Sequence[Claim]) -> bool:
        """Whether words between the figures, or right beside the teller, speak against it."""
        if self.frame.tails and self.frame.tails.search(self.sentences.between([self.teller])[1]):
            return True
        back = self.frame.has_pair and all(one.sentence_end <= self.teller.sentence_start for one in members)
        if back and self._is_of_else:
            return True
        if self.frame.never is None:
            return False
        first = min([self.teller.sentence_start, *(one.start for one in members)])
        last = max([self.teller.sentence_end, *(one.end for one in members)])
        start = self.sentences.start
        text = self.sentences.text[first - start : last - start]
        if self.frame.spared:
            text = self.frame.spared.sub(" ", text)
        return self.frame.never.search(text) is not None

    @cached_property
    def _is_of_else(self) -> bool:
        """Whether the teller's sentence is of a thing that is not named around it."""
        return self.frame.naming.is_of_else(self.sentences.text, self.sentences.start, self.teller)

    def _fillings(self, kind: str, roles: Sequence[str]) -> Iterator[Filled]:
        """The ways to fill roles of one kind with figures near the teller."""
        many = [role for role in roles if self.frame.role(role).get("many")]
        single = [role for role in roles if role not in many]
        for pool in self._pools(kind):
            if not many:
                for chosen in permutations(pool, len(single)):
                    filled = {role: (one,) for role, one in zip(single, chosen, strict=True)}
                    if all(self._is_beside(role, one[0]) for role, one in filled.items()):
                        yield filled
                continue
            fewest = 2 if self.frame.role(many[0]).get("many") == "two" else 1
            for run in self._runs(pool, fewest + len(single)):
                if not single:
                    yield {many[0]: run}
                    continue
                for place in sorted({0, max(range(len(run)), key=lambda place: run[place].value or 0)}):
                    yield {single[0]: (run[place],), many[0]: (*run[:place], *run[place + 1 :])}

    def _runs(self, pool: Sequence[Claim], fewest: int) -> Iterator[tuple[Claim, ...]]:
        """The figures side by side of which one stands next to the teller, the most first.

        They are all figures of their sentences on the side away from the teller. A sum stands before all of
        its parts or behind them.
        """
        place = sum(one.start < self.teller.start for one in pool)
        both = self.frame.told == "rest"
        for count in range(len(pool), fewest - 1, -1):
            for first in range(len(pool) - count + 1):
                last = first + count
                if not first <= place <= last or not (both or place in (first, last)):
                    continue
                opens = first == place or _are_apart(pool, first)
                if opens and (last == place or _are_apart(pool, last)):
                    yield tuple(pool[first:last])

    def _is_beside(self, role: str, claim: Claim) -> bool:
        pattern = self.frame.beside.get(role)
        if pattern is None:
            return True
        before, behind = self.sentences.sides(claim)
        return any(pattern.search(text) for text in (before.rpartition(";")[2], behind.partition(";")[0]))

    def _near(self) -> list[Claim]:
        place, frame = self.teller.sentence_start, self.frame
        found = self.sentences.around_sentence(place, frame.back, frame.ahead)
        return [one for one in found if one is not self.teller]

    def _pools(self, kind: str) -> Iterator[list[Claim]]:
        """The figures of a kind near the teller that may go with it, in their order, by units."""
        kinds = self.sentences.kind_of
        told = kinds.get(self.teller.id)
        wanted: tuple[str | None, ...] = (kind,)
        if kind == "amount":
            wanted = (told,) if told in AMOUNTS and not _may_be_money(self.teller) else AMOUNTS
        is_amount = kind in _ALL_AMOUNTS
        found = [
            one
            for one in self._near()
            if not one.negated and (kinds[one.id] in wanted or (is_amount and _may_be_money(one)))
        ]
        pools = list(self._by_unit(found, told)) if is_amount else [found]
        if all(len(pool) <= self.frame.most for pool in pools):
            yield from pools

    def _by_unit(self, found: list[Claim], told: str | None) -> Iterator[list[Claim]]:
        """The amounts in the teller's unit, or in each where it has none; bare ones go along."""
        if told == "count" and self.frame.anything:
            yield found
        if not self.frame.anything and self.frame.told != "rest":
            found = [one for one in found if one.unit or (one.value or 0) >= LEAST_BARE_COUNT]
        if self.teller.unit is None and _may_be_money(self.teller):
            found = [one for one in found if _may_be_money(one) or (one.unit or "").isupper()]
        units: list[str | None] = list(dict.fromkeys(one.unit for one in found if one.unit)) or [None]
        if told in AMOUNTS and self.teller.unit:
            units = [self.teller.unit]
        for unit in units:
            yield [one for one in found if one.unit in (unit, None)]

    def _spans(self) -> list[int]:
        """Over how many years the amounts may run: by durations, stretches of years and counts of budgets."""
        near = [*self._near(), self.teller]
        found: dict[int, None] = {}
        for one in near:
            first, slash, last = (one.period or "").partition("/")
            begin, end = year_of_period(first), year_of_period(last)
            if slash and begin and end:
                found[end - begin + 1] = None
            yearly = self.frame.yearly is not None and self.frame.yearly.search(one.quote) is not None
            if one.value and (one.unit == _YEAR or yearly):
                found[int(one.value)] = None
        first_place = min(one.sentence_start for one in near) - self.sentences.start
        last_place = max(one.sentence_end for one in near) - self.sentences.start
        text = self.sentences.text[first_place:last_place]
        for match in _STRETCH.finditer(text):
            found[_last_year(match) - int(match[1]) + 1] = None
        for words, years in self.frame.spans.items():
            if words in text.casefold():
                found[years] = None
        return [span for span in found if 1 < span <= MOST_YEARS]

    def _way(self, members: Filled, years: int | None) -> str:
        falls = self.teller.direction == "down" and self.frame.kind not in ("multiple", "amount")
        said = [self.frame.entry.id, f"{'-' if falls else ''}{self.frame.told}={self.teller.id}"]
        said += [f"{role}={one.id}" for role, claims in members.items() for one in claims]
        return " ".join([*said, *([f"years={years}"] if years else [])])


def _are_apart(pool: Sequence[Claim], place: int) -> bool:
    """Whether a sentence begins between two figures."""
    return place in (0, len(pool)) or pool[place - 1].sentence_start != pool[place].sentence_start


def _may_be_money(claim: Claim) -> bool:
    """Whether a number without a unit can be of money: "22 billion"."""
    return claim.unit is None and claim.value is not None and claim.value >= LEAST_BARE and claim.is_number


def _listed(table: Mapping[str, object], key: str, lexicon: Lexicon) -> re.Pattern[str] | None:
    return any_of((f"<{table[key]}>",), lexicon) if key in table else None


def _leads(lexicon: Lexicon, *names: str) -> frozenset[str]:
    """The first words of some lists; none where a language writes its words together."""
    listed = (
        () if lexicon.cues_follow else [one for name in names for one in lexicon.words("reckoning", name)]
    )
    return frozenset(WORDS.findall(phrase)[0] for phrase in listed)


def _aims(lexicon: Lexicon) -> frozenset[str]:
    """The statuses of what is only aimed at."""
    return frozenset(one.id for one in lexicon.vocabulary.entries("statuses").values() if one.flag("exact"))


def _beside(value: object, lexicon: Lexicon) -> Mapping[str, re.Pattern[str]]:
    pairs = value.items() if isinstance(value, dict) else ()
    found = {str(role): any_of((f"<{name}>",), lexicon) for role, name in pairs}
    return {role: pattern for role, pattern in found.items() if pattern}


def _last_year(match: re.Match[str]) -> int:
    """The last year of a stretch, whose first digits may be left out: "2026-29"."""
    return int(match[1][: len(match[1]) - len(match[2])] + match[2])


def _spans_of(lexicon: Lexicon) -> Mapping[str, int]:
    """Stretches of years that a language has a name for ("a decade"), with how many years they are."""
    pairs = (one.split(" = ") for one in lexicon.words("reckoning", "stretches"))
    return {name: int(years) for name, years in pairs}
