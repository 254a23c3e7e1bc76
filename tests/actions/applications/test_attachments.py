"""Files that come along: cleaned, limited, taken back before sending, and never after."""

from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image

from portal.actions.applications.attachments import (
    MOST_BYTES,
    MOST_FILES,
    add_file,
    clean_files,
    files_in_line,
    read_file,
    remove_file,
)
from portal.actions.applications.by_code import opened
from portal.actions.applications.drafts import open_draft, save_draft, send
from portal.actions.applications.following import status_of, withdraw
from portal.actions.applications.handling import ask_for_more
from portal.domain.applications.rules import ApplicationRules
from portal.domain.applications.states import State
from portal.domain.refusals import (
    ApplicationHasEnded,
    ApplicationIsSent,
    FileIsTooBig,
    FilesAreWaiting,
    NoFilesHere,
    NoSuchApplication,
    NoSuchFile,
    TooManyFiles,
    UnknownFile,
)
from portal.store.applications import files
from portal.store.applications.files import File, FileInfo
from portal.store.applications.quarantine import LARGEST
from portal.store.job_turns import LEASE, turn_of
from portal.store.storage import Storage
from tests.made_up_applicants import NOW, WORKER, begun, form, id_of, picture, sent


def test_a_photo_of_a_letter_comes_along(storage: Storage, rules: ApplicationRules) -> None:
    code = begun(storage, rules)
    info = add_file(storage, rules, code, "C:\\Kanin\\brev från mormor.JPEG", picture("JPEG"), NOW)
    assert (info.name, info.type) == ("brev från mormor.jpg", "image/jpeg")
    found = read_file(storage, code, info.id, NOW)
    assert len(found.content) == info.size
    assert Image.open(BytesIO(found.content)).size == (40, 30)
    assert open_draft(storage, code, NOW).files == (info,)
    save_draft(storage, code, form(), NOW)
    send(storage, rules, code, NOW)
    assert read_file(storage, code, info.id, NOW) == found


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("../../etc/passwd", "passwd.png"),
        ("", "bilaga.png"),
        ("...", "bilaga.png"),
        ("a\r\nSet-Cookie: x.png", "a Set-Cookie x.png"),
        ("brev.pdf.exe", "brev.pdf.png"),
        ("gnp\u202efdp.exe", "gnpfdp.png"),
        ("x" * 300, "x" * 80 + ".png"),
        ("رسالة.png", "رسالة.png"),
    ],
)
def test_a_name_is_only_a_name(storage: Storage, rules: ApplicationRules, name: str, called: str) -> None:
    assert add_file(storage, rules, begun(storage, rules), name, picture(), NOW).name == called


def test_a_file_is_taken_back_before_sending_and_stays_after(storage: Storage, rules: ApplicationRules) -> None:
    code, other = begun(storage, rules), begun(storage, rules, 2)
    info = add_file(storage, rules, code, "a.png", picture(), NOW)
    for nobody in (other, "KX4-7TM-9PR-2HC"):
        with pytest.raises((NoSuchFile, NoSuchApplication)):
            remove_file(storage, nobody, info.id, NOW)
        with pytest.raises((NoSuchFile, NoSuchApplication)):
            read_file(storage, nobody, info.id, NOW)
    remove_file(storage, code, info.id, NOW)
    assert open_draft(storage, code, NOW).files == ()
    kept = add_file(storage, rules, code, "b.png", picture(), NOW)
    send(storage, rules, code, NOW, form=form())
    with pytest.raises(ApplicationIsSent):
        remove_file(storage, code, kept.id, NOW)


def test_a_file_that_was_asked_for_is_an_answer(storage: Storage, rules: ApplicationRules) -> None:
    receipt = sent(storage, rules)
    ask_for_more(storage, rules, WORKER, id_of(storage, rules, receipt), ["certificate"], "", NOW)
    before = status_of(storage, rules, receipt.code, NOW).application
    add_file(storage, rules, receipt.code, "intyg.png", picture(), NOW)
    after = status_of(storage, rules, receipt.code, NOW).application
    assert (after.state, after.version) == (State.ANSWERED, before.version + 1)


