"""Which insatser fit, and why."""

import pytest

from portal.domain.catalogue.ages import AgeRange, ChildAge
from portal.domain.catalogue.answers import Answers
from portal.domain.catalogue.conditions import Any
from portal.domain.catalogue.facts import Acute, Referral
from portal.domain.self_check.matching import Match, Matches, relevant
from portal.domain.sentences import in_swedish
from tests.domain.build import insats, kommun, part
from tests.domain.self_check.lillby import ADULT, LILLBY, LIVES_HERE, PARENT, answers_about, found_in, ids


@pytest.mark.parametrize(
    ("answers", "shown"),
    [
        ({}, []),
        (answers_about("money"), ["advice"]),
        (answers_about("housing"), ["advice", "home"]),
        (answers_about("parenting", "money"), ["course", "advice"]),
        (answers_about("violence"), []),
        (answers_about("violence", "housing"), ["advice", "home"]),
        (answers_about(), []),
        ({"topics": None}, ["course", "advice"]),
    ],
)
def test_an_insats_is_relevant_when_it_shares_a_topic_and_a_person_can_start_it(
    answers: Answers, shown: list[str]
) -> None:
    assert [found.id for found in relevant(LILLBY, answers)] == shown


# ---------------------------------------------------------------------------------------------- four lists


def test_nothing_is_shown_before_the_topic_is_known() -> None:
    assert found_in(LILLBY, {"age": 30, "children": (5,)}) == Matches()


def test_with_every_condition_met_it_is_direct_and_says_why() -> None:
    place = kommun(insats("course", PARENT, LIVES_HERE))
    found = found_in(place, answers_about("parenting", "money", children=(5,), residence="staying"))
    (course,) = found.direct
    assert [in_swedish(reason) for reason in course.reasons] == [
        "Du valde: parenting.",
        "Du har barn mellan 3 och 12 år.",
        "Du bor eller vistas i kommunen.",
    ]
    assert (course.unknown, course.needs, course.to_ask, course.not_met) == ((), (), (), ())
    assert found == Matches(direct=(course,))


def test_with_something_unknown_it_is_a_maybe_that_names_what_to_ask() -> None:
    place = kommun(insats("course", PARENT, LIVES_HERE))
    found = found_in(place, answers_about("parenting", children=(5,), residence=None))
    (course,) = found.maybe
    assert [in_swedish(reason) for reason in course.reasons] == [
        "Du valde: parenting.",
        "Du har barn mellan 3 och 12 år.",
    ]
    assert course.unknown == ("residence",)
    assert course.needs == ()
    assert course.to_ask == (LIVES_HERE.rule,)
    assert found == Matches(maybe=(course,))


def test_a_maybe_names_what_she_still_has_to_get_and_each_question_once() -> None:
    place = kommun(insats("talks", Any((ADULT, Referral())), LIVES_HERE, access="referral"))
    (talks,) = found_in(place, answers_about("parenting", age=14)).maybe
    assert talks.unknown == ("referral", "residence", "guardian_consent")
    assert talks.needs == ("guardian_consent", "referral")
    assert len(talks.to_ask) == 4


def test_with_one_condition_failed_it_is_near_and_says_which() -> None:
    place = kommun(insats("course", PARENT, LIVES_HERE, ADULT))
    found = found_in(place, answers_about("parenting", children=(5,), residence="elsewhere"))
    assert found == Matches(near=(Match(place.get_insats("course"), not_met=(LIVES_HERE.rule,)),))


def test_with_two_conditions_failed_it_is_in_no_list() -> None:
    place = kommun(insats("course", PARENT, LIVES_HERE))
    assert found_in(place, answers_about("parenting", children=(), residence="elsewhere")) == Matches()


def test_assessed_support_is_to_apply_for_even_while_something_is_unknown() -> None:
    found = found_in(LILLBY, answers_about("housing"))
    assert ids(found.apply) == ["home"]
    assert found.apply[0].unknown == ("age",)
    (home,) = found_in(LILLBY, answers_about("housing", age=30)).apply
    assert [in_swedish(reason) for reason in home.reasons] == ["Du valde: housing.", "Du är 18 år eller äldre."]
    assert ids(found_in(LILLBY, answers_about("housing", age=17)).near) == ["advice", "home"]


