"""Roles: one responsibility, told as a fact in one text, has one leader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations, islice

from steelyard.check.findings import Finding, make_finding
from steelyard.check.role_accounts import function_of, is_comparable, role_words
from steelyard.check.wording import listed, quoted
from steelyard.core.claim import Claim, Ledger
from steelyard.core.functions import function_named
from steelyard.core.vocabulary import Entry, Vocabulary

# As many pairs as a dozen leaders make; a text that names more tells of something else.
MOST_PAIRS = 66
_FACT = (None, "is")


def check_roles(ledger: Ledger, vocabulary: Vocabulary) -> list[Finding]:
    """Responsibilities to which one text gives two leaders, each pair of leaders once.

    Two texts may tell of two policies; one sentence that names two leaders means both together.
    """
    rules = [rule for rule in vocabulary.entries("rules").values() if rule.text("kind") == "one-role"]
    return [finding for rule in rules for finding in _findings(ledger, rule, vocabulary)]


def _findings(ledger: Ledger, rule: Entry, vocabulary: Vocabulary) -> Iterator[Finding]:
    for claims in _held(ledger, rule.text("role"), vocabulary):
        told: set[frozenset[str | None]] = set()
        for first, second in islice(combinations(claims, 2), MOST_PAIRS):
            actors = frozenset((first.actor, second.actor))
            if actors not in told and _exclude_each_other(first, second):
                told.add(actors)
                yield _finding(first, second, rule, vocabulary)


def _held(ledger: Iterable[Claim], role: str, vocabulary: Vocabulary) -> Iterator[list[Claim]]:
    """The claims that give somebody that role in one document, by what it is for."""
    groups: dict[tuple[str, str], list[Claim]] = {}
    for claim in ledger:
        if claim.kind == "role" and claim.role == role and (name := _known(claim, vocabulary)):
            groups.setdefault((claim.document, name), []).append(claim)
    yield from groups.values()


def _known(claim: Claim, vocabulary: Vocabulary) -> str:
    """The id of the responsibility that a role is for, else the words for it."""
    return function_named(function_of(claim), vocabulary) or function_of(claim)


def _exclude_each_other(first: Claim, second: Claim) -> bool:
    """Whether both state as a fact, of one place and time, what only one of two actors can have."""
    apart = first.actor != second.actor and first.sentence_start != second.sentence_start
    fact = all(one.modality in _FACT and not one.qualifier for one in (first, second))
    return apart and fact and is_comparable(first, second) and is_comparable(second, first)


def _finding(first: Claim, second: Claim, rule: Entry, vocabulary: Vocabulary) -> Finding:
    ways = listed(f"{quoted(one)} has {role_words(one, vocabulary)}" for one in (first, second))
    return make_finding(
        "contradicted",
        rule.id,
        (first, second),
        f"{rule.label}: {ways}. Only one of them can.",
        severity="material",
        expected={"value": first.actor},
        found={"value": second.actor},
    )
