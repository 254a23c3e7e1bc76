"""The trail of what staff read and changed. It grows; there is no function that changes or takes away a row."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import BigInteger, Column, Connection, Index, Integer, String, Table, func, insert, select

from portal.domain.audit import AuditEvent
from portal.store.columns import Instant, metadata
from portal.store.storage import Storage


def record(connection: Connection, event: AuditEvent) -> None:
    """Add a deed to the trail, in the transaction of the deed itself."""
    row = {"at": event.at, "by": event.by, "kommun": event.kommun, "did": event.did, "subject": event.subject}
    connection.execute(insert(audit_events).values(row))


def count_events(connection: Connection, kommun: str, subject: str, did: Iterable[str]) -> int:
    """Return how often one of these deeds was done about a subject in a kommun."""
    table = audit_events.c
    chosen = select(func.count()).where(table.kommun == kommun, table.subject == subject, table.did.in_(tuple(did)))
    return int(connection.execute(chosen).scalar_one())


def list_events(
    storage: Storage,
    kommun: str | None,
    *,
    subject: str | None = None,
    did: str | None = None,
    person: str | None = None,
    until: datetime | None = None,
    most: int = 200,
) -> tuple[AuditEvent, ...]:
    """Return the newest deeds in a kommun (None: in all), the newest first.

    They may be only those up to an instant, about one subject, of one kind, or by or about one member of staff.
    """
    table = audit_events.c
    query = select(audit_events)
    if kommun is not None:
        query = query.where(table.kommun == kommun)
    if until is not None:
        query = query.where(table.at <= until)
    if subject is not None:
        query = query.where(table.subject == subject)
    if did is not None:
        query = query.where(table.did == did)
    if person is not None:
        query = query.where((table.by == person) | (table.subject == f"staff:{person}"))
    with storage.database.reading() as connection:
        rows = connection.execute(query.order_by(table.id.desc()).limit(most)).all()
    return tuple(AuditEvent(row.at, row.by, row.kommun, row.did, row.subject) for row in rows)


audit_events = Table(
    "audit_events",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("at", Instant, nullable=False),
    Column("by", String(64), nullable=False),
    Column("kommun", String(64), nullable=False),
    Column("did", String(64), nullable=False),
    Column("subject", String(128), nullable=False),
    Index(None, "kommun", "at"),
)
