"""Who leads, shares or supports which responsibility."""

from __future__ import annotations

import pytest

from tests.read.reading import read, role


@pytest.mark.parametrize(
    ("text", "actor", "kind", "modality", "function"),
    [
        ("Japan bears primary responsibility for its own defence.", "JPN", "lead", "is", "its own defence"),
        (
            "Japan takes the leading role in the defence of Kyushu.",
            "JPN",
            "lead",
            "is",
            "the defence of Kyushu",
        ),
        (
            "Poland should take the lead in guarding the eastern flank.",
            "POL",
            "lead",
            "should",
            "guarding the eastern flank",
        ),
        ("Germany must assume the main responsibility for Lithuania.", "DEU", "lead", "must", "Lithuania"),
        ("Germany will assume the main responsibility for Lithuania.", "DEU", "lead", "will", "Lithuania"),
        ("Germany would assume the main responsibility for Lithuania.", "DEU", "lead", "would", "Lithuania"),
        (
            "Japan is capable of taking primary responsibility for its islands.",
            "JPN",
            "lead",
            "can",
            "its islands",
        ),
        ("Japan can take primary responsibility for its islands.", "JPN", "lead", "can", "its islands"),
        (
            "Australia remains the principal actor in the South Pacific.",
            "AUS",
            "lead",
            "is",
            "the South Pacific",
        ),
        ("Primary responsibility for the strait lies with Taiwan.", "TWN", "lead", "is", "the strait"),
        (
            "Primary responsibility for the strait rests squarely on Taiwan.",
            "TWN",
            "lead",
            "is",
            "the strait",
        ),
        (
            "The plan places primary responsibility for the strait on Taiwan.",
            "TWN",
            "lead",
            "is",
            "the strait",
        ),
        (
            "The plan puts the main responsibility for the Baltic with Poland.",
            "POL",
            "lead",
            "is",
            "the Baltic",
        ),
        ("Japan has an equal share in the task.", "JPN", "shared", "is", "the task"),
        (
            "The United States provides support for the defence of Europe.",
            "USA",
            "support",
            "is",
            "the defence of Europe",
        ),
        ("The United States plays a supporting role in the Baltic.", "USA", "support", "is", "the Baltic"),
    ],
)
def test_a_sentence_states_a_role(text, actor, kind, modality, function):
    claim = role(text)

    assert (claim.actor, claim.role, claim.modality, claim.function) == (actor, kind, modality, function)
    assert text[claim.start : claim.end] == claim.quote


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("The United States should offer strong but more limited support.", "strong but more limited"),
        ("The United States provides substantial support.", "substantial"),
        ("The United States provides support.", None),
    ],
)
def test_support_is_qualified(text, qualifier):
    assert role(text).qualifier == qualifier


def test_a_lead_with_support_of_another_states_two_roles():
    text = "Japan is to take primary responsibility for its defence with critical but limited US support."
    lead, support = read(text).where(kind="role")

    assert (lead.actor, lead.role) == ("JPN", "lead")
    assert lead.quote.endswith("US support")
    assert (support.actor, support.role, support.qualifier) == ("USA", "support", "critical but limited")


def test_what_is_shared_is_shared_by_all_who_are_named():
    claims = read("Japan and Australia have shared responsibility for the sea lanes.").where(kind="role")

    assert [(c.actor, c.role, c.function) for c in claims] == [
        ("JPN", "shared", "the sea lanes"),
        ("AUS", "shared", "the sea lanes"),
    ]


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("Japan is not capable of taking primary responsibility for its islands.", True),
        ("Japan does not bear primary responsibility for its islands.", True),
        ("Japan no longer has the leading role in this.", True),
        ("Japan bears primary responsibility for its islands.", None),
    ],
)
def test_a_role_may_be_denied(text, negated):
    assert role(text).negated is negated


def test_the_function_is_carried_over_where_it_is_not_said_again():
    text = "Japan bears primary responsibility for its islands. The United States provides limited support."
    _, claim = read(text).where(kind="role")

    assert (claim.actor, claim.function) == ("USA", "its islands")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Primary responsibility is a difficult word.", id="nobody bears it"),
        pytest.param("Japan spoke of primary responsibility.", id="speaking of it is not bearing it"),
        pytest.param("Japan rose early, and Poland's primary responsibility grew.", id="no verb of taking"),
        pytest.param("Support for Ukraine is high in Poland.", id="public support"),
        pytest.param("Japan has ships.", id="no responsibility"),
    ],
)
def test_not_every_noun_is_a_role(text):
    assert list(read(text).where(kind="role")) == []


