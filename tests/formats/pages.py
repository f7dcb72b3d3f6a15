"""Small PDFs written by hand, word by word, so that no sample has to lie in the repository."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

WIDTH, HEIGHT = 600, 800
SIZE = 10
LINE = 12


class Line(NamedTuple):
    """A line of text at its place; `down` is measured from the top of the page."""

    left: float
    down: float
    text: str
    size: float = SIZE


def lines(left: float, down: float, *texts: str, size: float = SIZE) -> list[Line]:
    """Lines below each other."""
    return [Line(left, down + n * LINE * size / SIZE, text, size) for n, text in enumerate(texts)]


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
            f"/Contents {5 + 2 * number} 0 R /Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(content.encode('cp1252'))} >>\nstream\n{content}\nendstream")
    objects.append(f"<< {info} >>")
    return _file(objects, f"/Info {len(objects)} 0 R {encrypt}")


def _drawn(line: Line, turned: int) -> str:
    text = line.text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    # The place on the page as shown, which is as wide as the sheet is high where it is turned by a quarter.
    x, y = line.left, line.down
    matrix = {
        0: f"1 0 0 1 {x} {HEIGHT - y}",
        90: f"0 1 -1 0 {y} {x}",
        180: f"-1 0 0 -1 {WIDTH - x} {y}",
        270: f"0 -1 1 0 {WIDTH - y} {HEIGHT - x}",
    }[turned]
    return f"BT /F1 {line.size} Tf {matrix} Tm ({text}) Tj ET"


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
