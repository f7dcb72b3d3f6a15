"""How fast contradictions among very many claims are found, and whether time grows with their number only.

Three things are timed, in seconds of one core. The engine, on made-up networks (tests/check/synthetic.py):
eleven measures of many countries over six years, bound by shares, parts, growth, exchange rates and gaps,
and by sums over thirty, a thousand and ten thousand countries. The whole of `check_ledger`, on made-up claims
(tests/check/synthetic_claims.py). And beside them, on a small network, a plain version in fractions and z3 if
it is installed. One claim in a hundred is wrong. Ends with 1 where a mark is missed; `quick` leaves out the
largest sizes.
"""

from __future__ import annotations

import importlib.util
import math
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from steelyard.check import check_ledger
from steelyard.check.circuit import lay_out
from steelyard.check.contradictions import find_contradictions
from steelyard.core.vocabulary import load_vocabulary
from tests.check import plain_contraction
from tests.check.synthetic import made
from tests.check.synthetic_claims import claims_of

SIZES = (1_000, 10_000, 100_000, 1_000_000)
WIDE = (30, 1_000, 10_000)
LEDGERS = (10_000, 30_000, 100_000)
# Seconds for so many claims of a network, and of a ledger; the exponent of time in their number.
MARKS = {100_000: 1.0, 1_000_000: 10.0}
LEDGER_MARK = 30.0
STEEPEST = 1.2
BESIDE = 900
RUNS = 2
Row = tuple[int, float]


def timed(run: Callable[[], object]) -> float:
    """The fewest seconds of processor time of a few runs: others use the machine as well."""
    took = []
    for _ in range(RUNS):
        begun = time.process_time()
        run()
        took.append(time.process_time() - begun)
    return min(took)


def memory() -> str:
    """The most memory that this process has had."""
    return f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024:,} MB"


def engine(title: str, sizes: tuple[int, ...], members: int = 0) -> list[Row]:
    """Print a row for each size of network; the sizes and seconds. Laying out arrays is timed apart."""
    print(f"  {title}")
    rows = []
    for size in sizes:
        network = made(size, 1, members=members).network
        laid = timed(lambda network=network: lay_out(network))  # type: ignore[misc]
        took = timed(lambda network=network: find_contradictions(network, certify=False)) - laid  # type: ignore[misc]
        found = find_contradictions(network, certify=False)
        unproven = sum(not repair.proven for repair in found.repairs)
        rows.append((network.claims, took))
        print(
            f"  {network.claims:9,} claims {took:8.3f} s and {laid:6.3f} s for arrays"
            f" {len(found.conflicts):7,} conflicts {len(found.repairs):6,} repairs, {unproven} not proven"
            f" cheapest, {memory()}",
            flush=True,
        )
    return rows


def ledgers(sizes: tuple[int, ...], actors: int | None = None) -> list[Row]:
    """Print a row for each size of ledger, from claims to findings; the sizes and seconds."""
    vocabulary, _ = load_vocabulary()
    rows = []
    for size in sizes:
        ledger = claims_of(size, 1, actors=actors)
        begun = time.process_time()
        found, _ = check_ledger(ledger, vocabulary)
        took = time.process_time() - begun
        contradicted = sum(one.verdict == "contradicted" for one in found)
        rows.append((len(ledger), took))
        print(
            f"  {len(ledger):9,} claims {took:8.2f} s {contradicted:6,} contradictions"
            f" {len(found):7,} findings, {memory()}",
            flush=True,
        )
    return rows


def exponent(rows: list[Row]) -> float:
    """The power of the number of claims with which time grows, from the second row to the last."""
    (few, short), (many, long) = rows[1], rows[-1]
    return math.log(long / short) / math.log(many / few)


def beside_others() -> None:
    """Print what a plain version in fractions, and z3 where it is installed, take for a small network."""
    ledger = made(BESIDE, 1)
    ours = timed(lambda: find_contradictions(ledger.network, certify=True))
    sound = made(BESIDE, 1, wrong=0).network
    plain = timed(lambda: plain_contraction.contradicts(sound))
    quickly = timed(lambda: find_contradictions(sound, certify=False))
    print(f"  {sound.claims} sound claims: {quickly:.3f} s; by fractions, in turn: {plain:.2f} s")
    print(f"  {ledger.network.claims} claims, certificate included: {ours:.3f} s")
    if importlib.util.find_spec("z3"):
        from benchmarks.judge import components
        from tests.check.exact import Judge

        begun = time.process_time()
        judge = Judge(ledger)
        bad = [group for group in components(judge, ledger.network.claims) if not judge.holds(group)]
        detected = time.process_time() - begun
        for group in bad:
            judge.least_cost(group)
        print(f"  z3: {detected:.2f} s, and {time.process_time() - begun:.2f} s with repairs")


def main() -> int:
    """Print all rows and whether the marks are met; 1 where one is missed."""
    quick = sys.argv[1:] == ["quick"]
    find_contradictions(made(1_000, 1).network)
    missed = []
    steep = {}
    for parts in (0, *WIDE):
        name = f"sums over {parts:,} countries" if parts else "separate countries"
        rows = engine(f"the engine, {name}:", SIZES[:3] if quick else SIZES, parts)
        slow = [row for row, size in zip(rows, SIZES, strict=False) if row[1] > MARKS.get(size, math.inf)]
        missed += [f"{claims:,} claims, {name}" for claims, _ in slow]
        steep[name] = exponent(rows)
    print("  check_ledger, from claims to findings, forty claims an actor:")
    rows = ledgers(LEDGERS[:2] if quick else LEDGERS)
    steep["check_ledger"] = exponent(rows) if len(rows) > 2 else 0.0
    missed += ["check_ledger"] if rows[-1][1] > LEDGER_MARK else []
    print("  the same, of forty actors by very many documents:")
    rows = ledgers(LEDGERS[:2] if quick else LEDGERS, actors=40)
    missed += ["check_ledger of few actors"] if rows[-1][1] > LEDGER_MARK else []
    beside_others()
    print(
        "  time grows with the power " + ", ".join(f"{power:.2f} ({name})" for name, power in steep.items())
    )
    missed += [f"the growth of {name}" for name, power in steep.items() if power > STEEPEST]
    print("  missed: " + ", ".join(missed) if missed else "  all marks are met")
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main())
