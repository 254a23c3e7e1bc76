"""Who wants to know when a group comes that she wished for: once for each wish, and gone when told or after a year."""

from datetime import timedelta

from sqlalchemy import select, update

from portal.domain.people.letters import Letter
from portal.store.groups import tables as m
from portal.store.groups.wish_alerts import add_wish_alert, forget_wish_alerts, take_mails
from portal.store.storage import Storage
from tests.made_up_groups import NOW, published


def test_the_same_email_is_told_once_and_a_damaged_row_stops_nobody(storage: Storage) -> None:
    group = published(storage)
    wish = (group.kommun, group.insats, group.languages[0])
    for email in ("a@example.se", " A@example.se", "b@example.se"):
        add_wish_alert(storage, wish, email, "so", NOW)
    with storage.database.transaction() as connection:
        rows = connection.execute(select(m.wish_alerts)).all()
        assert len(rows) == 2
        moved = update(m.wish_alerts).where(m.wish_alerts.c.email == rows[0].email)
        connection.execute(moved.values(sealed=rows[1].sealed))  # what is sealed for one row opens in no other
        (mail,) = take_mails(storage, connection, group)
        assert take_mails(storage, connection, group) == []
    assert (mail.letter, mail.lang, mail.gaps["group"]) == (Letter.WISHED, "so", group.id)


def test_who_waits_longer_is_forgotten(storage: Storage) -> None:
    add_wish_alert(storage, ("solbacka", "kurs", "ti"), "a@example.se", "ti", NOW)
    with storage.database.transaction() as connection:
        assert forget_wish_alerts(connection, NOW) == 0
        assert forget_wish_alerts(connection, NOW + timedelta(seconds=1)) == 1
