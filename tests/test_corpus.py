"""A corpus read into a ledger in a folder: whole, resumed, the same on every engine, copies as one voice."""

from __future__ import annotations

import errno
import gzip
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from steelyard.cli import run
from steelyard.core.problems import FormatError
from steelyard.core.vocabulary import load_vocabulary
from steelyard.corpus import making
from steelyard.corpus.copies import numbers_of
from steelyard.corpus.making import read_corpus
from steelyard.corpus.shards import is_ledger_folder, lines_of, load_ledger_folder
from steelyard.engine import Lost

VOCABULARY, _ = load_vocabulary()
DATED = "Date: 24 January 2026\n\n"


def budget(number):
    return f"{DATED}South Korea set its 2026 defence budget at ${number} billion. It has 450,000 troops.\n"


def corpus(folder, loose=7, lines=9):
    """Seven files with two claims each, and an archive of nine documents with one."""
    folder.mkdir()
    for number in range(loose):
        (folder / f"{number}.txt").write_text(budget(40 + number))
    text = "".join(
        json.dumps({"text": f"Japan spent {n + 10} trillion yen on defence in 2025.", "date": "2026-01-24"})
        + "\n"
        for n in range(lines)
    )
    # Without the time of packing, so that the corpus is the same each time.
    (folder / "news.jsonl.gz").write_bytes(gzip.compress(text.encode(), mtime=0))
    return folder


def read(corpus, ledger, **options):
    return read_corpus([str(corpus)], ledger, VOCABULARY, **{"most": 4, **options})


