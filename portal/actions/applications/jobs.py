"""What runs by the clock for applications: takes away what is past keeping, with a log of it."""

from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from portal.actions.applications.by_staff import get_hers
from portal.actions.applications.units import count_unattended
from portal.domain.applications.forms import Form
from portal.domain.applications.handling import Handler
from portal.domain.applications.retention import Kept, deleted_on, may_be_sampled
from portal.domain.applications.rules import ApplicationRules
from portal.domain.applications.states import DRAFT_DAYS, ENDED, Application
from portal.domain.refusals import NotYetDeletable
from portal.store.applications import deletions
from portal.store.applications import stored as store
from portal.store.applications.deletions import Deletion
from portal.store.applications.keys import reindex
from portal.store.applications.stored import Stored
from portal.store.crypto import Unreadable
from portal.store.storage import Storage

JOBS = "jobs"
"""Who deletes by the clock, in the log."""

DRAFT = "draft"

LOOK_AGAIN = timedelta(days=1)
"""After it was seen that an application is kept: years of them are not opened every minute."""


@dataclass(frozen=True, slots=True)
class ApplicationsDone:
    """What a run did, as counts. unattended: in units that nobody handles; unreadable: those that no key opens;
    reindexed: those that an older version had made findable in its way.
    """

    drafts_deleted: int = 0
    applications_deleted: int = 0
    applications_unattended: int = 0
    applications_unreadable: int = 0
    applications_reindexed: int = 0

    @property
    def lines(self) -> tuple[str, ...]:
        """Return a line for each count."""
        return tuple(f"{field.name}: {getattr(self, field.name)}" for field in fields(self))


def run_application_jobs(storage: Storage, rules: ApplicationRules, now: datetime) -> ApplicationsDone:
    """Do what is due; safe to run twice, and in two places at once."""
    deleted, unreadable = _delete_ended(storage, rules, now)
    return ApplicationsDone(
        drafts_deleted=_delete_drafts(storage, rules, now),
        applications_deleted=deleted,
        applications_unattended=sum(count_unattended(storage).values()),
        applications_unreadable=unreadable,
        applications_reindexed=reindex(storage)[0],
    )


def delete_application(
    storage: Storage, rules: ApplicationRules, by: Handler, application_id: str, now: datetime
) -> None:
    """Take away an application of hers that a rule lets go now. Raise NotYetDeletable or NoSuchApplication."""
    with storage.database.transaction() as connection:
        stored = get_hers(storage, connection, by, application_id, "delete", now)
        if not _delete_if_due(connection, rules, stored, by.id, now):
            raise NotYetDeletable


def goes_on(rules: ApplicationRules, application: Application, form: Form) -> date | None:
    """Return the day from which an ended application goes; None while no rule lets it go."""
    found = _fate(rules, application, form)
    return None if found is None else found[0]


def goes_by(rules: ApplicationRules, application: Application, form: Form) -> str | None:
    """Return the id of the rule by which an ended application goes; None while no rule lets it go."""
    found = _fate(rules, application, form)
    return None if found is None else found[1]


def _delete_drafts(storage: Storage, rules: ApplicationRules, now: datetime) -> int:
    past = now - timedelta(days=DRAFT_DAYS)
    with storage.database.reading() as connection:
        ids = deletions.list_past_drafts(connection, past)
    deleted = 0
    for one in ids:
        with storage.database.transaction() as connection:
            deleted += _delete_draft(connection, rules, one, now)
    return deleted


def _delete_draft(connection: Connection, rules: ApplicationRules, application_id: str, now: datetime) -> bool:
    seen = store.lock_application(connection, application_id)
    # It may have been saved, or sent, since it was listed.
    if seen is None or not seen.is_past(now):
        return False
    paragraph = rules.keeping[DRAFT].paragraph
    count = deletions.count_files(connection, seen.id)
    log = Deletion(now, JOBS, seen.kommun, None, seen.kind, DRAFT, paragraph, count)
    deletions.delete_application(connection, seen.id, log)
    return True


def _delete_ended(storage: Storage, rules: ApplicationRules, now: datetime) -> tuple[int, int]:
    """Return how many were deleted, and how many could not be opened and so are kept."""
    with storage.database.reading() as connection:
        ids = deletions.list_ended(connection, now)
    deleted = unreadable = 0
    for one in ids:
        with storage.database.transaction() as connection:
            try:
                stored = store.find_by_id(storage, connection, one)
                if stored is not None and _delete_if_due(connection, rules, stored, JOBS, now):
                    deleted += 1
                else:
                    deletions.look_again(connection, one, now + LOOK_AGAIN)
            except Unreadable:
                unreadable += 1
    return deleted, unreadable


def _delete_if_due(connection: Connection, rules: ApplicationRules, stored: Stored, by: str, now: datetime) -> bool:
    application = stored.application
    found = _fate(rules, application, store.read_form(connection, stored))
    if found is None or found[0] > now.date():
        return False
    kind = rules.kinds[application.kind]
    rule = rules.keeping[kind.retention]
    count = deletions.count_files(connection, application.id)
    log = Deletion(
        now, by, application.kommun, application.reference, application.kind, found[1], rule.paragraph, count
    )
    deletions.delete_application(connection, application.id, log)
    return True


def _fate(rules: ApplicationRules, application: Application, form: Form) -> tuple[date, str] | None:
    kind = rules.kinds.get(application.kind)
    if kind is None or application.state not in ENDED or application.sent_at is None or application.ended_at is None:
        return None
    kommun = rules.kommuner.get(application.kommun)
    kept = Kept(
        application.sent_at.date(),
        application.ended_at.date(),
        application.exported_at.date() if application.is_exported and application.exported_at is not None else None,
        form.age,
        may_be_sampled(
            # What the portal does not know of a kommun it does not take away.
            keeps_all=kommun is None or kommun.keeps_all_for_research,
            stated=application.in_sample,
            numbers=form.numbers,
        ),
    )
    return deleted_on(rules.keeping[kind.retention], kept)
