"""The explorer's pages: templates filled in, everything escaped, nothing inline that a policy would have to
allow.
"""

from __future__ import annotations

from functools import lru_cache

from steelyard.report.origin_index import OriginIndex
from steelyard.report.template import TEMPLATES, environment

# What the pages load, in one file each; the first two are those of the report.
STYLES = ("style.css", "articles.css", "explorer/explorer.css")
SCRIPTS = ("articles.js", "explorer/explorer.js")


def render(template: str, /, **context: object) -> str:
    """A template of the explorer with its context filled in."""
    index = OriginIndex()
    return (
        environment().get_template(f"explorer/{template}").render(origin=index.refer, still=False, **context)
    )


@lru_cache(maxsize=2)
def static(kind: str) -> bytes:
    """The whole style ("css") or the whole script ("js") of the pages."""
    names = STYLES if kind == "css" else SCRIPTS
    return "\n".join((TEMPLATES / name).read_text(encoding="utf-8") for name in names).encode()
