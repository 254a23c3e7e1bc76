"""Wishes counted in the database, one for each form."""

from portal.domain.groups.wishes import Wish, Wished
from portal.store.groups.wishes import add_wish, list_wishes
from portal.store.storage import Storage
from tests.made_up_groups import NOW

WISH = Wish("kurs", "ti", "evening")


def test_wishes_are_counted_by_what_is_wished(storage: Storage) -> None:
    for number in range(6):
        add_wish(storage, "solbacka", WISH, f"form {number}", NOW.date())
        add_wish(storage, "granby", WISH, f"form of granby {number % 4}", NOW.date())
    add_wish(storage, "solbacka", Wish("kurs", "so", "evening"), "another form", NOW.date())
    assert list_wishes(storage, "solbacka") == (Wished(WISH, 6),)
    assert list_wishes(storage, "granby") == ()
