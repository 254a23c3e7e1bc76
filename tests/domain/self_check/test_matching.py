"""The self-check on small catalogues: which list an insats stands in and why, and what is asked next."""

import pytest

from portal.domain.catalogue.age_range import AgeRange
from portal.domain.catalogue.ages import Age, ChildAge
from portal.domain.catalogue.answers import Answer, Answers
from portal.domain.catalogue.conditions import Any
from portal.domain.catalogue.facts import Acute, Referral, Residence, Situation
from portal.domain.catalogue.insatser import Part
from portal.domain.catalogue.kommuner import Kommun
from portal.domain.self_check.asking import next_question
from portal.domain.self_check.known import Known
from portal.domain.self_check.matching import Match, Matches, match
from portal.domain.sentences import in_swedish, sentence
from tests.domain.build import catalogue, insats, kommun, part

ADULT = Age(AgeRange(18, None))
PARENT = ChildAge(AgeRange(3, 12))
LIVES_HERE = Residence(("registered", "staying"))
HURT = Situation((("violence", frozenset({"victim"})),), {("violence", "victim"): sentence("Någon slår mig")})


def answers_about(*topics: str, **more: Answer) -> Answers:
    """Return answers that begin with these topics."""
    return {"topics": frozenset(topics), **more}


def found_in(place: Kommun, answers: Answers) -> Matches:
    """Return the lists of a kommun."""
    return match(place, catalogue(place), answers)


def ids(matches: tuple[Match, ...]) -> list[str]:
    """Return the ids of a list in its order."""
    return [one.insats.id for one in matches]


def asked_next(place: Kommun, answers: Answers) -> str | None:
    """Return the id of the next question, or None."""
    asked = next_question(place, catalogue(place), answers)
    return None if asked is None else asked.id


# ----------------------------------------------------------------------------------------- what is relevant

LILLBY = kommun(
    insats("course", PARENT, topics=("parenting",)),
    insats("advice", ADULT, topics=("money", "housing")),
    insats("home", ADULT, topics=("housing",), route="assessed", application="housing"),
    insats("care", topics=("housing",), route="assessed", started_by="court"),
)


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
        ({"topics": None}, ["course", "advice", "home"]),
    ],
)
def test_an_insats_is_relevant_when_it_shares_a_topic_and_a_person_can_start_it(
    answers: Answers, shown: list[str]
) -> None:
    assert [found.variant.insats.id for found in Known(LILLBY, answers).about] == shown


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
    assert found == Matches(near=(Match(place.get_insats("course"), not_met=(LIVES_HERE.rule,), score=1),))


def test_with_two_conditions_failed_it_is_in_no_list() -> None:
    place = kommun(insats("course", PARENT, LIVES_HERE))
    assert found_in(place, answers_about("parenting", children=(), residence="elsewhere")) == Matches()


def test_assessed_support_is_to_apply_for_even_while_something_is_unknown() -> None:
    found = found_in(LILLBY, answers_about("housing"))
    assert ids(found.apply) == ["home"]
    assert found.apply[0].unknown == ("age",)
    (home,) = found_in(LILLBY, answers_about("housing", age=30)).apply
    assert [in_swedish(reason) for reason in home.reasons] == ["Du valde: housing."]
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
    assert ids(found.maybe) == ["advice", "course"]  # what is for most things first
    assert (found.direct, found.apply, found.near) == ((), (), ())
    advice = found.maybe[0]
    assert [in_swedish(reason) for reason in advice.reasons] == ["Du vet inte vad det handlar om. Här kan du fråga."]
    assert (advice.unknown, advice.to_ask) == (("topics",), ())


def test_who_doesnt_know_the_topic_reads_past_three_only_what_is_broad_and_surely_open_to_her() -> None:
    broad = ("money", "housing", "parenting")
    general = [insats(name, ADULT, topics=broad) for name in ("one", "two", "three")]
    narrow, doubtful = insats("narrow", ADULT, topics=("money",)), insats("doubtful", PARENT, topics=broad)
    answers: Answers = {"topics": None, "age": 30}
    assert ids(found_in(kommun(*general, narrow, doubtful), answers).maybe) == ["one", "two", "three"]
    fourth = insats("four", ADULT, topics=broad)
    assert ids(found_in(kommun(*general, fourth, narrow), answers).maybe) == ["one", "two", "three", "four"]
    assert ids(found_in(kommun(general[0], narrow, doubtful), answers).maybe) == ["one", "narrow", "doubtful"]


