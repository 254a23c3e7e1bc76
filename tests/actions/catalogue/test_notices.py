"""What editors do with contacts, on both databases: only what can be, and all of it in the trail."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from portal.actions.catalogue import notices as deeds
from portal.domain.audit import Actor
from portal.domain.catalogue.contacts import Confirmation
from portal.domain.catalogue.notices import NO_NOTICES, Edited
from portal.domain.refusals import BadContact, NoSuchContact
from portal.store.audit import list_events
from portal.store.storage import Storage
from tests.domain.build import kommun
from tests.domain.made_up import NOW

EDITOR = Actor("editor-1", "lillby")
STRANGER = Actor("editor-2", "granby")
TODAY = NOW.date()
EDITED = Edited("Kontaktcenter", "070-174 06 05", "", (), Confirmation(TODAY, "Lillby kommun"))
CENTRE = "kontaktcenter"


def trail(storage: Storage) -> list[tuple[str, str, str]]:
    """Return who did what to what, the first deed first."""
    return [(event.by, event.did, event.subject) for event in reversed(list_events(storage, "lillby"))]


def test_a_contact_is_changed_and_taken_back(storage: Storage) -> None:
    deeds.edit_contact(storage, EDITOR, kommun(), CENTRE, EDITED, NOW)
    assert deeds.notices_of(storage, EDITOR).edited == {CENTRE: EDITED}
    assert deeds.notices_of(storage, STRANGER) == NO_NOTICES
    deeds.restore_contact(storage, EDITOR, kommun(), CENTRE, NOW)
    assert deeds.notices_of(storage, EDITOR).edited == {}
    assert trail(storage) == [
        ("editor-1", "edit_contact", "contact:kontaktcenter"),
        ("editor-1", "restore_contact", "contact:kontaktcenter"),
    ]


def test_the_centre_that_others_are_reached_through_keeps_a_phone(storage: Storage) -> None:
    with pytest.raises(BadContact) as refusal:
        deeds.edit_contact(storage, EDITOR, kommun(), CENTRE, replace(EDITED, phone="", email="a@example.se"), NOW)
    assert refusal.value.fields == ("phone",)
    assert trail(storage) == []


def test_a_unit_that_nobody_is_reached_through_may_have_no_phone(storage: Storage) -> None:
    leaning = next(one.id for one in kommun().contacts.values() if one.through == CENTRE)
    without = replace(EDITED, phone="", email="a@example.se")
    deeds.edit_contact(storage, EDITOR, kommun(), leaning, without, NOW)
    assert deeds.notices_of(storage, EDITOR).edited == {leaning: without}


def test_a_unit_is_closed_and_opened_again(storage: Storage) -> None:
    closure = deeds.close_contact(storage, EDITOR, kommun(), CENTRE, TODAY, TODAY + timedelta(days=3), " Flytt ", NOW)
    assert closure.reason == "Flytt"
    assert deeds.notices_of(storage, EDITOR).closures == {CENTRE: (closure,)}
    with pytest.raises(NoSuchContact):
        deeds.open_contact(storage, STRANGER, closure.id, NOW)
    deeds.open_contact(storage, EDITOR, closure.id, NOW)
    assert deeds.notices_of(storage, EDITOR).closures == {}
    assert [did for _, did, _ in trail(storage)] == ["close_contact", "open_contact"]


def test_a_new_closure_takes_those_that_are_over_away(storage: Storage) -> None:
    deeds.close_contact(storage, EDITOR, kommun(), CENTRE, TODAY, TODAY, "Flytt", NOW)
    later = NOW + timedelta(days=2)
    new = deeds.close_contact(storage, EDITOR, kommun(), CENTRE, later.date(), later.date(), "Utbildning", later)
    assert deeds.notices_of(storage, EDITOR).closures == {CENTRE: (new,)}


def test_a_closure_that_cannot_be_is_told(storage: Storage) -> None:
    with pytest.raises(BadContact) as refusal:
        deeds.close_contact(storage, EDITOR, kommun(), CENTRE, TODAY, date(2020, 1, 1), "", NOW)
    assert refusal.value.fields == ("first_on", "last_on", "reason")


def test_a_contact_that_is_not_there_is_not_changed(storage: Storage) -> None:
    with pytest.raises(NoSuchContact):
        deeds.edit_contact(storage, EDITOR, kommun(), "nobody", EDITED, NOW)
    with pytest.raises(NoSuchContact):
        deeds.restore_contact(storage, EDITOR, kommun(), "nobody", NOW)
    with pytest.raises(NoSuchContact):
        deeds.close_contact(storage, EDITOR, kommun(), "nobody", TODAY, TODAY, "Flytt", NOW)
    assert trail(storage) == []
