"""The templates of pages and the name of the page: little, so that showing one loads no report."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from steelyard.core.vocabulary import PACKAGED

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = PACKAGED / "templates"
PAGE = "report.html"


@cache
def environment() -> Environment:
    """The templates, each made ready once."""
    import jinja2

    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
