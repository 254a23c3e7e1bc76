"""How many drafts and files one process takes in a minute: counted for all together, so that no address is kept."""

from collections import deque
from datetime import datetime, timedelta
from threading import Lock

MOST, WITHIN = 60, timedelta(minutes=1)
"""More than a kommun's residents ever do at once, and little enough for the disk; sending is never slowed."""


class Pace:
    """What was done in the last minute. Safe in threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._done: deque[datetime] = deque(maxlen=MOST)

    def may(self, now: datetime) -> bool:
        """Return whether one more may be done now, and count it."""
        with self._lock:
            if len(self._done) >= MOST and now - self._done[0] < WITHIN:
                return False
            self._done.append(now)
            return True
