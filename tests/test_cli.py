"""The command line as promised: what goes where, in which format, with which exit code."""

from __future__ import annotations

import csv
import errno
import io
import json
import os
import shlex
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from steelyard import cli
from steelyard.cli import run
from steelyard.core.claim import CLAIM_KEYS, Ledger
from steelyard.store import load_ledger

ROOT = Path(__file__).resolve().parents[1]
KOREA = ROOT / "cases" / "korea-2026"
BUDGET = "South Korea set its 2026 defense budget at $46.1 billion.\n"
# From 45.1 to 46.1 is 2.0 to 2.4 %: these three figures cannot all hold.
CLASH = (
    "South Korea set its 2026 defense budget at $46.1 billion, 8.2% more than the year before. "
    "South Korea's 2025 defense budget was $45.1 billion.\n"
)
FINDING_KEYS = [
    *("id", "verdict", "severity", "identity", "claims", "given", "expected", "found", "miss"),
    *("explanation", "readings", "hash"),
]


@pytest.fixture
def brief(tmp_path):
    """A text with one figure."""
    path = tmp_path / "brief.txt"
    path.write_text(BUDGET, encoding="utf-8")
    return str(path)


@pytest.fixture
def clash(tmp_path):
    """A text that contradicts itself."""
    path = tmp_path / "clash.txt"
    path.write_text(CLASH, encoding="utf-8")
    return str(path)


@pytest.fixture
def korea(tmp_path):
    """A copy of the case, so that what was built of it stays as it is."""
    return str(shutil.copytree(KOREA, tmp_path / "korea", ignore=shutil.ignore_patterns("out")))


def steelyard(*arguments, stdin=b"", **environment):
    """A run in a process of its own: exit code, standard output and standard error."""
    program = [sys.executable, "-c", "from steelyard.cli import main; main()", *arguments]
    done = subprocess.run(program, input=stdin, capture_output=True, env={**os.environ, **environment})
    return done.returncode, done.stdout, done.stderr.decode()


# What goes where


def test_a_refusal_of_the_only_scenario_is_told_on_standard_output(korea, capsys):
    """No source of the case gives executed spending; a refusal is no fault, so the exit code is 0."""
    path = Path(korea) / "scenarios" / "constant-share.toml"
    text = path.read_text(encoding="utf-8").replace(
        'status = ["proposed"]\nunit', 'status = ["executed"]\nunit'
    )
    path.write_text(text, encoding="utf-8")

    assert run(["project", korea, "--scenario", "constant-share"]) == 0

    out, err = capsys.readouterr()
    assert out == "No scenario was projected (missing-base-claim); standard error says why.\n"
    assert "no claim gives" in err


def test_the_package_runs_as_a_module_too():
    done = subprocess.run([sys.executable, "-m", "steelyard", "--version"], capture_output=True)

    assert (done.returncode, done.stdout, done.stderr.decode()) == steelyard("--version")
    assert done.returncode == 0


def test_claims_come_as_json_lines_in_a_pipe(brief, capsys):
    assert run(["read", brief, "--date", "2026-01-24"]) == 0

    out, err = capsys.readouterr()
    (claim,) = [json.loads(line) for line in out.splitlines()]
    assert list(claim) == list(CLAIM_KEYS)
    assert (claim["quote"], claim["low"], claim["high"]) == ("$46.1 billion", 46050000000, 46150000000)
    assert err == ""


def test_problems_go_to_standard_error_and_leave_the_result_alone(brief, capsys):
    assert run(["read", "nowhere.txt", brief, "--date", "2026-01-24"]) == 2

    out, err = capsys.readouterr()
    assert len(out.splitlines()) == 1
    assert err.splitlines()[0] == "nowhere.txt  missing-path"


def test_quiet_leaves_the_errors(brief, capsys):
    assert run(["read", brief, "nowhere.txt", "--quiet"]) == 2

    assert capsys.readouterr().err.splitlines()[0].endswith("missing-path")
    assert run(["read", brief, "--quiet"]) == 0
    assert capsys.readouterr().err == ""


def test_a_result_can_go_to_a_file_whose_name_says_the_format(brief, tmp_path, capsys):
    for suffix in ("jsonl", "csv", "parquet"):
        path = tmp_path / f"claims.{suffix}"
        assert run(["read", brief, "--date", "2026-01-24", "--output", str(path)]) == 0
        assert [claim.quote for claim in load_ledger(path)] == ["$46.1 billion"]
    assert capsys.readouterr().out == ""


