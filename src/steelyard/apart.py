"""A ledger too large for memory, checked part by part, its findings written as they are found.

Equations join figures of one actor, and what a text says of itself joins claims of one document. So actors
are dealt out to parts, and a part holds all claims of its actors with the whole of each document that these
stand in and of its copies. It tells the findings on its own actors, and those of several actors on its own
documents: what is told is what checking all at once would tell, but for numbers that are only derived.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from steelyard.check import check_ledger
from steelyard.core.claim import CLAIM_KEYS, Claim, Ledger
from steelyard.core.problems import FormatError, Place, Problem
from steelyard.core.vocabulary import Vocabulary, load_vocabulary
from steelyard.corpus.copies import copies_of, one_voice
from steelyard.corpus.reading import CLAIMS
from steelyard.corpus.shards import count_of, is_ledger_folder, named_copies, table_files, unfinished
from steelyard.engine import Done, Lost, stream_pure
from steelyard.terminal import to_json_lines

if TYPE_CHECKING:
    import duckdb

    from steelyard.check.findings import Finding

# Ledgers of more claims are checked in parts; of so many claims is a part, if no actor has more.
LARGE, PART = 100_000, 20_000
# What DuckDB may hold in memory while it deals out; the rest it puts beside, on the disk.
_MEMORY = "1GB"
_MOST_PROBLEMS = 1_000
_SUFFIX = ".parquet"
_NO_COPIES = "(SELECT NULL::VARCHAR AS document, NULL::VARCHAR AS voice WHERE false)"
Written = tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class LargeLedger:
    """The files of a ledger in their order, and the count of their claims.

    Of a folder that `read` wrote, `folder` is that; documents that `copies` names speak with one voice.
    """

    paths: Written
    claims: int
    folder: Path | None = None
    copies: Path | None = None

    @property
    def name(self) -> Path:
        """What the user calls it."""
        return self.folder or self.paths[0]


@dataclass
class PartsChecked:
    """Findings as lines of JSON, to be taken first; then the problems, and whether any is a contradiction."""

    lines: Iterator[str] = field(default_factory=lambda: iter(()))
    problems: list[Problem] = field(default_factory=list)
    contradicted: bool = False


class _Told(NamedTuple):
    """What came of one part."""

    lines: str
    contradicted: bool
    problems: list[Problem]


def large_ledger(paths: Sequence[str], *, least: int = LARGE) -> LargeLedger | None:
    """The ledger in some files or a folder, where they are Parquet and hold more than `least` claims."""
    files = tuple(dict.fromkeys(Path(path) for path in paths))
    if len(files) == 1 and is_ledger_folder(files[0]):
        return _large_folder(files[0], least)
    if not all(path.suffix.lower() == _SUFFIX and path.is_file() for path in files):
        return None
    import duckdb

    try:
        with duckdb.connect() as database:
            count = "SELECT count(*) FROM read_parquet(?)"
            found = database.execute(count, [[str(path) for path in files]]).fetchone()
    except duckdb.Error:
        return None  # whoever reads it whole says what is wrong with it
    return LargeLedger(files, found[0]) if found and found[0] > least else None


def _large_folder(folder: Path, least: int) -> LargeLedger | None:
    """The ledger in a folder, by what its manifest says of each part."""
    claims = count_of(folder)
    if claims <= least or not all(path.is_file() for path in table_files(folder)[CLAIMS]):
        return None
    return LargeLedger(tuple(table_files(folder)[CLAIMS]), claims, folder, named_copies(folder))


def check_in_parts(
    ledger: LargeLedger,
    *,
    part: int = PART,
    jobs: int = 1,
    cluster: str | None = None,
    done: Done = lambda number, total: None,
) -> PartsChecked:
    """The findings on a large ledger, made as they are asked for.

    A part has about `part` claims. With a `cluster` its workers must see the folder for temporary files.

    Raises:
        FormatError: the ledger lacks a column, or a row of it is no claim.
    """
    checked = PartsChecked()
    checked.lines = _lines(ledger, checked, part, partial(stream_pure, jobs=jobs, cluster=cluster), done)
    return checked


def _lines(
    ledger: LargeLedger,
    checked: PartsChecked,
    part: int,
    stream: Callable[..., Iterator[_Told | Lost]],
    done: Done,
) -> Iterator[str]:
    vocabulary, problems = load_vocabulary()
    told = dict.fromkeys(
        [*problems, *(unfinished(ledger.folder) if ledger.folder else ()), _in_parts(ledger)]
    )
    with tempfile.TemporaryDirectory(prefix="steelyard-") as folder:
        dealt = Path(folder, "dealt.parquet")
        count = _deal(ledger, dealt, part, Path(folder))
        tell = partial(_told_of, vocabulary, dealt, bool(ledger.copies))
        for number, found in enumerate(stream(tell, range(count)), 1):
            done(number, count)
            if isinstance(found, Lost):
                told[_lost(found, ledger)] = None
                continue
            for problem in found.problems[: max(0, _MOST_PROBLEMS - len(told))]:
                told[problem] = None
            checked.contradicted |= found.contradicted
            yield found.lines
    checked.problems = sorted(told, key=lambda one: (one.origin, one.code, one.message))


def _deal(ledger: LargeLedger, target: Path, part: int, folder: Path) -> int:
    """Write the claims part by part, in each in the order of the ledger; the number of parts."""
    import duckdb

    with duckdb.connect() as database:
        database.execute(f"SET memory_limit = '{_MEMORY}'")
        database.execute(f"SET temp_directory = '{_escaped(folder / 'spill')}'")
        database.execute("SET enable_progress_bar = false")
        try:
            return _dealt(database, ledger, target, part)
        except duckdb.Error as error:
            raise FormatError(f"{ledger.name}: it is no ledger: {str(error).splitlines()[0]}") from error


def _dealt(database: duckdb.DuckDBPyConnection, ledger: LargeLedger, target: Path, part: int) -> int:
    _name_claims(database, ledger)
    # Actors one after another until a part is full; each goes where the claims before it end.
    database.execute(
        f"""
        CREATE TABLE actors AS
        SELECT owner, CAST(floor((sum(n) OVER (ORDER BY owner) - n) / {part}) AS BIGINT) AS deal
        FROM (SELECT owner, count(*) AS n FROM claims GROUP BY owner)
        """
    )
    database.execute(
        "CREATE TABLE parts AS SELECT deal, row_number() OVER (ORDER BY deal) - 1 AS part "
        "FROM (SELECT DISTINCT deal FROM actors)"
    )
    database.execute(
        """
        CREATE TABLE texts AS SELECT DISTINCT voice, part FROM claims JOIN actors USING (owner)
        JOIN parts USING (deal)
        """
    )
    keys = ", ".join(f'claims."{key}"' for key in CLAIM_KEYS)
    database.execute(
        f"""
        COPY (
            SELECT texts.part, own.part = texts.part AS own_actor, first.part = texts.part AS own_text,
                claims.voice, claims.place, claims.filename, claims.file_row_number, {keys}
            FROM claims JOIN texts USING (voice)
            JOIN (SELECT voice, min(part) AS part FROM texts GROUP BY voice) AS first USING (voice)
            JOIN (SELECT owner, part FROM actors JOIN parts USING (deal)) AS own USING (owner)
            ORDER BY texts.part, claims.place, claims.file_row_number
        ) TO '{_escaped(target)}' (FORMAT parquet, ROW_GROUP_SIZE {part})
        """
    )
    found = database.execute("SELECT count(*) FROM parts").fetchone()
    return int(found[0]) if found else 0


def _name_claims(database: duckdb.DuckDBPyConnection, ledger: LargeLedger) -> None:
    """Show the claims with the place of their file, who owns them, and the voice of their document."""
    files = ", ".join(f"'{_escaped(path)}'" for path in ledger.paths)
    database.execute("CREATE TABLE places (filename VARCHAR, place BIGINT)")
    places = [[str(path), place] for place, path in enumerate(ledger.paths)]
    database.executemany("INSERT INTO places VALUES (?, ?)", places)
    copies = f"(FROM read_parquet('{_escaped(ledger.copies)}'))" if ledger.copies else _NO_COPIES
    # A document has the voice of the first text that says the same; most have one of their own.
    database.execute(
        f"""
        CREATE VIEW claims AS
        SELECT said.*, place, coalesce(actor, '') AS owner, coalesce(voice, document) AS voice
        FROM read_parquet([{files}], file_row_number = true, filename = true, union_by_name = true) AS said
        JOIN places USING (filename) LEFT JOIN {copies} AS copies USING (document)
        """
    )


def _told_of(vocabulary: Vocabulary, dealt: Path, has_copies: bool, part: int) -> _Told:
    """The findings of one part that are its own."""
    claims: list[Claim] = []
    actors: set[str | None] = set()
    texts: set[str] = set()
    voices: dict[str, str] = {}
    for row in _rows(dealt, part):
        try:
            claim = Claim.from_json({key: row[key] for key in CLAIM_KEYS})
        except (ValueError, TypeError) as error:
            raise FormatError(
                f"{row['filename']}: row {row['file_row_number']} is no claim: {error}"
            ) from error
        claims.append(claim)
        if row["own_actor"]:
            actors.add(claim.actor)
        if row["own_text"]:
            texts.add(claim.document)
        if row["voice"] != claim.document:
            voices[claim.document] = str(row["voice"])
    said, copies = one_voice(claims, voices)
    findings, problems = check_ledger(Ledger(said), vocabulary)
    own = [one for one in findings if one.verdict != "derived" and _is_own(one, actors, texts)]
    return _Told(
        to_json_lines(
            finding.to_json() | (copies_of(finding, copies) if has_copies else {}) for finding in own
        ),
        any(finding.verdict == "contradicted" for finding in own),
        problems[:_MOST_PROBLEMS],
    )


def _is_own(finding: Finding, actors: set[str | None], texts: set[str]) -> bool:
    """Whether it is for this part to tell a finding: on one actor by that, on several by its document."""
    spoken_of = {claim.actor for claim in (*finding.claims, *finding.given)}
    if len(spoken_of) == 1:
        return spoken_of <= actors
    return min(claim.document for claim in finding.claims) in texts


def _rows(dealt: Path, part: int) -> Iterator[dict[str, object]]:
    import duckdb

    with duckdb.connect() as database:
        database.execute("SET threads = 1")
        database.execute("SET enable_progress_bar = false")
        query = "SELECT * FROM read_parquet(?) WHERE part = ? ORDER BY place, file_row_number"
        found = database.execute(query, [str(dealt), part])
        names = [column[0] for column in found.description or []]
        while rows := found.fetchmany(2_000):
            yield from (dict(zip(names, row, strict=True)) for row in rows)


def _in_parts(ledger: LargeLedger) -> Problem:
    message = f"Its {ledger.claims:,} claims were checked part by part, by actor, and nothing was derived."
    return Problem("in-parts", message, Place(str(ledger.name)), severity="warning")


def _lost(lost: Lost, ledger: LargeLedger) -> Problem:
    message = f"Part {lost.input_index + 1} was not checked. {lost.reason}"
    hint = "Check it with more memory, or the claims of its actors alone."
    return Problem("lost-part", message, Place(str(ledger.name)), hint)


def _escaped(path: Path) -> str:
    return str(path).replace("'", "''")
