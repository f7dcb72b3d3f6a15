"""Reads a corpus into a ledger in a folder, part by part, and goes on where it was stopped."""

from __future__ import annotations

import pickle
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path

from steelyard.core.problems import Problem
from steelyard.core.vocabulary import Vocabulary
from steelyard.corpus.parts import MOST_DOCUMENTS, Part, inputs_of, parts_of
from steelyard.corpus.reading import Shard, alone, read_part, without
from steelyard.corpus.shards import LOCK, Shards, is_ledger_folder
from steelyard.engine import Lost, stream_pure
from steelyard.locks import locked
from steelyard.state import package_hash, text_hash, version

_AHEAD = 2


@dataclass(frozen=True, slots=True)
class CorpusRead:
    """What came of it: counts of documents, characters, claims and copies, parts read now and before.

    `problems` are those of paths; `met` says how often each problem of a document was met.
    """

    counts: Counter[str]
    parts: int
    kept: int
    copies: int
    problems: tuple[Problem, ...]
    met: Counter[str]


def read_corpus(
    paths: Sequence[str],
    folder: Path,
    vocabulary: Vocabulary,
    *,
    day: date | None = None,
    jobs: int = 1,
    cluster: str | None = None,
    most: int = MOST_DOCUMENTS,
    tell: Callable[[str], None] = lambda line: None,
) -> CorpusRead:
    """Read all that `paths` lead to into the ledger in `folder`, which is made where it is not there.

    Parts that an earlier run has read, by the same program and vocabulary, are not read again. `most` is the
    number of documents of a part; `tell` hears how far it is.

    Raises:
        FormatError: something else lies in the folder.
        OSError: it cannot be written to, another process does, or the disk is full.
    """
    folder.mkdir(parents=True, exist_ok=True)
    setting = {
        "version": version(),
        "package": package_hash(),
        "vocabulary": vocabulary.fingerprint,
        "date": day.isoformat() if day else None,
        "most": most,
    }
    problems: list[Problem] = []
    work = _Work(partial(read_part, pickle.dumps(vocabulary), day), jobs, cluster)
    with locked(folder / LOCK):
        shards = Shards(folder, setting)
        inputs = inputs_of(paths, problems.append, is_ledger_folder)
        parts = parts_of(inputs, text_hash(setting), shards.last_of, most)
        for shard in work.shards_of(_new(parts, shards, work)):
            shards.add(shard)
            tell(f"{work.documents:,} documents")
        tell("looking for copies")
        copies = shards.finish()
    return CorpusRead(shards.counts, work.parts, work.kept, copies, tuple(problems), shards.problems)


@dataclass(slots=True)
class _Work:
    """What reads parts, and the counts of it."""

    read: Callable[[Part], Shard]
    jobs: int
    cluster: str | None
    parts: int = 0
    kept: int = 0
    documents: int = 0
    _waiting: deque[Part] = field(default_factory=deque)

    def shards_of(self, parts: Iterator[Part]) -> Iterator[Shard]:
        """The shards of parts in order; a document that ends the process that reads it is set aside."""
        for result in self._streamed(self._noted(parts)):
            part = self._waiting.popleft()
            shard = self._without_lost(part, result.reason) if isinstance(result, Lost) else result
            self.parts += 1
            self.documents += len(part.members)
            yield shard

    def _noted(self, parts: Iterator[Part]) -> Iterator[Part]:
        for part in parts:
            self._waiting.append(part)
            yield part

    def _without_lost(self, part: Part, reason: str) -> Shard:
        """The shard of a part that ended its process, without the documents at which that happens."""
        results = enumerate(self._streamed(alone(part)))
        lost = {place: result.reason for place, result in results if isinstance(result, Lost)}
        for result in self._streamed(iter([without(part, lost)])):
            if not isinstance(result, Lost):
                return result
        everything = dict.fromkeys(range(len(part.members)), reason)
        return self.read(without(part, everything))

    def _streamed(self, parts: Iterator[Part]) -> Iterator[Shard | Lost]:
        # Parts are large; no more of them are held than keep everyone at work.
        ahead = None if self.cluster else _AHEAD * self.jobs
        return stream_pure(self.read, parts, jobs=self.jobs, cluster=self.cluster, ahead=ahead)


def _new(parts: Iterable[Part | str], shards: Shards, work: _Work) -> Iterator[Part]:
    """The parts that have not been read; all are planned in their order."""
    for part in parts:
        if isinstance(part, Part):
            shards.planned(part.key)
            yield part
        else:
            shards.planned(part)
            work.kept += 1
