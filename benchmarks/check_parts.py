"""How long very large ledgers take to be checked part by part, and what memory that needs.

The ledger is made of a hundred thousand made-up claims (tests/check/synthetic_claims.py), repeated under
other names of actors and documents as often as it takes. Seconds are those of the clock, from the file to the
last finding, with two processes; beside them those of dealing out, and the most memory that this process and
the largest of the others had. Give other sizes as arguments; without any it is the hundred thousand.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import duckdb

from steelyard.apart import PART, LargeLedger, _deal, check_in_parts
from steelyard.store import ledger_to_parquet
from tests.check.synthetic_claims import claims_of

STEM = 100_000
JOBS = 2


def made(size: int, folder: Path) -> LargeLedger:
    """A ledger of about so many claims in a file."""
    stem, path = folder / "stem.parquet", folder / f"{size}.parquet"
    if not stem.exists():
        stem.write_bytes(ledger_to_parquet(claims_of(min(size, STEM), 1)))
    times = max(1, round(size / STEM))
    with duckdb.connect() as database:
        database.execute("SET enable_progress_bar = false")
        database.execute(
            f"""
            COPY (SELECT * REPLACE (
                actor || '-' || copy AS actor, copy || '/' || document AS document, id || '-' || copy AS id
            ) FROM range({times}) AS copies(copy), read_parquet('{stem}')) TO '{path}' (FORMAT parquet)
            """
        )
        found = database.execute(f"SELECT count(*) FROM '{path}'").fetchone()
    return LargeLedger((path,), found[0] if found else 0)


def megabytes(who: int) -> int:
    """The most memory of this process, or of the largest that it waited for."""
    return resource.getrusage(who).ru_maxrss // 1024


def main() -> int:
    """Print a row for each size."""
    sizes = [int(size) for size in sys.argv[1:]] or [STEM]
    with tempfile.TemporaryDirectory() as name:
        for size in sizes:
            ledger = made(size, Path(name))
            begun = time.monotonic()
            with tempfile.TemporaryDirectory() as beside:
                _deal(ledger, Path(beside, "dealt.parquet"), PART, Path(beside))
            dealt = time.monotonic() - begun
            begun = time.monotonic()
            found = check_in_parts(ledger, jobs=JOBS)
            lines = sum(piece.count("\n") for piece in found.lines)
            took = time.monotonic() - begun
            print(
                f"{ledger.claims:,} claims: {took:.1f} s, of which {dealt:.1f} s to deal out;"
                f" {lines:,} findings;"
                f" {megabytes(resource.RUSAGE_SELF):,} MB here,"
                f" {megabytes(resource.RUSAGE_CHILDREN):,} MB in the largest other process",
                flush=True,
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
