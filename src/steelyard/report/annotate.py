"""A source's text with its claims marked in place, as HTML that cannot do anything but be read.

Claims may overlap or lie in one another. The text is cut wherever a claim begins or ends; each piece stands
in one `<mark>` per claim over it, the longest claim outermost, so the result is well formed whatever the
spans are. Only the first piece of a claim carries its id. Of a very long text only what stands around claims
is shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape
from itertools import pairwise

# Texts beyond this many characters are shown in parts: their beginning, and what stands around each claim.
LONGEST = 200_000
_BEGINNING = 2_000
_AROUND = 400
GAP = "\N{HORIZONTAL ELLIPSIS}"
# What is no character of HTML: control characters but for tab, halves of pairs, and what Unicode keeps for
# itself. They are shown by the sign for what cannot be shown.
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` (excluded) of a text, to be marked under `anchor`.

    `kind` becomes the class of the mark. `label` is the short text of the link behind it, which leads to
    `#target`; without a target there is no link. `card` is HTML of phrases behind the link that
    tells more of the claim, under the id `described`. What is `struck` counts no more.
    """

    start: int
    end: int
    anchor: str
    kind: str = "figure"
    label: str = ""
    target: str = ""
    card: str = ""
    described: str = ""
    struck: bool = False


def plain(text: str) -> str:
    r"""`text` as HTML that shows it and does nothing, wherever it stands.

    >>> plain('5 > 3 & "so"\x00')
    '5 &gt; 3 &amp; &quot;so&quot;�'
    """
    return escape(_NO_TEXT.sub("\N{REPLACEMENT CHARACTER}", text))


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
    for stretches in _stretches(text, ordered):
        body = "".join(_stretch(text, *stretch, shown) for stretch in stretches)
        if body.strip():
            paragraphs.append(f"<p>{body}</p>")
    return "\n".join(paragraphs)


def is_long(text: str) -> bool:
    """Whether only parts of a text are shown."""
    return len(text) > LONGEST


_Stretch = tuple[int, int, list[Span], bool]


def _stretches(text: str, spans: Sequence[Span]) -> Iterator[list[_Stretch]]:
    """For each line what is shown of it: starts and ends with the spans in them, and whether more follows."""
    windows = _windows(len(text), spans)
    window, waiting, open_ = 0, 0, list[Span]()
    for start, end in _lines(text):
        found: list[_Stretch] = []
        while window < len(windows) and windows[window][0] < end:
            left, right = max(start, windows[window][0]), min(end, windows[window][1])
            while waiting < len(spans) and spans[waiting].start < right:
                open_.append(spans[waiting])
                waiting += 1
            open_ = [span for span in open_ if span.end > left]
            if left < right:
                found.append((left, right, [span for span in open_ if span.start < right], right < end))
            if windows[window][1] > end:
                break
            window += 1
        yield found


def _windows(length: int, spans: Sequence[Span]) -> list[tuple[int, int]]:
    """What is shown of a text so long: all of it, or its beginning and what stands around the spans."""
    if length <= LONGEST:
        return [(0, length)]
    windows = [(0, _BEGINNING)]
    for span in spans:
        start, end = max(span.start - _AROUND, 0), min(span.end + _AROUND, length)
        if span.start == span.end:
            continue
        if start <= windows[-1][1]:
            windows[-1] = (windows[-1][0], max(end, windows[-1][1]))
        else:
            windows.append((start, end))
    return windows


def _clip(span: Span, length: int) -> Span:
    start = min(max(span.start, 0), length)
    end = min(max(span.end, start), length)
    return replace(span, start=start, end=end)


def _lines(text: str) -> list[tuple[int, int]]:
    """Start and end of each line, its line break left out."""
    lines, start = [], 0
    for line in text.splitlines(keepends=True):
        lines.append((start, start + len(line.rstrip("\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029"))))
        start += len(line)
    return lines


def _stretch(text: str, start: int, end: int, spans: Sequence[Span], more: bool, shown: set[str]) -> str:
    """A part of a line, cut at every border of a span. `shown` gathers the anchors already given."""
    borders = {start, end}
    for span in spans:
        borders.update(border for border in (span.start, span.end) if start < border < end)
    parts, open_, waiting = [], list[Span](), 0
    for left, right in pairwise(sorted(borders)):
        while waiting < len(spans) and spans[waiting].start <= left:
            open_.append(spans[waiting])
            waiting += 1
        open_ = [span for span in open_ if span.end >= right]
        parts.append(_piece(text[left:right], open_, shown))
        parts += [_note(span) for span in open_ if span.end == right]
    return "".join([*parts, f" {GAP} " if more else ""])


def _piece(text: str, over: Sequence[Span], shown: set[str]) -> str:
    """A stretch of text inside one mark for each span over it."""
    opening = ending = ""
    for span in over:
        name = "" if span.anchor in shown else f' id="{escape(span.anchor)}"'
        shown.add(span.anchor)
        opening += f'<mark{name} class="{escape(span.kind)}">{"<s>" if span.struck else ""}'
        ending = f"{'</s>' if span.struck else ''}</mark>{ending}"
    return opening + plain(text) + ending


def _note(span: Span) -> str:
    """The small link behind a claim that leads to its row."""
    if not span.target:
        return ""
    link = f'<a class="note" href="#{escape(span.target)}"'
    if not span.card:
        return f"{link}>{escape(span.label)}</a>"
    return (
        f'<span class="told">{link} aria-describedby="{escape(span.described)}">{escape(span.label)}</a>'
        f"{span.card}</span>"
    )
