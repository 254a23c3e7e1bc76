"""Applications in the database: sealed answer by answer, found by a hash, and no plain word anywhere on disk."""

import logging
from pathlib import Path
from threading import Barrier, Thread

import psycopg
import pytest
from sqlalchemy import func, select

from portal.actions.applications.attachments import add_file
from portal.actions.applications.drafts import begin_application, save_draft
from portal.actions.applications.exporting import confirm_export
from portal.actions.applications.following import add_more
from portal.actions.applications.handling import ask_for_more, close, note, set_case_number
from portal.actions.applications.inbox import find_applications, open_application
from portal.domain.applications.rules import ApplicationRules
from portal.domain.applications.states import State
from portal.store.applications import stored as store
from portal.store.applications import tables as t
from portal.store.backup import back_up
from portal.store.schema import metadata
from portal.store.storage import Storage
from tests.made_up_applicants import CANARIES, KOMMUN, NOW, WORKER, begun, form, id_of, picture, sent


def everything(storage: Storage, rules: ApplicationRules) -> list[str]:
    """Do everything that writes, with words that are easy to look for; return the codes."""
    draft = begun(storage, rules, "draft")
    save_draft(storage, draft, form(), NOW)
    add_file(storage, rules, draft, "Sidensvans.png", picture(), NOW)
    receipt = sent(storage, rules)
    mine = id_of(storage, rules, receipt)
    open_application(storage, rules, WORKER, mine, NOW)
    ask_for_more(storage, rules, WORKER, mine, ["name"], "Gökottan?", NOW)
    add_more(storage, rules, receipt.code, "Sidensvans!", "answer", NOW)
    note(storage, WORKER, mine, "Vipansson", NOW)
    set_case_number(storage, WORKER, mine, "Kanariefågel-17", NOW)
    find_applications(storage, rules, WORKER, "Vipansson", NOW)
    confirm_export(storage, WORKER, mine, 1, NOW)
    close(storage, WORKER, mine, NOW)
    return [draft, receipt.code]


def plain_words(codes: list[str]) -> list[bytes]:
    """Return what may stand nowhere: every word, also as JSON would write it, and the codes."""
    words = [*CANARIES, *codes, *(code.replace("-", "") for code in codes)]
    return [word.encode(coding) for word in words for coding in ("utf-8", "utf-16-le", "unicode-escape")]


def test_no_plain_word_is_on_disk_in_a_log_or_in_a_backup(
    storage: Storage, rules: ApplicationRules, tmp_path: Path, caplog: pytest.LogCaptureFixture, postgresql: str
) -> None:
    caplog.set_level(logging.DEBUG)
    words = plain_words(everything(storage, rules))
    back_up(storage, tmp_path / "backup", NOW)
    found = dict.fromkeys(("log",), caplog.text.encode())
    found |= {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    with storage.database.reading() as connection:
        for table in metadata.sorted_tables:
            found[table.name] = repr(connection.execute(select(table)).all()).encode()
    if not storage.database.is_sqlite:
        found |= files_of_postgresql(postgresql)
    for name, content in found.items():
        assert not [word for word in words if word in content], name
    # The test can fail: the reference stands there in plain.
    assert b"A-" in found["applications"]


def files_of_postgresql(address: str) -> dict[str, bytes]:
    """Return what the server has written, its log of changes too."""
    with psycopg.connect(address.format(name="portal"), autocommit=True) as connection:
        connection.execute("CHECKPOINT")
        row = connection.execute("SHOW data_directory").fetchone()
    assert row is not None
    folder = Path(row[0])
    paths = [*folder.joinpath("base").rglob("*"), *folder.joinpath("pg_wal").glob("0*")]
    return {str(path): path.read_bytes() for path in paths if path.is_file()}


def test_each_answer_is_sealed_on_its_own(storage: Storage, rules: ApplicationRules) -> None:
    sent(storage, rules)
    with storage.database.reading() as connection:
        rows = connection.execute(select(t.fields)).all()
    names = {row.name for row in rows}
    assert {"name", "wants", "facts.help", "portal.code"} <= names
    assert len({row.sealed for row in rows}) == len(rows)


def test_of_two_who_begin_the_same_form_at_once_each_gets_a_code_of_her_own(
    storage: Storage, rules: ApplicationRules
) -> None:
    kind, codes, together = rules.kinds["elderly"], [], Barrier(8)

    def begin() -> None:
        together.wait()
        codes.append(begin_application(storage, KOMMUN, kind, "form 1", "sv", NOW).code)

    threads = [Thread(target=begin) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(codes), len(set(codes))) == (8, 8)
    with storage.database.reading() as connection:
        assert connection.execute(select(func.count()).select_from(t.applications)).scalar_one() == 8


def test_of_two_answers_at_once_none_is_lost(storage: Storage, rules: ApplicationRules) -> None:
    receipt, together = sent(storage, rules), Barrier(8)

    def answer(number: int) -> None:
        together.wait()
        add_more(storage, rules, receipt.code, f"svar {number}", f"answer {number}", NOW)

    threads = [Thread(target=answer, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    opened = open_application(storage, rules, WORKER, id_of(storage, rules, receipt), NOW)
    assert {one.text for one in opened.messages} == {f"svar {number}" for number in range(8)}
    assert opened.application.version == 9


def test_what_is_asked_of_the_store_alone(storage: Storage, rules: ApplicationRules) -> None:
    mine = id_of(storage, rules, sent(storage, rules))
    with storage.database.transaction() as connection:
        stored = store.find_by_id(storage, connection, mine)
        assert stored is not None
        assert (
            store.find_application(connection, mine) == stored.application == store.lock_application(connection, mine)
        )
        assert store.find_application(connection, "nothing") is None
        assert store.lock_application(connection, "nothing") is None
        assert store.find_by_id(storage, connection, "nothing", lock=False) is None
        assert store.read_own(connection, stored, store.CASE_NUMBER) is None
        assert store.count_by_unit(connection, KOMMUN, [State.SENT]) == {"elderly": 1}
        assert store.list_places(connection, [State.SENT]) == {(KOMMUN, "elderly"): 1}
        store.write_form(connection, stored, type(form())())
        assert store.read_form(connection, stored) == type(form())()


def test_an_application_is_found_by_its_reference_and_a_draft_has_none(
    storage: Storage, rules: ApplicationRules
) -> None:
    receipt = sent(storage, rules)
    mine = id_of(storage, rules, receipt)
    begun(storage, rules, "draft")
    with storage.database.reading() as connection:
        every = [row.id for row in connection.execute(select(t.applications.c.id))]
        assert len(every) == 2
        assert store.references_of(connection, [*every, "nothing"]) == {mine: receipt.reference}
        assert store.references_of(connection, []) == {}
        assert store.find_id_of_reference(connection, receipt.reference) == mine
        assert store.find_id_of_reference(connection, "nothing") is None
        assert [one.id for one in store.list_by_ids(connection, [mine, "nothing"])] == [mine]
