"""What officers do with SKR's survey: answer rows, take answers back, and read them beside the catalogue."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from portal.domain.audit import Actor, AuditEvent
from portal.domain.officials.survey import Answer, BadAnswers, Listed, wrong_fields
from portal.domain.versions import check_version, version_of
from portal.store import audit
from portal.store.officials import answers
from portal.store.storage import Storage


@dataclass(frozen=True, slots=True)
class Given:
    """What an officer gave for one row. Without a status the catalogue's words stand.

    is_confirmed: an answer that is as before is right, whatever the catalogue says now; seen: the mark of what the
    form was made from.
    """

    row: str
    status: str
    explanation: str
    note: str
    is_confirmed: bool = False
    seen: str | None = None

    @property
    def content(self) -> tuple[str, str, str] | None:
        """Return what it says; None where it takes an answer back, or gives none."""
        found = (self.status, self.explanation, self.note)
        return found if any(found) else None


def mark_of(answer: Answer | None) -> str:
    """Return the mark of an answer, which the form of its row carries."""
    return version_of(_content(answer))


def answers_of(storage: Storage, by: Actor) -> dict[str, Answer]:
    """Return every answer of her kommun by row id, with notes."""
    with storage.database.reading() as connection:
        return answers.read_answers(connection, storage.vault, by.kommun)


def public_answers_of(storage: Storage, kommun: str) -> dict[str, Answer]:
    """Return every answer of a kommun by row id, as anybody may read them."""
    with storage.database.reading() as connection:
        return answers.read_public_answers(connection, kommun)


def answer_rows(
    storage: Storage, by: Actor, listed: Mapping[str, Listed], given: Sequence[Given], now: datetime
) -> int:
    """Remember what an officer answers, all of it or nothing; return how many rows she changed.

    listed: what the catalogue says of each row. A row that she left as it was is left, also where another has changed
    it. Raise BadAnswers with the fields of each row, ChangedMeanwhile, or KeyError for a row that is none.
    """
    touched = [one for one in given if one.is_confirmed or version_of(one.content) != one.seen]
    wrong = {one.row: wrong_fields(one.status, one.explanation, one.note) for one in touched if one.content}
    if any(wrong.values()):
        raise BadAnswers({row: fields for row, fields in wrong.items() if fields})
    changed = 0
    with storage.database.transaction() as connection:
        answers.lock(connection, by.kommun)
        known = answers.read_answers(connection, storage.vault, by.kommun)
        for one in touched:
            before, basis = known.get(one.row), listed[one.row].mark
            if one.content == _content(before) and not (before is not None and one.is_confirmed):
                continue
            check_version(one.seen, _content(before))
            if one.content is None:
                answers.forget_answer(connection, by.kommun, one.row)
                _record(connection, by, "take_back_survey", one.row, now)
            else:
                answer = Answer(*one.content, basis, now.date())
                answers.save_answer(connection, storage.vault, by.kommun, one.row, answer)
                _record(connection, by, "answer_survey", one.row, now)
            changed += 1
    return changed


def _record(connection: Connection, by: Actor, did: str, row: str, now: datetime) -> None:
    audit.record(connection, AuditEvent(now, by.id, by.kommun, did, f"survey:{row}"))


def _content(answer: Answer | None) -> tuple[str, str, str] | None:
    return None if answer is None else (answer.status, answer.explanation, answer.note)
