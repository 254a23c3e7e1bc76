"""What a resident does with files: add one, take it back before sending, look at it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from time import monotonic
from uuid import uuid4

from sqlalchemy import Connection

from portal.actions.applications.by_code import add_to, looked_at, opened
from portal.domain.applications.refused_files import FilledInFile, NoFileChosen, OtherDocument, OtherPicture
from portal.domain.applications.rules import ApplicationRules
from portal.domain.applications.states import Deed, State, can, move
from portal.domain.refusals import (
    ApplicationHasEnded,
    BadFile,
    BrokenFile,
    FileIsTooBig,
    LockedFile,
    NoFilesHere,
    NoSuchFile,
    TooManyFiles,
    UnknownFile,
)
from portal.domain.sentences import Sentence
from portal.domain.typed import line_of
from portal.store.applications import files
from portal.store.applications import stored as store
from portal.store.applications.files import File, FileInfo
from portal.store.applications.quarantine import LARGEST, cleaned
from portal.store.applications.stored import Stored
from portal.store.applications.waiting_files import (
    add_waiting,
    count_waiting,
    drop_waiting,
    first_waiting,
    list_waiting,
    read_waiting,
    refuse_waiting,
)
from portal.store.crypto import Unreadable
from portal.store.job_turns import held_turn
from portal.store.storage import Storage

REFUSALS: dict[str, type[BadFile]] = {
    "unknown": UnknownFile,
    "too_big": FileIsTooBig,
    "broken": BrokenFile,
    "locked": LockedFile,
    "picture": OtherPicture,
    "document": OtherDocument,
    "filled_in": FilledInFile,
}
"""Why a file cannot come along, as it is kept until somebody is told."""

MOST_FILES = 20
MOST_BYTES = 60 * 1024 * 1024
"""Of all files of an application, as they are kept."""

LONGEST_NAME = 80
_ENDINGS = {"image/png": ".png", "image/jpeg": ".jpg", "application/pdf": ".pdf"}


def add_file(
    storage: Storage,
    rules: ApplicationRules,
    code: str,
    name: str,
    content: bytes,
    now: datetime,
    clean: Callable[[], object] | None = None,
) -> FileInfo | None:
    """Add a picture (PNG, JPEG) or a PDF, cleaned of all that it does not show; it is on disk when this returns.

    None while it stands in the line to be cleaned; `clean` lets that be done, beside or at once. Raise a BadFile that
    says why not, NoSuchApplication or ApplicationHasEnded.
    """
    if len(content) > LARGEST:
        raise FileIsTooBig
    if not content:
        raise NoFileChosen
    file_id = uuid4().hex
    with opened(storage, code, now) as (connection, stored):
        kind = rules.kinds.get(stored.application.kind)
        if kind is None or not kind.takes_files:
            raise NoFilesHere
        if not _takes(stored.application.state):
            raise ApplicationHasEnded
        lined = count_waiting(connection, stored.application.id)
        if lined + files.count(connection, stored.application.id) >= MOST_FILES:
            raise TooManyFiles
        add_waiting(connection, stored, file_id, name, content, now)
    (clean or (lambda: clean_files(storage, now)))()
    with opened(storage, code, now) as (connection, stored):
        for one in list_waiting(connection, stored):
            if one.id == file_id and one.refused is not None:
                drop_waiting(connection, file_id)
                refusal = REFUSALS[one.refused]
                break
        else:
            return next((info for info in files.list_infos(connection, stored) if info.id == file_id), None)
    raise refusal


def files_in_line(storage: Storage, code: str, now: datetime) -> tuple[tuple[str, ...], tuple[Sentence, ...]]:
    """Return what the files are called that are not clean yet; and why others cannot come along, told once.

    Raise NoSuchApplication.
    """
    with looked_at(storage, code, now) as (connection, stored):
        if not count_waiting(connection, stored.application.id):
            return (), ()
    with opened(storage, code, now) as (connection, stored):
        found = list_waiting(connection, stored)
        for one in found:
            if one.refused is not None:
                drop_waiting(connection, one.id)
    refused = tuple(REFUSALS[one.refused].says for one in found if one.refused is not None)
    return tuple(one.name for one in found if one.refused is None), refused


def clean_files(storage: Storage, now: datetime) -> int:
    """Clean what stands in the line, one at a time on all hosts; return how many."""
    cleaned_so_far, began = 0, monotonic()
    while _clean_next(storage, now + timedelta(seconds=int(monotonic() - began))):
        cleaned_so_far += 1
    return cleaned_so_far


def _clean_next(storage: Storage, now: datetime) -> bool:
    with held_turn(storage, "files", now) as is_mine:
        if not is_mine:
            return False
        with storage.database.transaction() as connection:
            found = first_waiting(connection)
            if found is None:
                return False
            file_id, application_id = found
            content = _as_it_came(storage, connection, application_id, file_id)
            if content is None:
                refuse_waiting(connection, file_id, "broken")
                return True
        # Nobody waits for the cleaning: the transaction is over.
        try:
            made: tuple[str, bytes] | str = cleaned(content)
        except BadFile as refusal:
            made = next(name for name, kind in REFUSALS.items() if kind is type(refusal))
        with storage.database.transaction() as connection:
            stored = store.find_by_id(storage, connection, application_id)
            if stored is not None:
                _keep(connection, stored, file_id, made, now)
    return True


def _as_it_came(storage: Storage, connection: Connection, application_id: str, file_id: str) -> bytes | None:
    try:
        stored = store.find_by_id(storage, connection, application_id)
        return None if stored is None else read_waiting(connection, stored, file_id)
    except Unreadable:
        return None


def _keep(connection: Connection, stored: Stored, file_id: str, made: tuple[str, bytes] | str, now: datetime) -> None:
    """Keep a file that is clean with its application, or why it cannot be."""
    name = next((one.name for one in list_waiting(connection, stored) if one.id == file_id), None)
    if name is None or not _takes(stored.application.state):
        drop_waiting(connection, file_id)
        return
    known = files.list_infos(connection, stored)
    if not isinstance(made, str) and sum(one.size for one in known) + len(made[1]) > MOST_BYTES:
        made = "too_big"
    if isinstance(made, str):
        refuse_waiting(connection, file_id, made)
        return
    media_type, harmless = made
    drop_waiting(connection, file_id)
    info = FileInfo(file_id, _called(name, media_type), media_type, len(harmless), now)
    files.add(connection, stored, File(info, harmless))
    if stored.application.state is State.DRAFT:
        store.save(connection, replace(stored.application, changed_at=now))
    else:
        add_to(connection, stored, now)


def _takes(state: State) -> bool:
    """Return whether a file can be added now."""
    return state is State.DRAFT or can(state, Deed.ADD)


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
    last = line_of(name).replace("\\", "/").rsplit("/", 1)[-1]
    plain = "".join(char for char in last if char not in '<>:"|?*').strip(". ")
    stem = plain.rsplit(".", 1)[0] if "." in plain else plain
    return (stem.strip(". ")[:LONGEST_NAME] or "bilaga") + _ENDINGS[media_type]
