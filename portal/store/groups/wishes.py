"""Wishes for groups that do not exist, counted."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite

from portal.domain.groups.wishes import Wish, Wished, shown
from portal.store.groups import tables as m
from portal.store.storage import Storage


def add_wish(storage: Storage, kommun: str, wish: Wish, form_key: str, wished_on: date) -> None:
    """Count a wish; a form sent twice is one."""
    row: Mapping[str, object] = {
        "form_key": storage.vault.digests("wish", form_key)[0],
        "kommun": kommun,
        "insats": wish.insats,
        "language": wish.language,
        "time_of_day": wish.time_of_day,
        "wished_on": wished_on,
    }
    make = insert_sqlite if storage.database.is_sqlite else insert_postgresql
    with storage.database.transaction() as connection:
        connection.execute(make(m.wishes).values(row).on_conflict_do_nothing())


def list_wishes(storage: Storage, kommun: str) -> tuple[Wished, ...]:
    """Return the wishes that enough have for staff to see them, the most wished first."""
    table = m.wishes.c
    wished = (table.insats, table.language, table.time_of_day)
    query = select(*wished, func.count()).where(table.kommun == kommun).group_by(*wished)
    with storage.database.reading() as connection:
        return shown([(Wish(*row[:3]), int(row[3])) for row in connection.execute(query)])
