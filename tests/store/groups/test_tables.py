"""The tables of groups: what no group and no sign-up can be is refused by the database itself."""

import pytest
from sqlalchemy import exc, update

from portal.store.groups.tables import groups, sign_ups
from portal.store.storage import Storage
from tests.domain.made_up import NOW
from tests.made_up_groups import published


@pytest.mark.parametrize("wrong", [{"state": "open"}, {"offer_policy": "never"}, {"capacity": 0}], ids=str)
def test_a_group_is_in_a_known_state_and_has_room(storage: Storage, wrong: dict[str, object]) -> None:
    published(storage)
    with pytest.raises(exc.IntegrityError), storage.database.transaction() as connection:
        connection.execute(update(groups).values(**wrong))


@pytest.mark.parametrize("wrong", [{"state": "lost"}, {"seats": 3}, {"group_id": "none"}], ids=str)
def test_a_sign_up_is_for_one_or_two_in_a_group_that_is(storage: Storage, wrong: dict[str, object]) -> None:
    group = published(storage)
    row = {"id": "a", "group_id": group.id, "state": "placed", "seats": 1, "line": 1, "lang": "sv"}
    with pytest.raises(exc.IntegrityError), storage.database.transaction() as connection:
        connection.execute(sign_ups.insert(), {**row, "made_at": NOW, "changed_at": NOW, **wrong})
