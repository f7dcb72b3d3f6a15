"""Files to documents: by name, by content, out of containers."""

from __future__ import annotations

import gzip
import io
import json
import subprocess
import sys
import zipfile
from datetime import date

import pytest
import zstandard

from steelyard.core.problems import FormatError
from steelyard.read.documents.document import Document
from steelyard.read.documents.opening import (
    documents_in,
    is_ledger,
    open_documents,
    readable_suffixes,
)

TEXT = "Seoul spends 66.3 trillion won."
DAY = date(2026, 1, 24)


def one(data, name, **known):
    (document,), problems = documents_in(data, name, **known)
    return document, [problem.code for problem in problems]


def test_a_text_file_is_opened_with_its_name_date_and_publisher(tmp_path):
    path = tmp_path / "brief.txt"
    path.write_text(TEXT, encoding="utf-8")

    documents, problems = open_documents(path, date=DAY, publisher="A ministry")

    assert documents == [Document(str(path), TEXT, DAY, "A ministry")]
    assert problems == []


def test_a_document_is_called_as_asked(tmp_path):
    path = tmp_path / "brief.md"
    path.write_text("Text", encoding="utf-8")

    assert open_documents(path, name="sources/brief.md")[0][0].name == "sources/brief.md"


def test_line_ends_of_windows_stay_so_that_offsets_are_those_of_the_file():
    assert one(b"One.\r\nTwo.\r\n", "brief.txt")[0].text == "One.\r\nTwo.\r\n"


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\xef\xbb\xbf", b" \t\r\n "])
@pytest.mark.parametrize("name", ["empty.txt", "empty.md", "empty.html"])
def test_an_empty_file_is_a_problem_with_a_remedy(data, name):
    (document,), (problem,) = documents_in(data, name)

    assert (problem.code, problem.severity, problem.origin.file) == ("empty-document", "warning", name)
    assert problem.hint
    assert not document.text.strip()


def test_a_missing_file_and_a_folder_cannot_be_opened(tmp_path):
    with pytest.raises(FormatError, match="cannot be read"):
        open_documents(tmp_path / "nowhere.txt")
    with pytest.raises(FormatError, match="cannot be read"):
        open_documents(tmp_path)


def test_a_type_of_file_that_is_not_read_is_named_with_those_that_are():
    with pytest.raises(FormatError, match=r"^brief\.doc: files of type \.doc .*\.txt"):
        documents_in(b"text", "brief.doc")


def test_a_message_about_a_file_begins_with_its_name_and_is_one_line():
    with pytest.raises(FormatError, match=r"^odd\.txt: it is not text") as caught:
        documents_in(b"a\x00b\n\n", "odd.txt")

    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(TEXT.encode(), TEXT, id="text"),
        pytest.param(gzip.compress(TEXT.encode()), TEXT, id="gzip"),
        pytest.param(zstandard.compress(TEXT.encode()), TEXT, id="zstandard"),
        pytest.param(f"<!DOCTYPE html><p>{TEXT}".encode(), TEXT + "\n\n", id="HTML"),
        pytest.param(json.dumps({"text": TEXT}).encode(), TEXT, id="JSON lines"),
        pytest.param(gzip.compress(json.dumps({"text": TEXT}).encode()), TEXT, id="JSON lines, compressed"),
        pytest.param(json.dumps({"quote": TEXT}).encode(), json.dumps({"quote": TEXT}), id="other JSON"),
    ],
)
def test_standard_input_is_told_by_its_first_bytes(data, expected):
    assert one(data, "-")[0].text == expected


@pytest.mark.parametrize(
    ("name", "data"),
    [
        pytest.param("brief.txt.gz", gzip.compress(TEXT.encode()), id="gzip"),
        pytest.param("brief.TXT.ZST", zstandard.compress(TEXT.encode()), id="zstandard, in capitals"),
        pytest.param("brief.txt.zst.gz", gzip.compress(zstandard.compress(TEXT.encode())), id="twice"),
    ],
)
def test_what_is_compressed_reads_as_what_it_is_and_keeps_its_name(name, data):
    document, codes = one(data, name, date=DAY)

    assert (document.name, document.text, document.date) == (name, TEXT, DAY)
    assert codes == []


