"""A kommun: its lists, the conditions that its insatser share, and its contacts."""

from dataclasses import replace
from datetime import date, time

import pytest

from portal.domain.catalogue.conditions import Any
from portal.domain.catalogue.facts import Acute, Referral, Residence
from portal.domain.catalogue.opening import Closure, Hours
from portal.domain.catalogue.ways_in import InvitationNeeded
from tests.domain.build import insats, kommun
from tests.domain.catalogue.test_insatser import ADULT

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


def test_the_limits_of_a_kommun_are_those_of_all_its_rules() -> None:
    assert kommun(LAST).limits == {"age": {17, 18}}
    assert LILLBY.limits == {"age": {15, 16, 17, 18}}


def test_residence_is_told_apart_only_where_some_condition_does_however_deep() -> None:
    assert kommun(FIRST).residence_options == {"registered", "staying", "elsewhere"}
    assert LILLBY.residence_options == {"registered", "staying", "elsewhere", "neighbour"}


def test_an_application_leads_to_the_contact_of_its_unit_else_to_the_contact_centre() -> None:
    lillby = replace(kommun(), units={"children": "oppenvarden"})
    assert lillby.contact_of_unit("children").id == "oppenvarden"
    assert lillby.contact_of_unit("elderly").id == "kontaktcenter"


def test_a_unit_without_a_number_or_hours_is_reached_and_visited_where_it_is_through() -> None:
    unit = LILLBY.contact_of(FIRST)
    centre = LILLBY.contacts["kontaktcenter"]
    assert LILLBY.reached_by(unit) == LILLBY.answering(unit) == LILLBY.visited_at(unit) == centre


def test_a_unit_with_a_number_hours_and_an_address_of_its_own_is_reached_there() -> None:
    hours = (Hours(0, time(9), time(12)),)
    own = replace(LILLBY.contact_of(FIRST), phone="0585-487 01", hours=hours, visit="Storgatan 1")
    assert LILLBY.reached_by(own) is LILLBY.answering(own) is LILLBY.visited_at(own) is own


def test_a_unit_is_closed_when_whose_number_leads_there_is() -> None:
    inventory = Closure("1", date(2026, 12, 1), date(2026, 12, 2), "Inventering")
    moving = Closure("2", date(2026, 12, 8), date(2026, 12, 9), "Flytt")
    unit = replace(LILLBY.contact_of(FIRST), closures=(moving,))
    centre = replace(LILLBY.contacts["kontaktcenter"], closures=(inventory,))
    lillby = replace(LILLBY, contacts={unit.id: unit, centre.id: centre})
    assert lillby.closures_of(unit) == (moving, inventory)
    assert lillby.closures_of(centre) == (inventory,)
