"""Bytes to text: by their mark, as declared, as UTF-8, else by the look of them, which is always said.

Nothing is cleaned away, so that offsets are those of the decoded file; only a byte-order mark is dropped.
What is broken stands as U+FFFD, one for each fault.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from itertools import islice

from steelyard.core.problems import FormatError, Place, Problem
from steelyard.read.documents.limits import LARGEST_TEXT, MOST_TOLD, in_megabytes

BROKEN = "\ufffd"
# C0, DEL and C1 but for tab, line feed, form feed and carriage return: codes for terminals, never words.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
_CONTROLS = {code: BROKEN for code in range(0xA0) if CONTROL.match(chr(code))}
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_PICTURE = "a picture, which holds no text; run it through text recognition first"
# How files begin that are no text, whatever their name says, and what cures it.
_OTHER_FILES = {
    b"\x89PNG": _PICTURE,
    b"\xff\xd8\xff": _PICTURE,
    b"GIF8": _PICTURE,
    b"PK\x03\x04": "an archive or a file of an office program; give it its proper ending",
    b"\xd0\xcf\x11\xe0": "a file of an old office program; save it anew, as .docx or .xlsx",
    b"%PDF-": "a PDF; give it the ending .pdf",
    b"\x1f\x8b": "a compressed file; give it the ending .gz",
    b"\x28\xb5\x2f\xfd": "a compressed file; give it the ending .zst",
    b"\x7fELF": "a program, not text; give a file of text",
    b"MZ\x90": "a program, not text; give a file of text",
}
# Encodings in which official text is still met, those that recognise themselves best first.
_CANDIDATES = ["cp949", "shift_jis", "euc_jp", "gb18030", "big5", "cp1251", "koi8_r"]
_WESTERN = "cp1252"
_SAMPLE = 65_536
# One broken place in so many bytes is damage; more of them are no text of that encoding.
_RARE = 100
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")


def text_of(data: bytes, declared: str | None = None) -> tuple[str, list[Problem]]:
    """The text of bytes, and what is odd about it; `declared` is the encoding that the file itself names.

    Raises:
        FormatError: the bytes are no text.
    """
    _refuse(data, _OTHER_FILES)
    # No encoding takes more than four bytes for a character; what lies beyond need not be decoded.
    data = data[: 4 * LARGEST_TEXT + 4]
    text, problems = _decoded(data, declared)
    if len(text) > LARGEST_TEXT:
        text = text[:LARGEST_TEXT]
        problems.append(cut_short(f"Only the first {in_megabytes(LARGEST_TEXT)} of the text are read."))
    text, faults = without_controls(text)
    return text, problems + faults


def without_controls(text: str) -> tuple[str, list[Problem]]:
    """The text with U+FFFD for each control character, so that offsets stay, and a warning about them.

    Raises:
        FormatError: they are many, so that it is a binary file.
    """
    first = CONTROL.search(text)
    if first is None:
        return text, []
    count = len(CONTROL.findall(text))
    if count * _RARE > len(text):
        code = ord(first.group())
        raise FormatError(
            f"it is not text, for control character {code:#04x} stands at {first.start()}; "
            "take such characters out, or give another file"
        )
    places = (match.start() for match in CONTROL.finditer(text))
    message = f"{_times(count)} a control character stands in the text{_listed(text, places, count)}."
    hint = "U+FFFD stands there instead; take it out."
    problem = Problem("control-characters", message, _first(text, first.group()), hint, "warning")
    return text.translate(_CONTROLS), [problem]


def cut_short(message: str) -> Problem:
    """A warning that not all of a file was taken in."""
    return Problem(
        "cut-short", message, Place(""), "Split the file, or give the part that counts.", "warning"
    )


def refuse_pictures(data: bytes) -> None:
    """Say that a picture must go through text recognition, whatever its name is.

    Raises:
        FormatError: the bytes begin as those of a picture do.
    """
    _refuse(data, [beginning for beginning, kind in _OTHER_FILES.items() if kind == _PICTURE])


def _refuse(data: bytes, beginnings: Iterable[bytes]) -> None:
    for beginning in beginnings:
        if data.startswith(beginning):
            raise FormatError(f"its first bytes are those of {_OTHER_FILES[beginning]}")


def _decoded(data: bytes, declared: str | None) -> tuple[str, list[Problem]]:
    """The bytes by their mark, else as declared, as UTF-8, or as the likeliest of other encodings."""
    for mark, marked in _MARKS:
        if data.startswith(mark):
            return _with_replacement(data[len(mark) :], marked)
    if wide := _wide(data):
        return _with_replacement(data, wide)
    for likely in filter(None, dict.fromkeys((_known(declared), "utf-8"))):
        try:
            return data.decode(likely), []
        except UnicodeDecodeError:
            continue
    text = data.decode("utf-8", "replace")
    faults = text.count(BROKEN)
    if faults * _RARE <= len(text) and faults * 2 <= _count_beyond_ascii(text):
        return text, list(_broken(text))
    encoding = _likeliest(data)
    text, problems = _with_replacement(data, encoding)
    return text, [_guessed(encoding), *problems]


def _known(encoding: str | None) -> str | None:
    """The encoding if Python knows it; pages that say Latin-1 mean its Windows form, as browsers hold."""
    try:
        name = codecs.lookup(encoding).name if encoding else None
    except (LookupError, ValueError):
        return None
    return _WESTERN if name in ("iso8859-1", "ascii") else name if name in _TEXT_CODECS else None


_TEXT_CODECS = (
    frozenset(
        codecs.lookup(name).name
        for name in (
            *_CANDIDATES,
            _WESTERN,
            "utf-8",
            "euc_kr",
            "gb2312",
            "gbk",
            "iso2022_jp",
            "iso2022_kr",
            "cp932",
        )
    )
    | {codecs.lookup(f"cp125{n}").name for n in range(9)}
    | {f"iso8859-{n}" for n in (*range(1, 11), 13, 14, 15, 16)}
)


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: every other byte is often zero, and hardly any of those between."""
    sample = data[: _SAMPLE & ~1]
    zeros = sample.count(0)
    if len(data) % 2 or zeros * 20 < len(sample) or not zeros:
        return None
    later = sample[1::2].count(0)
    return "utf-16-le" if later * 5 >= zeros * 4 else "utf-16-be" if later * 5 <= zeros else None


