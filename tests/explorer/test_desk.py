"""Texts that somebody pastes: read in a process of its own, whatever they are."""

from __future__ import annotations

import gzip
import io
import os
import re
import signal
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser
from multiprocessing import active_children
from pathlib import Path
from types import SimpleNamespace

import pytest

from steelyard.explorer import desk as desks
from steelyard.explorer.desk import Answer, Asked, Desk
from steelyard.explorer.settings import MEGABYTE, Settings
from tests.formats.pages import lines, pdf

SENTENCE = "South Korea will spend 46.1 billion dollars on defence in 2026, 2.42% of GDP."
HOSTILE = f"""<html><head><script>alert(1)</script><style>body {{ display: none }}</style></head>
<body onload="alert(2)"><h1>Budget</h1><p>{SENTENCE} &lt;script&gt;alert(3)&lt;/script&gt;
&lt;img src=x onerror=alert(4)&gt; <a href="javascript:alert(5)">a link</a></p>
<img src="http://evil.example/x.png" onerror="alert(6)"><iframe src="http://evil.example"></iframe>
<form action="http://evil.example"><input name="q"></form><svg onload="alert(7)"></svg></body></html>"""
HARMLESS = {
    *("section", "h2", "h3", "h4", "p", "ul", "li", "ol", "div", "span", "b", "i", "em", "br", "a", "mark"),
    *("article", "details", "summary", "table", "thead", "tbody", "tr", "th", "td", "caption", "sup", "cite"),
    *(
        "blockquote",
        "dl",
        "dt",
        "dd",
        "code",
        "small",
        "figure",
        "figcaption",
        "q",
        "abbr",
        "time",
        "s",
        "header",
    ),
}


