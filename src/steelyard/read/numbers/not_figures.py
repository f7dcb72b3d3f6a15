"""Numbers that are no figures: years, days, names, pages, list marks, telephone numbers, addresses."""

from __future__ import annotations

import re
from collections.abc import Mapping

from steelyard.read.lexicon import Lexicon
from steelyard.read.numbers.digits import BLANKS, Number

LIKELY_YEARS = range(1900, 2100)
FARTHEST, WIDEST_GAP = 24, 2
FORMER_YEARS = range(1000, 1900)
_NEXT = re.compile(rf"[{BLANKS}\n-]?((?:[A-Za-z]\.){{2,}}|[^\W\d]{{1,40}})")
_CAPITALS = re.compile(rf"(?:[{BLANKS}][A-Z][\w.’'-]*){{1,4}}")
_LIST_MARK = re.compile(r"(?:^|\n)[ \t]*\(?\d{1,2}[.)]\s?$")
_LAST_WORD = re.compile(r"(?:[^\W\d_][\w.’'-]*|[#№§@])$")
_SENTENCE_ENDS = frozenset('.!?:;\n“"”‘(•*|')


class NotFigures:
    """Tells what is no figure by the words of one language."""

    def __init__(self, lexicon: Lexicon) -> None:
        table = lexicon.mapping("not_figures")
        months = frozenset(str(month).casefold() for month in lexicon.mapping("months"))
        self._before = _texts(table, "before") | months
        self._counting = _texts(table, "counting") | months
        self._after = frozenset(word.replace(".", "").casefold() for word in _texts(table, "after")) | months
        self._models = _texts(table, "models")
        self._streets = _texts(table, "streets")
        self._years_after = _texts(table, "years_after")
        self._calibres = _texts(table, "calibres")
        self._names = _texts(table, "names")
        self._leads = _texts(table, "leads") | frozenset(
            word for key in ("hedges", "ranges") for word in _all_words(lexicon.mapping(key))
        )

    def is_number_of(self, text: str, number: Number, *, bare: bool) -> bool:
        """Whether a number in digits is a part of a name, a year, a page, a mark of a list."""
        before, gap = _word_before(text, number.start)
        if before in self._models or before in ("#", "№", "§", "@"):
            return True
        whole = "." not in number.digits and number.scale == 1
        if len(number.digits) > 1 and number.digits[0] == "0" and whole:
            return True
        if not bare:
            return False
        if whole and self._is_year(text, number, before):
            return True
        return self._is_named(text, number, before, gap) or self._is_marked(text, number)

    def is_year_of(self, text: str, number: Number, *, apart: bool) -> bool:
        """Whether what seems to be counted ("2025 figures") is of a year."""
        written = text[number.start : number.end]
        if len(written) != 4 or not written.isdigit() or int(written) not in LIKELY_YEARS:
            return False
        return apart or int(written) % 100 != 0

    def is_calibre(self, text: str, end: int) -> bool:
        """Whether a length is part of a weapon's name, as in "155 mm howitzers"."""
        follower = _NEXT.match(text, end)
        return follower is not None and follower[1].casefold() in self._calibres

    def is_name(self, text: str, number: Number) -> bool:
        """Whether a number word is part of a name, as in "Five Eyes" and "the Big Three"."""
        first = text[number.start : number.start + 1]
        if not first.isupper():
            return False
        lead = text[: number.start].rstrip()
        if lead and lead[-1] not in _SENTENCE_ENDS:
            return True
        follower = _NEXT.match(text, number.end)
        return follower is not None and follower[1] in self._names

    def _is_year(self, text: str, number: Number, before: str) -> bool:
        written = text[number.start : number.end]
        if len(written) != 4 or not written.isdigit():
            return False
        return int(written) in LIKELY_YEARS or (
            int(written) in FORMER_YEARS and before.casefold() in self._years_after
        )

    def _is_named(self, text: str, number: Number, before: str, gap: str) -> bool:
        """Whether the word before or after names what the number only counts off."""
        key = before.casefold().rstrip(".")
        if key in self._before:
            return key not in self._counting or "," not in text[number.start : number.end]
        follower = _NEXT.match(text, number.end)
        if follower is not None:
            if follower[1].casefold().replace(".", "") in self._after:
                return True
            if follower[1][0].isupper() and self._is_street(text, number.end):
                return True
        if not before[:1].isupper() or key in self._leads or len(number.digits) > 4:
            return False
        start = number.start - len(before) - len(gap)
        lead = text[:start].rstrip(" \u00a0")
        starts_sentence = not lead or lead[-1] in _SENTENCE_ENDS
        return not starts_sentence and not gap.strip(" \u00a0") and text[number.start].isdigit()

    def _is_street(self, text: str, end: int) -> bool:
        match = _CAPITALS.match(text, end)
        return match is not None and any(word.strip(".,") in self._streets for word in match[0].split())

    def _is_marked(self, text: str, number: Number) -> bool:
        """Whether the number is a mark of a list or note, or part of a telephone number."""
        before, after = text[number.start - 1 : number.start], text[number.end : number.end + 1]
        if (before, after) in (("(", ")"), ("[", "]")) and len(number.digits) <= 2:
            return True
        if before == "+" and re.match(r"[ -]?\(?\d", text[number.end : number.end + 3]):
            return True
        return _LIST_MARK.search(text[max(0, number.start - 3) : number.end + 2]) is not None


def _word_before(text: str, start: int) -> tuple[str, str]:
    """The word or sign before a number, and the few blanks and brackets between them; empty if none is."""
    lead = text[max(0, start - FARTHEST) : start]
    bare = lead.rstrip(" \u00a0\n(")
    gap = lead[len(bare) :]
    # A pattern that is to end with its text is tried at every letter, so it gets the last word alone.
    match = _LAST_WORD.search(bare[bare.rfind(" ") + 1 :]) if len(gap) <= WIDEST_GAP else None
    return (match[0], gap) if match else ("", "")


def _texts(table: Mapping[str, object], key: str) -> frozenset[str]:
    values = table.get(key)
    return frozenset(map(str, values)) if isinstance(values, list) else frozenset()


def _all_words(table: Mapping[str, object]) -> set[str]:
    lists = (values for values in table.values() if isinstance(values, list))
    return {word for values in lists for phrase in values for word in str(phrase).casefold().split()}
