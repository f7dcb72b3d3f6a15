"""What a page of a crawl costs at each station of its way into a ledger: cut, read, sent, written, compared.

The pages are as heavy as those that a crawler fetches: an article of about 2.4 kB in 190 kB of markup and
scripts. Costs are processor seconds but for writing, which waits for the disk. What it prints, and `--write`
puts into rates.json beside this file, is what `python -m tools.reckoning` reckons with. Linux only.

    python benchmarks/crawl.py             measure and print
    python benchmarks/crawl.py --write     into rates.json too
"""

from __future__ import annotations

import argparse
import json
import os
import pickle
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import duckdb

from benchmarks.scale import PARAGRAPHS, ROOT, as_page, as_record, read, texts
from steelyard.core.vocabulary import load_vocabulary
from steelyard.corpus.copies import NUMBERS, copies_among
from steelyard.corpus.parts import Part, inputs_of, parts_of
from steelyard.corpus.reading import Shard, read_part
from steelyard.corpus.shards import Shards, lines_of
from steelyard.engine import stream_pure

RATES = Path(__file__).with_name("rates.json")
PAGE_BYTES = 190_000
PAGES = 240
# Without what a page repeats, gzip would fold it up to less than a crawl's pages, which take a fifth.
WORDS, DIGITS = 4_000, 14
# Files and texts in each: many small ones, and a million texts in few.
COMPARED = ((2_000, 80), (10, 100_000))
LINES = 20_000
TASKS = 300
PAYLOADS = (1_000, 8_000_000)
LARGE_TASKS = 24
Rates = dict[str, float]


def heavy(page: bytes, draw: random.Random) -> bytes:
    """The page with menus, boxes and scripts around its article, up to the size of a page of a crawl."""
    words = [f"{draw.getrandbits(4 * DIGITS):x}" for _ in range(WORDS)]
    made: list[str] = []
    size = len(page)
    while size < PAGE_BYTES:
        one, two, three = (draw.choice(words) for _ in range(3))
        box = f'<div class="c-{one} box"><a href="/{two}" data-id="{three}"><span>{one}</span></a></div>'
        script = (
            f'<script>window.q.push({{"id":"{two}","slot":"{three}","sizes":[[300,250],[728,90]]}})</script>'
        )
        made.append(draw.choice((box, script)))
        size += len(made[-1])
    return page.replace(b"<footer>", f"<footer>{''.join(made)}".encode())


def plain(count: int) -> Iterator[str]:
    """So many articles without a figure, as most say nothing about a budget."""
    draw = random.Random(1)
    blocks = (ROOT / "benchmarks" / "texts" / "plain.txt").read_text(encoding="utf-8").strip().split("\n\n")
    for _ in range(count):
        yield "\n\n".join(["Date: 24 January 2026", *draw.sample(blocks, PARAGRAPHS)])


def crawl_of(path: Path, articles: Iterable[str]) -> Path:
    """A WARC of heavy pages."""
    draw = random.Random(1)
    with path.open("wb") as file:
        for number, text in enumerate(articles):
            file.write(as_record(heavy(as_page(text), draw), number))
    return path


def used() -> float:
    """Processor seconds of this process until now."""
    return time.process_time()


def cut(crawl: Path) -> tuple[list[Part], float]:
    """The parts of a crawl, and the seconds that cutting takes for each page."""
    begun = used()
    parts = [
        part for part in parts_of(inputs_of([str(crawl)], print, lambda _: False), "", lambda _: None)
        if isinstance(part, Part)
    ]  # fmt: skip
    return parts, (used() - begun) / PAGES


def shards_of(parts: Sequence[Part], vocabulary: bytes) -> tuple[list[Shard], float]:
    """The shards of parts, and the seconds that reading takes for each page."""
    read_part(vocabulary, None, replace(parts[0], members=parts[0].members[:2]))
    begun = used()
    shards = [read_part(vocabulary, None, part) for part in parts]
    return shards, (used() - begun) / PAGES


def pages(folder: Path) -> tuple[Rates, list[Shard]]:
    """What pages cost until they are read, and how large they are; the shards of those with figures."""
    vocabulary = pickle.dumps(load_vocabulary()[0])
    kinds = {"plain": plain(PAGES), "dense": texts(PAGES)}
    found: Rates = {}
    for kind, articles in kinds.items():
        crawl = crawl_of(folder / f"{kind}.warc.gz", articles)
        parts, cutting = cut(crawl)
        shards, reading = shards_of(parts, vocabulary)
        stored = sum(len(data) for shard in shards for data in shard.tables.values())
        found |= {
            f"read_s_per_{kind}_page": reading,
            f"claims_per_{kind}_page": sum(int(str(shard.line["claims"])) for shard in shards) / PAGES,
            f"ledger_bytes_per_{kind}_page": stored / PAGES,
        }
    begun = used()
    sent = sum(len(pickle.dumps(part)) for part in parts)
    found |= {
        "cut_s_per_page": cutting,
        "pickle_s_per_page": (used() - begun) / PAGES,
        "unfolded_bytes_per_page": PAGE_BYTES,
        "archive_bytes_per_page": crawl.stat().st_size / PAGES,
        "pages_per_part": len(parts[0].members),
        "sent_bytes_per_page": sent / PAGES,
        "manifest_bytes_per_part": len(json.dumps(shards[0].line)),
    }
    return found, shards


