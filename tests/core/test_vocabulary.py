"""Loading the data files: overlay, layers, and every fault of every file in one go."""

from __future__ import annotations

import pickle
from datetime import date
from decimal import Decimal

import pytest

from steelyard.core import vocabulary
from steelyard.core.problems import VocabularyError
from steelyard.core.quantity import Quantity
from steelyard.core.schema import TomlFile
from steelyard.core.vocabulary import Entry, Layer, load_vocabulary, overlay, read_toml

REFERENCE = 'reference = { title = "ISO 3166-1", publisher = "ISO", date = 2020-08-01 }\n'
KOREA = f"""\
label = "South Korea"
kind = "state"
currency = "KRW"
fiscal_year_start_month = 1
{REFERENCE}
[phrases]
en = ["South Korea", "ROK"]
ko = ["한국"]

[offices.ministry]
label = "Ministry of National Defense"
phrases.en = ["defence ministry"]
"""
UNITS = """\
[USD]
label = "US dollar"
dimension = "money"
symbols = ["$", "US$"]

[KRW]
label = "South Korean won"
dimension = "money"
phrases = { en = ["won"], ko = ["원"] }

["%"]
label = "percent"
dimension = "share"
factor = 0.01
phrases.en = ["per cent"]

[billion]
label = "billion"
dimension = "scale"
factor = 1_000_000_000
phrases.en = ["bn"]
"""
STATUSES = """\
[proposed]
label = "proposed"
meaning = "Put forward."

[floor]
label = "floor"
meaning = "At least."
exact = true
"""


def write(folder, files):
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


@pytest.fixture
def packaged(tmp_path, monkeypatch):
    """A small set of packaged data, so that these tests do not hang on what the package holds today."""
    folder = write(
        tmp_path / "data", {"units.toml": UNITS, "statuses.toml": STATUSES, "actors/KOR.toml": KOREA}
    )
    monkeypatch.setattr(vocabulary, "PACKAGED", folder)
    return folder


@pytest.fixture
def load_case(packaged, tmp_path):
    """Loads the packaged data with a case's files laid over it."""

    def load(**files):
        folder = write(
            tmp_path / "case", {name.replace("__", "/") + ".toml": text for name, text in files.items()}
        )
        return load_vocabulary(Layer("case", folder))

    return load


def told(problems):
    """Code, file, line and key of each problem."""
    return [(p.code, p.origin.file.rpartition("/")[2], p.origin.line, p.origin.key) for p in problems]


# Entries


def test_packaged_entries_are_found_by_kind_and_id(packaged):
    loaded, problems = load_vocabulary()

    assert problems == []
    assert list(loaded.entries("units")) == ["USD", "KRW", "%", "billion"]
    assert list(loaded.entries("actors")) == ["KOR"]
    assert loaded.entry("actors", "KOR").label == "South Korea"
    assert loaded.label("actors", "KOR") == "South Korea"


def test_what_is_not_there_is_none_and_its_own_label(packaged):
    loaded, _ = load_vocabulary()

    assert loaded.entry("actors", "XYZ") is None
    assert loaded.entry("actors", None) is None
    assert loaded.entries("wishes") == {}
    assert loaded.label("actors", "XYZ") == "XYZ"
    assert loaded.label("actors", None) == ""


def test_an_entry_gives_its_values_by_type(packaged):
    korea = load_vocabulary()[0].entry("actors", "KOR")

    assert korea.text("kind") == "state"
    assert korea.number("fiscal_year_start_month") == 1
    assert korea.phrases("ko") == ("한국",)
    assert korea.table("offices")["ministry"]["label"] == "Ministry of National Defense"
    assert korea.table("reference")["date"] == date(2020, 8, 1)


def test_absent_keys_are_empty(packaged):
    korea = load_vocabulary()[0].entry("actors", "KOR")

    assert korea.text("currency_sign") == ""
    assert korea.texts("symbols") == ()
    assert korea.table("places") == {}
    assert korea.tables("memberships") == ()
    assert korea.phrases("en", "adjectives") == ()
    assert korea.number("factor") == 1
    assert korea.flag("exact") is False


