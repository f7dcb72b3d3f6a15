"""The promised functions as an analyst calls them: a text, a file, a case, and no vocabulary at hand."""

from __future__ import annotations

import ast
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import steelyard as sy
from steelyard.core.problems import FormatError
from tests.test_house import run_python

ROOT = Path(__file__).resolve().parents[1]
KOREA = ROOT / "cases" / "korea-2026"
TEXT = "Seoul set its 2026 defence budget at 66.2947 trillion won. Its 2025 budget was 61.2469 trillion won."
WRONG = (
    "South Korea set its 2026 defence budget at 66.2947 trillion won, 9.9% more than in 2025. "
    "Its defence budget for 2025 was 61.2469 trillion won."
)


def test_a_text_is_read_as_it_stands():
    ledger, problems = sy.read_document(TEXT, date="2026-01-24")

    assert [claim.value for claim in ledger] == [Decimal("66.2947e12"), Decimal("61.2469e12")]
    assert {claim.document for claim in ledger} == {"text"}
    assert all(TEXT[claim.start : claim.end] == claim.quote for claim in ledger)
    assert not problems


def test_a_text_reads_as_the_document_that_holds_it():
    document = sy.Document("text", TEXT, date(2026, 1, 24))

    assert sy.read_document(document) == sy.read_document(TEXT, date=date(2026, 1, 24))


def test_the_date_given_is_for_documents_that_carry_none():
    dated = sy.Document("text", TEXT, date(2026, 1, 24))

    assert sy.read_document(dated, date="2020-05-05") == sy.read_document(dated)


def test_a_path_is_opened_whatever_its_format(tmp_path):
    """What lies in a web page is read as the page says it, under the name of the file."""
    page = tmp_path / "page.html"
    page.write_text(f"<html><body><article><p>{TEXT}</p></article></body></html>", encoding="utf-8")

    ledger, _ = sy.read_document(page, date="2026-01-24")

    assert [claim.quote for claim in ledger] == ["66.2947 trillion won", "61.2469 trillion won"]
    assert {claim.document for claim in ledger} == {str(page)}


def test_a_missing_file_is_told_by_its_name(tmp_path):
    with pytest.raises(FormatError, match=r"none\.txt"):
        sy.read_document(tmp_path / "none.txt")


@pytest.mark.parametrize("name", ["brief.txt", "folder/brief.PDF", " page.html "])
def test_the_name_of_a_file_given_as_a_text_is_told(name):
    ledger, problems = sy.read_document(name)

    assert not ledger
    (problem,) = [one for one in problems if one.code == "path-as-text"]
    assert f"Path({name.strip()!r})" in problem.hint


@pytest.mark.parametrize("text", ["Seoul", "It costs $46.1 billion, says brief.txt", "", "3.5"])
def test_words_are_not_taken_for_the_name_of_a_file(text):
    assert "path-as-text" not in {one.code for one in sy.read_document(text)[1]}


def test_a_ledger_is_checked_by_the_packaged_words():
    """61.2469 to 66.2947 is 5.0478 more, which is 8.24 % and not 9.9 %."""
    ledger, _ = sy.read_document(WRONG, date="2026-01-24")

    findings, problems = sy.check_ledger(ledger)

    assert [finding.verdict for finding in findings][:1] == ["contradicted"]
    assert findings[0].identity == "growth"
    assert not problems


def test_a_scenario_is_called_by_its_name():
    case, _ = sy.load_case(str(KOREA))
    text = "South Korea proposed a defence budget of 66.2947 trillion won for 2026, 2.42% of its GDP."
    ledger, _ = sy.read_document(text, case.vocabulary, date="2026-01-24")

    ensemble, _ = sy.project_scenario("linear-2035", ledger, case.vocabulary, case.series, draws=200)

    assert ensemble is not None
    assert ensemble.draws == 200
    assert ensemble.series("spending")[0].central == pytest.approx(66.2947e12)


def test_an_unknown_scenario_is_refused_with_those_that_there_are():
    case, _ = sy.load_case(KOREA)

    ensemble, (problem,) = sy.project_scenario("linear-2053", sy.Ledger(), case.vocabulary, case.series)

    assert ensemble is None
    assert problem.code == "unknown-scenario"
    assert "linear-2035" in problem.hint


def test_without_a_case_there_is_no_scenario_and_the_remedy_says_so():
    ensemble, (problem,) = sy.project_scenario("linear-2035", sy.Ledger())

    assert ensemble is None
    assert "load_case" in problem.hint


def test_a_report_is_written_from_lists_and_without_words_of_ones_own(tmp_path):
    document = sy.Document("text", WRONG, date(2026, 1, 24))
    ledger, _ = sy.read_document(document)
    findings, _ = sy.check_ledger(ledger)
    results = sy.Results(title="One text", documents=[document], ledger=ledger, findings=findings)

    page, problems = sy.write_report(results, str(tmp_path / "out"))

    assert findings[0].id in page.read_text(encoding="utf-8")
    assert not problems


def test_the_example_has_ten_lines_and_is_the_one_of_the_readme():
    """Import and text included; the test of the README runs it."""
    code = (ROOT / "examples" / "from_text_to_chart.py").read_text(encoding="utf-8")
    docstring, *_ = ast.parse(code).body
    lines = [line for line in code.splitlines()[docstring.end_lineno :] if line.strip()]

    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    assert len(lines) == 10
    assert all(line in readme.splitlines() for line in lines)


def test_a_name_that_is_not_promised_is_no_attribute():
    assert set(sy.__all__) <= set(dir(sy))
    with pytest.raises(AttributeError, match="read_documents"):
        sy.read_documents  # noqa: B018


def test_reading_a_text_imports_no_library_of_other_formats_nor_of_charts():
    """What only files, findings, scenarios or pictures need stays out, so that the first call is quick."""
    loaded = run_python(
        f"import sys, steelyard as sy; sy.read_document({TEXT!r}, date='2026-01-24'); print(*sys.modules)"
    ).split()

    heavy = {"numpy", "numba", "duckdb", "vl_convert", "lxml", "openpyxl", "pypdfium2", "docx", "trafilatura"}
    assert not heavy.intersection(loaded)
