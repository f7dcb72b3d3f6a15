"""A ledger in a folder: Parquet shards, one for each part that was read, and a manifest that says of what.

    claims/KEY.parquet documents/KEY.parquet problems/KEY.parquet
    copies.parquet      documents that are copies of others, when all is read
    manifest.jsonl      a line on the whole, then a line for each part, in the order of the corpus

While it is made the manifest grows by a line for each part whose files are on the disk. Power may fail at any
moment: files that no line names do not count, and a torn line is none.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from steelyard.core.claim import Claim, Ledger
from steelyard.core.problems import FormatError, Place, Problem
from steelyard.core.whole_file import is_temporary, replacing, write_whole
from steelyard.corpus.copies import Copies, copies_among, one_voice
from steelyard.corpus.reading import CLAIMS, DOCUMENTS, PROBLEMS, Plain, Shard
from steelyard.state import file_hash
from steelyard.store import load_rows, rows_to_parquet

MANIFEST, COPIES, LOCK = "manifest.jsonl", "copies.parquet", ".lock"
_KIND, _FORMAT = "steelyard ledger", 1
_TABLES = (CLAIMS, DOCUMENTS, PROBLEMS)
_COPY_TYPES = {"document": "VARCHAR", "voice": "VARCHAR", "likeness": "DOUBLE"}


def is_ledger_folder(path: Path) -> bool:
    """Whether a folder holds such a ledger."""
    return _head(path).get("kind") == _KIND


def _head(folder: Path) -> Plain:
    """The first line of a manifest; nothing where there is none."""
    try:
        with (folder / MANIFEST).open("rb") as file:
            return _parsed(file.readline(10_000))
    except OSError:
        return {}


class Shards:
    """The ledger of a folder while it is made; whoever makes it holds the folder's lock."""

    def __init__(self, folder: Path, setting: Mapping[str, object]) -> None:
        """Take up what lies in `folder`; `setting` is what its manifest says of how it is read.

        Raises:
            FormatError: something else lies in the folder.
            OSError: it cannot be written to.
        """
        self._folder = folder
        self._setting = setting
        self._copies: Plain = {}
        self._lines: dict[str, Plain] = {}
        if is_ledger_folder(folder):
            self._lines = {str(line["shard"]): line for line in lines_of(folder)}
        elif any(each.name != LOCK and not is_temporary(each.name) for each in folder.iterdir()):
            raise FormatError(f"{folder}: something else lies in the folder; name one that is new or empty")
        self._before = (_head(folder), list(self._lines))
        self._intact: dict[str, bool] = {}
        self._order: list[str] = []
        self._write(self._lines.values(), is_whole=False)

    def last_of(self, key: str) -> bool | None:
        """Whether a part is the last of its archive; None where it has not been read or is gone."""
        if key not in self._lines:
            return None
        if key not in self._intact:
            self._intact[key] = self._is_intact(key)
        return bool(self._lines[key]["is_last"]) if self._intact[key] else None

    def _is_intact(self, key: str) -> bool:
        files = self._lines[key]["files"]
        paths = {table_path(self._folder, table, key): digest for table, digest in dict_of(files).items()}
        return all(path.is_file() and file_hash(path) == digest for path, digest in paths.items())

    def planned(self, key: str) -> None:
        """Let a part be the next of the ledger, whether it has been read or will be."""
        self._order.append(key)

    def add(self, shard: Shard) -> None:
        """Write the shard of a part; when it returns it is there to stay."""
        key = str(shard.line["shard"])
        for table, data in shard.tables.items():
            write_whole(table_path(self._folder, table, key), data)
        with (self._folder / MANIFEST).open("ab") as file:
            file.write(f"{_line(shard.line)}\n".encode())
            file.flush()
            os.fsync(file.fileno())
        self._lines[key] = shard.line
        self._intact[key] = True

    @property
    def counts(self) -> Counter[str]:
        """How many documents, characters and claims there are in all parts."""
        return _counts([self._lines[key] for key in self._order])

    @property
    def problems(self) -> Counter[str]:
        """How often each problem stands in all parts, by its code."""
        found: Counter[str] = Counter()
        for key in self._order:
            found.update({code: int(str(n)) for code, n in dict_of(self._lines[key]["problems"]).items()})
        return found

    def finish(self) -> int:
        """Find the copies, write the manifest in the order of the corpus, and take away what is of no part.

        Gives the count of documents that are copies.
        """
        if not self._is_as_before():
            rows = list(copies_among([table_path(self._folder, DOCUMENTS, key) for key in self._order]))
            write_whole(self._folder / COPIES, rows_to_parquet(rows, _COPY_TYPES))
            self._copies = {"copies": len(rows), "copies_sha256": file_hash(self._folder / COPIES)}
        self._write([self._lines[key] for key in self._order], is_whole=True)
        self._clear()
        return int(str(self._copies["copies"]))

    def _is_as_before(self) -> bool:
        """Whether the ledger was whole with these very parts, and its copies are those that were found."""
        head, order = self._before
        self._copies = {key: head.get(key) for key in ("copies", "copies_sha256")}
        path = self._folder / COPIES
        is_same = bool(head.get("is_whole")) and order == self._order
        return is_same and path.is_file() and file_hash(path) == head.get("copies_sha256")

    def _write(self, lines: Iterable[Plain], *, is_whole: bool) -> None:
        """Write the manifest anew, with a first line on the whole."""
        lines = list(lines)
        head = {"kind": _KIND, "format": _FORMAT, **self._setting, "is_whole": is_whole}
        if is_whole:
            head |= {"parts": len(lines), **_counts(lines), **self._copies}
        with (
            replacing(self._folder / MANIFEST) as path,
            path.open("w", encoding="utf-8", newline="\n") as file,
        ):
            file.writelines(f"{_line(line)}\n" for line in (head, *lines))

    def _clear(self) -> None:
        """Take away the files of parts that are no more, and those that were never completed."""
        kept = set(self._order)
        for table in _TABLES:
            for path in (self._folder / table).glob("*"):
                if is_temporary(path.name) or path.stem not in kept:
                    path.unlink()
        for path in self._folder.iterdir():
            if is_temporary(path.name):
                path.unlink()


