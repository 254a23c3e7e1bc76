"""What those who lead groups do. Each deed stands in the audit trail, in the transaction of the deed itself."""

from dataclasses import dataclass, fields, replace
from datetime import datetime
from secrets import choice
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection

from portal.actions.groups.telling import Own, code_to_mail, step_of, tell_all, tell_net_change, when_of
from portal.domain.audit import Actor, AuditEvent
from portal.domain.groups.deciding import Decision, decide_cancellation, decide_sign_up, decide_withdrawal
from portal.domain.groups.details import Details
from portal.domain.groups.planning import Draft, Group, Seen, Session, new_session_id, wrong_fields
from portal.domain.groups.sign_ups import ACTIVE, SignUp, differences, settle, taken
from portal.domain.groups.terms import GroupState
from portal.domain.people.letters import Letter, Mail
from portal.domain.references import ALPHABET
from portal.domain.refusals import (
    BadDraft,
    GroupIsCancelled,
    NoSuchPlace,
    NoSuchSession,
    PlaceIsGone,
    SessionIsCounted,
    TooFewPlaces,
)
from portal.domain.versions import check_version, version_of
from portal.store import audit
from portal.store.groups.attendance import counts_of
from portal.store.groups.codes import add_codes, hand_over_codes, take_code
from portal.store.groups.details import find_details, open_details, seal_details
from portal.store.groups.lines import read_line, write_locked
from portal.store.groups.planning import add_group, get_group, list_of_kommun, lock_group, save_group
from portal.store.groups.sign_ups import Kept, find_kept, list_of_group
from portal.store.groups.ways import hand_over_ways
from portal.store.groups.wish_alerts import take_mails
from portal.store.people.outbox import post
from portal.store.storage import Storage

LONGEST_MESSAGE = 2000


@dataclass(frozen=True, slots=True)
class Listed:
    """A sign-up as those who lead the group see it; details are None once they are no longer kept, or damaged."""

    sign_up: SignUp
    details: Details | None
    lang: str
    is_damaged: bool = False


def list_groups(storage: Storage, by: Actor, now: datetime) -> tuple[Seen, ...]:
    """Return every group of her kommun, drafts and past ones too, by first meeting. It shows no person."""
    with storage.database.reading() as connection:
        return list_of_kommun(connection, by.kommun, now)


def create_group(storage: Storage, by: Actor, draft: Draft, now: datetime) -> Group:
    """Remember a new group as a draft that no resident sees; raise BadDraft with the fields."""
    _check(draft)
    group_id = "".join(choice(ALPHABET) for _ in range(8)).lower()
    # What a draft was made from may have been another group's: no two share a meeting.
    sessions = tuple(replace(one, id=new_session_id()) for one in draft.sessions)
    values = {**_values(draft), "sessions": sessions}
    group = Group(id=group_id, kommun=by.kommun, state=GroupState.DRAFT, **values)
    with storage.database.transaction() as connection:
        add_group(connection, group, now)
        _record(connection, by, "create_group", f"group:{group.id}", now)
    return group


def publish_group(storage: Storage, by: Actor, group_id: str, now: datetime) -> Group:
    """Let residents see a group, and tell who wished for it. Raise BadDraft when it has begun, GroupIsCancelled."""
    with storage.database.transaction() as connection:
        group = lock_group(connection, group_id, by.kommun)
        if group.state is GroupState.CANCELLED:
            raise GroupIsCancelled
        if group.begins_at <= now:
            raise BadDraft(("sessions",))
        published = replace(group, state=GroupState.PUBLISHED)
        save_group(connection, published, now)
        post(connection, storage.vault, take_mails(storage, connection, published), now)
        _record(connection, by, "publish_group", f"group:{group_id}", now)
    return published


def version_of_group(group: Group) -> str:
    """Return the mark of what the form of a group is made from."""
    return version_of(_values(group))


