"""Changing keys: everything is sealed anew, and the old key then opens nothing."""

import pytest

from portal.actions.groups.places import my_place
from portal.actions.groups.signing_up import alert_me, sign_up
from portal.store.crypto import Unreadable
from portal.store.kept_key import new_key
from portal.store.keys import count_sealed, rotate
from portal.store.storage import Storage, open_storage
from tests.conftest import KEY
from tests.made_up_groups import NOW, published, request


def test_after_a_change_of_keys_only_the_new_one_is_needed_to_read(storage: Storage, database_url: str) -> None:
    group = published(storage, capacity=2, waiting_capacity=200)
    receipts = [sign_up(storage, group.id, request(who), NOW) for who in range(101)]
    alert_me(storage, group.id, "nyfiken@example.se", "sv", NOW)
    new = new_key()
    both, only_new = open_storage(database_url, [new, KEY]), open_storage(database_url, [new])
    assert count_sealed(both) == 203
    with pytest.raises(Unreadable):
        rotate(only_new)
    assert rotate(both) == 203
    assert rotate(only_new) == 203
    # The hash of the code was made with the old key; it is still found while that key is in the list.
    assert my_place(both, receipts[0].code, NOW).details == request(0).details
    with pytest.raises(Unreadable):
        my_place(storage, receipts[0].code, NOW)
    both.close()
    only_new.close()
