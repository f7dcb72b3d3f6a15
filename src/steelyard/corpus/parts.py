"""The parts into which what is to be read is cut: so many documents of one archive, or so many files.

A part is known by a key made of what goes into it, so that one that has been read is known again. Whoever is
stopped loses no more than the parts that were under way.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from steelyard.core.problems import FormatError, Place, Problem, Severity
from steelyard.paths import closed, files_in, nothing_in, out_of_reach
from steelyard.read.documents.limits import LARGEST_FILE, in_megabytes
from steelyard.read.documents.members import Member
from steelyard.read.documents.opening import is_ledger, streamed_members
from steelyard.state import file_hash, text_hash

# A part takes about a second to read: starting again loses little, and a shard is a file worth having.
MOST_DOCUMENTS = 256
MOST_BYTES = 16_000_000


@dataclass(frozen=True, slots=True)
class Input:
    """A file that is to be read; for what lies in folders `strict` is false."""

    path: Path
    name: str
    size: int
    mtime: int
    strict: bool

    @property
    def stamp(self) -> tuple[str, int, int]:
        """What tells that it is the same file, and unchanged."""
        return self.name, self.size, self.mtime


@dataclass(frozen=True, slots=True)
class Part:
    """What is read in one go, with what the ledger's manifest says of it.

    `members` are documents as they lie in the container or file of the name beside them. `problems` are those
    of opening it. `is_last` tells that there is no more of its archive.
    """

    key: str
    name: str
    inputs: int
    size: int
    modified: str
    hash: str
    members: tuple[tuple[str, Member], ...] = ()
    problems: tuple[Problem, ...] = ()
    is_last: bool = True


def inputs_of(
    paths: Sequence[str], tell: Callable[[Problem], None], skipped: Callable[[Path], bool]
) -> Iterator[Input]:
    """The files that `paths` lead to, in order, each once; what leads nowhere goes to `tell`."""
    alone = {Path(given).resolve() for given in paths if given and Path(given).is_file()}
    told: set[Path] = set()
    walked: list[Path] = []
    for given in dict.fromkeys(paths):
        path = Path(given)
        if fault := out_of_reach(given):
            tell(fault)
        elif not path.is_dir():
            # Where a folder holds it too, it is read here and passed over there.
            if path.resolve() not in told:
                told.add(path.resolve())
                yield from _input(path, given, strict=True, tell=tell)
        elif any(path.resolve().is_relative_to(folder) for folder in walked):
            continue
        else:
            errors: list[OSError] = []
            empty = True
            for each in files_in(
                path, errors.append, lambda folder: skipped(folder) or _is_in(folder, walked)
            ):
                empty = False
                if not alone or each.resolve() not in alone:
                    yield from _input(each, given, strict=False, tell=tell)
            walked.append(path.resolve())
            for fault in (closed(error, given) for error in errors):
                tell(fault)
            if empty and not errors:
                tell(nothing_in(given))


def _is_in(folder: Path, walked: Sequence[Path]) -> bool:
    """Whether a folder has been walked through already."""
    return bool(walked) and folder.resolve() in walked


def _input(path: Path, given: str, *, strict: bool, tell: Callable[[Problem], None]) -> Iterator[Input]:
    """A file as something to be read, unless it is a ledger or cannot be looked at."""
    try:
        facts = path.stat()
    except OSError as error:
        tell(closed(error, given))
        return
    if not is_ledger(path, unsure=False):
        yield Input(path, str(path), facts.st_size, facts.st_mtime_ns, strict=strict)
    elif strict:
        tell(_read_already(given))


def _read_already(given: str) -> Problem:
    message = "The file is a ledger, whose claims have been read already."
    return Problem("ledger-not-text", message, Place(given), "`steelyard check` takes it as it is.")


def parts_of(
    inputs: Iterable[Input], setting: str, last_of: Callable[[str], bool | None], most: int = MOST_DOCUMENTS
) -> Iterator[Part | str]:
    """The parts in order; of one that has been read the key alone.

    `setting` tells apart readings of the same file by another program or vocabulary. `last_of` says of a key
    whether it is that of the last part of its archive; None where that part has not been read.
    """
    batch: list[Input] = []
    for one in inputs:
        if one.size > LARGEST_FILE or streamed_members(one.path) is not None:
            if batch:
                yield _of_files(batch, setting, last_of)
            batch = []
            yield from _of_archive(one, setting, last_of, most)
            continue
        if batch and (len(batch) >= most or sum(each.size for each in batch) + one.size > MOST_BYTES):
            yield _of_files(batch, setting, last_of)
            batch = []
        batch.append(one)
    if batch:
        yield _of_files(batch, setting, last_of)


def _of_files(batch: Sequence[Input], setting: str, last_of: Callable[[str], bool | None]) -> Part | str:
    """The part of some files, or its key."""
    key = text_hash([one.stamp for one in batch], setting)[:16]
    if last_of(key) is not None:
        return key
    members, problems, hashes = [], [], []
    for one in batch:
        try:
            data = one.path.read_bytes()
        except OSError as error:
            problems.append(closed(error, one.name if one.strict else ""))
            continue
        hashes.append(hashlib.sha256(data).hexdigest())
        members.append((one.name, Member(data=data)))
    name = batch[0].name if len(batch) == 1 else f"{batch[0].name} to {batch[-1].name}"
    whole = hashes[0] if len(hashes) == 1 else text_hash(hashes)
    return Part(
        key, name, len(batch), sum(one.size for one in batch), _modified(batch), whole, tuple(members),
        tuple(problems),
    )  # fmt: skip


def _of_archive(
    one: Input, setting: str, last_of: Callable[[str], bool | None], most: int
) -> Iterator[Part | str]:
    """The parts of an archive in order, or their keys; one that has been read whole is not opened."""
    stamp = text_hash(one.stamp, setting)
    known = _known(stamp, last_of)
    if known and last_of(known[-1]):
        yield from known
        return
    try:
        streamed = streamed_members(one.path)
        if streamed is None:
            raise FormatError(f"it is larger than {in_megabytes(LARGEST_FILE)}, and no archive; split it")
        whole = Part("", one.name, 1, one.size, _modified([one]), file_hash(one.path))
        for number, (members, problems, is_last) in enumerate(_cut(streamed, one.name, most)):
            key = _numbered(stamp, number)
            done = last_of(key) is not None
            yield (
                key if done else replace(whole, key=key, members=members, problems=problems, is_last=is_last)
            )
    except (OSError, FormatError) as error:
        problem = _unread(error, one)
        yield Part(_numbered(stamp, -1), one.name, 1, one.size, _modified([one]), "", problems=(problem,))


def _known(stamp: str, last_of: Callable[[str], bool | None]) -> list[str]:
    """The keys of the parts of an archive that have been read one after another from its beginning."""
    known: list[str] = []
    while last_of(key := _numbered(stamp, len(known))) is not None:
        known.append(key)
        if last_of(key):
            break
    return known


def _numbered(stamp: str, number: int) -> str:
    return text_hash(stamp, number)[:16]


Cut = tuple[tuple[tuple[str, Member], ...], tuple[Problem, ...], bool]


def _cut(streamed: Iterator[Member | Problem], name: str, most: int) -> Iterator[Cut]:
    """The members of an archive in heaps that are not too large, and what is odd about each, placed."""
    members: list[tuple[str, Member]] = []
    problems: list[Problem] = []
    size = 0
    for one in streamed:
        if isinstance(one, Problem):
            problems.append(replace(one, origin=replace(one.origin, file=name + one.origin.file)))
            continue
        length = len(one.data) + (len(one.extracted.text) if one.extracted else 0)
        if members and (len(members) >= most or size + length > MOST_BYTES):
            yield tuple(members), tuple(problems), False
            members, problems, size = [], [], 0
        members.append((name, one))
        size += length
    yield tuple(members), tuple(problems), True


def _unread(error: Exception, one: Input) -> Problem:
    if isinstance(error, OSError):
        return closed(error, one.name if one.strict else "")
    hint = "Check what the file is; the others are read."
    severity: Severity = "error" if one.strict else "warning"
    return Problem(
        "unreadable-document", f"{str(error)[:1].upper()}{str(error)[1:]}.", Place(one.name), hint, severity
    )


def _modified(batch: Iterable[Input]) -> str:
    """When the newest of some files was changed."""
    newest = max(one.mtime for one in batch)
    return datetime.fromtimestamp(newest // 10**9, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
