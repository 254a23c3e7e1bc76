"""What staff do with visits: count one, take the last one back, see how many there were today.

None of it stands in the trail: the moment of a visit would say when somebody came.
"""

from datetime import datetime

from portal.actions.counting.counters import NotCounted
from portal.domain.catalogue.kommuner import Kommun
from portal.domain.counting.counters import VISIT_KINDS
from portal.domain.counting.visits import is_counted_by_tap
from portal.store.counting import visits
from portal.store.counting.visits import Visits
from portal.store.storage import Storage


def visits_today(storage: Storage, kommun: Kommun, now: datetime) -> Visits:
    """Return how many were counted today, by insats and kind."""
    with storage.database.reading() as connection:
        return visits.read_visits(connection, kommun.id, now.date())


def count_visit(storage: Storage, kommun: Kommun, insats_id: str, kind: str, now: datetime) -> None:
    """Count one visit or call to an insats today; raise NotCounted for what is not counted by a tap."""
    _check(kommun, insats_id, kind)
    with storage.database.transaction() as connection:
        visits.add_visit(connection, kommun.id, insats_id, kind, now.date())


def undo_visit(storage: Storage, kommun: Kommun, insats_id: str, kind: str, now: datetime) -> bool:
    """Take one of today's away; return False where there is none. Raise NotCounted."""
    _check(kommun, insats_id, kind)
    with storage.database.transaction() as connection:
        return visits.remove_visit(connection, kommun.id, insats_id, kind, now.date())


def _check(kommun: Kommun, insats_id: str, kind: str) -> None:
    insats = kommun.insatser.get(insats_id)
    if insats is None or not is_counted_by_tap(insats) or kind not in VISIT_KINDS:
        raise NotCounted(f"{insats_id}: {kind}")
