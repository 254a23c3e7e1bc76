"""Conditions about residence, whom it is for, situations, and needs that cannot wait."""

import pytest

from portal.domain.catalogue.answers import Answers
from portal.domain.catalogue.condition import MET, NOT_MET, UNKNOWN, Condition, Outcome
from portal.domain.catalogue.facts import (
    ACUTE_NEEDS,
    FOR_RULES,
    RESIDENCE_MET,
    RESIDENCE_RULES,
    Acute,
    BornAbroad,
    For,
    Referral,
    Residence,
    Situation,
    acute_needs,
)
from portal.domain.sentences import in_swedish, sentence


def about(*topics: str, **follow_ups: tuple[str, ...] | None) -> dict[str, frozenset[str] | None]:
    """Return answers with these topics and what was ticked under each; None is "don't know"."""
    ticked = {topic: None if options is None else frozenset(options) for topic, options in follow_ups.items()}
    return {"topics": frozenset(topics), **ticked}


# ------------------------------------------------------------------------------- residence and for whom

LIVES_HERE = Residence(("registered", "staying"))


@pytest.mark.parametrize(
    ("lives", "outcome"),
    [("registered", MET), ("staying", MET), ("neighbour", NOT_MET), ("elsewhere", NOT_MET), (None, UNKNOWN)],
)
def test_where_she_lives_decides(lives: str | None, outcome: Outcome) -> None:
    assert LIVES_HERE.evaluate({"residence": lives}) is outcome


def test_residence_not_asked_is_unknown_and_asked_for() -> None:
    assert LIVES_HERE.evaluate({}) is UNKNOWN
    assert LIVES_HERE.open_questions({}) == ("residence",)


def test_residence_says_who_may_come_and_why_she_may() -> None:
    assert in_swedish(LIVES_HERE.rule) == "För den som: är folkbokförd i kommunen, bor eller vistas i kommunen."
    assert in_swedish(LIVES_HERE.because({"residence": "staying"})) == "Du bor eller vistas i kommunen."


def test_each_rule_of_residence_has_a_reason_of_its_own() -> None:
    assert set(RESIDENCE_MET) - set(RESIDENCE_RULES) == {"child_elsewhere"}  # an answer that is no rule
    assert set(RESIDENCE_RULES) - set(RESIDENCE_MET) == {"child_registered"}  # a rule that is no answer
    assert len(set(RESIDENCE_MET.values())) == len(RESIDENCE_MET)


@pytest.mark.parametrize(
    ("rule", "met"),
    [
        ("registered", {"registered", "child_elsewhere"}),
        ("child_registered", {"registered", "child_only"}),
        ("staying", {"staying"}),
    ],
)
def test_where_the_child_must_be_registered_the_parent_s_own_address_is_not_enough(rule: str, met: set[str]) -> None:
    answers = ("registered", "staying", "child_only", "child_elsewhere", "elsewhere")
    assert {lives for lives in answers if Residence((rule,)).evaluate({"residence": lives}) is MET} == met


def test_a_child_elsewhere_is_told_apart_only_where_that_decides() -> None:
    assert Residence(("registered",)).told_apart == {"registered"}
    assert Residence(("child_registered",)).told_apart == {"registered", "child_only", "child_elsewhere"}


def test_where_she_lives_is_worth_saying_where_it_is_not_plain() -> None:
    both = Residence(("registered", "neighbour"))
    assert [both.is_worth_saying({"residence": lives}) for lives in both.allowed] == [False, True]


FOR_FAMILIES = For(("child", "relative"))


@pytest.mark.parametrize(("whom", "outcome"), [("child", MET), ("relative", MET), ("me", NOT_MET), (None, UNKNOWN)])
def test_whom_it_is_for_decides(whom: str | None, outcome: Outcome) -> None:
    assert FOR_FAMILIES.evaluate({"for": whom}) is outcome


def test_for_whom_not_asked_is_unknown_and_asked_for() -> None:
    assert FOR_FAMILIES.evaluate({}) is UNKNOWN
    assert FOR_FAMILIES.open_questions({}) == ("for",)