def table_path(folder: Path, table: str, key: str) -> Path:
    """The file of one table of a part."""
    return folder / table / f"{key}.parquet"


def table_files(folder: Path) -> dict[str, list[Path]]:
    """The files of each table of a ledger, in the order of the corpus."""
    keys = [str(line["shard"]) for line in lines_of(folder)]
    return {table: [table_path(folder, table, key) for key in keys] for table in _TABLES}


def lines_of(folder: Path) -> list[Plain]:
    """The lines of a manifest on parts, up to the first that is torn."""
    found = []
    with (folder / MANIFEST).open("rb") as file:
        file.readline()
        for line in file:
            if not line.endswith(b"\n") or "shard" not in (parsed := _parsed(line)):
                break
            found.append(parsed)
    return found


def unfinished(folder: Path) -> list[Problem]:
    """A warning where a ledger has not been read to its end."""
    if _head(folder).get("is_whole"):
        return []
    message = "Not all of the corpus has been read; copies are not known yet."
    hint = "Run the `steelyard read` again that made it; it goes on where it was."
    return [Problem("unfinished-ledger", message, Place(str(folder)), hint, "warning")]


def load_ledger_folder(folder: Path) -> tuple[Ledger, Copies, list[Problem]]:
    """The claims of a ledger in order, those of copies of one text once, with where else they stand.

    Raises:
        FormatError: a shard is missing or broken.
    """
    problems = unfinished(folder)
    voices = {} if problems else _voices(folder)
    claims, copies = one_voice(_claims(table_files(folder)[CLAIMS]), voices)
    return Ledger(claims), copies, problems


def count_of(folder: Path) -> int:
    """How many claims a ledger has, copies too, as its manifest says."""
    return _counts(lines_of(folder))["claims"]


def named_copies(folder: Path) -> Path | None:
    """The file that names the copies among its documents; None where none are known."""
    head = _head(folder)
    return folder / COPIES if head.get("is_whole") and head.get("copies") else None


def _voices(folder: Path) -> dict[str, str]:
    return {str(row["document"]): str(row["voice"]) for row in load_rows(folder / COPIES)}


def _claims(files: Sequence[Path]) -> Iterator[Claim]:
    for path in files:
        try:
            yield from map(Claim.from_json, load_rows(path))
        except (OSError, ValueError, TypeError) as error:
            raise FormatError(f"{path}: the shard is missing or broken ({error})") from error


def _counts(lines: Iterable[Plain]) -> Counter[str]:
    found: Counter[str] = Counter(documents=0, characters=0, claims=0)
    for line in lines:
        found.update({key: int(str(line[key])) for key in ("documents", "characters", "claims")})
    return found


def dict_of(value: object) -> dict[str, object]:
    """A table of a manifest."""
    return value if isinstance(value, dict) else {}


def _line(data: Mapping[str, object]) -> str:
    return json.dumps(data, ensure_ascii=False)


def _parsed(line: bytes) -> Plain:
    """The object of a line; an empty one where it is torn."""
    try:
        return dict_of(json.loads(line))
    except ValueError:
        return {}
