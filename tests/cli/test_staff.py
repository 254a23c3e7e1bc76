"""The command that adds staff."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from portal.actions.staff.accounts import find_invited_staff
from portal.domain.staff.roles import Role
from portal.store import schema
from portal.store.audit import list_events
from portal.store.kept_key import new_key
from portal.store.storage import Storage, open_storage
from tests.cli.running import run


@pytest.fixture
def production(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Storage:
    """Return the storage of a portal in production, which the commands find in the environment."""
    address, key = f"sqlite:///{tmp_path / 'portal.sqlite'}", new_key()
    for name, value in {
        "PORTAL_ENV": "production",
        "PORTAL_SECRET_KEY": "s" * 32,
        "PORTAL_DATABASE_URL": address,
        "PORTAL_ENCRYPTION_KEYS": key,
        "PORTAL_SITE": "https://stod.example.se",
    }.items():
        monkeypatch.setenv(name, value)
    storage = open_storage(address, [key])
    schema.upgrade(storage.database)
    return storage


def test_the_first_administrator_is_added_with_a_code_for_one_use(production: Storage) -> None:
    told = run("staff", "add", "Adm@example.se", "--role", "administrator", "--role", "editor", "--kommun", "lekeberg")
    assert told.exit_code == 0, told.output
    code = re.search(r"^Code, for one use within three days: (\S+)$", told.output, re.MULTILINE)
    assert code is not None
    assert "https://stod.example.se/staff/welcome" in told.output
    found = find_invited_staff(production, code[1], datetime.now(UTC))
    assert (found.email, found.roles, found.kommun) == (
        "adm@example.se",
        (Role.ADMINISTRATOR, Role.EDITOR),
        "lekeberg",
    )
    assert code[1] not in str(list_events(production, "lekeberg"))
    again = run("staff", "add", "adm@example.se", "--role", "leader", "--kommun", "lekeberg")
    assert (again.exit_code, "can sign in already" in again.output) == (1, True)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("adm", "--role", "administrator"), "email"),
        (("adm@example.se", "--role", "leader"), "roles"),
        (("adm@example.se", "--role", "king"), "king"),
        (("adm@example.se",), "--role"),
        (("adm@example.se", "--role", "leader", "--kommun", "granby"), "granby"),
    ],
)
def test_who_cannot_be_staff_is_refused(production: Storage, words: tuple[str, ...], says: str) -> None:
    told = run("staff", "add", *words)
    assert (told.exit_code, says in told.output) == (2, True), told.output
    assert list_events(production, None) == ()
