"""Cleaning a stranger's file in a process of its own: with little memory, little time, no keys and no database.

Whatever a file does to the programs that read it, it does it there. And the portal's own processes never load them.
"""

import subprocess
import sys
from pathlib import Path

from portal.domain.applications.refused_files import FilledInFile, NoFileChosen, OtherDocument, OtherPicture
from portal.domain.refusals import (
    BadFile,
    BrokenFile,
    FileIsTooBig,
    LockedFile,
    UnknownFile,
)

SECONDS = 120
"""For the whole of it: longer than its own time of the processor, as it lets every page pass by."""

_PROGRAM = Path(__file__).with_name("cleaning.py")
"""Started by its path: it needs nothing of the portal, and loads nothing of it."""

LARGEST = 20 * 1024 * 1024
"""Bytes of one file, as it comes: a photo of the largest phones is no larger."""

LARGEST_CLEANED = 16 * 1024 * 1024
"""Bytes of one file, as it is kept: drawn anew it may have grown."""

# The numbers of `cleaning`, which is not imported here.
BY_NUMBER: dict[int, type[BadFile]] = {
    3: UnknownFile,
    4: FileIsTooBig,
    5: BrokenFile,
    6: LockedFile,
    7: OtherPicture,
    8: OtherDocument,
    9: FilledInFile,
}


def cleaned(content: bytes) -> tuple[str, bytes]:
    """Return a file's media type and its harmless content; raise a BadFile that says why it cannot come along."""
    if len(content) > LARGEST:
        raise FileIsTooBig
    if not content:
        raise NoFileChosen
    try:
        done = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-I", _PROGRAM],
            input=content,
            capture_output=True,
            check=False,
            timeout=SECONDS,
            env={"LC_ALL": "C.UTF-8"},
        )
    except subprocess.TimeoutExpired:
        raise FileIsTooBig from None
    if done.returncode:
        raise BY_NUMBER.get(done.returncode, BrokenFile)
    media_type, _, harmless = done.stdout.partition(b"\n")
    if len(harmless) > LARGEST_CLEANED:
        raise FileIsTooBig
    return media_type.decode(), harmless
