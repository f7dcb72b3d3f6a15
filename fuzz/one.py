"""Runs atheris on one target: `python -m fuzz.one TARGET CORPUS [options of libFuzzer]`."""

from __future__ import annotations

import sys
from pathlib import Path

import atheris


def main() -> None:
    """Fuzz until a limit is reached or an input breaks the target."""
    name, corpus, *options = sys.argv[1:]
    with atheris.instrument_imports(include=["steelyard"]):
        from fuzz.targets import TARGETS
    from fuzz.seeds import SEEDS

    for number, seed in enumerate(SEEDS.get(name, ())):
        Path(corpus, f"seed-{number}").write_bytes(seed)
    target = TARGETS[name]
    target(b"")  # so that what is made once is no part of the first input
    atheris.Setup([sys.argv[0], corpus, *options], target)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
