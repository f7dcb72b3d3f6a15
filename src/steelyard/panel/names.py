"""Whose row it is: the names that publishers print for countries, and the actors of the vocabulary."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from steelyard.core.vocabulary import Vocabulary

# Marks of footnotes that stand after a name, as in "Czechia*", and a currency in brackets after it.
_MARKS = re.compile(r"[\s*†‡§¶‖()0-9]*$")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Names:
    """Actors by the names that a publisher, and everyone else, has for them."""

    by_name: Mapping[str, str]

    def actor(self, name: str) -> str | None:
        """The actor of a printed name, or None.

        A mark of a footnote after the name, capitals and blanks make no difference.
        """
        return self.by_name.get(_plain(name)) or self.by_name.get(_plain(_MARKS.sub("", name)))


def names_of(vocabulary: Vocabulary, publisher: str) -> Names:
    """The names of all states of the vocabulary, with what `publisher` calls them in publishers.toml first.

    A name that two actors share in the vocabulary is nobody's; the publisher's own says whose it is.
    """
    found: dict[str, str] = {}
    shared: set[str] = set()
    for entry in vocabulary.entries("actors").values():
        if entry.text("kind") != "state":
            continue
        for name in {_plain(text) for text in (entry.id, entry.label, *entry.phrases("en"))}:
            if found.setdefault(name, entry.id) != entry.id:
                shared.add(name)
    for name in shared:
        del found[name]
    own = vocabulary.entry("publishers", publisher)
    for name, actor in (own.table("names") if own else {}).items():
        found[_plain(name)] = str(actor)
    return Names(found)


def _plain(name: str) -> str:
    return _SPACES.sub(" ", name).strip().casefold()
