"""The secret of a calendar that follows a place: the same each time, it opens the meetings and no details."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from portal.actions.groups.feeds import feed_of, place_of_feed
from portal.actions.groups.places import my_place
from portal.domain.refusals import NoSuchPlace
from portal.store.storage import Storage, open_storage
from tests import groups
from tests.groups import KEY, NOW, OFFERED, PLACED, WAITING


@pytest.fixture
def storage(database_url: str) -> Iterator[Storage]:
    """Return a storage with the made-up groups and those who have signed up, once of each kind."""
    found = open_storage(database_url, [KEY])
    groups.put(found)
    groups.fill(found)
    yield found
    found.close()


def test_a_place_has_one_secret_and_opens_its_meetings_without_details(storage: Storage) -> None:
    place = my_place(storage, PLACED.code, NOW)
    secret = feed_of(storage, place)
    assert feed_of(storage, place) == secret
    opened = place_of_feed(storage, secret, NOW)
    assert (opened.sign_up, opened.group, opened.details) == (place.sign_up, place.group, None)


def test_an_offer_that_has_ended_has_ended_in_its_calendar(storage: Storage) -> None:
    secret = feed_of(storage, my_place(storage, OFFERED.code, NOW))
    assert place_of_feed(storage, secret, NOW + timedelta(days=2)).sign_up.state == "lapsed"


def test_no_other_secret_opens_a_place(storage: Storage) -> None:
    mine, other = (feed_of(storage, my_place(storage, one.code, NOW)) for one in (PLACED, WAITING))
    crossed = f"{mine.partition('.')[0]}.{other.partition('.')[2]}"
    for secret in ("", ".", crossed, mine[:-1], mine.upper(), f"{mine}x", f"x{mine}", "é.é"):
        with pytest.raises(NoSuchPlace):
            place_of_feed(storage, secret, NOW)
