"""Insats, Kommun and Catalogue: what the law adds to an insats, what stands in which list, how a contact is reached."""

from tests.domain.build import catalogue, kommun
from tests.domain.catalogue.test_kommuner import FIRST, LILLBY


def test_a_kommun_that_the_portal_does_not_serve_is_not_found() -> None:
    served = catalogue(LILLBY)
    assert served.find_kommun("lillby") is LILLBY
    assert served.find_kommun("storby") is None


def test_a_page_offers_only_the_residence_that_the_kommun_tells_apart() -> None:
    known = catalogue(LILLBY, kommun(FIRST))
    residence, whom = known.questions["residence"], known.questions["for"]
    assert known.options_of(residence, LILLBY) == ("registered", "staying", "neighbour", "elsewhere")
    assert known.options_of(residence, kommun(FIRST)) == ("registered", "staying", "elsewhere")
    assert known.options_of(whom, LILLBY) == ("me", "child", "relative")


def test_of_places_only_those_are_offered_that_the_chosen_topics_tell_apart() -> None:
    known = catalogue(LILLBY)
    residence, few = known.questions["residence"], ("registered", "staying", "elsewhere")
    offered = {
        topic: known.options_of(residence, LILLBY, {"topics": frozenset({topic})}) for topic in ("money", "work")
    }
    assert offered == {"money": ("registered", "staying", "neighbour", "elsewhere"), "work": few}
    for unknown in (None, frozenset[str]()):
        assert "neighbour" in known.options_of(residence, LILLBY, {"topics": unknown})
