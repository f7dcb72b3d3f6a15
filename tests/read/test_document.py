"""Files to documents."""

from __future__ import annotations

from datetime import date

import pytest

from steelyard.core.problems import FormatError
from steelyard.read.document import Document, decode_document, open_document


def test_a_text_file_is_opened_with_its_name_date_and_publisher(tmp_path):
    path = tmp_path / "brief.txt"
    path.write_text("Seoul spends 66.3 trillion won.", encoding="utf-8")

    document, problems = open_document(path, date=date(2026, 1, 24), publisher="A ministry")

    assert document == Document(str(path), "Seoul spends 66.3 trillion won.", date(2026, 1, 24), "A ministry")
    assert problems == []


def test_a_document_is_called_as_asked(tmp_path):
    path = tmp_path / "brief.md"
    path.write_text("Text", encoding="utf-8")

    assert open_document(path, name="sources/brief.md")[0].name == "sources/brief.md"


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("brief.txt", "brief.txt"),
        ("cases/korea/brief.txt", "brief.txt"),
        ("C:\\cases\\brief.txt", "brief.txt"),
        ("-", "-"),
    ],
)
def test_the_short_name_has_no_folders(name, short):
    assert Document(name, "").short_name == short


def test_a_byte_order_mark_is_dropped():
    document, _ = decode_document(b"\xef\xbb\xbfBudget", "brief.txt")

    assert document.text == "Budget"


def test_tabs_line_ends_and_page_breaks_are_text():
    document, _ = decode_document(b"Budget\t44\r\nGDP\n\x0cPage 2", "brief.txt")

    assert document.text == "Budget\t44\r\nGDP\n\x0cPage 2"


def test_line_ends_of_windows_stay_so_that_offsets_are_those_of_the_file():
    document, problems = decode_document(b"One.\r\nTwo.\r\n", "brief.txt")

    assert document.text == "One.\r\nTwo.\r\n"
    assert problems == []


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\xef\xbb\xbf", b" \t\r\n "])
def test_an_empty_file_is_a_problem_with_a_remedy(data):
    document, (problem,) = decode_document(data, "empty.txt")

    assert (problem.code, problem.severity, problem.origin.file) == ("empty-document", "warning", "empty.txt")
    assert problem.hint
    assert not document.text.strip()


@pytest.mark.parametrize(
    ("data", "part"),
    [
        pytest.param(b"\x89PNG\r\n\x1a\n\x00\x00", "not UTF-8", id="a picture"),
        pytest.param(b"PK\x03\x04\x14\x00", "binary", id="an archive"),
        pytest.param(b"text\x00more", "control character 0x00", id="a null"),
        pytest.param(
            b"is \x1b[31m200 billion zloty", "control character 0x1b", id="a colour of the terminal"
        ),
        pytest.param("is \x9b31m200 zloty".encode(), "control character 0x9b", id="the same in one code"),
        pytest.param(b"44 \x7fbillion", "control character 0x7f", id="a rub-out"),
        pytest.param(b"44\x0bbillion", "control character 0x0b", id="a vertical tab"),
        pytest.param("예산".encode("euc-kr"), "not UTF-8", id="Korean of another encoding"),
        pytest.param("Zürich".encode("latin-1"), "byte 1 is 0xfc", id="western text of another encoding"),
        pytest.param("budget".encode("utf-16"), "not UTF-8", id="wide characters"),
    ],
)
def test_what_is_no_text_cannot_be_opened_and_the_message_says_why(data, part):
    with pytest.raises(FormatError, match=part) as caught:
        decode_document(data, "odd.txt")

    assert str(caught.value).startswith("odd.txt: ")
    assert "\n" not in str(caught.value)


def test_a_missing_file_and_a_folder_cannot_be_opened(tmp_path):
    with pytest.raises(FormatError, match="cannot be read"):
        open_document(tmp_path / "nowhere.txt")
    with pytest.raises(FormatError, match="cannot be read"):
        open_document(tmp_path)


def test_a_type_of_file_that_is_not_read_yet_is_named(tmp_path):
    with pytest.raises(FormatError, match=r"files of type \.docx .* save the text as \.txt"):
        open_document(tmp_path / "brief.docx")


def test_a_place_shows_the_line():
    place = Document("brief.txt", "One\nSeoul spends 5 %\n").place(17, 20)

    assert (place.line, place.column, place.excerpt) == (2, 14, "Seoul spends 5 %")
