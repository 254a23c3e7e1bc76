"""Files in their line: sealed as they came, the first first, and what was refused holds nothing but why."""

from sqlalchemy import select

from portal.domain.applications.rules import ApplicationRules
from portal.store.applications import tables as t
from portal.store.applications.stored import find_by_id
from portal.store.applications.waiting_files import (
    WaitingFile,
    add_waiting,
    count_waiting,
    drop_waiting,
    first_waiting,
    list_waiting,
    read_waiting,
    refuse_waiting,
)
from portal.store.storage import Storage
from tests.made_up_applicants import NOW, id_of, sent


def test_a_line_of_files(storage: Storage, rules: ApplicationRules) -> None:
    one = id_of(storage, rules, sent(storage, rules))
    with storage.database.transaction() as connection:
        stored = find_by_id(storage, connection, one)
        assert stored is not None
        for name in ("a", "b"):
            add_waiting(connection, stored, name, f"Kanariefågel {name}.png", b"KANARIE", NOW)
        assert first_waiting(connection) == ("a", one)
        assert read_waiting(connection, stored, "a") == b"KANARIE"
        row = connection.execute(select(t.waiting_files).where(t.waiting_files.c.id == "a")).one()
        assert not [value for value in row if isinstance(value, str | bytes) and "anari" in str(value).lower()]
        refuse_waiting(connection, "a", "broken")
        assert read_waiting(connection, stored, "a") is None
        assert first_waiting(connection) == ("b", one)
        assert list_waiting(connection, stored) == (
            WaitingFile("a", "Kanariefågel a.png", "broken"),
            WaitingFile("b", "Kanariefågel b.png", None),
        )
        assert [drop_waiting(connection, "a"), drop_waiting(connection, "a")] == [True, False]
        assert count_waiting(connection, one) == 1
