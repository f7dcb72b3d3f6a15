"""Monte Carlo error: how far a number from so many draws may be from that of all draws, and its digits.

Errors are standard errors, in the unit of the number. A quantile's is half the distance between the quantiles
that lie one binomial standard deviation to either side, which supposes nothing of how the numbers are spread
(Serfling, Approximation Theorems of Mathematical Statistics, 1980, section 2.6; Conover, Practical
Nonparametric Statistics, 1999, section 3.2). A chance's is sqrt(p (1 - p) / n), by the interval of Wilson
(1927), which leaves a chance of 0 or 1 an error too.

A number is printed up to the first digit of its error and no further: the digit behind that is hardly more
often right than a random one, and to round there adds at most some four percent to the error (Song and
Schmeiser, Omitting meaningless digits: analyzing LDR(1), the standard leading-digit rule, Winter Simulation
Conference, 2009). What is kept in files has more digits, and its error beside it.
"""

from __future__ import annotations

from math import floor, log10, sqrt

STILL = 1e-9  # of a number: what differs by less does not vary
DIGITS = 6  # significant digits of what has no error
_KEPT = 8  # significant digits kept of what has one
_BEYOND = 1e300  # what is larger is of no economy, and may be too large to be rounded
_OF_ERROR = 3  # significant digits of an error


def chance_error(chance: float, draws: int) -> float:
    """How far a chance, found in so many draws, is from the farther end of Wilson's interval of one standard
    deviation.

    In the middle that is sqrt(p (1 - p) / n) but for a part of 1 / n; for 0 and 1 it is 1 / (n + 1).

    >>> round(chance_error(0.5, 10_000), 6), round(chance_error(0.0, 9_999), 6)
    (0.005, 0.0001)
    """
    half = sqrt(chance * (1 - chance) / draws + 1 / (4 * draws**2))
    return (half + abs(0.5 - chance) / draws) / (1 + 1 / draws)


def rank_error(probability: float, draws: int) -> float:
    """The binomial standard deviation of the part of so many draws that lies below a quantile."""
    return sqrt(probability * (1 - probability) / draws)


def last_place(error: float) -> int:
    """The power of ten of the last digit that an error leaves: that of its own first digit.

    >>> last_place(31000000.0), last_place(0.17)
    (7, -1)
    """
    return floor(log10(error))


def cut(value: float, error: float) -> float:
    """`value` without the digits that a standard error makes meaningless; six significant digits where it is
    zero.

    >>> cut(128412345678.0, 31000000.0)
    128410000000.0
    >>> cut(2.4218, 0.0)
    2.4218
    """
    if not value or not abs(value) < _BEYOND:
        return value or 0.0
    place = last_place(abs(value)) - DIGITS + 1
    if error > 0:
        place = max(place, last_place(error))
    return float(round(value, -place))


def kept(value: float, error: float) -> float:
    """`value` with eight significant digits, or those that its error would have where that is larger; six
    where there is none.

    >>> kept(128412345678.0, 31000000.0), kept(0.000123456789, 3.1)
    (128412350000.0, 0.0001235)
    """
    if not value or not abs(value) < _BEYOND or not error > 0:
        return cut(value, 0.0)
    place = last_place(max(abs(value), error)) - _KEPT + 1
    return float(round(value, -place)) + 0.0


def told(error: float) -> float:
    """An error as it stands in files: three significant digits."""
    return cut(error, error / 10 ** (_OF_ERROR - 1))
