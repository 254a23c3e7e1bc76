"""What runs by the clock: ends, moves, writes mails and takes away. Safe to run twice, and in two places at once."""

from dataclasses import dataclass, fields
from datetime import datetime, timedelta

from sqlalchemy import Connection

from portal.actions.groups.signing_up import settle_group
from portal.actions.groups.telling import address_of, code_to_mail, when_of
from portal.domain.groups.keeping import CONTACT_DAYS, WISH_DAYS
from portal.domain.groups.sign_ups import State
from portal.domain.people.letters import Letter, Mail
from portal.store.groups.alerts import forget_begun, list_alerted_groups
from portal.store.groups.codes import add_codes
from portal.store.groups.keeping import Due, forget_persons, is_told, list_due, list_unsettled
from portal.store.groups.sign_ups import lock_kept
from portal.store.groups.ways import forget_ways
from portal.store.groups.wish_alerts import forget_wish_alerts
from portal.store.people.brakes import forget_ended
from portal.store.people.outbox import forget_old, post
from portal.store.storage import Storage

REMIND_AHEAD = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Done:
    """What a run did, as counts: nothing in it points at a person."""

    holds_ended: int = 0
    offers_ended: int = 0
    promoted: int = 0
    alerted: int = 0
    reminded: int = 0
    persons_forgotten: int = 0
    alerts_forgotten: int = 0
    mails_forgotten: int = 0

    @property
    def lines(self) -> tuple[str, ...]:
        """Return a line for each count."""
        return tuple(f"{field.name}: {getattr(self, field.name)}" for field in fields(self))


def run_jobs(storage: Storage, now: datetime) -> Done:
    """Do what is due. Mails are written here, and sent by another job."""
    counts = _settle_all(storage, now)
    counts["alerted"] += _alert_all(storage, now)
    counts["reminded"] = _remind_all(storage, now)
    with storage.database.transaction() as connection:
        counts["persons_forgotten"] = forget_persons(connection, now - timedelta(days=CONTACT_DAYS))
        counts["alerts_forgotten"] = forget_begun(connection, now)
        counts["alerts_forgotten"] += forget_wish_alerts(connection, now - timedelta(days=WISH_DAYS))
        counts["mails_forgotten"] = forget_old(connection, now - timedelta(days=CONTACT_DAYS))
        forget_ended(connection, now)
        forget_ways(connection, now)
    return Done(**counts)


def _settle_all(storage: Storage, now: datetime) -> dict[str, int]:
    counts = {"holds_ended": 0, "offers_ended": 0, "promoted": 0, "alerted": 0}
    with storage.database.reading() as connection:
        group_ids = list_unsettled(connection, now)
    names = {
        State.RELEASED: "holds_ended",
        State.LAPSED: "offers_ended",
        State.OFFERED: "promoted",
        State.PLACED: "promoted",
    }
    for group_id in group_ids:
        step = settle_group(storage, group_id, now)
        counts["alerted"] += len(step.told)
        for one in step.decision.changed:
            counts[names[one.state]] += 1
    return counts


def _alert_all(storage: Storage, now: datetime) -> int:
    with storage.database.reading() as connection:
        group_ids = list_alerted_groups(connection)
    return sum(len(settle_group(storage, group_id, now, is_for_alerts=True).told) for group_id in group_ids)


def _remind_all(storage: Storage, now: datetime) -> int:
    with storage.database.reading() as connection:
        due = list_due(connection, now, REMIND_AHEAD)
    reminded = 0
    for one in due:
        with storage.database.transaction() as connection:
            reminded += _remind(storage, connection, one, now)
    return reminded


def _remind(storage: Storage, connection: Connection, due: Due, now: datetime) -> int:
    """Write a reminder that was not written before; the sign-up is locked, so of two runs one writes it."""
    once = f"reminder:{due.session_id}:{due.sequence}:{due.sign_up_id}"
    kept = lock_kept(connection, due.sign_up_id)
    has_place = kept is not None and kept.sign_up.state is State.PLACED
    to = address_of(storage, due.sign_up_id, kept.person) if kept is not None and has_place else None
    if kept is None or to is None or is_told(connection, once):
        return 0
    codes: dict[str, str] = {}
    gaps = when_of(due.starts_at) | {"code": code_to_mail(storage, due.sign_up_id, codes)}
    add_codes(storage.vault, connection, codes)
    return post(connection, storage.vault, [Mail(Letter.REMINDER, to, kept.person.lang, due.kommun, gaps, once)], now)
