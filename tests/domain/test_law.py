"""What a lawful catalogue is: each finding names its file, its place and its paragraph."""

import pytest

from portal.domain.catalogue import Insats
from portal.domain.law import ERROR, Finding, examine
from tests.domain.build import insats, kommun


def test_a_finding_is_one_line_with_its_place_and_paragraph() -> None:
    assert Finding(ERROR, "a.yaml", "route", "is wrong", "11 kap. 5 §").line == "a.yaml: route: is wrong [11 kap. 5 §]"
    assert Finding(ERROR, "a.yaml", "", "is missing").line == "a.yaml: is missing"


def paragraphs(offered: Insats) -> list[tuple[str, str | None]]:
    """Return the place and the paragraph of each error in an insats."""
    found = list(examine(kommun(offered)))
    assert {finding.severity for finding in found} <= {ERROR}
    assert {finding.file for finding in found} <= {f"kommuner/lillby/insatser/{offered.id}.yaml"}
    return [(finding.place, finding.paragraph) for finding in found]


@pytest.mark.parametrize(
    "offered",
    [
        insats("abc"),
        insats("hemtjanst", route="assessed", application="elderly"),
        insats("sis", route="assessed", started_by="court"),
        insats("kaa", route="other"),
        insats("young", without_guardian_from=15),
        insats("older", without_guardian_from=17),
    ],
)
def test_what_is_lawful_gives_no_finding(offered: Insats) -> None:
    assert paragraphs(offered) == []


@pytest.mark.parametrize(
    "offered",
    [insats("a", route="assessed"), insats("a", route="assessed", application="elderly", started_by="court")],
)
def test_assessed_support_has_one_way_in(offered: Insats) -> None:
    assert paragraphs(offered) == [("application", "11 kap. 1 §")]


@pytest.mark.parametrize("offered", [insats("a", application="elderly"), insats("a", started_by="authority")])
def test_nobody_applies_for_a_direct_insats(offered: Insats) -> None:
    assert paragraphs(offered) == [("application", "11 kap. 5 §")]


@pytest.mark.parametrize("age", [0, 14, 18])
def test_a_guardian_can_be_left_out_only_from_15_to_17(age: int) -> None:
    assert paragraphs(insats("a", without_guardian_from=age)) == [("without_guardian_from", "21 kap. 2 §")]
