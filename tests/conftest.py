"""What tests share: the app on the real catalogue, a clock that stands still, and a visitor of inspected pages."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from portal import create_app
from portal.domain.catalogue import Catalogue, Kommun
from portal.settings import Settings
from portal.store.catalogue import load_catalogue
from portal.store.languages import load_languages
from portal.store.texts import compile_all
from tests.pages import Visitor

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
    compile_all(load_languages().values())
    return create_app(settings(), clock=lambda: TUESDAY)


@pytest.fixture
def visitor(app: Flask) -> Iterator[Visitor]:
    """Return somebody whose every page is inspected."""
    with app.test_client() as client:
        yield Visitor(client)
