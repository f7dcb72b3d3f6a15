"""Each case is built and compared with its expected results; `make accept` takes what it gives now for them.

The gold holds the keys that a person can check against the source, not those that follow from them.
"""

from __future__ import annotations

import json
import shutil
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from steelyard.build import build_case

ROOT = Path(__file__).resolve().parents[2]
CASES = sorted(path.parent for path in (ROOT / "cases").glob("*/case.toml"))
CLAIM_KEYS = (
    *(
        "document",
        "quote",
        "kind",
        "actor",
        "counterpart",
        "location",
        "measure",
        "item",
        "statistic",
        "low",
        "high",
    ),
    *(
        "unit",
        "period",
        "baseline",
        "status",
        "hedge",
        "speaker",
        "role",
        "qualifier",
        "function",
        "modality",
    ),
)


@cache
def built(case):
    """The results of a case: claims, findings and headline numbers, with the keys that the gold holds."""
    with TemporaryDirectory() as folder:
        copy = Path(
            shutil.copytree(case, Path(folder, case.name), ignore=shutil.ignore_patterns("out", "expected"))
        )
        result = build_case(copy)
        assert result.page, "\n".join(result.problems)
        data = json.loads((copy / "out" / "results.json").read_text(encoding="utf-8"))
    return {
        "claims": [_claim(claim) for claim in data["claims"]],
        "findings": [_finding(finding) for finding in data["findings"] if finding["verdict"] != "derived"],
        "projection": [_scenario(scenario) for scenario in data["scenarios"]],
        "problems": [f"{problem['code']}: {problem['message']}" for problem in data["problems"]],
    }


def _claim(claim):
    return {key: claim[key] for key in CLAIM_KEYS if claim[key] is not None}


def _finding(finding):
    kept = {key: finding[key] for key in ("verdict", "severity", "identity", "expected", "found", "miss")}
    quotes = {key: [claim["quote"] for claim in finding[key]] for key in ("claims", "given")}
    readings = [reading["change"] for reading in finding["readings"]]
    return {**kept, **quotes, "explanation": finding["explanation"], "readings": readings}


def _scenario(scenario):
    headline = {
        number["name"]: {key: number[key] for key in ("year", "unit", "value", "low", "high", "quantiles")}
        for number in scenario["headline"]
    }
    reach = {str(year["year"]): year["value"] for year in scenario["reach"]}
    return {
        "scenario": scenario["scenario"],
        "draws": scenario["draws"],
        "headline": headline,
        "reach": reach,
    }


def as_approximate(value):
    """The value with its floats allowed to differ in the last digits, as they do between processors."""
    if isinstance(value, dict):
        return {key: as_approximate(each) for key, each in value.items()}
    if isinstance(value, list):
        return [as_approximate(each) for each in value]
    return pytest.approx(value, rel=1e-6) if isinstance(value, float) else value


@pytest.mark.parametrize("part", ["claims", "findings", "projection", "problems"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_case_gives_what_was_accepted(case, part, accept):
    path = case / "expected" / f"{part}.json"
    found = built(case)[part]
    if accept:
        path.parent.mkdir(exist_ok=True)
        lines = ",\n".join(json.dumps(entry, ensure_ascii=False) for entry in found)
        path.write_text(f"[\n{lines}\n]\n", encoding="utf-8", newline="\n")

    expected = json.loads(path.read_text(encoding="utf-8"))

    assert found == as_approximate(expected)
