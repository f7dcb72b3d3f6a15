"""The wordings of reckonings.toml as patterns over masked text, in which each figure is one sign.

A wording is plain words with `{role}` for a figure and a few marks:

    ...     words of the same sentence, without a figure that counts here
    ..      a few words of the same clause
    .       the end of the sentence
    (a|b)   either; with ? behind it, or neither
    <name>  any of the words of that list in the language's table `reckoning`
    <again> "it", "this sum" or a noun that the text has used before
    <same>  words up to a date, the second time the very same ones: "signed on 1 August 2025"
    {-role} a figure that counts with a minus: a fall
    {skip}  a figure that does not count here
    ^       the beginning of a sentence

A role of several figures takes a whole list: "4.7 for aircraft, 0.8 for weapons and 2.9 for training".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property, lru_cache, partial
from itertools import chain, product
from operator import itemgetter
from typing import NamedTuple

from steelyard.core.vocabulary import Entry
from steelyard.read.keys.any_words import any_of, any_word, begun
from steelyard.read.keys.needed_words import (
    AGAIN,
    BEFORE_A_FIGURE,
    SAME,
    NeededWords,
    listed,
    places_of,
    shortest_way,
)
from steelyard.read.lexicon import Lexicon

END = "\ue7ff"
SIGNS_A_KIND = 0x100
_FIRST = 0xE000
KINDS = ("money", "count", "percent", "points", "multiple", "times")
# What an amount may be; all amounts of one wording are of one kind.
AMOUNTS = ("money", "count")
GUARDS = ("breaks", "tails", "spared")
SKIP = "skip"
STEM = 5
_WORD = re.compile(r"[^\W\d_]+")
_PLACE = re.compile(r"\^|;|\.\.\.|\.\.|(?<!\S)\.(?!\S)|\{-?[a-z]+\}|<[a-z_]+>|\)\?|[()|]|,|[^\s(){}<>|?,;^]+")
_ROLE = re.compile(r"\{-?[a-z]+\}")
_AGAIN = r"(?P<again>{pronouns}|(?:{articles})\s+(?:[\w'’-]+\s+){{0,3}}?[\w'’-]+)"


# How many figures of each kind.
Fewest = tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Wording:
    """One wording of a reckoning for amounts of one kind.

    `kinds` are the kinds of figure that count in it, `least` how many of each it takes, and `needs` the
    places for which the text must have words. `negative` are the roles with a minus, `many` those of lists
    that may go on. `sentences` is over how many it goes at most, `alone` tells whether no amount may stand
    in front;
    `each` finds words of which one leads to every figure.
    """

    reckoning: str
    make_pattern: Callable[[], re.Pattern[str]] = field(repr=False, compare=False)
    kinds: frozenset[str]
    least: Fewest
    needs: frozenset[str]
    negative: frozenset[str]
    many: frozenset[str]
    sentences: int
    alone: bool
    each: re.Pattern[str] | None

    @property
    def crosses(self) -> bool:
        """Whether it goes beyond a sentence."""
        return self.sentences > 1

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The wording as a pattern, made where a text first has the words that it needs."""
        return self.make_pattern()


@dataclass(frozen=True)
class Reckoning:
    """A reckoning in one language: its wordings, the words that none of them may hold, those that may not
    follow in the same clause, and what holds such words and does no harm ("amounts to").
    """

    entry: Entry
    breaks: re.Pattern[str] | None
    tails: re.Pattern[str] | None
    spared: re.Pattern[str] | None
    general: frozenset[str]
    wordings: tuple[Wording, ...]


def sign_of_figure(kind: str, number: int) -> str:
    """The sign that stands for a figure in masked text."""
    return chr(_FIRST + KINDS.index(kind) * SIGNS_A_KIND + number)


def number_of_sign(sign: str) -> int:
    """The number of the figure for which a sign stands."""
    return (ord(sign) - _FIRST) % SIGNS_A_KIND


