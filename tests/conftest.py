"""What tests share: the app on the real catalogue, a clock that stands still, and a visitor of inspected pages."""

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import psycopg
import pytest
from flask import Flask

from portal import create_app
from portal.domain.catalogue import Catalogue, Kommun
from portal.settings import Settings
from portal.store import schema
from portal.store.catalogue import load_catalogue
from portal.store.database import Database
from portal.store.kept_key import new_key
from portal.store.models import metadata
from portal.store.storage import Storage, open_storage
from portal.store.translations import compile_all
from tests.pages import Visitor
from tests.postgres import served

KEY = new_key()
"""The encryption key of this test process."""

# A Tuesday in the middle of the morning, when the contact centre of Lekeberg is open.
TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=ZoneInfo("Europe/Stockholm"))


def settings(**changes: object) -> Settings:
    """Return settings for a test, with what it changes."""
    given = {"secret_key": "x" * 40, "database_url": "sqlite://", **changes}
    return Settings(**given)  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """Return the real catalogue."""
    return load_catalogue()


@pytest.fixture(scope="session")
def lekeberg(catalogue: Catalogue) -> Kommun:
    """Return the kommun Lekeberg."""
    return catalogue.kommuner["lekeberg"]


@pytest.fixture(scope="session")
def app() -> Flask:
    """Return the app on the real catalogue, on a Tuesday morning."""
    compile_all()
    return create_app(settings(), clock=lambda: TUESDAY)


@pytest.fixture
def visitor(app: Flask) -> Iterator[Visitor]:
    """Return somebody whose every page is inspected."""
    with app.test_client() as client:
        yield Visitor(client)


# ------------------------------------------------------------------------------------------------- what is remembered


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """Return the address of this test process's PostgreSQL, with a gap {name}; its database `portal` is ready."""
    with served("fsync=off", "full_page_writes=off") as address:
        _run(address.format(name="postgres"), "CREATE DATABASE portal")
        ready = Database(address.format(name="portal"))
        schema.upgrade(ready)
        ready.close()
        yield address


@pytest.fixture(scope="session")
def sqlite_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a database of SQLite that is ready to copy."""
    path = tmp_path_factory.mktemp("ready") / "portal.sqlite"
    ready = Database(f"sqlite:///{path}")
    schema.upgrade(ready)
    ready.close()
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Return the address of a fresh database, once of each kind."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_file"), tmp_path / "portal.sqlite")
        yield f"sqlite:///{tmp_path / 'portal.sqlite'}"
        return
    address = request.getfixturevalue("postgresql").format(name="portal")
    # Emptying takes a tenth of the time of a new database. A replica's session may empty the audit trail too.
    tables = ", ".join(table.name for table in metadata.sorted_tables)
    _run(address, f"SET session_replication_role = replica; TRUNCATE {tables} RESTART IDENTITY")
    yield address


@pytest.fixture
def storage(database_url: str) -> Iterator[Storage]:
    """Return a fresh storage, once of each kind."""
    found = open_storage(database_url, [KEY])
    yield found
    found.close()


def _run(address: str, statement: str) -> None:
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(statement.encode())
