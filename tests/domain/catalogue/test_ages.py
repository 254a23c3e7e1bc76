"""Conditions about age: both ends included, whoever the support is for, and the sentence of each shape of range."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.domain.catalogue.age_ranges import AgeRange
from portal.domain.catalogue.ages import Age, BabyMonths, ChildAge, RecipientAge
from portal.domain.catalogue.answers import Answers
from portal.domain.catalogue.condition import MET, NOT_MET, UNKNOWN, Condition, Outcome
from portal.domain.sentences import in_swedish

some_ranges = st.tuples(st.none() | st.integers(0, 120), st.none() | st.integers(0, 120)).map(
    lambda ends: AgeRange(*ends) if None in ends else AgeRange(*sorted(ends))
)


def outcomes_by_age(condition: Condition, question: str, answers: Answers) -> dict[int, Outcome]:
    """Return the outcome for every answer by a number to one question."""
    written: Callable[[int], int | tuple[int, ...]] = (lambda age: age) if question == "age" else (lambda age: (age,))
    return {age: condition.evaluate({**answers, question: written(age)}) for age in range(121)}


@settings(derandomize=True, deadline=None, max_examples=40)
@given(ages=some_ranges)
def test_between_two_limits_the_outcome_never_changes(ages: AgeRange) -> None:
    for condition, question, answers in (
        (Age(ages), "age", {}),
        (ChildAge(ages), "children", {}),
        (BabyMonths(ages), "babies", {}),
        (BabyMonths(ages), "children", {}),
        (RecipientAge(ages), "age", {"for": "me"}),
        (RecipientAge(ages), "age", {"for": "child", "children": (8,)}),
        (RecipientAge(ages), "children", {"for": "child"}),
    ):
        outcome = outcomes_by_age(condition, question, answers)
        limits = condition.limits()[question]
        for age in range(1, 121):
            if age not in limits or age - 1 not in limits:
                assert outcome[age] is outcome[age - 1], f"{condition.kind} changes at {age}, limits {sorted(limits)}"


# --------------------------------------------------------------------------------- the one who answers

ADULT = Age(AgeRange(18, None))


@pytest.mark.parametrize(("age", "outcome"), [(17, NOT_MET), (18, MET), (None, UNKNOWN)])
def test_her_own_age_decides(age: int | None, outcome: Outcome) -> None:
    assert ADULT.evaluate({"age": age}) is outcome


def test_an_age_not_asked_is_unknown_and_asked_for() -> None:
    assert ADULT.evaluate({}) is UNKNOWN
    assert ADULT.open_questions({}) == ("age",)
    assert ADULT.limits() == {"age": {17, 18}}


# -------------------------------------------------------------------------------------------- a parent

SCHOOL_CHILD = ChildAge(AgeRange(7, 12))


@pytest.mark.parametrize(
    ("children", "outcome"),
    [((6,), NOT_MET), ((7,), MET), ((12,), MET), ((13,), NOT_MET), ((2, 9, 20), MET), ((), NOT_MET), (None, UNKNOWN)],
)
def test_one_child_of_the_age_is_enough(children: tuple[int, ...] | None, outcome: Outcome) -> None:
    assert SCHOOL_CHILD.evaluate({"children": children}) is outcome


def test_children_not_asked_are_unknown_and_asked_for() -> None:
    assert SCHOOL_CHILD.evaluate({}) is UNKNOWN
    assert SCHOOL_CHILD.open_questions({}) == ("children",)
    assert SCHOOL_CHILD.limits() == {"children": {6, 7, 12, 13}}


# ---------------------------------------------------------------------------------------------- babies

SEVEN_TO_NINE = BabyMonths(AgeRange(7, 9))


@pytest.mark.parametrize(
    ("babies", "outcome"),
    [((6,), NOT_MET), ((7,), MET), ((9,), MET), ((10,), NOT_MET), ((8, 8), MET), ((), NOT_MET), (None, UNKNOWN)],
)
def test_one_baby_of_the_months_is_enough(babies: tuple[int, ...] | None, outcome: Outcome) -> None:
    assert SEVEN_TO_NINE.evaluate({"children": (0,), "babies": babies}) is outcome


@pytest.mark.parametrize(
    ("months", "children", "outcome"),
    [
        (AgeRange(7, 9), (1, 5), NOT_MET),
        (AgeRange(7, 9), (), NOT_MET),
        (AgeRange(7, 9), (0, 5), UNKNOWN),
        (AgeRange(9, 15), (0,), UNKNOWN),
        (AgeRange(9, 15), (1,), UNKNOWN),
        (AgeRange(9, 12), (1,), UNKNOWN),
        (AgeRange(9, 11), (1,), NOT_MET),
        (AgeRange(9, 15), (2,), NOT_MET),
        (AgeRange(12, None), (0,), NOT_MET),
        (AgeRange(12, None), (1,), UNKNOWN),
        (AgeRange(12, None), (2,), NOT_MET),
        (AgeRange(None, 11), (0,), UNKNOWN),
        (AgeRange(None, 11), (1,), NOT_MET),
    ],
)
def test_the_years_of_the_children_can_settle_it_without_the_months(
    months: AgeRange, children: tuple[int, ...], outcome: Outcome
) -> None:
    assert BabyMonths(months).evaluate({"children": children}) is outcome


def test_the_years_are_asked_before_the_months() -> None:
    assert SEVEN_TO_NINE.evaluate({}) is UNKNOWN
    assert SEVEN_TO_NINE.open_questions({}) == ("children",)
    assert SEVEN_TO_NINE.open_questions({"children": None}) == ("children",)
    assert SEVEN_TO_NINE.open_questions({"children": (0,)}) == ("babies",)


def test_months_have_limits_in_months_and_in_years() -> None:
    assert BabyMonths(AgeRange(9, 15)).limits() == {"babies": {8, 9, 15, 16}, "children": {0, 1, 2}}


# --------------------------------------------------------------------- the one the support is given to

UP_TO_TWENTY = RecipientAge(AgeRange(None, 20))


YOUNG = RecipientAge(AgeRange(7, 12))


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        ({"for": "me", "age": 12}, MET),
        ({"for": "me", "age": 13}, NOT_MET),
        ({"for": "relative", "age": 40, "helped_age": 12}, MET),
        ({"for": "relative", "age": 12, "helped_age": 85}, MET),
        ({"for": "relative", "age": 40, "helped_age": 85}, NOT_MET),
        ({"for": "relative", "age": 40, "children": (8,)}, UNKNOWN),
        ({"for": "me"}, UNKNOWN),
        ({"for": "me", "age": None}, UNKNOWN),
        ({"for": "me", "children": (8,)}, UNKNOWN),
    ],
)
def test_her_own_age_decides_and_for_a_relative_that_of_who_is_helped(answers: Answers, outcome: Outcome) -> None:
    assert YOUNG.evaluate(answers) is outcome


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        ({"for": "child", "age": 40, "children": (8,)}, MET),
        ({"for": "child", "age": 40, "children": (3, 12)}, MET),
        ({"for": "child", "age": 40, "children": (13,)}, NOT_MET),
        ({"for": "child", "age": 40, "children": ()}, NOT_MET),
        ({"for": "child", "children": (8,)}, MET),
        ({"for": "child", "age": None, "children": (8,)}, MET),
        ({"for": "child", "age": 40}, UNKNOWN),
        ({"for": "child", "age": 40, "children": None}, UNKNOWN),
        ({"for": "child", "age": 16}, UNKNOWN),
    ],
)
def test_for_a_child_the_ages_of_the_children_decide(answers: Answers, outcome: Outcome) -> None:
    assert YOUNG.evaluate(answers) is outcome


@pytest.mark.parametrize("whom", ["me", "child", "relative", None])
def test_under_sixteen_she_is_herself_the_child_whoever_it_is_for(whom: str | None) -> None:
    fifteen = RecipientAge(AgeRange(15, 15))
    assert fifteen.evaluate({"for": whom, "age": 15}) is MET
    assert fifteen.evaluate({"for": whom, "age": 14, "children": (15,)}) is NOT_MET
    assert fifteen.evaluate({"age": 15}) is MET


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        ({"age": 15, "children": (25,)}, MET),
        ({"age": 18, "children": (2,)}, UNKNOWN),
        ({"age": 40, "children": (25,)}, UNKNOWN),
        ({"age": 40, "children": (2,)}, UNKNOWN),
        ({"age": 18, "children": ()}, UNKNOWN),
        ({"age": 18}, UNKNOWN),
        ({"age": 18, "for": None}, UNKNOWN),
        ({}, UNKNOWN),
    ],
)
def test_without_knowing_for_whom_it_is_known_only_of_the_young(answers: Answers, outcome: Outcome) -> None:
    assert UP_TO_TWENTY.evaluate(answers) is outcome


@pytest.mark.parametrize(
    ("answers", "asked"),
    [
        ({}, ("age", "for", "children")),
        ({"age": 40}, ("for", "children")),
        ({"age": 40, "for": None}, ("for", "children")),
        ({"age": 40, "for": "child"}, ("children",)),
        ({"for": "child"}, ("children", "age")),
        ({"for": "me"}, ("age",)),
        ({"for": "relative", "children": (8,), "age": 40}, ("helped_age",)),
    ],
)
def test_every_question_that_could_settle_it_is_open_and_the_most_telling_first(
    answers: Answers, asked: tuple[str, ...]
) -> None:
    assert YOUNG.evaluate(answers) is UNKNOWN
    assert YOUNG.open_questions(answers) == asked


@pytest.mark.parametrize(
    ("answers", "asked", "answer"),
    [
        ({"age": None, "children": ()}, "for", "child"),
        ({"age": 40, "for": "child", "children": None}, "children", (25,)),
    ],
)
def test_after_a_dont_know_the_question_that_can_still_settle_it_is_open(
    answers: Answers, asked: str, answer: str | tuple[int, ...]
) -> None:
    assert YOUNG.evaluate({**answers, asked: answer}) is NOT_MET
    assert asked in YOUNG.open_questions(answers)


def test_the_age_of_a_young_parent_is_a_limit_too() -> None:
    assert YOUNG.limits() == {
        "age": {6, 7, 12, 13, 15, 16},
        "children": {6, 7, 12, 13},
        "helped_age": {6, 7, 12, 13},
    }


def test_the_young_are_not_asked_for_children_of_their_own() -> None:
    parents, babies = ChildAge(AgeRange(0, 17)), BabyMonths(AgeRange(0, 12))
    for condition in (parents, babies):
        assert condition.evaluate({"age": 15}) is NOT_MET
        assert condition.evaluate({"age": 16}) is UNKNOWN
    assert parents.evaluate({"age": 15, "children": (0,)}) is MET


def test_the_age_of_the_one_she_helps_is_said_as_hers() -> None:
    answers: Answers = {"for": "relative", "age": 55, "helped_age": 85}
    assert in_swedish(RecipientAge(AgeRange(65, None)).because(answers)) == "Den du stöttar är 65 år eller äldre."


# ---------------------------------------------------------------------------------------- the sentences

BETWEEN, AT_LEAST, AT_MOST, WHATEVER = AgeRange(3, 12), AgeRange(13, None), AgeRange(None, 17), AgeRange(0, None)


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        (Age(BETWEEN), "För den som är mellan 3 och 12 år."),
        (Age(AT_LEAST), "För den som är 13 år eller äldre."),
        (Age(AT_MOST), "För den som är högst 17 år."),
        (Age(AgeRange(0, 17)), "För den som är högst 17 år."),
        (Age(WHATEVER), "För alla åldrar."),
        (RecipientAge(BETWEEN), "För den som är mellan 3 och 12 år."),
        (ChildAge(BETWEEN), "För den som har barn mellan 3 och 12 år."),
        (ChildAge(AT_LEAST), "För den som har barn som är 13 år eller äldre."),
        (ChildAge(AT_MOST), "För den som har barn som är högst 17 år."),
        (ChildAge(WHATEVER), "För den som har barn."),
        (BabyMonths(BETWEEN), "För föräldrar till barn som är 3 till 12 månader."),
        (BabyMonths(AT_LEAST), "För föräldrar till barn som är 13 månader eller äldre."),
        (BabyMonths(AgeRange(1, None)), "För föräldrar till barn som är 1 månad eller äldre."),
        (BabyMonths(AT_MOST), "För föräldrar till barn som är högst 17 månader."),
        (BabyMonths(AgeRange(None, 1)), "För föräldrar till barn som är högst 1 månad."),
        (BabyMonths(WHATEVER), "För föräldrar till barn under två år."),
    ],
)
def test_the_rule_says_who_it_is_for(condition: Condition, said: str) -> None:
    assert in_swedish(condition.rule) == said


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        (Age(BETWEEN), "Du är mellan 3 och 12 år."),
        (Age(AT_LEAST), "Du är 13 år eller äldre."),
        (Age(AT_MOST), "Du är högst 17 år."),
        (Age(WHATEVER), "Det är för alla åldrar."),
        (ChildAge(BETWEEN), "Du har barn mellan 3 och 12 år."),
        (ChildAge(AT_LEAST), "Du har barn som är 13 år eller äldre."),
        (ChildAge(AT_MOST), "Du har barn som är högst 17 år."),
        (ChildAge(WHATEVER), "Du har barn."),
        (BabyMonths(BETWEEN), "Du har ett barn som är 3 till 12 månader."),
        (BabyMonths(AT_LEAST), "Du har ett barn som är 13 månader eller äldre."),
        (BabyMonths(AT_MOST), "Du har ett barn som är högst 17 månader."),
        (BabyMonths(AgeRange(None, 1)), "Du har ett barn som är högst 1 månad."),
        (BabyMonths(WHATEVER), "Du har ett barn under två år."),
    ],
)
def test_the_reason_says_what_she_answered(condition: Condition, said: str) -> None:
    assert in_swedish(condition.because({})) == said


@pytest.mark.parametrize(
    ("ages", "said"),
    [
        (BETWEEN, "Barnet är mellan 3 och 12 år."),
        (AT_LEAST, "Barnet är 13 år eller äldre."),
        (AT_MOST, "Barnet är högst 17 år."),
        (WHATEVER, "Det är för barn i alla åldrar."),
    ],
)
def test_for_a_child_the_reason_is_about_the_child(ages: AgeRange, said: str) -> None:
    assert in_swedish(RecipientAge(ages).because({"for": "child", "age": 40})) == said


@pytest.mark.parametrize("answers", [{"for": "me", "age": 12}, {"for": "child", "age": 12}, {"age": 12}])
def test_for_the_young_the_reason_is_about_herself(answers: Answers) -> None:
    assert in_swedish(RecipientAge(BETWEEN).because(answers)) == "Du är mellan 3 och 12 år."
