"""Two administrators where one would gain something alone; one where nobody does."""

import pytest

from portal.actions.staff import approvals
from portal.actions.staff.accounts import COMMAND_LINE, add_staff, change_roles
from portal.domain.refusals import ChangedMeanwhile, NoSuchStaff, NotOneself, NotTheSecond
from portal.domain.staff.roles import Role, Staff
from portal.store.audit import list_events
from portal.store.staff.accounts import get_staff
from portal.store.storage import Storage
from tests.domain.made_up import NOW


def invited(storage: Storage, email: str, *roles: Role, kommun: str | None = "solbacka") -> Staff:
    """Return somebody whom the command line added."""
    return add_staff(storage, COMMAND_LINE, email, roles, kommun, NOW)[0]


@pytest.fixture
def first(storage: Storage) -> Staff:
    """Return an administrator."""
    return invited(storage, "first@example.se", Role.ADMINISTRATOR)


@pytest.fixture
def second(storage: Storage) -> Staff:
    """Return another."""
    return invited(storage, "second@example.se", Role.ADMINISTRATOR)


def test_a_leader_is_added_by_one_and_a_case_worker_by_two(storage: Storage, first: Staff, second: Staff) -> None:
    made = approvals.add_person(storage, first, "lea@example.se", [Role.LEADER], "solbacka", NOW, is_mailed=False)
    assert made is not None
    worker = [Role.CASE_WORKER]
    assert approvals.add_person(storage, first, "w@example.se", worker, "solbacka", NOW, is_mailed=True) is None
    (waiting,) = approvals.list_waiting(storage, second, NOW)
    with pytest.raises(NotTheSecond):
        approvals.agree(storage, first, waiting.id, NOW, is_mailed=False)
    person, code = approvals.agree(storage, second, waiting.id, NOW, is_mailed=False)
    assert (person.email, person.roles, bool(code)) == ("w@example.se", (Role.CASE_WORKER,), True)
    with pytest.raises(NoSuchStaff):
        approvals.agree(storage, second, waiting.id, NOW, is_mailed=False)
    done = [(event.by, event.did) for event in list_events(storage, "solbacka", did="agree_to_proposal")]
    assert done == [(second.id, "agree_to_proposal")]


def test_roles_that_gain_nothing_are_changed_at_once(storage: Storage, first: Staff, second: Staff) -> None:
    lea = invited(storage, "lea@example.se", Role.LEADER)
    assert approvals.set_roles(storage, first, lea.id, [Role.EDITOR], NOW)
    assert not approvals.set_roles(storage, first, lea.id, [Role.EDITOR, Role.ADMINISTRATOR], NOW)
    (waiting,) = approvals.list_waiting(storage, second, NOW)
    approvals.decline(storage, second, waiting.id, NOW)
    with storage.database.reading() as connection:
        assert get_staff(connection, lea.id, "solbacka").roles == (Role.EDITOR,)
    with pytest.raises(NotOneself):
        approvals.set_roles(storage, first, first.id, [Role.CASE_WORKER], NOW)
    with pytest.raises(NotOneself):
        approvals.reset(storage, first, first.id, NOW, is_mailed=True)


def test_what_changes_between_the_look_and_the_deed_gains_nobody_anything(storage: Storage, first: Staff) -> None:
    lea = invited(storage, "lea@example.se", Role.CASE_WORKER)
    # Somebody else takes the role away while this form, in which it still stands, is on its way.
    change_roles(storage, first, lea.id, [Role.LEADER], NOW, is_agreed=False)
    with pytest.raises(ChangedMeanwhile):
        change_roles(storage, first, lea.id, [Role.CASE_WORKER, Role.EDITOR], NOW, is_agreed=False)
    with storage.database.reading() as connection:
        assert get_staff(connection, lea.id, "solbacka").roles == (Role.LEADER,)


def test_the_portal_s_own_administrator_is_a_second_where_a_kommun_has_one(storage: Storage, first: Staff) -> None:
    everywhere = invited(storage, "all@example.se", Role.ADMINISTRATOR, kommun=None)
    lea = invited(storage, "lea@example.se", Role.LEADER)
    assert approvals.reset(storage, first, lea.id, NOW, is_mailed=False) is None
    (waiting,) = approvals.list_waiting(storage, everywhere, NOW)
    assert approvals.agree(storage, everywhere, waiting.id, NOW, is_mailed=False)[1]
