"""A finding as officials read it."""

from portal.domain.findings import ERROR, Finding
from portal.domain.sentences import sentence


def test_a_finding_is_one_line_with_its_place_and_paragraph() -> None:
    wrong = sentence("Fel: {what}.", what="remiss")
    assert Finding(ERROR, "a.yaml", "route", wrong, "11 kap. 5 §").line == "a.yaml: route: Fel: remiss. [11 kap. 5 §]"
    assert Finding(ERROR, "a.yaml", "", wrong).line == "a.yaml: Fel: remiss."
