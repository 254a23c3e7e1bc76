"""What case workers do with applications. Each deed stands in the audit trail, in the transaction of the deed."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from portal.actions.applications.by_staff import hers, moved, record
from portal.actions.counting.counters import count_now
from portal.domain.applications.handling import Handler, needs_consent
from portal.domain.applications.kinds import UNITS, door_of
from portal.domain.applications.messages import MOST_PHRASES, Message, What, is_bad_text
from portal.domain.applications.rules import ApplicationRules
from portal.domain.applications.states import Application, Deed
from portal.domain.counting.counters import CLOSED, application_begun, application_ended
from portal.domain.people.letters import Letter, Mail
from portal.domain.refusals import BadMessage, ConsentIsNeeded
from portal.domain.typed import is_line
from portal.domain.versions import check_version
from portal.store.applications import index
from portal.store.applications import stored as store
from portal.store.applications.messages import add_message, new_message_id
from portal.store.applications.stored import CASE_NUMBER, Stored
from portal.store.audit import count_events
from portal.store.people.outbox import post
from portal.store.storage import Storage

LONGEST_CASE_NUMBER = 40


def take_in_hand(
    storage: Storage, by: Handler, application_id: str, now: datetime, *, seen: str | None = None
) -> Application:
    """Let the applicant see that somebody handles it; from a colleague too. Raise ApplicationHasEnded.

    Here and below `seen` is the mark of what her page showed; raise ChangedMeanwhile when it shows no more what is.
    """
    with hers(storage, by, application_id, "take_in_hand", now, seen=seen) as (connection, stored):
        after = moved(connection, stored, Deed.TAKE, now, taken_by=by.id)
        _count_begun(connection, after, now)
        return after


def note(storage: Storage, by: Handler, application_id: str, text: str, now: datetime) -> None:
    """Write a note that only staff see; the case system gets it too. Raise BadMessage or NoSuchApplication."""
    _check_text(text)
    with hers(storage, by, application_id, "note", now) as (connection, stored):
        moved(connection, stored, Deed.NOTE, now, is_news=True)
        add_message(connection, stored, Message(new_message_id(), now, What.NOTED, by.id, text))


def ask_for_more(
    storage: Storage,
    rules: ApplicationRules,
    by: Handler,
    application_id: str,
    phrases: Iterable[str],
    text: str,
    now: datetime,
    *,
    seen: str | None = None,
) -> Application:
    """Ask by phrases that fit the kind, by a text of her own, or both. Raise BadMessage or ApplicationHasEnded."""
    chosen = tuple(dict.fromkeys(phrases))
    if text.strip() or not chosen:
        _check_text(text)
    with hers(storage, by, application_id, "ask_for_more", now, seen=seen) as (connection, stored):
        known = {one.id for one in rules.phrases.values() if one.fits(stored.application.kind)}
        if not set(chosen) <= known or len(chosen) > MOST_PHRASES:
            raise BadMessage(("phrases",))
        after = moved(connection, stored, Deed.ASK, now, asked_at=now, is_news=True)
        add_message(connection, stored, Message(new_message_id(), now, What.ASKED, by.id, text, chosen))
        _count_begun(connection, after, now)
        _tell(storage, connection, stored, now)
        return after


def forward(
    storage: Storage,
    rules: ApplicationRules,
    by: Handler,
    application_id: str,
    unit: str,
    now: datetime,
    *,
    kommun: str | None = None,
    has_consent: bool = False,
    seen: str | None = None,
) -> None:
    """Hand an application to another unit, or to another kommun that the portal serves; it is new there.

    Raise BadMessage for a unit or kommun that is none, ConsentIsNeeded, or NotNow before it is opened.
    """
    to = by.kommun if kommun is None else kommun
    if unit not in UNITS or to not in rules.kommuner:
        raise BadMessage(("unit",) if unit not in UNITS else ("kommun",))
    with hers(storage, by, application_id, "forward", now, seen=seen) as (connection, stored):
        application = stored.application
        is_handed_on = to != application.kommun or door_of(unit) != application.door
        if is_handed_on and needs_consent(application, to) and not has_consent:
            raise ConsentIsNeeded
        if (to, unit) == (application.kommun, application.unit):
            raise BadMessage(("unit",))
        after = moved(connection, stored, Deed.FORWARD, now, unit=unit, kommun=to, taken_by=None, received_at=None)
        if to != application.kommun:
            # The case system of the other kommun has nothing of it.
            store.save(connection, replace(after, exported_version=0, exported_at=None, version=after.version + 1))
            record(connection, replace(by, kommun=to), "forwarded_here", f"application:{application_id}", now)
        _write_index(storage, connection, Stored(after, stored.seal))
        add_message(connection, stored, Message(new_message_id(), now, What.FORWARDED, by.id))
        _tell(storage, connection, stored, now)


def close(
    storage: Storage,
    by: Handler,
    application_id: str,
    now: datetime,
    *,
    in_sample: bool | None = None,
    seen: str | None = None,
) -> Application:
    """End an application in the portal; what was decided is told elsewhere. Raise NotNow before it is opened.

    in_sample: whether the one it is about belongs to the sample for research, where staff know the day of birth.
    """
    with hers(storage, by, application_id, "close", now, seen=seen) as (connection, stored):
        after = moved(connection, stored, Deed.CLOSE, now, ended_at=now, in_sample=in_sample)
        add_message(connection, stored, Message(new_message_id(), now, What.CLOSED, by.id))
        count_now(connection, after.kommun, application_ended(CLOSED), now)
        _tell(storage, connection, stored, now)
        return after


def set_case_number(
    storage: Storage, by: Handler, application_id: str, number: str, now: datetime, *, seen: str | None = None
) -> None:
    """Remember the number that it has in the case system, to find it by. Raise BadMessage or NoSuchApplication."""
    if not number.strip() or len(number) > LONGEST_CASE_NUMBER or not is_line(number):
        raise BadMessage(("number",))
    with hers(storage, by, application_id, "set_case_number", now) as (connection, stored):
        check_version(seen, store.read_own(connection, stored, CASE_NUMBER) or "")
        store.write_own(connection, stored, CASE_NUMBER, number.strip())
        _write_index(storage, connection, stored)


def _tell(storage: Storage, connection: Connection, stored: Stored, now: datetime) -> None:
    """Write a mail that there is something to read, where she has said that e-mail is safe."""
    to = store.read_form(connection, stored).safe_email
    if to is not None:
        application = stored.application
        mail = Mail(Letter.SOMETHING_TO_READ, to, application.lang, application.kommun)
        post(connection, storage.vault, [mail], now)


def _count_begun(connection: Connection, application: Application, now: datetime) -> None:
    """Count how long it waited, the first time that somebody of the kommun began with it: the trail knows."""
    begun = ("take_in_hand", "ask_for_more")
    if count_events(connection, application.kommun, f"application:{application.id}", begun) > 1:
        return
    assert application.sent_at is not None  # noqa: S101 - staff see no draft
    waited = (now.date() - application.sent_at.date()).days
    count_now(connection, application.kommun, application_begun(waited), now)


def _write_index(storage: Storage, connection: Connection, stored: Stored) -> None:
    form, case = store.read_form(connection, stored), store.read_own(connection, stored, CASE_NUMBER)
    index.write_index(storage, connection, stored.application, form, case)


def _check_text(text: str) -> None:
    if not text.strip() or is_bad_text(text):
        raise BadMessage(("text",))
