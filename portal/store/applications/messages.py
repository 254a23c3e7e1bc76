"""What is said about an application after it was sent, sealed, in the order it was said."""

import json
from uuid import uuid4

from sqlalchemy import Connection, func, insert, select

from portal.domain.applications.messages import Message, What
from portal.store.applications import tables as t
from portal.store.applications.stored import Stored


def add_message(connection: Connection, stored: Stored, message: Message, form_key: str | None = None) -> None:
    """Remember a message about an application that is locked; `form_key` is the hash of its form."""
    table = t.messages.c
    last = select(func.max(table.number)).where(table.application_id == stored.application.id)
    number = (connection.execute(last).scalar() or 0) + 1
    said = json.dumps({"text": message.text, "phrases": message.phrases}, ensure_ascii=False)
    row = {
        "id": message.id,
        "application_id": stored.application.id,
        "number": number,
        "at": message.at,
        "what": str(message.what),
        "by": message.by,
        "form_key": form_key,
        "sealed": stored.seal.seal(_place(message.id), said),
    }
    connection.execute(insert(t.messages).values(row))


def list_messages(connection: Connection, stored: Stored) -> tuple[Message, ...]:
    """Return what was said, the first first."""
    table = t.messages.c
    chosen = select(t.messages).where(table.application_id == stored.application.id).order_by(table.number)
    found = []
    for row in connection.execute(chosen):
        said = json.loads(stored.seal.open(_place(row.id), row.sealed))
        found.append(Message(row.id, row.at, What(row.what), row.by, said["text"], tuple(said["phrases"])))
    return tuple(found)


def is_added(connection: Connection, stored: Stored, form_keys: tuple[str, ...]) -> bool:
    """Return whether a form has become a message before."""
    table = t.messages.c
    chosen = select(table.id).where(table.application_id == stored.application.id, table.form_key.in_(form_keys))
    return connection.execute(chosen).first() is not None


def new_message_id() -> str:
    """Return an id for a message."""
    return uuid4().hex


def _place(message_id: str) -> str:
    return f"message {message_id}"