def edit_group(
    storage: Storage, by: Actor, group_id: str, draft: Draft, now: datetime, *, seen: str | None = None
) -> Group:
    """Change a group. More places go to the line at once; who has a place is told of a new time or place.

    seen: the mark of the version that the form was made from. Raise ChangedMeanwhile, BadDraft with the fields,
    TooFewPlaces, SessionIsCounted, GroupIsCancelled or NoSuchGroup.
    """
    _check(draft)
    with storage.database.transaction() as connection:
        before = lock_group(connection, group_id, by.kommun)
        if before.state is GroupState.CANCELLED:
            raise GroupIsCancelled
        check_version(seen, _values(before))
        _check_counted(connection, before, draft)
        sessions = tuple(_numbered(before, draft, one) for one in draft.sessions)
        values = {**_values(draft), "sessions": sessions}
        after = Group(id=before.id, kommun=before.kommun, state=before.state, **values)
        if after.capacity < taken(settle(before.terms, read_line(connection, group_id).sign_ups, now)):
            raise TooFewPlaces
        save_group(connection, after, now)
        _settle_within(storage, connection, group_id, now)
        tell_net_change(storage, connection, before, after, now)
        _record(connection, by, "edit_group", f"group:{group_id}", now)
    return after


def cancel_session(storage: Storage, by: Actor, group_id: str, session_id: str, now: datetime) -> Group:
    """Cancel one meeting; who has a place is told. Twice is as once. Raise NoSuchSession or NoSuchGroup."""
    with storage.database.transaction() as connection:
        before = lock_group(connection, group_id, by.kommun)
        session = before.find_session(session_id)
        if session is None:
            raise NoSuchSession
        if session.is_cancelled:
            return before
        cancelled = replace(session, is_cancelled=True, sequence=session.sequence + 1)
        sessions = tuple(cancelled if one.id == session_id else one for one in before.sessions)
        after = replace(before, sessions=sessions)
        save_group(connection, after, now)
        tell_all(storage, connection, after, Letter.SESSION_CANCELLED, when_of(session.starts_at), now)
        _record(connection, by, "cancel_session", f"group:{group_id}", now)
    return after


def cancel_group(storage: Storage, by: Actor, group_id: str, now: datetime) -> Group:
    """Cancel a group; everybody in it and in its line is told. Twice is as once. Raise NoSuchGroup."""
    with storage.database.transaction() as connection:
        before = lock_group(connection, group_id, by.kommun)
        if before.state is GroupState.CANCELLED:
            return before
        line = read_line(connection, group_id)
        step = step_of(storage, connection, line, decide_cancellation(line.sign_ups))
        write_locked(storage, connection, line, step, now)
        sessions = tuple(replace(one, sequence=one.sequence + 1) for one in before.sessions)
        after = replace(before, state=GroupState.CANCELLED, sessions=sessions)
        save_group(connection, after, now)
        _record(connection, by, "cancel_group", f"group:{group_id}", now)
    return after


def list_sign_ups(storage: Storage, by: Actor, group_id: str, now: datetime) -> tuple[Listed, ...]:
    """Return who is in a group, in the order they came; the reading is recorded. Raise NoSuchGroup."""
    with storage.database.transaction() as connection:
        get_group(connection, group_id, by.kommun)
        kept = list_of_group(connection, group_id)
        _record(connection, by, "read_sign_ups", f"group:{group_id}", now)
    found = [(one, *find_details(storage.vault, one.sign_up.id, one.person.sealed)) for one in kept]
    return tuple(Listed(one.sign_up, details, one.person.lang, is_damaged) for one, details, is_damaged in found)


def withdraw_for(storage: Storage, by: Actor, sign_up_id: str, now: datetime) -> None:
    """Take somebody out of a group or its line, who asked by phone; she is told. Raise NoSuchPlace."""
    with storage.database.transaction() as connection:
        group_id = _get_kept(connection, by, sign_up_id).group_id
        lock_group(connection, group_id, by.kommun)
        line = read_line(connection, group_id)
        decision = decide_withdrawal(line.terms, line.sign_ups, sign_up_id, now)
        write_locked(storage, connection, line, step_of(storage, connection, line, decision), now)
        _record(connection, by, "withdraw_for", f"sign_up:{sign_up_id}", now)


def move_sign_up(storage: Storage, by: Actor, sign_up_id: str, to_group_id: str, now: datetime) -> SignUp:
    """Move somebody to another group, or last in its line; her codes open the new place, and she is told.

    Raise GroupIsFull, GroupHasBegun, GroupIsCancelled, NoSuchGroup, PlaceIsGone or NoSuchPlace.
    """
    with storage.database.transaction() as connection:
        group_id = _get_kept(connection, by, sign_up_id).group_id
        if group_id == to_group_id:
            raise BadDraft(("group",))
        # Always in the same order: two moves in opposite directions would wait for each other for ever.
        for locked in sorted((group_id, to_group_id)):
            lock_group(connection, locked, by.kommun)
        kept = _get_kept(connection, by, sign_up_id)
        if kept.sign_up.state not in ACTIVE:
            raise PlaceIsGone
        line = read_line(connection, group_id)
        left = decide_withdrawal(line.terms, line.sign_ups, sign_up_id, now)
        write_locked(storage, connection, line, step_of(storage, connection, line, left, is_quiet=True), now)
        moved = _join(storage, connection, kept, to_group_id, now)
        _record(connection, by, "move_sign_up", f"sign_up:{sign_up_id}", now)
    return moved


