"""Whom anybody can call now: for a need, for a child, for what was ticked, and never for a topic alone."""

import pytest

from portal.domain.catalogue.answers import Answer, Answers
from portal.domain.catalogue.queries import words_of
from portal.domain.catalogue.whole import Catalogue
from portal.domain.self_check.lines import (
    FIRST,
    cannot_wait,
    is_named,
    is_under_age,
    lines_for,
    lines_for_needs,
    lines_meant,
)


def about(*topics: str, **more: Answer) -> Answers:
    """Return answers about topics."""
    return {"topics": frozenset(topics), **more}


def first_lines(catalogue: Catalogue, answers: Answers) -> list[str]:
    """Return the ids of the lines that are shown at once."""
    return [line.id for line in lines_for(catalogue.helplines, answers)[:FIRST]]


@pytest.mark.parametrize(
    ("answers", "first"),
    [
        (about("parenting", age=34), []),
        (about("substance", age=34, substance=frozenset({"own"})), []),
        (about("substance", age=34, substance=frozenset({"own", "gambling"})), ["stodlinjen-spel"]),
        (
            about("violence", age=34, violence=frozenset({"victim"})),
            ["sos", "kvinnofridslinjen", "ratt-att-valja", "stodlinjen-for-man"],
        ),
        (about("violence", age=34, violence=frozenset({"perpetrator"})), ["sos", "valj-att-sluta"]),
        (about("wellbeing", age=34, wellbeing=frozenset({"no_wish_to_live"})), ["sos", "mind"]),
        (about("housing", age=34, housing=frozenset({"tonight"})), ["sos"]),
    ],
)
def test_the_lines_that_stand_first(catalogue: Catalogue, answers: Answers, first: list[str]) -> None:
    assert first_lines(catalogue, answers)[: len(first) or None] == first


@pytest.mark.parametrize("age", [9, 13, 17])
@pytest.mark.parametrize("topic", ["money", "school", "violence", "substance", "company"])
def test_a_child_always_has_somebody_to_call_whatever_it_is_about(catalogue: Catalogue, topic: str, age: int) -> None:
    assert "bris" in first_lines(catalogue, about(topic, age=age, guardian_consent="no"))
    assert "bris" in first_lines(catalogue, {"topics": None, "age": age})


@pytest.mark.parametrize(("age", "is_young"), [(17, True), (18, False), (None, False)])
def test_under_age_is_under_eighteen(age: int | None, is_young: bool) -> None:
    assert is_under_age({"age": age}) is is_young
    assert not is_under_age({})


def test_what_cannot_wait_is_said_by_what_is_ticked_under_that_topic() -> None:
    answers = about("violence", violence=frozenset({"not_safe_now"}), money=None)
    assert cannot_wait("violence", answers)
    assert not cannot_wait("money", answers)
    assert not cannot_wait("age", {"age": 12})
    assert not cannot_wait("violence", about("violence", violence=frozenset({"victim"})))


def test_who_gets_nothing_at_all_is_told_the_lines_for_her_topics(catalogue: Catalogue) -> None:
    answers = about("wellbeing", age=66, wellbeing=frozenset({"relationships"}))
    assert lines_for(catalogue.helplines, answers) == []
    assert [line.id for line in lines_for(catalogue.helplines, answers, is_empty=True)] == ["sos", "mind", "vard"]
    child = lines_for(catalogue.helplines, {**answers, "age": 12}, is_empty=True)
    assert child[0].id == "bris"
    assert lines_for(catalogue.helplines, {"topics": None}, is_empty=True) == []


def test_needs_told_in_a_form_bring_their_lines_and_a_child_hers(catalogue: Catalogue) -> None:
    crisis = lines_for_needs(catalogue.helplines, frozenset({"crisis"}), is_child=False)
    assert [line.id for line in crisis] == ["sos", "mind", "vard"]
    young = lines_for_needs(catalogue.helplines, frozenset({"crisis"}), is_child=True)
    assert [line.id for line in young][:2] == ["sos", "bris"]
    assert [line.id for line in lines_for_needs(catalogue.helplines, frozenset({"food"}), is_child=False)] == ["sos"]


@pytest.mark.parametrize(
    ("typed", "answers", "needs", "first"),
    [
        ("slår mig", about("violence", violence=frozenset({"victim"})), (), ["sos", "kvinnofridslinjen"]),
        ("pappa slår mig", about("violence", violence=frozenset({"victim"})), ("child_at_risk",), ["sos", "bris"]),
        ("barn far illa", {}, ("child_at_risk",), ["sos", "bris"]),
        ("Bris", {}, (), ["bris"]),
        ("bris eller dö", about("wellbeing", wellbeing=frozenset({"no_wish_to_live"})), (), ["bris", "sos", "mind"]),
        ("kronor", about("money"), (), []),
        ("", {}, (), []),
    ],
)
def test_the_lines_for_what_somebody_wrote(
    catalogue: Catalogue, typed: str, answers: Answers, needs: tuple[str, ...], first: list[str]
) -> None:
    found = [line.id for line in lines_meant(catalogue.helplines, words_of(typed), answers, frozenset(needs))]
    assert found[: len(first)] == first
    assert bool(found) == bool(first)


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("112", "sos"),
        ("116 111", "bris"),
        ("kvinofridslinjen", "kvinnofridslinjen"),
        ("POLISEN", "polis"),
        ("1177", "vard"),
    ],
)
def test_a_line_is_named_by_its_name_or_its_number(catalogue: Catalogue, typed: str, line: str) -> None:
    assert [one.id for one in catalogue.helplines if is_named(one, words_of(typed))] == [line]
