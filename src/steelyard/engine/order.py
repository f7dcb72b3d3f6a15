"""Results in the order of the inputs, whoever makes them and whichever is ready first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeVar

Input = TypeVar("Input")
Output = TypeVar("Output")
Taken = TypeVar("Taken", contravariant=True)
Made = TypeVar("Made", covariant=True)
# How often an input is tried that takes its process with it.
TRIES = 2
# So many inputs for each process are taken before the first of them is ready.
_AHEAD_PER_HAND = 8


@dataclass(frozen=True, slots=True)
class Lost:
    """Stands for the result of an input whose process died under it, each of the times that it was tried.

    `input_index` counts the inputs from 0; `reason` is a sentence for whoever has to look at the input.
    """

    input_index: int
    reason: str


@dataclass(frozen=True, slots=True)
class Failed:
    """An error that the function raised; it reaches the caller when its turn comes."""

    error: BaseException


class Workers(Protocol[Taken, Made]):
    """Those who work: they are given inputs, and answer in any order."""

    def hands(self) -> int:
        """How many of them work at once."""

    def has_room(self) -> bool:
        """Whether one more input would be taken up soon."""

    def give(self, index: int, given: Taken) -> None:
        """Take an input up; only where there is room."""

    def answers(self) -> Mapping[int, Made | Lost | Failed]:
        """What has been answered since the last time, by the index of the input; waits a while for some."""

    def close(self, *, at_once: bool) -> None:
        """Let all go, and `at_once` without waiting for what they are at."""


def in_order(
    workers: Workers[Input, Output], inputs: Iterable[Input], ahead: int | None
) -> Iterator[Output | Lost]:
    """The results in order; at most `ahead` inputs are taken whose results have not been asked for."""
    source = enumerate(inputs)
    ready: dict[int, Output | Lost | Failed] = {}
    due = taken = 0
    more, ended = True, False
    try:
        while more or due < taken:
            most = due + (ahead or _AHEAD_PER_HAND * workers.hands())
            while more and taken < most and workers.has_room():
                if (pair := next(source, None)) is None:
                    more = False
                    break
                workers.give(*pair)
                taken += 1
            if due in ready:
                result = ready.pop(due)
                due += 1
                if isinstance(result, Failed):
                    raise result.error
                yield result
            elif more or due < taken:
                ready.update(workers.answers())
        ended = True
    finally:
        workers.close(at_once=not ended)
