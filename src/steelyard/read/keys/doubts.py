"""How much each guess takes from the confidence of a claim, in one place.

A claim begins as `SURE`; each join that is weaker than words beside the figure takes something off, so that
claims at 0.9 are right nine times in ten. The table in docs/accuracy.md is what the numbers are set by.
"""

from __future__ import annotations

SURE = 0.97
LEAST_CONFIDENCE = 0.2

# What it is of.
# Only the text's own words, in no list. What is counted or has grown needs no name; money or a percentage may
# belong to something that was not recognised; a number without a unit is often no figure at all.
NO_MEASURE_OF_A_COUNT = 0.03
NO_MEASURE = 0.12
NO_MEASURE_OF_A_NUMBER = 0.3
CARRIED_MEASURE = 0.15
MEASURE_OF_SETTING = 0.05  # no name of it, but the sentence is on nothing else
SHARE_TAKEN_UP = 0.1  # a bare percentage read as one of a whole spoken of before

# Whose it is.
# A measure wants an actor; a figure of something else gets one as a guess.
NO_ACTOR = 0.3
UNKNOWN_ACTOR = 0.3
ACTOR_OF_SOMETHING_ELSE = 0.08
NEAR_SUBJECT, FAR_SUBJECT = 0.02, 0.05
ALLIANCE_SPOKEN_OF = 0.05
GOVERNMENT_SPOKEN_OF = 0.1
ADJECTIVE_OF_SUBJECT = 0.05
BY_CURRENCY = 0.18
NAMED_AFTER = 0.1
CARRIED_ACTOR = 0.15
SPEAKERS_SIDE = 0.2
NAMED_LAST = 0.25

# For when, and with what standing.
NO_PERIOD = 0.1
CARRIED_PERIOD = 0.18
YEAR_NAMED_BEFORE = 0.1
YEAR_OF_STATUS = 0.05
PRESENT_YEAR = 0.05
CARRIED_STATUS = 0.05

# Roles and statements.
ROLE = 0.05
ROLE_WITHOUT_FUNCTION = 0.15
STATEMENT = 0.05
STATEMENT_OF_NOBODY = 0.2
