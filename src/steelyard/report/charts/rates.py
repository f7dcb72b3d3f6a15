"""The exchange rates that documents imply by giving one figure in two currencies, and the rate observed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from steelyard.core.claim import Claim
from steelyard.core.interval import Interval
from steelyard.core.series import Point, Series
from steelyard.report.links import anchor
from steelyard.report.marks import INNER, Plain, across, bars, down, layer, shortened, widened, words
from steelyard.report.picture import PALETTE, Figure
from steelyard.report.results import Results
from steelyard.report.tables import NOTHING, Cell, Row, Table, one_group
from steelyard.report.wording import Wording, counted, decimals_for, plain_number

TITLE = "Exchange rates that the documents imply"
NEEDS = ("ledger",)
TAKES = "one figure that the documents give in two currencies, as a conversion or for the same year and stage"
_SAME = (
    "actor",
    "counterpart",
    "location",
    "measure",
    "item",
    "statistic",
    "period",
    "status",
    "definition",
    "prices",
)
_BLOCK, _BAR = 38, 27  # pixels
_SHOWN = 12  # pairs; those beyond them stand in the table alone


@dataclass(frozen=True, slots=True)
class Pair:
    """One figure in two currencies, and the rates that its two intervals leave: `home` per `foreign`."""

    home: Claim
    foreign: Claim
    rate: Interval

    @property
    def is_conversion(self) -> bool:
        """Whether the text itself says that the one is the other converted."""
        return self.home.conversion_of == self.foreign.id or self.foreign.conversion_of == self.home.id


def draw(results: Results) -> Iterator[Figure]:
    """One figure for each pair of currencies."""
    groups: dict[str, list[Pair]] = {}
    for pair in pairs_of(results):
        groups.setdefault(f"{pair.home.unit} per {pair.foreign.unit}", []).append(pair)
    for unit, pairs in groups.items():
        yield _figure(unit, pairs, results)


def pairs_of(results: Results) -> Iterator[Pair]:
    """The figures that are there in two currencies: as a conversion, or with all keys the same.

    The rate is told as the case's series tell it, else so that it is above one.
    """
    series = {each.unit for each in results.series}
    for one, other in _in_two_currencies(results):
        if one.unit != other.unit:
            home, foreign = (one, other) if one.interval.middle >= other.interval.middle else (other, one)
            if f"{foreign.unit} per {home.unit}" in series:
                home, foreign = foreign, home
            yield Pair(home, foreign, home.interval / foreign.interval)


def _in_two_currencies(results: Results) -> Iterator[tuple[Claim, Claim]]:
    """Conversions with what they convert, then the claims that say the same figure, two by two."""
    wording = Wording(results.vocabulary)
    amounts = {claim.id: claim for claim in results.ledger if _is_amount(claim, wording)}
    same: dict[tuple[object, ...], list[Claim]] = {}
    for claim in amounts.values():
        if claim.conversion_of in amounts:
            yield amounts[claim.conversion_of], claim
        elif claim.measure and claim.actor and claim.period and not claim.conversion_of:
            same.setdefault(tuple(getattr(claim, key) for key in _SAME), []).append(claim)
    for claims in same.values():
        # A figure that many texts repeat is paired with the first that says it otherwise, not with all.
        firsts = {claim.unit: claim for claim in reversed(claims)}
        yield from combinations(firsts.values(), 2)


def _is_amount(claim: Claim, wording: Wording) -> bool:
    """Whether it is a sum of money with both ends known and above nothing."""
    bounded = claim.is_number and claim.interval.is_bounded and claim.interval.low > 0
    return bounded and wording.is_money(claim.unit) and not claim.negated


def window_of(pairs: Sequence[Pair]) -> Interval | None:
    """The rates at which all pairs hold; None where there are none."""
    window: Interval | None = pairs[0].rate
    for pair in pairs[1:]:
        window = window.meet(pair.rate) if window else None
    return window


def observed_in(unit: str, pairs: Sequence[Pair], results: Results) -> tuple[Series, Point] | None:
    """The rate of the case's series in the year that the figures are of, else in the last year it has."""
    years = {when.year for pair in pairs if (when := pair.home.when) and when.year}
    for series in results.series:
        if series.unit == unit and series.points:
            found = next((series.at(year) for year in sorted(years) if series.at(year)), None)
            return series, found or series.points[-1]
    return None


