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


def test_who_has_no_hours_answers_when_the_one_whose_phone_it_is_does() -> None:
    centre, unit = LILLBY.contacts["kontaktcenter"], LILLBY.contacts["oppenvarden"]
    assert LILLBY.answering(unit) is centre
    own = replace(unit, hours=(Hours(0, time(8), time(12)),))
    assert LILLBY.answering(own) is own


def test_a_unit_is_visited_where_it_says_and_else_at_the_one_it_is_reached_through() -> None:
    centre, unit = LILLBY.contacts["kontaktcenter"], LILLBY.contacts["oppenvarden"]
    assert LILLBY.visited_at(unit) is centre
    assert LILLBY.visited_at(centre) is centre
    with_phone = replace(unit, phone="070-174 06 05")
    assert LILLBY.visited_at(with_phone) is centre  # an own number moves no unit
    own = replace(unit, visit="Gatan 1")
    assert LILLBY.visited_at(own) is own


def test_nobody_answers_at_a_unit_while_the_one_whose_phone_it_is_is_closed() -> None:
    first, second = (Closure(name, date(2026, 12, 1), date(2026, 12, 2), "Flytt") for name in ("1", "2"))
    centre = replace(LILLBY.contacts["kontaktcenter"], closures=(first,))
    unit = replace(LILLBY.contacts["oppenvarden"], closures=(second,))
    town = replace(LILLBY, contacts={one.id: one for one in (centre, unit)})
    assert town.closures_of(unit) == (second, first)
    assert town.closures_of(centre) == (first,)