def test_what_cannot_come_along_is_refused_and_nothing_is_kept(storage: Storage, rules: ApplicationRules) -> None:
    code = begun(storage, rules)
    with pytest.raises(UnknownFile):
        add_file(storage, rules, code, "bild.png", b"<svg onload='alert(1)'/>", NOW)
    with pytest.raises(NoFilesHere):
        add_file(storage, rules, begun(storage, rules, 2, "family-counselling"), "a.png", picture(), NOW)
    receipt = sent(storage, rules, 3)
    withdraw(storage, rules, receipt.code, NOW)
    with pytest.raises(ApplicationHasEnded):
        add_file(storage, rules, receipt.code, "a.png", picture(), NOW)
    assert open_draft(storage, code, NOW).files == ()


def fill(storage: Storage, code: str, name: str, many: int, size: int) -> None:
    """Put files in a draft that say that they are so large."""
    with opened(storage, code, NOW) as (connection, stored):
        for number in range(many):
            files.add(connection, stored, File(FileInfo(f"{name}{number}", "a.png", "image/png", size, NOW), b"x"))


def test_there_is_an_end_to_how_many_and_how_much(storage: Storage, rules: ApplicationRules) -> None:
    assert (MOST_FILES, MOST_BYTES) == (20, 60 * 1024 * 1024)  # her page says twenty
    many, much = begun(storage, rules, 1), begun(storage, rules, 2)
    fill(storage, many, "many", MOST_FILES, 1)
    with pytest.raises(TooManyFiles):
        add_file(storage, rules, many, "a.png", picture(), NOW)
    fill(storage, much, "much", 1, MOST_BYTES - 10)
    for content in (picture(), b"x" * (LARGEST + 1)):
        with pytest.raises(FileIsTooBig):
            add_file(storage, rules, much, "a.png", content, NOW)
    assert len(open_draft(storage, much, NOW).files) == 1


def later() -> None:
    """Let nothing be cleaned yet."""


def test_a_file_waits_in_line_and_the_application_with_it(storage: Storage, rules: ApplicationRules) -> None:
    code = begun(storage, rules)
    save_draft(storage, code, form(), NOW)
    assert add_file(storage, rules, code, "brev.png", picture(), NOW, later) is None
    assert add_file(storage, rules, code, "virus.exe", b"MZ", NOW, later) is None
    names, refused = files_in_line(storage, code, NOW)
    assert (sorted(names), refused) == (["brev.png", "virus.exe"], ())
    with pytest.raises(FilesAreWaiting):
        send(storage, rules, code, NOW)
    assert clean_files(storage, NOW) == 2
    with pytest.raises(FilesAreWaiting):  # one of them was refused, and nobody has been told
        send(storage, rules, code, NOW)
    assert files_in_line(storage, code, NOW) == ((), (UnknownFile.says,))
    assert files_in_line(storage, code, NOW) == ((), ())
    assert [file.name for file in open_draft(storage, code, NOW).files] == ["brev.png"]
    assert send(storage, rules, code, NOW).reference


def test_what_waits_counts_among_the_files_there_may_be(storage: Storage, rules: ApplicationRules) -> None:
    code = begun(storage, rules)
    for number in range(MOST_FILES):
        add_file(storage, rules, code, f"{number}.png", picture(), NOW, later)
    with pytest.raises(TooManyFiles):
        add_file(storage, rules, code, "one more.png", picture(), NOW, later)


def test_files_are_left_to_the_run_that_is_cleaning_already(storage: Storage, rules: ApplicationRules) -> None:
    code = begun(storage, rules)
    add_file(storage, rules, code, "brev.png", picture(), NOW, later)
    with turn_of(storage, "files", NOW) as is_mine:
        assert is_mine
        assert clean_files(storage, NOW) == 0
    assert clean_files(storage, NOW) == 1


def test_a_run_that_was_killed_keeps_a_file_waiting_for_seconds_only(storage: Storage, rules: ApplicationRules) -> None:
    code = begun(storage, rules)
    add_file(storage, rules, code, "brev.png", picture(), NOW, later)
    killed = turn_of(storage, "files", NOW, LEASE)
    assert killed.__enter__()
    assert clean_files(storage, NOW + LEASE - timedelta(seconds=2)) == 0
    assert clean_files(storage, NOW + LEASE) == 1