def test_for_whom_says_all_that_it_is_for() -> None:
    assert FOR_FAMILIES.rule == sentence("{rules}", rules=(FOR_RULES["child"], FOR_RULES["relative"]))


@pytest.mark.parametrize(
    ("whom", "said"),
    [
        ("me", "För den som själv behöver stöd."),
        ("child", "För barn och familjer."),
        ("relative", "För den som är anhörig till någon."),
    ],
)
def test_the_reason_is_about_whom_she_named(whom: str, said: str) -> None:
    assert in_swedish(For(("me", "child", "relative")).because({"for": whom})) == said


# -------------------------------------------------------------------------------------------- situations

SEPARATED_OR_HURT = Situation(
    (("separation", frozenset({"disagree", "both_want"})), ("violence", frozenset({"victim"}))),
    {
        ("separation", "disagree"): sentence("Vi är oense"),
        ("separation", "both_want"): sentence("Båda vill komma"),
        ("violence", "victim"): sentence("Någon slår mig"),
    },
)


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        (about("separation", separation=("disagree",)), MET),
        (about("separation", separation=("disagree", "child_needs_support")), MET),
        (about("separation", separation=("child_needs_support",)), UNKNOWN),
        (about("separation", separation=()), UNKNOWN),
        (about("separation", "violence", separation=("child_needs_support",), violence=()), NOT_MET),
        (about("separation", separation=None), UNKNOWN),
        (about("separation"), UNKNOWN),
        (about("money"), UNKNOWN),
        (about("separation", "violence", separation=()), UNKNOWN),
        (about("separation", "violence", violence=("victim",)), MET),
        (about("separation", "violence", separation=(), violence=()), NOT_MET),
        ({"topics": None}, UNKNOWN),
        ({}, UNKNOWN),
        ({"violence": frozenset({"victim"})}, MET),
    ],
)
def test_one_named_situation_under_any_topic_is_enough(answers: Answers, outcome: Outcome) -> None:
    assert SEPARATED_OR_HURT.evaluate(answers) is outcome


@pytest.mark.parametrize(
    ("answers", "asked"),
    [
        ({}, ("topics",)),
        ({"topics": None}, ("topics",)),
        (about("separation", "violence"), ("separation", "violence")),
        (about("violence"), ("violence",)),
        (about("separation", "violence", separation=()), ("violence",)),
        (about("separation", separation=None), ("separation",)),
    ],
)
def test_only_follow_ups_of_chosen_topics_are_asked(answers: Answers, asked: tuple[str, ...]) -> None:
    assert SEPARATED_OR_HURT.open_questions(answers) == asked


def test_a_situation_says_all_it_is_for_and_only_what_she_answered() -> None:
    assert in_swedish(SEPARATED_OR_HURT.rule) == (
        "Det gäller någon av de här situationerna: Vi är oense, Båda vill komma, Någon slår mig."
    )
    answers = about("separation", "violence", separation=("both_want", "child_needs_support"), violence=None)
    assert in_swedish(SEPARATED_OR_HURT.because(answers)) == "Du svarade: Båda vill komma."


def test_for_whom_it_is_and_what_she_ticked_are_no_reasons_of_their_own() -> None:
    # Both are said once, of everything that the insats is for.
    assert not FOR_FAMILIES.is_worth_saying({"for": "child"})
    ticked = {topic: frozenset({option}) for topic, option in SEPARATED_OR_HURT.options}
    assert not SEPARATED_OR_HURT.is_worth_saying({"topics": frozenset(ticked), **ticked})


def test_the_names_of_options_are_no_part_of_what_a_situation_is() -> None:
    renamed = Situation(SEPARATED_OR_HURT.options, {})
    assert renamed == SEPARATED_OR_HURT
    assert hash(renamed) == hash(SEPARATED_OR_HURT)


# --------------------------------------------------------------------------------------------- yes or no


