"""The sources of a report as a Data Package has them: who made each, what and where it is, its licence.

Of the keys that the specification knows, `title`, `path` and `version` are used; `producer`, `published`,
`citation`, `document` and `licenses` are beside them, as it allows. What the case does not know is left out.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping

from steelyard.report.results import Results

Source = Mapping[str, object]
# What the specification takes for the name of a licence; anything else is its title.
_LICENCE_NAME = re.compile(r"[A-Za-z0-9._-]+")
_KINDS = ("parameter", "agreement", "crosswalk")


def sources_of(results: Results) -> list[Source]:
    """The documents, the series and what parameters and agreements refer to, each once."""
    found: dict[str, Source] = {}
    for source in (*_documents(results), *_series(results), *_references(results)):
        found.setdefault(str((source["title"], source.get("version"), source.get("document"))), source)
    return list(found.values())


def inputs_hash(inputs: Mapping[str, str]) -> str:
    """One SHA-256 of all that went in: of a line "digest  file" for each, in the order of their names."""
    lines = "".join(f"{digest}  {name}\n" for name, digest in sorted(inputs.items()))
    return hashlib.sha256(lines.encode("utf-8", "surrogatepass")).hexdigest()


def _documents(results: Results) -> Iterator[Source]:
    """The documents: what the case says of each, else what stands in it."""
    for document in results.documents:
        source = results.source(document.name)
        day = (source.date if source else None) or document.date
        url = (source.url if source else None) or document.url
        yield _source(
            (source.title if source else "") or document.title or document.name,
            producer=(source.publisher if source else None) or document.publisher,
            published=day.isoformat() if day else None,
            path=url or document.name,
            url=url,
            document=document.name,
            licence=source.licence if source else None,
            note=source.note if source else None,
        )


def _series(results: Results) -> Iterator[Source]:
    """The publications from which series were typed or read, by edition."""
    for series in results.series:
        for title in dict.fromkeys(point.source for point in series.points):
            yield _source(title, version=series.edition)


def _references(results: Results) -> Iterator[Source]:
    """What parameters and agreements of the scenarios refer to."""
    for origin in (one for ensemble in results.ensembles for one in ensemble.origins if one.kind in _KINDS):
        known = {key: str(value) for key, value in (origin.reference or {}).items() if value}
        if title := known.get("title"):
            yield _source(
                title,
                producer=known.get("publisher"),
                published=known.get("date"),
                version=known.get("edition"),
                path=known.get("url"),
                url=known.get("url"),
                note=known.get("note"),
            )


def _source(title: str, *, url: str | None = None, licence: str | None = None, **known: str | None) -> Source:
    """A source with the keys of which something is known, and all of it in one line to cite."""
    parts = (known.get("producer"), title, known.get("version"), known.get("published"), url)
    source: dict[str, object] = {"title": title, **{key: text for key, text in known.items() if text}}
    source["citation"] = ", ".join(dict.fromkeys(part.rstrip(".") for part in parts if part))
    if licence:
        key = "name" if _LICENCE_NAME.fullmatch(licence) else "title"
        source["licenses"] = [{key: licence}]
    return source
