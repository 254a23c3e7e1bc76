"""Files in pieces: whole or not at all, and no piece can be moved, left out or put elsewhere."""

from collections.abc import Callable

import pytest
from sqlalchemy import delete, select, update

from portal.actions.applications.by_code import opened
from portal.domain.applications.rules import ApplicationRules
from portal.store.applications import files
from portal.store.applications import tables as t
from portal.store.applications.files import PIECE, File, FileInfo
from portal.store.crypto import Unreadable
from portal.store.storage import Storage
from tests.made_up_applicants import NOW, begun

CONTENT = bytes(range(256)) * (PIECE // 128 + 1)


def file(name: str, content: bytes) -> File:
    """Return a file."""
    return File(FileInfo(name, "brev.pdf", "application/pdf", len(content), NOW), content)


@pytest.mark.parametrize("content", [b"", b"x", CONTENT[:PIECE], CONTENT[: PIECE + 1], CONTENT], ids=range(5))
def test_a_file_comes_back_as_it_was(storage: Storage, rules: ApplicationRules, content: bytes) -> None:
    with opened(storage, begun(storage, rules), NOW) as (connection, stored):
        files.add(connection, stored, file("f1", content))
        assert files.find(connection, stored, "f1") == file("f1", content)
        assert files.list_infos(connection, stored) == (file("f1", content).info,)
        assert files.count(connection, stored.application.id) == 1
        assert files.find(connection, stored, "f2") is None
        assert files.remove(connection, stored, "f1")
        assert not files.remove(connection, stored, "f1")
        assert connection.execute(select(t.chunks)).all() == []


BROKEN: dict[str, Callable[[], object]] = {
    "the last piece is left out": lambda: delete(t.chunks).where(t.chunks.c.number == 2),
    "the middle is left out": lambda: delete(t.chunks).where(t.chunks.c.number == 1),
    "a piece is changed": lambda: update(t.chunks).where(t.chunks.c.number == 1).values(sealed=b"x" * 100),
    "a piece has another place": lambda: update(t.chunks).where(t.chunks.c.number == 1).values(number=7),
    "all are left out": lambda: delete(t.chunks),
}


@pytest.mark.parametrize("how", BROKEN)
def test_a_file_that_is_not_whole_is_no_file(storage: Storage, rules: ApplicationRules, how: str) -> None:
    with opened(storage, begun(storage, rules), NOW) as (connection, stored):
        files.add(connection, stored, file("f1", CONTENT))
        connection.execute(BROKEN[how]())  # type: ignore[call-overload]
        with pytest.raises(Unreadable):
            files.find(connection, stored, "f1")
