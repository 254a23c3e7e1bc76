"""What editors of a kommun do with its contacts: change, confirm, close and open again."""

from datetime import date, datetime
from uuid import uuid4

from portal.domain.audit import Actor, AuditEvent
from portal.domain.catalogue.contacts import Contact
from portal.domain.catalogue.kommuner import Kommun
from portal.domain.catalogue.notices import Edited, Notices, wrong_fields_of_closure, wrong_fields_of_contact
from portal.domain.catalogue.opening import Closure
from portal.domain.refusals import BadContact, NoSuchContact
from portal.domain.versions import check_version
from portal.store import audit
from portal.store.catalogue import notices
from portal.store.storage import Storage


def notices_of(storage: Storage, by: Actor) -> Notices:
    """Return all that the editors of her kommun have said."""
    with storage.database.reading() as connection:
        return notices.read_notices(connection, by.kommun)


def edit_contact(
    storage: Storage,
    by: Actor,
    kommun: Kommun,
    contact_id: str,
    edited: Edited,
    now: datetime,
    *,
    seen: str | None = None,
) -> None:
    """Say how a contact is reached, and that it is right today.

    seen: the mark of what the form was made from. Raise ChangedMeanwhile, BadContact with the fields, or NoSuchContact.
    """
    contact = _get(kommun, contact_id)
    is_relied_on = any(one.through == contact_id for one in kommun.contacts.values())
    wrong = wrong_fields_of_contact(contact, edited, is_relied_on)
    if wrong:
        raise BadContact(wrong)
    with storage.database.transaction() as connection:
        notices.lock(connection, by.kommun)
        check_version(seen, notices.read_notices(connection, by.kommun).edited.get(contact_id))
        notices.save_edited(connection, by.kommun, contact_id, edited)
        audit.record(connection, AuditEvent(now, by.id, by.kommun, "edit_contact", f"contact:{contact_id}"))


def restore_contact(
    storage: Storage, by: Actor, kommun: Kommun, contact_id: str, now: datetime, *, seen: str | None = None
) -> None:
    """Let the catalogue's own words stand again. Raise ChangedMeanwhile or NoSuchContact."""
    _get(kommun, contact_id)
    with storage.database.transaction() as connection:
        notices.lock(connection, by.kommun)
        check_version(seen, notices.read_notices(connection, by.kommun).edited.get(contact_id))
        notices.forget_edited(connection, by.kommun, contact_id)
        audit.record(connection, AuditEvent(now, by.id, by.kommun, "restore_contact", f"contact:{contact_id}"))


def close_contact(
    storage: Storage,
    by: Actor,
    kommun: Kommun,
    contact_id: str,
    first_on: date,
    last_on: date,
    reason: str,
    now: datetime,
) -> Closure:
    """Say that a unit is closed from one day to another. Raise BadContact with the fields, or NoSuchContact."""
    _get(kommun, contact_id)
    closure = Closure(uuid4().hex, first_on, last_on, reason.strip())
    wrong = wrong_fields_of_closure(closure, now.date())
    if wrong:
        raise BadContact(wrong)
    with storage.database.transaction() as connection:
        notices.forget_past_closures(connection, now.date())
        notices.add_closure(connection, by.kommun, contact_id, closure)
        audit.record(connection, AuditEvent(now, by.id, by.kommun, "close_contact", f"contact:{contact_id}"))
    return closure


def open_contact(storage: Storage, by: Actor, closure_id: str, now: datetime) -> None:
    """Take a closure away before its time. Raise NoSuchContact."""
    with storage.database.transaction() as connection:
        if not notices.remove_closure(connection, by.kommun, closure_id):
            raise NoSuchContact
        audit.record(connection, AuditEvent(now, by.id, by.kommun, "open_contact", f"closure:{closure_id}"))


def _get(kommun: Kommun, contact_id: str) -> Contact:
    found = kommun.contacts.get(contact_id)
    if found is None:
        raise NoSuchContact
    return found
