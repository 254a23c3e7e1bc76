"""All rows of a step or none."""

import sqlite3

import psycopg
import pytest
from sqlalchemy import func, select

from portal.store.columns import to_number
from portal.store.groups import tables as m
from portal.store.groups.writing import Rows, write_rows
from portal.store.people import tables as people_tables
from portal.store.storage import Storage
from tests.made_up_groups import NOW, published

AT = to_number(NOW)


def row(sign_up_id: str, **changes: object) -> dict[str, object]:
    """Return a row of somebody who waits."""
    given = {"id": sign_up_id, "state": "waiting", "seats": 1, "line": 1, "until_at": None, "form_key": sign_up_id}
    return {**given, "code": None, "mark": None, "lang": "sv", "sealed": "sealed", **changes}


def count(storage: Storage) -> int:
    """Return how many sign-ups there are."""
    with storage.database.reading() as connection:
        return int(connection.execute(select(func.count()).select_from(m.sign_ups)).scalar_one())


def write(storage: Storage, group_id: str, version: int, rows: Rows) -> bool:
    """Write rows in a transaction of their own."""
    with storage.database.transaction() as connection:
        return write_rows(connection, group_id, version, AT, rows)


def version_of(storage: Storage, group_id: str) -> int:
    """Return the version of a group."""
    with storage.database.reading() as connection:
        return int(connection.execute(select(m.groups.c.version).where(m.groups.c.id == group_id)).scalar_one())


def test_rows_are_written_for_the_version_they_were_decided_on_and_for_no_other(storage: Storage) -> None:
    group = published(storage)
    version = version_of(storage, group.id)
    assert not write(storage, group.id, version - 1, Rows(new=(row("a"),)))
    assert write(storage, group.id, version, Rows(new=(row("a"), row("b"))))
    assert not write(storage, group.id, version, Rows(new=(row("c"),), gone=("a",)))
    assert version_of(storage, group.id) == version + 1
    assert count(storage) == 2
    assert not write(storage, "nothing", 0, Rows(new=(row("d"),)))


def test_a_row_that_cannot_be_takes_all_others_with_it(storage: Storage) -> None:
    group = published(storage)
    version = version_of(storage, group.id)
    with pytest.raises((sqlite3.IntegrityError, psycopg.IntegrityError)):
        write(storage, group.id, version, Rows(new=(row("a"), row("b", seats=3))))
    assert (count(storage), version_of(storage, group.id)) == (0, version)


def test_every_kind_of_row_is_written(storage: Storage) -> None:
    group = published(storage)
    version = version_of(storage, group.id)
    write(storage, group.id, version, Rows(new=(row("a"), row("b"), row("c", lang=None))))
    mail = {"id": "m", "letter": "placed", "kommun": "solbacka", "lang": "sv", "sealed": "s", "once": None}
    rows = Rows(
        moved=(row("a", state="withdrawn"), row("b", state="placed", code="hash", sealed=None, lang=None)),
        gone=("c",),
        mails=(mail,),
        codes=({"code": "mailed", "id": "b", "mark": "bound"},),
        told=("nobody",),
    )
    assert write(storage, group.id, version + 1, rows)
    with storage.database.reading() as connection:
        found = {one.id: one for one in connection.execute(select(m.sign_ups))}
        assert connection.execute(select(people_tables.outbox.c.id)).scalars().all() == ["m"]
        assert connection.execute(select(m.mailed_codes.c.sign_up_id)).scalars().all() == ["b"]
    assert {sign_up_id: one.state for sign_up_id, one in found.items()} == {"a": "withdrawn", "b": "placed"}
    assert found["a"].sealed is None
    assert (found["b"].sealed, found["b"].code, found["b"].lang) == ("sealed", "hash", "sv")
