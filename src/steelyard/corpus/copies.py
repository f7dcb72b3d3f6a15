"""Near-identical texts: what an agency wrote and fifty sites printed is one voice.

A text is told by MinHash (Broder 1997) over its runs of five words: of two texts the share of equal numbers
estimates the share of runs that they have in common. Texts that agree in all numbers of some band are
compared; those with most runs in common are copies of the first of them.
"""

from __future__ import annotations

import re
import tempfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from steelyard.core.claim import Claim
from steelyard.store import opened_database, quoted

if TYPE_CHECKING:
    from datasketch import MinHash

    from steelyard.check.findings import Finding

# Copies share so many of their runs. An agency's text keeps more than that under another headline and with
# a closing line of the site; two articles on one event share hardly any.
LIKENESS = 0.8
RUN = 5
# Of so many numbers the estimate is out by 0.04 as a rule. Of so many a band, two texts that share four
# fifths of their runs agree in none of the twenty bands once in four hundred times, those that share two
# fifths in one of them once in twelve.
NUMBERS, BAND = 120, 6
# A text of fewer words says too little to be told apart from others.
_FEWEST_WORDS = 20
# Signs of languages that set no blanks count as words.
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W\u3040-\u30ff\u3400-\u9fff]+")
_AT_ONCE = 1000
_NAMING = ("part_of", "conversion_of")
# Keys that tell where a claim stands, and that are other in every copy.
_PLACE = {
    *("id", "document", "start", "end", "sentence_start", "sentence_end", "locator", "said"),
    *("confidence", "reasons", "follows", *_NAMING),
}


@dataclass(frozen=True, slots=True)
class Copy:
    """Another place where a claim stands word for word, in a copy of its text."""

    document: str
    start: int
    end: int

    def to_json(self) -> dict[str, object]:
        """The place as plain data."""
        return {"document": self.document, "start": self.start, "end": self.end}


# The other places of claims, by their ids.
Copies = Mapping[str, Sequence[Copy]]


def numbers_of(text: str, left_out: Sequence[tuple[int, int]] = ()) -> list[int] | None:
    """The numbers by which a text is told, without the spans that are no part of what it says.

    None where it is too short.
    """
    kept, place = [], 0
    for start, end in sorted(left_out):
        kept.append(text[place:start])
        place = max(place, end)
    words = _WORD.findall("".join([*kept, text[place:]]).lower())
    if len(words) < _FEWEST_WORDS:
        return None
    runs = {" ".join(words[at : at + RUN]).encode() for at in range(len(words) - RUN + 1)}
    sketch = _empty_sketch().copy()
    sketch.update_batch(sorted(runs))
    return [int(number) for number in sketch.hashvalues]


@cache
def _empty_sketch() -> MinHash:
    from datasketch import MinHash

    return MinHash(num_perm=NUMBERS, seed=1, hashfunc=zlib.crc32, scheme="affine32")


def copies_among(files: Sequence[Path]) -> Iterator[dict[str, object]]:
    """Each document that is a copy, with the first of its kind and how alike it is to the one by which it
    was found, in order.

    `files` are the tables of documents of a ledger in their order. What is kept in memory grows with the
    copies alone; the rest is left to the database, which puts on the disk what does not fit.
    """
    if not files:
        return
    voices: dict[int, tuple[int, str]] = {}
    with (
        tempfile.TemporaryDirectory() as folder,
        opened_database(memory_limit="500MB", temp_directory=folder) as database,
    ):
        listed = ", ".join(quoted(str(file)) for file in files)
        for step in (_PARTS, _TEXTS, _PAIRS, _COMPARED):
            database.execute(step.format(files=f"[{listed}]"))
        rows = database.execute(_NAMED)
        while some := rows.fetchmany(_AT_ONCE):
            for number, name, first, first_name, equal in some:
                if number not in voices:
                    voices[number] = voices.get(first, (first, first_name))
                    yield {
                        "document": name,
                        "voice": voices[number][1],
                        "likeness": round(equal / NUMBERS, 3),
                    }


# Documents are numbered in the order of the ledger.
_PARTS = """
CREATE TABLE parts AS SELECT unnest({files}) AS file, generate_subscripts({files}, 1) AS part
"""
_TEXTS = """
CREATE TABLE texts AS
SELECT part * 4294967296 + file_row_number AS number, document, signature
FROM read_parquet({files}, filename = true, file_row_number = true) JOIN parts ON file = filename
WHERE signature IS NOT NULL
"""
# Each text is laid beside the first that agrees with it in a band, and beside the last before it.
_PAIRS = f"""
CREATE TABLE pairs AS
WITH bands AS (
  SELECT number, band, hash(list_slice(signature, band * {BAND} + 1, band * {BAND} + {BAND})) AS value
  FROM texts, range({NUMBERS // BAND}) AS bands(band)
), near AS (
  SELECT number, min(number) OVER alike AS first, lag(number) OVER alike AS previous
  FROM bands WINDOW alike AS (PARTITION BY band, value ORDER BY number)
)
SELECT DISTINCT number, unnest([first, previous]) AS other FROM near WHERE previous IS NOT NULL
"""
_COMPARED = f"""
CREATE TABLE alike AS
WITH numbers AS (
  SELECT pairs.number, pairs.other, unnest(one.signature) AS here, unnest(two.signature) AS there
  FROM pairs JOIN texts AS one USING (number) JOIN texts AS two ON two.number = pairs.other
)
SELECT number, other, count(*) FILTER (here = there) AS equal FROM numbers GROUP BY number, other
HAVING equal >= {LIKENESS * NUMBERS}
"""
_NAMED = """
SELECT alike.number, one.document, alike.other, two.document, alike.equal
FROM alike JOIN texts AS one USING (number) JOIN texts AS two ON two.number = alike.other
ORDER BY alike.number, alike.other
"""


def copies_of(finding: Finding, copies: Copies) -> dict[str, object]:
    """Where else the claims of a finding stand, as plain data."""
    return {
        "copies": [
            {"claim": claim.id, **copy.to_json()}
            for claim in (*finding.claims, *finding.given)
            for copy in copies.get(claim.id, ())
        ]
    }


def one_voice(
    claims: Iterable[Claim], voices: Mapping[str, str]
) -> tuple[list[Claim], dict[str, list[Copy]]]:
    """The claims, of copies of one text only the first of those that say the same; and where others stand.

    `voices` gives the first of its kind for each document that is a copy. What a copy says otherwise, such as
    another number, stays: that is a claim of its own.
    """
    of_copies = {*voices, *voices.values()}
    first: dict[tuple[object, ...], Claim] = {}
    kept: list[Claim] = []
    renamed: dict[str, str] = {}
    copies: dict[str, list[Copy]] = {}
    for claim in claims:
        if claim.document in of_copies:
            told = first.setdefault((voices.get(claim.document, claim.document), *_said(claim)), claim)
            if told is not claim and told.document != claim.document:
                renamed[claim.id] = told.id
                copies.setdefault(told.id, []).append(Copy(claim.document, claim.start, claim.end))
                continue
        kept.append(claim)
    return [_referring(claim, renamed) for claim in kept] if renamed else kept, copies


def _said(claim: Claim) -> Iterator[object]:
    return (value for key, value in claim.__dict__.items() if key not in _PLACE)


def _referring(claim: Claim, renamed: Mapping[str, str]) -> Claim:
    """The claim with the ids of those that are kept in place of those that are not."""
    named = {key: renamed[old] for key in _NAMING if (old := getattr(claim, key)) in renamed}
    return claim.changed(**named) if named else claim
