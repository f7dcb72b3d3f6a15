"""What the columns of a table say of one another: which is the difference of two others, and in what.

Budgets letter their columns and reckon with the letters: "2025 (A)", "2026 (B)", "Change (B-A)", "(B-A)/A".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from steelyard.read.tables.table_context import RELATIVE, Context, Unit

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


def related(columns: Mapping[int, Context], has_share: frozenset[str]) -> dict[int, Context]:
    """The contexts of columns, with what follows for each from those beside it.

    `has_share` are the measures that have a measure of their share in something.
    """
    plain = _without_loose_statuses(columns)
    lettered = {context.formula: context for context in plain.values() if len(context.formula) == 1}
    found = {number: _reckoned(context, lettered) for number, context in plain.items()}
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


def _reckoned(context: Context, lettered: Mapping[str, Context]) -> Context:
    """A column that is the difference of two others: between which years, and whether in per cent."""
    difference = _DIFFERENCE.fullmatch(context.formula)
    if difference is None:
        return context
    later, earlier = (lettered.get(difference[name]) for name in ("later", "earlier"))
    said = {
        "period": _of(later, "period"),
        "baseline": _of(earlier, "period"),
        "status": _of(later, "status"),
        "statistic": "growth" if difference["rate"] else "change",
    }
    slots = {slot: value for slot, value in said.items() if value and (slot not in context.slots)}
    if difference["rate"] and context.unit.unit is None:
        context = replace(context, unit=_RATE)
    elif not difference["rate"] and context.unit.dimension not in RELATIVE:
        slots["statistic"] = "change"
    return _with(context, **slots)


def _of(context: Context | None, slot: str) -> str | None:
    said = context.slots.get(slot) if context else None
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
