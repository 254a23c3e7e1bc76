"""How many places one e-mail or number holds: few in a group, few in all, also when they are left again at once."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from portal.actions.groups.jobs import run_jobs
from portal.actions.groups.places import change_contact, withdraw
from portal.actions.groups.signing_up import alert_me, sign_up
from portal.domain.groups.details import Details, Request
from portal.domain.people.brakes import ALERTS, PLACES, PLACES_FOR, PLACES_IN_GROUP
from portal.domain.people.reach import ways_of
from portal.domain.refusals import SlowDown, TooManyPlaces
from portal.store.storage import Storage
from tests.domain.made_up import NOW, request
from tests.groups import MANY, put

STRANGER = "stranger@example.se"


def filled(number: object, email: str = STRANGER, phone: str = "") -> Request:
    """Return the form of somebody who gives a stranger's e-mail."""
    return request(number, details=Details(nickname="Exempel", email=email, phone=phone))


def groups(storage: Storage, number: int) -> list[str]:
    """Return the ids of groups with many places."""
    made = [replace(MANY, id=f"group-{one}") for one in range(number)]
    put(storage, made)
    return [one.id for one in made]


def test_one_e_mail_holds_few_places_in_a_group_and_few_in_all(storage: Storage) -> None:
    ids = groups(storage, 5)
    done = 0
    for group_id in ids:
        for number in range(PLACES_IN_GROUP + 1):
            try:
                sign_up(storage, group_id, filled(f"{group_id} {number}", STRANGER.upper()), NOW)
                done += 1
            except TooManyPlaces:
                assert number == PLACES_IN_GROUP or done == PLACES
    assert done == PLACES
    # Another is not hindered, and the same form again is the same sign-up.
    sign_up(storage, ids[0], request("another"), NOW)
    sign_up(storage, ids[0], filled(f"{ids[0]} 0"), NOW)


def test_a_number_is_the_same_however_it_is_typed(storage: Storage) -> None:
    (group_id,) = groups(storage, 1)
    assert ways_of("", "070-174 06 05") == ways_of("", "+46 70 174 06 05") == ways_of("", "0046701740605")
    for number, phone in enumerate(("070-174 06 05", "+46701740605", "(070) 174 06 05")):
        sign_up(storage, group_id, filled(number, "", phone), NOW)
    with pytest.raises(TooManyPlaces):
        sign_up(storage, group_id, filled("more", "", "0701740605"), NOW)


def test_who_leaves_again_and_again_sends_no_flood_of_mails(storage: Storage) -> None:
    (group_id,) = groups(storage, 1)
    codes = [sign_up(storage, group_id, filled(number), NOW).code for number in range(PLACES_IN_GROUP)]
    for code in codes:
        withdraw(storage, code, NOW)
    run_jobs(storage, NOW + timedelta(hours=1))
    with pytest.raises(TooManyPlaces):
        sign_up(storage, group_id, filled("again"), NOW)
    later = NOW + PLACES_FOR
    sign_up(storage, group_id, filled("the next day"), later)
    run_jobs(storage, later)
    with storage.database.reading() as connection:
        ways = connection.execute(text("SELECT way FROM sign_up_ways")).scalars().all()
    assert len(ways) == 1
    assert "stranger" not in str(ways)


def test_a_place_is_not_changed_to_a_stranger_s_address_either(storage: Storage) -> None:
    (group_id,) = groups(storage, 1)
    for number in range(PLACES_IN_GROUP):
        sign_up(storage, group_id, filled(number), NOW)
    code = sign_up(storage, group_id, request("another"), NOW).code
    with pytest.raises(TooManyPlaces):
        change_contact(storage, code, STRANGER, "", NOW)
    change_contact(storage, code, "another.one@example.se", "", NOW)


def test_one_e_mail_asks_for_few_alerts(storage: Storage) -> None:
    ids = groups(storage, ALERTS.most + 1)
    for group_id in ids[: ALERTS.most]:
        alert_me(storage, group_id, STRANGER, "sv", NOW)
    with pytest.raises(SlowDown):
        alert_me(storage, ids[-1], STRANGER, "sv", NOW)
    alert_me(storage, ids[-1], STRANGER, "sv", NOW + timedelta(days=1))
