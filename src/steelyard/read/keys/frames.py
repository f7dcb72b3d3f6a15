"""Frames of reckonings: what tells a figure that follows from others, whatever words join them.

Where a wording of reckonings.toml names each step of a sentence, a frame only says what the figure is
(growth, a change, points, an amount a head), which words stand beside it, and how far off the others may be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from steelyard.core.vocabulary import Entry
from steelyard.read.keys.wordings import Reckoning, any_of, naming_again, reckonings_of
from steelyard.read.lexicon import Lexicon

PAIR = frozenset(("old", "new"))
# A rise or fall is named again by the noun for it.
_MOVES = ("rise_noun", "fall_noun")


@dataclass(frozen=True)
class Words:
    """The words of a language by which sentences hang together.

    `again` finds words that name again what has been named, `named` are nouns that do so by themselves,
    `earlier` finds words beside the older of two levels.
    """

    again: re.Pattern[str]
    named: frozenset[str]
    earlier: re.Pattern[str] | None


@dataclass(frozen=True)
class Frame:
    """What one reckoning asks of the figure that tells it, and of the others.

    `told` is the role of that figure, `statistics` and `aggregations` what it may be, `cue` words beside it,
    `beside` words beside those of other roles, `changes` the roles that are changes and no levels, `largest`
    the roles of the largest figures of their kinds, `back` how many sentences before may hold the others.
    """

    reckoning: Reckoning
    words: Words
    told: str
    statistics: frozenset[str]
    aggregations: frozenset[str]
    cue: re.Pattern[str] | None
    beside: Mapping[str, re.Pattern[str]]
    changes: frozenset[str]
    largest: tuple[str, ...]
    back: int

    @property
    def entry(self) -> Entry:
        """The reckoning as the vocabulary has it."""
        return self.reckoning.entry

    @property
    def others(self) -> tuple[str, ...]:
        """The other roles, in the order of the data."""
        return tuple(role for role in self.entry.table("roles") if role != self.told)

    @property
    def has_years(self) -> bool:
        """Whether the reckoning counts years."""
        return "years" in self.entry.text("equation")

    def kind(self, role: str) -> str:
        """What kind of figure a role takes."""
        found = self.entry.table("roles")[role]
        return str(found["dimension"]) if isinstance(found, dict) else ""

    def statistics_of(self, role: str) -> tuple[str, ...]:
        """What the figure of another role may be: a change where the reckoning has one, else a level."""
        return ("change",) if role in self.changes else ("level", "share")


@lru_cache(maxsize=16)
def frames_of(lexicon: Lexicon) -> tuple[Frame, ...]:
    """The frames of all reckonings that have words in the language of a lexicon."""
    return tuple(frame for reckoning in reckonings_of(lexicon) for frame in _frames(reckoning, lexicon))


def _frames(reckoning: Reckoning, lexicon: Lexicon) -> Iterator[Frame]:
    """The frames of one reckoning, those left out for which the language has no words."""
    moves = (lexicon.words("reckoning", name) for name in _MOVES)
    named = reckoning.general.union(*moves)
    words = Words(naming_again(lexicon), named, any_of(("<earlier>",), lexicon))
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
            frozenset(_texts(table.get("statistics"))),
            frozenset(_texts(table.get("aggregations")) or ["none"]),
            cue,
            {role: pattern for role, pattern in beside.items() if pattern},
            frozenset(_texts(table.get("changes"))),
            tuple(_texts(table.get("largest"))),
            int(str(table.get("back", 1))),
        )


def _texts(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, (list, tuple)) else []