def test_a_role_has_the_speaker_of_its_sentence():
    claim = role("The Pentagon said Japan bears primary responsibility for its islands.")

    assert claim.speaker == "USA Department of Defense"


def test_a_quoted_role_is_no_statement_too():
    claims = read('"Japan bears primary responsibility for its islands," the Pentagon said.')

    assert [claim.kind for claim in claims] == ["role"]


def test_a_role_without_a_function_is_less_sure():
    assert (
        role("Japan has the leading role.").confidence
        < role("Japan has the leading role in this.").confidence
    )


def test_a_part_may_be_told_by_its_task():
    claim = role("Poland's role was limited to guarding the border.")

    assert (claim.actor, claim.role, claim.function) == ("POL", "support", "guarding the border")


# Responsibility told by verbs and compounds


@pytest.mark.parametrize(
    ("text", "actor", "kind", "modality", "function"),
    [
        pytest.param(
            "The Netherlands leads the patrols in the North Sea.",
            "NLD",
            "lead",
            "is",
            "the patrols in the North Sea",
            id="leads",
        ),
        pytest.param(
            "Canada should spearhead the mission in Latvia.", "CAN", "lead", "should", "the mission in Latvia"
        ),
        pytest.param(
            "Poland is responsible for guarding the corridor.", "POL", "lead", "is", "guarding the corridor"
        ),
        pytest.param(
            "Spain must assist the patrols off Libya.", "ESP", "support", "must", "the patrols off Libya"
        ),
        pytest.param(
            "Conventional deterrence is to be led by South Korea.",
            "KOR",
            "lead",
            "will",
            "Conventional deterrence",
            id="passive",
        ),
        pytest.param(
            "Wartime operational control would be handed over to Seoul.",
            "KOR",
            "lead",
            "would",
            "Wartime operational control",
            id="handed over",
        ),
        pytest.param(
            "The burden of conventional defence falls on Germany.",
            "DEU",
            "lead",
            "is",
            "conventional defence",
            id="burden",
        ),
        pytest.param(
            "Estonia relies on the United States for air defence.",
            "USA",
            "support",
            "is",
            "air defence",
            id="relies",
        ),
        pytest.param(
            "The primary responsibility for the strait is Japan's.",
            "JPN",
            "lead",
            "is",
            "the strait",
            id="possessive",
        ),
    ],
)
def test_a_verb_or_a_burden_states_a_role(text, actor, kind, modality, function):
    claim = role(text)

    assert (claim.actor, claim.role, claim.modality, claim.function) == (actor, kind, modality, function)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "The paper describes a Japan-led, US-supported defence of the islands.",
            [("JPN", "lead"), ("USA", "support")],
        ),
        ("Air policing is shared by Poland and Germany.", [("POL", "shared"), ("DEU", "shared")]),
        (
            "Germany and Poland jointly bear responsibility for the corridor.",
            [("DEU", "shared"), ("POL", "shared")],
        ),
        (
            "Japan will take the lead in defending its islands, with the US in a supporting role.",
            [("JPN", "lead"), ("USA", "support")],
        ),
    ],
)
def test_two_actors_have_a_role_each(text, parts):
    claims = read(text).where(kind="role")

    assert [(claim.actor, claim.role) for claim in claims] == parts
    assert len({claim.function for claim in claims}) == 1


@pytest.mark.parametrize(("word", "qualifier"), [("more", "more"), ("less", "less")])
def test_more_or_less_of_a_burden_is_a_part_of_it(word, qualifier):
    claim = role(f"Canada should shoulder {word} of the burden of defending the Arctic.")

    assert (claim.role, claim.qualifier, claim.function) == ("shared", qualifier, "defending the Arctic")


def test_a_role_may_have_a_condition():
    claim = role("If the treaty is ratified, Japan would bear primary responsibility for the strait.")

    assert (claim.modality, claim.condition) == ("would", "If the treaty is ratified")


def test_no_longer_leading_is_a_lead_denied():
    claim = role("The United States will no longer lead the defence of Europe.")

    assert (claim.actor, claim.role, claim.negated) == ("USA", "lead", True)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Japan leads the market for ships.", id="a market"),
        pytest.param("The share led Germany to reconsider.", id="led to do"),
        pytest.param("A group led by Joe Biden visited the operation.", id="led by a person"),
        pytest.param("Japan shared a report on defence.", id="shared with others"),
        pytest.param("Germany is responsible for the delay.", id="blamed"),
        pytest.param("Poland relies on coal.", id="no actor relied on"),
    ],
)
def test_not_every_verb_is_a_role(text):
    assert list(read(text).where(kind="role")) == []


