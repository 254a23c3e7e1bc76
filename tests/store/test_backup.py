"""A backup while the portal is in use, and a working portal from it, on the same kind of database and on the other."""

import gzip
import json
import resource
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from threading import Event, Thread

import psycopg
import pytest
from sqlalchemy import select

from portal.actions.applications.attachments import add_file, read_file
from portal.actions.applications.drafts import open_draft, save_draft
from portal.actions.applications.following import add_more, status_of
from portal.actions.applications.inbox import open_application
from portal.actions.groups.places import my_place
from portal.actions.groups.signing_up import sign_up
from portal.actions.staff.accounts import COMMAND_LINE, add_staff
from portal.actions.staff.recovery_codes import make_codes, use_code
from portal.domain.applications.rules import ApplicationRules
from portal.domain.officials.survey import Answer
from portal.domain.staff.roles import Role
from portal.store import schema
from portal.store.audit import list_events
from portal.store.backup import OF_HERE, BadBackup, back_up, restore
from portal.store.counting.visits import add_visit
from portal.store.groups import tables as m
from portal.store.officials.answers import read_answers, save_answer
from portal.store.schema import metadata
from portal.store.storage import Storage
from tests.conftest import KEY, open_storage
from tests.made_up_applicants import KOMMUN, NOW, WORKER, begun, form, id_of, picture, sent
from tests.made_up_groups import published, request


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Storage]:
    """Return a storage without a single table, once of each kind."""
    if request.param == "sqlite":
        address = f"sqlite:///{tmp_path / 'empty.sqlite'}"
    else:
        server = request.getfixturevalue("postgresql")
        with psycopg.connect(server.format(name="postgres"), autocommit=True) as connection:
            connection.execute("DROP DATABASE IF EXISTS empty WITH (FORCE)")
            connection.execute("CREATE DATABASE empty")
        address = server.format(name="empty")
    found = open_storage(address, [KEY])
    yield found
    found.close()


def test_from_the_backup_comes_a_working_portal(
    storage: Storage, empty: Storage, rules: ApplicationRules, tmp_path: Path
) -> None:
    receipt = sent(storage, rules)
    info = add_file(storage, rules, receipt.code, "brev.png", picture(size=(400, 300)), NOW)
    draft = begun(storage, rules, "draft")
    save_draft(storage, draft, form(), NOW)
    mine = id_of(storage, rules, receipt)
    open_application(storage, rules, WORKER, mine, NOW)
    place = sign_up(storage, published(storage).id, request(), NOW)
    lea, _ = add_staff(storage, COMMAND_LINE, "lea@example.se", [Role.LEADER], KOMMUN, NOW)
    first, *others = make_codes(storage, lea.id, NOW)
    assert use_code(storage, lea.id, first, NOW)
    with storage.database.transaction() as connection:
        add_visit(connection, KOMMUN, "oppna-forskolan", "visit", NOW.date())
        answer = Answer("none", "Inte i år.", "Fråga äldreomsorgen.", "not_known", NOW.date())
        save_answer(connection, storage.vault, KOMMUN, "tillsyn", answer)
    made = back_up(storage, tmp_path / "backup", NOW)
    assert restore(empty, tmp_path / "backup") == made
    assert schema.is_current(empty.database)
    assert schema.differences(empty.database) == []
    for table in (table for table in metadata.sorted_tables if table.name not in OF_HERE):
        assert rows_of(empty, table) == rows_of(storage, table), table.name
    # It goes on where it was: codes open, files are whole, and new rows get numbers of their own.
    assert status_of(empty, rules, receipt.code, NOW).application.reference == receipt.reference
    assert read_file(empty, receipt.code, info.id, NOW) == read_file(storage, receipt.code, info.id, NOW)
    assert open_draft(empty, draft, NOW).form == form()
    assert my_place(empty, place.code, NOW).sign_up.state is place.state
    assert [use_code(empty, lea.id, code, NOW) for code in (first, *others)] == [False] + [True] * len(others)
    with empty.database.reading() as connection:
        assert read_answers(connection, empty.vault, KOMMUN) == {"tillsyn": answer}
    before = len(list_events(empty, KOMMUN))
    assert open_application(empty, rules, WORKER, mine, NOW).form == form()
    assert len(list_events(empty, KOMMUN)) == before + 1


def rows_of(storage: Storage, table: object) -> list[object]:
    """Return the rows of a table, in one order."""
    with storage.database.reading() as connection:
        found = connection.execute(select(table).order_by(*table.primary_key.columns))  # type: ignore[call-overload, attr-defined]
        return [tuple(row) for row in found]


def test_a_backup_is_of_one_instant_while_others_write(
    storage: Storage, empty: Storage, rules: ApplicationRules, tmp_path: Path
) -> None:
    receipts = [sent(storage, rules, who) for who in range(6)]
    stop, failed = Event(), []

    def write() -> None:
        turn = 0
        while not stop.is_set():
            try:
                # Both or none: a backup between the two would show one alone.
                with storage.database.transaction() as connection:
                    for number in (1, 2):
                        row = {"form_key": f"{turn} {number}", "kommun": "k", "insats": "i", "language": "sv"}
                        row |= {"time_of_day": "day", "wished_on": NOW.date()}
                        connection.execute(m.wishes.insert().values(row))
                add_more(storage, rules, receipts[turn % 6].code, "Hej", f"answer {turn}", NOW)
            except Exception as error:
                failed.append(error)
            turn += 1

    writer = Thread(target=write)
    writer.start()
    for number in range(3):
        back_up(storage, tmp_path / f"backup{number}", NOW)
    stop.set()
    writer.join()
    assert failed == []
    restore(empty, tmp_path / "backup2")
    keys = [row[0].split()[0] for row in rows_of(empty, m.wishes)]  # type: ignore[index]
    assert len(keys) == 2 * len(set(keys))


