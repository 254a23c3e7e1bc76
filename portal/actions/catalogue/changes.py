"""What has changed of what is published: seen by the jobs, kept for the feed, told to who asked to be told."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from portal.domain.catalogue.changes import Change, changes_since, compared, published
from portal.domain.catalogue.kommuner import Kommun
from portal.domain.catalogue.notices import kommun_with
from portal.store.catalogue import published as store
from portal.store.catalogue.notices import read_notices
from portal.store.storage import Storage

Webhooks = Mapping[str, tuple[str, ...]]
"""The addresses that are told of a kommun's changes."""


def note_changes(storage: Storage, kommuner: Iterable[Kommun], webhooks: Webhooks, now: datetime) -> int:
    """Remember what each kommun publishes now, and whom to tell; return how many things are otherwise than before.

    What is seen for the first time at all, in a new installation, is told to nobody: it has not changed.
    """
    count = 0
    for kommun in kommuner:
        with storage.database.transaction() as connection:
            known = store.read_known(connection, kommun.id)
            seen = published(kommun_with(kommun, read_notices(connection, kommun.id)))
            anew = compared(known, seen, now)
            store.remember(connection, kommun.id, anew)
            if anew and known:
                store.call(storage, connection, kommun.id, webhooks.get(kommun.id, ()), now)
            count += len(anew)
    return count


def list_changes(storage: Storage, kommun: str, since: datetime | None) -> list[Change]:
    """Return what has happened to what a kommun publishes, as far as the jobs have seen it."""
    return changes_since(store.known_of(storage, kommun), since)
