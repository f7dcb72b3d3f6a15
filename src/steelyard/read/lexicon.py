"""The lexicon: the vocabulary as the reader needs it for one language, made once and used for every document.

It holds one index of all phrases, the patterns for numerals, and the cue words of the language's data file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from steelyard.core.vocabulary import Entry, Vocabulary
from steelyard.read.completed import completed
from steelyard.read.mentions import Meaning, Words, words_of
from steelyard.read.myriads.particles import GluedIndex
from steelyard.read.phrase_index import PhraseIndex

CUE_TABLES = {
    "direction": (
        "up",
        "down",
        "by",
        "additional",
        "gap",
        "rank",
        "amounts",
        "than",
        "beyond",
        "short",
        "compared",
    ),
    "aggregation": (
        "yearly",
        "average",
        "cumulative",
        "of_which",
        "including",
        "together",
        "on_top_of",
        "span",
        "rate",
    ),
    "deciding": ("verbs", "parliaments", "cabinets"),
    "places": (
        *("hosts", "in", "from", "seller", "others", "others_adjectives", "buys", "gives", "regions"),
        "troops",
    ),
    "prices": ("constant", "current", "of_years"),
    "basis": ("appropriation", "outlay"),
    "edition": ("earlier", "later"),
    "generic": ("own", "government", "alliance", "document"),
    "speech": ("verbs", "according", "pronouns"),
    "modality": ("can", "should", "must", "will", "would"),
    "negation": ("subjects", "words", "denials"),
    "conditions": ("words",),
    "periods": ("by", "now", "next", "last", "base_last", "year_before", "year_after", "all_told"),
    "roles": (
        *("lead", "shared", "support", "role_of", "noun", "leads", "answers", "supports", "shares", "relies"),
        *("shared_by", "passes", "duty", "led_by", "backed_by", "no_part"),
    ),
}


# Kinds of phrases, and tables of cue words, that are asked for where no figure stands: who says or does what,
# and what the text is on. All others are joined to figures.
KINDS_WITHOUT_FIGURES = frozenset(
    (
        *("definition", "actor", "document", "function", "generic_office", "negation:words"),
        *("generic:document", "generic:government"),
    )
)
NAMES_OF_DATES = ("months", "weekdays")
TABLES_WITHOUT_FIGURES = frozenset(("conditions", "modality", "roles", "setting", "speech"))


@dataclass(frozen=True, eq=False)
class Lexicon:
    """What the passes of the reader look up.

    The vocabulary, one language's entry and the index of phrases; `index_without_figures` holds only those
    that are asked for in a sentence without a figure.
    """

    vocabulary: Vocabulary
    language: Entry
    index: PhraseIndex
    index_without_figures: PhraseIndex
    abbreviations: frozenset[str]

    @cached_property
    def words(self) -> Callable[[str, str], frozenset[str]]:
        """Gives a list of cue words of the language's data file, by table and key, in lower case."""
        return lru_cache(maxsize=None)(self._word_list)

    def _word_list(self, table: str, key: str) -> frozenset[str]:
        return frozenset(text.casefold() for text in _texts(self.language.table(table).get(key)))

    @cached_property
    def words_of_taking(self) -> frozenset[str]:
        """Single words of the verbs by which an actor takes a responsibility."""
        return frozenset(word for phrase in self.words("roles", "takes") for word in phrase.split())

    @cached_property
    def words_of_taking_part(self) -> frozenset[str]:
        """The same, and those of the verbs by which it takes a share of one."""
        return self.words_of_taking | self.words("roles", "share_verbs")

    @cached_property
    def words_of_bearing(self) -> frozenset[str]:
        """Single words that may stand between an actor and the responsibility that it bears."""
        tables = (("negation", "words"), *(("modality", key) for key in CUE_TABLES["modality"]))
        words = {word for table in tables for phrase in self.words(*table) for word in phrase.split()}
        return frozenset(words | self.words_of_taking | self.words("roles", "fillers"))

    @cached_property
    def last_words_of_excepting(self) -> frozenset[str]:
        """The last words of phrases such as "other than", right before the name that they except."""
        phrases = self.words("grammar", "excepting")
        return frozenset(word for phrase in phrases for word in phrase.split()[-1:])

    @cached_property
    def alliances(self) -> frozenset[str]:
        """The ids of the actors that are alliances."""
        actors = self.vocabulary.entries("actors").values()
        return frozenset(actor.id for actor in actors if actor.text("kind") == "alliance")

    @cached_property
    def adjectives(self) -> Mapping[str, frozenset[str]]:
        """The adjectives of each actor, as they are written."""
        actors = self.vocabulary.entries("actors").values()
        return {actor.id: frozenset(actor.phrases(self.language.id, "adjectives")) for actor in actors}

    @cached_property
    def actors_by_currency(self) -> Mapping[str, str]:
        """The only state that a currency is of; those that others reckon in too are left out."""
        actors = [a for a in self.vocabulary.entries("actors").values() if a.text("currency")]
        counts = Counter(actor.text("currency") for actor in actors)
        units = self.vocabulary.entries("units")
        return {
            currency: actor.id
            for actor in actors
            if counts[currency := actor.text("currency")] == 1 and not units[currency].flag("international")
        }

    @cached_property
    def times(self) -> frozenset[str]:
        """The names of months and of the days of the week, in lower case."""
        names = (name for table in NAMES_OF_DATES for name in self.mapping(table))
        return frozenset(str(name).casefold() for name in names)

    @property
    def unit_words(self) -> frozenset[str]:
        """All words of the language that stand after a number: units and scale words."""
        units = self.vocabulary.entries("units").values()
        return frozenset(word for unit in units for word in unit.phrases(self.language.id))

    @cached_property
    def units_of_a_whole(self) -> frozenset[str]:
        """The units of shares that say of what they are, as "% of GDP" does."""
        units = self.vocabulary.entries("units").values()
        return frozenset(unit.id for unit in units if unit.text("extends"))

    @cached_property
    def denominators(self) -> frozenset[str]:
        """The measures of which shares are taken; they are named in words of their own or not meant."""
        measures = self.vocabulary.entries("measures").values()
        return frozenset(text for measure in measures if (text := measure.text("denominator")))

    @cached_property
    def shares(self) -> Mapping[str, Entry]:
        """The share measures, by their own ids and by those of the measures that are their bases."""
        shares: dict[str, Entry] = {}
        for measure in self.vocabulary.entries("measures").values():
            if base := measure.text("base_measure"):
                shares.setdefault(measure.id, measure)
                shares.setdefault(base, measure)
        return shares

    @cached_property
    def units_of_shares(self) -> Mapping[str, str]:
        """The unit in which each share measure is told."""
        return {share.id: units[0] for share in self.shares.values() if (units := share.texts("units"))}

    @cached_property
    def located(self) -> Mapping[str, str]:
        """Measures of troops, each with the one that counts them at another actor."""
        measures = self.vocabulary.entries("measures").values()
        abroad = {measure.id: there for measure in measures if (there := measure.text("located"))}
        return {there: there for there in abroad.values()} | abroad

    @cached_property
    def units_by_measure(self) -> Mapping[str, frozenset[str]]:
        """The units in which each measure is told."""
        measures = self.vocabulary.entries("measures").values()
        return {measure.id: frozenset(measure.texts("units")) for measure in measures}

    @cached_property
    def statuses_that_carry(self) -> frozenset[str]:
        """The standings that hold for the sentences that follow too."""
        statuses = self.vocabulary.entries("statuses").values()
        return frozenset(status.id for status in statuses if status.flag("carries"))

    @cached_property
    def statuses_of_cabinets(self) -> frozenset[str]:
        """The standings that a cabinet gives by deciding: what it puts before a parliament."""
        statuses = self.vocabulary.entries("statuses").values()
        return frozenset(status.id for status in statuses if status.flag("by_cabinets"))

    @cached_property
    def cues_follow(self) -> bool:
        """Whether verbs and other cue words stand after what they govern, as in Korean and Japanese."""
        return self.language.flag("cues_follow")

    def words_in(self, text: str, start: int, end: int, stops: Sequence[int] = ()) -> Words:
        """The words and marks of a span; `stops` are the ends of its figures, after which particles stand."""
        if isinstance(self.index, GluedIndex):
            return self.index.cut(text, start, end, stops)
        return words_of(text, start, end)

    def mapping_of(self, table: str, key: str) -> Mapping[str, object]:
        """A table within a table of the language's data file, empty where it has none."""
        inner = self.language.table(table).get(key)
        return inner if isinstance(inner, dict) else {}

    @cached_property
    def measures_by_unit(self) -> Mapping[str, Entry]:
        """The measures that a unit tells by itself, by that unit."""
        measures = self.vocabulary.entries("measures").values()
        return {
            unit: measure
            for measure in measures
            if measure.flag("by_unit")
            for unit in measure.texts("units")
        }

    @cached_property
    def measures_of_units(self) -> frozenset[str]:
        """The measures that some unit tells by itself."""
        return frozenset(measure.id for measure in self.measures_by_unit.values())

    @cached_property
    def measures_by_setting(self) -> Mapping[str, Entry]:
        """The measures that a figure can be of by what the text is on, by the kind of such mentions."""
        measures = self.vocabulary.entries("measures").values()
        language = self.language.id
        return {f"setting:{m.id}": m for m in measures if m.phrases(language, "settings")}

    @cached_property
    def settings(self) -> frozenset[str]:
        """The kinds of mentions of what a text is on."""
        return frozenset(self.measures_by_setting)

    @cached_property
    def heads(self) -> Mapping[str, frozenset[str]]:
        """The nouns that mean a measure along with a word of its setting, by the kind of that setting."""
        return self._by_setting("heads")

    @cached_property
    def bare_heads(self) -> Mapping[str, frozenset[str]]:
        """The nouns that mean a measure in a text on its setting, by the kind of that setting."""
        return self._by_setting("bare_heads")

    def _by_setting(self, key: str) -> Mapping[str, frozenset[str]]:
        lists = {kind: m.phrases(self.language.id, key) for kind, m in self.measures_by_setting.items()}
        return {kind: frozenset(map(str.casefold, words)) for kind, words in lists.items() if words}

    def dimension_of(self, measure: str | None) -> str | None:
        """The dimension of a measure, or None where there is no such measure."""
        return self._dimensions.get(measure or "")

    @cached_property
    def _dimensions(self) -> Mapping[str, str]:
        measures = self.vocabulary.entries("measures").values()
        return {measure.id: measure.text("dimension") for measure in measures}

    def mapping(self, table: str) -> Mapping[str, object]:
        """A table of the language's data file, such as its number words."""
        return self.language.table(table)


