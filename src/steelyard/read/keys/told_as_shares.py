"""Amounts that a text tells again as a share: "2.16 billion euros, or 4.9 percent of gross domestic product".

Which amount the share is of stands beyond doubt there; what it is a share of may be told anywhere in the
text. So the link lacks that role, and the checker looks for it (check/rows.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from steelyard.core.claim import Claim
from steelyard.core.schema import texts_in
from steelyard.read.keys.any_words import any_word
from steelyard.read.lexicon import Lexicon

# Letters between an amount and its share at most.
MOST_BETWEEN = 60
# Letters of the verb that ends the sentence of the amount, in a language where it stands last.
MOST_OF_VERB = 20
_YEAR_BEHIND = re.compile(r"\s*(?:of [^,.;()\d]{0,40})?\b(?:in|for|by|since)\s+(?:19|20)\d\d")


@dataclass(frozen=True)
class ToldAsShares:
    """What joins an amount and its share, and what follows on the share, in one language."""

    between: re.Pattern[str]
    behind: re.Pattern[str] | None
    reckoning: str
    part: str
    portion: str
    units: frozenset[str]


@lru_cache(maxsize=16)
def told_as_shares_of(lexicon: Lexicon) -> ToldAsShares | None:
    """The words of a language; None where it has none."""
    entries = lexicon.vocabulary.entries("reckonings").values()
    entry = next((one for one in entries if one.text("across") == "share"), None)
    if entry is None or not lexicon.words("reckoning", "told_as_share"):
        return None
    roles: Mapping[str, object] = entry.table("roles")
    tables = {name: role for name, role in roles.items() if isinstance(role, dict)}
    portion = next(name for name, role in tables.items() if role.get("only_in"))
    part = next(name for name, role in tables.items() if name != portion and not role.get("only_of"))
    words, filler = any_word(lexicon, "told_as_share"), any_word(lexicon, "filler")
    begins, ends = r"[\s,(]*", rf"(?:\s+{filler})?\s*"
    if lexicon.cues_follow:  # the verb of the sentence may stand behind the amount
        begins, ends = rf"(?:[^.,()]{{0,{MOST_OF_VERB}}}(?=[^\W\d_]\. ?))?", r"\s*"
    behind = any_word(lexicon, "share_told") if lexicon.words("reckoning", "share_told") else ""
    return ToldAsShares(
        re.compile(f"{begins}{words}{ends}", re.IGNORECASE),
        re.compile(rf"\s*{behind}") if behind else None,
        entry.id,
        part,
        portion,
        frozenset(texts_in(tables[portion].get("only_in"))),
    )


def told_as_shares(
    text: str, claims: Sequence[Claim], words: ToldAsShares | None
) -> Iterator[tuple[str, str]]:
    """For each share told right behind an amount its id, and both by their roles."""
    for part, share in pairwise(claims) if words else ():
        if words is None or share.unit not in words.units or not 0 < share.start - part.end <= MOST_BETWEEN:
            continue
        behind = text[share.end : share.end + MOST_BETWEEN]
        if _YEAR_BEHIND.match(behind) or (words.behind and not words.behind.match(behind)):
            continue
        if words.between.fullmatch(text[part.end : share.start]):
            yield share.id, f"{words.reckoning} {words.part}={part.id} {words.portion}={share.id}"
