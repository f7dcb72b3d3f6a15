"""What a web page says of itself: schema.org articles first, then the metadata of its head."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from steelyard.read.documents.stamps import day_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LARGEST_JSON = 500_000
_ARTICLES = ("article", "report", "posting", "webpage", "governmentservice", "pressrelease", "statement")
# Names of metadata, those that mean the day of publication most strictly first.
_DATES = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "citation_publication_date",
    "dcterms.issued",
    "dc.date.issued",
    "dcterms.date",
    "dc.date",
    "parsely-pub-date",
    "sailthru.date",
    "publishdate",
    "publication_date",
    "pubdate",
    "article.published",
    "published-date",
    "date",
    "dcterms.created",
)
_PUBLISHERS = (
    "og:site_name",
    "citation_publisher",
    "dcterms.publisher",
    "dc.publisher",
    "publisher",
    "application-name",
)
_TITLES = ("og:title", "citation_title", "dcterms.title", "dc.title", "twitter:title")
_URLS = ("og:url", "citation_url", "dcterms.identifier")


@dataclass(frozen=True, slots=True)
class PageFacts:
    """Facts that a page states outside its text; None where it does not."""

    date: date | None = None
    publisher: str | None = None
    title: str | None = None
    url: str | None = None
    language: str | None = None


def facts_of(page: HtmlElement) -> PageFacts:
    """The facts of a parsed page."""
    article = next(_articles(page), {})
    named = _metadata(page)
    language = _text(article.get("inLanguage")) or page.get("lang") or named.get("og:locale")
    canonical = page.xpath("string(//link[@rel='canonical']/@href)")
    return PageFacts(
        day_of(article.get("datePublished")) or _first_day(named) or _time_tag(page),
        _name(article.get("publisher")) or _first(named, _PUBLISHERS),
        _text(article.get("headline")) or _first(named, _TITLES) or _text(page.findtext(".//title")),
        _text(article.get("url")) or _first(named, _URLS) or _text(str(canonical)),
        language.replace("_", "-") if language else None,
    )


def _articles(page: HtmlElement) -> Iterator[dict[str, object]]:
    """The articles that the page describes in JSON-LD; those that bear a date come first."""
    found: list[dict[str, object]] = []
    for script in page.iter("script"):
        content = script.text or ""
        if "ld+json" not in (script.get("type") or "") or len(content) > _LARGEST_JSON:
            continue
        try:
            found += _objects(json.loads(content.strip().rstrip(";"), strict=False))
        except (ValueError, RecursionError):
            continue
    articles = [each for each in found if _is_article(each)]
    yield from sorted(articles, key=lambda each: day_of(each.get("datePublished")) is None)


def _objects(data: object) -> list[dict[str, object]]:
    """The objects at the top of JSON-LD, in lists and graphs too."""
    found: list[dict[str, object]] = []
    queue = [data]
    for each in queue:
        if isinstance(each, list):
            queue.extend(each[:1000])
        elif isinstance(each, dict):
            found.append(each)
            queue.extend(each[key] for key in ("@graph", "mainEntity") if key in each)
    return found


def _is_article(thing: dict[str, object]) -> bool:
    kinds = thing.get("@type")
    names = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(name, str) and name.casefold().endswith(_ARTICLES) for name in names)


def _metadata(page: HtmlElement) -> dict[str, str]:
    """The metadata of the head by lower-case name; the first of a name counts."""
    named: dict[str, str] = {}
    for meta in page.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        if name and (content := _text(meta.get("content"))):
            named.setdefault(name.strip().casefold(), content)
    return named


def _first(named: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((named[name] for name in names if name in named), None)


def _first_day(named: dict[str, str]) -> date | None:
    return next((day for name in _DATES if (day := day_of(named.get(name)))), None)


def _time_tag(page: HtmlElement) -> date | None:
    """The day of a time tag that says it is that of publication, or of the only one of the article."""
    tags = page.xpath(
        "//time[@pubdate or contains(@itemprop, 'datePublished') or contains(@class, 'publish')]"
    )
    own = page.xpath("(//article|//main)//time[@datetime][not(ancestor::aside)]")
    candidates = [*tags[:1], *(own[:1] if len(own) == 1 else [])]
    return next((day for tag in candidates if (day := day_of(tag.get("datetime") or tag.text))), None)


def _name(thing: object) -> str | None:
    """The name of a publisher, given as a text, an object or a list of such."""
    if isinstance(thing, list):
        thing = thing[0] if thing else None
    return _text(thing.get("name") if isinstance(thing, dict) else thing)


def _text(value: object) -> str | None:
    return (" ".join(value.split())[:1000] or None) if isinstance(value, str) else None
