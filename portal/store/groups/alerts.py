"""Who wants to know when a place is free: an e-mail for each group, kept until it is told or the group begins."""

import logging
from datetime import datetime

from sqlalchemy import Connection, delete, exists, func, select
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite

from portal.domain.people.letters import Letter, Mail
from portal.store.columns import place_in
from portal.store.crypto import Unreadable
from portal.store.groups import tables as m
from portal.store.storage import Storage

LOG = logging.getLogger("portal.errors")


def add_alert(storage: Storage, group_id: str, email: str, lang: str, now: datetime) -> None:
    """Remember who wants to know; the same e-mail twice is one wish."""
    hashed = storage.vault.digests("alert", f"{group_id} {email.strip().lower()}")[0]
    sealed = storage.vault.seal_at(place_in(m.alerts.c.sealed, group_id, hashed), email)
    row = {"group_id": group_id, "email": hashed, "lang": lang, "sealed": sealed, "made_at": now}
    make = insert_sqlite if storage.database.is_sqlite else insert_postgresql
    with storage.database.transaction() as connection:
        connection.execute(make(m.alerts).values(row).on_conflict_do_nothing())


def mails_of(storage: Storage, connection: Connection, group_id: str, kommun: str) -> dict[str, Mail]:
    """Return the mail for each who wants to know, by the hash of her e-mail; a damaged row stops nobody else's."""
    rows = connection.execute(select(m.alerts).where(m.alerts.c.group_id == group_id)).all()
    mails: dict[str, Mail] = {}
    for row in rows:
        try:
            to = storage.vault.open_at(place_in(m.alerts.c.sealed, group_id, row.email), row.sealed)
        except Unreadable as damaged:
            LOG.error("%s", damaged)
            continue
        mails[row.email] = Mail(Letter.FREE, to, row.lang, kommun, {"group": group_id})
    return mails


def list_alerted_groups(connection: Connection) -> tuple[str, ...]:
    """Return the groups that somebody wants to know about."""
    return tuple(connection.execute(select(m.alerts.c.group_id).distinct().order_by(m.alerts.c.group_id)).scalars())


def forget_begun(connection: Connection, now: datetime) -> int:
    """Take away the wishes to know about groups that have begun or are cancelled; return how many."""
    group = m.groups.c
    is_over = exists().where(group.id == m.alerts.c.group_id, (group.begins_at <= now) | (group.state != "published"))
    return connection.execute(delete(m.alerts).where(is_over)).rowcount


def count_alerts(connection: Connection, group_id: str) -> int:
    """Return how many want to know."""
    chosen = select(func.count()).select_from(m.alerts).where(m.alerts.c.group_id == group_id)
    return int(connection.execute(chosen).scalar_one())
