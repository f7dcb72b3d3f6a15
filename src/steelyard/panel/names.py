"""Whose row it is, and in which money: the names that publishers print for countries and currencies."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from steelyard.core.vocabulary import Vocabulary

# Marks of footnotes that stand after a name, as in "Czechia*", and a currency in brackets after it.
_MARKS = re.compile(r"[\s*†‡§¶‖()0-9]*$")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Names:
    """Actors by the names that a publisher, and everyone else, has for them.

    `own_currencies` are those of the actors, `currencies` the ISO codes that a printed name may stand for;
    `definition` and `title` are those of the publisher's figures.
    """

    by_name: Mapping[str, str]
    own_currencies: Mapping[str, str] = field(default_factory=dict)
    currencies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    definition: str = ""
    title: str = ""

    def actor(self, name: str) -> str | None:
        """The actor of a printed name, or None.

        A mark of a footnote after the name, capitals and blanks make no difference.
        """
        return self.by_name.get(_plain(name)) or self.by_name.get(_plain(_MARKS.sub("", name)))

    def currency(self, actor: str, name: str) -> str | None:
        """The ISO code of a currency as printed in the row of an actor, or None.

        "Dollars" are the actor's own; a name that only one currency has is that, whoever the actor is.
        """
        codes = self.currencies.get(_plain(name), ())
        own = self.own_currencies.get(actor)
        if own in codes:
            return own
        return codes[0] if len(codes) == 1 else None


def names_of(vocabulary: Vocabulary, publisher: str) -> Names:
    """The names of all states of the vocabulary, with what `publisher` calls them in publishers.toml first.

    A name that two actors share in the vocabulary is nobody's; the publisher's own says whose it is.
    """
    found: dict[str, str] = {}
    shared: set[str] = set()
    own_currencies: dict[str, str] = {}
    for entry in vocabulary.entries("actors").values():
        if entry.text("kind") != "state":
            continue
        own_currencies[entry.id] = entry.text("currency")
        for name in {_plain(text) for text in (entry.id, entry.label, *entry.phrases("en"))}:
            if found.setdefault(name, entry.id) != entry.id:
                shared.add(name)
    for name in shared:
        del found[name]
    own = vocabulary.entry("publishers", publisher)
    if own is None:
        return Names(found, own_currencies)
    for name, actor in own.table("names").items():
        found[_plain(name)] = str(actor)
    currencies: dict[str, tuple[str, ...]] = {}
    for code, words in own.table("currencies").items():
        for word in words if isinstance(words, list) else []:
            currencies[_plain(word)] = (*currencies.get(_plain(word), ()), code)
    title = str(own.table("reference").get("title", ""))
    return Names(found, own_currencies, currencies, own.text("definition"), title)


def _plain(name: str) -> str:
    return _SPACES.sub(" ", name).strip().casefold()