# Whose a responsibility is, who is given it, who has none of it, and what "it" means


@pytest.mark.parametrize(
    ("text", "actor", "kind", "modality", "function"),
    [
        pytest.param(
            "Air defence remains the responsibility of Poland.", "POL", "lead", "is", "Air defence", id="of"
        ),
        pytest.param(
            "Guarding the border is Germany's responsibility.",
            "DEU",
            "lead",
            "is",
            "Guarding the border",
            id="possessive noun",
        ),
        pytest.param(
            "Responsibility for the patrols will be borne by Spain.",
            "ESP",
            "lead",
            "will",
            "the patrols",
            id="borne by",
        ),
        pytest.param(
            "Command of the battlegroup falls to Canada.",
            "CAN",
            "lead",
            "is",
            "Command of the battlegroup",
            id="command falls",
        ),
        pytest.param(
            "The treaty would give Japan the leading role in the strait.",
            "JPN",
            "lead",
            "would",
            "the strait",
            id="given",
        ),
        pytest.param(
            "Sweden's assumption of the leading role in the Baltic was delayed.",
            "SWE",
            "lead",
            "is",
            "the Baltic",
            id="assumption of",
        ),
        pytest.param(
            "Sweden is expected to lead the battlegroup.",
            "SWE",
            "lead",
            "will",
            "the battlegroup",
            id="expected to",
        ),
        pytest.param(
            "Denmark is obliged to lead the patrols.", "DNK", "lead", "must", "the patrols", id="obliged to"
        ),
        pytest.param(
            "Sweden plays no part in the mission.", "SWE", "none", "is", "the mission", id="no part"
        ),
        pytest.param(
            "Air policing was a task of NATO, and Italy has led it.",
            "ITA",
            "lead",
            "is",
            "Air policing",
            id="it",
        ),
    ],
)
def test_a_responsibility_may_be_anothers_given_or_none(text, actor, kind, modality, function):
    claim = role(text)

    assert (claim.actor, claim.role, claim.modality, claim.function) == (actor, kind, modality, function)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "Responsibility for the mission is shared jointly by Spain and Portugal.",
            [("ESP", "shared", None), ("PRT", "shared", None)],
        ),
        (
            "The defence of the strait is the shared responsibility of Japan and the United States.",
            [("JPN", "shared", None), ("USA", "shared", None)],
        ),
        (
            "Air policing should be led by Italy and supported by Spain.",
            [("ITA", "lead", None), ("ESP", "support", None)],
        ),
        (
            "Poland takes the lead in air policing, and Spain supports it.",
            [("POL", "lead", None), ("ESP", "support", None)],
        ),
        (
            "Norway leads the patrols; Denmark will share that responsibility.",
            [("NOR", "lead", None), ("DNK", "shared", None)],
        ),
        (
            "Neither Japan nor Australia should lead the patrols.",
            [("JPN", "lead", True), ("AUS", "lead", True)],
        ),
        (
            "Italy leads the mission and Spain supports it with two ships.",
            [("ITA", "lead", None), ("ESP", "support", None)],
        ),
        (
            "The burden of air defence is to be shared between Poland and Germany.",
            [("POL", "shared", None), ("DEU", "shared", None)],
        ),
        (
            "Spain would support the mission but would not lead it.",
            [("ESP", "support", None), ("ESP", "lead", True)],
        ),
    ],
)
def test_what_is_told_once_holds_for_the_next_role_too(text, parts):
    claims = read(text).where(kind="role")

    assert [(claim.actor, claim.role, claim.negated) for claim in claims] == parts
    assert len({claim.function for claim in claims}) == 1


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Japan leads in defence exports.", id="leads in a ranking"),
        pytest.param("The delay is the responsibility of Germany.", id="blamed"),
        pytest.param("Responsibility for the delay is borne by Spain.", id="blame borne"),
        pytest.param("Sweden takes no part in trade talks.", id="no part in trade"),
        pytest.param("Japan would support a tax on ships.", id="support of a tax"),
        pytest.param("The bill passed and Canada supported it.", id="it is a bill"),
        pytest.param("Spending on defence fell to Germany's level.", id="a level"),
        pytest.param("The contract for command of the fleet went to Japan.", id="a contract"),
    ],
)
def test_no_role_is_read_where_no_task_is_named(text):
    assert list(read(text).where(kind="role")) == []
