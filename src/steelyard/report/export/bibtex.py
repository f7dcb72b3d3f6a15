"""The sources as BibTeX; every text is escaped so that LaTeX prints it as it is written."""

from __future__ import annotations

import re
from urllib.parse import quote

from steelyard.report.export.citations import Citation, citations_of
from steelyard.report.export.sources import sources_of
from steelyard.report.results import Results

# Braces have names, for BibTeX counts those that are written, escaped or not.
_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    **{sign: f"\\{sign}" for sign in "#$%&_"},
}
_ESCAPED = re.compile(f"[{re.escape(''.join(_SPECIAL))}]")
# Two hyphens in a row would be drawn as a dash.
_HYPHENS = re.compile("-(?=-)")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def to_bibtex(results: Results) -> str:
    """An entry for each source; what is not known of it is left out."""
    return "\n".join(_entry(citation) for citation in citations_of(sources_of(results)))


def escaped(text: str) -> str:
    r"""A text that LaTeX prints as it stands.

    >>> escaped("R&D: 5 % of {all}")
    'R\\&D: 5 \\% of \\textbraceleft{}all\\textbraceright{}'
    """
    return _HYPHENS.sub("-{}", _ESCAPED.sub(lambda match: _SPECIAL[match[0]], text))


def _entry(citation: Citation) -> str:
    year, month, day = (*citation.issued, 0, 0, 0)[:3]
    date = "-".join(f"{part:02}" for part in citation.issued)
    notes = [citation.note, f"Licence: {citation.licence}" if citation.licence else ""]
    notes.append(f"In the case: {citation.file}" if citation.file else "")
    fields = {
        # Doubled braces keep capitals, and an organisation from being taken for a person's two names.
        "title": f"{{{{{escaped(citation.title)}}}}}",
        "author": f"{{{{{escaped(citation.publisher)}}}}}" if citation.publisher else "",
        "publisher": f"{{{escaped(citation.publisher)}}}" if citation.publisher else "",
        "year": f"{{{year}}}" if year else "",
        "month": _MONTHS[month - 1] if 0 < month <= 12 else "",
        "date": f"{{{date}}}" if day else "",
        "version": f"{{{escaped(citation.version)}}}" if citation.version else "",
        "url": f"{{{_address(citation.url)}}}" if citation.url else "",
        "note": " ".join(f"{note.rstrip('.')}." for note in notes if note),
    }
    fields["note"] = f"{{{escaped(fields['note'])}}}" if fields["note"] else ""
    told = ",\n".join(f"  {name} = {value}" for name, value in fields.items() if value)
    return f"@misc{{{citation.key},\n{told}\n}}\n"


def _address(url: str) -> str:
    """An address without signs that end a field or that no address has."""
    return quote(url, safe="/:?#[]@!$&'()*+,;=%~-._", errors="replace")
