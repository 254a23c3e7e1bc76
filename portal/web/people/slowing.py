"""Slows those who guess codes: counts in memory, by the first signs of a code, never by who asks."""

from collections import deque
from datetime import datetime, timedelta
from threading import Lock

PER_START, PER_START_FOR = 5, timedelta(minutes=10)
"""Wrong codes that begin alike, and how long they count. A slip of the pen is no such code: the check finds it."""

PER_PROCESS, PER_PROCESS_FOR = 100, timedelta(minutes=1)
"""Wrong codes of everybody. A code has over 50 bits: at this pace one is found in ten million years."""

_START = 3
"""The signs of the first group: there are some fifteen thousand such starts, so the counts cannot fill the memory."""


class Attempts:
    """The wrong codes of the last minutes, in one process. Safe in threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._all: deque[datetime] = deque(maxlen=PER_PROCESS)
        self._by_start: dict[str, deque[datetime]] = {}

    def is_too_many(self, code: str, now: datetime) -> bool:
        """Return whether this code must wait: so many wrong ones came before it."""
        with self._lock:
            known = self._by_start.get(code[:_START], deque())
            return _is_full(self._all, PER_PROCESS, PER_PROCESS_FOR, now) or _is_full(
                known, PER_START, PER_START_FOR, now
            )

    def note(self, code: str, now: datetime) -> None:
        """Count a wrong code."""
        with self._lock:
            self._by_start.setdefault(code[:_START], deque(maxlen=PER_START)).append(now)
            self._all.append(now)


def _is_full(moments: deque[datetime], most: int, counts_for: timedelta, now: datetime) -> bool:
    return len(moments) >= most and now - moments[0] < counts_for
