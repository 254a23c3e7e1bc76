"""Single sign-ups: found under every key, and never filled again once their person has left."""

from portal.actions.groups.places import my_place, withdraw
from portal.actions.groups.signing_up import sign_up
from portal.store.groups.sign_ups import (
    add_codes,
    code_hashes,
    find_by_code,
    find_kept,
    hand_over_codes,
    list_of_group,
    lock_kept,
    people,
    save_sealed,
    take_code,
)
from portal.store.storage import Storage, open_storage
from tests.conftest import KEY
from tests.made_up_groups import NOW, published, request


def test_a_code_is_looked_up_under_every_key(storage: Storage, database_url: str) -> None:
    receipt = sign_up(storage, published(storage).id, request(), NOW)
    changed = open_storage(database_url, ["c" * 43 + "=", KEY])
    assert receipt.code not in code_hashes(storage, receipt.code)
    with changed.database.reading() as connection:
        kept = find_by_code(changed, connection, receipt.code)
        assert kept is not None
        assert find_kept(connection, kept.sign_up.id) == kept
        assert find_kept(connection, "nobody") is None
    changed.close()


def test_details_of_who_has_left_are_not_written_again(storage: Storage) -> None:
    receipt = sign_up(storage, published(storage).id, request(), NOW)
    mine = my_place(storage, receipt.code, NOW).sign_up.id
    withdraw(storage, receipt.code, NOW)
    with storage.database.transaction() as connection:
        kept = lock_kept(connection, mine)
        assert kept is not None
        assert kept.person.sealed is None
        assert not save_sealed(connection, mine, "sealed", NOW)


def test_codes_can_be_taken_and_handed_over(storage: Storage) -> None:
    group = published(storage)
    codes = [sign_up(storage, group.id, request(who), NOW).code for who in (1, 2)]
    one, two = (my_place(storage, code, NOW).sign_up.id for code in codes)
    with storage.database.transaction() as connection:
        add_codes(connection, {})
        add_codes(connection, {code_hashes(storage, "MAILED")[0]: one})
        take_code(connection, one)
        assert find_by_code(storage, connection, codes[0]) is None
        hand_over_codes(connection, one, two)
        found = find_by_code(storage, connection, "MAILED")
        assert found is not None
        assert found.sign_up.id == two
        assert list(people(connection, [one])) == [one]
        assert [kept.sign_up.id for kept in list_of_group(connection, group.id)] == [one, two]