BYLINE = "Warsaw, 20 January 2026"
PAGE = f"<html><head>%s</head><body><h1>A budget</h1><p>{BYLINE}</p><p>{TEXT}</p></body></html>"
PUBLISHED = '<meta property="article:published_time" content="2025-12-03T08:00:00Z">'


@pytest.mark.parametrize(
    ("name", "text", "day"),
    [
        pytest.param("a.txt", f"A budget\n\n{BYLINE}\n\n{TEXT}", date(2026, 1, 20), id="text"),
        pytest.param("a.md", f"# A budget\n\n*{BYLINE}*\n\n{TEXT}", date(2026, 1, 20), id="Markdown"),
        pytest.param("a.html", PAGE % "", date(2026, 1, 20), id="a page"),
        pytest.param("a.html", PAGE % PUBLISHED, date(2025, 12, 3), id="a page with a date of its own"),
        pytest.param("a.txt", TEXT, DAY, id="none"),
        pytest.param("a.csv", "Item,2026-01-20\nTanks,5", DAY, id="a table"),
    ],
)
def test_the_day_of_a_byline_comes_before_the_one_that_was_given(name, text, day):
    assert one(text.encode(), name, date=DAY)[0].date == day


def test_a_text_needs_no_library_of_another_format():
    """Each is imported when a file of its kind is read, so that a text is there at once."""
    code = (
        "import sys; from steelyard.read.documents.opening import documents_in; "
        "documents_in(b'45 won', 'a.txt'); "
        "print(*{'lxml', 'trafilatura', 'pypdfium2', 'docx', 'zstandard', 'openpyxl', 'charset_normalizer'} "
        "& set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)

    assert done.stdout.strip() == ""


def test_a_box_in_a_box_without_end_is_refused():
    data = TEXT.encode()
    for _ in range(6):
        data = gzip.compress(data)

    with pytest.raises(FormatError, match="unpack it first"):
        documents_in(data, "brief.txt" + 6 * ".gz")


LINES = [
    {
        "text": TEXT,
        "date": "2026-01-24",
        "publisher": "The Paper",
        "url": "https://example.org/1",
        "title": "Won",
    },
    {"text": "Tokyo spends 8.8 trillion yen."},
]


@pytest.mark.parametrize("suffix", [".jsonl", ".jsonl.gz", ".jsonl.zst", ".ndjson"])
def test_json_lines_are_documents_called_after_their_lines(suffix):
    data = "\n\n".join(map(json.dumps, LINES)).encode()
    data = {"gz": gzip.compress, "zst": zstandard.compress}.get(suffix.rpartition(".")[2], bytes)(data)

    (first, second), problems = documents_in(data, f"news{suffix}", date=date(2025, 1, 1))

    assert first == Document(
        f"news{suffix}#1", TEXT, DAY, "The Paper", title="Won", url="https://example.org/1"
    )
    assert (second.name, second.date) == (f"news{suffix}#3", date(2025, 1, 1))
    assert problems == []


def test_lines_that_are_no_documents_are_told_by_their_numbers_and_the_rest_is_read():
    data = "\n".join([json.dumps(LINES[1]), "{]", "[1]", '{"date": 3}', '{"text": 4}']).encode()

    documents, problems = documents_in(data, "news.jsonl")

    assert len(documents) == 1
    assert [(problem.code, problem.origin.file, problem.origin.line) for problem in problems] == [
        ("no-document", "news.jsonl", line) for line in (2, 3, 4, 5)
    ]


def test_of_many_faulty_lines_a_few_are_told_and_the_rest_counted():
    data = (json.dumps(LINES[1]) + "\n" + "{]\n" * 1000).encode()

    problems = documents_in(data, "news.jsonl")[1]

    assert len(problems) == 6
    assert "995" in "".join(problem.message for problem in problems)


@pytest.mark.parametrize("line", ["[" * 100_000, '{"text": ' + "9" * 100_000 + "}", "\x00"])
def test_hostile_json_is_no_document(line):
    with pytest.raises(FormatError, match="no line is a document"):
        documents_in(line.encode(), "news.jsonl")


@pytest.mark.parametrize(
    ("record", "says"),
    [
        pytest.param({"text": 5}, 'The "text" is a number; it must stand in quotes.', id="a number"),
        pytest.param({"text": ["a"]}, 'The "text" is a list; it must stand in quotes.', id="a list"),
        pytest.param(
            {"text": {"en": "a"}}, 'The "text" is an object; it must stand in quotes.', id="an object"
        ),
        pytest.param({"text": True}, 'The "text" is true or false; it must stand in quotes.', id="a truth"),
        pytest.param({"text": None}, 'The object has no "text".', id="null"),
        pytest.param({"body": "a"}, 'The object has no "text".', id="another key"),
        pytest.param(["a"], "The line is no object.", id="no object"),
    ],
)
def test_what_is_wrong_with_a_line_is_said_with_an_example_of_a_right_one(record, says):
    """In a message about the line where others are documents, else in one about the file."""
    lines = json.dumps(record) + "\n"

    _, (problem,) = documents_in((lines + json.dumps(LINES[1])).encode(), "news.jsonl")
    with pytest.raises(FormatError) as caught:
        documents_in(lines.encode(), "news.jsonl")

    assert (problem.message, problem.origin.line) == (says, 1)
    assert f"line 1: {says}" in str(caught.value)
    assert all('{"text": "..."' in words for words in (problem.hint, str(caught.value)))


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        pytest.param("2026-13-45", "'2026-13-45'", id="no such month"),
        pytest.param("tomorrow", "'tomorrow'", id="no day"),
        pytest.param("1800-01-01", "'1800-01-01'", id="too long ago"),
        pytest.param("2026", "'2026'", id="a year alone"),
        pytest.param("x" * 500, "'" + "x" * 40 + " ...'", id="endless"),
        pytest.param(20260124, "a number", id="a number"),
    ],
)
def test_a_date_that_is_none_is_told_with_its_line_and_the_document_read(given, shown):
    (document,), (problem,) = documents_in(json.dumps({"text": TEXT, "date": given}).encode(), "a.jsonl")

    assert (document.text, document.date) == (TEXT, None)
    assert (problem.code, problem.severity, str(problem.origin)) == (
        "unread-date",
        "warning",
        "a.jsonl:1 [date]",
    )
    assert shown in problem.message
    assert "2026-01-24" in problem.hint


