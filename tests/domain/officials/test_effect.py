"""What a change does: which kinds of residents gain, lose or are told otherwise, and what is asked."""

from collections import Counter
from dataclasses import replace

import pytest

from portal.domain.catalogue.age_range import AgeRange
from portal.domain.catalogue.ages import Age, ChildAge
from portal.domain.catalogue.answers import Answer, QuestionBank
from portal.domain.catalogue.facts import Referral, Residence
from portal.domain.catalogue.insatser import Insats
from portal.domain.catalogue.whole import Catalogue
from portal.domain.officials.effect import GAINED, LOST, QUESTIONED, TOLD, Effect, effect
from portal.domain.officials.population import population
from portal.domain.self_check.asking import next_question
from tests.domain.build import catalogue, insats, kommun, part

ADULT = Age(AgeRange(18, None))
LIVES_HERE = Residence(("registered", "staying"))
SIZE = 200
BEFORE = catalogue(kommun(insats("debts", ADULT, topics=("money",)), insats("course", LIVES_HERE, ADULT)))
AFTER = catalogue(
    kommun(
        insats("debts", topics=("money",), route="assessed"), insats("course", ChildAge(AgeRange(3, 12)), LIVES_HERE)
    )
)


def counts(found: Effect) -> dict[tuple[str, str, str], int]:
    """Return how many residents each change happens to."""
    return {change: kinds.count for change, kinds in found.changes.items()}


def between(*versions: tuple[Insats, ...]) -> Effect:
    """Return the effect of offering something else."""
    before, after = (catalogue(kommun(*offered)) for offered in versions)
    return effect(before, after, "lillby", SIZE)


def test_no_change_has_no_effect() -> None:
    found = effect(AFTER, AFTER, "lillby", SIZE)
    assert (found.kommun, found.size) == ("lillby", SIZE)
    assert (found.changes, found.appeared, found.vanished) == ({}, (), ())
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
    found = counts(effect(BEFORE, AFTER, "lillby", SIZE))
    assert found[GAINED, "apply", "debts"] == len(about_money)
    assert found.get((GAINED, "direct", "course"), 0) == len(gained)
    assert found[LOST, "direct", "debts"] == len(adults)
    assert found[LOST, "direct", "course"] == len(lost)


def test_the_kinds_of_residents_are_named() -> None:
    kinds = effect(BEFORE, AFTER, "lillby", SIZE).changes[LOST, "direct", "course"]
    for counted in (kinds.whom, kinds.ages):
        assert sum(counted.values()) == kinds.count
    assert set(kinds.whom) <= {"me", "child", "relative"}
    assert kinds.ages["13-17"] < kinds.ages["21-64"]
    assert kinds.about["parenting"] == kinds.count


def test_a_referral_that_is_needed_now_is_told_as_the_loss_it_is() -> None:
    open_to_all, by_referral = insats("talks", ADULT), replace(insats("talks", ADULT), access="referral")
    found = between((open_to_all,), (by_referral,))
    lost = found.changes[LOST, "direct", "talks"]
    assert lost.count > SIZE / 20
    assert found.changes[GAINED, "maybe", "talks"].count == lost.count
    may_go_alone = insats("talks", without_guardian_from=15)
    assert counts(between((insats("talks"),), (may_go_alone,)))[GAINED, "direct", "talks"] > 0


def test_what_is_needed_first_in_the_same_list_is_told_too() -> None:
    referred, invited = (insats("talks", ADULT, access=access) for access in ("referral", "invited"))
    found = between((referred,), (invited,)).changes
    without = [one for one in population(BEFORE, SIZE) if one["referral"] == "no" and one["age"] >= 18]
    assert found[TOLD, "needs", "talks"].count == sum("parenting" in (one["topics"] or ()) for one in without)


def test_a_part_that_is_taken_away_is_told_to_those_whom_it_fitted() -> None:
    young, old = part("young", Age(AgeRange(None, 40))), part("old", Age(AgeRange(41, None)))
    found = between((insats("talks", parts=(young, old)),), (insats("talks", parts=(old,)),))
    assert set(found.changes) == {(TOLD, "parts", "talks")}
    kinds = found.changes[TOLD, "parts", "talks"]
    assert kinds.count > 0


def test_another_order_is_told_of_what_moved_and_not_of_what_made_room() -> None:
    one, two, three = (insats(name, topics=("money",)) for name in ("one", "two", "three"))
    heavier = replace(one, weight="support")
    found = between((one, two, three), (heavier, two, three))
    assert {change for change in found.changes if change[1] in ("earlier", "later")} == {(TOLD, "later", "one")}
    assert (TOLD, "first", "two") in found.changes
    back = between((heavier, two, three), (one, two, three))
    assert (TOLD, "earlier", "one") in back.changes


def test_a_change_shows_which_questions_appear_and_vanish() -> None:
    found = effect(BEFORE, AFTER, "lillby", SIZE)
    assert found.asked_before["topics"] == found.asked_after["topics"] == SIZE
    assert found.appeared == ("children",)
    assert found.vanished == ("age",)


def test_a_kommun_that_is_new_only_gains() -> None:
    found = effect(catalogue(), AFTER, "lillby", SIZE)
    assert {change[0] for change in found.changes} == {GAINED}
    assert found.asked_before == {}
    gone = effect(AFTER, catalogue(), "lillby", SIZE)
    assert {change[0] for change in gone.changes} == {LOST}
    assert gone.asked_after == {}
    assert sorted(counts(gone).values()) == sorted(counts(found).values())


def test_a_question_that_is_taken_out_of_the_bank_vanishes() -> None:
    before = catalogue(kommun(insats("talks", Referral())))
    kept = {name: question for name, question in before.questions.items() if name != "referral"}
    after = replace(before, questions=QuestionBank(kept))
    found = effect(before, after, "lillby", SIZE)
    assert found.asked_before["referral"] > 0
    assert found.vanished == ("referral",)


@pytest.mark.parametrize("version", [BEFORE, AFTER])
def test_residents_of_the_same_sort_are_asked_the_same_as_one_by_one(version: Catalogue) -> None:
    """What follows is worked out once for a sort of answers: it must be what each resident herself is asked."""
    asked = effect(version, version, "lillby", SIZE).asked_before
    counted: Counter[str] = Counter()
    for resident in population(version, SIZE):
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
