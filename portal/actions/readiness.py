"""Whether what the portal remembers with is in order: the database, its shape, and the keys of what is sealed in it."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import update

from portal.store import schema
from portal.store.database import DatabaseIsDown
from portal.store.installation_tables import known_values
from portal.store.known_value import WrongKeys, check_keys
from portal.store.schema import Standing
from portal.store.storage import Storage

OK: Final = "ok"
NOT_BEFORE: Final = "not known before that"
UNKNOWN: Final = "not known while the database is down"
NEWER: Final = "of a later version than this process: bring this host to it too"
NOT_BOUND: Final = (
    "what is sealed is not bound to its row yet, as an older version left it: run `portal keys rotate` once every "
    "process of the portal is of this version"
)


class OldShape(Exception):
    """The database does not have the shape that this version needs; says what to do."""

    def __init__(self) -> None:
        super().__init__("the database is not of this version: run `portal database upgrade`")


@dataclass(frozen=True, slots=True)
class Readiness:
    """What is in order ("ok") and what is not, with what to do: for an operator; it names no address.

    schema: of a later version while the hosts are brought to it one by one, on which this one works (NEWER).
    binding: the portal works without; until it is in order, who writes in the database can move what is sealed.
    """

    database: str = OK
    schema: str = OK
    keys: str = OK
    binding: str = OK

    @property
    def is_ready(self) -> bool:
        """Return whether everything is in order."""
        return {self.database, self.keys} == {OK} and self.schema in (OK, NEWER)


def check_storage(storage: Storage) -> None:
    """Raise OldShape, WrongKeys or DatabaseIsDown unless everything can be read and written here."""
    if schema.standing(storage.database) is Standing.OTHER:
        raise OldShape
    check_keys(storage)
    with storage.database.transaction() as connection:
        # It changes no row, and still a file or a server that only reads refuses it.
        connection.execute(update(known_values).where(known_values.c.id < 0).values(sealed=""))


def readiness(storage: Storage) -> Readiness:
    """Return what is in order and what is not."""
    try:
        check_storage(storage)
    except OldShape as old:
        return Readiness(schema=str(old), keys=NOT_BEFORE, binding=NOT_BEFORE)
    except WrongKeys as wrong:
        return Readiness(keys=str(wrong), binding=NOT_BEFORE)
    except DatabaseIsDown:
        return Readiness("cannot be read and written; the log of portal.errors says why", UNKNOWN, UNKNOWN, UNKNOWN)
    is_newer = schema.standing(storage.database) is Standing.NEWER
    return Readiness(schema=NEWER if is_newer else OK, binding=NOT_BOUND if storage.vault.takes_unbound else OK)
