"""For whose life an insats is: what is chosen, what is not asked, and what cannot wait."""

import pytest

from portal.domain.catalogue.answers import Answer, Answers
from portal.domain.catalogue.fits import ANY, NEED_NOW, NO_FITS, Fits, Scale, is_too_young_for_old_age

TALKS = Fits({"violence": {ANY: 1, "victim": 3, "not_safe_now": 2}, "money": {"debts": 2}})
COURSE = Fits({"parenting": {ANY: 2}})


def about(*topics: str, **more: Answer) -> Answers:
    """Return answers about topics."""
    return {"topics": frozenset(topics), **more}


@pytest.mark.parametrize(
    ("answers", "score"),
    [
        ({}, 0),
        ({"topics": None}, 0),
        (about("parenting"), 0),
        (about("violence", violence=frozenset()), 1),
        (about("violence", violence=frozenset({"victim"})), 4),
        (about("violence", violence=frozenset({"victim", "not_safe_now"})), 6),
        (about("violence", violence=frozenset({"sexual"})), 1),
        (about("violence"), 2),
        (about("violence", violence=None), 2),
        (about("money", money=frozenset({"debts"})), 2),
        (about("money", money=frozenset()), 0),
        (about("money"), 1),
        (about("violence", money=frozenset({"debts"}), violence=frozenset()), 1),
    ],
)
def test_a_score_is_how_much_of_what_was_said_it_answers(answers: Answers, score: int) -> None:
    scale = Scale([TALKS, COURSE])
    assert scale.weighed(TALKS).score(scale.said(answers)) == score


def test_what_cannot_wait_is_told_apart_from_what_else_was_ticked() -> None:
    scale = Scale([TALKS])
    talks = scale.weighed(TALKS)
    hurt = scale.said(about("violence", violence=frozenset({"victim"})))
    unsafe = scale.said(about("violence", violence=frozenset({"victim", "not_safe_now"})))
    assert not talks.options & hurt.need
    assert talks.options & unsafe.need
    assert set(NEED_NOW) == {"violence", "housing", "money", "wellbeing"}


def test_fits_know_their_topics_their_options_and_how_general_they_are() -> None:
    assert TALKS.topics == {"violence", "money"}
    assert TALKS.is_for_all_of("violence")
    assert not TALKS.is_for_all_of("money")
    assert not TALKS.is_for_all_of("parenting")
    assert TALKS.options("violence") == {"victim", "not_safe_now"}
    assert (Scale([TALKS]).weighed(TALKS).breadth, Scale([TALKS]).weighed(NO_FITS).breadth) == (2, 0)


def test_joined_fits_keep_the_larger_weight() -> None:
    other = Fits({"violence": {"victim": 1, "sexual": 3}, "parenting": {ANY: 1}})
    joined = TALKS.joined(other)
    assert joined.weights["violence"] == {ANY: 1, "victim": 3, "not_safe_now": 2, "sexual": 3}
    assert joined.topics == {"violence", "money", "parenting"}


@pytest.mark.parametrize(
    ("answers", "is_too_young"),
    [
        ({"age": 59}, True),
        ({"age": 59, "for": "child"}, True),
        ({"age": 60}, False),
        ({"age": 30, "for": "relative"}, False),
        ({"age": None}, False),
        ({}, False),
    ],
)
def test_who_is_too_young_for_old_age_does_not_mean_it(answers: Answers, is_too_young: bool) -> None:
    assert is_too_young_for_old_age(answers) is is_too_young


def test_what_is_for_the_old_is_less_general_to_the_young() -> None:
    alarm = Fits({"ageing": {ANY: 1}, "caring": {"illness": 1}})
    weighed = Scale([alarm]).weighed(alarm)
    assert (weighed.breadth_for(is_young=False), weighed.breadth_for(is_young=True)) == (2, 1)
