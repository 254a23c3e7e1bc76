"""An application on paper, drawn in a process of its own: strangers' files are never read in the portal's processes."""

import json
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterable
from pathlib import Path

from portal.store.application_files import File

SECONDS = 90
"""For the whole of it, longer than the process gives itself."""

_PROGRAM = Path(__file__).with_name("drawing.py")
"""Started by its path: it needs nothing of the portal, and loads nothing of it."""


class CannotPrint(Exception):
    """The paper could not be drawn."""


def printed(lines: Iterable[tuple[str, str]], files: Iterable[File]) -> bytes:
    """Return a PDF of lines (style, text), with the files after them. Raise CannotPrint."""
    given = {
        "lines": list(lines),
        "files": [[file.info.name, file.info.type, b64encode(file.content).decode()] for file in files],
    }
    try:
        done = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-I", _PROGRAM],
            input=json.dumps(given).encode(),
            capture_output=True,
            check=False,
            timeout=SECONDS,
            env={"LC_ALL": "C.UTF-8"},
        )
    except subprocess.TimeoutExpired:
        raise CannotPrint from None
    if done.returncode:
        raise CannotPrint  # what the program says may hold what somebody wrote
    return done.stdout
