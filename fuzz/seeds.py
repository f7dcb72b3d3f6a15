"""Small sound inputs for each target, from which the fuzzer sets out."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Mapping, Sequence

_BRIEF = (
    b"The ministry asked on 29 August 2025 for $46.1 billion (about 66.3 trillion won), 8.2% more than in "
    b"FY2025, or 2.42% of GDP. Below 28,500 troops nobody will go by 2030."
)
_BRIEF_KOREAN = "국방부는 2026년 예산으로 66조 2,947억 원을 요구했다. 올해보다 8.2% 많다.".encode()
_PAGE = (
    b"<html lang=en><head><meta charset=utf-8><title>A</title></head><body><article><h1>A</h1><p>"
    + _BRIEF
    + b"</p><table><tr><th rowspan=2>Item<th colspan=2>2026</tr><tr><td>4<td>5</tr></table></article></body>"
)
_TABLE = b'item;2025;2026\n"army; navy";1.234,5;(12.0)\ntotal, USD bn;46,1;n/a\n'
_CLAIM = {
    **{"id": "0123456789ab", "kind": "figure", "document": "a.txt", "start": 0, "end": 3, "quote": "1.5"},
    **{"sentence_start": 0, "sentence_end": 9, "value": 1.5, "low": 1.45, "high": 1.55, "unit": "USD"},
    **{"period": "2026", "measure": "defence_spending", "actor": "KOR"},
}
_REVIEW = {"hash": "0123456789ab", "decision": "dismiss", "reason": "x", "by": "y", "date": "2026-01-24"}
_TOML = b"""[fuzz]
label = "x"
equation = "x = sum(parts(x))"
meaning = "x"
applies = "x"
exact = true
phrases = { en = ["x", "y"] }
reference = { title = "x", publisher = "y", date = 2026-01-24 }
examples = [{ holds = true, "x" = "5 bn", "parts(x)" = ["2 bn", "3 bn"] }]
[[amend]]
claim = "0123456789ab"
reason = "x"
sets = { value = 1e9, period = "2026" }
"""
_SERIES = b"actor,measure,period,value,unit,edition,source\nKOR,gdp,2026,2666360.425e9,KRW,WEO,IMF\n"
_PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj
4 0 obj<</Length 44>>stream
BT /F1 10 Tf 50 700 Td (46.1 bn in 2026) Tj ET
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
trailer<</Root 1 0 R>>
"""
_SHEET = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:B2"/>'
    b'<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c><c r="B1"><v>46.1</v></c></row>'
    b'<row r="2"><c r="A2" t="b"><v>1</v></c><c r="B2" t="d"><v>2026-01-24</v></c></row></sheetData>'
    b"</worksheet>"
)
_BODY = (
    b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>'
    b'<w:t>46.1 bn</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p/></w:tc>'
    b"</w:tr></w:tbl></w:body></w:document>"
)


def _lines(*records: object) -> bytes:
    return "".join(json.dumps(record) + "\n" for record in records).encode()


def _archive() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", _BRIEF)
    return buffer.getvalue()


SEEDS: Mapping[str, Sequence[bytes]] = {
    "numerals": [_BRIEF, _BRIEF_KOREAN, b"46.1 bn USD", "４６．１ billion, ¾ of 1½".encode()],
    "dates": [
        _BRIEF,
        _BRIEF_KOREAN,
        b"FY2026",
        b"2026/2030",
        b"Date: 24 Jan 2026\nlast year, 2025-26, Q3 2026",
    ],
    "text": [
        _BRIEF,
        _BRIEF_KOREAN,
        "“We will pay $5 bn,” Kim said. It is to rise to 3.5 %.".encode(),
    ],
    "page": [_PAGE],
    "note": [b"---\ndate: 2026-01-24\n---\n# A\n\n**4** [a](http://b)\n\n| a | b |\n|---|---|\n| 4 | 5 |\n"],
    "table": [_TABLE, b"a,b\n1,2\n", b'a\t2025\nb\t"1\n2"\n'],
    "paper": [_PDF],
    "lines": [_lines({"text": "46.1 bn", "date": "2026-01-24"}), _lines(_CLAIM), _lines(_REVIEW)],
    "entries": [_TOML],
    "series": [_SERIES],
    "identity": [
        b"gap(defence_spending) = (target(defence_share_of_gdp) - defence_share_of_gdp) * gdp",
        b"change(x) = sum(change(parts(x)))",
        b"x >= floor(x)",
        b"gdp = previous(gdp) * (1 + growth(gdp)) ^ 4 / 2.5",
    ],
    "sheet": [_SHEET],
    "office": [_BODY],
    "file": [b"\x01" + _BRIEF, b"\x00" + _PAGE, b"\x04" + _archive(), b"\x02" + gzip.compress(_PAGE)],
}
