"""Whose yes the law asks for: at 11, 12, 14, 15 and 17 years, by SoL and by LSS."""

import pytest

from portal.domain.applications.consent import is_about_child, notes_of, questions_of
from portal.domain.sentences import in_swedish


def asked(consent: str, for_whom: str, age: int | None) -> list[str]:
    """Return the ids of what is asked."""
    return [question.id for question in questions_of(consent, for_whom, age)]


@pytest.mark.parametrize(
    ("consent", "for_whom", "age", "wanted"),
    [
        ("sol", "self", 11, ["guardian_knows"]),
        ("sol", "self", 14, ["guardian_knows"]),
        ("sol", "self", 15, []),
        ("sol", "self", None, []),
        ("none", "self", 11, []),
        ("sol", "child", 11, ["other_guardian"]),
        ("sol", "child", 12, ["child_agrees", "other_guardian"]),
        ("sol", "child", 17, ["child_agrees", "other_guardian"]),
        ("sol", "child", None, ["child_agrees", "other_guardian"]),
        ("sol", "child", 18, ["person_agrees"]),
        ("none", "child", 11, []),
        ("lss", "guardian", 12, ["child_agrees", "other_guardian", "authority"]),
        ("sol", "trustee", None, ["person_agrees", "authority"]),
        ("none", "attorney", None, ["person_agrees", "authority"]),
    ],
)
def test_what_is_asked_follows_whom_it_is_for_and_how_old(
    consent: str, for_whom: str, age: int | None, wanted: list[str]
) -> None:
    assert asked(consent, for_whom, age) == wanted


@pytest.mark.parametrize(
    ("consent", "for_whom", "age", "says"),
    [
        ("sol", "child", None, "inte känd"),
        ("sol", "child", 11, "under 12"),
        ("sol", "child", 12, "12–14"),
        ("sol", "self", 14, "12–14"),
        ("sol", "self", 15, "fyllt 15"),
        ("lss", "child", None, "inte känd"),
        ("lss", "child", 14, "under 15"),
        ("lss", "child", 15, "begära stödet själv"),
        ("lss", "trustee", None, "begära stödet själv"),
    ],
)
def test_staff_are_told_what_the_law_says(consent: str, for_whom: str, age: int | None, says: str) -> None:
    (note,) = notes_of(consent, for_whom, age, {})
    assert says in in_swedish(note.says)
    assert note.paragraph == ("8 § LSS" if consent == "lss" else "21 kap. 1 §")


@pytest.mark.parametrize(
    ("consent", "for_whom", "age"), [("sol", "self", 18), ("none", "child", 5), ("lss", "self", 40)]
)
def test_where_the_law_asks_for_no_other_s_yes_nothing_is_told(consent: str, for_whom: str, age: int) -> None:
    assert notes_of(consent, for_whom, age, {}) == ()


def test_what_is_not_safe_to_ask_is_told_too() -> None:
    answers = {"other_guardian": "not_safe", "child_agrees": "yes"}
    _, note = notes_of("sol", "child", 13, answers)
    assert "Kontakta inte" in in_swedish(note.says)


def test_every_text_is_short() -> None:
    every = {one.id: one for who in ("self", "child", "guardian", "trustee") for one in questions_of("sol", who, 13)}
    assert len(every) == 5
    said = [text for one in every.values() for text in (one.ask, one.why, *one.options.values())]
    assert all(len(part.split()) <= 12 for text in said for part in in_swedish(text).split("."))


def test_who_is_about_a_child() -> None:
    assert is_about_child("child", None)
    assert not is_about_child("self", None)
    assert is_about_child("trustee", 17)
    assert not is_about_child("guardian", 18)
