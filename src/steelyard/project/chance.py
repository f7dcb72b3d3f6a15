"""Chances by number: each depends on its seed, its stream and its own place, on nothing drawn before it.

A stream is named by variable, country and year, so that a draw has the same shocks in every scenario,
whatever folder it lies in, and any draw can be run again alone. Words are those of SplitMix64 (Steele, Lea
and Flood, 2014), of which each comes without the ones before; streams start at places of its cycle that a
hash scatters.
"""

from __future__ import annotations

from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from steelyard.project.arithmetic import (
    Numbers,
    bits_of,
    cosine_of_turn,
    fraction_of,
    from_bits,
    logarithm,
    sine_of_turn,
)

Array = NDArray[np.float64]
GROUP = 512  # draws whose shocks are made together; a part of the numbers, not of the machine
HALF = GROUP // 2
_STEP = np.uint64(0x9E3779B97F4A7C15)
_FIRST_FACTOR, _SECOND_FACTOR = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_S12, _S20, _S21 = np.uint64(12), np.uint64(20), np.uint64(21)
_S27, _S30, _S31, _S32 = np.uint64(27), np.uint64(30), np.uint64(31), np.uint64(32)
_LOW_31, _BIT_31 = np.uint64(0x7FFFFFFF), np.uint64(0x80000000)
_MASK = 2**64 - 1


def stream_of(variable: str, country: str, year: int) -> int:
    """The number of a stream, below 2**64; `country` is empty for what is common to all."""
    name = "\0".join((variable, country, str(year)))
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "little")


def key_of(seed: int, stream: int) -> int:
    """Where the stream starts for a seed: a hash of both."""
    return _scattered(_scattered(seed + int(_STEP)) ^ stream)


def _scattered(x: int) -> int:
    """The finishing step of `word_of` on a plain whole number."""
    x &= _MASK
    x = (x ^ (x >> 30)) * int(_FIRST_FACTOR) & _MASK
    x = (x ^ (x >> 27)) * int(_SECOND_FACTOR) & _MASK
    return x ^ (x >> 31)


def word_of(key: Numbers, number: Numbers) -> Numbers:
    """The 64 bits of a place in a stream."""
    x = key + number * _STEP
    x = (x ^ (x >> _S30)) * _FIRST_FACTOR
    x = (x ^ (x >> _S27)) * _SECOND_FACTOR
    return x ^ (x >> _S31)


def uniform_of(word: Numbers) -> Numbers:
    """A number above 0 and below 1 from the first 52 bits of a word."""
    return fraction_of(np.int64(word >> _S12)) - (1.0 - 2.0**-53)


def normal_pair(word: Numbers) -> tuple[Numbers, Numbers]:
    """Two independent standard normal numbers from one word (Box and Muller, 1958).

    The first 32 bits give the distance from the origin, at most 6.8; the last 31 bits a direction to the
    right of it, and the bit between them turns that to the left.
    """
    chance = fraction_of(np.int64((word >> _S32) << _S20)) - (1.0 - 2.0**-33)
    turn = fraction_of(np.int64((word & _LOW_31) << _S21)) - (1.5 - 2.0**-32)
    distance = np.sqrt(-2.0 * logarithm(chance))
    distance = from_bits(bits_of(distance) ^ np.int64((word & _BIT_31) << _S32))
    return distance * cosine_of_turn(turn), distance * sine_of_turn(turn)


def uniforms(seed: int, stream: int, first: int, count: int) -> Array:
    """Evenly spread numbers above 0 and below 1: those of draw `first` to `first + count - 1`, (draw,)."""
    numbers = np.arange(first, first + count, dtype=np.uint64)
    found: Array = uniform_of(word_of(np.uint64(key_of(seed, stream)), numbers))
    return found


def normals(seed: int, stream: int, first: int, count: int) -> Array:
    """Standard normal shocks of draw `first` to `first + count - 1`, (draw,).

    The draws of a group share words: the one and the other normal number of a word go to the first and the
    second half of the group.
    """
    begin, end = first // GROUP, -(-(first + count) // GROUP)
    words = np.arange(begin * HALF, end * HALF, dtype=np.uint64)
    pair = normal_pair(word_of(np.uint64(key_of(seed, stream)), words))
    whole = np.stack([half.reshape(-1, HALF) for half in pair], axis=1).reshape(-1)
    found: Array = whole[first - begin * GROUP : first - begin * GROUP + count]
    return found
