"""Files to documents: by the format that their name or their first bytes tell, out of containers too.

Formats and containers are the files of the two folders of that name; a new one is found by lying there. Each
tells its `SUFFIXES`. A library that a format needs is imported by it when it is used, never before.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path, PurePath
from types import ModuleType

from steelyard.core.problems import FormatError, Place, Problem, Severity
from steelyard.read import containers, formats
from steelyard.read.documents.document import Document
from steelyard.read.documents.encoding import cut_short, refuse_pictures, whole_signs
from steelyard.read.documents.extracted import Extracted
from steelyard.read.documents.forward import bounded
from steelyard.read.documents.limits import (
    DEEPEST_NESTING,
    LARGEST_FILE,
    LARGEST_TEXT,
    LARGEST_UNFOLDED,
    MOST_TOLD,
    in_megabytes,
)
from steelyard.read.documents.members import Member
from steelyard.read.documents.stamps import day_of_byline

PLAIN = ".txt"
_TOO_LARGE = f"it is larger than {in_megabytes(LARGEST_FILE)}; split it"
_JSON_LINES, _PARQUET = ".jsonl", ".parquet"


Opened = tuple[list[Document], list[Problem]]


def open_documents(
    path: Path, *, name: str | None = None, date: date | None = None, publisher: str | None = None
) -> Opened:
    """The documents in a file, and what is odd about them. `date` is for those that carry none of their own.

    Raises:
        FormatError: the file is missing, unreadable, or in no format that is known.
    """
    shown = name or str(path)
    return documents_in(bytes_of(path, shown), shown, date=date, publisher=publisher)


def bytes_of(path: Path, shown: str) -> bytes:
    """What stands in a file that is called `shown` in messages.

    Raises:
        FormatError: the file is missing, unreadable or too large.
    """
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise FormatError(f"{shown}: {_TOO_LARGE}")
        return path.read_bytes() if path.is_file() else _of_a_stream(path)
    except OSError as error:
        raise FormatError(
            f"{shown}: it cannot be read ({error.strerror or error}); check its permissions"
        ) from error


def _of_a_stream(path: Path) -> bytes:
    """What a pipe or device gives, which may have no end."""
    with path.open("rb") as stream:
        return stream.read(LARGEST_FILE + 1)


def documents_in(data: bytes, name: str, *, date: date | None = None, publisher: str | None = None) -> Opened:
    """The documents in bytes, as they come from a file or from standard input.

    The format is told by the endings of `name`, else by the first bytes.

    Raises:
        FormatError: the bytes cannot be read as what they are said to be.
    """
    suffixes = _suffixes(name)
    if len(data) > LARGEST_FILE:
        raise FormatError(f"{name}: {_TOO_LARGE}")
    try:
        return _opened(data, name, suffixes, _Known(date, publisher), DEEPEST_NESTING)
    except FormatError as error:
        raise FormatError(f"{name}: {error}") from error


def streamed_members(path: Path) -> Iterator[Member | Problem] | None:
    """The members of a container on the disk one after another, and what is odd; None for other files.

    The memory that it takes does not grow with the container. The names of places lack that of the file.
    """
    name = path.name.lower()
    for leaf in dict.fromkeys(_by_suffix("containers").values()):
        if name.endswith(getattr(leaf, "STREAMED", ())):
            return _streamed(leaf, path)
    return None


def _streamed(leaf: ModuleType, path: Path) -> Iterator[Member | Problem]:
    with path.open("rb") as file:
        yield from bounded(leaf.stream(file))


def documents_of(
    member: Member, name: str, *, date: date | None = None, publisher: str | None = None
) -> Opened:
    """The documents of a member of the container `name`, or of a whole file of that name."""
    known = _Known(date, publisher)
    try:
        return _member(member, name, _suffixes(name), known, DEEPEST_NESTING - bool(member.label))
    except FormatError as error:
        return [], [unreadable(FormatError(f"{name}: {error}"), name)]


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of documents beforehand."""

    date: date | None = None
    publisher: str | None = None


def unreadable(error: FormatError, name: str, severity: Severity = "warning") -> Problem:
    """The problem of a file that cannot be opened, in a sentence; its place says its name."""
    message = as_sentence(str(error).removeprefix(f"{name}: "))
    return Problem("unreadable-document", message, Place(name), severity=severity)


def as_sentence(text: str) -> str:
    """The text with a capital letter and a stop, where it has no other mark at its end."""
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?", "!")) else ".")


def is_ledger(path: Path, *, unsure: bool = True) -> bool:
    """Whether a file holds claims: by its ending, and for JSON lines by its first line.

    `unsure` is the answer where that line is neither a claim nor a document.
    """
    suffix = path.suffix.lower()
    if suffix == _PARQUET:
        return not _by_suffix("containers")[_PARQUET].holds_documents(path)
    if suffix != _JSON_LINES:
        return False
    try:
        with path.open("rb") as file:
            beginning = file.read(LARGEST_TEXT)
    except OSError:
        return False
    lines = _by_suffix("containers")[_JSON_LINES]
    return bool(lines.holds_claims(beginning) or (unsure and not lines.holds_documents(beginning)))


def readable_suffixes() -> tuple[str, ...]:
    """The endings of files that can be read, in order."""
    return tuple(sorted({*_by_suffix("formats"), *_by_suffix("containers")}))


