"""The workers of a dask.distributed cluster.

Each worker process works on one input at a time and is known by its address, to which its inputs are bound.
When it dies, what it had been given is tried once more, each input alone: so it is known which of them kills.
A worker is greeted with the function first, and must hold the same steelyard and Python as this process; only
then are the results the same.
"""

from __future__ import annotations

import logging
import pickle
import queue
import threading
import time
import uuid
from collections import Counter, deque
from collections.abc import Callable, Mapping
from concurrent.futures import CancelledError
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from steelyard.core.problems import SteelyardError
from steelyard.engine.order import TRIES, Failed, Lost
from steelyard.state import package_hash

if TYPE_CHECKING:
    from distributed import Client

Input = TypeVar("Input")
Output = TypeVar("Output")
# Seconds to wait for a scheduler, and for a worker where there is none or all have died.
CONNECT, FOR_A_WORKER = 10.0, 60.0
# Seconds between two looks at which workers there are, and to wait for the bytes of a result at first.
_LOOK, _FETCH = 0.5, 1.0
# One at work and one at hand; in a worker of several threads both would be at work.
_AT_ONCE = 2
# So many workers in a row may die before one has answered anything.
_MOST_STILLBORN = 10
_FUNCTION = -1

_at_work = threading.Lock()  # in a worker: not all libraries that read documents bear several threads
_carried: dict[str, Callable[[Any], Any]] = {}  # in a worker: functions by their token


class _Unknown(Exception):
    """A worker has never heard of the function: it has the address of one that died."""


@dataclass(slots=True)
class _Asked:
    """A question to a worker: the index of an input, its answer to come, seconds to wait for the bytes."""

    index: int
    future: Any
    patience: float = _FETCH


@dataclass(slots=True)
class _Worker:
    """A worker: what it was asked and has not answered, and how much it may be asked at once."""

    depth: int
    asked: list[_Asked] = field(default_factory=list)
    greeted: bool = False
    has_suspect: bool = False

    def has_room(self) -> bool:
        return self.greeted and not self.has_suspect and len(self.asked) < self.depth


