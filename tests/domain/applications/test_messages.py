"""Messages and phrases."""

import pytest

from portal.domain.applications.messages import Message, Phrase, What, is_bad_text
from portal.domain.sentences import sentence
from tests.domain.made_up import NOW


@pytest.mark.parametrize("what", What)
def test_only_a_note_is_for_staff_alone(what: What) -> None:
    assert Message("m", NOW, what).is_for_applicant is (what is not What.NOTED)


def test_a_phrase_fits_all_kinds_or_those_it_names() -> None:
    assert Phrase("p", sentence("Skriv mer.")).fits("lss")
    assert Phrase("p", sentence("Skriv mer."), ("lss",)).fits("lss")
    assert not Phrase("p", sentence("Skriv mer."), ("lss",)).fits("financial")


@pytest.mark.parametrize(
    ("text", "is_bad"),
    [("Hej!\n\tمرحبا 👋", False), ("x" * 4000, False), ("x" * 4001, True), ("a\x00b", True)],
    ids=range(4),
)
def test_a_text_has_an_end_and_holds_letters(text: str, is_bad: bool) -> None:
    assert is_bad_text(text) is is_bad