_MADE: dict[tuple[str, str], Lexicon] = {}


def lexicon_for(vocabulary: Vocabulary, language: str = "en") -> Lexicon:
    """The lexicon of a vocabulary in a language, made on first use and kept.

    Raises:
        ValueError: there is no such language in the vocabulary.
    """
    key = (vocabulary.fingerprint, language)
    if key not in _MADE or not vocabulary.fingerprint:
        _MADE[key] = _build(vocabulary, language)
    return _MADE[key]


def _build(vocabulary: Vocabulary, language: str) -> Lexicon:
    entry = vocabulary.entry("languages", language)
    if entry is None:
        raise ValueError(f"no language {language!r}; known: {', '.join(vocabulary.entries('languages'))}")
    entry = completed(entry, vocabulary)
    index = _index_for(entry)
    _add_actors(index, vocabulary, language)
    _add_measures(index, vocabulary, language)
    _add_documents(index, vocabulary, language)
    for status in vocabulary.entries("statuses").values():
        index.add(status.phrases(language), Meaning("status", status.id))
        for key in ("governs", "governs_shares", "governs_past", "follows"):
            index.add(status.phrases(language, key), Meaning(key, status.id))
    for function in vocabulary.entries("functions").values():
        index.add(function.phrases(language), Meaning("function", function.id, function.label))
    for definition in vocabulary.entries("definitions").values():
        index.add(definition.phrases(language), Meaning("definition", definition.id))
        index.add(definition.phrases(language, "again"), Meaning("definition_again", definition.id))
    if not isinstance(index, GluedIndex):  # languages that glue words together mark their dates in other ways
        _add_dates(index, entry)
    for table, keys in CUE_TABLES.items():
        for key in keys:
            index.add(_texts(entry.table(table).get(key)), Meaning(f"{table}:{key}", key))
    abbreviations = frozenset(word.casefold() for word in entry.texts("abbreviations"))
    return Lexicon(vocabulary, entry, index, index.of_kinds(_is_asked_without_figures), abbreviations)


