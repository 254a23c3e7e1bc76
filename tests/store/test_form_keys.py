"""Nobody but the portal makes the key of a form, and it fits no other form."""

from datetime import UTC, datetime, timedelta

import pytest
from cryptography.fernet import Fernet

from portal.store.crypto import Vault
from portal.store.form_keys import LASTS, new_form_key, read_form_key

NOW = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)
FORM = "sign-up t97k787n"


@pytest.fixture
def vault() -> Vault:
    """Return a vault with one key of its own."""
    return Vault([Fernet.generate_key().decode()])


def test_a_key_is_read_back(vault: Vault) -> None:
    key = new_form_key(vault, FORM, NOW)
    assert read_form_key(vault, FORM, key.text, NOW + timedelta(minutes=20)) == key
    assert not key.is_old


def test_two_keys_are_never_one(vault: Vault) -> None:
    assert len({new_form_key(vault, FORM, NOW).text for _ in range(100)}) == 100


@pytest.mark.parametrize("other", ["sign-up another1", "application lekeberg violence", ""])
def test_a_key_fits_its_own_form_alone(vault: Vault, other: str) -> None:
    assert read_form_key(vault, other, new_form_key(vault, FORM, NOW).text, NOW) is None


@pytest.mark.parametrize("made_up", ["", "a" * 32, "A" * 48, "å" * 48, "\0", "not base64 at all!", "k" * 5000])
def test_what_the_portal_did_not_make_is_no_key(vault: Vault, made_up: str) -> None:
    assert read_form_key(vault, FORM, made_up, NOW) is None


def test_a_key_with_any_other_sign_in_it_is_none(vault: Vault) -> None:
    text = new_form_key(vault, FORM, NOW).text
    for place, char in enumerate(text):
        other = "A" if char != "A" else "B"
        assert read_form_key(vault, FORM, text[:place] + other + text[place + 1 :], NOW) is None


def test_a_key_of_another_portal_is_none(vault: Vault) -> None:
    elsewhere = Vault([Fernet.generate_key().decode()])
    assert read_form_key(vault, FORM, new_form_key(elsewhere, FORM, NOW).text, NOW) is None


def test_a_key_is_read_after_the_keys_were_changed() -> None:
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    key = new_form_key(Vault([old]), FORM, NOW)
    assert read_form_key(Vault([new, old]), FORM, key.text, NOW) == key


@pytest.mark.parametrize(
    ("after", "is_old"),
    [
        (timedelta(0), False),
        (LASTS - timedelta(seconds=1), False),
        (LASTS, True),
        (timedelta(minutes=-4), False),
        (timedelta(minutes=-6), True),
    ],
)
def test_a_key_is_old_after_a_day_and_where_it_is_from_the_future(vault: Vault, after: timedelta, is_old: bool) -> None:
    found = read_form_key(vault, FORM, new_form_key(vault, FORM, NOW).text, NOW + after)
    assert found is not None
    assert found.is_old is is_old
