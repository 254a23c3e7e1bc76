"""What a password must be: long, one's own, and none that guessers try first."""

from time import process_time

import pytest

from portal.actions.staff.passwords import problem_of
from portal.domain.sentences import in_swedish

EMAIL = "lea.berg@example.se"


@pytest.mark.parametrize(
    "password",
    [
        "fyra gula hästar",
        "äpplen och päron",
        "lösenord med fler ord",
        "correct horse battery",
        "x7$kQp!2mVz9",
        "ሰላም ናይ ጽባሕ ጸሓይ",
        "å" + "fyra gula hästar sover " * 8,
    ],
)
def test_a_long_password_of_one_s_own_is_good(password: str) -> None:
    assert problem_of(password, EMAIL) is None


@pytest.mark.parametrize(
    "password",
    [
        "qwertyuiop12",
        "qazwsxedcrfv",
        "1qaz2wsx3edc4rfv",
        "leavemealone",
        "iloveyouforever",
        "P@ssw0rdP@ssw0rd",
        "thisisapassword",
        "jamesbond007",
        "needforspeed",
        "abababababababab",
        EMAIL,
        EMAIL.upper(),
        f"{EMAIL}1",
        "leabergleaberg1",
    ],
)
def test_what_guessers_try_first_is_refused(password: str) -> None:
    problem = problem_of(password, EMAIL)
    assert problem is not None
    assert in_swedish(problem).startswith("Lösenordet är för lätt att gissa.")


@pytest.mark.parametrize("password", ["kort", "å" * 201, "x" * 100_000])
def test_too_short_and_too_long_are_said_first(password: str) -> None:
    problem = problem_of(password, EMAIL)
    assert problem is not None
    assert "tecken" in in_swedish(problem)


@pytest.mark.parametrize("part", ["4@8({[<369&#!1/|0$5+7%2", "p4@ssw0rd$5!1|", "20012002", "abcdefghij", "\0"])
def test_weighing_takes_no_time_however_it_is_made(part: str) -> None:
    began = process_time()
    problem_of((part * 200)[:200], EMAIL)
    assert process_time() - began < 3
