"""What runs by the clock: what is past keeping goes, with a log; what may not go stays."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from portal.actions.applications.attachments import add_file
from portal.actions.applications.drafts import open_draft, save_draft
from portal.actions.applications.exporting import confirm_export
from portal.actions.applications.following import status_of, withdraw
from portal.actions.applications.handling import close
from portal.actions.applications.inbox import open_application
from portal.actions.applications.jobs import delete_application, goes_on, run_application_jobs
from portal.domain.applications.rules import ApplicationRules
from portal.domain.applications.states import State
from portal.domain.refusals import NoSuchApplication, NotYetDeletable
from portal.store.applications import tables as t
from portal.store.applications.deletions import list_deletions
from portal.store.kept_key import new_key
from portal.store.storage import Storage
from tests.conftest import open_storage
from tests.made_up_applicants import ELSEWHERE, KOMMUN, NOW, WORKER, begun, form, id_of, picture, sent

YEARS = timedelta(days=365 * 5 + 2)


def ended(storage: Storage, rules: ApplicationRules, who: object = 1, **changes: object) -> tuple[str, str]:
    """Return the id and the code of an application that is closed."""
    receipt = sent(storage, rules, who, **changes)
    mine = id_of(storage, rules, receipt)
    open_application(storage, rules, WORKER, mine, NOW)
    close(storage, WORKER, mine, NOW)
    return mine, receipt.code


def rows(storage: Storage) -> int:
    """Return how many rows there are of applications and all that is in them."""
    with storage.database.reading() as connection:
        tables = (t.applications, t.fields, t.messages, t.files, t.chunks, t.index)
        return sum(len(connection.execute(table.select()).all()) for table in tables)


def test_a_draft_goes_after_thirty_days_with_its_files(storage: Storage, rules: ApplicationRules) -> None:
    code, other = begun(storage, rules, 1), begun(storage, rules, 2)
    add_file(storage, rules, code, "a.png", picture(), NOW)
    save_draft(storage, other, form(), NOW + timedelta(days=1))
    late = NOW + timedelta(days=30)
    assert run_application_jobs(storage, rules, late - timedelta(seconds=1)).drafts_deleted == 0
    assert run_application_jobs(storage, rules, late).drafts_deleted == 1
    assert run_application_jobs(storage, rules, late).drafts_deleted == 0
    assert open_draft(storage, other, late).form == form()
    (log,) = list_deletions(storage, KOMMUN)
    assert (log.rule, log.files, log.by, log.reference) == ("draft", 1, "jobs", None)
    assert log.paragraph == "artikel 5.1 e dataskyddsförordningen"


def test_what_the_case_system_has_goes_thirty_days_after_it_ended(storage: Storage, rules: ApplicationRules) -> None:
    mine, code = ended(storage, rules)
    confirm_export(storage, WORKER, mine, 99, NOW + timedelta(days=2))
    last = NOW + timedelta(days=32)
    assert run_application_jobs(storage, rules, last - timedelta(days=1)).applications_deleted == 0
    assert run_application_jobs(storage, rules, last).applications_deleted == 1
    assert rows(storage) == 0
    with pytest.raises(NoSuchApplication):
        status_of(storage, rules, code, last)
    (log,) = list_deletions(storage, KOMMUN)
    assert (log.rule, log.paragraph, log.kind) == ("exported", "16 kap. 1 §", "elderly")
    assert log.reference is not None


def test_what_the_case_system_does_not_have_whole_is_kept(storage: Storage, rules: ApplicationRules) -> None:
    receipt = sent(storage, rules)
    mine = id_of(storage, rules, receipt)
    confirm_export(storage, WORKER, mine, 1, NOW)
    withdraw(storage, rules, receipt.code, NOW)
    assert run_application_jobs(storage, rules, NOW + timedelta(days=400)).applications_deleted == 0


@pytest.mark.parametrize(("number", "goes"), [("850101-2382", True), ("", False), ("850105-2388", False)])
def test_without_export_it_goes_by_its_rule_unless_research_may_keep_it(
    storage: Storage, rules: ApplicationRules, number: str, goes: bool
) -> None:
    mine, _ = ended(storage, rules, number=number)
    opened = open_application(storage, rules, WORKER, mine, NOW)
    assert goes_on(rules, opened.application, opened.form) == (date(2031, 11, 24) if goes else None)
    assert run_application_jobs(storage, rules, NOW + YEARS).applications_deleted == goes


def test_what_staff_know_of_the_day_of_birth_counts(storage: Storage, rules: ApplicationRules) -> None:
    receipt = sent(storage, rules, number="")
    mine = id_of(storage, rules, receipt)
    open_application(storage, rules, WORKER, mine, NOW)
    close(storage, WORKER, mine, NOW, in_sample=False)
    assert run_application_jobs(storage, rules, NOW + YEARS).applications_deleted == 1


def test_linkoping_keeps_everything_that_is_not_exported(storage: Storage, rules: ApplicationRules) -> None:
    assert rules.kommuner["linkoping"].keeps_all_for_research
    assert not rules.kommuner["lekeberg"].keeps_all_for_research
    mine, _ = ended(storage, rules)
    lekeberg = replace(rules.kommuner[KOMMUN], keeps_all_for_research=True)
    keeping = replace(rules, kommuner={KOMMUN: lekeberg})
    without = replace(rules, kommuner={})
    for known in (keeping, without):
        assert run_application_jobs(storage, known, NOW + 10 * YEARS).applications_deleted == 0
    later = NOW + 20 * YEARS
    assert run_application_jobs(storage, rules, later).applications_deleted == 1
    assert mine


def test_what_goes_on_is_never_deleted(storage: Storage, rules: ApplicationRules) -> None:
    receipt = sent(storage, rules)
    mine = id_of(storage, rules, receipt)
    confirm_export(storage, WORKER, mine, 99, NOW)
    done = run_application_jobs(storage, rules, NOW + 20 * YEARS)
    assert (done.applications_deleted, done.applications_unattended) == (0, 1)
    assert status_of(storage, rules, receipt.code, NOW).state is State.SENT
    opened = open_application(storage, rules, WORKER, mine, NOW)
    assert goes_on(rules, opened.application, opened.form) is None


def test_a_case_worker_deletes_what_a_rule_lets_go_and_nothing_else(storage: Storage, rules: ApplicationRules) -> None:
    mine, _ = ended(storage, rules)
    confirm_export(storage, WORKER, mine, 99, NOW)
    with pytest.raises(NotYetDeletable):
        delete_application(storage, rules, WORKER, mine, NOW + timedelta(days=29))
    with pytest.raises(NoSuchApplication):
        delete_application(storage, rules, ELSEWHERE, mine, NOW + timedelta(days=30))
    delete_application(storage, rules, WORKER, mine, NOW + timedelta(days=30))
    assert [log.by for log in list_deletions(storage, KOMMUN)] == ["worker-1"]
    assert rows(storage) == 0


def test_what_no_key_opens_is_counted_and_kept(storage: Storage, rules: ApplicationRules, database_url: str) -> None:
    ended(storage, rules)
    keyless = open_storage(database_url, [new_key()])
    for _ in range(2):
        done = run_application_jobs(keyless, rules, NOW + YEARS)
        assert (done.applications_deleted, done.applications_unreadable) == (0, 1)
    keyless.close()
    assert run_application_jobs(storage, rules, NOW + YEARS).applications_deleted == 1
