"""Vega-Lite specifications drawn as SVG and PNG; the only code that draws.

Charts use the colours of `PALETTE` by name. On the page a colour becomes a CSS variable of the same name, so
one drawing serves light and dark; files beside the page keep the light colours on white.
"""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType, ModuleType
from typing import TYPE_CHECKING

from steelyard.core.problems import Place, Problem
from steelyard.report import charts
from steelyard.report.svg import LETTERS, SVG, tidy

if TYPE_CHECKING:
    from steelyard.report.results import Results
    from steelyard.report.tables import Table

Spec = Mapping[str, object]
# Blue against orange survives common colour blindness; after Okabe and Ito, Color Universal Design (2008).
PALETTE: Mapping[str, str] = MappingProxyType(
    {
        "ink": "#21201c",
        "muted": "#66635b",
        "hairline": "#dcd8ce",
        "follows": "#1b5e97",
        "fan-inner": "#7fa9cf",
        "fan-outer": "#c3d7ea",
        "printed": "#b34a00",
        "between": "#f6ddc8",
        "page": "#fdfcf9",
    }
)
FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
# What the style of the page says of every picture in it.
_OF_THE_PAGE = (
    f' xmlns="{SVG}"',
    f' font-family="{FONT}"',
    ' font-size="11px"',
    ' fill="none" stroke-miterlimit="10"',
)
# Wide enough for a third of the page, narrow enough for a phone, so that letters keep their size on both.
WIDTH = 352
_TEXT = {"color": PALETTE["ink"], "font": FONT}
_AXIS = {
    "labelFont": FONT,
    "labelFontSize": 11,
    "labelColor": PALETTE["muted"],
    "titleFont": FONT,
    "titleFontSize": 11,
    "titleFontWeight": "normal",
    "titleColor": PALETTE["muted"],
    "gridColor": PALETTE["hairline"],
    "domainColor": PALETTE["hairline"],
    "tickColor": PALETTE["hairline"],
}
_CONFIG = {
    "view": {"stroke": None},
    "font": FONT,
    "axis": _AXIS,
    "text": {**_TEXT, "fontSize": 11},
}


@dataclass(frozen=True, slots=True)
class Figure:
    """One picture: `spec` is a Vega-Lite specification, plain data, without title and configuration.

    `name` is its file name without suffix; `place` the anchor or section of the page that shows it. `title`
    says the finding and `subtitle` how to read the picture; `alt` says in words what it shows. `table` has
    each of its numbers with where it comes from; `shown` is the anchor of a table of the page that has them
    already, "" where the table is to stand under the picture.
    """

    name: str
    place: str
    title: str
    subtitle: str
    alt: str
    spec: Spec
    table: Table | None = None
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn figure: `svg` with the light colours, for files and, after `inline`, for the page."""

    figure: Figure
    svg: str

    @property
    def inline(self) -> str:
        """The SVG as it stands in the page: described in words, colours as CSS variables."""
        svg = self.svg
        for name, colour in PALETTE.items():
            svg = svg.replace(f'"{colour}"', f'"var(--{name})"')
        for said in _OF_THE_PAGE:
            svg = svg.replace(said, "", 1)
        label = escape(self.figure.alt)
        return svg.replace("<svg", f'<svg role="img" aria-label="{label}"', 1)

    @property
    def file(self) -> bytes:
        """The SVG as it stands in a file of its own: on white, with title and subtitle above."""
        root = ElementTree.fromstring(self.svg)
        width, height = float(root.get("width", WIDTH)), float(root.get("height", 0))
        lines = [(line, "bold", 13) for line in wrapped(self.figure.title, 46)]
        lines += [(line, "normal", 11) for line in wrapped(self.figure.subtitle, 56) if line]
        top = 17.0 * len(lines) + 12
        above = "".join(
            f'<text x="4" y="{17 * number + 17}" font-family="{FONT}" font-size="{size}" '
            f'font-weight="{weight}" fill="{PALETTE["ink"]}">{escape(line)}</text>'
            for number, (line, weight, size) in enumerate(lines)
        )
        inner = self.svg.partition(">")[2].removesuffix("</svg>")
        letters = "".join(f' {name}="{value}"' for name in LETTERS if (value := root.get(name)))
        size = f'width="{width:g}" height="{height + top:g}"'
        return (
            f'<svg xmlns="{SVG}" {size} viewBox="0 0 {width:g} {height + top:g}">'
            f'<rect width="100%" height="100%" fill="#ffffff"/>{above}'
            f'<g fill="none" stroke-miterlimit="10"{letters} transform="translate(0,{top:g})">'
            f"{inner}</g></svg>\n"
        ).encode()

    @property
    def png(self) -> bytes:
        """The picture as PNG in twice its size."""
        import vl_convert

        return bytes(vl_convert.svg_to_png(self.file.decode(), scale=2))


def chart_modules() -> Sequence[ModuleType]:
    """The charts, found by looking into their folder, in the order of their names.

    Each has `TITLE`, what it shows; `NEEDS`, the fields of the results that must not be empty; `TAKES`, what
    it must find in them, in words; and `draw(results)`, which gives its figures, none where it finds too
    little.
    """
    names = sorted(info.name for info in iter_modules(charts.__path__))
    return [import_module(f"{charts.__name__}.{name}") for name in names]


def figures_of(module: ModuleType, results: Results) -> list[Figure]:
    """The figures of one chart; none where the results do not meet its needs."""
    needed = (getattr(results, need) for need in module.NEEDS)
    return list(module.draw(results)) if all(len(each) for each in needed) else []


def left_out(results: Results) -> list[tuple[str, str]]:
    """The charts that the results have nothing for: what each shows, and what it takes."""
    return [(module.TITLE, module.TAKES) for module in chart_modules() if not figures_of(module, results)]


def draw_all(results: Results) -> tuple[list[Picture], list[Problem]]:
    """Every chart that the results have something for; one that cannot be drawn is reported and left out."""
    pictures: list[Picture] = []
    problems: list[Problem] = []
    for figure in (figure for module in chart_modules() for figure in figures_of(module, results)):
        try:
            pictures.append(Picture(figure, draw(figure.spec)))
        except ValueError as error:
            reason = str(error).strip().splitlines()[0]
            message = f"The chart {figure.title!r} could not be drawn: {reason}."
            hint = "The numbers stand in the tables; please report the chart as a fault of steelyard."
            problems.append(Problem("chart-not-drawn", message, Place(figure.name), hint, "warning"))
    return pictures, problems


def draw(spec: Spec) -> str:
    """The SVG of a specification in the style of the house: the same bytes for the same specification.

    Raises:
        ValueError: the specification is no Vega-Lite.
    """
    import vl_convert

    return tidy(vl_convert.vegalite_to_svg(dict(whole_spec(spec))))


def whole_spec(spec: Spec) -> Spec:
    """A specification with all that the house sets for its pictures: size, letters, axes."""
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "background": None,
        "padding": 4,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "width": WIDTH,
        "config": _CONFIG,
        **spec,
    }


def wrapped(text: str, width: int = 50) -> list[str]:
    """A title in lines that fit a picture, about `width` letters each."""
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines
