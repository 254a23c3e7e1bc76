"""How a person is reached: what is an e-mail, a phone number or a language, and what is not."""

import pytest

from portal.domain.people.reach import deliverable, problems_of_interpreter, problems_of_reach, ways_of


@pytest.mark.parametrize(
    "email",
    ["x", "x@", "@example.se", "x@example", "x y@example.se", "x@example..se", "x@example.se\n", "x" * 260 + "@e.se"],
)
def test_what_is_no_email_is_told(email: str) -> None:
    assert [problem.field for problem in problems_of_reach(email, "")] == ["email"]


@pytest.mark.parametrize("phone", ["07", "ring mig", "070-174 06 05; 112", "19900101-1234", "900101-1234"])
def test_what_is_no_phone_number_is_told(phone: str) -> None:
    assert [problem.field for problem in problems_of_reach("", phone)] == ["phone"]


@pytest.mark.parametrize(
    "phone", ["070-174 06 05", "0701740605", "+46 70 174 06 05", "08-465 004 00", "(070) 174 06 05"]
)
def test_a_phone_number_is_written_as_people_do(phone: str) -> None:
    assert problems_of_reach("", phone) == ()


def test_an_interpreter_is_asked_for_by_language_or_not_at_all() -> None:
    assert problems_of_interpreter("") == problems_of_interpreter("ti") == ()
    assert [problem.field for problem in problems_of_interpreter("!")] == ["interpreter"]


@pytest.mark.parametrize("phone", ["070-174 06 05", "+46 70 174 06 05", "0046701740605", " +46(70)1740605"])
def test_a_number_is_the_same_however_it_is_typed(phone: str) -> None:
    assert ways_of(" Ros@Example.se ", phone) == ("ros@example.se", "0701740605")


def test_a_number_of_another_country_keeps_it() -> None:
    assert ways_of("", "+358 40 123 45") == ways_of("", "00358 4012345") == ("+3584012345",)


def test_an_email_is_sent_to_a_domain_with_other_letters_and_never_to_a_name_with_them() -> None:
    assert deliverable("anna@exämple.se") == "anna@xn--exmple-cua.se"
    assert deliverable("anna@Example.se") == "anna@Example.se"
    assert deliverable(f"anna@{'ä' * 70}.se") == ""
    assert problems_of_reach("anna@exämple.se", "") == ()
    (problem,) = problems_of_reach("åke@example.se", "")
    assert (problem.field, "a–z" in problem.says.text) == ("email", True)
    assert [one.field for one in problems_of_reach(f"anna@{'ä' * 70}.se", "")] == ["email"]


def test_a_way_that_is_not_given_is_none() -> None:
    assert ways_of(" ", "") == ()
