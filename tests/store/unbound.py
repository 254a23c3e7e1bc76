"""A database as an older version left it: what is sealed is bound to no row."""

from sqlalchemy import delete, insert, select, update

from portal.store.applications import tables as t
from portal.store.columns import place_in
from portal.store.groups.codes import MARKED
from portal.store.installation_tables import known_values
from portal.store.keys import SEALED
from portal.store.storage import Storage


def unbind(storage: Storage, *, has_known: bool = True) -> int:
    """Seal everything as before it was bound; return how much. Before `has_known` there was no known value either."""
    columns = [*(table.c.sealed for table in SEALED), t.applications.c.sealed_key]
    total = 0
    with storage.database.transaction() as connection:
        connection.execute(delete(known_values))
        if has_known:
            connection.execute(insert(known_values).values(id=1, sealed=storage.vault.seal("insatsportalen")))
        for one in columns:
            key = tuple(one.table.primary_key.columns)
            for row in connection.execute(select(*key, one).where(one.is_not(None))).all():
                value = storage.vault.open_at(place_in(one, *row[:-1]), row[-1])
                is_row = [column == part for column, part in zip(key, row[:-1], strict=True)]
                connection.execute(update(one.table).where(*is_row).values({one.name: storage.vault.seal(value)}))
                total += 1
        for table, _, mark in MARKED:
            connection.execute(update(table).values({mark.name: None}))
    return total