@cache
def _is_asked_without_figures(kind: str) -> bool:
    """Whether phrases of a kind are of use in a sentence without a figure."""
    return kind in KINDS_WITHOUT_FIGURES or kind.partition(":")[0] in TABLES_WITHOUT_FIGURES


def _index_for(language: Entry) -> PhraseIndex:
    """An empty index, of the kind that the language's words need."""
    glued = language.texts("particles")
    return GluedIndex(glued, language.texts("suffixes")) if glued else PhraseIndex()


def _add_actors(index: PhraseIndex, vocabulary: Vocabulary, language: str) -> None:
    """Names, capitals, adjectives, offices and persons, each with the actor that they stand for."""
    for actor in vocabulary.entries("actors").values():
        for key, form in (("phrases", "name"), ("places", "place"), ("adjectives", "adjective")):
            index.add(actor.phrases(language, key), Meaning("actor", form, actor.label, actor.id))
        for office in actor.table("offices").values():
            label = str(office.get("label", "")) if isinstance(office, dict) else ""
            index.add(phrases_in(office, "phrases", language), Meaning("actor", "office", label, actor.id))
            index.add(phrases_in(office, "generic", language), Meaning("generic_office", "office"))
        for person in actor.table("persons").values():
            label = str(person.get("label", "")) if isinstance(person, dict) else ""
            index.add(phrases_in(person, "phrases", language), Meaning("actor", "person", label, actor.id))


