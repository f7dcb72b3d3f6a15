"""How fast a corpus is read into a ledger, in what memory, and whether one that was killed ends the same.

The documents are made from texts of our own by substitution: paragraphs of the sources of cases/korea-2026
and of texts/plain.txt, drawn by a seed, with other numbers, years and states. Rates are of processor seconds,
so that other programs on the machine count little; how two processes share the work is of the clock, and
`--whole` gives its time too.

    python benchmarks/scale.py                               rates by kind, memory by size, two processes
    python benchmarks/scale.py --whole 100000 --kills 10     a corpus, undisturbed and killed ten times
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import os
import random
import re
import resource
import signal
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "cases" / "korea-2026" / "sources"
TOLD = ("budget-brief.txt", "strategy-note.txt")
STATES = ("South Korea", "Japan", "Germany", "Poland", "France", "Norway", "Canada", "Australia")
PARAGRAPHS = 6
RATE_DOCUMENTS = 1000  # so many that starting, which is taken off, is little beside them
MEMORY_DOCUMENTS = (1_000, 3_000)
MOST_GROWTH = 1.15
LINES_A_PAGE = 50
SHARED_DOCUMENTS = 4_096
LEAST_EFFICIENCY = 0.85
ARCHIVED = 20_000

READ = """
import json, resource, sys
from pathlib import Path
from steelyard.core.vocabulary import load_vocabulary
from steelyard.confined import end_all
from steelyard.corpus.making import read_corpus

if __name__ == "__main__":
    done = read_corpus([sys.argv[1]], Path(sys.argv[2]), load_vocabulary()[0], jobs=int(sys.argv[3]))
    end_all()  # what reads PDFs counts when it has ended
    own, others = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    seconds = sum(each.ru_utime + each.ru_stime for each in (own, others))
    print(json.dumps({**done.counts, "parts": done.parts, "kept": done.kept, "copies": done.copies,
                      "seconds": seconds, "megabytes": own.ru_maxrss / 1024,
                      "of a worker": others.ru_maxrss / 1024}))
