"""What a container gives: documents in files that hold several, or one that is folded up small."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from steelyard.read.documents.extracted import Extracted


@dataclass(frozen=True, slots=True)
class Member:
    """One document of a container: read already, or bytes that another format or container reads.

    `label` is put behind the container's name: "#3" for a line, "/brief.txt" for a file, whose ending says
    what the bytes are. Where it is empty, the container's name without its own ending does.
    """

    label: str = ""
    data: bytes = b""
    extracted: Extracted | None = None
    suffix: str = ""
    url: str | None = None
    made: datetime.date | None = None
