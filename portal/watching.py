"""A catalogue's folder that is a link: a server that runs takes the version that it leads to, within seconds.

Only a link that is turned is seen, never a file that somebody is writing: those are taken by `kill -HUP`.
"""

import fcntl
import os
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryFile
from threading import Thread
from time import sleep
from typing import IO

EVERY = 2.0
"""Seconds between two looks; a look is one question to the file system."""


class Lookout:
    """Looks at where a folder is, in each process that is forked after it was begun, and tells once that it moved."""

    _last: "Lookout | None" = None

    def __init__(self, folder: Path, turn: IO[bytes] | None = None) -> None:
        """Remember where a folder is; of the processes that share `turn`, a file, the one that can lock it tells."""
        self.folder, self.place, self._turn = folder, os.path.realpath(folder), turn

    @classmethod
    def begin(cls, folder: Path) -> None:
        """Remember where a folder is, before it is read: what moves while it is read is seen afterwards."""
        if cls._last is not None and cls._last._turn is not None:
            cls._last._turn.close()
        cls._last = cls(folder, TemporaryFile())  # noqa: SIM115 - open as long as this stands

    def has_moved(self) -> bool:
        """Return whether the folder is another now, and is there."""
        return os.path.realpath(self.folder) != self.place and self.folder.is_dir()

    def is_mine(self) -> bool:
        """Return whether it is for this process to tell; of all that were forked alike it is one."""
        if self._turn is None:
            return True
        try:
            fcntl.lockf(self._turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    def watch(self, tell: Callable[[], object], pause: Callable[[float], object] = sleep) -> None:
        """Look until the folder has moved; then tell, if it is for this process, and look no more."""
        while not self.has_moved():
            pause(EVERY)
        if self.is_mine():
            tell()


def watch_catalogue(tell: Callable[[], object]) -> None:
    """Watch beside the answering, in the process that calls this."""
    if Lookout._last is not None:
        Thread(target=Lookout._last.watch, args=(tell,), daemon=True).start()
