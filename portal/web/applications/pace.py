"""How many drafts and files one process takes in a minute: counted for all together, so that no address is kept."""

from collections import deque
from datetime import datetime, timedelta
from threading import Lock

WITHIN = timedelta(minutes=1)

DRAFTS, UPLOADS = 300, 60
"""More than residents ever do at once, and little enough for the disk and the processor; sending is never slowed."""


class Pace:
    """What was done in the last minute. Safe in threads."""

    def __init__(self, most: int) -> None:
        self._lock = Lock()
        self._most = most
        self._done: deque[datetime] = deque(maxlen=most)

    def may(self, now: datetime) -> bool:
        """Return whether one more may be done now, and count it."""
        with self._lock:
            if len(self._done) >= self._most and now - self._done[0] < WITHIN:
                return False
            self._done.append(now)
            return True
