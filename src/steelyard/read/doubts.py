"""How much each guess takes from the confidence of a claim, in one place.

A claim begins as `SURE`; each join that is weaker than words beside the figure takes something off, so that
claims at 0.9 are right nine times in ten. The table in docs/accuracy.md is what the numbers are set by.
"""

from __future__ import annotations

SURE = 0.97
LEAST_CONFIDENCE = 0.2

# What it is of.
NO_MEASURE = 0.1  # only the text's own words, in no list
CARRIED_MEASURE = 0.15
MEASURE_OF_SETTING = 0.05  # no name of it, but the sentence is on nothing else
SHARE_TAKEN_UP = 0.1  # a bare percentage read as one of a whole spoken of before

# Whose it is.
NO_ACTOR = 0.3
UNKNOWN_ACTOR = 0.3
NEAR_SUBJECT, FAR_SUBJECT = 0.02, 0.05
ALLIANCE_SPOKEN_OF = 0.05
GOVERNMENT_SPOKEN_OF = 0.1
ADJECTIVE_OF_SUBJECT = 0.05
BY_CURRENCY = 0.25
NAMED_AFTER = 0.1
CARRIED_ACTOR = 0.15
SPEAKERS_SIDE = 0.2
NAMED_LAST = 0.25

# For when, and with what standing.
CARRIED_PERIOD = 0.05
YEAR_NAMED_BEFORE = 0.1
YEAR_OF_STATUS = 0.05
PRESENT_YEAR = 0.05
CARRIED_STATUS = 0.05

# Roles and statements.
ROLE = 0.05
ROLE_WITHOUT_FUNCTION = 0.15
STATEMENT = 0.05
STATEMENT_OF_NOBODY = 0.2
