"""Claims by when they were said and the time that they are of: proposals, laws, pledges, deadlines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from steelyard.check.years import period_of
from steelyard.core.claim import Claim
from steelyard.core.period import Period
from steelyard.report.links import anchor
from steelyard.report.marks import INNER, Plain, across, down, layer, shortened, words
from steelyard.report.picture import PALETTE, Figure
from steelyard.report.results import Results
from steelyard.report.tables import Cell, Row, Table, one_group
from steelyard.report.wording import counted, listed

TITLE = "What was said when, and of which time"
NEEDS = ("ledger", "documents")
TAKES = "a proposal, law, pledge, target or deadline whose text says of which time it is"
# How each kind of claim is drawn: by colour and shape, so that no two are told apart by colour alone.
_KINDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "proposal": ("fan-inner", "circle"),
        "enactment": ("follows", "square"),
        "pledge": ("printed", "diamond"),
        "deadline": ("printed", "triangle-up"),
        "law": ("ink", "square"),
        "spent": ("ink", "circle"),
    }
)
_OF_STATUS: Mapping[str, str] = MappingProxyType(
    {
        "proposed": "proposal",
        "enacted": "enactment",
        "revised": "enactment",
        "executed": "spent",
        "pledge": "pledge",
        "target": "deadline",
        "floor": "law",
    }
)
_BLOCK, _BAR = 34, 25  # pixels
_SHOWN = 24  # sayings
_QUOTED, _LISTED = 6, 24  # wordings of one saying in words, and in the table
_YEAR = 365.25


@dataclass(frozen=True, slots=True)
class Saying:
    """What was said on one day of one kind and one time; `claims` are all that say so."""

    said: str
    day: date
    kind: str
    period: Period
    claims: tuple[Claim, ...]

    @property
    def distinct(self) -> list[Claim]:
        """The first claim of each wording."""
        return list({" ".join(claim.quote.split()): claim for claim in reversed(self.claims)}.values())[::-1]


def draw(results: Results) -> Iterator[Figure]:
    """One figure of all sayings, where there are two or more."""
    sayings = sayings_of(results)
    if len(sayings) > 1:
        yield _figure(sayings, results)


def sayings_of(results: Results) -> list[Saying]:
    """The claims with a stage or a deadline, by the day on which they were said, the earliest first."""
    groups: dict[tuple[str, str, str, str], list[Claim]] = {}
    days = {each.name: each.date.isoformat() for each in results.documents if each.date}
    for claim in results.ledger:
        # The day that the text gives for it, else that of its document.
        said, kind = claim.said or days.get(claim.document, ""), _kind(claim)
        if claim.is_number and said and kind and claim.period:
            groups.setdefault((said, kind, claim.period, _calendar(claim)), []).append(claim)
    found = []
    for (said, kind, period, _), claims in groups.items():
        day = _day(said)
        when = period_of(period, results.vocabulary.entry("actors", claims[0].actor))
        if day and (when.start or when.end):
            found.append(Saying(said, day, kind, when, tuple(claims)))
    return sorted(found, key=lambda one: (one.day, one.period.text, one.kind))


def _calendar(claim: Claim) -> str:
    """Whose years a fiscal period is of; "" for years of the calendar, which are everybody's."""
    return (claim.actor or "") if (claim.period or "").startswith("FY") else ""


def _kind(claim: Claim) -> str:
    """Its stage; where it has none, whether its time is a deadline; else ""."""
    stage = _OF_STATUS.get(claim.status or "")
    if stage:
        return stage
    return "deadline" if (claim.period or "").startswith("../") else ""


def _day(said: str) -> date | None:
    """The first day of what was said when; None for what is no day, month or year."""
    try:
        return Period.parse(said).start
    except ValueError:
        return None


def _at(day: date) -> float:
    """A day as a number of years."""
    return day.year + (day - date(day.year, 1, 1)).days / _YEAR


def _span(period: Period) -> tuple[float, float]:
    """The ends of a period as numbers of years; one that is open has its other end twice."""
    ends = [_at(day) for day in (period.start or period.end, period.end or period.start) if day]
    return ends[0], ends[1]


