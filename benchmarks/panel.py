"""How soon the panel answers: each publisher's file, the measures of a year and of eleven, and the command.

The files are the real ones beside the repository (shared/data); without them the packaged table alone is
timed. Beside each file stands how long plain Python takes to read its cells, and how many times that the
panel needs.
Ends with 1 where a mark is missed.
"""

from __future__ import annotations

import csv
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from steelyard.core.vocabulary import PACKAGED, load_vocabulary
from steelyard.panel import load_panel
from steelyard.panel.measured import measure_panel

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT.parent / "shared" / "data"
FILES = (
    "nato-240617-def-exp-2024-TABLES-en.xlsx",
    "SIPRI-Milex-data-1949-2025_v1.2.xlsx",
    "imf-weo-2025-10-long.csv",
    "API_SP.POP.TOTL_DS2_en_csv_v2.csv",
    "fed-h10-exchange-rates-annual.csv",
)
RUNS = 3
# Seconds: the command with the packaged table, as a person waits for it, and the measures alone.
COMMAND, YEAR, YEARS = 1.0, 0.5, 5.0


def processor(run: Callable[[], object]) -> float:
    """The fewest seconds of processor time of a few runs: others use the machine as well."""
    took = []
    for _ in range(RUNS):
        begun = time.process_time()
        run()
        took.append(time.process_time() - begun)
    return min(took)


def waited(*words: str) -> float:
    """The fewest seconds that one waits for the command, start of the interpreter included."""
    took = []
    for _ in range(RUNS + 1):
        begun = time.perf_counter()
        subprocess.run([sys.executable, "-m", "steelyard", *words], check=True, capture_output=True)
        took.append(time.perf_counter() - begun)
    return min(took[1:])


def plainly(path: Path) -> None:
    """Read all cells and do nothing with them."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            list(csv.reader(file))
    else:
        from openpyxl import load_workbook

        for sheet in load_workbook(path, data_only=True).worksheets:
            list(sheet.iter_rows(values_only=True))


def told(label: str, seconds: float, mark: float) -> bool:
    """Print a time beside its mark; whether it is met."""
    met = seconds <= mark
    print(f"{label:<44} {seconds:6.2f} s   mark {mark:.1f} s   {'met' if met else 'MISSED'}")
    return met


def main() -> int:
    """Time them all."""
    vocabulary, _ = load_vocabulary()
    for path in (DATA / name for name in FILES if DATA.is_dir()):
        took = processor(partial(load_panel, [path], vocabulary))
        plain = processor(partial(plainly, path))
        print(f"{path.name:<44} {took:6.2f} s   plain reading {plain:.2f} s   {took / plain:.1f} times")
    met = []
    packaged = load_panel([PACKAGED / "panel"], vocabulary)
    one = processor(lambda: measure_panel(packaged, "NATO", [2024], vocabulary))
    met.append(told("measures of NATO, 2024, packaged table", one, YEAR))
    if DATA.is_dir():
        panel = load_panel([DATA], vocabulary)
        several = processor(lambda: measure_panel(panel, "NATO", list(range(2014, 2025)), vocabulary))
        met.append(told("measures of NATO, 2014..2024, all files", several, YEARS))
    met.append(told("steelyard panel NATO --year 2024", waited("panel", "NATO", "--year", "2024"), COMMAND))
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
