"""A canary sings in every field that a person fills in: nothing on disk, in a log or in a copy ever sings along."""

import logging
import sqlite3
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest

from portal.actions.groups import leading
from portal.actions.groups.jobs import run_jobs
from portal.actions.groups.places import accept_offer, ask_for_interpreter, change_contact, my_place, withdraw
from portal.actions.groups.signing_up import alert_me, hold, sign_up, tell_of_groups
from portal.actions.officials.survey import Given, answer_rows, mark_of
from portal.actions.people.mail import send_outbox
from portal.domain.groups.details import Details
from portal.domain.officials.survey import Listed
from portal.domain.refusals import NoSuchPlace
from portal.domain.sentences import in_swedish
from portal.store.storage import Storage
from tests.made_up_groups import LEADER, NOW, published, request
from tests.post_office import PostOffice, opened
from tests.postgres import installed
from tests.written import mails

CANARY = "Kanariefagel"
FORM = "kanariefagelns-formular"


def details(number: int) -> Details:
    """Return the details of a canary."""
    return Details(
        nickname=f"{CANARY}{number}",
        second_nickname=f"{CANARY}tva",
        email=f"{CANARY}{number}@example.se",
        phone=f"070-174 06 {10 + number}",
        interpreter="zz-Kanaria1",
    )


def live(storage: Storage) -> list[str]:
    """Let canaries do everything there is to do; return every code that was theirs."""
    group, other = published(storage, capacity=2, waiting_capacity=10), published(storage)
    hold(storage, group.id, f"{FORM}-hold", 1, NOW)
    receipts = [
        sign_up(storage, group.id, request(number, form_key=f"{FORM}{number}", details=details(number), seats=2), NOW)
        for number in range(3)
    ]
    change_contact(storage, receipts[0].code, f"{CANARY}ny@example.se", "070-174 06 33", NOW)
    ask_for_interpreter(storage, receipts[0].code, "zz-Kanaria2", NOW)
    alert_me(storage, group.id, f"{CANARY}vakt@example.se", "sv", NOW)
    tell_of_groups(storage, (group.kommun, "nothing-yet", "ti"), f"{CANARY}onskar@example.se", "ti", NOW)
    later = NOW + timedelta(minutes=20)
    run_jobs(storage, later)
    accept_offer(storage, receipts[0].code, later)
    leading.list_sign_ups(storage, LEADER, group.id, later)
    leading.message_all(storage, LEADER, group.id, f"{CANARY} i ett meddelande", later)
    leading.move_sign_up(storage, LEADER, my_place(storage, receipts[2].code, later).sign_up.id, other.id, later)
    withdraw(storage, receipts[1].code, later)
    with pytest.raises(NoSuchPlace):
        my_place(storage, CANARY, later)
    note = Given("abc", "none", "", f"{CANARY} i en anteckning", seen=mark_of(None))
    answer_rows(storage, LEADER, {"abc": Listed("not_known")}, [note], later)
    codes = [receipt.code for receipt in receipts] + [
        mail.gaps["code"] for mail in mails(storage) if "code" in mail.gaps
    ]
    with opened(PostOffice()) as office:
        run_jobs(storage, later)
        send_outbox(storage, office.post, lambda lang, said: in_swedish(said), later)
    assert len(office.received) >= 8
    return codes


def copies(storage: Storage, tmp_path: Path) -> list[Path]:
    """Return every file that the database lies in, and a copy such as an operator makes."""
    if storage.database.is_sqlite:
        path = Path(str(storage.database.url.database))
        with sqlite3.connect(path) as source, sqlite3.connect(tmp_path / "copy.sqlite") as target:
            source.backup(target)
        source.close()
        target.close()
        return [path, Path(f"{path}-wal"), tmp_path / "copy.sqlite"]
    url = storage.database.url
    command = [installed() / "bin" / "pg_dump", "-h", str(url.query["host"]), "-U", str(url.username), "-a", "portal"]
    dump = tmp_path / "copy.sql"
    dump.write_bytes(subprocess.run(command, check=True, capture_output=True).stdout)  # noqa: S603 - our own command
    assert b"sign_ups" in dump.read_bytes()
    return [dump, *(path for path in (Path(str(url.query["host"])) / "data").rglob("*") if path.is_file())]


def test_nothing_that_a_person_wrote_is_plain_on_disk_in_a_log_or_in_a_copy(
    storage: Storage, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    codes = live(storage)
    assert len(set(codes)) >= 5
    plain = [CANARY, CANARY.lower(), "Kanaria1", "Kanaria2", FORM, "070-174 06 1", "070-174 06 33", *codes]
    plain += [code.replace("-", "") for code in codes]
    files = copies(storage, tmp_path)
    assert len(files) >= 2
    sung = []
    for path in files:
        content = path.read_bytes() if path.exists() else b""
        sung += [(path.name, word) for word in plain if word.encode() in content]
    # The post office of the tests writes down what it receives; it is no part of the portal.
    logged = "\n".join(record.getMessage() for record in caplog.records if record.name != "mail.log")
    sung += [("log", word) for word in plain if word in logged]
    assert sung == []


def test_a_canary_in_the_open_would_be_heard(storage: Storage, tmp_path: Path) -> None:
    # The control: what is not encrypted is found by the same search.
    published(storage, name=f"{CANARY}kursen")
    assert any(CANARY.encode() in path.read_bytes() for path in copies(storage, tmp_path) if path.exists())
