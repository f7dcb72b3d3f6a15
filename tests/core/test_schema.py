"""Holding a table of a data file against its form: every fault, each with its line and a remedy."""

from __future__ import annotations

import tomllib
from datetime import date, datetime

import pytest

from steelyard.core.forms import SCHEMAS
from steelyard.core.schema import Field, TomlFile, check_table, has_kind, nearest

MEASURES = """\
# What can be measured.
[gdp]
label = "Gross domestic product"
dimension = "money"

[gdp.items.nominal]
label = "At current prices"
phrases = { en = ["nominal GDP"], ko = ["명목"] }

["% of GDP"]
label = "percent of gdp"
examples = [
  { text = "a", quote = "b" },
  { text = "c", quot = "d" },
]

[[decompositions]]
actor = "KOR"

[troops]
offices.ministry.label = "Ministry"
reference = { title = "gdp", publisher = "NATO" }
"""


# Finding the line


@pytest.mark.parametrize(
    ("path", "line"),
    [
        pytest.param(("gdp",), 2, id="an entry"),
        pytest.param(("gdp", "dimension"), 4, id="a key"),
        pytest.param(("gdp", "items"), 6, id="a table that stands in the heading of another"),
        pytest.param(("gdp", "items", "nominal", "label"), 7, id="a key of an inner table"),
        pytest.param(("gdp", "items", "nominal", "phrases", "ko"), 8, id="a key in braces"),
        pytest.param(("% of GDP", "label"), 11, id="an id in quotes"),
        pytest.param(("% of GDP", "examples", "quot"), 14, id="a key of a list of tables"),
        pytest.param(("decompositions", "actor"), 18, id="an array of tables"),
        pytest.param(("troops", "offices", "ministry", "label"), 21, id="a dotted key"),
        pytest.param(("troops", "reference", "publisher"), 22, id="a key in braces, second"),
        pytest.param(("gdp", "nowhere"), 2, id="a key that is not there has the line of its entry"),
        pytest.param(("nowhere", "label"), 0, id="an entry that is not there has no line"),
        pytest.param((), 0, id="the file as a whole"),
    ],
)
def test_the_line_of_a_key_is_found(path, line):
    place = TomlFile("measures.toml", MEASURES).place(*path)

    assert (place.file, place.line, place.key) == ("measures.toml", line, ".".join(path))


def test_a_file_of_one_entry_has_its_keys_at_the_top():
    file = TomlFile("KOR.toml", 'label = "Korea"\n\n[phrases]\nen = ["Korea"]\n')

    assert file.place("label").line == 1
    assert file.place("phrases", "en").line == 4


# Kinds of values


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("text", "trillion"),
        ("text", ""),
        ("number", 10),
        ("number", 0.01),
        ("number", -3),
        ("flag", False),
        ("date", date(2026, 1, 23)),
        ("texts", []),
        ("texts", ["US", "U.S."]),
        ("phrases", {"en": ["won"], "ko": ["원"]}),
        ("table", {}),
        ("tables", [{"text": "a"}]),
        ("map", {"ministry": {"label": "b"}}),
        ("any", object()),
    ],
)
def test_a_value_of_its_kind_is_taken(kind, value):
    assert has_kind(value, kind)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        pytest.param("text", 3, id="a number for a text"),
        pytest.param("number", "3", id="a text for a number"),
        pytest.param("number", True, id="a flag for a number"),
        pytest.param("number", float("nan"), id="nan"),
        pytest.param("number", float("inf"), id="infinity"),
        pytest.param("number", 10**400, id="a number that no float holds"),
        pytest.param("flag", 1, id="a number for a flag"),
        pytest.param("date", "2026-01-23", id="a text for a date"),
        pytest.param("date", datetime(2026, 1, 23, 10), id="a time of day for a date"),
        pytest.param("texts", "won", id="a text for a list"),
        pytest.param("texts", ["won", 3], id="a number in a list of texts"),
        pytest.param("texts", ["won", ""], id="an empty text would be found everywhere"),
        pytest.param("texts", [" "], id="a blank would be found everywhere"),
        pytest.param("phrases", {"en": "won"}, id="a text for a list of phrases"),
        pytest.param("phrases", ["won"], id="phrases without a language"),
        pytest.param("table", [], id="a list for a table"),
        pytest.param("tables", {}, id="a table for a list"),
        pytest.param("tables", [[]], id="a list of lists"),
        pytest.param("map", {"label": "b"}, id="a text for an inner table"),
    ],
)
def test_a_value_of_another_kind_is_not(kind, value):
    assert not has_kind(value, kind)


# Checking a table

FORM = {
    "label": Field(required=True),
    "dimension": Field(choices=("money", "share", "person")),
    "units": Field("texts"),
    "since": Field("date"),
    "actor": Field(refers="actors"),
    "reference": Field("table", inner={"title": Field(required=True), "publisher": Field(required=True)}),
    "examples": Field("tables", inner={"text": Field(required=True)}),
    "items": Field("map", inner={"label": Field(required=True)}),
}
KNOWN = {"actors": {"KOR": None, "USA": None, "JPN": None}}