def test_nobody_reads_more_than_nine_and_who_doesnt_know_the_topic_no_more_than_seven() -> None:
    place = kommun(*(insats(f"i{number}", ADULT, topics=("money", "housing", "parenting")) for number in range(12)))
    assert len(found_in(place, {"topics": None, "age": 30}).maybe) == 7
    assert len(found_in(place, answers_about("money", age=30)).direct) == 9


def test_who_doesnt_know_the_topic_is_not_told_what_nearly_fits() -> None:
    assert found_in(LILLBY, {"topics": None, "age": 17, "children": ()}) == Matches()


def test_who_doesnt_know_the_topic_and_is_young_is_not_met_by_old_age() -> None:
    alarm, talks = insats("alarm", topics=("ageing", "money")), insats("talks", topics=("money", "violence"))
    place = kommun(insats("only", topics=("ageing",)), alarm, talks)
    assert ids(found_in(place, {"topics": None, "age": 30}).maybe) == ["talks", "alarm"]
    assert ids(found_in(place, {"topics": None, "age": 80}).maybe) == ["alarm", "talks", "only"]


def test_for_an_unknown_topic_the_topic_is_what_is_unknown_first() -> None:
    (_, course) = found_in(LILLBY, {"topics": None}).maybe
    assert course.unknown == ("topics", "children")


@pytest.mark.parametrize(("need", "first"), [(("insecure",), ["bonds", "roof"]), (("tonight",), ["roof", "bonds"])])
def test_help_in_an_acute_need_stands_first(need: tuple[str, ...], first: list[str]) -> None:
    bonds, roof = {"parenting": {"any": 3}}, {"housing": {"tonight": 1, "insecure": 1}}
    place = kommun(
        insats("bonds", PARENT, fits=bonds),
        insats("roof", ADULT, fits=roof),
        insats("asked-bonds", LIVES_HERE, PARENT, fits=bonds),
        insats("asked-roof", LIVES_HERE, ADULT, fits=roof),
        insats("apply-bonds", PARENT, fits=bonds, route="assessed"),
        insats("apply-roof", ADULT, fits=roof, route="assessed", weight="placement"),
    )
    answers = answers_about("parenting", "housing", housing=frozenset(need), age=30, children=(5,))
    found = found_in(place, answers)
    assert found.first is not None
    assert found.first.insats.id == first[0]
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


# ------------------------------------------------------------------------------------- what fits, and in which order


def test_what_she_ticked_decides_what_is_shown_and_stands_first_and_is_the_reason() -> None:
    place = kommun(
        insats("for-all", fits={"violence": {"any": 1}}, without_guardian_from=0),
        insats("for-victims", ADULT, fits={"violence": {"victim": 3}}),
        insats("for-others", ADULT, fits={"violence": {"perpetrator": 3}}),
    )
    found = found_in(place, answers_about("violence", violence=frozenset({"victim"}), age=30))
    assert ids(found.direct) == ["for-victims", "for-all"]
    assert in_swedish(found.direct[0].reasons[0]) == "Du svarade: victim."
    assert in_swedish(found.direct[1].reasons[0]) == "Du valde: violence."


def test_a_follow_up_that_was_not_answered_leaves_out_nothing() -> None:
    place = kommun(insats("for-victims", ADULT, fits={"violence": {"victim": 3}}))
    for ticked in ({}, {"violence": None}):
        assert ids(found_in(place, answers_about("violence", age=30, **ticked)).direct) == ["for-victims"]
    assert found_in(place, answers_about("violence", age=30, violence=frozenset())) == Matches()


def test_of_equal_fit_the_lighter_stands_first_and_then_the_kommun_s_own_order() -> None:
    at_home = insats("at-home", ADULT, weight="home")
    place = kommun(at_home, insats("talks", ADULT, weight="support"), insats("course", ADULT), insats("advice", ADULT))
    found = found_in(place, answers_about("parenting", age=30)).direct
    assert ids(found)[:3] == ["course", "advice", "talks"]


def test_another_place_to_live_is_shown_only_where_its_own_situation_was_chosen() -> None:
    fits = {"violence": {"any": 3, "needs_shelter": 3}}
    place = kommun(insats("shelter", ADULT, fits=fits, weight="placement", route="assessed", application="violence"))
    for ticked, shown in [(None, []), (frozenset({"victim"}), []), (frozenset({"needs_shelter"}), ["shelter"])]:
        assert ids(found_in(place, answers_about("violence", violence=ticked, age=30)).apply) == shown