def is_sign(character: str) -> bool:
    """Whether a character stands for a figure."""
    return _FIRST <= ord(character) < _FIRST + len(KINDS) * SIGNS_A_KIND


def _class_of(kinds: frozenset[str]) -> str:
    """The signs of some kinds as the inside of a character class."""
    spans = ((sign_of_figure(kind, 0), sign_of_figure(kind, SIGNS_A_KIND - 1)) for kind in sorted(kinds))
    return "".join(f"{first}-{last}" for first, last in spans)


class _Known(NamedTuple):
    """A wording with its place in the order of all."""

    number: int
    needs_anywhere: frozenset[str]
    reckoning: Reckoning
    wording: Wording


@dataclass(frozen=True)
class Wordings:
    """All wordings of a language with the words that they need, in each group by the place that is rarest.

    A text that has no words for that one place is not looked at for the others. Wordings without any place
    stand under the empty one. The wordings of a group take as many figures of each kind, and from as many
    sentences at most: `groups` has the groups by the one, each with the other.
    """

    by_place: Sequence[Mapping[str, Sequence[_Known]]]
    groups: Mapping[Fewest, Mapping[int, int]]
    needed: NeededWords

    def groups_for(self, kinds: Sequence[str | None], begins: Sequence[int]) -> Set[int]:
        """The groups of wordings for which figures of some kinds are enough, near enough to one another.

        `begins` are the numbers of the figures with which sentences begin.
        """
        counts = Counter(kinds)
        return {
            group
            for fewest, groups in self.groups.items()
            if has_all(counts, fewest)
            for sentences, group in groups.items()
            if sentences >= len(begins) or _stand_near(kinds, begins, fewest, sentences)
        }

    def likely(self, groups: Set[int], places: Set[str]) -> list[tuple[Reckoning, Wording]]:
        """The wordings of some groups, in order, that need no other places than some.

        What stands right before a figure is not asked for.
        """
        here = {"", *places}
        found = [
            (number, reckoning, wording)
            for known in map(self.by_place.__getitem__, groups)
            for place in known.keys() & here
            for number, needs, reckoning, wording in known[place]
            if needs <= places
        ]
        found.sort(key=itemgetter(0))
        return [(reckoning, wording) for _, reckoning, wording in found]


def has_all(counts: Mapping[str | None, int], fewest: Fewest) -> bool:
    """Whether there are at least so many figures of each kind."""
    for kind, count in fewest:  # noqa: SIM110 - it is asked so often that a generator would cost the most
        if counts.get(kind, 0) < count:
            return False
    return True


def _stand_near(kinds: Sequence[str | None], begins: Sequence[int], fewest: Fewest, sentences: int) -> bool:
    """Whether so many of the sentences, one behind the other, hold at least so many figures of each kind."""
    for first, end in zip(begins, [*begins[sentences:], len(kinds)], strict=False):
        here = kinds[first:end]
        if all(here.count(kind) >= count for kind, count in fewest):
            return True
    return False


@lru_cache(maxsize=16)
def wordings_for(lexicon: Lexicon) -> Wordings:
    """The wordings of a language with their reckonings, made on first use and kept.

    Those that take as many figures of the same kinds stand together.
    """
    by_figures: dict[Fewest, list[tuple[Reckoning, Wording]]] = {}
    groups: dict[Fewest, dict[int, int]] = {}
    by_place: list[dict[str, list[_Known]]] = []
    for reckoning in reckonings_of(lexicon):
        for wording in reckoning.wordings:
            by_figures.setdefault(wording.least, []).append((reckoning, wording))
            if wording.sentences not in groups.setdefault(wording.least, {}):
                groups[wording.least][wording.sentences] = len(by_place)
                by_place.append({})
    in_order = list(chain.from_iterable(by_figures.values()))
    counts = Counter(place for _, wording in in_order for place in wording.needs)
    # Long words are rare in any text, and those that few wordings need.
    lengths = {place: shortest_way(place, lexicon) for place in counts if not place.endswith(BEFORE_A_FIGURE)}
    for number, (reckoning, wording) in enumerate(in_order):
        anywhere = lengths.keys() & wording.needs
        rarest = min(anywhere, key=lambda place: (-lengths[place], counts[place], place), default="")
        known = _Known(number, frozenset(anywhere), reckoning, wording)
        group = groups[wording.least][wording.sentences]
        by_place[group].setdefault(rarest, []).append(known)
    return Wordings(by_place, groups, NeededWords.of(counts, lexicon))


