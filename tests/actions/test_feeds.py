"""The secret of a calendar that follows a place: the same each time, it opens the meetings and no details."""

import pytest

from portal.actions.feeds import feed_of, place_of_feed
from portal.actions.places import my_place
from portal.domain.refusals import NoSuchPlace
from tests.conftest import Town
from tests.groups import NOW, OFFERED, PLACED, WAITING


def test_a_place_has_one_secret_and_opens_its_meetings_without_details(town: Town) -> None:
    place = my_place(town.storage, PLACED.code, NOW)
    secret = feed_of(town.storage, place)
    assert feed_of(town.storage, place) == secret
    opened = place_of_feed(town.storage, secret, NOW)
    assert (opened.sign_up, opened.group, opened.details) == (place.sign_up, place.group, None)


def test_an_offer_that_has_ended_has_ended_in_its_calendar(town: Town) -> None:
    secret = feed_of(town.storage, my_place(town.storage, OFFERED.code, NOW))
    town.time.passes(days=2)
    assert place_of_feed(town.storage, secret, town.time()).sign_up.state == "lapsed"


def test_no_other_secret_opens_a_place(town: Town) -> None:
    mine, other = (feed_of(town.storage, my_place(town.storage, one.code, NOW)) for one in (PLACED, WAITING))
    crossed = f"{mine.partition('.')[0]}.{other.partition('.')[2]}"
    for secret in ("", ".", crossed, mine[:-1], mine.upper(), f"{mine}x", f"x{mine}", "é.é"):
        with pytest.raises(NoSuchPlace):
            place_of_feed(town.storage, secret, NOW)
