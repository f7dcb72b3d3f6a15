"""What can be told of a workbook before it is opened: that it is one, and what it unfolds to.

A workbook is a folder in a zip file. What it unfolds to is weighed first, since a small file can unfold to
more than the memory holds; and formulas whose result it does not keep are found, which look like empty cells.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO

from steelyard.core.problems import FormatError, Place, Problem

_MEGABYTE = 1_000_000
_LARGEST = 120 * _MEGABYTE  # unfolded
# Text shrinks to a tenth, tables to a fiftieth, bombs to a thousandth; below the size any ratio will do.
_LARGEST_RATIO = 200
_SMALL = 16 * _MEGABYTE
# The mark at the head of a cell, which says where it is; so near before its formula.
_CELL_NAME = re.compile(rb'<c\s[^<>]{0,200}?\br="([A-Z]{1,3}\d{1,7})"')
_HEAD_OF_CELL = 300
# A formula that nobody has computed: no value follows it.
_UNCOMPUTED = re.compile(rb"<f[^<>]*(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>")
# All that office programs use. Others unfold a few bytes to gigabytes in one go.
_USUAL = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_DECLARATION = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Formulas:
    """How many formulas of a sheet have no result, and the cell of the first.

    `part` is the sheet's file in the workbook.
    """

    part: str
    count: int
    first: str

    def problem(self, title: str | None, place: Place) -> Problem:
        """The warning that they are left out, for the sheet of this title, if it is known."""
        where = f" of the sheet {title!r}" if title is not None else ""
        message = f"One cell{where} holds a formula without a result, and is left out."
        if self.count > 1:
            message = f"{self.count} cells{where} hold formulas without results, and are left out."
        hint = "Open the workbook in a spreadsheet program and save it there, so that results are kept."
        return Problem("formula-without-result", message, place, hint, "warning")


def weighed(data: bytes) -> list[Formulas]:
    """The formulas without result of each sheet with such.

    Raises:
        FormatError: the file is no workbook, is locked, or unfolds to more than can be held.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
            size = sum(part.file_size for part in parts)
            packed = max(1, sum(part.compress_size for part in parts))
            if size > _LARGEST or (size > _SMALL and size > _LARGEST_RATIO * packed):
                raise FormatError(f"the workbook unfolds to {size} bytes, more than can be read; split it")
            if any(part.flag_bits & 1 for part in parts):
                raise FormatError("the workbook is locked; save it without a password")
            if any(part.compress_type not in _USUAL for part in parts):
                raise FormatError("the workbook is packed as no office program packs it; save it anew")
            markup = [part for part in parts if part.filename.endswith((".xml", ".rels"))]
            return [found for part in markup if (found := _lacking_results(archive, part))]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError, zlib.error) as error:
        raise FormatError("it is no workbook, but broken or of another kind; save it as .xlsx") from error


def plain_workbook(data: bytes) -> bytes:
    """The same parts in an archive of which no part is larger than it says, for a library that trusts it.

    Raises:
        FormatError: a part is broken.
    """
    buffer = BytesIO()
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive, zipfile.ZipFile(buffer, "w") as copy:
            for part in {one.filename: one for one in archive.infolist()}.values():
                copy.writestr(part.filename, unfolded_part(archive, part))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError, zlib.error) as error:
        raise FormatError("it is broken; save it anew as .xlsx") from error
    return buffer.getvalue()


def unfolded_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    """What a part holds, up to the size that it says it has.

    It is unfolded in pieces, for in one go even a small part that lies about its size fills the memory; what
    can only be unfolded in one go is not.

    Raises:
        What the library raises where it is locked or broken, NotImplementedError among them.
    """
    if part.compress_type not in _USUAL:
        raise NotImplementedError("it is packed in a way that cannot be unfolded in pieces")
    with archive.open(part) as stream:
        return b"".join(iter(lambda: stream.read(_MEGABYTE), b""))


def _lacking_results(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Formulas | None:
    """The formulas of a part that lack their result; entities, which can unfold without end, are refused."""
    content = unfolded_part(archive, part)
    if _DECLARATION.search(content, 0, 4096):
        raise FormatError("the workbook declares entities, which no workbook needs; it is not read")
    if "/worksheets/" not in part.filename or b"<f" not in content:
        return None
    first = _UNCOMPUTED.search(content)
    if first is None:
        return None
    count = sum(1 for _ in _UNCOMPUTED.finditer(content))
    return Formulas(part.filename, count, _name_of_cell(content, first.start()))


def _name_of_cell(content: bytes, place: int) -> str:
    """The name of the cell whose formula stands at a place, as B7; empty where it has none."""
    head = content[max(0, place - _HEAD_OF_CELL) : place]
    found = _CELL_NAME.match(head, head.rfind(b"<c")) if b"<c" in head else None
    return found[1].decode() if found else ""
