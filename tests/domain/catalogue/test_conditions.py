"""Conditions put together as in three-valued logic, and the closed list as it is read from data."""

from itertools import product

import pytest

from portal.domain.catalogue.age_ranges import AgeRange
from portal.domain.catalogue.ages import Age, BabyMonths, ChildAge, RecipientAge
from portal.domain.catalogue.answers import Answers
from portal.domain.catalogue.condition import MET, NOT_MET, UNKNOWN, BadCondition, Condition, Outcome
from portal.domain.catalogue.conditions import KINDS, All, Any, Not, SituationNames, flatten, read_condition
from portal.domain.catalogue.facts import Acute, BornAbroad, For, Referral, Residence, Situation
from portal.domain.sentences import in_swedish, sentence

BORN_ABROAD, REFERRED, ADULT = BornAbroad(), Referral(), Age(AgeRange(18, None))


# ------------------------------------------------------------------------------------------ put together

ANSWER_FOR = {MET: "yes", NOT_MET: "no", UNKNOWN: None}


def answers_for(born_abroad: Outcome, referral: Outcome) -> Answers:
    """Return answers that give the two conditions these outcomes."""
    return {"born_abroad": ANSWER_FOR[born_abroad], "referral": ANSWER_FOR[referral]}


@pytest.mark.parametrize(("one", "other"), list(product(Outcome, repeat=2)))
def test_any_is_met_by_one_and_failed_only_by_all(one: Outcome, other: Outcome) -> None:
    outcome = Any((BORN_ABROAD, REFERRED)).evaluate(answers_for(one, other))
    assert (outcome is MET) == (MET in (one, other))
    assert (outcome is NOT_MET) == (one is NOT_MET and other is NOT_MET)


@pytest.mark.parametrize(("one", "other"), list(product(Outcome, repeat=2)))
def test_all_is_met_only_by_all_and_failed_by_one(one: Outcome, other: Outcome) -> None:
    outcome = All((BORN_ABROAD, REFERRED)).evaluate(answers_for(one, other))
    assert (outcome is MET) == (one is MET and other is MET)
    assert (outcome is NOT_MET) == (NOT_MET in (one, other))


@pytest.mark.parametrize(("part", "opposite"), [(MET, NOT_MET), (NOT_MET, MET), (UNKNOWN, UNKNOWN)])
def test_the_opposite_of_unknown_is_unknown(part: Outcome, opposite: Outcome) -> None:
    assert Not(REFERRED).evaluate({"referral": ANSWER_FOR[part]}) is opposite


@pytest.mark.parametrize("together", [Any((BORN_ABROAD, Not(REFERRED), REFERRED)), All((BORN_ABROAD, REFERRED))])
def test_only_unknown_parts_ask_and_each_question_once(together: Condition) -> None:
    assert together.open_questions({}) == ("born_abroad", "referral")
    assert together.open_questions({"born_abroad": "yes"}) == ("referral",)
    assert together.open_questions({"born_abroad": "yes", "referral": "no"}) == ()


def test_the_opposite_asks_what_its_part_asks() -> None:
    assert Not(ADULT).open_questions({}) == ("age",)


@pytest.mark.parametrize(
    "together", [Any((ADULT, Not(ChildAge(AgeRange(None, 5))))), All((ADULT, ChildAge(AgeRange(6, None))))]
)
def test_conditions_put_together_have_the_limits_of_their_parts(together: Condition) -> None:
    assert together.limits() == {"age": {17, 18}, "children": {5, 6}}


def test_any_names_its_rules_and_the_part_that_is_met() -> None:
    either = Any((BORN_ABROAD, REFERRED))
    assert in_swedish(either.rule) == (
        "Något av detta: För föräldrar som är födda utanför Sverige., För den som har en remiss."
    )
    assert in_swedish(either.because({"born_abroad": "no", "referral": "yes"})) == "Du har en remiss."


def test_all_names_its_rules_and_each_reason() -> None:
    both = All((ADULT, REFERRED))
    assert both.rule == sentence("{rules}", rules=(ADULT.rule, REFERRED.rule))
    answers: Answers = {"age": 30, "referral": "yes"}
    assert both.because(answers) == sentence("{rules}", rules=(REFERRED.because(answers),))
    assert both.is_worth_saying(answers)


