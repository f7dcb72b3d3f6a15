"""What makes the pictures of the page answer to a pointer: Vega in one bundle, and a specification of each.

The bundle comes from vl-convert, so pictures that stand still and pictures that answer are drawn by the same
library. It is packed into the page and unpacked by its script; its hash stands in the page's policy, and it
works its expressions out itself (`ast`), so that nothing has to be allowed to be made from text. The page
loads nothing.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from steelyard.project.ensemble import PROBABILITIES
from steelyard.report.charts.paths import QUANTILES
from steelyard.report.picture import PALETTE, Picture, Spec, whole_spec

_READ = tuple("Median" if one == 0.5 else f"{100 * one:g}%" for one in PROBABILITIES)
_FORMAT = ",.4~r"
_CHANNELS = (("x", "x2"), ("y", "y2"))


@cache
def library() -> str:
    """Vega, Vega-Lite and Vega-Embed as one script, which leaves one name behind: `vegaEmbed`."""
    import vl_convert

    # In a function of its own, so that none of its names meets one of the page's.
    return f"(()=>{{{vl_convert.javascript_bundle('window.vegaEmbed = vegaEmbed;')}}})()"


def packed(text: str) -> str:
    """A text deflated, in letters that can stand in a page."""
    return base64.b64encode(zlib.compress(text.encode(), 9)).decode()


@cache
def packed_library() -> str:
    """The library, packed."""
    return packed(library())


def payload(pictures: Iterable[Picture], sliders: object) -> str:
    """The specifications of pictures by name and what the sliders show, packed."""
    figures = (picture.figure for picture in pictures)
    charts = {figure.name: whole_spec(answering(figure.spec)) for figure in figures}
    text = json.dumps({"charts": charts, "sliders": sliders}, ensure_ascii=False, separators=(",", ":"))
    for name, colour in PALETTE.items():
        text = text.replace(f'"{colour}"', f'"var(--{name})"')
    return packed(text)


def answering(spec: Spec) -> Spec:
    """A specification that tells the numbers of what is pointed at; a fan tells those of the nearest year."""
    layers = spec.get("layer")
    if not isinstance(layers, list):
        return spec
    told = [_told(layer) for layer in layers]
    return {**spec, "layer": [*told, *_years(spec, layers)]}


def tells(spec: Spec) -> bool:
    """Whether a picture tells numbers of what is pointed at, by a pointer or by keys."""
    layers = answering(spec).get("layer")
    encodings = (layer.get("encoding") for layer in layers) if isinstance(layers, list) else ()
    return any("tooltip" in encoding for encoding in encodings if isinstance(encoding, dict))


def _told(layer: Spec) -> Spec:
    """A layer of marks with its numbers told; words and what has no number stay as they are."""
    encoding, mark = layer.get("encoding"), layer.get("mark")
    kind = mark.get("type") if isinstance(mark, dict) else mark
    if not isinstance(encoding, dict) or kind in ("text", "area", "line"):
        return layer
    told = [one for one in _fields(encoding) if one["title"] != "Year" or _in_years(layer, str(one["field"]))]
    return {**layer, "encoding": {**encoding, "tooltip": told}} if told else layer


def _in_years(layer: Spec, field: str) -> bool:
    """Whether marks stand in whole years; what stands beside the last year tells none."""
    data = layer.get("data")
    rows = data.get("values", ()) if isinstance(data, dict) else ()
    return all(float(row.get(field, 0)).is_integer() for row in rows)


def _fields(encoding: Mapping[str, object]) -> Iterator[Spec]:
    """The fields of a layer that are numbers on an axis, with words for them."""
    for low, high in _CHANNELS:
        first, second = encoding.get(low), encoding.get(high)
        if not isinstance(first, dict) or not _is_measured(first):
            continue
        axis = first.get("axis")
        title = str(axis.get("title") or "") if isinstance(axis, dict) else ""
        ends = isinstance(second, dict) and "field" in second
        year = "year" in (first["field"], title)
        words = "Year" if year else (f"from, {title}" if title else "from") if ends else title or "value"
        form = {} if year else {"format": _FORMAT}
        yield {"field": first["field"], "type": "quantitative", "title": words, **form}
        if ends and isinstance(second, dict):
            yield {"field": second["field"], "type": "quantitative", "title": "to", "format": _FORMAT}


def _is_measured(channel: Mapping[str, object]) -> bool:
    """Whether a channel places a number on an axis, and not a mark on so many pixels."""
    drawn = all(channel.get(key, {}) is not None for key in ("scale", "axis"))
    return channel.get("type") == "quantitative" and isinstance(channel.get("field"), str) and drawn


def _years(spec: Spec, layers: Sequence[Spec]) -> list[Spec]:
    """For a fan a line through the nearest year, which tells the year's numbers."""
    band = next((layer.get("encoding") for layer in layers), None)
    if not isinstance(band, dict) or band.get("y", {}).get("field") != QUANTILES[0]:
        return []
    unit = band["y"]["axis"]["title"]
    number = {"type": "quantitative", "format": _FORMAT}
    named = [
        {"field": field, "title": f"{words}, {unit}" if field == "median" else words, **number}
        for field, words in zip(reversed(QUANTILES), reversed(_READ), strict=True)
    ]
    shown = {"condition": {"param": "at", "empty": False, "value": 0.7}, "value": 0}
    select = {
        "type": "point",
        "fields": ["year"],
        "nearest": True,
        "on": "pointermove",
        "clear": "pointerout",
    }
    return [
        {
            "mark": {"type": "point", "filled": True, "size": 50, "color": PALETTE["follows"]},
            "params": [{"name": "at", "select": select}],
            "encoding": {
                "x": band["x"],
                "y": {**band["y"], "field": "median"},
                "opacity": shown,
                "tooltip": [{"field": "year", "title": "Year", "type": "quantitative"}, *named],
            },
        },
        {
            "mark": {"type": "rule", "color": PALETTE["muted"]},
            "transform": [{"filter": {"param": "at", "empty": False}}],
            "encoding": {"x": band["x"]},
        },
    ]
