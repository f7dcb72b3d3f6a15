"""What it costs to read a year of news pages, reckoned on paper from measured rates.

    python -m tools.reckoning                                    the tables of docs/reckoning.md
    python -m tools.reckoning --rates mine.json --workers 50     with rates and assumptions of your own
    python -m tools.reckoning --write                            put the tables into the page

The rates are those of benchmarks/rates.json, which `python benchmarks/crawl.py --write` measures; what is
assumed of the archive stands in reckoning.toml beside this file.
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from steelyard.engine.cluster import _AT_ONCE

ROOT = Path(__file__).resolve().parent.parent
RATES = ROOT / "benchmarks" / "rates.json"
ASSUMED = Path(__file__).with_suffix(".toml")
PAGE = ROOT / "docs" / "reckoning.md"
BEGIN, END = "<!-- tables: python -m tools.reckoning --write -->", "<!-- end of tables -->"
CORES = (2, 16, 64)
TABLES = 3  # files of the ledger for each part
HOUR, DAY, MEGA = 3600, 86_400, 1e6


@dataclass(frozen=True, slots=True)
class Station:
    """What every part passes through, one after another: its seconds for a part."""

    name: str
    seconds: float

    def load(self, parts_a_second: float) -> float:
        """The share of its time that so many parts take; above 1 it cannot keep up."""
        return self.seconds * parts_a_second


@dataclass(frozen=True, slots=True)
class Reckoning:
    """All figures that follow from `rates` (seconds, bytes; see benchmarks/crawl.py) and `assumed` values."""

    rates: Mapping[str, float]
    assumed: Mapping[str, float]

    @property
    def pages(self) -> float:
        """Pages of the archive."""
        return self.assumed["months"] * self.assumed["pages-a-month"]

    @property
    def archive_bytes(self) -> float:
        """Bytes of the archive, compressed."""
        return self.assumed["months"] * self.assumed["bytes-a-month"]

    @property
    def parts(self) -> float:
        """Parts into which the archive is cut, each a task and a shard."""
        return self.pages / self.rates["pages_per_part"]

    def of_a_page(self, rate: str) -> float:
        """A rate that differs between pages with figures and without, for the average page of the archive."""
        share = self.assumed["share-with-figures"]
        return (1 - share) * self.rates[f"{rate}_per_plain_page"] + share * self.rates[
            f"{rate}_per_dense_page"
        ]

    @property
    def reading(self) -> float:
        """Processor seconds of all workers together."""
        return self.pages * self.of_a_page("read_s")

    @property
    def giving(self) -> float:
        """Seconds of the command itself for a part on one machine: cut, packed, written."""
        rates = self.rates
        each = rates["cut_s_per_page"] + rates["pickle_s_per_page"]
        return rates["pages_per_part"] * each + rates["write_clock_s_per_part"]

    def days(self, cores: int) -> float:
        """Days of the clock by one command with a process for each core; all pages go through the command."""
        shared = (self.reading + self.parts * self.giving) / (cores * self.assumed["efficiency"])
        return max(shared, self.parts * self.giving) / DAY

    @property
    def manifest_memory(self) -> float:
        """Bytes that the lines of the manifest take in the command, which keeps them all."""
        return self.parts * self.rates["manifest_memory_bytes_per_part"]

    @property
    def fed_on_a_machine(self) -> float:
        """How many processes one command with `--jobs` keeps at work."""
        return self._part_seconds / self.giving

    @property
    def _part_seconds(self) -> float:
        return self.rates["pages_per_part"] * self.of_a_page("read_s")

    @property
    def parts_a_second(self) -> float:
        """How many parts all workers of the large run would finish in a second if nothing held them up."""
        return self.assumed["workers"] / self._part_seconds

    @property
    def message(self) -> tuple[float, float]:
        """Bytes of a part on its way to a worker, and of its shard on the way back."""
        pages = self.rates["pages_per_part"]
        return pages * self.rates["sent_bytes_per_page"], pages * self.of_a_page("ledger_bytes")

    def stations(self) -> list[Station]:
        """What each part passes on a cluster, the narrowest first."""
        rates, (there, back) = self.rates, self.message
        megabytes = (there + back) / MEGA
        given = rates["giver_s_per_task"] + megabytes * rates["giver_s_per_megabyte"]
        asked = rates["scheduler_s_per_task"] + megabytes * rates["scheduler_s_per_megabyte"]
        carried = max(there, back) / self.assumed["network-bytes-a-second"]
        found = [
            Station("the command: opens the archive, cuts, sends, writes", self.giving + given),
            Station("the scheduler, through which parts and shards pass", asked),
            Station("the network of the scheduler's machine", carried),
            Station("of the command, the writing alone (three files and a line of the manifest)",
                    rates["write_clock_s_per_part"]),
        ]  # fmt: skip
        return sorted(found, key=lambda station: -station.seconds)

    @property
    def comparing(self) -> float:
        """Seconds of the search for copies, in one process, if it grows as the number of texts and files."""
        return self.parts * self.rates["compare_s_per_file"] + self.pages * self.rates["compare_s_per_text"]


def tables(reckoning: Reckoning, measured: Mapping[str, object], says: Sequence[Sequence[str]]) -> str:
    """The tables in Markdown."""
    return "\n\n".join([
        "### What is assumed", _table(("of the archive", "value", "source"), says),
        "### What is measured", _measured(reckoning.rates, measured),
        "### A year on one machine", _year(reckoning),
        f"### {reckoning.assumed['workers']:,.0f} workers on one scheduler", _large(reckoning),
    ])  # fmt: skip


def _measured(rates: Mapping[str, float], measured: Mapping[str, object]) -> str:
    told = (
        f"On {measured['day']} by `benchmarks/crawl.py`, on a machine of {measured['processors']} processors."
    )
    rows = [(f"`{name}`", _plain(value)) for name, value in rates.items()]
    return f"{told}\n\n{_table(('rate', 'value'), rows)}"


def _year(reckoning: Reckoning) -> str:
    rates = reckoning.rates
    stored = reckoning.pages * reckoning.of_a_page("ledger_bytes")
    files = reckoning.archive_bytes / reckoning.assumed["bytes-a-file"]
    bands = 2 * rates["signature_bytes_per_text"] * reckoning.pages
    rows = [
        ("pages", _million(reckoning.pages)),
        ("archive", f"{_size(reckoning.archive_bytes)} in {_whole(files)} files"),
        ("processor hours of reading", _whole(reckoning.reading / HOUR)),
        ("processor hours of the command itself", _whole(reckoning.parts * reckoning.giving / HOUR)),
        *((f"days on {cores} cores", f"{reckoning.days(cores):,.3g}") for cores in CORES),
        ("processes that one command with `--jobs` keeps at work", _whole(reckoning.fed_on_a_machine)),
        ("memory of each process", _size(rates["memory_bytes_of_a_process"])),
        ("parts, each a line of the manifest", _million(reckoning.parts)),
        ("files of the ledger", _million(TABLES * reckoning.parts)),
        ("claims", _million(reckoning.pages * reckoning.of_a_page("claims"))),
        ("ledger", f"{_size(stored)}, {_size(stored / reckoning.parts / TABLES)} a file"),
        ("manifest", _size(reckoning.parts * rates["manifest_bytes_per_part"])),
        ("its lines in the memory of the command", _size(reckoning.manifest_memory)),
        ("hours of the search for copies, on one processor", f"{reckoning.comparing / HOUR:,.2g}"),
        ("room on the disk that the search needs", f"some {_size(bands)}"),
    ]  # fmt: skip
    return _table(("", "a year"), rows)


def _large(reckoning: Reckoning) -> str:
    there, back = reckoning.message
    parts = reckoning.parts_a_second
    first = reckoning.stations()[0]
    rows = [
        ("tasks a second, if all were at work", f"{parts:,.3g}"),
        ("message to a worker", _size(there)),
        ("message from a worker, its shard", _size(back)),
        ("bytes a second through the scheduler", _size(parts * (there + back))),
        (
            f"parts held at once by the command, and again by the scheduler, {_AT_ONCE} a worker",
            _size(_AT_ONCE * reckoning.assumed["workers"] * there),
        ),
        ("writes of the manifest a second, each brought to the disk", f"{parts:,.3g}"),
        ("workers that are at work", _whole(reckoning.assumed["workers"] / first.load(parts))),
        ("days for the year", f"{reckoning.parts * first.seconds / DAY:,.3g}"),
        ("days if all were at work", f"{reckoning.reading / reckoning.assumed['workers'] / DAY:,.2g}"),
    ]  # fmt: skip
    stations = [
        (one.name, f"{one.seconds * 1000:,.3g}", f"{one.load(parts):,.2g}",
         _whole(reckoning.assumed["workers"] / one.load(parts)))
        for one in reckoning.stations()
    ]  # fmt: skip
    head = ("what all parts pass", "ms a part", "load (1 is all it can)", "full with so many workers")
    return f"{_table(('', 'in all'), rows)}\n\n{_table(head, stations)}"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _whole(value: float) -> str:
    """To two figures: nothing here is known better."""
    return f"{float(f'{value:.2g}'):,.0f}"


def _million(value: float) -> str:
    return f"{float(f'{value / MEGA:.2g}'):g} million"


def _size(value: float) -> str:
    """Bytes in words, to two figures."""
    for name, size in (("TB", 1e12), ("GB", 1e9), ("MB", 1e6)):
        if value >= size:
            return f"{float(f'{value / size:.2g}'):g} {name}"
    return f"{float(f'{value / 1000:.2g}'):g} kB"


def _plain(value: float) -> str:
    return f"{value:,.0f}" if value >= 1000 else f"{value:.6g}"


def on_the_page(page: str, tables: str) -> str:
    """The page with these tables between its marks."""
    before, _, rest = page.partition(BEGIN)
    return f"{before}{BEGIN}\n\n{tables}\n\n{END}{rest.partition(END)[2]}"


def reckoned(rates: Path = RATES, given: Mapping[str, float] | None = None) -> str:
    """The tables from a file of rates, with values of one's own in place of what is assumed.

    Raises:
        KeyError: a rate is missing.
    """
    measured = json.loads(rates.read_text(encoding="utf-8"))
    entries = tomllib.loads(ASSUMED.read_text(encoding="utf-8"))
    own = {name: value for name, value in (given or {}).items() if value is not None}
    assumed = {name: own.get(name, entry["value"]) for name, entry in entries.items()}
    says = [
        (entry["says"], _plain(assumed[name]), "given by hand" if name in own else entry["source"])
        for name, entry in entries.items()
    ]
    return tables(Reckoning(measured["rates"], assumed), measured, says)


def main(arguments: list[str] | None = None) -> int:
    """Print the tables, or put them into the page; 2 where the rates cannot be used."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--rates", type=Path, default=RATES, help="as benchmarks/crawl.py prints them")
    options.add_argument("--write", action="store_true", help="put the tables into docs/reckoning.md")
    names = tomllib.loads(ASSUMED.read_text(encoding="utf-8"))
    for name, entry in names.items():
        options.add_argument(
            f"--{name}", type=float, metavar="N", help=f"{entry['says']} ({entry['value']:,})"
        )
    chosen = vars(options.parse_args(arguments))
    given = {name: chosen[name.replace("-", "_")] for name in names}
    try:
        made = reckoned(chosen["rates"], given)
    except KeyError as error:
        print(
            f"{chosen['rates']} has no {error}; measure it with: python benchmarks/crawl.py", file=sys.stderr
        )
        return 2
    except (OSError, ValueError) as error:
        print(f"{chosen['rates']} cannot be read: {error}", file=sys.stderr)
        return 2
    if chosen["write"]:
        PAGE.write_text(on_the_page(PAGE.read_text(encoding="utf-8"), made), encoding="utf-8")
    else:
        print(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