@pytest.mark.parametrize("given", ["", None, "2026-01-24", "2026-01-24T08:00:00Z", "Sat, 24 Jan 2026 08:00"])
def test_a_date_that_is_one_or_none_at_all_needs_no_word(given):
    assert documents_in(json.dumps({"text": TEXT, "date": given}).encode(), "a.jsonl")[1] == []


def test_of_many_odd_dates_a_few_are_told():
    lines = "\n".join(json.dumps({"text": TEXT, "date": f"day {number}"}) for number in range(1000))

    documents, problems = documents_in(lines.encode(), "a.jsonl")

    assert len(documents) == 1000
    assert len(problems) == 6
    assert "995" in problems[-1].message


def test_lines_of_json_without_a_line_are_an_empty_document():
    (document,), (problem,) = documents_in(b" \n\n", "news.jsonl")

    assert (document.name, document.text, problem.code) == ("news.jsonl", "", "empty-document")


def test_half_a_pair_of_surrogates_does_not_get_into_a_text():
    assert one(b'{"text": "45 \\ud800 billion"}', "a.jsonl")[0].text == "45 \N{REPLACEMENT CHARACTER} billion"


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("claims.jsonl", '{"id": "1", "kind": "figure", "quote": "45"}', True),
        ("claims.jsonl", "", None),
        ("claims.jsonl", '{"quote', None),
        ("news.jsonl", '{"title": "A"}', None),
        ("news.jsonl", '{"text": ""}', False),
        ("news.jsonl", '{"text": 5}', False),
        ("claims.parquet", "PAR1", True),
        ("news.jsonl", '\n{"text": "45 billion"}', False),
        ("news.txt", '{"id": "1", "kind": "figure"}', False),
    ],
)
def test_a_ledger_is_told_from_documents(tmp_path, name, content, expected):
    """Of what is neither, the caller says what to take it for."""
    (tmp_path / name).write_text(content, encoding="utf-8")

    for unsure in (True, False):
        found = is_ledger(tmp_path / name, unsure=unsure)
        assert found is (unsure if expected is None else expected)


