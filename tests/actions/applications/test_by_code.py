"""A code opens one application, to change it alone or to look at one instant of it."""

import pytest

from portal.actions.applications.by_code import add_to, looked_at, opened
from portal.domain.applications.rules import ApplicationRules
from portal.domain.applications.states import State
from portal.domain.refusals import NotNow
from portal.store.applications import stored as store
from portal.store.storage import Storage
from tests.made_up_applicants import NOW, begun, form, sent


def test_whoever_looks_sees_one_instant_while_others_write(storage: Storage, rules: ApplicationRules) -> None:
    code = begun(storage, rules)
    with looked_at(storage, code, NOW) as (connection, seen):
        before = store.read_form(connection, seen)
        with opened(storage, code, NOW) as (other, locked):
            store.write_form(other, locked, form())
        assert store.read_form(connection, seen) == before
    with looked_at(storage, code, NOW) as (connection, seen):
        assert store.read_form(connection, seen) == form()


def test_what_is_changed_is_not_when_something_goes_wrong(storage: Storage, rules: ApplicationRules) -> None:
    code = begun(storage, rules)

    def fail() -> None:
        with opened(storage, code, NOW) as (connection, stored):
            store.write_form(connection, stored, form())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with looked_at(storage, code, NOW) as (connection, stored):
        assert store.read_form(connection, stored) != form()


def test_what_is_added_is_a_new_version_and_no_draft_has_any(storage: Storage, rules: ApplicationRules) -> None:
    with opened(storage, sent(storage, rules).code, NOW) as (connection, stored):
        after = add_to(connection, stored, NOW)
    assert (after.version, after.state) == (stored.application.version + 1, State.SENT)
    with opened(storage, begun(storage, rules, 2), NOW) as (connection, stored), pytest.raises(NotNow):
        add_to(connection, stored, NOW)
