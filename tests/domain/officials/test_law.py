"""What a lawful catalogue is: each finding names its file, its place and its paragraph."""

from dataclasses import replace
from datetime import date

import pytest

from portal.domain.catalogue.age_range import AgeRange
from portal.domain.catalogue.ages import Age, ChildAge, RecipientAge
from portal.domain.catalogue.conditions import Any
from portal.domain.catalogue.facts import Acute, BornAbroad, Residence, Situation
from portal.domain.catalogue.insatser import Decision, Documentation, How, Insats
from portal.domain.catalogue.kommuner import Kommun
from portal.domain.findings import ERROR, WARNING
from portal.domain.officials.law import NEVER_DIRECT, examine
from portal.domain.sentences import in_swedish, sentence
from tests.domain.build import insats, kommun

ADULT = Age(AgeRange(18, None))


LIVES_HERE = Residence(("registered", "staying"))


def findings_in(offered: Insats) -> list[tuple[str, str, str | None]]:
    """Return severity, place and paragraph of what is found in one insats."""
    found = list(examine(kommun(offered)))
    assert {finding.file for finding in found} <= {f"kommuner/lillby/insatser/{offered.id}.yaml"}
    return [(finding.severity, finding.place, finding.paragraph) for finding in found]


def findings_of(place: Kommun) -> list[tuple[str, str, str | None]]:
    """Return severity, place and paragraph of what is found in the kommun's own file."""
    found = list(examine(place))
    assert {finding.file for finding in found} <= {"kommuner/lillby/kommun.yaml"}
    return [(finding.severity, finding.place, finding.paragraph) for finding in found]


@pytest.mark.parametrize(
    "offered",
    [
        insats("course"),
        insats("home", route="assessed", application="elderly"),
        insats("sis", route="assessed", started_by="court"),
        insats("jobs", route="other"),
        insats("adults", ADULT, LIVES_HERE),
    ],
)
def test_what_is_lawful_gives_no_finding(offered: Insats) -> None:
    assert findings_in(offered) == []


# ------------------------------------------------------------------------------------------------ the way in


@pytest.mark.parametrize(
    "offered",
    [insats("a", route="assessed"), insats("a", route="assessed", application="elderly", started_by="court")],
)
def test_assessed_support_has_one_way_in(offered: Insats) -> None:
    assert findings_in(offered) == [(ERROR, "application", "11 kap. 1 §")]


@pytest.mark.parametrize("offered", [insats("a", application="elderly"), insats("a", started_by="authority")])
def test_nobody_applies_for_a_direct_insats(offered: Insats) -> None:
    assert findings_in(offered) == [(ERROR, "application", "11 kap. 5 §")]


def test_a_referral_to_a_direct_insats_is_doubtful() -> None:
    assert findings_in(insats("a", access="referral")) == [(WARNING, "access", "11 kap. 5 §")]
    assert findings_in(insats("a", access="referral", route="other")) == []


# -------------------------------------------------------------------------------------------- never direct


@pytest.mark.parametrize("form", list(NEVER_DIRECT))
def test_some_forms_are_never_direct(form: str) -> None:
    paragraph, what = NEVER_DIRECT[form]
    offered = replace(insats("a"), form=form)
    assert findings_in(offered) == [(ERROR, "route", paragraph)]
    (finding,) = examine(kommun(offered))
    assert in_swedish(finding.says) == f"Alltid behovsprövat: {what}."
    assert findings_in(replace(offered, route="assessed", application="elderly")) == []


@pytest.mark.parametrize(
    ("conditions", "is_found"),
    [
        ((), True),
        ((ADULT,), True),
        ((RecipientAge(AgeRange(None, 20)),), True),
        ((RecipientAge(AgeRange(20, None)),), True),
        ((Age(AgeRange(21, None)),), False),
        ((Age(AgeRange(18, None)), RecipientAge(AgeRange(21, None))), False),
    ],
)
def test_round_the_clock_care_is_direct_only_from_21(
    conditions: tuple[Age | RecipientAge, ...], is_found: bool
) -> None:
    offered = replace(insats("a", *conditions), form="round_the_clock")
    assert findings_in(offered) == ([(ERROR, "route", "11 kap. 5 § 5")] if is_found else [])