def test_values_of_a_wrong_type_are_taken_as_absent():
    """The loader has told of them already; later steps go on without."""
    entry = Entry(
        "units", "x", {"factor": "many", "symbols": 3, "phrases": [], "exact": "yes"}, {}, TomlFile("u", "")
    )

    assert entry.number("factor") == 1
    assert entry.texts("symbols") == ()
    assert entry.phrases("en") == ()
    assert entry.tables("symbols") == ()
    assert entry.flag("exact") is False


def test_a_factor_is_an_exact_decimal(packaged):
    assert load_vocabulary()[0].entry("units", "%").number("factor") == Decimal("0.01")


def test_an_entry_without_a_label_goes_by_its_id():
    assert Entry("languages", "ko", {}, {}, TomlFile("ko.toml", "")).label == "ko"


def test_units_for_numbers_in_data_files(packaged):
    units = load_vocabulary()[0].units

    found = Quantity.as_written("46.1 bn US$", units)

    assert (found.value, found.unit) == (Decimal("46.1e9"), "USD")
    assert units.unit("Won").id == "KRW"
    assert units.unit("원").id == "KRW"
    assert units.unit("per cent").factor == Decimal("0.01")
    assert units.scales == {"billion": Decimal(10**9), "bn": Decimal(10**9)}


def test_a_vocabulary_can_be_sent_to_another_process(packaged):
    loaded, _ = load_vocabulary()

    again = pickle.loads(pickle.dumps(loaded))

    assert again.fingerprint == loaded.fingerprint
    assert again.entry("actors", "KOR").data == loaded.entry("actors", "KOR").data


# Overlay


def test_a_case_changes_single_keys_of_a_packaged_actor(load_case):
    loaded, problems = load_case(actors='[KOR]\nlabel = "Korea"\nphrases.en = ["Korea"]\n')
    korea = loaded.entry("actors", "KOR")

    assert problems == []
    assert korea.label == "Korea"
    assert korea.phrases("en") == ("Korea",)
    assert korea.phrases("ko") == ("한국",)
    assert korea.text("currency") == "KRW"


def test_a_case_changes_an_actor_in_a_file_of_its_own_too(load_case):
    loaded, problems = load_case(actors__KOR='label = "Korea"\n')

    assert problems == []
    assert loaded.entry("actors", "KOR").label == "Korea"
    assert loaded.entry("actors", "KOR").text("currency") == "KRW"


def test_a_case_adds_an_actor(load_case):
    loaded, problems = load_case(
        actors=f'[FIN]\nlabel = "Finland"\nkind = "state"\nphrases.en = ["Finland"]\n{REFERENCE}'
    )

    assert problems == []
    assert list(loaded.entries("actors")) == ["KOR", "FIN"]
    assert loaded.entry("actors", "FIN").layers["label"] == "case"


def test_each_key_remembers_the_layer_that_won_it(load_case):
    korea = load_case(actors='[KOR]\nlabel = "Korea"\n[KOR.offices.ministry]\nlabel = "MND"\n')[0].entry(
        "actors", "KOR"
    )

    assert korea.layers["label"] == "case"
    assert korea.layers["currency"] == "packaged"
    assert korea.layers["offices"] == "case"
    assert korea.table("offices")["ministry"] == {"label": "MND", "phrases": {"en": ["defence ministry"]}}


def test_the_last_of_many_layers_wins(packaged, tmp_path):
    layers = [
        Layer(name, write(tmp_path / name, {"statuses.toml": f'[floor]\nmeaning = "{name}"\n'}))
        for name in ("a", "b")
    ]

    forth = load_vocabulary(*layers)[0].entry("statuses", "floor")
    back = load_vocabulary(*reversed(layers))[0].entry("statuses", "floor")

    assert (forth.text("meaning"), forth.layers["meaning"]) == ("b", "b")
    assert (back.text("meaning"), back.layers["meaning"]) == ("a", "a")
    assert forth.layers["label"] == back.layers["label"] == "packaged"


