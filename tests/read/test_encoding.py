"""Bytes to text: nothing is cleaned away, and what is guessed or broken is said."""

from __future__ import annotations

import pytest

from steelyard.core.problems import FormatError
from steelyard.read.documents.encoding import text_of
from steelyard.read.documents.limits import LARGEST_TEXT
from tests.patience import soon

BUDGET = "예산은 65조 8642억원으로 전년 대비 8.2% 증가했다."


def codes(problems):
    return [problem.code for problem in problems]


def test_a_byte_order_mark_is_dropped():
    assert text_of(b"\xef\xbb\xbfBudget") == ("Budget", [])


def test_tabs_line_ends_and_page_breaks_are_text():
    assert text_of(b"Budget\t44\r\nGDP\n\x0cPage 2") == ("Budget\t44\r\nGDP\n\x0cPage 2", [])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_in_all_its_forms_is_read_without_a_word(encoding):
    assert text_of(BUDGET.encode(encoding)) == (BUDGET, [])


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        pytest.param(BUDGET, "cp949", id="Korean"),
        pytest.param("防衛省は来年度予算案で過去最大の8.8兆円を要求した。", "shift_jis", id="Japanese"),
        pytest.param("Расходы на оборону составят 13,5 трлн рублей в 2026 году.", "cp1251", id="Russian"),
        pytest.param("Zürich gibt 5 % mehr aus.", "cp1252", id="one letter of the west"),
        pytest.param("The £62.2bn budget — “a start”", "cp1252", id="signs of the west"),
    ],
)
def test_another_encoding_is_told_by_its_looks_and_named(text, encoding):
    found, (problem,) = text_of(text.encode(encoding))

    assert found == text
    assert problem.code == "guessed-encoding"
    assert encoding in problem.message


def test_an_encoding_that_the_file_declares_is_taken_without_a_word():
    assert text_of(BUDGET.encode("euc-kr"), "euc-kr") == (BUDGET, [])


def test_a_declared_encoding_that_does_not_fit_is_passed_over():
    assert text_of(BUDGET.encode(), "ascii") == (BUDGET, [])
    assert text_of(BUDGET.encode(), "no such thing") == (BUDGET, [])


def test_broken_bytes_are_replaced_and_their_lines_named():
    text, (problem,) = text_of("Sofia — 2,4 % — é\n".encode() * 40 + b"45 \xff billion\n")

    assert text.endswith("45 \ufffd billion\n")
    assert (problem.code, problem.severity) == ("broken-bytes", "warning")
    assert (problem.origin.line, problem.origin.column) == (41, 4)
    assert "line 41" in problem.message


def test_a_stray_control_character_is_replaced_so_that_offsets_stay():
    text, (problem,) = text_of(b"a" * 500 + b"\x00 45 billion")

    assert text == "a" * 500 + "\ufffd 45 billion"
    assert problem.code == "control-characters"


@pytest.mark.parametrize(
    ("data", "part"),
    [
        pytest.param(b"\x89PNG\r\n\x1a\n\x00\x00", "a picture", id="a picture"),
        pytest.param(b"PK\x03\x04\x14\x00", "an archive", id="an archive"),
        pytest.param(b"%PDF-1.7\n%\xe2\xe3", "a PDF", id="a PDF"),
        pytest.param(b"text\x00more", "control character 0x00", id="a null"),
        pytest.param(
            b"is \x1b[31m200 billion zloty", "control character 0x1b", id="a colour of the terminal"
        ),
        pytest.param("is \x9b31m200 zloty".encode(), "control character 0x9b", id="the same in one code"),
        pytest.param(b"44 \x7fbillion", "control character 0x7f", id="a rub-out"),
        pytest.param(b"44\x0bbillion", "control character 0x0b", id="a vertical tab"),
        pytest.param(bytes(range(256)) * 50, "not text", id="noise"),
    ],
)
def test_what_is_no_text_is_refused_and_the_message_says_why(data, part):
    with pytest.raises(FormatError, match=part) as caught:
        text_of(data)

    assert "\n" not in str(caught.value)


def test_a_text_beyond_all_measure_is_cut_and_the_reader_told():
    text, problems = text_of(b"a" * (LARGEST_TEXT + 10))

    assert len(text) == LARGEST_TEXT
    assert codes(problems) == ["cut-short"]


def test_much_that_is_broken_takes_no_long_time():
    with soon():
        text_of("é".encode() * 500_000 + b"\xff" * 4_000)
