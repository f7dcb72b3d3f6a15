"""Laws of overlay: layers may be joined in any grouping, and for each key the last one that names it wins."""

from __future__ import annotations

from functools import reduce

from hypothesis import given
from hypothesis import strategies as st

from steelyard.core.vocabulary import overlay
from tests.strategies import data_tables

layers = st.lists(data_tables(), max_size=4)


def leaves(table, path=()):
    """Every value that is no table, by its path; an empty table is a value too."""
    for key, value in table.items():
        if isinstance(value, dict) and value:
            yield from leaves(value, (*path, key))
        else:
            yield (*path, key), value


def at(table, path):
    return reduce(lambda found, key: found[key], path, table)


@given(data_tables(), data_tables(), data_tables())
def test_layers_join_in_any_grouping(a, b, c):
    """Of tables in one form, where a key holds a table in every layer or in none."""
    assert overlay(overlay(a, b), c) == overlay(a, overlay(b, c))


@given(data_tables())
def test_an_empty_layer_changes_nothing_and_nor_does_the_same_twice(a):
    assert overlay(a, {}) == overlay({}, a) == overlay(a, a) == a


@given(layers)
def test_for_each_key_the_last_layer_that_names_it_wins(tables):
    merged = reduce(overlay, tables, {})
    last = {path: value for table in tables for path, value in leaves(table) if value != {}}

    assert {path: value for path, value in leaves(merged) if value != {}} == last


@given(data_tables(), data_tables())
def test_what_a_layer_names_stands_and_what_it_does_not_name_stays(below, above):
    merged = overlay(below, above)

    assert all(at(merged, path) == value for path, value in leaves(above) if value != {})
    assert set(merged) == set(below) | set(above)


@given(data_tables(), data_tables())
def test_the_layers_themselves_are_left_as_they_were(below, above):
    before = repr((below, above))

    overlay(below, above)

    assert repr((below, above)) == before