class Cluster(Generic[Input, Output]):
    """The workers of the scheduler at `address`, mapping `function`."""

    def __init__(self, function: Callable[[Input], Output], address: str) -> None:
        self._address = address
        self._packed = pickle.dumps(function)
        self._token = uuid.uuid4().hex
        self._client: Any = _connected(address)
        # A task, so that it can be made again when the worker that holds it dies.
        self._function = self._client.submit(bytes, self._packed, key=f"steelyard-{self._token}")
        self._workers: dict[str, _Worker] = {}
        self._held: dict[int, Input] = {}
        self._again: deque[int] = deque()
        self._deaths: Counter[int] = Counter()
        self._told: queue.SimpleQueue[tuple[str, str]] = queue.SimpleQueue()
        self._looked = self._seen = time.monotonic()

    def hands(self) -> int:
        """How many work at once."""
        return max(1, len(self._workers))

    def has_room(self) -> bool:
        """Whether one more input would be taken up soon."""
        return not self._again and any(worker.has_room() for worker in self._workers.values())

    def give(self, index: int, given: Input) -> None:
        """Take an input up; only where there is room."""
        self._held[index] = given
        rooms = [(len(one.asked), name) for name, one in self._workers.items() if one.has_room()]
        self._ask(min(rooms)[1], index, _apply, self._token, pickle.dumps(given))

    def answers(self) -> Mapping[int, Output | Lost | Failed]:
        """What has been answered since the last time; waits a moment for some."""
        found: dict[int, Output | Lost | Failed] = {}
        try:
            told = self._told.get(timeout=_LOOK if self._workers else 0)
            while True:
                found |= self._answer(*told)
                told = self._told.get_nowait()
        except queue.Empty:
            pass
        if not self._workers or time.monotonic() - self._looked >= _LOOK:
            found |= self._look()
        self._try_again()
        return found

    def close(self, *, at_once: bool) -> None:
        """Let the cluster go; what workers are at they finish, for nobody."""
        try:
            if self._client.status == "running":
                self._client.cancel([one.future for each in self._workers.values() for one in each.asked])
                self._client.run(_forget, self._token, wait=False, on_error="ignore")
        except OSError:
            pass
        finally:
            self._client.close(timeout=_LOOK if at_once else CONNECT)

    def _ask(self, name: str, index: int, function: Callable[..., object], *given: object) -> None:
        """Put a question to a worker; that it is answered is told by way of the queue."""
        key = f"steelyard-{uuid.uuid4().hex}"
        future = self._client.submit(
            function, *given, key=key, workers=[name], allow_other_workers=False, pure=False
        )
        self._workers[name].asked.append(_Asked(index, future))
        future.add_done_callback(lambda done: self._told.put((name, done.key)))

    def _try_again(self) -> None:
        """Give what was lost with a worker to others, each to one that has nothing else."""
        for name, worker in self._workers.items():
            if self._again and worker.has_room() and not worker.asked:
                index = self._again.popleft()
                self._ask(name, index, _apply, self._token, pickle.dumps(self._held[index]))
                worker.has_suspect = True

    def _answer(self, name: str, key: str) -> dict[int, Any]:
        """The answer of a worker by the index of its input; nothing if it is not to be had."""
        worker = self._workers.get(name)
        one = next((each for each in worker.asked if each.future.key == key), None) if worker else None
        if worker is None or one is None:
            return {}
        try:
            result: object = pickle.loads(one.future.result(timeout=one.patience))
        except (TimeoutError, CancelledError):
            return self._without_answer(name, one)
        except Exception as error:
            if isinstance(error, _Unknown) or type(error).__name__ == "KilledWorker":
                return self._after_death(name)
            result = Failed(error)
        worker.asked.remove(one)
        if one.index == _FUNCTION:
            self._greet(name, result)
            return {}
        worker.has_suspect = False
        self._deaths[_FUNCTION] = 0
        del self._held[one.index]
        return {one.index: result}

    def _without_answer(self, name: str, one: _Asked) -> dict[int, Lost]:
        """Ask again where an answer cannot be had, mostly since its worker has died meanwhile."""
        lost = self._look()
        worker = self._workers.get(name)
        if worker is None or one not in worker.asked:
            return lost
        if one.future.status == "cancelled":
            return lost | self._after_death(name)
        one.patience *= 2
        self._told.put((name, one.future.key))
        return lost

    def _greet(self, name: str, result: object) -> None:
        """Let a worker begin if it has what this process has."""
        if isinstance(result, Failed):
            message = f"the worker at {name} cannot begin ({result.error}); install the same steelyard there"
            raise ConnectionError(message) from result.error
        if result != package_hash():
            message = f"the worker at {name} has another steelyard or Python than this machine"
            raise ConnectionError(f"{message}; install the same there")
        self._workers[name].greeted = True

    def _look(self) -> dict[int, Lost]:
        """See which workers have come and which have gone; the inputs that are lost with these."""
        if self._client.status != "running":
            raise self._gone()
        try:
            threads: dict[str, int] = self._client.nthreads()
        except OSError as error:
            raise self._gone() from error
        self._looked = time.monotonic()
        lost: dict[int, Lost] = {}
        for name in [each for each in self._workers if each not in threads]:
            lost |= self._after_death(name)
        for name, count in threads.items():
            if name not in self._workers:
                self._workers[name] = _Worker(_AT_ONCE if count == 1 else 1)
                self._ask(name, _FUNCTION, _begin, self._token, self._function)
        if any(worker.greeted for worker in self._workers.values()):
            self._seen = self._looked
        elif self._looked - self._seen > FOR_A_WORKER:
            raise ConnectionError(f"{self._address}: no worker answers there within {FOR_A_WORKER:g} s")
        return lost

    def _after_death(self, name: str) -> dict[int, Lost]:
        """Clear up after a worker that died; the inputs that are lost, for it was not their first."""
        asked = self._workers.pop(name).asked
        self._client.cancel([one.future for one in asked], force=True)
        lost: dict[int, Lost] = {}
        for index in [one.index for one in asked]:
            self._deaths[index] += 1
            if index == _FUNCTION:
                if self._deaths[index] > _MOST_STILLBORN:
                    raise ConnectionError(f"{self._address}: one worker after another dies before it begins")
            elif self._deaths[index] < TRIES:
                self._again.append(index)
            else:
                del self._held[index]
                lost[index] = Lost(index, f"The worker that it was given to died {TRIES} times.")
        return lost

    def _gone(self) -> ConnectionError:
        return ConnectionError(
            f"{self._address}: the scheduler is gone; start it again and give the same command"
        )


def _connected(address: str) -> Client:
    """A client of the scheduler at an address."""
    try:
        import dask
        from distributed import Client
    except ImportError as error:
        message = "--cluster takes dask.distributed, which is not installed; pip install 'steelyard[cluster]'"
        raise SteelyardError(message) from error
    # What goes wrong there is told here, in one sentence.
    for name in ("distributed", "distributed.client", "distributed.core", "distributed.comm", "asyncio"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    make: Callable[..., Client] = Client
    try:
        with dask.config.set({"distributed.comm.timeouts.connect": CONNECT}):
            return make(address, timeout=CONNECT, set_as_default=False)
    except (OSError, ValueError) as error:
        message = f"{address}: no scheduler answers there within {CONNECT:g} s"
        raise ConnectionError(f"{message}; is the address right, and is it running?") from error


def _begin(token: str, packed: bytes) -> bytes:
    """Take a function up, in a worker; the fingerprint of its package."""
    _carried[token] = pickle.loads(packed)
    return pickle.dumps(package_hash())


def _apply(token: str, given: bytes) -> bytes:
    """Work, in a worker."""
    if token not in _carried:
        raise _Unknown(token)
    with _at_work:
        return pickle.dumps(_carried[token](pickle.loads(given)))


def _forget(token: str) -> None:
    """Let a function go, in a worker."""
    _carried.pop(token, None)
