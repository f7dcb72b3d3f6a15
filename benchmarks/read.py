"""How fast documents are read into claims, whether time grows with length only, against a plain search.

The text is the sources of cases/korea-2026, repeated to 8, 80 and 800 kB. The floor is a forty-line reader by
regular expressions that knows no actor, measure or period: it is what finding numbers alone costs.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

from steelyard.core.vocabulary import Vocabulary, load_vocabulary
from steelyard.read import read_document
from steelyard.read.document import Document

SOURCES = Path(__file__).resolve().parent.parent / "cases" / "korea-2026" / "sources"
SIZES = (8_000, 80_000, 800_000)
REPEATS = 3
LEAST_KB_PER_SECOND = 100
# Twice as long may take this much more than twice the time before it counts as more than linear.
SLACK = 1.5

PLAIN_SENTENCE = re.compile(r"[^.!?\n]+(?:[.](?=\d)[^.!?\n]*)*[.!?\n]?")
PLAIN_FIGURE = re.compile(
    r"(?P<hedge>(?:about|nearly|more than|some|at least)\s)?(?P<currency>[$€£¥₩])?"
    r"(?P<digits>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)"
    r"\s?(?P<scale>thousand|million|billion|trillion)?\s?(?P<unit>%|per cent|won|euros|yen|troops)?"
)
PLAIN_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}


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


def text_of(size: int) -> str:
    """The case's sources, repeated up to `size` characters; their date lines are left out."""
    parts = (path.read_text(encoding="utf-8") for path in sorted(SOURCES.glob("*.txt")))
    once = "\n\n".join(re.sub(r"(?m)^Date:.*$", "", part) for part in parts) + "\n\n"
    return (once * (size // len(once) + 1))[:size]


def seconds(work: Callable[[], object]) -> float:
    """The least time of some runs."""
    best = float("inf")
    for _ in range(REPEATS):
        begun = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - begun)
    return best


def measure(size: int, vocabulary: Vocabulary) -> float:
    """Print one row for a text of `size` characters; the seconds that reading it takes."""
    document = Document("brief.txt", text_of(size), date(2026, 1, 24))
    ledger, _ = read_document(document, vocabulary)
    took, plain = (
        seconds(lambda: read_document(document, vocabulary)),
        seconds(lambda: plain_figures(document.text)),
    )
    speed = size / took / 1000
    row = f"  {size / 1000:5.0f} kB {took:8.3f} s {speed:7.0f} kB/s {len(ledger):6} claims"
    print(f"{row} {took / plain:5.1f} x the floor")
    return took


def main() -> int:
    """Print the rows and whether both bars hold; 1 where one does not."""
    vocabulary, _ = load_vocabulary()
    times = [measure(size, vocabulary) for size in SIZES]
    speed = SIZES[-1] / times[-1] / 1000
    growth = times[-1] / times[-2] / (SIZES[-1] / SIZES[-2])
    print(f"  {speed:.0f} kB/s on one core (at least {LEAST_KB_PER_SECOND} is asked)")
    print(
        f"  ten times the length takes {10 * growth:.1f} times the time (at most {10 * SLACK:.0f} is asked)"
    )
    return int(speed < LEAST_KB_PER_SECOND or growth > SLACK)


if __name__ == "__main__":
    sys.exit(main())
