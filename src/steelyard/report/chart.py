"""Charts for whoever works in Python: those of the report, drawn from what the steps gave.

A notebook shows a chart by itself, as Vega-Lite where it can, else as SVG or PNG; `save` writes it to a file.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from html import escape
from pathlib import Path

from steelyard.check.findings import Finding
from steelyard.core.claim import Claim, Ledger
from steelyard.core.problems import SteelyardError, visible
from steelyard.core.vocabulary import Vocabulary, packaged_vocabulary
from steelyard.project.ensemble import Ensemble
from steelyard.report.picture import (
    Figure,
    Picture,
    Spec,
    chart_modules,
    draw,
    figures_of,
    whole_spec,
    wrapped,
)
from steelyard.report.results import Results

VEGA_LITE = "application/vnd.vegalite.v5+json"
# What notebooks of that type take; the same specification draws under either.
_SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
# Of a line of a title and of what stands under it, as wide as a picture is.
_LETTERS, _SMALL = 46, 56
SUFFIXES = (".svg", ".png", ".json")
Made = Results | Ledger | Ensemble | Finding | Iterable[Finding] | Iterable[Ensemble]


@dataclass(frozen=True)
class Chart:
    """One chart: `title` says what it finds, `subtitle` how to read it, `alt` in words what it shows."""

    figure: Figure

    @property
    def name(self) -> str:
        """Its name among the charts of a report, which files are named after."""
        return self.figure.name

    @property
    def title(self) -> str:
        """What the chart finds."""
        return self.figure.title

    @property
    def alt(self) -> str:
        """What the chart shows, in words."""
        return self.figure.alt

    @property
    def spec(self) -> Spec:
        """The Vega-Lite specification with title, style and data, as other programs take it."""
        lines = {"text": wrapped(self.title, _LETTERS), "subtitle": wrapped(self.figure.subtitle, _SMALL)}
        title = {**lines, "anchor": "start", "fontSize": 13, "subtitleFontSize": 11}
        return {**whole_spec(self.figure.spec), "$schema": _SCHEMA, "title": title, "background": "white"}

    @cached_property
    def _picture(self) -> Picture:
        return Picture(self.figure, draw(self.figure.spec))

    @property
    def svg(self) -> str:
        """The chart as SVG, with its title."""
        return self._picture.file.decode()

    @property
    def png(self) -> bytes:
        """The chart as PNG, with its title."""
        return self._picture.png

    def save(self, path: Path | str) -> Path:
        """Write the chart to a file, whose suffix tells the form: .svg, .png, or .json for Vega-Lite.

        Raises:
            SteelyardError: the suffix is none of these.
            OSError: the file cannot be written.
        """
        path = Path(path)
        match path.suffix.lower():
            case ".svg":
                path.write_text(self.svg, encoding="utf-8", newline="\n")
            case ".png":
                path.write_bytes(self.png)
            case ".json":
                text = json.dumps(self.spec, ensure_ascii=False, indent=1) + "\n"
                path.write_text(text, encoding="utf-8", newline="\n")
            case suffix:
                raise SteelyardError(f"{path}: a chart ends in {', '.join(SUFFIXES)}, not in {suffix!r}")
        return path

    def __repr__(self) -> str:
        return f"Chart({self.name}: {self.title})"

    def _repr_mimebundle_(
        self, include: Collection[str] | None = None, exclude: Collection[str] | None = None
    ) -> dict[str, object]:
        """The chart in each form that a notebook may show, or in those alone that it asks for."""
        forms: dict[str, Callable[[], object]] = {
            VEGA_LITE: lambda: self.spec,
            "image/svg+xml": lambda: self.svg,
            "image/png": lambda: base64.b64encode(self.png).decode(),
            "text/plain": lambda: visible(self.alt),
        }
        wanted = [name for name in forms if (not include or name in include) and name not in (exclude or ())]
        return {name: forms[name]() for name in wanted}


class Charts(list[Chart]):
    """A list of charts that a notebook shows one below the other."""

    def named(self, part: str) -> Chart:
        """The first chart in whose name `part` stands.

        Raises:
            KeyError: there is none; the message names those that there are.
        """
        for chart in self:
            if part in chart.name:
                return chart
        raise KeyError(
            f"no chart is named {part!r}; there are: {', '.join(one.name for one in self) or 'none'}"
        )

    def _repr_html_(self) -> str:
        """The charts as pictures, each with its words."""
        pictures = (
            f'<figure style="margin:0 0 1em"><img alt="{escape(visible(chart.alt))}" '
            f'src="data:image/svg+xml;base64,{base64.b64encode(chart.svg.encode()).decode()}"></figure>'
            for chart in self
        )
        return "".join(pictures) or "<p>Nothing here can be drawn.</p>"


def draw_charts(*made: Made, vocabulary: Vocabulary | None = None) -> Charts:
    """The charts of the report that can be drawn from what is given: ledgers, findings, scenarios or results.

    They come in the order of the report. `vocabulary` tells the words for measures and units; without it the
    packaged one does.

    Raises:
        TypeError: something else is given.
    """
    results = Results(title="", vocabulary=packaged_vocabulary() if vocabulary is None else vocabulary)
    for one in made:
        results = one if isinstance(one, Results) and len(made) == 1 else _with(results, one)
    figures = (figure for module in chart_modules() for figure in figures_of(module, results))
    return Charts(Chart(figure) for figure in figures)


def _with(results: Results, made: object) -> Results:
    """The results with one thing more."""
    if isinstance(made, Ledger):
        return replace(results, ledger=results.ledger + made)
    if isinstance(made, Results):
        raise TypeError("Results hold all that is to be drawn; give them alone")
    several: Sequence[object] = [made] if isinstance(made, (Finding, Ensemble)) else _listed(made)
    if unknown := next((one for one in several if not isinstance(one, (Claim, Finding, Ensemble))), None):
        raise TypeError(f"{type(unknown).__name__} cannot be drawn; give a ledger, findings or scenarios")
    return replace(
        results,
        ledger=results.ledger + Ledger(one for one in several if isinstance(one, Claim)),
        findings=(*results.findings, *(one for one in several if isinstance(one, Finding))),
        ensembles=(*results.ensembles, *(one for one in several if isinstance(one, Ensemble))),
    )


def _listed(made: object) -> Sequence[object]:
    return list(made) if isinstance(made, Iterable) and not isinstance(made, (str, bytes)) else [made]
