"""E-mail addresses: as mail servers know them, and only those that every server reads alike."""

import pytest

from portal.domain.people.emails import email_of, problem_of_email
from portal.domain.sentences import in_swedish


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        (" Anna@Example.se ", "Anna@Example.se"),
        ("anna@exämple.se", "anna@xn--exmple-cua.se"),
        ("anna@EXÄMPLE.se", "anna@xn--exmple-cua.se"),
        ("anna＠example.se", "anna@example.se"),
        ("anna\u2011b@example.se", "anna-b@example.se"),
        ("\u200eanna@example.se\u200f", "anna@example.se"),
        ("o’brien+kö@example.se", "o'brien+kö@example.se"),
        ("anna.1@example.se", "anna.1@example.se"),
        ("anna@example", "anna@example"),
        ("anna@ä..se", "anna@ä..se"),
        ("anna@straße.se", "anna@straße.se"),
    ],
)
def test_an_address_is_kept_as_servers_know_it(typed: str, known: str) -> None:
    assert email_of(typed) == known
    assert email_of(known) == known


@pytest.mark.parametrize(
    "email",
    ["anna@example.se", "o'brien@example.se", "a.b-c+d@sub.example.se", "anna@exämple.se", "x@xn--exmple-cua.se"],
)
def test_an_address_that_every_server_reads_alike_is_right(email: str) -> None:
    assert problem_of_email(email) is None


@pytest.mark.parametrize(
    "email",
    ["x", "x@", "@example.se", "x@example", "x y@example.se", "x@-example.se", "x@example-.se", "x@example.123"]
    + [".x@example.se", "x.@example.se", "x..y@example.se", "-oQ@example.se", "a%b@example.se", "a!b@example.se"]
    + ['"x"@example.se', "x@[127.0.0.1]", "x@example.se, y@example.se", "<x@example.se>", "x@y@example.se"]
    + ["x" * 65 + "@example.se", "x@" + "e" * 64 + ".se", "x@" + "e.se" * 80, "x@straße.se", "å@", "å@example"],
)
def test_an_address_that_a_server_could_read_otherwise_is_wrong(email: str) -> None:
    problem = problem_of_email(email)
    assert problem is not None
    assert in_swedish(problem.says) == "E-posten ser inte rätt ut. Så här kan den se ut: namn@example.se."


def test_other_letters_before_the_at_are_said() -> None:
    problem = problem_of_email("åke@example.se")
    assert problem is not None
    assert in_swedish(problem.says).startswith("Före @ kan vi bara ha bokstäverna a till z.")