@pytest.mark.parametrize("name", ["Kontaktperson för unga", "HVB", "Jourboende", "Stöd enligt LSS", "Familjehem"])
def test_a_name_that_sounds_like_something_assessed_asks_what_it_is(name: str) -> None:
    offered = replace(insats("a"), name=sentence(name))
    assert findings_in(offered) == [(ERROR, "form", "11 kap. 5 §")]
    assert findings_in(replace(offered, form="none")) == []


def test_lss_within_a_word_is_another_word() -> None:
    assert findings_in(replace(insats("a"), name=sentence("Hälsosamtal i skolssalen"))) == []


# --------------------------------------------------------------------------------------------- a guardian

DECIDED = Decision("katalog", "Socialnämnden", "SN 1", date(2025, 9, 1))


@pytest.mark.parametrize("age", [0, 14, 18, 20])
def test_a_guardian_can_be_left_out_only_from_15_to_17(age: int) -> None:
    offered = replace(insats("a", without_guardian_from=age), decision=DECIDED)
    assert findings_in(offered) == [(ERROR, "without_guardian_from", "21 kap. 2 §")]


@pytest.mark.parametrize("age", [15, 16, 17])
def test_the_board_must_have_found_it_suitable(age: int) -> None:
    offered = insats("a", without_guardian_from=age)
    assert findings_in(offered) == [(WARNING, "without_guardian_from", "21 kap. 2 §")]
    assert findings_in(replace(offered, decision=DECIDED)) == []


def test_assessed_support_follows_another_paragraph_about_guardians() -> None:
    offered = insats("a", route="assessed", application="elderly", without_guardian_from=15)
    assert findings_in(offered) == [(ERROR, "without_guardian_from", "21 kap. 1 §")]


# ------------------------------------------------------------------------------------------ documentation


def documented(offered: Insats, regime: str, enacted: str | None, cited: str | None = None) -> Insats:
    """Return the insats with this documentation."""
    return replace(offered, documentation=Documentation(regime, cited, enacted))


@pytest.mark.parametrize(
    ("regime", "paragraph"), [("full", "14 kap. 3 §"), ("advice", "14 kap. 4 §"), ("no_identity", "14 kap. 5 §")]
)
@pytest.mark.parametrize("enacted", [None, "14 kap. 1 §"])
def test_documentation_rests_on_the_paragraph_of_its_regime(regime: str, paragraph: str, enacted: str | None) -> None:
    offered = replace(insats("a"), special_reasons="Annars kommer ingen.")
    assert findings_in(documented(offered, regime, enacted)) == [(ERROR, "documentation.enacted", paragraph)]
    assert findings_in(documented(offered, regime, paragraph)) == []
    assert findings_in(documented(offered, regime, f"{paragraph} och 15 kap. 1 §")) == []


@pytest.mark.parametrize("regime", ["partly", "not_stated"])
def test_other_documentation_needs_no_paragraph(regime: str) -> None:
    assert findings_in(documented(insats("a"), regime, None)) == []


def test_support_by_lss_rests_on_lss() -> None:
    offered = insats("a", route="assessed", application="lss")
    assert findings_in(documented(offered, "full", "21 a § LSS")) == []


def test_leaving_out_who_the_person_is_needs_reasons_of_its_own() -> None:
    offered = documented(insats("a"), "no_identity", "14 kap. 5 §")
    assert findings_in(offered) == [(WARNING, "special_reasons", "14 kap. 5 §")]
    assert findings_in(replace(offered, special_reasons="Annars kommer ingen.")) == []


def test_assessed_support_always_says_who_the_person_is() -> None:
    offered = insats("a", route="assessed", application="elderly")
    assert findings_in(documented(offered, "no_identity", "14 kap. 5 §")) == [
        (ERROR, "documentation.regime", "14 kap. 5 §")
    ]


