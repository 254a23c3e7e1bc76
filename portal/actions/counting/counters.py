"""Counting, and what of the counts may be read. Nothing here knows who is counted."""

from collections import Counter as Bag
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from threading import Lock

from sqlalchemy import Connection

from portal.domain.counting.counters import ATTENDANCE_AFTER, COUNTERS, Count, is_counted
from portal.domain.counting.periods import Period, tertial_of
from portal.domain.counting.statistics import Told, Values, told_of
from portal.store.counting.counters import add_counts, list_rows
from portal.store.counting.tallies import (
    ByKommun,
    find_days,
    take_day,
    take_visits,
    tally_attendance,
    tally_groups,
    tally_sign_ups,
)
from portal.store.database import DatabaseIsDown
from portal.store.storage import Storage

MOST, MOST_OF_ONE = 2000, 200
"""Times that one process counts before it writes, in all and in one kommun. More within an hour is no residents but a
machine; what is over is thrown away."""

SHARE = 2
"""One in so many presses of "Räkna mig" is written down, each thing for itself and by chance: who adds counts of her
own does not know how many of them are in a number, and cannot take them away from it (docs/statistics.md)."""

SETTLED = timedelta(hours=1)
"""After midnight, until a day's sign-ups are counted: a form may hold a seat for 15 minutes (`deciding.HOLD`)."""


class NotCounted(ValueError):
    """Something that does not stand in the closed list of what is counted."""


def always() -> bool:
    """Count everything."""
    return True


class Batch:
    """Counts that wait in memory, so that no row is written when somebody is counted. Safe in threads.

    What waits is written together, at the instant that `later` chooses, under the day of that instant. When the process
    is killed it is lost: some numbers are then too low, and nobody is worse off. `clock` is read when it is written,
    which no caller waits for. `later` runs what it is given, once, at another time. `chance` says of each count whether
    it is written down.
    """

    def __init__(
        self,
        storage: Storage,
        clock: Callable[[], datetime],
        later: Callable[[Callable[[], object]], object],
        chance: Callable[[], bool] = always,
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._later = later
        self._chance = chance
        self._lock = Lock()
        self._waiting: dict[str, Bag[Count]] = {}
        self._times: Bag[str] = Bag()
        self._is_planned = False

    def count(self, kommun: str, counts: Iterable[Count]) -> None:
        """Let counts wait; each of them counts up by one. Raise NotCounted. The database is not asked."""
        found = _checked(counts)
        with self._lock:
            if self._times.total() >= MOST or self._times[kommun] >= MOST_OF_ONE:
                return
            self._times[kommun] += 1
            self._waiting.setdefault(kommun, Bag()).update(one for one in found if self._chance())
            self._plan()

    def flush(self) -> int:
        """Write what waits; return of how many kommuner. When the database is down it waits on."""
        return self._write(waits_on=True)

    def close(self) -> int:
        """Write what waits, for the last time; return of how many kommuner."""
        return self._write(waits_on=False)

    def _write(self, *, waits_on: bool) -> int:
        with self._lock:
            waiting, self._waiting = self._waiting, {}
            times, self._times = self._times, Bag()
            self._is_planned = False
        if not waiting:
            return 0
        today = self._clock().date()
        try:
            with self._storage.database.transaction() as connection:
                for kommun, counts in sorted(waiting.items()):
                    add_counts(connection, kommun, today, counts)
        except DatabaseIsDown:
            if waits_on:
                self._take_back(waiting, times)
            return 0
        return len(waiting)

    def _take_back(self, waiting: dict[str, Bag[Count]], times: Bag[str]) -> None:
        with self._lock:
            self._times += times
            for kommun, counts in waiting.items():
                self._waiting.setdefault(kommun, Bag()).update(counts)
            self._plan()

    def _plan(self) -> None:
        if not self._is_planned:
            self._is_planned = True
            self._later(self.flush)


def count_now(connection: Connection, kommun: str, counts: Iterable[Count], now: datetime) -> None:
    """Count something in the transaction of the deed itself. Raise NotCounted."""
    add_counts(connection, kommun, now.date(), Bag(_checked(counts)))


def _checked(counts: Iterable[Count]) -> tuple[Count, ...]:
    found = tuple(counts)
    wrong = [count.key for count in found if not is_counted(count)]
    if wrong:
        raise NotCounted(", ".join(wrong))
    return found


def tally(storage: Storage, now: datetime) -> int:
    """Count what the groups' own rows say of each day that has settled since the last time; return how many days.

    A day is counted once, also when two ask at once. Of the time before the first run only one day is counted.
    """
    last = (now - SETTLED).date() - timedelta(days=1)
    with storage.database.reading() as connection:
        counted = find_days(connection)
    days = 1 if counted is None else (last - counted[1]).days
    return sum(_tally_day(storage, last - timedelta(days=ago)) for ago in reversed(range(days)))


def _tally_day(storage: Storage, day: date) -> bool:
    met_on = day - timedelta(days=ATTENDANCE_AFTER)
    with storage.database.transaction() as connection:
        if not take_day(connection, day):
            return False
        _write(connection, day, tally_groups(connection, day))
        _write(connection, day, tally_sign_ups(connection, day))
        _write(connection, met_on, tally_attendance(connection, met_on))
        for counted_on, found in sorted(take_visits(connection, day).items()):
            _write(connection, counted_on, found)
    return True


def _write(connection: Connection, day: date, found: ByKommun) -> None:
    for kommun, counts in sorted(found.items()):
        add_counts(connection, kommun, day, counts)


def report(storage: Storage, kommun: str, tertial: Period, values: Values, now: datetime) -> tuple[Told, ...]:
    """Return what may be shown of each counter in a kommun's tertial, in the order of the closed list."""
    with storage.database.reading() as connection:
        rows = list_rows(connection, kommun, tertial)
    return tuple(told_of(counter, rows, tertial, values, now.date()) for counter in COUNTERS.values())


def list_tertials(storage: Storage, now: datetime) -> tuple[Period, ...]:
    """Return the tertials since the portal began to count until the one that is now, the newest first.

    They are the same whatever was counted: that a tertial stands in a list must not tell that it is not empty.
    """
    with storage.database.reading() as connection:
        counted = find_days(connection)
    first_on = now.date() if counted is None else counted[0]
    found = [tertial_of(now.date())]
    while found[-1].first_on > first_on:
        found.append(tertial_of(found[-1].first_on - timedelta(days=1)))
    return tuple(found)
