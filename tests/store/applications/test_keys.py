"""Keys change and nothing is lost; keys are lost and the recovery key brings everything back."""

from collections.abc import Iterator

import pytest
from sqlalchemy import delete, update

from portal.actions.applications.attachments import add_file
from portal.actions.applications.drafts import Receipt, begin_application, open_draft, save_draft
from portal.actions.applications.following import status_of
from portal.actions.applications.handling import set_case_number
from portal.actions.applications.inbox import find_applications, open_application, open_file
from portal.domain.applications.rules import ApplicationRules
from portal.domain.refusals import NoSuchApplication
from portal.store.applications import tables as t
from portal.store.applications.keys import Recovered, count_without_recovery, recover, reindex, rotate_applications
from portal.store.crypto import Unreadable
from portal.store.kept_key import new_key
from portal.store.recovery import RecoverySecret, new_recovery_key
from portal.store.storage import Storage
from tests.conftest import KEY, open_storage
from tests.made_up_applicants import KOMMUN, NOW, WORKER, form, id_of, picture, sent

PUBLIC, SECRET = new_recovery_key()


@pytest.fixture
def kept(database_url: str) -> Iterator[Storage]:
    """Return a storage with a recovery key."""
    found = open_storage(database_url, [KEY], PUBLIC)
    yield found
    found.close()


def written(storage: Storage, rules: ApplicationRules) -> tuple[Receipt, str, str]:
    """Write an application with a file, and a draft; return the receipt, the file's id and the draft's code."""
    receipt = sent(storage, rules)
    info = add_file(storage, rules, receipt.code, "brev.png", picture(), NOW)
    set_case_number(storage, WORKER, id_of(storage, rules, receipt), "SN 1", NOW)
    draft = begin_application(storage, KOMMUN, rules.kinds["elderly"], "draft", "ar", NOW).code
    save_draft(storage, draft, form(), NOW)
    return receipt, info.id, draft


def assert_all_there(storage: Storage, rules: ApplicationRules, was: tuple[Receipt, str, str]) -> None:
    """Assert that everything opens: for staff, by code, by name, number and case number, and the file."""
    receipt, file_id, draft = was
    mine = id_of(storage, rules, receipt)
    opened = open_application(storage, rules, WORKER, mine, NOW)
    assert (opened.form, opened.case_number) == (form(), "SN 1")
    assert open_file(storage, WORKER, mine, file_id, NOW).content
    assert status_of(storage, rules, receipt.code, NOW).application.reference == receipt.reference
    assert open_draft(storage, draft, NOW).form == form()
    for typed in ("Vipansson", "850101-2382", "SN 1"):
        assert [one.application.id for one in find_applications(storage, rules, WORKER, typed, NOW)] == [mine]


def test_after_rotation_the_old_key_is_needed_no_more(
    kept: Storage, rules: ApplicationRules, database_url: str
) -> None:
    was, fresh = written(kept, rules), new_key()
    both = open_storage(database_url, [fresh, KEY], PUBLIC)
    assert_all_there(both, rules, was)
    assert rotate_applications(both) == (2, 0)
    alone = open_storage(database_url, [fresh], PUBLIC)
    assert_all_there(alone, rules, was)
    old = open_storage(database_url, [KEY], PUBLIC)
    with pytest.raises(NoSuchApplication):
        status_of(old, rules, was[0].code, NOW)
    for one in (both, alone, old):
        one.close()


def test_rotation_leaves_what_does_not_open_as_it_is(kept: Storage, rules: ApplicationRules, database_url: str) -> None:
    was = written(kept, rules)
    keyless = open_storage(database_url, [new_key()], PUBLIC)
    assert rotate_applications(keyless) == (0, 2)
    assert_all_there(kept, rules, was)
    keyless.close()


def test_with_every_key_lost_the_recovery_key_brings_everything_back(
    kept: Storage, rules: ApplicationRules, database_url: str
) -> None:
    was = written(kept, rules)
    lost = open_storage(database_url, [new_key()], PUBLIC)
    with pytest.raises(Unreadable):
        open_application(lost, rules, WORKER, id_of(lost, rules, was[0]), NOW)
    wrong = RecoverySecret(new_recovery_key()[1])
    assert recover(lost, wrong) == Recovered(lost=2)
    assert recover(lost, RecoverySecret(SECRET)) == Recovered(opened=2)
    assert_all_there(lost, rules, was)
    assert recover(lost, RecoverySecret(SECRET)) == Recovered(untouched=2)
    lost.close()


def test_what_came_before_the_recovery_key_is_sealed_for_it_by_rotation(
    storage: Storage, rules: ApplicationRules, database_url: str
) -> None:
    was = written(storage, rules)
    assert count_without_recovery(storage) == 2
    later = open_storage(database_url, [KEY], PUBLIC)
    assert count_without_recovery(later) == 2
    lost = open_storage(database_url, [new_key()], PUBLIC)
    assert recover(lost, RecoverySecret(SECRET)) == Recovered(lost=2)
    rotate_applications(later)
    assert count_without_recovery(later) == 0
    # A rotation without the recovery key takes nothing of it away.
    rotate_applications(storage)
    assert recover(lost, RecoverySecret(SECRET)) == Recovered(opened=2)
    assert_all_there(lost, rules, was)
    for one in (later, lost):
        one.close()


def _as_an_older_version_left_it(storage: Storage) -> None:
    """Take away by what applications are found, as if another version had found them by something else."""
    with storage.database.transaction() as connection:
        connection.execute(delete(t.index))
        connection.execute(update(t.applications).values(compared=0))


def test_what_an_older_version_made_findable_is_made_anew_once(
    storage: Storage, rules: ApplicationRules, database_url: str
) -> None:
    was = written(storage, rules)
    assert reindex(storage) == (0, 0)
    _as_an_older_version_left_it(storage)
    assert find_applications(storage, rules, WORKER, "Vipansson", NOW) == ()
    stranger = open_storage(database_url, [new_key()])
    assert reindex(stranger) == (0, 1), "what no key opens stays as it is, and is tried again"
    stranger.close()
    assert reindex(storage) == (1, 0), "a draft is found by nobody"
    assert reindex(storage) == (0, 0)
    assert_all_there(storage, rules, was)
    assert find_applications(storage, rules, WORKER, "KANARIEFAGEL", NOW)


def test_many_are_made_findable_a_few_at_a_time(storage: Storage, rules: ApplicationRules) -> None:
    for who in range(3):
        sent(storage, rules, who)
    _as_an_older_version_left_it(storage)
    assert reindex(storage, at_once=2) == (3, 0)
