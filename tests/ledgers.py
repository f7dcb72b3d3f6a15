"""Ledgers in files, written as `steelyard read --output` writes them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from steelyard.cli_output import claims
from steelyard.core.claim import Ledger
from steelyard.gather import Gathered
from steelyard.store import write_whole

if TYPE_CHECKING:
    from steelyard.core.vocabulary import Vocabulary

# No ledger needs one to be written.
NO_VOCABULARY = cast("Vocabulary", None)


def save_ledger(ledger: Ledger, path: Path) -> None:
    """Write a ledger in the format of the path's suffix."""
    gathered = Gathered(NO_VOCABULARY, ledger=ledger)
    write_whole(path, claims(gathered, path.suffix.removeprefix("."), explain=False, terminal=False))
