"""What a resident does with files: add one, take it back before sending, look at it."""

import unicodedata
from dataclasses import replace
from datetime import datetime
from uuid import uuid4

from portal.actions.applications.by_code import add_to, looked_at, opened
from portal.domain.applications.rules import ApplicationRules
from portal.domain.applications.states import Deed, State, can, move
from portal.domain.refusals import ApplicationHasEnded, FileIsTooBig, NoFilesHere, NoSuchFile, TooManyFiles
from portal.store.applications import files
from portal.store.applications import stored as store
from portal.store.applications.files import File, FileInfo
from portal.store.applications.quarantine import cleaned
from portal.store.storage import Storage

MOST_FILES = 20
MOST_BYTES = 60 * 1024 * 1024
"""Of all files of an application, as they are kept."""

LONGEST_NAME = 80
_ENDINGS = {"image/png": ".png", "image/jpeg": ".jpg", "application/pdf": ".pdf"}


def add_file(
    storage: Storage, rules: ApplicationRules, code: str, name: str, content: bytes, now: datetime
) -> FileInfo:
    """Add a picture (PNG, JPEG) or a PDF, cleaned of all that it does not show; it is on disk when this returns.

    Raise a BadFile that says why not, NoSuchApplication or ApplicationHasEnded.
    """
    with looked_at(storage, code, now) as (_, seen):
        kind = rules.kinds.get(seen.application.kind)
        if kind is None or not kind.takes_files:
            raise NoFilesHere
        if not (seen.application.state is State.DRAFT or can(seen.application.state, Deed.ADD)):
            raise ApplicationHasEnded
    # Cleaning takes a while, and nobody else waits for it.
    media_type, harmless = cleaned(content)
    info = FileInfo(uuid4().hex, _called(name, media_type), media_type, len(harmless), now)
    with opened(storage, code, now) as (connection, stored):
        known = files.list_infos(connection, stored)
        if len(known) >= MOST_FILES:
            raise TooManyFiles
        if sum(one.size for one in known) + info.size > MOST_BYTES:
            raise FileIsTooBig
        files.add(connection, stored, File(info, harmless))
        if stored.application.state is State.DRAFT:
            store.save(connection, replace(stored.application, changed_at=now))
        else:
            add_to(connection, stored, now)
    return info


def remove_file(storage: Storage, code: str, file_id: str, now: datetime) -> None:
    """Take back a file of a draft. Raise NoSuchFile, NoSuchApplication, or ApplicationIsSent: what is sent stays."""
    with opened(storage, code, now) as (connection, stored):
        move(stored.application.state, Deed.EDIT)
        if not files.remove(connection, stored, file_id):
            raise NoSuchFile
        store.save(connection, replace(stored.application, changed_at=now))


def read_file(storage: Storage, code: str, file_id: str, now: datetime) -> File:
    """Return a file to the one who sent it, as it is kept. Raise NoSuchFile or NoSuchApplication."""
    with looked_at(storage, code, now) as (connection, stored):
        found = files.find(connection, stored, file_id)
    if found is None:
        raise NoSuchFile
    return found


def _called(name: str, media_type: str) -> str:
    """Return what a file is called: no folders, no signs that trick the eye, the ending of what it is."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    plain = "".join(char for char in last if char.isprintable() and char not in '<>:"|?*').strip(". ")
    stem = plain.rsplit(".", 1)[0] if "." in plain else plain
    return (stem.strip(". ")[:LONGEST_NAME] or "bilaga") + _ENDINGS[media_type]