@pytest.mark.parametrize(
    ("condition", "question", "rule", "reason"),
    [
        (
            BornAbroad(),
            "born_abroad",
            "För föräldrar som är födda utanför Sverige.",
            "Du eller barnets andra förälder är född utanför Sverige.",
        ),
        (Referral(), "referral", "För den som har en remiss.", "Du har en remiss."),
    ],
)
def test_yes_meets_it_no_does_not_and_the_rest_is_unknown(
    condition: Condition, question: str, rule: str, reason: str
) -> None:
    assert condition.evaluate({question: "yes"}) is MET
    assert condition.evaluate({question: "no"}) is NOT_MET
    assert condition.evaluate({question: None}) is UNKNOWN
    assert condition.evaluate({}) is UNKNOWN
    assert condition.open_questions({}) == (question,)
    assert in_swedish(condition.rule) == rule
    assert in_swedish(condition.because({question: "yes"})) == reason


# ------------------------------------------------------------------------------------------- acute needs


@pytest.mark.parametrize(
    ("answers", "needs"),
    [
        (about("violence"), {"violence"}),
        (about("violence", violence=()), {"violence"}),
        (about("violence", violence=None), {"violence"}),
        (about("violence", violence=("needs_shelter",)), {"violence", "shelter"}),
        (about("violence", violence=("child_witnessed",)), {"violence", "child_at_risk"}),
        (about("housing", housing=("tonight",)), {"shelter"}),
        (about("housing", housing=("insecure",)), set()),
        (about("housing"), set()),
        (about("wellbeing", wellbeing=("crisis", "grief")), {"crisis"}),
        (about("wellbeing", wellbeing=("grief",)), set()),
        (about("parenting", parenting=("police_interview",)), {"child_at_risk"}),
        (about("parenting", "violence", parenting=("police_interview",)), {"violence", "child_at_risk"}),
        (about("money"), set()),
        ({"topics": None}, set()),
        ({}, set()),
    ],
)
def test_the_answers_show_which_needs_are_acute(answers: Answers, needs: set[str]) -> None:
    assert acute_needs(answers) == needs


SHELTER = Acute(("shelter",))
ANY_NEED = Acute(tuple(ACUTE_NEEDS))


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        (about("housing", housing=("tonight",)), MET),
        (about("housing", housing=("insecure",)), NOT_MET),
        (about("housing", housing=None), UNKNOWN),
        (about("housing"), UNKNOWN),
        (about("housing", "violence", housing=("insecure",)), UNKNOWN),
        (about("housing", "violence", violence=("needs_shelter",)), MET),
        (about("money"), NOT_MET),
        ({"topics": None}, UNKNOWN),
        ({}, UNKNOWN),
    ],
)
def test_a_need_is_unknown_while_a_follow_up_can_still_show_it(answers: Answers, outcome: Outcome) -> None:
    assert SHELTER.evaluate(answers) is outcome


@pytest.mark.parametrize(("answers", "outcome"), [(about("violence"), MET), (about("money"), NOT_MET), ({}, UNKNOWN)])
def test_violence_is_acute_by_its_topic_alone(answers: Answers, outcome: Outcome) -> None:
    assert Acute(("violence",)).evaluate(answers) is outcome
    assert Acute(("violence",)).open_questions(about("violence")) == ()


@pytest.mark.parametrize(
    ("answers", "asked"),
    [
        ({}, ("topics",)),
        ({"topics": None}, ("topics",)),
        (about("housing", "violence", "parenting"), ("housing", "violence", "parenting")),
        (about("housing", "violence", housing=()), ("violence",)),
        (about("wellbeing", wellbeing=None), ("wellbeing",)),
        (about("school"), ()),
    ],
)
def test_acute_needs_ask_the_follow_ups_of_chosen_topics_once(answers: Answers, asked: tuple[str, ...]) -> None:
    assert ANY_NEED.open_questions(answers) == asked


def test_help_in_an_acute_need_is_promised_wherever_she_lives() -> None:
    assert in_swedish(SHELTER.rule) == "Är det akut får du hjälp, var du än bor."
    assert in_swedish(SHELTER.because({})) == "Det är akut. Då hjälper kommunen dig där du är."


def test_whom_it_is_for_is_never_a_reason_worth_a_line() -> None:
    assert not any(FOR_FAMILIES.is_worth_saying({"for": whom}) for whom in FOR_FAMILIES.allowed)
