"""Which rows are parts of a row above: by indent, by number ("1.2" under "1"), or in words ("of which")."""

from __future__ import annotations

from dataclasses import dataclass, field

from steelyard.core.claim import Claim
from steelyard.read.tables.table_label import Label
from steelyard.read.tables.table_layout import DataRow, Kind

Cells = dict[int, Claim]


@dataclass(slots=True)
class Wholes:
    """The claims of the rows above, column by column, of which later rows may be parts."""

    by_number: dict[str, Cells] = field(default_factory=dict)
    by_indent: list[tuple[int, Cells]] = field(default_factory=list)
    last: Cells = field(default_factory=dict)
    own: Cells = field(default_factory=dict)
    outer: Cells = field(default_factory=dict)

    def turn_to(self, row: DataRow, label: Label) -> None:
        """Go on to a row, and find the row of which it is a part, if any."""
        indent = next((f.indent for f in row.fields if f and f.kind == Kind.TEXT), 0)
        while self.by_indent and self.by_indent[-1][0] >= indent:
            self.by_indent.pop()
        self.own = {}
        self.outer = self.by_indent[-1][1] if self.by_indent else {}
        if label.is_part:
            self.outer = self.last
            return
        if label.number and "." in label.number:
            self.outer = self.by_number.get(label.number.rpartition(".")[0], {})
        if label.number:
            self.by_number[label.number] = self.own
        self.by_indent.append((indent, self.own))
        self.last = self.own

    def placed(self, claim: Claim, column: int) -> Claim:
        """A claim of the row, with the whole that it is a part of."""
        self.own[column] = claim
        whole = self.outer.get(column)
        if whole is None or whole.unit != claim.unit or whole.statistic != claim.statistic:
            return claim
        reasons = (*claim.reasons, f"a part of the row above: {whole.quote!r}")
        return claim.changed(part_of=whole.id, aggregation="of_which", reasons=reasons)