def test_who_is_visited_at_home_is_hardly_unknown() -> None:
    offered = replace(insats("a"), special_reasons="Annars kommer ingen.", how=How(places=("office", "home")))
    assert findings_in(documented(offered, "no_identity", "14 kap. 5 §")) == [
        (WARNING, "documentation.regime", "14 kap. 5 §")
    ]


@pytest.mark.parametrize(("cited", "is_found"), [("kap. 14 § 6", True), ("kap. 14 § 4", False), (None, False)])
def test_a_paragraph_that_the_source_cites_wrongly_is_doubtful(cited: str | None, is_found: bool) -> None:
    offered = documented(insats("a"), "advice", "14 kap. 4 §", cited)
    assert findings_in(offered) == ([(WARNING, "documentation.cited", "14 kap. 4 §")] if is_found else [])


# ------------------------------------------------------------------------------------------------- villkor


def test_telling_residents_apart_by_where_they_were_born_is_doubtful() -> None:
    either = Any((BornAbroad(), ADULT))
    assert findings_in(insats("a", either)) == [(WARNING, "conditions", "2 kap. 3 § kommunallagen")]


@pytest.mark.parametrize(
    ("allowed", "is_found"),
    [(("registered",), True), (("registered", "staying"), False), (("registered", "child_only"), False)],
)
def test_asking_for_registration_alone_is_doubtful(allowed: tuple[str, ...], is_found: bool) -> None:
    offered = insats("a", Residence(allowed))
    assert findings_in(offered) == ([(WARNING, "conditions", "29 kap. 1 §")] if is_found else [])


@pytest.mark.parametrize(
    ("target", "is_found"),
    [(None, False), (AgeRange(3, 12), False), (AgeRange(4, 12), True), (AgeRange(3, None), True)],
)
def test_a_target_group_of_other_ages_than_the_villkor_is_doubtful(target: AgeRange | None, is_found: bool) -> None:
    offered = replace(insats("a", ChildAge(AgeRange(3, 12))), target_ages=target)
    assert findings_in(offered) == ([(WARNING, "target_ages", "11 kap. 5 §")] if is_found else [])


def test_villkor_of_assessed_support_are_not_examined() -> None:
    offered = insats("a", BornAbroad(), Residence(("registered",)), route="assessed", application="elderly")
    assert findings_in(replace(offered, target_ages=AgeRange(3, 12))) == []


# -------------------------------------------------------------------------------------------- acute needs


def situation(topic: str, *options: str) -> Situation:
    """Return the condition of these options."""
    return Situation(((topic, frozenset(options)),), {(topic, option): sentence(option) for option in options})


@pytest.mark.parametrize(
    "offered",
    [
        insats("a", LIVES_HERE, topics=("violence", "money")),
        insats("a", LIVES_HERE, situation("wellbeing", "crisis", "grief"), topics=("wellbeing",)),
        insats("a", LIVES_HERE, situation("housing", "tonight"), topics=("housing",)),
        insats("a", LIVES_HERE, topics=("housing",)),
        insats("a", LIVES_HERE, situation("parenting", "police_interview"), topics=("parenting",)),
    ],
    ids=["violence", "crisis", "tonight", "any-housing", "child-at-risk"],
)
def test_residence_never_stops_an_acute_need(offered: Insats) -> None:
    assert findings_in(offered) == [(ERROR, "conditions", "29 kap. 4 §")]
    beside = Any((LIVES_HERE, Acute(("violence", "crisis", "shelter", "child_at_risk"))))
    assert findings_in(replace(offered, conditions=(beside, *offered.conditions[1:]))) == []


@pytest.mark.parametrize(
    "offered",
    [
        insats("a", LIVES_HERE, situation("wellbeing", "grief"), topics=("wellbeing",)),
        insats("a", LIVES_HERE, situation("housing", "moving_to_own"), topics=("housing",)),
        insats("a", LIVES_HERE, topics=("violence",), route="assessed", application="violence"),
        insats("a", ADULT, topics=("violence",)),
    ],
    ids=["grief", "moving", "assessed", "no-residence"],
)
def test_residence_may_decide_where_nothing_is_acute(offered: Insats) -> None:
    assert findings_in(offered) == []


