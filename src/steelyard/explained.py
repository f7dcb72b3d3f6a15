"""Why each claim was read so: its place and quotation, its keys, and the rules that joined them.

The same text on a terminal and in a pipe, so that a reading can be looked through, searched and compared.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from steelyard.core.claim import CLAIM_KEYS
from steelyard.terminal import place_of, printable

if TYPE_CHECKING:
    from steelyard.core.claim import Claim
    from steelyard.gather import Gathered
    from steelyard.report.wording import Wording

# Keys that the first line of a claim or its interval says, or that only serve programs.
_SAID = frozenset(
    (*CLAIM_KEYS[: CLAIM_KEYS.index("actor")], "value", "low", "high", "unit", "confidence", "reasons")
)
_WIDTH = 15


def explained(gathered: Gathered) -> str:
    """All claims with their keys and reasons, a block each, in the order of the ledger."""
    from steelyard.report.wording import Wording

    wording = Wording(gathered.vocabulary)
    blocks = ("\n".join(_block(claim, gathered, wording)) for claim in gathered.ledger)
    return "".join(f"{printable(block)}\n\n" for block in blocks)


def _block(claim: Claim, gathered: Gathered, wording: Wording) -> Iterator[str]:
    """One claim: where and what, then key by key, then reason by reason."""
    place = place_of(claim, gathered)
    where = f"{place.file}:{place.line}:{place.column}" if place.line else place.file
    yield f"{where}  {claim.kind}, confidence {claim.confidence:.2f}"
    yield f"    “{' '.join(claim.quote.split())}”"
    if claim.is_number:
        yield _row("leaves open", " ".join(wording.interval(claim.low, claim.high, claim.unit).split()))
    for key, value in claim.to_json().items():
        if key not in _SAID and value is not None:
            yield _row(key, " ".join(str(value).split()))
    yield from (_row("because" if not number else "", reason) for number, reason in enumerate(claim.reasons))


def _row(name: str, value: str) -> str:
    return f"    {name:<{_WIDTH}} {value}"
