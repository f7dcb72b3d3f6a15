"""What standing a figure has: proposed, enacted, target, floor; whether it is denied or has a condition.

Words that lead up to the figure come first, then words near it, then what the passage spoke of.
"""

from __future__ import annotations

from collections.abc import Iterator

from steelyard.read.keys.doubts import CARRIED_STATUS
from steelyard.read.keys.excepted import is_said_of_none
from steelyard.read.lexicon import Lexicon
from steelyard.read.mentions import CLAUSE_MARKS, Meaning, Mention, Words
from steelyard.read.numbers.figure import Figure
from steelyard.read.passage import Found, Memory, Passage

MOST_WORDS_TO_GOVERNED = 2
MOST_WORDS_TO_VERB = 2
# Where verbs follow, each syllable of the verb that is denied counts as a word.
MOST_WORDS_TO_DENIAL = 5
MOST_VERBS_TO_DENIAL = 2
NEAR_STATUS = 60
TURNED = {"<": ">", ">": "<"}
MOST_WORDS_BEFORE_AN_OPENING = 2


def find_status(passage: Passage, figure: Figure, found: Found, memory: Memory) -> None:
    """The standing of the figure.

    By words that lead up to it, by words near it, or by the sentence; `carry_status` takes it from others.
    """
    carried = carrying(passage, figure)
    if carried:
        memory.status = carried.id
    if governing := _governing(passage, figure):
        found.say(f"status by {passage.between(governing.start, governing.end)!r}", status=governing.id)
    elif (near := _near(passage, figure)) and not _is_set_of_a_change(passage, near, found):
        found.say(f"status by {passage.between(near.start, near.end)!r} near it", status=near.id)
    elif carried:
        found.say(f"status {carried.id} in the sentence", status=carried.id)


def carry_status(passage: Passage, figure: Figure, found: Found, memory: Memory) -> None:
    """Take the standing over from the sentences before, where they told it of the same actor."""
    actor = found.text("actor")
    if carrying(passage, figure):
        memory.status_actor = actor
    if memory.status is None or found.text("status"):
        return
    if None in (actor, memory.status_actor) or actor == memory.status_actor:
        reason = f"status {memory.status} carried over in the passage"
        found.say(reason, CARRIED_STATUS, status=memory.status)


def _is_set_of_a_change(passage: Passage, near: Mention, found: Found) -> bool:
    """Whether a word such as "benchmark" stands near a change, which is no level that is set."""
    entry = passage.lexicon.vocabulary.entry("statuses", near.id)
    return entry is not None and entry.flag("exact") and found.text("statistic") in ("growth", "change")


def is_said_here(passage: Passage, figure: Figure) -> bool:
    """Whether the sentence itself tells the standing of the figure, so that it is not only carried over."""
    return any((_governing(passage, figure), _near(passage, figure), carrying(passage, figure)))


def is_second_level(passage: Passage, figure: Figure, found: Found, memory: Memory) -> bool:
    """Whether a level whose standing is only carried over is not the one of which it was told.

    One budget has one proposal: a second number for its year may be what was enacted.
    """
    keys = ("actor", "measure", "item", "period", "status")
    if found.text("statistic") != "level" or figure.join == "from" or figure.unit is None:
        return False
    key = (*(found.text(one) for one in keys), figure.unit)
    if is_said_here(passage, figure):
        memory.levels.setdefault(key, figure.amount)
        return False
    return memory.levels.get(key, figure.amount) != figure.amount


def decisions(words: Words, mentions: list[Mention], lexicon: Lexicon) -> Iterator[Mention]:
    """The standing that a body gives by deciding: what a parliament passes, and what a cabinet does.

    The body stands right before the verb ("the Sejm adopted") or after "by" ("adopted by the Sejm").
    """
    bodies = [m for m in mentions if m.kind in ("deciding:parliaments", "deciding:cabinets")]
    for verb in (m for m in mentions if m.kind == "deciding:verbs"):
        body = next((m for m in bodies if _decides(words, m, verb, lexicon)), None)
        flag = f"by_{body.id}" if body else ""
        statuses = lexicon.vocabulary.entries("statuses").values()
        status = next((entry.id for entry in statuses if flag and entry.flag(flag)), None)
        if body and status:
            first, last = min(body, verb, key=_first), max(body, verb, key=_first)
            yield Mention(Meaning("status", status), first.start, last.end, first.first, last.last)


