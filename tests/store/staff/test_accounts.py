"""The staff in the database, on both databases."""

from dataclasses import replace

import pytest

from portal.domain.refusals import NoSuchStaff
from portal.domain.staff.roles import Role, Staff
from portal.store.staff import accounts as store
from portal.store.staff.accounts import Passkey
from portal.store.storage import Storage
from tests.domain.made_up import NOW

LEA = Staff("lea", "Lea@Example.se", (Role.LEADER, Role.EDITOR), "solbacka")
KEY = Passkey(b"\x00id", "lea", "1", b"public", 0, ("usb", "nfc"), "single_device", False, NOW)


def remember(storage: Storage, *people: Staff) -> None:
    """Remember some staff."""
    with storage.database.transaction() as connection:
        for one in people:
            store.add_account(connection, one, NOW)


def test_somebody_is_found_by_what_identifies_her(storage: Storage) -> None:
    remember(storage, LEA)
    with storage.database.reading() as connection:
        found = store.find_account(connection, email=" lea@EXAMPLE.se ")
        assert found is not None
        assert found.staff == replace(LEA, email="lea@example.se")
        assert store.find_account(connection, id="lea") == found
        assert store.find_account(connection, session_key=found.session_key) == found
        assert store.find_account(connection, session_key="") is None
        assert store.find_account(connection, oidc_subject="someone") is None


def test_keys_of_sessions_and_passkeys_are_each_one_s_own(storage: Storage) -> None:
    remember(storage, LEA, replace(LEA, id="ola", email="ola@example.se"))
    with storage.database.reading() as connection:
        lea, ola = (store.find_account(connection, id=one) for one in ("lea", "ola"))
    assert lea is not None
    assert ola is not None
    assert len({lea.session_key, ola.session_key, lea.passkey_handle, ola.passkey_handle}) == 4


def test_staff_of_another_kommun_are_nobody(storage: Storage) -> None:
    remember(storage, LEA)
    with storage.database.reading() as connection:
        assert store.get_staff(connection, "lea", "solbacka").id == "lea"
        assert store.get_staff(connection, "lea", None).id == "lea"
        for kommun, staff_id in (("granby", "lea"), ("solbacka", "ola")):
            with pytest.raises(NoSuchStaff):
                store.get_staff(connection, staff_id, kommun)


def test_the_list_has_those_who_can_sign_in_first(storage: Storage) -> None:
    remember(
        storage,
        replace(LEA, id="1", email="anna@example.se", is_active=False),
        replace(LEA, id="2", email="ola@example.se"),
        replace(LEA, id="3", email="eva@example.se"),
        replace(LEA, id="4", email="bo@example.se", kommun="granby"),
        replace(LEA, id="5", email="siv@example.se", kommun=None, roles=(Role.ADMINISTRATOR,)),
    )
    assert [one.id for one in store.list_staff(storage, "solbacka")] == ["3", "2", "1"]
    assert [one.id for one in store.list_staff(storage, None)] == ["4", "3", "2", "5", "1"]
    assert store.names_of(storage, {"2", "5", "unknown"}) == {"2": "ola@example.se", "5": "siv@example.se"}


def test_a_passkey_is_a_second_factor(storage: Storage) -> None:
    remember(storage, LEA)
    with storage.database.transaction() as connection:
        store.add_passkey(connection, KEY)
    used = replace(KEY, sign_count=7, is_backed_up=True)
    with storage.database.transaction() as connection:
        store.save_passkey(connection, used)
        assert store.find_passkey(connection, KEY.credential_id) == used
        assert store.find_passkey(connection, b"other") is None
        assert store.passkeys_of(connection, "lea") == (used,)
    assert [one.has_second_factor for one in store.list_staff(storage, "solbacka")] == [True]
    with storage.database.transaction() as connection:
        store.delete_passkey(connection, "ola", KEY.credential_id)
        assert store.passkeys_of(connection, "lea") == (used,)
        store.delete_passkey(connection, "lea", KEY.credential_id)
        assert store.passkeys_of(connection, "lea") == ()


def test_beginning_anew_takes_all_away(storage: Storage) -> None:
    remember(storage, LEA)
    with storage.database.transaction() as connection:
        store.save_fields(connection, "lea", password="hash", sealed="secret", totp_counter=5, oidc_subject="sub")  # noqa: S106
        store.add_passkey(connection, KEY)
        before = store.find_account(connection, id="lea")
        store.begin_anew(connection, "lea", "hash-of-code", NOW)
        after = store.find_account(connection, id="lea")
        assert store.find_invited(connection, ["other", "hash-of-code"]) == (after and after.staff, NOW)
        assert store.find_invited(connection, ["other"]) is None
    assert before is not None
    assert after is not None
    assert (before.staff.has_password, before.staff.has_second_factor) == (True, True)
    assert (after.password, after.sealed, after.totp_counter, after.passkeys) == (None, None, None, ())
    assert (after.staff.has_password, after.staff.has_second_factor) == (False, False)
    assert after.session_key != before.session_key


def test_no_code_of_an_app_is_used_twice(storage: Storage) -> None:
    remember(storage, LEA)
    with storage.database.transaction() as connection:
        assert store.use_totp_counter(connection, "lea", 10)
        assert not store.use_totp_counter(connection, "lea", 10)
        assert not store.use_totp_counter(connection, "lea", 9)
        assert store.use_totp_counter(connection, "lea", 11)
        assert not store.use_totp_counter(connection, "nobody", 12)
