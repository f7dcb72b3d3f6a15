"""A target that a sentence takes up from farther above: "to lift the ratio to the level named there"."""

from __future__ import annotations

from steelyard.core.claim import Claim
from steelyard.read.keys.frames import Frame
from steelyard.read.keys.neighbours import Sentences


def goal_before(sentences: Sentences, frame: Frame, teller: Claim, beside: Claim) -> Claim | None:
    """The only target told before in the unit of a share, if words of the teller's sentence take one up."""
    cue = frame.words.of_goal
    first, last = teller.sentence_start - sentences.start, teller.end - sentences.start
    reaching = frame.words.of_reaching
    if not all(one and one.search(sentences.text, first, last) for one in (cue, reaching)):
        return None
    goals = [
        claim
        for claim in sentences.claims
        if claim.end <= teller.start and claim.status in frame.words.aims and claim.unit == beside.unit
    ]
    one = len({(goal.value, goal.actor) for goal in goals}) == 1
    return goals[-1] if one and goals[-1].actor in (None, beside.actor) else None
