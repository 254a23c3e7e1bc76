"""The portal as a server runs it: it stops on what cannot work, tells which keys it has, and survives a bad reload."""

import atexit
import logging
import os
import sys
from collections.abc import Mapping
from datetime import datetime
from threading import Event, Thread
from uuid import uuid4

from flask import Flask

from portal import create_app, swedish_time
from portal.actions.readiness import NOT_BOUND, OldShape, check_storage
from portal.domain.knowledge import Knowledge
from portal.operating import log_of
from portal.outside_settings import BadSettings
from portal.settings import Settings
from portal.store.crypto import BadKeys
from portal.store.database import BadDatabaseUrl, DatabaseIsDown
from portal.store.known_value import WrongKeys, learn_binding
from portal.store.languages.menu import BrokenLanguages
from portal.store.loading import BrokenCatalogue, load_unbroken
from portal.store.running import forget_running, tell_running
from portal.store.storage import Storage
from portal.watching import Lookout
from portal.web.log_lines import begin_log
from portal.web.portal import pages_of
from portal.web.storage import storage_of

LOG = logging.getLogger("portal.errors")

EVERY = 60.0
"""Seconds between two words of a process that it runs."""

SOON = 5.0
"""Seconds until the first word of a process that may be about to fork."""

CANNOT_START = (BadSettings, BadDatabaseUrl, BadKeys, BrokenCatalogue, BrokenLanguages, OldShape, WrongKeys)


class CannotStart(Exception):
    """The portal cannot run so; says what to do."""


def serve(before: Flask | None = None, environment: Mapping[str, str] = os.environ) -> Flask:
    """Return the portal, checked; raise CannotStart. What is broken of one kommun stays as it was `before`.

    A database that is down is no reason not to start: the most pages need none.
    """
    try:
        settings = Settings.from_environment(environment)
        Lookout.begin(settings.data)
        earlier: Knowledge | None = None if before is None else pages_of(before).portal.knowledge
        loaded = load_unbroken(settings.data, only=settings.kommuner, shared_in=settings.shared_data, before=earlier)
        app = create_app(settings, loaded=loaded)
        _check(storage_of(app))
    except CANNOT_START as reason:
        raise CannotStart(str(reason)) from None
    for finding in loaded.findings:
        LOG.error("a kommun's catalogue is broken, and not shown as it is now: %s", finding.line)
    return app


def start() -> Flask:
    """Return the portal for a WSGI server; end the process with what to do where it cannot run."""
    try:
        begin_log(log_of(os.environ))
        app = serve()
    except (BadSettings, CannotStart) as reason:
        print(f"The portal does not start: {reason}", file=sys.stderr)
        raise SystemExit(1) from None
    Presence(storage_of(app)).begin()
    return app


def reloaded(before: Flask) -> Flask:
    """Return the portal anew, or as it was `before` where it cannot start so: then the log says why."""
    try:
        app = serve(before)
    except Exception as reason:  # whatever it is, the portal that runs goes on
        says = reason if isinstance(reason, CannotStart) else type(reason).__name__
        LOG.error("the reload is refused, and the portal goes on as it was: %s", says)
        pages_of(before).refused_reload = str(says)
        return before
    Presence(storage_of(app)).begin()
    return app


def _check(storage: Storage) -> None:
    try:
        check_storage(storage)
        if storage.vault.takes_unbound:
            LOG.warning("%s", NOT_BOUND)
    except DatabaseIsDown as down:
        LOG.error("the portal starts without its database: %s", down)
    finally:
        storage.close()  # the processes that are forked from here make connections of their own


class Presence:
    """Tells the database that this process runs, with which keys, until it ends: see `portal keys rotate`.

    A process that forks others to answer, as gunicorn's first one does, tells nothing itself: no thread of it may be in
    the middle of something when it forks.
    """

    _last: "Presence | None" = None

    def __init__(self, storage: Storage, every: float = EVERY) -> None:
        self._storage, self._every = storage, every
        self._ended = Event()
        self._id = ""

    def begin(self, after: float = SOON) -> None:
        """Begin in this process after so many seconds, and at once in each that is forked from it."""
        if Presence._last is not None:
            Presence._last.pause()
        Presence._last = self
        self._id, self._ended = uuid4().hex, Event()
        Thread(target=self._tell, args=(self._id, self._ended, after), daemon=True).start()

    def pause(self) -> None:
        """Tell no more."""
        self._ended.set()

    def _tell(self, process: str, ended: Event, after: float) -> None:
        while not ended.wait(after):
            self.tell(process, swedish_time())
            after = self._every

    def tell(self, process: str, now: datetime) -> None:
        """Tell it once, and learn whether rows are bound by now; a database that is down is told the next time."""
        try:
            tell_running(self._storage, process, now)
            learn_binding(self._storage)
        except DatabaseIsDown as down:
            LOG.warning("the database cannot be told that the portal runs: %s", down)

    def end(self) -> None:
        """Take back what was told, as the process ends in good order."""
        self.pause()
        try:
            forget_running(self._storage, self._id)
        except DatabaseIsDown:
            return


def _after_fork(is_child: bool) -> None:
    last = Presence._last
    if last is not None:
        last.pause()
        if is_child:
            last.begin(0)


def _at_exit() -> None:
    if Presence._last is not None:
        Presence._last.end()


os.register_at_fork(after_in_parent=lambda: _after_fork(False), after_in_child=lambda: _after_fork(True))
atexit.register(_at_exit)
