"""Who wants to know when a place is free: once for each group, and gone when it begins."""

from portal.store.groups.alerts import add_alert, count_alerts, forget_begun, list_alerted_groups, mails_of
from portal.store.storage import Storage
from tests.made_up_groups import FIRST, NOW, published


def test_the_same_email_is_kept_once_for_each_group(storage: Storage) -> None:
    one, other = published(storage), published(storage)
    for group_id, email in ((one.id, "a@example.se"), (one.id, " A@example.se"), (other.id, "a@example.se")):
        add_alert(storage, group_id, email, "so", NOW)
    with storage.database.reading() as connection:
        assert count_alerts(connection, one.id) == 1
        assert sorted(list_alerted_groups(connection)) == sorted((one.id, other.id))
        (mail,) = mails_of(storage, connection, one.id, "solbacka").values()
    assert (mail.to, mail.lang, mail.gaps["group"]) == ("a@example.se", "so", one.id)


def test_who_waits_for_a_group_that_begins_is_forgotten(storage: Storage) -> None:
    group = published(storage)
    add_alert(storage, group.id, "a@example.se", "sv", NOW)
    with storage.database.transaction() as connection:
        assert forget_begun(connection, NOW) == 0
        assert forget_begun(connection, FIRST) == 1