def test_what_only_a_court_can_start_is_in_no_list() -> None:
    found = found_in(LILLBY, answers_about("housing", age=30))
    assert "care" not in ids(found.direct + found.maybe + found.apply + found.near)


def test_an_invitation_is_never_direct() -> None:
    place = kommun(insats("visit", PARENT, access="invited"))
    (visit,) = found_in(place, answers_about("parenting", children=(5,))).maybe
    assert (visit.unknown, visit.needs) == ((), ("invitation",))


def test_other_support_is_direct_too() -> None:
    place = kommun(insats("jobs", ADULT, topics=("money",), route="other"))
    assert ids(found_in(place, answers_about("money", age=30)).direct) == ["jobs"]


def test_who_doesnt_know_the_topic_is_shown_what_is_open_to_many_to_ask_about() -> None:
    found = found_in(LILLBY, {"topics": None, "age": 30, "children": (5,)})
    assert ids(found.maybe) == ["course", "advice"]
    assert (found.direct, found.apply, found.near) == ((), (), ())
    advice = found.maybe[1]
    assert [in_swedish(reason) for reason in advice.reasons] == [
        "Du vet inte vad det handlar om. Här kan du fråga.",
        "Du är 18 år eller äldre.",
    ]
    assert (advice.unknown, advice.to_ask) == (("topics",), ())


def test_who_doesnt_know_the_topic_is_not_told_what_nearly_fits() -> None:
    assert found_in(LILLBY, {"topics": None, "age": 17, "children": ()}) == Matches()


def test_for_an_unknown_topic_the_topic_is_what_is_unknown_first() -> None:
    (course, _) = found_in(LILLBY, {"topics": None}).maybe
    assert course.unknown == ("topics", "children")


@pytest.mark.parametrize(("need", "first"), [(("insecure",), ["bonds", "roof"]), (("tonight",), ["roof", "bonds"])])
def test_help_in_an_acute_need_stands_first(need: tuple[str, ...], first: list[str]) -> None:
    place = kommun(
        insats("bonds", PARENT, topics=("parenting",)),
        insats("roof", ADULT, topics=("housing",)),
        insats("asked-bonds", LIVES_HERE, PARENT, topics=("parenting",)),
        insats("asked-roof", LIVES_HERE, ADULT, topics=("housing",)),
        insats("apply-bonds", PARENT, topics=("parenting",), route="assessed"),
        insats("apply-roof", ADULT, topics=("housing",), route="assessed"),
    )
    answers = answers_about("parenting", "housing", housing=frozenset(need), age=30, children=(5,))
    found = found_in(place, answers)
    assert ids(found.direct) == first
    assert ids(found.maybe) == [f"asked-{insats_id}" for insats_id in first]
    assert ids(found.apply) == [f"apply-{insats_id}" for insats_id in first]


def test_an_acute_need_is_met_wherever_she_lives() -> None:
    place = kommun(insats("help", ADULT, Any((LIVES_HERE, Acute(("violence",)))), topics=("violence", "money")))
    assert ids(found_in(place, answers_about("violence", age=30, residence="elsewhere")).direct) == ["help"]
    assert ids(found_in(place, answers_about("money", age=30, residence="elsewhere")).near) == ["help"]


def test_only_the_parts_that_no_condition_refuses_are_shown() -> None:
    parts = (part("small", ChildAge(AgeRange(0, 5))), part("big", ChildAge(AgeRange(6, 12))), part("all"))
    place = kommun(insats("group", LIVES_HERE, ChildAge(AgeRange(0, 12)), parts=parts))
    direct = found_in(place, answers_about("parenting", residence="staying", children=(8,))).direct
    assert [shown.id for shown in direct[0].parts] == ["big", "all"]
    maybe = found_in(place, answers_about("parenting", residence=None, children=(2,))).maybe
    assert [shown.id for shown in maybe[0].parts] == ["small", "all"]
    maybe = found_in(place, answers_about("parenting")).maybe
    assert [shown.id for shown in maybe[0].parts] == ["small", "big", "all"]