def test_what_holds_for_most_is_no_reason_whatever_it_is_put_together_of() -> None:
    grown_up, answers = All((ADULT, ADULT)), {"age": 30, "referral": "yes"}
    assert not grown_up.is_worth_saying(answers)
    assert grown_up.because(answers) == sentence("{rules}", rules=(ADULT.because(answers), ADULT.because(answers)))
    assert not Not(REFERRED).is_worth_saying({"referral": "no"})
    assert Any((ADULT, REFERRED)).because(answers) == REFERRED.because(answers)
    assert not Any((ADULT, REFERRED)).is_worth_saying({"age": 30})


def test_the_opposite_names_what_must_not_be() -> None:
    rule = "Det här får inte stämma: För den som har en remiss."
    assert in_swedish(Not(REFERRED).rule) == rule
    assert in_swedish(Not(REFERRED).because({"referral": "no"})) == rule


# ---------------------------------------------------------------------------------------- read from data

NAMES: SituationNames = {
    "violence": {"victim": sentence("Någon slår mig"), "sexual": sentence("Det är sexuellt våld")},
    "caring": {"dementia": sentence("Demens")},
}


WRITTEN = {
    "age": ({"from": 18}, ADULT),
    "child_age": ({"from": 3, "to": 12}, ChildAge(AgeRange(3, 12))),
    "baby_months": ({"from": 7, "to": 9}, BabyMonths(AgeRange(7, 9))),
    "recipient_age": ({"to": 20}, RecipientAge(AgeRange(None, 20))),
    "residence": (["staying", "registered"], Residence(("staying", "registered"))),
    "for": (["child"], For(("child",))),
    "situation": (
        {"violence": ["victim", "sexual"], "caring": ["dementia"]},
        Situation((("violence", frozenset({"victim", "sexual"})), ("caring", frozenset({"dementia"}))), {}),
    ),
    "born_abroad": (True, BORN_ABROAD),
    "referral": (True, REFERRED),
    "acute": (["violence", "shelter"], Acute(("violence", "shelter"))),
    "any": ([{"referral": True}, {"age": {"from": 18}}], Any((REFERRED, ADULT))),
    "all": ([{"referral": True}, {"not": {"born_abroad": True}}], All((REFERRED, Not(BORN_ABROAD)))),
    "not": ({"age": {"from": 18}}, Not(ADULT)),
}


