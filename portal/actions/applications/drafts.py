"""What a resident does before an application is with the kommun: begin, pause, come back, send."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid4

from sqlalchemy import Connection

from portal.actions.applications.by_code import check_seen, looked_at, opened
from portal.actions.counting.counters import count_now
from portal.domain.applications.forms import Form, only_asked, safe_draft
from portal.domain.applications.identified import is_about
from portal.domain.applications.kinds import ApplicationKind
from portal.domain.applications.problems import problems_of, problems_of_draft
from portal.domain.applications.rules import ApplicationRules
from portal.domain.applications.states import Application, Deed, Identification, State, move
from portal.domain.applications.time_limits import Wait, waits
from portal.domain.counting.counters import application_came
from portal.domain.people.brakes import APPLICATIONS
from portal.domain.references import new_code
from portal.domain.refusals import (
    ApplicationIsSent,
    BadApplication,
    BadDetails,
    FilesAreWaiting,
    NoSuchApplication,
    NotNow,
    SlowDown,
)
from portal.store.applications import files as files
from portal.store.applications import stored as store
from portal.store.applications.deletions import forget
from portal.store.applications.files import FileInfo
from portal.store.applications.index import write_index
from portal.store.applications.stored import Stored
from portal.store.applications.waiting_files import count_waiting
from portal.store.people.brakes import press_within
from portal.store.storage import Storage

LONGEST_KEY = 200


@dataclass(frozen=True, slots=True)
class Begun:
    """A draft that has begun: the code that opens it, and when it is gone unless it changes."""

    code: str
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as the one who has its code sees it."""

    application: Application
    form: Form
    files: tuple[FileInfo, ...]
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Receipt:
    """An application is on disk: its reference, who gets it, what happens by when, and where it is now.

    `code` opens it: told to who sent it, or who has it already; None for a form that was sent before.
    """

    reference: str
    code: str | None
    sent_at: datetime
    unit: str
    waits: tuple[Wait, ...]
    state: State = State.SENT


def begin_application(
    storage: Storage, kommun: str, kind: ApplicationKind, form_key: str, lang: str, now: datetime
) -> Begun:
    """Begin a draft. A form that is kept twice makes two, each with a code of its own: no form opens what is kept.

    Raise ApplicationIsSent for a form that was sent.
    """
    with storage.database.transaction() as connection:
        stored, code = _begun(storage, connection, kommun, kind, form_key, lang, now)
        if stored.application.state is not State.DRAFT:
            raise ApplicationIsSent
        if code is None:
            stored, code = _made(storage, connection, kommun, kind, f"{form_key} {uuid4().hex}", lang, now)
    assert code is not None  # noqa: S101 - nobody else can have made that draft
    return Begun(code, stored.application.draft_ends_at)


def save_draft(
    storage: Storage, code: str, form: Form, now: datetime, *, lang: str | None = None, seen: str | None = None
) -> Draft:
    """Keep what is written so far, for 30 new days; seen: the mark of the version that the page was made from.

    Raise NoSuchApplication, ApplicationIsSent, BadApplication or ChangedMeanwhile.
    """
    problems = problems_of_draft(form)
    if problems:
        raise BadApplication(problems)
    kept = safe_draft(form)
    with opened(storage, code, now) as (connection, stored):
        application = stored.application
        state = move(application.state, Deed.EDIT)
        check_seen(connection, stored, seen, kept)
        after = replace(application, state=state, changed_at=now, lang=lang or application.lang)
        store.save(connection, after)
        store.write_form(connection, stored, kept)
        infos = files.list_infos(connection, stored)
    return Draft(after, kept, infos, after.draft_ends_at)


def open_draft(storage: Storage, code: str, now: datetime) -> Draft:
    """Return a draft to go on with; raise NoSuchApplication, or ApplicationIsSent when it is none any more."""
    with looked_at(storage, code, now) as (connection, stored):
        application = stored.application
        move(application.state, Deed.EDIT)
        form = store.read_form(connection, stored)
        return Draft(application, form, files.list_infos(connection, stored), application.draft_ends_at)


def discard_draft(storage: Storage, code: str, now: datetime) -> None:
    """Take away a draft and everything in it at once. Raise NoSuchApplication or ApplicationIsSent."""
    with opened(storage, code, now) as (connection, stored):
        move(stored.application.state, Deed.EDIT)
        forget(connection, stored.application.id)


def send(
    storage: Storage,
    rules: ApplicationRules,
    code: str,
    now: datetime,
    *,
    form: Form | None = None,
    identified: Identification | None = None,
    seen: str | None = None,
) -> Receipt:
    """Send a draft, as it was saved or as the form is now; it is on disk when this returns. Again: the same receipt.

    Raise BadApplication with every problem, NoSuchApplication, or ChangedMeanwhile where it is newer than `seen`.
    """
    with opened(storage, code, now) as (connection, stored):
        if stored.application.state is State.DRAFT:
            check_seen(connection, stored, seen)
        application = _sent(storage, connection, rules, stored, form, identified, now)
        return _receipt(rules, application, code, now)


