"""Every refusal tells a person something, in short sentences."""

import pytest

from portal.domain import refusals
from portal.domain.refusals import (
    BadApplication,
    BadContact,
    BadDetails,
    BadDraft,
    BadMessage,
    BadStaff,
    Problem,
    Refusal,
)
from portal.domain.sentences import in_swedish, sentence

KINDS = [kind for kind in vars(refusals).values() if isinstance(kind, type) and issubclass(kind, Refusal)]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_refusal_says_what_it_is_in_short_sentences(kind: type[Refusal]) -> None:
    said = in_swedish(kind.says)
    assert said.endswith(".")
    assert all(len(part.split()) <= 12 for part in said.split("."))


def test_no_two_refusals_say_the_same() -> None:
    assert len(KINDS) > 10
    assert len({kind.says for kind in KINDS}) == len(KINDS)


@pytest.mark.parametrize("kind", [BadDetails, BadDraft, BadStaff, BadContact, BadMessage])
def test_a_refusal_of_a_form_names_its_fields(
    kind: type[BadDetails | BadDraft | BadStaff | BadContact | BadMessage],
) -> None:
    refusal = kind(("email", "name"))
    assert refusal.fields == ("email", "name")
    assert str(refusal) == "email, name"


def test_a_refused_application_says_what_is_wrong_with_each_field() -> None:
    problem = Problem("name", sentence("Skriv vad du heter."))
    assert BadApplication((problem,)).problems == (problem,)
    assert str(BadApplication((problem,))) == "name"