def faults(text, form=FORM):
    """Code, line and hint of each fault of the entry [gdp] of a file."""
    file = TomlFile("measures.toml", text)
    found = check_table(tomllib.loads(text)["gdp"], form, file, ("gdp",), KNOWN)
    return [(problem.code, problem.origin.line, problem.hint) for problem in found]


def test_a_table_in_its_form_has_no_fault():
    text = (
        '[gdp]\nlabel = "GDP"\ndimension = "money"\nactor = "KOR"\n[gdp.items.nominal]\nlabel = "Nominal"\n'
    )

    assert faults(text) == []


@pytest.mark.parametrize(
    ("text", "code", "line", "hint"),
    [
        pytest.param('labell = "x"', "unknown-key", 3, "Did you mean 'label'?", id="a wrong key"),
        pytest.param('dimension = "mony"', "unknown-choice", 3, "Did you mean 'money'?", id="a wrong choice"),
        pytest.param(
            'dimension = "beauty"', "unknown-choice", 3, "Known: money, person, share.", id="no near choice"
        ),
        pytest.param('actor = "KOP"', "unknown-id", 3, "Did you mean 'KOR'?", id="a wrong id"),
        pytest.param('actor = "Atlantis"', "unknown-id", 3, "Known: JPN, KOR, USA.", id="no near id"),
        pytest.param("actor = 3", "wrong-type", 3, "Expected text in quotes.", id="a number for an id"),
        pytest.param(
            'units = "USD"', "wrong-type", 3, "Expected a list of texts, none of them empty.", id="no list"
        ),
        pytest.param('since = "2026"', "wrong-type", 3, "Expected a date such as 2026-01-23.", id="no date"),
        pytest.param(
            'reference = { titel = "x", title = "y", publisher = "z" }',
            "unknown-key",
            3,
            "Did you mean 'title'?",
            id="a wrong key in braces",
        ),
        pytest.param(
            'reference = { title = "x" }',
            "missing-key",
            3,
            "It holds text in quotes.",
            id="a missing key in braces",
        ),
        pytest.param(
            'examples = [ { text = "" } ]', "missing-key", 3, "It holds text in quotes.", id="an empty text"
        ),
        pytest.param("[gdp.items.real]\n", "missing-key", 3, "It holds text in quotes.", id="an inner table"),
    ],
)
def test_each_fault_has_its_line_and_a_remedy(text, code, line, hint):
    assert faults(f'[gdp]\nlabel = "GDP"\n{text}\n') == [(code, line, hint)]


def test_a_missing_key_has_the_line_of_its_entry():
    assert faults('# measures\n\n[gdp]\ndimension = "money"\n') == [
        ("missing-key", 3, "It holds text in quotes.")
    ]


def test_all_faults_are_told_at_once():
    text = '[gdp]\nlabel = 3\ncolour = "red"\ndimension = "mony"\nactor = "KOP"\nreference = { url = "x" }\n'

    assert [(code, line) for code, line, _ in faults(text)] == [
        ("wrong-type", 2),
        ("unknown-key", 3),
        ("unknown-choice", 4),
        ("unknown-id", 5),
        ("unknown-key", 6),
        ("missing-key", 6),
        ("missing-key", 6),
    ]


def test_a_star_lets_any_other_key_pass():
    assert (
        faults('[gdp]\nlabel = "GDP"\ncolour = "red"\n', {"label": Field(required=True), "*": Field("any")})
        == []
    )


def test_a_long_value_is_cut_in_the_message():
    text = f'[gdp]\nlabel = "GDP"\nsince = "{"x" * 1000}"\n'
    file = TomlFile("measures.toml", text)

    (problem,) = check_table(tomllib.loads(text)["gdp"], FORM, file, ("gdp",), KNOWN)

    assert len(problem.message) < 80


def test_the_nearest_word_is_offered_or_a_list_that_is_cut_where_long():
    many = tuple(f"country-{number}" for number in range(30))

    assert nearest("denfence", ("defence", "growth")) == "Did you mean 'defence'?"
    assert nearest("xyz", ("growth", "defence", "*")) == "Known: defence, growth."
    assert nearest("xyz", many).endswith("country-4 and 5 more.")
    assert nearest("xyz", ()) == ""


# The forms themselves


@pytest.mark.parametrize("kind", ["measures", "identities", "postures", "parameters"])
def test_measures_identities_postures_and_parameters_must_name_their_source(kind):
    form = SCHEMAS[kind]
    reference = form["values"].inner["reference"] if kind == "parameters" else form["reference"]

    assert reference.required
    assert {key for key, field in reference.inner.items() if field.required} == {"title", "publisher", "date"}


def every_field(form):
    for field in form.values():
        yield field
        if field.inner:
            yield from every_field(field.inner)


def test_every_reference_to_another_kind_names_a_kind_there_is():
    named = {field.refers for form in SCHEMAS.values() for field in every_field(form) if field.refers}

    assert named <= set(SCHEMAS)
