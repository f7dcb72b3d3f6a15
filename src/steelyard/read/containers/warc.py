"""WARC archives of the web, as crawlers write them: each page that can be read is a document.

A document is called after the number of its record. Records of requests, of pages that were not found, of
pictures and the like are passed over. Most archives are folded up record by record (.warc.gz); where one is
damaged the reading goes on at the next.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, BinaryIO, Protocol

from steelyard.core.problems import Problem
from steelyard.read.documents.forward import BrokenStreamError, Forward, Streamed, collected, left_out
from steelyard.read.documents.limits import (
    LARGEST_RATIO,
    LARGEST_TEXT,
    MEGABYTE,
    SMALL_UNFOLDED,
    in_megabytes,
)
from steelyard.read.documents.members import Member
from steelyard.read.documents.stamps import day_of

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord

SUFFIXES = (".warc",)
STREAMED = (".warc", ".warc.gz")
_BEGINS, _FOLDED = b"WARC/", b"\x1f\x8b\x08"
# What a record says its content is, and the ending that a file of it would have.
_KINDS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "application/pdf": ".pdf",
}
_TELLING = ("response", "resource", "conversion")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.I)
_STEP = 1 << 16
_HINT = "Fetch the archive anew if what it holds counts."


class _Source(Protocol):
    """Bytes in order."""

    def read(self, size: int, /) -> bytes:
        """The next bytes; none at the end."""


def is_one(data: bytes) -> bool:
    """Whether bytes begin as such an archive does."""
    return data.startswith(_BEGINS)


def members(data: bytes) -> tuple[list[Member], list[Problem]]:
    """The pages of the archive in its order.

    Raises:
        FormatError: it is broken from the start, or holds no page.
    """
    return collected(stream(io.BytesIO(data)))


def stream(file: BinaryIO) -> Streamed:
    """The pages one after another, and a warning of each damaged stretch; the rest is read."""
    folded = file.read(len(_FOLDED)) == _FOLDED
    file.seek(0)
    number = 0
    for block in _blocks(file) if folded else [Forward(file)]:
        held: Member | Problem | None = None
        try:
            for record in _records(block):
                if held:
                    yield held
                number += 1
                held = _page(record, number)
            if isinstance(block, _Block):
                block.finish()
        except (BrokenStreamError, zlib.error) as error:
            # A record whose block does not end well may be damaged itself.
            message = f"The archive is broken after record {number} ({error}); the next whole record is read."
            held = left_out("cut-short", message, f"#{number}", _HINT)
        if held:
            yield held


def _records(source: _Source) -> Iterator[ArcWarcRecord]:
    """The records in some bytes; each must be read before the next is asked for."""
    from warcio.bufferedreaders import BufferedReader
    from warcio.exceptions import ArchiveLoadFailed
    from warcio.recordloader import ArcWarcRecordLoader

    reader, loader = BufferedReader(source), ArcWarcRecordLoader()
    while line := reader.readline():
        if not line.strip():
            continue
        try:
            record = loader.parse_record_stream(reader, line, "warc")
        except (ArchiveLoadFailed, EOFError, ValueError, AttributeError, TypeError) as error:
            raise BrokenStreamError(" ".join(str(error).split())[:100] or "no record") from error
        yield record
        while record.raw_stream.read(_STEP):
            pass
        # A record that is cut off has fewer bytes than it says.
        if getattr(record.raw_stream, "limit", 0) > 0:
            raise BrokenStreamError("it ends in the midst of a record")


def _page(record: ArcWarcRecord, number: int) -> Member | Problem | None:
    """The document of a record; None where it holds none."""
    if record.rec_type not in _TELLING or not _is_found(record):
        return None
    headers = record.http_headers or record.rec_headers
    told = headers.get_header("Content-Type") or ""
    kind = _KINDS.get(told.partition(";")[0].strip().lower())
    if kind is None:
        return None
    label = f"#{number}"
    data = _content(record)
    if data is None:
        message = f"The record is larger than {in_megabytes(LARGEST_TEXT)}, or folded up in an unknown way."
        return left_out("unreadable-document", message, label, "Fetch the page by itself.")
    if (charset := _CHARSET.search(told)) and kind != ".pdf":
        data = _in_utf8(data, charset[1])
    stamp: str = record.rec_headers.get_header("WARC-Date") or ""
    made: date | None = day_of(stamp[:10])
    url: str | None = record.rec_headers.get_header("WARC-Target-URI")
    return Member(label, data, suffix=kind, url=url, made=made)


def _is_found(record: ArcWarcRecord) -> bool:
    """Whether a page was given, and no error or another address."""
    if record.rec_type != "response":
        return True
    return bool(record.http_headers and record.http_headers.get_statuscode() == "200")


def _content(record: ArcWarcRecord) -> bytes | None:
    """What the record holds, its transfer undone; None where it is too large, or cannot be unfolded."""
    parts, size = [], 0
    try:
        content = record.content_stream()
        if getattr(content, "decomp_type", None) is None and _encoding(record) not in ("", "identity"):
            return None
        while part := content.read(_STEP):
            size += len(part)
            if size > LARGEST_TEXT:
                return None
            parts.append(part)
    except BrokenStreamError:
        raise
    except Exception:  # it says so by bare exceptions of several kinds
        return None
    return b"".join(parts)


def _encoding(record: ArcWarcRecord) -> str:
    """How the content is folded up by its own word, such as "br"."""
    headers = record.http_headers
    return (headers.get_header("Content-Encoding") or "").strip().lower() if headers else ""


def _in_utf8(data: bytes, charset: str) -> bytes:
    """The text with a mark of UTF-8, where it is in the encoding that the server said."""
    try:
        return b"\xef\xbb\xbf" + data.decode(charset).removeprefix("\ufeff").encode("utf-8")
    except (LookupError, ValueError):
        return data


class _Block:
    """The unfolded bytes of one folded block of a file, most often one record."""

    def __init__(self, file: BinaryIO, start: int) -> None:
        self._file = file
        self._unfold = zlib.decompressobj(16 + zlib.MAX_WBITS)
        self._given = 0
        self._rest = b""
        self.start = start
        self.end = start

    def read(self, size: int, /) -> bytes:
        """The next bytes, as many as asked for at most; none at the end of the block."""
        while not self._unfold.eof:
            folded = self._rest or self._file.read(_STEP)
            if not folded:
                raise BrokenStreamError("it ends in the midst of a record")
            self.end += len(folded) if not self._rest else 0
            part = self._unfold.decompress(folded, size)
            self._rest = self._unfold.unconsumed_tail
            self._given += len(part)
            if self._given > max(SMALL_UNFOLDED, LARGEST_RATIO * (self.end - self.start)):
                raise BrokenStreamError(f"it unfolds to more than {LARGEST_RATIO} times its size")
            if part:
                return part
        return b""

    def finish(self) -> None:
        """Go to the end of the block, and so learn whether it is whole."""
        while self.read(_STEP):
            pass

    @property
    def following(self) -> int:
        """Where the next block begins, if this one has come to its end; else the place after its start."""
        return self.end - len(self._unfold.unused_data) if self._unfold.eof else self.start + 1


def _blocks(file: BinaryIO) -> Iterator[_Block]:
    """The folded blocks of a file; after one that is broken the next that begins a record."""
    place = _next_block(file, 0)
    while place is not None:
        file.seek(place)
        block = _Block(file, place)
        yield block
        place = _next_block(file, block.following)


def _next_block(file: BinaryIO, place: int) -> int | None:
    """Where the first block begins that stands at a place or behind it; None where there is none."""
    while True:
        file.seek(place)
        window = file.read(MEGABYTE)
        found = window.find(_FOLDED)
        while found >= 0:
            if _begins_record(window[found : found + _STEP]):
                return place + found
            found = window.find(_FOLDED, found + 1)
        if len(window) < MEGABYTE:
            return None
        # A block that begins in the last bytes is seen whole in the next window.
        place += MEGABYTE - _STEP


def _begins_record(folded: bytes) -> bool:
    try:
        return zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(folded, len(_BEGINS)) == _BEGINS
    except zlib.error:
        return False
