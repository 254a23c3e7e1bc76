"""What a resident does with an application that is with the kommun: look where it is, add, withdraw, print."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from portal.actions.applications.by_code import add_to, looked_at, opened
from portal.actions.applications.drafts import check_key
from portal.actions.counting.counters import count_now
from portal.domain.applications.forms import Form
from portal.domain.applications.messages import Message, What, is_bad_text
from portal.domain.applications.rules import ApplicationRules
from portal.domain.applications.states import Application, Deed, State, can, move
from portal.domain.applications.time_limits import Wait, waits
from portal.domain.counting.counters import WITHDRAWN, application_ended
from portal.domain.refusals import BadMessage
from portal.store.applications import files
from portal.store.applications import stored as store
from portal.store.applications.files import FileInfo
from portal.store.applications.messages import add_message, is_added, list_messages, new_message_id
from portal.store.applications.stored import Stored
from portal.store.storage import Storage


@dataclass(frozen=True, slots=True)
class Status:
    """Where an application is; never what was decided. `asked` is what staff asked for last, while it is unanswered."""

    application: Application
    asked: Message | None
    can_add: bool
    can_withdraw: bool
    waits: tuple[Wait, ...]

    @property
    def state(self) -> State:
        """Return where it is."""
        return self.application.state


@dataclass(frozen=True, slots=True)
class Copy:
    """Everything that the applicant has written and been told, to print. Staff's notes are not in it."""

    application: Application
    form: Form
    files: tuple[FileInfo, ...]
    messages: tuple[Message, ...]


def status_of(storage: Storage, rules: ApplicationRules, code: str, now: datetime) -> Status:
    """Return where the application of a code is, also a draft. Raise NoSuchApplication."""
    with looked_at(storage, code, now) as (connection, stored):
        return _status(connection, rules, stored, stored.application, now)


def add_more(storage: Storage, rules: ApplicationRules, code: str, text: str, form_key: str, now: datetime) -> Status:
    """Add a text, asked for or not; the same form again adds nothing. Raise BadMessage, ApplicationHasEnded, NotNow."""
    check_key(form_key)
    if not text.strip() or is_bad_text(text):
        raise BadMessage(("text",))
    with opened(storage, code, now) as (connection, stored):
        keys = storage.vault.digests("application answer", f"{stored.application.id} {form_key}")
        after = stored.application
        if not is_added(connection, stored, keys):
            after = add_to(connection, stored, now)
            message = Message(new_message_id(), now, What.ADDED, "", text)
            add_message(connection, stored, message, keys[0])
        return _status(connection, rules, stored, after, now)


def withdraw(storage: Storage, rules: ApplicationRules, code: str, now: datetime) -> Status:
    """Take an application back; twice is as once. Raise NoSuchApplication, ApplicationHasEnded, NotNow for a draft."""
    with opened(storage, code, now) as (connection, stored):
        after = stored.application
        if after.state is not State.WITHDRAWN:
            state = move(after.state, Deed.WITHDRAW)
            after = replace(after, state=state, version=after.version + 1, ended_at=now, changed_at=now)
            store.save(connection, after)
            count_now(connection, after.kommun, application_ended(WITHDRAWN), now)
        return _status(connection, rules, stored, after, now)


def copy_for_print(storage: Storage, code: str, now: datetime) -> Copy:
    """Return everything that the applicant may see of an application or a draft; raise NoSuchApplication."""
    with looked_at(storage, code, now) as (connection, stored):
        messages = tuple(one for one in list_messages(connection, stored) if one.is_for_applicant)
        form = store.read_form(connection, stored)
        return Copy(stored.application, form, files.list_infos(connection, stored), messages)


def _status(
    connection: Connection, rules: ApplicationRules, stored: Stored, application: Application, now: datetime
) -> Status:
    asked = None
    if application.state is State.NEEDS_MORE:
        said = list_messages(connection, stored)
        asked = next((one for one in reversed(said) if one.what is What.ASKED), None)
    return Status(
        application,
        asked,
        can(application.state, Deed.ADD),
        can(application.state, Deed.WITHDRAW) and application.state is not State.WITHDRAWN,
        waits(rules.limits_of(application.kind), application.sent_at, application.state, now),
    )
