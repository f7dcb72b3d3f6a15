"""The two source articles, scored against claims worked out by hand; the floors may rise, not fall."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from steelyard.gather import gather_paths
from tests.accuracy.score import load_gold, score

# Article A carries no date of its own; article B carries this one.
READ_ON = date(2026, 1, 24)


@cache
def gathered(folder):
    return gather_paths(sorted(str(path) for path in (folder / "seeds").glob("*.txt")), day=READ_ON)


@pytest.fixture(scope="module")
def articles(shared):
    return gathered(shared)


@pytest.fixture(scope="module")
def figures(shared, articles):
    return score(load_gold(shared / "gold" / "seeds.jsonl", "figure"), articles.ledger)


def test_intervals_and_units_are_right_on_all_figures_but_one(figures):
    assert figures.claims == 17
    assert figures.interval >= 16, figures.missed


def test_measure_actor_and_statistic_are_right_on_twelve_figures(figures):
    assert figures.subject >= 12, figures.missed


def test_every_offset_leads_to_its_quotation(articles):
    texts = {document.name: document.text for document in articles.documents}

    for claim in articles.ledger:
        text = texts[claim.document]
        assert text[claim.start : claim.end] == claim.quote
        assert claim.sentence_start <= claim.start < claim.end <= claim.sentence_end


def test_ids_tell_the_claims_apart(articles):
    assert len({claim.id for claim in articles.ledger}) == len(articles.ledger)


@pytest.mark.parametrize("kind", ["role", "statement"])
def test_roles_and_statements_are_found(shared, articles, kind):
    """Whoever bears the responsibility is the point of both articles: three in four must be found."""
    result = score(load_gold(shared / "gold" / "seeds.jsonl", kind), articles.ledger)

    assert 4 * result.read >= 3 * result.claims, result.missed
