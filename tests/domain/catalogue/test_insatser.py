"""An insats: the rules that are added to its conditions, and whether one can start it."""

import pytest

from portal.domain.catalogue.age_range import AgeRange
from portal.domain.catalogue.ages import Age, BabyMonths, ChildAge, RecipientAge
from portal.domain.catalogue.condition import Condition
from portal.domain.catalogue.conditions import Any
from portal.domain.catalogue.facts import Referral, Residence
from portal.domain.catalogue.insatser import Insats, may_be_for_somebody_under
from portal.domain.catalogue.ways_in import Guardian, InvitationNeeded, ReferralNeeded
from tests.domain.build import insats

ADULT = Age(AgeRange(18, None))


@pytest.mark.parametrize(
    ("offered", "derived"),
    [
        (insats("open"), (Guardian(18),)),
        (insats("young", without_guardian_from=15), (Guardian(15),)),
        (insats("adults", ADULT), ()),
        (insats("from-15", Age(AgeRange(15, None)), without_guardian_from=15), ()),
        (insats("parents", ChildAge(AgeRange(3, 12))), ()),
        (insats("assessed", route="assessed"), ()),
        (insats("other", route="other"), ()),
        (insats("referred", ADULT, access="referral"), (ReferralNeeded(),)),
        (insats("invited", access="invited"), (Guardian(18), InvitationNeeded())),
        (insats("assessed-referred", route="assessed", access="referral"), (ReferralNeeded(),)),
    ],
)
def test_the_law_and_the_way_in_add_rules_after_those_of_the_source(
    offered: Insats, derived: tuple[Condition, ...]
) -> None:
    assert offered.rules == offered.conditions + derived


@pytest.mark.parametrize(
    ("condition", "may_be"),
    [
        (Age(AgeRange(17, None)), True),
        (Age(AgeRange(18, None)), False),
        (Age(AgeRange(None, 20)), True),
        (RecipientAge(AgeRange(17, 21)), True),
        (RecipientAge(AgeRange(18, 21)), False),
        (ChildAge(AgeRange(0, 6)), False),
        (BabyMonths(AgeRange(7, 9)), False),
        (Residence(("registered",)), True),
        (Any((ADULT, Referral())), True),
    ],
)
def test_only_an_age_or_a_child_of_ones_own_shuts_the_young_out(condition: Condition, may_be: bool) -> None:
    assert may_be_for_somebody_under(18, (Referral(), condition)) is may_be


def test_an_insats_without_conditions_may_be_for_a_child() -> None:
    assert may_be_for_somebody_under(18, ())


def test_what_a_court_or_authority_starts_is_not_open() -> None:
    assert insats("abc").is_open
    assert not insats("sis", route="assessed", started_by="court").is_open
    assert not insats("home", route="assessed", started_by="authority").is_open


@pytest.mark.parametrize(("age", "is_for"), [(15, False), (16, True), (20, True), (21, False)])
def test_only_the_ages_of_the_one_who_gets_it_leave_somebody_out(age: int, is_for: bool) -> None:
    young = insats("young", Age(AgeRange(16, None)), RecipientAge(AgeRange(None, 20)), ChildAge(AgeRange(3, 6)))
    assert young.is_for_age(age) is is_for
    assert insats("open").is_for_age(age)
