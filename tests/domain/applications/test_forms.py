"""What the form asks, and what is missing before it can be sent."""

from dataclasses import fields

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
    safe_draft,
    to_texts,
    ways_offered,
)
from portal.domain.applications.problems import problems_of
from tests.domain.applications.made_up import form, kind
from tests.domain.applications.test_problems import wrong


def test_who_is_protected_is_never_asked_where_she_lives() -> None:
    protected = form(is_protected=True, ways=("letter",), phone="", address="Exempelgatan 1")
    assert "address" not in fields_asked(kind(), protected)
    assert "letter" in ways_offered(form())
    assert "letter" not in ways_offered(protected)
    assert [problem.field for problem in problems_of(protected, kind())] == ["ways", "address"]
    assert PROTECTED_FIRST
    assert wrong(is_protected=True) == []


def test_the_age_is_asked_only_where_the_law_depends_on_it() -> None:
    assert "age" in fields_asked(kind(), form(for_whom="child"))
    assert "age" not in fields_asked(kind(consent="none"), form(for_whom="child"))
    assert "age" not in fields_asked(kind(), form(for_whom="attorney"))


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
