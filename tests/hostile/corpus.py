"""Bad files of every kind, made where they are needed and never committed; each is small until unfolded."""

from __future__ import annotations

import gzip
import io
import json
import struct
import zipfile
from collections.abc import Mapping
from functools import cache

import docx
import openpyxl
import zstandard

SENTENCE = "On 24 January 2026 the ministry of South Korea asked for $46.1 billion, 2.42% of GDP."
MEGABYTE = 1 << 20
_WORD = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_CLAIM: dict[str, object] = {
    **{"id": "0123456789ab", "kind": "figure", "document": "a.txt", "start": 0, "end": 3, "quote": "1.5"},
    **{"sentence_start": 0, "sentence_end": 9, "value": 1.5, "low": 1.45, "high": 1.55, "unit": "USD"},
    **{"period": "2026", "measure": "defence_spending", "actor": "KOR"},
}
_LAUGHS = b"".join(
    [
        b'<!DOCTYPE a [<!ENTITY l0 "lol">',
        *(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 12)),
        b"]>",
    ]
)
_OUTSIDE = b'<!DOCTYPE a [<!ENTITY l11 SYSTEM "file:///etc/passwd">]>'


def packed(parts: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP archive of parts by their names."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return buffer.getvalue()


def unpacked(data: bytes) -> dict[str, bytes]:
    """The parts of a ZIP archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def repeated(byte: bytes, megabytes: int) -> bytes:
    """A gzip file of so many equal bytes, made of parts that follow one another."""
    part = gzip.compress(byte * (16 * MEGABYTE))
    return part * (megabytes // 16)


def forged(data: bytes, name: str, size: int) -> bytes:
    """The archive in which one part says that it unfolds to so many bytes, whatever it does."""
    changed = bytearray(data)
    for mark, head, size_at in ((b"PK\x03\x04", 30, 22), (b"PK\x01\x02", 46, 24)):
        start = changed.find(mark)
        while start >= 0:
            if changed.startswith(name.encode(), start + head):
                struct.pack_into("<I", changed, start + size_at, size)
            start = changed.find(mark, start + 4)
    return bytes(changed)


@cache
def workbook() -> bytes:
    buffer = io.BytesIO()
    openpyxl.Workbook().save(buffer)
    return buffer.getvalue()


@cache
def letter() -> bytes:
    buffer = io.BytesIO()
    docx.Document().save(buffer)
    return buffer.getvalue()


def archives() -> dict[str, bytes]:
    """Archives that unfold to far more than they are, lie, nest, or name places outside."""
    nested = packed({"a.txt": SENTENCE.encode()})
    for _ in range(6):
        nested = packed({"a.zip": nested})
    frame = zstandard.ZstdCompressor(level=3).compress(bytes(16 * MEGABYTE))
    blanks = bytes(32 * MEGABYTE)
    outside = {"../escaped.txt": b"x", "/escaped.txt": b"x", "C:\\escaped.txt": b"x", "a/../../escaped": b"x"}
    cut = gzip.compress(SENTENCE.encode() * 1000)
    return {
        "gigabyte-line.jsonl.gz": repeated(b"[", 1024),
        "zeros.txt.gz": repeated(b"\0", 1024),
        "bomb.txt.zst": frame * 64,
        "bomb.zip": packed({"a.txt": blanks}),
        "lie.zip": forged(packed({"a.txt": blanks}), "a.txt", 1000),
        "bzip2.zip": forged(packed({"a.txt": blanks}, zipfile.ZIP_BZIP2), "a.txt", 1000),
        "lzma.zip": forged(packed({"a.txt": blanks}, zipfile.ZIP_LZMA), "a.txt", 1000),
        "nested.zip": nested,
        "outside.zip": packed({**outside, "a.txt": SENTENCE.encode()}),
        "cut.txt.gz": cut[: len(cut) // 2],
        "cut.zip": packed({"a.txt": SENTENCE.encode()})[:-10],
        "text.gz": SENTENCE.encode(),
        "text.zst": SENTENCE.encode(),
        "text.zip": SENTENCE.encode(),
    }


def office_files() -> dict[str, bytes]:
    """Documents and workbooks with entities, bombs, lies and depths."""
    body, sheet, styles = "word/document.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"
    book, paper = unpacked(workbook()), unpacked(letter())
    text = b"<w:document " + _WORD + b"><w:body><w:p><w:r><w:t>&l11;</w:t></w:r></w:p></w:body></w:document>"
    lying = packed({**book, styles: b"<a>" + bytes(32 * MEGABYTE)})
    endless = b"<worksheet><sheetData>" + b'<row r="1048576"><c r="XFD1048576"><v>1e400</v></c></row>' * 200
    return {
        "laughs.xlsx": packed({**book, sheet: _LAUGHS + b"<worksheet>&l11;</worksheet>"}),
        "laughs-wide.xlsx": packed(
            {**book, sheet: (_LAUGHS + b"<worksheet>&l11;</worksheet>").decode().encode("utf-16")}
        ),
        "outside.xlsx": packed({**book, sheet: _OUTSIDE + b"<worksheet>&l11;</worksheet>"}),
        "lie.xlsx": forged(lying, styles, 1000),
        "bzip2.xlsx": packed(book, zipfile.ZIP_BZIP2),
        "endless.xlsx": packed({**book, sheet: endless}),
        "text.xlsx": SENTENCE.encode(),
        "laughs.docx": packed({**paper, body: _LAUGHS + text}),
        "outside.docx": packed({**paper, body: _OUTSIDE + text}),
        "bomb.docx": packed({**paper, body: b"<a>" + b" " * (32 * MEGABYTE)}),
        "lie.docx": forged(packed({**paper, body: b"<a>" + b" " * (32 * MEGABYTE)}), body, 1000),
        "deep.docx": packed({**paper, body: b"<w:document " + _WORD + b">" + b"<w:tbl><w:tr><w:tc>" * 9000}),
        "text.docx": SENTENCE.encode(),
    }


def pages() -> dict[str, bytes]:
    """Pages and papers that nest, refer to themselves or to what lies outside."""
    head = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    one = b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    end = b"trailer<</Root 1 0 R>>"
    sentence = SENTENCE.encode()
    return {
        "laughs.html": _LAUGHS + b"<html><body><p>&l11; " + sentence + b"</p></body></html>",
        "outside.html": _OUTSIDE + b"<html><body><p>&l11; " + sentence + b"</p></body></html>",
        "deep.html": b"<div>" * 50_000 + sentence,
        "deep-table.html": b"<table><tr><td>" * 20_000 + b"1",
        "wide-table.html": b"<table><tr><td rowspan=999999999 colspan=999999999>1</td></tr></table>" * 20,
        "open.html": b"<" * 300_000 + b"<!--" * 100_000 + b"<script>" * 50_000,
        "circle.pdf": head + b"2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>endobj\n" + end,
        "itself.pdf": head + one + b"3 0 obj<</Type/Page/Parent 3 0 R/Contents 3 0 R>>endobj\n" + end,
        "count.pdf": head + b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 2000000000>>endobj\n" + end,
        "picture.pdf": b"\x89PNG\r\n\x1a\n",
        "text.pdf": sentence,
    }


def drawn_in_itself() -> bytes:
    """A PDF whose page draws a form that draws itself twice."""
    form = b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F 4 0 R>>>>/Length 12>>stream\n"
    return b"".join(
        (
            b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n",
            b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n",
            b"3 0 obj<</Type/Page/Parent 2 0 R/Contents 5 0 R/Resources<</XObject<</F 4 0 R>>>>>>endobj\n",
            b"4 0 obj" + form + b"/F Do /F Do \nendstream endobj\n",
            b"5 0 obj<</Length 6>>stream\n/F Do \nendstream endobj\ntrailer<</Root 1 0 R>>",
        )
    )


def texts() -> dict[str, bytes]:
    """Texts and tables that patterns might search for ever, and signs that are no text."""
    runs = {
        **{"dollars": "$" * 200_000, "commas": "1," * 50_000, "points": "1." * 50_000, "ones": "1 " * 3_000},
        **{"digits": "9" * 300_000, "quotes": "“" * 100_000, "initials": "a.b." * 50_000},
        **{"between": "between 1 and " * 2_000, "years": "2026-" * 5_000, "halves": "half of " * 2_000},
        **{"myriads": "1억 " * 2_000, "signs": "억" * 100_000, "dots": "... " * 30_000},
        **{"brackets": "$1 (" * 2_000, "bars": "|" * 100_000, "words": "one hundred " * 3_000},
    }
    absurd = (
        f"$1e400 bn, ${'9' * 400} bn, 1{',000' * 400} bn, 1e-400 % and 4６.１ billion, ٤٦ bn, Ⅷ % of GDP."
    )
    return {
        **{f"{name}.txt": text.encode() for name, text in runs.items()},
        "absurd.txt": absurd.encode(),
        "turned.txt": ("\u202e" * 50_000 + SENTENCE).encode(),
        "zeros.txt": b"\0".join(bytes([sign]) for sign in SENTENCE.encode()),
        "no-text.txt": b"\xc3\x28\xff\xfe\x80" * 10_000,
        "halves-of-pairs.txt": b"\xff\xfe" + b"\x00\xd8" * 5_000,
        "paper.txt": b"%PDF-1.4",
        "brackets.md": b"[" * 100_000 + b"[a](" * 30_000,
        "stars.md": b"*" * 100_000 + b"_a" * 50_000,
        "bars.md": b"|" * 50_000 + b"\n|-" + b"|-" * 10_000,
        "head.md": b"---\n" + b"a: " * 50_000,
        "quotes.csv": b'"' * 100_000,
        "cells.csv": b"," * 400_000,
        "open.csv": b'a,"' + b"x\n" * 50_000,
        "records.jsonl": b'{"text":"46","date":"'
        + b"9" * 10_000
        + b'"}\n{"text":'
        + b"[" * 100_000
        + b'\n{"text":{"text":1}}\n{"text":"\\ud800 46 bn"}\n{"text":"x","date":1e999}\n',
    }


def ledgers() -> dict[str, bytes]:
    """Ledgers of claims that no reader wrote."""
    line = json.dumps(_CLAIM)
    ways = ("years=\\1", "years=\\g<9>", "years=1+1", f"years={'9' * 5000}", "", "=", "\0")
    follows: list[dict[str, object]] = [
        {"follows": [f"growth-of {way} now=0123456789ab before=0123456789ab", way]} for way in ways
    ]
    periods: list[dict[str, object]] = [
        {"period": period, "baseline": period, "actor": actor}
        for period in ("0001", "9999", "FY0001", "FY9999", "0001/9999", "9999-12-31")
        for actor in ("KOR", "USA", "GBR")
    ]
    odd: list[dict[str, object]] = [
        {"unit": "\0"},
        {"actor": "\x1b[2J"},
        {"measure": "x" * 9999},
        {"low": None},
        {"high": 1e300},
    ]
    changed = enumerate([*follows, *periods, *odd])
    return {
        "strange.jsonl": "".join(
            json.dumps({**_CLAIM, "id": f"{n:012}", **each}) + "\n" for n, each in changed
        ).encode(),
        "endless.jsonl": line.replace("1.55", "1e400").encode(),
        "digits.jsonl": line.replace("1.55", "9" * 5000).encode(),
        "nothing.jsonl": line.replace("1.55", "NaN").encode(),
        "deep.jsonl": b'{"quote":' + b"[" * 100_000,
        "reversed.jsonl": line.replace("1.45", "2").encode(),
        "empty.parquet": b"PAR1" + bytes(100) + b"PAR1",
    }