def written(folder: Path, shards: Sequence[Shard]) -> Rates:
    """The seconds of the clock until a part is on the disk, and what lines of a manifest take in memory."""
    ledger = folder / "ledger"
    ledger.mkdir()
    keeper = Shards(ledger, {})
    begun, count = time.monotonic(), 0
    for turn in range(8):
        for shard in shards:
            keeper.add(Shard({**shard.line, "shard": f"{turn}-{shard.line['shard']}"}, shard.tables))
            count += 1
    wrote = (time.monotonic() - begun) / count
    line = json.dumps(shards[0].line)
    with (ledger / "manifest.jsonl").open("w", encoding="utf-8") as file:
        file.write("{}\n" + f"{line}\n" * LINES)
    tracemalloc.start()
    kept = lines_of(ledger)
    memory = tracemalloc.get_traced_memory()[0] / len(kept)
    tracemalloc.stop()
    begun = used()
    lines_of(ledger)
    return {
        "write_clock_s_per_part": wrote,
        "manifest_memory_bytes_per_part": memory,
        "manifest_load_s_per_part": (used() - begun) / LINES,
    }


def compared(folder: Path) -> Rates:
    """The processor seconds of looking for copies by file and by text, from two sizes of a ledger.

    The texts are all different; a million of them do not fit into what the search may hold in memory.
    """
    took: list[float] = []
    for files, texts_a_file in COMPARED:
        base = folder / f"{files}x{texts_a_file}"
        base.mkdir()
        with duckdb.connect() as database:
            for number in range(files):
                database.execute(
                    f"""
                    COPY (SELECT '{number}#' || text AS document,
                      [(hash({number}, text, n) % 4294967296)::UINTEGER FOR n IN range({NUMBERS})]
                        AS signature
                      FROM range({texts_a_file}) AS texts(text)) TO '{base}/{number}.parquet'
                    """
                )
        begun = used()
        list(copies_among([base / f"{number}.parquet" for number in range(files)]))
        took.append(used() - begun)
    (many, few), (_, long) = COMPARED
    by_text = (took[1] - took[0]) / (COMPARED[1][0] * long - many * few)
    by_file = (took[0] - many * few * by_text) / many
    return {
        "compare_s_per_file": max(by_file, 0),
        "compare_s_per_text": by_text,
        "signature_bytes_per_text": 4 * NUMBERS,
    }


def echoed(payload: bytes) -> bytes:
    """A task that does nothing but send back a tenth, as shards are smaller than pages."""
    return payload[: len(payload) // 10]


@contextmanager
def crew(folder: Path) -> Iterator[tuple[str, int]]:
    """A scheduler with two workers: its address, and the number of its process."""
    environment = os.environ | {"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    begun: list[subprocess.Popen[bytes]] = []

    def start(*words: str) -> str:
        log = folder / f"{len(begun)}.log"
        with log.open("w") as told:
            command = [sys.executable, "-m", "dask", *words, "--host", "127.0.0.1", "--no-dashboard"]
            begun.append(subprocess.Popen(command, stderr=told, cwd=folder, env=environment))
        while not (found := re.search(r" at: +(tcp\S+)", log.read_text())):
            if begun[-1].poll() is not None:
                raise ChildProcessError(log.read_text())
            time.sleep(0.05)
        return found[1]

    try:
        address = start("scheduler", "--port", "0")
        for _ in range(2):
            start("worker", address, "--no-nanny", "--nthreads", "1")
        yield address, begun[0].pid
    finally:
        for process in begun:
            process.kill()
            process.wait()


def used_by(process: int) -> float:
    """Processor seconds of another process until now."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def scheduled(folder: Path) -> Rates:
    """What a task costs the scheduler, and the process that gives it, by itself and by megabyte."""
    took: list[tuple[float, float]] = []
    with crew(folder) as (address, scheduler):
        list(stream_pure(echoed, [b"x"] * 20, cluster=address))
        for size, count in zip(PAYLOADS, (TASKS, LARGE_TASKS), strict=True):
            begun, own = used_by(scheduler), used()
            list(stream_pure(echoed, (os.urandom(size) for _ in range(count)), cluster=address))
            took.append(((used_by(scheduler) - begun) / count, (used() - own) / count))
    small, large = took
    megabytes = 1.1 * (PAYLOADS[1] - PAYLOADS[0]) / 1e6
    return {
        "scheduler_s_per_task": small[0],
        "scheduler_s_per_megabyte": (large[0] - small[0]) / megabytes,
        "giver_s_per_task": small[1],
        "giver_s_per_megabyte": (large[1] - small[1]) / megabytes,
    }


def main(arguments: list[str] | None = None) -> int:
    """Measure, print and keep the rates."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--write", action="store_true", help="put them into rates.json")
    chosen = options.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # First, for the most memory of a process counts what its parent had when it began.
        whole = read(crawl_of(folder / "whole.warc.gz", texts(PAGES)), folder / "read whole", 1)
        found, shards = pages(folder)
        for station in (lambda base: written(base, shards), compared, scheduled):
            found |= station(folder)
        found["memory_bytes_of_a_process"] = whole["megabytes"] * 2**20
    measured = {
        "day": datetime.now(UTC).date().isoformat(),
        "processors": os.cpu_count() or 1,
        "condition": f"with a load of {os.getloadavg()[0]:.1f}",
    }
    text = json.dumps(
        {**measured, "rates": {name: float(f"{value:.4g}") for name, value in found.items()}}, indent=2
    )
    print(text)
    if chosen.write:
        RATES.write_text(f"{text}\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.exit(main())