def content(folder):
    """All that lies in a folder, by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_a_corpus_is_read_into_shards_with_a_manifest(tmp_path):
    folder = corpus(tmp_path / "corpus")

    done = read(folder, tmp_path / "ledger")
    ledger, _, problems = load_ledger_folder(tmp_path / "ledger")

    # Seven files make two parts of at most four, nine lines make three.
    assert (done.parts, done.kept) == (5, 0)
    assert [line["documents"] for line in lines_of(tmp_path / "ledger")] == [4, 3, 4, 4, 1]
    assert done.counts["documents"] == 16
    assert done.counts["claims"] == len(ledger) == 7 * 2 + 9
    assert [claim.quote for claim in ledger][:2] == ["$40 billion", "450,000 troops"]
    assert ledger[-1].document == f"{folder}/news.jsonl.gz#9"
    assert problems == []


def test_the_manifest_names_what_went_in(tmp_path):
    import hashlib

    folder = corpus(tmp_path / "corpus")
    read(folder, tmp_path / "ledger")

    head = json.loads((tmp_path / "ledger" / "manifest.jsonl").read_text().splitlines()[0])
    last = lines_of(tmp_path / "ledger")[-1]
    archive = folder / "news.jsonl.gz"

    assert head["is_whole"] is True
    assert (head["parts"], head["documents"]) == (5, 16)
    assert last["input"] == str(archive)
    assert last["size"] == archive.stat().st_size
    assert last["sha256"] == hashlib.sha256(archive.read_bytes()).hexdigest()
    assert (last["first"], last["last"]) == (f"{archive}#9", f"{archive}#9")


def test_every_engine_writes_the_same_bytes(tmp_path):
    folder = corpus(tmp_path / "corpus")

    read(folder, tmp_path / "one")
    read(folder, tmp_path / "two", jobs=2)

    assert content(tmp_path / "one") == content(tmp_path / "two")


def test_a_second_run_reads_nothing_and_changes_nothing(tmp_path):
    folder = corpus(tmp_path / "corpus")
    read(folder, tmp_path / "ledger")
    before = content(tmp_path / "ledger")

    done = read(folder, tmp_path / "ledger")

    assert (done.parts, done.kept) == (0, 5)
    assert content(tmp_path / "ledger") == before


def test_only_what_is_new_changed_or_damaged_is_read(tmp_path):
    folder, ledger = corpus(tmp_path / "corpus"), tmp_path / "ledger"
    read(folder, ledger)
    (folder / "6.txt").write_text(budget(99.5))
    (folder / "zz.txt").write_text(budget(60))
    shard = ledger / "claims" / f"{lines_of(ledger)[2]['shard']}.parquet"
    shard.write_bytes(shard.read_bytes()[:-1])

    done = read(folder, ledger)

    # The batch of 4, 5 and 6, the new file behind the archive, and the first part of the archive.
    assert (done.parts, done.kept) == (3, 3)
    read(folder, tmp_path / "anew")
    assert content(ledger) == content(tmp_path / "anew")


def test_what_is_no_longer_there_leaves_the_ledger(tmp_path):
    folder, ledger = corpus(tmp_path / "corpus"), tmp_path / "ledger"
    read(folder, ledger)
    (folder / "news.jsonl.gz").unlink()

    read(folder, ledger)

    assert len(list((ledger / "claims").iterdir())) == 2
    assert len(load_ledger_folder(ledger)[0]) == 14


def test_a_run_that_is_stopped_goes_on_and_ends_the_same(tmp_path, monkeypatch):
    folder, ledger = corpus(tmp_path / "corpus"), tmp_path / "ledger"
    read(folder, tmp_path / "undisturbed")
    true_read = making.read_part

    def read_two(*given):
        if len(list((ledger / "claims").glob("*"))) == 2:
            raise KeyboardInterrupt
        return true_read(*given)

    monkeypatch.setattr(making, "read_part", read_two)
    with pytest.raises(KeyboardInterrupt):
        read(folder, ledger)
    monkeypatch.setattr(making, "read_part", true_read)
    claims, _, problems = load_ledger_folder(ledger)
    done = read(folder, ledger)

    assert len(claims) == 14
    assert [problem.code for problem in problems] == ["unfinished-ledger"]
    assert (done.parts, done.kept) == (3, 2)
    assert content(ledger) == content(tmp_path / "undisturbed")


@pytest.mark.parametrize("torn", [1, 10, 200])
def test_a_torn_line_of_the_manifest_costs_its_part_alone(tmp_path, torn):
    folder, ledger = corpus(tmp_path / "corpus"), tmp_path / "ledger"
    read(folder, ledger)
    whole = content(ledger)
    (ledger / "manifest.jsonl").write_bytes(whole["manifest.jsonl"][:-torn])
    (ledger / "claims" / f".{'0' * 16}.parquet.77.part").write_bytes(b"never completed")

    done = read(folder, ledger)

    assert (done.parts, done.kept) == (1, 4)
    assert content(ledger) == whole


def test_a_folder_with_something_else_is_left_alone(tmp_path):
    folder = corpus(tmp_path / "corpus")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "thesis.txt").write_text("years of work")

    with pytest.raises(FormatError, match="something else"):
        read(folder, tmp_path / "other")

    assert content(tmp_path / "other") == {"thesis.txt": b"years of work"}


def test_a_ledger_that_lies_in_the_corpus_is_no_part_of_it(tmp_path):
    folder = corpus(tmp_path / "corpus")

    first = read(folder, folder / "ledger")
    second = read(folder, folder / "ledger")

    assert is_ledger_folder(folder / "ledger")
    assert first.counts == second.counts


def test_two_at_once_exclude_one_another(tmp_path):
    from steelyard.corpus.shards import LOCK
    from steelyard.locks import locked

    folder = corpus(tmp_path / "corpus")
    (tmp_path / "ledger").mkdir()

    with locked(tmp_path / "ledger" / LOCK), pytest.raises(BlockingIOError):
        read(folder, tmp_path / "ledger")


def test_a_document_that_ends_its_process_is_set_aside(tmp_path, monkeypatch):
    """The engine, whose own tests kill processes, says of each part with one document that it was lost."""
    folder, ledger = corpus(tmp_path / "corpus"), tmp_path / "ledger"

    def stream(function, parts, **options):
        for index, part in enumerate(parts):
            fatal = any(name.endswith("5.txt") for name, _ in part.members)
            yield Lost(index, "ended by signal 9") if fatal else function(part)

    monkeypatch.setattr(making, "stream_pure", stream)
    done = read(folder, ledger)

    assert done.counts["documents"] == 15
    assert dict(done.met) == {"document-lost": 1}
    with duckdb.connect() as database:
        found = database.sql(f"SELECT file, message FROM '{ledger}/problems/*.parquet'").fetchall()
    assert [(file, "signal 9" in message) for file, message in found] == [(f"{folder}/5.txt", True)]


# Killed, full and closed


KILLED = """
import os, random, signal, sys, time
from pathlib import Path
from steelyard.core.vocabulary import load_vocabulary
from steelyard.corpus.copies import numbers_of
from steelyard.corpus.making import read_corpus
from steelyard.read import read_document
from steelyard.read.documents.document import Document
import duckdb

corpus, ledger, times = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
vocabulary = load_vocabulary()[0]
# What reading needs is made once, so that the processes come to the writing soon.
text = next(Path(corpus).glob("*.txt")).read_text()
read_document(Document("a.txt", text), vocabulary)
numbers_of(text * 5)
random.seed(int(sys.argv[4]))
killed = 0
for number in range(times):
    child = os.fork()
    if not child:
        read_corpus([corpus], ledger, vocabulary, most=2)
        os._exit(0)
    time.sleep(random.uniform(0, 0.3))
    os.kill(child, signal.SIGKILL)
    killed += os.WIFSIGNALED(os.waitpid(child, 0)[1])
