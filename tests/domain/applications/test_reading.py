"""What stands in the fields of an application is kept the same, however it was typed."""

import pytest

from portal.domain.applications.kinds import Fact
from portal.domain.applications.reading import read_fact, read_field
from portal.domain.numbers import Words
from portal.domain.sentences import sentence


def fact(kind: str) -> Fact:
    """Return a question of a kind."""
    return Fact("one", kind, sentence("Hur mycket?"), sentence("Därför."))


@pytest.mark.parametrize(
    ("name", "typed", "kept"),
    [
        ("phone", "070\u2011174\u00a006\u00a005", "070-174 06 05"),
        ("email", "anna@exämple.se", "anna@xn--exmple-cua.se"),
        ("number", "850101–2382", "850101-2382"),
        ("other_number", "٨٥٠١٠١-٢٣٨٢", "850101-2382"),
        ("name", "سه\u200cیران", "سه\u200cیران"),
        ("wants", "Tre\u2011fyra rader", "Tre\u2011fyra rader"),
    ],
)
def test_a_field_is_kept_as_it_is_read(name: str, typed: str, kept: str) -> None:
    assert read_field(name, typed) == kept


def test_an_answer_is_kept_as_it_is_understood_or_as_it_was_typed() -> None:
    assert read_fact(fact("number"), "12 000 kr", Words(money=frozenset({"kr"}))) == "12000"
    assert read_fact(fact("number"), "många") == "många"
    assert read_fact(fact("date"), "3/2 2027") == "2027-02-03"
    assert read_fact(fact("date"), "snart") == "snart"
    assert read_fact(fact("text"), "3/2 2027") == "3/2 2027"
