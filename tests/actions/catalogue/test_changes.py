"""What the jobs see of what is published, and whom they let be told, on both databases."""

from dataclasses import replace
from datetime import timedelta

from portal.actions.catalogue.changes import list_changes, note_changes
from portal.store.catalogue.published import list_calls
from portal.store.storage import Storage
from tests.domain.build import insats, kommun
from tests.domain.made_up import NOW

LATER, LAST = NOW + timedelta(minutes=1), NOW + timedelta(minutes=2)
HERE = {"lillby": ("https://one.example/", "https://two.example/")}


def test_a_new_installation_has_changed_nothing_and_a_change_is_told_to_all(storage: Storage) -> None:
    before, after = kommun(insats("abc")), kommun(insats("abc", topics=("work",)))
    assert note_changes(storage, [before], HERE, NOW) > 1
    assert list_calls(storage, NOW) == []
    assert note_changes(storage, [before], HERE, LATER) == 0
    assert note_changes(storage, [after], HERE, LATER) == 1
    assert [(call.address, call.since) for call in list_calls(storage, LATER)] == [
        ("https://one.example/", LATER),
        ("https://two.example/", LATER),
    ]
    assert [(one.id, one.what) for one in list_changes(storage, "lillby", LATER)] == [("abc", "changed")]


def test_who_has_not_heard_of_one_change_is_told_of_both(storage: Storage) -> None:
    note_changes(storage, [kommun(insats("abc"))], HERE, NOW)
    note_changes(storage, [kommun()], HERE, LATER)
    note_changes(storage, [kommun(insats("abc"))], HERE, LAST)
    assert {(call.since, call.changed_at, call.tries) for call in list_calls(storage, LAST)} == {(LATER, LAST, 0)}
    assert [(one.id, one.what) for one in list_changes(storage, "lillby", LATER)] == [("abc", "added")]


def test_a_kommun_that_tells_nobody_is_remembered_all_the_same(storage: Storage) -> None:
    note_changes(storage, [kommun(insats("abc"))], {}, NOW)
    note_changes(storage, [replace(kommun(), id="granby")], HERE, NOW)
    note_changes(storage, [kommun()], {}, LATER)
    assert list_calls(storage, LATER) == []
    assert [(one.id, one.what) for one in list_changes(storage, "lillby", LATER)] == [("abc", "removed")]
