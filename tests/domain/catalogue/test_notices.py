"""What editors say lies over the catalogue: each word they change, and the days a unit is closed."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from portal.domain.catalogue.contacts import Confirmation, Contact
from portal.domain.catalogue.notices import (
    NO_NOTICES,
    Edited,
    Notices,
    kommun_with,
    laid_over,
    wrong_fields_of_closure,
    wrong_fields_of_contact,
)
from portal.domain.catalogue.opening import Closure, Hours
from portal.domain.sentences import sentence
from tests.domain.build import kommun

TODAY = date(2026, 11, 24)
MORNING = Hours(0, time(8), time(12))
UNIT = Contact("unit", unit=sentence("Enheten"), phone="070-174 06 05", email="enheten@example.se", visit="Gatan 1")
EDITED = Edited("Enheten", "070-174 06 06", "ny@example.se", (MORNING,), Confirmation(TODAY, "Enheten"))
CLOSED = Closure("1", TODAY, date(2026, 11, 27), "Utbildning")


def test_without_notices_a_contact_is_the_catalogue_s() -> None:
    assert laid_over(UNIT, NO_NOTICES) == UNIT


def test_what_an_editor_says_stands_in_place_of_the_catalogue() -> None:
    found = laid_over(UNIT, Notices(1, {"unit": EDITED}, {"unit": (CLOSED,)}))
    assert (found.phone, found.email, found.hours) == ("070-174 06 06", "ny@example.se", (MORNING,))
    assert found.confirmed == Confirmation(TODAY, "Enheten")
    assert (found.closures, found.visit) == ((CLOSED,), "Gatan 1")


def test_a_name_that_is_not_changed_keeps_its_translation() -> None:
    assert laid_over(UNIT, Notices(1, {"unit": EDITED}, {})).unit is UNIT.unit
    renamed = laid_over(UNIT, Notices(1, {"unit": replace(EDITED, unit="Nya {enheten}")}, {}))
    assert renamed.unit.text == "Nya {enheten}"


def test_what_is_emptied_is_no_way_to_reach_it() -> None:
    found = laid_over(UNIT, Notices(1, {"unit": replace(EDITED, phone="", email="", hours=())}, {}))
    assert (found.phone, found.email, found.hours) == (None, None, ())


def test_a_unit_can_be_closed_that_is_otherwise_as_in_the_catalogue() -> None:
    assert laid_over(UNIT, Notices(1, {}, {"unit": (CLOSED,)})) == replace(UNIT, closures=(CLOSED,))


def test_a_kommun_has_all_its_contacts_as_they_are_now() -> None:
    before = kommun()
    first = next(iter(before.contacts))
    after = kommun_with(before, Notices(1, {first: replace(EDITED, phone="1177")}, {}))
    assert after.contacts[first].phone == "1177"
    assert {**after.contacts, first: None} == {**before.contacts, first: None}
    assert after.insatser is before.insatser


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({}, ()),
        ({"unit": " "}, ("unit",)),
        ({"unit": "x" * 120}, ()),
        ({"unit": "x" * 121}, ("unit",)),
        ({"unit": "Enheten\n"}, ("unit",)),
        ({"phone": "ring mig"}, ("phone",)),
        ({"phone": "1177"}, ()),
        ({"phone": "12"}, ("phone",)),
        ({"phone": "112"}, ("phone",)),
        ({"phone": "123"}, ("phone",)),
        ({"phone": "0585-487"}, ("phone",)),
        ({"phone": "", "email": ""}, ("phone",)),
        ({"phone": ""}, ()),
        ({"email": ""}, ()),
        ({"email": "ingen"}, ("email",)),
        ({"hours": (Hours(0, time(12), time(8)),)}, ("hours",)),
        ({"hours": (Hours(0, time(8), time(8)),)}, ("hours",)),
        ({"hours": (Hours(0, time(8), time(12)), Hours(0, time(12), time(16)))}, ()),
        ({"hours": (MORNING, Hours(0, time(11), time(16)))}, ("hours",)),
        ({"hours": (MORNING, Hours(0, time(13), time(16)), Hours(1, time(8), time(16)))}, ()),
        ({"unit": "", "phone": "x", "email": "x"}, ("unit", "phone", "email")),
    ],
)
def test_each_field_of_a_contact_is_looked_at(changes: dict[str, object], wrong: tuple[str, ...]) -> None:
    assert wrong_fields_of_contact(UNIT, replace(EDITED, **changes), is_relied_on=False) == wrong  # type: ignore[arg-type]


def test_a_contact_that_others_are_reached_through_keeps_a_phone() -> None:
    assert wrong_fields_of_contact(UNIT, replace(EDITED, phone=""), is_relied_on=True) == ("phone",)


def test_a_contact_reached_through_another_needs_no_phone_of_its_own() -> None:
    through = replace(UNIT, phone=None, email=None, through="centre")
    assert wrong_fields_of_contact(through, replace(EDITED, phone="", email=""), is_relied_on=False) == ()


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({}, ()),
        ({"first_on": date(2026, 11, 20), "last_on": TODAY}, ()),
        ({"first_on": date(2026, 11, 28)}, ("first_on",)),
        ({"first_on": date(2026, 11, 20), "last_on": date(2026, 11, 23)}, ("last_on",)),
        ({"first_on": TODAY, "last_on": TODAY}, ()),
        ({"first_on": TODAY, "last_on": TODAY + timedelta(days=365)}, ()),
        ({"first_on": TODAY, "last_on": TODAY + timedelta(days=366)}, ("last_on",)),
        ({"reason": "x" * 120}, ()),
        ({"reason": " "}, ("reason",)),
        ({"reason": "x" * 121}, ("reason",)),
        ({"reason": "Ut\nbildning"}, ("reason",)),
    ],
)
def test_each_field_of_a_closure_is_looked_at(changes: dict[str, object], wrong: tuple[str, ...]) -> None:
    assert wrong_fields_of_closure(replace(CLOSED, **changes), TODAY) == wrong  # type: ignore[arg-type]
