"""How many places one e-mail or phone number holds: known by keyed hashes, which go a day after the place."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, and_, case, delete, func, insert, or_, select, update

from portal.domain.groups.sign_ups import ACTIVE
from portal.domain.people.brakes import PLACES, PLACES_FOR, PLACES_IN_GROUP
from portal.domain.people.reach import ways_of
from portal.store.groups import tables as m
from portal.store.storage import Storage


def hashes_of(storage: Storage, email: str, phone: str) -> tuple[str, ...]:
    """Return what is stored of the ways to reach somebody."""
    return tuple(storage.vault.digests("way", way)[0] for way in ways_of(email, phone))


def has_too_many(
    storage: Storage, connection: Connection, email: str, phone: str, group_id: str, now: datetime, but: str = ""
) -> bool:
    """Return whether an e-mail or a number holds as many places as it may, not looking at one sign-up (`but`)."""
    return any(
        _is_full(connection, storage.vault.digests("way", way), group_id, now, but) for way in ways_of(email, phone)
    )


def _is_full(connection: Connection, hashes: Iterable[str], group_id: str, now: datetime, but: str) -> bool:
    table, one = m.sign_up_ways.c, m.sign_ups.c
    query = (
        select(func.count(), func.coalesce(func.sum(case((one.group_id == group_id, 1), else_=0)), 0))
        .join(m.sign_ups, one.id == table.sign_up_id)
        .where(table.way.in_(list(hashes)), one.id != but, or_(one.state.in_(ACTIVE), one.made_at > now - PLACES_FOR))
    )
    in_all, in_group = connection.execute(query).one()
    return int(in_all) >= PLACES or int(in_group) >= PLACES_IN_GROUP


def save_ways(connection: Connection, sign_up_id: str, hashes: Iterable[str]) -> None:
    """Remember how somebody is reached now, in place of how she was."""
    connection.execute(delete(m.sign_up_ways).where(m.sign_up_ways.c.sign_up_id == sign_up_id))
    rows = [{"way": way, "sign_up_id": sign_up_id} for way in dict.fromkeys(hashes)]
    if rows:
        connection.execute(insert(m.sign_up_ways), rows)


def hand_over_ways(connection: Connection, from_id: str, to_id: str) -> None:
    """Let another sign-up of the same person have them: she has moved there."""
    chosen = update(m.sign_up_ways).where(m.sign_up_ways.c.sign_up_id == from_id)
    connection.execute(chosen.values(sign_up_id=to_id))


def forget_ways(connection: Connection, now: datetime) -> int:
    """Take away those of places that are left, or over, a day after they were made; return how many."""
    one, group = m.sign_ups.c, m.groups.c
    ended = select(group.id).where(group.ends_at <= now)
    is_over = and_(or_(one.state.not_in(ACTIVE), one.group_id.in_(ended)), one.made_at <= now - PLACES_FOR)
    chosen = select(one.id).where(is_over)
    return connection.execute(delete(m.sign_up_ways).where(m.sign_up_ways.c.sign_up_id.in_(chosen))).rowcount
