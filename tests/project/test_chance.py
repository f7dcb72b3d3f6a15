"""Elementary functions and chances: right to many digits, the same on every machine, and unrelated."""

from __future__ import annotations

import math

import numpy as np
import pytest

from steelyard.project.arithmetic import cosine_of_turn, exponential, logarithm, sine_of_turn
from steelyard.project.chance import key_of, normals, stream_of, uniforms, word_of
from tests.project.plain import plain_normal, plain_stream, plain_word

SEED = 20260124


def off_by(found, exact):
    """The largest relative error."""
    exact = np.array(exact)
    return np.max(np.abs(found - exact) / np.abs(exact))


# Elementary functions


def test_exponentials_are_right_to_fifteen_digits():
    x = np.concatenate((np.linspace(-700, 700, 20_001), np.linspace(-0.5, 0.5, 2001)))

    assert off_by(exponential(x), [math.exp(value) for value in x]) < 1e-15


def test_an_exponential_that_no_number_holds_stays_at_the_end():
    assert exponential(np.array([-1e9, -701.0, 701.0, 1e9])) == pytest.approx(
        [math.exp(-700), math.exp(-700), math.exp(700), math.exp(700)]
    )


def test_logarithms_are_right_to_fifteen_digits():
    x = np.concatenate((np.linspace(1e-6, 0.999, 20_000), np.logspace(-300, 300, 2001)[:1000]))

    assert off_by(logarithm(x), [math.log(value) for value in x]) < 1e-15
    assert logarithm(np.array([1.0]))[0] == 0.0


def test_sines_and_cosines_are_right_to_twelve_digits():
    x = np.linspace(-0.5, 0.5, 20_001)

    assert np.max(np.abs(sine_of_turn(x) - np.sin(np.pi * x))) < 1e-12
    assert np.max(np.abs(cosine_of_turn(x) - np.cos(np.pi * x))) < 1e-12


# Words and streams


def test_words_are_those_of_the_published_generator():
    """The first two numbers of SplitMix64 with seed 0, as printed for its reference implementation."""
    found = word_of(np.uint64(0), np.array([1, 2], np.uint64))

    assert [hex(int(word)) for word in found] == ["0xe220a8397b1dcdaf", "0x6e789e6aa1b965f4"]


@pytest.mark.parametrize("draw", [0, 1, 255, 256, 511, 512, 8191, 10**9 + 300])
def test_a_normal_number_is_that_of_the_plain_version(draw):
    stream = stream_of("inflation", "KOR", 2031)

    assert stream == plain_stream("inflation", "KOR", 2031)
    assert normals(SEED, stream, draw, 1)[0] == pytest.approx(plain_normal(SEED, stream, draw), rel=1e-9)


def test_an_even_number_is_that_of_the_plain_version():
    expected = ((plain_word(SEED, 5, 77) >> 12) + 0.5) / 2**52

    assert uniforms(SEED, 5, 77, 1)[0] == pytest.approx(expected, rel=1e-15)


def test_variable_country_and_year_each_make_a_stream_of_their_own():
    whole = ("inflation", "KOR", 2031)
    others = [("real_growth", *whole[1:]), (whole[0], "JPN", 2031), (*whole[:2], 2032)]
    others += [("inflationK", "OR", 2031)]

    assert len({stream_of(*names) for names in (whole, *others)}) == 5


def test_another_seed_starts_elsewhere():
    assert len({key_of(seed, stream) for seed in range(30) for stream in range(30)}) == 900


# What chances are like


def shocks(seed):
    return normals(seed, stream_of("inflation", "KOR", 2031), 0, 512 * 400)


def test_moments_are_those_of_normal_numbers():
    """Each is off by about one standard error, and by four or more in one of 16,000 cases."""
    for seed in range(6):
        z = shocks(seed)
        root = math.sqrt(len(z))
        assert abs(z.mean()) * root < 4
        assert abs((z**2).mean() - 1) * root < 4 * math.sqrt(2)
        assert abs((z**3).mean()) * root < 4 * math.sqrt(15)
        assert abs((z**4).mean() - 3) * root < 4 * math.sqrt(96)


def test_numbers_of_one_word_are_unrelated_in_value_and_in_size():
    for seed in range(6):
        pairs = shocks(seed).reshape(-1, 2, 256)
        one, other = pairs[:, 0].ravel(), pairs[:, 1].ravel()
        root = math.sqrt(len(one))
        assert abs((one * other).mean()) * root < 4
        assert abs(((one**2 - 1) * (other**2 - 1)).mean()) * root / 2 < 4
        assert abs((one[1:] * one[:-1]).mean()) * root < 4


def test_tails_are_as_heavy_as_those_of_normal_numbers():
    z = np.concatenate([shocks(seed) for seed in range(6)])

    for edge, chance in ((1.6448536, 0.05), (2.3263479, 0.01), (3.0902323, 0.001)):
        error = math.sqrt(chance * (1 - chance) / len(z))
        assert abs(np.mean(z > edge) - chance) < 4 * error
        assert abs(np.mean(z < -edge) - chance) < 4 * error
