"""Markdown: the text stays that of the file; its marks, its head and the targets of links are left out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from steelyard.read.documents.encoding import text_of
from steelyard.read.documents.extracted import Cell, Extracted, Table
from steelyard.read.documents.stamps import day_of

SUFFIXES = (".md", ".markdown")
_HEAD = re.compile(
    r"\s{0,100}(---|\+\+\+)[ \t]*\r?\n(?P<keys>.{0,20000}?)^\1[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE
)
_KEY = re.compile(r"^([A-Za-z_]+)[ \t]*[:=][ \t]*(.*?)[ \t]*\r?$", re.MULTILINE)
# No part of what is said. Each part reads on over a bounded stretch that its own first sign ends.
_LINK = r"\([^()\s]{0,2000}(?:\([^()\s]{0,200}\)[^()\s]{0,200})?(?:\s\"[^\"\n]{0,200}\")?\)"
_MARKS = re.compile(
    rf"!\[[^\[\]\n]{{0,200}}\]{_LINK}"
    rf"|(?<=\])(?:{_LINK}|\[[^\[\]\n]{{1,200}}\])"
    r"|^[ \t]{0,3}\[[^\[\]\n]{1,200}\]:[ \t]+\S[^\n]*$"
    r"|<https?:[^<>\s]{1,2000}>|\bhttps?://[^\s)>\]]+"
    r"|^[ \t]{0,3}(?:#{1,6}(?=\s)|>+|(?:[-*_][ \t]*){3,}$)"
    r"|(?<![\w*])\*{1,3}(?=[^\s*])|(?<=[^\s*])\*{1,3}(?![\w*])"
    r"|(?<!\w)_{1,3}(?=[^\s_])|(?<=[^\s_])_{1,3}(?!\w)"
    r"|`{1,3}|</?[A-Za-z][^<>\n]{0,200}>",
    re.MULTILINE,
)
_TITLE = re.compile(r"^#[ \t]+(\S[^\n]{0,300}?)[ \t#]*$", re.MULTILINE)
_ROW = re.compile(r"^[^\n|]*\|[^\n]*$", re.MULTILINE)
_RULER = re.compile(r"[ \t]*\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)*\|?[ \t\r]*")


def extract(data: bytes) -> Extracted:
    """The text as it is, with its date, title and publisher from the lines between rulers at its top.

    Without a title there, the first heading of the first level is the title.

    Raises:
        FormatError: the bytes are no text.
    """
    text, problems = text_of(data)
    head = _HEAD.match(text)
    facts = {key.casefold(): value.strip("\"'") for key, value in _KEY.findall(head["keys"])} if head else {}
    start = head.end() if head else 0
    left_out = [(0, start)] if head else []
    left_out += [*_comments(text, start), *(match.span() for match in _MARKS.finditer(text, start))]
    return Extracted(
        text,
        date=day_of(facts.get("date") or facts.get("published")),
        publisher=facts.get("publisher") or None,
        title=facts.get("title") or (heading[1] if (heading := _TITLE.search(text, start)) else None),
        url=facts.get("url") or None,
        language=facts.get("language") or facts.get("lang") or None,
        tables=tuple(_tables(text, start)),
        left_out=tuple(sorted(left_out)),
        problems=tuple(problems),
    )


def _comments(text: str, start: int) -> Iterator[tuple[int, int]]:
    """What the author hid from readers."""
    while (begin := text.find("<!--", start)) >= 0 and (end := text.find("-->", begin)) >= 0:
        start = end + 3
        yield begin, start


def _tables(text: str, start: int) -> Iterator[Table]:
    """The tables of a text: lines with bars, the second of them a ruler."""
    block: list[re.Match[str]] = []
    for row in _ROW.finditer(text, start):
        if block and row.start() > block[-1].end() + 1:
            yield from _table(text, block)
            block = []
        block.append(row)
    yield from _table(text, block)


def _table(text: str, block: list[re.Match[str]]) -> Iterator[Table]:
    """The table of lines with bars, if they are one."""
    rulers = [n for n, row in enumerate(block[:-1]) if _RULER.fullmatch(row.group())]
    if not rulers or rulers[0] == 0:
        return
    first = rulers[0] - 1
    lines = [row for n, row in enumerate(block) if n >= first and n != rulers[0]]
    rows = tuple(tuple(_cells(row, number)) for number, row in enumerate(lines, 1))
    yield Table(lines[0].start(), lines[-1].end(), rows)


def _cells(row: re.Match[str], number: int) -> Iterator[Cell | None]:
    """The cells between the bars of a line."""
    line = row.group().rstrip()
    position = len(line) - len(line.lstrip())
    position += line.startswith("|", position)
    for column, part in enumerate(line[position:].removesuffix("|").split("|"), 1):
        inner = part.strip()
        start = row.start() + position + len(part) - len(part.lstrip())
        yield Cell(start, start + len(inner), f"row {number}, column {column}") if inner else None
        position += len(part) + 1