def test_every_kind_of_the_closed_list_is_tried_here() -> None:
    assert sorted(WRITTEN) == sorted(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_read_from_data(kind: str) -> None:
    value, condition = WRITTEN[kind]
    assert read_condition({kind: value}, NAMES) == condition
    assert condition.kind == kind


def test_a_situation_is_read_with_the_names_of_its_own_options() -> None:
    situation = read_condition({"situation": {"caring": ["dementia"], "violence": ["victim"]}}, NAMES)
    assert in_swedish(situation.rule) == "Det gäller någon av de här situationerna: Demens, Någon slår mig."


@pytest.mark.parametrize(
    "data", [None, "age", 18, True, [], {}, [{"age": {"from": 18}}], {"referral": True, "born_abroad": True}]
)
def test_a_condition_is_one_kind_with_its_value(data: object) -> None:
    with pytest.raises(BadCondition, match="one kind with its value"):
        read_condition(data, NAMES)


@pytest.mark.parametrize("kind", ["income", "Age", "", 18, None, True])
def test_a_kind_outside_the_closed_list_is_refused_with_the_list(kind: object) -> None:
    with pytest.raises(BadCondition, match="there are: age, child_age, .*, not$"):
        read_condition({kind: True}, NAMES)


@pytest.mark.parametrize("kind", ["age", "child_age", "baby_months", "recipient_age"])
@pytest.mark.parametrize("value", [None, 18, {}, {"from": "18"}, {"from": 12, "to": 3}, {"until": 3}])
def test_a_wrong_age_is_refused(kind: str, value: object) -> None:
    with pytest.raises(BadCondition, match="age"):
        read_condition({kind: value}, NAMES)


@pytest.mark.parametrize("months", [{"from": 24}, {"from": 7, "to": 24}, {"to": 36}])
def test_months_beyond_two_years_are_refused_since_nobody_is_asked_for_them(months: object) -> None:
    with pytest.raises(BadCondition, match="23"):
        read_condition({"baby_months": months}, NAMES)


@pytest.mark.parametrize("kind", ["residence", "for", "acute"])
@pytest.mark.parametrize("value", [None, True, 3, "child", [], {}, {"child": True}])
def test_options_are_a_list_of_known_words(kind: str, value: object) -> None:
    with pytest.raises(BadCondition, match=f"{kind} is a list of: "):
        read_condition({kind: value}, NAMES)


@pytest.mark.parametrize("kind", ["residence", "for", "acute"])
@pytest.mark.parametrize("option", ["elsewhere", "Registered", "", 3, None, True])
def test_an_unknown_option_is_refused_by_name(kind: str, option: object) -> None:
    with pytest.raises(BadCondition, match=f"{kind} has no {option!r}; it has: "):
        read_condition({kind: [option]}, NAMES)


@pytest.mark.parametrize("option", [["registered"], {"registered": True}])
@pytest.mark.parametrize("kind", ["residence", "for", "acute"])
def test_an_option_that_is_no_word_is_refused(kind: str, option: object) -> None:
    with pytest.raises(BadCondition, match=f"{kind} has no "):
        read_condition({kind: [option]}, NAMES)


def test_an_option_named_twice_is_refused() -> None:
    with pytest.raises(BadCondition, match="residence names an option twice"):
        read_condition({"residence": ["staying", "staying"]}, NAMES)


@pytest.mark.parametrize(
    ("value", "says"),
    [
        (None, "situation is {topic: "),
        ([], "situation is {topic: "),
        ({}, "situation is {topic: "),
        (["victim"], "situation is {topic: "),
        ({"weather": ["rain"]}, "no topic 'weather' has a follow-up question"),
        ({"violence": []}, "situation violence is a list of: victim, sexual"),
        ({"violence": "victim"}, "situation violence is a list of: victim, sexual"),
        ({"violence": ["dementia"]}, "situation violence has no 'dementia'; it has: victim, sexual"),
        ({"violence": ["victim", "victim"]}, "situation violence names an option twice"),
        ({"violence": ["victim"], "caring": ["rain"]}, "situation caring has no 'rain'"),
    ],
)
def test_a_wrong_situation_is_refused(value: object, says: str) -> None:
    with pytest.raises(BadCondition, match=says):
        read_condition({"situation": value}, NAMES)


@pytest.mark.parametrize("kind", ["born_abroad", "referral"])
@pytest.mark.parametrize("value", [False, None, "yes", 1, []])
def test_a_flag_is_only_ever_true(kind: str, value: object) -> None:
    with pytest.raises(BadCondition, match=f"{kind} is written {kind}: true"):
        read_condition({kind: value}, NAMES)


@pytest.mark.parametrize("kind", ["any", "all"])
@pytest.mark.parametrize("value", [None, "any", {}, [], [{"referral": True}], {"referral": True, "for": ["me"]}])
def test_parts_are_a_list_of_at_least_two(kind: str, value: object) -> None:
    with pytest.raises(BadCondition, match=f"{kind} is a list of at least two conditions"):
        read_condition({kind: value}, NAMES)


@pytest.mark.parametrize("data", [{"any": [{"referral": True}, {"income": 3}]}, {"not": {"income": 3}}])
def test_a_wrong_part_is_found_however_deep(data: object) -> None:
    with pytest.raises(BadCondition, match="there is no condition 'income'"):
        read_condition({"all": [{"referral": True}, data]}, NAMES)


def test_parts_of_conditions_follow_them_depth_first() -> None:
    adult, here, child, referral = ADULT, Residence(("staying",)), For(("child",)), Referral()
    inner = All((here, Not(child)))
    outer = Any((adult, inner))
    assert flatten((outer, referral)) == (outer, adult, inner, here, Not(child), child, referral)
