"""How fast documents are read into claims, whether time grows with length only, how soon, and in what memory.

The text is in the manner of news, about one figure in 500 characters: sources of cases/korea-2026 and
paragraphs of our own without figures, by turns. The floor is a forty-line reader by regular expressions that
knows no actor, measure or period: it is what finding numbers alone costs. Times are of the processor, so that
other programs on the machine count little. `--peer` also times quantulum3, in an environment made for it.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

from steelyard.core.vocabulary import Vocabulary, load_vocabulary
from steelyard.read import read_document
from steelyard.read.documents.document import Document

HERE = Path(__file__).resolve().parent
SOURCES = HERE.parent / "cases" / "korea-2026" / "sources"
# One of the sources is all figures, and no news.
TOLD = ("budget-brief.txt", "strategy-note.txt")
SIZES = (8_000, 80_000, 800_000, 8_000_000)
MOST_RUNS = 5
LONG_ENOUGH = 2.0  # seconds after which a measurement is not repeated
LEAST_KB_PER_SECOND = 1000
# Times per character may differ by this factor between the sizes before they count as more than linear.
SLACK = 1.5
LEAST_CHARACTERS_A_FIGURE, MOST_CHARACTERS_A_FIGURE = 450, 560
NUMBERS_IN_TABLE = 1200
MOST_START_SECONDS = 0.15
MOST_MEGABYTES = 60
PEER = "quantulum3"
PEER_SIZE = 8_000

PLAIN_SENTENCE = re.compile(r"[^.!?\n]+(?:[.](?=\d)[^.!?\n]*)*[.!?\n]?")
PLAIN_FIGURE = re.compile(
    r"(?P<hedge>(?:about|nearly|more than|some|at least)\s)?(?P<currency>[$€£¥₩])?"
    r"(?P<digits>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)"
    r"\s?(?P<scale>thousand|million|billion|trillion)?\s?(?P<unit>%|per cent|won|euros|yen|troops)?"
)
PLAIN_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}

START = """
import resource, sys, time
import steelyard
from steelyard.core.vocabulary import load_vocabulary
from steelyard.read.documents.document import Document
document = Document("brief.txt", "South Korea set its 2026 defence budget at $46.1 billion.")
found, _ = steelyard.read_document(document, load_vocabulary()[0])
assert len(found) == 1
unit = 1024 * 1024 if sys.platform == "darwin" else 1024
print(time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit)
"""
PEER_RUN = """
import sys, time
from quantulum3 import parser
text = open(sys.argv[1], encoding="utf-8").read()
parser.parse("5 kg")
begun = time.process_time()
found = parser.parse(text)
print(time.process_time() - begun, len(found))
"""


def plain_figures(text: str) -> list[tuple[int, int, Decimal, Decimal, str]]:
    """Numbers with a unit: their span, bounds by their digits, and unit."""
    found = []
    for sentence in PLAIN_SENTENCE.finditer(text):
        for match in PLAIN_FIGURE.finditer(text, sentence.start(), sentence.end()):
            unit = match["currency"] or match["unit"]
            if not unit:
                continue
            digits = match["digits"].replace(",", "")
            half = Decimal(5).scaleb(-len(digits.partition(".")[2]) - 1)
            scale = PLAIN_SCALES.get(match["scale"], 1)
            value = Decimal(digits)
            found.append((match.start(), match.end(), (value - half) * scale, (value + half) * scale, unit))
    return found


def news(size: int) -> str:
    """A text in the manner of news, repeated up to `size` characters, without date lines."""
    parts = (path.read_text(encoding="utf-8") for path in map(SOURCES.joinpath, TOLD))
    told = [re.sub(r"(?m)^Date:.*$", "", part).strip() for part in parts]
    plain = (HERE / "texts" / "plain.txt").read_text(encoding="utf-8").strip().split("\n\n")
    share = len(plain) // len(told) + 1
    blocks = [block for n, one in enumerate(told) for block in (one, *plain[n * share : (n + 1) * share])]
    once = "\n\n".join(blocks) + "\n\n"
    return (once * (size // len(once) + 1))[:size]


def seconds(work: Callable[[], object]) -> float:
    """The least processor time of some runs, fewer where they are long."""
    best, spent, runs = float("inf"), 0.0, 0
    while runs == 0 or (runs < MOST_RUNS and spent < LONG_ENOUGH):
        begun = time.process_time()
        work()
        took = time.process_time() - begun
        best, spent, runs = min(best, took), spent + took, runs + 1
    return best


def measure(label: str, text: str, vocabulary: Vocabulary) -> tuple[float, int]:
    """Print one row; the seconds that reading the text takes, and how many figures it holds."""
    document = Document("brief.txt", text, date(2026, 1, 24))
    read_document(Document("brief.txt", text[:2000], date(2026, 1, 24)), vocabulary)
    found: list[int] = []
    took = seconds(lambda: found.append(len(read_document(document, vocabulary)[0].where(kind="figure"))))
    plain = seconds(lambda: plain_figures(text))
    row = f"  {label:<22} {took:8.3f} s {len(text) / took / 1000:7.0f} kB/s {found[0]:6} figures"
    print(f"{row}   floor {len(text) / plain / 1000:5.0f} kB/s")
    return took, found[0]


def start_up() -> tuple[float, float]:
    """Processor seconds and megabytes of a process that imports steelyard and reads its first sentence."""
    with tempfile.TemporaryDirectory() as folder:
        # Compiled modules are kept, as they are for whoever has installed the package.
        env = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        env["PYTHONPYCACHEPREFIX"] = folder
        runs = []
        for _ in range(MOST_RUNS + 1):
            done = subprocess.run(
                [sys.executable, "-c", START], capture_output=True, text=True, env=env, check=True
            )
            runs.append(tuple(map(float, done.stdout.split())))
    return min(took for took, _ in runs[1:]), max(size for _, size in runs[1:])


def peer_speed(text: str) -> str:
    """How fast quantulum3 reads a text, in an environment of its own; why not, where it cannot be had."""
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = str(Path(folder) / ("Scripts" if os.name == "nt" else "bin") / "python")
        path = Path(folder) / "text.txt"
        path.write_text(text, encoding="utf-8")
        install = [python, "-m", "pip", "install", "-q", PEER]
        for command in (install, [python, "-c", PEER_RUN, str(path)]):
            done = subprocess.run(command, capture_output=True, text=True)
            if done.returncode:
                return f"could not be run: {(done.stderr.strip().splitlines() or ['no message'])[-1]}"
        took, found = done.stdout.split()
    return f"{float(took):8.3f} s {len(text) / float(took) / 1000:7.0f} kB/s {found:>6} figures"


def main(arguments: list[str] | None = None) -> int:
    """Print the rows and whether each bar holds; 1 where one does not."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--peer", action="store_true", help=f"time {PEER} on the same text")
    options.add_argument("--json", action="store_true", help="print the numbers as JSON at the end")
    chosen = options.parse_args(arguments)
    # First of all: a new process is told to be as large as this one has been.
    begun, megabytes = start_up()
    vocabulary, _ = load_vocabulary()
    rows = [measure(f"{size / 1000:,.0f} kB of news", news(size), vocabulary) for size in SIZES]
    numbers = "\t".join(f"{1000 + 37 * n:,}" for n in range(NUMBERS_IN_TABLE))
    in_table, _ = measure(f"{NUMBERS_IN_TABLE} numbers, one line", numbers, vocabulary)
    if chosen.peer:
        print(f"  {PEER}, {PEER_SIZE / 1000:.0f} kB       {peer_speed(news(PEER_SIZE))}")
    per_character = [took / size for (took, _), size in zip(rows, SIZES, strict=True)]
    density = SIZES[-1] / max(1, rows[-1][1])
    bars = {
        f"kB/s on one core, at least {LEAST_KB_PER_SECOND}": (
            1 / per_character[-1] / 1000,
            LEAST_KB_PER_SECOND,
            1,
        ),
        f"slowest over fastest size, at most {SLACK}": (max(per_character) / min(per_character), SLACK, -1),
        f"characters a figure, at least {LEAST_CHARACTERS_A_FIGURE}": (density, LEAST_CHARACTERS_A_FIGURE, 1),
        f"characters a figure, at most {MOST_CHARACTERS_A_FIGURE}": (density, MOST_CHARACTERS_A_FIGURE, -1),
        "seconds for the table, at most 1": (in_table, 1, -1),
        f"seconds to the first claims, at most {MOST_START_SECONDS}": (begun, MOST_START_SECONDS, -1),
        f"megabytes then, at most {MOST_MEGABYTES}": (megabytes, MOST_MEGABYTES, -1),
    }
    missed = [name for name, (found, bar, sign) in bars.items() if sign * found < sign * bar]
    for name, (found, _, _) in bars.items():
        print(f"  {name:<44} {found:9.3f}   {'MISSED' if name in missed else 'met'}")
    if chosen.json:
        print(json.dumps({name: round(found, 4) for name, (found, _, _) in bars.items()}))
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main())