def _figure(sayings: Sequence[Saying], results: Results) -> Figure:
    counts = Counter(one.kind for one in sayings for _ in one.claims)
    told = [counted(counts[kind], *_noun(kind)) for kind in _KINDS if counts[kind]]
    last = max(sayings, key=lambda one: _span(one.period)[1])
    total = sum(counts.values())
    end = last.period.end or last.period.start
    title = (
        f"{counted(total, 'dated figure')[:1].upper()}{counted(total, 'dated figure')[1:]}: {listed(told)}"
    )
    title += f"; the farthest is of {end.year}" if end else ""
    drawn = sayings[:_SHOWN]
    alt = f"{title}. " + "; ".join(f"{_head(one)}: {_quotes(one)}" for one in drawn) + "."
    subtitle = (
        "Ring: when it was said; mark: the time that it is of. Where the mark stands left of the ring, it is "
        "of a time that was past or had begun."
    )
    if len(sayings) > _SHOWN:
        subtitle += f" The first {_SHOWN} of {len(sayings)} are drawn."
    name = "timeline"
    return Figure(name, "figures", title, subtitle, alt, _spec(drawn), _table(name, drawn, results))


def _noun(kind: str) -> tuple[str, str]:
    plural = {"law": "floors in law", "spent": "amounts spent"}
    single = {"law": "floor in law", "spent": "amount spent"}
    return single.get(kind, kind), plural.get(kind, f"{kind}s")


def _head(saying: Saying) -> str:
    """When, of what kind, and of which time."""
    period = saying.period
    when = f"by {period.end.year}" if period.end and not period.start else f"for {period.text}"
    return f"{saying.said}, {_noun(saying.kind)[0]} {when}"


def _quotes(saying: Saying) -> str:
    quotes = [" ".join(claim.quote.split()) for claim in saying.distinct]
    more = f" and {len(quotes) - _QUOTED} more" if len(quotes) > _QUOTED else ""
    return ", ".join(quotes[:_QUOTED]) + more


def _spec(sayings: Sequence[Saying]) -> Plain:
    """A row for each saying: its words above, when it was said and what it is of below, joined."""
    height = _BLOCK * len(sayings)
    spans = [_span(one.period) for one in sayings]
    ends = [*(_at(one.day) for one in sayings), *(end for span in spans for end in span)]
    first, last = int(min(ends)), int(max(ends)) + 1
    step = max(1, -(-(last - first) // 6))
    x = across((first, last), "year", left=18, right=18, ticks=range(first, last + 1, step))
    y = down(height)
    rows = [
        {
            "x": _at(one.day),
            "low": low,
            "high": high,
            "middle": (low + high) / 2,
            "y": _BLOCK * number + _BAR,
            "kind": one.kind,
        }
        for number, (one, (low, high)) in enumerate(zip(sayings, spans, strict=True))
    ]
    line = {"type": "rule", "color": PALETTE["muted"], "strokeWidth": 1, "strokeDash": [2, 2]}
    layers = [layer(line, rows, x=x, x2={"field": "middle"}, y=y)]
    for kind, (colour, shape) in _KINDS.items():
        mine = [row for row in rows if row["kind"] == kind]
        if mine:
            low, middle = ({**x, "field": field} for field in ("low", "middle"))
            bar = {"type": "rule", "color": PALETTE[colour], "strokeWidth": 3}
            point = {"type": "point", "shape": shape, "filled": True, "size": 70, "opacity": 1}
            layers.append(layer(bar, mine, x=low, x2={"field": "high"}, y=y))
            layers.append(layer({**point, "color": PALETTE[colour]}, mine, x=middle, y=y))
    # Filled with the page's colour, so that it can be seen on a mark too.
    ring = {"type": "point", "shape": "circle", "size": 45, "opacity": 1, "strokeWidth": 1.5}
    ring |= {"filled": False, "fill": PALETTE["page"], "stroke": PALETTE["ink"]}
    layers.append(layer(ring, rows, x=x, y=y))
    texts = [
        {"y": _BLOCK * number + 9, "text": shortened(f"{_head(one)}: {_quotes(one)}", INNER - 6)}
        for number, one in enumerate(sayings)
    ]
    return {"height": height, "layer": [*layers, words(texts, y)]}


def _table(name: str, sayings: Sequence[Saying], results: Results) -> Table:
    """A row for each claim with the days, its stage and its own words."""
    rows = []
    for one in sayings:
        for claim in one.distinct[:_LISTED]:
            origin = f"{claim.document}:{claim.start}-{claim.end}"
            actor = results.vocabulary.label("actors", claim.actor)
            texts = (one.said, claim.period or "", _noun(one.kind)[0], actor, claim.about or "")
            quote = Cell(" ".join(claim.quote.split()), origin, anchor("claim", claim.id))
            rows.append(Row((quote, *(Cell(text, origin) for text in texts))))
    columns = ("Figure", "Said", "Of", "Kind", "Actor", "What")
    caption = "Figures with a stage or a deadline; where the text does not say when, the day of the source."
    return Table(name, caption, columns, one_group(rows))
