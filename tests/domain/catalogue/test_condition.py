"""What every condition has: an outcome, and nothing to get or to count unless it says so."""

from portal.domain.catalogue.age_ranges import AgeRange
from portal.domain.catalogue.ages import Age, ChildAge
from portal.domain.catalogue.condition import MET, NOT_MET, joined_limits, outcome_of
from portal.domain.catalogue.facts import Referral, Residence


def test_a_known_fact_is_met_or_not_met() -> None:
    assert outcome_of(True) is MET
    assert outcome_of(False) is NOT_MET


def test_a_condition_needs_nothing_and_knows_no_numbers_unless_it_says_so() -> None:
    assert Referral().needs({}) is None
    assert Residence(("staying",)).limits() == {}


def test_limits_of_several_conditions_are_joined_for_each_question() -> None:
    parts = [Age(AgeRange(18, None)), ChildAge(AgeRange(None, 5)), Age(AgeRange(None, 20)), Referral()]
    assert joined_limits(parts) == {"age": frozenset({17, 18, 20, 21}), "children": frozenset({5, 6})}


def test_no_conditions_have_no_limits() -> None:
    assert joined_limits([]) == {}
