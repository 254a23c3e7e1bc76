"""Mails to be sent: written in the transaction of what they tell, sent later, at least once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, and_, delete, func, or_, select, update

from portal.domain.people.letters import Letter, Mail
from portal.store.columns import place_in, to_number
from portal.store.crypto import Vault
from portal.store.database import run
from portal.store.people import tables as m
from portal.store.storage import Storage

CLAIM = timedelta(minutes=5)
"""How long one sender has a mail to itself: if it dies, another sends it after that."""

WAITS = (1, 5, 15, 60, 180, 720, 1440)
"""Minutes to the next try, after each that failed; the last for every one after it."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A mail that one sender has to itself. Its id stays the same however often it is tried."""

    id: str
    mail: Mail
    tries: int


_WRITE = """INSERT INTO outbox (id, letter, kommun, lang, sealed, once, tries, next_try_at, made_at)
    VALUES (%(id)s, %(letter)s, %(kommun)s, %(lang)s, %(sealed)s, %(once)s, 0, %(now)s, %(now)s)
    ON CONFLICT DO NOTHING"""


def rows_of(vault: Vault, mails: Iterable[Mail]) -> list[dict[str, Any]]:
    """Return the rows of mails, each sealed for its row."""
    return [
        {
            "id": (mail_id := uuid4().hex),
            "letter": str(mail.letter),
            "kommun": mail.kommun,
            "lang": mail.lang,
            "sealed": vault.seal_at(_place(mail_id), {"to": mail.to, "gaps": dict(mail.gaps)}),
            "once": mail.once,
        }
        for mail in mails
    ]


def post(connection: Connection, vault: Vault, mails: Iterable[Mail], now: datetime) -> int:
    """Write mails in the transaction of what they tell, but none that was told before; return how many are new."""
    at = {"now": to_number(now)}
    return sum(run(connection, _WRITE, row | at).rowcount for row in rows_of(vault, mails))


def claim_next(storage: Storage, now: datetime) -> Claimed | None:
    """Return a mail whose time has come, for this sender alone; None when there is none."""
    table = m.outbox.c
    chosen = select(table.id).where(table.next_try_at <= now).order_by(table.next_try_at, table.id).limit(1)
    claim = (
        update(m.outbox)
        .where(table.id == chosen.with_for_update(skip_locked=True).scalar_subquery(), table.next_try_at <= now)
        .values(next_try_at=now + CLAIM, tries=table.tries + 1)
        .returning(table.id, table.letter, table.kommun, table.lang, table.sealed, table.tries)
    )
    with storage.database.transaction() as connection:
        row = connection.execute(claim).first()
    if row is None:
        return None
    sealed = open_mail(storage.vault, row.id, row.sealed)
    mail = Mail(Letter(row.letter), sealed["to"], row.lang, row.kommun, sealed["gaps"])
    return Claimed(row.id, mail, row.tries)


def open_mail(vault: Vault, mail_id: str, sealed: str) -> dict[str, Any]:
    """Return to whom a mail goes (`to`) and what stands in its gaps (`gaps`); raise Unreadable."""
    found: dict[str, Any] = vault.open_at(_place(mail_id), sealed)
    return found


def _place(mail_id: str) -> str:
    return place_in(m.outbox.c.sealed, mail_id)


def mark_sent(storage: Storage, mail_id: str, now: datetime) -> None:
    """Remember that a mail is sent, and nothing of what it said."""
    with storage.database.transaction() as connection:
        connection.execute(
            update(m.outbox).where(m.outbox.c.id == mail_id).values(sent_at=now, sealed=None, next_try_at=None)
        )


def put_off(storage: Storage, claimed: Claimed, now: datetime) -> None:
    """Let a mail that could not be sent wait, longer each time."""
    wait = timedelta(minutes=WAITS[min(claimed.tries, len(WAITS)) - 1])
    with storage.database.transaction() as connection:
        connection.execute(update(m.outbox).where(m.outbox.c.id == claimed.id).values(next_try_at=now + wait))


def take_back(connection: Connection, begins: str) -> str | None:
    """Take back the newest mails whose key begins so, where none of them was tried yet; return the next word of it.

    A key is begins, a word, a mark of the batch and a person. Return None where there are none, or one was tried.
    """
    table = m.outbox.c
    newest = select(table.once).where(table.once.startswith(begins, autoescape=True))
    order = (table.next_try_at.is_(None), table.made_at.desc())
    key = connection.execute(newest.order_by(*order).limit(1)).scalar()
    if key is None:
        return None
    batch = key.rpartition(":")[0] + ":"
    of_batch = table.once.startswith(batch, autoescape=True)
    is_tried = or_(table.tries > 0, table.sent_at.is_not(None))
    if connection.execute(select(func.count()).where(of_batch, is_tried)).scalar_one():
        return None
    number = connection.execute(select(func.count()).where(of_batch)).scalar_one()
    if connection.execute(delete(m.outbox).where(of_batch, ~is_tried)).rowcount != number:
        return None  # a sender has just begun
    return str(key.removeprefix(begins).partition(":")[0])


def count_unsent(storage: Storage) -> int:
    """Return how many mails wait to be sent."""
    with storage.database.reading() as connection:
        is_unsent = m.outbox.c.next_try_at.is_not(None)
        return int(connection.execute(select(func.count()).select_from(m.outbox).where(is_unsent)).scalar_one())


def forget_old(connection: Connection, before: datetime) -> int:
    """Take away what was written before an instant, sent or not; return how many rows."""
    return connection.execute(delete(m.outbox).where(and_(m.outbox.c.made_at < before))).rowcount
