"""steelyard: how allies share the burden of defence, read, checked, projected and reported.

The names below are the public Python interface; everything else may change. They are imported on first use,
so that `import steelyard` stays light.
"""

from __future__ import annotations

from importlib import import_module

# What type checkers hold to be true; `typing` itself would take longer than all the rest here.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from steelyard.arrow import ledger_from_arrow as ledger_from_arrow
    from steelyard.arrow import to_arrow as to_arrow
    from steelyard.build import build_case as build_case
    from steelyard.case import load_case as load_case
    from steelyard.check import check_ledger as check_ledger
    from steelyard.check.findings import Finding as Finding
    from steelyard.core.claim import Claim as Claim
    from steelyard.core.claim import Ledger as Ledger
    from steelyard.core.interval import Interval as Interval
    from steelyard.core.period import Period as Period
    from steelyard.core.problems import Problem as Problem
    from steelyard.core.quantity import Quantity as Quantity
    from steelyard.project import project_scenario as project_scenario
    from steelyard.project.ensemble import Ensemble as Ensemble
    from steelyard.read import read_document as read_document
    from steelyard.read.documents.document import Document as Document
    from steelyard.report import Results as Results
    from steelyard.report import write_report as write_report
    from steelyard.report.chart import draw_charts as draw_charts

_HOMES = {
    "read_document": "read",
    "check_ledger": "check",
    "project_scenario": "project",
    "write_report": "report",
    "build_case": "build",
    "load_case": "case",
    "draw_charts": "report.chart",
    "to_arrow": "arrow",
    "ledger_from_arrow": "arrow",
    "Document": "read.documents.document",
    "Problem": "core.problems",
    "Claim": "core.claim",
    "Ledger": "core.claim",
    "Interval": "core.interval",
    "Quantity": "core.quantity",
    "Period": "core.period",
    "Finding": "check.findings",
    "Ensemble": "project.ensemble",
    "Results": "report",
}
__all__ = sorted(_HOMES)


def __dir__() -> list[str]:
    return __all__


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value  # found at once from now on
    return value
