"""The counts that wait in this process, and the moment that is chosen for writing them."""

import atexit
from collections.abc import Callable
from secrets import SystemRandom, randbelow
from threading import Timer
from typing import cast

from flask import Flask, current_app

from portal.actions.counting.counters import SHARE, Batch

SOONEST, LATEST = 30 * 60, 90 * 60
"""Seconds from the first count that waits until all are written. Anything between is as likely."""


def at_random(plan: Callable[[], object]) -> Timer:
    """Run something once, at a moment that nobody can foresee; return what waits for it."""
    timer = Timer(SystemRandom().uniform(SOONEST, LATEST), plan)
    timer.daemon = True  # a process that is told to end does not wait for it: it writes as it ends
    timer.start()
    return timer


def at_times() -> bool:
    """Return by chance whether something is counted: one time in SHARE, and nobody can foresee which."""
    return randbelow(SHARE) == 0


def put_batch(app: Flask, batch: Batch) -> None:
    """Let an app count with that batch, and write what waits when the process ends in good order."""
    app.extensions["batch"] = batch
    atexit.register(batch.close)


def current_batch() -> Batch:
    """Return the batch of the running app."""
    return cast("Batch", current_app.extensions["batch"])