print(killed)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked")
def test_a_run_that_is_killed_at_any_point_goes_on_and_ends_the_same(tmp_path):
    folder = corpus(tmp_path / "corpus")
    read(folder, tmp_path / "undisturbed", most=2)

    command = [sys.executable, "-c", KILLED, str(folder), str(tmp_path / "ledger"), "20", "1"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ)
    read(folder, tmp_path / "ledger", most=2)

    assert int(ran.stdout) > 0, ran.stderr
    assert content(tmp_path / "ledger") == content(tmp_path / "undisturbed")


@pytest.mark.skipif(sys.platform == "win32", reason="the size of files is bounded otherwise")
def test_a_full_disk_ends_in_a_clear_error_and_costs_nothing(tmp_path):
    folder, ledger = corpus(tmp_path / "corpus"), tmp_path / "ledger"
    read(folder, tmp_path / "undisturbed")
    program = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (9000, 9000));"
        "from steelyard.cli import run; sys.exit(run(sys.argv[1:]))"
    )
    command = [sys.executable, "-c", program, "read", str(folder), "--output", f"{ledger}/"]

    ran = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ)
    read(folder, ledger)

    assert ran.returncode == 3
    assert ran.stderr.startswith("steelyard: ") and len(ran.stderr.splitlines()) == 1
    assert content(ledger) == content(tmp_path / "undisturbed")


def test_a_place_where_no_folder_can_be_is_told(tmp_path):
    folder = corpus(tmp_path / "corpus")
    (tmp_path / "closed").write_text("a file stands here")

    with pytest.raises(OSError, match="closed"):
        read(folder, tmp_path / "closed" / "ledger")


def test_a_file_system_that_takes_nothing_is_told_with_a_cure(tmp_path, capsys, monkeypatch):
    def refuse(path, content):
        raise OSError(errno.EROFS, "Read-only file system", str(path))

    monkeypatch.setattr("steelyard.corpus.shards.write_whole", refuse)

    assert run(["read", str(corpus(tmp_path / "corpus")), "--output", f"{tmp_path}/ledger/", "--quiet"]) == 3
    assert "work in a folder that can be written" in capsys.readouterr().err


def test_a_file_that_is_named_twice_is_read_once(tmp_path):
    folder = corpus(tmp_path / "corpus")
    paths = [str(folder), str(folder / "0.txt"), str(folder), f"{folder}/../corpus"]

    assert read_corpus(paths, tmp_path / "one", VOCABULARY).counts["documents"] == 16
    assert read_corpus(paths[::-1], tmp_path / "two", VOCABULARY).counts["documents"] == 16


# Copies


AGENCY = (
    "South Korea set its 2026 defence budget at 65.9 trillion won, the ministry in Seoul said on Friday, and "
    "called it a step to what the times ask for. It spoke of many talks with all who had a part in them. "
    "Parliament is to vote on the draft in December, and members of the opposition have called for cuts to "
    "the programme for new submarines. The ministry said that it would explain each of the items to the "
    "committee. Officials added that the money for barracks and for the pay of conscripts would rise as "
    "well, though by less than what had been asked for in the spring, and that the plan for the five "
    "years ahead stays as it is."
)


def test_texts_are_told_by_their_words_and_not_by_their_layout():
    """The share of equal numbers estimates the share of equal runs of five words."""

    def alike(one, other):
        pairs = zip(numbers_of(one), numbers_of(other), strict=True)
        return sum(a == b for a, b in pairs) / 120

    other = "Japan is to buy 147 fighters from abroad, its ministry said, " + " ".join(AGENCY.split()[::-1])

    assert alike(AGENCY, AGENCY.upper().replace(". ", ".\n\n")) == 1
    assert alike(AGENCY, f"By our own staff. {AGENCY} Read more on this page.") > 0.8
    assert alike(AGENCY, other) < 0.1
    assert numbers_of("Photo: ministry") is None


def test_what_an_agency_wrote_and_three_sites_print_is_one_voice(tmp_path):
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "a.txt").write_text(f"{DATED}{AGENCY}")
    (folder / "b.txt").write_text(f"{DATED}By our own staff.\n\n{AGENCY}")
    # Only the number is another: that is a claim of its own.
    (folder / "c.txt").write_text(f"{DATED}{AGENCY}".replace("65.9", "66.3"))
    (folder / "d.txt").write_text(f"{DATED}Japan spent 10 trillion yen on defence in 2025.")

    done = read(folder, tmp_path / "ledger")
    ledger, copies, _ = load_ledger_folder(tmp_path / "ledger")
    won = ledger.where(unit="KRW")

    assert done.copies == 2
    assert [(claim.document[-5:], claim.quote) for claim in won] == [
        ("a.txt", "65.9 trillion won"),
        ("c.txt", "66.3 trillion won"),
    ]
    assert [copy.document[-5:] for copy in copies[won[0].id]] == ["b.txt"]
    assert won[1].id not in copies


