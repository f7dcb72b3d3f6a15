"""The report: results in, one page with its tables, pictures and data beside it.

Everything is made in memory first and written at the end, so a report is there whole or not at all.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from steelyard.report.template import PAGE

if TYPE_CHECKING:
    from steelyard.core.problems import Problem
    from steelyard.report.results import Results as Results

__all__ = ["Results", "write_report"]


def __getattr__(name: str) -> object:
    """What results are, imported on first use: who wants a template of the report loads nothing else."""
    if name != "Results":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from steelyard.report.results import Results

    return Results


def write_report(results: Results, folder: Path | str) -> tuple[Path, list[Problem]]:
    """Write the page and what lies beside it into `folder`; the page's path, and what could not be shown.

    An earlier report in the folder is replaced, or kept as it was when something fails.

    Raises:
        OSError: the folder cannot be written.
    """
    from steelyard.report.bundle import make_report
    from steelyard.report.files import replace_files

    folder = Path(folder)
    files, problems = make_report(results)
    replace_files(folder, files, sweep=("charts", "tables"))
    return folder / PAGE, problems
