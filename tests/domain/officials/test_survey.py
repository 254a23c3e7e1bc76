"""SKR's survey: silence of the catalogue is no answer, and an officer's answer stands before it."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date

import pytest

from portal.domain.catalogue.insatser import Insats
from portal.domain.catalogue.kommuner import Kommun
from portal.domain.officials.skr import SkrArea, SkrGroup, SkrList, SkrRow, SkrSection
from portal.domain.officials.survey import (
    ALL,
    ASSESSED,
    BOTH,
    DIRECT,
    DOUBTFUL,
    LONGEST,
    NONE,
    NOT_KNOWN,
    SHOWN,
    UNANSWERED,
    Answer,
    BadAnswers,
    Progress,
    Surveyed,
    progress,
    survey,
    wrong_fields,
)
from tests.domain.build import insats, kommun

ROW, OTHER = SkrRow("abc", "ABC", 10), SkrRow("cope", "COPE", 14)
LIST = SkrList((SkrArea("family", "", (SkrSection("open", "", (SkrGroup("parents", "", (ROW, OTHER)),)),)),))
DAY = date(2026, 11, 24)


def linked(name: str, route: str, *rows: str) -> Insats:
    """Return an insats that realises these rows."""
    return replace(insats(name, route=route), skr=rows)


def offering(*offered: Insats, lists: Collection[str] = ()) -> Kommun:
    """Return a kommun whose source sets out to list some routes whole."""
    return replace(kommun(*offered), lists=frozenset(lists))


def row_of(place: Kommun, answer: Answer | None = None) -> Surveyed:
    """Return the first row."""
    return survey(place, LIST, {} if answer is None else {"abc": answer})["abc"]


def answered(status: str, basis: str = "") -> Answer:
    """Return an answer of an officer."""
    return Answer(status, "", "", basis, DAY)


A_DIRECT, AN_ASSESSED = linked("a", DIRECT, "abc"), linked("b", ASSESSED, "abc")
WHOLE = (DIRECT, ASSESSED)


@pytest.mark.parametrize(
    ("offered", "lists", "status", "is_whole"),
    [
        ((), (), NOT_KNOWN, False),
        ((), (DIRECT,), NOT_KNOWN, False),
        ((), (ASSESSED,), NOT_KNOWN, False),
        ((), WHOLE, NONE, True),
        ((linked("other", DIRECT, "another-row"),), WHOLE, NONE, True),
        ((A_DIRECT,), (DIRECT,), DIRECT, False),
        ((A_DIRECT,), (ASSESSED,), DIRECT, True),
        ((A_DIRECT,), WHOLE, DIRECT, True),
        ((linked("a", "other", "abc"),), WHOLE, DIRECT, True),
        ((AN_ASSESSED,), (), ASSESSED, False),
        ((AN_ASSESSED,), WHOLE, ASSESSED, True),
        ((A_DIRECT, AN_ASSESSED), (), BOTH, True),
    ],
)
def test_what_a_source_does_not_set_out_to_list_is_not_known(
    offered: tuple[Insats, ...], lists: Collection[str], status: str, is_whole: bool
) -> None:
    found = row_of(offering(*offered, lists=lists))
    assert (found.status, found.listed.status, found.listed.is_whole) == (status, status, is_whole)
    assert found.row == ROW
    assert found.insatser == tuple(one for one in offered if "abc" in one.skr)


def test_what_the_law_lets_people_apply_for_is_a_hint_and_no_answer() -> None:
    by_law = replace(AN_ASSESSED, by_law="11 kap. 1 §")
    found = row_of(offering(by_law, lists=(DIRECT,)))
    assert (found.status, found.insatser, found.listed.by_law) == (NOT_KNOWN, (), (by_law,))
    assert found.listed.mark == NOT_KNOWN
    assert row_of(offering(A_DIRECT, by_law)).status == DIRECT


def test_every_row_is_there_in_order_also_those_that_nobody_answered() -> None:
    assert list(survey(offering(A_DIRECT), LIST)) == ["abc", "cope"]


def test_an_officer_s_answer_stands_before_the_catalogue_s() -> None:
    found = row_of(offering(A_DIRECT), answered(BOTH, "direct a"))
    assert (found.status, found.listed.status, found.is_answered) == (BOTH, DIRECT, True)
    assert (found.is_overtaken, found.is_doubtful) == (False, False)


@pytest.mark.parametrize(
    "later",
    [
        offering(AN_ASSESSED),
        offering(A_DIRECT, AN_ASSESSED),
        offering(A_DIRECT, linked("c", DIRECT, "abc")),
        offering(),
    ],
)
def test_an_answer_is_overtaken_when_the_catalogue_says_otherwise_than_it_did(later: Kommun) -> None:
    before = row_of(offering(A_DIRECT))
    answer = answered(DIRECT, before.listed.mark)
    assert not row_of(offering(A_DIRECT), answer).is_overtaken
    found = row_of(later, answer)
    assert (found.is_overtaken, found.is_doubtful, found.status) == (True, True, DIRECT)
    assert not row_of(later).is_overtaken


@pytest.mark.parametrize(
    ("place", "is_doubtful"),
    [
        (offering(A_DIRECT, lists=(DIRECT,)), True),  # whether it is assessed too is not said
        (offering(lists=WHOLE), True),  # none, by silence alone
        (offering(A_DIRECT, lists=WHOLE), False),
        (offering(lists=(DIRECT,)), False),  # nothing is known: that is without an answer, not doubtful
    ],
)
def test_what_rests_on_silence_is_doubtful_until_somebody_answers(place: Kommun, is_doubtful: bool) -> None:
    found = row_of(place)
    assert found.is_doubtful is is_doubtful
    assert not row_of(place, answered(NONE, found.listed.mark)).is_doubtful


def test_silence_of_a_whole_catalogue_is_no_answer_until_an_officer_says_so() -> None:
    found = row_of(offering(lists=WHOLE))
    assert (found.status, found.is_silence, found.is_answered) == (NONE, True, False)
    found = row_of(offering(lists=WHOLE), answered(NONE, "none"))
    assert (found.status, found.is_silence, found.is_answered) == (NONE, False, True)


def test_somebody_who_does_not_know_either_has_given_no_answer() -> None:
    found = row_of(offering(A_DIRECT), answered(NOT_KNOWN, "direct a"))
    assert (found.status, found.is_answered) == (NOT_KNOWN, False)


def test_how_far_she_has_come_is_counted() -> None:
    found = survey(offering(A_DIRECT, lists=(DIRECT,)), LIST)
    assert progress(found.values()) == Progress(rows=2, answered=1, doubtful=1)
    assert progress(found.values()).unanswered == 1
    assert {shown: [row for row, one in found.items() if one.is_among(shown)] for shown in SHOWN} == {
        ALL: ["abc", "cope"],
        UNANSWERED: ["cope"],
        DOUBTFUL: ["abc"],
    }


@pytest.mark.parametrize(
    ("status", "explanation", "note", "fields"),
    [
        (BOTH, "x" * LONGEST, "", ()),
        (NOT_KNOWN, "", "Fråga äldreomsorgen", ()),
        ("", "Vi har det.", "", ("answer",)),
        ("kanske", "", "", ("answer",)),
        (NONE, "x" * (LONGEST + 1), "y" * (LONGEST + 1), ("explanation", "note")),
        (NONE, "två\nrader", "\x00", ("explanation", "note")),
    ],
)
def test_an_answer_that_cannot_be_names_its_fields(
    status: str, explanation: str, note: str, fields: tuple[str, ...]
) -> None:
    assert wrong_fields(status, explanation, note) == fields


def test_bad_answers_name_their_rows_and_fields() -> None:
    refusal = BadAnswers({"abc": ("answer",), "cope": ("note",)})
    assert refusal.fields == {"abc": ("answer",), "cope": ("note",)}
    assert str(refusal) == "abc, cope"