def test_a_file_of_text_holds_what_a_terminal_would_show(brief, tmp_path, capsys):
    for command in ("read", "check"):
        run([command, brief, "--date", "2026-01-24", "--format", "table"])
        shown = capsys.readouterr().out
        assert run([command, brief, "--date", "2026-01-24", "--output", str(tmp_path / "a.TXT")]) == 0
        assert (tmp_path / "a.TXT").read_text(encoding="utf-8") == shown


@pytest.mark.parametrize("name", ["claims", "claims.xyz"])
def test_a_format_that_is_asked_for_may_have_any_suffix(brief, tmp_path, name):
    path = tmp_path / name
    form = ["--format", "jsonl"]

    assert run(["read", brief, "--date", "2026-01-24", *form, "--output", str(path)]) == 0

    assert [claim.quote for claim in Ledger.from_jsonl(path.read_text(encoding="utf-8"))] == ["$46.1 billion"]


def test_the_text_may_go_to_a_file_of_any_name(brief, tmp_path):
    assert run(["read", brief, "--text", "--output", str(tmp_path / "text.xyz")]) == 0

    assert (tmp_path / "text.xyz").read_text(encoding="utf-8") == BUDGET


def test_parquet_may_go_through_a_pipe(brief, tmp_path):
    code, out, _ = steelyard("read", brief, "--format", "parquet", "--date", "2026-01-24")
    (tmp_path / "c.parquet").write_bytes(out)

    assert code == 0
    assert len(load_ledger(tmp_path / "c.parquet")) == 1


def test_read_gives_one_object_as_json(brief, capsys):
    run(["read", brief, "--format", "json"])

    data = json.loads(capsys.readouterr().out)
    assert list(data) == ["claims", "problems"]
    assert [problem["code"] for problem in data["problems"]] == ["date-inferred"]


def test_the_text_is_printed_as_offsets_count_it(tmp_path, capsys):
    page = tmp_path / "page.html"
    page.write_text(f"<html><body><p>{BUDGET}</p></body></html>", encoding="utf-8")

    assert run(["read", str(page), "--text", "--quiet"]) == 0
    text = capsys.readouterr().out
    assert run(["read", str(page), "--quiet"]) == 0
    (claim,) = map(json.loads, capsys.readouterr().out.splitlines())

    assert text[claim["start"] : claim["end"]] == claim["quote"] == "$46.1 billion"


def test_several_texts_come_as_lines_of_json(brief, clash, capsys):
    assert run(["read", brief, clash, "--text"]) == 0

    assert [json.loads(line) for line in capsys.readouterr().out.splitlines()] == [
        {"document": brief, "text": BUDGET},
        {"document": clash, "text": CLASH},
    ]


def test_check_gives_one_object_as_json(clash, capsys):
    run(["check", clash, "--format", "json", "--date", "2026-01-24"])

    data = json.loads(capsys.readouterr().out)
    assert list(data) == ["findings", "problems", "claims"]
    assert all(list(finding) == FINDING_KEYS for finding in data["findings"])
    assert data["findings"][0]["verdict"] == "contradicted"


@pytest.mark.parametrize("form", ["csv", "parquet", "jsonl"])
def test_findings_come_in_rows_too(clash, tmp_path, form):
    import duckdb

    path = tmp_path / f"findings.{form}"
    assert run(["check", clash, "--date", "2026-01-24", "--output", str(path)]) == 0

    reader = {"csv": "read_csv", "parquet": "read_parquet", "jsonl": "read_json"}[form]
    with duckdb.connect() as database:
        rows = database.execute(f"SELECT verdict FROM {reader}(?)", [str(path)]).fetchall()
    assert rows[0] == ("contradicted",)


def test_a_table_shows_quote_interval_and_place(brief, capsys):
    run(["read", brief, "--format", "table", "--date", "2026-01-24"])

    out = capsys.readouterr().out
    row = out.splitlines()[1]
    assert [word in row for word in ("$46.1 billion", "46.05 to 46.15 bn USD", "KOR", "brief.txt:1")] == [
        True
    ] * 4


def test_explain_adds_the_reasons(brief, capsys):
    run(["read", brief, "--date", "2026-01-24", "--explain"])

    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith(f"{brief}:1:")
    assert "figure, confidence 0." in lines[0]
    assert lines[1] == "    “$46.1 billion”"
    assert "    leaves open     46.05 to 46.15 bn USD" in lines
    assert "    actor           KOR" in lines
    assert any(line.startswith("    because") and "level" in line for line in lines)


def test_explain_leaves_json_lines_as_they_are(brief, capsys):
    run(["read", brief, "--date", "2026-01-24", "--format", "jsonl"])
    plain = capsys.readouterr().out
    run(["read", brief, "--date", "2026-01-24", "--format", "jsonl", "--explain"])

    assert capsys.readouterr().out == plain


