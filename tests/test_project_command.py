"""`steelyard project` where something is wrong: what blocks, what is only told, and what still comes out."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import duckdb
import pytest

from steelyard.cli import run

KOREA = Path(__file__).resolve().parents[1] / "cases" / "korea-2026"
BROKEN = 'label = "no closing quote\n'


@pytest.fixture
def korea(tmp_path):
    """A copy of the case, so that what was built of it stays as it is."""
    return shutil.copytree(KOREA, tmp_path / "korea", ignore=shutil.ignore_patterns("out"))


def changed(path, old, new):
    """A file of the case with something else written in it."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def told(capsys):
    """What was written as JSON: the scenarios by name, and severity by code of the problems."""
    data = json.loads(capsys.readouterr().out)
    assert list(data) == ["scenarios", "problems"]
    return [one["scenario"] for one in data["scenarios"]], {
        one["code"]: one["severity"] for one in data["problems"]
    }


def as_json(korea, name):
    return run(["project", str(korea), "--scenario", name, "--draws", "100", "--format", "json"])


# Faults of other scenarios


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        pytest.param("kind =", "knid =", "unknown-key", id="a key"),
        pytest.param('extends = "constant-share"', 'extends = "constant"', "unknown-id", id="a name"),
        pytest.param('label = "', "label = ", "broken-toml", id="a file that cannot be read"),
    ],
)
def test_a_fault_in_another_scenario_is_told_and_blocks_nothing(korea, capsys, old, new, code):
    changed(korea / "scenarios" / "linear-2030.toml", old, new)

    assert as_json(korea, "linear-2035") == 0

    scenarios, problems = told(capsys)
    assert scenarios == ["linear-2035"]
    assert problems[code] == "warning"


def test_with_a_fault_in_another_scenario_the_result_goes_to_its_file(korea, tmp_path, capsys):
    changed(korea / "scenarios" / "linear-2030.toml", "kind =", "knid =")
    output = tmp_path / "result.csv"

    assert run(["project", str(korea), "--scenario", "linear-2035", "--output", str(output)]) == 0

    assert output.is_file()
    err = capsys.readouterr().err
    assert "linear-2030.toml:7 [rule.knid]  unknown-key (warning)" in err
    assert "The scenario 'linear-2035' does not rest on it." in err


def test_all_scenarios_together_are_blocked_by_the_fault_of_one(korea, capsys):
    changed(korea / "scenarios" / "linear-2030.toml", "kind =", "knid =")

    assert run(["project", str(korea), "--draws", "100", "--format", "json"]) == 2

    assert told(capsys)[1]["unknown-key"] == "error"


@pytest.mark.parametrize("named", ["linear-2030", "fewer-troops"])
def test_a_fault_blocks_the_scenario_and_those_that_rest_on_it(korea, capsys, named):
    """`fewer-troops` extends `linear-2035`, which extends `constant-share`, as `linear-2030` does."""
    changed(korea / "scenarios" / "constant-share.toml", 'actor = "KOR"\nposture', 'akteur = "KOR"\nposture')

    assert as_json(korea, named) == 2

    assert told(capsys)[1]["unknown-key"] == "error"


def test_a_fault_within_a_reference_leaves_the_difference_out_and_no_more(korea, capsys):
    """The scenario's own numbers need no reference."""
    changed(
        korea / "scenarios" / "linear-2035.toml",
        'reference_scenario = "constant-share"',
        'reference_scenario = "linear-2030"',
    )
    changed(korea / "scenarios" / "linear-2030.toml", "kind =", "knid =")

    assert as_json(korea, "linear-2035") == 0

    scenarios, problems = told(capsys)
    assert scenarios == ["linear-2035"]
    assert problems["unlike-reference"] == "warning"


def test_a_key_that_a_reference_loses_blocks_what_is_measured_against_it(korea, capsys):
    """Whatever the unknown key was to change, the difference would be to another reference."""
    changed(
        korea / "scenarios" / "linear-2035.toml",
        'reference_scenario = "constant-share"',
        'reference_scenario = "linear-2030"',
    )
    changed(korea / "scenarios" / "linear-2030.toml", "[rule]", "[limts]\ncap = 1\n\n[rule]")

    assert as_json(korea, "linear-2035") == 2

    assert told(capsys)[1]["unknown-key"] == "error"


def test_a_fault_in_a_file_of_several_scenarios_is_that_of_its_entry(korea, capsys):
    (korea / "scenarios.toml").write_text(
        '[later]\nlabel = "Later"\nextends = "constant-share"\nunheard = 1\n', encoding="utf-8"
    )

    assert (as_json(korea, "linear-2035"), told(capsys)[1]["unknown-key"]) == (0, "warning")
    assert (as_json(korea, "later"), told(capsys)[1]["unknown-key"]) == (2, "error")


