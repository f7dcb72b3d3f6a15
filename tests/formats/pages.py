"""Small PDFs written by hand, word by word, so that no sample has to lie in the repository."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

WIDTH, HEIGHT = 600, 800
SIZE = 10
LINE = 12
# Browsers print letters of their own pixels and let them be drawn smaller.
SCALE = 0.75


class Line(NamedTuple):
    """A line of text at its place; `down` is measured from the top of the page."""

    left: float
    down: float
    text: str
    size: float = SIZE


def lines(left: float, down: float, *texts: str, size: float = SIZE) -> list[Line]:
    """Lines below each other."""
    return [Line(left, down + n * LINE * size / SIZE, text, size) for n, text in enumerate(texts)]


def width(text: str, size: float = SIZE) -> float:
    """How wide a text of digits, points and Hangul is printed."""
    if _is_latin(text):
        return sum(0.278 if sign in ",. " else 0.556 for sign in text) * size
    return sum(0.5 if sign.isascii() else 1.0 for sign in text) * size


def rows(
    left: float, down: float, edges: Sequence[float], *texts: Sequence[str], size: float = SIZE
) -> list[Line]:
    """Rows of a table as browsers print them: names from `left` on, what follows up to the right `edges`."""
    cells: list[Line] = []
    for number, (name, *others) in enumerate(texts):
        place = down + 1.5 * LINE * number * size / SIZE
        cells += [Line(left, place, name, size)] if name else []
        for edge, text in zip(edges, others, strict=True):
            cells += [Line(round(edge - width(text, size), 2), place, text, size)] if text else []
    return cells


def pdf(*pages: Sequence[Line], info: str = "", encrypt: str = "", turned: int = 0) -> bytes:
    """A PDF of these pages; `info` goes into its table of facts, `encrypt` into its trailer.

    Pages that are shown `turned` have their text turned the other way, so that it is upright.
    """
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, page in enumerate(pages):
        content = "\n".join(_drawn(line, turned) for line in page)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Rotate {turned} "
            f"/Contents {5 + 2 * number} 0 R "
            f"/Resources << /Font << /F1 3 0 R /F2 {5 + 2 * len(pages)} 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(content.encode('cp1252'))} >>\nstream\n{content}\nendstream")
    objects.append(f"<< {info} >>")
    trailer = f"/Info {len(objects)} 0 R {encrypt}"
    return _file(
        [
            *objects,
            *_wide_font(len(objects), {sign for page in pages for line in page for sign in line.text}),
        ],
        trailer,
    )


def _is_latin(text: str) -> bool:
    try:
        text.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


def _wide_font(before: int, signs: set[str]) -> list[str]:
    """A font of all scripts, whose codes are those of UTF-16; nothing of it is drawn, so it has no glyphs."""
    pairs = "\n".join(f"<{ord(sign):04X}> <{ord(sign):04X}>" for sign in sorted(signs))
    mapping = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Same def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        f"{len(signs)} beginbfchar\n{pairs}\nendbfchar\nendcmap end end"
    )
    return [
        f"<< /Type /Font /Subtype /Type0 /BaseFont /Wide /Encoding /Identity-H "
        f"/DescendantFonts [{before + 2} 0 R] /ToUnicode {before + 4} 0 R >>",
        f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Wide /DW 1000 /W [32 126 500] "
        f"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
        f"/FontDescriptor {before + 3} 0 R >>",
        "<< /Type /FontDescriptor /FontName /Wide /Flags 4 /FontBBox [0 -120 1000 880] /Ascent 880 "
        "/Descent -120 /CapHeight 700 /ItalicAngle 0 /StemV 80 >>",
        f"<< /Length {len(mapping)} >>\nstream\n{mapping}\nendstream",
    ]


def _drawn(line: Line, turned: int) -> str:
    text = line.text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    # The place on the page as shown, which is as wide as the sheet is high where it is turned by a quarter.
    x, y = line.left, line.down
    matrix = {
        0: f"{SCALE} 0 0 {SCALE} {x} {HEIGHT - y}",
        90: f"0 {SCALE} -{SCALE} 0 {y} {x}",
        180: f"-{SCALE} 0 0 -{SCALE} {WIDTH - x} {y}",
        270: f"0 -{SCALE} {SCALE} 0 {WIDTH - y} {HEIGHT - x}",
    }[turned]
    size = line.size / SCALE
    if not _is_latin(line.text):
        return f"BT /F2 {size} Tf {matrix} Tm <{line.text.encode('utf-16-be').hex()}> Tj ET"
    return f"BT /F1 {size} Tf {matrix} Tm ({text}) Tj ET"


def _file(objects: list[str], trailer: str) -> bytes:
    data = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{content}\nendobj\n".encode("cp1252")
    start = len(data)
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}"
    end += f"trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n"
    return data + end.encode()
