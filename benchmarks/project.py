"""How fast the projection runs, beside a plain numpy version of the same equations in the same run.

The work: a share of GDP that rises to 3.5 %, with a cap on growth, a floor and an execution rate; fans in
national currency and in dollars for each of ten years, the chances of reaching and of keeping the target, and
the cost added up in prices of the base year. Exits with 1 where a mark is missed. Times are the shortest of
several runs; both ways take turns, since a machine is rarely quiet.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np

from steelyard.project.chance import Array, stream_of
from steelyard.project.counting import Crowd, Outcome, Task
from steelyard.project.economy import Drivers, run_economy
from steelyard.project.equations import Limits, Policy
from steelyard.project.rules import RULES, Plan

ROOT = Path(__file__).resolve().parents[1]
YEARS, DRAWS, SEED = 10, 1_000_000, 20260124
CHANCES = (0.05, 0.25, 0.5, 0.75, 0.95)
CENTRAL = np.array([[0.020] * YEARS, [0.019] * YEARS, [0.0] * YEARS])
ABROAD = np.array([0.019] * YEARS)
PERSISTENCE = np.diag([0.08, 0.39, 0.82])
COVARIANCE_ROOT = np.array([[0.0186, 0.0, 0.0], [-0.0006, 0.0115, 0.0], [-0.0417, 0.0103, 0.0579]])
LOADS = np.array([[0.009], [0.003], [-0.02]])  # of what many countries have in common
VARIABLES = ("real_growth", "inflation", "real_exchange_rate")
SHARE, TARGET, CAP, FLOOR, EXECUTION = 0.0242, 0.035, 0.12, 0.024, 0.99
LIMITS = Limits(CAP, (FLOOR,) * YEARS, EXECUTION)
POLICY = Policy("linear-share", Plan(SHARE, TARGET, 9), LIMITS)
WANTED = {
    "spending": range(YEARS),
    "spending_foreign": range(YEARS),
    "extra_cumulative_real": range(YEARS - 1, YEARS),
}
MEMBERS, SCENARIOS, FEWER = 35, 20, 100_000
# Marks: how many times as fast as plain numpy, seconds, and megabytes.
TIMES, SECONDS, MORE_MEMORY = 12.0, 5.0, 40.0
MORE_TIME = 1 / 3  # that indices and swings may add to the command


def drivers_of(country: str) -> Drivers:
    """An economy that moves like many, with streams of its own."""
    streams = [[stream_of(name, country, t) for t in range(YEARS)] for name in VARIABLES]
    return Drivers(CENTRAL, PERSISTENCE, COVARIANCE_ROOT, ABROAD, np.array(streams, np.uint64))


def member_of(number: int) -> Drivers:
    """One of several countries, which share a shock."""
    alone = drivers_of(f"M{number}")
    common = [stream_of("common", "", t) for t in range(YEARS)]
    streams = np.vstack((alone.streams, np.array([common], np.uint64)))
    return replace(alone, root=np.hstack((COVARIANCE_ROOT, LOADS)), streams=streams)


def compiled(threads: int | None = None, draws: int = DRAWS) -> Outcome:
    """The work by the kernel of the package."""
    crowd = Crowd(drivers_of("KOR"), SEED, draws, threads=threads)
    (found,) = crowd.outcomes([Task(POLICY)], WANTED, CHANCES)
    return found


def plain(draws: int = DRAWS) -> dict[str, Array]:
    """The work in plain numpy: all draws of a year in an array, numpy's own chances, kept until sorted."""
    luck = np.random.default_rng(SEED)
    off, level, price = np.zeros((3, draws)), np.ones(draws), np.ones(draws)
    last, total, abroad = np.full(draws, SHARE), np.zeros(draws), np.exp(np.cumsum(ABROAD))
    more = float(np.sum((COVARIANCE_ROOT[0] + COVARIANCE_ROOT[1]) ** 2)) / 2
    spending, foreign, met = (
        np.empty((YEARS, draws)),
        np.empty((YEARS, draws)),
        np.empty((YEARS, draws), bool),
    )
    for t in range(YEARS):
        ahead = PERSISTENCE @ off
        off = ahead + COVARIANCE_ROOT @ luck.standard_normal((3, draws))
        expected = level * np.exp(ahead[0] + ahead[1] + (CENTRAL[0, t] + CENTRAL[1, t] + more))
        dearer = off[1] + CENTRAL[1, t]
        level *= np.exp(off[0] + CENTRAL[0, t] + dearer)
        price *= np.exp(dearer)
        share = SHARE + (TARGET - SHARE) * min((t + 1) / 9, 1.0)
        last = np.maximum(np.minimum(share * expected, (1 + CAP) * last), FLOOR) * EXECUTION
        spending[t], foreign[t] = last, last / (price / abroad[t] * np.exp(off[2] + CENTRAL[2, t]))
        met[t] = last >= TARGET * level
        total += (last - SHARE * level) / price
    return {
        "spending": np.quantile(spending, CHANCES, axis=1),
        "spending_foreign": np.quantile(foreign, CHANCES, axis=1),
        "extra_cumulative_real": np.quantile(total, CHANCES),
        "reached": np.logical_or.accumulate(met, axis=0).mean(axis=1),
        "kept": np.logical_and.accumulate(met[::-1], axis=0)[::-1].mean(axis=1),
    }


