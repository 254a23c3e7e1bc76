"""The table of the survey: a row of a kommun has one answer, and of the closed list."""

import pytest
from sqlalchemy import exc, insert

from portal.store.officials.tables import survey_answers
from portal.store.storage import Storage
from tests.domain.made_up import NOW

ANSWER = {
    "kommun": "k",
    "row": "abc",
    "status": "both",
    "explanation": "",
    "basis": "",
    "answered_on": NOW.date(),
}


def test_a_row_has_one_answer(storage: Storage) -> None:
    with pytest.raises(exc.IntegrityError), storage.database.transaction() as connection:
        connection.execute(insert(survey_answers), [ANSWER, {**ANSWER, "status": "none"}])


def test_an_answer_is_of_the_closed_list(storage: Storage) -> None:
    with pytest.raises(exc.IntegrityError), storage.database.transaction() as connection:
        connection.execute(insert(survey_answers), {**ANSWER, "status": "perhaps"})
