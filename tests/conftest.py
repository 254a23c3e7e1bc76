"""What tests share: the app on the real catalogue, a clock that stands still, and a visitor of inspected pages."""

import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from portal import create_app
from portal.domain.catalogue import Catalogue, Kommun
from portal.settings import Settings
from portal.store.catalogue import load_catalogue
from portal.store.translations import compile_all
from tests import groups
from tests.pages import Visitor

# A Tuesday in the middle of the morning, when the contact centre of Lekeberg is open.
TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=ZoneInfo("Europe/Stockholm"))

_NOWHERE = tempfile.TemporaryDirectory(prefix="portal-")
"""Where the databases are of those who need none: nobody has made tables in them."""


def settings(**changes: object) -> Settings:
    """Return settings for a test, with what it changes."""
    nowhere = f"sqlite:///{Path(_NOWHERE.name, 'nothing.sqlite')}"
    given = {"secret_key": "x" * 40, "database_url": nowhere, "encryption_keys": (groups.KEY,), **changes}
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
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """Return the app on the real catalogue and a database with made-up groups, on a Tuesday morning."""
    compile_all()
    address = f"sqlite:///{tmp_path_factory.mktemp('database') / 'portal.sqlite'}"
    storage = groups.made_up(address)
    groups.fill(storage)
    storage.close()
    return create_app(settings(database_url=address, smtp_url="smtp://127.0.0.1:9"), clock=lambda: TUESDAY)


@pytest.fixture
def visitor(app: Flask) -> Iterator[Visitor]:
    """Return somebody whose every page is inspected."""
    with app.test_client() as client:
        yield Visitor(client)
