"""What an actor pays with, over the years: a publisher's "local currency" as an ISO 4217 code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from steelyard.core.vocabulary import Entry, Vocabulary


@dataclass(frozen=True, slots=True)
class Money:
    """An actor's `usual` currency, and `others` with the first and last year of each, None where open."""

    usual: str
    others: tuple[tuple[str, int | None, int | None], ...] = ()

    def at(self, year: int) -> str:
        """The currency of a year.

        >>> Money("EUR", (("HRK", None, 2022),)).at(2022)
        'HRK'
        """
        for code, first, last in self.others:
            if (first is None or first <= year) and (last is None or year <= last):
                return code
        return self.usual

    @property
    def changes(self) -> tuple[int, ...]:
        """The first years of another currency, in order."""
        firsts = {first for _, first, _ in self.others if first is not None}
        return tuple(sorted(firsts | {last + 1 for _, _, last in self.others if last is not None}))

    def of_edition(self, year: int, *, at_least: bool = False) -> str | None:
        """The currency into which an edition of this year converts all years; None where it is not told.

        An edition of the very year of a change may still count in the old currency. With `at_least` the
        edition is of this year or a later one.

        >>> lev = Money("BGN", (("EUR", 2026, None),))
        >>> lev.of_edition(2025), lev.of_edition(2026), lev.of_edition(2027)
        ('BGN', None, 'EUR')
        >>> lev.of_edition(2025, at_least=True)
        """
        untold = any(change >= year if at_least else change == year for change in self.changes)
        return None if untold else self.at(year)


def money_in(vocabulary: Vocabulary) -> Mapping[str, Money]:
    """The currencies of all actors that say any."""
    found = {actor: money_of(entry) for actor, entry in vocabulary.entries("actors").items()}
    return {actor: money for actor, money in found.items() if money}


def money_of(actor: Entry) -> Money | None:
    """The currencies of an actor of the vocabulary; None where it says none."""
    usual = actor.text("currency")
    others = tuple(
        (str(one["currency"]), _year(one.get("from")), _year(one.get("to")))
        for one in actor.tables("other_currencies")
    )
    return Money(usual, others) if usual else None


def _year(value: object) -> int | None:
    return value if isinstance(value, int) else None
