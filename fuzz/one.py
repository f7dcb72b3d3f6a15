"""Runs atheris on a target or on any: `python -m fuzz.one TARGET|any CORPUS [options of libFuzzer]`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import atheris

ANY = "any"  # all targets in one process, each input's first byte saying which


def main() -> None:
    """Fuzz until a limit is reached or an input breaks the target."""
    name, corpus, *options = sys.argv[1:]
    with atheris.instrument_imports(include=["steelyard"]):
        from fuzz.targets import TARGETS, any_of_them
    from fuzz.seeds import SEEDS

    seeds: Sequence[bytes] = SEEDS.get(name, ())
    if name == ANY:
        seeds = [bytes([at]) + seed for at, one in enumerate(TARGETS) for seed in SEEDS.get(one, ())]
    for number, seed in enumerate(seeds):
        Path(corpus, f"seed-{number}").write_bytes(seed)
    target = any_of_them if name == ANY else TARGETS[name]
    target(b"")  # so that what is made once is no part of the first input
    atheris.Setup([sys.argv[0], corpus, *options], target)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
