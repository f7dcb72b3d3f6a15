"""What the columns of a table say of one another: which is the difference of two others, and in what.

Budgets letter their columns and reckon with the letters: "2025 (A)", "2026 (B)", "Change (B-A)", "(B-A)/A".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from steelyard.read.tables.table_context import RELATIVE, Context, Unit
from steelyard.read.tables.table_sums import Difference, Row, difference_of

ANOTHER = "another column"
_LETTER = "[A-Zⓐ-ⓩ㉠-㉭]"
_FORMULA = re.compile(rf"\s*[(\[]\s*((?:{_LETTER}|[-–−+/÷*×=()\s%0-9]){{1,24}}?)\s*[)\]]\s*$")
_BLANKS_AND_SIGNS = str.maketrans({"–": "-", "−": "-", "÷": "/", "×": "*", " ": None})
_TWO_LETTERS = re.compile(rf"{_LETTER}\s*{_LETTER}")
_DIFFERENCE = re.compile(
    rf"(?:{_LETTER}=)?\(?(?P<later>{_LETTER})-(?P<earlier>{_LETTER})\)?(?P<rate>/(?P=earlier)(?:\*100%?)?)?"
)
_RATE = Unit("%", "share", where="the header row")


def without_formula(text: str) -> tuple[str, str]:
    """A heading without the letters in brackets at its end, and those letters as a formula.

    >>> without_formula("Change (B – A)")
    ('Change', 'B-A')
    """
    match = _FORMULA.search(text, max(0, len(text) - 32))
    if match is None or not match.start() or _TWO_LETTERS.search(match[1]):
        return text, ""
    formula = match[1].translate(_BLANKS_AND_SIGNS)
    return (text[: match.start()], formula) if re.search(_LETTER, formula) else (text, "")


def related(
    columns: Mapping[int, Context], has_share: frozenset[str], rows: Sequence[Row]
) -> dict[int, Context]:
    """The contexts of columns, with what follows for each from those beside it and the numbers in `rows`.

    `has_share` are the measures that have a measure of their share in something.
    """
    plain = _without_loose_statuses(columns)
    lettered = {context.formula: number for number, context in plain.items() if len(context.formula) == 1}
    levels = [number for number, context in plain.items() if _of(context, "statistic") is None]
    found = dict(plain)
    for number, context in plain.items():
        difference = _by_letters(context.formula, lettered)
        if difference is None and _is_growth(context) and context.unit.unit is None:
            difference = difference_of(number, levels, rows)
        if difference:
            found[number] = _reckoned(context, difference, plain)
    rates = any(_is_growth(context) and context.unit.dimension in RELATIVE for context in found.values())
    measure = _only({m for context in columns.values() for m, _ in context.measures} & has_share)
    for number, context in found.items():
        if rates and _is_growth(context) and context.unit.unit is None:
            context = _with(context, statistic="change")
        if measure and _is_share(context):
            context = replace(context, measures=(*context.measures, (measure, ANOTHER)))
        found[number] = context
    return found


def _without_loose_statuses(columns: Mapping[int, Context]) -> dict[int, Context]:
    """The contexts without the status of a word like "Budget", unless another status stands beside."""
    several = len({_of(context, "status") for context in columns.values()} - {None}) > 1
    found = dict(columns)
    for number, context in columns.items():
        if context.is_loose and not several:
            slots = {slot: said for slot, said in context.slots.items() if slot != "status"}
            found[number] = replace(context, slots=slots)
    return found


def _by_letters(formula: str, lettered: Mapping[str, int]) -> Difference | None:
    """The difference that a formula of letters tells."""
    match = _DIFFERENCE.fullmatch(formula)
    if match is None or match["later"] not in lettered or match["earlier"] not in lettered:
        return None
    return Difference(lettered[match["later"]], lettered[match["earlier"]], bool(match["rate"]))


def _reckoned(context: Context, difference: Difference, columns: Mapping[int, Context]) -> Context:
    """A column that is the difference of two others: between which years, and whether in per cent."""
    later, earlier = columns[difference.later], columns[difference.earlier]
    said = {
        "period": _of(later, "period"),
        "baseline": _of(earlier, "period"),
        "status": _of(later, "status"),
    }
    slots = {slot: value for slot, value in said.items() if value and slot not in context.slots}
    slots["statistic"] = "growth" if difference.is_rate or context.unit.dimension in RELATIVE else "change"
    if difference.is_rate and context.unit.unit is None:
        context = replace(context, unit=_RATE)
    elif not difference.is_rate and context.unit.unit is None:
        context = replace(context, unit=later.unit.filled(earlier.unit))
    return _with(context, **slots)


def _of(context: Context, slot: str) -> str | None:
    said = context.slots.get(slot)
    return said[0] if said else None


def _with(context: Context, **slots: str) -> Context:
    told = {slot: (value, "the header row") for slot, value in slots.items()}
    return replace(context, slots={**context.slots, **told})


def _is_growth(context: Context) -> bool:
    return _of(context, "statistic") == "growth"


def _is_share(context: Context) -> bool:
    return context.unit.dimension == "share" and not _is_growth(context)


def _only(names: Iterable[str]) -> str:
    """The one name there is; empty where there are several or none."""
    found = sorted(names)
    return found[0] if len(found) == 1 else ""
