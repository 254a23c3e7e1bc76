"""What is due, and what goes: thirty days after the last meeting nothing points at a person, and the counts remain."""

from datetime import timedelta

from sqlalchemy import select

from portal.actions.groups import leading
from portal.actions.groups.places import my_place, withdraw
from portal.actions.groups.signing_up import hold, sign_up
from portal.domain.groups.deciding import HOLD
from portal.domain.groups.details import Details
from portal.store.groups import tables as m
from portal.store.groups.keeping import count_active, count_persons, forget_persons, is_told, list_due, list_unsettled
from portal.store.storage import Storage
from tests.made_up_groups import FIRST, LEADER, NOW, published, request

DAY = timedelta(days=1)


def test_a_group_is_unsettled_when_something_has_ended_or_somebody_waits(storage: Storage) -> None:
    quiet, holding, waiting = published(storage), published(storage), published(storage, capacity=1)
    sign_up(storage, quiet.id, request(), NOW)
    hold(storage, holding.id, "a form", 1, NOW)
    for who in (1, 2):
        sign_up(storage, waiting.id, request(who), NOW)
    with storage.database.reading() as connection:
        assert list_unsettled(connection, NOW) == (waiting.id,)
        assert set(list_unsettled(connection, NOW + HOLD)) == {holding.id, waiting.id}
        assert list_unsettled(connection, FIRST) == (holding.id,)


def test_who_has_a_place_in_a_meeting_that_is_near_is_due(storage: Storage) -> None:
    group = published(storage, capacity=1)
    placed, _ = (sign_up(storage, group.id, request(who), NOW) for who in (1, 2))
    with storage.database.reading() as connection:
        assert list_due(connection, FIRST - 2 * DAY, DAY) == ()
        (due,) = list_due(connection, FIRST - DAY, DAY)
        assert (due.session_id, due.starts_at, due.kommun) == (group.sessions[0].id, FIRST, "solbacka")
        assert due.sign_up_id == my_place(storage, placed.code, NOW).sign_up.id
        assert [one.session_id for one in list_due(connection, FIRST, timedelta(weeks=2))] == [
            one.id for one in group.sessions[1:3]
        ]
    leading.cancel_session(storage, LEADER, group.id, group.sessions[0].id, NOW)
    with storage.database.reading() as connection:
        assert list_due(connection, FIRST - DAY, DAY) == ()
        assert not is_told(connection, "reminder")


def test_after_keeping_nothing_points_at_a_person_and_the_counts_remain(storage: Storage) -> None:
    over, coming = published(storage), published(storage)
    receipts = [sign_up(storage, over.id, request(who), NOW) for who in (1, 2, 3)]
    sign_up(storage, over.id, request(4, details=Details(nickname="Exempel", phone="070-174 06 05")), NOW)
    withdraw(storage, receipts[0].code, NOW)
    sign_up(storage, coming.id, request(5), NOW)
    with storage.database.transaction() as connection:
        assert count_persons(connection) == 4
        assert forget_persons(connection, over.ends_at - timedelta(seconds=1)) == 0
        connection.execute(m.groups.update().where(m.groups.c.id == coming.id).values(ends_at=over.ends_at + DAY))
        assert forget_persons(connection, over.ends_at) == 4
        assert forget_persons(connection, over.ends_at) == 0
        assert count_persons(connection) == 1
        assert count_active(connection, over.id) == 3
        rows = connection.execute(select(m.sign_ups).where(m.sign_ups.c.group_id == over.id)).all()
    assert sorted(row.state for row in rows) == ["placed", "placed", "placed", "withdrawn"]
    assert {(row.sealed, row.code, row.form_key) for row in rows} == {(None, None, None)}
