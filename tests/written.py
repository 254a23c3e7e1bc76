"""What stands in the outbox, opened."""

from sqlalchemy import select

from portal.domain.people.letters import Letter, Mail
from portal.store.people import tables as m
from portal.store.people.outbox import open_mail
from portal.store.storage import Storage


def mails(storage: Storage) -> list[Mail]:
    """Return the mails that wait, the oldest first."""
    chosen = select(m.outbox).where(m.outbox.c.sealed.is_not(None)).order_by(m.outbox.c.made_at, m.outbox.c.letter)
    with storage.database.reading() as connection:
        rows = connection.execute(chosen).all()
    opened = [(row, open_mail(storage.vault, row.id, row.sealed)) for row in rows]
    return [Mail(Letter(row.letter), said["to"], row.lang, row.kommun, said["gaps"], row.once) for row, said in opened]


def letters(storage: Storage) -> list[Letter]:
    """Return which letters wait."""
    return [mail.letter for mail in mails(storage)]
