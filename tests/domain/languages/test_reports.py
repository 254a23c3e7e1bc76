"""What can be wrong with a translation."""

from portal.domain.languages.reports import FAULTS


def test_the_meaning_comes_first_and_each_fault_says_something_else() -> None:
    assert next(iter(FAULTS)) == "meaning"
    assert len({said.text for said in FAULTS.values()}) == len(FAULTS)