def test_a_contradiction_is_shown_at_its_place(clash, capsys):
    """Where, what was written with a caret, what was expected in numbers."""
    run(["check", clash, "--date", "2026-01-24"])

    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith(f"{clash}:1:44  contradicted")
    assert lines[1][lines[2].index("^") :].startswith("$46.1 billion")
    assert any("1.99 to 2.44%" in line and "8.15 to 8.25%" in line for line in lines)
    assert any(line.startswith("First reading: ") for line in lines)
    assert lines[-1].startswith("Findings: 1 contradicted")


@pytest.mark.parametrize("suffix", ["jsonl", "parquet"])
def test_a_ledger_is_checked_as_its_text(clash, tmp_path, capsys, suffix):
    ledger = str(tmp_path / f"claims.{suffix}")
    run(["read", clash, "--date", "2026-01-24", "--output", ledger])

    found = []
    for path in (ledger, clash):
        run(["check", path, "--date", "2026-01-24", "--format", "json"])
        data = json.loads(capsys.readouterr().out)
        found.append([(each["id"], each["verdict"], each["explanation"]) for each in data["findings"]])

    assert found[0] == found[1]
    assert found[0]


def test_standard_input_is_read(capsys):
    code, out, _ = steelyard("read", "-", "--date", "2026-01-24", stdin=BUDGET.encode())

    assert code == 0
    assert [claim.document for claim in Ledger.from_jsonl(out.decode())] == ["-"]


def test_a_source_cannot_steer_the_terminal(tmp_path, capsys):
    path = tmp_path / "evil.txt"
    path.write_text(
        'The minister said "\x1b[31mwe shall spend what it takes\x1b[0m" on the $46.1 billion.\n',
        encoding="utf-8",
    )

    for form in ("table", "json", "jsonl"):
        run(["read", str(path), "--format", form, "--date", "2026-01-24"])
        assert "\x1b" not in capsys.readouterr().out


def test_a_case_among_the_paths_brings_its_words_and_dates(korea, capsys):
    assert run(["read", korea]) == 0

    documents = {json.loads(line)["document"] for line in capsys.readouterr().out.splitlines()}
    assert documents == {f"sources/{path.name}" for path in (KOREA / "sources").iterdir()}


# Projecting


def test_project_prints_a_table_for_each_scenario(korea, capsys):
    assert run(["project", korea, "--draws", "200"]) == 0

    out = capsys.readouterr().out
    assert out.count("200 draws") == len(list((KOREA / "scenarios").glob("*.toml")))
    assert out.count("Target reached by") > 0
    assert all(f"{percent}%" in out for percent in (5, 25, 50, 75, 95))
    assert "Spending in 2035: spread owed to growth " in out
    assert "Spending in 2035: moved alone by share of GDP in 2026: " in out


def test_one_scenario_can_be_projected_with_a_seed_of_ones_own(korea, capsys):
    run(["project", korea, "--scenario", "linear-2035", "--draws", "200", "--seed", "7", "--format", "json"])

    data = json.loads(capsys.readouterr().out)
    assert list(data) == ["scenarios", "problems"]
    (scenario,) = data["scenarios"]
    assert (scenario["scenario"], scenario["draws"], scenario["seed"]) == ("linear-2035", 200, 7)
    cell = scenario["series"][0]
    assert {"variable", "unit", "year", "quantiles", "box", "origin"} <= set(cell)


def test_projections_come_in_rows_too(korea, capsys):
    run(["project", korea, "--scenario", "linear-2035", "--draws", "200", "--format", "csv"])

    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert {"scenario", "variable", "unit", "year", "q5", "q50", "q95"} <= set(rows[0])
    assert all(float(row["q5"]) <= float(row["q50"]) <= float(row["q95"]) for row in rows)
    errors = {row["year"]: row["q50_error"] for row in rows if row["variable"] == "spending_foreign"}
    assert errors["2026"] == ""
    assert float(errors["2035"]) > 0


def test_errors_are_numbers_in_parquet_too(korea, tmp_path):
    import duckdb

    path = tmp_path / "rows.parquet"
    assert run(["project", korea, "--scenario", "linear-2035", "--draws", "200", "--output", str(path)]) == 0

    columns = duckdb.sql(f"describe select * from '{path}'").fetchall()
    assert {name: kind for name, kind, *_ in columns if name.endswith("_error")} == {
        f"q{percent}_error": "DOUBLE" for percent in (5, 25, 50, 75, 95)
    }


