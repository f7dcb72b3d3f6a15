"""What the fuzzer and the corpus of bad files have found, one case each."""

from __future__ import annotations

import json
import os
from datetime import date

import pytest

import steelyard.read
from steelyard.core.claim import Ledger
from steelyard.core.data_file import is_there, read_data_file, read_data_text
from steelyard.core.problems import FormatError
from steelyard.core.schema import has_kind
from steelyard.core.vocabulary import load_vocabulary
from steelyard.core.workbook_file import plain_workbook
from steelyard.read import read_document
from steelyard.read.documents.document import Document
from steelyard.read.lexicon import lexicon_for
from steelyard.read.tongues import tools_for
from steelyard.state import input_hashes
from steelyard.store import load_ledger
from tests.check.samples import claim
from tests.hostile.corpus import forged, packed, unpacked, workbook

VOCABULARY = load_vocabulary()[0]
DAY = date(2026, 1, 24)


def test_a_line_of_marks_around_a_blank_that_is_no_mark_is_no_boilerplate():
    """The no-break space is left when the marks are taken off, and holds no word."""
    ledger, _ = read_document(Document("a.txt", "a,b\n  \u00a0  \n", DAY), VOCABULARY)

    assert not len(ledger)


def test_one_sign_of_a_currency_between_two_numbers_is_of_one_of_them():
    text = "국방비 8$500 규모"
    numerals = tools_for(lexicon_for(VOCABULARY, "ko")).numerals

    spans = [(figure.start, figure.end) for figure in numerals.find(text, ())]

    assert spans == [(4, 6), (6, 9)]


def test_of_more_claims_than_a_document_may_have_the_first_are_read_and_it_is_told(monkeypatch):
    monkeypatch.setattr(steelyard.read, "MOST_CLAIMS", 3)
    text = "It cost $1 bn. It cost $2 bn. It cost $3 bn. It cost $4 bn. It cost $5 bn."

    ledger, problems = read_document(Document("a.txt", text, DAY), VOCABULARY)

    assert [one.quote for one in ledger] == ["$1 bn", "$2 bn", "$3 bn"]
    (cut,) = [problem for problem in problems if problem.code == "cut-short"]
    assert (cut.origin.file, cut.origin.line, cut.origin.column) == ("a.txt", 1, 39)


@pytest.mark.parametrize("years", ["\\1", "\\g<9>", "1+1", "9" * 5000, "x"])
def test_a_link_of_a_ledger_over_years_that_are_none_is_passed_over(years):
    from steelyard.check import check_ledger

    entry = next(iter(VOCABULARY.entries("reckonings")))
    roles = " ".join(f"{role}=c" for role in VOCABULARY.entry("reckonings", entry).table("roles"))
    linked = claim("1.5 bn USD").changed(id="c", follows=(f"{entry} years={years} {roles}", "", "="))

    findings, _ = check_ledger(Ledger([linked]), VOCABULARY)

    assert not [one for one in findings if one.verdict == "contradicted"]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        pytest.param("a.jsonl", "x" * 9_000_000, "line 1: it has more than", id="an endless line"),
        pytest.param("a.csv", f'id,kind\n"{"x" * 200_000}",b\n', "no ledger", id="an endless cell"),
        pytest.param("a.csv", f'id,reasons\na,"{"[" * 100_000}"\n', "no ledger", id="lists in lists"),
    ],
)
def test_a_ledger_that_no_program_wrote_is_refused_in_a_line(tmp_path, name, content, told):
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")

    with pytest.raises(FormatError, match=told):
        load_ledger(path)


def test_a_parquet_file_of_a_few_bytes_does_not_become_gigabytes(tmp_path):
    """Run lengths: the same text of a megabyte four thousand times over."""
    import duckdb

    path = tmp_path / "a.parquet"
    keys = {"kind": "'figure'", "document": "'a'", "start": 0, "end": 1, "sentence_start": 0}
    columns = ", ".join(f"{value} AS {key}" for key, value in {**keys, "sentence_end": 1}.items())
    source = f"SELECT 'a' AS id, {columns}, repeat('x', 1000000) AS quote FROM range(4000)"
    with duckdb.connect() as database:
        database.execute(f"COPY ({source}) TO '{path}' (FORMAT parquet, COMPRESSION zstd)")
    assert path.stat().st_size < 10_000_000

    with pytest.raises(FormatError, match=r"unfolds|characters"):
        load_ledger(path)


def test_a_workbook_whose_part_lies_about_its_size_is_handed_on_as_it_says():
    """A library that takes it at its word would unfold all of it in one go."""
    parts = {**unpacked(workbook()), "xl/styles.xml": bytes(1_000_000)}
    lying = forged(packed(parts), "xl/styles.xml", 1000)

    with pytest.raises(FormatError, match="broken"):
        plain_workbook(lying)


def test_a_data_file_is_taken_in_only_if_it_is_a_file_of_a_sane_size(tmp_path):
    (tmp_path / "large").write_bytes(b"12345")
    os.mkfifo(tmp_path / "pipe")

    assert read_data_file(tmp_path / "large", 5) == b"12345"
    with pytest.raises(OSError, match="larger than"):
        read_data_file(tmp_path / "large", 4)
    with pytest.raises(OSError, match="no ordinary file"):
        read_data_file(tmp_path / "pipe")


def test_text_of_a_data_file_has_plain_line_ends_and_no_mark(tmp_path):
    (tmp_path / "a").write_bytes(b"\xef\xbb\xbfa\r\nb\rc\n")

    assert read_data_text(tmp_path / "a") == "a\nb\nc\n"


@pytest.mark.parametrize("name", ["a\0b", "a" * 300])
def test_a_name_that_no_system_takes_is_not_there(tmp_path, name):
    assert not is_there(tmp_path / name)
    assert not is_there(tmp_path / name, folder=True)


@pytest.mark.parametrize("data", ["/", "/etc", "//etc", "../x", "a\\u0000b", "x" * 300])
def test_a_build_hashes_nothing_outside_its_case(tmp_path, data):
    (tmp_path / "case.toml").write_text(f'[panel]\ndata = "{data}"\n', encoding="utf-8")

    assert list(input_hashes(tmp_path)) == ["case.toml"]


def test_a_case_whose_lists_never_end_is_hashed_all_the_same(tmp_path):
    (tmp_path / "case.toml").write_text(f"x = {'[' * 100_000}", encoding="utf-8")

    assert list(input_hashes(tmp_path)) == ["case.toml"]


@pytest.mark.parametrize(
    ("script", "fits"),
    [
        ("가-힣", True),
        ("a-zA-Z", True),
        ("ぁ-んァ-ヶ一", True),
        ("", False),
        ("z-a", False),
        ("]|(a+)+[", False),
        ("^a", False),
        ("a-", False),
        (5, False),
    ],
)
def test_the_script_of_a_language_is_letters_and_spans_of_them(script, fits):
    assert has_kind(script, "letters") is fits


def test_a_problem_of_a_ledger_with_a_number_without_end_is_told_in_its_line():
    line = json.dumps(claim("1.5 bn USD").to_json()) + "\n"

    with pytest.raises(ValueError, match="line 2"):
        Ledger.from_jsonl(line + '{"quote": ' + "[" * 100_000)
