"""The boards on which fans are drawn, one for each case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from steelyard.explorer.settings import Settings

if TYPE_CHECKING:
    from steelyard.explorer.redraw import Board
    from steelyard.explorer.shelf import Opened


class Boards(dict[str, "Board"]):
    """The boards by the names of cases; each is made when something is first asked of it."""

    def __init__(self, shelf: Mapping[str, Opened], settings: Settings) -> None:
        super().__init__()
        self._shelf, self._settings = shelf, settings

    def __missing__(self, name: str) -> Board:
        from steelyard.explorer.redraw import Board

        return self.setdefault(name, Board(self._shelf[name], self._settings))
