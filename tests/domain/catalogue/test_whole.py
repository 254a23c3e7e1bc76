"""Insats, Kommun and Catalogue: what the law adds to an insats, what stands in which list, how a contact is reached."""

from dataclasses import replace

import pytest

from portal.domain.applications.states import State
from portal.domain.applications.time_limits import Limit
from portal.domain.catalogue.ages import Age, AgeRange, BabyMonths, ChildAge, RecipientAge
from portal.domain.catalogue.condition import Condition
from portal.domain.catalogue.conditions import All, Any, Not, flatten
from portal.domain.catalogue.facts import Acute, For, Referral, Residence
from portal.domain.catalogue.insatser import Insats, may_be_for_somebody_under
from portal.domain.catalogue.ways_in import Guardian, InvitationNeeded, ReferralNeeded
from portal.domain.sentences import sentence
from tests.domain.applications.made_up import kind
from tests.domain.build import catalogue, insats, kommun

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


FIRST = insats("first", topics=("money", "housing"))
CLOSED = insats("closed", Referral(), topics=("money", "violence"), route="assessed", started_by="court")
LAST = insats("last", ADULT, Any((Residence(("neighbour",)), Acute(("violence",)))), topics=("money",))
LILLBY = kommun(FIRST, CLOSED, LAST)


def test_open_insatser_stand_in_the_order_of_the_catalogue() -> None:
    assert LILLBY.open_insatser == (FIRST, LAST)


def test_each_topic_has_its_open_insatser_in_the_same_order() -> None:
    assert LILLBY.by_topic == {"money": (FIRST, LAST), "housing": (FIRST,)}


def test_a_condition_that_several_insatser_share_is_one_in_the_set_of_each() -> None:
    here = Residence(("staying",))
    place = kommun(
        insats("adults", ADULT), insats("both", here, ADULT), insats("invited", here, route="other", access="invited")
    )
    assert place.rules == (ADULT, here, InvitationNeeded())
    assert [one.rules for one in place.placed] == [0b001, 0b011, 0b110]


def test_only_the_conditions_of_its_open_insatser_matter_for_a_topic() -> None:
    (guardian,), (closed,), (adult, either) = FIRST.rules, CLOSED.rules, LAST.rules
    assert LILLBY.rules == (guardian, closed, adult, either)
    assert LILLBY.rules_by_topic == {"money": {1: guardian, 4: adult, 8: either}, "housing": {1: guardian}}


def test_an_insats_is_got_by_its_id() -> None:
    assert LILLBY.get_insats("closed") is CLOSED
    with pytest.raises(KeyError):
        LILLBY.get_insats("none")


def test_a_contact_is_reached_through_the_phone_of_another() -> None:
    contact = LILLBY.contact_of(FIRST)
    assert contact.id == "oppenvarden"
    assert LILLBY.reached_by(contact).phone == "0585-487 00"


def test_a_contact_with_a_phone_is_reached_directly() -> None:
    centre = LILLBY.contacts["kontaktcenter"]
    assert LILLBY.reached_by(centre) is centre


def test_the_limits_of_a_kommun_are_those_of_all_its_rules() -> None:
    assert kommun(LAST).limits == {"age": {17, 18}}
    assert LILLBY.limits == {"age": {15, 16, 17, 18}}


def test_residence_is_told_apart_only_where_some_condition_does_however_deep() -> None:
    assert kommun(FIRST).residence_options == {"registered", "staying", "elsewhere"}
    assert LILLBY.residence_options == {"registered", "staying", "elsewhere", "neighbour"}


def test_parts_of_conditions_follow_them_depth_first() -> None:
    adult, here, child, referral = ADULT, Residence(("staying",)), For(("child",)), Referral()
    inner = All((here, Not(child)))
    outer = Any((adult, inner))
    assert flatten((outer, referral)) == (outer, adult, inner, here, Not(child), child, referral)


def test_a_kommun_that_the_portal_does_not_serve_is_not_found() -> None:
    served = catalogue(LILLBY)
    assert served.find_kommun("lillby") is LILLBY
    assert served.find_kommun("storby") is None


def test_a_page_offers_only_the_residence_that_the_kommun_tells_apart() -> None:
    known = catalogue(LILLBY, kommun(FIRST))
    residence, whom = known.questions["residence"], known.questions["for"]
    assert known.options_of(residence, LILLBY) == ("registered", "staying", "neighbour", "elsewhere")
    assert known.options_of(residence, kommun(FIRST)) == ("registered", "staying", "elsewhere")
    assert known.options_of(whom, LILLBY) == ("me", "child", "relative")


def test_an_application_leads_to_the_contact_of_its_unit_else_to_the_contact_centre() -> None:
    lillby = replace(kommun(), units={"children": "oppenvarden"})
    assert lillby.contact_of_unit("children").id == "oppenvarden"
    assert lillby.contact_of_unit("elderly").id == "kontaktcenter"


def test_a_kind_of_application_has_its_limits_and_one_that_is_gone_has_none() -> None:
    limit = Limit("done", sentence("Klart"), "20 kap. 3 §", State.CLOSED, months=4)
    known = replace(catalogue(), application_kinds={"help": kind(limits=("done",))}, time_limits={"done": limit})
    assert known.limits_of("help") == (limit,)
    assert known.limits_of("gone") == ()
