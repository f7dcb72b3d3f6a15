"""The origins of a page's numbers, each written out once and referred to by its number elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class OriginIndex:
    """Origins in the order in which they were first asked for; the first has the number 1."""

    numbers: dict[str, int] = field(default_factory=dict)

    def refer(self, origin: str) -> str:
        """The numbers of the parts of an origin, which are an equation, claims, series and the like.

        >>> index = OriginIndex()
        >>> index.refer("S = b Y; claim:4f1c"), index.refer("claim:4f1c")
        ('1 2', '2')
        """
        parts = origin.split("; ")
        return " ".join(str(self.numbers.setdefault(part, len(self.numbers) + 1)) for part in parts)
