"""Sound texts with one slip put in: how many slips does the checker find, and how often does it cry wolf?

A slip is put into a figure that holds together with others, since only there a reader with a calculator
could prove it: a digit, two digits in each other's place or the scale word, if the figure then is another
number and breaks what held: "more than doubled" stays true of any larger one.
A year or a stage is slipped only where another sentence says in its own words what the number of that year or
stage is, and a stage only into one that a single number can have: many may propose.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from random import Random

from steelyard.check import check_ledger
from steelyard.check.findings import Finding
from steelyard.check.stated import stated_tests
from steelyard.core.claim import CARRIED_MEASURE, CARRIED_PERIOD, OWN_PERIOD, Claim, Ledger
from steelyard.core.vocabulary import Vocabulary, load_vocabulary
from steelyard.read import read_document
from steelyard.read.documents.document import Document

FOLDER = Path(__file__).parent / "texts"
KINDS = ("digit", "transposed", "scale", "year", "status")
SCALES = {
    **{"million": "billion", "billion": "million", "trillion": "billion", "tn": "bn", "bn": "m"},
    **{"조": "억"},
}
STAGES = {
    **{"proposed": "enacted", "enacted": "proposed", "requested": "enacted", "approved": "proposed"},
    **{"adopted": "proposed", "passed": "proposed"},
}
# The stage that only one number of a budget can have.
LAST_STAGE = "enacted"
_CARRIED = (CARRIED_MEASURE, CARRIED_PERIOD)
# What is told of a number whose words of scale do not descend.
RISING = "rising-scales"
_DIGITS = re.compile(r"\d")
_YEAR = re.compile(r"\b20\d\d\b")
_WORD = re.compile(r"\w+")
# Digits that change places must move the number by more than its rounding does.
_FAR = 2


@dataclass(frozen=True, slots=True)
class Text:
    """A sound text."""

    name: str
    text: str
    date: date


@dataclass(frozen=True, slots=True)
class Slip:
    """A sound text with one slip of a kind: `was` has become `now` in the sentence from `start` to `end`."""

    kind: str
    source: Text
    text: str
    was: str
    now: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Found:
    """How many slips of a kind there were, and which of them were not found."""

    slips: int
    missed: tuple[Slip, ...]

    @property
    def share(self) -> float:
        """The share found, in per cent."""
        return 100 * (1 - len(self.missed) / self.slips) if self.slips else 0.0


def sound_texts(folder: Path = FOLDER) -> list[Text]:
    """The texts of a folder in which nothing is wrong."""
    found = []
    for path in sorted(folder.glob("*.toml")):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        kind = data.get("kind", "contradicted" if path.stem.startswith("planted-") else "sound")
        if kind == "sound":
            found.append(Text(path.stem, data["text"], data["date"]))
    return found


def false_alarms(texts: Iterable[Text]) -> list[str]:
    """The contradictions that the checker finds in sound texts, each as name and quotations."""
    return [
        f"{text.name}: {', '.join(claim.quote for claim in finding.claims)}"
        for text in texts
        for finding in _findings(text.text, text)[1]
        if finding.verdict == "contradicted"
    ]


def slips_of(text: Text) -> Iterator[Slip]:
    """Every slip that a careful reader could prove, in the order of the text."""
    ledger, findings = _findings(text.text, text)
    ties: dict[str, list[Finding]] = {}
    for one in findings:
        for claim in one.claims if one.verdict == "corroborated" else ():
            ties.setdefault(claim.id, []).append(one)
    seen = {text.text}
    for claim in ledger:
        held = ties.get(claim.id, ())
        figure = (*_digit_slips(claim), *_scale_slips(claim)) if held else ()
        for kind, start, was, now in (
            *figure,
            *_year_slips(claim, ledger, text),
            *_stage_slips(claim, ledger, text),
        ):
            slip = _slip(kind, text, claim, start, was, now)
            if slip.text not in seen and (kind in ("year", "status") or _breaks(slip, claim, ledger, held)):
                seen.add(slip.text)
                yield slip


def _breaks(slip: Slip, claim: Claim, ledger: Ledger, ties: Iterable[Finding]) -> bool:
    """Whether a figure is another number by a slip, and one with which not all that held still does."""
    there = (one for one in _findings(slip.text, slip.source)[0] if one.start == claim.start)
    read = next((one for one in there if one.is_number), None)
    if read is None:
        return True
    number = (read.value, read.low, read.high, read.unit)
    if number == (claim.value, claim.low, claim.high, claim.unit):
        return False
    slipped = claim.changed(value=read.value, low=read.low, high=read.high, unit=read.unit)
    ways = stated_tests(Ledger(slipped if one is claim else one for one in ledger), _vocabulary())
    holding = {
        (way.trial.relation.identities[0], frozenset(one.claim.id for one in way.trial.figures.values()))
        for way in ways
        if not way.fails
    }
    held = ((one.identity, frozenset(each.id for each in (*one.claims, *one.given))) for one in ties)
    return any(tie not in holding for tie in held)


def sample(texts: Sequence[Text], size: int, seed: int) -> list[Slip]:
    """Slips of `size` texts, one of each kind that a text allows."""
    random = Random(seed)
    chosen: list[Slip] = []
    for text in random.sample(list(texts), len(texts)):
        slips = list(slips_of(text))
        kinds = [kind for kind in KINDS if any(slip.kind == kind for slip in slips)]
        chosen += [random.choice([slip for slip in slips if slip.kind == kind]) for kind in kinds]
        size -= bool(kinds)
        if not size:
            break
    return chosen


def measure(slips: Iterable[Slip]) -> dict[str, Found]:
    """What was found, by kind."""
    by_kind: dict[str, list[Slip]] = {kind: [] for kind in KINDS}
    for slip in slips:
        by_kind[slip.kind].append(slip)
    return {
        kind: Found(len(each), tuple(slip for slip in each if not is_found(slip)))
        for kind, each in by_kind.items()
        if each
    }


def is_found(slip: Slip) -> bool:
    """Whether a contradiction rests on a figure of the sentence in which the slip stands, or the reader says
    that one of its numbers is none: "61억2469억".
    """
    if slip.kind == "scale" and RISING in _problems(slip.text, slip.source) - _problems(
        slip.source.text, slip.source
    ):
        return True
    return any(
        slip.start <= claim.start < slip.end
        for finding in _findings(slip.text, slip.source)[1]
        if finding.verdict == "contradicted"
        for claim in (*finding.claims, *finding.given)
    )


def table_rows(found: Mapping[str, Found]) -> list[list[str]]:
    """Kind, slips, found and the share found, and a last row for all."""
    slips = sum(each.slips for each in found.values())
    missed = tuple(slip for each in found.values() for slip in each.missed)
    rows = {**found, "all": Found(slips, missed)}
    return [
        [kind, str(each.slips), str(each.slips - len(each.missed)), f"{each.share:.0f}"]
        for kind, each in rows.items()
    ]


@cache
def _vocabulary() -> Vocabulary:
    return load_vocabulary()[0]


def _findings(text: str, source: Text) -> tuple[Ledger, list[Finding]]:
    ledger, _ = read_document(Document(f"{source.name}.txt", text, source.date), _vocabulary())
    return ledger, check_ledger(ledger, _vocabulary())[0]


def _problems(text: str, source: Text) -> set[str]:
    """The codes of what the reader has to say against a text."""
    _, problems = read_document(Document(f"{source.name}.txt", text, source.date), _vocabulary())
    return {problem.code for problem in problems}


def _slip(kind: str, text: Text, claim: Claim, start: int, was: str, now: str) -> Slip:
    slipped = text.text[:start] + now + text.text[start + len(was) :]
    end = claim.sentence_end + len(now) - len(was)
    return Slip(kind, text, slipped, was, now, claim.sentence_start, end)


Change = tuple[str, int, str, str]


def _digit_slips(claim: Claim) -> Iterator[Change]:
    """Its first digit another, and its first two in each other's place, if they are apart."""
    places = [match.start() for match in _DIGITS.finditer(claim.quote)]
    if not places or claim.unit is None:
        return
    first = claim.quote[places[0]]
    yield "digit", claim.start + places[0], first, str((int(first) + 3) % 9 + 1 if first != "0" else 3)
    if len(places) > 1 and places[1] == places[0] + 1:
        second = claim.quote[places[1]]
        if abs(int(first) - int(second)) >= _FAR and "0" not in (first, second):
            yield "transposed", claim.start + places[0], first + second, second + first


