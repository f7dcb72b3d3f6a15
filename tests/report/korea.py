"""The case of Korea as the report gets it, with few draws: what a chart of it says is not how often."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from steelyard.report.results import Results
from steelyard.run import Options, Run

CASE = Path(__file__).parents[2] / "cases" / "korea-2026"
DRAWS = 300


@cache
def korea() -> Results:
    """Its results, made once for all tests."""
    return Run(CASE, Options(draws=DRAWS)).results