def test_the_law_s_offer_is_shown_only_to_those_whom_the_kommun_s_own_does_not_reach() -> None:
    own = insats("own", Age(AgeRange(None, 25)), topics=("money",), without_guardian_from=15)
    place = kommun(own, insats("law", topics=("money",), route="other", given_by=("own",)))
    assert ids(found_in(place, answers_about("money", age=20)).direct) == ["own"]
    assert ids(found_in(place, answers_about("money", age=40)).direct) == ["law"]
    young = found_in(place, answers_about("money", age=14, guardian_consent="no"))
    assert ids(young.direct + young.maybe) == ["law"]
    refusing = kommun(own, insats("law", ADULT, topics=("money",), route="other", given_by=("own",)))
    refused = found_in(refusing, answers_about("money", age=14, guardian_consent="no"))
    assert ids(refused.near) == ["own"]  # what the kommun gives itself is not told twice


def test_a_part_that_decides_brings_its_own_people_its_own_guardian_rule_and_its_own_fits() -> None:
    hit = Situation((("violence", frozenset({"perpetrator"})),), {})
    parts = (
        part("hurt", HURT, fits={"violence": {"victim": 3}}, without_guardian_from=15),
        part("hitting", hit, fits={"violence": {"perpetrator": 2}}),
        part("more"),
    )
    place = kommun(insats("talks", fits={"violence": {"any": 1}}, parts=parts))

    def at_sixteen(option: str) -> Matches:
        ticked = frozenset({option})
        return found_in(
            place, answers_about("violence", violence=ticked, age=16, **{"for": "me"}, guardian_consent="no")
        )

    assert ids(at_sixteen("victim").direct) == ["talks"]
    assert [shown.id for shown in at_sixteen("victim").direct[0].parts] == ["hurt", "more"]
    assert at_sixteen("perpetrator").direct == ()
    assert ids(at_sixteen("perpetrator").near) == ["talks"]


def test_of_two_parts_that_fit_as_well_the_one_she_ticked_gives_the_reason() -> None:
    for_all, for_hurt = part("all", fits={"violence": {"any": 2}}), part("hurt", fits={"violence": {"victim": 2}})
    for parts in ((for_all, for_hurt), (for_hurt, for_all)):
        place = kommun(insats("talks", topics=("violence",), parts=parts, without_guardian_from=15))
        (found,) = found_in(place, answers_about("violence", violence=frozenset({"victim"}), age=30)).direct
        assert in_swedish(found.reasons[0]) == "Du svarade: victim."


def test_nobody_reads_more_than_nine_and_each_topic_keeps_its_best_two() -> None:
    many = [insats(f"course-{number}", fits={"parenting": {"any": 3}}, route="other") for number in range(12)]
    few = [insats(f"advice-{number}", topics=("money",), route="other") for number in range(3)]
    alone = found_in(kommun(*many, *few), answers_about("parenting")).direct
    assert ids(alone) == [f"course-{number}" for number in range(9)]
    both = found_in(kommun(*many, *few), answers_about("parenting", "money")).direct
    assert ids(both) == [*ids(alone), "advice-0", "advice-1"]


def test_past_the_first_three_only_what_fits_more_than_half_as_well_is_shown() -> None:
    made = [insats(f"made-{number}", fits={"money": {"any": 3}}, route="other") for number in range(3)]
    more = [insats(f"weight-{weight}", fits={"money": {"any": weight}}, route="other") for weight in (2, 1)]
    assert ids(found_in(kommun(*made, *more), answers_about("money")).direct) == [
        "made-0",
        "made-1",
        "made-2",
        "weight-2",
    ]
    assert ids(found_in(kommun(*made[:2], *more), answers_about("money")).direct)[2:] == ["weight-2"]


def test_what_she_applies_for_stands_first_only_where_it_answers_more() -> None:
    talk = insats("talk", topics=("money",), route="other")
    for weight, first in [(1, "talk"), (2, "pay")]:
        pay = insats("pay", fits={"money": {"any": weight}}, route="assessed", application="financial")
        found = found_in(kommun(pay, talk), answers_about("money")).first
        assert found is not None
        assert found.insats.id == first
    assert Matches().first is None


def test_of_several_parts_that_decide_the_best_stands_for_the_whole() -> None:
    def shown(*parts: Part) -> list[tuple[str, int]]:
        place = kommun(insats("talks", fits={"money": {"any": 1}}, parts=parts, without_guardian_from=15))
        found = found_in(place, answers_about("money", age=30, **{"for": "me"}))
        return [(one.insats.id, one.score) for one in (*found.direct, *found.maybe)]

    weak, strong = part("weak", ADULT, fits={"money": {"any": 1}}), part("strong", ADULT, fits={"money": {"any": 3}})
    unsure = part("unsure", LIVES_HERE, fits={"money": {"any": 3}})
    assert shown(weak, strong) == shown(strong, weak) == shown(strong)
    assert shown(weak, unsure) == shown(unsure, weak) == shown(weak)
