"""What follows from a decision: who is told what, with a code that opens her place, and who waited to hear of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from secrets import token_hex

from sqlalchemy import Connection

from portal.domain.groups.deciding import Decision
from portal.domain.groups.planning import Group
from portal.domain.groups.sign_ups import ACTIVE, SignUp, State, has_room
from portal.domain.people.letters import Letter, Mail
from portal.domain.references import new_code
from portal.domain.versions import version_of
from portal.store.groups.alerts import mails_of
from portal.store.groups.codes import code_hashes
from portal.store.groups.details import find_details
from portal.store.groups.lines import Line, Person, Step
from portal.store.groups.sign_ups import list_of_group, people
from portal.store.people.outbox import post, take_back
from portal.store.storage import Storage

_LETTERS: Mapping[State, Letter] = {
    State.PLACED: Letter.PLACED,
    State.WAITING: Letter.WAITING,
    State.OFFERED: Letter.OFFERED,
    State.LAPSED: Letter.LAPSED,
    State.WITHDRAWN: Letter.WITHDRAWN,
    State.CANCELLED: Letter.GROUP_CANCELLED,
}

_WITH_CODE = (Letter.PLACED, Letter.WAITING, Letter.OFFERED, Letter.GOT_PLACE)

_FREEING = (State.LAPSED, State.WITHDRAWN, State.RELEASED)


@dataclass(frozen=True, slots=True)
class Own:
    """The person that a deed is about, where it brings her details, her e-mail or her code."""

    person: Person | None = None
    email: str = ""
    code: str | None = None


def step_of(
    storage: Storage,
    connection: Connection,
    line: Line,
    decision: Decision,
    own: Own | None = None,
    *,
    is_quiet: bool = False,
    is_for_alerts: bool = False,
) -> Step:
    """Return the step that writes a decision and tells everybody whom it moves; a quiet one leaves out her own mail."""
    own = own or Own()
    own_id = decision.sign_up.id if decision.sign_up is not None else ""
    moved = [
        (one, letter)
        for one in decision.changed
        if (letter := _letter_of(line, one)) is not None and not (is_quiet and one.id == own_id)
    ]
    known: dict[str, Person] = {}
    if any(one.id != own_id or own.person is None for one, _ in moved):
        known = people(connection, [one.id for one, _ in moved])
    if own.person is not None:
        known[own_id] = own.person
    mails: list[Mail] = []
    codes: dict[str, str] = {}
    for one, letter in moved:
        person = known[one.id]
        is_own = own.person is not None and one.id == own_id
        to = own.email if is_own else address_of(storage, one.id, person)
        if not to:
            continue
        gaps = when_of(one.until_at or line.terms.begins_at)
        if letter in _WITH_CODE:
            code = own.code if one.id == own_id else None
            gaps["code"] = code or code_to_mail(storage, one.id, codes)
        mails.append(Mail(letter, to, person.lang, line.kommun, gaps))
    alerts = _alerts(storage, connection, line, decision, is_for_alerts)
    return Step(decision, own.person, (*mails, *alerts.values()), codes, tuple(alerts))


def code_to_mail(storage: Storage, sign_up_id: str, codes: dict[str, str]) -> str:
    """Return a code to mail; its hash, and whose sign-up it opens, is added to `codes`."""
    code = new_code()
    codes[code_hashes(storage, code)[0]] = sign_up_id
    return code


def address_of(storage: Storage, sign_up_id: str, person: Person) -> str | None:
    """Return the e-mail of a person who gave one, while it is kept and can be read."""
    details, _ = find_details(storage.vault, sign_up_id, person.sealed)
    return details.email if details is not None and details.email else None


def when_of(instant: datetime) -> dict[str, str]:
    """Return a day and a time as mails say them, in Swedish time."""
    return {"day": instant.strftime("%Y-%m-%d"), "time": instant.strftime("%H:%M")}


def _letter_of(line: Line, one: SignUp) -> Letter | None:
    before = next((known.state for known in line.sign_ups if known.id == one.id), None)
    if before is State.WAITING and one.state is State.PLACED:
        return Letter.GOT_PLACE
    return None if one.state is before else _LETTERS.get(one.state)


def _alerts(
    storage: Storage, connection: Connection, line: Line, decision: Decision, is_for_alerts: bool
) -> dict[str, Mail]:
    if not is_for_alerts and not any(one.state in _FREEING for one in decision.changed):
        return {}
    changed = {one.id: one for one in decision.changed}
    after = [changed.pop(one.id, one) for one in line.sign_ups]
    if not has_room(line.terms, [*after, *changed.values()], 1):
        return {}
    return mails_of(storage, connection, line.group_id, line.kommun)


def tell_all(
    storage: Storage,
    connection: Connection,
    group: Group,
    letter: Letter,
    gaps: dict[str, str],
    now: datetime,
    form_key: str | None = None,
    once: str | None = None,
) -> int:
    """Write the same mail to everybody in a group and its line, where she gave an e-mail; return to how many.

    form_key: of the form that sends it, once; once: how the keys of the mails begin, where nobody is told twice.
    """
    mails = []
    for kept in list_of_group(connection, group.id):
        to = address_of(storage, kept.sign_up.id, kept.person) if kept.sign_up.state in ACTIVE else None
        key = None if once is None else f"{once}:{kept.sign_up.id}"
        if form_key is not None:
            key = storage.vault.digests("told", f"{form_key} {kept.sign_up.id}")[0]
        if to is not None:
            mails.append(Mail(letter, to, kept.person.lang, group.kommun, gaps, key))
    return post(connection, storage.vault, mails, now)


def _when_and_where(group: Group) -> str:
    """Return the mark of what everybody in a group must know."""
    return version_of([(one.starts_at, one.ends_at, group.place_of(one)) for one in group.held_sessions])


def tell_net_change(storage: Storage, connection: Connection, before: Group, after: Group, now: datetime) -> None:
    """Tell everybody what is new against what she was told last: a change taken back before it was told is none.

    The key of each mail names what was told before it, so that a later change knows what the mails it takes back said.
    """
    if _when_and_where(before) == _when_and_where(after):
        return
    told = take_back(connection, f"changed:{after.id}:") or _when_and_where(before)
    if told != _when_and_where(after):
        once = f"changed:{after.id}:{told}:{token_hex(4)}"
        tell_all(storage, connection, after, Letter.CHANGED, when_of(after.begins_at), now, once=once)
