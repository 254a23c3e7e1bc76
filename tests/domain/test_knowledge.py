"""What the portal knows, of each wing."""

from portal.domain.knowledge import Knowledge
from portal.domain.officials.skr import SkrList
from tests.domain.applications.made_up import KIND, rules
from tests.domain.build import catalogue, kommun


def test_each_wing_finds_its_own_and_the_kommuner_are_the_same() -> None:
    known = catalogue(kommun())
    found = Knowledge(known, rules(KIND), SkrList(()))
    assert (found.catalogue, found.skr.rows) == (known, {})
    assert list(found.applications.kommuner) == list(found.catalogue.kommuner)