def test_lists_are_replaced_whole_and_tables_key_by_key():
    below = {"en": ["a", "b"], "reference": {"title": "x", "date": 1}, "label": "low"}
    above = {"en": ["c"], "reference": {"date": 2}}

    assert overlay(below, above) == {"en": ["c"], "reference": {"title": "x", "date": 2}, "label": "low"}
    assert below == {"en": ["a", "b"], "reference": {"title": "x", "date": 1}, "label": "low"}


def test_an_overlay_shows_where_a_key_stands_in_its_own_file(load_case):
    korea = load_case(actors='# ours\n[KOR]\nlabel = "Korea"\n')[0].entry("actors", "KOR")

    assert str(korea.place("label")).endswith("actors.toml:3 [KOR.label]")
    assert str(korea.place("currency")) == "packaged:actors/KOR.toml:3 [currency]"
    assert str(korea.place()).endswith("actors.toml:2 [KOR]")


# The fingerprint


def test_the_fingerprint_follows_every_file(load_case, packaged):
    before = load_case(statuses='[floor]\nmeaning = "A floor."\n')[0].fingerprint
    same = load_case(statuses='[floor]\nmeaning = "A floor."\n')[0].fingerprint
    changed = load_case(statuses='[floor]\nmeaning = "A floor!"\n')[0].fingerprint
    write(packaged, {"units.toml": UNITS + "\n# more\n"})

    assert before == same
    assert len({before, changed, load_case()[0].fingerprint}) == 3


def test_two_broken_files_have_two_fingerprints(load_case):
    assert load_case(statuses="[")[0].fingerprint != load_case(statuses="[[")[0].fingerprint


# Faults


def test_all_faults_of_all_files_are_told_at_once(load_case):
    _, problems = load_case(
        statuses='[floor]\nmeening = "x"\n\n[ceiling]\nlabel = "ceiling"\n',
        units='[EUR]\nlabel = 3\ndimension = "money"\n',
        actors='[KOR]\ncurrency = "KRV"\n',
        definitions="[nato\n",
    )

    assert told(problems) == [
        ("unknown-id", "actors.toml", 2, "KOR.currency"),
        ("broken-toml", "definitions.toml", 1, ""),
        ("unknown-key", "statuses.toml", 2, "floor.meening"),
        ("missing-key", "statuses.toml", 4, "ceiling"),
        ("wrong-type", "units.toml", 2, "EUR.label"),
    ]
    assert problems[0].hint == "Did you mean 'KRW'?"
    assert problems[2].hint == "Did you mean 'meaning'?"


def test_good_entries_are_there_in_spite_of_bad_ones(load_case):
    loaded, _ = load_case(statuses="broken", units='[EUR]\nlabel = "euro"\ndimension = "money"\n')

    assert loaded.units.unit("EUR").dimension == "money"
    assert loaded.entry("statuses", "floor").flag("exact")


def test_a_fault_is_told_of_the_file_that_made_it(packaged, tmp_path):
    """Not of the file that changed another key of the same entry later."""
    case = write(tmp_path / "case", {"actors.toml": '[KOR]\ncurrency = "KRV"\n'})
    scenario = write(tmp_path / "scenario", {"actors.toml": '\n\n[KOR]\nlabel = "Korea"\n'})

    _, problems = load_vocabulary(Layer("case", case), Layer("scenario", scenario))

    assert [(p.code, p.origin.file, p.origin.line) for p in problems] == [
        ("unknown-id", str(case / "actors.toml"), 2)
    ]