def archive(files):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, data in files.items():
            zipped.writestr(name, data)
    return buffer.getvalue()


def test_an_archive_holds_documents_called_by_their_paths():
    data = archive(
        {
            "b/brief.txt": TEXT,
            "a.jsonl.gz": gzip.compress(json.dumps(LINES[1]).encode()),
            ".hidden.txt": TEXT,
            "__MACOSX/x.txt": TEXT,
            "map.png": b"\x89PNG",
        }
    )

    documents, problems = documents_in(data, "news.zip")

    assert [document.name for document in documents] == ["news.zip/a.jsonl.gz#1", "news.zip/b/brief.txt"]
    assert [(p.code, p.origin.file, p.severity) for p in problems] == [
        ("unreadable-document", "news.zip/map.png", "warning")
    ]


def test_a_file_of_an_archive_that_cannot_be_read_is_told_in_a_sentence():
    data = archive({"brief.txt": TEXT, "map.txt": b"\x89PNG", "slides.pptx": b"PK"})

    _, (picture, slides) = documents_in(data, "news.zip")

    assert (picture.origin.file, slides.origin.file) == ("news.zip/map.txt", "news.zip/slides.pptx")
    assert picture.message.startswith("Its first bytes are those of a picture, which holds no text; run it")
    assert slides.message.startswith("Files of type .pptx cannot be read, only .csv")


def test_of_many_files_that_cannot_be_read_a_few_are_told():
    data = archive({"brief.txt": TEXT} | {f"{number}.png": b"\x89PNG" for number in range(100)})

    problems = documents_in(data, "news.zip")[1]

    assert len(problems) == 6
    assert "95 more" in problems[-1].message


@pytest.mark.parametrize(
    "path", ["../evil.txt", "a/../../evil.txt", "/evil.txt", "C:\\evil.txt", "..\\evil.txt"]
)
def test_a_path_that_leads_out_of_its_archive_is_told_and_not_read(path):
    documents, (problem,) = documents_in(archive({"brief.txt": TEXT, path: TEXT}), "news.zip")

    assert [document.name for document in documents] == ["news.zip/brief.txt"]
    assert (problem.code, problem.severity) == ("member-outside", "warning")
    assert problem.origin.file.startswith("news.zip/")
    assert problem.origin.file.endswith("evil.txt")
    assert problem.hint


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_of_two_files_of_one_name_the_later_is_read_and_said():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as zipped:
        for text in ("One.", "Two."):
            zipped.writestr("brief.txt", text)

    (document,), (problem,) = documents_in(buffer.getvalue(), "news.zip")

    assert (document.text, problem.code, problem.origin.file) == (
        "Two.",
        "member-twice",
        "news.zip/brief.txt",
    )


