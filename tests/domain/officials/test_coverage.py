"""Whom a catalogue reaches: ages by topic, situations that nobody serves, the effect of a change."""

from collections import Counter
from dataclasses import replace

from portal.domain.catalogue.age_range import AgeRange
from portal.domain.catalogue.ages import Age, ChildAge, RecipientAge
from portal.domain.catalogue.answers import Answer, QuestionBank
from portal.domain.catalogue.facts import For, Referral, Residence, Situation
from portal.domain.catalogue.insatser import Insats
from portal.domain.catalogue.kommuner import Kommun
from portal.domain.knowledge import Knowledge
from portal.domain.officials.coverage import (
    ASSESSED,
    DIRECT,
    NOTHING,
    OLDEST,
    QUESTIONED,
    Run,
    coverage,
    effect,
    population,
    reach,
    unreached_situations,
)
from portal.domain.self_check.asking import next_question
from tests.domain.build import catalogue, insats, kommun

ADULT = Age(AgeRange(18, None))
FOR_HERSELF = For(("me",))
LIVES_HERE = Residence(("registered", "staying"))

# -------------------------------------------------------------------------------------------- ages by topic


def runs_of(*offered: Insats) -> tuple[Run, ...]:
    """Return the ages that the topic parenting reaches."""
    place = kommun(*offered)
    return coverage(place, catalogue(place))["parenting"]


def test_a_topic_without_insatser_reaches_nobody() -> None:
    place = kommun(insats("a", topics=("money",)))
    found = coverage(place, catalogue(place))
    assert found["parenting"] == (Run(0, OLDEST, NOTHING),)
    assert list(found) == ["parenting", "violence", "money", "housing"]


def test_support_for_oneself_stands_at_ones_own_age() -> None:
    assert runs_of(insats("a", ADULT, FOR_HERSELF)) == (Run(0, 17, NOTHING), Run(18, OLDEST, DIRECT))


def test_support_for_parents_stands_at_the_age_of_the_child() -> None:
    assert runs_of(insats("a", ChildAge(AgeRange(3, 12)))) == (
        Run(0, 2, NOTHING),
        Run(3, 12, DIRECT),
        Run(13, OLDEST, NOTHING),
    )


def test_children_are_asked_for_until_they_are_25() -> None:
    assert runs_of(insats("a", ChildAge(AgeRange(20, None)))) == (
        Run(0, 19, NOTHING),
        Run(20, 25, DIRECT),
        Run(26, OLDEST, NOTHING),
    )


def test_direct_support_counts_before_assessed() -> None:
    care = insats("care", RecipientAge(AgeRange(None, 20)), route="assessed")
    talks = insats("talks", RecipientAge(AgeRange(13, 18)))
    jobs = insats("jobs", RecipientAge(AgeRange(30, 40)), route="other")
    assert runs_of(care, talks, jobs) == (
        Run(0, 12, ASSESSED),
        Run(13, 18, DIRECT),
        Run(19, 20, ASSESSED),
        Run(21, 29, NOTHING),
        Run(30, 40, DIRECT),
        Run(41, OLDEST, NOTHING),
    )


def test_a_situation_left_open_refuses_nobody_but_another_residence_does() -> None:
    hurt = Situation((("violence", frozenset({"victim"})),), {})
    place = kommun(insats("a", hurt, LIVES_HERE, topics=("violence",)), insats("b", Residence(("neighbour",))))
    found = coverage(place, catalogue(place))
    assert found["violence"] == (Run(0, OLDEST, DIRECT),)
    assert found["parenting"] == (Run(0, OLDEST, NOTHING),)


def test_an_age_is_reached_as_the_first_of_its_run(lekeberg: Kommun, knowledge: Knowledge) -> None:
    for topic, runs in coverage(lekeberg, knowledge.catalogue).items():
        insatser = lekeberg.by_topic.get(topic, ())
        assert [run.status for run in runs for _ in range(run.first, run.last + 1)] == [
            reach(topic, insatser, age) for age in range(OLDEST + 1)
        ], topic


# ------------------------------------------------------------------------------------------- situations


def test_a_situation_that_no_insats_is_open_for_is_named() -> None:
    hurt = Situation((("violence", frozenset({"victim"})),), {})
    roof = insats("roof", topics=("housing",))
    place = kommun(insats("talks", hurt, topics=("violence",)), roof)
    assert unreached_situations(place, catalogue(place)) == {"violence": ("needs_shelter", "perpetrator")}
    empty = kommun()
    assert unreached_situations(empty, catalogue(empty)) == {
        "violence": ("victim", "needs_shelter", "perpetrator"),
        "housing": ("tonight", "insecure"),
    }


