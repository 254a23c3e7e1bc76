"""How many came to a meeting: counted by those who lead the group, by age band and gender, never who."""

from datetime import datetime

from portal.domain.audit import Actor, AuditEvent
from portal.domain.groups.attendance import Counts, are_counts
from portal.domain.refusals import BadDraft, NoSuchSession, SessionHasNotBegun
from portal.domain.versions import check_version
from portal.store import audit
from portal.store.groups import attendance
from portal.store.groups.planning import get_group, lock_group
from portal.store.storage import Storage


def take_attendance(
    storage: Storage,
    by: Actor,
    group_id: str,
    session_id: str,
    counts: Counts,
    now: datetime,
    *,
    seen: str | None = None,
) -> None:
    """Remember how many came to a meeting that has begun, by age band and gender.

    seen: the mark of the counts that the form was made from. Raise BadDraft, SessionHasNotBegun, ChangedMeanwhile,
    NoSuchSession or NoSuchGroup.
    """
    if not are_counts(counts):
        raise BadDraft(("counts",))
    with storage.database.transaction() as connection:
        group = lock_group(connection, group_id, by.kommun)
        session = group.find_session(session_id)
        if session is None or session.is_cancelled:
            raise NoSuchSession
        if session.starts_at > now:
            raise SessionHasNotBegun
        check_version(seen, attendance.counts_of(connection, group_id).get(session_id, {}))
        attendance.save_counts(connection, session_id, counts)
        audit.record(connection, AuditEvent(now, by.id, by.kommun, "take_attendance", f"group:{group_id}"))


def attendance_of(storage: Storage, by: Actor, group_id: str) -> dict[str, dict[tuple[str, str], int]]:
    """Return how many came, by the id of the meeting and then by age band and gender. Raise NoSuchGroup."""
    with storage.database.reading() as connection:
        get_group(connection, group_id, by.kommun)
        return attendance.counts_of(connection, group_id)
