"""The tables of applications: as the migration makes them, and what is deleted stays known."""

import pytest
from sqlalchemy import delete, exc, insert, update

from portal.store import schema
from portal.store.applications import tables as t
from portal.store.storage import Storage
from tests.made_up_applicants import NOW

ROW = {"at": NOW, "by": "jobs", "kommun": "k", "kind": "x", "rule": "r", "paragraph": "p", "files": 0}


def test_the_migration_makes_what_the_code_knows(storage: Storage) -> None:
    assert schema.is_current(storage.database)
    assert schema.differences(storage.database) == []


def test_the_migration_goes_down_and_up_again(storage: Storage) -> None:
    schema.downgrade(storage.database, "0001")
    assert not schema.is_current(storage.database)
    schema.upgrade(storage.database)
    assert schema.differences(storage.database) == []


def test_the_log_of_deletions_only_grows(storage: Storage) -> None:
    with storage.database.transaction() as connection:
        connection.execute(insert(t.deletions).values(ROW))
    for statement in (update(t.deletions).values(kind="y"), delete(t.deletions)):
        with pytest.raises(exc.DBAPIError, match="only grow"), storage.database.transaction() as connection:
            connection.execute(statement)
    with storage.database.reading() as connection:
        assert [row.kind for row in connection.execute(t.deletions.select())] == ["x"]
