"""What is missing or wrong in a form: each field on both sides."""

from typing import Any

import pytest

from portal.domain.applications.forms import Form
from portal.domain.applications.problems import problems_of, problems_of_draft
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


def test_consent_never_stands_in_the_way() -> None:
    for age in range(18):
        assert wrong(age=age) == []
        assert wrong(for_whom="child", other_name="Exempel", age=age) == []


def test_a_draft_may_have_gaps_but_no_more_than_a_text_holds() -> None:
    assert problems_of_draft(Form()) == ()
    assert [one.field for one in problems_of_draft(Form(wants="x" * 10_001))] == ["wants"]
    assert [one.field for one in problems_of_draft(Form(facts={"more": "x" * 2001}))] == ["facts.more"]
    both = {"Å": "x", "more": "x" * 2001}
    assert [one.field for one in problems_of_draft(Form(facts=both))] == ["facts", "facts.more"]
    for name in ("", "x" * 65, "Å", "a.b", "a b"):
        assert [one.field for one in problems_of_draft(Form(consents={name: "x"}))] == ["consents"]


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"rent": "250000000"}, "Skriv ett tal från 0 till 9000."),
        ({"rent": "många"}, "Skriv ett helt tal med siffror, till exempel 4000."),
        ({"until": "snart"}, "Skriv dagen så här: 2026-11-24."),
        ({"until": "2027-02-30"}, "Den dagen finns inte. Skriv dagen så här: 2026-11-24."),
        ({"until": "1405-09-10"}, "Skriv året som det räknas i Sverige, så här: 2026-11-24."),
    ],
)
def test_a_number_or_a_day_is_asked_for_again_with_its_reason(facts: dict[str, str], says: str) -> None:
    (problem,) = problems_of(form(facts={"what": "a", **facts}), kind())
    assert in_swedish(problem.says) == says
