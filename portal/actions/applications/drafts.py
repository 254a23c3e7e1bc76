"""What a resident does before an application is with the kommun: begin, pause, come back, send."""

from dataclasses import dataclass, replace
from datetime import datetime
from secrets import randbelow
from uuid import uuid4

from sqlalchemy import Connection

from portal.actions.applications.by_code import looked_at, opened
from portal.actions.counting.counters import count_now
from portal.domain.applications.forms import Form, only_asked, safe_draft
from portal.domain.applications.kinds import ApplicationKind
from portal.domain.applications.problems import problems_of, problems_of_draft
from portal.domain.applications.rules import ApplicationRules
from portal.domain.applications.states import Application, Deed, Identification, State, move
from portal.domain.applications.time_limits import Wait, waits
from portal.domain.counting.counters import application_came
from portal.domain.people.brakes import APPLICATIONS
from portal.domain.references import REFERENCES, code_from, reference_of
from portal.domain.refusals import ApplicationIsSent, BadApplication, BadDetails, NoSuchApplication, NotNow, SlowDown
from portal.store.applications import files
from portal.store.applications import stored as store
from portal.store.applications.deletions import forget
from portal.store.applications.files import FileInfo
from portal.store.applications.index import write_index
from portal.store.applications.stored import CODE, Stored
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
    """An application is on disk: its reference, the code that opens it, who gets it, and what happens by when."""

    reference: str
    code: str
    sent_at: datetime
    unit: str
    waits: tuple[Wait, ...]


def begin_application(
    storage: Storage, kommun: str, kind: ApplicationKind, form_key: str, lang: str, now: datetime
) -> Begun:
    """Begin a draft; the same form again gives the same draft and the same code."""
    with storage.database.transaction() as connection:
        stored, code = _begun(storage, connection, kommun, kind, form_key, lang, now)
    if stored.application.state is not State.DRAFT:
        raise ApplicationIsSent
    return Begun(code, stored.application.draft_ends_at)


def save_draft(storage: Storage, code: str, form: Form, now: datetime, *, lang: str | None = None) -> Draft:
    """Keep what is written so far, for 30 new days. Raise NoSuchApplication, ApplicationIsSent or BadApplication."""
    problems = problems_of_draft(form)
    if problems:
        raise BadApplication(problems)
    kept = safe_draft(form)
    with opened(storage, code, now) as (connection, stored):
        application = stored.application
        state = move(application.state, Deed.EDIT)
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
) -> Receipt:
    """Send a draft, as it was saved or as the form is now; it is on disk when this returns. Again: the same receipt.

    Raise BadApplication with every problem, or NoSuchApplication.
    """
    with opened(storage, code, now) as (connection, stored):
        application = _sent(storage, connection, rules, stored, form, identified, now)
        return _receipt(connection, rules, stored, application, now)


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
    """Send what was never kept as a draft; the same form again gives the same receipt. Raise BadApplication."""
    with storage.database.transaction() as connection:
        stored, _ = _begun(storage, connection, kommun, kind, form_key, lang, now)
        application = _sent(storage, connection, rules, stored, form, identified, now)
        return _receipt(connection, rules, stored, application, now)


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
) -> tuple[Stored, str]:
    """Return the application of a form, made now or before, locked, and its code."""
    check_key(form_key)
    hashes = store.form_hashes(storage, kommun, form_key)
    stored = store.find_by_form(storage, connection, hashes)
    if stored is None:
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
        code = code_from(storage.vault.raw_digests("code of application", f"{kommun} {form_key}")[0])
        store.add_draft(storage, connection, draft, code, hashes[0])
        stored = store.find_by_form(storage, connection, hashes)
    if stored is None or stored.application.is_past(now):
        raise NoSuchApplication
    return stored, store.read_own(connection, stored, CODE) or ""


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
    form = only_asked(store.read_form(connection, stored) if form is None else form, kind)
    problems = problems_of(form, kind)
    if problems:
        raise BadApplication(problems)
    if not press_within(storage, connection, APPLICATIONS, application.kommun, now):
        raise SlowDown
    after = replace(
        application,
        state=move(application.state, Deed.SEND),
        unit=kind.unit,
        version=application.version + 1,
        reference=_new_reference(connection),
        sent_at=now,
        changed_at=now,
        is_identified=identified is not None,
    )
    store.save(connection, after)
    store.write_form(connection, stored, form)
    write_index(storage, connection, after, form, None)
    count_now(connection, application.kommun, application_came(application.kind), now)
    if identified is not None:
        store.write_identified(storage, connection, stored, identified)
    return after


def _new_reference(connection: Connection) -> str:
    while True:
        reference = reference_of(randbelow(REFERENCES))
        if store.find_id_of_reference(connection, reference) is None:
            return reference


def _receipt(
    connection: Connection, rules: ApplicationRules, stored: Stored, application: Application, now: datetime
) -> Receipt:
    code = store.read_own(connection, stored, CODE) or ""
    limits = rules.limits_of(application.kind)
    assert application.reference is not None  # noqa: S101 - it is sent
    assert application.sent_at is not None  # noqa: S101 - it is sent
    found = waits(limits, application.sent_at, application.state, now)
    return Receipt(application.reference, code, application.sent_at, application.unit, found)
