"""Whose row it is, and in which money: the names that publishers print for countries and currencies."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from steelyard.core.period import NamedAfter, Period
from steelyard.core.vocabulary import Entry, Vocabulary
from steelyard.panel.currencies import Money, money_in

# Marks of footnotes that stand after a name, as in "Czechia*", and a currency in brackets after it.
_MARKS = re.compile(r"[\s*†‡§¶‖()0-9]*$")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Names:
    """Actors by the names that a publisher, and everyone else, has for them.

    `own_currencies` are those of the actors, `currencies` the ISO codes that a printed name may stand for;
    `definition` and `title` are those of the publisher's figures; `measures` and `definitions` are all that a
    table of one's own may hold. `entry` is the publisher's in
    publishers.toml, `money` what the actors pay with over the years, `fiscal` in which month their fiscal
    years start and after which end of it they are named.
    """

    by_name: Mapping[str, str]
    own_currencies: Mapping[str, str] = field(default_factory=dict)
    currencies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    definition: str = ""
    title: str = ""
    entry: Entry | None = None
    measures: frozenset[str] = frozenset()
    definitions: frozenset[str] = frozenset()
    money: Mapping[str, Money] = field(default_factory=dict)
    fiscal: Mapping[str, tuple[int, NamedAfter]] = field(default_factory=dict)

    def actor(self, name: str) -> str | None:
        """The actor of a printed name, or None.

        A mark of a footnote after the name, capitals and blanks make no difference.
        """
        return self.by_name.get(_plain(name)) or self.by_name.get(_plain(_MARKS.sub("", name)))

    def fiscal_year(self, actor: str, name: int) -> tuple[int, bool]:
        """The calendar year in which an actor's fiscal year of that name begins, and whether it is fiscal.

        One that begins in January is a calendar year.
        """
        month, named_after = self.fiscal.get(actor, (1, "end"))
        start = Period.parse(f"FY{name:04}", fiscal_start_month=month, named_after=named_after).start
        return (start.year, start.month != 1) if start else (name, False)

    def users(self, currency: str, year: int) -> list[str]:
        """The actors that paid with a currency in a year."""
        return [actor for actor, money in self.money.items() if money.at(year) == currency]

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
    return Names(
        *(found, own_currencies, currencies, own.text("definition"), title),
        entry=own,
        money=money_in(vocabulary),
        fiscal=_fiscal_years(vocabulary),
        measures=_measures(vocabulary),
        definitions=frozenset(vocabulary.entries("definitions")),
    )


def _measures(vocabulary: Vocabulary) -> frozenset[str]:
    """What the vocabulary knows, what a publisher's series are, and what an indicator takes."""
    found = {*vocabulary.entries("measures")}
    for entry in vocabulary.entries("publishers").values():
        found |= {str(one.get("measure")) for one in entry.table("series").values() if isinstance(one, dict)}
    for entry in vocabulary.entries("indicators").values():
        tables = (
            entry.table("of"),
            entry.table("by"),
            entry.table("neighbours"),
            *entry.tables("components"),
        )
        found |= {str(table["measure"]) for table in tables if "measure" in table}
    return frozenset(found)


def _fiscal_years(vocabulary: Vocabulary) -> Mapping[str, tuple[int, NamedAfter]]:
    """The month in which each actor's fiscal year starts, and after which end of it the year is named."""
    return {
        actor: (
            int(entry.number("fiscal_year_start_month")),
            "start" if entry.text("fiscal_year_named_after") == "start" else "end",
        )
        for actor, entry in vocabulary.entries("actors").items()
    }


def _plain(name: str) -> str:
    return _SPACES.sub(" ", name).strip().casefold()
