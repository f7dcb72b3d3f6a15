"""Whether the explorer holds out: 200 requests a second for a minute, of people who move sliders.

A copy of cases/korea-2026 is served as somebody would serve it. Each visitor drags one slider after another
over all of its steps, and looks at pages and at the status between. Each request has its time; one that comes
later, because the answer before took so long, is made at once. Exits with 1 where there was an error, where
fewer requests were made, or memory grew.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import urlencode

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.explorer import CASE, ROOT, Server, marked

RATE, SECONDS, VISITORS = 200.0, 60.0, 24
# What is asked for now and then in place of a fan, with how often of a hundred times.
BETWEEN = {"": 2, "claims": 1, "text": 1, "status.json": 7}
FIRST, OFTEN = 3, 0.7  # the sliders that are moved so often, which a page shows first
GROWN = 1.1  # memory at the end over that after a third of the time
Lever = Mapping[str, object]
Answer = tuple[str, float, str]  # what was asked for, seconds that it took, and what went wrong


def asked(levers: Sequence[Lever], seed: int) -> Iterator[str]:
    """What one visitor asks for without end, as paths below a case."""
    chance = random.Random(seed)
    kinds, often = list(BETWEEN), list(BETWEEN.values())
    while True:
        lever = chance.choice(levers[:FIRST] if chance.random() < OFTEN else levers)
        low, high, step = (float(str(lever[key])) for key in ("low", "high", "step"))
        last = round((high - low) / step)
        for place in [*range(chance.randrange(last + 1), last), *range(last, -1, -1)]:
            if 100 * chance.random() < sum(often):
                yield chance.choices(kinds, often)[0]
            yield f"fan.json?{urlencode({str(lever['name']): f'{low + place * step:.10g}'})}"


class Visitor(threading.Thread):
    """Somebody with a connection of their own, who asks for one thing after another, each at its time."""

    def __init__(self, port: int, base: str, paths: Iterable[str], times: Iterable[float]) -> None:
        super().__init__(daemon=True)
        self.answers: list[Answer] = []
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._base, self._paths, self._times = base, paths, times

    def run(self) -> None:
        """Ask until the time is up."""
        for due, path in zip(self._times, self._paths, strict=False):
            time.sleep(max(0.0, due - time.perf_counter()))
            begun = time.perf_counter()
            error = self._error(path)
            self.answers.append((path.partition("?")[0] or "page", time.perf_counter() - begun, error))
        self._connection.close()

    def _error(self, path: str) -> str:
        try:
            self._connection.request("GET", f"{self._base}{path}")
            answer = self._connection.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException) as error:
            self._connection.close()
            return type(error).__name__
        return "" if answer.status == 200 else f"status {answer.status}"


def visitors(port: int, base: str, levers: Sequence[Lever], rate: float, seconds: float) -> list[Visitor]:
    """Those who together make `rate` requests a second for so many seconds; they have begun."""
    begun, turns = time.perf_counter(), round(rate * seconds / VISITORS)
    found = []
    for number in range(VISITORS):
        times = [begun + (turn * VISITORS + number) / rate for turn in range(turns)]
        found.append(Visitor(port, base, asked(levers, number), times))
    for one in found:
        one.start()
    return found


def told(answers: Sequence[Answer]) -> None:
    """Print how long each kind of answer took, in milliseconds."""
    for kind in sorted({kind for kind, _, _ in answers}):
        took = sorted(1000 * seconds for each, seconds, _ in answers if each == kind)
        middle, most = statistics.median(took), took[int(0.95 * len(took))]
        print(f"  {kind:<12} {len(took):>6} answers, {middle:.1f} and {most:.1f} ms, at most {took[-1]:.0f}")


def loaded(server: Server, rate: float, seconds: float) -> bool:
    """Load a server, print what came of it, and tell whether it held out."""
    levers = json.loads(server.get(f"{server.base}fan.json"))["levers"]
    before, work, begun = server.memory(), server.work(), time.perf_counter()
    all_ = visitors(server.port, server.base, levers, rate, seconds)
    time.sleep(seconds / 3)
    third = server.memory()
    for one in all_:
        one.join()
    took, memory = time.perf_counter() - begun, server.memory()
    answers = [answer for one in all_ for answer in one.answers]
    errors = Counter(error for _, _, error in answers if error)
    told(answers)
    print(f"  {(server.work() - work) / took:.2f} processors were at work for the server")
    reached = len(answers) / took
    grown = f"{before:.0f}, {third:.0f} and {memory:.0f} MB"
    return all(
        [
            marked(
                f"{rate:.0f} requests a second for {seconds:.0f} s", f"{reached:.0f}", reached > 0.98 * rate
            ),
            marked("no error", str(dict(errors) or "none"), not errors),
            marked("memory before, after a third, at the end", grown, memory <= GROWN * third),
        ]
    )


def main() -> int:
    """Serve the case and load it; 1 where it does not hold out."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rate", type=float, default=RATE, help="requests a second")
    parser.add_argument("--seconds", type=float, default=SECONDS)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        case = Path(shutil.copytree(CASE, Path(folder, CASE.name), ignore=shutil.ignore_patterns("out")))
        build = [sys.executable, "-m", "steelyard", "build", str(case), "--quiet"]
        subprocess.run(build, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
        print(f"explorer under load; load before {load:.1f} on {os.cpu_count()} processors")
        server = Server(case)
        try:
            while b'"ready"' not in server.get(f"{server.base}status.json"):
                time.sleep(0.2)
            return int(not loaded(server, given.rate, given.seconds))
        finally:
            server.end()


if __name__ == "__main__":
    sys.exit(main())
