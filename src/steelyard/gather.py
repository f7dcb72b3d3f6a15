"""Documents and claims from whatever a user names: files, folders, ledgers, a case, standard input.

What cannot be opened becomes a problem, and the rest is read. A path named twice is read once, since a figure
that agrees with itself corroborates nothing.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path

from steelyard.case import Case, is_case, load_case
from steelyard.claim_reviews import Rejection, review_claims
from steelyard.core.claim import Claim, Ledger
from steelyard.core.problems import CaseError, FormatError, Place, Problem, Severity, sort_problems
from steelyard.core.vocabulary import Vocabulary, load_vocabulary
from steelyard.corpus.copies import Copies
from steelyard.corpus.shards import is_ledger_folder, load_ledger_folder
from steelyard.corrections import correct
from steelyard.engine import Done, Lost, stream_pure
from steelyard.paths import closed, files_in, nothing_in, out_of_reach
from steelyard.read import read_document
from steelyard.read.documents.document import Document
from steelyard.read.documents.limits import LARGEST_FILE
from steelyard.read.documents.opening import (
    as_sentence,
    bytes_of,
    documents_in,
    is_ledger,
    open_documents,
    unreadable,
)
from steelyard.reviews import AnyReview
from steelyard.store import load_ledger

STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Gathered:
    """What was read. `shown` gives the path to print for a document whose name is not its path.

    Of a case, `rejected` are the claims that reviews took out of the ledger, and `unreviewed` is the same
    before any review of its claims. `copies` are the other places of claims that stand in several copies of
    one text, by the claim's id.
    """

    vocabulary: Vocabulary
    documents: tuple[Document, ...] = ()
    ledger: Ledger = field(default_factory=Ledger)
    problems: tuple[Problem, ...] = ()
    shown: Mapping[str, str] = field(default_factory=dict)
    case: Case | None = None
    rejected: tuple[Rejection, ...] = ()
    unreviewed: Gathered | None = None
    copies: Copies = field(default_factory=dict)

    def located(self, problems: Iterable[Problem]) -> list[Problem]:
        """Problems in order, with the paths that lead to their files from where the user stands."""
        return sort_problems(_as_shown(problem, self.shown) for problem in problems)


@dataclass(frozen=True, slots=True)
class _Text:
    """A text to be read: a path, bytes, or the fault of one that could not be opened.

    `strict` is false for what merely lies in a folder.
    """

    name: str
    path: Path = Path()
    data: bytes | None = None
    date: date | None = None
    publisher: str | None = None
    strict: bool = True
    fault: str = ""


@dataclass(frozen=True, slots=True)
class _Reading:
    documents: tuple[Document, ...]
    ledger: Ledger
    problems: tuple[Problem, ...]
    copies: Copies = field(default_factory=dict)


def standard_input() -> bytes:
    """What comes from standard input, up to more than is read of one file."""
    return sys.stdin.buffer.read(LARGEST_FILE + 1)


def _silent(number: int, total: int) -> None:
    """For those who want no word of what is done."""


def gather_case(case: Case, *, jobs: int = 1, cluster: str | None = None, done: Done = _silent) -> Gathered:
    """All that the sources of a case say, with the case's corrections made and then its reviews of claims.

    `done` counts what is read.
    """
    return with_reviews(_corrected(case, jobs, cluster, done), case.reviews)


def with_reviews(gathered: Gathered, reviews: Sequence[AnyReview]) -> Gathered:
    """The same with these reviews of its claims in place of those made before; nothing is read again."""
    before = gathered.unreviewed or gathered
    after = review_claims(before.ledger, reviews)
    return replace(
        before,
        ledger=after.ledger,
        problems=tuple(sort_problems([*before.problems, *after.problems])),
        rejected=after.rejected,
        unreviewed=before,
    )


def _corrected(case: Case, jobs: int, cluster: str | None, done: Done) -> Gathered:
    """All that the sources of a case say, with the case's corrections made."""
    texts = _sources(case)
    shown = {source.name: str(source.path) for source in case.sources}
    readings = _readings(case.vocabulary, texts, jobs, cluster, done)
    documents = tuple(document for reading in readings for document in reading.documents)
    ledger = _joined(readings)
    ledger, faults = correct(ledger, case.corrections, {each.name: each.text for each in documents})
    problems = [
        _as_shown(problem, shown)
        for reading in readings
        for problem in reading.problems
        # Where case.toml is at fault it may well give the date, and the fault is told already.
        if case.sound or problem.code not in ("no-date", "date-inferred")
    ]
    if not case.sources:
        hint = f"Put a text into {case.folder / 'sources'}."
        problems.append(
            Problem("no-source", "The case has no source.", Place(str(case.folder)), hint, "warning")
        )
    return Gathered(
        case.vocabulary, documents, ledger, tuple(sort_problems([*problems, *faults])), shown, case
    )


