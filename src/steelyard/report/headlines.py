"""The named numbers of a scenario as a table, and the equation and inputs that each of them is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from math import isfinite

from steelyard.project.ensemble import PROBABILITIES, Ensemble, Headline
from steelyard.report import tables
from steelyard.report.matters import in_words
from steelyard.report.tables import Row, Table
from steelyard.report.wording import Number, Wording, plain_number, significant, supported

MEDIAN = PROBABILITIES.index(0.5)
_EQUATION = "equation"
Made = tuple[str, tuple[str, ...]]  # an equation and the ids of its inputs


@dataclass(frozen=True, slots=True)
class Equation:
    """One equation with the inputs that its symbols rest on, and the numbers that it gives.

    `inputs` are the numbers of the rows of what the scenario rests on, with the anchors of these rows.
    """

    anchor: str
    text: str
    gives: tuple[str, ...]
    inputs: tuple[tuple[int, str], ...]

    @property
    def in_short(self) -> str:
        """The numbers of its inputs in words, such as "1 to 4, 7"."""
        runs: list[list[int]] = []
        for number, _ in self.inputs:
            if runs and number == runs[-1][-1] + 1:
                runs[-1].append(number)
            else:
                runs.append([number])
        return ", ".join(" to ".join(str(end) for end in dict.fromkeys((run[0], run[-1]))) for run in runs)


def equations_of(
    ensemble: Ensemble, told: Sequence[Headline], name: str, rows: Mapping[str, str]
) -> tuple[Equation, ...]:
    """The equations behind some numbers, each once for the same inputs, in the order of the numbers.

    `name` is the scenario's anchor, `rows` are the anchors of its inputs by their ids.
    """
    numbers = {origin.id: number for number, origin in enumerate(ensemble.origins, start=1)}
    gives: dict[str, dict[str, None]] = {}
    places = _places(told, name)
    for one in told:
        gives.setdefault(places[_made_of(one)], {})[label_of(one)] = None
    return tuple(
        Equation(
            place,
            text,
            tuple(gives[place]),
            tuple(sorted((numbers[one], rows.get(one, "")) for one in inputs if one in numbers)),
        )
        for (text, inputs), place in places.items()
    )


def _made_of(headline: Headline) -> Made:
    return headline.equation, headline.inputs


def _places(told: Sequence[Headline], name: str) -> Mapping[Made, str]:
    """The anchor of each equation with its inputs."""
    keys = dict.fromkeys(map(_made_of, told))
    return {key: f"{name}-{_EQUATION}-{number}" for number, key in enumerate(keys, start=1)}


def label_of(headline: Headline) -> str:
    """What a number is of, as a heading with its year."""
    label = f"{headline.label[:1].upper()}{headline.label[1:]}"
    year = headline.year
    return label if year is None or str(year) in label else f"{label}, {year}"


def headlines_table(
    ensemble: Ensemble, told: Sequence[Headline], name: str, wording: Wording
) -> Table | None:
    """The named numbers: value, what the draws spread, what the claims leave open; each value leads to its
    equation.
    """
    places = _places(told, name) if ensemble.origins else {}
    rows = [_headline(one, wording, places.get(_made_of(one), "")) for one in told]
    columns = ("Number", "Unit", "Value", "Monte Carlo error", "Nine in ten draws", "Left open")
    caption = (
        "What the scenario comes to. The Monte Carlo error is how far the value may be from that of "
        "infinitely many draws (one standard error); the last column is what the rounding of the claims "
        "leaves open."
    )
    numbers = frozenset((2, 3, 4, 5))
    source = f"{name}-origins" if ensemble.origins else ""
    groups = tables.one_group(rows)
    return Table(f"{name}-headline", caption, columns, groups, numbers, rests_on=source) if rows else None


def _headline(headline: Headline, wording: Wording, place: str) -> Row:
    """One named number; its value leads to its equation."""
    origin = "; ".join((headline.equation, *headline.inputs))
    ends = ((headline.value,), headline.quantiles[:: MEDIAN * 2], (headline.low, headline.high))
    own, error = (headline.error,) * 2, in_scale(headline.error, 1)
    if headline.unbounded:
        unit = headline.unit
        texts = [" to ".join(dict.fromkeys(in_words(one, headline) for one in end)) for end in ends]
    elif headline.unit:
        spread = headline.errors[:: MEDIAN * 2]
        unit, texts = wording.column(headline.unit, *ends, errors=(own[:1], spread, own))
        factor, _ = wording.scale(headline.unit, *chain.from_iterable(ends))
        error = in_scale(headline.error, factor)
    else:
        unit = "probability"
        low, high = (percent(end, headline.error) for end in ends[2])
        texts = [percent(headline.value, headline.error), "", between(low, high)]
        error = points(headline.error)
    texts = [texts[0], error, *texts[1:]]
    links = (place, "", "", "")
    numbers = (tables.Cell(text, origin, link, number=True) for text, link in zip(texts, links, strict=True))
    return Row((tables.Cell(label_of(headline), origin), tables.Cell(unit, origin), *numbers))


def between(low: str, high: str) -> str:
    """Two texts as a span, one where they are the same."""
    return low if low == high else f"{low} to {high}"


def in_scale(error: float | None, factor: Number) -> str:
    """An error over a factor, to two digits; "" where there is none, or none that is a number."""
    return "" if error is None or not isfinite(error) else significant(error / float(factor))


def points(error: float | None) -> str:
    """The error of a probability in percentage points; "" for none."""
    return "" if error is None else f"{significant(100 * error)} points"


def percent(probability: float, error: float | None = None) -> str:
    """A probability as a whole percentage, coarser where its standard error leaves less; one that is not
    quite 0 or 1 does not become so.

    >>> percent(0.4731), percent(0.9996), percent(1.0)
    ('47%', 'above 99%', '100%')
    """
    if 0 < probability < 0.01:
        return "below 1%"
    if 0.99 < probability < 1:
        return "above 99%"
    places = supported(0, None if error is None else 100 * error)
    return f"{plain_number(100 * probability, places)}%"
