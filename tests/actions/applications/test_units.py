"""Who handles which units, and that no application lies where nobody looks without it being said."""

import pytest

from portal.actions.applications.units import count_unattended, give_units, list_empty_units, units_of
from portal.domain.applications.kinds import UNITS
from portal.domain.applications.rules import ApplicationRules
from portal.domain.audit import Actor
from portal.domain.refusals import BadMessage
from portal.store.audit import list_events
from portal.store.storage import Storage
from tests.made_up_applicants import KOMMUN, NOW, sent

ADMINISTRATOR = Actor("administrator-1", KOMMUN)


def test_units_are_given_in_ones_own_kommun_and_written_down(storage: Storage) -> None:
    give_units(storage, ADMINISTRATOR, "worker-1", ["elderly", "adults"], NOW)
    give_units(storage, ADMINISTRATOR, "worker-1", ["elderly"], NOW)
    assert units_of(storage, "worker-1", KOMMUN) == {"elderly"}
    assert units_of(storage, "worker-1", "mellerud") == frozenset()
    give_units(storage, ADMINISTRATOR, "worker-1", [], NOW)
    assert units_of(storage, "worker-1", KOMMUN) == frozenset()
    assert [event.did for event in list_events(storage, KOMMUN)] == ["give_units"] * 3


def test_a_unit_that_is_none_is_refused(storage: Storage) -> None:
    with pytest.raises(BadMessage):
        give_units(storage, ADMINISTRATOR, "worker-1", ["nowhere"], NOW)


def test_the_units_that_nobody_handles_are_those_nobody_was_given(storage: Storage) -> None:
    assert list_empty_units(storage, KOMMUN) == tuple(UNITS)
    give_units(storage, ADMINISTRATOR, "worker-1", ["elderly"], NOW)
    assert set(list_empty_units(storage, KOMMUN)) == set(UNITS) - {"elderly"}
    assert list_empty_units(storage, "mellerud") == tuple(UNITS)


def test_what_lies_where_nobody_looks_is_counted(storage: Storage, rules: ApplicationRules) -> None:
    sent(storage, rules)
    assert count_unattended(storage) == {(KOMMUN, "elderly"): 1}
    assert count_unattended(storage, "mellerud") == {}
    give_units(storage, ADMINISTRATOR, "worker-1", ["elderly"], NOW)
    assert count_unattended(storage) == {}
