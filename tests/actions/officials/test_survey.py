"""Officers answer the survey, on both databases: all of a form or nothing, nobody undone unseen, all in the trail."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from portal.actions.officials.survey import Given, answer_rows, answers_of, mark_of, public_answers_of
from portal.domain.audit import Actor
from portal.domain.officials.survey import LONGEST, Answer, BadAnswers, Listed
from portal.domain.refusals import ChangedMeanwhile
from portal.store.audit import list_events
from portal.store.storage import Storage
from tests.domain.made_up import NOW

OFFICER, STRANGER = Actor("officer-1", "lillby"), Actor("officer-2", "granby")
LISTED = {"abc": Listed("direct"), "cope": Listed("not_known")}
UNSEEN = mark_of(None)
HAVE_IT = Given("abc", "both", "Också efter ansökan.", "Fråga Eva.", seen=UNSEEN)
HAVE_NOT = Given("cope", "none", "", "", seen=UNSEEN)


def give(storage: Storage, *given: Given, listed: dict[str, Listed] | None = None, by: Actor = OFFICER) -> int:
    """Answer as an officer."""
    return answer_rows(storage, by, listed or LISTED, given, NOW)


def trail(storage: Storage) -> list[tuple[str, str, str]]:
    """Return who did what to what, the first deed first."""
    return [(event.by, event.did, event.subject) for event in reversed(list_events(storage, "lillby"))]


def test_answers_are_remembered_with_what_the_catalogue_said_then(storage: Storage) -> None:
    assert give(storage, HAVE_IT, HAVE_NOT) == 2
    stored = Answer("both", "Också efter ansökan.", "Fråga Eva.", "direct", NOW.date())
    assert answers_of(storage, OFFICER) == {"abc": stored, "cope": Answer("none", "", "", "not_known", NOW.date())}
    assert public_answers_of(storage, "lillby")["abc"] == replace(stored, note="")
    assert answers_of(storage, STRANGER) == public_answers_of(storage, "granby") == {}
    assert trail(storage) == [
        ("officer-1", "answer_survey", "survey:abc"),
        ("officer-1", "answer_survey", "survey:cope"),
    ]


def test_a_row_that_was_left_as_it_was_is_left(storage: Storage) -> None:
    give(storage, HAVE_IT)
    seen = mark_of(answers_of(storage, OFFICER)["abc"])
    assert give(storage, replace(HAVE_IT, seen=seen), Given("cope", "", "", "", seen=UNSEEN)) == 0
    assert len(trail(storage)) == 1


def test_an_answer_is_taken_back(storage: Storage) -> None:
    give(storage, HAVE_IT)
    seen = mark_of(answers_of(storage, OFFICER)["abc"])
    assert give(storage, Given("abc", "", "", "", seen=seen)) == 1
    assert answers_of(storage, OFFICER) == {}
    assert trail(storage)[-1] == ("officer-1", "take_back_survey", "survey:abc")


def test_an_answer_that_is_still_right_is_confirmed_beside_what_the_catalogue_says_now(storage: Storage) -> None:
    give(storage, HAVE_IT)
    seen = mark_of(answers_of(storage, OFFICER)["abc"])
    now = {"abc": Listed("assessed")}
    assert give(storage, replace(HAVE_IT, seen=seen), listed=now) == 0
    assert answers_of(storage, OFFICER)["abc"].basis == "direct"
    assert give(storage, replace(HAVE_IT, seen=seen, is_confirmed=True), listed=now) == 1
    assert answers_of(storage, OFFICER)["abc"].basis == "assessed"


def test_of_a_form_with_a_mistake_nothing_is_remembered(storage: Storage) -> None:
    long = Given("cope", "", "x" * (LONGEST + 1), "", seen=UNSEEN)
    with pytest.raises(BadAnswers) as refusal:
        give(storage, HAVE_IT, long)
    assert refusal.value.fields == {"cope": ("answer", "explanation")}
    assert answers_of(storage, OFFICER) == {}
    assert trail(storage) == []


def test_what_another_answered_meanwhile_is_not_undone(storage: Storage) -> None:
    give(storage, HAVE_IT)
    with pytest.raises(ChangedMeanwhile):
        give(storage, HAVE_NOT, Given("abc", "none", "", "", seen=UNSEEN))
    assert {row: one.status for row, one in answers_of(storage, OFFICER).items()} == {"abc": "both"}
    # The same answer twice is no quarrel, nor is a row that she did not touch.
    assert give(storage, HAVE_IT, Given("abc", "", "", "", seen=UNSEEN), HAVE_NOT) == 1


def test_of_two_who_answer_a_new_row_at_once_one_is_told(storage: Storage) -> None:
    def answer(status: str) -> str:
        try:
            give(storage, Given("abc", status, "", "", seen=UNSEEN))
        except ChangedMeanwhile:
            return "told"
        return status

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(answer, ("direct", "assessed", "both", "none")))
    assert done.count("told") == 3
    assert answers_of(storage, OFFICER)["abc"].status in done


def test_a_row_that_is_none_is_an_error_of_the_page(storage: Storage) -> None:
    with pytest.raises(KeyError):
        give(storage, Given("nowhere", "none", "", "", seen=UNSEEN))
