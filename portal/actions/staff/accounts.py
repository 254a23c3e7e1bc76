"""What administrators do with the staff, and what each of the staff does with her own account."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import uuid4

from sqlalchemy import Connection

from portal.domain.audit import AuditEvent
from portal.domain.people.letters import Letter, Mail
from portal.domain.people.reach import problems_of_reach
from portal.domain.references import new_code, read_code
from portal.domain.refusals import (
    AlreadyStaff,
    BadStaff,
    ChangedMeanwhile,
    NoSuchInvitation,
    NoSuchStaff,
    NotOneself,
)
from portal.domain.staff.approvals import needs_second
from portal.domain.staff.invitations import has_ended
from portal.domain.staff.roles import Role, Staff, can_have
from portal.domain.versions import check_version
from portal.store import audit
from portal.store.people.outbox import post
from portal.store.staff.accounts import (
    Account,
    add_account,
    begin_anew,
    find_account,
    find_invited,
    get_staff,
    list_within,
    new_key,
    save_fields,
)
from portal.store.storage import Storage

COMMAND_LINE = "command line"
"""Who does it in the audit trail when no member of staff does."""

PORTAL = "Insatsportalen"
"""What a mail names that is from no kommun."""

NOTHING: Mapping[str, str] = {}

_PURPOSE = "invitation"


def check_new(connection: Connection, email: str, roles: tuple[Role, ...], kommun: str | None) -> Account | None:
    """Return the account of that e-mail which had ended, or None. Raise BadStaff with the fields, or AlreadyStaff."""
    if problems_of_reach(email.strip(), "") or not email.strip():
        raise BadStaff(("email",))
    if not can_have(roles, kommun):
        raise BadStaff(("roles",))
    known = find_account(connection, email=email)
    if known is not None and (known.staff.is_active or known.staff.kommun != kommun):
        raise AlreadyStaff
    return known


def add_staff(
    storage: Storage, by: str, email: str, roles: Iterable[Role], kommun: str | None, now: datetime
) -> tuple[Staff, str]:
    """Let somebody become staff; return her and the one-time code with which she chooses her password.

    Somebody who had ended begins anew. Raise BadStaff with the fields, or AlreadyStaff. Nobody is asked to agree: that
    is for `portal.actions.staff.approvals`.
    """
    wanted = tuple(dict.fromkeys(roles))
    code = new_code()
    with storage.database.transaction() as connection:
        known = check_new(connection, email, wanted, kommun)
        if known is None:
            staff_id = uuid4().hex
            add_account(connection, Staff(staff_id, email, wanted, kommun), now)
        else:
            staff_id = known.staff.id
            save_fields(connection, staff_id, roles=wanted, is_active=True, ended_at=None)
        begin_anew(connection, staff_id, storage.vault.digests(_PURPOSE, code)[0], now)
        _record(connection, by, kommun, "add_staff", staff_id, now)
        added = get_staff(connection, staff_id, kommun)
        tell_administrators(storage, connection, added, by, now)
        return added, code


def change_roles(
    storage: Storage,
    by: Staff,
    staff_id: str,
    roles: Iterable[Role],
    now: datetime,
    *,
    is_agreed: bool,
    seen: str | None = None,
) -> None:
    """Give a member of staff other roles. Raise ChangedMeanwhile, BadStaff, NotOneself or NoSuchStaff.

    is_agreed: a second administrator has said yes. Without it nobody gains a guarded role, however it was a moment ago.
    """
    wanted = tuple(dict.fromkeys(roles))
    with storage.database.transaction() as connection:
        found = _get_other(connection, by, staff_id)
        if not can_have(wanted, found.kommun):
            raise BadStaff(("roles",))
        check_version(seen, frozenset(found.roles))
        if not is_agreed and needs_second(found.roles, wanted):
            raise ChangedMeanwhile
        save_fields(connection, staff_id, roles=wanted)
        _record(connection, by.id, found.kommun, "change_roles", staff_id, now)
        _tell_all(storage, connection, found, by, now)


def end_staff(storage: Storage, by: Staff, staff_id: str, now: datetime) -> None:
    """Let somebody be staff no longer: her sessions end at once. Raise NotOneself or NoSuchStaff."""
    with storage.database.transaction() as connection:
        found = _get_other(connection, by, staff_id)
        begin_anew(connection, staff_id, None, now)
        save_fields(connection, staff_id, is_active=False, ended_at=now)
        _record(connection, by.id, found.kommun, "end_staff", staff_id, now)
        _tell_all(storage, connection, found, by, now)


def reset_second_factor(storage: Storage, by: Staff, staff_id: str, now: datetime) -> str:
    """Let somebody who lost her second factor begin anew; return the one-time code for her new password.

    The password goes too: else who knew it could set up a second factor of her own. Raise NotOneself or NoSuchStaff.
    """
    code = new_code()
    with storage.database.transaction() as connection:
        found = _get_other(connection, by, staff_id)
        if not found.is_active:
            raise NoSuchStaff
        begin_anew(connection, staff_id, storage.vault.digests(_PURPOSE, code)[0], now)
        _record(connection, by.id, found.kommun, "reset_second_factor", staff_id, now)
        _tell_all(storage, connection, found, by, now)
    return code


def send_code(storage: Storage, staff: Staff, code: str, now: datetime) -> None:
    """Mail a one-time code to the person herself."""
    with storage.database.transaction() as connection:
        _post(storage, connection, Letter.STAFF_CODE, staff, now, {"code": code})


def note_credentials(storage: Storage, staff_id: str, did: str, now: datetime) -> None:
    """Write in the trail that somebody changed what she signs in with, and tell her: it may have been another."""
    with storage.database.transaction() as connection:
        note_within(storage, connection, staff_id, did, now)


def note_within(storage: Storage, connection: Connection, staff_id: str, did: str, now: datetime) -> None:
    """Do the same in a transaction that changes something."""
    found = get_staff(connection, staff_id, None)
    _record(connection, staff_id, found.kommun, did, staff_id, now)
    _post(storage, connection, Letter.STAFF_CHANGED, found, now)


def note_use_of_recovery_code(
    storage: Storage, connection: Connection, staff_id: str, left: int, now: datetime
) -> None:
    """Write in the trail that a recovery code was used, and tell her whose it was and how many are left."""
    found = get_staff(connection, staff_id, None)
    _record(connection, staff_id, found.kommun, "use_recovery_code", staff_id, now)
    _post(storage, connection, Letter.STAFF_RECOVERY_CODE, found, now, {"left": str(left)})


def tell_of_units(storage: Storage, by: Staff, staff_id: str, now: datetime) -> None:
    """Tell her and the other administrators that she reads other applications from now on."""
    with storage.database.transaction() as connection:
        _tell_all(storage, connection, get_staff(connection, staff_id, by.kommun), by, now)


def _tell_all(storage: Storage, connection: Connection, about: Staff, by: Staff, now: datetime) -> None:
    _post(storage, connection, Letter.STAFF_CHANGED, about, now)
    tell_administrators(storage, connection, about, by.id, now)


def tell_administrators(storage: Storage, connection: Connection, about: Staff, by: str, now: datetime) -> None:
    """Tell the administrators of her kommun that an account was changed; not who did it, nor herself."""
    for one in list_within(connection, about.kommun):
        if Role.ADMINISTRATOR in one.roles and one.is_active and one.has_password and one.id not in (by, about.id):
            _post(storage, connection, Letter.STAFF_TOLD, one, now, {"email": about.email})


def _post(
    storage: Storage,
    connection: Connection,
    letter: Letter,
    to: Staff,
    now: datetime,
    gaps: Mapping[str, str] = NOTHING,
) -> None:
    # The kommun's name stands in the mail; for the whole portal, the portal's.
    post(connection, storage.vault, [Mail(letter, to.email, to.lang, to.kommun or PORTAL, gaps)], now)


def find_invited_staff(storage: Storage, code: str, now: datetime) -> Staff:
    """Return whom a one-time code is for; raise NoSuchInvitation when it is wrong, used or too old."""
    with storage.database.reading() as connection:
        return _get_invited(storage, connection, code, now)


def set_password(storage: Storage, code: str, password_hash: str, now: datetime) -> Staff:
    """Give an invited member of staff her password (hashed); the code is used up. Raise NoSuchInvitation."""
    with storage.database.transaction() as connection:
        found = _get_invited(storage, connection, code, now)
        save_fields(connection, found.id, password=password_hash, invitation=None, session_key=new_key())
        _record(connection, found.id, found.kommun, "set_password", found.id, now)
        _post(storage, connection, Letter.STAFF_CHANGED, found, now)
    return found


def change_password(storage: Storage, staff: Staff, password_hash: str, now: datetime) -> None:
    """Give somebody another password (hashed) that she has chosen herself; her sessions end."""
    with storage.database.transaction() as connection:
        save_fields(connection, staff.id, password=password_hash, session_key=new_key())
        _record(connection, staff.id, staff.kommun, "set_password", staff.id, now)
        _post(storage, connection, Letter.STAFF_CHANGED, staff, now)


def note_sign_in(storage: Storage, staff: Staff, now: datetime) -> None:
    """Write in the trail that somebody has signed in, past her second factor."""
    with storage.database.transaction() as connection:
        _record(connection, staff.id, staff.kommun, "sign_in", staff.id, now)


def sign_out(storage: Storage, staff: Staff) -> None:
    """End every session that somebody has, also on other devices: a copied cookie is worth nothing after it."""
    with storage.database.transaction() as connection:
        save_fields(connection, staff.id, session_key=new_key())


def choose_language(storage: Storage, staff: Staff, lang: str) -> None:
    """Remember in which language somebody reads the staff room; the caller knows that the portal speaks it."""
    with storage.database.transaction() as connection:
        save_fields(connection, staff.id, lang=lang)


def find_by_oidc(storage: Storage, subject: str, email: str, now: datetime) -> Staff | None:
    """Return who the kommun's own sign-in says somebody is, or None.

    At the first sign-in the e-mail tells; from then on the provider's own id does, so that an address which is given
    to somebody else opens no account.
    """
    with storage.database.transaction() as connection:
        known = find_account(connection, oidc_subject=subject)
        if known is not None:
            return known.staff if known.staff.is_active else None
        found = find_account(connection, email=email)
        if found is None or not found.staff.is_active or _is_bound(connection, found.staff.id):
            return None
        save_fields(connection, found.staff.id, oidc_subject=subject)
        _record(connection, found.staff.id, found.staff.kommun, "bind_oidc", found.staff.id, now)
        _post(storage, connection, Letter.STAFF_CHANGED, found.staff, now)
        return found.staff


def _is_bound(connection: Connection, staff_id: str) -> bool:
    return find_account(connection, id=staff_id, oidc_subject=None) is None


def _get_invited(storage: Storage, connection: Connection, code: str, now: datetime) -> Staff:
    read = read_code(code)
    found = None if read is None else find_invited(connection, storage.vault.digests(_PURPOSE, read))
    if found is None or not found[0].is_active or has_ended(found[1], now):
        raise NoSuchInvitation
    return found[0]


def _get_other(connection: Connection, by: Staff, staff_id: str) -> Staff:
    found = get_staff(connection, staff_id, by.kommun)
    if found.id == by.id:
        raise NotOneself
    return found


def _record(connection: Connection, by: str, kommun: str | None, did: str, staff_id: str, now: datetime) -> None:
    audit.record(connection, AuditEvent(now, by, kommun or "", did, f"staff:{staff_id}"))
