"""Vega-Lite specifications drawn as SVG and PNG; the only code that draws.

Charts use the colours of `PALETTE` by name. On the page a colour becomes a CSS variable of the same name, so
one drawing serves light and dark; files beside the page keep the light colours on white.
"""

from __future__ import annotations

import re
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

if TYPE_CHECKING:
    from steelyard.report.results import Results
    from steelyard.report.tables import Table

Spec = Mapping[str, object]
SVG = "http://www.w3.org/2000/svg"
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
_NUMBER = re.compile(r"-?\d+\.\d{3,}(?:e-?\d+)?")
_LETTERS = ("font-family", "font-size")
_ALIKE = ("fill", "stroke", "stroke-width", "stroke-dasharray", "text-anchor")
_FEWEST = 2  # marks that say the same before it is worth saying it once
_DROPPED = ("class", "role", "pointer-events", "aria-hidden", "aria-label", "aria-roledescription", "version")


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
        label = escape(self.figure.alt)
        return svg.replace("<svg ", f'<svg role="img" aria-label="{label}" ', 1)

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
        letters = "".join(f' {name}="{value}"' for name in _LETTERS if (value := root.get(name)))
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

    whole = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "background": None,
        "padding": 4,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "width": WIDTH,
        "config": _CONFIG,
        **spec,
    }
    return tidy(vl_convert.vegalite_to_svg(whole))


def tidy(svg: str) -> str:
    """The same picture without what does not show: empty shapes, roles of single marks, long decimals."""
    ElementTree.register_namespace("", SVG)
    root = ElementTree.fromstring(svg)
    _prune(root)
    _lift(root)
    for element in root.iter():
        for name in _DROPPED:
            element.attrib.pop(name, None)
        for name, value in element.attrib.items():
            if name in ("transform", "d", "points", "x", "y", "x1", "x2", "y1", "y2", "width", "height"):
                element.set(name, _NUMBER.sub(lambda found: f"{float(found[0]):.2f}", value))
        if element.get("opacity") == "1":
            del element.attrib["opacity"]
    _unwrap(root)
    return ElementTree.tostring(root, encoding="unicode")


def _prune(element: ElementTree.Element) -> None:
    """Take out descendants that draw nothing."""
    for child in list(element):
        _prune(child)
        tag = child.tag.removeprefix(f"{{{SVG}}}")
        frame = child.get("class") in ("background", "foreground") and not (
            child.get("fill") or child.get("stroke")
        )
        empty = tag == "g" and not len(child)
        if frame or empty or child.get("opacity") == "0" or child.get("display") == "none":
            element.remove(child)


def _lift(root: ElementTree.Element) -> None:
    """Say once, on the whole picture, what every text in it says of its font."""
    texts = list(root.iter(f"{{{SVG}}}text"))
    for name in _LETTERS:
        values = {text.get(name) for text in texts}
        if len(values) == 1 and None not in values:
            root.set(name, str(values.pop()))
            for text in texts:
                del text.attrib[name]
    for text in texts:
        if text.get("font-weight") == "normal":
            del text.attrib["font-weight"]
    for group in root.iter(f"{{{SVG}}}g"):
        _lift_from(group)


def _lift_from(group: ElementTree.Element) -> None:
    """Say once, on a group of marks alone, what every mark in it says of its colour and line."""
    if len(group) < _FEWEST or any(len(child) or child.tag == f"{{{SVG}}}g" for child in group):
        return
    for name in _ALIKE:
        values = {child.get(name) for child in group}
        if len(values) == 1 and None not in values:
            group.set(name, str(values.pop()))
            for child in group:
                del child.attrib[name]


def _unwrap(element: ElementTree.Element) -> None:
    """Put the children of groups that say nothing into their place."""
    for number, child in reversed(list(enumerate(list(element)))):
        _unwrap(child)
        if child.tag == f"{{{SVG}}}g" and not child.attrib:
            element[number : number + 1] = list(child)


def wrapped(text: str, width: int = 50) -> list[str]:
    """A title in lines that fit a picture, about `width` letters each."""
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines
