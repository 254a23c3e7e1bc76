"""What holds for everybody in the real catalogue of Lekeberg, tried on a fixed population of residents."""

from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.domain.catalogue.ages import Age, BabyMonths, ChildAge, RecipientAge, is_a_child
from portal.domain.catalogue.answers import Answer, Answers, Question
from portal.domain.catalogue.condition import MET, NOT_MET, UNKNOWN, Condition
from portal.domain.catalogue.conditions import All, Any, Not, flatten
from portal.domain.catalogue.facts import Acute, Residence, Situation, acute_needs
from portal.domain.catalogue.fits import ANY
from portal.domain.catalogue.insatser import Insats
from portal.domain.catalogue.kommuner import Kommun
from portal.domain.catalogue.ways_in import Guardian, InvitationNeeded, ReferralNeeded
from portal.domain.catalogue.whole import Catalogue
from portal.domain.self_check.asking import MOST_QUESTIONS, next_question, open_questions, possible_answers
from portal.domain.self_check.known import APPLY, DIRECT, MAYBE, NEAR, Known, Standing
from portal.domain.self_check.matching import Matches, match
from tests.domain.self_check.residents import YOUNGEST_WITH_CHILDREN, Path, paths_of, population, resident
from tests.domain.sides import both_sides

RESIDENTS = 400
A_FEW = 60
"""Enough where each resident is tried in many ways."""


@pytest.fixture(scope="module")
def paths(lekeberg: Kommun, catalogue: Catalogue) -> list[Path]:
    """Return the path of each resident."""
    return paths_of(population(RESIDENTS, lekeberg, catalogue), lekeberg, catalogue)


def ids(found: Matches) -> tuple[frozenset[str], ...]:
    """Return what stands in each list that a person can act on."""
    return tuple(frozenset(one.insats.id for one in listed) for listed in (found.direct, found.maybe, found.apply))


def shown(found: Matches) -> frozenset[str]:
    """Return what stands in any of them."""
    return frozenset().union(*ids(found))


def changes_a_list(question: Question, answers: Answers, kommun: Kommun, catalogue: Catalogue) -> bool:
    """Return whether some answer to the question changes what stands in a list."""
    before = ids(match(kommun, catalogue, answers))
    return any(
        ids(match(kommun, catalogue, {**answers, question.id: answer})) != before
        for answer in possible_answers(kommun, question)
    )


def left_to_ask(answers: Answers, kommun: Kommun, catalogue: Catalogue) -> list[str]:
    """Return the questions not asked that a page could ask this person and that would change a list."""
    topics, children = answers["topics"], answers.get("children")
    return [
        question.id
        for question in catalogue.questions.values()
        if question.id not in answers
        and (question.only_if is None or (isinstance(topics, frozenset) and question.only_if in topics))
        and (question.id != "children" or not is_a_child(answers))
        and (question.id != "babies" or (isinstance(children, tuple) and any(age < 2 for age in children)))
        and changes_a_list(question, answers, kommun, catalogue)
    ]


# ------------------------------------------------------------------------------------------- the questions


def test_every_question_asked_has_an_answer_that_changes_a_list(
    paths: list[Path], lekeberg: Kommun, catalogue: Catalogue
) -> None:
    steps = {
        (frozenset(answers.items()), question.id): (answers, question)
        for path in paths
        for answers, question in path.steps
    }
    in_vain = [
        (answers, question.id)
        for answers, question in steps.values()
        if not changes_a_list(question, answers, lekeberg, catalogue)
    ]
    assert in_vain == []


def test_the_questions_end_only_when_no_answer_to_another_changes_a_list(
    paths: list[Path], lekeberg: Kommun, catalogue: Catalogue
) -> None:
    too_early = [
        (path.end, left)
        for path in paths[: 5 * A_FEW]
        if len(path.end) < MOST_QUESTIONS and (left := left_to_ask(path.end, lekeberg, catalogue))
    ]
    assert too_early == []


def test_nobody_is_asked_more_than_eight_questions_nor_one_twice(paths: list[Path]) -> None:
    assert MOST_QUESTIONS == 8
    assert max(len(path.steps) for path in paths) <= MOST_QUESTIONS
    assert all(len(path.end) == len(path.steps) for path in paths)


def test_a_resident_is_asked_six_questions_or_less_on_average(paths: list[Path]) -> None:
    assert sum(len(path.steps) for path in paths) / len(paths) <= 6


def test_nine_of_ten_residents_answer_everything_that_matters(
    paths: list[Path], lekeberg: Kommun, catalogue: Catalogue
) -> None:
    cut_off = [path for path in paths if len(path.end) == MOST_QUESTIONS and left_to_ask(path.end, lekeberg, catalogue)]
    assert len(cut_off) <= len(paths) / 10


def test_follow_ups_are_asked_only_of_chosen_topics_and_months_only_of_parents_of_babies(paths: list[Path]) -> None:
    for path in paths:
        for answers, question in path.steps:
            if question.only_if is not None:
                topics = answers["topics"]
                assert isinstance(topics, frozenset)
                assert question.only_if in topics
            if question.id == "babies":
                children = answers["children"]
                assert isinstance(children, tuple)
                assert any(age < 2 for age in children)


# ------------------------------------------------------------------------- what is known stays known


@settings(derandomize=True, deadline=None, max_examples=100)
@given(data=st.data())
def test_more_knowledge_never_turns_a_yes_or_a_no_into_an_unknown(
    data: st.DataObject, lekeberg: Kommun, catalogue: Catalogue
) -> None:
    everything = resident(data.draw(st.randoms(use_true_random=False)), lekeberg, catalogue)
    more = {name: everything[name] for name in sorted(data.draw(st.sets(st.sampled_from(sorted(everything)))))}
    less = {
        name: more[name]
        for name in sorted(data.draw(st.sets(st.sampled_from(sorted(more))) if more else st.just(set())))
    }
    age = everything["age"]
    grown_up = isinstance(age, int) and age >= YOUNGEST_WITH_CHILDREN
    for condition in {rule: None for insats in lekeberg.insatser.values() for rule in insats.rules}:
        before, after = condition.evaluate(less), condition.evaluate(more)
        if before is not UNKNOWN:
            assert after is not UNKNOWN, (condition, less, more)
            # Of the young the age alone decides, whatever was said of children before it was known.
            assert after is before or not grown_up, (condition, less, more)


