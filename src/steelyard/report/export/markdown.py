"""The annotated articles as one Markdown file: each claim is a footnote where it stands.

A source's text is text: whatever in it would be Markdown or HTML is escaped, so that it is shown and does
nothing. Footnotes are those of GitHub, pandoc and most others.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence

from steelyard.core.claim import Claim
from steelyard.core.problems import visible
from steelyard.read.documents.document import Document
from steelyard.report.ledger_tables import claim_in_words
from steelyard.report.links import Links
from steelyard.report.results import Results
from steelyard.report.verdicts import Verdict, document_title

# Signs that mean something anywhere in a line; what only does so in an address stands below.
_ANYWHERE = re.compile(r"([\\`*_\[\]<>&~|$^{}!@#])")
_SPACES = re.compile(r"[^\S\N{NO-BREAK SPACE}]+")
_ADDRESS = re.compile(r"(://)|(\bwww)(\.)", re.IGNORECASE)
# At the beginning of a line: lists, rulers, underlines of headings, definitions.
_FIRST = re.compile(r"^([+\-=:]|\d{1,9}(?=[.)]))")


def to_markdown(results: Results, links: Links, verdicts: Sequence[Verdict], version: str) -> str:
    """The sources in their order with all claims, then the claims whose words stand in none of them."""
    told = _by_claim(verdicts)
    marked = [claim for claim in links.claims if claim.id in links.marked]
    lost = [claim for claim in links.claims if claim.id not in links.marked]
    blocks = [f"# {as_text(results.title)}", f"Sources with their claims, by steelyard {as_text(version)}."]
    for number, document in enumerate(results.documents, 1):
        claims = [claim for claim in marked if claim.document == document.name]
        blocks += _source(number, document, claims, results, links)
    if not results.documents:
        blocks.append("There are no sources.")
    if lost:
        blocks.append("## Claims whose words do not stand in these sources")
        blocks += [part for claim in lost for part in _note(claim, results, told)]
    for claim in marked:
        note = "\n\n    ".join(_note(claim, results, told))
        blocks.append(f"[^{links.number(claim.id)}]: {note}")
    return "\n\n".join(blocks) + "\n"


def _by_claim(verdicts: Sequence[Verdict]) -> Mapping[str, list[str]]:
    """The findings in words by the ids of the claims that take part in them."""
    found: dict[str, list[str]] = {}
    for verdict in verdicts:
        weight = f" ({verdict.severity})" if verdict.severity else ""
        text = f"{verdict.word}{weight}: {verdict.explanation or verdict.title}"
        for quotation in (*verdict.quotations, *verdict.given):
            found.setdefault(quotation.claim.id, []).append(text)
    return found


def _note(claim: Claim, results: Results, told: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """What a claim is, why it was read so, and the findings that it takes part in."""
    yield f"{as_line(claim_in_words(claim, results.vocabulary))}."
    if claim.reasons:
        yield f"Read so (confidence {claim.confidence:g}): {as_text('; '.join(claim.reasons).rstrip('.'))}."
    yield from (as_line(text) for text in dict.fromkeys(told.get(claim.id, ())))


def _source(
    number: int, document: Document, claims: Sequence[Claim], results: Results, links: Links
) -> Iterator[str]:
    """A heading, what is known of the source, and its text with the numbers of its claims."""
    known = results.source(document.name)
    yield f"## Source {number}: {as_text(document_title(document.name, results))}"
    day = (known.date if known else None) or document.date
    publisher = (known.publisher if known else None) or document.publisher
    licence, url = (known.licence, known.url or document.url) if known else (None, document.url)
    parts = (publisher, day.isoformat() if day else "undated", document.name, licence, url)
    yield as_line(", ".join(part for part in parts if part))
    marks = [(claim.end, f"[^{links.number(claim.id)}]") for claim in claims]
    marks.sort(key=_place)
    start = 0
    for line in document.text.splitlines(keepends=True):
        # A mark stands behind the words of its claim, so never at the beginning of a line.
        first, last = (bisect_right(marks, at, key=_place) for at in (start, start + len(line)))
        if paragraph := _paragraph(line, start, marks[first:last]):
            yield paragraph
        start += len(line)


def _place(mark: tuple[int, str]) -> int:
    return mark[0]


def _paragraph(line: str, start: int, marks: Sequence[tuple[int, str]]) -> str:
    """A line that begins at a character of the text, with the marks of the claims that end in it."""
    pieces, done = [], 0
    for end, mark in marks:
        pieces += [_escaped(line[done : end - start]), mark]
        done = end - start
    text = "".join([*pieces, _escaped(line[done:])])
    return _FIRST.sub(_escaped_first, text.strip())


def as_text(text: str) -> str:
    r"""A text inside a line, such that Markdown shows it as it is written.

    >>> as_text("<b>5 * 3</b> at https://example.org")
    '\\<b\\>5 \\* 3\\</b\\> at https\\://example.org'
    """
    return _escaped(text.strip())


def as_line(text: str) -> str:
    r"""The same for the text of a whole line, whose first signs may mean something.

    >>> as_line("1. first"), as_line("- second")
    ('1\\. first', '\\- second')
    """
    return _FIRST.sub(_escaped_first, as_text(text))


def _escaped(text: str) -> str:
    """A part of a line as text, its spaces kept."""
    line = _ANYWHERE.sub(r"\\\1", visible(_SPACES.sub(" ", text)))
    return _ADDRESS.sub(lambda match: r"\://" if match[1] else f"{match[2]}\\.", line)


def _escaped_first(match: re.Match[str]) -> str:
    return f"{match[1]}\\" if match[1].isdigit() else f"\\{match[1]}"