def _likeliest(data: bytes) -> str:
    """The encoding that bytes which are no UTF-8 look like.

    Letters of the west that are not ASCII stand alone among others; those of other scripts stand together.
    """
    sample = data[:_SAMPLE]
    runs = [len(run) for run in islice(_HIGH_RUN.findall(sample), 4000)]
    if 2 * sum(1 for length in runs if length == 1) >= sum(runs):
        return _WESTERN
    from charset_normalizer import from_bytes

    best = from_bytes(sample.rpartition(b"\n")[0] or sample, cp_isolation=_CANDIDATES).best()
    return best.encoding if best else _WESTERN


def _with_replacement(data: bytes, encoding: str) -> tuple[str, list[Problem]]:
    """The text with a mark at each place that cannot be decoded, and a warning that says where."""
    try:
        return data.decode(encoding), []
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
    if text.count(BROKEN) * 4 > len(text):
        raise FormatError(
            "it is not text, for its bytes belong to no encoding; save it as UTF-8, or give another file"
        )
    return text, list(_broken(text))


def _count_beyond_ascii(text: str) -> int:
    return len(text) - len(text.encode("ascii", "ignore"))


def _guessed(encoding: str) -> Problem:
    message = f"The file is not UTF-8 and names no other encoding; it is read as {encoding}."
    hint = "Save it as UTF-8 if words look wrong."
    return Problem("guessed-encoding", message, Place(""), hint, "warning")


def _broken(text: str) -> Iterator[Problem]:
    """A warning that names the first places where bytes could not be decoded."""
    places = (match.start() for match in re.finditer(BROKEN, text))
    count = text.count(BROKEN)
    message = f"{_times(count)} the bytes are broken{_listed(text, places, count)}."
    hint = "U+FFFD stands there instead; fetch or save the file anew."
    yield Problem("broken-bytes", message, _first(text, BROKEN), hint, "warning")


def _times(count: int) -> str:
    return "Once" if count == 1 else f"{count} times"


def _listed(text: str, places: Iterable[int], count: int) -> str:
    """The lines of the first few places, in words."""
    lines = sorted({text.count("\n", 0, place) + 1 for place in islice(places, MOST_TOLD)})
    more = " and on" if count > MOST_TOLD else ""
    return f" (line {', '.join(map(str, lines))}{more})"


def _first(text: str, mark: str) -> Place:
    """Line and column of the first mark; the line itself may be long and holds no sense there."""
    start = text.index(mark)
    return Place("", text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start))


def whole_signs(text: str, key: str) -> tuple[str, list[Problem]]:
    """The text with a visible sign for each half of a surrogate pair, which no file can hold, and a warning.

    `key` says which text of a document it is.
    """
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if whole == text:
        return text, []
    mark = "\N{REPLACEMENT CHARACTER}"
    message = f'The "{key}" holds half of a surrogate pair, which is no sign; "{mark}" stands for it.'
    hint = "Write the file anew in UTF-8."
    return whole, [Problem("half-sign", message, Place("", key=key), hint, "warning")]
