"""What the form asks, and what is missing before it can be sent."""

from dataclasses import fields
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.applications.forms import (
    FOR_WHOM,
    HOURS,
    LONGEST,
    PROTECTED_FIRST,
    WAYS,
    Form,
    fields_asked,
    form_of,
    only_asked,
    problems_of,
    problems_of_draft,
    safe_draft,
    to_texts,
    ways_offered,
)
from portal.domain.sentences import in_swedish
from tests.domain.applications.made_up import form, kind


def wrong(**changes: Any) -> list[str]:
    """Return the fields that stand in the way of sending."""
    return [problem.field for problem in problems_of(form(**changes), kind())]


def test_a_whole_form_can_be_sent() -> None:
    assert wrong() == []


def test_an_empty_form_names_everything_that_is_needed_in_the_order_of_the_form() -> None:
    found = problems_of(Form(), kind())
    assert [one.field for one in found] == ["for_whom", "name", "ways", "language", "wants", "facts.what"]
    assert all(len(part.split()) <= 12 for one in found for part in in_swedish(one.says).split("."))


def test_no_number_is_ever_needed_but_a_wrong_one_is_told() -> None:
    assert wrong(number="") == []
    assert wrong(number="850101-2382") == []
    assert wrong(number="850101-2383") == ["number"]
    assert wrong(for_whom="trustee", other_name="Exempel", other_number="hej") == ["other_number"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"for_whom": "neighbour"}, "for_whom"),
        ({"name": " "}, "name"),
        ({"name": "x" * 101}, "name"),
        ({"name": "A\x00"}, "name"),
        ({"name": "A\nB"}, "name"),
        ({"for_whom": "trustee"}, "other_name"),
        ({"for_whom": "child", "other_name": "Exempel"}, "age"),
        ({"age": 121}, "age"),
        ({"age": -1}, "age"),
        ({"ways": (), "phone": ""}, "ways"),
        ({"ways": ("owl",), "phone": ""}, "ways"),
        ({"ways": ("call", "code")}, "ways"),
        ({"phone": ""}, "phone"),
        ({"phone": "inget"}, "phone"),
        ({"ways": ("email",), "phone": ""}, "email"),
        ({"ways": ("email",), "phone": "", "email": "a b"}, "email"),
        ({"ways": ("letter",), "phone": ""}, "address"),
        ({"hours": ("night",)}, "hours"),
        ({"language": ""}, "language"),
        ({"interpreter": "den där"}, "interpreter"),
        ({"wants": ""}, "wants"),
        ({"facts": {"what": "b"}}, "facts.what"),
        ({"facts": {"what": ""}}, "facts.what"),
        ({"facts": {"what": "a", "soon": "kanske"}}, "facts.soon"),
        ({"facts": {"what": "a", "rent": "9001"}}, "facts.rent"),
        ({"facts": {"what": "a", "rent": "²"}}, "facts.rent"),
        ({"facts": {"what": "a", "until": "i morgon"}}, "facts.until"),
        ({"facts": {"what": "a", "until": "20261124"}}, "facts.until"),
        ({"facts": {"what": "a", "more": "x" * 2001}}, "facts.more"),
        ({"facts": {"what": "a", "else": "x"}}, "facts.else"),
        ({"consents": {"guardian_knows": "yes"}}, "consents.guardian_knows"),
        ({"age": 13, "consents": {"guardian_knows": "perhaps"}}, "consents.guardian_knows"),
        ({"other_name": "Exempel"}, "other_name"),
        ({"email": "a@example.se"}, "email"),
    ],
)
def test_each_field_can_be_wrong(changes: dict[str, Any], field: str) -> None:
    assert wrong(**changes) == [field]


@pytest.mark.parametrize(
    "changes",
    [
        {"facts": {"what": "a", "soon": "no", "rent": "0", "until": "2026-12-01", "more": "en\ntvå"}},
        {"ways": ("code",), "phone": ""},
        {"ways": ("letter", "email"), "phone": "", "address": "Gatan 1\n123 45 Staden", "email": "a@example.se"},
        {"ways": ("message",), "hours": ("morning", "evening"), "reach_note": "Ring\tinte hem.\nRing jobbet."},
        {"for_whom": "child", "other_name": "E", "age": 13, "consents": {"child_agrees": "yes", "other_guardian": ""}},
        {"age": 13, "consents": {"guardian_knows": "not_safe"}},
        {"interpreter": "ti", "insats": "abc-3-12"},
    ],
)  # fmt: skip
def test_what_is_right_can_be_sent(changes: dict[str, Any]) -> None:
    assert wrong(**changes) == []