def gather_paths(
    paths: Sequence[str],
    *,
    case: Path | None = None,
    day: date | None = None,
    jobs: int = 1,
    cluster: str | None = None,
    ledgers: bool = False,
    standard_input: Callable[[], bytes] = bytes,
    done: Done = _silent,
) -> Gathered:
    """All that can be read from `paths`; `ledgers` says whether files of claims are welcome.

    `case` is the folder whose vocabulary is used; a case among the paths brings its own. `day` is for
    documents that carry no date. `cluster` is the address of a scheduler whose workers read; they are sent
    the bytes, and need not see the files. `done` is told how many of how many texts are read.

    Raises:
        CaseError: `case` is no case, or the paths name two of them.
        VocabularyError: a packaged data file is broken.
    """
    folders = _cases(paths)
    if len({Path(path).resolve() for path in [*folders, *([str(case)] if case else [])]}) > 1:
        raise CaseError(f"{folders[-1]}: only one case at a time, for each has its own vocabulary")
    loaded, problems = load_case(Path(folders[0])) if folders else (None, [])
    if loaded:
        base = _corrected(loaded, jobs, cluster, done)
    elif case:
        other, problems = load_case(case)
        base = Gathered(other.vocabulary)
    else:
        vocabulary, problems = load_vocabulary()
        base = Gathered(vocabulary)
    others = [path for path in paths if path not in folders]
    texts, files, faults = _sorted_out(others, day, standard_input, ledgers=ledgers)
    readings = _readings(base.vocabulary, texts, jobs, cluster, done)
    readings += [_open_ledger(path) if ledgers else _no_document(path) for path in files]
    documents = tuple(document for reading in readings for document in reading.documents)
    found = [problem for reading in readings for problem in reading.problems]
    whole = replace(
        base,
        documents=base.documents + documents,
        ledger=base.ledger + _joined(readings),
        copies={key: places for reading in readings for key, places in reading.copies.items()},
        problems=tuple(sort_problems([*problems, *base.problems, *faults, *found])),
    )
    return with_reviews(whole, loaded.reviews) if loaded else whole


def gather_documents(
    paths: Sequence[str],
    *,
    day: date | None = None,
    standard_input: Callable[[], bytes] = bytes,
) -> tuple[list[Document], list[Problem]]:
    """The documents to which `paths` lead, unread, and what cannot be opened.

    Raises:
        VocabularyError: a packaged data file is broken.
    """
    sources: list[_Text] = []
    cases = _cases(paths)
    for folder in cases:
        sources += _sources(load_case(Path(folder))[0])
    texts, ledgers, problems = _sorted_out([p for p in paths if p not in cases], day, standard_input)
    problems += [problem for path in ledgers for problem in _no_document(path).problems]
    documents: list[Document] = []
    for text in [*sources, *texts]:
        opened, faults = _opened(text)
        documents += opened
        problems += faults
    return documents, sort_problems(problems)


def gather_bytes(data: bytes, name: str, *, case: Path | None = None, day: date | None = None) -> Gathered:
    """All that the bytes of one file say; its format is told by `name` and by its first bytes.

    `case` is the folder whose vocabulary is used.

    Raises:
        CaseError: `case` is no case.
        VocabularyError: a packaged data file is broken.
    """
    vocabulary, problems = load_vocabulary() if case is None else _vocabulary_of(case)
    reading = _read(vocabulary, _Text(name, data=data, date=day))
    told = tuple(sort_problems([*problems, *reading.problems]))
    return Gathered(vocabulary, reading.documents, reading.ledger, told)


def _vocabulary_of(case: Path) -> tuple[Vocabulary, list[Problem]]:
    """The vocabulary of a case; its other files are not in question here."""
    return load_case(case)[0].vocabulary, []


def _cases(paths: Sequence[str]) -> list[str]:
    """Those of the paths that lead to a case, each once; an empty one does not lead to where one stands."""
    return list(dict.fromkeys(path for path in paths if path and is_case(Path(path))))


def _sources(case: Case) -> list[_Text]:
    return [
        _Text(source.name, source.path, date=source.date, publisher=source.publisher)
        for source in case.sources
    ]


def _joined(readings: Sequence[_Reading]) -> Ledger:
    return Ledger(claim for reading in readings for claim in reading.ledger)


