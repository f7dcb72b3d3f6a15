"""Drawings made light: the same picture in fewer letters.

What does not show is left out, what all marks of a group say is said once, lines that stand together become
one path, and places have the digits that can be seen.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Sequence
from itertools import groupby

SVG = "http://www.w3.org/2000/svg"
LETTERS = ("font-family", "font-size")
_NUMBER = re.compile(r"-?\d+\.\d+(?:e-?\d+)?")
_MOVED = re.compile(r"translate\((-?[\d.]+),(-?[\d.]+)\)")
_PLACES = ("transform", "d", "points", "x", "y", "x1", "x2", "y1", "y2", "width", "height")
_ALIKE = ("fill", "stroke", "stroke-width", "stroke-dasharray", "text-anchor")
_USUAL = {
    "opacity": "1",
    "stroke-width": "1",
    "stroke-dasharray": "1,0",
    "transform": "translate(0,0)",
    "font-weight": "normal",
    "text-anchor": "start",
}
_FEWEST = 2  # marks that say the same before it is worth saying it once
_DROPPED = ("class", "role", "pointer-events", "aria-hidden", "aria-label", "aria-roledescription", "version")


def tidy(svg: str) -> str:
    """The same picture without what does not show: empty shapes, roles of single marks, long decimals."""
    ElementTree.register_namespace("", SVG)
    root = ElementTree.fromstring(svg)
    _prune(root)
    _lift(root)
    for element in root.iter():
        for name in _DROPPED:
            element.attrib.pop(name, None)
        for name in [one for one in _PLACES if one in element.attrib]:
            element.set(name, _NUMBER.sub(_seen, element.attrib[name]))
        for name, value in _USUAL.items():
            if element.get(name) == value:
                del element.attrib[name]
        _place(element)
    _unwrap(root)
    _join(root)
    return ElementTree.tostring(root, encoding="unicode").replace(" />", "/>")


def _seen(number: re.Match[str]) -> str:
    """A number as it stands in a drawing, with the digits that can be seen."""
    return _short(float(number[0]))


def _short(number: float) -> str:
    """A place in tenths of a pixel."""
    short = f"{number:.1f}".removesuffix(".0")
    return "0" if short == "-0" else short


def _place(element: ElementTree.Element) -> None:
    """Let a text say its place as one, where it is only moved there."""
    moved = _MOVED.fullmatch(element.get("transform", ""))
    if moved and element.tag == f"{{{SVG}}}text" and not {"x", "y", "dx", "dy"} & set(element.keys()):
        del element.attrib["transform"]
        element.attrib.update({"x": moved[1], "y": moved[2]})


def _join(element: ElementTree.Element) -> None:
    """Make one path of lines that stand side by side and differ in nothing but their places."""
    for child in element:
        _join(child)
    # Children that are no lines stand alone: each is unlike any other.
    kinds = [
        (number, {}) if _line(child) is None else (-1, _looks(child)) for number, child in enumerate(element)
    ]
    for _, run in groupby(zip(kinds, list(element), strict=True), key=lambda pair: pair[0]):
        lines = [child for _, child in run]
        if _line(lines[0]) is not None:
            _draw_as_one(element, lines)


def _line(element: ElementTree.Element) -> str | None:
    """A line from where it is moved to, as part of a path; None for what is no such line."""
    moved = _MOVED.fullmatch(element.get("transform", "translate(0,0)"))
    if element.tag != f"{{{SVG}}}line" or not moved or {"x1", "y1"} & set(element.keys()):
        return None
    across, down = element.get("x2", "0"), element.get("y2", "0")
    way = f"h{across}" if down == "0" else f"v{down}" if across == "0" else f"l{across},{down}"
    return f"M{moved[1]},{moved[2]}{way}"


def _looks(element: ElementTree.Element) -> dict[str, str]:
    """What an element says beside its place."""
    return {name: value for name, value in element.items() if name not in _PLACES}


def _draw_as_one(parent: ElementTree.Element, lines: Sequence[ElementTree.Element]) -> None:
    """Put one path in the place of some lines."""
    path = ElementTree.Element(f"{{{SVG}}}path", _looks(lines[0]))
    path.set("d", "".join(_line(line) or "" for line in lines))
    path.tail = lines[-1].tail
    parent[list(parent).index(lines[0])] = path
    for line in lines[1:]:
        parent.remove(line)


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
    for name in LETTERS:
        values = {text.get(name) for text in texts}
        if len(values) == 1 and None not in values:
            root.set(name, str(values.pop()))
            for text in texts:
                del text.attrib[name]
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
        _merge_moves(child)
        if child.tag == f"{{{SVG}}}g" and not child.attrib:
            element[number : number + 1] = list(child)


def _merge_moves(group: ElementTree.Element) -> None:
    """Move a group once where it does no more than move the one group in it."""
    inner = group[0] if len(group) == 1 else None
    if inner is None or inner.tag != group.tag or set(group.keys()) != {"transform"}:
        return
    moves = [_MOVED.fullmatch(one.get("transform", "")) for one in (group, inner)]
    if outer := moves[0]:
        if own := moves[1]:
            x, y = (_short(float(outer[at]) + float(own[at])) for at in (1, 2))
            inner.set("transform", f"translate({x},{y})")
        elif "transform" not in inner.attrib:
            inner.set("transform", group.attrib["transform"])
        else:
            return
        group.attrib.clear()
