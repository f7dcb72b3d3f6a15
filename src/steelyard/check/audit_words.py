"""The sentences of an audit, for whoever wrote the draft."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from steelyard.check.accounts import Account
from steelyard.check.figures import Figure
from steelyard.check.wording import listed, quoted, scale_for, term_words
from steelyard.core.claim import Claim
from steelyard.core.vocabulary import Vocabulary

# What a key is called, and which entries name its values.
_KEYS = {
    "item": ("part", "measures"),
    "standing": ("standing", "statuses"),
    "negated": ("truth", ""),
    "condition": ("condition", ""),
    "counterpart": ("other side", "actors"),
    "location": ("place", "actors"),
    "period": ("year", ""),
    "baseline": ("year compared with", ""),
    "status": ("stage", "statuses"),
    "definition": ("definition", "definitions"),
    "basis": ("basis", ""),
    "edition": ("edition", ""),
    "prices": ("prices", ""),
}


def source(claim: Claim) -> str:
    """A source's figure by quotation and document."""
    return f"{quoted(claim)} of {claim.document}"


@dataclass(frozen=True)
class AuditWords:
    """Sentences in the names of one vocabulary."""

    vocabulary: Vocabulary

    def supported(self, found: Sequence[Account], others: Sequence[Account]) -> str:
        """By which figure; what of it the draft leaves open; and which source says otherwise."""
        first = found[0]
        text = f"It rests on {source(first.figure.claim)}."
        if first.taken:
            keys = listed(
                f"the {_KEYS[key][0]} ({self._value(key, said)})" for key, said in first.taken.items()
            )
            text += f" The draft leaves open {keys}, taken as there."
        if first.silent:
            text += f" The source does not say {listed(f'the {_KEYS[key][0]}' for key in first.silent)}."
        return text + self.otherwise(others)

    def otherwise(self, others: Sequence[Account]) -> str:
        """Which source has another number, as a sentence; nothing where none has."""
        return f" But {source(others[0].figure.claim)} says otherwise." if others else ""

    def nearest(self, draft: Figure, account: Account | None) -> str:
        """Why a figure has no source: what the nearest one says, and in which keys it is of another thing."""
        if account is None:
            of = term_words(draft.term, self.vocabulary, draft.claim.actor)
            return f"No source gives the {of}."
        there = source(account.figure.claim)
        if account.differing:
            number = "the same number" if account.fit == "meets" else "the nearest"
            ways = listed(self._difference(*each) for each in account.differing)
            return f"No source gives it so; {there} is {number}, but {ways}."
        if account.fit == "coarser":
            figure = account.figure
            printed = figure.printed(figure.interval)
            scale = scale_for([printed, draft.printed(draft.interval)], figure.claim.unit or "")
            return f"{there} leaves open {scale.between(printed)}; the draft says more than its source."
        if account.fit == "touches":
            return f"No source gives it; {there} is another number, though what the two leave open may meet."
        return self._another(there, account)

    def _another(self, there: str, account: Account) -> str:
        """A number that differs, yet need not clash."""
        open_keys = [*account.taken, *account.silent]
        if open_keys:
            words = listed(f"the {_KEYS[key][0]}" for key in open_keys)
            why = f"only one of the two says {words}, so they may be of two things"
        else:
            why = "it is not certain that both are of one thing"
        return f"No source gives it; {there} is another number, and {why}."

    def _difference(self, key: str, draft: str, other: str) -> str:
        name = _KEYS[key][0]
        if key == "condition":
            return f"only on the condition “{other}”"
        return f"of another {name} ({self._value(key, other)}, not {self._value(key, draft)})"

    def _value(self, key: str, said: str) -> str:
        kind = _KEYS[key][1]
        return self.vocabulary.label(kind, said) if kind else said
