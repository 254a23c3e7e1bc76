"""What a kommun publishes, as it was last seen, and whom to tell of what has changed since: no person in either."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite

from portal.domain.catalogue.changes import Known, Thing
from portal.store.catalogue import tables as t
from portal.store.storage import Storage

WAITS = (1, 5, 15, 60, 180, 720, 1440)
"""Minutes to the next try, after each that failed; who has not answered after the last is given up."""


@dataclass(frozen=True, slots=True)
class Call:
    """One address that has to be told: what it has not heard of begins at `since` and ends at `changed_at`."""

    kommun: str
    address: str
    since: datetime
    changed_at: datetime
    tries: int


def read_known(connection: Connection, kommun: str) -> dict[Thing, Known]:
    """Return what is remembered of all that a kommun publishes or has published."""
    rows = connection.execute(select(t.published).where(t.published.c.kommun == kommun))
    return {(row.kind, row.thing): Known(row.digest, row.added_at, row.changed_at, row.is_gone) for row in rows}


def known_of(storage: Storage, kommun: str) -> dict[Thing, Known]:
    """Return the same, for who only reads."""
    with storage.database.reading() as connection:
        return read_known(connection, kommun)


def remember(connection: Connection, kommun: str, anew: Mapping[Thing, Known]) -> None:
    """Remember what is otherwise now."""
    table = t.published.c
    for (kind, thing), one in anew.items():
        values = {
            "digest": one.digest,
            "added_at": one.added_at,
            "changed_at": one.changed_at,
            "is_gone": one.is_gone,
        }
        chosen = (table.kommun == kommun) & (table.kind == kind) & (table.thing == thing)
        if connection.execute(update(t.published).where(chosen).values(values)).rowcount == 0:
            row = {"kommun": kommun, "kind": kind, "thing": thing} | values
            connection.execute(insert(t.published).values(row))


def call(storage: Storage, connection: Connection, kommun: str, addresses: Collection[str], now: datetime) -> None:
    """Let each address be told; one that has not heard of an earlier change yet is told of both at once."""
    make = insert_sqlite if storage.database.is_sqlite else insert_postgresql
    for address in addresses:
        row = {"kommun": kommun, "url": address, "since": now, "changed_at": now, "tries": 0, "next_at": now}
        adding = make(t.webhook_calls).values(row)
        table = t.webhook_calls.c
        connection.execute(
            adding.on_conflict_do_update(
                index_elements=[table.kommun, table.url],
                set_={"changed_at": now, "tries": 0, "next_at": now},
            )
        )


def list_calls(storage: Storage, now: datetime) -> list[Call]:
    """Return the calls whose turn has come, those that have waited longest first."""
    table = t.webhook_calls.c
    chosen = select(t.webhook_calls).where(table.next_at <= now).order_by(table.next_at, table.kommun, table.url)
    with storage.database.reading() as connection:
        return [Call(row.kommun, row.url, row.since, row.changed_at, row.tries) for row in connection.execute(chosen)]


def end_call(storage: Storage, one: Call) -> None:
    """Forget a call that was heard, or given up; where something changed meanwhile it stays for that."""
    table = t.webhook_calls.c
    chosen = (table.kommun == one.kommun) & (table.url == one.address)
    with storage.database.transaction() as connection:
        ended = delete(t.webhook_calls).where(chosen, table.changed_at == one.changed_at)
        if connection.execute(ended).rowcount == 0:
            # The same moment may be told twice, and is never left out.
            connection.execute(update(t.webhook_calls).where(chosen).values(since=one.changed_at))


def put_off(storage: Storage, one: Call, now: datetime) -> bool:
    """Let a call that failed wait, longer each time; return whether it is to be tried again."""
    if one.tries >= len(WAITS):
        end_call(storage, one)
        return False
    table = t.webhook_calls.c
    chosen = (table.kommun == one.kommun) & (table.url == one.address) & (table.changed_at == one.changed_at)
    values = {"tries": one.tries + 1, "next_at": now + timedelta(minutes=WAITS[one.tries])}
    with storage.database.transaction() as connection:
        connection.execute(update(t.webhook_calls).where(chosen).values(values))
    return True