def seconds(run: Callable[[], object]) -> float:
    """How long a run takes by the clock."""
    begun = time.perf_counter()
    run()
    return time.perf_counter() - begun


def marked(label: str, found: str, met: bool) -> bool:
    """Print a result beside its mark; whether the mark is met."""
    print(f"  {label:<58} {found:<34} {'met' if met else 'MISSED'}", flush=True)
    return met


def speed() -> bool:
    """The work by both, in turns, by the clock and by processor time of all threads."""
    compiled(draws=5000)
    ours, theirs, work = [], [], []
    for _ in range(5):
        theirs.append(seconds(plain))
        for _ in range(3):
            begun = time.process_time()
            ours.append(seconds(compiled))
            work.append(time.process_time() - begun)
    one = min(seconds(lambda: compiled(1)) for _ in range(3))
    print(f"{DRAWS:,} draws x {YEARS} years: fans in two currencies, chances, costs")
    print(
        f"  plain numpy {min(theirs):.3f} s; kernel {min(ours):.3f} s ({min(work):.3f} s of processors), ",
        end="",
    )
    print(f"{one:.3f} s in one thread, {min(theirs) / one:.1f} times as fast", flush=True)
    times = min(theirs) / min(ours)
    return marked(f"at least {TIMES:.0f} times as fast", f"{times:.1f} times", times >= TIMES)


def agreement() -> bool:
    """Whether both ways come to the same within sampling error of both."""
    found, exact, worst = compiled(), plain(), 0.0
    for name, fans in found.fans.items():
        for t, (values, errors) in fans.items():
            theirs = exact[name] if exact[name].ndim == 1 else exact[name][:, t]
            # There is no error where all draws are the same.
            allowed = np.nan_to_num(errors) + 1e-12
            worst = max(worst, float(np.max(np.abs(values - theirs) / allowed)))
    for ours, chances in ((found.reached, exact["reached"]), (found.kept, exact["kept"])):
        error = np.sqrt(chances * (1 - chances) / DRAWS) + 1e-9
        worst = max(worst, float(np.max(np.abs(ours - chances) / error)))
    # Two independent runs differ by 1.4 errors; the largest of some 120 differences by about 3.9.
    return marked("the same within sampling error", f"{worst:.1f} standard errors apart", worst < 1.5 * 4.5)


def bytes_of(found: Outcome) -> bytes:
    """All numbers of an outcome as they lie in memory."""
    fans = b"".join(part.tobytes() for years in found.fans.values() for fan in years.values() for part in fan)
    return fans + found.reached.tobytes() + found.kept.tobytes()


def sameness() -> bool:
    """Whether threads, and compiled code itself, change any bit."""
    same = len({bytes_of(compiled(threads, 300_000)) for threads in (1, 2, 3, 8)}) == 1
    met = marked("1, 2, 3 and 8 threads give the same bytes", "yes" if same else "no", same)
    whole = run_economy(drivers_of("KOR"), SEED, 0, 2000).gdp[:, 1234]
    again = run_economy(drivers_of("KOR"), SEED, 1234, 1).gdp[:, 0]
    alike = whole.tobytes() == again.tobytes()
    return (
        marked("a draw run again by its number gives the same bytes", "yes" if alike else "no", alike) and met
    )