"""


def paragraphs() -> list[str]:
    """The paragraphs from which documents are made."""
    told = [(SOURCES / name).read_text(encoding="utf-8") for name in TOLD]
    told.append((ROOT / "benchmarks" / "texts" / "plain.txt").read_text(encoding="utf-8"))
    blocks = [block.strip() for text in told for block in text.split("\n\n")]
    return [block for block in blocks if len(block) > 100 and not block.startswith("Date:")]


def texts(count: int, seed: int = 1) -> Iterator[str]:
    """So many documents, the same for the same seed."""
    draw = random.Random(seed)
    blocks = paragraphs()
    for _ in range(count):
        day = f"Date: {draw.randint(1, 28)} January {draw.randint(2024, 2026)}"
        state = draw.choice(STATES)
        chosen = draw.sample(blocks, PARAGRAPHS)
        yield "\n\n".join([day, *(_substituted(block, state, draw) for block in chosen)]) + "\n"


def _substituted(block: str, state: str, draw: random.Random) -> str:
    """The paragraph on another state, with other digits in place of those before the stop."""
    block = block.replace("South Korea", state)
    return re.sub(r"(?<![\d.,])\d{1,2}(?=\.\d)", lambda match: str(draw.randint(10, 99)), block)


def as_page(text: str) -> bytes:
    """A page of the web with the text as its article."""
    title, *body = text.strip().split("\n\n")
    told = "".join(f"<p>{block}</p>" for block in body)
    menu = "".join(f"<li><a href='/{n}'>Part {n}</a></li>" for n in range(40))
    page = (
        f"<html lang='en'><head><meta charset='utf-8'><title>{title}</title></head><body><nav><ul>{menu}</ul>"
    )
    page += f"</nav><article><h1>{title}</h1>{told}</article><footer>All rights.</footer></body></html>"
    return page.encode()


def as_record(page: bytes, number: int) -> bytes:
    """A record of a crawl, folded up by itself as Common Crawl does."""
    content = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://news.example/{number}\r\n"
    head += f"WARC-Date: 2026-01-24T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:{number}>\r\n"
    head += f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(content)}\r\n\r\n"
    return gzip.compress(head.encode() + content + b"\r\n\r\n", mtime=0)


def as_pdf(text: str) -> bytes:
    """A document for print, fifty lines a page."""
    sys.path.insert(0, str(ROOT))
    from tests.formats.pages import lines, pdf

    words, rows = text.split(), [""]
    for word in words:
        rows = [*rows[:-1], f"{rows[-1]} {word}".strip()] if len(rows[-1]) < 80 else [*rows, word]
    pages = [rows[at : at + LINES_A_PAGE] for at in range(0, len(rows), LINES_A_PAGE)]
    return bytes(pdf(*(lines(50, 50, *page) for page in pages)))


def corpus_of(kind: str, folder: Path, count: int) -> Path:
    """A corpus of documents of a kind."""
    folder.mkdir(parents=True)
    if kind in ("WARC", "lines"):
        path = folder / ("news.warc.gz" if kind == "WARC" else "news.jsonl.gz")
        with path.open("wb") as file:
            for number, text in enumerate(texts(count)):
                line = json.dumps({"text": text, "url": f"http://news.example/{number}"}).encode() + b"\n"
                record = gzip.compress(line, mtime=0) if kind == "lines" else as_record(as_page(text), number)
                file.write(record)
        return path
    makers: dict[str, Callable[[str], bytes]] = {"text": lambda text: text.encode(), "HTML": as_page}
    make = makers.get(kind, as_pdf)
    suffix = {"text": "txt", "HTML": "html", "PDF": "pdf"}[kind]
    for number, text in enumerate(texts(count)):
        (folder / f"{number:05}.{suffix}").write_bytes(make(text))
    return folder


def mixed(folder: Path, count: int) -> Path:
    """A corpus as one is found: archives of files, crawled pages and JSON lines, some thousands in each."""
    folder.mkdir(parents=True)
    documents = texts(count)
    for number, start in enumerate(range(0, count, ARCHIVED)):
        some = [next(documents) for _ in range(min(ARCHIVED, count - start))]
        third = len(some) // 3
        with tarfile.open(folder / f"{number:03}.tar.gz", "w:gz") as archive:
            for place, text in enumerate(some[:third]):
                info = tarfile.TarInfo(f"{place:05}.txt")
                info.size = len(text.encode())
                archive.addfile(info, BytesIO(text.encode()))
        with (folder / f"{number:03}.warc.gz").open("wb") as file:
            for place, text in enumerate(some[third : 2 * third]):
                file.write(as_record(as_page(text), place))
        with gzip.open(folder / f"{number:03}.jsonl.gz", "wt", encoding="utf-8") as lines:
            lines.writelines(json.dumps({"text": text}) + "\n" for text in some[2 * third :])
    return folder


def read(corpus: Path, ledger: Path, jobs: int) -> dict[str, float]:
    """Read a corpus in a process of its own; what it says of itself."""
    command = [sys.executable, "-c", READ, str(corpus), str(ledger), str(jobs)]
    begun = time.monotonic()
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return {**json.loads(done.stdout), "clock": time.monotonic() - begun}


def rates(base: Path, count: int) -> None:
    """Print how many documents and megabytes are read in a second of one processor, by kind."""
    start = read(corpus_of("text", base / "one", 1), base / "one ledger", 1)["seconds"]
    for kind in ("text", "HTML", "PDF", "WARC"):
        corpus = corpus_of(kind, base / kind, count)
        size = sum(path.stat().st_size for path in (corpus.rglob("*") if corpus.is_dir() else [corpus]))
        done = read(corpus, base / f"{kind} ledger", 1)
        took = done["seconds"] - start
        row = f"  {kind:<5} {count / took:8.1f} documents/s {size / took / 1e6:7.3f} MB/s as they lie there"
        print(f"{row} {done['characters'] / took / 1e6:7.3f} MB/s of text  {done['claims']:7.0f} claims")
    print(f"  starting takes {start:.1f} s of the processor")


def memory(base: Path) -> bool:
    """Print the memory for two sizes of a corpus; whether it is flat."""
    found = []
    for count in MEMORY_DOCUMENTS:
        done = read(corpus_of("lines", base / f"m{count}", count), base / f"m{count} ledger", 1)
        found.append(done["megabytes"])
        print(f"  {count:6,} documents: {done['megabytes']:.0f} MB at most")
    return found[-1] <= MOST_GROWTH * found[0]


def efficiency(base: Path) -> float:
    """Print how well two processes share the work: the time of one over twice the time of two, by the clock.

    Starting is in it. It tells something only where nothing else is at work.
    """
    corpus = corpus_of("lines", base / "shared", SHARED_DOCUMENTS)
    one, two = (read(corpus, base / f"shared by {jobs}", jobs)["clock"] for jobs in (1, 2))
    found = one / (2 * two)
    print(
        f"  {SHARED_DOCUMENTS:,} documents: {one:.1f} s with one process, {two:.1f} s with two: {found:.0%}"
    )
    return found


def whole(base: Path, count: int, kills: int, jobs: int) -> bool:
    """Read a mixed corpus once undisturbed, and once killed so many times; whether the bytes are the same."""
    begun = time.monotonic()
    corpus = mixed(base / "whole", count)
    size = sum(path.stat().st_size for path in corpus.iterdir())
    print(f"  made {count:,} documents, {size / 1e6:.0f} MB in archives, in {time.monotonic() - begun:.0f} s")
    done = read(corpus, base / "undisturbed", jobs)
    print(f"  undisturbed: {json.dumps({key: round(value, 1) for key, value in done.items()})}")
    draw, stops = random.Random(1), 0
    command = [sys.executable, "-c", READ, str(corpus), str(base / "killed"), str(jobs)]
    for _ in range(kills):
        child = subprocess.Popen(
            command, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            child.wait(timeout=draw.uniform(0.5, 2 * done["clock"] / max(kills, 1)))
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            stops += 1
        child.wait()
    last = read(corpus, base / "killed", jobs)
    same = content(base / "undisturbed") == content(base / "killed")
    print(f"  killed {stops} times; the last run read {last['parts']:.0f} parts and kept {last['kept']:.0f}")
    print(f"  the bytes are {'the same' if same else 'OTHERS'}")
    return same


def content(folder: Path) -> dict[str, str]:
    """The hash of each file in a folder."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def main(arguments: list[str] | None = None) -> int:
    """Print the rows; 1 where memory grows with the corpus, two processes share the work badly, or a killed
    run ends otherwise.
    """
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--documents", type=int, default=RATE_DOCUMENTS, help="of each kind, for the rates")
    options.add_argument("--whole", type=int, default=0, metavar="N", help="read a mixed corpus of so many")
    options.add_argument(
        "--kills", type=int, default=5, metavar="N", help="how often it is killed on its way"
    )
    options.add_argument("--jobs", type=int, default=2, metavar="N", help="processes for --whole")
    chosen = options.parse_args(arguments)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with tempfile.TemporaryDirectory() as folder:
        if chosen.whole:
            return int(not whole(Path(folder), chosen.whole, chosen.kills, chosen.jobs))
        rates(Path(folder), chosen.documents)
        is_flat = memory(Path(folder))
        return int(not (is_flat and efficiency(Path(folder)) >= LEAST_EFFICIENCY))


if __name__ == "__main__":
    sys.exit(main())
