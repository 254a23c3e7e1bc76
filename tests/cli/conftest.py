"""What tests of commands share: a development, and an installation with a recovery key."""

from pathlib import Path

import pytest

from portal.store.kept_key import new_key
from tests.cli.running import PUBLIC
from tests.conftest import KEY


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Return the environment of a development with a database of its own."""
    return {
        "PORTAL_ENV": "development",
        "PORTAL_DATABASE_URL": f"sqlite:///{tmp_path / 'portal.sqlite'}",
        "PORTAL_ENCRYPTION_KEYS": new_key(),
        "PORTAL_KOMMUNER": "lekeberg",
    }


@pytest.fixture
def installed(database_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Set the environment of an installation, with a recovery key; return the address of its database."""
    monkeypatch.setenv("PORTAL_SECRET_KEY", "x" * 40)
    monkeypatch.setenv("PORTAL_DATABASE_URL", database_url)
    monkeypatch.setenv("PORTAL_ENCRYPTION_KEYS", KEY)
    monkeypatch.setenv("PORTAL_RECOVERY_KEY", PUBLIC)
    return database_url
