"""Either a receipt and it is there, or a clear refusal: killed processes, a full disk, a database that goes away."""

import os
import shutil
import signal
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random

import psycopg
import pytest
from sqlalchemy import func, select

from portal.actions.applications.by_code import opened
from portal.actions.applications.drafts import begin_application, open_draft, save_draft, send
from portal.actions.applications.following import copy_for_print, status_of
from portal.domain.applications.states import State
from portal.store.applications import stored as store
from portal.store.applications import tables as t
from portal.store.database import DatabaseIsDown
from portal.store.storage import Storage
from tests.actions.applications.senders import KIND, PROCESSES, RULES, send_one, send_until_full, send_until_killed
from tests.conftest import KEY, open_storage
from tests.domain.applications.made_up import form
from tests.domain.made_up import NOW


def said_by(pipe: Connection) -> list[tuple[str, str, str]]:
    """Return all that a process said before it was killed."""
    said = []
    try:
        while True:
            said.append(pipe.recv())
    except EOFError:
        return said


def assert_there(storage: Storage, said: list[tuple[str, str, str]]) -> None:
    """Assert that each that has a receipt is there, whole and once."""
    for who, reference, code in said:
        found = status_of(storage, RULES, code, NOW)
        assert (found.state, found.application.reference) == (State.SENT, reference)
        assert copy_for_print(storage, code, NOW).form.wants == "Hjälp. " * 400
        # A form resent after the crash, as a browser does, is the same application, and is told no code.
        assert send_one(storage, who) == (reference, None)
    with storage.database.reading() as connection:
        assert connection.execute(select(func.count()).select_from(t.applications)).scalar_one() >= len(said)
        keys = connection.execute(select(t.applications.c.form_key)).scalars().all()
        assert len(keys) == len(set(keys))


def test_a_server_killed_at_any_moment_loses_and_doubles_nothing(storage: Storage, database_url: str) -> None:
    random = Random(database_url)  # noqa: S311 - when to kill is no secret
    said: list[tuple[str, str, str]] = []
    for round_ in range(3):
        servers = []
        for number in range(2):
            ours, theirs = PROCESSES.Pipe(duplex=False)
            process = PROCESSES.Process(target=send_until_killed, args=(database_url, KEY, 2 * round_ + number, theirs))
            process.start()
            theirs.close()
            servers.append((process, ours))
        for process, ours in servers:
            said += [ours.recv() for _ in range(random.randrange(1, 12))]
            assert process.pid is not None
            os.kill(process.pid, signal.SIGKILL)
        for process, ours in servers:
            said += said_by(ours)
            process.join()
    assert len(said) >= 6
    assert_there(storage, said)


def test_a_full_disk_is_a_refusal_and_what_was_sent_is_there(tmp_path: Path, sqlite_file: Path) -> None:
    shutil.copy(sqlite_file, tmp_path / "portal.sqlite")
    address = f"sqlite:///{tmp_path / 'portal.sqlite'}"
    ours, theirs = PROCESSES.Pipe(duplex=False)
    process = PROCESSES.Process(target=send_until_full, args=(address, KEY, 700_000, theirs))
    process.start()
    theirs.close()
    *said, (who, reference, told) = said_by(ours)
    process.join()
    assert (reference, len(said) > 2) == ("", True)
    assert "cannot be used" in told
    assert "Hjälp" not in told
    storage = open_storage(address, [KEY])
    assert_there(storage, said)
    # With room again, the same form goes through.
    _, code = send_one(storage, who)
    assert status_of(storage, RULES, code, NOW).state is State.SENT
    storage.close()


def test_a_database_that_goes_away_in_the_middle_is_a_refusal(storage: Storage, database_url: str) -> None:
    code = begin_application(storage, "lillby", KIND, "form 1", "sv", NOW).code
    save_draft(storage, code, form(), NOW)

    def write() -> None:
        with opened(storage, code, NOW) as (connection, stored):
            store.write_form(connection, stored, form(wants="Något annat."))
            go_away(connection.engine.url.get_backend_name())
            store.save(connection, stored.application)

    def go_away(kind: str) -> None:
        if kind == "sqlite":
            raise DatabaseIsDown("pulled")  # a file does not go away from a process that has it open
        with psycopg.connect(database_url, autocommit=True) as other:
            other.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )

    with pytest.raises(DatabaseIsDown):
        write()
    # When it is back, everything is as it was, and the same is sent.
    assert open_draft(storage, code, NOW).form == form()
    assert send(storage, RULES, code, NOW).state is State.SENT


def test_without_a_database_every_deed_is_a_clear_refusal(tmp_path: Path) -> None:
    folder = tmp_path / "disk"
    gone = open_storage(f"sqlite:///{folder / 'portal.sqlite'}", [KEY])
    shutil.rmtree(folder)
    nowhere = open_storage(f"postgresql://portal@/portal?host={tmp_path}", [KEY])
    for storage in (gone, nowhere):
        for deed in (
            lambda storage=storage: begin_application(storage, "lillby", KIND, "form 1", "sv", NOW),
            lambda storage=storage: send_one(storage, "1"),
            lambda storage=storage: open_draft(storage, "KX4-7TM-9PR-2HC", NOW),
            lambda storage=storage: send(storage, RULES, "KX4-7TM-9PR-2HC", NOW),
        ):
            with pytest.raises(DatabaseIsDown):
                deed()
        storage.close()
