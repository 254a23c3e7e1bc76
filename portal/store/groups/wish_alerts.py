"""Who wants to know when a group comes that she wished for: an e-mail for each wish, kept until told, or a year."""

import logging
from datetime import datetime

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite

from portal.domain.groups.planning import Group
from portal.domain.people.letters import Letter, Mail
from portal.store.columns import place_in
from portal.store.crypto import Unreadable
from portal.store.groups import tables as m
from portal.store.storage import Storage

LOG = logging.getLogger("portal.errors")


def add_wish_alert(storage: Storage, wish: tuple[str, str, str], email: str, lang: str, now: datetime) -> None:
    """Remember who wants to know of a wish (kommun, insats, language); the same e-mail twice is one."""
    hashed = storage.vault.digests("wish alert", "\0".join((*wish, email.strip().lower())))[0]
    sealed = storage.vault.seal_at(place_in(m.wish_alerts.c.sealed, *wish, hashed), email)
    kommun, insats, language = wish
    row = {"kommun": kommun, "insats": insats, "language": language, "email": hashed}
    make = insert_sqlite if storage.database.is_sqlite else insert_postgresql
    adding = make(m.wish_alerts).values(row | {"lang": lang, "sealed": sealed, "made_at": now}).on_conflict_do_nothing()
    with storage.database.transaction() as connection:
        connection.execute(adding)


def take_mails(storage: Storage, connection: Connection, group: Group) -> list[Mail]:
    """Return the mail for each who wished for such a group, and forget her; a damaged row stops nobody else's."""
    table = m.wish_alerts.c
    is_met = (table.kommun == group.kommun) & (table.insats == group.insats) & table.language.in_(group.languages)
    mails = []
    for row in connection.execute(select(m.wish_alerts).where(is_met)).all():
        place = place_in(table.sealed, row.kommun, row.insats, row.language, row.email)
        try:
            to = storage.vault.open_at(place, row.sealed)
        except Unreadable as damaged:
            LOG.error("%s", damaged)
            continue
        mails.append(Mail(Letter.WISHED, to, row.lang, group.kommun, {"group": group.id}))
    connection.execute(delete(m.wish_alerts).where(is_met))
    return mails


def forget_wish_alerts(connection: Connection, before: datetime) -> int:
    """Take away those that are older; return how many."""
    return connection.execute(delete(m.wish_alerts).where(m.wish_alerts.c.made_at < before)).rowcount
