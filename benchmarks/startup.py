"""How soon steelyard answers: its help, a case built from nothing, and the same case built again.

Run it with `make bench`; it needs the environment that `make setup` makes. The goals are those of a person
who waits at a terminal, on a machine with two cores.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CASE = ROOT / "cases" / "korea-2026"
STEELYARD = shutil.which("steelyard", path=sysconfig.get_path("scripts")) or "steelyard"


def seconds(*arguments: str) -> float:
    """How long one run of steelyard takes, start of the interpreter included."""
    start = time.perf_counter()
    done = subprocess.run([STEELYARD, *arguments], capture_output=True, encoding="utf-8", errors="replace")
    passed = time.perf_counter() - start
    if done.returncode:
        sys.exit(f"steelyard {' '.join(arguments)} gave {done.returncode}:\n{done.stderr}")
    return passed


def report(label: str, goal: float, runs: int, run: Callable[[], float]) -> None:
    """Print the median of `runs` runs beside its goal, both in seconds."""
    median = statistics.median(run() for _ in range(runs))
    print(f"{label:<24} {median:6.2f} s   goal {goal:.1f} s   {'met' if median <= goal else 'MISSED'}")


def main() -> None:
    """Time the three on a copy of the case, so that what was built here stays as it is."""
    with tempfile.TemporaryDirectory() as folder:
        case = shutil.copytree(CASE, Path(folder) / CASE.name, ignore=shutil.ignore_patterns("out"))

        def build_from_nothing() -> float:
            shutil.rmtree(case / "out", ignore_errors=True)
            return seconds("build", str(case))

        report("steelyard --help", 0.2, 9, lambda: seconds("--help"))
        report("build from nothing", 5.0, 5, build_from_nothing)
        report("build, nothing changed", 0.5, 9, lambda: seconds("build", str(case)))


if __name__ == "__main__":
    main()
