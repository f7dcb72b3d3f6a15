"""What is looked for in sentences without a figure."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from steelyard.read import lexicon as lexicon_module
from steelyard.read import read_document
from steelyard.read.documents.document import Document
from tests.read.reading import VOCABULARY

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "cases" / "korea-2026" / "sources").glob("*.txt"))
LABELLED = [ROOT / "tests" / "accuracy" / "labelled" / f"{name}.jsonl" for name in ("news", "policy")]


def texts():
    for path in LABELLED:
        yield from (json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines())
    yield from (path.read_text(encoding="utf-8") for path in SOURCES)


def test_the_phrases_kept_for_sentences_without_figures_are_all_that_is_asked_there(monkeypatch):
    """A kind that roles or speakers come to ask for must be named in lexicon.py, or it is not found."""
    documents = [Document("brief.txt", text) for text in texts()]
    found = [list(read_document(document, VOCABULARY)[0]) for document in documents]

    monkeypatch.setattr(lexicon_module, "_is_asked_without_figures", lambda kind: True)
    other = replace(VOCABULARY, fingerprint="all kinds are kept")

    assert any(claim.kind == "role" for claims in found for claim in claims)
    assert [list(read_document(document, other)[0]) for document in documents] == found