# Exit codes


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        pytest.param([], 0, id="contradictions are no failure"),
        pytest.param(["--strict"], 1, id="but with --strict"),
        pytest.param(["--strict", "nowhere.txt"], 2, id="the highest wins"),
    ],
)
def test_exit_codes_of_check(clash, arguments, code):
    assert run(["check", clash, "--date", "2026-01-24", "--quiet", *arguments]) == code


def test_strict_without_contradiction_is_fine(brief):
    assert run(["check", brief, "--strict", "--quiet"]) == 0


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        pytest.param(["read"], "PATH", id="no path"),
        pytest.param(["read", "a.txt", "--date", "2026-13-01"], "2026-01-24", id="no date"),
        pytest.param(["read", "a.txt", "--date", "tomorrow"], "2026-01-24", id="no date at all"),
        pytest.param(["read", "a.txt", "--date", ""], "write it as 2026-01-24", id="an empty date"),
        pytest.param(["check", "a.txt", "--date", "1800-01-01"], "1900 to 2099", id="a date too early"),
        pytest.param(["read", "a.txt", "--date", "9999-12-31"], "1900 to 2099", id="a date too late"),
        pytest.param(
            ["read", "a.txt", "--output", "c.xyz"], ".txt, .json, .jsonl, .csv, .parquet,", id="suffix"
        ),
        pytest.param(
            ["check", "a.txt", "--output", "c.xyz"], ".parquet, .sarif, or", id="suffix of findings"
        ),
        pytest.param(
            ["read", "a.txt", "--output", "c.sarif"], "has the suffix .sarif", id="suffix of others"
        ),
        pytest.param(
            ["project", ".", "--output", "c.html"], "has the suffix .html", id="suffix of a projection"
        ),
        pytest.param(["read", "a.txt", "--format", "xml"], "parquet", id="no format"),
        pytest.param(["read", "a.txt", "--jobs", "two"], "'two' is not a valid whole number", id="no number"),
        pytest.param(["read", "a.txt", "--jobs", "0"], "1<=x", id="no process"),
        pytest.param(["project", "."], "case.toml", id="no case"),
        pytest.param(["project", "nowhere"], "steelyard new", id="no folder"),
        pytest.param(["build", "."], "case.toml", id="no case to build"),
        pytest.param(["report", "nowhere"], "nowhere", id="no case to report"),
        pytest.param(["check", "a.txt", "--case", "nowhere"], "nowhere", id="no case to borrow from"),
        pytest.param(["project", ".", "--draws", "19"], "20<=x<=1000000", id="too few draws"),
        pytest.param(["new", "."], "already", id="a folder that is not empty"),
        pytest.param(["report", ".", "--scenario", "x"], "report --help", id="a report of one scenario"),
        pytest.param(["read", "a.txt", "--output", "."], "name a file in it", id="a folder for the result"),
        pytest.param(
            ["read", "a.txt", "--output", "b/c.csv"], "make it first", id="no folder for the result"
        ),
        pytest.param(["draw"], "draw", id="no such command"),
        pytest.param(["read", "--colour"], "--colour", id="no such option"),
    ],
)
def test_a_wrong_command_line_is_one_line_and_exit_code_2(arguments, says, tmp_path, monkeypatch, capsys):
    (tmp_path / "a.txt").write_text(BUDGET, encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    assert run(arguments) == 2

    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert err.startswith("steelyard: ")
    assert says in err


def test_an_unknown_scenario_is_named_with_the_nearest(korea, capsys):
    assert run(["project", korea, "--scenario", "linear-2053"]) == 2

    assert "Did you mean 'linear-2035'?" in capsys.readouterr().err


def test_an_unknown_measure_in_a_scenario_is_named_with_its_place(korea, capsys):
    path = Path(korea, "scenarios", "linear-2035.toml")
    path.write_text(
        '[base.spending]\nmeasure = "defense_spending"\n' + path.read_text(encoding="utf-8"), encoding="utf-8"
    )
    text = path.read_text(encoding="utf-8").replace('[base.spending]\nmeasure = "defense_spending"\n', "", 1)
    path.write_text(text + '\n[base.spending]\nmeasure = "defense_spending"\n', encoding="utf-8")

    assert run(["project", korea, "--scenario", "linear-2035", "--draws", "200"]) == 2

    err = capsys.readouterr().err
    assert "linear-2035.toml" in err
    assert "defence_spending" in err


def test_a_missing_series_is_a_refusal_or_fault_that_names_it(korea, capsys):
    """Nothing is filled in; what would lift it is named, and no traceback comes."""
    Path(korea, "series", "gdp.csv").unlink()

    code = run(["project", korea, "--scenario", "linear-2035", "--draws", "200"])

    out, err = capsys.readouterr()
    assert code in (0, 2)
    assert "missing-series" in err
    assert "Traceback" not in err
    assert "Spending" not in out


@pytest.mark.parametrize(
    ("number", "cure"),
    [
        pytest.param(errno.ENOSPC, "make room", id="a full disk"),
        pytest.param(errno.EACCES, "ask for the right", id="no right to write"),
        pytest.param(errno.EROFS, "can be written", id="a disk to read from"),
    ],
)
def test_an_error_of_the_machine_is_one_line_with_file_and_cure(
    brief, tmp_path, monkeypatch, capsys, number, cure
):
    """The file has the name that the user gave it, not that of its unfinished copy."""

    def fails(path, data):
        raise OSError(number, os.strerror(number), str(path))

    monkeypatch.setattr(Path, "write_bytes", fails)
    output = tmp_path / "claims.csv"

    assert run(["read", brief, "--quiet", "--output", str(output)]) == 3

    err = capsys.readouterr().err
    assert err.startswith(f"steelyard: {output}: {os.strerror(number)}; ")
    assert err.count("\n") == 1
    assert cure in err


def test_a_file_where_the_results_belong_is_told_with_its_cure(korea, capsys):
    Path(korea, "out").write_text("in the way", encoding="utf-8")

    assert run(["build", korea, "--quiet", "--draws", "100"]) == 3

    err = capsys.readouterr().err
    assert str(Path(korea, "out")) in err
    assert "move it away" in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("command", ["read", "check"])
def test_with_faults_the_earlier_file_is_kept(brief, tmp_path, capsys, command):
    output = tmp_path / "result.json"
    output.write_text("earlier", encoding="utf-8")

    assert run([command, brief, "nowhere.txt", "--output", str(output)]) == 2

    assert output.read_text(encoding="utf-8") == "earlier"
    said = f"steelyard: {output} was not written, for there are faults; it is as it was"
    assert capsys.readouterr().err.splitlines()[-1] == said


def test_a_projection_with_faults_leaves_the_earlier_file_as_it_was(korea, tmp_path, capsys):
    path, output = Path(korea, "scenarios", "linear-2030.toml"), tmp_path / "result.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("kind =", "knid ="), encoding="utf-8")
    output.write_text("earlier", encoding="utf-8")

    assert run(["project", korea, "--draws", "100", "--output", str(output)]) == 2

    assert output.read_text(encoding="utf-8") == "earlier"
    assert "it is as it was" in capsys.readouterr().err


def test_a_build_with_faults_says_that_earlier_results_are_kept(korea, capsys):
    run(["build", korea, "--draws", "100", "--scenario", "linear-2030"])
    path = Path(korea, "scenarios", "linear-2030.toml")
    path.write_text(path.read_text(encoding="utf-8").replace("kind =", "knid ="), encoding="utf-8")
    capsys.readouterr()

    assert run(["build", korea, "--draws", "100", "--scenario", "linear-2030"]) == 2

    err = capsys.readouterr().err
    assert "project  none of 1 scenario\n" in err
    kept = f"what an earlier build wrote to {Path(korea, 'out')} is as it was"
    assert err.splitlines()[-1] == f"steelyard: nothing was written, for there are faults; {kept}"


def test_a_report_of_one_scenario_says_that_others_are_left_out(korea, capsys):
    run(["build", korea, "--draws", "100", "--scenario", "linear-2030"])

    said = "The report shows linear-2030 alone; the 3 other scenarios are left out"
    assert any(line.startswith(said) for line in capsys.readouterr().out.splitlines())
    page = Path(korea, "out", "report.html").read_text(encoding="utf-8")
    assert "steelyard build korea --scenario linear-2030 --draws 100" in page


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        pytest.param("gone.txt", None, "nothing was read", id="missing"),
        pytest.param("photo.txt", b"\x89PNG\0\0", "nothing was read", id="binary"),
        pytest.param("brief.pdf", b"%PDF-1.7", "nothing was read", id="PDF"),
        pytest.param("empty.txt", b"", "nothing was read", id="empty"),
        pytest.param("snow.txt", b"It snowed in Seoul.", "no figure was found", id="no figure"),
        pytest.param(
            "one.txt", BUDGET.encode(), "no two figures speak about the same thing", id="one figure"
        ),
    ],
)
def test_without_a_finding_it_is_said_why(tmp_path, capsys, name, data, why):
    if data is not None:
        (tmp_path / name).write_bytes(data)

    run(["check", str(tmp_path / name)])

    assert capsys.readouterr().out == f"Findings: none, for {why}.\n"