def _first(mention: Mention) -> int:
    return mention.first


def _decides(words: Words, body: Mention, verb: Mention, lexicon: Lexicon) -> bool:
    """Whether the body is the subject of the verb, or named after it with "by"."""
    if body.last < verb.first:
        keys = [word.key for word in words[body.last + 1 : verb.first]]
        return len(keys) <= MOST_WORDS_TO_VERB and all(key.isalpha() for key in keys)
    keys = [word.key for word in words[verb.last + 1 : body.first]]
    return bool(keys) and keys[0] in lexicon.words("direction", "by") and len(keys) <= 1 + MOST_WORDS_TO_VERB


def carries(passage: Passage, identifier: str) -> bool:
    """Whether a standing holds for the sentences that follow too."""
    return identifier in passage.lexicon.statuses_that_carry


def carrying(passage: Passage, figure: Figure) -> Mention | None:
    """The word of standing for the figure: the nearest before it, else the first after it in its clause.

    Where verbs follow, the one behind the figure decides over a noun before it.
    """
    if "status" not in passage.kinds:
        return None
    lasting = passage.lexicon.statuses_that_carry
    carrying = [m for m in passage.kinds["status"] if m.id in lasting]
    if not carrying:
        return None
    before = next((m for m in reversed(carrying) if m.end <= figure.start), None)
    if before is not None and not passage.lexicon.cues_follow:
        return before
    end = _end_of_conversions(passage, figure)
    after = (m for m in carrying if m.start >= end and passage.same_clause(end, m.start))
    return next(after, before)


def _end_of_conversions(passage: Passage, figure: Figure) -> int:
    """Where a figure ends with its amounts in other currencies and their brackets."""
    end = figure.end
    other = passage.figure_after(end)
    while other is not None and other.join == "conversion":
        end = other.outer_end
        other = passage.figure_after(other.start + 1)
    after = passage.word_after(end) if end != figure.end else None
    return after.end if after and after.key in CLAUSE_MARKS and after.key not in ",;:" else end


def _governing(passage: Passage, figure: Figure) -> Mention | None:
    """A phrase such as "raise ... to" that leads up to the figure; at most two words may intervene.

    The hedge of the figure may be the last word of the phrase itself ("reduce ... below").
    """
    follows = passage.touches_after(figure.outer_end, "follows", 0) if passage.of_kind("follows") else None
    if follows and not passage.word_keys(figure.outer_end, follows.start):
        return follows
    kinds = ("governs", "governs_shares") if figure.dimension == "share" else ("governs",)
    for mention in passage.before(figure.start, *kinds):
        if _has_an_amount(passage, mention, figure) or _comes_to(passage, mention):
            continue
        if _tells_the_past(passage, mention):
            continue
        between = passage.count_words(mention.end, figure.start)
        if between <= MOST_WORDS_TO_GOVERNED and passage.same_clause(mention.end, figure.start):
            return mention
    return None


def _comes_to(passage: Passage, mention: Mention) -> bool:
    """Whether a phrase leads to no level: in "the increase comes to 7 %" nothing is increased to 7 %."""
    verb = passage.nearest_before(mention.end, "direction:amounts")
    return (
        verb is not None and verb.end == mention.end and mention.start < verb.start and verb.first < verb.last
    )


def _tells_the_past(passage: Passage, mention: Mention) -> bool:
    """Whether a verb that is the same in the past leads to what was reached: "spending hit 7 billion"."""
    keys, lists = passage.words.keys, passage.lexicon.words
    if mention.first < mention.last or keys[mention.first] not in lists("grammar", "past_too"):
        return False
    return mention.first == 0 or keys[mention.first - 1] not in lists("multiples", "before_verb")