# -------------------------------------------------------------------------------------------- the decision


def test_a_direct_insats_rests_on_a_decision_of_a_board() -> None:
    undecided = replace(insats("a"), decision=Decision("katalog", "", None, None))
    assert findings_in(undecided) == [(ERROR, "decision", "11 kap. 5 §")]
    assert findings_in(replace(undecided, route="other")) == []


@pytest.mark.parametrize(
    ("decision", "is_found"),
    [
        (DECIDED, False),
        (replace(DECIDED, date=date(2025, 7, 1)), False),
        (replace(DECIDED, date=date(2025, 6, 30)), True),
        (replace(DECIDED, number=None), True),
        (replace(DECIDED, date=None), True),
    ],
)
def test_a_decision_has_a_number_and_a_date_no_older_than_the_law(decision: Decision, is_found: bool) -> None:
    place = replace(kommun(), decisions={"katalog": decision})
    assert findings_of(place) == ([(WARNING, "decisions.katalog", "11 kap. 5 §")] if is_found else [])


# ----------------------------------------------------------------------------------- the kommun as a whole


def test_special_reasons_are_those_of_one_insats_at_a_time() -> None:
    shared = [replace(insats(name), special_reasons="Annars kommer ingen.") for name in ("a", "b")]
    alone = replace(insats("c"), special_reasons="Det är på nätet.")
    found = list(examine(kommun(*shared, alone, insats("d"))))
    assert [finding.file for finding in found] == [
        "kommuner/lillby/insatser/a.yaml",
        "kommuner/lillby/insatser/b.yaml",
    ]
    assert {(finding.severity, finding.place, finding.paragraph) for finding in found} == {
        (WARNING, "special_reasons", "14 kap. 5 §")
    }


def test_a_villkor_that_needs_a_judgement_is_doubtful() -> None:
    place = replace(kommun(), doubtful_villkor=("Motiverad", "Bedöms ha nytta"))
    assert findings_of(place) == [
        (WARNING, "doubtful_villkor.1", "11 kap. 5 §"),
        (WARNING, "doubtful_villkor.2", "11 kap. 5 §"),
    ]


def test_what_the_portal_adds_by_law_is_examined_only_for_being_added() -> None:
    added = replace(insats("a", LIVES_HERE, topics=("violence",), without_guardian_from=3), by_law="3 kap. 13 §")
    assert findings_of(kommun(added)) == [(WARNING, "law.a", "3 kap. 13 §")]
    assert findings_of(kommun(replace(added, route="assessed"))) == []


def test_a_contact_centre_that_nobody_confirmed_is_doubtful() -> None:
    place = kommun()
    assert findings_of(place) == []
    contacts = {**place.contacts, "kontaktcenter": replace(place.contacts["kontaktcenter"], confirmed=None)}
    assert findings_of(replace(place, contacts=contacts)) == [(WARNING, "contacts.kontaktcenter", "6 kap. 2 §")]
    assert findings_of(replace(place, contacts={})) == []


def test_that_a_source_says_nothing_of_follow_up_is_told_once_with_how_many() -> None:
    silent = [replace(insats(name), follow_up=()) for name in ("a", "b")]
    found = list(examine(kommun(*silent, insats("c"))))
    assert findings_of(kommun(*silent, insats("c"))) == [(WARNING, "follow_up", "5 kap. 2 §")]
    assert in_swedish(found[0].says) == "Källan säger inte hur 2 insatser ska följas upp."
    assert findings_of(kommun(insats("c"), replace(silent[0], by_law="13 kap. 1 §", route="assessed"))) == []


def test_a_social_emergency_duty_that_is_unknown_or_unconfirmed_is_asked_for() -> None:
    place = kommun()
    assert place.emergency_duty is not None
    unconfirmed = replace(place, emergency_duty=replace(place.emergency_duty, confirmed=None))
    for asked in (replace(place, emergency_duty=None), unconfirmed):
        assert findings_of(asked) == [(WARNING, "emergency_duty", "29 kap. 4 §")]
    assert findings_of(place) == []
