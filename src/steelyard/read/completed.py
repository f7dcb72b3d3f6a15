"""A language with what its file leaves out: an empty list or table for each that another language has.

A small file is enough to read with, so that a user can begin a language with a few words. Signs (brackets,
"%", "≥") mean the same in all languages, so that a list or table that is left out keeps those.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from steelyard.core.forms import MYRIADS
from steelyard.core.schema import has_kind
from steelyard.core.vocabulary import Entry, Vocabulary


def completed(language: Entry, vocabulary: Vocabulary) -> Entry:
    """The language with every list and table that those with the same kind of numerals have.

    What has another form than there, such as a text for a list, counts as left out.
    """
    data = dict(language.data)
    for other in vocabulary.entries("languages").values():
        if other.id != language.id and counts_in_myriads(other) == counts_in_myriads(language):
            data = _with_the_form_of(other.data, data)
    return replace(language, data=data)


def counts_in_myriads(language: Entry) -> bool:
    """Whether its file tells how it writes numbers in myriads, as Chinese, Japanese and Korean do."""
    table = language.table("myriads")
    return all(table.get(key) and has_kind(table[key], "numbers") for key in MYRIADS)


def _with_the_form_of(pattern: Mapping[str, object], data: Mapping[str, object]) -> dict[str, object]:
    made = dict(data)
    for key, value in pattern.items():
        own = data.get(key)
        if isinstance(value, list):
            made[key] = own if isinstance(own, list) else _signs(value)
        elif isinstance(value, dict) and any(isinstance(inner, list | dict) for inner in value.values()):
            made[key] = _with_the_form_of(value, own if isinstance(own, dict) else {})
        elif isinstance(value, dict):
            signs = {sign: value[sign] for sign in _signs(value)}
            made[key] = _of_one_kind(value, own) if isinstance(own, dict) else signs
    return made


def _of_one_kind(pattern: Mapping[str, object], table: Mapping[str, object]) -> dict[str, object]:
    """What a table holds, without texts where the pattern has numbers."""
    if not has_kind(pattern, "numbers"):
        return dict(table)
    return {word: value for word, value in table.items() if has_kind(value, "number")}


def _signs(words: Iterable[object]) -> list[str]:
    """Those of the words that have no letter."""
    return [text for word in words if (text := str(word)) and not any(map(str.isalpha, text))]
