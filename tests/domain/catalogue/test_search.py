"""Finding an insats by a word."""

import pytest

from portal.domain.catalogue.search import finds
from portal.domain.folding import folded

TEXTS = (folded("Föräldrakurs ABC 3–12 år"), folded("Alla barn i centrum"))


@pytest.mark.parametrize("sought", ["abc", "Föräldra", "centrum ABC", "3-12", "  ALLA   år ", ""])
def test_every_word_sought_is_found_wherever_it_stands(sought: str) -> None:
    assert finds(sought, TEXTS)


@pytest.mark.parametrize("sought", ["abd", "abc tonår", "årAlla", "centrumabc"])
def test_a_word_that_stands_nowhere_is_not_found(sought: str) -> None:
    assert not finds(sought, TEXTS)


def test_nothing_is_found_where_there_are_no_texts() -> None:
    assert not finds("abc", ())
