"""Whose turn it is to write to an SQLite file: the kernel's fair queue, and an end to the waiting.

SQLite's own waiting is a lottery whose losers wait ten times longer. The kernel's queue is fair, holds for threads as
for processes, and a process that is killed leaves it. But it has no time-out, so who has to wait lets a thread do it.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Event, Lock, Thread

MOST_WAITING = 512
"""Of one process: where a turn never comes, who comes later is told at once, and no more threads are left waiting."""


_open_files: set[int] = set()
_OPENING = Lock()


def _open(path: str) -> int:
    with _OPENING:
        found = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        _open_files.add(found)
        return found


def _close(lock: int) -> None:
    with _OPENING:
        _open_files.discard(lock)
        os.close(lock)


def _let_go() -> None:
    """Let a forked child have no part in the turns of its parent's threads: with it they would never end."""
    for lock in _open_files:
        os.close(lock)
    _open_files.clear()
    _OPENING.release()


os.register_at_fork(before=_OPENING.acquire, after_in_parent=_OPENING.release, after_in_child=_let_go)


class NoTurn(Exception):
    """It was not one's turn in time; or, with `strerror`, there can be no turn: the folder cannot be used."""

    def __init__(self, says: str) -> None:
        self.says = says
        super().__init__(says)


class Turns:
    """The turns at one file, for every thread of every process that asks for them."""

    def __init__(self, path: str, seconds: float) -> None:
        self._path, self._seconds = path, seconds
        self._places = BoundedSemaphore(MOST_WAITING)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for one's turn and have it until the block ends; raise NoTurn."""
        lock = self._take()
        try:
            yield
        finally:
            _close(lock)

    def _take(self) -> int:
        try:
            lock = _open(self._path)
        except OSError as error:
            raise NoTurn(f"the database's folder cannot be used: {error.strerror}") from None
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._wait(lock)
        return lock

    def _wait(self, lock: int) -> None:
        if not self._places.acquire(blocking=False):
            _close(lock)
            raise NoTurn("too many wait to write to the database already")
        waiting = _Waiting(lock, self._places)
        waiting.start()
        if not waiting.is_over(self._seconds):
            raise NoTurn("another program has held the database's lock for too long")


class _Waiting(Thread):
    """Stands in the kernel's queue for somebody who may leave before the turn comes."""

    def __init__(self, lock: int, places: BoundedSemaphore) -> None:
        super().__init__(daemon=True)
        self._lock, self._places = lock, places
        self._came, self._decides = Event(), Lock()
        self._has_left = False

    def run(self) -> None:
        fcntl.flock(self._lock, fcntl.LOCK_EX)
        self._places.release()
        with self._decides:
            if self._has_left:
                _close(self._lock)
            self._came.set()

    def is_over(self, seconds: float) -> bool:
        """Wait so long; return whether the turn came. Otherwise whoever waited has left, and the lock goes with it."""
        self._came.wait(seconds)
        with self._decides:
            self._has_left = not self._came.is_set()
            return not self._has_left
