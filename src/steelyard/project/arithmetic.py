"""Elementary functions from sums, products, quotients and roots alone, so that no machine changes a bit.

Libraries and processors differ in the last digit of exp, log, sin and cos. IEEE 754 settles the four
operations, the square root and the fused product and sum, so what is built from them in a fixed order is the
same everywhere. The same text serves arrays here and single numbers in compiled code, where `lanes.py` has
its own version of the last four functions; only there is a product fused with its sum, so that the two differ
in the last bits.

Polynomials interpolate at Chebyshev nodes of 50 digits; the errors named are relative.
"""

from __future__ import annotations

from typing import Any

import numpy as np

# An array here, one number in compiled code.
Numbers = Any

_LOG_2 = 0.6931471805599453
_LOG_2_HIGH, _LOG_2_LOW = 0.6931471803691238, 1.9082149292705877e-10
_PER_LOG_2 = 1.4426950408889634
_ROUNDING = 6755399441055744.0  # 1.5 * 2**52: what is added to it loses its fraction
_FURTHEST = 700.0  # its exponential is at the end of what a number holds
_BIAS, _MANTISSA_BITS = np.int64(1023), np.int64(52)
_MANTISSA, _ROOT_HALF = np.int64(0x000FFFFFFFFFFFFF), np.int64(0x3FE6A09E667F3BCD)
_ONE = np.int64(0x3FF0000000000000)  # the bits of 1.0

# exp(x) for |x| <= log(2) / 2, without the leading 1: 4e-16.
_E1, _E2, _E3, _E4 = 1.0000000000000067, 0.5000000000000006, 0.16666666666554406, 0.04166666666657314
_E5, _E6, _E7 = 0.008333333385667782, 0.0013888888932488599, 0.00019841170270440067
_E8, _E9, _E10 = 2.4801504346997686e-05, 2.764018079620985e-06, 2.7626357241447223e-07
# 2 atanh(s) / s in s^2, which is log(m) for s = (m - 1) / (m + 1) and m from sqrt(1/2) to sqrt(2): 3e-16.
_L0, _L1, _L2, _L3 = 2.0000000000000004, 0.6666666666655292, 0.40000000061741614, 0.2857141602110767
_L4, _L5, _L6 = 0.22223434547517906, 0.18121934431215214, 0.16837659970680488
# sin(pi x) / x and cos(pi x) in x^2 for |x| <= 1/2: 8e-14, and 8e-13 of 1.
_S0, _S1, _S2, _S3 = 3.141592653589635, -5.167712779987959, 2.550164035906745, -0.5992644339357286
_S4, _S5, _S6 = 0.08214479467064854, -0.007364005472115722, 0.0004474920849077101
_C0, _C1, _C2, _C3 = 0.9999999999992479, -4.93480220024985, 4.0587121075374375, -1.33526231526157
_C4, _C5, _C6 = 0.2353254365877112, -0.02577631642731586, 0.0018399894372694043


def exponential(x: Numbers) -> Numbers:
    """Euler's number to the power of `x`; beyond 700 either way as at 700."""
    x = bounded(x, -_FURTHEST, _FURTHEST)
    shifted = fused(x, _PER_LOG_2, _ROUNDING)
    whole = shifted - _ROUNDING
    r = fused(whole, -_LOG_2_LOW, fused(whole, -_LOG_2_HIGH, x))
    high = fused(r, fused(r, fused(r, fused(r, fused(r, _E10, _E9), _E8), _E7), _E6), _E5)
    part = fused(r, fused(r, fused(r, fused(r, fused(r, high, _E4), _E3), _E2), _E1), 1.0)
    return part * from_bits((bits_of(shifted) + _BIAS) << _MANTISSA_BITS)


def logarithm(x: Numbers) -> Numbers:
    """The natural logarithm of `x`, which is above zero and no subnormal number."""
    offset = bits_of(x) - _ROOT_HALF
    power = (offset >> _MANTISSA_BITS) * 1.0
    m = from_bits((offset & _MANTISSA) + _ROOT_HALF)
    s = (m - 1.0) / (m + 1.0)
    t = s * s
    part = fused(t, fused(t, fused(t, fused(t, fused(t, fused(t, _L6, _L5), _L4), _L3), _L2), _L1), _L0)
    return fused(power, _LOG_2, s * part)


def sine_of_turn(x: Numbers) -> Numbers:
    """sin(pi x) for x from -1/2 to 1/2."""
    t = x * x
    return x * fused(t, fused(t, fused(t, fused(t, fused(t, fused(t, _S6, _S5), _S4), _S3), _S2), _S1), _S0)


def cosine_of_turn(x: Numbers) -> Numbers:
    """cos(pi x) for x from -1/2 to 1/2."""
    t = x * x
    return fused(t, fused(t, fused(t, fused(t, fused(t, fused(t, _C6, _C5), _C4), _C3), _C2), _C1), _C0)


def fraction_of(bits: Numbers) -> Numbers:
    """The number from 1 to 2 whose fraction has these 52 bits."""
    return from_bits(bits | _ONE)


def bits_of(x: Numbers) -> Numbers:
    """The bits of numbers as whole ones (int64)."""
    return x.view(np.int64)


def from_bits(bits: Numbers) -> Numbers:
    """The numbers that have these bits (int64)."""
    return bits.view(np.float64)


def bounded(x: Numbers, low: float, high: float) -> Numbers:
    """`x`, or the nearer end where it lies outside of `low` to `high`."""
    return np.minimum(np.maximum(x, low), high)


def fused(a: Numbers, b: Numbers, c: Numbers) -> Numbers:
    """`a` times `b` plus `c`; compiled code rounds once, arrays twice."""
    return a * b + c