def test_a_binary_file_is_refused_with_a_remedy(tmp_path, capsys):
    (tmp_path / "photo.txt").write_bytes(b"PNG\0\0")

    run(["read", str(tmp_path / "photo.txt")])

    assert capsys.readouterr().err.rstrip().endswith("give another file.")


def test_a_case_file_that_cannot_be_read_brings_no_other_message_with_it(korea, capsys):
    """Its dates are unknown for that reason; `--date` would cure nothing."""
    Path(korea, "case.toml").write_text('title = "Korea\n', encoding="utf-8")

    assert run(["build", korea, "--draws", "100"]) == 2

    err = capsys.readouterr().err
    assert "broken-toml" in err
    assert "no-date" not in err


@pytest.mark.parametrize("command", ["project", "report", "build"])
@pytest.mark.parametrize(
    ("path", "says"),
    [("nowhere", "nowhere: there is no such folder; "), ("a.txt", "a.txt: a file, and a case is a folder; ")],
)
def test_every_command_says_the_same_of_what_is_no_case(tmp_path, monkeypatch, capsys, command, path, says):
    (tmp_path / "a.txt").write_text(BUDGET, encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    assert run([command, path]) == 2
    assert capsys.readouterr().err.startswith(f"steelyard: {says}")


def test_a_source_that_cannot_be_opened_is_a_fault_in_a_build_too(korea, monkeypatch, capsys):
    refused = Path(korea, "sources", "budget-brief.txt")
    opened = Path.open

    def refuse(path, *arguments, **options):
        if path == refused:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return opened(path, *arguments, **options)

    monkeypatch.setattr(Path, "open", refuse)

    assert run(["build", korea, "--draws", "100"]) == run(["read", str(refused)]) == 2
    assert capsys.readouterr().err.count("unreadable-document") == 2


@pytest.mark.parametrize(("value", "traced"), [("", False), ("1", True)])
def test_an_error_of_ours_says_how_to_see_more(brief, monkeypatch, capsys, value, traced):
    def broken(*arguments, **options):
        raise RuntimeError("the scale\nbroke")

    monkeypatch.setattr("steelyard.gather.gather_paths", broken)
    monkeypatch.setenv(cli.TRACEBACK, value)

    assert run(["read", brief]) == 3

    err = capsys.readouterr().err
    assert "RuntimeError: the scale broke" in err.splitlines()[-1]
    assert cli.TRACEBACK in err.splitlines()[-1]
    assert ("Traceback" in err) is traced
    assert traced or err.count("\n") == 1


INTERRUPTED = "steelyard: Interrupted; what was there before is as it was.\n"


def test_an_interrupted_run_says_so_in_one_line(brief, monkeypatch, capsys):
    def interrupted(*arguments, **options):
        raise KeyboardInterrupt

    monkeypatch.setattr("steelyard.gather.gather_paths", interrupted)

    assert run(["read", brief]) == 130
    assert capsys.readouterr().err == INTERRUPTED


def test_an_interrupt_that_comes_out_as_another_error_is_one_still(brief, monkeypatch, capsys):
    """Python 3.11 wraps whatever is raised while a class is being made into a RuntimeError."""

    def interrupted(*arguments, **options):
        raise RuntimeError("Error calling __set_name__") from KeyboardInterrupt()

    monkeypatch.setattr("steelyard.gather.gather_paths", interrupted)

    assert run(["read", brief]) == 130
    assert capsys.readouterr().err == INTERRUPTED


@pytest.mark.skipif(os.name != "posix", reason="interrupts are sent otherwise here")
@pytest.mark.parametrize("seconds", [0.03, 0.2, 0.5])
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_ends_a_build_at_any_time(korea, seconds, jobs):
    """While importing, loading, reading in a pool: the key goes to every process, and one answers."""
    ready = "from steelyard.cli import main; print('ready', flush=True); main()"
    program = [sys.executable, "-c", ready, "build", korea, "--quiet", "--draws", "200000", "--jobs", jobs]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(program, **pipes, start_new_session=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        time.sleep(seconds)
        os.killpg(process.pid, signal.SIGINT)
        told = process.stderr.read().decode()

    assert (process.returncode, told) == (130, INTERRUPTED)
    assert not Path(korea, "out").exists()


@pytest.mark.skipif(os.name != "posix", reason="pipes break otherwise here")
def test_a_broken_pipe_ends_quietly(tmp_path):
    """As with `steelyard read ... | head -1`."""
    for number in range(40):
        (tmp_path / f"{number}.txt").write_text(BUDGET * 40, encoding="utf-8")
    program = [
        sys.executable,
        "-c",
        "from steelyard.cli import main; main()",
        "read",
        str(tmp_path),
        "--quiet",
    ]

    with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


@pytest.mark.skipif(os.name != "posix", reason="streams are closed otherwise here")
@pytest.mark.parametrize(
    ("closed", "code", "says"),
    [
        pytest.param(">&-", 3, "standard output is closed", id="output"),
        pytest.param(">&- --output claims.jsonl", 0, "", id="output that is not needed"),
        pytest.param("2>&-", 0, "", id="error"),
        pytest.param("<&-", 0, "", id="input that is not needed"),
        pytest.param("- <&-", 0, "-  empty-document", id="input"),
    ],
)
def test_a_closed_stream_is_told_in_a_line_where_it_is_needed(tmp_path, closed, code, says):
    (tmp_path / "a.txt").write_text(BUDGET, encoding="utf-8")
    program = f"{shlex.quote(sys.executable)} -c 'from steelyard.cli import main; main()'"
    line = f"{program} read a.txt --date 2026-01-24 {closed}"

    done = subprocess.run(["sh", "-c", line], capture_output=True, text=True, cwd=tmp_path)

    assert done.returncode == code
    assert says in done.stderr
    assert done.stderr.count("\n") <= 2


@pytest.mark.parametrize("command", ["read", "check"])
@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        pytest.param(b"", "a.txt", 0, id="empty"),
        pytest.param(b"", "a.pdf", 2, id="an empty PDF"),
        pytest.param(b"", "a.docx", 2, id="an empty DOCX"),
        pytest.param(b"", "a.xlsx", 2, id="an empty XLSX"),
        pytest.param(b"", "a.zip", 2, id="an empty archive"),
        pytest.param(b"", "a.csv", 0, id="an empty table"),
        pytest.param(bytes(range(256)) * 9, "a.txt", 2, id="bytes of all kinds"),
        pytest.param(BUDGET.encode(), "a.doc", 2, id="another suffix"),
        pytest.param(BUDGET.encode(), "a.pdf", 2, id="a wrong suffix"),
        pytest.param(b"\x89PNG\r\n", "a", 2, id="a picture without a suffix"),
        pytest.param(
            BUDGET.encode(), "\N{HANGUL SYLLABLE GUG}\N{HANGUL SYLLABLE BANG} (1).txt", 0, id="Korean"
        ),
    ],
)
def test_any_file_is_read_or_told_in_a_sentence_with_its_place(
    tmp_path, capsys, command, content, name, code
):
    path = tmp_path / "a folder" / name
    path.parent.mkdir()
    path.write_bytes(content)

    assert run([command, str(path), "--date", "2026-01-24"]) == code

    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == (0 if content and not code else 2)
    assert all(line.startswith(f"{path}  ") for line in lines[:1])
    assert all(line[0].isupper() and line.endswith(".") for line in lines[1:])


