"""Damaged files of every kind: refused in one line or read with problems, never a traceback."""

from __future__ import annotations

import gzip
import io
import json
import zipfile

import docx
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from steelyard.core.problems import FormatError
from steelyard.read.documents.opening import documents_in
from tests.formats.pages import lines, pdf

BUDGET = "The ministry asks for 65.9 trillion won, 7.5 percent more than in the year before."
PAGE = (
    f"<html lang='en'><head><meta charset='utf-8'><title>A</title></head><body><article><h1>A</h1>"
    f"<p>{BUDGET}</p>"
    "<table><tr><th rowspan='2'>Item</th><th colspan='2'>2026</th></tr><tr><td>4</td><td>5</td></tr>"
    f"</table><ul><li>5<sup>1</sup></li></ul><p>{BUDGET}</p></article></body></html>"
).encode()
MARKDOWN = (
    f"---\ndate: 2026-01-24\n---\n# A\n\n**{BUDGET}** [a](http://b)\n\n| a | b |\n|---|---|\n| 4 | 5 |\n"
).encode()
RECORDS = (json.dumps({"text": BUDGET, "date": "2026-01-24"}) + "\n").encode() * 3


def word_file():
    document = docx.Document()
    document.add_heading("A", 1)
    document.add_paragraph(BUDGET)
    document.add_table(2, 2).cell(0, 0).text = "4"
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def archive():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("a.html", PAGE)
        zipped.writestr("b/c.jsonl.gz", gzip.compress(RECORDS))
    return buffer.getvalue()


SAMPLES = {
    "a.txt": BUDGET.encode(),
    "a.md": MARKDOWN,
    "a.html": PAGE,
    "a.pdf": pdf(lines(60, 100, BUDGET, BUDGET), lines(60, 100, BUDGET)),
    "a.docx": word_file(),
    "a.jsonl": RECORDS,
    "a.html.gz": gzip.compress(PAGE),
    "a.jsonl.zst": zstandard.compress(RECORDS),
    "a.zip": archive(),
}


def damaged(data, damage):
    """The bytes with some of them replaced, taken out or repeated."""
    for place, length, kind, byte in damage:
        start = place % max(1, len(data))
        end = min(len(data), start + length)
        middle = {"cut": b"", "set": bytes([byte]) * (end - start), "twice": data[start:end] * 2}[kind]
        data = data[:start] + middle + data[end:]
    return data


DAMAGE = st.lists(
    st.tuples(
        st.integers(0, 100_000),
        st.integers(1, 200),
        st.sampled_from(["cut", "set", "twice"]),
        st.integers(0, 255),
    ),
    min_size=1,
    max_size=4,
)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sound_sample_is_read(name):
    documents, _ = documents_in(SAMPLES[name], name)

    assert all("65.9 trillion won" in document.text for document in documents)


@pytest.mark.parametrize("name", SAMPLES)
@given(damage=DAMAGE)
@settings(max_examples=40, deadline=None)
def test_a_damaged_file_is_read_or_refused(name, damage):
    try:
        documents, problems = documents_in(damaged(SAMPLES[name], damage), name)
    except FormatError as error:
        assert str(error).startswith(f"{name}: ")
        assert "\n" not in str(error)
        return
    for document in documents:
        spans = [(cell.start, cell.end) for t in document.tables for row in t.rows for cell in row if cell]
        assert all(0 <= start <= end <= len(document.text) for start, end in (*spans, *document.left_out))
        assert all(0 <= start <= len(document.text) for start in document.pages)
    assert all(problem.origin.file.startswith(name) for problem in problems)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_file_cut_off_anywhere_is_read_or_refused(name):
    data = SAMPLES[name]
    for end in range(0, len(data), max(1, len(data) // 60)):
        try:
            documents_in(data[:end], name)
        except FormatError as error:
            assert "\n" not in str(error)