def _scale_slips(claim: Claim) -> Iterator[Change]:
    """Its scale word another."""
    for match in re.finditer("|".join(SCALES), claim.quote):
        yield "scale", claim.start + match.start(), match[0], SCALES[match[0]]
        return


def _year_slips(claim: Claim, ledger: Ledger, text: Text) -> Iterator[Change]:
    """Its year that of another figure of the text, which it then has to be."""
    years = list(_YEAR.finditer(text.text, claim.sentence_start, claim.sentence_end))
    if claim.period and len(years) == 1 and years[0][0] == claim.period[-4:]:
        for other in _others(claim, ledger, "period"):
            named = any(reason.startswith(OWN_PERIOD) for reason in other.reasons)
            if named and other.period and other.period[:-4] == claim.period[:-4]:
                yield "year", years[0].start(), years[0][0], other.period[-4:]
                return


def _stage_slips(claim: Claim, ledger: Ledger, text: Text) -> Iterator[Change]:
    """Its stage that of another figure of the text, which it then has to be."""
    sentence = text.text[claim.sentence_start : claim.sentence_end]
    words = [match for match in _WORD.finditer(sentence) if STAGES.get(match[0]) and claim.status]
    if len(words) == 1:
        now = STAGES[words[0][0]]
        if now == LAST_STAGE and any(other.status == now for other in _others(claim, ledger, "status")):
            yield "status", claim.sentence_start + words[0].start(), words[0][0], now


_KEYS = ("actor", "counterpart", "location", "measure", "item", "statistic", "unit", "period", "status")


def _others(claim: Claim, ledger: Ledger, key: str) -> Iterator[Claim]:
    """Figures of the text, in other sentences and in their own words, that say the same of all but one key
    and another number.
    """
    if not claim.is_number or claim.measure is None or claim.actor is None:
        return
    keys = [each for each in (*_KEYS, "definition", "prices", "edition", "basis") if each != key]
    for other in ledger:
        same = all(getattr(other, each) == getattr(claim, each) for each in keys)
        apart = other.is_number and other.sentence_start != claim.sentence_start
        said = other.measure is not None and not any(reason in _CARRIED for reason in other.reasons)
        if same and apart and said and not other.interval.meets(claim.interval):
            yield other
