"""The words and marks of a text, and what phrases of the vocabulary are found among them.

Phrases are cut into words in the same way; phrase_index.py finds them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import accumulate, pairwise
from operator import add, itemgetter
from sys import intern
from typing import NamedTuple, overload

# Words of several letters come first, since most words are such, and plain letters, which are told fastest;
# initials with dots are one word.
WORD = re.compile(
    r"[A-Za-z]{2,}[^\W\d_]*|[^\W\d_A-Za-z][^\W\d_]+|[A-Za-z](?:[^\W\d_]+|\.(?:[A-Za-z]\.)+)?"
    r"|\d+(?:[.,]\d+)*|[^\s_]"
)
CLAUSE_MARKS = frozenset({",", ";", ":", "—", "–", "(", ")"})
# How many runs of letters and marks are kept that have been cut, and of how many signs at most.
MOST_KEPT, LONGEST_KEPT = 50_000, 24


class Word(NamedTuple):
    """One word or mark of the text with its span; `key` is what phrases are compared with."""

    text: str
    key: str
    start: int
    end: int


_Cut = tuple[tuple[str, ...], tuple[str, ...], tuple[int, ...]]


class _Cuts(dict[str, _Cut]):
    """The words and marks of what stands between two blanks ("plan,"), their keys and widths; bounded.

    The width of a word is how far it is from where it begins to where the next one does, if one blank
    follows; there are none where something stands in front of the first word.

    A text holds the same few thousand of them again and again, so that each is cut and folded once. Equal
    words are one object, which is what makes comparing them with those of phrases fast.
    """

    def __missing__(self, written: str) -> _Cut:
        texts = tuple(map(intern, WORD.findall(written)))
        keys = tuple(intern(key_of(text)) for text in texts)
        starts = [*(match.start() for match in WORD.finditer(written)), len(written) + 1]
        widths = tuple(end - start for start, end in pairwise(starts)) if starts[0] == 0 else ()
        cut = texts, texts if keys == texts else keys, widths
        if len(written) <= LONGEST_KEPT and len(self) < MOST_KEPT:
            self[written] = cut
        return cut


def key_of(word: str) -> str:
    """What a word is compared with phrases by: neither case nor the dots of initials count."""
    return word.replace(".", "").casefold() if len(word) > 1 else word


_cut = _Cuts().__getitem__
_FIRST_SIGN_OF = itemgetter(0)


class Words(Sequence[Word]):
    """The words and marks of a span of the text, in order; what callers do not ask for is not made.

    Neither case nor the dots of initials count in `keys`: "U.S." is "us", which capitals tell from "us".
    """

    __slots__ = (
        *("_counted", "_end", "_ends", "_marked", "_start", "_starts", "_text", "_widths"),
        *("keys", "texts"),
    )

    def __init__(self, text: str, start: int, end: int) -> None:
        self._text, self._start, self._end = text, start, end
        all_texts: list[str] = []
        all_keys: list[str] = []
        all_widths: list[int] = []
        for texts, keys, widths in map(_cut, text[start:end].split()):
            all_texts += texts
            all_keys += keys
            all_widths += widths
        self.texts, self.keys, self._widths = all_texts, all_keys, all_widths
        self._starts: list[int] | None = None
        self._ends: list[int] | None = None
        self._counted: list[int] | None = None
        self._marked: list[int] | None = None

    @classmethod
    def made_of(cls, text: str, parts: Sequence[Word]) -> Words:
        """Words that have been cut in another way, as languages need that glue words together."""
        words = cls(text, 0, 0)
        words.texts, words.keys = [part.text for part in parts], [part.key for part in parts]
        words._starts, words._ends = [part.start for part in parts], [part.end for part in parts]
        return words

    @property
    def starts(self) -> list[int]:
        """Where each begins, as offsets into the whole text."""
        if self._starts is None:
            self._place()
        return self._starts  # type: ignore[return-value]

    @property
    def ends(self) -> list[int]:
        """Where each ends, as offsets into the whole text."""
        if self._ends is None:
            self._place()
        return self._ends  # type: ignore[return-value]

    def _place(self) -> None:
        """Find the places of the words, by their widths where one blank stands wherever there are some."""
        starts = list(accumulate(self._widths, initial=self._start))
        if starts.pop() == self._end + 1 and len(starts) == len(self.texts):
            self._starts, self._ends = starts, list(map(add, starts, map(len, self.texts)))
        else:
            self._search()

    def _search(self) -> None:
        """Find the places one by one. Between two words is nothing that a word could begin with."""
        text, place = self._text, self._start
        starts, ends = [], []
        for word in self.texts:
            if text[place] != word[0]:  # a blank stands before it
                place += 1
                if text[place] != word[0]:
                    place = text.find(word, place)
            starts.append(place)
            place += len(word)
            ends.append(place)
        self._starts, self._ends = starts, ends

    @property
    def counted(self) -> list[int]:
        """How many words, marks apart, stand before each word, and in all."""
        if self._counted is None:
            begin_words = map(str.isalnum, map(_FIRST_SIGN_OF, self.keys))
            self._counted = list(accumulate(begin_words, initial=0))
        return self._counted

    @property
    def marked(self) -> list[int]:
        """How many marks that end a clause stand before each word, and in all."""
        if self._marked is None:
            self._marked = list(accumulate(map(CLAUSE_MARKS.__contains__, self.keys), initial=0))
        return self._marked

    @overload
    def __getitem__(self, index: int) -> Word: ...
    @overload
    def __getitem__(self, index: slice) -> list[Word]: ...
    def __getitem__(self, index: int | slice) -> Word | list[Word]:
        if self._ends is None:
            self._place()
        texts, keys, starts, ends = self.texts, self.keys, self._starts, self._ends
        assert starts is not None and ends is not None
        if isinstance(index, slice):
            parts = zip(texts[index], keys[index], starts[index], ends[index], strict=True)
            return list(map(_new_word, parts))
        return _new_word((texts[index], keys[index], starts[index], ends[index]))

    def __len__(self) -> int:
        return len(self.texts)

    def __iter__(self) -> Iterator[Word]:
        return map(_new_word, zip(self.texts, self.keys, self.starts, self.ends, strict=True))

    def mentions(self, hits: Iterable[PlainHit]) -> list[Mention]:
        """Phrases found in the words with their places in the text."""
        starts, ends = self.starts, self.ends
        return [
            _new_mention((meaning, starts[first], ends[last], first, last)) for meaning, first, last in hits
        ]

    def same(self, first: int, last: int, exact: str) -> bool:
        """Whether a run of words stands in capitals as `exact` does, blanks and dots left out."""
        return "".join(self.texts[first : last + 1]).replace(".", "") == exact


class Meaning(NamedTuple):
    """What a phrase stands for: a kind ("actor", "measure", "cue:up"), an id, and the text to show for it."""

    kind: str
    id: str
    label: str = ""
    actor: str | None = None
    location: str | None = None


class Mention(NamedTuple):
    """A phrase found in the text.

    `first` and `last` are the numbers of its first and last word in the sentence.
    """

    meaning: Meaning
    start: int
    end: int
    first: int
    last: int

    @property
    def kind(self) -> str:
        """The kind of its meaning."""
        return self.meaning.kind

    @property
    def id(self) -> str:
        """The id of its meaning."""
        return self.meaning.id


class Hit(NamedTuple):
    """A phrase found in a run of words, by the numbers of its first and last word."""

    meaning: Meaning
    first: int
    last: int


# The same without names, since a text holds so many.
PlainHit = tuple[Meaning, int, int]


def words_of(text: str, start: int = 0, end: int | None = None) -> Words:
    """The words and marks of a span of the text, with offsets into the whole text."""
    return Words(text, start, len(text) if end is None else end)


_new_word = partial(tuple.__new__, Word)
new_hit = partial(tuple.__new__, Hit)
_new_mention = partial(tuple.__new__, Mention)
