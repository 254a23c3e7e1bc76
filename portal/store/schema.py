"""The shape of the database: brought up to date step by step, and compared with the tables as the code knows them."""

import re
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from portal.store import audit, installation_tables
from portal.store.applications import tables as of_applications
from portal.store.catalogue import tables as of_catalogue
from portal.store.columns import metadata
from portal.store.counting import tables as of_counting
from portal.store.database import Database, server_settings
from portal.store.groups import tables as of_groups
from portal.store.languages import tables as of_languages
from portal.store.officials import tables as of_officials
from portal.store.patience import OF_A_REQUEST
from portal.store.people import tables as of_people
from portal.store.staff import tables as of_staff

__all__ = [
    "WITH_TABLES",
    "Standing",
    "differences",
    "downgrade",
    "is_current",
    "metadata",
    "newest_step",
    "standing",
    "upgrade",
    "upgrade_within",
]

WITH_TABLES = (
    of_groups,
    of_people,
    of_catalogue,
    of_staff,
    of_applications,
    of_counting,
    of_languages,
    of_officials,
    audit,
    installation_tables,
)
"""The modules that hold tables: named here, `metadata` knows them all."""

_STEP = re.compile(r"([a-z]*)\d+")
"""A step's name: letters that change with a step that the version before cannot work on, and a number."""

_LOCK = 1_403_2025
"""Of PostgreSQL's advisory locks: two processes that start at once upgrade one after the other."""


class Standing(Enum):
    """How the database stands to this version: at its newest step, at another, or at one of a later version.

    A later one takes nothing away that this version needs (docs/operations.md), so it goes on while the others change.
    """

    CURRENT = "current"
    NEWER = "newer"
    OTHER = "other"


def upgrade(database: Database, to: str = "head") -> None:
    """Bring the database to a step; nothing happens when it is there. All steps are one transaction."""
    with database.transaction() as connection:
        _take_lock(database, connection)
        command.upgrade(_config(connection), to)
        if database.is_pooled:
            _tell_role(connection)


def _tell_role(connection: Connection) -> None:
    """Let the server know the portal's time-outs by its account: through a pooler no connection can be told."""
    name = connection.execute(text("SELECT quote_ident(current_database())")).scalar_one()
    for setting, value in server_settings(OF_A_REQUEST).items():
        told = f"ALTER ROLE CURRENT_USER IN DATABASE {name} SET {setting} = '{value}'"
        connection.execute(text(told.replace(":", r"\:")))


def upgrade_within(connection: Connection, to: str) -> None:
    """Bring the database to a step in a transaction that goes on with something else."""
    command.upgrade(_config(connection), to)


def downgrade(database: Database, to: str = "base") -> None:
    """Take the database back to a step; what only newer tables hold is lost."""
    with database.transaction() as connection:
        _take_lock(database, connection)
        command.downgrade(_config(connection), to)


def is_current(database: Database) -> bool:
    """Return whether the database is at the newest step."""
    return standing(database) is Standing.CURRENT


def standing(database: Database) -> Standing:
    """Return how the database stands to this version."""
    with database.reading() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    newest, known = _steps()
    if found == newest:
        return Standing.CURRENT
    return Standing.NEWER if found not in known and _can_live_with(newest, found) else Standing.OTHER


@cache
def _steps() -> tuple[str, frozenset[str]]:
    """Return the newest step that this version knows, and all of them: each is a file to be read."""
    found = ScriptDirectory(str(_STEPS_IN))
    return str(found.get_current_head()), frozenset(step.revision for step in found.walk_revisions())


def _can_live_with(ours: str | None, theirs: str | None) -> bool:
    """Return whether a version whose newest step is `ours` works on a database at `theirs`, which it does not know."""
    here, there = (_STEP.fullmatch(step or "") for step in (ours, theirs))
    return here is not None and there is not None and here[1] == there[1]


def newest_step() -> str:
    """Return the newest step that this version knows."""
    return _steps()[0]


def differences(database: Database) -> list[Any]:
    """Return what differs between the database and the tables that the code knows."""
    with database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, metadata))


_STEPS_IN = Path(__file__).with_name("migrations")


def _take_lock(database: Database, connection: Connection) -> None:
    if not database.is_sqlite:
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_STEPS_IN))
    config.attributes["connection"] = connection
    return config
