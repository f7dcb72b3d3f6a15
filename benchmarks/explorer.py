"""How soon the explorer answers, what it takes while nobody asks, and how fast a slider redraws its fan.

A copy of cases/korea-2026 is built, then served as somebody would serve it. Times by the clock depend on
what else the machine does, so the processor time of the server stands beside each. Exits with 1 where a mark
is missed.
"""

from __future__ import annotations

import http.client
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CASE = ROOT / "cases" / "korea-2026"
MOVES = 80
# Marks: seconds until the first answer, megabytes while idle, milliseconds of a redraw.
START, IDLE, MEDIAN, MOST = 1.0, 120.0, 50.0, 120.0
LOAD = 1.0  # of the machine, from which on its clock says little of the program
REDRAWN = """async (count) => {
  const input = document.querySelector("#levers input[name='kor-defence-share-target']");
  const times = [];
  for (let move = 0; move < count; move += 1) {
    const seen = new Promise((done) => {
      const watch = new MutationObserver(() => { watch.disconnect(); requestAnimationFrame(done); });
      watch.observe(document.querySelector("#picture"), { childList: true });
    });
    input.value = String(1.55 + 0.05 * move); // each for the first time: what was asked is kept
    const begun = performance.now();
    input.dispatchEvent(new Event("input", { bubbles: true }));
    await seen;
    times.push(performance.now() - begun);
  }
  return times;
}"""


class Server:
    """`steelyard serve` in a process of its own."""

    def __init__(self, case: Path) -> None:
        words = [sys.executable, "-m", "steelyard", "serve", str(case), "--no-browser", "--port", "0"]
        self.begun = time.perf_counter()
        self._process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True, cwd=ROOT)
        assert self._process.stdout
        self.port = int(self._process.stdout.readline().rpartition(":")[2].strip("/\n"))
        self.base = f"/case/{case.name}/"
        self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)

    def get(self, path: str) -> bytes:
        """What it answers; it hangs up on those who said nothing for a while."""
        try:
            self._connection.request("GET", path)
            return self._connection.getresponse().read()
        except http.client.RemoteDisconnected:
            self._connection.close()
            return self.get(path)

    def until_ready(self) -> None:
        """Wait until its case is built."""
        while b'"ready"' not in self.get(f"{self.base}status.json"):
            time.sleep(0.1)

    def work(self) -> float:
        """Seconds of processors that it took so far, by all threads; 0 where the system does not say."""
        try:
            told = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return 0.0
        return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self) -> float:
        """Megabytes of memory that it holds; 0 where the system does not say."""
        try:
            told = Path(f"/proc/{self._process.pid}/status").read_text()
        except OSError:
            return 0.0
        return int(told.partition("VmRSS:")[2].split()[0]) / 1024

    def end(self) -> None:
        """End it."""
        self._process.terminate()
        self._process.wait(20)


def marked(label: str, found: str, met: bool) -> bool:
    """Print a result beside its mark; whether the mark is met."""
    print(f"  {label:<46} {found:<46} {'met' if met else 'MISSED'}", flush=True)
    return met


def started(case: Path) -> bool:
    """Until the first page is answered, of a case whose report is there already, and until its fan is."""
    times, works, fans = [], [], []
    for _ in range(5):
        server = Server(case)
        server.get("/")
        server.get(server.base)
        times.append(time.perf_counter() - server.begun)
        works.append(server.work())
        server.until_ready()
        server.get(f"{server.base}fan.json")
        fans.append(time.perf_counter() - server.begun)
        server.end()
    found = f"{min(times):.2f} s ({min(works):.2f} s of processors)"
    met = marked(f"first answer within {START:g} s", found, min(times) <= START)
    print(f"  {'first fan':<46} {min(fans):.2f} s")
    return met


def idle(server: Server) -> bool:
    """What it holds when the case is ready and nobody has asked for a fan, and after the first fan."""
    server.until_ready()
    before = server.memory()
    server.get(f"{server.base}fan.json")
    found = f"{before:.0f} MB; {server.memory():.0f} MB after the first fan"
    return marked(f"at most {IDLE:.0f} MB while idle", found, before <= IDLE)


def redrawn(label: str, server: Server, run: Callable[[], Sequence[float]]) -> bool:
    """Median and 95th percentile of some redraws in milliseconds, and what the server worked for each."""
    before = server.work()
    times = sorted(run())
    work = 1000 * (server.work() - before) / len(times)
    middle, most = statistics.median(times), times[int(0.95 * len(times))]
    found = f"{middle:.0f} and {most:.0f} ms, least {times[0]:.0f} ({work:.0f} ms of processors)"
    return marked(f"{label}: {MEDIAN:.0f} and {MOST:.0f} ms", found, middle <= MEDIAN and most <= MOST)


def asked(server: Server) -> list[float]:
    """Milliseconds from a request for a fan to its last byte."""
    times = []
    for move in range(MOVES):
        begun = time.perf_counter()
        server.get(f"{server.base}fan.json?kor-defence-share-target={2.011 + 0.02 * move:.3f}")
        times.append(1000 * (time.perf_counter() - begun))
    return times


def seen(server: Server) -> list[float]:
    """Milliseconds from a slider that moves to the new picture, in Chromium."""
    from playwright.sync_api import sync_playwright

    from steelyard.report.pdf import find_browser, sandbox

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=[*sandbox()])
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{server.port}{server.base}")
        page.wait_for_selector("#picture svg")
        times: list[float] = page.evaluate(REDRAWN, MOVES)
        browser.close()
    return times


def weights(server: Server) -> None:
    """Kilobytes of the pages and of what they load."""
    paths = [f"{server.base}{name}" for name in ("", "claims", "text", "fan.json")]
    sizes = [
        f"{path} {len(server.get(path)) / 1000:.0f}" for path in (*paths, "/explorer.js", "/explorer.css")
    ]
    print(f"  weights in kB: {', '.join(sizes)}")


def main() -> int:
    """Print all rows; 1 where a mark is missed."""
    with tempfile.TemporaryDirectory() as folder:
        case = Path(shutil.copytree(CASE, Path(folder, CASE.name), ignore=shutil.ignore_patterns("out")))
        build = [sys.executable, "-m", "steelyard", "build", str(case), "--quiet"]
        subprocess.run(build, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
        print(f"explorer, 100,000 draws; load {load:.1f} on {os.cpu_count()} processors")
        if load > LOAD:
            print("  other work is running: the clock says little, the processor time more")
        met = [started(case)]
        server = Server(case)
        try:
            met.append(idle(server))
            met.append(redrawn("asked of the server", server, lambda: asked(server)))
            met.append(redrawn("seen in Chromium", server, lambda: seen(server)))
            weights(server)
        finally:
            server.end()
    return int(not all(met))


if __name__ == "__main__":
    sys.exit(main())
