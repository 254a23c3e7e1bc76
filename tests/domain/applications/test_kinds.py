"""Units and the doors they are behind."""

from dataclasses import replace

import pytest

from portal.domain.applications.kinds import DOORS, FAMILY_COUNSELLING, SHARED, UNITS, door_of
from tests.domain.applications.made_up import FACTS, kind


@pytest.mark.parametrize("unit", UNITS)
def test_only_family_counselling_is_behind_a_door_of_its_own(unit: str) -> None:
    assert door_of(unit) == (FAMILY_COUNSELLING if unit == "family_counselling" else SHARED)
    assert kind(unit=unit).door in DOORS


def test_an_answer_that_cannot_wait_says_which_needs_it_shows() -> None:
    soon = replace(FACTS[1], acute={"yes": ("shelter", "food")})
    what = replace(FACTS[0], acute={"a": ("violence",)})
    asked = kind(facts=(what, soon))
    assert asked.needs_now({"soon": "yes"}) == {"shelter", "food"}
    assert asked.needs_now({"soon": "yes", "what": "a"}) == {"shelter", "food", "violence"}
    assert asked.needs_now({"soon": "no", "what": "b"}) == frozenset()
    assert asked.needs_now({}) == kind().needs_now({"soon": "yes"}) == frozenset()


def test_some_answers_say_that_she_should_call_the_same_day() -> None:
    asked = kind(facts=(replace(FACTS[1], urgent=("yes",)), *FACTS[2:]))
    assert asked.is_urgent({"soon": "yes"})
    assert not asked.is_urgent({"soon": "no"})
    assert not asked.is_urgent({})
