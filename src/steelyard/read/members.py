"""What a container gives: documents in files that hold several, or one that is folded up small."""

from __future__ import annotations

from dataclasses import dataclass

from steelyard.read.extracted import Extracted


@dataclass(frozen=True, slots=True)
class Member:
    """One document of a container: read already, or bytes that another format or container reads.

    `label` is put behind the container's name ("#3" for a line). `suffix` says what the bytes are; where it
    is empty, the container's name without its own suffix does.
    """

    label: str = ""
    suffix: str = ""
    data: bytes = b""
    extracted: Extracted | None = None