def test_a_fault_in_what_all_scenarios_share_blocks_any_of_them(korea, capsys):
    """`case.toml` names the sources from which the base year's claims come."""
    changed(korea / "case.toml", "[report]", "[raport]")

    assert as_json(korea, "linear-2035") == 2

    assert told(capsys)[1]["unknown-key"] == "error"


def test_a_headline_scenario_whose_file_is_broken_is_told_once(korea, capsys):
    """case.toml names `linear-2035`, and is right to."""
    (korea / "scenarios" / "linear-2035.toml").write_text(BROKEN, encoding="utf-8")
    (korea / "scenarios" / "fewer-troops.toml").unlink()

    assert as_json(korea, "linear-2030") == 0

    assert {code for code in told(capsys)[1] if code != "gdp-vintage"} == {"broken-toml"}


def test_a_scenario_whose_own_file_is_broken_is_not_called_unknown_too(korea, capsys):
    (korea / "scenarios" / "linear-2030.toml").write_text(BROKEN, encoding="utf-8")

    assert as_json(korea, "linear-2030") == 2

    assert told(capsys) == ([], {"broken-toml": "error"})


# A refusal of the only scenario


@pytest.fixture
def refused(korea):
    """The case with a scenario for which a claim is missing: no source gives executed spending."""
    changed(
        korea / "scenarios" / "constant-share.toml",
        'status = ["proposed"]\nunit',
        'status = ["executed"]\nunit',
    )
    return korea


def test_a_refusal_is_no_fault_and_json_holds_it(refused, capsys):
    assert as_json(refused, "constant-share") == 0

    scenarios, problems = told(capsys)
    assert scenarios == []
    assert problems["missing-base-claim"] == "refusal"


def test_json_lines_of_a_refusal_have_no_line(refused, capsys):
    assert run(["project", str(refused), "--scenario", "constant-share", "--format", "jsonl"]) == 0

    out, err = capsys.readouterr()
    assert out == ""
    assert "missing-base-claim (refusal)" in err


def rows_of(case, name, form, tmp_path):
    """The columns and the number of rows that a scenario gives."""
    path = tmp_path / f"{case.name}-{name}.{form}"
    assert run(["project", str(case), "--scenario", name, "--draws", "100", "--output", str(path)]) == 0
    if form == "csv":
        table = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))
        return table[0], len(table) - 1
    found = duckdb.sql(f"SELECT * FROM '{path}'")
    return [*zip(found.columns, map(str, found.types), strict=True)], len(found.fetchall())


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_a_table_of_a_refusal_has_all_columns_and_no_row(refused, tmp_path, form):
    sound = shutil.copytree(KOREA, tmp_path / "sound", ignore=shutil.ignore_patterns("out"))

    columns, rows = rows_of(sound, "constant-share", form, tmp_path)
    without, none = rows_of(refused, "constant-share", form, tmp_path)

    assert without == columns
    assert (rows > 0, none) == (True, 0)


# Parities


def test_spending_at_military_parities_is_asked_for_in_a_file(korea, capsys):
    """Half of 66.2947 trillion won at 500 won a dollar and half at 1,000 are 99.44 billion dollars."""
    source = '{ title = "Parities", publisher = "An institute", date = 2026-01-01 }'
    shares = {"pay": 50, "operations": 25, "equipment": 25}
    rates = {"pay": 500, "operations": 1000, "equipment": 1000}
    lines = [
        "[military_purchasing_power]",
        *(
            f'{part}.{key} = {{ value = "{number} {unit}", exact = true, reference = {source} }}'
            for key, numbers, unit in (("share", shares, "%"), ("parity", rates, "KRW"))
            for part, number in numbers.items()
        ),
        "[[assumptions]]",
        'variable = "purchasing_power"',
        'value = "0 %"',
        'reason = "Parities follow both deflators."',
    ]
    reference = korea / "scenarios" / "constant-share.toml"
    reference.write_text("\n".join([reference.read_text(encoding="utf-8"), *lines, ""]), encoding="utf-8")

    assert as_json(korea, "constant-share") == 0

    (found,) = json.loads(capsys.readouterr().out)["scenarios"]
    first = next(row for row in found["series"] if row["variable"] == "spending_military_parity")
    assert first["year"] == 2026
    assert first["central"] == pytest.approx(33.14735e12 / 500 + 33.14735e12 / 1000, rel=1e-5)
    assert first["unit"] == "USD at military purchasing power parity"
