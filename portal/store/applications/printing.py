"""An application on paper, drawn in a process of its own: strangers' files are never read in the portal's processes."""

import json
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterable
from pathlib import Path
from unicodedata import bidirectional

from portal.domain.typed import number_parts
from portal.store.applications.files import File

SECONDS = 300
"""For the whole of it: longer than its own time of the processor, as it lets every page pass by."""

_PROGRAM = Path(__file__).with_name("drawing.py")
"""Started by its path: it needs nothing of the portal, and loads nothing of it."""


_FROM_THE_LEFT = "\u2066{}\u2069"
"""Signs that draw nothing, around what runs from the left (Unicode's isolates)."""


class CannotPrint(Exception):
    """The paper could not be drawn."""


def in_order(text: str) -> str:
    """Return a text in which each number of many digits keeps its order; without letters from the right, as it is."""
    if not any(bidirectional(char) in ("R", "AL") for char in text):
        return text
    return "".join(_FROM_THE_LEFT.format(part) if is_number else part for part, is_number in number_parts(text))


def printed(lines: Iterable[tuple[str, str]], files: Iterable[File]) -> bytes:
    """Return a PDF of lines (style, text), with the files after them. Raise CannotPrint."""
    given = {
        "lines": [(style, in_order(text)) for style, text in lines],
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
