"""Contacts: reached directly, or through the phone of another."""

from tests.domain.catalogue.test_kommuner import FIRST, LILLBY


def test_a_contact_is_reached_through_the_phone_of_another() -> None:
    contact = LILLBY.contact_of(FIRST)
    assert contact.id == "oppenvarden"
    assert LILLBY.reached_by(contact).phone == "0585-487 00"


def test_a_contact_with_a_phone_is_reached_directly() -> None:
    centre = LILLBY.contacts["kontaktcenter"]
    assert LILLBY.reached_by(centre) is centre
