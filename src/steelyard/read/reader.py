"""The seam for other readers: what a reader is, and what a claim from outside must hold to be taken in.

`read_document` is one reader; a language model that proposes claims may be another. Whatever it says, a claim
must quote the text, and its number must be written by the digits that it quotes, or it is refused.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from decimal import Decimal

from steelyard.core.claim import Claim, Ledger
from steelyard.core.problems import Place, Problem
from steelyard.core.vocabulary import Vocabulary
from steelyard.read.documents.document import Document

Reader = Callable[[Document, Vocabulary], tuple[Ledger, list[Problem]]]

NUMERAL = re.compile(r"\d[\d.,]*")
# A bound lies at most so many units of the last printed digit from the number: hedges double what is open.
MOST_UNITS_TO_BOUND = 2


def accepted(document: Document, ledger: Ledger) -> tuple[Ledger, list[Problem]]:
    """The claims that the text bears out, in order, and a problem for each that was refused."""
    kept, problems = [], []
    for claim in ledger:
        if fault := _fault(document, claim):
            problems.append(_refusal(document, claim, fault))
        else:
            kept.append(claim)
    return Ledger(kept), problems


def _fault(document: Document, claim: Claim) -> str | None:
    """What is wrong with a claim, or None."""
    if document.text[claim.start : claim.end] != claim.quote or not claim.quote:
        return "its quotation does not stand at its place"
    if not claim.sentence_start <= claim.start <= claim.end <= claim.sentence_end <= len(document.text):
        return "its sentence does not hold its quotation"
    if claim.kind == "figure" and not _is_written(claim):
        return "its number is not written by the digits of its quotation"
    return None


def _is_written(claim: Claim) -> bool:
    """Whether the digits quoted can be those of the value, or of both ends of a range."""
    numerals = [_digits(match) for match in NUMERAL.findall(claim.quote)]
    if claim.value is not None:
        inside = (claim.low is None or claim.low <= claim.value) and (
            claim.high is None or claim.value <= claim.high
        )
        return inside and any(_spells(parts, claim.value) for parts in _runs(numerals))
    ends = [end for end in (claim.low, claim.high) if end is not None]
    return bool(ends) and all(any(_is_near(numeral, end) for numeral in numerals) for end in ends)


def _digits(numeral: str) -> str:
    """The digits of a numeral as plain ones, its marks left out."""
    return "".join(str(unicodedata.digit(sign)) for sign in numeral if sign.isdigit())


def _runs(numerals: list[str]) -> Iterator[list[str]]:
    """Each numeral alone, and those that follow one another, as in "65조 8,642억"."""
    for first in range(len(numerals)):
        for last in range(first + 1, min(len(numerals), first + 4) + 1):
            yield numerals[first:last]


def _spells(parts: list[str], value: Decimal) -> bool:
    """Whether digits are those of a value but for zeros at its ends; of several parts also between them."""
    wanted = "".join(map(str, abs(value).as_tuple().digits)).strip("0")
    if len(parts) == 1:
        return parts[0].strip("0") == wanted
    return "".join(parts).replace("0", "") == wanted.replace("0", "")


def _is_near(numeral: str, bound: Decimal) -> bool:
    """Whether a bound lies within a few units of the last digit of a numeral at some scale."""
    digits = int(numeral or "0")
    if not digits or not bound:
        return digits == 0 and not bound
    shift = abs(bound).adjusted() - (len(str(digits)) - 1)
    scaled = (abs(bound).scaleb(-shift - each) for each in (-1, 0, 1))
    return any(abs(each - digits) <= MOST_UNITS_TO_BOUND for each in scaled)


def _refusal(document: Document, claim: Claim, fault: str) -> Problem:
    size = len(document.text)
    stands = 0 <= claim.start < claim.end <= size
    place = document.place(claim.start, claim.end) if stands else Place(document.name, excerpt=claim.quote)
    message = f"A claim from another reader on “{claim.quote}” is refused: {fault}."
    hint = "Give the span of the words as they stand in the text, and the number as it is printed there."
    return Problem("not-in-text", message, place, hint, "warning")
