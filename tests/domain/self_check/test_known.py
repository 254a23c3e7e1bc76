"""What is known of conditions under some answers: which failed, which are open, and the reasons worth saying."""

from portal.domain.self_check.known import Known
from tests.domain.build import catalogue, insats, kommun
from tests.domain.self_check.lillby import ADULT, LIVES_HERE, PARENT, answers_about

PLACE = kommun(
    insats("course", PARENT, LIVES_HERE, topics=("parenting",)),
    insats("advice", ADULT, topics=("money",)),
    insats("talks", ADULT, PARENT, topics=("money", "parenting")),
)


def test_only_conditions_of_what_is_about_her_topics_are_asked() -> None:
    known = Known(PLACE, answers_about("money", age=30))
    assert sorted(type(rule).__name__ for rule in known.rules.values()) == ["Age", "ChildAge"]
    assert known.failed == 0
    assert [type(rule) for rule in known.open(sum(known.rules))] == [type(PARENT)]
    assert Known(PLACE, answers_about("money", age=12)).failed == sum(known.rules)  # a child is no parent either
    assert len(Known(PLACE, {"topics": None}).rules) == 3
    assert len(Known(PLACE, answers_about("money", "parenting")).rules) == 3


def test_a_reason_is_said_where_its_rule_is_met_and_worth_saying() -> None:
    known = Known(PLACE, answers_about("parenting", age=30, children=(5,), residence="registered"))
    said = list(known.met((PARENT, LIVES_HERE), ()))
    assert said == [PARENT.because(known.answers)]  # that she lives here holds for nearly everybody
    assert list(known.met((PARENT, LIVES_HERE), (PARENT,))) == []
    assert next(iter(known.met((PARENT,), ()))) is said[0]


def test_the_first_reason_names_what_she_chose_or_that_she_does_not_know() -> None:
    place = catalogue(PLACE)
    by_topic = {one.variant.insats.id: one for one in PLACE.placed}
    both = Known(PLACE, answers_about("money", "parenting"))
    assert both.ticked(by_topic["talks"], place) == place.chosen(frozenset({"money", "parenting"}))
    assert both.ticked(by_topic["advice"], place) == place.chosen(frozenset({"money"}))
    assert both.ticked(by_topic["advice"], place) is both.ticked(by_topic["advice"], place)
    assert "vet inte" in Known(PLACE, {"topics": None}).ticked(by_topic["advice"], place).text


def test_what_was_ticked_is_named_once_for_everybody() -> None:
    place = catalogue(PLACE)
    nothing = place.answered(frozenset())
    assert place.answered(frozenset()) is nothing
