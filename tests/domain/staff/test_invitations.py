"""A one-time code holds three days; a password is long and not made of what everybody guesses first."""

from datetime import UTC, datetime, timedelta

import pytest

from portal.domain.sentences import in_swedish
from portal.domain.staff.invitations import HOLDS_FOR, LONGEST_PASSWORD, has_ended, problem_of_password, words_of_email

GIVEN = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


def test_a_code_ends_after_three_days() -> None:
    assert timedelta(days=3) == HOLDS_FOR
    assert not has_ended(GIVEN, GIVEN + HOLDS_FOR - timedelta(seconds=1))
    assert has_ended(GIVEN, GIVEN + HOLDS_FOR)


@pytest.mark.parametrize("password", ["fyra gula hästar", "äpplen och päron", "x7$kQp!2mVz9", "lösenord med fler ord"])
def test_a_long_password_of_one_s_own_is_good(password: str) -> None:
    assert problem_of_password(password, ("lea", "example")) is None


@pytest.mark.parametrize(
    ("password", "says"),
    [
        ("elva tecken", "Skriv minst 12 tecken."),
        ("å" * (LONGEST_PASSWORD + 1), "Skriv högst 200 tecken."),
        ("aaaaaaaaaaaaaaaa", "Lösenordet är för lätt att gissa."),
        ("1234567890123456", "Lösenordet är för lätt att gissa."),
        ("LösenordLösenord1", "Lösenordet är för lätt att gissa."),
        ("sommarvinter2026", "Lösenordet är för lätt att gissa."),
        ("leaberg leaberg 1", "Lösenordet är för lätt att gissa."),
        ("qwertyuiop12", "Lösenordet är för lätt att gissa."),
        ("poiuytrewq!!", "Lösenordet är för lätt att gissa."),
        ("abcdefghijkl", "Lösenordet är för lätt att gissa."),
        ("Welcome2026!Welcome", "Lösenordet är för lätt att gissa."),
        ("1q2w3e4r5t6y", "Lösenordet är för lätt att gissa."),
    ],
)
def test_a_password_that_is_short_or_easy_is_not(password: str, says: str) -> None:
    problem = problem_of_password(password, ("leaberg", "se"))
    assert problem is not None
    assert in_swedish(problem).startswith(says)


def test_a_password_has_four_letters_that_differ() -> None:
    assert problem_of_password("zkbgzkbgzkbg") is None
    assert problem_of_password("zkbzkbzkbzkb") is not None


@pytest.mark.parametrize("email", ["adm@lekeberg.se", "lea.berg@example.se", "Karin.Dahl@Kommunen.example"])
def test_one_s_own_address_is_no_password(email: str) -> None:
    for password in (email, email.upper(), f"{email}123", email.replace("@", ".") + "1!", f"{email}{email}"):
        assert problem_of_password(password.ljust(12, "1"), words_of_email(email)) is not None, password
    assert problem_of_password("fyra gula hästar", words_of_email(email)) is None