class _Parts(HTMLParser):
    """Which elements, attributes and addresses a piece of a page has."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.addresses: set[str | None] = set()
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.addresses |= {value for name, value in attrs if name in ("href", "src", "action")}


@pytest.fixture(scope="module")
def reader():
    """One desk for texts that do no harm to it."""
    desk = Desk(Settings())
    yield desk
    desk.close()


def send(desk, data, **headers):
    return desk.post("texts", headers=headers, content=data)


def test_a_text_is_read_checked_and_held_against_the_case(desk):
    alone = send(desk, SENTENCE.encode())
    held = send(desk, SENTENCE.encode(), **{"X-Against": "yes", "X-Name": "brief.txt"})

    assert alone.status_code == held.status_code == 200
    assert "46.1 billion dollars" in alone.text
    assert "Held against the case" not in alone.text
    assert "Held against the case" in held.text
    assert "supported" in held.text
    assert "brief.txt" in held.text


def test_a_date_is_that_of_the_text_and_one_that_is_none_is_told(desk):
    next_year = b"South Korea will spend 50 billion dollars on defence next year."

    assert "2031" in send(desk, next_year, **{"X-Date": "2030-05-01"}).text
    wrong = send(desk, next_year, **{"X-Date": "tomorrow"})
    assert (wrong.status_code, "2026-01-24" in wrong.json()["refused"]) == (400, True)


@pytest.mark.parametrize("data", [b"", b" \n\t "])
def test_an_empty_text_is_told(desk, data):
    answer = send(desk, data)

    assert (answer.status_code, answer.json()["refused"]) == (400, "There is nothing in it.")


def test_a_text_above_the_limit_is_told(desk):
    answer = send(desk, b"x" * (20 * MEGABYTE + 1))

    assert (answer.status_code, "at most 20 MB" in answer.text) == (413, True)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        pytest.param("..%2F..%2Fetc%2Fpasswd.txt", "passwd.txt", id="a path"),
        pytest.param("%2Fetc%2Fpasswd.txt", "passwd.txt", id="from the root"),
        pytest.param("..", "pasted.txt", id="the folder above"),
        pytest.param("a%00b.txt", "ab.txt", id="a zero"),
        pytest.param("%3Cscript%3Ealert(1)%3C%2Fscript%3E.txt", "script&gt;.txt", id="markup"),
        pytest.param("%C3%9Cberblick.txt", "Überblick.txt", id="an umlaut"),
        pytest.param("C%3A%5Ctexts%5Cbrief.txt", "brief.txt", id="a path of Windows"),
    ],
)
def test_of_a_name_its_last_part_counts(desk, name, shown):
    answer = send(desk, SENTENCE.encode(), **{"X-Name": name})

    assert answer.status_code == 200
    heading = re.search(r"<h2[^>]*>(.*?): \d", answer.text)[1]
    assert heading.endswith(shown)
    assert "<script" not in answer.text


def test_of_a_page_nothing_stays_that_could_run_or_load(desk):
    answer = send(desk, HOSTILE.encode(), **{"X-Name": "page.html", "X-Against": "yes"})
    parts = _Parts(answer.text)

    assert "46.1 billion dollars" in answer.text
    assert parts.tags <= HARMLESS
    assert not [name for name in parts.attributes if name.startswith("on") or name == "style"]
    assert not [one for one in parts.addresses if not one.startswith(("#", "report.html#"))]


def test_markup_in_a_plain_text_is_told_as_text(desk):
    text = f"{SENTENCE} <img src=x onerror=alert(1)> <script>alert(2)</script>"

    parts = _Parts(send(desk, text.encode(), **{"X-Against": "yes"}).text)

    assert parts.tags <= HARMLESS


@pytest.mark.parametrize(
    ("name", "data"),
    [
        pytest.param("broken.pdf", b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog", id="broken PDF"),
        pytest.param("no.docx", b"PK\x03\x04 not a zip", id="broken DOCX"),
        pytest.param("cut.txt.gz", gzip.compress(b"x" * 5000)[:40], id="cut archive"),
        pytest.param("noise.txt", os.urandom(64) + b"\x00" * 64, id="noise"),
    ],
)
def test_a_file_that_cannot_be_read_is_told(desk, name, data):
    answer = send(desk, data, **{"X-Name": name})

    assert answer.status_code in (200, 422)
    assert "0 claims" in answer.text or answer.json()["refused"]
    assert "Traceback" not in answer.text
    assert "error in steelyard" not in answer.text


def test_an_encrypted_pdf_is_told(desk):
    locked = (
        "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /Length 40 /O <"
        + "41" * 32 + "> /U <" + "42" * 32 + "> >> /ID [<00> <00>]"
    )  # fmt: skip
    answer = send(desk, pdf(lines(60, 100, SENTENCE), encrypt=locked), **{"X-Name": "secret.pdf"})

    assert answer.status_code in (200, 422)
    assert "password" in answer.text or "encrypted" in answer.text


def test_a_zip_bomb_is_refused_and_the_next_text_is_read(desk):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("0.txt", b"0" * (300 * MEGABYTE))
    assert len(packed.getvalue()) < 20 * MEGABYTE

    answer = send(desk, packed.getvalue(), **{"X-Name": "bomb.zip"})

    assert answer.status_code in (200, 422)
    assert "0 claims" in answer.text or answer.json()["refused"]
    assert send(desk, SENTENCE.encode()).status_code == 200


def test_what_takes_too_long_is_given_up_and_the_next_is_read():
    desk = Desk(Settings(reading_seconds=0.0))
    try:
        slow = desk.read(Asked("a.txt", SENTENCE.encode()))
        desk._settings = Settings()
        after = desk.read(Asked("a.txt", SENTENCE.encode()))
    finally:
        desk.close()

    assert "Reading took more than 0 seconds and was given up." in slow.refused
    assert "46.1 billion dollars" in after.html


def test_what_takes_too_much_memory_is_given_up_and_the_next_is_read():
    """A text of 8 MB cannot be read in 4 MB more than the process has; a sentence can in 1 GB."""
    desk = Desk(Settings(reading_memory=4 * MEGABYTE))
    try:
        large = desk.read(Asked("a.txt", (SENTENCE + "\n\n").encode() * 100_000))
        desk._settings = Settings()
        after = desk.read(Asked("a.txt", SENTENCE.encode()))
    finally:
        desk.close()

    assert "more memory than there is for one text" in large.refused
    assert "46.1 billion dollars" in after.html


def test_a_reader_that_was_killed_harms_no_text_that_comes_after(reader):
    assert reader.read(Asked("a.txt", SENTENCE.encode())).html
    process, _ = reader._idle[0]
    os.kill(process.pid, signal.SIGKILL)
    process.join(10)

    assert "46.1 billion dollars" in reader.read(Asked("a.txt", SENTENCE.encode())).html


def test_a_process_that_is_kept_reads_the_next_text(reader):
    reader.read(Asked("a.txt", SENTENCE.encode()))
    first = [process.pid for process, _ in reader._idle]
    reader.read(Asked("b.txt", SENTENCE.encode()))

    assert [process.pid for process, _ in reader._idle] == first


def test_two_texts_at_once_each_have_their_answer(reader):
    texts = [
        f"South Korea will spend {number} billion dollars on defence in 2026." for number in (51, 52, 53)
    ]

    with ThreadPoolExecutor(3) as pool:
        answers = list(pool.map(lambda text: reader.read(Asked("a.txt", text.encode())), texts))

    for number, answer in zip((51, 52, 53), answers, strict=True):
        assert f"{number} billion dollars" in answer.html


def test_who_waits_too_long_for_a_turn_is_told(monkeypatch):
    desk = Desk(Settings())
    monkeypatch.setattr(desks, "_TURN", 0.01)
    for _ in range(desks._PLACES):
        desk._turns.acquire()

    assert "Others are reading long texts here" in desk.read(Asked("a.txt", b"x")).refused


def test_an_error_of_ours_is_told_and_the_process_goes_on(monkeypatch, capsys):
    """What runs in the process of a reader, here without one."""

    def broken(*_, **__):
        raise RuntimeError("our own fault")

    monkeypatch.setattr("steelyard.explorer.shown_text.show_text", broken)
    texts = iter([Asked("a.txt", b"x"), Asked("b.txt", b"y")])
    said = []

    def receive():
        try:
            return next(texts)
        except StopIteration:
            raise EOFError from None

    desks.serve(SimpleNamespace(recv=receive, send=said.append), 2**30)

    assert (
        said == [Answer(refused="An error in steelyard itself; the terminal of the server says where.")] * 2
    )
    assert "our own fault" in capsys.readouterr().err


def test_nothing_of_a_text_is_kept(desk):
    before = sorted(Path(desk.case.folder).rglob("*"))
    send(desk, SENTENCE.encode(), **{"X-Name": "kept.txt", "X-Against": "yes"})

    assert sorted(Path(desk.case.folder).rglob("*")) == before


def test_a_desk_that_is_closed_ends_what_is_being_read():
    """Else whoever ends the server would wait until the time of the text is up."""
    desk = Desk(Settings(reading_seconds=600.0))
    begun = set(active_children())
    with ThreadPoolExecutor(1) as threads:
        asked = threads.submit(desk.read, Asked("a.txt", b"1 " * 3_000_000))
        while not (reading := set(active_children()) - begun):
            time.sleep(0.01)
        time.sleep(0.3)
        desk.close()

        assert asked.result(60).refused
    assert not [one for one in reading if one.is_alive()]