@pytest.mark.parametrize(
    ("files", "says"),
    [
        pytest.param({}, "holds no files", id="empty"),
        pytest.param({".brief.txt": TEXT}, "hidden ones do not count", id="hidden files alone"),
        pytest.param({"map.png": b"\x89PNG"}, r"news\.zip/map\.png: .*picture", id="a picture alone"),
        pytest.param(
            {"../brief.txt": TEXT}, r"news\.zip/\.\./brief\.txt: .*out of the archive", id="outside"
        ),
    ],
)
def test_an_archive_of_which_nothing_can_be_read_is_refused_with_the_reason(files, says):
    with pytest.raises(FormatError, match=says):
        documents_in(archive(files), "news.zip")


def test_an_archive_that_would_burst_is_refused():
    with pytest.raises(FormatError, match="unfolds"):
        documents_in(archive({"a.txt": b"4" * 100_000_000}), "a.zip")


@pytest.mark.parametrize("compress", [gzip.compress, zstandard.compress])
def test_a_bomb_is_unfolded_up_to_a_bound_and_the_rest_left_out(compress):
    name = "b.txt.gz" if compress is gzip.compress else "b.txt.zst"
    data = compress(b"4 " * 30_000_000)

    document, codes = one(data, name)

    assert len(document.text) < 40_000_000
    assert "cut-short" in codes


@pytest.mark.parametrize("name", ["a.txt.gz", "a.txt.zst"])
def test_a_broken_box_is_refused_and_a_torn_one_read_as_far_as_it_goes(name):
    compress = gzip.compress if name.endswith("gz") else zstandard.compress
    whole = compress(
        "".join(f"{n} billion won for item {n * 7919 % 10007}\n" for n in range(300_000)).encode()
    )

    document, codes = one(whole[: len(whole) // 2], name)
    with pytest.raises(FormatError, match="broken"):
        documents_in(b"no such thing", name)

    assert document.text.startswith("0 billion")
    assert "cut-short" in codes


@pytest.mark.parametrize("suffix", readable_suffixes())
@pytest.mark.parametrize(
    "data",
    [
        pytest.param(bytes((n * n * 31 + n // 7) % 256 for n in range(5000)), id="noise"),
        pytest.param(b"\x00" * 5000, id="zeros"),
        pytest.param(b"PK\x03\x04" + b"\x00" * 500, id="the beginning of an archive"),
        pytest.param(b"%PDF-1.7\n1 0 obj\n<<", id="the beginning of a PDF"),
        pytest.param(b"\x1f\x8b\x08\x00" + b"\x00" * 50, id="the beginning of a gzip"),
        pytest.param(b"\x28\xb5\x2f\xfd" + b"\xff" * 50, id="the beginning of a zstandard"),
        pytest.param("\u202e45 \u200f billion \ufffd".encode() * 100, id="right to left"),
    ],
)
def test_no_file_of_any_kind_ends_in_a_traceback(suffix, data):
    try:
        documents, _ = documents_in(data, f"odd{suffix}")
    except FormatError as error:
        assert "\n" not in str(error)
    else:
        assert all(isinstance(document.text, str) for document in documents)


@pytest.mark.parametrize("key", ["text", "title", "publisher", "url"])
def test_half_of_a_surrogate_pair_is_replaced_by_a_sign_and_told(key):
    """What cannot be written as UTF-8 would break every file with results."""
    line = json.dumps({"text": TEXT, "title": "A", key: f"{TEXT} \ud800B"})

    (document,), problems = documents_in(line.encode(), "news.jsonl")

    assert getattr(document, key) == f"{TEXT} \N{REPLACEMENT CHARACTER}B"
    assert [(one.code, one.severity, one.origin.key) for one in problems] == [("half-sign", "warning", key)]


def test_a_whole_surrogate_pair_is_the_sign_that_it_means():
    line = '{"text": "Spending \\ud83d\\udcb0 rose."}'

    (document,), problems = documents_in(line.encode(), "news.jsonl")

    assert (document.text, problems) == ("Spending \N{MONEY BAG} rose.", [])
