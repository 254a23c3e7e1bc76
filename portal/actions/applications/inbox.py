"""What case workers see of applications: the inbox of a unit, a search, an application. Reading is audited."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from portal.actions.applications.by_staff import hers, record
from portal.domain.applications.consent import Note, notes_of
from portal.domain.applications.forms import Form
from portal.domain.applications.handling import Handler, may_see
from portal.domain.applications.kinds import SHARED
from portal.domain.applications.messages import Message
from portal.domain.applications.personal_numbers import read_number
from portal.domain.applications.rules import ApplicationRules
from portal.domain.applications.states import Application, Deed, Identification, State, move
from portal.domain.applications.time_limits import Wait, waits
from portal.domain.references import read_reference
from portal.domain.refusals import NoSuchFile
from portal.store.applications import files, index
from portal.store.applications import stored as store
from portal.store.applications.files import File, FileInfo
from portal.store.applications.messages import list_messages
from portal.store.applications.stored import CASE_NUMBER
from portal.store.storage import Storage


@dataclass(frozen=True, slots=True)
class Listed:
    """An application in a list: how long it has waited against its limits, and nothing of who it is about."""

    application: Application
    waits: tuple[Wait, ...]


@dataclass(frozen=True, slots=True)
class Opened:
    """An application with all that stands in it; `notes` is what the law says about consent in this one."""

    application: Application
    form: Form
    files: tuple[FileInfo, ...]
    messages: tuple[Message, ...]
    notes: tuple[Note, ...]
    waits: tuple[Wait, ...]
    case_number: str | None
    identified: Identification | None


def inbox(
    storage: Storage,
    rules: ApplicationRules,
    by: Handler,
    now: datetime,
    *,
    unit: str | None = None,
    ended: bool = False,
) -> tuple[Listed, ...]:
    """Return the applications of one of her units, or of all that share an inbox: those to act on first, then by limit.

    A unit behind a door of its own is only shown when it is asked for. Of other units there is nothing.
    """
    units = by.shared_units if unit is None else by.units & {unit}
    if not by.is_case_worker:
        return ()
    with storage.database.reading() as connection:
        found = store.list_of_units(connection, by.kommun, units, ended=ended)
    return tuple(sorted((_listed(rules, one, now) for one in found), key=_place_in_inbox))


def count_new(storage: Storage, by: Handler) -> Mapping[str, int]:
    """Return how many applications nobody has opened, or that were answered, by each of her units."""
    if not by.is_case_worker:
        return {}
    with storage.database.reading() as connection:
        counts = store.count_by_unit(connection, by.kommun, (State.SENT, State.ANSWERED))
    return {unit: counts.get(unit, 0) for unit in sorted(by.units)}


def find_applications(
    storage: Storage, rules: ApplicationRules, by: Handler, typed: str, now: datetime, *, door: str = SHARED
) -> tuple[Listed, ...]:
    """Return what she may see with this reference, personnummer, case number, or with all words of this name.

    Nothing else can be searched (2001:637 15 §). A door is searched on its own. What she typed is kept nowhere.
    """
    with storage.database.transaction() as connection:
        ids = _ids_of(storage, connection, by, typed, door) if by.is_case_worker else frozenset()
        found = store.list_by_ids(connection, ids)
        record(connection, by, "search_applications", door, now)
    return tuple(_listed(rules, one, now) for one in found if may_see(by, one) and one.door == door)


def open_application(
    storage: Storage, rules: ApplicationRules, by: Handler, application_id: str, now: datetime
) -> Opened:
    """Return everything in an application; the first time, it is now received. Raise NoSuchApplication."""
    with hers(storage, by, application_id, "open_application", now) as (connection, stored):
        application = stored.application
        state = move(application.state, Deed.OPEN)
        if state is not application.state:
            application = replace(application, state=state, received_at=now)
            store.save(connection, application)
        form = store.read_form(connection, stored)
        kind = rules.kinds.get(application.kind)
        consent = "none" if kind is None else kind.consent
        return Opened(
            application,
            form,
            files.list_infos(connection, stored),
            list_messages(connection, stored),
            notes_of(consent, form.for_whom, form.age, form.consents),
            _waits(rules, application, now),
            store.read_own(connection, stored, CASE_NUMBER),
            store.read_identified(connection, stored),
        )


def open_file(storage: Storage, by: Handler, application_id: str, file_id: str, now: datetime) -> File:
    """Return a file of an application. Raise NoSuchFile or NoSuchApplication."""
    with hers(storage, by, application_id, "open_file", now) as (connection, stored):
        found = files.find(connection, stored, file_id)
        if found is None:
            raise NoSuchFile
        return found


def _ids_of(storage: Storage, connection: Connection, by: Handler, typed: str, door: str) -> frozenset[str]:
    reference, number = read_reference(typed), read_number(typed)
    if reference is not None:
        found = store.find_id_of_reference(connection, reference)
        return frozenset() if found is None else frozenset({found})
    places = (storage, connection, by.kommun, door)
    if number is not None:
        return index.find_ids(*places, index.NUMBER, (number,))
    by_case = index.find_ids(*places, index.CASE, (index.case_of(typed),))
    return by_case | index.find_by_name(*places, typed)


def _waits(rules: ApplicationRules, application: Application, now: datetime) -> tuple[Wait, ...]:
    return waits(rules.limits_of(application.kind), application.sent_at, application.state, now)


def _listed(rules: ApplicationRules, application: Application, now: datetime) -> Listed:
    return Listed(application, _waits(rules, application, now))


def _place_in_inbox(listed: Listed) -> tuple[bool, float, str]:
    is_new = listed.application.state in (State.SENT, State.ANSWERED)
    due = [wait.due_on.toordinal() for wait in listed.waits if wait.due_on is not None]
    return not is_new, min(due, default=float("inf")), listed.application.id
