"""Single sign-ups: found by code, and never filled again once their person has left."""

from portal.actions.groups.places import my_place, withdraw
from portal.actions.groups.signing_up import sign_up
from portal.store.groups.sign_ups import find_by_code, find_kept, list_of_group, lock_kept, people, save_sealed
from portal.store.storage import Storage
from tests.made_up_groups import NOW, published, request


def test_a_sign_up_is_found_by_its_code_and_by_its_id(storage: Storage) -> None:
    receipts = [sign_up(storage, published(storage).id, request(who), NOW) for who in (1, 2)]
    with storage.database.reading() as connection:
        kept = find_by_code(storage, connection, receipts[0].code or "")
        assert kept is not None
        assert find_kept(connection, kept.sign_up.id) == kept
        assert find_kept(connection, "nobody") is None
        assert list(people(connection, [kept.sign_up.id])) == [kept.sign_up.id]
        assert list_of_group(connection, kept.group_id) == (kept,)


def test_details_of_who_has_left_are_not_written_again(storage: Storage) -> None:
    receipt = sign_up(storage, published(storage).id, request(), NOW)
    mine = my_place(storage, receipt.code, NOW).sign_up.id
    withdraw(storage, receipt.code, NOW)
    with storage.database.transaction() as connection:
        kept = lock_kept(connection, mine)
        assert kept is not None
        assert kept.person.sealed is None
        assert not save_sealed(connection, mine, "sealed", NOW)