def test_one_id_in_two_files_of_a_layer_is_a_fault(load_case):
    """Which of the two would win is chance."""
    _, problems = load_case(actors='[KOR]\nlabel = "Korea"\n', actors__KOR='label = "Corea"\n')

    assert [problem.code for problem in problems] == ["duplicate-id"]
    assert "KOR" in problems[0].message


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param('[floor]\nlabel = "floor\n', 2, id="a quote left open"),
        pytest.param("[floor]\nlabel\n", 2, id="a key without a value"),
        pytest.param("[floor]\nlabel = floor\n", 2, id="a text without quotes"),
        pytest.param("[floor]\nexact = [1,\n", 2, id="a list left open at the end"),
        pytest.param('[floor]\nlabel = "a"\nlabel = "b"\n', 3, id="a key given twice"),
        pytest.param("[floor]\nsince = 2026-13-40\n", 2, id="no such date"),
        pytest.param("\n\n[floor\n", 3, id="a heading left open"),
    ],
)
def test_broken_toml_is_told_with_its_line(load_case, text, line):
    _, (problem,) = load_case(statuses=text)

    assert (problem.code, problem.origin.line) == ("broken-toml", line)
    assert problem.origin.excerpt == text.split("\n")[line - 1]
    assert 1 <= problem.origin.column <= len(problem.origin.excerpt) + 1


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("[floor]\nx = " + "9" * 5000, id="digits"),
        pytest.param("x = " + "[" * 5000, id="brackets"),
    ],
)
def test_toml_beyond_all_reason_is_a_problem_too(load_case, text):
    _, (problem,) = load_case(statuses=text)

    assert problem.code == "broken-toml"


def test_a_file_that_is_no_utf8_is_told(load_case):
    _, problems = load_case(statuses='[floor]\nlabel = "plafond élevé"\n'.encode("latin-1"))

    assert [(p.code, p.hint) for p in problems] == [("not-text", "Save it as UTF-8.")]


def test_a_byte_order_mark_does_no_harm(load_case):
    loaded, problems = load_case(statuses='\ufeff[floor]\nlabel = "lower limit"\n')

    assert problems == []
    assert loaded.label("statuses", "floor") == "lower limit"


def test_a_folder_in_place_of_a_file_is_a_problem(load_case, tmp_path):
    (tmp_path / "case" / "actors" / "JPN.toml").mkdir(parents=True)

    _, problems = load_case()

    assert [problem.code for problem in problems] == ["unreadable"]


def test_a_value_outside_any_entry_is_told(load_case):
    _, problems = load_case(statuses='label = "floor"\n\n[floor]\nmeaning = "x"\n')

    assert told(problems) == [("unknown-key", "statuses.toml", 1, "label")]
    assert problems[0].hint == "Write it below a heading such as [label]."


def test_a_missing_folder_is_an_empty_layer(packaged, tmp_path):
    loaded, problems = load_vocabulary(Layer("case", tmp_path / "nowhere"))

    assert problems == []
    assert list(loaded.entries("actors")) == ["KOR"]


def test_broken_packaged_data_raise_with_all_their_faults(packaged):
    write(packaged, {"statuses.toml": '[floor]\nlabel = "floor"\n', "units.toml": UNITS + "colour = 3\n"})

    with pytest.raises(VocabularyError) as raised:
        load_vocabulary()

    assert [(p.code, p.origin.file) for p in raised.value.problems] == [
        ("missing-key", "packaged:statuses.toml"),
        ("unknown-key", "packaged:units.toml"),
    ]


def test_a_case_that_breaks_a_packaged_entry_is_a_problem_of_the_case(load_case):
    """It must not raise: that would say that the package is broken."""
    _, problems = load_case(actors='[KOR]\nphrases = "Korea"\n')

    assert told(problems) == [("wrong-type", "actors.toml", 2, "KOR.phrases")]


# Reading one file


def test_a_file_that_is_not_there_is_a_problem(tmp_path):
    file, table, problems = read_toml(tmp_path / "case.toml", "case.toml")

    assert (file, table) == (TomlFile("case.toml", ""), {})
    assert [(p.code, p.origin.file) for p in problems] == [("unreadable", "case.toml")]