def _opened(data: bytes, name: str, suffixes: list[str], known: _Known, depth: int) -> Opened:
    """The documents in bytes, whose name ends in `suffixes`."""
    suffix = suffixes[-1] if suffixes else ""
    if suffix not in readable_suffixes():
        suffix = _told_by_content(data, suffix)
    container = _by_suffix("containers").get(suffix)
    if container is None:
        document, problems = _finished(_by_suffix("formats")[suffix].extract(data), name, known)
        return [document], problems
    if depth == 0:
        raise FormatError("it is a container in a container in a container; unpack it first")
    members, problems = container.members(data)
    documents, faults = _members(members, name, suffixes[:-1], known, depth - 1)
    problems = [*(_placed(problem, name) for problem in problems), *faults]
    if not documents:
        first = problems[0]
        raise FormatError(f"none of its files can be read; {first.origin}: {first.message}")
    return documents, problems


def _members(members: list[Member], name: str, suffixes: list[str], known: _Known, depth: int) -> Opened:
    """The documents of the members of a container; of those that cannot be read a few are told."""
    documents: list[Document] = []
    problems: list[Problem] = []
    closed = 0
    room = LARGEST_UNFOLDED
    for member in members:
        if room < 0:
            problems.append(
                _placed(cut_short(f"Only the first {in_megabytes(LARGEST_UNFOLDED)} are read."), name)
            )
            break
        inner, faults = _member(member, name, suffixes, known, depth)
        room -= sum(len(document.text) for document in inner)
        documents += inner
        closed += not inner
        problems += faults if inner or closed <= MOST_TOLD else []
    if closed > MOST_TOLD:
        message = f"{closed - MOST_TOLD} more of its files cannot be read."
        problems.append(Problem("unreadable-document", message, Place(name), severity="warning"))
    return documents, problems


def _member(member: Member, name: str, suffixes: list[str], known: _Known, depth: int) -> Opened:
    """The documents of one member of a container; one of several that cannot be read is a problem."""
    if member.extracted:
        document, problems = _finished(member.extracted, name + member.label, known)
        return [document], problems
    if not member.label:
        return _opened(member.data, name, suffixes, known, depth)
    try:
        suffixes = [member.suffix] if member.suffix else _suffixes(member.label)
        documents, problems = _opened(member.data, name + member.label, suffixes, known, depth)
    except FormatError as error:
        return [], [unreadable(error, name + member.label)]
    return [_with_facts(document, member, problems) for document in documents], problems


def _with_facts(document: Document, member: Member, problems: list[Problem]) -> Document:
    """The document with what its container knows of it, where it does not say so itself."""
    if member.url and not document.url:
        document = replace(document, url=member.url)
    if member.made and not document.date:
        problems.append(_placed(_dated_by_file(member.made), document.name))
        document = replace(document, date=member.made)
    return document


def _suffixes(name: str) -> list[str]:
    """The endings of a name, in lower case."""
    return [suffix.lower() for suffix in PurePath(name.replace("\\", "/")).suffixes]


def _finished(extracted: Extracted, name: str, known: _Known) -> tuple[Document, list[Problem]]:
    """The document of what a format gave.

    Of its dates that of its metadata comes first, then that of its byline; when it was made counts least.
    """
    prose = extracted.text[: extracted.tables[0].start if extracted.tables else None]
    own = extracted.date or day_of_byline(prose)
    publisher, title, url, language = (
        whole_signs(text or "", key)
        for key, text in (
            ("publisher", known.publisher or extracted.publisher),
            ("title", extracted.title),
            ("url", extracted.url),
            ("language", extracted.language),
        )
    )
    document = Document(
        name,
        extracted.text,
        own or known.date or extracted.made,
        publisher[0] or None,
        title[0] or None,
        url[0] or None,
        language[0] or None,
        extracted.tables,
        extracted.pages,
        extracted.left_out,
    )
    problems = [*publisher[1], *title[1], *url[1], *language[1], *_problems(extracted)]
    if extracted.made and document.date == extracted.made and not (own or known.date):
        problems.append(_dated_by_file(extracted.made))
    return document, [_placed(problem, name) for problem in problems]


def _dated_by_file(day: date) -> Problem:
    message = f"The document does not say when it was published; {day}, when the file was made, is taken."
    return Problem("date-of-file", message, Place(""), "Give the day with --date.", "warning")


def _problems(extracted: Extracted) -> Iterator[Problem]:
    """What is odd about a document."""
    yield from extracted.problems
    for message in extracted.cut:
        yield cut_short(message)
    if not extracted.text.strip():
        hint = "Put the text to be read into the file."
        yield Problem("empty-document", "The file holds no text.", Place(""), hint, "warning")


def _placed(problem: Problem, name: str) -> Problem:
    """The problem with the name of its file, which the format did not know."""
    return replace(problem, origin=replace(problem.origin, file=name + problem.origin.file))


def _told_by_content(data: bytes, suffix: str) -> str:
    """The ending that a file without a known one should have.

    Raises:
        FormatError: it has an ending, and its content does not tell what it is.
    """
    modules = {**_by_suffix("containers"), **_by_suffix("formats")}
    for known, module in modules.items():
        if (is_one := getattr(module, "is_one", None)) and is_one(data):
            return known
    if suffix:
        refuse_pictures(data)
        kinds = ", ".join(sorted({module.SUFFIXES[0] for module in modules.values()}))
        raise FormatError(f"files of type {suffix} cannot be read, only {kinds}")
    return PLAIN


@cache
def _by_suffix(kind: str) -> Mapping[str, ModuleType]:
    """The modules of a folder by the endings that they read, in the order of their names."""
    package = {"formats": formats, "containers": containers}[kind]
    names = sorted(info.name for info in pkgutil.iter_modules(package.__path__))
    modules = [importlib.import_module(f"{package.__name__}.{name}") for name in names]
    return {suffix: module for module in modules for suffix in getattr(module, "SUFFIXES", ())}
