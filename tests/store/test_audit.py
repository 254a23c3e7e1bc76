"""The trail grows, and neither the portal nor anybody who comes in through it can change a row."""

from dataclasses import replace

import pytest
from sqlalchemy import exc, text

from portal.domain.audit import AuditEvent
from portal.store import audit
from portal.store.audit import count_events, list_events, record
from portal.store.storage import Storage
from tests.made_up_groups import NOW

EVENT = AuditEvent(NOW, "leader-1", "solbacka", "read_sign_ups", "group:7k2m")


def test_the_newest_deeds_come_first_by_kommun_and_subject(storage: Storage) -> None:
    others = replace(EVENT, kommun="granby"), replace(EVENT, subject="group:else"), replace(EVENT, did="edit_group")
    with storage.database.transaction() as connection:
        for event in (EVENT, *others):
            record(connection, event)
    assert list_events(storage, "solbacka") == (others[2], others[1], EVENT)
    assert list_events(storage, "solbacka", subject="group:7k2m", most=1) == (others[2],)
    assert list_events(storage, "granby") == (others[0],)


@pytest.mark.parametrize("deed", ["UPDATE audit_events SET by = 'nobody'", "DELETE FROM audit_events"])
def test_no_row_of_the_trail_can_be_changed_or_taken_away(storage: Storage, deed: str) -> None:
    with storage.database.transaction() as connection:
        record(connection, EVENT)

    def change() -> None:
        with storage.database.transaction() as connection:
            connection.execute(text(deed))

    with pytest.raises(exc.DBAPIError, match="only grow"):
        change()
    assert list_events(storage, "solbacka") == (EVENT,)


def test_the_portal_has_no_function_that_would() -> None:
    assert not [name for name in vars(audit) if name.startswith(("update", "delete", "forget", "clear", "save"))]


def test_deeds_about_a_subject_are_counted_in_one_kommun(storage: Storage) -> None:
    events = (
        AuditEvent(NOW, "a", "lekeberg", "take_in_hand", "application:1"),
        AuditEvent(NOW, "b", "lekeberg", "ask_for_more", "application:1"),
        AuditEvent(NOW, "b", "lekeberg", "note", "application:1"),
        AuditEvent(NOW, "b", "lekeberg", "take_in_hand", "application:2"),
        AuditEvent(NOW, "b", "mellerud", "take_in_hand", "application:1"),
    )
    with storage.database.transaction() as connection:
        for event in events:
            record(connection, event)
        assert count_events(connection, "lekeberg", "application:1", ("take_in_hand", "ask_for_more")) == 2
        assert count_events(connection, "lekeberg", "application:3", ("take_in_hand",)) == 0
