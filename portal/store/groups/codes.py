"""The codes that open sign-ups: keyed hashes, each bound to its sign-up by a mark that only the keys can make.

Without the mark, who writes in the database could put the hash of a code that she has beside the place of another.
"""

import logging
from collections.abc import Mapping
from hmac import compare_digest

from sqlalchemy import Column, Connection, Table, insert, select, update

from portal.store.crypto import Vault
from portal.store.groups import tables as m
from portal.store.storage import Storage

LOG = logging.getLogger("portal.errors")

MARKED = (
    (m.sign_ups, m.sign_ups.c.id, m.sign_ups.c.code_mark),
    (m.mailed_codes, m.mailed_codes.c.sign_up_id, m.mailed_codes.c.mark),
)
"""The tables with a column `code`: which sign-up it opens, and the mark."""

AT_ONCE = 100
"""Rows of one transaction."""


def code_hashes(storage: Storage, code: str) -> tuple[str, ...]:
    """Return what is stored in place of a code, under each key."""
    return storage.vault.digests("code", code)


def mark_of(vault: Vault, code: str, sign_up_id: str) -> str:
    """Return the mark of a code, as its hash, and the sign-up that it opens."""
    return vault.digests("code of a sign-up", f"{code} {sign_up_id}")[0]


def is_bound(vault: Vault, code: str, sign_up_id: str, mark: str | None) -> bool:
    """Return whether a code belongs to a sign-up; one of an older version has no mark, until `portal keys rotate`."""
    if mark is None:
        return vault.takes_unbound
    known = vault.digests("code of a sign-up", f"{code} {sign_up_id}")
    return any(compare_digest(mark.encode(), one.encode()) for one in known)


def find_opened(storage: Storage, connection: Connection, code: str) -> str | None:
    """Return the id of the sign-up that a code opens, its own or one that was mailed."""
    hashes = code_hashes(storage, code)
    for table, sign_up_id, mark in MARKED:
        row = connection.execute(select(table.c.code, sign_up_id, mark).where(table.c.code.in_(hashes))).first()
        if row is not None and is_bound(storage.vault, *row):
            return str(row[1])
        if row is not None:
            LOG.error("a code in %s.code was moved: the sign-up is not its own", table.name)
    return None


def add_codes(vault: Vault, connection: Connection, codes: Mapping[str, str]) -> None:
    """Remember the hashes of codes that mails carry, and whose sign-up each opens."""
    rows = [{"code": code, "sign_up_id": one, "mark": mark_of(vault, code, one)} for code, one in codes.items()]
    if rows:
        connection.execute(insert(m.mailed_codes), rows)


def take_code(connection: Connection, sign_up_id: str) -> None:
    """Let the code of a sign-up open it no longer."""
    chosen = update(m.sign_ups).where(m.sign_ups.c.id == sign_up_id)
    connection.execute(chosen.values(code=None, code_mark=None))


def hand_over_codes(vault: Vault, connection: Connection, from_id: str, to_id: str) -> None:
    """Let the codes that were mailed for one sign-up open another: its person has moved there."""
    table = m.mailed_codes
    for row in connection.execute(select(table).where(table.c.sign_up_id == from_id)).all():
        if is_bound(vault, row.code, from_id, row.mark):
            moved = {"sign_up_id": to_id, "mark": mark_of(vault, row.code, to_id)}
            connection.execute(update(table).where(table.c.code == row.code).values(moved))


def mark_anew(storage: Storage) -> Mapping[str, int]:
    """Make the mark of every code with the first key; return how many of each table were not bound, and are as before.

    A code of an older version gets its first mark here.
    """
    return {table.name: lost for table, one, mark in MARKED if (lost := _mark_table(storage, table, one, mark))}


def _mark_table(storage: Storage, table: Table, one: Column[str], mark: Column[str]) -> int:
    lost, after = 0, ""
    while True:
        with storage.database.transaction() as connection:
            chosen = select(table.c.code, one, mark).where(table.c.code > after).order_by(table.c.code)
            rows = connection.execute(chosen.limit(AT_ONCE).with_for_update()).all()
            for code, sign_up_id, known in rows:
                if not is_bound(storage.vault, code, sign_up_id, known):
                    lost += 1
                    continue
                made = mark_of(storage.vault, code, sign_up_id)
                connection.execute(update(table).where(table.c.code == code).values({mark.name: made}))
        if not rows:
            return lost
        after = rows[-1][0]
