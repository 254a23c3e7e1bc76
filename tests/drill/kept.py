"""What must be there after a drill: what each resident was told is kept, once, and her code opens it."""

from datetime import UTC, datetime

from sqlalchemy import select

from portal.actions.applications.following import copy_for_print
from portal.actions.groups.places import my_place
from portal.domain.instants import in_sweden
from portal.store.applications import tables as t
from portal.store.applications.stored import find_by_id, read_form
from portal.store.groups.details import open_details
from portal.store.groups.tables import sign_ups
from portal.store.storage import open_storage
from tests.drill.clients import Kept
from tests.groups import KEY


class Failed(Exception):
    """A drill that did not go as it must; says what was lost, or who waited."""


def check_sign_ups(url: str, kept: Kept) -> None:
    """Raise Failed unless everybody who was told so has one place, and her code opens it."""
    storage = open_storage(url, [KEY])
    try:
        with storage.database.reading() as connection:
            chosen = select(sign_ups.c.id, sign_ups.c.sealed).where(sign_ups.c.sealed.is_not(None))
            said = [repr(open_details(storage.vault, row.id, row.sealed)) for row in connection.execute(chosen)]
        for who, code in kept.codes.items():
            if sum(f"'{who}@example.se'" in one for one in said) != 1:
                raise Failed(f"{who} was told that she has a place, and has not exactly one")
            if code and my_place(storage, code, in_sweden(datetime.now(UTC))).details.nickname != who:
                raise Failed(f"the code of {who} opens another's place")
    finally:
        storage.close()


def check_applications(url: str, kept: Kept) -> None:
    """Raise Failed unless everybody who was told so has one application, with her file, and her code opens it."""
    storage = open_storage(url, [KEY])
    try:
        names: list[str] = []
        with storage.database.reading() as connection:
            sent = select(t.applications.c.id).where(t.applications.c.reference.is_not(None))
            for one in connection.execute(sent).scalars().all():
                stored = find_by_id(storage, connection, one, lock=False)
                assert stored is not None
                names.append(read_form(connection, stored).name)
        for who, code in kept.codes.items():
            if names.count(who) != 1:
                raise Failed(f"{who} was told that her application is sent, and there are {names.count(who)}")
            if code and not copy_for_print(storage, code, in_sweden(datetime.now(UTC))).files:
                raise Failed(f"the file of {who} is lost")
    finally:
        storage.close()
