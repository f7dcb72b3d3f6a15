"""A part of a corpus read: its claims, its documents and what was odd, as the tables of a shard.

It is done wherever there is a processor for it, so what goes in and what comes out can be sent to another
process, and the same part gives the same bytes everywhere.
"""

from __future__ import annotations

import hashlib
import pickle
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from steelyard.core.claim import Claim
from steelyard.core.problems import Place, Problem, sort_problems
from steelyard.core.vocabulary import Vocabulary
from steelyard.corpus.copies import NUMBERS, numbers_of
from steelyard.corpus.parts import Part
from steelyard.read import read_document
from steelyard.read.documents.document import Document
from steelyard.read.documents.members import Member
from steelyard.read.documents.opening import documents_of
from steelyard.store import CLAIM_TYPES, Row, tables_to_parquet

CLAIMS, DOCUMENTS, PROBLEMS = "claims", "documents", "problems"
DOCUMENT_TYPES = {
    **dict.fromkeys(("document", "input", "date", "publisher", "title", "url", "language"), "VARCHAR"),
    **dict.fromkeys(("characters", "claims"), "BIGINT"),
    "sha256": "VARCHAR",
    "signature": f"UINTEGER[{NUMBERS}]",
}
PROBLEM_TYPES = {
    **dict.fromkeys(("code", "severity", "file"), "VARCHAR"),
    **dict.fromkeys(("line", "column"), "BIGINT"),
    **dict.fromkeys(("key", "message", "hint"), "VARCHAR"),
}
Plain = dict[str, object]


@dataclass(frozen=True, slots=True)
class Shard:
    """What a part gave: the line of the manifest on it, and its tables as Parquet files by their names."""

    line: Plain
    tables: dict[str, bytes]


def read_part(vocabulary: bytes, day: date | None, part: Part) -> Shard:
    """Read a part. `vocabulary` is pickled, for it is the same for many parts; `day` is for documents that
    carry no date.
    """
    known = _unpacked(vocabulary)
    claims: list[Row] = []
    documents: list[Row] = []
    problems: list[Problem] = list(part.problems)
    for name, member in part.members:
        opened, faults = documents_of(member, name, date=day)
        problems += faults
        for document in opened:
            read, told = _read(document, known)
            claims += (claim.to_json() for claim in read)
            documents.append(_row(document, name, len(read)))
            problems += told
    return _shard(part, claims, documents, sort_problems(problems))


@lru_cache(maxsize=2)
def _unpacked(vocabulary: bytes) -> Vocabulary:
    found: Vocabulary = pickle.loads(vocabulary)
    return found


def _read(document: Document, vocabulary: Vocabulary) -> tuple[list[Claim], list[Problem]]:
    """The claims of a document; an error of ours in one of a hundred thousand does not stop the others."""
    try:
        ledger, problems = read_document(document, vocabulary)
    except Exception as error:
        message = (
            f"The document is left out, for an error in steelyard itself ({type(error).__name__}: {error})."
        )
        hint = "Please report it, with the document."
        return [], [Problem("reader-failed", message, Place(document.name), hint, "warning")]
    return list(ledger), problems


def _row(document: Document, name: str, claims: int) -> Row:
    return {
        "document": document.name,
        "input": name,
        "date": document.date.isoformat() if document.date else None,
        "publisher": document.publisher,
        "title": document.title,
        "url": document.url,
        "language": document.language,
        "characters": len(document.text),
        "claims": claims,
        "sha256": hashlib.sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest(),
        "signature": numbers_of(document.text, document.left_out),
    }


def _shard(part: Part, claims: list[Row], documents: list[Row], problems: list[Problem]) -> Shard:
    told: list[Row] = [problem.to_json() for problem in problems]
    tables: list[tuple[list[Row], dict[str, str]]] = [
        (claims, CLAIM_TYPES),
        (documents, DOCUMENT_TYPES),
        (told, PROBLEM_TYPES),
    ]
    made = dict(zip((CLAIMS, DOCUMENTS, PROBLEMS), tables_to_parquet(tables), strict=True))
    names = [str(row["document"]) for row in documents]
    line: Plain = {
        "shard": part.key,
        "input": part.name,
        "inputs": part.inputs,
        "size": part.size,
        "modified": part.modified,
        "sha256": part.hash,
        "first": names[0] if names else None,
        "last": names[-1] if names else None,
        "is_last": part.is_last,
        "documents": len(documents),
        "characters": sum(int(str(row["characters"])) for row in documents),
        "claims": len(claims),
        "problems": dict(sorted(Counter(problem.code for problem in problems).items())),
        "files": {name: hashlib.sha256(data).hexdigest() for name, data in made.items()},
    }
    return Shard(line, made)


def alone(part: Part) -> Iterator[Part]:
    """Each document of a part in a part of its own, to find the one that cannot be read."""
    return (replace(part, members=(member,), problems=()) for member in part.members)


def without(part: Part, lost: Mapping[int, str]) -> Part:
    """A part without the documents that end whatever reads them, by their places in it, with the reasons."""
    kept = tuple(member for place, member in enumerate(part.members) if place not in lost)
    told = tuple(_set_aside(part.members[place], reason) for place, reason in lost.items())
    return replace(part, members=kept, problems=(*part.problems, *told))


def _set_aside(named: tuple[str, Member], reason: str) -> Problem:
    name, member = named
    message = f"The document is left out, for the process that reads it ends each time: {reason}"
    hint = "Please report it, with the document."
    return Problem("document-lost", message, Place(name + member.label), hint, "warning")