def _figure(unit: str, pairs: Sequence[Pair], results: Results) -> Figure:
    window = window_of(pairs) if len(pairs) > 1 else None
    observed = observed_in(unit, pairs, results)
    spans = [_span(pair.rate) for pair in pairs]
    if len(pairs) == 1:
        title = f"One figure in two currencies implies {spans[0]} {unit}"
    elif window:
        title = f"All {counted(len(pairs), 'conversion')} hold at {_span(window)} {unit}"
    else:
        title = f"No one rate fits all {counted(len(pairs), 'conversion')}"
    seen = ""
    if observed:
        seen = f"{plain_number(observed[1].value, 0 if observed[1].value > 100 else 4)} in {observed[1].year}"
        title += f"; observed: {seen}"
    more = f" The first {_SHOWN} of {len(pairs)} are drawn." if len(pairs) > _SHOWN else ""
    subtitle = (
        "Each bar: the rates that the printed digits of the two amounts leave open. "
        f"{'Shaded: where all agree. ' if window else ''}"
        f"{'Dashed: the rate observed. ' if observed else ''}The axis does not start at zero.{more}"
    )
    told = "; ".join(
        f"{_words(pair)}: {span}" for pair, span in list(zip(pairs, spans, strict=True))[:_SHOWN]
    )
    alt = f"{title}. {told}."
    name = anchor("rates", unit.replace(" ", "-"))
    spec = _spec(unit, pairs[:_SHOWN], window, observed)
    return Figure(name, "figures", title, subtitle, alt, spec, _table(name, unit, pairs, observed, results))


def _span(rate: Interval) -> str:
    places = decimals_for(rate.low, rate.high)
    return " to ".join(dict.fromkeys(plain_number(end, places) for end in (rate.low, rate.high)))


def _words(pair: Pair) -> str:
    """Both amounts as printed."""
    return " and ".join(" ".join(claim.quote.split()) for claim in (pair.home, pair.foreign))


def _spec(
    unit: str, pairs: Sequence[Pair], window: Interval | None, observed: tuple[Series, Point] | None
) -> Plain:
    """A row for each pair, the rates at which all hold shaded behind them, the observed one a line."""
    height = _BLOCK * len(pairs) + (18 if observed else 0)
    ends = [float(end) for pair in pairs for end in (pair.rate.low, pair.rate.high)]
    ends += [float(observed[1].value)] if observed else []
    x, y = across(widened(ends), unit, left=18, right=18), down(height)
    layers: list[Plain] = []
    if window:
        row = {"x": float(window.low), "x2": float(window.high), "y": 0, "y2": height}
        shade = {"type": "rect", "color": PALETTE["between"]}
        layers.append(layer(shade, [row], x=x, x2={"field": "x2"}, y=y, y2={"field": "y2"}))
    if observed:
        value = float(observed[1].value)
        line = {"type": "rule", "color": PALETTE["ink"], "strokeDash": [4, 3]}
        # Broken where the amounts stand in words.
        tops = [_BLOCK * number + _BAR - 9 for number in range(len(pairs))]
        dashes = [{"x": value, "y": top, "y2": top + 20} for top in tops]
        dashes[-1]["y2"] = height
        layers.append(layer(line, dashes, x=x, y=y, y2={"field": "y2"}))
        left = value < (min(ends) + max(ends)) / 2
        text = [{"x": value, "y": height - 8, "text": f"observed, {observed[1].year}"}]
        layers.append(words(text, y, x=x, align="left" if left else "right", dx=4 if left else -4))
    kinds = (("printed", True), ("follows", False))
    for colour, converted in kinds:
        rows = [
            {"x": float(pair.rate.low), "x2": float(pair.rate.high), "y": _BLOCK * number + _BAR}
            for number, pair in enumerate(pairs)
            if pair.is_conversion is converted
        ]
        layers += bars(rows, x, y, colour, 8) if rows else []
    labels = [
        {"y": _BLOCK * number + 10, "text": shortened(_words(pair), INNER - 6)}
        for number, pair in enumerate(pairs)
    ]
    return {"height": height, "layer": [*layers, words(labels, y)]}


def _table(
    name: str,
    unit: str,
    pairs: Sequence[Pair],
    observed: tuple[Series, Point] | None,
    results: Results,
) -> Table:
    """Both amounts of each pair with their claims, the rates that they leave, and the rate observed."""
    rows = []
    for pair in pairs:
        origin = f"claim:{pair.home.id}; claim:{pair.foreign.id}"
        cells = [
            Cell(" ".join(claim.quote.split()), f"claim:{claim.id}", anchor("claim", claim.id))
            for claim in (pair.home, pair.foreign)
        ]
        told = "a conversion in one text" if pair.is_conversion else "one figure in two currencies"
        cells.append(Cell(told, origin))
        places = decimals_for(pair.rate.low, pair.rate.high)
        cells += [
            Cell(plain_number(end, places), origin, plain=f"{end:.9g}", number=True)
            for end in (pair.rate.low, pair.rate.high)
        ]
        rows.append(Row(tuple(cells)))
    if observed:
        series, point = observed
        value = plain_number(point.value)
        place = anchor("series", series.id)
        told = f"observed in {point.year}"
        rows.append(
            Row(
                (
                    Cell("Rate of the series", series.id, place),
                    Cell(NOTHING, series.id),
                    Cell(told, series.id),
                    *(Cell(value, series.id, plain=f"{point.value:f}", number=True) for _ in range(2)),
                )
            )
        )
    columns = ("Amount", "The same in", "How", "At least", "At most")
    caption = f"Rates in {unit}: what the digits of the two amounts leave open."
    return Table(name, caption, columns, one_group(rows), frozenset((3, 4)))
