"""The whole catalogue: which kommuner it has, and what their pages offer."""

from dataclasses import replace

from portal.domain.applications.states import State
from portal.domain.applications.time_limits import Limit
from portal.domain.sentences import sentence
from tests.domain.applications.made_up import kind
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


def test_a_kind_of_application_has_its_limits_and_one_that_is_gone_has_none() -> None:
    limit = Limit("done", sentence("Klart"), "20 kap. 3 §", State.CLOSED, months=4)
    known = replace(catalogue(), application_kinds={"help": kind(limits=("done",))}, time_limits={"done": limit})
    assert known.limits_of("help") == (limit,)
    assert known.limits_of("gone") == ()
