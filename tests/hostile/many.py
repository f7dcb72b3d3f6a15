"""Runs many command lines in one process that may take only so much memory, and tells what came of each.

Each may take so many seconds of processor time as the first argument says. Reads a list of `{"name",
"arguments", "folder"}` from standard input; writes a line of JSON for each.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import resource
import signal
import sys
import time
from pathlib import Path

from steelyard.cli import run

GIGABYTE = 1 << 30
# Address space: what libraries reserve without using it is counted too.
MOST_ADDRESSES = 6 * GIGABYTE


def most_memory() -> int:
    """The most memory that this process had so far, in bytes.

    What the system tells of its use begins with that of the process which started it, so the page that it
    keeps of this one alone is read where there is one.
    """
    page = Path("/proc/self/status")
    told = page.read_text(encoding="utf-8").splitlines() if page.is_file() else []
    kilobytes = next((line.split()[1] for line in told if line.startswith("VmHWM:")), None)
    return 1024 * int(kilobytes or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def main() -> None:
    """Carry out the list."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_ADDRESSES, MOST_ADDRESSES))
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    for one in json.load(sys.stdin):
        os.chdir(one["folder"])
        out, told = io.StringIO(), io.StringIO()
        # Its signal ends the process, so that no code can catch it.
        signal.setitimer(signal.ITIMER_VIRTUAL, int(sys.argv[1]))
        begun = time.process_time()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(told):
            code = run(one["arguments"])
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        took = time.process_time() - begun
        peak = most_memory()
        answer = {"name": one["name"], "code": code, "told": told.getvalue(), "took": took, "peak": peak}
        print(json.dumps(answer), file=answers, flush=True)


if __name__ == "__main__":
    main()
