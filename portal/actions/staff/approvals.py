"""What administrators do with accounts: alone where that gives nobody more than she had, else with a second one's yes.

Both are in the trail: who proposed it, and who agreed. A deed that waits returns WAITS.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Final
from uuid import uuid4

from sqlalchemy import Connection

from portal.actions.staff import accounts
from portal.domain.audit import AuditEvent
from portal.domain.refusals import BadStaff, NoSuchStaff, NotOneself, NotTheSecond
from portal.domain.staff.approvals import Ask, Proposal, may_agree, needs_second
from portal.domain.staff.roles import Role, Staff, can_have
from portal.domain.versions import check_version
from portal.store import audit
from portal.store.staff.accounts import find_account, folded, get_staff
from portal.store.staff.approvals import add_proposal, list_proposals, take_proposal
from portal.store.storage import Storage

WAITS: Final = None
"""What a deed returns that waits for a second administrator."""


def add_person(
    storage: Storage,
    by: Staff,
    email: str,
    roles: Iterable[Role],
    kommun: str | None,
    now: datetime,
    *,
    is_mailed: bool,
) -> tuple[Staff, str] | None:
    """Let somebody become staff; return her and her one-time code, or WAITS. Raise BadStaff or AlreadyStaff.

    is_mailed: the code goes to the person herself, by mail, and nobody else sees it.
    """
    wanted = tuple(dict.fromkeys(roles))
    with storage.database.transaction() as connection:
        ended = accounts.check_new(connection, email, wanted, kommun)
        if needs_second((), wanted) or (ended is not None and not is_mailed):
            proposal = Proposal(uuid4().hex, Ask.ADD, folded(email), wanted, kommun, by.id, now)
            add_proposal(connection, proposal)
            _record(connection, by, proposal, "propose_add", now)
            return WAITS
    return _coded(storage, accounts.add_staff(storage, by.id, email, wanted, kommun, now), now, is_mailed)


def set_roles(
    storage: Storage, by: Staff, staff_id: str, roles: Iterable[Role], now: datetime, *, seen: str | None = None
) -> bool:
    """Give somebody other roles; return False when it waits. Raise as accounts.change_roles does."""
    wanted = tuple(dict.fromkeys(roles))
    with storage.database.transaction() as connection:
        found = _get_other(connection, by, staff_id)
        if not can_have(wanted, found.kommun):
            raise BadStaff(("roles",))
        check_version(seen, frozenset(found.roles))
        if needs_second(found.roles, wanted):
            proposal = Proposal(uuid4().hex, Ask.ROLES, found.email, wanted, found.kommun, by.id, now)
            add_proposal(connection, proposal)
            _record(connection, by, proposal, "propose_roles", now)
            return False
    accounts.change_roles(storage, by, staff_id, wanted, now, is_agreed=False, seen=seen)
    return True


def reset(storage: Storage, by: Staff, staff_id: str, now: datetime, *, is_mailed: bool) -> tuple[Staff, str] | None:
    """Let somebody begin anew with a one-time code; return her and the code, or WAITS: no one person sees it alone."""
    with storage.database.transaction() as connection:
        found = _get_other(connection, by, staff_id)
        if not found.is_active:
            raise NoSuchStaff
        if not is_mailed:
            proposal = Proposal(uuid4().hex, Ask.RESET, found.email, (), found.kommun, by.id, now)
            add_proposal(connection, proposal)
            _record(connection, by, proposal, "propose_reset", now)
            return WAITS
    return _coded(storage, (found, accounts.reset_second_factor(storage, by, staff_id, now)), now, is_mailed)


def list_waiting(storage: Storage, by: Staff, now: datetime) -> tuple[Proposal, ...]:
    """Return what waits for a second administrator in her kommun, or in the whole portal."""
    with storage.database.reading() as connection:
        return list_proposals(connection, by.kommun, now)


def agree(storage: Storage, by: Staff, proposal_id: str, now: datetime, *, is_mailed: bool) -> tuple[Staff, str | None]:
    """Do what another administrator proposed; return whom it is about, and her code where there is one.

    Raise NotTheSecond, NoSuchStaff when it waits no more, or what the deed itself raises.
    """
    proposal = _take(storage, by, proposal_id, now)
    if proposal.ask is Ask.ADD:
        made = accounts.add_staff(storage, by.id, proposal.email, proposal.roles, proposal.kommun, now)
        return _coded(storage, made, now, is_mailed)
    with storage.database.reading() as connection:
        account = find_account(connection, email=proposal.email)
    if account is None:
        raise NoSuchStaff
    if proposal.ask is Ask.ROLES:
        accounts.change_roles(storage, by, account.staff.id, proposal.roles, now, is_agreed=True)
        return account.staff, None
    return _coded(
        storage, (account.staff, accounts.reset_second_factor(storage, by, account.staff.id, now)), now, is_mailed
    )


def decline(storage: Storage, by: Staff, proposal_id: str, now: datetime) -> None:
    """Take a proposal away: a second administrator says no, or who made it regrets it. Raise NoSuchStaff."""
    with storage.database.transaction() as connection:
        if all(one.id != proposal_id for one in list_proposals(connection, by.kommun, now)):
            raise NoSuchStaff
        proposal = take_proposal(connection, proposal_id)
        if proposal is not None:
            _record(connection, by, proposal, "decline_proposal", now)


def _take(storage: Storage, by: Staff, proposal_id: str, now: datetime) -> Proposal:
    with storage.database.transaction() as connection:
        found = next((one for one in list_proposals(connection, by.kommun, now) if one.id == proposal_id), None)
        if found is None:
            raise NoSuchStaff
        if not may_agree(by, found):
            raise NotTheSecond
        if take_proposal(connection, proposal_id) is None:
            raise NoSuchStaff
        _record(connection, by, found, "agree_to_proposal", now)
    return found


def _coded(storage: Storage, made: tuple[Staff, str], now: datetime, is_mailed: bool) -> tuple[Staff, str]:
    if is_mailed:
        accounts.send_code(storage, *made, now)
    return made


def _record(connection: Connection, by: Staff, proposal: Proposal, did: str, now: datetime) -> None:
    account = find_account(connection, email=proposal.email)
    subject = f"staff:{account.staff.id}" if account is not None else "staff:"
    audit.record(connection, AuditEvent(now, by.id, proposal.kommun or "", did, subject))


def _get_other(connection: Connection, by: Staff, staff_id: str) -> Staff:
    found = get_staff(connection, staff_id, by.kommun)
    if found.id == by.id:
        raise NotOneself
    return found
