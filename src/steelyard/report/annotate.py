"""A source's text with its claims marked in place, as HTML that cannot do anything but be read.

Claims may overlap or lie in one another. The text is cut wherever a claim begins or ends; each piece stands
in one `<mark>` per claim over it, the longest claim outermost, so the result is well formed whatever the
spans are. Only the first piece of a claim carries its id.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` (excluded) of a text, to be marked under `anchor`.

    `kind` becomes the class of the mark. `label` is the short text of the link behind it, which leads to
    `#target`; without a target there is no link.
    """

    start: int
    end: int
    anchor: str
    kind: str = "figure"
    label: str = ""
    target: str = ""


def annotate(text: str, spans: Iterable[Span]) -> str:
    """`text` as escaped HTML paragraphs with every span marked and linked.

    A paragraph ends at each line break; empty lines give no paragraph. Parts of a span outside the text are
    cut off, and a span without any character leaves no mark.

    >>> annotate("A rise of 8.2%", [Span(10, 14, "text-a", label="1", target="claim-a")])
    '<p>A rise of <mark id="text-a" class="figure">8.2%</mark><a class="note" href="#claim-a">1</a></p>'
    """
    clipped = [_clip(span, len(text)) for span in spans]
    ordered = sorted(clipped, key=lambda span: (span.start, -span.end, span.anchor))
    shown: set[str] = set()
    paragraphs = []
    for start, end in _lines(text):
        inside = [span for span in ordered if span.start < end and span.end > start]
        body = _paragraph(text, start, end, inside, shown)
        if body.strip():
            paragraphs.append(f"<p>{body}</p>")
    return "\n".join(paragraphs)


def _clip(span: Span, length: int) -> Span:
    start = min(max(span.start, 0), length)
    end = min(max(span.end, start), length)
    return Span(start, end, span.anchor, span.kind, span.label, span.target)


def _lines(text: str) -> list[tuple[int, int]]:
    """Start and end of each line, its line break left out."""
    lines, start = [], 0
    for line in text.splitlines(keepends=True):
        lines.append((start, start + len(line.rstrip("\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029"))))
        start += len(line)
    return lines


def _paragraph(text: str, start: int, end: int, spans: Sequence[Span], shown: set[str]) -> str:
    """One line of the text, cut at every border of a span. `shown` gathers the anchors already given."""
    borders = {start, end}
    for span in spans:
        borders.update(border for border in (span.start, span.end) if start < border < end)
    cuts = sorted(borders)
    parts = []
    for left, right in pairwise(cuts):
        over = [span for span in spans if span.start <= left and right <= span.end]
        parts.append(_piece(text[left:right], over, shown))
        parts += [_note(span) for span in over if span.end == right]
    return "".join(parts)


def _piece(text: str, over: Sequence[Span], shown: set[str]) -> str:
    """A stretch of text inside one mark for each span over it."""
    opening = ""
    for span in over:
        name = "" if span.anchor in shown else f' id="{escape(span.anchor)}"'
        shown.add(span.anchor)
        opening += f'<mark{name} class="{escape(span.kind)}">'
    return opening + escape(text) + "</mark>" * len(over)


def _note(span: Span) -> str:
    """The small link behind a claim that leads to its row."""
    if not span.target:
        return ""
    return f'<a class="note" href="#{escape(span.target)}">{escape(span.label)}</a>'
