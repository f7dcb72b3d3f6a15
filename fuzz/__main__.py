"""Runs atheris on one parser or on all in turn: `python -m fuzz [--minutes 5] [TARGET ...]`.

Each target runs in a process of its own, from samples in fuzz/seeds.py, for its part of the time. An input
that breaks one is kept in fuzz/found/TARGET-..., and the exit code is 1.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

FOUND = Path(__file__).parent / "found"
# An input that takes longer, in seconds, or more memory, in megabytes, is a finding too.
_SLOW, _LARGE = 20, 2_000


def main() -> int:
    """Run what the command line asks for; 1 where a target broke."""
    from fuzz.targets import TARGETS

    parser = argparse.ArgumentParser(prog="python -m fuzz", description="Look for what breaks a parser.")
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=f"of {', '.join(TARGETS)}; all if none")
    parser.add_argument("--minutes", type=float, default=5.0, help="in all; 5 unless given")
    parser.add_argument("--kept", type=Path, help="a folder in which inputs that reach new code stay")
    asked = parser.parse_args()
    names = asked.targets or list(TARGETS)
    if unknown := [name for name in names if name not in TARGETS]:
        parser.error(f"there is no target {unknown[0]!r}; there are {', '.join(TARGETS)}")
    seconds = max(1, round(60 * asked.minutes / len(names)))
    broken = [name for name in names if _run(name, seconds, asked.kept)]
    print(f"Broken: {', '.join(broken)}; inputs in {FOUND}" if broken else "Nothing broke.")
    return 1 if broken else 0


def _run(name: str, seconds: int, kept: Path | None) -> int:
    """The exit code of one target in a process of its own."""
    FOUND.mkdir(exist_ok=True)
    with TemporaryDirectory(prefix="steelyard-fuzz-") as folder:
        corpus = kept / name if kept else Path(folder)
        corpus.mkdir(parents=True, exist_ok=True)
        limits = [f"-max_total_time={seconds}", f"-timeout={_SLOW}", f"-rss_limit_mb={_LARGE}"]
        told = ["-print_final_stats=1", f"-artifact_prefix={FOUND / name}-"]
        command = [sys.executable, "-m", "fuzz.one", name, str(corpus), *limits, *told]
        print(f"{name}: {seconds} s", flush=True)
        return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