@lru_cache(maxsize=16)
def reckonings_of(lexicon: Lexicon) -> tuple[Reckoning, ...]:
    """The reckonings that have wordings in the language of a lexicon."""
    found = []
    for entry in lexicon.vocabulary.entries("reckonings").values():
        texts = entry.phrases(lexicon.language.id, "wordings")
        if texts:
            breaks, tails, spared = (
                any_of(entry.phrases(lexicon.language.id, key), lexicon) for key in GUARDS
            )
            wordings = tuple(one for text in texts for one in _wordings(text, entry, lexicon))
            general = lexicon.words("reckoning", "general")
            found.append(Reckoning(entry, breaks, tails, spared, general, wordings))
    return tuple(found)


def _wordings(text: str, entry: Entry, lexicon: Lexicon) -> Iterator[Wording]:
    """A wording for amounts of each kind, each with every form of the pairs that it names."""
    roles = {name: role for name, role in entry.table("roles").items() if isinstance(role, dict)}
    forms = sorted(lexicon.words("reckoning", "pair")) if "<pair>" in text else [""]
    for form, amounts in product(forms, AMOUNTS):
        if amounts not in (entry.texts("amounts") or AMOUNTS):
            continue
        compiled = _Compiler(lexicon, roles, amounts).compiled(text.replace("<pair>", form), entry)
        yield compiled
        if all(role.get("dimension") != "amount" for role in roles.values()):
            return


