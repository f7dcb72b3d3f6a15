"""Sources as reference managers take them: keys that stay, and days in parts."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from steelyard.core.problems import visible
from steelyard.report.export.sources import Source

_DAY = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
_ADDRESSES = ("https://", "http://")
_NO_KEY = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Citation:
    """A source to cite. `key` depends on it alone; `issued` is year, month and day as far as they are known.

    `note` is what else is known of it, and `file` its name among the documents of the case, "" for none.
    """

    key: str
    title: str
    publisher: str
    issued: tuple[int, ...]
    version: str
    url: str
    licence: str
    note: str
    file: str


def citations_of(sources: Sequence[Source]) -> list[Citation]:
    """The sources in their order, each key once."""
    found: dict[str, Citation] = {}
    for source in sources:
        citation = _citation(source)
        found.setdefault(citation.key, citation)
    return list(found.values())


def _citation(source: Source) -> Citation:
    told = {
        key: visible(" ".join(str(source.get(key) or "").split()))
        for key in ("title", "producer", "published", "version", "path", "note", "document")
    }
    return Citation(
        key=_key(source, told["producer"] or told["title"], told["published"], told["title"]),
        title=told["title"],
        publisher=told["producer"],
        issued=_issued(told["published"]),
        version=told["version"],
        url=told["path"] if told["path"].startswith(_ADDRESSES) else "",
        licence="; ".join(_licences(source)),
        note=told["note"],
        file=told["document"],
    )


def _licences(source: Source) -> Iterator[str]:
    licences = source.get("licenses")
    for licence in licences if isinstance(licences, list) else ():
        yield visible(str(licence.get("name") or licence.get("title") or ""))


def _key(source: Source, publisher: str, published: str, title: str) -> str:
    """Publisher, year and first word of the title, then a hash of all that tells it from others."""
    telling = (source.get(key) for key in ("title", "producer", "published", "version", "document"))
    seed = "\x1f".join("" if each is None else str(each) for each in telling)
    digest = hashlib.sha256(seed.encode("utf-8", "surrogatepass")).hexdigest()[:6]
    parts = [_word(publisher), published[:4] if _DAY.match(published) else "", _word(title), digest]
    return "-".join(dict.fromkeys(part for part in parts if part))


def _word(text: str) -> str:
    """The first word of a text in plain small letters, "" where it has none."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = [word for word in _NO_KEY.split(plain) if word and word not in ("the", "a", "an", "of")]
    return words[0][:20] if words else ""


def _issued(published: str) -> tuple[int, ...]:
    """The parts of a date in ISO 8601; nothing for what is none.

    >>> _issued("2026-01-24"), _issued("2026"), _issued("last year")
    ((2026, 1, 24), (2026,), ())
    """
    match = _DAY.fullmatch(published)
    return tuple(int(part) for part in match.groups() if part) if match else ()