def test_a_claim_that_refers_to_one_that_is_told_once_refers_to_that(tmp_path):
    from steelyard.corpus.copies import one_voice

    ledger, _, _ = load_ledger_folder(_two_copies(tmp_path))
    whole, part = (
        ledger[0].changed(id="w1", document="a"),
        ledger[1].changed(id="p1", document="a", part_of="w1"),
    )
    again = [
        whole.changed(id="w2", document="b"),
        part.changed(id="p2", document="b", part_of="w2", quote="other"),
    ]

    claims, copies = one_voice([whole, part, *again], {"b": "a"})

    assert [(claim.id, claim.part_of) for claim in claims] == [("w1", None), ("p1", "w1"), ("p2", "w1")]
    assert [copy.document for copy in copies["w1"]] == ["b"]


def _two_copies(tmp_path: Path) -> Path:
    folder = corpus(tmp_path / "corpus", loose=1, lines=1)
    read(folder, tmp_path / "ledger")
    shutil.rmtree(folder)
    return tmp_path / "ledger"


# On the command line


def test_read_writes_a_folder_where_output_names_one(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    corpus(tmp_path / "corpus")

    assert run(["read", "corpus", "--output", "ledger"]) == 0
    first = capsys.readouterr()
    assert run(["read", "corpus", "nowhere", "--output", "ledger/"]) == 2
    second = capsys.readouterr()

    # All of the seven files in one part, and all of the nine lines in another.
    assert first.out == "ledger: 23 claims of 16 documents in 2 parts.\n"
    assert second.out == "ledger: 23 claims of 16 documents in 2 parts, of which 2 had been read before.\n"
    assert "nowhere  missing-path" in second.err


@pytest.mark.parametrize("options", [["--format", "jsonl"], ["--text"], ["--explain"]])
def test_a_folder_takes_no_format(tmp_path, capsys, options):
    corpus(tmp_path / "corpus")

    assert run(["read", str(tmp_path / "corpus"), "--output", f"{tmp_path}/ledger.2026/", *options]) == 2
    assert "form of its own" in capsys.readouterr().err


def test_a_name_without_ending_and_a_format_is_a_file(tmp_path):
    corpus(tmp_path / "corpus", lines=1)

    assert (
        run(["read", str(tmp_path / "corpus"), "--format", "jsonl", "--output", str(tmp_path / "claims")])
        == 0
    )

    assert len((tmp_path / "claims").read_text().splitlines()) == 7 * 2 + 1


def test_a_case_and_standard_input_are_no_corpus(tmp_path, capsys):
    (tmp_path / "case").mkdir()
    (tmp_path / "case" / "case.toml").write_text('title = "A"\n')

    assert run(["read", str(tmp_path / "case"), "--output", f"{tmp_path}/ledger/"]) == 2
    assert "is a case" in capsys.readouterr().err
    assert run(["read", "-", "--output", f"{tmp_path}/ledger/"]) == 2
    assert "Standard input" in capsys.readouterr().err


def test_check_takes_the_folder_and_tells_where_copies_stand(tmp_path, capsys):
    folder = tmp_path / "corpus"
    folder.mkdir()
    for name in "abc":
        (folder / f"{name}.txt").write_text(f"{DATED}{AGENCY}")
    other = AGENCY.replace("65.9 trillion", "66.3 trillion").split(". ")[0]
    (folder / "d.txt").write_text(f"{DATED}{other}.")
    run(["read", str(folder), "--output", f"{tmp_path}/ledger/", "--quiet"])

    capsys.readouterr()
    run(["check", f"{tmp_path}/ledger", "--format", "json"])
    found = json.loads(capsys.readouterr().out)["findings"]
    run(["check", f"{tmp_path}/ledger"])
    lines = capsys.readouterr().out

    clash = next(each for each in found if each["verdict"] == "contradicted")
    assert [claim["document"][-5:] for claim in clash["claims"]] == ["a.txt", "d.txt"]
    assert [copy["document"][-5:] for copy in clash["copies"]] == ["b.txt", "c.txt"]
    assert f"Also, in copies of the same text: {folder}/b.txt, {folder}/c.txt." in lines
