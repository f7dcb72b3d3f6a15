"""Archives of any size, file by file: what is in them is read, what is hostile is told, nothing unpacked."""

from __future__ import annotations

import gzip
import io
import json
import random
import tarfile
import zipfile
from pathlib import Path

import duckdb
import pytest
import zstandard

from steelyard.core.problems import Problem
from steelyard.read.documents import limits
from steelyard.read.documents.members import Member
from steelyard.read.documents.opening import documents_in, documents_of, is_ledger, streamed_members

TEXT = "The ministry asks for 65.9 trillion won."
PAGE = f"<html><head><title>Budget</title></head><body><article><p>{TEXT}</p></article></body></html>"


def streamed(path):
    found = list(streamed_members(path))
    members = [one for one in found if isinstance(one, Member)]
    return members, [one for one in found if isinstance(one, Problem)]


def told(problems):
    return [(problem.code, problem.origin.file) for problem in problems]


# JSON lines


@pytest.mark.parametrize(
    ("suffix", "fold"),
    [("", bytes), (".gz", gzip.compress), (".zst", zstandard.compress)],
)
def test_json_lines_are_read_line_by_line_folded_or_not(tmp_path, suffix, fold):
    path = tmp_path / f"news.jsonl{suffix}"
    lines = [json.dumps({"text": TEXT}), "no JSON", "", json.dumps({"text": "More."})]
    path.write_bytes(fold("\n".join(lines).encode()))

    members, problems = streamed(path)

    assert [(one.label, one.extracted.text) for one in members] == [("#1", TEXT), ("#4", "More.")]
    assert [(one.code, one.origin.line) for one in problems] == [("no-document", 2)]


def test_a_line_without_end_is_passed_over_in_pieces(tmp_path, monkeypatch):
    from steelyard.read.containers import jsonl

    monkeypatch.setattr(jsonl, "_LONGEST_LINE", 100)
    path = tmp_path / "news.jsonl"
    path.write_text(f'{{"text": "{"a" * 350}"}}\n{json.dumps({"text": TEXT})}\n')

    members, problems = streamed(path)

    assert [one.label for one in members] == ["#2"]
    assert [problem.origin.line for problem in problems] == [1]


