"""Units per another: "won per dollar", "barrels a day", "$70 a barrel", "euros/MWh"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from steelyard.read.lexicon import Lexicon
from steelyard.read.numbers.digits import BLANKS
from steelyard.read.numbers.units_found import SHARES, Found, UnitWords


class PerWords(NamedTuple):
    """The words of a language that make a unit per another: "a", "per", "each"."""

    always: frozenset[str]
    sometimes: frozenset[str]
    things: Mapping[str, str]
    years: frozenset[str]
    rates: frozenset[str]
    units: UnitWords
    unfit: frozenset[str]
    pattern: re.Pattern[str]

    @classmethod
    def of(cls, lexicon: Lexicon, units: UnitWords) -> PerWords:
        """Those of the lexicon's language."""
        words = {key: lexicon.words("per", key) for key in ("always", "sometimes", "rates", "years", "unfit")}
        things = lexicon.mapping("per").get("things")
        links = sorted(words["always"] | words["sometimes"] | words["rates"], key=lambda w: (-len(w), w))
        either = "|".join(map(re.escape, links)) or "(?!)"
        return cls(
            **words,
            things={str(k): str(v) for k, v in things.items()} if isinstance(things, dict) else {},
            units=units,
            pattern=re.compile(rf"[{BLANKS}\n]({either})[{BLANKS}\n]([^\W\d_]{{2,}}(?:-[a-z]+)?)(?![\w'’-])"),
        )

    def after(self, text: str, found: Found) -> Found:
        """The unit, made one per another where the words after it say so."""
        slash = text[found.edge : found.edge + 1] == "/"
        match = _SLASH.match(text, found.edge) if slash else self.pattern.match(text, found.edge)
        if match is None or found.dimension in SHARES:
            return found
        link = "/" if slash else " ".join(match[1].casefold().split())
        word = match[match.lastindex or 1]
        other = self._other(word, link, found)
        if other is None:
            return found
        return Found(f"{found.unit} per {other}", "rate", match.end())

    def _other(self, word: str, link: str, found: Found) -> str | None:
        """The id of what the unit is per, or None where the word after the link is none."""
        key = word.casefold().replace("-", " ")
        if key in self.years:
            return None
        unit = self.things.get(key) or self.units.signs.get(word) or self.units.words.get(key)
        dimension = self.units.dimensions.get(unit or "", "thing")
        if link in self.rates:
            return unit if found.dimension == dimension == "money" else None
        if link in self.always or link == "/":
            return unit or (key if link != "/" and key not in self.unfit and word.islower() else None)
        if link in self.sometimes and unit and dimension not in ("money", "share", "points"):
            return unit
        return None


_SLASH = re.compile(r"(/)([^\W\d_]+)(?!\w)")
