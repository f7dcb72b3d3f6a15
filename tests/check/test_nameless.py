"""A text that names one actor at most: its figures may be reconciled, and contradict nothing."""

from __future__ import annotations

import pytest

from tests.check.samples import claim, findings, growth

NOBODY = {"actor": None, "confidence": 0.67}


def verdicts(*claims):
    return [(one.verdict, one.readings[0].kind) for one in findings(*claims) if one.verdict != "derived"]


@pytest.mark.parametrize(
    ("key", "value", "kind"),
    [
        ("prices", "current", "other-prices"),
        ("status", "proposed", "other-status"),
        ("definition", "nato", "other-definition"),
    ],
)
def test_a_key_that_one_of_two_figures_leaves_open_reconciles_them(key, value, kind):
    claims = growth("4.2 %", **{key: value}, **NOBODY), growth("1 %", **NOBODY)

    assert verdicts(*claims) == [("reconciled", kind)]


def test_figures_of_nobody_contradict_nothing():
    """They may be of two countries that the vocabulary does not know."""
    assert verdicts(claim("46.1 bn USD", **NOBODY), claim("52.0 bn USD", **NOBODY)) == []


def test_the_only_actor_of_a_text_may_be_whom_a_nameless_figure_is_of():
    claims = growth("8.2 %", status="proposed", **NOBODY), growth("7.5 %")

    assert verdicts(*claims) == [("reconciled", "other-status")]


def test_who_is_named_beside_another_leaves_open_whose_nameless_figures_are():
    named = claim("46.1 bn USD"), claim("5.0 tn JPY", actor="JPN")

    assert verdicts(growth("4.2 %", prices="current", **NOBODY), growth("1 %", **NOBODY), *named) == []


def test_nameless_figures_of_two_documents_are_of_two_countries():
    assert verdicts(growth("4.2 %", prices="current", **NOBODY), growth("1 %", "other.txt", **NOBODY)) == []
