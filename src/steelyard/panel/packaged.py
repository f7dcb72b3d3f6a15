"""The table of facts that comes with steelyard, used where nobody gives files of publishers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from steelyard.core.vocabulary import PACKAGED, Vocabulary
from steelyard.panel import load_panel
from steelyard.panel.observations import Panel


def packaged_panel(vocabulary: Vocabulary) -> Panel:
    """The figures of the packaged table; its places are named so, whatever folder it was put into."""
    panel = load_panel([PACKAGED / "panel"], vocabulary)
    return replace(
        panel,
        observations=tuple(
            replace(one, place=replace(one.place, file=f"packaged:{Path(one.place.file).name}"))
            for one in panel.observations
        ),
    )
