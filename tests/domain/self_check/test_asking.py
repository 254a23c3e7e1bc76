"""What is asked next, and when nothing more is."""

import pytest

from portal.domain.catalogue.age_range import AgeRange
from portal.domain.catalogue.ages import ChildAge
from portal.domain.catalogue.answers import Answer, Answers
from portal.domain.catalogue.facts import For, Referral, Residence, Situation
from portal.domain.self_check.asking import MOST_QUESTIONS, possible_answers
from tests.domain.build import catalogue, insats, kommun, question
from tests.domain.self_check.lillby import ADULT, HURT, LILLBY, LIVES_HERE, PARENT, answers_about, asked_next, found_in

# ------------------------------------------------------------------------------------------ the next question


def test_the_topic_is_asked_first() -> None:
    assert asked_next(LILLBY, {}) == "topics"
    assert asked_next(LILLBY, {"age": 30}) == "topics"


def test_nothing_more_is_asked_when_everything_is_known() -> None:
    assert asked_next(LILLBY, answers_about("money", age=30)) is None
    assert asked_next(LILLBY, answers_about("violence")) is None


def test_nothing_is_asked_that_only_an_excluded_insats_asks() -> None:
    place = kommun(insats("course", PARENT, LIVES_HERE))
    assert asked_next(place, answers_about("parenting", children=())) is None


def test_a_dont_know_is_not_asked_again() -> None:
    assert asked_next(LILLBY, answers_about("money")) == "age"
    assert asked_next(LILLBY, answers_about("money", age=None)) is None


def test_the_question_that_moves_most_entries_comes_first() -> None:
    adults = [insats(f"adults-{number}", LIVES_HERE, ADULT) for number in range(2)]
    parents = [insats(f"parents-{number}", LIVES_HERE, PARENT) for number in range(2)]
    assert asked_next(kommun(*adults, *parents), answers_about("parenting")) == "residence"
    assert asked_next(kommun(*adults, parents[0]), answers_about("parenting", residence="staying")) == "age"
    assert asked_next(kommun(adults[0], *parents), answers_about("parenting", residence="staying")) == "children"


@pytest.mark.parametrize("route", ["direct", "other"])
def test_what_one_can_contact_now_weighs_more_than_what_one_applies_for(route: str) -> None:
    applied = [insats(f"apply-{number}", ADULT, route="assessed") for number in range(3)]
    contacted = insats("course", PARENT, For(("child",)), route=route)
    assert asked_next(kommun(*applied, contacted), answers_about("parenting", children=(5,))) == "for"
    assert asked_next(kommun(*applied), answers_about("parenting", children=(5,))) == "age"


def test_what_one_applies_for_is_not_asked_about_when_no_answer_refuses_it() -> None:
    place = kommun(insats("home", route="assessed", access="referral"))
    assert found_in(place, answers_about("parenting")).apply[0].unknown == ("referral",)
    assert asked_next(place, answers_about("parenting")) is None


def test_among_equally_telling_questions_the_first_of_the_bank_is_asked() -> None:
    place = kommun(insats("talks", Referral(), ADULT))
    assert found_in(place, answers_about("parenting")).maybe[0].unknown == ("referral", "age")
    assert asked_next(place, answers_about("parenting")) == "age"


def test_a_question_whose_answers_change_nothing_is_not_asked() -> None:
    # A referral helps, but whoever will not tell where she lives stays a maybe either way.
    place = kommun(insats("talks", ADULT, LIVES_HERE, access="referral"))
    answers = answers_about("parenting", age=30, residence=None)
    assert found_in(place, answers).maybe[0].unknown == ("residence", "referral")
    assert asked_next(place, answers) is None
    assert asked_next(place, {**answers, "residence": "staying"}) == "referral"


def test_follow_ups_are_asked_only_of_chosen_topics() -> None:
    place = kommun(insats("help", HURT, ADULT, topics=("violence", "money")))
    assert asked_next(place, answers_about("violence", age=30)) == "violence"
    assert asked_next(place, answers_about("money", age=30)) is None


def test_a_question_that_the_bank_does_not_have_is_not_asked() -> None:
    other = Situation((("school", frozenset({"absence"})),), {})
    place = kommun(insats("school", other, topics=("school",)))
    answers = answers_about("school", age=30)
    assert found_in(place, answers).maybe[0].unknown == ("school",)
    assert asked_next(place, answers) is None


def test_who_doesnt_know_the_topic_is_asked_what_rules_something_out() -> None:
    assert asked_next(LILLBY, {"topics": None}) == "children"
    assert asked_next(LILLBY, {"topics": None, "children": (5,)}) == "age"
    assert asked_next(LILLBY, {"topics": None, "children": (5,), "age": 30}) is None


def test_nobody_is_asked_more_than_eight_questions() -> None:
    place = kommun(insats("course", PARENT))
    seven: Answers = answers_about("parenting", **dict.fromkeys(("a", "b", "c", "d", "e", "f")))
    assert len(seven) == MOST_QUESTIONS - 1 == 7
    assert asked_next(place, seven) == "children"
    assert asked_next(place, {**seven, "g": None}) is None


# ------------------------------------------------------------------------------------------ possible answers


@pytest.mark.parametrize(
    ("name", "answers"),
    [
        ("for", ("me", "child", "relative")),
        ("residence", ("registered", "staying", "elsewhere")),
        ("violence", (*(frozenset({one}) for one in ("victim", "needs_shelter", "perpetrator")), frozenset())),
        ("age", (17, 18)),
        ("children", ((0,), (2,), (3,), (12,), (13,), ())),
        ("babies", ((0,), ())),
    ],
)
def test_possible_answers_are_one_of_every_sort(name: str, answers: tuple[Answer, ...]) -> None:
    place = kommun(insats("a", ADULT), insats("b", PARENT), insats("c", ChildAge(AgeRange(0, None))))
    assert possible_answers(place, catalogue(place).questions[name]) == answers


def test_only_ages_that_the_question_takes_are_possible() -> None:
    place = kommun(insats("a", ChildAge(AgeRange(18, 30))))
    assert possible_answers(place, question("children", "ages", ages=(0, 25))) == ((17,), (18,), ())


def test_a_neighbour_is_possible_only_where_a_condition_tells_her_apart() -> None:
    place = kommun(insats("a", Residence(("registered", "neighbour"))))
    assert possible_answers(place, catalogue(place).questions["residence"]) == (
        "registered",
        "staying",
        "neighbour",
        "elsewhere",
    )


def test_a_follow_up_is_asked_where_another_answer_would_take_an_entry_away() -> None:
    place = kommun(insats("talks", ADULT, fits={"violence": {"victim": 3}}))
    assert asked_next(place, answers_about("violence", age=30)) == "violence"
    assert asked_next(place, answers_about("violence", age=30, violence=frozenset({"perpetrator"}))) is None