# ------------------------------------------------------------------------------------ the fixed population


def test_the_population_is_the_same_in_every_run() -> None:
    known = catalogue()
    assert list(population(known, 50)) == list(population(known, 50))
    assert list(population(known, 20)) == list(population(known, 50))[:20]


def test_each_resident_answers_every_question_with_what_it_takes() -> None:
    known = catalogue()
    residents = list(population(known, 300))
    assert len(residents) == 300
    for one in residents:
        assert list(one) == list(known.questions)
        answers, problems = known.questions.read_form(known.questions.write_form(one))
        assert problems == ()
        assert answers == one
        assert isinstance(one["topics"], frozenset)
        assert 1 <= len(one["topics"]) <= 3
        assert isinstance(one["children"], tuple)
        assert isinstance(one["babies"], tuple)
        assert [months // 12 for months in one["babies"]] == [age for age in one["children"] if age < 2]


# -------------------------------------------------------------------------------------- the effect of a change

SIZE = 200
BEFORE = catalogue(kommun(insats("debts", ADULT, topics=("money",)), insats("course", LIVES_HERE, ADULT)))
AFTER = catalogue(
    kommun(
        insats("debts", topics=("money",), route="assessed"), insats("course", ChildAge(AgeRange(3, 12)), LIVES_HERE)
    )
)


def test_no_change_has_no_effect() -> None:
    found = effect(AFTER, AFTER, "lillby", SIZE)
    assert (found.kommun, found.size) == ("lillby", SIZE)
    assert (found.gained, found.lost, found.appeared, found.vanished) == ({}, {}, (), ())
    assert found.asked_before == found.asked_after


def test_a_change_shows_who_gains_and_who_loses_what() -> None:
    residents = list(population(AFTER, SIZE))
    about_money = [one for one in residents if "money" in (one["topics"] or ())]
    adults = [one for one in about_money if one["age"] >= 18]
    parents = [
        one
        for one in residents
        if "parenting" in (one["topics"] or ()) and one["residence"] in ("registered", "staying")
    ]
    gained = [one for one in parents if any(3 <= age <= 12 for age in one["children"]) and one["age"] < 18]
    lost = [one for one in parents if not any(3 <= age <= 12 for age in one["children"]) and one["age"] >= 18]
    assert gained
    found = effect(BEFORE, AFTER, "lillby", SIZE)
    assert found.gained == {("apply", "debts"): len(about_money), ("direct", "course"): len(gained)}
    assert found.lost == {("direct", "debts"): len(adults), ("direct", "course"): len(lost)}


def test_a_change_shows_which_questions_appear_and_vanish() -> None:
    found = effect(BEFORE, AFTER, "lillby", SIZE)
    assert found.asked_before["topics"] == found.asked_after["topics"] == SIZE
    assert found.appeared == ("children",)
    assert found.vanished == ("age",)


def test_a_kommun_that_is_new_only_gains() -> None:
    found = effect(catalogue(), AFTER, "lillby", SIZE)
    assert set(found.gained) == {("apply", "debts"), ("direct", "course")}
    assert found.lost == {}
    assert found.asked_before == {}
    gone = effect(AFTER, catalogue(), "lillby", SIZE)
    assert (gone.lost, gone.gained, gone.asked_after) == (found.gained, {}, {})


def test_a_question_that_is_taken_out_of_the_bank_vanishes() -> None:
    before = catalogue(kommun(insats("talks", Referral())))
    kept = {name: question for name, question in before.questions.items() if name != "referral"}
    after = replace(before, questions=QuestionBank(kept))
    found = effect(before, after, "lillby", SIZE)
    assert found.asked_before["referral"] > 0
    assert found.vanished == ("referral",)


def test_residents_of_the_same_sort_are_asked_the_same_as_one_by_one() -> None:
    """What follows is worked out once for a sort of answers: it must be what each resident herself is asked."""
    found = effect(BEFORE, AFTER, "lillby", SIZE)
    for version, asked in ((BEFORE, found.asked_before), (AFTER, found.asked_after)):
        counted: Counter[str] = Counter()
        for resident in population(AFTER, SIZE):
            so_far: dict[str, Answer] = {}
            while (question := next_question(version.kommuner["lillby"], version, so_far)) is not None:
                so_far[question.id] = resident[question.id]
            counted.update(list(so_far))
        assert asked == counted


def test_no_more_are_asked_than_it_takes() -> None:
    found = effect(AFTER, AFTER, "lillby", QUESTIONED + 10)
    assert found.questioned == QUESTIONED
    assert found.asked_before["topics"] == found.asked_after["topics"] == QUESTIONED
    assert effect(AFTER, AFTER, "lillby", 5).questioned == 5
