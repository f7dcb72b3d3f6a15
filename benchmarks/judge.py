"""How often the engine and exact logic (z3) disagree on small made-up ledgers: a thousand unless told.

The ledgers (tests/check/synthetic.py) bind shares, growth, parts, exchange rates, gaps and sums over
countries; every second pair of them weighs its claims. For each, z3 judges in fractions, without the engine's
derived constraints: whether every conflict is one, whether a claim of it is too many, whether what is left
when the repairs are made can hold, and whether any repair of a component is cheaper. Give how many ledgers to
judge, the first seed, and `wide` for sums over 3 to 40 countries, every second time overlapping, with nine in
ten numbers claimed at most. What is known to differ, and why, stands in docs/checking.md.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from steelyard.check.contradictions import find_contradictions
from tests.check.exact import Judge
from tests.check.synthetic import CLAIMED, made

LEDGERS, CLAIMS, WRONG = 1_000, 150, 0.05
# How many of the numbers are claimed where sums are wide.
SHARES = (CLAIMED, 0.7, 0.9)
FAULTS = (
    "missed conflicts",
    "false conflicts",
    "conflicts with a claim too many",
    "repairs not the cheapest",
)


def judged(seed: int, claims: int = CLAIMS, *, wide: bool = False) -> Counter[str]:
    """What was compared on one ledger, and what z3 has to say against the engine, by kind."""
    members = 3 + seed % 38 if wide else 3 * (seed % 2)
    ledger = made(
        claims,
        seed,
        wrong=WRONG,
        members=members,
        overlapping=wide and seed % 2 == 1,
        weighted=seed % 4 > 1,
        claimed=SHARES[seed % 3] if wide else CLAIMED,
    )
    judge = Judge(ledger)
    found = find_contradictions(ledger.network)
    gone = {claim for repair in found.repairs for claim in repair.claims}
    unproven = {claim for repair in found.repairs if not repair.proven for claim in repair.claims}
    tally: Counter[str] = Counter({"conflicts": len(found.conflicts)})
    for conflict in found.conflicts:
        tally["false conflicts"] += judge.holds(conflict)
        smaller = any(not judge.holds(set(conflict) - {claim}) for claim in conflict)
        tally["conflicts with a claim too many"] += smaller
    for group in components(judge, ledger.network.claims):
        tally["components"] += 1
        tally["missed conflicts"] += not judge.holds([claim for claim in group if claim not in gone])
        if given_up := gone.intersection(group):
            tally["repairs"] += 1
            cost = sum(judge.weight(claim) for claim in given_up)
            kind = "dearer, and said to be unproven" if unproven & given_up else "repairs not the cheapest"
            tally[kind] += cost != judge.least_cost(group)
    return tally


def components(judge: Judge, claims: int) -> list[list[int]]:
    """The claims of a ledger by component."""
    groups: dict[int, list[int]] = {}
    for claim in range(claims):
        groups.setdefault(judge.component_of(claim), []).append(claim)
    return list(groups.values())


def main() -> int:
    """Judge the ledgers and print the tally; 1 where a conflict was missed or false, or a repair too dear."""
    given = [text for text in sys.argv[1:] if text != "wide"]
    count, first = (int(text) for text in (*given, *(str(LEDGERS), "0")[len(given) :]))
    total: Counter[str] = Counter()
    begun = time.perf_counter()
    for seed in range(first, first + count):
        tally = judged(seed, wide="wide" in sys.argv)
        total += tally
        if any(tally[name] for name in FAULTS):
            print(f"  seed {seed}: " + ", ".join(f"{tally[name]} {name}" for name in FAULTS), flush=True)
    names = ("components", "conflicts", "repairs", *FAULTS, "dearer, and said to be unproven")
    took = time.perf_counter() - begun
    print(f"  {count} ledgers in {took:.0f} s: " + ", ".join(f"{total[name]} {name}" for name in names))
    return int(any(total[name] for name in FAULTS))


if __name__ == "__main__":
    sys.exit(main())
