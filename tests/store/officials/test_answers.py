"""What officers answer, on both databases: read back whole, and the note sealed."""

from dataclasses import replace

from sqlalchemy import select

from portal.domain.officials.survey import Answer
from portal.store.keys import count_sealed, rotate
from portal.store.officials import answers as store
from portal.store.officials.tables import survey_answers
from portal.store.storage import Storage
from tests.domain.made_up import NOW

ANSWER = Answer("both", "Också efter ansökan.", "Fråga Kanariefågeln.", "direct kurs", NOW.date())


def save(storage: Storage, answer: Answer, row: str = "abc", kommun: str = "lillby") -> None:
    """Remember an answer."""
    with storage.database.transaction() as connection:
        store.lock(connection, kommun)
        store.save_answer(connection, storage.vault, kommun, row, answer)


def read(storage: Storage, kommun: str = "lillby") -> dict[str, Answer]:
    """Return what is remembered."""
    with storage.database.reading() as connection:
        return store.read_answers(connection, storage.vault, kommun)


def test_an_answer_is_read_back_and_the_next_one_takes_its_place(storage: Storage) -> None:
    save(storage, ANSWER)
    save(storage, ANSWER, kommun="granby")
    assert read(storage) == {"abc": ANSWER}
    later = replace(ANSWER, status="none", note="", explanation="")
    save(storage, later)
    assert read(storage) == {"abc": later}
    assert read(storage, "granby") == {"abc": ANSWER}


def test_an_answer_that_is_taken_back_is_gone(storage: Storage) -> None:
    save(storage, ANSWER)
    save(storage, ANSWER, "cope")
    with storage.database.transaction() as connection:
        store.forget_answer(connection, "lillby", "abc")
        store.forget_answer(connection, "granby", "cope")
    assert read(storage) == {"cope": ANSWER}


def test_what_everybody_may_read_has_no_note_and_needs_no_key(storage: Storage) -> None:
    save(storage, ANSWER)
    with storage.database.reading() as connection:
        assert store.read_public_answers(connection, "lillby") == {"abc": replace(ANSWER, note="")}


def test_the_note_is_sealed_and_sealed_anew_with_new_keys(storage: Storage) -> None:
    save(storage, ANSWER)
    save(storage, replace(ANSWER, note=""), "cope")
    with storage.database.reading() as connection:
        kept = connection.execute(select(survey_answers)).all()
    assert "Kanarie" not in repr(kept)
    assert count_sealed(storage) == rotate(storage).rows == 1
    assert read(storage)["abc"] == ANSWER
