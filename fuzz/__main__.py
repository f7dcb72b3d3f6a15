"""Runs atheris on one parser or on all in turn: `python -m fuzz [--minutes 5] [--seed 1] [TARGET ...]`.

Each target runs in a process of its own, from samples in fuzz/seeds.py, for its part of the time; as many run
beside each other as there are processors. `any` is all targets in one process. An input that breaks one is
kept in fuzz/found/TARGET-..., and the exit code is 1.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

FOUND = Path(__file__).parent / "found"
# An input that takes longer, in seconds, or more memory, in megabytes, is a finding too.
_SLOW, _LARGE = 20, 2_000
_ANY = "any"
_RUN = re.compile(r"stat::number_of_executed_units:\s*(\d+)")


def main() -> int:
    """Run what the command line asks for; 1 where a target broke."""
    from fuzz.targets import TARGETS

    parser = argparse.ArgumentParser(prog="python -m fuzz", description="Look for what breaks a parser.")
    parser.add_argument(
        "targets", nargs="*", metavar="TARGET", help=f"of {', '.join(TARGETS)}, or any; each if none"
    )
    parser.add_argument("--minutes", type=float, default=5.0, help="of processors, in all; 5 unless given")
    parser.add_argument("--seed", type=int, default=0, help="of chance, to try the same again; 0 for any")
    parser.add_argument("--runs", type=int, default=-1, help="inputs of each; as many as time allows if not")
    parser.add_argument("--kept", type=Path, help="a folder in which inputs that reach new code stay")
    asked = parser.parse_args()
    names = asked.targets or list(TARGETS)
    if unknown := [name for name in names if name not in (*TARGETS, _ANY)]:
        parser.error(f"there is no target {unknown[0]!r}; there are {', '.join((*TARGETS, _ANY))}")
    seconds = max(1, round(60 * asked.minutes / len(names)))
    run = partial(_run, seconds=seconds, runs=asked.runs, kept=asked.kept)
    seeds = [asked.seed and asked.seed + number for number in range(len(names))]
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        broken = [name for name, sound in zip(names, pool.map(run, names, seeds), strict=True) if not sound]
    print(f"Broken: {', '.join(broken)}; inputs in {FOUND}" if broken else "Nothing broke.")
    return 1 if broken else 0


def _run(name: str, seed: int, *, seconds: int, runs: int, kept: Path | None) -> bool:
    """Whether one target held, in a process of its own; what that printed is told where it did not."""
    FOUND.mkdir(exist_ok=True)
    with TemporaryDirectory(prefix="steelyard-fuzz-") as folder:
        corpus = kept / name if kept else Path(folder)
        corpus.mkdir(parents=True, exist_ok=True)
        limits = [
            f"-max_total_time={seconds}",
            f"-timeout={_SLOW}",
            f"-rss_limit_mb={_LARGE}",
            f"-seed={seed}",
            f"-runs={runs}",
        ]
        told = ["-print_final_stats=1", f"-artifact_prefix={FOUND / name}-"]
        command = [sys.executable, "-m", "fuzz.one", name, str(corpus), *limits, *told]
        print(f"{name}: {seconds} s", flush=True)
        ended = subprocess.run(
            command,
            check=False,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
        )
    tried = _RUN.search(ended.stdout)
    if ended.returncode:
        print(ended.stdout)
    print(
        f"{name}: {tried[1] if tried else 'no'} inputs, {'broken' if ended.returncode else 'nothing broke'}"
    )
    return ended.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
