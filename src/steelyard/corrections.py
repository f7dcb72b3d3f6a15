"""Corrections: claims added, withdrawn or amended by hand, each with its reason.

No reader is perfect, and no correction may hide: what was changed says so in the claim's own reasons. A claim
is named by its id, or by document and quotation where that is unique.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Literal

from steelyard.core.claim import (
    CARRIED_MEASURE,
    CARRIED_PERIOD,
    CLAIM_KEYS,
    KINDS,
    NUMBERS,
    Claim,
    Ledger,
    claim_id,
)
from steelyard.core.problems import Place, Problem
from steelyard.core.schema import Field, Schema, TomlFile, check_table

Action = Literal["add", "withdraw", "amend"]
Keys = Mapping[str, object]
_FIXED = ("id", "document", "start", "end", "quote", "sentence_start", "sentence_end", "reasons")
# The keys of a claim that a person may set.
AMENDABLE: Schema = {key: Field("any") for key in CLAIM_KEYS if key not in _FIXED}
# Reasons that leave a key open, which it is no more once a person has set it.
_SETTLED = {"period": CARRIED_PERIOD, "measure": CARRIED_MEASURE}
_NEED = Field(required=True)
_WHICH: Schema = {"claim": Field(), "document": Field(), "quote": Field(), "reason": _NEED}
CORRECTIONS: Schema = {
    "add": Field(
        "tables",
        inner={**AMENDABLE, "kind": Field(choices=KINDS), "document": _NEED, "quote": _NEED, "reason": _NEED},
    ),
    "withdraw": Field("tables", inner=_WHICH),
    "amend": Field("tables", inner={**_WHICH, "sets": Field("table", required=True, inner=AMENDABLE)}),
}


@dataclass(frozen=True, slots=True)
class Correction:
    """One change to a ledger.

    `keys` are those of the claim to be set; the claim is meant by `claim`, its id, or by quotation.
    """

    action: Action
    reason: str
    origin: Place
    claim: str = ""
    document: str = ""
    quote: str = ""
    keys: Keys | None = None


def read_corrections(table: Keys, file: TomlFile) -> tuple[tuple[Correction, ...], list[Problem]]:
    """The corrections of a file, additions first, and its faults; a file with faults gives no corrections."""
    problems = list(check_table(table, CORRECTIONS, file, (), {}))
    if problems:
        return (), problems
    return tuple(_corrections_in(table, file)), []


def correct(
    ledger: Ledger, corrections: Sequence[Correction], texts: Mapping[str, str]
) -> tuple[Ledger, list[Problem]]:
    """The ledger with all corrections made, and those that could not be.

    `texts` holds the text of each document by name, for the place of an added claim.
    """
    problems: list[Problem] = []
    for correction in corrections:
        if correction.action == "add":
            ledger, faults = _with_added(ledger, correction, texts)
        else:
            ledger, faults = _with_changed(ledger, correction)
        problems += faults
    return ledger, problems


def _corrections_in(table: Keys, file: TomlFile) -> Iterator[Correction]:
    actions: tuple[Action, ...] = ("add", "withdraw", "amend")
    for action in actions:
        entries = table.get(action, [])
        for number, data in enumerate(entries if isinstance(entries, list) else []):
            words = {key: str(data.get(key, "")) for key in ("claim", "document", "quote")}
            keys = (
                data.get("sets")
                if action == "amend"
                else {key: data[key] for key in data if key in AMENDABLE}
            )
            yield Correction(action, data["reason"], _heading(file, action, number), **words, keys=keys)


def _heading(file: TomlFile, action: str, number: int) -> Place:
    """The line of the heading with which that entry, counted from 0, begins."""
    headings = re.finditer(rf"^[ \t]*\[\[[ \t]*{action}[ \t]*\]\]", file.text, re.MULTILINE)
    lines = [file.text.count("\n", 0, heading.end()) + 1 for heading in headings]
    return Place(file.name, lines[number] if number < len(lines) else 0, key=action)


def _with_changed(ledger: Ledger, correction: Correction) -> tuple[Ledger, list[Problem]]:
    """The ledger with one claim withdrawn or amended."""
    found = [claim for claim in ledger if _is_meant(claim, correction)]
    if len(found) != 1:
        name = correction.claim or f"“{correction.quote}” in {correction.document or 'any document'}"
        message = f"{len(found) or 'No'} claims of the ledger answer to {name}."
        hint = "Name the id that `steelyard read --format json` gives for the claim."
        return ledger, [Problem("no-such-claim", message, correction.origin, hint)]
    if correction.action == "withdraw":
        return Ledger(claim for claim in ledger if claim is not found[0]), []
    amended, problems = _set(found[0], correction, "amended")
    return Ledger(amended if claim is found[0] else claim for claim in ledger), problems


def _is_meant(claim: Claim, correction: Correction) -> bool:
    if correction.claim:
        return claim.id == correction.claim
    document = correction.document
    here = not document or claim.document == document or claim.document.endswith(f"/{document}")
    return bool(correction.quote) and claim.quote == correction.quote and here


def _with_added(
    ledger: Ledger, correction: Correction, texts: Mapping[str, str]
) -> tuple[Ledger, list[Problem]]:
    """The ledger with a claim that the reader did not find, at the one place where its quotation stands."""
    names = [
        name for name in texts if name == correction.document or name.endswith(f"/{correction.document}")
    ]
    count = sum(texts[name].count(correction.quote) for name in names)
    if len(names) != 1 or count != 1:
        where = f"{count or 'no'} times in {correction.document}" if names else "in no document of that name"
        message = f"The quotation “{correction.quote}” stands {where}."
        hint = "Quote words that stand once in a source of the case."
        return ledger, [Problem("no-such-quotation", message, correction.origin, hint)]
    text = texts[names[0]]
    start = text.index(correction.quote)
    first, last = _line_around(text, start)
    bare = Claim(
        id=claim_id(names[0].rpartition("/")[2], text[first:last], correction.quote),
        kind="figure",
        document=names[0],
        start=start,
        end=start + len(correction.quote),
        quote=correction.quote,
        sentence_start=first,
        sentence_end=last,
    )
    added, problems = _set(bare, correction, "added")
    return (ledger if problems else ledger + Ledger([added])), problems


def _line_around(text: str, start: int) -> tuple[int, int]:
    """Start and end of the line in which `start` lies, for a claim that no reader gave a sentence."""
    end = text.find("\n", start)
    return text.rfind("\n", 0, start) + 1, len(text) if end < 0 else end


def _set(claim: Claim, correction: Correction, verb: str) -> tuple[Claim, list[Problem]]:
    """The claim with the keys that the correction sets, and the reason among its own; or the fault."""
    return amend(claim, correction.keys or {}, f"{verb} by hand: {correction.reason}", correction.origin)


def amend(claim: Claim, keys: Keys, reason: str, origin: Place) -> tuple[Claim, list[Problem]]:
    """The claim with some of its AMENDABLE keys set and the reason among its own; or the fault, at `origin`.

    To amend it twice alike is to amend it once.
    """
    try:
        plain = {key: _value(key, value) for key, value in keys.items()}
        checked = Claim.from_json({**claim.to_json(), **plain})
        _check_value_within(checked, keys)
    except (ValueError, InvalidOperation) as error:
        hint = "Numbers are plain or in quotes, in single units; the rest is text as the contract names it."
        return claim, [Problem("wrong-value", f"The claim would not hold: {error}.", origin, hint)]
    settled = {_SETTLED.get(key) for key in keys}
    reasons = tuple(one for one in claim.reasons if one not in settled and one != reason)
    return claim.changed(**{key: getattr(checked, key) for key in keys}, reasons=(*reasons, reason)), []


def _check_value_within(claim: Claim, keys: Keys) -> None:
    """Checking goes by the bounds, so that a number set beside the old ones would change nothing.

    Raises:
        ValueError: a number was set, and the claim's lies outside of its bounds.
    """
    value, low, high = claim.value, claim.low, claim.high
    if value is None or not any(key in keys for key in NUMBERS):
        return
    if (low is not None and value < low) or (high is not None and value > high):
        ends = (
            f"{key} {number.normalize():f}"
            for key, number in (("low", low), ("high", high))
            if number is not None
        )
        raise ValueError(f"value {value.normalize():f} is outside of {' and '.join(ends)}; set these with it")


def _value(key: str, value: object) -> object:
    """A value of the file as a claim's JSON has it; the empty text makes a key unknown."""
    if value == "":
        return None
    if key in NUMBERS and isinstance(value, str | int | float) and not isinstance(value, bool):
        return Decimal(str(value).replace(",", "").replace("_", ""))
    if isinstance(value, date):
        return value.date().isoformat() if isinstance(value, datetime) else value.isoformat()
    return value