def _join(storage: Storage, connection: Connection, kept: Kept, to_group_id: str, now: datetime) -> SignUp:
    new_id = uuid4().hex
    line = read_line(connection, to_group_id)
    # A moved sign-up has no form in its new group; its own id stands for one.
    decision = decide_sign_up(line.terms, line.sign_ups, new_id, new_id, kept.sign_up.seats, now)
    if decision.refusal is not None or decision.sign_up is None:
        raise decision.refusal or PlaceIsGone()
    details = open_details(storage.vault, kept.sign_up.id, kept.person.sealed)
    sealed = None if details is None else seal_details(storage.vault, new_id, details)
    take_code(connection, kept.sign_up.id)
    step = step_of(storage, connection, line, decision, Own(replace(kept.person, sealed=sealed)), is_quiet=True)
    write_locked(storage, connection, line, step, now)
    hand_over_codes(storage.vault, connection, kept.sign_up.id, new_id)
    hand_over_ways(connection, kept.sign_up.id, new_id)
    if details is not None and details.email:
        codes: dict[str, str] = {}
        gaps = when_of(line.terms.begins_at) | {"code": code_to_mail(storage, new_id, codes)}
        post(connection, storage.vault, [Mail(Letter.MOVED, details.email, kept.person.lang, line.kommun, gaps)], now)
        add_codes(storage.vault, connection, codes)
    return decision.sign_up


def message_all(
    storage: Storage, by: Actor, group_id: str, words: str, now: datetime, *, form_key: str | None = None
) -> int:
    """Mail a leader's own words to everybody in a group and its line; return to how many. Raise BadDraft.

    The same form key again mails nobody twice.
    """
    if not words.strip() or len(words) > LONGEST_MESSAGE:
        raise BadDraft(("message",))
    with storage.database.transaction() as connection:
        group = get_group(connection, group_id, by.kommun)
        told = tell_all(storage, connection, group, Letter.MESSAGE, {"words": words.strip()}, now, form_key)
        _record(connection, by, "message_all", f"group:{group_id}", now)
    return told


def _record(connection: Connection, by: Actor, did: str, subject: str, now: datetime) -> None:
    audit.record(connection, AuditEvent(now, by.id, by.kommun, did, subject))


def _check(draft: Draft) -> None:
    wrong = wrong_fields(draft)
    if wrong:
        raise BadDraft(wrong)


def _values(draft: Draft | Group) -> dict[str, Any]:
    return {field.name: getattr(draft, field.name) for field in fields(Draft)}


def _check_counted(connection: Connection, before: Group, draft: Draft) -> None:
    """Raise SessionIsCounted where a meeting is taken away for which somebody has counted who came."""
    kept = {one.id for one in draft.sessions}
    counted = counts_of(connection, before.id)
    for one in before.sessions:
        if one.id in counted and one.id not in kept:
            raise SessionIsCounted(f"{one.starts_at:%Y-%m-%d}")


def _get_kept(connection: Connection, by: Actor, sign_up_id: str) -> Kept:
    kept = find_kept(connection, sign_up_id)
    if kept is None:
        raise NoSuchPlace
    get_group(connection, kept.group_id, by.kommun)
    return kept


def _numbered(before: Group, draft: Draft, session: Session) -> Session:
    """Return a meeting with the sequence that a calendar needs: one more than before when something is new."""
    known = before.find_session(session.id)
    if known is None:
        return replace(session, sequence=0, id=new_session_id())
    is_same = replace(session, sequence=known.sequence, number=known.number) == known and draft.place_of(
        session
    ) == before.place_of(known)
    return replace(session, sequence=known.sequence + (not is_same))


def _settle_within(storage: Storage, connection: Connection, group_id: str, now: datetime) -> None:
    line = read_line(connection, group_id)
    decision = Decision(differences(line.sign_ups, settle(line.terms, line.sign_ups, now)))
    is_open = line.terms.is_open_at(now)
    step = step_of(storage, connection, line, decision, is_for_alerts=is_open)
    write_locked(storage, connection, line, step, now)
