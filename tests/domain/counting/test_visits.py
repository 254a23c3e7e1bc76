"""Which visits are counted by a tap: those that are asked for, or unannounced, and that no group counts."""

from dataclasses import replace
from typing import Any

import pytest

from portal.domain.catalogue.insatser import WayIn
from portal.domain.counting.visits import counted_by_unit, find_unit, is_counted_by_tap
from tests.domain.build import insats, kommun

VISITS = ("visits",)


@pytest.mark.parametrize(
    ("changes", "is_counted"),
    [
        ({}, False),
        ({"follow_up": ()}, False),
        ({"follow_up": VISITS}, True),
        ({"follow_up": ("individuals", "outcomes")}, False),
        ({"follow_up": VISITS, "in_groups": True}, False),
        ({"follow_up": VISITS, "by_law": "13 kap. 1 §"}, False),
        ({"way_in": WayIn("drop_in")}, True),
        ({"way_in": WayIn("drop_in"), "in_groups": True}, False),
        ({"way_in": WayIn("phone")}, False),
    ],
)
def test_what_is_asked_for_or_unannounced_is_counted(changes: dict[str, Any], is_counted: bool) -> None:
    assert is_counted_by_tap(replace(insats("a"), **changes)) is is_counted


def test_each_unit_counts_its_own() -> None:
    one, two, three = (replace(insats(name, contact=unit), follow_up=VISITS) for name, unit in UNITS)
    place = kommun(one, insats("uncounted"), two, three)
    assert counted_by_unit(place) == {"kontaktcenter": (two,), "oppenvarden": (one, three)}
    assert find_unit(place, "oppenvarden") == place.contacts["oppenvarden"]


UNITS = (("one", "oppenvarden"), ("two", "kontaktcenter"), ("three", "oppenvarden"))


def test_a_unit_with_nothing_to_count_is_none() -> None:
    place = kommun(insats("a"))
    assert counted_by_unit(place) == {}
    assert find_unit(place, "oppenvarden") is None
    assert find_unit(place, "nowhere") is None