# The audit of a draft


@pytest.fixture
def draft(tmp_path):
    """A text whose figure is another than that of the brief."""
    path = tmp_path / "draft.md"
    path.write_text(BUDGET.replace("46.1", "41.6"), encoding="utf-8")
    return str(path)


AUDIT_KEYS = ["claim", "verdict", "by", "identity", "severity", "expected", "found", "miss", "taken"]


def audit(*arguments):
    return run(["check", *arguments, "--date", "2026-01-24", "--quiet"])


def test_an_audit_gives_each_figure_with_its_verdict(brief, draft, capsys):
    assert audit(draft, "--against", brief, "--format", "json") == 0

    data = json.loads(capsys.readouterr().out)
    (figure,) = data["figures"]
    assert list(data) == ["figures", "problems"]
    assert list(figure) == [*AUDIT_KEYS, "readings", "explanation"]
    assert (figure["verdict"], figure["claim"]["quote"]) == ("contradicted", "$41.6 billion")
    assert [claim["quote"] for claim in figure["by"]] == ["$46.1 billion"]


def test_an_audit_on_a_terminal_shows_the_sentence_and_carets(brief, draft, capsys):
    audit(draft, "--against", brief)

    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"{draft}:1:44  contradicted same-figure (material)"
    assert lines[1].strip() == BUDGET.strip().replace("46.1", "41.6")
    assert lines[2].strip() == "^~~~~~~~~~~~~"
    assert lines[3] == f"{brief}:1:44  by"
    assert lines[-1] == "Figures: 1 contradicted."