def members() -> bool:
    """Many countries with a common shock, each under many policies of all rules."""
    shares = (0.03,) * YEARS
    rules, plan = sorted(RULES), Plan(0.02, 0.035, 9, 1.5, (0.04,), shares, shares)
    policies = [
        Policy(rules[number % len(rules)], replace(plan, target=0.02 + number / 1000), LIMITS)
        for number in range(SCENARIOS)
    ]
    tasks = [Task(policy) for policy in policies]

    def run() -> None:
        for number in range(MEMBERS):
            for _ in Crowd(member_of(number), SEED, FEWER).outcomes(tasks, WANTED, CHANCES):
                pass

    begun = time.process_time()
    took = min(seconds(run) for _ in range(3))
    work = (time.process_time() - begun) / 3
    print(f"{MEMBERS} members x {SCENARIOS} scenarios x {FEWER:,} draws")
    return marked(f"less than {SECONDS:.0f} s", f"{took:.2f} s ({work:.2f} s of processors)", took < SECONDS)


_PEAK = """
import runpy
from pathlib import Path
def peak():
    return int(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0])
bench = runpy.run_path({path!r})
bench["compiled"](2, 5000)
before = peak()
bench[{way!r}](draws={draws})
print((peak() - before) / 1024)
"""
_CASE = """
import sys, time
from tests.project.samples import LEDGER, scenario, series, vocabulary
vocabulary(), series()
begun = time.perf_counter()
from steelyard.project import project_scenario, spreads
spreads.MOST_KEPT = {most}
project_scenario(scenario(), LEDGER, vocabulary(), series())
print(time.perf_counter() - begun, "numba" in sys.modules)
"""


def elsewhere(code: str, **environment: str) -> tuple[list[str], str]:
    """What a program prints in a process of its own: words, and what it says on standard error."""
    import os

    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={**os.environ, **environment},
    )
    if done.returncode:
        sys.exit(done.stderr)
    return done.stdout.split(), done.stderr.strip()


def memory() -> bool:
    """What each way needs on top of what is loaded, in megabytes."""
    if not sys.platform.startswith("linux"):
        return True
    rows = {}
    for way, draws in (("compiled", 100_000), ("compiled", DRAWS), ("plain", DRAWS)):
        (peak,), _ = elsewhere(_PEAK.format(path=__file__, way=way, draws=draws))
        rows[way, draws] = float(peak)
    print(f"memory: plain numpy takes {rows['plain', DRAWS]:.0f} MB for {DRAWS:,} draws")
    few, many = rows["compiled", 100_000], rows["compiled", DRAWS]
    label = f"less than {MORE_MEMORY:.0f} MB, however many draws"
    return marked(label, f"{few:.0f} MB for 100,000; {many:.0f} MB", max(few, many) < MORE_MEMORY)


def start() -> bool:
    """The case's own draws in a fresh process: with numpy, which is what it does, and by compiled code."""
    print("start: one scenario of the case with its 10,000 draws, imports included")
    kept = [elsewhere(_CASE.format(most=50_000))[0] for _ in range(5)]
    counted = [elsewhere(_CASE.format(most=0))[0] for _ in range(5)]
    with tempfile.TemporaryDirectory() as folder:
        (first, _), said = elsewhere(_CASE.format(most=0), NUMBA_CACHE_DIR=folder)
    quick, slow = (min(float(took) for took, _ in runs) for runs in (kept, counted))
    print(f"  compiled code kept on disk {slow:.2f} s; not yet compiled {float(first):.1f} s, and says:")
    print(f"  {said}")
    met = quick < slow and {loaded for _, loaded in kept} == {"False"}
    return marked(
        "numpy, and no wait for compiled code", f"{quick:.2f} s", met and said.count("\n") == 0 and bool(said)
    )


_COMMAND = """
import contextlib, io, sys, time
from steelyard import cli, project
if {bare}:
    project.sensitivity_of = lambda *_: ()
    project.open_inputs = lambda *_: ()
begun = time.process_time()
with contextlib.redirect_stdout(io.StringIO()):
    cli.run(["project", "cases/korea-2026"])
print(time.process_time() - begun)
"""


def matters() -> bool:
    """What indices and swings add to `steelyard project` on the case, in processor time."""
    times: dict[bool, list[float]] = {True: [], False: []}
    for _ in range(5):
        for bare, found in times.items():
            found.append(float(elsewhere(_COMMAND.format(bare=bare))[0][0]))
    without, whole = min(times[True]), min(times[False])
    print("what matters: `steelyard project` on the case without and with indices and swings")
    label = f"at most {MORE_TIME:.0%} more"
    more = whole / without - 1
    return marked(label, f"{without:.2f} s, {whole:.2f} s: {more:.0%} more", more <= MORE_TIME)


def main() -> int:
    """Print all rows; 1 where a mark is missed."""
    met = [speed(), agreement(), sameness(), members(), memory(), start(), matters()]
    return int(not all(met))


if __name__ == "__main__":
    sys.exit(main())
