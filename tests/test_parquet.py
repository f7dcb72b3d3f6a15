"""Parquet as another program reads it: arro3, on the Rust library of Parquet; DuckDB only writes it here."""

from __future__ import annotations

import json
from pathlib import Path

from arro3.io import read_parquet

from steelyard.cli import run

KOREA = Path(__file__).resolve().parents[1] / "cases" / "korea-2026"
PROJECT = ["project", str(KOREA), "--scenario", "linear-2035", "--draws", "100"]
COMPARE = ["compare", "washington-declaration-2023", "nds-2026"]


def read_back(path):
    """The columns of a file with their types, and its rows."""
    table = read_parquet(str(path)).read_all()
    names = table.column_names
    columns = [table.column(name).to_pylist() for name in names]
    types = {name: str(table.schema.field(name).type).removeprefix("arro3.core.DataType<") for name in names}
    return types, [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def both(arguments, tmp_path):
    """What a command gives as Parquet, read back, and as JSON."""
    paths = [tmp_path / f"result.{form}" for form in ("parquet", "json")]
    for path in paths:
        assert run([*arguments, "--quiet", "--output", str(path)]) == 0
    return *read_back(paths[0]), json.loads(paths[1].read_text(encoding="utf-8"))


def test_a_projection_has_the_numbers_of_its_json(tmp_path):
    types, rows, data = both(PROJECT, tmp_path)

    series = data["scenarios"][0]["series"]
    assert [(row["variable"], row["unit"], row["year"]) for row in rows] == [
        (cell["variable"], cell["unit"], cell["year"]) for cell in series
    ]
    assert [(row["q5"], row["q50"], row["q95"]) for row in rows] == [
        tuple(cell["quantiles"][name] for name in ("0.05", "0.5", "0.95")) for cell in series
    ]
    assert [(row["box_low"], row["box_high"]) for row in rows] == [
        (cell["box"]["low"], cell["box"]["high"]) for cell in series
    ]
    assert {row["scenario"] for row in rows} == {"linear-2035"}
    assert {name for name, kind in types.items() if "Float64" in kind} >= {"year", "q5", "q95", "box_low"}


def test_claims_have_all_their_keys_and_values(tmp_path):
    types, rows, data = both(["read", str(KOREA / "sources" / "ministry-figures.txt")], tmp_path)

    assert list(types) == list(data["claims"][0])
    assert len(rows) == len(data["claims"])
    for row, claim in zip(rows, data["claims"], strict=True):
        tables = {key for key, value in claim.items() if isinstance(value, dict)}
        assert {key: row[key] for key in claim if key not in tables} == {
            key: value for key, value in claim.items() if key not in tables
        }
        assert all(json.loads(row[key]) == claim[key] for key in tables)


def test_findings_have_ids_verdicts_and_words(tmp_path):
    _, rows, data = both(["check", str(KOREA)], tmp_path)

    keys = ("id", "verdict", "identity", "explanation", "hash")
    assert [[row[key] for key in keys] for row in rows] == [
        [finding[key] for key in keys] for finding in data["findings"]
    ]
    assert [json.loads(row["claims"]) for row in rows] == [
        [claim["id"] for claim in finding["claims"]] for finding in data["findings"]
    ]


def test_a_comparison_has_its_cells(tmp_path):
    _, rows, data = both(COMPARE, tmp_path)

    assert [(row["function"], row["actor"]) for row in rows] == [
        (cell["function"], cell["actor"]) for cell in data["cells"]
    ]
