"""Slowing those who guess codes, in one process as in another."""

from datetime import timedelta

from portal.domain.people.brakes import CODES_ALIKE
from portal.web.people.slowing import is_one_too_many
from tests.apps import create_app
from tests.conftest import Town, settings


def test_two_processes_count_together(town: Town) -> None:
    address = town.storage.database.url.render_as_string(hide_password=False)
    apps = [create_app(settings(database_url=address), clock=town.time) for _ in range(2)]
    told = []
    for number in range(CODES_ALIKE.most + 2):
        with apps[number % 2].app_context():
            told.append(is_one_too_many("KX4-7TM-9PR-2HC", town.time()))
    assert told == [False] * CODES_ALIKE.most + [True, True]
    with apps[0].app_context():
        assert not is_one_too_many("AAA-7TM-9PR-2HC", town.time())
    town.time.passes(minutes=CODES_ALIKE.within // timedelta(minutes=1))
    with apps[0].app_context():
        assert not is_one_too_many("KX4-7TM-9PR-2HC", town.time())