def test_the_order_of_answering_does_not_matter(paths: list[Path], lekeberg: Kommun, catalogue: Catalogue) -> None:
    chance = Random(1)  # noqa: S311 - any fixed order does
    for path in paths[:A_FEW]:
        for answers in (path.end, path.steps[len(path.steps) // 2][0]):
            found, asked = match(lekeberg, catalogue, answers), next_question(lekeberg, catalogue, answers)
            shuffled = dict(chance.sample(list(answers.items()), len(answers)))
            backwards = dict(reversed(answers.items()))
            for other in (shuffled, backwards):
                assert match(lekeberg, catalogue, other) == found
                assert next_question(lekeberg, catalogue, other) == asked


# ------------------------------------------------------------------------------------ each insats has its people


def starts_of(insats: Insats) -> list[dict[str, Answer]]:
    """Return answers that begin with what an insats is for: a topic, and under it each option alone or with others."""
    starts: list[dict[str, Answer]] = [
        {"topics": frozenset({topic})} if option == ANY else {"topics": frozenset({topic}), topic: frozenset({option})}
        for variant in insats.variants
        for topic, options in variant.fits.weights.items()
        for option in options
    ]
    return starts + [
        {"topics": frozenset({topic}), topic: wanted | {option}}
        for variant in insats.variants
        for rule in flatten(variant.rules)
        if isinstance(rule, Situation)
        for topic, wanted in rule.options
        for option in variant.fits.options(topic)
    ]


def some_answers(
    insats: Insats, kommun: Kommun, catalogue: Catalogue, are_sought: Callable[[list[Standing]], bool]
) -> Answers | None:
    """Return answers, begun with what it is for and going on with its own open questions, that are sought; or None."""
    to_try = starts_of(insats)
    while to_try:
        answers = to_try.pop()
        known = Known(kommun, answers)
        mine = [one for one in known.standings if one.insats is insats]
        if are_sought(mine):
            return answers
        for one in mine:
            asked = next((asked for asked in open_questions(one.placed, known) if asked not in answers), None)
            if one.listed != NEAR and asked is not None:
                to_try += [
                    {**answers, asked: answer} for answer in possible_answers(kommun, catalogue.questions[asked])
                ]
    return None


def test_every_insats_is_reached_by_some_answers(lekeberg: Kommun, catalogue: Catalogue) -> None:
    def reaches(insats: Insats) -> Callable[[list[Standing]], bool]:
        # An invitation comes from others: there a maybe is all that answers can reach.
        listed = (DIRECT, APPLY, *((MAYBE,) if insats.access == "invited" else ()))
        return lambda mine: any(one.listed in listed for one in mine)

    never = [one.id for one in lekeberg.open_insatser if some_answers(one, lekeberg, catalogue, reaches(one)) is None]
    assert never == []


def test_every_insats_with_a_condition_is_refused_by_some_answers(lekeberg: Kommun, catalogue: Catalogue) -> None:
    conditional = [
        one
        for one in lekeberg.open_insatser
        if not all(isinstance(rule, ReferralNeeded | InvitationNeeded) for rule in one.rules)
    ]
    always = [
        one.id
        for one in conditional
        if some_answers(one, lekeberg, catalogue, lambda mine: all(one.listed == NEAR for one in mine)) is None
    ]
    assert always == []


def test_nothing_is_shown_to_who_chose_none_of_its_topics(lekeberg: Kommun, catalogue: Catalogue) -> None:
    for topic in catalogue.topics:
        found = match(lekeberg, catalogue, {"topics": frozenset({topic})})
        assert shown(found) <= {insats.id for insats in lekeberg.open_insatser if topic in insats.topics}


def test_what_is_for_a_whole_topic_is_refused_only_by_its_conditions(
    paths: list[Path], lekeberg: Kommun, catalogue: Catalogue
) -> None:
    for path in paths:
        topics = path.end["topics"]
        if not isinstance(topics, frozenset):
            continue
        standing = {id(one.placed.variant) for one in Known(lekeberg, path.end).standings if one.listed != "near"}
        for placed in lekeberg.placed:
            variant = placed.variant
            is_for_all = any(variant.fits.is_for_all_of(topic) for topic in topics) and not variant.insats.is_placement
            is_refused = any(rule.evaluate(path.end) is NOT_MET for rule in variant.rules)
            if is_for_all:
                assert (id(variant) in standing) is not is_refused, variant.insats.id


# ------------------------------------------------------------------------------------------- acute needs

ACUTE = [
    ("violence", "victim"),
    ("violence", "child_witnessed"),
    ("housing", "tonight"),
    ("wellbeing", "crisis"),
    ("parenting", "police_interview"),
]


def in_need(answers: Answers, topic: str, option: str) -> dict[str, Answer]:
    """Return the answers with an acute need beside what else they tell."""
    topics, ticked = answers["topics"], answers[topic]
    return {
        **answers,
        "topics": (topics if isinstance(topics, frozenset) else frozenset()) | {topic},
        topic: (ticked if isinstance(ticked, frozenset) else frozenset()) | {option},
    }


@pytest.mark.parametrize(("topic", "option"), ACUTE)
def test_where_one_lives_never_takes_away_what_meets_an_acute_need(
    topic: str, option: str, lekeberg: Kommun, catalogue: Catalogue
) -> None:
    lives = (None, *catalogue.options_of(catalogue.questions["residence"], lekeberg))
    for one in population(A_FEW, lekeberg, catalogue):
        answers = in_need(one, topic, option)
        needs = acute_needs(answers)
        assert needs
        meeting_it = {
            insats.id
            for insats in lekeberg.open_insatser
            for condition in flatten(insats.conditions)
            if isinstance(condition, Acute) and needs.intersection(condition.acute_needs)
        }
        found = [shown(match(lekeberg, catalogue, {**answers, "residence": place})) & meeting_it for place in lives]
        assert found == [found[0]] * len(found), answers


@pytest.mark.parametrize(
    ("answers", "insats_id"),
    [
        (
            {"topics": frozenset({"violence"}), "for": "child", "age": 35, "children": (5,)},
            "rad-och-stod-barn-och-unga",
        ),
        ({"topics": frozenset({"parenting"}), "for": "child", "age": 35, "children": (5,)}, "efter-barnforhoret"),
    ],
)
@pytest.mark.parametrize("lives", ["registered", "elsewhere", None])
def test_a_child_at_risk_is_met_wherever_the_family_lives(
    answers: Answers, insats_id: str, lives: str | None, lekeberg: Kommun, catalogue: Catalogue
) -> None:
    told = {
        **answers,
        "residence": lives,
        "violence": frozenset({"child_witnessed"}),
        "parenting": frozenset({"police_interview"}),
    }
    assert insats_id in shown(match(lekeberg, catalogue, told))


@pytest.mark.parametrize(("topic", "option"), ACUTE)
def test_every_grown_up_in_an_acute_need_is_shown_something_wherever_she_lives(
    topic: str, option: str, lekeberg: Kommun, catalogue: Catalogue
) -> None:
    for one in population(A_FEW, lekeberg, catalogue):
        age = one["age"]
        if isinstance(age, int) and age < 18:
            continue
        answers = {**in_need(one, topic, option), "topics": frozenset({topic}), "residence": "elsewhere"}
        assert shown(match(lekeberg, catalogue, answers)) != frozenset(), answers


# ---------------------------------------------------------------------------------------- every entry of every list


def test_every_entry_says_why_and_stands_in_one_list(paths: list[Path], lekeberg: Kommun, catalogue: Catalogue) -> None:
    started_by_others = {insats.id for insats in lekeberg.insatser.values() if not insats.is_open}
    assert started_by_others
    states = {frozenset(answers.items()): answers for path in paths for answers, _ in path.steps}
    ends = {frozenset(path.end.items()): path.end for path in paths}
    for answers in {**states, **ends}.values():
        found = match(lekeberg, catalogue, answers)
        listed = [one.insats.id for one in (*found.direct, *found.maybe, *found.apply, *found.near)]
        assert len(listed) == len(set(listed))
        assert not started_by_others.intersection(listed)
        assert all(one.reasons and not one.not_met for one in (*found.direct, *found.maybe, *found.apply))
        assert all(len(one.not_met) == 1 for one in found.near)
        assert not any(one.unknown or one.needs or one.to_ask for one in found.direct)
        assert all(one.unknown or one.needs for one in found.maybe)
        assert all(one.insats.route == "assessed" for one in found.apply)
        assert all(one.insats.route != "assessed" for one in (*found.direct, *found.maybe))


# --------------------------------------------------------------------------------- both sides of every limit


def test_every_condition_decides_on_both_sides_of_each_limit(lekeberg: Kommun) -> None:
    tried: set[type[Condition]] = set()
    for insats in lekeberg.insatser.values():
        for condition in flatten(insats.rules):
            # What may still come is never a no; what is put together has the sides of its parts.
            if isinstance(condition, ReferralNeeded | InvitationNeeded | Any | All | Not):
                continue
            tried.add(type(condition))
            sides = both_sides(condition)
            assert {is_met for _, is_met in sides} == {True, False}, (insats.id, condition)
            for answers, is_met in sides:
                assert condition.evaluate(answers) is (MET if is_met else NOT_MET), (insats.id, condition, answers)
    assert tried >= {Age, ChildAge, BabyMonths, RecipientAge, Guardian, Residence, Situation, Acute}


def test_possible_answers_tell_apart_every_number_that_somebody_can_write(
    lekeberg: Kommun, catalogue: Catalogue
) -> None:
    rules = tuple({rule: None for insats in lekeberg.insatser.values() for rule in insats.rules})
    contexts: dict[str, list[Answers]] = {
        "age": [{}, {"for": "me"}, {"for": "child", "children": (8,), "guardian_consent": "no"}],
        "children": [{}, {"for": "child"}, {"for": "child", "age": 40}],
        "babies": [{"children": (0,)}, {"children": (1,)}],
    }

    def outcomes(answers: Answers) -> tuple[object, ...]:
        return tuple(rule.evaluate(answers) for rule in rules)

    for name, answered in contexts.items():
        question = catalogue.questions[name]
        for context in answered:
            told_apart = {outcomes({**context, name: answer}) for answer in possible_answers(lekeberg, question)}
            for number in range(question.low, question.high + 1):
                written = number if question.kind == "age" else (number,)
                assert outcomes({**context, name: written}) in told_apart, (name, number)