def _add_measures(index: PhraseIndex, vocabulary: Vocabulary, language: str) -> None:
    """Measures, their items, and bodies of troops whose name tells actor and location."""
    for measure in vocabulary.entries("measures").values():
        index.add(measure.phrases(language), Meaning("measure", measure.id, measure.label))
        index.add(measure.phrases(language, "settings"), Meaning(f"setting:{measure.id}", measure.id))
        for identifier, item in measure.table("items").items():
            label = str(item.get("label", "")) if isinstance(item, dict) else ""
            index.add(
                phrases_in(item, "phrases", language), Meaning("item", f"{measure.id}:{identifier}", label)
            )
        for group in measure.table("groups").values():
            if isinstance(group, dict):
                meaning = Meaning(
                    "measure", measure.id, str(group["label"]), str(group["actor"]), str(group["location"])
                )
                index.add(phrases_in(group, "phrases", language), meaning)


def _add_documents(index: PhraseIndex, vocabulary: Vocabulary, language: str) -> None:
    """Documents that speak in their own name, as postures do."""
    for posture in vocabulary.entries("postures").values():
        actor = posture.text("speaker_actor") or None
        index.add(posture.phrases(language), Meaning("document", posture.id, posture.label, actor))


def _add_dates(index: PhraseIndex, language: Entry) -> None:
    """The words of dates by the keys of `[periods]`; those that stand for a number have it as their id."""
    tables = {**language.table("periods"), **{key: language.table(key) for key in NAMES_OF_DATES}}
    for key, phrases in tables.items():
        if isinstance(phrases, Mapping):
            for phrase, value in phrases.items():
                index.add([phrase], Meaning(key, str(value)))
        else:
            index.add(_texts(phrases), Meaning(key, key))


def phrases_in(table: object, key: str, language: str) -> list[str]:
    """The phrases of one language in an inner table of an entry, such as an office or an item."""
    phrases = table.get(key) if isinstance(table, dict) else None
    return _texts(phrases.get(language)) if isinstance(phrases, dict) else []


def _texts(value: object) -> list[str]:
    return [str(text) for text in value] if isinstance(value, Iterable) and not isinstance(value, str) else []
