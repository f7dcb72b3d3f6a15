"""The words of tables, out of the data files of all languages.

A table often mixes languages, so its words are looked up in all of them at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from steelyard.core.vocabulary import Vocabulary
from steelyard.read.mentions import Meaning
from steelyard.read.phrase_index import PhraseIndex

SHORT = 2


@dataclass(frozen=True)
class TableWords:
    """What cells and headings of tables may say in words and marks."""

    vocabulary: Vocabulary

    def words(self, key: str) -> frozenset[str]:
        """A list of the table words of all languages, in lower case."""
        if key not in self._lists:
            lists = (table.get(key) for table in self._tables)
            self._lists[key] = frozenset(word.casefold() for words in lists for word in _texts(words))
        return self._lists[key]

    @cached_property
    def _lists(self) -> dict[str, frozenset[str]]:
        return {}

    @cached_property
    def _tables(self) -> list[Mapping[str, object]]:
        return [entry.table("tables") for entry in self.vocabulary.entries("languages").values()]

    def _keyed(self, name: str) -> Iterator[tuple[str, str]]:
        """The words of an inner table, each with its key."""
        for table in self._tables:
            inner = table.get(name)
            for key, words in inner.items() if isinstance(inner, dict) else ():
                yield from ((word.casefold(), key) for word in _texts(words))

    @cached_property
    def statuses(self) -> dict[str, str]:
        """The status of each lone mark or word beside a year or number."""
        return dict(self._keyed("statuses"))

    @cached_property
    def hedges(self) -> dict[str, str]:
        """The hedge of each mark before a number."""
        return dict(self._keyed("hedges"))

    @cached_property
    def longest_missing(self) -> int:
        """The length of the longest mark of a missing value."""
        return max(map(len, self.words("missing")), default=0)

    @cached_property
    def factors(self) -> dict[str, Decimal]:
        """The factor of each scale, by its id; the scales of myriads are their own ids."""
        units = self.vocabulary.entries("units").values()
        factors = {unit.id: unit.number("factor") for unit in units if unit.text("dimension") == "scale"}
        return {**factors, **self._myriads}

    @cached_property
    def _myriads(self) -> dict[str, Decimal]:
        """Scales of languages that count by myriads, a place before a scale included."""
        found: dict[str, Decimal] = {}
        for entry in self.vocabulary.entries("languages").values():
            table = entry.table("myriads")
            places, scales = _numbers(table.get("places")), _numbers(table.get("scales"))
            found |= {place: value for place, value in places.items() if value > 10}
            found |= scales
            found |= {p + s: v * w for p, v in places.items() for s, w in scales.items()}
        return found

    @cached_property
    def _glued(self) -> re.Pattern[str] | None:
        """A scale of myriads with its unit written onto it."""
        if not self._myriads:
            return None
        languages = list(self.vocabulary.entries("languages"))
        kinds = ("money", "person")
        units = [u for u in self.vocabulary.entries("units").values() if u.text("dimension") in kinds]
        names = {p for u in units for name in languages for p in u.phrases(name) if not p.isascii()}
        both = (sorted(words, key=len, reverse=True) for words in (self._myriads, names))
        either = ["|".join(map(re.escape, words)) for words in both]
        return re.compile("(?<![^\\W\\d])({})({})(?!\\w)".format(*either))

    def unglued(self, text: str) -> str:
        """A text with a blank between a scale of myriads and its unit, so that both are words."""
        return text if text.isascii() or not self._glued else self._glued.sub(r"\1 \2", text)

    @cached_property
    def dimensions(self) -> dict[str, str]:
        """The dimension of each unit, by its id."""
        return {unit.id: unit.text("dimension") for unit in self.vocabulary.entries("units").values()}

    @cached_property
    def measures_with_shares(self) -> frozenset[str]:
        """The measures of which another measure is the share in something."""
        measures = self.vocabulary.entries("measures").values()
        return frozenset(measure.text("base_measure") for measure in measures) - {""}

    @cached_property
    def index(self) -> PhraseIndex:
        """All that a heading may say of units, scales, prices, statistics and totals."""
        index = PhraseIndex()
        self._add_units(index)
        for word, key in self._keyed("scales"):
            index.add([word], Meaning("unit", key, "scale"))
        for word in self._myriads:
            index.add([word], Meaning("unit", word, "scale"))
        for key in ("prices", "constant", "real", "current", "growth", "share", "totals", "parts", "per"):
            index.add(self.words(key), Meaning(f"table:{key}", key))
        index.add(self.words("local_currency"), Meaning("unit", "", "local"))
        for word, status in self.statuses.items():
            if len(word) > SHORT or not word.isascii():
                index.add([word], Meaning("table:status", status))
        return index

    def _add_units(self, index: PhraseIndex) -> None:
        """Units and scales; the label of each tells "scale", "letter" (a short one) or the dimension."""
        units = self.vocabulary.entries("units")
        languages = list(self.vocabulary.entries("languages"))
        ways = {
            unit.id: [*unit.texts("symbols"), *(p for name in languages for p in unit.phrases(name))]
            for unit in units.values()
        }
        ways["%"] = [*ways.get("%", ()), *self.words("per_cent")]
        for unit in units.values():
            base, dimension = unit.text("extends"), unit.text("dimension")
            if dimension == "scale":
                index.add([w for w in ways[unit.id] if len(w) > SHORT], Meaning("unit", unit.id, "scale"))
                index.add([w for w in ways[unit.id] if len(w) <= SHORT], Meaning("letter", unit.id, "letter"))
            elif base:
                both = [f"{sign} {phrase}" for sign in ways.get(base, ()) for phrase in ways[unit.id]]
                index.add(both, Meaning("unit", unit.id, dimension))
            elif dimension not in ("duration", "time"):
                index.add(ways[unit.id], Meaning("unit", unit.id, dimension))


def _numbers(value: object) -> dict[str, Decimal]:
    return {word: Decimal(str(number)) for word, number in value.items()} if isinstance(value, dict) else {}


_KEPT: dict[str, TableWords] = {}


def table_words(vocabulary: Vocabulary) -> TableWords:
    """The words of a vocabulary, made on first use and kept."""
    found = _KEPT.get(vocabulary.fingerprint)
    if found is None or not vocabulary.fingerprint:
        found = _KEPT[vocabulary.fingerprint] = TableWords(vocabulary)
    return found


def _texts(value: object) -> list[str]:
    return [str(text) for text in value] if isinstance(value, Iterable) and not isinstance(value, str) else []
