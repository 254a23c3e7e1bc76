"""Jobs all day: what is due every minute, and mails as they come, until told to stop; what is begun is ended first."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from threading import Event, Thread

from portal.actions.clockwork import Work, run_all, tell_failure
from portal.actions.people.mail import send_outbox
from portal.store.database import DatabaseIsDown

LOG = logging.getLogger("portal.errors")

EVERY = 60.0
"""Seconds from one round to the next."""

SOON = 3.0
"""Seconds until a sender looks again, who had nothing to send."""

LATER = 30.0
"""Seconds until a sender tries again, whose server of mail or database was down."""


@dataclass(frozen=True)
class Duty:
    """One process that does the jobs, beside any number of others on any number of hosts.

    Mails are taken one at a time by whoever sends (`portal/store/people/outbox.py`), so senders need no turns. `now`
    and `ticks` are clocks; `say` is told of counts that are not nought; `renewed` gives the work as it is by now.
    """

    renewed: Callable[[], Work]
    now: Callable[[], datetime]
    ticks: Callable[[], float]
    say: Callable[[str], object]
    every: float = EVERY
    soon: float = SOON
    later: float = LATER
    stopped: Event = field(default_factory=Event)

    def serve(self, senders: int) -> None:
        """Do what is due until stopped, with so many senders of mails; return when all that was begun has ended."""
        threads = [Thread(target=self._send_all_day) for _ in range(senders)]
        for thread in threads:
            thread.start()
        try:
            while not self.stopped.is_set():
                self._round()
                self.stopped.wait(self.every)
        finally:
            self.stopped.set()
            for thread in threads:
                thread.join()

    def _round(self) -> None:
        try:
            for line in run_all(self.renewed(), self.now(), self.ticks):
                self._tell(line)
                if self.stopped.is_set():
                    return
        except DatabaseIsDown as down:
            LOG.error("%s in the jobs", down)

    def _send_all_day(self) -> None:
        while not self.stopped.is_set():
            self.stopped.wait(self._send())

    def _send(self) -> float:
        """Send what waits; return for how many seconds to rest."""
        work = self.renewed()
        if work.post is None:
            return self.later
        try:
            sent = send_outbox(work.storage, work.post, work.voice, self.now(), lambda: not self.stopped.is_set())
        except DatabaseIsDown as down:
            LOG.error("%s in the jobs of mails", down)
            return self.later
        except Exception as error:
            self._fail(work, error)
            return self.later
        for line in sent.lines:
            self._tell(line)
        return self.later if sent.put_off else self.soon

    def _fail(self, work: Work, error: Exception) -> None:
        try:
            self.say(tell_failure(work.storage, "mails", self.now(), error))
        except DatabaseIsDown as down:
            LOG.error("%s in the jobs of mails", down)

    def _tell(self, line: str) -> None:
        if not line.endswith(": 0"):
            self.say(line)
