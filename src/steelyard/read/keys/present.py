"""The year of figures beside which none stands: shares, stocks and other things of the present."""

from __future__ import annotations

from steelyard.read.keys import doubts
from steelyard.read.numbers.figure import Figure
from steelyard.read.passage import Found, Memory, Passage


def find_present(passage: Passage, figure: Figure, found: Found, memory: Memory) -> None:
    """The year of what is told of the present: that of the amount that a share is of, or the document's."""
    if told := _keys_of_numerator(passage, found, memory):
        found.say("of the year of the amount told just before", doubts.CARRIED_PERIOD, **told)
    elif _is_stock(passage, found) and passage.document.date:
        year = str(passage.document.date.year)
        found.say("a stock in the present: the year of the document", doubts.PRESENT_YEAR, period=year)
    elif found.text("measure") and figure.unit not in passage.lexicon.measures_by_unit:
        found.say("no period is named", doubts.NO_PERIOD)


def _keys_of_numerator(passage: Passage, found: Found, memory: Memory) -> dict[str, str]:
    """Year and definition of the amount that a share is of, if the sentence before told it and nothing since.

    As in "military spending rises to 143 billion in 2025. That makes 2.2 % of GDP".
    """
    measure = passage.lexicon.vocabulary.entry("measures", found.text("measure"))
    amount, whole = (measure.text(key) if measure else "" for key in ("base_measure", "denominator"))
    if not amount or memory.measure not in (amount, whole) or memory.measure_sentence < memory.sentence - 1:
        return {}
    key = (found.text("actor"), amount)
    if is_aim(passage, found) or key not in memory.periods:
        return {}
    definition = memory.definitions.get(key)
    return {"period": memory.periods[key], **({"definition": definition} if definition else {})}


def is_aim(passage: Passage, found: Found) -> bool:
    """Whether the standing is one that is set, such as a target, and so tells of no year that has been."""
    status = passage.lexicon.vocabulary.entry("statuses", found.text("status"))
    return status is not None and status.flag("exact")


def _is_stock(passage: Passage, found: Found) -> bool:
    measure = passage.lexicon.vocabulary.entry("measures", found.text("measure"))
    plain = found.text("status") is None
    return plain and measure is not None and measure.text("stock_or_flow") in ("stock", "ratio")