def test_a_source_may_be_a_ledger(brief, draft, tmp_path, capsys):
    ledger = str(tmp_path / "claims.jsonl")
    run(["read", brief, "--date", "2026-01-24", "--output", ledger])

    audit(draft, "--against", ledger)

    assert f"{brief}  by" in capsys.readouterr().out


def test_a_source_may_be_a_case(korea, brief, capsys):
    assert audit(brief, "--against", korea, "--strict") == 0

    assert "supported: “$46.1 billion” by " in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param(BUDGET, 0, id="supported"),
        pytest.param(BUDGET.replace("46.1", "41.6"), 1, id="contradicted"),
        pytest.param(BUDGET.replace("2026", "2024"), 0, id="without source"),
    ],
)
def test_strict_fails_on_contradicted_figures_alone(brief, tmp_path, text, code):
    path = tmp_path / "draft.txt"
    path.write_text(text, encoding="utf-8")

    assert audit(str(path), "--against", brief, "--strict") == code


def test_a_draft_does_not_bear_itself_out(brief, capsys):
    run(["check", brief, "--against", brief, "--date", "2026-01-24"])

    out, err = capsys.readouterr()
    assert "draft-among-sources (warning)" in err
    assert "1 without source" in out


@pytest.mark.parametrize("suffix", ["csv", "parquet", "jsonl"])
def test_an_audit_comes_in_rows_too(brief, draft, tmp_path, suffix):
    path = tmp_path / f"audit.{suffix}"

    assert audit(draft, "--against", brief, "--output", str(path)) == 0

    assert path.stat().st_size
    if suffix == "csv":
        (row,) = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8")))
        assert (row["verdict"], row["identity"], row["expected_low"]) == (
            "contradicted",
            "same-figure",
            "46050000000",
        )


