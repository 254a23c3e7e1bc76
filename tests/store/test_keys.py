"""Changing keys: everything is sealed anew for its row, the old key then opens nothing, and nobody waits."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from sqlalchemy import select, update

from portal.actions.applications.following import status_of
from portal.actions.groups.places import my_place
from portal.actions.groups.signing_up import alert_me, sign_up
from portal.domain.applications.rules import ApplicationRules
from portal.domain.refusals import NoSuchPlace
from portal.store.applications.keys import rotate_applications
from portal.store.crypto import BOUND
from portal.store.groups.tables import sign_ups
from portal.store.kept_key import new_key
from portal.store.keys import SEALED, Rotated, count_sealed, rotate
from portal.store.known_value import check_keys, seal_known
from portal.store.schema import metadata
from portal.store.storage import Storage, open_storage
from tests.conftest import KEY
from tests.made_up_applicants import sent
from tests.made_up_groups import NOW, published, request
from tests.store.unbound import unbind


def test_after_a_change_of_keys_only_the_new_one_is_needed_to_read(storage: Storage, database_url: str) -> None:
    group = published(storage, capacity=2, waiting_capacity=200)
    receipts = [sign_up(storage, group.id, request(who), NOW) for who in range(101)]
    alert_me(storage, group.id, "nyfiken@example.se", "sv", NOW)
    new = new_key()
    both, only_new = open_storage(database_url, [new, KEY]), open_storage(database_url, [new])
    assert count_sealed(both) == 203
    # Of each sign-up neither the details nor the mark of the code.
    assert rotate(only_new) == Rotated(0, {"sign_ups": 202, "outbox": 101, "alerts": 1})
    assert rotate(both) == Rotated(203)
    assert rotate(only_new) == Rotated(203)
    # The hash of the code was made with the old key; it is still found while that key is in the list.
    assert my_place(both, receipts[0].code or "", NOW).details == request(0).details
    with pytest.raises(NoSuchPlace):
        my_place(storage, receipts[0].code or "", NOW)
    both.close()
    only_new.close()


def test_an_old_database_is_bound_by_a_rotation_and_nothing_is_lost(
    storage: Storage, database_url: str, rules: ApplicationRules
) -> None:
    group = published(storage, capacity=2, waiting_capacity=9)
    codes = [sign_up(storage, group.id, request(who), NOW).code or "" for who in range(4)]
    alert_me(storage, group.id, "nyfiken@example.se", "sv", NOW)
    receipt = sent(storage, rules)
    assert unbind(storage) == 10
    running = open_storage(database_url, [KEY])
    check_keys(running)
    check_keys(storage)
    assert (rotate(storage), rotate_applications(storage)) == (Rotated(9), (1, 0))
    # What runs reads everything, before and after it has learnt that all is bound.
    for _ in range(2):
        assert [my_place(running, code, NOW).details for code in codes] == [request(who).details for who in range(4)]
        assert status_of(running, rules, receipt.code, NOW).state == "sent"
        seal_known(storage)
        check_keys(running)
    assert not running.vault.takes_unbound
    assert sealed_of(storage) == {True}
    running.close()


def sealed_of(storage: Storage) -> set[bool]:
    """Return whether what is sealed is bound."""
    with storage.database.reading() as connection:
        return {
            one.startswith(BOUND)
            for table in SEALED
            for one in connection.execute(select(table.c.sealed).where(table.c.sealed.is_not(None))).scalars()
        }


def test_a_row_that_does_not_open_stops_no_rotation_and_is_not_given_to_whom_it_lies_with(storage: Storage) -> None:
    group = published(storage, capacity=3)
    codes = [sign_up(storage, group.id, request(who), NOW).code or "" for who in range(2)]
    check_keys(storage)
    with storage.database.transaction() as connection:
        rows = connection.execute(select(sign_ups.c.id, sign_ups.c.sealed).order_by(sign_ups.c.line)).all()
        connection.execute(update(sign_ups).where(sign_ups.c.id == rows[0].id).values(sealed=rows[1].sealed))
    assert rotate(storage) == Rotated(3, {"sign_ups": 1})
    assert [my_place(storage, code, NOW).is_damaged for code in codes] == [True, False]


@pytest.mark.parametrize("is_old", [False, True])
def test_who_signs_up_during_a_rotation_loses_nothing(storage: Storage, database_url: str, is_old: bool) -> None:
    group = published(storage, capacity=2, waiting_capacity=200)
    codes = {who: sign_up(storage, group.id, request(who), NOW).code or "" for who in range(30)}
    if is_old:
        unbind(storage)
    check_keys(storage)
    changed = open_storage(database_url, [new_key(), KEY])
    check_keys(changed)
    is_done = Event()

    def turn() -> list[Rotated]:
        found = [rotate(changed)]
        while not is_done.is_set():
            found.append(rotate(changed))
        return found

    with ThreadPoolExecutor(3) as threads:
        rotated = threads.submit(turn)
        made = threads.map(lambda who: (who, sign_up(changed, group.id, request(who), NOW).code or ""), range(30, 60))
        codes |= dict(made)
        is_done.set()
        assert all(not one.unreadable for one in rotated.result())
    seal_known(changed)
    for who, code in codes.items():
        assert my_place(changed, code, NOW).details == request(who).details
    assert sealed_of(changed) == {True}
    changed.close()


def test_every_table_with_something_sealed_is_sealed_anew() -> None:
    # What belongs to an application is sealed with its own key, and the known value by who changed the keys.
    own = {name for name in metadata.tables if name.startswith("application_")} | {"known_values"}
    assert {table.name for table in SEALED} == {
        name for name, table in metadata.tables.items() if "sealed" in table.columns and name not in own
    }
