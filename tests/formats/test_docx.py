"""DOCX: paragraphs, lists, tables and notes in order; what was deleted is not read."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from datetime import UTC, date, datetime

import docx
import pytest
from docx.oxml import parse_xml

from steelyard.core.problems import FormatError
from steelyard.read.formats.docx import extract

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
BUDGET = "The budget for 2026 comes to 65.9 trillion won."


def saved(document):
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def with_body(xml):
    """A document whose body begins with hand-written XML."""
    document = docx.Document()
    document.element.body.insert(0, parse_xml(xml.replace("<w:p>", f"<w:p {W}>", 1)))
    return saved(document)


def test_headings_paragraphs_and_tables_come_in_order():
    document = docx.Document()
    document.add_heading("Budget", 1)
    document.add_paragraph(BUDGET)
    table = document.add_table(2, 3)
    for cell, text in zip(table._cells, ["Item", "2025", "2026", "Total", "61.2", "65.9"], strict=True):
        cell.text = text
    document.add_paragraph("It grows by 7.5 percent.")

    extracted = extract(saved(document))

    assert extracted.text == (
        f"Budget\n\n{BUDGET}\n\nItem\t2025\t2026\nTotal\t61.2\t65.9\n\nIt grows by 7.5 percent.\n\n"
    )
    (found,) = extracted.tables
    assert [[extracted.text[cell.start : cell.end] for cell in row] for row in found.rows] == [
        ["Item", "2025", "2026"],
        ["Total", "61.2", "65.9"],
    ]


def test_merged_cells_stand_in_the_first_of_their_columns_and_rows():
    document = docx.Document()
    table = document.add_table(3, 3)
    table.cell(0, 1).merge(table.cell(0, 2)).text = "Year"
    table.cell(0, 0).merge(table.cell(1, 0)).text = "Item"
    table.cell(1, 1).text, table.cell(1, 2).text = "2025", "2026"
    table.cell(2, 0).text, table.cell(2, 1).text, table.cell(2, 2).text = "Total", "61.2", "65.9"

    extracted = extract(saved(document))

    rows = [
        [extracted.text[cell.start : cell.end] if cell else None for cell in row]
        for row in extracted.tables[0].rows
    ]
    assert rows == [["Item", "Year", None], [None, "2025", "2026"], ["Total", "61.2", "65.9"]]


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        pytest.param("<w:r><w:t>65.9</w:t></w:r><w:r><w:t>tn</w:t></w:r>", "65.9tn", id="parts of a word"),
        pytest.param(
            "<w:del><w:r><w:delText>61.2</w:delText></w:r></w:del><w:ins><w:r><w:t>65.9</w:t></w:r></w:ins>",
            "65.9",
            id="a change",
        ),
        pytest.param("<w:r><w:t>FA</w:t><w:noBreakHyphen/><w:t>50</w:t></w:r>", "FA-50", id="a fixed hyphen"),
        pytest.param("<w:r><w:t>a</w:t><w:br/><w:t>b</w:t></w:r>", "a b", id="a line break"),
        pytest.param("<w:hyperlink><w:r><w:t>65.9</w:t></w:r></w:hyperlink>", "65.9", id="a link"),
        pytest.param(
            "<w:r><w:instrText>PAGE 99</w:instrText></w:r><w:r><w:t>65.9</w:t></w:r>", "65.9", id="a field"
        ),
        pytest.param(
            "<w:sdt><w:sdtContent><w:r><w:t>65.9</w:t></w:r></w:sdtContent></w:sdt>", "65.9", id="a form"
        ),
    ],
)
def test_words_stand_as_a_reader_sees_them(inner, text):
    assert extract(with_body(f"<w:p>{inner}</w:p>")).text.strip() == text


def test_the_file_tells_its_title_and_when_it_was_saved():
    document = docx.Document()
    document.add_paragraph(BUDGET)
    document.core_properties.title = "The plan"
    document.core_properties.modified = datetime(2026, 1, 24, tzinfo=UTC)

    extracted = extract(saved(document))

    assert (extracted.date, extracted.made, extracted.title) == (None, date(2026, 1, 24), "The plan")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        pytest.param(b"no archive", "broken", id="no archive"),
        pytest.param(b"\xd0\xcf\x11\xe0" + b"\0" * 600, "password", id="locked, or old"),
    ],
)
def test_what_is_no_docx_is_refused(data, says):
    with pytest.raises(FormatError, match=says):
        extract(data)


def test_a_torn_file_is_refused():
    document = docx.Document()
    document.add_paragraph(BUDGET)
    data = saved(document)

    with pytest.raises(FormatError):
        extract(data[: len(data) // 2])


def test_an_archive_of_something_else_is_refused():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("notes.txt", "45 billion")

    with pytest.raises(FormatError, match="no DOCX"):
        extract(buffer.getvalue())


def test_a_bomb_is_refused_before_it_unfolds():
    buffer = io.BytesIO(saved(docx.Document()))
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/bomb.xml", b" " * 150_000_000)

    with pytest.raises(FormatError, match="unfolds"):
        extract(buffer.getvalue())


def test_entities_do_not_multiply():
    """A document of a few lines that would stand for gigabytes."""
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    body = "<w:body><w:p><w:r><w:t>&l9;</w:t></w:r></w:p></w:body>"
    xml = f'<!DOCTYPE x [<!ENTITY l0 "45">{lol}]><w:document {W}>{body}</w:document>'
    source = zipfile.ZipFile(io.BytesIO(saved(docx.Document())))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in source.namelist():
            archive.writestr(name, xml if name == "word/document.xml" else source.read(name))

    try:
        assert len(extract(buffer.getvalue()).text) < 1000
    except FormatError as error:
        assert "\n" not in str(error)


def test_boxes_in_boxes_do_no_harm():
    deep = (
        "<w:sdt><w:sdtContent>" * 100
        + "<w:p><w:r><w:t>45</w:t></w:r></w:p>"
        + "</w:sdtContent></w:sdt>" * 100
    )

    try:
        extract(with_body(deep.replace("<w:sdt>", f"<w:sdt {W}>", 1)))
    except FormatError as error:
        assert "\n" not in str(error)


def test_a_part_that_lies_about_its_size_does_not_fill_the_memory():
    """The list of parts says a thousand bytes; a hundred million stand there."""
    buffer = io.BytesIO(saved(docx.Document()))
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/bomb.xml", b" " * 100_000_000)
    data = buffer.getvalue().replace((100_000_000).to_bytes(4, "little"), (1000).to_bytes(4, "little"))

    tracemalloc.start()
    try:
        with pytest.raises(FormatError):
            extract(data)
        assert tracemalloc.get_traced_memory()[1] < 50_000_000
    finally:
        tracemalloc.stop()
