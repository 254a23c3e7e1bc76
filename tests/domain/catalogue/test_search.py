"""Finding an insats by a word."""

from dataclasses import replace

import pytest

from portal.domain.catalogue.search import finds, names_of
from portal.domain.folding import folded
from tests.domain.build import kommun

TEXTS = (folded("Föräldrakurs ABC 3–12 år"), folded("Alla barn i centrum"))


@pytest.mark.parametrize("sought", ["abc", "Föräldra", "centrum ABC", "3-12", "  ALLA   år ", ""])
def test_every_word_sought_is_found_wherever_it_stands(sought: str) -> None:
    assert finds(sought, TEXTS)


@pytest.mark.parametrize("sought", ["abc,", "(abc)", "”abc”", "abc\u200b", "\u202babc\u202c", "a\u00adbc", "٣\u2011١٢"])
def test_what_stands_around_a_word_makes_no_difference(sought: str) -> None:
    assert finds(sought, (*TEXTS, folded("ABC 3–12 år")))


@pytest.mark.parametrize("sought", ["abd", "abc tonår", "årAlla", "centrumabc"])
def test_a_word_that_stands_nowhere_is_not_found(sought: str) -> None:
    assert not finds(sought, TEXTS)


def test_nothing_is_found_where_there_are_no_texts() -> None:
    assert not finds("abc", ())


def test_a_kommun_is_found_by_its_names_and_the_towns_that_no_other_shares() -> None:
    lillby = replace(kommun(), postal_towns=("Lillby", "Mellanby"))
    storby = replace(kommun(), id="storby", postal_towns=("Mellanby",))
    assert names_of(lillby, (lillby, storby)) == ["lillby", "lillby kommun", "lillby"]
    assert names_of(lillby, (lillby,)) == ["lillby", "lillby kommun", "lillby", "mellanby"]
