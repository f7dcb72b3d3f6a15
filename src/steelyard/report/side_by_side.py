"""Paths over the same years: a row for each, and what the faster one costs more, in a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from steelyard.core.vocabulary import Vocabulary
from steelyard.report.headlines import MEDIAN, percent
from steelyard.report.outlook import Outlook, cell_of, with_errors
from steelyard.report.tables import Cell, Row, Table, one_group
from steelyard.report.wording import Wording, plain_number

NAME = "side-by-side"
_COST = "extra_cumulative"


def comparable(outlooks: Sequence[Outlook]) -> list[Outlook]:
    """The paths that can be laid side by side, in their order; empty where there are not two.

    They are measured against a reference and run over the same years; those that only serve others as their
    reference are left out, and so are those whose path is another's.
    """
    references = {outlook.reference for outlook in outlooks}
    paths = [
        outlook
        for outlook in outlooks
        if outlook.id not in references and outlook.reference and not outlook.parent
    ]
    years = {(outlook.ensemble.base_year, outlook.ensemble.horizon) for outlook in paths}
    return paths if len(paths) > 1 and len(years) == 1 else []


def side_by_side(outlooks: Sequence[Outlook], vocabulary: Vocabulary) -> Table | None:
    """What the paths come to over the same years, a row for each; None where there are not two to compare."""
    paths = comparable(outlooks)
    if not paths:
        return None
    first, last = _years(paths[0])
    wording = Wording(vocabulary)
    columns = (
        "Path",
        f"Cost {first} to {last}",
        "The same at market rates",
        f"Spending in {last}",
        f"Target met by {last}",
    )
    caption = "Side by side: medians over the draws; cost is what is spent over a constant share of GDP."
    for outlook in outlooks:
        if outlook.parent:
            caption += f" {outlook.ensemble.label}: as {outlook.parent.label}."
    rows = [_path(outlook, wording) for outlook in paths]
    return Table(NAME, caption, columns, one_group(rows), frozenset((1, 2, 3, 4)))


def _years(outlook: Outlook) -> tuple[int, int]:
    """The first and the last year over which costs are added up."""
    return outlook.ensemble.base_year + 1, outlook.ensemble.horizon


def _path(outlook: Outlook, wording: Wording) -> Row:
    """One path's cost until the horizon, its spending then, and the chance of the target by then."""
    ensemble = outlook.ensemble
    cells = [Cell(ensemble.label, link=outlook.anchor)]
    for variable in (_COST, f"{_COST}_foreign", "spending"):
        found = cell_of(ensemble, variable, ensemble.horizon)
        error = with_errors(found)[MEDIAN] if found else None
        text = wording.rounded(found.quantiles[MEDIAN], found.unit, error) if found else ""
        link = f"{outlook.anchor}-yearly" if text else ""
        cells.append(Cell(text, f"{outlook.anchor}-{variable}", link, number=True))
    chance = next((reach for reach in ensemble.reach if reach.year == ensemble.horizon), None)
    text = "" if chance is None else percent(chance.value, chance.error)
    link = f"{outlook.anchor}-reach" if text else ""
    return Row((*cells, Cell(text, f"{outlook.anchor}-reach", link, number=True)))


def extra_cost(outlooks: Sequence[Outlook], vocabulary: Vocabulary) -> tuple[Cell, ...]:
    """What the fastest path costs more than the slowest over the same years; empty where neither is faster,
    or where they do not lead to one target.

    The ensembles keep quantiles and not draws, so it is the difference of two medians, and is called so. Its
    error is at most the sum of theirs, however the same draws move the two together.
    """
    paths = [outlook for outlook in comparable(outlooks) if outlook.ensemble.target_year is not None]
    paths.sort(key=lambda outlook: outlook.ensemble.target_year or 0)
    if len({path.ensemble.target for path in paths}) > 1:
        return ()
    if len(paths) < 2 or paths[0].ensemble.target_year == paths[-1].ensemble.target_year:
        return ()
    latest = paths[-1].ensemble.target_year
    fast, slow = paths[0], next(path for path in paths if path.ensemble.target_year == latest)
    wording = Wording(vocabulary)
    more = _difference(fast, slow, _COST, wording)
    if more is None:
        return ()
    first, last = _years(fast)
    abroad = _difference(fast, slow, f"{_COST}_foreign", wording)
    target = fast.ensemble.target
    path = fast.ensemble.label if target is None else f"{plain_number(target)}% of GDP"
    most = f", whose Monte Carlo error is at most {more.error})." if more.error else ")."
    return (
        Cell(f"{path} by "),
        Cell(f"{fast.ensemble.target_year}", link=fast.anchor),
        Cell(" instead of "),
        Cell(f"{slow.ensemble.target_year}", link=slow.anchor),
        Cell(" costs "),
        Cell(more.amount, link=NAME),
        *((Cell(" ("), Cell(abroad.amount, link=NAME), Cell(" at market rates)")) if abroad else ()),
        Cell(f" {more.word}, added up over {first} to {last}: "),
        Cell(more.of_fast, link=NAME),
        Cell(" against "),
        Cell(more.of_slow, link=NAME),
        Cell(" over a constant share of GDP (medians over the draws, and the difference of the medians"),
        Cell(most),
    )


@dataclass(frozen=True, slots=True)
class _Difference:
    """What the faster path costs more or less, in words; `error` is the most it may be off, "" for exact."""

    amount: str
    word: str
    of_fast: str
    of_slow: str
    error: str


def _in_the_scale_of(amount: float, error: float, unit: str, wording: Wording) -> str:
    """An error to its second digit and upwards, with the scale word of the amount that it is of."""
    factor, word = wording.scale(unit, amount)
    exact = Decimal(repr(error)) / factor
    most = exact.quantize(Decimal(1).scaleb(exact.adjusted() - 1), ROUND_CEILING)
    words = (plain_number(most), word, unit)
    return "\N{NO-BREAK SPACE}".join(part for part in words if part)


def _difference(fast: Outlook, slow: Outlook, variable: str, wording: Wording) -> _Difference | None:
    """The difference of two medians at the horizon; None where one of them is missing."""
    costs = [cell_of(path.ensemble, variable, path.ensemble.horizon) for path in (fast, slow)]
    if not costs[0] or not costs[1] or costs[0].unit != costs[1].unit:
        return None
    unit = costs[0].unit
    more, less = (cost.quantiles[MEDIAN] for cost in costs if cost)
    of_more, of_less = (with_errors(cost)[MEDIAN] for cost in costs if cost)
    most = (of_more or 0.0) + (of_less or 0.0)
    return _Difference(
        wording.rounded(abs(more - less), unit, most),
        "more" if more >= less else "less",
        wording.rounded(more, unit, of_more),
        wording.rounded(less, unit, of_less),
        _in_the_scale_of(more, most, unit, wording) if most else "",
    )