def send_at_once(
    storage: Storage,
    rules: ApplicationRules,
    kommun: str,
    kind: ApplicationKind,
    form_key: str,
    form: Form,
    lang: str,
    now: datetime,
    *,
    identified: Identification | None = None,
) -> Receipt:
    """Send what was never kept as a draft. The same form again sends nothing, and is told no code: where it is now.

    Raise BadApplication, or NoSuchApplication for one that is gone.
    """
    with storage.database.transaction() as connection:
        stored, code = _begun(storage, connection, kommun, kind, form_key, lang, now)
        if code is None and stored.application.state is State.DRAFT:
            # She paused with this form and sends it now from a page without the code: the draft stays as it is.
            stored, code = _made(storage, connection, kommun, kind, _sent_again(form_key), lang, now)
        application = _sent(storage, connection, rules, stored, form, identified, now)
        return _receipt(rules, application, code, now)


def is_sent(storage: Storage, kommun: str, form_key: str) -> bool:
    """Return whether a form has become an application that the kommun has."""
    check_key(form_key)
    keys = (form_key, _sent_again(form_key))
    with storage.database.transaction() as connection:
        found = [
            store.find_by_form(storage, connection, hashes)
            for hashes in (store.form_hashes(storage, kommun, key) for key in keys)
        ]
    return any(stored is not None and stored.application.state is not State.DRAFT for stored in found)


def _sent_again(form_key: str) -> str:
    """Return what stands for a form that is sent without the code of the draft that it became first."""
    return f"{form_key} sent"


def check_key(form_key: str) -> None:
    """Raise BadDetails for a form's key that is none."""
    if not 0 < len(form_key) <= LONGEST_KEY:
        raise BadDetails(("form_key",))


def _begun(
    storage: Storage,
    connection: Connection,
    kommun: str,
    kind: ApplicationKind,
    form_key: str,
    lang: str,
    now: datetime,
) -> tuple[Stored, str | None]:
    """Return the application of a form, locked, and its code where it is made now; raise NoSuchApplication."""
    check_key(form_key)
    stored, code = _made(storage, connection, kommun, kind, form_key, lang, now)
    if stored.application.is_past(now):
        raise NoSuchApplication
    return stored, code


def _made(
    storage: Storage,
    connection: Connection,
    kommun: str,
    kind: ApplicationKind,
    form_key: str,
    lang: str,
    now: datetime,
) -> tuple[Stored, str | None]:
    hashes = store.form_hashes(storage, kommun, form_key)
    known = store.find_by_form(storage, connection, hashes)
    if known is not None:
        return known, None
    draft = Application(
        id=uuid4().hex,
        kommun=kommun,
        unit=kind.unit,
        kind=kind.id,
        state=State.DRAFT,
        lang=lang,
        version=0,
        made_at=now,
        changed_at=now,
    )
    code = new_code()
    is_new = store.add_draft(storage, connection, draft, code, hashes[0])
    stored = store.find_by_form(storage, connection, hashes)
    if stored is None:
        raise NoSuchApplication
    return stored, code if is_new else None


def _sent(
    storage: Storage,
    connection: Connection,
    rules: ApplicationRules,
    stored: Stored,
    form: Form | None,
    identified: Identification | None,
    now: datetime,
) -> Application:
    application = stored.application
    if application.state is not State.DRAFT:
        return application
    kind = rules.kinds.get(application.kind)
    if kind is None or application.kommun not in rules.kommuner:
        raise NotNow  # nobody would ever read it
    if count_waiting(connection, application.id):
        raise FilesAreWaiting
    form = only_asked(store.read_form(connection, stored) if form is None else form, kind)
    problems = problems_of(form, kind)
    if problems:
        raise BadApplication(problems)
    if identified is not None and not is_about(identified, form):
        identified = None  # somebody else's: the page has said so
    if not press_within(storage, connection, APPLICATIONS, application.kommun, now):
        raise SlowDown
    after = replace(
        application,
        state=move(application.state, Deed.SEND),
        unit=kind.unit,
        version=application.version + 1,
        reference=store.new_reference(connection),
        sent_at=now,
        changed_at=now,
        is_identified=identified is not None,
    )
    store.save(connection, after)
    store.write_form(connection, stored, form)
    write_index(storage, connection, after, form, None)
    count_now(connection, application.kommun, application_came(application.kind), now)
    if identified is not None:
        store.write_identified(connection, stored, identified)
    return after


def _receipt(rules: ApplicationRules, application: Application, code: str | None, now: datetime) -> Receipt:
    limits = rules.limits_of(application.kind)
    assert application.reference is not None  # noqa: S101 - it is sent
    assert application.sent_at is not None  # noqa: S101 - it is sent
    found = waits(limits, application.sent_at, application.state, now)
    return Receipt(application.reference, code, application.sent_at, application.unit, found, application.state)
