"""Deleting takes everything of an application, and writes down that it did; looking again waits its turn."""

from datetime import timedelta

from sqlalchemy import select

from portal.actions.applications.attachments import add_file
from portal.actions.applications.following import withdraw
from portal.domain.applications.rules import ApplicationRules
from portal.store.applications import deletions
from portal.store.applications import tables as t
from portal.store.applications.deletions import Deletion
from portal.store.storage import Storage
from tests.made_up_applicants import KOMMUN, NOW, begun, id_of, picture, sent

OF_A_PERSON = (t.applications, t.fields, t.messages, t.files, t.chunks, t.index)


def test_everything_goes_and_the_log_stays(storage: Storage, rules: ApplicationRules) -> None:
    receipt = sent(storage, rules)
    add_file(storage, rules, receipt.code, "a.png", picture(), NOW)
    mine = id_of(storage, rules, receipt)
    log = Deletion(NOW, "jobs", KOMMUN, receipt.reference, "elderly", "exported", "16 kap. 1 §", 1)
    with storage.database.transaction() as connection:
        assert deletions.count_files(connection, mine) == 1
        deletions.delete_application(connection, mine, log)
        for table in OF_A_PERSON:
            assert connection.execute(select(table)).all() == []
    assert deletions.list_deletions(storage, KOMMUN) == (log,)
    assert deletions.list_deletions(storage, "mellerud") == ()


def test_only_drafts_are_past_and_only_what_ended_is_looked_at(storage: Storage, rules: ApplicationRules) -> None:
    begun(storage, rules, 1)
    sent(storage, rules, 2)
    ended = sent(storage, rules, 3)
    mine = id_of(storage, rules, ended)
    withdraw(storage, rules, ended.code, NOW)
    with storage.database.transaction() as connection:
        assert len(deletions.list_past_drafts(connection, NOW)) == 1
        assert deletions.list_past_drafts(connection, NOW - timedelta(seconds=1)) == ()
        assert deletions.list_ended(connection, NOW) == (mine,)
        deletions.look_again(connection, mine, NOW + timedelta(days=1))
        assert deletions.list_ended(connection, NOW) == ()
        assert deletions.list_ended(connection, NOW + timedelta(days=1)) == (mine,)