def test_who_is_protected_is_never_asked_where_she_lives() -> None:
    protected = form(is_protected=True, ways=("letter",), phone="", address="Exempelgatan 1")
    assert "address" not in fields_asked(kind(), protected)
    assert "letter" in ways_offered(form())
    assert "letter" not in ways_offered(protected)
    assert [problem.field for problem in problems_of(protected, kind())] == ["ways", "address"]
    assert PROTECTED_FIRST
    assert wrong(is_protected=True) == []


def test_consent_never_stands_in_the_way() -> None:
    for age in range(18):
        assert wrong(age=age) == []
        assert wrong(for_whom="child", other_name="Exempel", age=age) == []


def test_the_age_is_asked_only_where_the_law_depends_on_it() -> None:
    assert "age" in fields_asked(kind(), form(for_whom="child"))
    assert "age" not in fields_asked(kind(consent="none"), form(for_whom="child"))
    assert "age" not in fields_asked(kind(), form(for_whom="attorney"))


def test_a_draft_may_have_gaps_but_no_more_than_a_text_holds() -> None:
    assert problems_of_draft(Form()) == ()
    assert [one.field for one in problems_of_draft(Form(wants="x" * 10_001))] == ["wants"]
    assert [one.field for one in problems_of_draft(Form(facts={"more": "x" * 2001}))] == ["facts.more"]
    for name in ("", "x" * 65, "Å", "a.b", "a b"):
        assert [one.field for one in problems_of_draft(Form(consents={name: "x"}))] == ["consents"]


def test_by_what_it_can_be_found_and_whether_a_mail_is_safe() -> None:
    found = form(other_name="Exempel Två", number="19850101-2382", other_number="?", email="a@example.se")
    assert found.names == ("Exempel Exempelsson", "Exempel Två")
    assert found.numbers == ("8501012382",)
    assert found.safe_email is None
    assert form(ways=("email",), email="a@example.se").safe_email == "a@example.se"
    assert form(ways=("email",)).safe_email is None


TEXTS = st.text(max_size=20)
FORMS = st.builds(
    Form,
    for_whom=st.sampled_from(["", *FOR_WHOM]),
    is_protected=st.booleans(),
    age=st.none() | st.integers(0, 120),
    ways=st.lists(st.sampled_from(list(WAYS)), unique=True).map(tuple),
    hours=st.lists(st.sampled_from(list(HOURS)), unique=True).map(tuple),
    facts=st.dictionaries(st.sampled_from(["what", "more"]), TEXTS.filter(bool)),
    consents=st.dictionaries(st.sampled_from(["authority"]), TEXTS.filter(bool)),
    **{name: TEXTS for name in LONGEST if name != "for_whom"},
)


@given(FORMS)
def test_a_form_comes_back_from_its_texts_as_it_was(one: Form) -> None:
    texts = to_texts(one)
    assert all(texts.values())
    assert form_of({**texts, "portal.code": "x"}) == one


def test_what_is_left_in_a_field_that_is_not_asked_is_not_sent() -> None:
    left = form(other_name="Exempel", email="a@example.se", address="Gatan 1", facts={"what": "a", "else": "x"})
    assert only_asked(left, kind()) == form()
    moved = form(is_protected=True, ways=("letter", "call"), address="Gatan 1")
    assert only_asked(moved, kind()).address == ""
    assert safe_draft(moved).address == ""
    assert safe_draft(left) == left


def test_every_field_is_asked_somewhere() -> None:
    asked = set()
    for for_whom in FOR_WHOM:
        asked |= set(fields_asked(kind(), form(for_whom=for_whom, ways=tuple(WAYS))))
    assert {field.name for field in fields(Form)} == {name.split(".")[0] for name in asked}