def _has_an_amount(passage: Passage, mention: Mention, figure: Figure) -> bool:
    """Whether a phrase tells by how much, and so no target: "a 5 % increase ... to", "increase by 5 % to"."""
    inside = passage.figures_between(mention.start, figure.start)
    before = passage.figure_before(mention.start)
    adjoins = before is not None and not passage.word_keys(before.end, mention.start)
    moves = passage.nearest_after(mention.start, "direction:up", "direction:down")
    by_that = adjoins and moves is not None and moves.start == mention.start
    return by_that or any(amount.join is None for amount in inside)


def _near(passage: Passage, figure: Figure) -> Mention | None:
    """A word of standing right after the figure, before it in its clause, or at the start of the sentence."""
    for mention in passage.of_kind("status"):
        if carries(passage, mention.id):
            continue
        left, right = (
            (figure.end, mention.start) if mention.start >= figure.end else (mention.end, figure.start)
        )
        other = passage.figures_between(left, right)
        opens = passage.count_words(passage.sentence.start, mention.start) <= MOST_WORDS_BEFORE_AN_OPENING
        if right - left <= NEAR_STATUS and not other and (opens or passage.same_clause(left, right)):
            return mention
    return None


def find_condition(passage: Passage, figure: Figure, found: Found) -> None:
    """The words of a condition in the sentence, and whether the figure is denied."""
    if condition := condition_in(passage):
        found.say("a condition", condition=condition)
    if (way := found.text("direction")) in TURNED and _is_bound_denied(passage, figure):
        found.say("a bound that is denied lies on the other side", direction=TURNED[way])
    elif is_said_of_none(passage, figure) or _is_denied(passage, figure) or _is_untrue(passage, figure):
        found.say("denied", negated=True)


def _is_denied(passage: Passage, figure: Figure) -> bool:
    """Whether a word such as "not" touches the figure, from behind where verbs follow what they deny."""
    if passage.lexicon.cues_follow:
        denial = passage.touches_after(figure.outer_end, "negation:words", MOST_WORDS_TO_DENIAL)
        if denial is None or passage.figures_between(figure.outer_end, denial.start):
            return False
        # A second verb between them is what is denied: "rose to 5 trillion but is not enough".
        return len(passage.between(figure.outer_end, denial.start).split()) <= MOST_VERBS_TO_DENIAL
    denial = passage.touches_before(figure.outer_start, "negation:words", 2)
    governing = _governing(passage, figure) if denial else None
    return denial is not None and not (governing and governing.start <= denial.start)


def _is_untrue(passage: Passage, figure: Figure) -> bool:
    """Whether the clause of a figure is what somebody denies, as in "denied that it spends 5 billion"."""
    denial = passage.nearest_before(figure.outer_start, "negation:denials")
    if denial is None or passage.figures_between(denial.end, figure.start):
        return False
    said = passage.nearest_after(denial.end, "speech:verbs")
    return said is None or said.start > figure.start


def _is_bound_denied(passage: Passage, figure: Figure) -> bool:
    """Whether "not" stands with the words that lead up to a bound, as in "will not fall below 4 %"."""
    governing = _governing(passage, figure) if "negation:words" in passage.kinds else None
    if governing is None:
        return False
    inside = passage.nearest_after(governing.start, "negation:words")
    if inside is not None and inside.end <= figure.start:
        return True
    return passage.touches_before(governing.start, "negation:words", 2) is not None


def condition_in(passage: Passage) -> str | None:
    """The words of a condition in the sentence: after its cue, up to a comma where the clause opens it."""
    told = passage.lexicon.words("conditions", "not_after")
    cues = [
        cue
        for cue in passage.of_kind("conditions:words")
        if not cue.first or passage.words.keys[cue.first - 1] not in told
    ]
    if not cues:
        return None
    opens = passage.count_words(passage.sentence.start, cues[0].start) == 0
    stops = ".;,—" if opens else ".;—"
    rest = passage.words_after(cues[0].end)
    stop = next((word.start for word in rest if word.key in stops), passage.sentence.end)
    return passage.between(cues[0].start, stop).strip() or None