def _sorted_out(
    paths: Sequence[str], day: date | None, standard_input: Callable[[], bytes], *, ledgers: bool = False
) -> tuple[list[_Text], list[Path], list[Problem]]:
    """The texts and the ledgers that `paths` lead to, each once and in order, and what leads nowhere.

    Where `ledgers` are welcome, lines of JSON that are neither claims nor documents are a broken one.
    """
    texts: dict[object, _Text] = {}
    files: dict[object, Path] = {}
    problems: list[Problem] = []
    for given in paths:
        path = Path(given)
        if given == STANDARD_INPUT:
            texts.setdefault(given, _Text(given, data=standard_input(), date=day))
        elif fault := out_of_reach(given):
            problems.append(fault)
        elif is_ledger_folder(path):
            files.setdefault(path.resolve(), path)
        elif path.is_dir():
            errors: list[OSError] = []
            found = files_in(path, errors.append, is_ledger_folder)
            inside = [each for each in found if not is_ledger(each, unsure=False)]
            problems += [closed(error, given) for error in errors]
            problems += [] if inside or errors else [nothing_in(given)]
            for each in inside:
                texts.setdefault(each.resolve(), _Text(str(each), each, date=day, strict=False))
        elif is_ledger(path, unsure=ledgers):
            files.setdefault(path.resolve(), path)
        else:
            texts.setdefault(path.resolve(), _Text(given, path, date=day))
    return list(texts.values()), list(files.values()), problems


def _opened(text: _Text) -> tuple[list[Document], list[Problem]]:
    """The documents of a text; one that cannot be opened gives none, but a problem."""
    try:
        if text.fault:
            raise FormatError(text.fault)
        if text.data is not None:
            return documents_in(text.data, text.name, date=text.date, publisher=text.publisher)
        return open_documents(text.path, name=text.name, date=text.date, publisher=text.publisher)
    except FormatError as error:
        return [], [unreadable(error, text.name, "error" if text.strict else "warning")]


def _readings(
    vocabulary: Vocabulary, texts: Sequence[_Text], jobs: int, cluster: str | None, done: Done
) -> list[_Reading]:
    """What is in each of the texts; one whose process dies under it twice is told and left out."""
    readings: list[_Reading] = []
    sent = map(_with_bytes, texts) if cluster and texts else iter(texts)
    workers = max(1, min(jobs, len(texts)))
    scheduler = cluster if texts else None
    for result in stream_pure(partial(_read, vocabulary), sent, jobs=workers, cluster=scheduler):
        readings.append(_lost(result, texts[result.input_index]) if isinstance(result, Lost) else result)
        done(len(readings), len(texts))
    return readings


def _with_bytes(text: _Text) -> _Text:
    """The text with the bytes of its file, or with what keeps it from being read."""
    if text.data is not None:
        return text
    try:
        return replace(text, data=bytes_of(text.path, text.name))
    except FormatError as error:
        return replace(text, fault=str(error))


def _lost(lost: Lost, text: _Text) -> _Reading:
    """Nothing, and the problem of a document that killed its process."""
    hint = (
        "It may need more memory than there is, or meet a fault in a library; read it alone, or leave it out."
    )
    severity: Severity = "error" if text.strict else "warning"
    return _Reading((), Ledger(), (Problem("lost-document", lost.reason, Place(text.name), hint, severity),))


def _read(vocabulary: Vocabulary, text: _Text) -> _Reading:
    """The documents of a text and their claims."""
    documents, problems = _opened(text)
    claims: list[Claim] = []
    for document in documents:
        ledger, faults = read_document(document, vocabulary)
        claims += ledger
        problems += faults
    return _Reading(tuple(documents), Ledger(claims), tuple(problems))


def _open_ledger(path: Path) -> _Reading:
    """The claims of a ledger."""
    try:
        if path.is_dir():
            ledger, copies, problems = load_ledger_folder(path)
            return _Reading((), ledger, tuple(problems), copies)
        return _Reading((), load_ledger(path), ())
    except FormatError as error:
        message = as_sentence(str(error).removeprefix(f"{path}: "))
        hint = "`steelyard read --output claims.jsonl` writes what can be read here."
        return _Reading((), Ledger(), (Problem("broken-ledger", message, Place(str(path)), hint),))


def _no_document(path: Path) -> _Reading:
    hint = "`steelyard check` takes it as it is."
    message = "The file is a ledger, whose claims have been read already."
    return _Reading((), Ledger(), (Problem("ledger-not-text", message, Place(str(path)), hint),))


def _as_shown(problem: Problem, shown: Mapping[str, str]) -> Problem:
    """The problem with the path that leads to its file from where the user stands."""
    place = problem.origin
    for name, path in shown.items():
        # A document in a container is called after it: "news.jsonl#3", "news.zip/a.txt".
        if place.file == name or place.file.startswith((f"{name}#", f"{name}/")):
            return replace(problem, origin=replace(place, file=path + place.file.removeprefix(name)))
    return problem
