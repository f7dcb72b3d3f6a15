"""Sobol indices of functions whose indices are known, and their errors held against what they come to."""

from __future__ import annotations

import numpy as np
import pytest

from steelyard.project.indices import Pair

DRAWS = 4000


def sets(count=3, draws=DRAWS, seed=1):
    """Two independent sets of standard normal numbers, (source, draw) each."""
    luck = np.random.default_rng(seed)
    return luck.standard_normal((count, draws)), luck.standard_normal((count, draws))


def indices(function, a, b, *sources):
    """The indices of a group of sources."""
    mixed = a.copy()
    mixed[list(sources)] = b[list(sources)]
    pair = Pair.of(function(a)[None, :], function(b)[None, :])
    return [float(part[0]) for part in pair.indices([function(mixed)])]


def linear(z):
    """3 z0 + 2 z1 + z2: a variance of 9 + 4 + 1."""
    return 3 * z[0] + 2 * z[1] + z[2]


@pytest.mark.parametrize(("source", "share"), [(0, 9 / 14), (1, 4 / 14), (2, 1 / 14)])
def test_a_sum_owes_to_each_part_its_share_of_the_variance(source, share):
    """Nothing acts together in a sum, so first and total are one."""
    first, total, error, total_error = indices(linear, *sets(), source)

    assert abs(first - share) < 4 * error
    assert abs(total - share) < 4 * total_error
    assert max(error, total_error) < 0.03


def test_a_group_is_owed_what_its_parts_are_owed():
    first, total, error, total_error = indices(linear, *sets(), 0, 2)

    assert abs(first - 10 / 14) < 4 * error
    assert abs(total - 10 / 14) < 4 * total_error


def test_what_acts_only_together_is_in_the_total_alone():
    """z0 z1 has a mean of nothing at each z0, so neither explains anything alone."""
    first, total, error, total_error = indices(lambda z: z[0] * z[1], *sets(draws=40_000), 0)

    assert abs(first) < 4 * error
    assert abs(total - 1) < 4 * total_error


def test_a_part_alone_and_a_part_together_are_told_apart():
    """z0 + z0 z1: variance 2, of which z0 alone 1, both together 1, z1 alone 0."""
    a, b = sets(draws=40_000)
    mixed = [indices(lambda z: z[0] + z[0] * z[1], a, b, source) for source in (0, 1)]

    for (first, total, error, total_error), (alone, whole) in zip(
        mixed, [(0.5, 1.0), (0.0, 0.5)], strict=True
    ):
        assert abs(first - alone) < 4 * error
        assert abs(total - whole) < 4 * total_error


def test_what_does_not_enter_is_owed_nothing_and_all_of_it_everything():
    """Without it the draws are the same, and so is with all of it the other set: no sampling is in that."""
    assert indices(linear, *sets(4), 3)[1] == 0
    assert indices(linear, *sets(4), 3)[3] == 0
    assert indices(linear, *sets(), 0, 1, 2)[0] == 1
    assert indices(linear, *sets(), 0, 1, 2)[2] == 0


def test_an_amount_far_from_zero_and_its_unit_change_nothing():
    a, b = sets()
    plain = indices(linear, a, b, 0)

    assert indices(lambda z: 7e12 * (1000 + linear(z)), a, b, 0) == pytest.approx(plain, rel=1e-6)


@pytest.mark.parametrize("value", [0.0, 3.5, np.inf, np.nan])
def test_what_does_not_vary_or_is_no_number_has_no_indices(value):
    flat = np.full((1, 100), value)
    with np.errstate(invalid="ignore"):
        found = Pair.of(flat, flat).indices([flat[0]])

    assert all(np.isnan(part).all() for part in found)


def test_what_only_rounding_moves_does_not_vary():
    a, b = (1e12 + 1e-4 * z[:1] for z in sets())

    assert np.isnan(Pair.of(a, b).variance).all()


def slow(a, b, ab):
    """Jansen's estimators written again from the text of the model, number by number."""
    count = len(a)
    middle = sum(a + b) / (2 * count)
    variance = sum((one - middle) ** 2 for one in a + b) / (2 * count)
    left = sum((y - m) ** 2 for y, m in zip(b, ab, strict=True)) / (2 * count)
    moved = sum((x - m) ** 2 for x, m in zip(a, ab, strict=True)) / (2 * count)
    return 1 - left / variance, moved / variance


def test_many_cells_at_once_are_what_the_plain_version_finds_for_each():
    a, b = sets(40, 50)
    mixed = np.where(np.arange(50) % 3 == 0, a + b, a)
    found = Pair.of(a, b).indices(list(mixed))

    for cell in range(40):
        plain = slow(a[cell].tolist(), b[cell].tolist(), mixed[cell].tolist())
        assert (found.first[cell], found.total[cell]) == pytest.approx(plain, rel=1e-12)


def test_errors_are_as_large_as_what_sampling_does():
    """Of 400 runs the root mean square of misses over their stated errors is 1, give or take 0.035 itself."""
    misses = []
    for seed in range(400):
        first, total, error, total_error = indices(linear, *sets(draws=500, seed=seed), 1)
        misses.append(((first - 4 / 14) / error, (total - 4 / 14) / total_error))

    assert np.sqrt(np.mean(np.square(misses), axis=0)) == pytest.approx([1, 1], abs=0.12)
