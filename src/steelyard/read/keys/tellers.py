"""Which rules may take a figure for the one that tells, asked once for each set of keys that figures have.

A text has many figures and few sets of the keys that such rules ask for: its statistic, its aggregation, at
whose prices it is. So the rules that cannot take a figure are not even looked at.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Generic, Protocol, TypeVar

from steelyard.core.claim import Claim


class Takes(Protocol):
    """A rule that takes some figures for tellers."""

    def takes(self, claim: Claim) -> bool:
        """Whether it takes a figure, by the keys of `keys_asked` alone."""


Rule = TypeVar("Rule", bound=Takes)


class Tellers(Generic[Rule]):
    """The rules for tellers of each kind."""

    __slots__ = ("_known", "_rules")

    def __init__(self, rules: Mapping[str, Sequence[Rule]]) -> None:
        self._rules = rules
        self._known: dict[tuple[object, ...], Sequence[Rule]] = {}

    def rules_for(self, kind: str | None, claim: Claim) -> Sequence[Rule]:
        """The rules for figures of a kind that take one by its keys, in their order."""
        if kind is None or kind not in self._rules:
            return ()
        asked = (kind, *keys_asked(claim))
        found = self._known.get(asked)
        if found is None:
            found = self._known[asked] = [rule for rule in self._rules[kind] if rule.takes(claim)]
        return found


def keys_asked(claim: Claim) -> tuple[object, ...]:
    """What a rule may ask of a figure to take it; few values each, so that their sets are few."""
    number = (claim.value is None, bool(claim.value or claim.low))
    return claim.statistic, claim.aggregation, claim.prices is None, claim.negated, *number
