"""Questions to a ledger: what fits is found, wrong questions are told, and nothing else can be reached."""

from __future__ import annotations

import csv
import io
import json

import pytest

from steelyard.cli import run
from steelyard.core.vocabulary import load_vocabulary
from steelyard.corpus.making import read_corpus
from steelyard.store import load_ledger

TEXTS = {
    "brief.txt": "South Korea asked for a 2026 defence budget of $46.1 billion, its proposal says.\n\n"
    "The army of South Korea has 450,000 troops.",
    "later.txt": "Japan spent 9.9 trillion yen on defence in FY2025. "
    '"We will never rest on what we have reached in defence," Defence Minister Koizumi said.',
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A ledger in a folder; beside it stand the same claims in files."""
    base = tmp_path_factory.mktemp("query")
    (base / "corpus").mkdir()
    for name, text in TEXTS.items():
        (base / "corpus" / name).write_text(f"Date: 24 January 2026\n\n{text}\n")
    read_corpus([str(base / "corpus")], base / "ledger", load_vocabulary()[0])
    for suffix in ("jsonl", "csv", "parquet"):
        assert run(["query", str(base / "ledger"), "--output", str(base / f"claims.{suffix}")]) == 0
    return base


@pytest.fixture
def ask(folder, capsys):
    """The exit code of a question, what it prints, and what it tells."""

    def asked(*options, ledger="ledger"):
        code = run(["query", str(folder / ledger), *options])
        shown = capsys.readouterr()
        return code, shown.out, shown.err

    return asked


def quotes(out):
    return [json.loads(line)["quote"] for line in out.splitlines()]


BUDGET, TROOPS, YEN = "$46.1 billion", "450,000 troops", "9.9 trillion yen"


@pytest.mark.parametrize("ledger", ["ledger", "claims.jsonl", "claims.csv", "claims.parquet"])
@pytest.mark.parametrize(
    ("options", "found"),
    [
        pytest.param(["--actor", "kor"], [BUDGET, TROOPS], id="an actor, in any case of letters"),
        pytest.param(
            ["--actor", "KOR", "--actor", "JPN", "--measure", "defence_spending"], [BUDGET, YEN], id="several"
        ),
        pytest.param(["--measure", "troops"], [TROOPS], id="a measure"),
        pytest.param(["--status", "proposed"], [BUDGET], id="a status"),
        pytest.param(["--period", "2025"], [YEN], id="a year, and the fiscal year of its number"),
        pytest.param(
            ["--period", "2025/2026", "--text", "ILLION"], [BUDGET, YEN], id="periods within, and words"
        ),
        pytest.param(
            ["--speaker", "koizumi"],
            ["We will never rest on what we have reached in defence"],
            id="a speaker by a part of the name",
        ),
        pytest.param(["--text", "46.1"], [BUDGET], id="words of the quotation"),
    ],
)
def test_claims_that_fit_are_found_in_order(ask, ledger, options, found):
    code, out, _ = ask(*options, "--format", "jsonl", ledger=ledger)

    assert code == 0
    assert quotes(out) == found


def test_the_answer_is_a_ledger_again(folder, tmp_path):
    for suffix in ("jsonl", "csv", "parquet"):
        path = tmp_path / f"found.{suffix}"
        assert run(["query", str(folder / "ledger"), "--actor", "JPN", "--output", str(path)]) == 0
        assert load_ledger(path)[0].quote == YEN


def test_sql_is_answered_in_each_format(ask):
    sql = "SELECT actor, count(*) AS n, list(quote) AS quotes FROM claims WHERE kind = 'figure' GROUP BY ALL"
    sql += " ORDER BY actor"
    rows = [{"actor": "JPN", "n": 1, "quotes": [YEN]}, {"actor": "KOR", "n": 2, "quotes": [BUDGET, TROOPS]}]
    assert json.loads(ask("--sql", sql, "--format", "json")[1]) == {"rows": rows, "problems": []}
    assert [json.loads(line) for line in ask("--sql", sql, "--format", "jsonl")[1].splitlines()] == rows
    cells = list(csv.DictReader(io.StringIO(ask("--sql", sql, "--format", "csv")[1])))
    assert [(cell["actor"], cell["n"], json.loads(cell["quotes"])) for cell in cells] == [
        ("JPN", "1", [YEN]),
        ("KOR", "2", [BUDGET, TROOPS]),
    ]
    assert ask("--sql", sql)[1].splitlines()[1].split()[:2] == ["JPN", "1"]


def test_an_answer_in_parquet_keeps_its_types(folder, tmp_path):
    import duckdb

    path = tmp_path / "rows.parquet"
    sql = "SELECT document, value, start FROM claims WHERE value IS NOT NULL"
    assert run(["query", str(folder / "ledger"), "--sql", sql, "--output", str(path)]) == 0

    with duckdb.connect() as database:
        kinds = database.sql(f"DESCRIBE SELECT * FROM '{path}'").fetchall()
    assert [(name, kind) for name, kind, *_ in kinds] == [
        ("document", "VARCHAR"),
        ("value", "DOUBLE"),
        ("start", "BIGINT"),
    ]


def test_documents_problems_and_copies_are_tables_too(ask):
    for table, count in (("documents", 2), ("problems", 0), ("copies", 0)):
        assert (
            json.loads(ask("--sql", f"SELECT count(*) AS n FROM {table}", "--format", "jsonl")[1])["n"]
            == count
        )


@pytest.mark.parametrize(
    ("sql", "place", "says"),
    [
        pytest.param("SELECT quoet FROM claims", "--sql:1:8", '"quote"', id="no such column"),
        pytest.param("SELECT *\nFORM claims", "--sql:2:6", "syntax error", id="a slip"),
        pytest.param("SELECT * FROM claim", "--sql:1:15", "claims", id="no such table"),
        pytest.param("DROP VIEW claims", "--sql", "only asked", id="no question"),
        pytest.param("SELECT 1; SELECT 2", "--sql", "not one question", id="two questions"),
        pytest.param("", "--sql", "not one question", id="none"),
        pytest.param("SELECT 1 AS a, 2 AS a", "--sql", "one name", id="one name for two"),
    ],
)
def test_a_wrong_question_is_told_with_its_place(ask, sql, place, says):
    code, _, told = ask("--sql", sql)

    assert code == 2
    assert told.startswith(f"{place}  wrong-query\n")
    assert says in told


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_text('{other}')",
        "SELECT * FROM '{other}'",
        "SELECT * FROM glob('{folder}/*')",
        "COPY claims TO '{folder}/stolen.csv'",
        "COPY (SELECT 1) TO '{folder}/ledger/copies.parquet'",
        "ATTACH '{folder}/new.db'",
        "INSTALL httpfs",
        "SET enable_external_access = true",
        "PRAGMA enable_external_access = true",
    ],
)
def test_sql_reaches_nothing_but_the_ledger(folder, ask, sql):
    """Whoever makes up the question may be a program that was told to by a web page."""
    before = {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}

    code, out, told = ask("--sql", sql.format(folder=folder, other=folder / "corpus" / "brief.txt"))

    assert code == 2
    assert "wrong-query" in told
    assert "South Korea" not in out
    assert {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()} == before


def test_a_value_that_is_not_there_is_told_with_those_near_it(ask):
    code, out, told = ask("--measure", "defense_spending", "--period", "1999", "--format", "jsonl")

    assert (code, out) == (0, "")
    assert "--measure  no-such-value (warning)" in told
    assert "Near to it: defence_spending." in told
    assert "within 1999" in told


def test_what_is_no_period_is_told(ask):
    code, _, told = ask("--period", "next year")

    assert code == 2
    assert "'next year' is no period" in told


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        pytest.param("no.jsonl", None, "there is no such ledger", id="missing"),
        pytest.param("a.txt", "x", "a ledger is a file", id="no ledger by its ending"),
        pytest.param("a.jsonl", '{"id": 3\n', "no ledger", id="broken lines"),
        pytest.param("a.jsonl", '{"text": "x"}\n', "no claims", id="other lines"),
        pytest.param("a.parquet", "PAR1", "no ledger", id="broken parquet"),
        pytest.param("a.csv", "id,quote\nx,y\n", "row 2", id="columns missing"),
    ],
)
def test_what_is_no_ledger_is_told_in_a_line(tmp_path, capsys, name, content, says):
    if content is not None:
        (tmp_path / name).write_text(content)

    assert run(["query", str(tmp_path / name)]) == 2

    told = capsys.readouterr().err
    assert says in told
    assert len(told.splitlines()) == 1


def test_sql_and_the_other_questions_exclude_one_another(ask):
    assert ask("--sql", "SELECT 1", "--actor", "KOR")[0] == 2
