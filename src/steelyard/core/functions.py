"""Responsibilities by the words in which texts name them."""

from __future__ import annotations

from steelyard.core.vocabulary import Vocabulary


def function_named(words: str, vocabulary: Vocabulary) -> str:
    """The id of the responsibility that has these words as name or phrase, in any case; else ""."""
    wanted = " ".join(words.casefold().split())
    for entry in vocabulary.entries("functions").values():
        phrases = (phrase for language in entry.table("phrases") for phrase in entry.phrases(language))
        if wanted in map(str.casefold, (entry.id, entry.label, *phrases)):
            return entry.id
    return ""
