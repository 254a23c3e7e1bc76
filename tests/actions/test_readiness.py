"""Readiness: which of database, shape and keys is not in order, with what to do."""

from pathlib import Path

from sqlalchemy import text

from portal.actions.readiness import NEWER, OK, Readiness, check_storage, readiness
from portal.store import schema
from portal.store.kept_key import new_key
from portal.store.known_value import seal_known
from portal.store.storage import Storage, open_storage
from tests.store.test_turns import locked
from tests.store.unbound import unbind


def test_everything_is_in_order_after_the_upgrade(storage: Storage) -> None:
    assert readiness(storage) == Readiness(OK, OK, OK)
    assert readiness(storage).is_ready


def test_other_keys_an_old_shape_and_a_database_that_is_down_are_told_apart(
    storage: Storage, database_url: str
) -> None:
    readiness(storage)
    wrong = open_storage(database_url, [new_key()])
    found = readiness(wrong)
    assert (found.database, found.schema, found.is_ready) == (OK, OK, False)
    assert "put the right key back" in found.keys
    wrong.close()
    schema.downgrade(storage.database, "0006")
    try:
        found = readiness(storage)
        assert (found.database, found.is_ready) == (OK, False)
        assert "portal database upgrade" in found.schema
    finally:
        schema.upgrade(storage.database)


def test_an_older_version_s_database_is_ready_and_says_what_is_left_to_do(storage: Storage) -> None:
    unbind(storage)
    found = readiness(storage)
    assert (found.is_ready, found.keys, "portal keys rotate" in found.binding) == (True, OK, True)
    seal_known(storage)
    assert readiness(storage) == Readiness()


def test_a_file_that_can_be_read_and_not_written_is_not_in_order(sqlite_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "portal.sqlite"
    path.write_bytes(sqlite_file.read_bytes())
    storage = open_storage(f"sqlite:///{path}", [new_key()])
    with locked(str(path)):
        found = readiness(storage)
    assert "cannot be read and written" in found.database
    assert str(tmp_path) not in str(found)
    storage.close()


def test_a_host_goes_on_while_the_others_are_brought_to_a_later_version(storage: Storage) -> None:
    def put(step: str) -> None:
        with storage.database.transaction() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = :step"), {"step": step})

    newest = schema.newest_step()
    try:
        put("9999")
        check_storage(storage)
        assert (readiness(storage).is_ready, readiness(storage).schema) == (True, NEWER)
    finally:
        put(newest)
