"""What is remembered of what is published, and calls that wait, on both databases."""

from datetime import datetime, timedelta

from portal.domain.catalogue.changes import CONTACT, INSATS, Known
from portal.store.catalogue import published as store
from portal.store.catalogue.published import WAITS, Call
from portal.store.storage import Storage
from tests.domain.made_up import NOW

LATER = NOW + timedelta(hours=1)
ADDRESS = "https://one.example/"


def test_what_is_remembered_is_read_back_and_changed(storage: Storage) -> None:
    first = {(INSATS, "abc"): Known("1", NOW, NOW), (CONTACT, "abc"): Known("2", NOW, NOW)}
    anew = {(INSATS, "abc"): Known("1", NOW, LATER, is_gone=True)}
    with storage.database.transaction() as connection:
        store.remember(connection, "lillby", first)
        store.remember(connection, "granby", first)
    with storage.database.transaction() as connection:
        store.remember(connection, "lillby", anew)
    assert store.known_of(storage, "lillby") == first | anew
    assert store.known_of(storage, "granby") == first
    assert store.known_of(storage, "storby") == {}


def called(storage: Storage, at: datetime = NOW) -> list[Call]:
    """Let one address be told of a change at a moment; return the calls."""
    with storage.database.transaction() as connection:
        store.call(storage, connection, "lillby", [ADDRESS], at)
    return store.list_calls(storage, LATER)


def test_a_call_waits_longer_each_time_and_a_new_change_begins_anew(storage: Storage) -> None:
    (call,) = called(storage)
    assert call == Call("lillby", ADDRESS, NOW, NOW, 0)
    assert store.put_off(storage, call, LATER)
    assert store.list_calls(storage, LATER) == []
    (again,) = store.list_calls(storage, LATER + timedelta(minutes=WAITS[0]))
    assert again.tries == 1
    assert called(storage, LATER) == [Call("lillby", ADDRESS, NOW, LATER, 0)]
    assert store.put_off(storage, call, LATER)  # of what was before: the new one keeps its turn
    assert [one.tries for one in store.list_calls(storage, LATER)] == [0]


def test_a_call_that_has_ended_is_gone_unless_something_changed_meanwhile(storage: Storage) -> None:
    (call,) = called(storage)
    called(storage, LATER)
    store.end_call(storage, call)
    (left,) = store.list_calls(storage, LATER)
    assert left == Call("lillby", ADDRESS, NOW, LATER, 0)
    store.end_call(storage, left)
    assert store.list_calls(storage, LATER) == []
    (last,) = called(storage)
    assert not store.put_off(storage, Call("lillby", ADDRESS, NOW, NOW, len(WAITS)), LATER)
    assert last.tries == 0
    assert store.list_calls(storage, LATER) == []
