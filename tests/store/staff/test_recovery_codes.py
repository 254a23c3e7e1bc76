"""Recovery codes in the database, on both databases: as slow hashes, each taken once."""

from dataclasses import replace

from sqlalchemy import select

from portal.domain.staff.roles import Role, Staff
from portal.store.staff import accounts
from portal.store.staff import recovery_codes as store
from portal.store.staff import tables as t
from portal.store.storage import Storage
from tests.domain.made_up import NOW

LEA = Staff("lea", "lea@example.se", (Role.LEADER,), "solbacka")
OLA = replace(LEA, id="ola", email="ola@example.se")
CODES = ("AAA", "CCC")


def given(storage: Storage) -> None:
    """Remember two people with the same codes."""
    hashes = store.hashes_of(CODES)
    with storage.database.transaction() as connection:
        for one in (LEA, OLA):
            accounts.add_account(connection, one, NOW)
            store.replace_codes(connection, one.id, hashes, NOW)


def test_a_code_is_found_by_whose_it_is_and_taken_once(storage: Storage) -> None:
    given(storage)
    with storage.database.reading() as connection:
        assert store.find_code(connection, "lea", "DDD") is None
        assert store.find_code(connection, "nobody", "AAA") is None
        found = store.find_code(connection, "lea", "AAA")
    assert found is not None
    with storage.database.transaction() as connection:
        assert [store.take_code(connection, found) for _ in range(2)] == [True, False]
        assert store.find_code(connection, "lea", "AAA") is None
        assert store.find_code(connection, "lea", "CCC") is not None
        assert [store.count_codes(connection, one) for one in ("lea", "ola", "nobody")] == [1, 2, 0]


def test_new_codes_take_the_place_of_the_old_and_beginning_anew_takes_all(storage: Storage) -> None:
    given(storage)
    with storage.database.transaction() as connection:
        store.replace_codes(connection, "lea", store.hashes_of(["EEE"]), NOW)
        assert store.find_code(connection, "lea", "AAA") is None
        assert store.find_code(connection, "lea", "EEE") is not None
        accounts.begin_anew(connection, "lea", None, NOW)
        assert [store.count_codes(connection, one) for one in ("lea", "ola")] == [0, 2]


def test_what_is_kept_is_a_slow_hash_with_a_salt_of_its_own(storage: Storage) -> None:
    given(storage)
    with storage.database.reading() as connection:
        kept = connection.execute(select(t.recovery_codes.c.hash)).scalars().all()
    assert all(one.startswith("$argon2id$v=19$m=19456,t=2,p=1$") for one in kept)
    again = store.hashes_of(CODES)
    assert not set(kept) & set(again)
