"""Work that no request waits for: a thread beside them does it, once at a time in each process."""

import logging
from collections.abc import Callable
from threading import Condition, Thread

from portal.store.database import DatabaseIsDown

LOG = logging.getLogger("portal.errors")


class Beside:
    """Does what stands in a line whenever somebody asks for it; the line itself is in the database, and outlives it."""

    def __init__(self, work: Callable[[], object]) -> None:
        self._work = work
        self._changes = Condition()
        self._asked = self._done = 0
        self._is_at_it = False

    def ask(self, seconds: float) -> bool:
        """Let the work be done from now on; return whether it was within so many seconds."""
        with self._changes:
            self._asked += 1
            wanted = self._asked
            if not self._is_at_it:
                self._is_at_it = True
                Thread(target=self._go, daemon=True).start()
            return self._changes.wait_for(lambda: self._done >= wanted, seconds)

    def _go(self) -> None:
        while True:
            with self._changes:
                asked = self._asked
            try:
                self._work()
            except DatabaseIsDown as down:
                LOG.error("%s while working beside the requests", down)
            except Exception as error:
                # The message of an exception may hold what somebody wrote.
                LOG.error("%s while working beside the requests", type(error).__name__)
            with self._changes:
                self._done = asked
                self._changes.notify_all()
                if self._asked == asked:
                    self._is_at_it = False
                    return