def test_a_gzip_that_breaks_off_keeps_what_came_before(tmp_path):
    noise = random.Random(1)
    words = [" ".join(str(noise.random()) for _ in range(200)) for _ in range(2000)]
    folded = gzip.compress("".join(json.dumps({"text": each}) + "\n" for each in words).encode())
    path = tmp_path / "news.jsonl.gz"
    path.write_bytes(folded[: len(folded) * 3 // 4])

    members, problems = streamed(path)

    assert [one.extracted.text for one in members] == words[: len(members)]
    assert len(members) > 1000
    assert told(problems) == [("cut-short", "")]


def test_a_small_file_that_unfolds_to_very_much_is_left(tmp_path, monkeypatch):
    """A million zeros fold up to a thousandth; no text does."""
    monkeypatch.setattr("steelyard.read.documents.forward.SMALL_UNFOLDED", 100_000)
    path = tmp_path / "news.jsonl.gz"
    path.write_bytes(gzip.compress(json.dumps({"text": TEXT}).encode() + b"\n" + b"0" * 20_000_000))

    _, problems = streamed(path)

    assert told(problems) == [("cut-short", "")]
    assert "200 times" in problems[0].message


# TAR


def tar(path, *parts, mode="w"):
    """An archive; a part is a name with its content, or a TarInfo."""
    with tarfile.open(path, mode) as archive:
        for part in parts:
            if isinstance(part, tarfile.TarInfo):
                archive.addfile(part)
            else:
                name, data = part
                info = tarfile.TarInfo(name)
                info.size = len(data)
                archive.addfile(info, io.BytesIO(data))
    return path


def link(name, target, kind=tarfile.SYMTYPE):
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, target
    return info


@pytest.mark.parametrize(
    ("name", "mode"), [("a.tar", "w"), ("a.tar.gz", "w:gz"), ("a.tgz", "w:gz"), ("a.tar.bz2", "w:bz2")]
)
def test_a_tar_is_read_file_by_file(tmp_path, name, mode):
    path = tar(tmp_path / name, ("in/a.txt", TEXT.encode()), (".hidden", b"x"), ("b.html", b"<p>"), mode=mode)

    members, problems = streamed(path)

    assert [(one.label, one.data) for one in members] == [("/in/a.txt", TEXT.encode()), ("/b.html", b"<p>")]
    assert problems == []


def test_paths_that_lead_out_links_and_devices_are_told_and_not_read(tmp_path):
    path = tar(
        tmp_path / "a.tar",
        ("../out.txt", b"x"),
        ("/etc/passwd", b"x"),
        link("soft.txt", "/etc/passwd"),
        link("hard.txt", "in.txt", tarfile.LNKTYPE),
        link("pipe.txt", "", tarfile.FIFOTYPE),
        ("in.txt", b"fine"),
    )

    members, problems = streamed(path)

    assert [one.label for one in members] == ["/in.txt"]
    assert told(problems) == [
        ("member-outside", "/../out.txt"),
        ("member-outside", "/etc/passwd"),
        ("member-link", "/soft.txt"),
        ("member-link", "/hard.txt"),
        ("member-link", "/pipe.txt"),
    ]
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.tar"]


def test_a_header_that_lies_about_its_size_fills_no_memory(tmp_path):
    huge = tarfile.TarInfo("huge.txt")
    huge.size = 10**15
    longest = tarfile.TarInfo("pax")
    longest.type, longest.size = tarfile.XHDTYPE, 10**12
    for lie in (huge, longest):
        path = tmp_path / "a.tar"
        path.write_bytes(lie.tobuf() + b"\0" * 2048)

        members, problems = streamed(path)

        assert members == []
        assert {problem.code for problem in problems} <= {"unreadable-document", "cut-short"}
        assert problems


def test_a_tar_that_breaks_off_keeps_what_came_before(tmp_path):
    path = tar(tmp_path / "a.tar", ("a.txt", b"a" * 600), ("b.txt", b"b" * 600))
    path.write_bytes(path.read_bytes()[:1800])

    members, problems = streamed(path)

    assert [one.label for one in members] == ["/a.txt"]
    assert told(problems) == [("cut-short", "")]


def test_an_archive_of_too_many_files_ends_at_the_bound(tmp_path, monkeypatch):
    monkeypatch.setattr("steelyard.read.documents.forward.bounded.__defaults__", (3, limits.LARGEST_ARCHIVE))
    path = tar(tmp_path / "a.tar", *((f"{n}.txt", b"x") for n in range(5)))

    members, problems = streamed(path)

    assert [one.label for one in members] == ["/0.txt", "/1.txt", "/2.txt"]
    assert told(problems) == [("cut-short", "")]


def test_a_tar_within_a_zip_is_read_too():
    inner, outer = io.BytesIO(), io.BytesIO()
    with tarfile.open(fileobj=inner, mode="w:gz") as archive:
        info = tarfile.TarInfo("a.txt")
        info.size = len(TEXT)
        archive.addfile(info, io.BytesIO(TEXT.encode()))
    with zipfile.ZipFile(outer, "w") as zipped:
        zipped.writestr("in.tar.gz", inner.getvalue())

    documents, problems = documents_in(outer.getvalue(), "out.zip")

    assert [(one.name, one.text) for one in documents] == [("out.zip/in.tar.gz/a.txt", TEXT)]
    assert problems == []


# ZIP


def test_a_zip_on_the_disk_is_read_file_by_file(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("b.txt", "b")
        archive.writestr("a.txt", "a")
        archive.writestr("../c.txt", "c")

    members, problems = streamed(path)

    assert [(one.label, one.data) for one in members] == [("/a.txt", b"a"), ("/b.txt", b"b")]
    assert told(problems) == [("member-outside", "/../c.txt")]


def test_a_locked_file_of_a_zip_is_told_and_the_others_are_read(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "aaaa")
        archive.writestr("b.txt", "bbbb")
    data = bytearray(path.read_bytes())
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(mark) + flags] |= 1  # the bit that says that the file is encrypted
    path.write_bytes(data)

    members, problems = streamed(path)

    assert [one.label for one in members] == ["/b.txt"]
    assert told(problems) == [("unreadable-document", "/a.txt")]


def test_a_zip_bomb_ends_at_the_bound(tmp_path, monkeypatch):
    monkeypatch.setattr("steelyard.read.containers.archive.SMALL_UNFOLDED", 1_000_000)
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", TEXT)
        archive.writestr("b.txt", b"\0" * 30_000_000)

    members, problems = streamed(path)

    assert [one.label for one in members] == ["/a.txt"]
    assert told(problems) == [("cut-short", "")]


@pytest.mark.parametrize("has_long_block", [False, True])
def test_a_zip_whose_list_says_that_it_is_endless_is_not_opened(tmp_path, has_long_block):
    said = (1 << 40).to_bytes(8, "little")
    long_block = b"PK\x06\x06" + b"\0" * 36 + said + b"\0" * 8
    size = b"\xff\xff\xff\xff" if has_long_block else b"\xff\xff\xff\x7f"
    last = b"PK\x05\x06" + b"\0" * 8 + size + b"\0" * 6
    path = tmp_path / "a.zip"
    path.write_bytes((long_block if has_long_block else b"") + last)

    members, problems = streamed(path)

    assert members == []
    assert "too long" in problems[0].message


# WARC


def record(kind, content, *, status="200 OK", told="text/html", url="http://a.example/1", length=None):
    body = content if isinstance(content, bytes) else content.encode()
    headers = b""
    if kind == "response":
        headers = f"HTTP/1.1 {status}\r\nContent-Type: {told}\r\n\r\n".encode()
        told = "application/http; msgtype=response"
    size = len(headers) + len(body) if length is None else length
    named = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2026-01-24T10:00:00Z\r\n"
    named += f"WARC-Record-ID: <urn:uuid:1>\r\nContent-Type: {told}\r\nContent-Length: {size}\r\n\r\n"
    return named.encode() + headers + body + b"\r\n\r\n"


RECORDS = [
    record("warcinfo", "software: x\r\n", told="application/warc-fields"),
    record("request", "GET / HTTP/1.1\r\n\r\n", told="application/http; msgtype=request"),
    record("response", PAGE),
    record("response", b"\x89PNG", told="image/png"),
    record("response", "gone", status="404 Not Found"),
    record(
        "response",
        "서울의 국방예산".encode("cp949"),
        told="text/plain; charset=euc-kr",
        url="http://b.example/",
    ),
    record("conversion", "A page as text.", told="text/plain"),
]


@pytest.mark.parametrize("folded", ["not at all", "by record", "as a whole"])
def test_a_warc_gives_its_pages(tmp_path, folded):
    match folded:
        case "by record":
            path, data = tmp_path / "a.warc.gz", b"".join(map(gzip.compress, RECORDS))
        case "as a whole":
            path, data = tmp_path / "a.warc.gz", gzip.compress(b"".join(RECORDS))
        case _:
            path, data = tmp_path / "a.warc", b"".join(RECORDS)
    path.write_bytes(data)

    members, problems = streamed(path)
    documents = [documents_of(one, "a.warc.gz")[0][0] for one in members]

    assert problems == []
    assert [one.name for one in documents] == ["a.warc.gz#3", "a.warc.gz#6", "a.warc.gz#7"]
    assert TEXT in documents[0].text
    assert documents[0].title == "Budget"
    assert documents[1].text == "서울의 국방예산"
    assert documents[1].url == "http://b.example/"
    assert documents[1].date.isoformat() == "2026-01-24"


def test_a_damaged_record_of_a_warc_costs_no_other(tmp_path):
    noise = random.Random(1)
    texts = [" ".join(str(noise.random()) for _ in range(300)) for _ in range(30)]
    blocks = [gzip.compress(record("conversion", text, told="text/plain")) for text in texts]
    broken = bytearray(blocks[10])
    broken[200:260] = b"\0" * 60
    path = tmp_path / "a.warc.gz"
    path.write_bytes(b"".join([*blocks[:10], bytes(broken), *blocks[11:20], blocks[20][:1000]]))

    members, problems = streamed(path)

    assert [one.data.decode() for one in members] == [*texts[:10], *texts[11:20]]
    assert [problem.code for problem in problems] == ["cut-short", "cut-short"]


def test_a_record_with_a_wrong_length_is_told(tmp_path):
    path = tmp_path / "a.warc.gz"
    long = record("conversion", TEXT, told="text/plain", length=10**12)
    path.write_bytes(gzip.compress(long) + gzip.compress(record("conversion", TEXT, told="text/plain")))

    members, problems = streamed(path)

    assert [one.data.decode() for one in members] == [TEXT]
    assert [problem.code for problem in problems] == ["cut-short"]


def test_a_page_that_unfolds_to_very_much_is_left_and_the_next_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr("steelyard.read.containers.warc.SMALL_UNFOLDED", 100_000)
    path = tmp_path / "a.warc.gz"
    bomb = gzip.compress(record("conversion", b"0" * 20_000_000, told="text/plain"))
    path.write_bytes(bomb + gzip.compress(record("conversion", TEXT, told="text/plain")))

    members, problems = streamed(path)

    assert [one.data.decode() for one in members] == [TEXT]
    assert [problem.code for problem in problems] == ["cut-short"]


def test_what_is_no_warc_is_told(tmp_path):
    path = tmp_path / "a.warc"
    path.write_bytes(b"\0\1\2" * 1000)

    members, problems = streamed(path)

    assert members == []
    assert [problem.code for problem in problems] == ["cut-short"]


# Parquet


def parquet(path, select):
    with duckdb.connect() as database:
        database.execute(f"COPY ({select}) TO '{path}' (FORMAT parquet)")
    return path


def test_a_parquet_file_of_documents_is_read_row_by_row(tmp_path):
    rows = "SELECT 'text ' || n AS text, DATE '2026-01-24' AS date, n AS other FROM range(600) AS t(n)"
    path = parquet(tmp_path / "news.parquet", f"{rows} UNION ALL SELECT NULL, NULL, 0")

    members, problems = streamed(path)

    assert not is_ledger(path)
    assert [one.extracted.text for one in members] == [f"text {n}" for n in range(600)]
    assert {one.extracted.date.isoformat() for one in members} == {"2026-01-24"}
    assert told(problems) == [("no-document", "#601")]


def test_a_parquet_file_of_claims_is_a_ledger(tmp_path):
    assert is_ledger(parquet(tmp_path / "claims.parquet", "SELECT 'x' AS quote, 'y' AS text"))


def test_a_broken_parquet_file_is_told(tmp_path):
    path: Path = parquet(tmp_path / "news.parquet", "SELECT 'x' AS text FROM range(100000)")
    data = bytearray(path.read_bytes())
    data[10:60] = b"\xff" * 50
    path.write_bytes(data)

    _, problems = streamed(path)

    assert told(problems) == [("cut-short", "")]