def test_a_backup_is_for_one_account_and_never_takes_the_place_of_another(storage: Storage, tmp_path: Path) -> None:
    path = tmp_path / "backup"
    back_up(storage, path, NOW)
    assert path.stat().st_mode & 0o777 == 0o600
    first = path.read_bytes()
    with pytest.raises(BadBackup, match="already"):
        back_up(storage, path, NOW)
    assert path.read_bytes() == first
    assert back_up(storage, tmp_path / "same", NOW)
    assert (tmp_path / "same").read_bytes() == first
    with pytest.raises(BadBackup, match="cannot be written"):
        back_up(storage, tmp_path / "nowhere" / "backup", NOW)


def test_a_backup_that_was_cut_short_leaves_nothing_that_looks_like_one(storage: Storage, tmp_path: Path) -> None:
    (tmp_path / "backup.unfinished").write_bytes(b"of a run that was killed")
    back_up(storage, tmp_path / "backup", NOW)
    assert not (tmp_path / "backup.unfinished").exists()


@pytest.fixture
def good(storage: Storage, rules: ApplicationRules, tmp_path: Path) -> Path:
    """Return a backup with something in it."""
    sent(storage, rules)
    back_up(storage, tmp_path / "good", NOW)
    return tmp_path / "good"


def test_what_is_not_whole_is_refused_and_nothing_is_written(good: Path, empty: Storage, tmp_path: Path) -> None:
    raw = good.read_bytes()
    lines = gzip.decompress(raw).splitlines(keepends=True)
    first = json.loads(lines[0])
    row = next(number for number, line in enumerate(lines) if line.startswith(b"["))
    broken = {
        "cut": raw[:-20],
        "a byte": raw[:200] + bytes([raw[200] ^ 1]) + raw[201:],
        "no backup": b"hej",
        "empty": b"",
        "nothing in it": gzip.compress(b""),
        "without its last line": gzip.compress(b"".join(lines[:-1])),
        "without a row": gzip.compress(b"".join(lines[:row] + lines[row + 1 :])),
        "with a row twice": gzip.compress(b"".join([*lines[: row + 1], *lines[row:]])),
        "of another version": gzip.compress(
            json.dumps({**first, "format": "x"}).encode() + b"\n" + b"".join(lines[1:])
        ),
        "a list": gzip.compress(b"[1]\n" + b"".join(lines[1:])),
    }
    for name, content in broken.items():
        path = tmp_path / "broken"
        path.write_bytes(content)
        with pytest.raises(BadBackup):
            restore(empty, path)
        assert not schema.is_current(empty.database), name
    with pytest.raises(BadBackup):
        restore(empty, tmp_path / "nowhere")


def test_a_database_that_is_used_is_never_written_over(good: Path, storage: Storage, empty: Storage) -> None:
    with pytest.raises(BadBackup, match="not empty"):
        restore(storage, good)
    schema.upgrade(empty.database, "0001")
    with pytest.raises(BadBackup, match="another shape"):
        restore(empty, good)
    schema.downgrade(empty.database)
    with pytest.raises(BadBackup, match="nothing to back up"):
        back_up(empty, good.with_name("nothing"), NOW)


def test_a_table_that_this_version_does_not_know_is_told(good: Path, empty: Storage, tmp_path: Path) -> None:

    lines = gzip.decompress(good.read_bytes()).splitlines(keepends=True)[:-1]
    lines += [b'{"table":"stars","columns":["a"]}\n']
    rows = sum(line.startswith(b"[") for line in lines)
    last = json.dumps({"rows": rows, "sha256": sha256(b"".join(lines)).hexdigest()}).encode()
    path = tmp_path / "stars"
    path.write_bytes(gzip.compress(b"".join([*lines, last])))
    with pytest.raises(BadBackup, match="stars"):
        restore(empty, path)
    assert not schema.is_current(empty.database)


FULL = """
import resource, sys
from hashlib import sha256
from pathlib import Path
from portal.store.backup import BadBackup, back_up
from portal.store.storage import open_storage
from tests.domain.made_up import NOW
storage = open_storage(sys.argv[1], [sys.argv[2]])
resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
try:
    back_up(storage, Path(sys.argv[3]), NOW)
except BadBackup as bad:
    print(bad)
"""


def test_a_full_disk_is_told_and_leaves_nothing(
    storage: Storage, rules: ApplicationRules, database_url: str, tmp_path: Path
) -> None:
    for who in range(4):
        sent(storage, rules, who)
    arguments = [sys.executable, "-c", FULL, database_url, KEY, str(tmp_path / "full")]
    done = subprocess.run(arguments, capture_output=True, text=True, check=False)  # noqa: S603 - our own program
    assert "cannot be written" in done.stdout, done.stderr
    assert not list(tmp_path.glob("full*"))
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] != 2000