@dataclass(frozen=True)
class _Compiler:
    """Makes the pattern of one wording."""

    lexicon: Lexicon
    roles: Mapping[str, Mapping[str, object]]
    amounts: str

    def _taken(self, named: list[str]) -> Iterator[str]:
        """The kinds of the figures that some roles take at least, one after another."""
        for name in named:
            yield from [self.kind(name)] * self._fewest(name)

    def _fewest(self, role: str) -> int:
        """How many figures a role takes at least."""
        return 2 if self.roles[role].get("many") == "two" else 1

    def kind(self, role: str) -> str:
        """The kind of figure that a role takes."""
        dimension = str(self.roles[role].get("dimension"))
        return self.amounts if dimension == "amount" else dimension

    def compiled(self, text: str, entry: Entry) -> Wording:
        """The wording, its pattern still to be made."""
        named = [name for name in (found.strip("{-}") for found in _ROLE.findall(text)) if name != SKIP]
        kinds = frozenset(self.kind(name) for name in named)
        tokens = _PLACE.findall(text)
        return Wording(
            entry.id,
            partial(self._pattern, tokens, kinds),
            kinds,
            tuple(sorted(Counter(self._taken(named)).items())),
            places_of(text, self.lexicon),
            frozenset(name for name in named if f"{{-{name}}}" in text),
            frozenset(
                name for name in named if self.roles[name].get("many") and not self._ends_before(name, named)
            ),
            1 + tokens.count("."),
            entry.flag("alone"),
            any_of((each,), self.lexicon) if (each := f"<{entry.text('each')}>") in text else None,
        )

    def _ends_before(self, role: str, named: list[str]) -> bool:
        """Whether a role that may be one figure is followed by another, so that no more of it can follow."""
        return self._fewest(role) == 1 and named[-1] != role

    def _pattern(self, tokens: list[str], kinds: frozenset[str]) -> re.Pattern[str]:
        """The pattern of a wording in whose text, in small letters, only figures of some kinds count."""
        gap = f"[^{_class_of(kinds)}{END};]"
        parts: list[str] = []
        for place, token in enumerate(tokens):
            if token == f"{{{SKIP}}}":
                parts.append(f"[{_class_of(kinds)}]")
            elif token == SAME:
                first = rf"\s*(?P<same>{gap}{{1,30}}?\b\d\d?\b{gap}{{0,14}}?\b\d{{4}})"
                parts.append(r"\s*(?P=same)" if token in tokens[:place] else first)
            else:
                before = parts[-1] if parts else ""
                parts.append(self._part(token, gap, before, opens=_opens(tokens[:place])))
        return re.compile("".join(parts))

    def _part(self, token: str, gap: str, before: str, *, opens: bool) -> str:
        """The pattern of one token; `before` is that of the token in front of it.

        `opens` tells that a match may begin with it.
        """
        space = "" if before.endswith(("(?:", "|")) or not before else r"\s*"
        if token in ("(", "|", ")", ")?"):
            return {"(": f"{space}(?:", ")?": ")?"}.get(token, token)
        if token == "^":
            return f"(?:\\A|{END})\\s*"
        if token == "...":
            return f"{gap}{{0,140}}?"
        if token == "..":
            return gap.replace(";", ";:,") + "{0,60}?"
        if token == ".":
            return f"{gap.replace(';', '')}{{0,160}}?{END}\\s*"
        if token.startswith("{"):
            # A gap takes in such words anyway.
            filler = self._filler() if before and not before.endswith("}?") else ""
            return filler + self._figure(token.strip("{-}"), gap)
        if token == AGAIN:
            return space + self._again()
        is_list = token.startswith("<")
        edges = not self.lexicon.cues_follow and (is_list or token[-1:].isalnum())
        if edges and opens:
            words = any_word(self.lexicon, token[1:-1], begins=True) if is_list else begun(token)
            return f"{words}\\b"
        words = self._words(token[1:-1]) if is_list else re.escape(token)
        return f"{space}\\b{words}\\b" if edges else space + words

    def _words(self, name: str) -> str:
        return any_word(self.lexicon, name)

    def _filler(self) -> str:
        """Words that may stand before any figure: "about", "a total of"."""
        filler = self._words("filler")
        return (
            rf"\s*(?:{filler}\s+){{0,3}}" if not self.lexicon.cues_follow else rf"\s*(?:{filler}\s*){{0,3}}"
        )

    def _figure(self, role: str, gap: str) -> str:
        sign = f"[{_class_of(frozenset({self.kind(role)}))}]"
        if not self.roles[role].get("many"):
            return f"(?P<{role}>{sign})"
        apart = gap.replace(";", "") if self.roles[role].get("half_stops") else gap
        return f"(?P<{role}>{sign}(?:{apart}{{1,110}}?{sign}){{{self._fewest(role) - 1},40}})"

    def _again(self) -> str:
        return _again_of(self.lexicon)


def _again_of(lexicon: Lexicon) -> str:
    """A pattern for "it", "this sum" and "the request", which name again what has been named."""
    return _AGAIN.format(
        pronouns=any_word(lexicon, "pronouns"), articles="|".join(listed("articles", lexicon))
    )


@lru_cache(maxsize=16)
def naming_again(lexicon: Lexicon) -> re.Pattern[str]:
    """A pattern for words that name again what has been named."""
    return re.compile(rf"\b{_again_of(lexicon)}\b", re.IGNORECASE)


def _opens(tokens: list[str]) -> bool:
    """Whether what follows on some tokens may begin a match: first of all, or first in the first group."""
    if not tokens:
        return True
    in_first_group = tokens[0] == "(" and not {")", ")?"}.intersection(tokens)
    return in_first_group and tokens[-1] in ("(", "|")


def is_named_again(match: re.Match[str], general: frozenset[str]) -> bool:
    """Whether what "the request" means has been named before: each of its words has."""
    again = match.groupdict().get("again")
    if not again:
        return True
    words = [word.casefold() for word in _WORD.findall(again)][1:]
    before = match.string[: match.start("again")].casefold()
    return all(word[:STEM] in before or word in general for word in words)