def test_an_audit_goes_to_a_code_host(brief, draft, tmp_path, capsys):
    path = tmp_path / "audit.sarif"
    assert audit(draft, "--against", brief, "--output", str(path)) == 0
    assert audit(draft, "--against", brief, "--format", "github") == 0

    (sarif,) = json.loads(path.read_text(encoding="utf-8"))["runs"]
    (result,) = sarif["results"]
    region = result["locations"][0]["physicalLocation"]["region"]
    assert (result["level"], region["startLine"], region["startColumn"]) == ("error", 1, 44)
    assert f"::error file={draft},line=1,endLine=1,col=44," in capsys.readouterr().out


def test_findings_go_to_a_code_host_too(clash, capsys):
    run(["check", clash, "--date", "2026-01-24", "--format", "sarif"])
    (sarif,) = json.loads(capsys.readouterr().out)["runs"]
    run(["check", clash, "--date", "2026-01-24", "--format", "github"])

    assert [result["ruleId"].split("/")[0] for result in sarif["results"]] == ["contradicted"]
    assert capsys.readouterr().out.startswith("::error file=")


def test_only_check_knows_the_formats_of_code_hosts(brief, capsys):
    assert run(["read", brief, "--format", "sarif"]) == 2
    assert "sarif" in capsys.readouterr().err


def test_the_help_of_check_tells_of_the_audit(capsys):
    run(["check", "--help"])

    out = " ".join(capsys.readouterr().out.split())
    for words in ("--against SOURCE", "sarif", "github", "without source is only a warning"):
        assert words in out


# Help and new


def test_help_and_version_answer(capsys):
    assert run([]) == run(["--help"]) == 0
    assert "Commands:" in capsys.readouterr().out
    assert run(["--version"]) == 0
    assert capsys.readouterr().out.startswith("steelyard ")


@pytest.mark.parametrize("command", ["read", "check", "project", "report", "build", "new"])
def test_each_command_explains_itself(command, capsys):
    assert run([command, "--help"]) == 0
    assert f"steelyard {command}" in capsys.readouterr().out


def test_help_imports_nothing_heavy():
    """So it answers at once."""
    _, out, _ = steelyard("--help")
    program = "import sys; from steelyard.cli import run; run(['--help']); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True).stdout.split()

    assert b"Commands:" in out
    assert not {"numpy", "rich", "duckdb", "jinja2", "vl_convert", "steelyard.read"}.intersection(loaded)


def test_a_new_case_can_be_built_at_once(tmp_path, capsys):
    case = str(tmp_path / "baltic")

    assert run(["new", case]) == 0
    made = capsys.readouterr().out.splitlines()
    assert run(["build", case]) == 0

    assert str(Path(case, "case.toml")) in made
    assert Path(case, "out", "report.html").is_file()
    assert capsys.readouterr().err.splitlines()[0].startswith("read")
