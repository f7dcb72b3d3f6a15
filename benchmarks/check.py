"""How fast contradictions among very many claims are found and repaired, whether time grows with their number
only, and how often the engine and exact logic (z3) disagree.

The ledgers are made up (tests/check/synthetic.py): eleven measures of many countries over six years, bound by
shares, parts, growth, exchange rates and gaps; one claim in a hundred is wrong. Laying out arrays and
compiling are timed apart. Give a number to compare so many small ledgers with z3 (30 unless given).
"""

from __future__ import annotations

import math
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from steelyard.check.contradictions import Contradictions, find_contradictions
from tests.check.exact import Judge
from tests.check.synthetic import Made, made

SIZES = (1_000, 10_000, 100_000, 1_000_000)
WIDE_SIZES, WIDE = (1_000, 10_000, 100_000), 1_000
# Seconds for so many claims, and the exponent of time in their number.
BARS = {100_000: 1.0, 1_000_000: 10.0}
STEEPEST = 1.2
JUDGED, JUDGED_CLAIMS, BESIDE = 30, 150, 900


def timed(claims: int, members: int = 0, *, certify: bool = False) -> tuple[float, int, Contradictions]:
    """Seconds of processor time for a ledger, its claims, and what was found."""
    ledger = made(claims, 1, members=members)
    begun = time.process_time()
    found = find_contradictions(ledger.network, certify=certify)
    return time.process_time() - begun, ledger.network.claims, found


def table(title: str, sizes: tuple[int, ...], members: int = 0) -> list[tuple[int, float]]:
    """Print a row for each size; the sizes and seconds."""
    print(f"  {title}")
    rows = []
    for size in sizes:
        took, claims, found = timed(size, members)
        rows.append((claims, took))
        unproven = sum(not repair.proven for repair in found.repairs)
        print(
            f"  {claims:9,} claims {took:8.3f} s {len(found.conflicts):7,} conflicts"
            f" {len(found.repairs):6,} repairs, {unproven} not proven to be cheapest",
            flush=True,
        )
    return rows


def exponent(rows: list[tuple[int, float]]) -> float:
    """The power of the number of claims with which time grows, from the second row to the last."""
    (few, short), (many, long) = rows[1], rows[-1]
    return math.log(long / short) / math.log(many / few)


def beside_z3() -> None:
    """Print what both take for one ledger of BESIDE claims."""
    ledger = made(BESIDE, 1)
    begun = time.process_time()
    find_contradictions(ledger.network, certify=True)
    ours = time.process_time() - begun
    begun = time.process_time()
    judge = Judge(ledger)
    groups = components(judge, ledger)
    bad = [group for group in groups if not judge.holds(group)]
    detected = time.process_time() - begun
    for group in bad:
        judge.least_cost(group)
    print(
        f"  {ledger.network.claims} claims, certificate included: {ours:.3f} s;"
        f" z3: {detected:.2f} s to find bad components, {time.process_time() - begun:.2f} s with repairs"
    )


def components(judge: Judge, ledger: Made) -> list[list[int]]:
    """The claims of a ledger by component."""
    groups: dict[int, list[int]] = {}
    for claim in range(ledger.network.claims):
        groups.setdefault(judge.component_of(claim), []).append(claim)
    return list(groups.values())


def disagreements(seed: int) -> Counter[str]:
    """What z3 has to say against the engine on one small ledger, by kind; with how much was compared."""
    ledger = made(JUDGED_CLAIMS, seed, wrong=0.05, members=3 if seed % 2 else 0)
    judge = Judge(ledger)
    found = find_contradictions(ledger.network)
    gone = {claim for repair in found.repairs for claim in repair.claims}
    tally: Counter[str] = Counter(conflicts=len(found.conflicts))
    for conflict in found.conflicts:
        tally["false conflicts"] += judge.holds(conflict)
        smaller = any(not judge.holds(set(conflict) - {claim}) for claim in conflict)
        tally["conflicts with a claim too many"] += smaller
    for group in components(judge, ledger):
        tally["components"] += 1
        tally["missed conflicts"] += not judge.holds([claim for claim in group if claim not in gone])
        if gone.intersection(group):
            tally["repairs"] += 1
            tally["repairs not the cheapest"] += len(gone.intersection(group)) != judge.least_cost(group)
    return tally


def main() -> int:
    """Print the rows and whether the bars hold; 1 where one does not."""
    timed(1_000)
    rows = table("separate countries:", SIZES)
    wide = table(f"sums over {WIDE} countries, so that nearly all hangs together:", WIDE_SIZES, WIDE)
    beside_z3()
    judged = int(sys.argv[1]) if len(sys.argv) > 1 else JUDGED
    tally = sum((disagreements(seed) for seed in range(judged)), Counter[str]())
    for name in ("missed conflicts", "false conflicts", "repairs not the cheapest"):
        tally[name] += 0
    print(f"  {judged} ledgers against z3: " + ", ".join(f"{tally[name]} {name}" for name in sorted(tally)))
    slow = [size for (_, took), size in zip(rows, SIZES, strict=True) if took > BARS.get(size, math.inf)]
    steep = max(exponent(rows), exponent(wide))
    print(
        f"  time grows with the power {exponent(rows):.2f}, with wide sums {exponent(wide):.2f} (at most 1.2)"
    )
    wrong = tally["missed conflicts"] + tally["false conflicts"] + tally["repairs not the cheapest"]
    return int(bool(slow) or steep > STEEPEST or bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
