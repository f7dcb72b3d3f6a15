"""The accuracy of the reader as tables: `make accuracy`.

Measured on the labelled sets beside this file and, where a developer has them, on the gold claims and the
quantity specifications of ../shared. `--write` puts the tables of the labelled sets into docs/accuracy.md and
raises the floors; a floor falls only with `--lower` as well.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from steelyard.core.claim import Claim
from steelyard.core.vocabulary import load_vocabulary
from steelyard.gather import gather_paths
from steelyard.read import read_document
from steelyard.read.documents.document import Document
from tests.accuracy.labels import FOLDER, STEPS, Tally, load_sentences, tally
from tests.accuracy.mutate import false_alarms, measure, slips_of, sound_texts, table_rows
from tests.accuracy.score import load_gold, score
from tests.accuracy.specs import recall

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
PAGE = ROOT / "docs" / "accuracy.md"
FLOORS = Path(__file__).with_name("floors.toml")
# The marks in the page between which the tables stand.
BEGIN, END = "<!-- tables: make accuracy -->", "<!-- end of tables -->"
BINS = (0.9, 0.8, 0.7, 0.5, 0.0)
# The first article carries no date of its own; the second carries this one.
READ_ON = date(2026, 1, 24)


def measured() -> dict[str, Tally]:
    """The tallies of all labelled sets, by name."""
    return {path.stem: tally(load_sentences(path)) for path in sorted(FOLDER.glob("*.jsonl"))}


def tables(tallies: Mapping[str, Tally]) -> str:
    """The tables of the labelled sets in Markdown."""
    rows = [
        [name, str(each.asked), str(each.read), *(f"{each.f1(step):.1f}" for step in STEPS)]
        for name, each in tallies.items()
    ]
    sets = _table(["set", "figures", "read", *(f"F1 {step}" for step in STEPS)], rows)
    keys = _table(
        ["key", "asked", "right", "%"],
        [[k, str(n), str(r), f"{100 * r / n:.0f}"] for k, n, r in _keys(tallies)],
    )
    sure = _table(
        ["confidence", "claims", "all labelled keys right", "%"],
        [[name, str(n), str(r), f"{100 * r / n:.0f}"] for name, n, r in calibration(tallies.values())],
    )
    return "\n\n".join(
        ["### Figures", sets, "### Keys of the figures that were read", keys, "### Confidence", sure]
    )


def _keys(tallies: Mapping[str, Tally]) -> Iterable[tuple[str, int, int]]:
    names = sorted({key for each in tallies.values() for key in each.keys})
    for name in names:
        counts = [each.keys[name] for each in tallies.values() if name in each.keys]
        yield name, sum(asked for asked, _ in counts), sum(right for _, right in counts)


def calibration(tallies: Iterable[Tally]) -> list[tuple[str, int, int]]:
    """For each bin of confidence: its name, how many claims fell in it, and how many were right in all."""
    claims = [pair for each in tallies for pair in each.surely]
    rows = []
    above = 1.01
    for least in BINS:
        inside = [right for confidence, right in claims if least <= confidence < above]
        if inside:
            rows.append(
                (
                    f"{least:.1f} and more" if above > 1 else f"{least:.1f} to {above:.1f}",
                    len(inside),
                    sum(inside),
                )
            )
        above = least
    return rows


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def shared_tables(folder: Path) -> str:
    """Recall on the gold claims and the specifications of a developer's ../shared."""
    gathered = gather_paths(sorted(str(path) for path in (folder / "seeds").glob("*.txt")), day=READ_ON)
    rows = []
    for kind in ("figure", "role", "statement"):
        result = score(load_gold(folder / "gold" / "seeds.jsonl", kind), gathered.ledger)
        rows.append([f"gold: {kind}s", str(result.claims), str(result.read), str(len(result.missed))])
    gold = _table(["gold", "claims", "read", "with a wrong key or not read"], rows)
    specs = []
    for path in sorted((folder / "specs").glob("*.jsonl")):
        found = recall(path, _reader())
        counts = (found.value_right, found.unit_right, found.span_right)
        specs.append([path.stem, str(found.asked), *(f"{100 * count / found.asked:.1f}" for count in counts)])
    return "\n\n".join(
        [gold, _table(["specification", "figures", "value %", "value + unit %", "span %"], specs)]
    )


def slip_tables() -> str:
    """Slips found in sound texts, and false alarms on these as they are."""
    texts = sound_texts()
    found = measure(slip for text in texts for slip in slips_of(text))
    rows = _table(["slip", "put in", "found", "%"], table_rows(found))
    alarms = false_alarms(texts)
    return "\n\n".join(
        [
            "### Slips put into sound texts",
            rows,
            f"False alarms: {len(alarms)} on {len(texts)} sound texts.",
            *alarms,
        ]
    )


def _reader() -> Callable[[str], list[Claim]]:
    vocabulary, _ = load_vocabulary()
    return lambda text: list(read_document(Document("spec", text, READ_ON), vocabulary)[0])


def floors() -> dict[str, dict[str, float]]:
    """The least F1 of each labelled set, by step."""
    return tomllib.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}


def below_floor(tallies: Mapping[str, Tally], least: Mapping[str, Mapping[str, float]]) -> list[str]:
    """What has fallen below its floor, in words."""
    return [
        f"{name}: {step} {tallies[name].f1(step):.2f} is below its floor {bound}"
        for name, bounds in least.items()
        for step, bound in bounds.items()
        if tallies[name].f1(step) < bound
    ]


def _write(tallies: Mapping[str, Tally]) -> None:
    lines = [
        "# The least F1 of each labelled set, written by `make accuracy WRITE=--write`;"
        " to lower one, add --lower."
    ]
    for name, each in tallies.items():
        # Rounded down, so that the floor holds for the very measurement that set it.
        lines += ["", f"[{name}]", *(f'"{step}" = {int(each.f1(step) * 100) / 100}' for step in STEPS)]
    FLOORS.write_text("\n".join(lines) + "\n", encoding="utf-8")
    page = PAGE.read_text(encoding="utf-8")
    before, _, rest = page.partition(BEGIN)
    after = rest.partition(END)[2]
    PAGE.write_text(f"{before}{BEGIN}\n\n{tables(tallies)}\n\n{END}{after}", encoding="utf-8")


def main(arguments: Sequence[str]) -> int:
    """Print the tables, and with --missed each label that was not met; 1 where a floor is broken."""
    tallies = measured()
    print(tables(tallies))
    if SHARED.is_dir():
        print(f"\n{shared_tables(SHARED)}")
    print(f"\n{slip_tables()}")
    if "--missed" in arguments:
        print("\n".join(line for each in tallies.values() for line in each.missed))
    broken = below_floor(tallies, floors())
    print("\n".join(broken), file=sys.stderr) if broken else None
    if "--write" in arguments and (not broken or "--lower" in arguments):
        _write(tallies)
        return 0
    return int(bool(broken))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
