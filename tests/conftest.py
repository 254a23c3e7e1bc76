"""What tests share: the app on the real catalogue, a clock that stands still, and a visitor of inspected pages."""

import gc
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import psycopg
import pytest
from flask import Flask

from portal.domain.applications.rules import ApplicationRules
from portal.domain.catalogue.kommuner import Kommun
from portal.domain.catalogue.whole import Catalogue
from portal.domain.knowledge import Knowledge
from portal.settings import Settings
from portal.store import schema
from portal.store.database import Database
from portal.store.languages.menu import load_languages
from portal.store.languages.texts import compile_all
from portal.store.schema import metadata
from portal.store.storage import Storage, open_storage
from portal.web.storage import put_storage
from tests import applications, apps, groups
from tests.apps import create_app
from tests.made_up_staff import CHEAP, Clock, Room
from tests.pages import Visitor
from tests.postgres import served

KEY = groups.KEY
"""The encryption key of every test."""

# A Tuesday in the middle of the morning, when the contact centre of Lekeberg is open.
TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=ZoneInfo("Europe/Stockholm"))

SITE = "https://localhost"
"""The address of the portal in every test."""

_NOWHERE = tempfile.TemporaryDirectory(prefix="portal-")
"""Where the databases are of those who need none: nobody has made tables in them."""


def pytest_collection_finish() -> None:
    """Let the garbage collector forget what stays to the end: all modules and tests, which it would look through."""
    gc.collect()
    gc.freeze()


def settings(**changes: object) -> Settings:
    """Return settings for a test, with what it changes."""
    nowhere = f"sqlite:///{Path(_NOWHERE.name, 'nothing.sqlite')}"
    given = {
        "site": SITE,
        "secret_key": "x" * 40,
        "database_url": nowhere,
        "encryption_keys": (groups.KEY,),
        "password_cost": CHEAP,
        **changes,
    }
    return Settings(**given)  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    """Return everything the portal really knows."""
    return apps.knowledge()


@pytest.fixture(scope="session")
def catalogue(knowledge: Knowledge) -> Catalogue:
    """Return the real catalogue."""
    return knowledge.catalogue


@pytest.fixture(scope="session")
def rules(knowledge: Knowledge) -> ApplicationRules:
    """Return the real rules of applications."""
    return knowledge.applications


@pytest.fixture(scope="session")
def lekeberg(catalogue: Catalogue) -> Kommun:
    """Return the kommun Lekeberg."""
    return catalogue.kommuner["lekeberg"]


@pytest.fixture(scope="session")
def app(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """Return the app on the real catalogue and a database with made-up groups, on a Tuesday morning."""
    compile_all(load_languages().values())
    folder = tmp_path_factory.mktemp("database")
    address = f"sqlite:///{folder / 'portal.sqlite'}"
    shutil.copy(filled, folder / "portal.sqlite")
    return create_app(settings(database_url=address, smtp_url="smtp://127.0.0.1:9"), clock=lambda: TUESDAY)


@dataclass
class Time:
    """A clock that a test moves."""

    at: datetime = TUESDAY

    def __call__(self) -> datetime:
        """Return the present instant."""
        return self.at

    def passes(self, **more: float) -> None:
        """Let so many minutes, hours or days pass."""
        self.at += timedelta(**more)


@dataclass(frozen=True)
class Town:
    """A portal of a test's own, whose database it may change: what visits it, its clock and what it remembers."""

    visitor: Visitor
    time: Time
    storage: Storage


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory, rules: ApplicationRules) -> Path:
    """Return a database with the made-up groups and applications, to be copied."""
    path = tmp_path_factory.mktemp("filled") / "portal.sqlite"
    storage = groups.made_up(f"sqlite:///{path}")
    groups.fill(storage)
    applications.fill(storage, rules)
    storage.close()
    return path


@pytest.fixture(scope="session")
def app_of_towns() -> tuple[Flask, Time]:
    """Return one app for all towns, with a clock that moves."""
    compile_all(load_languages().values())
    time = Time()
    return create_app(settings(smtp_url="smtp://127.0.0.1:9"), clock=time), time


@pytest.fixture
def town(app_of_towns: tuple[Flask, Time], filled: Path, tmp_path: Path) -> Iterator[Town]:
    """Return a portal whose database nobody else has."""
    app, time = app_of_towns
    time.at = TUESDAY
    copy = shutil.copy(filled, tmp_path / "portal.sqlite")
    storage = open_storage(f"sqlite:///{copy}", [groups.KEY])
    put_storage(app, storage)
    app.extensions.pop("code_attempts", None)
    with app.test_client() as client:
        yield Town(Visitor(client), time, storage)
    storage.close()


@pytest.fixture
def visitor(app: Flask) -> Iterator[Visitor]:
    """Return somebody whose every page is inspected."""
    with app.test_client() as client:
        yield Visitor(client)


@pytest.fixture(scope="session")
def staff_app(app: Flask, sqlite_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Room:
    """Return the staff room of this process' tests; its database is emptied for each test that asks for `room`."""
    path = tmp_path_factory.mktemp("staff") / "portal.sqlite"
    shutil.copy(sqlite_file, path)
    address, clock, seconds = f"sqlite:///{path}", Clock(TUESDAY), [0.0]
    made = create_app(settings(database_url=address), clock=clock, ticks=lambda: seconds[0])
    return Room(made, open_storage(address, [KEY]), clock, seconds)


@pytest.fixture
def room(staff_app: Room) -> Room:
    """Return an empty staff room, on a Tuesday morning."""
    with staff_app.storage.database.transaction() as connection:
        for table in reversed(metadata.sorted_tables):
            if table.name not in ("audit_events", "deletions"):  # which nobody can empty
                connection.execute(table.delete())
    staff_app.clock.now = TUESDAY
    staff_app.seconds[0] += 60
    return staff_app


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


_EMPTIED = "; ".join(
    [
        "SET session_replication_role = replica",  # which may empty the audit trail too
        *(str(table.delete()) for table in metadata.sorted_tables),
        "SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false)"
        " FROM pg_sequences WHERE last_value IS NOT NULL",
    ]
)
"""What makes a database of PostgreSQL as good as new, in a tenth of what TRUNCATE takes where there are few rows."""


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Return the address of a fresh database, once of each kind."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_file"), tmp_path / "portal.sqlite")
        yield f"sqlite:///{tmp_path / 'portal.sqlite'}"
        return
    address = request.getfixturevalue("postgresql").format(name="portal")
    _run(address, _EMPTIED)
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
